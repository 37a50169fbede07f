//! One person tried step by step, as the app keeps it.

use std::sync::Arc;

use tidemark_core::scenario::Scenario;
use tidemark_core::traffic::Kind;

use super::Moment;

/// What was sent and what came back, without secrets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchange {
    /// The request's first line and headers.
    pub sent_head: String,
    /// Its body as text.
    pub sent_body: String,
    /// The answer's first line and headers.
    pub answer_head: String,
    /// Its body as text, perhaps cut.
    pub answer_body: String,
    /// How long the whole body is.
    pub answer_len: u64,
    /// What took how long.
    pub times: Times,
}

/// What took how long, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Times {
    /// Finding the name and connecting; `None` where an open connection was used.
    pub connect_us: Option<u64>,
    /// Securing the connection; `None` where that was not needed.
    pub tls_us: Option<u64>,
    /// From sending to the first byte of the answer; `None` where none came.
    pub first_byte_us: Option<u64>,
    /// From sending to the last byte of the answer, or to giving up.
    pub whole_us: u64,
}

/// What a step of a trial was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrialWhat {
    /// A request was answered as expected: status and service time in microseconds.
    Worked(u16, u64),
    /// A request failed: the kind, its particulars, the status (0 if none) and the service time.
    Failed(Kind, String, u16, u64),
    /// A pause, in microseconds; it is skipped in a trial.
    Pause(u64),
    /// A branch was taken.
    Branch(bool),
    /// A task began.
    Task,
}

/// A step of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialStep {
    /// When, in microseconds from the start.
    pub at_us: u64,
    /// The step's id; empty for a task.
    pub step: String,
    /// The name on screen.
    pub name: String,
    /// What it was.
    pub what: TrialWhat,
    /// Values saved by it.
    pub saved: Vec<(String, String)>,
    /// What was sent and answered.
    pub exchange: Option<Arc<Exchange>>,
}

/// What a trial does just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialNow {
    /// Since when, in microseconds from the start.
    pub at_us: u64,
    /// The step's id.
    pub step: String,
    /// Its name on screen.
    pub name: String,
    /// It waits for a word; else its answer is waited for.
    pub held: bool,
}

/// How the next trial is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrialWish {
    /// The user type's id; the one that is shown if `None`.
    pub user: Option<String>,
    /// The only task to do, by id; all in order if `None`.
    pub task: Option<String>,
    /// The row of each data table that the person gets, from 1.
    pub row: u64,
    /// Pauses are skipped.
    pub skip_pauses: bool,
    /// Each request waits for a word.
    pub by_hand: bool,
}

impl TrialWish {
    /// As long as nobody wishes for anything.
    pub const USUAL: Self = Self { user: None, task: None, row: 1, skip_pauses: true, by_hand: false };
}

/// A trial.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trial {
    /// The user type's id.
    pub user: String,
    /// The only task that was asked for, by id.
    pub task: Option<String>,
    /// The document as it was tried; steps changed since are "from before your change".
    pub tried: Arc<Scenario>,
    /// The document's revision when it was tried.
    pub revision: u64,
    /// What happened.
    pub steps: Vec<TrialStep>,
    /// Whether it goes on.
    pub running: bool,
    /// When it began.
    pub began: Moment,
    /// How it was to be made.
    pub wish: TrialWish,
    /// What it does just now.
    pub now: Option<TrialNow>,
    /// It was told to stop, and has not stopped yet.
    pub stopping: bool,
    /// The step that somebody looks at, by number.
    pub look: Option<usize>,
}

impl Default for TrialWish {
    /// As long as nobody wishes for anything.
    fn default() -> Self {
        Self::USUAL
    }
}

impl Trial {
    /// Requests that worked and that failed.
    pub fn counts(&self) -> (usize, usize) {
        let worked = self.steps.iter().filter(|step| matches!(step.what, TrialWhat::Worked(..))).count();
        let failed = self.steps.iter().filter(|step| matches!(step.what, TrialWhat::Failed(..))).count();
        (worked, failed)
    }

    /// The last time a step (by id) was done.
    pub fn last_of(&self, step: &str) -> Option<&TrialStep> {
        self.steps.iter().rev().find(|tried| tried.step == step)
    }

    /// The value saved last under a name.
    pub fn value_of(&self, name: &str) -> Option<&str> {
        let saved = self.steps.iter().rev().flat_map(|step| step.saved.iter().rev());
        saved.into_iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}
