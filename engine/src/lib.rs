//! Tidemark's engine: makes load from a plan and says what came of it.
//!
//! In reading order: the [`clock`] of a run, the [`guard`] over where it may send, and the [`exchange`] that sends. Never
//! touches files, prints, or decides what the numbers mean.

pub mod run;
mod worker;
mod roster;
mod desk;
mod alarm;
mod delays;
pub mod clock;
mod control;
mod wire;
pub mod exchange;
pub mod guard;
pub mod once;
pub mod samples;
mod spare;
pub mod limits;
