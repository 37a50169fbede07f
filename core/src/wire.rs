//! What the app asks of whatever makes its runs, and what it is told: one table of commands, one list of events, the same
//! for a window, a server and a page. Plain values that go through JSON; must not know who carries them, or how.
//!
//! In reading order: the [`table`] of commands, a [`Failure`] where one can't be done, and the [`event`]s.

pub mod event;
mod failure;
pub mod files;
pub mod run;
mod second;
pub mod shelf;
pub mod shop;
pub mod table;
pub mod target;
pub mod trial;
pub mod window;

pub use event::{Event, Mark, Told};
pub use failure::{Code, Failure};
pub use files::{Bytes, Document, ResultEntry, ScenarioEntry};
pub use run::{Overrides, Seed, Tick};
pub use second::Second;
pub use table::{COMMANDS, Command, Declared};
pub use target::{Capabilities, SecretsLive};
pub use trial::TryStep;
pub use window::{Given, Said};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The reply of a command that has nothing to say but that it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Done {}

/// Reads what came as a tree. By way of its text: there, a type's reader is compiled once more for each kind of source, and
/// the editor's wasm would be a twentieth larger for this one.
///
/// # Errors
/// Where the tree is no such thing.
pub fn read<T: DeserializeOwned>(tree: &Value) -> serde_json::Result<T> {
    serde_json::from_slice(tree.to_string().as_bytes())
}

#[cfg(test)]
mod tests;
