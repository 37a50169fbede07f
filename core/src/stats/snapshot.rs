//! One second of one slice, or of several added up: adding makes no difference by order or grouping.
//!
//! Must not know how long the run is, nor what came before.

use crate::stats::NameId;
pub use crate::stats::health::{ArrivalClock, HealthSample, Strain};
use crate::stats::hist::Hist;
use crate::stats::kinds::KindCounts;
use crate::stats::split::Split;
use crate::stats::{Name, NameKind};
use crate::traffic::Kind;

/// How many people there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct People {
    /// How many the load plan wants; 0 where it plans arrivals instead.
    pub planned: u32,
    /// How many are under way, those that are leaving included.
    pub active: u32,
    /// How many of them are finishing their last steps.
    pub leaving: u32,
}

/// One phase of many requests: how often it happened and how long it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Phase {
    /// How many requests had this phase.
    pub count: u64,
    /// How long it took them together, in microseconds.
    pub sum_us: u64,
    /// The longest, in microseconds.
    pub max_us: u64,
}

impl Phase {
    /// Adds one request's phase.
    pub fn add(&mut self, us: u64) {
        self.merge(&Self { count: 1, sum_us: us, max_us: us });
    }

    /// Adds everything in `other`.
    pub fn merge(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.sum_us = self.sum_us.saturating_add(other.sum_us);
        self.max_us = self.max_us.max(other.max_us);
    }

    /// The mean in microseconds.
    pub fn mean_us(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum_us as f64 / self.count as f64)
    }
}

/// The phases of requests, where known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Phases {
    /// Name resolution and connecting; only where a new connection was needed.
    pub connect: Phase,
    /// The TLS handshake; only where a new secure connection was needed.
    pub tls: Phase,
    /// From the request's departure to the first byte of its answer.
    pub first_byte: Phase,
    /// From the first byte to the last.
    pub body: Phase,
}

impl Phases {
    /// Adds everything in `other`.
    pub fn merge(&mut self, other: &Self) {
        self.connect.merge(&other.connect);
        self.tls.merge(&other.tls);
        self.first_byte.merge(&other.first_byte);
        self.body.merge(&other.body);
    }
}

/// What happened to the requests of one name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Ended well.
    pub ok: u64,
    /// Failed, by kind.
    pub failed: KindCounts,
    /// Under way when the run was ended at once; part of no other number.
    pub cut: u64,
    /// Bytes written.
    pub bytes_out: u64,
    /// Bytes read.
    pub bytes_in: u64,
    /// From when a request was due to its end.
    pub response: Split<Hist>,
    /// From when it was sent to its end.
    pub service: Split<Hist>,
    /// Its phases.
    pub phases: Phases,
}

impl Row {
    /// How many requests finished, well or not.
    pub fn finished(&self) -> u64 {
        self.ok.saturating_add(self.failed.total())
    }

    /// Whether nothing happened.
    pub fn is_empty(&self) -> bool {
        self.finished() == 0 && self.cut == 0
    }

    /// Adds everything in `other`.
    pub fn merge(&mut self, other: &Self) {
        self.ok = self.ok.saturating_add(other.ok);
        self.failed.merge(&other.failed);
        self.cut = self.cut.saturating_add(other.cut);
        self.bytes_out = self.bytes_out.saturating_add(other.bytes_out);
        self.bytes_in = self.bytes_in.saturating_add(other.bytes_in);
        self.response.merge(&other.response);
        self.service.merge(&other.service);
        self.phases.merge(&other.phases);
    }

    /// Empties it and keeps its memory.
    pub fn clear(&mut self) {
        let Self { ok, failed, cut, bytes_out, bytes_in, response, service, phases } = self;
        (*ok, *failed, *cut, *bytes_out, *bytes_in) = (0, KindCounts::default(), 0, 0, 0);
        let times = [&mut response.ok, &mut response.failed, &mut service.ok, &mut service.failed];
        times.into_iter().for_each(Hist::clear);
        *phases = Phases::default();
    }

    /// An empty row with the memory that `other` has grown to.
    pub fn with_room_of(other: &Self) -> Self {
        let (response, service) = (other.response.map(Hist::with_room_of), other.service.map(Hist::with_room_of));
        Self { response, service, ..Self::default() }
    }
}

/// How often the same thing went wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct FailureCount {
    /// Where.
    pub name: NameId,
    /// What kind of trouble.
    #[serde(with = "crate::stats::kinds::word")]
    pub kind: Kind,
    /// Its particulars, such as `503`.
    pub detail: String,
    /// How often.
    pub count: u64,
}

/// One second of a run. Requests belong to the second in which they ended.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snapshot {
    /// Which second of the run, from 0.
    pub second: u32,
    /// How much of the second it covers, in microseconds: 1,000,000 but for the last second of a run.
    pub length_us: u64,
    /// Whose numbers are in here; sorted.
    pub slices: Vec<u16>,
    /// How many people there are.
    pub people: People,
    /// Arrivals, or tasks where people are planned, that started.
    pub started: u64,
    /// Of these, how many started noticeably later than they were due.
    pub late: u64,
    /// Arrivals that were due and could not start.
    pub dropped: u64,
    /// One row per name of the run, by [`NameId`].
    pub rows: Vec<Row>,
    /// What went wrong; sorted by name, kind and detail.
    pub failures: Vec<FailureCount>,
    /// How this computer was doing.
    pub health: HealthSample,
}

impl Snapshot {
    /// Adds everything in `other`, which is of the same second. Associative and commutative.
    pub fn merge(&mut self, other: &Self) {
        self.second = self.second.max(other.second);
        self.length_us = self.length_us.max(other.length_us);
        self.slices.extend(&other.slices);
        self.slices.sort_unstable();
        self.slices.dedup();
        let (mine, theirs) = (&mut self.people, &other.people);
        mine.planned = mine.planned.saturating_add(theirs.planned);
        mine.active = mine.active.saturating_add(theirs.active);
        mine.leaving = mine.leaving.saturating_add(theirs.leaving);
        self.started = self.started.saturating_add(other.started);
        self.late = self.late.saturating_add(other.late);
        self.dropped = self.dropped.saturating_add(other.dropped);
        self.rows.resize_with(self.rows.len().max(other.rows.len()), Row::default);
        self.rows.iter_mut().zip(&other.rows).for_each(|(mine, theirs)| mine.merge(theirs));
        merge_failures(&mut self.failures, &other.failures);
        self.health.merge(&other.health);
    }

    /// All requests together; groups and tasks are not requests.
    pub fn all(&self, names: &[Name]) -> Row {
        all_requests(&self.rows, names)
    }
}

/// Of one row for each name, those of requests together.
pub(super) fn all_requests(rows: &[Row], names: &[Name]) -> Row {
    let mut all = Row::default();
    let requests = rows.iter().zip(names).filter(|(_, name)| name.of == NameKind::Request);
    requests.for_each(|(row, _)| all.merge(row));
    all
}

/// Adds up failures by name, kind and detail; `into` stays sorted.
fn merge_failures(into: &mut Vec<FailureCount>, from: &[FailureCount]) {
    for failure in from {
        let key = |have: &FailureCount| {
            (have.name, have.kind, have.detail.as_str()).cmp(&(failure.name, failure.kind, failure.detail.as_str()))
        };
        match into.binary_search_by(key) {
            Ok(at) => into[at].count = into[at].count.saturating_add(failure.count),
            Err(at) => into.insert(at, failure.clone()),
        }
    }
}

#[cfg(test)]
mod tests;
