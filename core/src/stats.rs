//! What was measured: outcomes of requests, counted and added up, second by second and over the whole run.
//!
//! Must not know how requests are made, nor what is good or bad about a number.

use serde::{Deserialize, Serialize};

use crate::traffic::{Kind, Timing};

pub mod health;
pub mod hist;
pub mod interval;
pub mod kinds;
pub mod packed;
pub mod recorder;
pub mod snapshot;
pub mod split;
pub mod summary;
pub mod timeline;

/// How many names a run, and so its result, may have.
pub const MOST_NAMES: usize = 4_096;

/// Index into a run's list of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NameId(pub u16);

impl NameId {
    /// As an index.
    pub fn at(self) -> usize {
        usize::from(self.0)
    }
}

/// What a name in results stands for. Groups and tasks are measured too, but are never counted as requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// One request, or several that share a name.
    Request,
    /// Several steps measured as one.
    Group,
    /// A whole task.
    Task,
}

impl NameKind {
    /// Its word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Group => "group",
            Self::Task => "task",
        }
    }
}

/// One line of the results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Stable id of the step, group or task in the scenario; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The name in results.
    pub label: String,
    /// What it stands for.
    pub of: NameKind,
    /// The user type it belongs to, where it belongs to one only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_type: Option<String>,
    /// The task it belongs to, where it belongs to one only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A proper answer, and every check was true.
    Ok,
    /// It counts as failed.
    Failed(Kind),
    /// The run was ended at once while it was under way: counted apart.
    Cut,
}

/// What happened to one request, or to one pass through a group or task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Which line of the results it belongs to.
    pub name: NameId,
    /// When it should have started, in microseconds on the run's clock.
    pub due_us: u64,
    /// When it started.
    pub sent_us: u64,
    /// When things happened to it; only the lengths of its phases and its end are used.
    pub timing: Timing,
    /// How it ended.
    pub end: End,
    /// Status code; 0 if there was no answer.
    pub status: u16,
    /// Bytes written.
    pub bytes_out: u64,
    /// Bytes read.
    pub bytes_in: u64,
}

/// Whether requests that failed with `kind` enter the latency histograms.
///
/// Those that were answered do, and so do time-outs, with the time that was waited: leaving them out would flatter the
/// target. Requests without an answer (refused, reset …) are over quickly, and would flatter it if they did.
pub fn has_latency(kind: Kind) -> bool {
    match kind {
        Kind::Status | Kind::CheckFailed | Kind::ValueMissing => true,
        Kind::ConnectTimeout | Kind::AnswerTimeout => true,
        Kind::TooManyRedirects
        | Kind::Refused
        | Kind::Reset
        | Kind::NameNotFound
        | Kind::Tls
        | Kind::Malformed
        | Kind::RowsRanOut
        | Kind::HostBlocked
        | Kind::NoRoom
        | Kind::BadRequest
        | Kind::Cut => false,
    }
}
