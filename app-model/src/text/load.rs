//! The words of the Load tab.

use tidemark_core::scenario::Shape;
use tidemark_core::units::{Span, grouped};

/// The name of a ready-made shape, and the question it answers.
pub fn preset(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::QuickCheck => ("Quick check", "Does it work at all?"),
        Shape::NormalDay => ("Normal day", "Is a normal busy day fine?"),
        Shape::PushHarder => ("Push harder", "What about twice as many?"),
        Shape::SuddenRush => ("Sudden rush", "A newsletter just went out?"),
        Shape::AllDay => ("All day", "Does it get worse over time?"),
        Shape::FindTheLimit => ("Find the limit", "How many is too many?"),
    }
}

/// A load with stages of one's own.
pub const OWN_SHAPE: &str = "My own";

/// Every shape, in the order in which they are offered.
pub const PRESETS: [Shape; 6] =
    [Shape::QuickCheck, Shape::NormalDay, Shape::PushHarder, Shape::SuddenRush, Shape::AllDay, Shape::FindTheLimit];

/// People, or new people a second, in words.
fn level(level: f64, arrivals: bool) -> String {
    let number = if level.fract() == 0.0 { grouped(level as u64) } else { format!("{level:.1}") };
    match (arrivals, number.as_str()) {
        (true, _) => format!("{number} new people per second"),
        (false, "1") => "1 person".to_owned(),
        (false, _) => format!("{number} people"),
    }
}

/// A time in words: "6 minutes 30 seconds".
pub fn at(span: Span) -> String {
    let secs = (span.us() + 500_000) / 1_000_000;
    let (hours, minutes, seconds) = (secs / 3_600, secs / 60 % 60, secs % 60);
    let one = |count: u64, unit: &str| match count {
        0 => None,
        1 => Some(format!("1 {unit}")),
        more => Some(format!("{more} {unit}s")),
    };
    let parts = [one(hours, "hour"), one(minutes, "minute"), one(seconds, "second")];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if text.is_empty() { "the start".to_owned() } else { text }
}

/// "Point 3: 120 people at 6 minutes 30 seconds".
pub fn point(number: usize, people: f64, when: Span, arrivals: bool) -> String {
    format!("Point {number}: {} at {}", level(people, arrivals), at(when))
}

/// What happens in a stage: "stays at 60", "adds about 2 people per second", "jumps to 60".
pub fn stage(from: f64, to: f64, over: Span, arrivals: bool) -> String {
    let change = to - from;
    let number =
        |value: f64| if value >= 9.95 { format!("{value:.0}") } else { format!("{value:.1}").replace(".0", "") };
    if change == 0.0 {
        return format!("stays at {}", number(to));
    }
    if over == Span::ZERO {
        return format!("jumps to {}", number(to));
    }
    if arrivals {
        return format!("goes from {} to {} per second", number(from), number(to));
    }
    let verb = if change > 0.0 { "adds" } else { "takes away" };
    let per_second = change.abs() / over.secs();
    if per_second >= 0.95 {
        let people = number(per_second);
        let noun = if people == "1" { "person" } else { "people" };
        format!("{verb} about {people} {noun} per second")
    } else {
        format!(
            "{verb} about 1 person every {}",
            super::steps::time(Span::from_secs((1.0 / per_second).round() as u64))
        )
    }
}

/// "about 18,400 requests".
pub fn expected_requests(count: u64) -> String {
    format!("about {} requests", grouped(count))
}
