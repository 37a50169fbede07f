//! Goals as lines that a person fills in: what is promised, how much, of which requests. Must not judge them.

use tidemark_core::scenario::{Act, GoalRule, Scenario};
use tidemark_core::units::Span;

use crate::doc::place::each_step;
use crate::text::load::{self as say, amount};
use crate::typed::{read_count, read_level};

/// What a goal promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// A time stays below a limit.
    Time,
    /// Few fail.
    Failures,
    /// So many requests a second.
    Rate,
}

/// The measures that are offered: the word in the file, what a goal says before the limit, and what a rule to stop says.
pub const MEASURES: [(&str, &str, &str); 7] = [
    ("p50", say::HALF_WITHIN, say::HALF_LATER),
    ("p90", say::P90_WITHIN, say::P90_LATER),
    ("p95", say::P95_WITHIN, say::P95_LATER),
    ("p99", say::P99_WITHIN, say::P99_LATER),
    ("slowest", say::ALL_WITHIN, say::ANY_LATER),
    ("failures", say::FEWER_FAIL, say::MORE_FAIL),
    ("throughput", say::AT_LEAST_RATE, say::BELOW_RATE),
];

/// What a measure is about.
pub fn promise(measure: &str) -> Promise {
    match measure {
        "failures" => Promise::Failures,
        "throughput" => Promise::Rate,
        _ => Promise::Time,
    }
}

/// A goal as a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalRow {
    /// The measure's word in the file.
    pub measure: String,
    /// The limit as a person writes it: `800 ms`, `1 in 100`, `50`.
    pub limit: String,
    /// What stands behind the limit.
    pub after: &'static str,
    /// Of which requests; empty for all.
    pub of: String,
    /// For a rule to stop early: how long it must last.
    pub lasting: String,
}

/// The line of a goal.
pub fn row(rule: &GoalRule) -> GoalRow {
    let given = rule.limit.below.as_deref().or(rule.limit.above.as_deref()).unwrap_or_default();
    let (limit, after) = match promise(&rule.measure) {
        Promise::Time => (Span::parse(given).map_or(given.to_owned(), amount), ""),
        Promise::Failures => (in_hundred(given).unwrap_or(given.to_owned()), say::IN_100_FAIL),
        Promise::Rate => (given.trim_end_matches("/s").to_owned(), say::PER_SECOND),
    };
    GoalRow {
        measure: rule.measure.clone(),
        limit,
        after,
        of: rule.limit.of.clone(),
        lasting: rule.limit.hold.map_or(String::new(), amount),
    }
}

/// `1%` as the number in "1 in 100 requests".
fn in_hundred(percent: &str) -> Option<String> {
    let number = percent.trim().strip_suffix('%')?.trim();
    number.parse::<f64>().ok().map(|_| number.to_owned())
}

/// The rule with another limit, as a person wrote it.
///
/// # Errors
/// What is wrong with what was written.
pub fn with_limit(rule: &GoalRule, written: &str) -> Result<GoalRule, String> {
    let written = written.trim();
    let number = || read_level(written).filter(|n| *n >= 0.0);
    let text = match promise(&rule.measure) {
        Promise::Time => {
            // A bare number of a response time is meant in milliseconds from ten up.
            let span = match number() {
                Some(bare) if bare >= 10.0 => Some(Span::from_us((bare * 1e3) as u64)),
                _ => Span::parse(written),
            };
            span.filter(|span| *span != Span::ZERO).ok_or_else(|| say::NOT_A_TIME.to_owned())?.to_string()
        }
        Promise::Failures => {
            let percent = match written.split_once(" in ") {
                Some((part, whole)) => read_level(part)
                    .zip(read_count(whole))
                    .filter(|(_, whole)| *whole > 0)
                    .map(|(part, whole)| part / whole as f64 * 100.0),
                None => read_level(written.trim_end_matches('%')),
            };
            let percent = percent.filter(|p| (0.0..=100.0).contains(p)).ok_or_else(|| say::NOT_A_SHARE.to_owned())?;
            format!("{}%", short(percent))
        }
        Promise::Rate => {
            format!("{}/s", number().filter(|n| *n > 0.0).map(short).ok_or_else(|| say::NOT_A_RATE.to_owned())?)
        }
    };
    let mut rule = rule.clone();
    match rule.limit.above.is_some() {
        true => rule.limit.above = Some(text),
        false => rule.limit.below = Some(text),
    }
    Ok(rule)
}

fn short(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Which of the two lists a rule is in: a goal says what is to be kept, a rule to stop when it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The goals.
    Goals,
    /// The rules to stop early.
    Stops,
}

/// The rule with another measure; a limit that makes no sense for it becomes a usual one. Times and failures are to stay
/// below, requests per second above; rules to stop say the opposite.
pub fn with_measure(rule: &GoalRule, of: Of, measure: &str) -> GoalRule {
    let mut rule = GoalRule { measure: measure.to_owned(), ..rule.clone() };
    let before = rule.limit.below.take().or(rule.limit.above.take());
    let (usual, high_is_good) = match promise(measure) {
        Promise::Time => ("800ms", false),
        Promise::Failures => ("1%", false),
        Promise::Rate => ("10/s", true),
    };
    let fits = |text: &String| match promise(measure) {
        Promise::Time => Span::parse(text).is_some(),
        Promise::Failures => text.ends_with('%'),
        Promise::Rate => text.ends_with("/s"),
    };
    let text = Some(before.filter(fits).unwrap_or_else(|| usual.to_owned()));
    match high_is_good == (of == Of::Goals) {
        true => rule.limit.above = text,
        false => rule.limit.below = text,
    }
    rule
}

/// The rule that must last so long before it stops the run; an empty text takes the time away.
///
/// # Errors
/// What is wrong with what was written.
pub fn with_lasting(rule: &GoalRule, written: &str) -> Result<GoalRule, String> {
    let mut rule = rule.clone();
    rule.limit.hold = match written.trim() {
        "" => None,
        written => Some(Span::parse(written).ok_or_else(|| say::NOT_A_TIME.to_owned())?),
    };
    Ok(rule)
}

/// The names in results that a goal may be about: those of requests, in order.
pub fn names(scenario: &Scenario) -> Vec<String> {
    let mut names = Vec::new();
    let mut add = |name: &str| {
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    each_step(scenario, &mut |step| {
        if let Act::Request(request) = &step.act {
            add(&request.name);
        }
    });
    names
}

#[cfg(test)]
mod tests;
