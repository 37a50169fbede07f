//! What the seconds of a step come to, measured against the goals. Must not know which level comes next.

use super::Broken;
use super::settle::{growth, mean};
use crate::chance::tails;
use crate::stats::interval::Interval;
use crate::stats::snapshot::{FailureCount, Snapshot};
use crate::stats::summary::enough;
use crate::stats::timeline::Timeline;
use crate::stats::{Name, NameId, NameKind};
use crate::traffic::Kind;
use crate::units::plain_time;
use crate::verdict::goal::{Goal, GoalOutcome, Measure, Side};
use crate::verdict::windows::Window;
use crate::verdict::words;

/// Where no goal can be used, so much may fail.
const USUAL_FAILURES: f64 = 0.01;

/// For so many seconds on end a goal must be missed by far, over the last seconds, before a step is given up.
const BY_FAR: u32 = 8;

/// Over so many seconds that is looked at.
const LATELY: usize = 5;

/// By far is so many times the limit of a time.
const FAR_TIME: f64 = 2.5;

/// By far is twice the limit of failures and this.
const FAR_FAILURES: f64 = 0.02;

/// No answer for so many seconds means that none comes any more.
const SILENT: usize = 15;

/// How much slower the last third may be than the first: of a step that did not settle, or of a long hold, whose ups and downs
/// are its own.
const GROWS: f64 = 3.0;

/// A growth smaller than this is noise, in microseconds.
const NOTICEABLE_US: f64 = 10_000.0;

/// The share of seconds, or of requests, by which this computer may be the limit.
const OWN: (f64, f64) = (0.2, 0.01);

/// The share of arrivals that may not start.
const DROPPED: f64 = 0.01;

/// Failures that are at least as likely as this by chance break no short step.
const COULD_BE: f64 = 0.1;

/// So many stretches of a step show how much chance moves what it comes to.
const BATCHES: usize = 6;

/// So many standard errors from its limit, a goal is clearly met or missed.
const CLEARLY: f64 = 2.0;

/// Answers are nearly as fast as at first where they take at most so many times as long.
const RESTED: f64 = 2.0;

/// A second of a step.
#[derive(Debug)]
pub(super) struct Seen {
    interval: Interval,
    /// The mean response time, in microseconds; `None` where nothing finished.
    mean_us: Option<f64>,
    failures: Vec<FailureCount>,
}

/// Figures of a step.
pub(super) struct Figures {
    pub per_second: f64,
    pub p95_us: Option<u64>,
    pub failed: Option<f64>,
}

/// What steps are judged by.
#[derive(Debug)]
pub(super) struct Judging {
    /// No seconds, only the names.
    names: Timeline,
    goals: Vec<Goal>,
    /// Goals as asked for, and how they stood in the long hold.
    asked: Vec<GoalOutcome>,
    /// Mean response time at the first step, in microseconds.
    first_us: Option<f64>,
    /// 95 of 100 of each name at the first step.
    first: Vec<Option<u64>>,
    by_far: u32,
}

impl Judging {
    pub(super) fn new(names: &[Name], goals: &[Goal]) -> Self {
        // The least throughput is missed where little is asked for, and says nothing about a limit. Windows are the steps.
        let usable = goals.iter().filter(|goal| !(goal.measure == Measure::Throughput && goal.side == Side::Above));
        let mut used: Vec<Goal> = usable.cloned().collect();
        if used.is_empty() {
            used.push(Goal::new(Measure::FailureShare, Side::Below, USUAL_FAILURES));
        }
        let open = |goal: &Goal| GoalOutcome { goal: goal.clone(), got: None, met: None, enough: false };
        Self {
            names: Timeline::new(names.to_vec(), 0),
            goals: used,
            asked: goals.iter().map(open).collect(),
            first_us: None,
            first: Vec::new(),
            by_far: 0,
        }
    }

    /// A new step begins.
    pub(super) fn begin(&mut self) {
        self.by_far = 0;
    }

    pub(super) fn see(&self, snapshot: &Snapshot) -> Seen {
        let interval = Interval::of(snapshot, self.names.names().len(), false);
        let mean_us = interval.all(self.names.names()).response.all().mean();
        Seen { interval, mean_us, failures: snapshot.failures.clone() }
    }

    /// Mean response times of seconds, in microseconds; a second without any answer has that of the one before.
    pub(super) fn times(&self, seen: &[Seen]) -> Vec<f64> {
        let mut last = seen.iter().find_map(|one| one.mean_us).unwrap_or(0.0);
        let next = |one: &Seen| {
            last = one.mean_us.unwrap_or(last);
            last
        };
        seen.iter().map(next).collect()
    }

