//! All seconds of a run: intervals for the charts, in bounded memory, and totals of the whole run.
//!
//! Must not know what is good or bad about a number.

use crate::stats::hist::Packed;
use crate::stats::kinds::KindCounts;
use crate::stats::recorder::{MOST_GROUPS, OTHER};
use crate::stats::snapshot::{FailureCount, HealthSample, People, Phases, Row, Snapshot};
use crate::stats::{Name, NameId, NameKind};
use crate::traffic::Kind;

/// A run never has more intervals than this.
pub const MOST_INTERVALS: usize = 600;

/// Nor more rows in all its intervals than this, unless that would leave fewer than 100 intervals.
const MOST_ROWS: usize = 60_000;

/// What happened to the requests of one name in one interval; histograms at two digits.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PackedRow {
    /// Ended well.
    pub ok: u64,
    /// Failed, by kind.
    pub failed: KindCounts,
    /// Under way when the run was ended at once.
    pub cut: u64,
    /// Bytes written.
    pub bytes_out: u64,
    /// Bytes read.
    pub bytes_in: u64,
    /// From when a request was due to its end.
    pub response: Packed,
    /// From when it was sent to its end; `None` where it is the same as `response`.
    pub service: Option<Packed>,
    /// Its phases.
    pub phases: Phases,
}

impl From<&Row> for PackedRow {
    fn from(row: &Row) -> Self {
        let (response, service) = (row.response.pack(), row.service.pack());
        let service = (service != response).then_some(service);
        let Row { ok, failed, cut, bytes_out, bytes_in, phases, .. } = *row;
        Self { ok, failed, cut, bytes_out, bytes_in, response, service, phases }
    }
}

impl PackedRow {
    /// How many requests finished, well or not.
    pub fn finished(&self) -> u64 {
        self.ok.saturating_add(self.failed.total())
    }

    /// From when a request was sent to its end.
    pub fn service(&self) -> &Packed {
        self.service.as_ref().unwrap_or(&self.response)
    }

    /// Adds everything in `other`.
    pub fn merge(&mut self, other: &Self) {
        if self.service.is_some() || other.service.is_some() {
            self.service.get_or_insert_with(|| self.response.clone()).merge(other.service());
        }
        self.response.merge(&other.response);
        self.ok = self.ok.saturating_add(other.ok);
        self.failed.merge(&other.failed);
        self.cut = self.cut.saturating_add(other.cut);
        self.bytes_out = self.bytes_out.saturating_add(other.bytes_out);
        self.bytes_in = self.bytes_in.saturating_add(other.bytes_in);
        self.phases.merge(&other.phases);
    }

    /// With histograms at their full size; the values stay as coarse as they are.
    pub fn to_row(&self) -> Row {
        Row {
            ok: self.ok,
            failed: self.failed,
            cut: self.cut,
            bytes_out: self.bytes_out,
            bytes_in: self.bytes_in,
            response: self.response.to_hist(),
            service: self.service().to_hist(),
            phases: self.phases,
        }
    }
}

/// One or more neighbouring seconds. Seconds without a snapshot are a gap: `length_us` is less than `seconds` then.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Interval {
    /// Its first second.
    pub from: u32,
    /// How many seconds it spans, gaps included.
    pub seconds: u32,
    /// How much time was measured in it, in microseconds.
    pub length_us: u64,
    /// Whether it belongs to the warm-up.
    pub warm_up: bool,
    /// How many slices its seconds came from, at least.
    pub slices: u16,
    /// The most people at any of its seconds.
    pub people: People,
    /// Arrivals or tasks that started.
    pub started: u64,
    /// Of these, how many started late.
    pub late: u64,
    /// Arrivals that could not start.
    pub dropped: u64,
    /// How many of its seconds are suspect.
    pub suspect: u32,
    /// The worst health of its seconds.
    pub health: HealthSample,
    /// One row per name that had any traffic; sorted.
    pub rows: Vec<(NameId, PackedRow)>,
}

impl Interval {
    /// The row of a name, if it had any traffic.
    pub fn row(&self, name: NameId) -> Option<&PackedRow> {
        self.rows.binary_search_by_key(&name, |(have, _)| *have).ok().map(|at| &self.rows[at].1)
    }

    /// All requests together; groups and tasks are not requests.
    pub fn all(&self, names: &[Name]) -> PackedRow {
        let mut all = PackedRow::default();
        let requests = self.rows.iter().filter(|(id, _)| is_request(names, *id));
        requests.for_each(|(_, row)| all.merge(row));
        all
    }

    /// Adds a neighbour.
    fn merge(&mut self, other: &Self) {
        let end = (self.from.saturating_add(self.seconds)).max(other.from.saturating_add(other.seconds));
        self.from = self.from.min(other.from);
        self.seconds = end - self.from;
        self.length_us = self.length_us.saturating_add(other.length_us);
        self.absorb(other);
        self.suspect = self.suspect.saturating_add(other.suspect);
        self.slices = self.slices.min(other.slices);
        let (mine, theirs) = (&mut self.people, &other.people);
        mine.planned = mine.planned.max(theirs.planned);
        mine.active = mine.active.max(theirs.active);
        mine.leaving = mine.leaving.max(theirs.leaving);
    }

