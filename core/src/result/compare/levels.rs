//! Numbers by how many people were there, rather than by time: the fair view where load plans differ.
//!
//! Must not compare anything.

use super::Quantity;
use crate::chart::scale::nice_step;
use crate::result::Opened;
use crate::stats::interval::PackedRow;
use crate::stats::summary::enough;

/// So many levels there are at most, up to the most people; fewer where many of them would have too few answers.
const LEVELS: [u32; 3] = [20, 10, 5];

/// What was measured while about so many people were there.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The fewest people of this level; it reaches up to the next one.
    pub from: u32,
    /// The mean number of people, by time.
    pub people: f64,
    /// How long it lasted, in microseconds.
    pub length_us: u64,
    row: PackedRow,
}

impl Level {
    /// A value at this level; none where there are too few answers for it.
    pub fn value(&self, quantity: Quantity) -> Option<f64> {
        let percentile = |percentile| enough(&self.row.response.all().to_hist(), percentile).map(|us| us as f64);
        match quantity {
            Quantity::PerSecond => {
                (self.length_us > 0).then(|| self.row.finished() as f64 * 1e6 / self.length_us as f64)
            }
            Quantity::Typical => percentile(50.0),
            Quantity::P95 => percentile(95.0),
            Quantity::P99 => percentile(99.0),
            Quantity::Failed => {
                (self.row.finished() > 0).then(|| self.row.failed.total() as f64 / self.row.finished() as f64)
            }
        }
    }
}

/// How many people make a level, for both results: a round number, so that there are about 20 levels at most, and fewer where
/// that leaves too few answers for 95 of 100.
pub fn level_width(a: &Opened, b: &Opened) -> u32 {
    let most = |opened: &Opened| opened.timeline.intervals().iter().map(|one| one.people.active).max().unwrap_or(0);
    let most = most(a).max(most(b));
    let widths = LEVELS.map(|levels| nice_step(f64::from(most.div_ceil(levels).max(1))) as u32);
    let known = |opened: &Opened, width: u32| {
        let levels = levels(opened, width);
        let known = levels.iter().filter(|level| level.value(Quantity::P95).is_some()).count();
        known * 4 >= levels.len() * 3
    };
    let fits = widths.into_iter().find(|width| known(a, *width) && known(b, *width));
    fits.unwrap_or(widths[LEVELS.len() - 1])
}

/// The levels of a run, from the fewest people up; warm-up included, as charts over time show it too. Seconds without
/// people are left out.
pub fn levels(opened: &Opened, width: u32) -> Vec<Level> {
    let names = opened.timeline.names();
    let width = width.max(1);
    let mut levels: Vec<(Level, f64)> = Vec::new();
    for one in opened.timeline.intervals().iter().filter(|one| one.people.active > 0) {
        let from = one.people.active / width * width;
        let at = match levels.binary_search_by_key(&from, |(level, _)| level.from) {
            Ok(at) => at,
            Err(at) => {
                let level = Level { from, people: 0.0, length_us: 0, row: PackedRow::default() };
                levels.insert(at, (level, 0.0));
                at
            }
        };
        let (level, sum) = &mut levels[at];
        level.row.merge(&one.all(names));
        level.length_us += one.length_us;
        *sum += f64::from(one.people.active) * one.length_us as f64;
    }
    let mean = |(level, sum): (Level, f64)| {
        let people = if level.length_us > 0 { sum / level.length_us as f64 } else { f64::from(level.from) };
        Level { people, ..level }
    };
    levels.into_iter().map(mean).collect()
}
