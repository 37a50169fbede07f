//! Goals: that they say what is measured, with a limit that fits.

use std::collections::HashSet;

use super::{did_you_mean, stop, tip, unreadable, warn, with_values_as};
use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::{At, Spot, Walk};
use crate::problem::{Severity, short};
use crate::scenario::{Act, GoalRule};
use crate::units::Span;

pub(super) const RULES: &[Rule] = &[
    tip(
        "no-goals",
        "There are no goals, so a run can't say whether the target held up.",
        "Add the usual two: p95 below 800ms, failures below 1%.",
        no_goals,
    ),
    stop(
        "empty-goal",
        "A goal doesn't say what is measured.",
        "Say what: p95, failures, throughput and so on.",
        empty_goal,
    ),
    stop(
        "goal-without-limit",
        "A goal has no limit, or both below and above.",
        "Give exactly one of below and above.",
        goal_without_limit,
    ),
    stop(
        "bad-limit",
        "The limit of a goal doesn't fit what is measured: times need a unit such as ms, failures a %, throughput /s.",
        "Write it like \"800ms\", \"1%\" or \"50/s\".",
        bad_limit,
    ),
    warn("goal-out-of-reach", "No run can meet this goal.", "Correct the limit.", goal_out_of_reach),
    stop(
        "goal-of-unknown",
        "A goal is about a name that no request, group or task has.",
        "Correct the name, or remove of for a goal about all requests.",
        goal_of_unknown,
    ),
    stop(
        "goal-window",
        "A goal is judged over a window of no time.",
        "Write a time above zero, or leave it out.",
        goal_window,
    ),
    tip(
        "stop-early-without-for",
        "A rule to stop early doesn't say how long it must hold, so 30 seconds are taken.",
        "Add for, such as \"30s\".",
        stop_early_without_for,
    ),
    warn(
        "goal-field-not-used",
        "for belongs to stop_early, and latency to times: here it does nothing.",
        "Remove it.",
        goal_field_not_used,
    ),
];

/// Every goal with its place; `true` for the rules to stop early.
fn goals<'w>(walk: &'w Walk) -> impl Iterator<Item = (Spot, &'w GoalRule, bool)> {
    let goals = walk.scenario.goals.iter().enumerate().map(|(i, goal)| (At::ROOT.key("goals").index(i), goal, false));
    let stops = walk.scenario.stop_early.iter().enumerate();
    goals.chain(stops.map(|(i, goal)| (At::ROOT.key("stop_early").index(i), goal, true)))
}

/// The goals that say what they measure, with the place of the limit.
fn measured<'w>(walk: &'w Walk) -> impl Iterator<Item = (Spot, &'w GoalRule, bool)> {
    let said = goals(walk).filter(|(_, goal, _)| !goal.measure.is_empty() && goal.limit.extra.whole.is_none());
    said.map(|(spot, goal, stop)| (spot.key(&goal.measure), goal, stop))
}

fn no_goals(walk: &Walk, out: &mut Out) {
    if walk.scenario.goals.is_empty() && !unreadable(&walk.scenario.extra, &["goals"]) {
        let hint = "add \"goals\": [ { \"p95\": { \"below\": \"800ms\" } }, { \"failures\": { \"below\": \"1%\" } } ]";
        out.say(At::ROOT.key("goals"), "no goal says what \"held up\" means", hint);
    }
}

fn empty_goal(walk: &Walk, out: &mut Out) {
    for (spot, goal, _) in goals(walk).filter(|(_, goal, _)| goal.measure.is_empty() && goal.extra.whole.is_none()) {
        let hint = "use p50 to p99.9, mean, slowest, failures or throughput";
        let message = match goal.extra.fields.keys().next() {
            Some(key) => format!("\"{}\" is nothing that is measured", short(key)),
            None => "the goal doesn't say what is measured".to_owned(),
        };
        out.say(spot, message, hint);
    }
}

fn goal_without_limit(walk: &Walk, out: &mut Out) {
    for (spot, goal, _) in measured(walk).filter(|(_, goal, _)| !unreadable(&goal.limit.extra, &["below", "above"])) {
        match (&goal.limit.below, &goal.limit.above) {
            (None, None) => out.say(spot, "no limit is given", "add \"below\" or \"above\""),
            (Some(_), Some(_)) => out.say(spot, "below and above can't both be given", "make two goals of it"),
            _ => {}
        }
    }
}

/// What a limit is a number of.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Time,
    Share,
    Rate,
}

fn kind(measure: &str) -> Kind {
    match measure {
        "failures" => Kind::Share,
        "throughput" => Kind::Rate,
        _ => Kind::Time,
    }
}

