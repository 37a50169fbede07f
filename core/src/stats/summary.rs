//! The numbers of a whole run, as they stand in reports: percentiles only where there are enough answers.
//!
//! Must not know goals. Everything is about the time after the warm-up.

use serde::{Deserialize, Serialize};

use crate::stats::hist::Hist;
use crate::stats::kinds::KindCounts;
use crate::stats::snapshot::{ArrivalClock, Phases, Row, Strain};
use crate::stats::timeline::{FailureGroup, Timeline};
use crate::stats::{NameId, NameKind};

/// How many answers a percentile (0 to 100) needs to mean anything: three beyond it, so 60 for the 95th and 300 for the
/// 99th; never fewer than 6.
pub fn answers_needed(percentile: f64) -> u64 {
    let beyond = (100.0 - percentile).max(1e-6);
    // Rounded first: 100 - 99.9 is not quite 0.1.
    (((300.0 / beyond) * 1e3).round() / 1e3).ceil().max(6.0) as u64
}

/// One latency of many requests, in microseconds. `None` where there are too few answers to say.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Latencies {
    /// How many requests it is about.
    pub count: u64,
    /// The fastest.
    pub min_us: Option<u64>,
    /// The mean.
    pub mean_us: Option<f64>,
    /// Half were at most this slow.
    pub p50_us: Option<u64>,
    /// 75 of 100 were at most this slow.
    pub p75_us: Option<u64>,
    /// 90 of 100.
    pub p90_us: Option<u64>,
    /// 95 of 100.
    pub p95_us: Option<u64>,
    /// 99 of 100.
    pub p99_us: Option<u64>,
    /// 999 of 1,000.
    pub p999_us: Option<u64>,
    /// The slowest.
    pub max_us: Option<u64>,
}

impl Latencies {
    /// The numbers of a histogram.
    pub fn of(hist: &Hist) -> Self {
        let at = |percentile: f64| enough(hist, percentile);
        Self {
            count: hist.len(),
            min_us: hist.min(),
            mean_us: hist.mean(),
            p50_us: at(50.0),
            p75_us: at(75.0),
            p90_us: at(90.0),
            p95_us: at(95.0),
            p99_us: at(99.0),
            p999_us: at(99.9),
            max_us: hist.max(),
        }
    }
}

/// The latencies of one name by how its requests ended.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Apart {
    /// Response times of those that ended well.
    pub ok_response: Latencies,
    /// Service times of those that ended well.
    pub ok_service: Latencies,
    /// Response times of those that failed and have a time.
    pub failed_response: Latencies,
    /// Service times of those that failed and have a time.
    pub failed_service: Latencies,
}

impl Apart {
    /// The numbers of `row`, if any of its failures has a time.
    pub fn of(row: &Row) -> Option<Self> {
        (!row.response.failed.is_empty()).then(|| Self {
            ok_response: Latencies::of(&row.response.ok),
            ok_service: Latencies::of(&row.service.ok),
            failed_response: Latencies::of(&row.response.failed),
            failed_service: Latencies::of(&row.service.failed),
        })
    }
}

/// A percentile (0 to 100), where there are enough answers for it.
pub fn enough(hist: &Hist, percentile: f64) -> Option<u64> {
    (hist.len() >= answers_needed(percentile)).then(|| hist.quantile(percentile / 100.0)).flatten()
}

/// The numbers of one name, or of all requests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowSummary {
    /// Which name; `None` for all requests.
    #[serde(default)]
    pub name: Option<NameId>,
    /// The name in results.
    pub label: String,
    /// What it stands for.
    pub of: NameKind,
    /// How many finished, well or not.
    pub count: u64,
    /// How many of them failed.
    pub failed: u64,
    /// How they failed.
    pub kinds: KindCounts,
    /// Under way when the run was ended at once; part of no other number.
    #[serde(default)]
    pub cut: u64,
    /// From when a request was due to its end.
    pub response: Latencies,
    /// From when it was sent to its end.
    pub service: Latencies,
    /// The latencies by how requests ended; `None` where no failed request has a time, as those above are about
    /// nothing but successes then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart: Option<Box<Apart>>,
    /// How many finished per second; `None` where no time was measured.
    pub per_second: Option<f64>,
    /// Bytes written.
    pub bytes_out: u64,
    /// Bytes read.
    pub bytes_in: u64,
    /// Where the time went, as far as known.
    #[serde(default)]
    pub phases: Phases,
}

impl RowSummary {
    /// The numbers of `row`, measured for `length_us`.
    pub fn of(name: Option<NameId>, label: &str, of: NameKind, row: &Row, length_us: u64) -> Self {
        Self {
            name,
            label: label.to_owned(),
            of,
            count: row.finished(),
            failed: row.failed.total(),
            kinds: row.failed,
            cut: row.cut,
            response: Latencies::of(&row.response.all()),
            service: Latencies::of(&row.service.all()),
            apart: Apart::of(row).map(Box::new),
            per_second: (length_us > 0).then(|| row.finished() as f64 * 1e6 / length_us as f64),
            bytes_out: row.bytes_out,
            bytes_in: row.bytes_in,
            phases: row.phases,
        }
    }
}

/// The numbers of a whole run, warm-up left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// How long the run was, warm-up and gaps included.
    pub seconds: u32,
    /// How long of this was warm-up.
    pub warm_up_seconds: u32,
    /// For how long there are numbers after the warm-up.
    pub measured_seconds: f64,
    /// The most people active at once.
    pub peak_people: u32,
    /// Arrivals or tasks that started.
    pub started: u64,
    /// Of these, how many started late.
    pub late: u64,
    /// Arrivals that could not start.
    pub dropped: u64,
    /// All requests together.
    pub all: RowSummary,
    /// Every name that had any traffic, in the order of the names.
    pub rows: Vec<RowSummary>,
    /// What went wrong, most frequent first; warm-up included.
    pub failures: Vec<FailureGroup>,
    /// How many seconds are healthy.
    pub healthy_seconds: u32,
    /// How many seconds are suspect: this computer could not keep up.
    pub suspect_seconds: u32,
    /// Why they are suspect.
    pub strains: Vec<Strain>,
    /// Connections that people gave back while they paused.
    #[serde(default)]
    pub given_back: u64,
    /// By which clock answers were timed, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ArrivalClock>,
}

impl Summary {
    /// The sums of a timeline.
    pub fn of(timeline: &Timeline) -> Self {
        let (totals, names) = (timeline.measured(), timeline.names());
        let rows = totals.rows.iter().zip(names).enumerate().filter(|(_, (row, _))| !row.is_empty());
        let mut failures = timeline.failures().to_vec();
        failures.sort_by_key(|group| std::cmp::Reverse(group.failure.count));
        Self {
            seconds: timeline.end_second(),
            warm_up_seconds: timeline.warm_up().min(timeline.end_second()),
            measured_seconds: totals.length_us as f64 / 1e6,
            peak_people: totals.peak_active,
            started: totals.started,
            late: totals.late,
            dropped: totals.dropped,
            all: RowSummary::of(None, "All requests", NameKind::Request, &totals.all(names), totals.length_us),
            rows: rows
                .map(|(at, (row, name))| {
                    RowSummary::of(Some(NameId(at as u16)), &name.label, name.of, row, totals.length_us)
                })
                .collect(),
            failures,
            healthy_seconds: totals.seconds - totals.suspect.min(totals.seconds),
            suspect_seconds: totals.suspect,
            strains: totals.health.why.clone(),
            given_back: totals.health.given_back,
            clock: totals.health.clock(),
        }
    }
}

#[cfg(test)]
mod tests;
