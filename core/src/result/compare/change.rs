//! One figure in both results, and what its change is worth.
//!
//! Must not know any words.

use std::cmp::Ordering;

use super::rank::{least_chance, mann_whitney, two_shares};
use super::stretches::Stretches;
use crate::stats::summary::RowSummary;

/// Chances below this are no chance.
const LEVEL: f64 = 0.01;

/// A change smaller than this share of what was before is none.
const NOTICEABLE: f64 = 0.1;

/// Values that differ by this factor are never called the same; without a proof it is open whether they are.
const FAR: f64 = 2.0;

/// Nor is one of a time that is smaller than this, in microseconds.
const NOTICEABLE_US: f64 = 15_000.0;

/// Nor one of the share of failures that is smaller than this.
const NOTICEABLE_SHARE: f64 = 0.001;

/// Failures come in bursts, which ranks of stretches hardly see: so much more of all requests, by their counts, is a change
/// too, if chance alone would bring it in fewer than [`BURST_LEVEL`] of all cases.
const BURST_SHARE: f64 = 0.01;

/// See [`BURST_SHARE`].
const BURST_LEVEL: f64 = 0.001;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// Requests that finished per second.
    PerSecond,
    /// The middle response time, in microseconds.
    Typical,
    /// 95 of 100 were at most this slow.
    P95,
    /// 99 of 100.
    P99,
    /// The share of requests that failed, from 0 to 1.
    Failed,
}

impl Quantity {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::PerSecond, Self::Typical, Self::P95, Self::P99, Self::Failed];

    /// Its word in test ids and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::PerSecond => "rate",
            Self::Typical => "typical",
            Self::P95 => "p95",
            Self::P99 => "p99",
            Self::Failed => "failed",
        }
    }

    /// Whether it is a time, in microseconds.
    pub fn is_time(self) -> bool {
        matches!(self, Self::Typical | Self::P95 | Self::P99)
    }

    /// Its value over a whole run; none where there are too few answers for it.
    pub fn of(self, row: &RowSummary) -> Option<f64> {
        let time = |us: Option<u64>| us.map(|us| us as f64);
        match self {
            Self::PerSecond => row.per_second,
            Self::Typical => time(row.response.p50_us),
            Self::P95 => time(row.response.p95_us),
            Self::P99 => time(row.response.p99_us),
            Self::Failed => (row.count > 0).then(|| row.failed as f64 / row.count as f64),
        }
    }

    /// Whether a change is large enough to matter.
    fn is_noticeable(self, a: f64, b: f64) -> bool {
        let floor = match self {
            Self::PerSecond => 0.0,
            Self::Failed => NOTICEABLE_SHARE,
            Self::Typical | Self::P95 | Self::P99 => NOTICEABLE_US,
        };
        (b - a).abs() > (a * NOTICEABLE).max(floor)
    }
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// As with times.
    LowerIsBetter,
    /// As with requests per second under the same load.
    HigherIsBetter,
    /// Neither, as with requests per second under another load.
    Neither,
}

/// What a change is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// It got better.
    Better,
    /// It got worse.
    Worse,
    /// There is more of it, which is neither good nor bad.
    More,
    /// There is less of it, which is neither good nor bad.
    Less,
    /// About the same: too small a change, or no more than chance.
    Same,
    /// Too few answers to say.
    TooFew,
}

impl Change {
    /// Whether something changed.
    pub fn is_one(self) -> bool {
        matches!(self, Self::Better | Self::Worse | Self::More | Self::Less)
    }

    /// Its word in test ids and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::More => "more",
            Self::Less => "less",
            Self::Same => "same",
            Self::TooFew => "too-few",
        }
    }
}

/// One figure in both results.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// What it is.
    pub quantity: Quantity,
    /// Which way is good.
    pub sense: Sense,
    /// In A; none where there are too few answers.
    pub a: Option<f64>,
    /// In B.
    pub b: Option<f64>,
    /// What the change is worth.
    pub change: Change,
    /// How probable such values are without a change; none where that was not asked.
    pub p: Option<f64>,
}

impl Figure {
    /// Whether the two are far enough apart to matter, but there are too few answers to say whether that is chance.
    pub fn is_open(&self) -> bool {
        let apart = self.a.zip(self.b).is_some_and(|(a, b)| self.quantity.is_noticeable(a, b));
        self.change == Change::TooFew && apart
    }

    /// B over A; none where A is nothing.
    pub fn ratio(&self) -> Option<f64> {
        let (a, b) = (self.a?, self.b?);
        (a > 0.0).then(|| b / a)
    }

    /// How far the two are from each other, whichever way: 0 for the same, 1 for twice or half as much.
    pub fn distance(&self) -> f64 {
        match (self.a, self.b) {
            (Some(a), Some(b)) if a > 0.0 && b > 0.0 => (b / a).log2().abs(),
            (Some(a), Some(b)) if a != b => f64::MAX,
            _ => 0.0,
        }
    }
}

/// A row of a run, and its stretches.
type Side<'a> = (&'a RowSummary, &'a Stretches);

/// Compares one figure of a step, or of all requests. `rate` says which way is good for requests per second.
pub(super) fn figure(quantity: Quantity, rate: Sense, a: Side, b: Side) -> Figure {
    let sense = if quantity == Quantity::PerSecond { rate } else { Sense::LowerIsBetter };
    let (before, now) = (quantity.of(a.0), quantity.of(b.0));
    let mut figure = Figure { quantity, sense, a: before, b: now, change: Change::TooFew, p: None };
    let (Some(before), Some(now)) = (before, now) else { return figure };
    if !quantity.is_noticeable(before, now) {
        figure.change = Change::Same;
        return figure;
    }
    let values = |side: Side| side.1.values(quantity, side.0.name);
    let (in_a, in_b) = (values(a), values(b));
    let ranks = mann_whitney(&in_a, &in_b);
    figure.p = ranks.map(|ranks| ranks.p);
    let way = now.partial_cmp(&before).unwrap_or(Ordering::Equal);
    let differs = ranks.is_some_and(|ranks| ranks.p < LEVEL && ranks.second_is == way);
    let burst = quantity == Quantity::Failed && is_burst(a.0, b.0);
    figure.change = match () {
        () if differs || burst => worth(sense, way),
        () if least_chance(in_a.len(), in_b.len()) >= LEVEL => Change::TooFew,
        // As where only a part of one run was slow: nobody would call that the same.
        () if quantity.is_time() && before.max(now) >= before.min(now) * FAR => Change::TooFew,
        () => Change::Same,
    };
    figure
}

fn is_burst(a: &RowSummary, b: &RowSummary) -> bool {
    let share = |row: &RowSummary| row.failed as f64 / row.count.max(1) as f64;
    (share(a) - share(b)).abs() >= BURST_SHARE && two_shares((a.failed, a.count), (b.failed, b.count)) < BURST_LEVEL
}

fn worth(sense: Sense, way: Ordering) -> Change {
    match (sense, way) {
        (_, Ordering::Equal) => Change::Same,
        (Sense::Neither, Ordering::Greater) => Change::More,
        (Sense::Neither, Ordering::Less) => Change::Less,
        (Sense::LowerIsBetter, Ordering::Less) | (Sense::HigherIsBetter, Ordering::Greater) => Change::Better,
        _ => Change::Worse,
    }
}
