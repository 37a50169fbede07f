//! Tidemark without a window: scenario files, permissions, runs and result files, for every program on top.
//!
//! In reading order: [`inputs`] opens a scenario, [`allow`] and [`probe`] look before the run, [`conduct`] makes it, and
//! [`results`] opens what it left. Touches files and the environment; never prints, never asks.

pub mod inputs;
pub mod allow;
pub mod probe;
pub mod conduct;
pub mod trial;
pub mod results;
pub mod failure;

pub use failure::{Code, Failure};
