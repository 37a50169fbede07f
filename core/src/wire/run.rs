//! A run as it is ordered and as it is doing. Must not know how one is made.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::result::{Event, Header};
use crate::stats::snapshot::People;
use crate::stats::timeline::FailureGroup;
use crate::verdict::{Ended, Verdict};
use crate::watch::Watched;
use crate::wire::second::Second;

/// What is to be different from what the scenario says. Nothing, where a field is empty.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Overrides {
    /// The target's name; the first one's if `None`.
    pub target: Option<String>,
    /// A base address instead of the target's.
    pub base_url: Option<String>,
    /// The peak in people.
    pub people: Option<u32>,
    /// The peak in arrivals a second.
    pub arrivals_per_second: Option<f64>,
    /// The length.
    pub duration_ms: Option<u64>,
    /// Only tasks with one of these tags.
    pub only_tags: Vec<String>,
    /// No tasks with one of these tags.
    pub skip_tags: Vec<String>,
    /// Named values.
    pub values: Vec<(String, String)>,
    /// Where all chance comes from; made up if `None`.
    pub seed: Option<Seed>,
}

/// Where all chance comes from. Text in JSON, as some readers lose the end of large numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Serialize for Seed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Seed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

/// How a run is to end before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stop {
    /// People finish what they are doing.
    Gently,
    /// At once; requests under way are counted as cut.
    Now,
}

/// A run that has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// What it is called from now on.
    pub run: u64,
    /// The file that its result grows in.
    pub result: Option<String>,
    /// What to know about this computer, such as a low limit of open files.
    pub warnings: Vec<String>,
}

/// How a run is doing, in a few numbers. Losing one never matters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tick {
    /// Seconds since the start, this one included.
    pub seconds: u32,
    /// How long the plan is; `None` where it is a number of repetitions.
    pub planned_seconds: Option<u32>,
    /// How many people there are.
    pub people: People,
    /// Requests that finished in this second.
    pub requests: u64,
    /// Requests a second, over the last five seconds.
    pub per_second: f64,
    /// The middle response time of the last five seconds, in microseconds; `None` where there are too few answers.
    pub p50_us: Option<u64>,
    /// 95 of 100 were at most this slow.
    pub p95_us: Option<u64>,
    /// 99 of 100 were at most this slow.
    pub p99_us: Option<u64>,
    /// Requests that finished since the start.
    pub finished: u64,
    /// Of these, those that failed.
    pub failed: u64,
    /// Arrivals that could not start, since the start.
    pub dropped: u64,
    /// Whether this computer could not keep up in this second.
    pub suspect: bool,
    /// Why the result can't be written at present.
    pub disk: Option<String>,
    /// What did not reach those who are told of every second, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<String>,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// It goes on.
    Running,
    /// It goes on, and its load is held.
    Holding,
    /// It was told to stop, and people finish.
    Stopping,
    /// It is over.
    Over,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Over {
    /// Why it ended.
    pub ended: Ended,
    /// The verdict; `None` only where Tidemark itself broke down.
    pub verdict: Option<Verdict>,
    /// The result file.
    pub result: Option<String>,
    /// What to know about the result file, such as that it had to go elsewhere.
    pub notes: Vec<String>,
}

/// Everything about a run but its seconds, for a page that comes to it late.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunState {
    /// What it is called.
    pub run: u64,
    /// How far it has come.
    pub phase: Phase,
    /// What is run, without secrets.
    pub header: Header,
    /// The file that its result grows in.
    pub result: Option<String>,
    /// What to know about this computer.
    pub warnings: Vec<String>,
    /// Its last numbers.
    pub tick: Option<Tick>,
    /// What happened so far.
    pub events: Vec<Event>,
    /// How it ended, once it has.
    pub over: Option<Over>,
}

/// The run that was asked about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunFound {
    /// `None` where there was no run since the program started.
    pub state: Option<RunState>,
}

/// The seconds of a run up to now. In a long run neighbours are merged, so one may span several seconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Backfill {
    /// In order of time.
    pub seconds: Vec<Second>,
    /// What went wrong since the start.
    pub failures: Vec<FailureGroup>,
    /// The second after the last one: ticks of earlier ones are in here already.
    pub next: u32,
    /// What the target said of itself.
    #[serde(default)]
    pub seen: Seen,
}

/// What the target said of itself up to now. In a long run neighbours are put together.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Seen {
    /// How many notes of the run are in here.
    pub notes: u64,
    /// All of them together.
    pub watched: Watched,
}
