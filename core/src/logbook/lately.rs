//! A few live numbers, once a second. Losing one never matters. Must not know who looks.

use std::collections::VecDeque;

use crate::stats::Name;
use crate::stats::snapshot::{People, Row, Snapshot};
use crate::stats::summary::enough;
use crate::wire::run::Tick;

/// So many seconds are looked at together.
const LATELY: usize = 5;

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
            lost: Vec::new(),
        }
    }
}
