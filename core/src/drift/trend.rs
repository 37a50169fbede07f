//! Whether a series rises, and since when: the better of two shapes, and the test of Mann and Kendall. Must not know what
//! rises.
//!
//! H. Mann, "Nonparametric tests against trend", Econometrica 13, 1945. Neighbours that depend on each other make its variance
//! too small, so it is multiplied by (1 + r) / (1 − r), with r their correlation about the shape that fits best (S. Yue and
//! C. Wang, "The Mann-Kendall test modified by effective sample size", Water Resources Management 18, 2004).

use crate::chance::blocks::autocovariances;
use crate::chance::tails;

/// Points on both sides that a shape needs.
const EDGE: usize = 2;

/// How something rose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Bit by bit.
    Grew,
    /// From one moment to the next.
    Jumped,
}

impl Shape {
    /// A stable word: `grew`, `jumped`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Grew => "grew",
            Self::Jumped => "jumped",
        }
    }
}

/// A series that rises.
pub(super) struct Trend {
    /// The point from which on.
    pub at: usize,
    /// How.
    pub shape: Shape,
}

/// Whether values rise over time, with at most this chance of being wrong where they don't.
pub(super) fn trend(points: &[(f64, f64)], chance: f64) -> Option<Trend> {
    let shapes = (0..points.len().saturating_sub(EDGE)).flat_map(|at| {
        let jump = (at >= EDGE).then_some((at, Shape::Jumped));
        jump.into_iter().chain([(at, Shape::Grew)]).map(|(at, shape)| (at, shape, rest(points, at, shape)))
    });
    let squares = |rest: &[f64]| rest.iter().map(|one| one * one).sum::<f64>();
    let (at, shape, rest) = shapes.min_by(|a, b| squares(&a.2).total_cmp(&squares(&b.2)))?;
    let widened = widened(&rest);
    let seen = rises(points, widened) <= chance / 2.0
        || (shape == Shape::Jumped && jumps(points, at, squares(&rest), widened) <= chance / 2.0);
    seen.then_some(Trend { at, shape })
}

/// By what neighbours that depend on each other multiply a variance. Their correlation about a fitted shape is too small by
/// (2 + 4r) / n, nearly (M. Kendall, "Note on bias in the estimation of autocorrelation", Biometrika 41, 1954), which is put
/// back.
fn widened(rest: &[f64]) -> f64 {
    let n = rest.len() as f64;
    let alike = match autocovariances(rest, 1)[..] {
        [whole, next] if whole > 0.0 && n > 4.0 => ((n * next / whole + 2.0) / (n - 4.0)).clamp(0.0, 0.9),
        _ => 0.0,
    };
    (1.0 + alike) / (1.0 - alike)
}

/// The chance that values which don't rise look so much like it: the test of Mann and Kendall.
fn rises(points: &[(f64, f64)], widened: f64) -> f64 {
    let n = points.len() as f64;
    let pairs = points.iter().enumerate().flat_map(|(at, one)| points[at + 1..].iter().map(move |two| (one, two)));
    let score: f64 = pairs.map(|(one, two)| sign(two.1 - one.1)).sum();
    let variance = n * (n - 1.0) * (2.0 * n + 5.0) / 18.0 * widened;
    if score <= 1.0 { 1.0 } else { tails::normal((score - 1.0) / variance.sqrt()) / 2.0 }
}

/// The chance that values without a jump look so much like one: Student's test of both sides, for each place where it could be
/// (Bonferroni).
fn jumps(points: &[(f64, f64)], at: usize, squares: f64, widened: f64) -> f64 {
    let n = points.len() as f64;
    let (before, after) = points.split_at(at);
    let freedom = (n - 3.0).max(1.0);
    let error = (squares / freedom * (1.0 / before.len() as f64 + 1.0 / after.len() as f64) * widened).sqrt();
    let far = (mean(after) - mean(before)) / error.max(f64::MIN_POSITIVE);
    if far <= 0.0 { 1.0 } else { tails::student(far, freedom / widened) / 2.0 * n }
}

fn mean(points: &[(f64, f64)]) -> f64 {
    points.iter().map(|(_, value)| value).sum::<f64>() / points.len().max(1) as f64
}

fn sign(value: f64) -> f64 {
    if value > 0.0 {
        1.0
    } else if value < 0.0 {
        -1.0
    } else {
        0.0
    }
}

/// What remains of values about a shape: a level before a point and another from it on; or a level up to it and a straight line
/// from it on, by least squares of a value on max(0, t − t₀).
fn rest(points: &[(f64, f64)], at: usize, shape: Shape) -> Vec<f64> {
    if shape == Shape::Jumped {
        let (low, high) = (mean(&points[..at]), mean(&points[at..]));
        let level = |place: usize| if place < at { low } else { high };
        return points.iter().enumerate().map(|(place, (_, value))| value - level(place)).collect();
    }
    let (n, since) = (points.len() as f64, points[at].0);
    let past = |time: f64| (time - since).max(0.0);
    let (mean, middle) = (mean(points), points.iter().map(|(time, _)| past(*time)).sum::<f64>() / n);
    let (cross, square) = points.iter().fold((0.0, 0.0), |(cross, square), (time, value)| {
        let off = past(*time) - middle;
        (cross + off * (value - mean), square + off * off)
    });
    let slope = if square > 0.0 { cross / square } else { 0.0 };
    points.iter().map(|(time, value)| value - mean - slope * (past(*time) - middle)).collect()
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{Shape, trend};
    use crate::plan::dice::Dice;

    /// Pieces of 30 seconds whose seconds remember the one before, by so much; each piece has a level of its own.
    fn series(seed: u64, memory: f64, level: fn(usize) -> f64) -> Vec<(f64, f64)> {
        let (mut dice, mut state) = (Dice::new(seed, 0), 0.0);
        let mut piece = |at: usize| {
            let seconds = (0..30).map(|_| {
                state = memory * state + 0.1 * dice.normal();
                state
            });
            let off = seconds.sum::<f64>() / 30.0;
            (at as f64 * 30.0, 100.0 * level(at) * (1.0 + off))
        };
        (0..24).map(&mut piece).collect()
    }

    #[test]
    fn none_is_seen_where_there_is_none() {
        for memory in [0.0, 0.8, 0.95] {
            let seen = (0..400).filter(|seed| trend(&series(*seed, memory, |_| 1.0), 0.005).is_some()).count();
            assert!(seen <= 8, "{memory}: {seen} of 400");
        }
    }

    #[test]
    fn a_rise_of_a_fifth_is_seen_and_dated_in_19_of_20() {
        let grows: fn(usize) -> f64 = |at| 1.0 + 0.4 * at.saturating_sub(8) as f64 / 16.0;
        let jumps: fn(usize) -> f64 = |at| if at < 8 { 1.0 } else { 1.2 };
        for (level, shape, off) in [(grows, Shape::Grew, 5), (jumps, Shape::Jumped, 2)] {
            let right = |seed: &u64| {
                let found = trend(&series(*seed, 0.5, level), 0.005);
                found.is_some_and(|found| found.shape == shape && found.at.abs_diff(8) <= off)
            };
            let count = (0..20).filter(right).count();
            assert!(count >= 19, "{shape:?}: {count} of 20");
        }
    }
}
