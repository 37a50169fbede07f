//! Stages, ready-made shapes and overrides to the load curve; goals to limits in numbers.

use super::{Build, Inputs};
use crate::limit::{self, RAMP_SECONDS};
use crate::plan::curve::Curve;
use crate::plan::parts::LoadPlan;
use crate::problem::short;
use crate::scaling::Along;
use crate::scenario::{GoalRule, LatencyKind, LimitSearch, Load, Shape, Stage};
use crate::units::Span;
use crate::verdict::{Goal, Latency, Measure, Side, StopRule};

/// How long people may go on when their time is over, where nothing is said.
const USUAL_FINISH: Span = Span::from_secs(30);
/// The most people at once in the open model, where nothing is said.
const USUAL_AT_MOST: u32 = 10_000;
/// The most people or arrivals a second that make sense on one machine.
const ABSURD: f64 = 1_000_000.0;
/// The busy moment a ready-made shape is scaled to, where nothing is said.
const USUAL_BUSY: u32 = 60;
/// A search goes up to so many times what is usual, where nothing is said.
const MUCH: f64 = 10.0;
/// It begins with the most, divided by this.
const FIRST: f64 = 40.0;
/// How long a step of it is measured, and how long the answer is held, where nothing is said.
const USUAL_STEP: Span = Span::from_secs(10);
const USUAL_CONFIRM: Span = Span::from_secs(60);
/// For how long a rule to stop early must hold, where nothing is said.
const USUAL_HOLD: Span = Span::from_secs(30);

/// Whether the load counts arrivals a second.
pub(super) fn is_open(load: &Load, inputs: &Inputs) -> bool {
    // One that only says how it is to go counts in what the load's own says.
    let counts = |search: &&LimitSearch| search.people.is_some() || search.arrivals.is_some();
    let search = inputs.limit.as_ref().filter(counts).or(load.limit.as_ref());
    match search.map(|search| (search.people, search.arrivals)) {
        _ if inputs.people.is_some() || inputs.arrivals.is_some() => inputs.arrivals.is_some(),
        Some((Some(_), _)) => false,
        Some((None, Some(_))) => true,
        _ => load.people.is_empty() && !load.arrivals.is_empty(),
    }
}

/// Level at the start and stages of a ready-made shape, scaled to `busy` people.
pub fn shape_stages(shape: Shape, busy: u32) -> (f64, Vec<(f64, Span)>) {
    let n = f64::from(busy.max(1));
    let share = |part: f64| (n * part).round().max(1.0);
    let (secs, mins) = (Span::from_secs, |mins: u64| Span::from_secs(mins * 60));
    match shape {
        Shape::QuickCheck => (1.0, vec![(1.0, secs(20)), (3.0, secs(10)), (3.0, secs(30))]),
        Shape::NormalDay => (0.0, vec![(n, mins(2)), (n, mins(8)), (0.0, mins(1))]),
        Shape::PushHarder => {
            let steps = [0.5, 1.0, 1.5, 2.0];
            (0.0, steps.iter().flat_map(|part| [(share(*part), secs(15)), (share(*part), mins(2))]).collect())
        }
        Shape::SuddenRush => {
            let (calm, rush) = (share(0.2), share(3.0));
            (calm, vec![(calm, mins(1)), (rush, secs(10)), (rush, mins(1)), (calm, secs(10)), (calm, secs(90))])
        }
        Shape::AllDay => (0.0, vec![(n, mins(5)), (n, mins(60))]),
        Shape::FindTheLimit => stairs(share(0.25), n * 10.0, USUAL_STEP, USUAL_CONFIRM),
    }
}

/// About what a search does where nothing breaks: twice the load with each step, and the most of it held at the end.
fn stairs(start: f64, most: f64, step: Span, confirm: Span) -> (f64, Vec<(f64, Span)>) {
    let ramp = Span::from_secs(u64::from(RAMP_SECONDS));
    let mut stages = vec![(start, step)];
    let mut level = start;
    while level < most && level > 0.0 {
        level = (level * 2.0).min(most);
        stages.extend([(level, ramp), (level, step)]);
    }
    stages.push((level, confirm));
    (start, stages)
}

