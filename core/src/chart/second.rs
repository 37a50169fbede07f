//! A second of a run as charts see it, and how it is made from what was measured. Must not merge percentiles: they come
//! from merged histograms, and a second without answers has none.

use crate::result::Opened;
use crate::stats::Name;
use crate::stats::interval::Interval;
use crate::stats::summary::enough;
use crate::traffic::Kind;

/// One second of a run, on the engine's clock.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Second {
    /// The second, from 0.
    pub at: u32,
    /// How many seconds it stands for; 0 is taken as 1. More than 1 only in results, where neighbours are merged.
    pub length: u32,
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

impl Second {
    /// How many seconds it stands for.
    pub fn span(&self) -> u32 {
        self.length.max(1)
    }

    /// Requests a second.
    pub fn per_second(&self) -> f64 {
        self.finished as f64 / f64::from(self.span())
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

/// One second, or several merged, for the charts: percentiles come from the merged histogram.
pub fn second(interval: &Interval, names: &[Name]) -> Second {
    let all = interval.all(names);
    let row = all.to_row();
    let hist = row.response.all();
    Second {
        at: interval.from,
        length: interval.seconds,
        planned: interval.people.planned,
        active: interval.people.active,
        finished: all.finished(),
        failed: all.failed.iter().filter(|(_, count)| *count > 0).collect(),
        p50_us: enough(&hist, 50.0),
        p95_us: enough(&hist, 95.0),
        p99_us: enough(&hist, 99.0),
        suspect: interval.suspect > 0,
        cpu: interval.health.cpu_share,
    }
}
