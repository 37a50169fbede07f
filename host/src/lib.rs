//! Tidemark without a window: scenario files, permissions, runs and result files, for every program on top.
//!
//! In reading order: [`inputs`] opens a scenario, [`allow`] and [`probe`] look before the run, [`conduct`] makes it, and
//! [`results`] opens what it left. A [`Host`] puts all of it behind one door, for a window or a server. Touches files and
//! the environment; never prints, never asks.

pub mod inputs;
pub mod allow;
mod aside;
mod ceiling;
mod commands;
pub mod probe;
pub mod conduct;
pub mod trial;
mod trials;
mod watch;
pub mod results;
pub mod feeds;
mod ring;
mod runs;
mod secrets;
mod disk;
mod outside;
pub mod failure;
pub mod keychain;
pub mod practice;
mod folder;
mod host;

pub use commands::result::{LARGEST as LARGEST_RESULT, too_large};
pub use failure::{Code, Failure};
pub use host::{Host, Options};
pub use keychain::Keychain;
pub use outside::{read_file, write_file};
pub use practice::Practice;
pub use ring::Subscription;