/// The search for the limit that is asked for, its numbers as they stand. Stages that are asked for win.
fn search_settings(load: &Load, inputs: &Inputs, open: bool) -> Option<limit::Settings> {
    let shape = load.shape == Some(Shape::FindTheLimit) && load.people.is_empty() && load.arrivals.is_empty();
    let asked = inputs.limit.as_ref().or(load.limit.as_ref());
    if !inputs.stages.is_empty() || (asked.is_none() && !shape) {
        return None;
    }
    let asked = merged(inputs.limit.as_ref(), load.limit.as_ref());
    let busy = f64::from(inputs.people.or(load.busy).unwrap_or(USUAL_BUSY));
    let own = stages(if open { &load.arrivals } else { &load.people });
    let own = own.iter().map(|(level, _)| *level).fold(0.0, f64::max);
    let most = match (open, shape && inputs.limit.is_none()) {
        (true, _) => inputs.arrivals.or(asked.arrivals),
        (false, true) => asked.people.map(f64::from),
        (false, false) => inputs.people.or(asked.people).map(f64::from),
    };
    let most = most.unwrap_or(MUCH * if own > 0.0 { own } else { busy });
    let start = asked.start.unwrap_or(most / FIRST);
    let start = if open { start } else { start.round().max(1.0) };
    let along = if open { Along::Arrivals } else { Along::People };
    let (step, confirm) = (asked.step.unwrap_or(USUAL_STEP), asked.confirm.unwrap_or(USUAL_CONFIRM));
    Some(limit::Settings { along, start, most, step, confirm })
}

/// Whether a load counts arrivals a second (open model) instead of people at once.
pub fn load_is_open(load: &Load) -> bool {
    is_open(load, &Inputs::default())
}

/// The search for the limit that a load asks for, with what is usual where it says nothing; `None` where it goes by stages.
/// Its numbers are as they were written: [`compile`](super::compile) is who refuses what can't be.
pub fn load_search(load: &Load) -> Option<limit::Settings> {
    search_settings(load, &Inputs::default(), load_is_open(load))
}

/// Level at the start and stages of a load as it stands: its own, those of its shape, or about those of its search.
pub fn load_stages(load: &Load) -> (f64, Vec<(f64, Span)>) {
    if let Some(limit::Settings { start, most, step, confirm, .. }) = load_search(load) {
        return stairs(start, most, step, confirm);
    }
    let own = if load.people.is_empty() { &load.arrivals } else { &load.people };
    match load.shape.filter(|_| own.is_empty()) {
        Some(shape) => shape_stages(shape, load.busy.unwrap_or(USUAL_BUSY)),
        None => {
            let mut last = load.start;
            let stages = own.iter().map(|stage| {
                last = stage.to.unwrap_or(last);
                (last, stage.over)
            });
            (load.start, stages.collect())
        }
    }
}

