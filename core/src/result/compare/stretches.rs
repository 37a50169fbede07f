//! The values of short stretches of a run: 5 seconds each, shorter in short runs, which would have too few of them, and
//! longer where one has too few answers for a value.
//!
//! Must not compare anything.

use super::change::Quantity;
use crate::result::Opened;
use crate::stats::NameId;
use crate::stats::interval::PackedRow;
use crate::verdict::windows::{Window, side_by_side};

/// How long a stretch is, in seconds.
const SECONDS: u32 = 5;

/// A run that would have fewer stretches than this has shorter ones: with fewer than 5 in each run ranks say nothing.
const FEWEST: u32 = 12;

/// How long a stretch is in both of two runs, in seconds.
pub fn length(a: &Opened, b: &Opened) -> u32 {
    let shorter = a.summary.measured_seconds.min(b.summary.measured_seconds) as u32;
    (shorter / FEWEST).clamp(1, SECONDS)
}

/// The stretches of a run after its warm-up.
pub struct Stretches(Vec<Window>);

impl Stretches {
    /// Those of a result, so many seconds long.
    pub fn of(opened: &Opened, seconds: u32) -> Self {
        Self(side_by_side(&opened.timeline, seconds))
    }

    /// The values of a quantity, in order of time: of a name, or of all requests. What is left over at the end and has too
    /// few answers gives none. Percentiles come from merged histograms.
    pub fn values(&self, quantity: Quantity, name: Option<NameId>) -> Vec<f64> {
        let mut values = Vec::new();
        let (mut sum, mut length_us) = (PackedRow::default(), 0_u64);
        for window in &self.0 {
            sum.merge(window.row(name));
            length_us += window.length_us;
            if let Some(value) = value(quantity, &sum, length_us) {
                values.push(value);
                (sum, length_us) = (PackedRow::default(), 0);
            }
        }
        values
    }
}

/// The value of one stretch; none where it has too few answers for it.
fn value(quantity: Quantity, row: &PackedRow, length_us: u64) -> Option<f64> {
    match quantity {
        Quantity::PerSecond => (length_us > 0).then(|| row.finished() as f64 * 1e6 / length_us as f64),
        Quantity::Failed => (row.finished() >= FOR_A_SHARE).then(|| row.failed.total() as f64 / row.finished() as f64),
        Quantity::Typical => percentile(row, 50.0),
        Quantity::P95 => percentile(row, 95.0),
        Quantity::P99 => percentile(row, 99.0),
    }
}

/// So many requests make a share of failures; fewer would be all or nothing.
const FOR_A_SHARE: u64 = 20;

/// So many answers make a middle.
const FOR_A_MIDDLE: f64 = 6.0;

/// A percentile of a stretch. It needs fewer answers than one that stands for itself, as many stretches are looked at
/// together; but one beyond it at least, since the greatest of a few answers grows with their number.
fn percentile(row: &PackedRow, percentile: f64) -> Option<f64> {
    let hist = row.response.all();
    let needed = (100.0 / (100.0 - percentile)).round().max(FOR_A_MIDDLE);
    let there = hist.len() as f64 >= needed;
    there.then(|| hist.quantile(percentile / 100.0).map(|us| us as f64)).flatten()
}