impl Kind {
    /// The limit as a number: microseconds, percent, or requests a second.
    fn read(self, text: &str) -> Option<f64> {
        let text = text.trim();
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
        match self {
            Self::Time if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') => None, // 800 could be ms or s
            Self::Time => Span::parse(text).map(|span| span.us() as f64),
            Self::Share => text.strip_suffix('%').and_then(number).filter(|percent| *percent <= 100.0),
            Self::Rate => match text.split_once('/')? {
                (count, "s" | "sec" | "second") => number(count),
                (count, "min" | "minute") => number(count).map(|count| count / 60.0),
                _ => None,
            },
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Time => "write it like \"800ms\" or \"2s\"",
            Self::Share => "write it like \"1%\"",
            Self::Rate => "write it like \"50/s\"",
        }
    }
}

/// The limits that are given, with their fields.
fn limits(goal: &GoalRule) -> impl Iterator<Item = (&'static str, &String)> {
    [("below", &goal.limit.below), ("above", &goal.limit.above)]
        .into_iter()
        .filter_map(|(key, limit)| limit.as_ref().map(|limit| (key, limit)))
}

fn bad_limit(walk: &Walk, out: &mut Out) {
    for (spot, goal, _) in measured(walk) {
        let kind = kind(&goal.measure);
        for (key, limit) in limits(goal).filter(|(_, limit)| kind.read(limit).is_none()) {
            let message = format!("\"{}\" is no limit for {}", short(limit), goal.measure);
            out.say(spot.clone().key(key), message, kind.example());
        }
    }
}

fn goal_out_of_reach(walk: &Walk, out: &mut Out) {
    for (spot, goal, stop) in measured(walk) {
        let kind = kind(&goal.measure);
        for (key, limit) in limits(goal) {
            let Some(number) = kind.read(limit) else { continue };
            let never = match (kind, key) {
                (_, "below") => number == 0.0,
                (Kind::Share, _) => number >= 100.0,
                _ => false,
            };
            if never {
                let what = if stop { "this can never be" } else { "no run can meet this goal" };
                out.say(spot.clone().key(key), what, kind.example());
            }
        }
    }
}

/// Every name that a line of the results can have.
fn result_names(walk: &Walk) -> HashSet<String> {
    let mut names: HashSet<String> = HashSet::new();
    for user in &walk.users {
        let tasks = user.tasks.iter().enumerate();
        names.extend(tasks.map(|(i, task)| match task.task.name.as_str() {
            "" => format!("Task {}", i + 1),
            name => name.to_owned(),
        }));
    }
    let groups = walk.groups.iter().filter(|group| group.group.measured);
    names.extend(groups.map(|group| group.group.name.clone()));
    for step in &walk.steps {
        match &step.step.act {
            Act::Request(request) if request.name.is_empty() => {
                names.insert(format!("{} {}", request.method, request.url));
                names.extend(
                    with_values_as(&request.url, |_| "…".to_owned()).map(|url| format!("{} {url}", request.method)),
                );
            }
            Act::Request(request) => {
                names.insert(request.name.clone());
            }
            Act::Group(group) if group.measured => {
                let name = if group.name.is_empty() { "Group" } else { group.name.as_str() };
                names.insert(name.to_owned());
            }
            _ => {}
        }
    }
    names.remove("");
    names
}

fn goal_of_unknown(walk: &Walk, out: &mut Out) {
    let mut goals = measured(walk).filter(|(_, goal, _)| !goal.limit.of.is_empty()).peekable();
    if goals.peek().is_none() {
        return;
    }
    let names = result_names(walk);
    let mut known: Vec<&str> = names.iter().map(String::as_str).collect();
    known.sort_unstable();
    for (spot, goal, _) in goals.filter(|(_, goal, _)| !names.contains(&goal.limit.of)) {
        if out.full() {
            continue;
        }
        let of = &goal.limit.of;
        let hint = did_you_mean(of, &known, || "use the name of a request, group or task".to_owned());
        out.say(spot.key("of"), format!("nothing in the results is called \"{}\"", short(of)), hint);
    }
}

fn goal_window(walk: &Walk, out: &mut Out) {
    for (spot, goal, _) in measured(walk) {
        if goal.limit.over_last == Some(Span::ZERO) {
            out.say(spot.key("over_last"), "a window of no time holds nothing", "write a time such as \"60s\"");
        }
    }
}

fn stop_early_without_for(walk: &Walk, out: &mut Out) {
    for (spot, goal, stop) in measured(walk) {
        if stop && goal.limit.hold.is_none_or(|hold| hold == Span::ZERO) && !unreadable(&goal.limit.extra, &["for"]) {
            out.say(spot, "it is not said how long this must hold, so 30 s are taken", "add \"for\": \"30s\"");
        }
    }
}

fn goal_field_not_used(walk: &Walk, out: &mut Out) {
    for (spot, goal, stop) in measured(walk) {
        if !stop && goal.limit.hold.is_some() {
            out.say(spot.clone().key("for"), "\"for\" is for stop_early only", "use \"over_last\", or remove it");
        }
        if kind(&goal.measure) != Kind::Time && goal.limit.latency != Default::default() {
            out.say_as(Severity::Warn, spot.key("latency"), "\"latency\" is for times only", "remove it");
        }
    }
}
