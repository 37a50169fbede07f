//! The run that goes on, second by second, as the app keeps it. Must not merge percentiles: they come ready from merged
//! histograms, and a second without answers has none.

pub use tidemark_core::chart::Second;
use tidemark_core::result::{Event, Sample};
use tidemark_core::traffic::Kind;
use tidemark_core::watch::Watched;

/// What is known when a run starts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunHead {
    /// The run's id.
    pub id: String,
    /// Name of the test and of the load.
    pub title: String,
    /// The target's name and address.
    pub target: String,
    /// How long the plan is; none where it is a number of repetitions, or a search.
    pub planned_seconds: Option<u32>,
    /// Whether it looks for the limit, so that nobody else may change its load.
    pub searching: bool,
    /// The plan's corner points: microseconds and people (or arrivals a second).
    pub plan: Vec<(u64, f64)>,
    /// Limits of response time goals, to be drawn: label and microseconds.
    pub goal_lines: Vec<(String, u64)>,
    /// Whether the target is a pretend one inside the page.
    pub practice: bool,
    /// What to know about the computer that makes the load.
    pub warnings: Vec<String>,
    /// What is watched of the target, by name.
    pub watched: Vec<String>,
}

/// Numbers of one name, from the start until now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LiveRow {
    /// The name in results.
    pub label: String,
    /// Requests that finished.
    pub finished: u64,
    /// Of these, failed.
    pub failed: u64,
    /// How slow it is now; none where the last minute has no answer.
    pub now: Option<Lately>,
}

/// How slow one name is now, and what that is based on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lately {
    /// What `us` is.
    pub measure: Measured,
    /// The time, in microseconds.
    pub us: u64,
    /// How many answers it is based on.
    pub answers: u64,
    /// Over how many of the last seconds.
    pub seconds: u32,
}

/// What can be said of so many answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// 95 of 100 were at most this slow.
    P95,
    /// The slowest of them: they are too few for more.
    Longest,
}

/// The same thing going wrong, from the start until now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureRow {
    /// The name in results.
    pub label: String,
    /// What kind of failure.
    pub kind: Kind,
    /// Its particulars.
    pub detail: String,
    /// How often.
    pub count: u64,
    /// The second in which it first happened.
    pub first_second: u32,
    /// The second in which it last happened.
    pub last_second: u32,
    /// How many people were active when it first happened.
    pub people: u32,
}

/// Where a run is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Phase {
    /// It was asked for.
    #[default]
    Starting,
    /// It follows its plan.
    Running,
    /// The number of people is held.
    Holding,
    /// It was told to stop.
    Stopping,
    /// It is over; the result's id.
    Ended(String),
    /// It broke, and why.
    Broken(String),
}

impl Phase {
    /// Whether requests may still be sent.
    pub fn goes_on(&self) -> bool {
        !matches!(self, Self::Ended(_) | Self::Broken(_))
    }
}

/// A run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// What was known at the start.
    pub head: RunHead,
    /// Where it is.
    pub phase: Phase,
    /// The seconds that are known, in order; one may be missing.
    pub seconds: Vec<Second>,
    /// Numbers by name.
    pub rows: Vec<LiveRow>,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// How the goals stand: whether each is kept as far as that can be told, and what it says now.
    pub goals: Vec<(Option<bool>, String)>,
    /// How it goes so far, in a sentence.
    pub says: String,
    /// What goes wrong, in order of first appearance.
    pub failures: Vec<FailureRow>,
    /// Requests that failed, in full, as far as somebody asked; with the kind they were asked for.
    pub samples: Option<(Option<String>, Vec<Sample>)>,
    /// What did not reach those who are told of every second, a sentence each.
    pub lost: Vec<String>,
    /// What the target said of itself.
    pub watched: Watched,
    /// Goes up whenever seconds come; charts are drawn anew.
    pub revision: u64,
    /// Whether this is the demo, and what there is to see is told.
    pub demo: bool,
}

impl Run {
    /// Puts seconds in their places; one that is there already is replaced, so the same batch may come twice.
    pub fn take(&mut self, seconds: Vec<Second>) {
        for second in seconds {
            match self.seconds.last() {
                Some(last) if last.at >= second.at => match self.seconds.binary_search_by_key(&second.at, |s| s.at) {
                    Ok(at) => self.seconds[at] = second,
                    Err(at) => self.seconds.insert(at, second),
                },
                _ => self.seconds.push(second),
            }
        }
        self.revision += 1;
    }
}
