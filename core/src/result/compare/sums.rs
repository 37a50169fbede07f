//! The windows of a run for one step, added up so that any stretch of them is one subtraction: what makes drawing windows
//! again and again quick.
//!
//! Counts of answers by time are summed along time and along response time (a summed-area table: Crow, "Summed-area tables
//! for texture mapping", 1984), on a grid of times that are 2.2 % apart. A percentile of merged windows is then found by
//! halving, without merging a histogram. Must not compare anything.

use super::change::Quantity;
use crate::chance::blocks::Block;
use crate::stats::NameId;
use crate::verdict::windows::Window;

/// How many cells of the grid lie between a time and twice that time.
const CELLS: f64 = 32.0;

/// The percentiles that are asked for, as shares.
const QUANTILES: [f64; 3] = [0.5, 0.95, 0.99];

/// Sums of one step, or of all requests, over the windows of a run.
pub(super) struct Sums {
    windows: usize,
    /// The logarithm to base 2 of the lower end of the first cell, in cells.
    lowest: f64,
    cells: usize,
    /// Answers at or below the upper end of a cell, in all windows before one: a column of `windows + 1` for each cell.
    below: Vec<u64>,
    /// In which cells the percentiles of all windows lie.
    usual: [usize; 3],
    /// Requests that finished, that failed, and the time measured in microseconds, in all windows before one.
    finished: Vec<u64>,
    failed: Vec<u64>,
    length_us: Vec<u64>,
}

impl Sums {
    /// Of the first so many windows.
    pub fn of(windows: &[Window], name: Option<NameId>) -> Self {
        let rows = || windows.iter().map(|window| window.row(name));
        let ends = rows().flat_map(|row| [&row.response.ok, &row.response.failed]);
        let (mut least, mut most) = (u64::MAX, 0);
        for (us, _) in ends.flat_map(|times| times.iter()) {
            (least, most) = (least.min(us), most.max(us));
        }
        let lowest = if most >= least { place(least).floor() } else { 0.0 };
        let cells = if most >= least { (place(most).floor() - lowest) as usize + 1 } else { 0 };
        let high = windows.len() + 1;
        let mut below = vec![0; cells * high];
        for (at, row) in rows().enumerate() {
            for times in [&row.response.ok, &row.response.failed] {
                for (us, count) in times.iter() {
                    let cell = ((place(us).floor() - lowest) as usize).min(cells - 1);
                    below[cell * high + at + 1] += count;
                }
            }
        }
        for cell in 0..cells {
            for at in 1..high {
                let before = if cell > 0 { below[(cell - 1) * high + at] } else { 0 };
                let corner = if cell > 0 { below[(cell - 1) * high + at - 1] } else { 0 };
                // What is in this window and cell, and everything before and below it.
                below[cell * high + at] = below[cell * high + at] + before + below[cell * high + at - 1] - corner;
            }
        }
        let all = |cell: usize| below[cell * high + high - 1] as f64;
        let usual = QUANTILES.map(|q| (0..cells).find(|cell| all(*cell) >= all(cells - 1) * q).unwrap_or(0));
        let summed = |of: &dyn Fn(&Window) -> u64| {
            let mut sum = 0;
            std::iter::once(0)
                .chain(windows.iter().map(|window| {
                    sum += of(window);
                    sum
                }))
                .collect::<Vec<u64>>()
        };
        Self {
            windows: windows.len(),
            lowest,
            cells,
            below,
            usual,
            finished: summed(&|window| window.row(name).finished()),
            failed: summed(&|window| window.row(name).failed.total()),
            length_us: summed(&|window| window.length_us),
        }
    }

    /// A value of all windows in these blocks together; none where there is nothing to make it of.
    pub fn value(&self, quantity: Quantity, blocks: &[Block]) -> Option<f64> {
        let part = |sums: &[u64]| blocks.iter().map(|(from, until)| sums[*until] - sums[*from]).sum::<u64>() as f64;
        let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        match quantity {
            Quantity::PerSecond => share(part(&self.finished) * 1e6, part(&self.length_us)),
            Quantity::Failed => share(part(&self.failed), part(&self.finished)),
            Quantity::Typical => self.quantile(QUANTILES[0], blocks),
            Quantity::P95 => self.quantile(QUANTILES[1], blocks),
            Quantity::P99 => self.quantile(QUANTILES[2], blocks),
        }
    }

    /// How far each window is from what all have together, in the terms of what is counted: whatever is drawn, a value moves
    /// with the sum of these (the linear part of a ratio; of a percentile by Bahadur, "A note on quantiles in large samples",
    /// 1966). As a share of all windows' count, so that those of two runs can be taken from each other.
    pub fn leanings(&self, quantity: Quantity) -> Vec<f64> {
        let column = match quantity {
            Quantity::Failed => Some((&self.failed[..], &self.finished[..])),
            Quantity::PerSecond => Some((&self.finished[..], &self.length_us[..])),
            Quantity::Typical => self.column_at(0),
            Quantity::P95 => self.column_at(1),
            Quantity::P99 => self.column_at(2),
        };
        let Some((parts, wholes)) = column else { return Vec::new() };
        let (part, whole) = (parts[self.windows] as f64, wholes[self.windows] as f64);
        if whole <= 0.0 {
            return Vec::new();
        }
        let in_window = |sums: &[u64], at: usize| (sums[at + 1] - sums[at]) as f64;
        let lean = |at| (in_window(parts, at) - part / whole * in_window(wholes, at)) / whole;
        (0..self.windows).map(lean).collect()
    }

    /// The sums below a percentile of all windows, by its number, and the sums of all answers.
    fn column_at(&self, quantile: usize) -> Option<(&[u64], &[u64])> {
        let last = self.column(self.cells.checked_sub(1)?);
        Some((self.column(self.usual[quantile]), last))
    }

    fn column(&self, cell: usize) -> &[u64] {
        &self.below[cell * (self.windows + 1)..][..self.windows + 1]
    }

    /// Walks from where the percentile of all windows lies: that of most draws is near.
    fn quantile(&self, q: f64, blocks: &[Block]) -> Option<f64> {
        let last = self.cells.checked_sub(1)?;
        let all = self.count(last, blocks);
        if all == 0 {
            return None;
        }
        let wanted = all as f64 * q;
        let mut cell = self.usual[QUANTILES.iter().position(|usual| *usual == q)?];
        let mut upto = self.count(cell, blocks);
        while (upto as f64) < wanted && cell < last {
            cell += 1;
            upto = self.count(cell, blocks);
        }
        let mut before = if cell > 0 { self.count(cell - 1, blocks) } else { 0 };
        while before as f64 >= wanted && cell > 0 {
            cell -= 1;
            upto = before;
            before = if cell > 0 { self.count(cell - 1, blocks) } else { 0 };
        }
        let within = (upto - before) as f64;
        let share = if within > 0.0 { ((wanted - before as f64) / within).clamp(0.0, 1.0) } else { 1.0 };
        Some(((self.lowest + cell as f64 + share) / CELLS).exp2())
    }

    /// How many answers of these windows lie in a cell or below.
    fn count(&self, cell: usize, blocks: &[Block]) -> u64 {
        let column = self.column(cell);
        let mut sum = 0;
        for (from, until) in blocks {
            sum += column[*until] - column[*from];
        }
        sum
    }
}

/// Where a time lies on the grid, in cells.
fn place(us: u64) -> f64 {
    (us.max(1) as f64).log2() * CELLS
}
