//! A few live numbers, once a second. Losing one never matters. Must not know who looks.

use std::collections::VecDeque;

use tidemark_core::stats::Name;
use tidemark_core::stats::snapshot::{People, Row, Snapshot};
use tidemark_core::stats::summary::enough;

/// So many seconds are looked at together.
const LATELY: usize = 5;

/// How a run is doing.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Seconds since the start, this one included.
    pub seconds: u32,
    /// How long the plan is; `None` where it is a number of repetitions.
    pub planned_seconds: Option<u32>,
    /// How many people there are.
    pub people: People,
    /// Requests that finished in this second.
    pub requests: u64,
    /// Requests a second, over the last five seconds.
    pub per_second: f64,
    /// The middle response time of the last five seconds, in microseconds.
    pub p50_us: Option<u64>,
    /// 95 of 100 were at most this slow.
    pub p95_us: Option<u64>,
    /// 99 of 100 were at most this slow.
    pub p99_us: Option<u64>,
    /// Requests that finished since the start.
    pub finished: u64,
    /// Of these, those that failed.
    pub failed: u64,
    /// Arrivals that could not start, since the start.
    pub dropped: u64,
    /// Whether this computer could not keep up in this second.
    pub suspect: bool,
    /// Why the result can't be written at present.
    pub disk: Option<String>,
}

/// The last seconds.
#[derive(Debug)]
pub(super) struct Lately {
    planned_seconds: Option<u32>,
    rows: VecDeque<(Row, u64)>,
    people: People,
    finished: u64,
    failed: u64,
    dropped: u64,
}

impl Lately {
    pub(super) fn new(planned_seconds: Option<u32>) -> Self {
        let rows = VecDeque::with_capacity(LATELY + 1);
        Self { planned_seconds, rows, people: People::default(), finished: 0, failed: 0, dropped: 0 }
    }

    /// How many people were active at last.
    pub(super) fn people(&self) -> u32 {
        self.people.active
    }

    pub(super) fn tick(&mut self, snapshot: &Snapshot, names: &[Name], disk: Option<String>) -> Tick {
        let all = snapshot.all(names);
        let requests = all.finished();
        self.people = snapshot.people;
        self.finished += requests;
        self.failed += all.failed.total();
        self.dropped += snapshot.dropped;
        self.rows.push_back((all, snapshot.length_us));
        if self.rows.len() > LATELY {
            self.rows.pop_front();
        }
        let mut sum = Row::default();
        self.rows.iter().for_each(|(row, _)| sum.merge(row));
        let length_us: u64 = self.rows.iter().map(|(_, length_us)| length_us).sum();
        let times = sum.response.all();
        Tick {
            seconds: snapshot.second.saturating_add(1),
            planned_seconds: self.planned_seconds,
            people: snapshot.people,
            requests,
            per_second: sum.finished() as f64 * 1e6 / length_us.max(1) as f64,
            p50_us: enough(&times, 50.0),
            p95_us: enough(&times, 95.0),
            p99_us: enough(&times, 99.0),
            finished: self.finished,
            failed: self.failed,
            dropped: self.dropped,
            suspect: snapshot.health.suspect,
            disk,
        }
    }
}
