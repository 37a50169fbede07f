//! The document: what a tester draws and saves. Read leniently, written stably, nothing lost between the two.
//!
//! Must not know what a run is: whether a scenario makes sense is for `check`, what it means for `plan`.

pub mod model;
pub mod steps;
pub mod goals;
pub mod special;
pub mod leaf;
pub mod node;
mod read;
mod ids;

pub use goals::{GoalLimit, GoalRule, LatencyKind, percentile};
pub use ids::fill_ids;
pub use leaf::Pairs;
pub use model::*;
pub use read::{FORMAT, SCHEMA, Unreadable, decode, read, read_newer, schema, write};
pub use special::{Redirects, StatusRange, StatusSet};
pub use steps::*;

#[cfg(test)]
mod tests;
