//! The sentences of verdicts: short, with numbers first, in words a tester can pass on.
//!
//! Must not decide anything.

use crate::stats::snapshot::Row;
use crate::stats::summary::{Summary, enough};
use crate::stats::timeline::{FailureGroup, Timeline, Totals};
use crate::traffic::Kind;
pub use crate::units::clock;
use crate::units::{grouped, one_in, plain_time};
use crate::verdict::goal::Goal;
use crate::verdict::turn::{Turn, TurningPoint};

/// A kind of failure with its particulars: `answered 503`, `no answer in time`.
pub fn failure(kind: Kind, detail: &str) -> String {
    let plain = match kind {
        Kind::Status => "unexpected answer",
        Kind::CheckFailed => "check failed",
        Kind::ValueMissing => "value missing",
        Kind::Refused => "nothing is listening",
        Kind::Reset => "the connection was closed",
        Kind::NameNotFound => "the host's name could not be found",
        Kind::Tls => "no secure connection",
        Kind::ConnectTimeout => "no connection in time",
        Kind::AnswerTimeout => "no answer in time",
        Kind::TooManyRedirects => "too many redirects",
        Kind::Malformed => "the answer was garbled",
        Kind::RowsRanOut => "a data table has no rows left",
        Kind::HostBlocked => "the host is not allowed",
        Kind::NoRoom => "this computer could not open more connections",
        Kind::BadRequest => "the request made no sense",
        Kind::Cut => "cut short",
    };
    let detail = detail.trim();
    match kind {
        _ if detail.is_empty() => plain.to_owned(),
        Kind::Status => format!("answered {}", answered(detail)),
        _ => format!("{plain} ({detail})"),
    }
}

/// What came, of `503 try later` or `expected a status of 2xx, got 503`.
fn answered(detail: &str) -> &str {
    match detail.strip_prefix("expected a status of ").and_then(|rest| rest.rsplit_once(", got ")) {
        Some((_, got)) => got.trim(),
        None => detail.trim(),
    }
}

/// How it goes while a run goes on: `So far: holding up. 95 of 100 requests within 310 ms; 1 in 450 failed.`
///
/// `judged` is whether any goal could be looked at yet.
pub fn so_far(all: &Row, goals_broken: usize, judged: bool) -> String {
    let (finished, failed) = (all.finished(), all.failed.total());
    if finished == 0 {
        return "So far: no answers yet.".to_owned();
    }
    let state = match goals_broken {
        0 if !judged => "too early to tell".to_owned(),
        0 => "holding up".to_owned(),
        1 => "1 goal is missed".to_owned(),
        more => format!("{more} goals are missed"),
    };
    let times = match enough(&all.response.all(), 95.0) {
        Some(us) => format!("95 of 100 requests within {}", plain_time(us)),
        None => format!("{} requests", grouped(finished)),
    };
    let failures = if failed == 0 { "none".to_owned() } else { one_in(failed, finished) };
    format!("So far: {state}. {times}; {failures} failed.")
}

/// `One person`, `60 people`, `40 arrivals per second`.
pub(super) fn load(people: u32, planned: u32, peak_due: u64) -> String {
    match (planned, people) {
        (0, _) if peak_due > 0 => format!("{} arrivals per second", grouped(peak_due)),
        (_, 1) => "1 person".to_owned(),
        _ => format!("{} people", grouped(u64::from(people))),
    }
}

/// Rounded to two digits, for "about".
fn about(count: u32) -> String {
    let mut step = 1;
    while count / step >= 100 {
        step *= 10;
    }
    grouped(u64::from((count + step / 2) / step * step))
}

/// What changed at the turning point, and when.
pub(super) fn turning(point: &TurningPoint, timeline: &Timeline, goals: &[Goal]) -> Vec<String> {
    let when = clock(point.second);
    if point.from_start {
        let what = match point.goal.map(|at| &goals[at]) {
            Some(goal) => format!("Missed from the start: {}.", goal.text),
            None => return Vec::new(),
        };
        return vec![what];
    }
    let people = about(point.people);
    let by_people = timeline.measured().peak_planned > 0;
    let mut sentences = Vec::new();
    let mut at = String::new();
    match (point.turn, by_people) {
        (Turn::GoalBroken, true) => sentences.push(format!("Up to about {people} people everything met your goals.")),
        (Turn::GoalBroken, false) => {}
        (_, true) => at = format!(", at about {people} people,"),
        (_, false) => at = ",".to_owned(),
    }
    let change = match (point.turn, &point.name, point.from_us, point.to_us) {
        (Turn::NoMoreThroughput, ..) => Some("more people brought no more requests".to_owned()),
        (_, Some(name), Some(from), Some(to)) => {
            Some(format!("“{name}” slowed from {} to {} (95 of 100)", plain_time(from), plain_time(to)))
        }
        (Turn::GoalBroken, ..) => point.goal.map(|goal| format!("this was missed: {}", goals[goal].text)),
        _ => None,
    };
    let comma = if at.is_empty() { "," } else { at.as_str() };
    sentences.extend(change.map(|change| format!("From {when} on{comma} {change}.")));
    sentences
}