    /// Adds the counts of `other`.
    fn absorb(&mut self, other: &Self) {
        self.started = self.started.saturating_add(other.started);
        self.late = self.late.saturating_add(other.late);
        self.dropped = self.dropped.saturating_add(other.dropped);
        self.health.merge(&other.health);
        for (name, row) in &other.rows {
            match self.rows.binary_search_by_key(name, |(have, _)| *have) {
                Ok(at) => self.rows[at].1.merge(row),
                Err(at) => self.rows.insert(at, (*name, row.clone())),
            }
        }
    }

    /// Adds what came late for a second that is here already.
    fn merge_same_second(&mut self, other: &Self) {
        self.absorb(other);
        self.slices = self.slices.saturating_add(other.slices);
        self.people.planned = self.people.planned.saturating_add(other.people.planned);
        self.people.active = self.people.active.saturating_add(other.people.active);
        self.people.leaving = self.people.leaving.saturating_add(other.people.leaving);
    }
}

/// Whether a name counts as a request.
fn is_request(names: &[Name], id: NameId) -> bool {
    names.get(id.at()).is_some_and(|name| name.of == NameKind::Request)
}

/// The same thing going wrong, over the whole run.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FailureGroup {
    /// Where, what, and how often.
    #[serde(flatten)]
    pub failure: FailureCount,
    /// The second in which it first happened.
    pub first_second: u32,
    /// The second in which it last happened.
    pub last_second: u32,
    /// How many people were active when it first happened.
    pub people: u32,
}

/// Sums over a part of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Totals {
    /// How much time was measured, in microseconds.
    pub length_us: u64,
    /// How many seconds have numbers.
    pub seconds: u32,
    /// How many of them are suspect.
    pub suspect: u32,
    /// The worst health.
    pub health: HealthSample,
    /// The most people active at once.
    pub peak_active: u32,
    /// The most people planned at once.
    pub peak_planned: u32,
    /// The most arrivals due in one second.
    pub peak_due: u64,
    /// Arrivals or tasks that started.
    pub started: u64,
    /// Of these, how many started late.
    pub late: u64,
    /// Arrivals that could not start.
    pub dropped: u64,
    /// One row per name, at three digits.
    pub rows: Vec<Row>,
}

impl Totals {
    /// All requests together; groups and tasks are not requests.
    pub fn all(&self, names: &[Name]) -> Row {
        let mut all = Row::default();
        let requests = self.rows.iter().zip(names).filter(|(_, name)| name.of == NameKind::Request);
        requests.for_each(|(row, _)| all.merge(row));
        all
    }

    /// Adds one second.
    fn push(&mut self, snapshot: &Snapshot, new_second: bool) {
        if new_second {
            self.seconds = self.seconds.saturating_add(1);
            self.length_us = self.length_us.saturating_add(snapshot.length_us);
            self.suspect = self.suspect.saturating_add(u32::from(snapshot.health.suspect));
        }
        self.health.merge(&snapshot.health);
        self.peak_active = self.peak_active.max(snapshot.people.active);
        self.peak_planned = self.peak_planned.max(snapshot.people.planned);
        self.peak_due = self.peak_due.max(snapshot.started.saturating_add(snapshot.dropped));
        self.started = self.started.saturating_add(snapshot.started);
        self.late = self.late.saturating_add(snapshot.late);
        self.dropped = self.dropped.saturating_add(snapshot.dropped);
        self.rows.resize_with(self.rows.len().max(snapshot.rows.len()), Row::default);
        self.rows.iter_mut().zip(&snapshot.rows).for_each(|(mine, theirs)| mine.merge(theirs));
    }
}

/// All seconds of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    names: Vec<Name>,
    warm_up: u32,
    intervals: Vec<Interval>,
    interval_seconds: u32,
    warm: Totals,
    measured: Totals,
    failures: Vec<FailureGroup>,
}

impl Timeline {
    /// For a run with these lines of results, whose first `warm_up` seconds are left out of the verdict.
    pub fn new(names: Vec<Name>, warm_up: u32) -> Self {
        Self {
            names,
            warm_up,
            intervals: Vec::new(),
            interval_seconds: 1,
            warm: Totals::default(),
            measured: Totals::default(),
            failures: Vec::new(),
        }
    }

    /// Adds one second, or what came late for a second. Rows beyond the names are dropped.
    pub fn push(&mut self, snapshot: &Snapshot) {
        let one = self.interval_of(snapshot);
        let known = self.intervals.iter().rev().find(|interval| interval.from <= one.from);
        let new_second = known.is_none_or(|interval| interval.from.saturating_add(interval.seconds) <= one.from);
        let totals = if one.warm_up { &mut self.warm } else { &mut self.measured };
        totals.push(snapshot, new_second);
        totals.rows.truncate(self.names.len());
        self.count_failures(snapshot);
        self.add_interval(one, new_second);
    }