    fn window(&self, seen: &[Seen]) -> Window {
        let intervals: Vec<Interval> = seen.iter().map(|one| one.interval.clone()).collect();
        Window::of(&intervals, &self.names)
    }

    fn got(&self, goal: &Goal, window: &Window) -> Option<f64> {
        let id = match &goal.of {
            Some(label) => Some(self.names.name_id(label)?),
            None => None,
        };
        goal.measure(window.row(id), window.length_us, goal.measure.answers_needed())
    }

    /// Whether every goal has answers enough.
    pub(super) fn has_enough(&self, seen: &[Seen]) -> bool {
        let window = self.window(seen);
        self.goals.iter().all(|goal| self.got(goal, &window).is_some())
    }

    /// Whether what these seconds come to is further from each goal's limit than chance moves it. How far that is shows the
    /// spread between stretches of them (batch means: Law, "Simulation Modeling and Analysis", section 9.5.3).
    pub(super) fn is_clear(&self, seen: &[Seen]) -> bool {
        let length = seen.len().div_ceil(BATCHES).max(1);
        let batches: Vec<Window> =
            seen.chunks(length).filter(|batch| batch.len() == length).map(|batch| self.window(batch)).collect();
        let window = self.window(seen);
        let clear = |goal: &Goal| {
            let values: Vec<f64> = batches.iter().filter_map(|batch| self.got(goal, batch)).collect();
            let Some(got) = self.got(goal, &window).filter(|_| values.len() + 1 >= BATCHES) else { return true };
            let (count, middle) = (values.len() as f64, mean(&values));
            let spread = values.iter().map(|value| (value - middle).powi(2)).sum::<f64>() / (count - 1.0);
            (got - goal.limit).abs() > CLEARLY * (spread / count).sqrt()
        };
        self.goals.iter().all(clear)
    }

    /// What is missed so far that no more seconds are needed.
    pub(super) fn clearly_broken(&mut self, seen: &[Seen]) -> Option<Broken> {
        if seen.len() >= SILENT && seen[seen.len() - SILENT..].iter().all(|one| one.mean_us.is_none()) {
            return Some(Broken { goal: None, got: None, most: None, silent: true, dropped: false });
        }
        let lately = &seen[seen.len().saturating_sub(LATELY)..];
        let window = self.window(lately);
        let far = |goal: &&Goal| {
            let got = self.got(goal, &window);
            match (goal.side, goal.measure) {
                (Side::Above, _) | (_, Measure::Throughput) => false,
                (_, Measure::FailureShare) => got.is_some_and(|got| got > goal.limit * 2.0 + FAR_FAILURES),
                _ => got.is_some_and(|got| got > goal.limit * FAR_TIME),
            }
        };
        match self.goals.iter().find(far).cloned() {
            Some(goal) => {
                self.by_far += 1;
                (self.by_far >= BY_FAR).then(|| self.missed(&goal, &window, lately))
            }
            None => {
                self.by_far = 0;
                None
            }
        }
    }

    /// What is missed over these seconds: a goal, or with `strict` that answers should not keep getting slower.
    pub(super) fn broken(&self, seen: &[Seen], strict: bool) -> Option<Broken> {
        let window = self.window(seen);
        let missed = |goal: &&Goal| {
            let missed = self.got(goal, &window).is_some_and(|got| !goal.is_met_by(got));
            missed && (strict || !self.is_chance(goal, &window))
        };
        if let Some(goal) = self.goals.iter().find(missed) {
            return Some(self.missed(goal, &window, seen));
        }
        let times = self.times(seen);
        let third = times.len() / 3;
        let more = mean(&times[times.len() - third..]) - mean(&times[..third]);
        let grows = strict && growth(&times) > GROWS && more > NOTICEABLE_US;
        let dropped: u64 = seen.iter().map(|one| one.interval.dropped).sum();
        let piles_up = dropped as f64 > window.due as f64 * DROPPED;
        let most = || self.slowest(&window);
        (grows || piles_up).then(|| Broken { goal: None, got: None, most: most(), silent: false, dropped: piles_up })
    }

    /// Whether so many failures could well be chance although as few fail as the goal allows. A long hold will tell.
    fn is_chance(&self, goal: &Goal, window: &Window) -> bool {
        if goal.measure != Measure::FailureShare {
            return false;
        }
        let id = goal.of.as_ref().and_then(|label| self.names.name_id(label));
        let row = window.row(id);
        at_least(row.failed.total(), row.finished() as f64 * goal.limit) > COULD_BE
    }

    fn missed(&self, goal: &Goal, window: &Window, seen: &[Seen]) -> Broken {
        let got = self.got(goal, window).map(|got| goal.value(got));
        let most = match goal.measure {
            Measure::FailureShare => self.failure(seen),
            _ => self.slowest(window),
        };
        Broken { goal: Some(goal.text.clone()), got, most, silent: false, dropped: false }
    }