/// The most frequent failure, and how many requests of its name met it: after the warm-up, or where it was there before,
/// in all.
pub(super) fn biggest_failure(timeline: &Timeline, group: &FailureGroup) -> Option<String> {
    let failure = &group.failure;
    let name = timeline.names().get(failure.name.at())?;
    let of = |totals: &Totals, what: &dyn Fn(&Row) -> u64| totals.rows.get(failure.name.at()).map_or(0, what);
    let early = of(timeline.warm(), &|row| row.failed.get(failure.kind)) > 0;
    let mut whole = of(timeline.measured(), &Row::finished);
    if early {
        whole += of(timeline.warm(), &Row::finished);
    }
    let share = match one_in(failure.count, whole.max(failure.count)).as_str() {
        "all" => "All".to_owned(),
        most if most.starts_with("over") => most.replacen('o', "O", 1),
        share => share.to_owned(),
    };
    let early = if early { ", warm-up included" } else { "" };
    let what = self::failure(failure.kind, &failure.detail);
    Some(format!("{share} requests to “{}” failed{early}: {what}.", name.label))
}

/// How many requests failed, and in how many ways: `226, 2 kinds; 186 of them after the warm-up`. All failures of a run
/// are listed, but tables and goals leave the warm-up out; so where these differ, both numbers stand here.
pub fn failures_in_all(summary: &Summary) -> String {
    let all: u64 = summary.failures.iter().map(|group| group.failure.count).sum();
    let kinds = match summary.failures.len() {
        1 => "1 kind".to_owned(),
        kinds => format!("{} kinds", grouped(kinds as u64)),
    };
    let counted = match summary.all.failed {
        counted if counted >= all => String::new(),
        0 if all == 1 => "; in the warm-up".to_owned(),
        0 => "; all in the warm-up".to_owned(),
        counted => format!("; {} of them after the warm-up", grouped(counted)),
    };
    format!("{}, {kinds}{counted}", grouped(all))
}

/// What to do about a kind of failure.
pub(super) fn next_for(kind: Kind, name: &str, detail: &str) -> String {
    let status: u16 = answered(detail).get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
    match (kind, status) {
        (Kind::Status, 401 | 403) => "Next: check the sign-in.".to_owned(),
        (Kind::Status, 404) => format!("Next: check the address of “{name}”."),
        (Kind::Status, 400 | 422) => format!("Next: check the data that “{name}” sends."),
        (Kind::Status, 429) => "Next: lower the load, or ask for an exception from the limit.".to_owned(),
        (Kind::Status | Kind::Reset | Kind::Malformed, _) => {
            format!("Next: show the failing answers of “{name}” to whoever runs it.")
        }
        (Kind::AnswerTimeout | Kind::ConnectTimeout, _) => {
            format!("Next: show this to whoever runs “{name}”, or raise its time limit.")
        }
        (Kind::CheckFailed, _) => format!("Next: look at the failing answers of “{name}”."),
        (Kind::ValueMissing, _) => format!("Next: see what “{name}” answers, and pick the value again."),
        (Kind::Refused, _) => "Next: check that the target is running, and its address.".to_owned(),
        (Kind::NameNotFound, _) => "Next: check the target's address.".to_owned(),
        (Kind::Tls, _) => "Next: ask the owner about the certificate, or trust it for this target.".to_owned(),
        (Kind::TooManyRedirects, _) => format!("Next: check where “{name}” redirects to."),
        (Kind::RowsRanOut, _) => "Next: give the data table more rows, or let it start again.".to_owned(),
        (Kind::HostBlocked, _) => "Next: allow the host, if you may test it.".to_owned(),
        (Kind::NoRoom, _) => "Next: raise the limit of open files, or use fewer people.".to_owned(),
        (Kind::BadRequest, _) => format!("Next: check the values that “{name}” is made of."),
        (Kind::Cut, _) => "Next: let the run end by itself.".to_owned(),
    }
}

#[cfg(test)]
mod tests;
