//! The trial of one person as it is shown: what happened step by step, what was not reached, and for a step that failed
//! what happened, why probably, and what can be done at once.
//!
//! Must not send anything.

mod choices;
mod detail;
mod ways;

use tidemark_core::scenario::{Act, Scenario, Step};
use tidemark_core::units::plain_time;

pub use choices::{Choices, choices, user};
pub use detail::{Detail, Held, Part, detail, exchange, exchange_of, timing, values_after};
pub use ways::{Way, message, ways};

use crate::doc::place::{self, lanes_of};
use crate::model::{Model, Trial, TrialStep, TrialWhat};
use crate::text::run::{Told, failure};
use crate::text::{steps as words, trial as say};

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// As expected.
    Worked,
    /// It failed.
    Failed,
    /// A pause that was skipped.
    Skipped,
    /// A branch that was taken, or not.
    Branch,
    /// A task began.
    Task,
    /// Its answer is waited for.
    Now,
    /// It waits for a word.
    Held,
    /// It was not reached.
    NotReached,
}

impl Mark {
    /// What it says to those who don't see it.
    pub fn says(self) -> &'static str {
        match self {
            Self::Worked => say::MARK_WORKED,
            Self::Failed => say::MARK_FAILED,
            Self::Skipped => say::MARK_PAUSE,
            Self::Branch => say::MARK_BRANCH,
            Self::Task => say::MARK_TASK,
            Self::Now => say::RUNNING,
            Self::Held => say::MARK_HELD,
            Self::NotReached => say::NOT_REACHED,
        }
    }

    /// The word for styles.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worked => "worked",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Branch => "branch",
            Self::Task => "task",
            Self::Now => "now",
            Self::Held => "held",
            Self::NotReached => "not-reached",
        }
    }
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The number of the trial's step; `None` for one that was not reached.
    pub number: Option<usize>,
    /// When, in seconds; empty for one that was not reached.
    pub at: String,
    /// How it went.
    pub mark: Mark,
    /// Its name.
    pub name: String,
    /// The method; empty for what is no request.
    pub method: String,
    /// The status or what went wrong.
    pub said: String,
    /// How long it took.
    pub took: String,
    /// Whether the step has been changed since.
    pub stale: bool,
    /// The values it saved.
    pub saved: Vec<(String, String)>,
    /// Where it begins in the whole time, from 0 to 1, and how long it is; none for what takes no time.
    pub bar: Option<(f64, f64)>,
}

/// The line above the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Requests that worked.
    pub worked: usize,
    /// Requests that failed.
    pub failed: usize,
    /// Requests that were not reached; none while it goes on.
    pub not_reached: usize,
    /// How long it took up to now, in microseconds.
    pub took_us: u64,
    /// Whether it goes on.
    pub running: bool,
    /// It was told to stop, and has not stopped yet.
    pub stopping: bool,
    /// A request waits for a word.
    pub held: bool,
    /// When it began, in milliseconds since 1970.
    pub began_ms: u64,
}

/// The line above the list; `None` where nothing was tried.
pub fn head(model: &Model) -> Option<Head> {
    let trial = super::panel::trial(model)?;
    let (worked, failed) = trial.counts();
    let not_reached = if trial.running { 0 } else { missed(trial).len() };
    Some(Head {
        worked,
        failed,
        not_reached,
        took_us: whole(trial),
        running: trial.running,
        stopping: trial.stopping,
        held: trial.now.as_ref().is_some_and(|now| now.held),
        began_ms: trial.began.ms,
    })
}

/// How long a trial took up to now, in microseconds.
fn whole(trial: &Trial) -> u64 {
    let ends = trial.steps.iter().map(|step| step.at_us + took(&step.what).unwrap_or(0));
    ends.max().unwrap_or(0)
}

/// The dock while it is closed: when somebody was tried last, and what came of it.
pub fn summary(model: &Model) -> String {
    let Some((trial, head)) = super::panel::trial(model).zip(head(model)) else { return say::NEVER_TRIED.to_owned() };
    if trial.running {
        return say::RUNNING.to_owned();
    }
    say::summary(&trial.began.clock(), head.worked, head.worked + head.failed + head.not_reached, head.took_us)
}

/// The rows of the list.
pub fn rows(model: &Model) -> Vec<Row> {
    let (Some(trial), Some(now)) = (super::panel::trial(model), super::panel::scenario(model)) else {
        return Vec::new();
    };
    let mut all: Vec<Row> = trial.steps.iter().enumerate().map(|(at, step)| row(trial, now, at, step)).collect();
    let extra = |mark: Mark, at: String, name: String, said: &str| Row {
        number: None,
        at,
        mark,
        name,
        method: String::new(),
        said: said.to_owned(),
        took: String::new(),
        stale: false,
        saved: Vec::new(),
        bar: None,
    };
    if let Some(now) = &trial.now {
        let (mark, said) = if now.held { (Mark::Held, say::HELD) } else { (Mark::Now, say::SENT_NOW) };
        all.push(extra(mark, say::at(now.at_us), now.name.clone(), said));
    }
    if !trial.running {
        let name = |step: &Step| words::sentence(&trial.tried, step);
        let missed = missed(trial).into_iter();
        all.extend(missed.map(|step| extra(Mark::NotReached, String::new(), name(step), say::NOT_REACHED)));
    }
    all
}

