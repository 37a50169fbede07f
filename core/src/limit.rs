//! Finding the limit: step up, let each step settle, judge it against the goals, close in from both sides, and hold what was
//! found for longer to be sure (a breakpoint search).
//!
//! A pure machine: seconds go in, levels of load come out. Must not know clocks, nor how load is made.

mod judging;
mod search;
mod settle;
mod words;

use serde::{Deserialize, Serialize};

use crate::scaling::Along;
use crate::units::Span;
use crate::verdict::goal::GoalOutcome;
use crate::verdict::{State, Verdict};
use crate::watch::{Watched, suspects};

pub use search::{Move, RAMP_SECONDS, Search};

/// How to look for the limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// What load is counted in.
    pub along: Along,
    /// Where it begins.
    pub start: f64,
    /// The most that is tried.
    pub most: f64,
    /// How long a step is measured once it has settled.
    pub step: Span,
    /// How long the answer is held at the end.
    pub confirm: Span,
}

/// What became of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Came {
    /// Every goal was met.
    Held,
    /// A goal was missed, or answers kept getting slower.
    Broke,
    /// This computer was the limit.
    OwnLimit,
}

/// What broke first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Broken {
    /// The goal, as shown; `None` where answers kept getting slower, none came, or arrivals could
    /// not start.
    pub goal: Option<String>,
    /// What was measured, as shown.
    pub got: Option<String>,
    /// The most frequent failure, or the step that slowed most, in words.
    pub most: Option<String>,
    /// Whether no answers came at all.
    pub silent: bool,
    /// Whether it was arrivals that could not start, as all who could have were still busy.
    #[serde(default)]
    pub dropped: bool,
}

/// One level of load that was tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The load: people, or arrivals a second.
    pub level: f64,
    /// The second of the run in which it began.
    pub from: u32,
    /// For how many seconds it was measured, once it had settled.
    pub measured: u32,
    /// Whether it settled.
    pub settled: bool,
    /// Whether it is the long hold at the end.
    pub confirms: bool,
    /// What became of it.
    pub came: Came,
    /// What broke, if something did.
    pub broken: Option<Broken>,
    /// Requests that went well, a second.
    pub per_second: f64,
    /// 95 of 100 answers were at most this slow, in microseconds; `None` where there are too few to say.
    pub p95_us: Option<u64>,
    /// How much of all requests failed, 0 to 1; `None` where none finished.
    pub failed: Option<f64>,
}

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// The limit is known and was held.
    Found,
    /// The most that was tried holds.
    MostHeld,
    /// Not even the least load holds.
    NothingHeld,
    /// This computer was the limit.
    OwnLimit,
    /// What held in a short step did not hold for longer, again and again.
    Restless,
    /// There were too few answers to judge.
    TooFew,
    /// The run ended before the search did.
    Cut,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// What load is counted in.
    pub along: Along,
    /// How it ended.
    pub end: End,
    /// The most load that held.
    pub holds: Option<f64>,
    /// The least load that did not.
    pub breaks: Option<f64>,
    /// For how many seconds `holds` was held at the end.
    pub confirmed: Option<u32>,
    /// Every step, in order.
    pub steps: Vec<Step>,
    /// Goals as they stood in the hold at the end.
    #[serde(default)]
    pub goals: Vec<GoalOutcome>,
}

impl Limit {
    /// Of a search whose end nobody knows.
    pub fn cut() -> Self {
        let (along, end) = (Along::People, End::Cut);
        Self { along, end, holds: None, breaks: None, confirmed: None, steps: Vec::new(), goals: Vec::new() }
    }

    /// The verdict of a run that looked for its limit. That goals were missed on the way is what it was for. What of the target
    /// moved as the first step broke is named.
    pub fn verdict(self, of_run: Verdict, watched: &Watched, warm_up_seconds: u32) -> Verdict {
        let state = match self.end {
            End::Found | End::MostHeld => State::HeldUp,
            End::NothingHeld => State::DidNotHoldUp,
            End::OwnLimit | End::Restless | End::TooFew | End::Cut => State::CantTell,
        };
        let broke = self.broke_at();
        let suspects = broke.map_or_else(Vec::new, |second| suspects(watched, warm_up_seconds, second));
        let goals = if self.goals.is_empty() { unjudged(&of_run.goals) } else { self.goals.clone() };
        Verdict {
            state,
            sentences: self.sentences(&suspects),
            goals,
            turning_point: None,
            suspects,
            limit: Some(self),
            ..of_run
        }
    }

    /// The second in which the load was there that broke it for the first time. Later steps that broke came after a load that was too
    /// much, so what a series did before them says little.
    fn broke_at(&self) -> Option<u32> {
        self.steps.iter().filter(|step| step.came == Came::Broke).map(|step| step.from).min()
    }

    /// The step that broke at the least load, with what broke there.
    pub fn first_broken(&self) -> Option<&Step> {
        let beyond = |step: &&Step| self.holds.is_none_or(|holds| step.level > holds);
        let broke = self.steps.iter().filter(|step| step.came == Came::Broke).filter(beyond);
        broke.min_by(|a, b| a.level.total_cmp(&b.level).then(b.from.cmp(&a.from)))
    }
}

/// Goals of which nothing is said.
fn unjudged(goals: &[GoalOutcome]) -> Vec<GoalOutcome> {
    let open = |outcome: &GoalOutcome| GoalOutcome { got: None, met: None, enough: false, ..outcome.clone() };
    goals.iter().map(open).collect()
}

#[cfg(test)]
mod tests;
