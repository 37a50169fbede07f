//! All seconds of a run: intervals for the charts, in bounded memory, and totals of the whole run.
//!
//! Must not know what is good or bad about a number.

pub use crate::stats::interval::{Interval, PackedRow};
use crate::stats::recorder::{MOST_GROUPS, OTHER};
use crate::stats::snapshot::{FailureCount, HealthSample, Row, Snapshot, all_requests};
use crate::stats::{Name, NameId};
use crate::traffic::Kind;

/// A run never has more intervals than this.
pub const MOST_INTERVALS: usize = 600;

/// Nor more rows in all its intervals than this, unless that would leave fewer than 100 intervals.
const MOST_ROWS: usize = 60_000;

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
    /// Its name in results, as shown. A name that had no traffic after the warm-up is in no other list.
    #[serde(default)]
    pub label: String,
}

impl FailureGroup {
    /// What went wrong in one second, with so many people; a timeline adds the name.
    pub(crate) fn of(failure: &FailureCount, second: u32, people: u32) -> Self {
        Self { failure: failure.clone(), first_second: second, last_second: second, people, label: String::new() }
    }
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
        all_requests(&self.rows, names)
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

    /// Adds an interval.
    fn push_interval(&mut self, one: &Interval, names: usize) {
        self.seconds = self.seconds.saturating_add(one.length_us.div_ceil(1_000_000) as u32);
        self.length_us = self.length_us.saturating_add(one.length_us);
        self.suspect = self.suspect.saturating_add(one.suspect);
        self.health.merge(&one.health);
        self.peak_active = self.peak_active.max(one.people.active);
        self.peak_planned = self.peak_planned.max(one.people.planned);
        let due = one.started.saturating_add(one.dropped);
        self.peak_due = self.peak_due.max(due.checked_div(u64::from(one.seconds)).unwrap_or(0));
        self.started = self.started.saturating_add(one.started);
        self.late = self.late.saturating_add(one.late);
        self.dropped = self.dropped.saturating_add(one.dropped);
        self.rows.resize_with(names, Row::default);
        one.rows.iter().for_each(|(name, row)| self.rows[name.at()].merge(&row.to_row()));
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

    /// Puts other names in place of its own, which must be as many, and lets `edit` change the texts of failures.
    pub(crate) fn put_texts(&mut self, names: Vec<Name>, edit: &mut impl FnMut(&mut String)) {
        if names.len() == self.names.len() {
            self.names = names;
        }
        self.failures.iter_mut().for_each(|group| edit(&mut group.failure.detail));
    }

    /// Adds one second, or what came late for a second. Rows beyond the names are dropped.
    pub fn push(&mut self, snapshot: &Snapshot) {
        let one = Interval::of(snapshot, self.names.len(), snapshot.second < self.warm_up);
        let known = self.intervals.iter().rev().find(|interval| interval.from <= one.from);
        let new_second = known.is_none_or(|interval| interval.end() <= one.from);
        let totals = if one.warm_up { &mut self.warm } else { &mut self.measured };
        totals.push(snapshot, new_second);
        totals.rows.truncate(self.names.len());
        self.count_failures(snapshot);
        self.add_interval(one, new_second);
    }

    /// Adds one or more seconds that come after all others, whose histograms have two digits.
    pub(crate) fn push_interval(&mut self, one: Interval) {
        let length = one.seconds.clamp(1, 1 << 31).next_power_of_two();
        self.interval_seconds = self.interval_seconds.max(length);
        let totals = if one.warm_up { &mut self.warm } else { &mut self.measured };
        totals.push_interval(&one, self.names.len());
        self.add_interval(one, true);
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
        for one in before {
            match self.intervals.last_mut() {
                Some(last) if joins(last, &one, self.interval_seconds) => last.merge(&one),
                _ => self.intervals.push(one),
            }
        }
    }

    /// Adds failures to their groups; beyond a bound they become [`OTHER`] of their name and kind.
    fn count_failures(&mut self, snapshot: &Snapshot) {
        for failure in &snapshot.failures {
            self.add_failure(&FailureGroup::of(failure, snapshot.second, snapshot.people.active));
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
                let label = self.names.get(name.at()).map_or_else(String::new, |name| name.label.clone());
                self.failures.push(FailureGroup { failure, label, ..group.clone() });
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

    /// Puts back an interval from a file; [`Timeline::restore`] or [`Timeline::recount`] must follow the last one.
    pub(crate) fn put_back(&mut self, one: Interval) {
        let length = one.seconds.clamp(1, 1 << 31).next_power_of_two();
        self.interval_seconds = self.interval_seconds.max(length);
        let new_second = !self.intervals.iter().any(|have| have.from <= one.from && one.from < have.end());
        self.add_interval(one, new_second);
    }

    /// Takes the totals from a file.
    pub(crate) fn restore(&mut self, warm: Totals, measured: Totals) {
        (self.warm, self.measured) = (warm, measured);
    }

    /// Makes the totals anew from the intervals, whose histograms have two digits.
    pub(crate) fn recount(&mut self) {
        (self.warm, self.measured) = (Totals::default(), Totals::default());
        for interval in &self.intervals {
            let totals = if interval.warm_up { &mut self.warm } else { &mut self.measured };
            totals.push_interval(interval, self.names.len());
        }
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
        self.intervals.last().map_or(0, Interval::end)
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
