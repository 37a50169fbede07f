//! Stretches of a timeline: what happened in each window, for goals over windows, drifts and turning points.

use crate::stats::NameId;
use crate::stats::timeline::{Interval, PackedRow, Timeline};

/// Some neighbouring intervals as one.
pub(crate) struct Window {
    /// Its first second.
    pub second: u32,
    /// How much time was measured in it.
    pub length_us: u64,
    /// The most people active in it.
    pub people: u32,
    /// The most people planned in it.
    pub planned: u32,
    /// Arrivals that were due in it.
    pub due: u64,
    /// All requests.
    pub all: PackedRow,
    /// Each name, by index.
    pub rows: Vec<PackedRow>,
}

impl Window {
    /// From some intervals.
    pub fn of(intervals: &[Interval], timeline: &Timeline) -> Self {
        let names = timeline.names();
        let mut window = Self {
            second: intervals.first().map_or(0, |first| first.from),
            length_us: 0,
            people: 0,
            planned: 0,
            due: 0,
            all: PackedRow::default(),
            rows: vec![PackedRow::default(); names.len()],
        };
        for interval in intervals {
            window.length_us += interval.length_us;
            window.people = window.people.max(interval.people.active);
            window.planned = window.planned.max(interval.people.planned);
            window.due += interval.started.saturating_add(interval.dropped);
            window.all.merge(&interval.all(names));
            interval.rows.iter().for_each(|(name, row)| window.rows[name.at()].merge(row));
        }
        window
    }

    /// The row of a name, or of all requests.
    pub fn row(&self, name: Option<NameId>) -> &PackedRow {
        name.and_then(|name| self.rows.get(name.at())).unwrap_or(&self.all)
    }
}

/// The intervals after the warm-up.
pub(crate) fn measured(timeline: &Timeline) -> &[Interval] {
    let intervals = timeline.intervals();
    &intervals[intervals.partition_point(|interval| interval.warm_up)..]
}

/// Windows of `seconds` side by side, or of one interval each where intervals are longer.
pub(crate) fn side_by_side(timeline: &Timeline, seconds: u32) -> Vec<Window> {
    let same = |a: &Interval, b: &Interval| a.from / seconds == b.from / seconds;
    measured(timeline).chunk_by(same).map(|chunk| Window::of(chunk, timeline)).collect()
}

/// Every run of intervals that spans at least `seconds` and no more intervals than needed for that.
pub(crate) fn sliding(timeline: &Timeline, seconds: u32) -> impl Iterator<Item = &[Interval]> {
    let intervals = measured(timeline);
    (0..intervals.len()).filter_map(move |first| {
        let reaches = |last: &Interval| last.from.saturating_add(last.seconds) - intervals[first].from >= seconds;
        let count = intervals[first..].iter().position(reaches)?;
        Some(&intervals[first..=first + count])
    })
}
