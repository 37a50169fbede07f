//! One second of a run, or several merged, with mergeable histograms: the same form as in the result file, so that a page
//! can add seconds up by itself and get the numbers that the file will have. Must not know charts.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::result::MOST_NAMES;
use crate::result::lines::IntervalLine;
use crate::stats::Name;
use crate::stats::interval::Interval;
use crate::stats::snapshot::{FailureCount, Snapshot};
use crate::stats::timeline::{FailureGroup, Timeline};
use crate::wire::run::{Backfill, Seen};

/// One second, or several merged.
#[derive(Debug, Clone, PartialEq)]
pub struct Second {
    /// Its numbers.
    pub interval: Interval,
    /// What went wrong in it; empty in a [`Backfill`], which has all failures in one list.
    pub failures: Vec<FailureCount>,
}

impl Second {
    /// A second of a run with `names` lines, whose first `warm_up` seconds are warm-up.
    pub fn of(snapshot: &Snapshot, names: usize, warm_up: u32) -> Self {
        let interval = Interval::of(snapshot, names, snapshot.second < warm_up);
        Self { interval, failures: snapshot.failures.clone() }
    }

    /// Adds it to a run's timeline. Seconds that are there already change nothing, so hearing one twice does no harm.
    pub fn add_to(&self, timeline: &mut Timeline) {
        if self.interval.from < timeline.end_second() {
            return;
        }
        let known = timeline.names().len();
        for failure in self.failures.iter().filter(|failure| failure.name.at() < known) {
            timeline.add_failure(&FailureGroup::of(failure, self.interval.from, self.interval.people.active));
        }
        let mut interval = self.interval.clone();
        interval.rows.retain(|(name, _)| name.at() < known);
        timeline.push_interval(interval);
    }
}

impl Backfill {
    /// What a timeline has from second `from` on. What the target said of itself is for others to add.
    pub fn of(timeline: &Timeline, from: u32) -> Self {
        let late = timeline.intervals().iter().filter(|interval| interval.end() > from);
        Self {
            seconds: late.map(|interval| Second { interval: interval.clone(), failures: Vec::new() }).collect(),
            failures: timeline.failures().to_vec(),
            next: timeline.end_second(),
            seen: Seen::default(),
        }
    }

    /// A timeline with all of it, for a run with these lines and so many seconds of warm-up.
    pub fn timeline(&self, names: Vec<Name>, warm_up: u32) -> Timeline {
        let mut timeline = Timeline::new(names, warm_up);
        self.seconds.iter().for_each(|second| second.add_to(&mut timeline));
        let known = timeline.names().len();
        let failures = self.failures.iter().filter(|group| group.failure.name.at() < known);
        failures.for_each(|group| timeline.add_failure(group));
        timeline
    }
}

impl Serialize for Second {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        IntervalLine::of(&self.interval, self.failures.clone()).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Second {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let line = IntervalLine::deserialize(from)?;
        let warm_up = if line.warm_up { u32::MAX } else { 0 };
        let interval = line.to_interval(MOST_NAMES, warm_up).map_err(serde::de::Error::custom)?;
        Ok(Self { interval, failures: line.failures })
    }
}
