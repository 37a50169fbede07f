//! The document: what a tester draws and saves. Read leniently, written stably, nothing lost between the two.
//!
//! Must not know what a run is: whether a scenario makes sense is for `check`, what it means for `plan`.

pub mod goals;
mod ids;
pub mod leaf;
pub mod model;
pub mod node;
mod read;
pub mod special;

pub use ids::fill_ids;
pub use model::*;
pub use read::{FORMAT, SCHEMA, Unreadable, read, schema, write};
pub use special::{Redirects, StatusRange, StatusSet};

#[cfg(test)]
mod tests;
