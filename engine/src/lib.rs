//! Tidemark's engine: makes load from a plan and says what came of it.
//!
//! In reading order: the [`clock`] of a run, the [`guard`] over where it may send, and the [`exchange`] that sends. Never
//! touches files, prints, or decides what the numbers mean.

mod alarm;
pub mod clock;
mod control;
mod desk;
pub mod exchange;
pub mod guard;
pub mod limits;
pub mod once;
mod roster;
pub mod run;
pub mod samples;
mod wire;
mod worker;
