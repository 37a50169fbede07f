//! A checked, compiled scenario: the only thing an engine accepts. And the people who act it out.
//!
//! In reading order: [`compile()`] makes a [`Plan`] of [`parts`]; a [`Person`] walks through it, driven from outside.

mod ask;
mod compile;
pub mod curve;
pub mod dice;
pub mod extract;
pub mod judge;
pub mod make;
pub mod memory;
pub mod parts;
pub mod person;
pub mod shares;
pub mod supply;
pub mod table;
pub mod template;
pub mod value;

pub use ask::Judged;
pub use compile::{Inputs, compile, shape_stages};
pub use memory::{Lack, World};
pub use parts::{Plan, RequestId};
pub use person::{Left, Next, Person, Wait};
pub use supply::{Slice, Supply};

#[cfg(test)]
mod tests;
