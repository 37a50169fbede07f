//! A checked, compiled scenario: the only thing an engine accepts. And the people who act it out.
//!
//! In reading order: [`compile()`] makes a [`Plan`] of [`parts`]; a [`Person`] walks through it, driven from outside.

pub mod parts;
mod compile;
pub mod person;
mod ask;
pub mod memory;
pub mod supply;
pub mod curve;
pub mod shares;
pub mod template;
pub mod make;
pub mod extract;
pub mod judge;
pub mod table;
pub mod value;
pub mod dice;

pub use ask::Judged;
pub use compile::{Inputs, WatchWrong, compile, load_is_open, load_search, load_stages, shape_stages, watch_wrong};
pub use memory::{Lack, World};
pub use parts::{Plan, RequestId};
pub use person::{Left, Next, Person, Wait};
pub use supply::{Slice, Supply};

#[cfg(test)]
mod tests;
