//! How sure a number is: chances of distributions, windows of a run drawn in blocks, and what goes up or down for certain.
//!
//! Pure arithmetic on numbers in order of time. Nothing here takes neighbouring windows as independent: a target that is
//! slow in one second mostly is in the next. Must not know what the numbers are about.

pub mod tails;
pub mod blocks;
