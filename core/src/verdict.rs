//! What the numbers say: goals met or missed, and how the target held up, in sentences a tester can pass on.
//!
//! Pure functions of numbers; the same text everywhere. Must not know files, or who reads the sentences.

use serde::{Deserialize, Serialize};

use crate::limit::Limit;
use crate::watch::Suspect;

pub mod goal;
pub mod judge;
pub mod live;
pub mod turn;
pub(crate) mod windows;
pub mod words;

pub use goal::{Goal, GoalOutcome, Latency, Measure, Side, StopRule};
pub use judge::{Case, judge};
pub use turn::{Turn, TurningPoint};

/// How the target held up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Every goal was met.
    HeldUp,
    /// Every goal was met, but something deserves a look.
    HeldUpWithWarnings,
    /// A goal was missed.
    DidNotHoldUp,
    /// The run can't say.
    CantTell,
}

impl State {
    /// The mark in front of a verdict.
    pub fn mark(self) -> char {
        match self {
            Self::HeldUp => '✓',
            Self::HeldUpWithWarnings => '!',
            Self::DidNotHoldUp => '✗',
            Self::CantTell => '?',
        }
    }
}

/// Why a run ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "why", content = "detail")]
pub enum Ended {
    /// The load plan was at its end.
    Finished,
    /// A person stopped it; people could finish.
    Stopped,
    /// A person ended it at once.
    Killed,
    /// A rule to stop early held; the rule as shown.
    StopRule(String),
    /// A step that was told to stop the test did; why.
    Step(String),
    /// Tidemark itself could not go on; why.
    Broken(String),
}

/// The verdict about a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// How the target held up.
    pub state: State,
    /// In this order: the outcome, the turning point, the biggest failure, what to do next; as far as there is
    /// something to say.
    pub sentences: Vec<String>,
    /// What became of each goal.
    pub goals: Vec<GoalOutcome>,
    /// Where things started to get worse.
    #[serde(default)]
    pub turning_point: Option<TurningPoint>,
    /// What of the target moved just before that, and may be worth a look; the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suspects: Vec<Suspect>,
    /// What limits the verdict, such as a computer that could not keep up.
    #[serde(default)]
    pub caveats: Vec<String>,
    /// What the search found, of a run that looked for its limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
}
