//! One figure in both results, and what its change is worth.
//!
//! Must not know any words.

use std::cmp::Ordering;

use super::spread::{Spread, scaled};
use crate::chance::tails::{holm, student, student_bound};
use crate::stats::summary::{RowSummary, answers_needed};

/// The chance that even one of all figures of two runs is called different where nothing changed.
const LEVEL: f64 = 0.02;

/// The chance that a figure is called about the same although it changed by more than [`EQUIVALENT`].
const SAME_LEVEL: f64 = 0.05;

/// A change smaller than this share of what was before is none, however certain.
const NOTICEABLE: f64 = 0.05;

/// Nor is one of a time that is smaller than this, in microseconds.
const NOTICEABLE_US: f64 = 5_000.0;

/// Nor one of the share of failures that is smaller than this.
const NOTICEABLE_SHARE: f64 = 0.001;

/// About the same is what did not change by more than this for certain: the margin of equivalence.
const EQUIVALENT: f64 = 0.1;

/// The same for a time, in microseconds, where that is more.
const EQUIVALENT_US: f64 = 15_000.0;

/// The same for the share of failures, where that is more.
const EQUIVALENT_SHARE: f64 = 0.005;

/// So much more of all requests fails: that is no chance, however short the run.
const PLAIN: f64 = 0.5;

/// Projections reach no further than this, in seconds.
const LONGEST: f64 = 30.0 * 86_400.0;

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

    /// The margin of equivalence around `a`, as changes are counted: of shares a share, else a logarithm.
    fn margin(self, a: f64) -> f64 {
        match self {
            Self::PerSecond => EQUIVALENT.ln_1p(),
            Self::Failed => (a * EQUIVALENT).max(EQUIVALENT_SHARE),
            Self::Typical | Self::P95 | Self::P99 => EQUIVALENT.max(EQUIVALENT_US / a.max(1.0)).ln_1p(),
        }
    }

    /// The percentile that it is; none for what is no time.
    fn percentile(self) -> Option<f64> {
        match self {
            Self::Typical => Some(50.0),
            Self::P95 => Some(95.0),
            Self::P99 => Some(99.0),
            Self::PerSecond | Self::Failed => None,
        }
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
    /// About the same: any change is small, for certain.
    Same,
    /// The runs are too short to say.
    CantTell,
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
            Self::CantTell => "cant-tell",
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
    /// How probable such a change is where nothing changed, all other figures considered; none where that is not known.
    pub p: Option<f64>,
    /// Where the change lies in 95 of 100 cases: of times and rates as B over A, of the share of failures as B less A.
    pub between: Option<(f64, f64)>,
    /// How much longer each run would have to be to tell, in seconds; none where it is told, or can't be foreseen.
    pub more_seconds: Option<u32>,
    /// How uncertain the change is.
    spread: Option<Spread>,
}

