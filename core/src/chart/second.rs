//! A second of a run as charts see it, and how it is made from what was measured. Must not merge percentiles: they come
//! from merged histograms, and a second without answers has none.

use crate::result::Opened;
use crate::stats::Name;
use crate::stats::interval::{Interval, PackedRow};
use crate::stats::summary::enough;
use crate::traffic::Kind;

/// One second of a run, on the engine's clock.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Second {
    /// The second, from 0.
    pub at: u32,
    /// How many seconds it stands for; 0 is taken as 1. More than 1 only in results, where neighbours are merged.
    pub length: u32,
    /// How much of that was measured, in microseconds; 0 is taken as all of it.
    pub measured_us: u64,
    /// People that were planned.
    pub planned: u32,
    /// People that were there.
    pub active: u32,
    /// Requests that finished.
    pub finished: u64,
    /// Of these, failed; by kind.
    pub failed: Vec<(Kind, u64)>,
    /// The middle response time in microseconds; none without enough answers.
    pub p50_us: Option<u64>,
    /// 95 of 100.
    pub p95_us: Option<u64>,
    /// 99 of 100.
    pub p99_us: Option<u64>,
    /// Whether this computer could not keep up.
    pub suspect: bool,
    /// The share of this computer's processors that was used, from 0 to 1.
    pub cpu: Option<f64>,
}

/// A rate needs at least so much measured time, in microseconds.
const LEAST_US: u64 = 500_000;

impl Second {
    /// How many seconds it stands for.
    pub fn span(&self) -> u32 {
        self.length.max(1)
    }

    /// Requests a second; `None` where too little was measured.
    pub fn per_second(&self) -> Option<f64> {
        self.rate(self.finished)
    }

    /// Failures a second; `None` where too little was measured.
    pub fn failures_per_second(&self) -> Option<f64> {
        self.rate(self.failures())
    }

    /// The last second of a run is cut short, and out of a few milliseconds one request would make hundreds a second.
    fn rate(&self, count: u64) -> Option<f64> {
        let us = if self.measured_us == 0 { u64::from(self.span()) * 1_000_000 } else { self.measured_us };
        (us >= LEAST_US).then(|| count as f64 * 1e6 / us as f64)
    }

    /// Requests that failed.
    pub fn failures(&self) -> u64 {
        self.failed.iter().map(|(_, count)| count).sum()
    }
}

/// The seconds of a result, for the charts.
pub fn seconds(opened: &Opened) -> Vec<Second> {
    let names = opened.timeline.names();
    opened.timeline.intervals().iter().map(|interval| second(interval, names)).collect()
}

/// How many seconds may stand together where one second has too few answers.
const TOGETHER: [u32; 7] = [1, 2, 5, 10, 15, 30, 60];

/// A chart of response times has no fewer points than this because of that.
const FEWEST: u32 = 12;

/// The seconds of a result, so many of them put together that most have enough answers for 95 of 100; and how many.
/// Percentiles come from their merged histograms.
pub fn pooled(opened: &Opened) -> (u32, Vec<Second>) {
    let end = opened.timeline.end_second();
    let mut best = (1, together(opened, 1));
    for length in TOGETHER.into_iter().skip(1) {
        let known = |seconds: &[Second]| seconds.iter().filter(|second| second.p95_us.is_some()).count();
        let some = best.1.iter().filter(|second| second.finished > 0).count();
        if known(&best.1) * 10 >= some * 9 || end / length < FEWEST {
            break;
        }
        best = (length, together(opened, length));
    }
    best
}

fn together(opened: &Opened, length: u32) -> Vec<Second> {
    let names = opened.timeline.names();
    let stretch = |one: &Interval| (one.from / length, one.warm_up);
    let stretches = opened.timeline.intervals().chunk_by(|one, next| stretch(one) == stretch(next));
    stretches.map(|several| pool(several, names)).collect()
}

/// Neighbouring intervals as one.
fn pool(several: &[Interval], names: &[Name]) -> Second {
    let mut all = PackedRow::default();
    several.iter().for_each(|one| all.merge(&one.all(names)));
    let (first, last) = (several.first(), several.last());
    let from = first.map_or(0, |one| one.from);
    Second {
        at: from,
        length: last.map_or(1, Interval::end).saturating_sub(from),
        measured_us: several.iter().map(|one| one.length_us).sum(),
        planned: several.iter().map(|one| one.people.planned).max().unwrap_or(0),
        active: several.iter().map(|one| one.people.active).max().unwrap_or(0),
        suspect: several.iter().any(|one| one.suspect > 0),
        cpu: several.iter().filter_map(|one| one.health.cpu_share).reduce(f64::max),
        ..measured(&all)
    }
}

/// One second, or several merged, for the charts: percentiles come from the merged histogram.
pub fn second(interval: &Interval, names: &[Name]) -> Second {
    pool(std::slice::from_ref(interval), names)
}

/// What a row says.
fn measured(all: &PackedRow) -> Second {
    let row = all.to_row();
    let hist = row.response.all();
    Second {
        finished: all.finished(),
        failed: all.failed.iter().collect(),
        p50_us: enough(&hist, 50.0),
        p95_us: enough(&hist, 95.0),
        p99_us: enough(&hist, 99.0),
        ..Second::default()
    }
}

/// The people that were planned, second by second, to be drawn behind those that were there: microseconds and people.
/// Empty where the load counted arrivals.
pub fn plan(seconds: &[Second]) -> Vec<(u64, f64)> {
    if seconds.iter().all(|second| second.planned == 0) {
        return Vec::new();
    }
    let middle = |second: &Second| (u64::from(second.at) * 2 + u64::from(second.span())) * 500_000;
    // When the plan is over, those who are left finish; nobody planned for nobody.
    let end = seconds.iter().rposition(|second| second.planned > 0).map_or(0, |last| last + 1);
    seconds[..end].iter().map(|second| (middle(second), f64::from(second.planned))).collect()
}
