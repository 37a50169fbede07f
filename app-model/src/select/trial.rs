//! The trial of one person as it is shown: what happened step by step, what was not reached, and for a step that failed
//! what happened, why probably, and what can be done at once.
//!
//! Must not send anything.

mod ways;

use tidemark_core::scenario::{Act, Scenario, Step};
use tidemark_core::units::plain_time;

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
    /// It was not reached.
    NotReached,
}

impl Mark {
    /// The word for styles.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worked => "worked",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Branch => "branch",
            Self::Task => "task",
            Self::NotReached => "not-reached",
        }
    }
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

/// The line above the list; `None` where nothing was tried.
pub fn head(model: &Model) -> Option<Head> {
    let trial = super::panel::trial(model)?;
    let (worked, failed) = trial.counts();
    let not_reached = if trial.running { 0 } else { missed(trial).len() };
    let ends = trial.steps.iter().map(|step| step.at_us + took(&step.what).unwrap_or(0));
    Some(Head { worked, failed, not_reached, took_us: ends.max().unwrap_or(0), running: trial.running })
}

/// The rows of the list.
pub fn rows(model: &Model) -> Vec<Row> {
    let (Some(trial), Some(now)) = (super::panel::trial(model), super::panel::scenario(model)) else {
        return Vec::new();
    };
    let mut all: Vec<Row> = trial.steps.iter().enumerate().map(|(at, step)| row(trial, now, at, step)).collect();
    if !trial.running {
        all.extend(missed(trial).into_iter().map(|step| Row {
            number: None,
            at: String::new(),
            mark: Mark::NotReached,
            name: words::sentence(&trial.tried, step),
            method: String::new(),
            said: say::NOT_REACHED.to_owned(),
            took: String::new(),
            stale: false,
            saved: Vec::new(),
        }));
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
    let name = match (&step.what, step.name.is_empty()) {
        (TrialWhat::Pause(us), _) => {
            let paused = tidemark_core::units::Span::from_us(*us);
            let step = Step { act: Act::Pause(tidemark_core::scenario::PauseTime::For(paused)), ..Step::default() };
            format!("{} (skipped)", words::sentence(now, &step))
        }
        (TrialWhat::Branch(yes), true) => {
            let asked = place::step(now, &step.step).map(|step| words::sentence(now, step)).unwrap_or_default();
            format!("{asked} → {}", if *yes { "Yes" } else { "No" })
        }
        _ => step.name.clone(),
    };
    Row {
        number: Some(at),
        at: say::at(step.at_us),
        mark,
        name,
        method: method(step),
        said,
        took: took(&step.what).map(plain_time).unwrap_or_default(),
        stale: is_stale(trial, now, &step.step),
        saved: step.saved.clone(),
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

/// The step that is looked at first: the first that failed, else the last request.
pub fn first_look(model: &Model) -> Option<usize> {
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

/// The values after a step, oldest first, each with whether this step changed it.
pub fn values_after(model: &Model, number: usize) -> Vec<(String, String, bool)> {
    let Some(trial) = super::panel::trial(model) else { return Vec::new() };
    let mut all: Vec<(String, String, bool)> = Vec::new();
    for (at, step) in trial.steps.iter().enumerate().take(number + 1) {
        for (name, value) in &step.saved {
            match all.iter_mut().find(|(known, ..)| known == name) {
                Some(known) => (known.1, known.2) = (value.clone(), at == number),
                None => all.push((name.clone(), value.clone(), at == number)),
            }
        }
    }
    all
}

/// What took how long in a step, as shares of the whole: the words, the time, the start and the length from 0 to 1.
pub fn timing(step: &TrialStep) -> Vec<(&'static str, String, f64, f64)> {
    let (Some(exchange), Some(whole)) = (&step.exchange, took(&step.what)) else { return Vec::new() };
    let times = exchange.times;
    let mut at = 0;
    let mut all = Vec::new();
    let mut add = |word, us: u64| {
        let share = |us: u64| if whole == 0 { 0.0 } else { us as f64 / whole as f64 };
        all.push((word, plain_time(us), share(at).min(1.0), share(us).min(1.0)));
        at += us;
    };
    if let Some(us) = times.connect_us {
        add(say::CONNECT, us);
    }
    if let Some(us) = times.tls_us {
        add(say::TLS, us);
    }
    if let Some(first) = times.first_byte_us {
        let before = times.connect_us.unwrap_or(0) + times.tls_us.unwrap_or(0);
        add(say::WAIT, first.saturating_sub(before));
        add(say::READ, whole.saturating_sub(first));
    }
    all.push((say::WHOLE, plain_time(whole), 0.0, 1.0));
    all
}

#[cfg(test)]
mod tests;