impl Figure {
    /// Whether the two are far enough apart to matter, but the runs are too short to say whether that is chance.
    pub fn is_open(&self) -> bool {
        let apart = self.a.zip(self.b).is_some_and(|(a, b)| self.quantity.is_noticeable(a, b));
        self.change == Change::CantTell && apart
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

    /// Both values, and the change as it is counted.
    fn change_in(&self) -> Option<(f64, f64, f64)> {
        let (a, b) = (self.a?, self.b?);
        Some((a, b, scaled(self.quantity, b) - scaled(self.quantity, a)))
    }

    /// Says what the change is worth, held to a level of `chance` in which so many other figures are considered.
    fn settle(&mut self, seconds: f64, figures: usize) {
        let Some((a, b, change)) = self.change_in() else { return };
        let way = b.partial_cmp(&a).unwrap_or(Ordering::Equal);
        if self.quantity == Quantity::Failed && a == 0.0 && b == 0.0 {
            self.change = Change::Same;
            return;
        }
        let (Some(spread), Some(p)) = (self.spread, self.p) else { return };
        let margin = self.quantity.margin(a);
        let noticeable = self.quantity.is_noticeable(a, b);
        let reach = student_bound(2.0 * SAME_LEVEL, spread.freedom) * spread.error;
        self.change = match () {
            () if noticeable && p < LEVEL => worth(self.sense, way),
            () if change.abs() + reach <= margin => Change::Same,
            () => Change::CantTell,
        };
        self.between = between(self.quantity, change, spread);
        if self.change == Change::CantTell {
            // More windows make an error smaller by the root of their number (and Student's bounds like the normal one's).
            let known = student_bound(2.0 * SAME_LEVEL, 1e6) * spread.error;
            let to_same = (change.abs() < margin).then(|| (known / (margin - change.abs())).powi(2));
            let told = student_bound(LEVEL / figures.max(1) as f64, 1e6) * spread.error;
            let to_differ = noticeable.then(|| (told / change.abs()).powi(2));
            let times = to_same.into_iter().chain(to_differ).reduce(f64::min);
            self.more_seconds = times.and_then(|times| more(seconds, times.max(1.1)));
        }
    }
}

/// How many seconds more make a run so many times as long; none where that is beyond all reason.
fn more(seconds: f64, times: f64) -> Option<u32> {
    let more = seconds * (times - 1.0);
    (more > 0.0 && more < LONGEST).then(|| more.ceil() as u32)
}

/// Where a change lies in 95 of 100 cases.
fn between(quantity: Quantity, change: f64, spread: Spread) -> Option<(f64, f64)> {
    let reach = student_bound(0.05, spread.freedom) * spread.error;
    let ends = (change - reach, change + reach);
    let shown = if quantity == Quantity::Failed { ends } else { (ends.0.exp(), ends.1.exp()) };
    (shown.0.is_finite() && shown.1.is_finite()).then_some(shown)
}

/// One figure of a step, or of all requests, not settled yet. `rate` says which way is good for requests per second.
pub(super) fn figure(
    quantity: Quantity,
    rate: Sense,
    (row_a, row_b): (&RowSummary, &RowSummary),
    spread: Option<Spread>,
) -> Figure {
    let sense = if quantity == Quantity::PerSecond { rate } else { Sense::LowerIsBetter };
    let (a, b) = (quantity.of(row_a), quantity.of(row_b));
    let alike = (row_a.count, row_a.failed, &row_a.response) == (row_b.count, row_b.failed, &row_b.response);
    let spread = match quantity {
        // Nothing differs, as where a result is compared with its copy.
        _ if alike && a == b => Some(Spread { error: 0.0, freedom: 1e6 }),
        Quantity::Failed => of_shares(row_a, row_b, spread),
        _ => spread,
    };
    let mut figure =
        Figure { quantity, sense, a, b, change: Change::CantTell, p: None, between: None, more_seconds: None, spread };
    // Where nothing failed there is nothing to test.
    let tested = quantity != Quantity::Failed || row_a.failed + row_b.failed > 0;
    figure.p =
        figure.change_in().zip(spread.filter(|_| tested)).map(|((.., change), spread)| match (change, spread.error) {
            (0.0, _) => 1.0,
            (_, error) if error <= 0.0 => 0.0,
            (change, error) => student(change / error, spread.freedom),
        });
    figure
}

/// Failures are never surer than if each request failed by itself, which is the deviation of a pooled share (Fleiss,
/// "Statistical Methods for Rates and Proportions", 1981, section 2.2). Where most of all requests went from well to failed,
/// that is enough to tell.
fn of_shares(a: &RowSummary, b: &RowSummary, spread: Option<Spread>) -> Option<Spread> {
    let (all_a, all_b) = (a.count as f64, b.count as f64);
    if all_a == 0.0 || all_b == 0.0 {
        return None;
    }
    let pooled = (a.failed + b.failed) as f64 / (all_a + all_b);
    let least = (pooled * (1.0 - pooled) * (1.0 / all_a + 1.0 / all_b)).max(0.0).sqrt();
    if (a.failed as f64 / all_a - b.failed as f64 / all_b).abs() >= PLAIN {
        return Some(Spread { error: least, freedom: all_a + all_b });
    }
    spread.map(|spread| Spread { error: spread.error.max(least), ..spread })
}

/// Settles all figures of two runs together, of which the shorter one was measured for so many seconds. `counts` are the
/// answers of A and B that each is made of.
pub(super) fn settle(figures: &mut [(&mut Figure, (u64, u64))], seconds: f64) {
    let mut chances: Vec<f64> = figures.iter().filter_map(|(figure, _)| figure.p).collect();
    holm(&mut chances);
    let tested = chances.len();
    let mut held = chances.into_iter();
    for (figure, (count_a, count_b)) in figures.iter_mut() {
        figure.p = figure.p.and_then(|_| held.next());
        figure.settle(seconds, tested);
        let needed = figure.quantity.percentile().map(answers_needed);
        let few = (*count_a).min(*count_b);
        if let Some(needed) = needed.filter(|needed| few < *needed && few > 0) {
            figure.more_seconds = more(seconds, needed as f64 / few as f64);
        }
    }
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