impl Build<'_> {
    pub(super) fn load(&mut self) -> LoadPlan {
        let load = &self.scenario.load;
        let open = is_open(load, self.inputs);
        let search = self.at("load", None, |build| build.search(open));
        let curve = self.at("load", None, |build| match search {
            Some(limit::Settings { start, most, step, confirm, .. }) => {
                let (start, stages) = stairs(start, most, step, confirm);
                Curve::new(start, &stages)
            }
            None => build.curve(open),
        });
        if curve.peak() > ABSURD {
            let message = format!("a peak of {} is more than any machine can do", curve.peak());
            self.at("load", None, |build| build.stop("load-absurd", message, "write 1,000,000 at most"));
        }
        if curve.duration() == Span::ZERO {
            self.at("load", None, |build| {
                build.stop("no-load", "the run would be over at once", "add a stage with a length")
            });
        } else if curve.peak() < 0.5 && !open {
            self.at("load", None, |build| {
                build.stop("no-load", "nobody would come", "let a stage reach one person at least")
            });
        }
        LoadPlan {
            curve,
            open,
            at_most: load.at_most.unwrap_or(USUAL_AT_MOST).max(1),
            share_connections: load.share_connections,
            keep_connections: load.keep_connections,
            repetitions: load.repetitions.filter(|_| search.is_none()),
            search,
            warm_up: self.warm_up(),
            finish: load.let_people_finish.unwrap_or(USUAL_FINISH),
        }
    }

    /// The search for the limit, where there is to be one.
    fn search(&mut self, open: bool) -> Option<limit::Settings> {
        let settings = search_settings(&self.scenario.load, self.inputs, open)?;
        let limit::Settings { start, most, .. } = settings;
        if !(most.is_finite() && most > 0.0 && start > 0.0) {
            self.stop("no-load", "nothing says how much is tried at most", "write a number above zero");
            return None;
        }
        if start > most {
            let message = format!("it begins with {start}, which is more than the {most} that are tried at most");
            self.stop("limit-begins-above", message, "begin with less, or try more");
            return None;
        }
        Some(settings)
    }

    /// The warm-up, stretched like the rest of the load.
    fn warm_up(&self) -> Span {
        let load = &self.scenario.load;
        let planned = if load.people.is_empty() { &load.arrivals } else { &load.people };
        let planned: u64 = planned.iter().map(|stage| stage.over.us()).sum();
        match self.inputs.duration {
            Some(duration) if planned > 0 && self.inputs.stages.is_empty() => {
                Span::from_us((u128::from(load.warm_up.us()) * u128::from(duration.us()) / u128::from(planned)) as u64)
            }
            _ => load.warm_up,
        }
    }

    fn curve(&mut self, open: bool) -> Curve {
        let (load, inputs) = (&self.scenario.load, self.inputs);
        let (own, other) = if open { (&load.arrivals, &load.people) } else { (&load.people, &load.arrivals) };
        let peak = if open { inputs.arrivals } else { inputs.people.map(f64::from) };
        if !inputs.stages.is_empty() {
            return self.scaled(level(load.start), stages(&inputs.stages), peak);
        }
        if !own.is_empty() {
            return self.scaled(level(load.start), stages(own), peak);
        }
        match (load.shape, peak) {
            // People instead of arrivals, or the other way round: the same shape and length, up to the new peak.
            (_, Some(peak)) if !other.is_empty() => self.scaled(level(load.start), stages(other), Some(peak)),
            (Some(shape), _) => {
                // The peak that is asked for is the shape's busy moment: a rush still goes beyond it.
                let people = inputs.people.filter(|_| !open).or(load.busy).unwrap_or(USUAL_BUSY);
                let (start, stages) = shape_stages(shape, people);
                self.scaled(start, stages, peak.filter(|_| open))
            }
            (None, Some(peak)) => {
                let length = inputs.duration.unwrap_or(Span::from_secs(10));
                Curve::new(peak, &[(peak, length)])
            }
            (None, None) => {
                self.stop("no-load", "nothing says how many people come", "add stages or a shape to the load");
                Curve::default()
            }
        }
    }

    /// The curve of these stages, up to another peak and as long as asked for: the shape stays.
    fn scaled(&self, start: f64, mut stages: Vec<(f64, Span)>, peak: Option<f64>) -> Curve {
        if let Some(duration) = self.inputs.duration {
            stretch(&mut stages, duration);
        }
        let curve = Curve::new(start, &stages);
        match peak {
            Some(peak) if curve.peak() > 0.0 => curve.scaled_to(peak),
            Some(peak) => Curve::new(peak, &[(peak, curve.duration())]),
            None => curve,
        }
    }

    pub(super) fn goals(&mut self) -> (Vec<Goal>, Vec<StopRule>) {
        let scenario = self.scenario;
        let mut goals = Vec::new();
        for (at, rule) in scenario.goals.iter().enumerate() {
            goals.extend(self.at("goals", Some(at), |build| build.goal(rule)));
        }
        let mut stop_rules = Vec::new();
        for (at, rule) in scenario.stop_early.iter().enumerate() {
            let goal = self.at("stop_early", Some(at), |build| build.goal(rule));
            let hold = rule.limit.hold.unwrap_or(USUAL_HOLD);
            stop_rules.extend(goal.map(|goal| StopRule { goal, hold }));
        }
        (goals, stop_rules)
    }

    fn goal(&mut self, rule: &GoalRule) -> Option<Goal> {
        let Some(measure) = Measure::from_word(&rule.measure) else {
            self.stop(
                "goal-without-measure",
                "nothing says what is measured",
                "write it like { \"p95\": { \"below\": \"800ms\" } }",
            );
            return None;
        };
        let (side, text) = match (&rule.limit.below, &rule.limit.above) {
            (Some(below), None) => (Side::Below, below),
            (None, Some(above)) => (Side::Above, above),
            _ => {
                self.stop("goal-without-limit", "a goal needs either below or above", "keep exactly one of them");
                return None;
            }
        };
        let Some(limit) = limit(measure, text) else {
            let unit = match measure {
                Measure::FailureShare => "a share such as \"1%\"",
                Measure::Throughput => "a rate such as \"50/s\"",
                _ => "a length of time such as \"800ms\"",
            };
            self.stop("bad-limit", format!("\"{}\" is no limit for this", short(text)), format!("write {unit}"));
            return None;
        };
        let mut goal = Goal::new(measure, side, limit);
        goal.latency = match rule.limit.latency {
            LatencyKind::Response => Latency::Response,
            LatencyKind::Service => Latency::Service,
        };
        goal.over_last = rule.limit.over_last;
        if !rule.limit.of.is_empty() {
            if !self.names.iter().any(|name| name.label == rule.limit.of) {
                if !self.inputs.only_tags.is_empty() || !self.inputs.skip_tags.is_empty() {
                    // The goal is about a task that this run leaves out by its tags: nothing to judge.
                    return None;
                }
                let known: Vec<&str> = self.names.iter().map(|name| name.label.as_str()).collect();
                let hint = match crate::scenario::node::nearest(&rule.limit.of, &known) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "use the name of a request, group or task that runs".to_owned(),
                };
                self.stop(
                    "unknown-goal-name",
                    format!("nothing is called \"{}\" in the results", short(&rule.limit.of)),
                    hint,
                );
                return None;
            }
            goal.of = Some(rule.limit.of.clone());
        }
        goal.text = goal.shown();
        Some(goal)
    }
}

