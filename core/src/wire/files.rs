//! Scenarios and results as files: what a list shows of them, and what is read and written. Must not know folders.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::verdict::{Ended, State};
use crate::wire::failure::Failure;

/// A scenario file, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioEntry {
    /// Its file name in the app's folder.
    pub file: String,
    /// What the scenario is called; the file's name without its end where it can't be read.
    pub title: String,
    /// When it was last changed, in milliseconds since 1970.
    pub changed_ms: u64,
    /// Its length.
    pub bytes: u64,
    /// Why it can't be read, if it can't.
    #[serde(default)]
    pub trouble: Option<String>,
}

/// A text with the mark of its present state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its file name in the app's folder, or the whole path that the user chose.
    pub file: String,
    /// All of its text.
    pub text: String,
    /// Stands for exactly this text; to be given back when writing.
    pub revision: String,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its file name in the app's folder, or the whole path that the user chose.
    pub file: String,
    /// Stands for the text that was written.
    pub revision: String,
    /// Why it is held in memory only, where nothing could be written. It is tried again with the next write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unkept: Option<Failure>,
}

/// A result file, as a list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResultEntry {
    /// Its file name in the app's folder.
    pub file: String,
    /// What the scenario was called.
    pub title: String,
    /// The address that was tested.
    pub target: String,
    /// Date and time of the start, as in RFC 3339.
    pub started_at: String,
    /// How long it was planned to be; `None` where it was a number of repetitions.
    pub planned_seconds: Option<u32>,
    /// The most people at once that were planned; 0 where that is not people, or not known.
    #[serde(default)]
    pub people: u32,
    /// Whether the target was a pretend one, so that all numbers are made up.
    #[serde(default)]
    pub practice: bool,
    /// How it stands with the run.
    pub stage: Stage,
    /// The verdict, where there is one in the file.
    #[serde(default)]
    pub state: Option<State>,
    /// The verdict's first sentence.
    #[serde(default)]
    pub sentence: String,
    /// How the run ended, where the file says so.
    #[serde(default)]
    pub ended: Option<Ended>,
    /// When the file was last changed, in milliseconds since 1970.
    pub changed_ms: u64,
    /// Its length.
    pub bytes: u64,
    /// Why it can't be read, if it can't.
    #[serde(default)]
    pub trouble: Option<String>,
}

/// How it stands with the run of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It is over, and everything is in the file.
    Whole,
    /// It goes on, here or in another program.
    Growing,
    /// The program that made it ended before the run did; what was measured until then is there.
    EndedUnexpectedly,
    /// The file can't be read.
    Unreadable,
}

/// Bytes, in base64 where they go through JSON.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bytes(pub Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        STANDARD.decode(text).map(Self).map_err(serde::de::Error::custom)
    }
}