    /// A snapshot as an interval of one second.
    fn interval_of(&self, snapshot: &Snapshot) -> Interval {
        let happened = snapshot.rows.iter().take(self.names.len()).enumerate().filter(|(_, row)| !row.is_empty());
        Interval {
            from: snapshot.second,
            seconds: 1,
            length_us: snapshot.length_us,
            warm_up: snapshot.second < self.warm_up,
            slices: u16::try_from(snapshot.slices.len()).unwrap_or(u16::MAX),
            people: snapshot.people,
            started: snapshot.started,
            late: snapshot.late,
            dropped: snapshot.dropped,
            suspect: u32::from(snapshot.health.suspect),
            health: snapshot.health.clone(),
            rows: happened.map(|(at, row)| (NameId(at as u16), PackedRow::from(row))).collect(),
        }
    }

    /// Puts an interval into its place and keeps their number bounded.
    pub(crate) fn add_interval(&mut self, one: Interval, new_second: bool) {
        let at = self.intervals.partition_point(|interval| interval.from <= one.from);
        match at.checked_sub(1).map(|before| &mut self.intervals[before]) {
            Some(before) if !new_second => before.merge_same_second(&one),
            Some(before) if self.interval_seconds > 1 && joins(before, &one, self.interval_seconds) => {
                before.merge(&one);
            }
            _ => self.intervals.insert(at, one),
        }
        while self.intervals.len() > self.most_intervals() {
            self.interval_seconds = self.interval_seconds.saturating_mul(2);
            self.join_neighbours();
        }
    }

    /// How many intervals are kept.
    fn most_intervals(&self) -> usize {
        (MOST_ROWS / self.names.len().max(1)).clamp(100, MOST_INTERVALS)
    }

    /// Merges intervals that lie in the same stretch of `interval_seconds`.
    fn join_neighbours(&mut self) {
        let before = std::mem::take(&mut self.intervals);
        let all_alone = before.len() > self.most_intervals() && self.interval_seconds >= 1 << 31;
        for one in before {
            match self.intervals.last_mut() {
                Some(last)
                    if last.warm_up == one.warm_up && (all_alone || joins(last, &one, self.interval_seconds)) =>
                {
                    last.merge(&one);
                }
                _ => self.intervals.push(one),
            }
        }
    }

    /// Adds failures to their groups; beyond a bound they become [`OTHER`] of their name and kind.
    fn count_failures(&mut self, snapshot: &Snapshot) {
        for failure in &snapshot.failures {
            self.add_failure(&FailureGroup {
                failure: failure.clone(),
                first_second: snapshot.second,
                last_second: snapshot.second,
                people: snapshot.people.active,
            });
        }
    }

    /// Adds one group of failures.
    pub(crate) fn add_failure(&mut self, group: &FailureGroup) {
        let (name, kind) = (group.failure.name, group.failure.kind);
        let full = self.failures.len() >= MOST_GROUPS;
        let known = !full || self.find_failure(name, kind, &group.failure.detail).is_some();
        let detail = if known { group.failure.detail.as_str() } else { OTHER };
        match self.find_failure(name, kind, detail) {
            Some(have) => {
                have.failure.count = have.failure.count.saturating_add(group.failure.count);
                have.last_second = have.last_second.max(group.last_second);
            }
            None => {
                let failure = FailureCount { detail: detail.to_owned(), ..group.failure.clone() };
                self.failures.push(FailureGroup { failure, ..group.clone() });
            }
        }
    }

    /// The group of a failure, if there is one.
    fn find_failure(&mut self, name: NameId, kind: Kind, detail: &str) -> Option<&mut FailureGroup> {
        self.failures.iter_mut().find(|have| {
            let have = &have.failure;
            have.name == name && have.kind == kind && have.detail == detail
        })
    }

    /// The lines of the results.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// How many seconds at the beginning are left out of the verdict.
    pub fn warm_up(&self) -> u32 {
        self.warm_up
    }

    /// The intervals in order of time, warm-up included. Where there is none, there is a gap.
    pub fn intervals(&self) -> &[Interval] {
        &self.intervals
    }

    /// How many seconds one interval spans at most.
    pub fn interval_seconds(&self) -> u32 {
        self.interval_seconds
    }

    /// Sums of everything after the warm-up: what the verdict is about.
    pub fn measured(&self) -> &Totals {
        &self.measured
    }

    /// Sums of the warm-up.
    pub fn warm(&self) -> &Totals {
        &self.warm
    }

    /// What went wrong, in order of first appearance, warm-up included.
    pub fn failures(&self) -> &[FailureGroup] {
        &self.failures
    }

    /// The second after the last one.
    pub fn end_second(&self) -> u32 {
        self.intervals.last().map_or(0, |last| last.from.saturating_add(last.seconds))
    }

    /// The id of a name in results.
    pub fn name_id(&self, label: &str) -> Option<NameId> {
        self.names.iter().position(|name| name.label == label).map(|at| NameId(at as u16))
    }
}

/// Whether `one` lies in the same aligned stretch of `seconds` as `before`, and both or neither are warm-up.
fn joins(before: &Interval, one: &Interval, seconds: u32) -> bool {
    before.warm_up == one.warm_up && before.from / seconds == one.from / seconds
}

#[cfg(test)]
mod tests;
