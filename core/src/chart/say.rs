//! The words of charts.

use crate::chart::Kind;
use crate::chart::scale::{clock, words};
use crate::chart::second::Second;

/// Nothing was answered.
pub const GAP: &str = "no answers";
/// Too few answers for a percentile.
pub const FEW: &str = "too few to say";
/// The first column of a chart's table.
pub const TIME: &str = "Time";
/// Before the first answer.
pub const WAITING: &str = "Waiting for the first answer…";

/// The caption of a chart.
pub fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::People => "People",
        Kind::Time => "Response time",
        Kind::Rate => "Requests per second",
        Kind::Failures => "Failures",
    }
}

/// The name of a series, at its right end.
pub fn series(key: &str) -> &'static str {
    match key {
        "p50" => "typical",
        "p95" => "95 of 100",
        "p99" => "99 of 100",
        "sent" => "sent",
        "failed" => "failed",
        "active" => "active",
        "planned" => "plan",
        _ => "",
    }
}

/// What stands in place of a value that is missing: a percentile of few answers is not the same as no answer at all.
pub fn missing(answered: bool) -> &'static str {
    if answered { FEW } else { GAP }
}

/// A chart in one sentence.
pub fn summary(kind: Kind, shown: &[Second]) -> String {
    let key = match kind {
        Kind::People => 0,
        Kind::Time => 1,
        Kind::Rate | Kind::Failures => 0,
    };
    let value = kind.series()[key].1;
    let known: Vec<(u32, f64)> = shown.iter().filter_map(|s| value(s).map(|v| (s.at, v))).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return format!("{}: nothing yet.", title(kind));
    };
    let most = known.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a }).unwrap_or(*first);
    let say = |value: f64| words(value, kind.unit());
    match kind {
        Kind::Failures if most.1 == 0.0 => "No failures.".to_owned(),
        Kind::Failures => format!("Failures: {} per second at most, at {}.", say(most.1), clock(most.0)),
        Kind::People => format!("People: {} at most, at {}; {} at the end.", say(most.1), clock(most.0), say(last.1)),
        Kind::Rate => {
            format!("Requests per second: {} at most, at {}; {} at the end.", say(most.1), clock(most.0), say(last.1))
        }
        Kind::Time => format!(
            "Response time, 95 of 100: {} at the start, {} at most at {}, {} at the end.",
            say(first.1),
            say(most.1),
            clock(most.0),
            say(last.1)
        ),
    }
}