fn row(trial: &Trial, now: &Scenario, at: usize, step: &TrialStep) -> Row {
    let mark = match step.what {
        TrialWhat::Worked(..) => Mark::Worked,
        TrialWhat::Failed(..) => Mark::Failed,
        TrialWhat::Pause(_) => Mark::Skipped,
        TrialWhat::Branch(_) => Mark::Branch,
        TrialWhat::Task => Mark::Task,
    };
    let said = match &step.what {
        TrialWhat::Worked(status, _) => status.to_string(),
        TrialWhat::Failed(_, _, status, _) if *status > 0 => status.to_string(),
        TrialWhat::Failed(kind, ..) => kind.word().replace('-', " "),
        _ => String::new(),
    };
    let whole = whole(trial).max(1) as f64;
    let share = |us: u64| (us as f64 / whole).min(1.0);
    Row {
        number: Some(at),
        at: say::at(step.at_us),
        mark,
        name: name(trial, now, step),
        method: method(step),
        said,
        took: took(&step.what).map(plain_time).unwrap_or_default(),
        stale: is_stale(trial, now, &step.step),
        saved: step.saved.clone(),
        bar: took(&step.what).filter(|us| *us > 0).map(|us| (share(step.at_us), share(us))),
    }
}

fn name(trial: &Trial, now: &Scenario, step: &TrialStep) -> String {
    match (&step.what, step.name.is_empty()) {
        (TrialWhat::Pause(us), _) => say::pause(*us, trial.wish.skip_pauses),
        (TrialWhat::Branch(yes), true) => {
            let asked = place::step(now, &step.step).map(|step| words::sentence(now, step)).unwrap_or_default();
            say::branch(&asked, *yes)
        }
        _ => step.name.clone(),
    }
}

fn method(step: &TrialStep) -> String {
    let head = step.exchange.as_ref().map(|exchange| exchange.sent_head.as_str()).unwrap_or_default();
    head.split_whitespace().next().unwrap_or_default().to_owned()
}

fn took(what: &TrialWhat) -> Option<u64> {
    match what {
        TrialWhat::Worked(_, us) | TrialWhat::Failed(_, _, _, us) => Some(*us),
        _ => None,
    }
}

/// Whether a step has been changed since it was tried.
pub fn is_stale(trial: &Trial, now: &Scenario, id: &str) -> bool {
    !id.is_empty() && place::step(&trial.tried, id) != place::step(now, id)
}

/// The requests that the trial was to send and did not.
fn missed(trial: &Trial) -> Vec<&Step> {
    let planned = planned(&trial.tried, &trial.user, trial.task.as_deref());
    let done = |step: &&Step| trial.steps.iter().any(|tried| tried.step == step.id);
    // Where the way forks, the other way was not meant to be gone: only what comes after the last step counts.
    let last = planned.iter().rposition(done).map_or(0, |at| at + 1);
    planned[last..].to_vec()
}

/// The requests of a user type, or of its one task with its doors, in order.
fn planned<'a>(scenario: &'a Scenario, user: &str, task: Option<&str>) -> Vec<&'a Step> {
    let mut all = Vec::new();
    if let Some(user) = place::user(scenario, user) {
        requests(scenario, &user.on_arrival, &mut all, 0);
        let tasks = user.tasks.iter().filter(|found| !found.off && task.is_none_or(|task| found.id == task));
        tasks.for_each(|task| requests(scenario, &task.steps, &mut all, 0));
        requests(scenario, &user.before_leaving, &mut all, 0);
    }
    all
}

fn requests<'a>(scenario: &'a Scenario, steps: &'a [Step], out: &mut Vec<&'a Step>, deep: usize) {
    for step in steps.iter().filter(|step| !step.off && deep < 16) {
        match &step.act {
            Act::Request(_) => out.push(step),
            Act::Use(used) => {
                if let Some(group) = place::group(scenario, &used.group) {
                    requests(scenario, &group.steps, out, deep + 1);
                }
            }
            _ => {}
        }
        lanes_of(step).into_iter().for_each(|(_, inside)| requests(scenario, inside, out, deep + 1));
    }
}

/// How many requests a trial would send at least, and to which target.
pub fn would_send(model: &Model, user: &str, task: Option<&str>) -> (usize, String) {
    let Some(scenario) = super::panel::scenario(model) else { return Default::default() };
    let target = scenario.targets.first().map(|target| target.name.clone()).unwrap_or_default();
    (planned(scenario, user, task).len(), target)
}

/// The step that is looked at: the one that somebody chose, else the first that failed, else the last request.
pub fn looked(model: &Model) -> Option<usize> {
    super::panel::trial(model)?.look.or_else(|| first_look(model))
}

fn first_look(model: &Model) -> Option<usize> {
    let steps = &super::panel::trial(model)?.steps;
    let failed = steps.iter().position(|step| matches!(step.what, TrialWhat::Failed(..)));
    failed.or_else(|| steps.iter().rposition(|step| step.exchange.is_some()))
}

/// A step of the trial, by its number.
pub fn step_at(model: &Model, number: usize) -> Option<&TrialStep> {
    super::panel::trial(model)?.steps.get(number)
}

/// The last time a step (by id) was tried: its number.
pub fn last_of(model: &Model, step: &str) -> Option<usize> {
    super::panel::trial(model)?.steps.iter().rposition(|tried| tried.step == step && tried.exchange.is_some())
}

/// What a failed step says: what happened, why probably.
pub fn told(step: &TrialStep) -> Option<Told> {
    match &step.what {
        TrialWhat::Failed(kind, detail, status, _) => Some(failure(*kind, detail, *status)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
