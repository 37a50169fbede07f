//! Histograms at two digits that take eight bytes per occupied cell; for the hundreds of intervals of a run.
//!
//! Must not know which histogram library is used.

use crate::stats::hist::{Hist, LONGEST_US, NotAHistogram, decode_cells, encode_two_digits, nudged};
use crate::stats::split::Sum;

/// A histogram at two digits that takes eight bytes per occupied cell; for the hundreds of intervals of a run. A cell
/// counts up to 2³².
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Packed {
    cells: Vec<(u16, u32)>,
    min: u64,
    max: u64,
    sum: u64,
}

impl Packed {
    /// Adds everything in `other`.
    pub fn merge(&mut self, other: &Self) {
        if other.cells.is_empty() {
            return;
        }
        self.min = if self.cells.is_empty() { other.min } else { self.min.min(other.min) };
        self.max = self.max.max(other.max);
        self.sum = self.sum.saturating_add(other.sum);
        let mut merged = Vec::with_capacity(self.cells.len() + other.cells.len());
        let (mut mine, mut theirs) = (self.cells.iter().peekable(), other.cells.iter().peekable());
        loop {
            let next = match (mine.peek(), theirs.peek()) {
                (Some(a), Some(b)) if a.0 == b.0 => (a.0, a.1.saturating_add(b.1)),
                (Some(a), Some(b)) => **a.min(b),
                (Some(one), None) | (None, Some(one)) => **one,
                (None, None) => break,
            };
            mine.next_if(|cell| cell.0 == next.0);
            theirs.next_if(|cell| cell.0 == next.0);
            merged.push(next);
        }
        merged.shrink_to_fit();
        self.cells = merged;
    }

    /// How many times it holds.
    pub fn len(&self) -> u64 {
        self.cells.iter().map(|cell| u64::from(cell.1)).sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The smallest time, exact.
    pub fn min(&self) -> Option<u64> {
        (!self.is_empty()).then_some(self.min)
    }

    /// The largest time, exact.
    pub fn max(&self) -> Option<u64> {
        (!self.is_empty()).then_some(self.max)
    }

    /// The sum of all times, exact.
    pub fn sum(&self) -> u64 {
        self.sum
    }

    /// The mean of all times.
    pub fn mean(&self) -> Option<f64> {
        (!self.is_empty()).then(|| self.sum as f64 / self.len() as f64)
    }

    /// The time that the share `q` (0 to 1) of all times did not exceed; `None` if it holds none.
    pub fn quantile(&self, q: f64) -> Option<u64> {
        let wanted = ((self.len() as f64 * nudged(q)).ceil() as u64).max(1);
        let mut seen = 0;
        self.iter().find_map(|(us, count)| {
            seen += count;
            (seen >= wanted).then(|| us.clamp(self.min, self.max))
        })
    }

    /// The occupied cells in rising order: their largest time and how many times lie in them.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        self.cells.iter().map(|(at, count)| (coarse_top(*at), u64::from(*count)))
    }

    /// As a three-digit histogram; its values stay as coarse as they are.
    pub fn to_hist(&self) -> Hist {
        Hist::of_cells(self.iter(), self.min, self.max, self.sum)
    }

    /// As HdrHistogram V2 at two digits, deflated, in base64.
    pub fn to_base64(&self) -> String {
        encode_two_digits(self.iter())
    }

    /// Reads the text of a histogram, with the exact smallest, largest and sum where they agree with its cells.
    ///
    /// # Errors
    /// As [`Hist::from_base64`].
    pub fn from_base64(text: &str, (min, max, sum): (u64, u64, u64)) -> Result<Self, NotAHistogram> {
        let cells = decode_cells(text)?;
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return Ok(Self::default()) };
        let about = (first.0.min(LONGEST_US), last.0.min(LONGEST_US), cells.iter().map(|cell| cell.1).sum());
        let cells = || cells.iter().map(|cell| (cell.0.min(LONGEST_US), cell.1));
        if agree(about, (min, max, sum)) {
            return Ok(Self::of(cells(), min, max.min(LONGEST_US), sum));
        }
        let guess = cells().fold(0_u64, |sum, (us, count)| sum.saturating_add(us.saturating_mul(count)));
        Ok(Self::of(cells(), about.0, about.1, guess))
    }

    /// From the occupied cells of a finer histogram, in rising order.
    pub(crate) fn of(finer: impl Iterator<Item = (u64, u64)>, min: u64, max: u64, sum: u64) -> Self {
        let mut cells: Vec<(u16, u32)> = Vec::new();
        for (us, count) in finer {
            let (at, count) = (coarse_index(us), u32::try_from(count).unwrap_or(u32::MAX));
            match cells.last_mut().filter(|last| last.0 == at) {
                Some(last) => last.1 = last.1.saturating_add(count),
                None => cells.push((at, count)),
            }
        }
        cells.shrink_to_fit();
        Self { cells, min, max, sum }
    }
}

impl Sum for Packed {
    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }

    fn merge(&mut self, other: &Self) {
        Self::merge(self, other);
    }
}

/// Whether a smallest, largest and sum agree with those of the cells (smallest, largest, count).
pub(super) fn agree(cells: (u64, u64, u64), (min, max, sum): (u64, u64, u64)) -> bool {
    let near = |a: u64, b: u64| coarse_index(a).abs_diff(coarse_index(b)) <= 1;
    let (least, most) = (min.saturating_mul(cells.2), max.saturating_mul(cells.2));
    cells.2 > 0 && near(min, cells.0) && near(max, cells.1) && min <= max && (least..=most).contains(&sum)
}

/// The cell of a time at two digits: 256 cells of 1 µs, then 128 cells for each doubling (the layout of HdrHistogram).
fn coarse_index(us: u64) -> u16 {
    let us = us.min(LONGEST_US);
    let doublings = (64 - (us | 255).leading_zeros()) - 8;
    ((doublings << 7) + (us >> doublings) as u32) as u16
}

/// The largest time in a cell of [`coarse_index`].
fn coarse_top(at: u16) -> u64 {
    let at = u64::from(at);
    let doublings = (at >> 7).saturating_sub(1);
    let within = at - (doublings << 7);
    ((within + 1) << doublings) - 1
}

#[cfg(test)]
mod tests;
