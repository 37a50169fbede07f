//! Tidemark's engine: makes load from a plan and says what came of it.
//!
//! In reading order: the [`clock`] of a run, the [`guard`] over where it may send, and the [`exchange`] that sends. Never
//! touches files, prints, or decides what the numbers mean.

pub mod clock;
pub mod exchange;
pub mod guard;
