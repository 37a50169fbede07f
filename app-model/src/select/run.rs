//! The run page: tiles, what is slowest now, how far it is. Must not merge percentiles.

use tidemark_core::units::{grouped, one_in, plain_time};

use crate::model::{LiveRow, Phase, Run, Second};
use crate::text::run as say;

/// A tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Its word in test ids: `people`, `rate`, `typical`, `p95`, `failed`.
    pub key: &'static str,
    /// Its name.
    pub label: &'static str,
    /// The number, as large as it gets; "–" where there is none.
    pub value: String,
    /// A second line, such as "of 60 planned".
    pub note: String,
    /// Whether to look at it.
    pub warn: bool,
}

/// The tiles, from the latest second that says something.
pub fn tiles(run: &Run) -> Vec<Tile> {
    let last = run.seconds.last();
    let tile = |key, label, value: Option<String>, note: String, warn| Tile {
        key,
        label,
        value: value.unwrap_or_else(|| say::NOTHING.to_owned()),
        note,
        warn,
    };
    let finished: u64 = run.seconds.iter().map(|second| second.finished).sum();
    let failed: u64 = run.seconds.iter().map(Second::failures).sum();
    // One second without answers must not empty the tiles; ten must.
    let recent = run.seconds.iter().rev().take(10).find(|second| second.p50_us.is_some());
    let time = |us: Option<u64>| us.map(plain_time);
    vec![
        tile(
            "people",
            say::PEOPLE,
            last.map(|second| grouped(u64::from(second.active))),
            last.map(|second| say::planned(second.planned)).unwrap_or_default(),
            false,
        ),
        tile("rate", say::RATE, last.map(|second| rate(second.per_second())), String::new(), false),
        tile("typical", say::TYPICAL, time(recent.and_then(|second| second.p50_us)), say::HALF.to_owned(), false),
        tile("p95", say::P95, time(recent.and_then(|second| second.p95_us)), String::new(), false),
        tile(
            "failed",
            say::FAILED,
            (finished > 0).then(|| grouped(failed)),
            if finished > 0 { one_in(failed, finished) } else { String::new() },
            failed > 0,
        ),
    ]
}

fn rate(per_second: f64) -> String {
    if per_second >= 9.95 || per_second == 0.0 {
        grouped(per_second.round() as u64)
    } else {
        format!("{per_second:.1}")
    }
}

/// The slowest names now, slowest first, with the share of the slowest for a bar.
pub fn slowest(rows: &[LiveRow], most: usize) -> Vec<(String, u64, f64)> {
    let mut known: Vec<(String, u64)> = rows.iter().filter_map(|row| Some((row.label.clone(), row.p95_us?))).collect();
    known.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let top = known.first().map_or(1, |row| row.1.max(1));
    known.into_iter().take(most).map(|(label, us)| (label, us, us as f64 / top as f64)).collect()
}

/// Failures by kind, most first: the sentence, and how many.
pub fn failures(run: &Run) -> Vec<(tidemark_core::traffic::Kind, u64)> {
    let mut all: Vec<(tidemark_core::traffic::Kind, u64)> = Vec::new();
    for (kind, count) in run.seconds.iter().flat_map(|second| &second.failed) {
        match all.iter_mut().find(|(known, _)| known == kind) {
            Some((_, sum)) => *sum += count,
            None => all.push((*kind, *count)),
        }
    }
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all
}

/// How far the run is: seconds gone, of how many, and the share from 0 to 1.
pub fn progress(run: &Run) -> (u32, Option<u32>, Option<f64>) {
    let gone = run.seconds.last().map_or(0, |second| second.at + second.span());
    let planned = run.head.planned_seconds;
    (gone, planned, planned.map(|planned| (f64::from(gone) / f64::from(planned.max(1))).min(1.0)))
}

/// Whether nothing has answered for ten seconds although people are there.
pub fn silent(run: &Run) -> bool {
    let last: Vec<&Second> = run.seconds.iter().rev().take(10).collect();
    run.phase.goes_on() && last.len() == 10 && last.iter().all(|second| second.finished == 0 && second.active > 0)
}

/// Whether this computer is the limit just now: for three seconds on end.
pub fn strained(run: &Run) -> bool {
    let last: Vec<&Second> = run.seconds.iter().rev().take(3).collect();
    last.len() == 3 && last.iter().all(|second| second.suspect)
}

/// The state beside the title.
pub fn state(run: &Run) -> &'static str {
    match run.phase {
        Phase::Starting => say::STARTING,
        Phase::Running => say::RUNNING,
        Phase::Holding => say::HOLDING,
        Phase::Stopping => say::STOPPING,
        Phase::Ended(_) => say::ENDED,
        Phase::Broken(_) => say::BROKEN,
    }
}
