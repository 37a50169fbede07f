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
pub mod steps;

pub use goals::{GoalLimit, GoalRule, LatencyKind, percentile};
pub use ids::fill_ids;
pub use leaf::Pairs;
pub use model::*;
pub use read::{FORMAT, SCHEMA, Unreadable, decode, read, schema, write};
pub use special::{Redirects, StatusRange, StatusSet};
pub use steps::*;

/// Values that are always there, beside those that a scenario declares or saves. `last.` is about the person's last request;
/// `repeat.index` is the round of the innermost repeat, from 1, and 0 outside of one.
pub const BUILT_IN: &[&str] = &[
    "last.status",
    "last.time_ms",
    "last.size",
    "last.failed",
    "person.number",
    "person.type",
    "run.seconds",
    "repeat.index",
];

#[cfg(test)]
mod tests;