/// Stretches stages, or pushes them together, to last `duration` in all. Jumps alone are followed by a hold that long.
fn stretch(stages: &mut Vec<(f64, Span)>, duration: Span) {
    let whole: u64 = stages.iter().map(|(_, over)| over.us()).sum();
    if whole == 0 {
        stages.extend(stages.last().map(|(level, _)| (*level, duration)));
        return;
    }
    let (mut before, mut ended) = (0, 0);
    for (_, over) in stages {
        // From the ends, not the lengths, so that roundings don't add up.
        before += over.us();
        let end = (u128::from(before) * u128::from(duration.us()) / u128::from(whole)) as u64;
        *over = Span::from_us(end - ended);
        ended = end;
    }
}

/// What is asked for now, and where that says nothing what the scenario says.
fn merged(now: Option<&LimitSearch>, usual: Option<&LimitSearch>) -> LimitSearch {
    fn first<T>(all: [Option<&LimitSearch>; 2], of: fn(&LimitSearch) -> Option<T>) -> Option<T> {
        all.into_iter().flatten().find_map(of)
    }
    let all = [now, usual];
    LimitSearch {
        people: first(all, |one| one.people),
        arrivals: first(all, |one| one.arrivals),
        start: first(all, |one| one.start),
        step: first(all, |one| one.step),
        confirm: first(all, |one| one.confirm),
        ..LimitSearch::default()
    }
}

/// A level that makes sense.
fn level(level: f64) -> f64 {
    if level.is_finite() { level.max(0.0) } else { 0.0 }
}

fn stages(stages: &[Stage]) -> Vec<(f64, Span)> {
    stages.iter().map(|stage| (level(stage.to.unwrap_or(0.0)), stage.over)).collect()
}

/// A limit in the unit of its measure: microseconds, a share from 0 to 1, or per second.
fn limit(measure: Measure, text: &str) -> Option<f64> {
    let text = text.trim();
    match measure {
        Measure::FailureShare => {
            let percent: f64 = text.strip_suffix('%')?.trim().parse().ok()?;
            (0.0..=100.0).contains(&percent).then_some(percent / 100.0)
        }
        Measure::Throughput => {
            let (number, seconds) = match text.split_once('/') {
                Some((number, "s" | "sec" | "second")) => (number, 1.0),
                Some((number, "min" | "minute")) => (number, 60.0),
                _ => return None,
            };
            let number: f64 = number.trim().parse().ok()?;
            (number.is_finite() && number >= 0.0).then_some(number / seconds)
        }
        _ => Span::parse(text).filter(|_| !text.bytes().all(|byte| byte.is_ascii_digit())).map(|span| span.us() as f64),
    }
}
