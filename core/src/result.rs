//! The result file: everything about one run in one file that any machine can read, even after a crash.
//!
//! Turns values into bytes and bytes into values; described for strangers in docs/result-format.md. Must not know where
//! files are, and never lets a secret through.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::stats::summary::Summary;
use crate::stats::timeline::Timeline;
use crate::stats::{Name, NameId};
use crate::traffic::Kind;
use crate::verdict::goal::Goal;
use crate::verdict::{Ended, Verdict};
use crate::watch::Watched;

pub mod compare;
mod glance;
mod happened;
pub(crate) mod lines;
pub mod message;
pub mod read;
pub mod redact;
pub mod share;
pub mod write;

pub use glance::{Glance, glance};
pub use happened::{NOT_TOLD, gathered};
pub use message::Message;
pub use read::{Unreadable, read};
pub use redact::Redactor;
pub use write::{RunRecord, Writer, seal};

pub use crate::stats::MOST_NAMES;

/// The version of the format that this program writes. Readers accept it and all older ones.
pub const FORMAT: u32 = 1;

/// Said wherever numbers of a practice run are shown.
pub const PRACTICE: &str = "Practice: numbers are simulated";

/// What was run, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// The version of the format; [`FORMAT`] when writing.
    pub format: u32,
    /// Whether neighbouring intervals are merged, and totals, summary and verdict are in the file.
    #[serde(default)]
    pub sealed: bool,
    /// Whether the target was a pretend one, so that all numbers are made up: [`PRACTICE`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub practice: bool,
    /// Program and version that made the file.
    pub made_by: String,
    /// Date and time of the start, as in RFC 3339.
    pub started_at: String,
    /// The scenario's name.
    #[serde(default)]
    pub title: String,
    /// The scenario as it was run.
    #[serde(default)]
    pub scenario: Value,
    /// The address that was tested.
    #[serde(default)]
    pub target: String,
    /// The name of the environment that the address belongs to; may be empty.
    #[serde(default)]
    pub environment: String,
    /// About the computer that made the load, such as its system and number of cores.
    #[serde(default)]
    pub computer: String,
    /// The seed of every random choice. Text, as some readers lose the end of large numbers.
    #[serde(default, with = "as_text")]
    pub seed: u64,
    /// How many slices made the load.
    #[serde(default)]
    pub slices: u16,
    /// The lines of the results; everything else refers to them by index.
    pub names: Vec<Name>,
    /// Whether the run looked for the limit of its target.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub searching: bool,
    /// How long the plan is; `None` where it is a number of repetitions, or a search.
    #[serde(default)]
    pub planned_seconds: Option<u32>,
    /// How many seconds at the beginning are left out of the verdict.
    #[serde(default)]
    pub warm_up_seconds: u32,
    /// What was promised.
    #[serde(default)]
    pub goals: Vec<Goal>,
    /// What was watched of the target beside the load, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub watched: Vec<String>,
}

/// A number as text.
mod as_text {
    use super::Deserialize;

    pub fn serialize<S: serde::Serializer>(number: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(number)
    }

    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Something that happened during the run, such as a goal that was broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The second of the run.
    pub second: u32,
    /// A stable word: `goal-broken`, `goal-recovered`, `stop-rule`, `stopped`, `first-failure`, `people-changed` …
    pub what: String,
    /// In a sentence.
    pub text: String,
}

/// One failed request, in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// The second of the run.
    pub second: u32,
    /// Where it failed.
    pub name: NameId,
    /// What kind of failure.
    #[serde(with = "crate::stats::kinds::word")]
    pub failure: Kind,
    /// Its particulars.
    pub detail: String,
    /// How many people were active.
    #[serde(default)]
    pub people: u32,
    /// From when it was due to its end, in microseconds.
    #[serde(default)]
    pub response_us: Option<u64>,
    /// What was sent.
    pub request: Message,
    /// What came back; `None` where nothing did.
    #[serde(default)]
    pub answer: Option<Message>,
}

/// The last line of a whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Why the run ended.
    #[serde(flatten)]
    pub ended: Ended,
    /// Date and time of the end, as in RFC 3339.
    #[serde(default)]
    pub ended_at: String,
}

/// A result file that was opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// What was run.
    pub header: Header,
    /// All seconds.
    pub timeline: Timeline,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// Failed requests.
    pub samples: Vec<Sample>,
    /// What the target said of itself.
    pub watched: Watched,
    /// The totals.
    pub summary: Summary,
    /// The verdict.
    pub verdict: Verdict,
    /// How it ended; `None` where the file breaks off before.
    pub ending: Option<Ending>,
    /// Whether nothing is missing.
    pub complete: bool,
    /// What a reader should know about this file, such as that it breaks off.
    pub notes: Vec<String>,
}

#[cfg(test)]
mod tests;
