//! Of every 100 requests, how many were fast, slow, failed: by the first goal that says how long all of them may take.

use tidemark_core::result::Opened;
use tidemark_core::units::grouped;
use tidemark_core::verdict::Goal;
use tidemark_core::verdict::goal::{Latency, Measure, Side};

use crate::text::results as say;

/// A part of the bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Felt {
    /// `fast`, `slow`, `failed`.
    pub part: &'static str,
    /// From 0 to 1.
    pub share: f64,
    /// "78", "0.4".
    pub of_100: String,
    /// "fast: within 800 ms".
    pub text: String,
    /// How many requests.
    pub count: String,
}

/// The parts; nothing where no goal says what is fast, or nothing was answered.
pub fn felt(opened: &Opened) -> Vec<Felt> {
    let Some(limit_us) = opened.verdict.goals.iter().find_map(|outcome| fast(&outcome.goal)) else { return Vec::new() };
    let all = opened.timeline.measured().all(opened.timeline.names());
    let good = &all.response.ok;
    let fast = good.count_at_or_below(limit_us);
    let parts = [("fast", fast), ("slow", good.len().saturating_sub(fast)), ("failed", all.failed.total())];
    let whole: u64 = parts.iter().map(|part| part.1).sum();
    if whole == 0 {
        return Vec::new();
    }
    let of = |(part, count): (&'static str, u64)| Felt {
        part,
        share: count as f64 / whole as f64,
        of_100: of_100(count, whole),
        text: say::felt(part, limit_us),
        count: grouped(count),
    };
    parts.into_iter().map(of).collect()
}

/// The limit of a goal that says how long people may wait, in microseconds.
fn fast(goal: &Goal) -> Option<u64> {
    let whole = goal.of.is_none() && goal.side == Side::Below && goal.latency == Latency::Response;
    (whole && matches!(goal.measure, Measure::Percentile(_))).then_some(goal.limit as u64)
}

/// `78`, `0.4`, `under 0.1`: few are never shown as none, and most never as all.
fn of_100(part: u64, whole: u64) -> String {
    let share = part as f64 * 100.0 / whole as f64;
    match share {
        _ if part == 0 => "0".to_owned(),
        _ if part == whole => "100".to_owned(),
        none if none < 0.05 => "under 0.1".to_owned(),
        few if few < 9.95 => format!("{few:.1}"),
        most if most > 99.5 => format!("{:.1}", most.min(99.9)),
        some => format!("{some:.0}"),
    }
}
