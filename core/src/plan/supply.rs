//! What people share: the next row of each data table, counters, people's numbers, repetitions left.
//!
//! One supply serves all workers of a machine. Over several machines each takes every `count`-th item, so nothing is
//! handed out twice although nobody asks anybody.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::plan::Plan;

/// This machine's share of a plan: `index` of `count`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// From 0.
    pub index: u32,
    /// At least 1.
    pub count: u32,
}

impl Slice {
    /// The whole plan.
    pub const WHOLE: Self = Self { index: 0, count: 1 };

    /// Whether this slice does item `number`.
    pub fn owns(self, number: u64) -> bool {
        number % u64::from(self.count) == u64::from(self.index)
    }

    /// Of `total` items, how many this slice does.
    pub fn part_of(self, total: u64) -> u64 {
        total / u64::from(self.count) + u64::from(u64::from(self.index) < total % u64::from(self.count))
    }

    /// A slice of this slice: worker `index` of `count` on this machine.
    pub fn worker(self, index: u32, count: u32) -> Self {
        Self { index: self.index + self.count * index, count: self.count * count }
    }
}

/// What people share on one machine.
#[derive(Debug)]
pub struct Supply {
    slice: Slice,
    rows: Vec<AtomicU64>,
    counters: Vec<AtomicU64>,
    people: AtomicU64,
    repetitions: Option<AtomicU64>,
    /// Of an endless supply: how many rows each table has. They start again, whatever the plan says.
    endless: Option<Vec<u64>>,
}

impl Supply {
    /// A full supply for `slice` of `plan`.
    pub fn new(plan: &Plan, slice: Slice) -> Self {
        let zeros = |count: usize| (0..count).map(|_| AtomicU64::new(0)).collect();
        Self {
            slice,
            rows: zeros(plan.tables.len()),
            counters: zeros(plan.counters as usize),
            people: AtomicU64::new(0),
            repetitions: plan.load.repetitions.map(|total| AtomicU64::new(slice.part_of(total))),
            endless: None,
        }
    }

    /// A supply that never runs out, for a preview: how much of it is used is counted all the same.
    pub(crate) fn endless(plan: &Plan) -> Self {
        let rows = plan.tables.iter().map(|table| table.table.rows.len() as u64);
        Self { endless: Some(rows.collect()), repetitions: None, ..Self::new(plan, Slice::WHOLE) }
    }

    /// A full supply whose next row of each table is this one, from 0; the last one of a shorter table.
    pub fn from_row(plan: &Plan, row: u64) -> Self {
        let last = |rows: usize| (rows as u64).saturating_sub(1);
        let rows = plan.tables.iter().map(|table| AtomicU64::new(row.min(last(table.table.rows.len()))));
        Self { rows: rows.collect(), ..Self::new(plan, Slice::WHOLE) }
    }

    /// How many rows of a table this supply has handed out.
    pub(crate) fn rows_taken(&self, table: usize) -> u64 {
        self.rows[table].load(Ordering::Relaxed)
    }

    /// The next number of a series that is never handed out twice.
    fn next(&self, series: &AtomicU64) -> u64 {
        series.fetch_add(1, Ordering::Relaxed) * u64::from(self.slice.count) + u64::from(self.slice.index)
    }

    /// The next row number of a table, counting on past its end.
    pub fn row(&self, table: usize) -> u64 {
        let row = self.next(&self.rows[table]);
        self.endless.as_ref().map_or(row, |counts| row % counts[table].max(1))
    }

    /// The next number of a counter, from 0.
    pub fn count(&self, counter: usize) -> u64 {
        self.next(&self.counters[counter])
    }

    /// The number of a person who just came, from 1.
    pub fn person(&self) -> u64 {
        self.next(&self.people) + 1
    }

    /// Takes one of the repetitions that are left; always true where they are not limited.
    pub fn take_repetition(&self) -> bool {
        let take = |left: u64| left.checked_sub(1);
        self.repetitions
            .as_ref()
            .is_none_or(|left| left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok())
    }

    /// Whether no repetitions are left.
    pub fn is_done(&self) -> bool {
        self.repetitions.as_ref().is_some_and(|left| left.load(Ordering::Relaxed) == 0)
    }
}
