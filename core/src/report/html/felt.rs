//! Of every 100 requests, how many were fast, slow, and failed: a bar, by the first time goal that is about all requests.

use std::fmt::Write;

use super::{put, say};
use crate::result::Opened;
use crate::units::{grouped, plain_time};
use crate::verdict::goal::{Goal, Latency, Measure, Side};

/// How requests felt.
struct Felt {
    fast: u64,
    slow: u64,
    failed: u64,
    limit_us: u64,
}

impl Felt {
    /// None where no goal says what is fast, or nothing was answered.
    fn of(opened: &Opened) -> Option<Self> {
        let limit_us = opened.verdict.goals.iter().find_map(|outcome| fast(&outcome.goal))?;
        let all = opened.timeline.measured().all(opened.timeline.names());
        let good = &all.response.ok;
        let fast = good.count_at_or_below(limit_us);
        let felt = Self { fast, slow: good.len().saturating_sub(fast), failed: all.failed.total(), limit_us };
        (felt.all() > 0).then_some(felt)
    }

    fn all(&self) -> u64 {
        self.fast + self.slow + self.failed
    }
}

/// The limit of a goal that says how long people may wait, in microseconds.
fn fast(goal: &Goal) -> Option<u64> {
    let whole = goal.of.is_none() && goal.side == Side::Below && goal.latency == Latency::Response;
    (whole && matches!(goal.measure, Measure::Percentile(_))).then_some(goal.limit as u64)
}

/// `78`, `0.4`, `under 0.1`: of every 100.
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

/// The bar with its words; nothing where no goal says what is fast.
pub fn felt(out: &mut String, opened: &Opened) {
    let Some(felt) = Felt::of(opened) else { return };
    let limit = plain_time(felt.limit_us);
    let parts = [
        ("fast", felt.fast, format!("fast: within {limit}")),
        ("slow", felt.slow, format!("slow: longer than {limit}")),
        ("failed", felt.failed, "failed".to_owned()),
    ];
    put!(out, "<section class=\"card felt\" aria-labelledby=\"felt\"><div><h2 id=\"felt\">{}</h2>\n", say::FELT);
    out.push_str("<p class=\"muted\">Of every 100 requests:</p></div>\n<div class=\"bar\" aria-hidden=\"true\">");
    for (word, count, _) in parts.iter().filter(|part| part.1 > 0) {
        let share = *count as f64 * 100.0 / felt.all() as f64;
        put!(out, "<span class=\"part-{word}\" style=\"width:{share:.3}%\"></span>");
    }
    out.push_str("</div>\n<ul class=\"keys\">\n");
    for (word, count, words) in &parts {
        put!(
            out,
            "<li><i class=\"part-{word}\"></i><span><strong>{}</strong> {words} <span class=\"muted\">({})</span></span></li>\n",
            of_100(*count, felt.all()),
            grouped(*count)
        );
    }
    out.push_str("</ul></section>\n");
}