    /// The most frequent failure: `“Pay” answered 502`.
    fn failure(&self, seen: &[Seen]) -> Option<String> {
        let mut groups: Vec<FailureCount> = Vec::new();
        for one in seen.iter().flat_map(|one| &one.failures) {
            match groups
                .iter_mut()
                .find(|have| (have.name, have.kind, &have.detail) == (one.name, one.kind, &one.detail))
            {
                Some(have) => have.count += one.count,
                None => groups.push(one.clone()),
            }
        }
        let most = groups.into_iter().max_by_key(|group| group.count)?;
        let name = self.names.names().get(most.name.at())?;
        Some(format!("“{}”: {}", name.label, words::failure(most.kind, &most.detail)))
    }

    /// The request that slowed most since the first step: `“Pay” slowed most, from 80 ms to 1.7 s`.
    fn slowest(&self, window: &Window) -> Option<String> {
        let names = self.names.names().iter().enumerate().filter(|(_, name)| name.of == NameKind::Request);
        let slowed = names.filter_map(|(at, name)| {
            let now = p95(window, NameId(at as u16))?;
            Some((name, (*self.first.get(at)?)?, now)).filter(|(_, first, now)| now > first)
        });
        let (name, first, now) = slowed.max_by_key(|(_, first, now)| now - first)?;
        Some(format!("“{}” slowed most, from {} to {}", name.label, plain_time(first), plain_time(now)))
    }

    /// Whether this computer was the limit over these seconds.
    pub(super) fn is_own_limit(&self, seen: &[Seen]) -> bool {
        let suspect = seen.iter().filter(|one| one.interval.suspect > 0).count();
        let window = self.window(seen);
        let no_room = window.all.failed.get(Kind::NoRoom);
        suspect as f64 > seen.len() as f64 * OWN.0 || no_room as f64 > window.all.finished() as f64 * OWN.1
    }

    /// Whether answers are nearly as fast again as at first.
    pub(super) fn is_rested(&self, seen: &[Seen]) -> bool {
        let last = &seen[seen.len().saturating_sub(3)..];
        let Some(first) = self.first_us else { return last.len() == 3 };
        let times: Vec<f64> = last.iter().filter_map(|one| one.mean_us).collect();
        times.len() == 3 && mean(&times) <= (first * RESTED).max(first + NOTICEABLE_US)
    }

    /// Keeps what a held step was like, if it is the first.
    pub(super) fn remember(&mut self, seen: &[Seen]) {
        if self.first_us.is_none() {
            let window = self.window(seen);
            self.first_us = window.all.response.all().mean();
            self.first = (0..self.names.names().len()).map(|at| p95(&window, NameId(at as u16))).collect();
        }
    }

    /// Keeps how goals stood in the long hold; whether all could be judged.
    pub(super) fn keep(&mut self, seen: &[Seen]) -> bool {
        let window = self.window(seen);
        let judged = |outcome: &GoalOutcome| {
            let got = self.got(&outcome.goal, &window);
            let met = got.map(|got| outcome.goal.is_met_by(got));
            GoalOutcome { got, met, enough: got.is_some(), ..outcome.clone() }
        };
        self.asked = self.asked.iter().map(judged).collect();
        self.goals.iter().all(|goal| self.got(goal, &window).is_some())
    }

    pub(super) fn outcomes(&self) -> Vec<GoalOutcome> {
        self.asked.clone()
    }

    pub(super) fn figures(&self, seen: &[Seen]) -> Figures {
        let Window { all, length_us, .. } = self.window(seen);
        let finished = all.finished();
        Figures {
            per_second: if length_us > 0 { all.ok as f64 * 1e6 / length_us as f64 } else { 0.0 },
            p95_us: enough(&all.response.all().to_hist(), 95.0),
            failed: (finished > 0).then(|| all.failed.total() as f64 / finished as f64),
        }
    }
}

/// The chance of so many events or more where `mean` are expected, by Poisson's distribution; with many, by the normal one.
fn at_least(events: u64, mean: f64) -> f64 {
    if mean > 50.0 {
        let far = (events as f64 - 0.5 - mean) / mean.sqrt();
        return if far > 0.0 { tails::normal(far) / 2.0 } else { 1.0 };
    }
    let (mut term, mut below) = ((-mean).exp(), 0.0);
    for event in 0..events.min(1_000) {
        below += term;
        term *= mean / (event + 1) as f64;
    }
    (1.0 - below).max(0.0)
}

fn p95(window: &Window, id: NameId) -> Option<u64> {
    enough(&window.row(Some(id)).response.all().to_hist(), 95.0)
}
