//! The Universal Scalability Law (N. Gunther, "Guerrilla Capacity Planning", Springer 2007, chapters 4 to 6; "A general
//! theory of computational scalability based on rational functions", arXiv:0808.1431):
//!
//! X(N) = λN / (1 + σ(N − 1) + κN(N − 1))
//!
//! with N people, X requests that went well a second, λ what one person alone gets, σ the contention (the share of the work
//! that has to be done one after the other) and κ the coherency (what each has to agree on with each). Its peak is at
//! N = √((1 − σ) / κ).
//!
//! N/X is linear in 1/λ, σ/λ and κ/λ. So the law is fitted by a few steps of weighted linear least squares under σ, κ ≥ 0
//! (Gauss and Newton's method), without a search that might not end. How uncertain it is comes from its residuals, drawn
//! again in blocks of neighbours.

use super::{Lack, Level, Window};
use crate::chance::blocks;
use crate::plan::dice::Dice;

/// Fewer levels than this have room for any law.
const LEAST: usize = 6;

/// The most load has to be so many times the least.
const SPREAD: f64 = 3.0;

/// Levels may be so far off, as the root of the mean square of their shares.
const MISFIT: f64 = 0.1;

/// What is lost to contention and coherency at the most load has to be more than this, for certain.
const BEND: f64 = 0.05;

/// A peak beyond so many times the most load is a guess.
const BEYOND: f64 = 2.0;

/// Steps of the fit; it hardly moves after the second.
const STEPS: usize = 4;

/// How far a window's throughput is off beyond the chance of counting, as a share.
const RESTLESS: f64 = 0.05;

/// How often residuals are drawn.
const DRAWS: usize = 400;

/// A figure, and between what it lies in 95 of 100 cases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The figure.
    pub value: f64,
    /// At least.
    pub low: f64,
    /// At most.
    pub high: f64,
}

/// Where throughput is greatest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peak {
    /// People.
    pub people: Range,
    /// Requests that go well, a second.
    pub per_second: Range,
}

/// The law with its figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Law {
    /// Requests a second that one person alone would make, λ.
    pub alone: Range,
    /// Contention, σ.
    pub contention: Range,
    /// Coherency, κ.
    pub coherency: Range,
    /// The peak; `None` where it is beyond twice the people that were there, or may be nowhere.
    pub peak: Option<Peak>,
    /// How far the levels are off, as a share: root of the mean square.
    pub off: f64,
}

impl Law {
    /// Requests that go well a second with so many people.
    pub fn per_second(&self, people: f64) -> f64 {
        let one =
            Figures { alone: self.alone.value, contention: self.contention.value, coherency: self.coherency.value };
        one.per_second(people)
    }
}

/// A window as the fit sees it.
#[derive(Debug, Clone, Copy)]
struct Point {
    people: f64,
    per_second: f64,
    seconds: f64,
}

impl Point {
    fn of(window: &Window) -> Self {
        let seconds = window.length_us as f64 / 1e6;
        Self { people: window.load, per_second: window.per_second(), seconds }
    }
}

#[derive(Debug, Clone, Copy)]
struct Figures {
    alone: f64,
    contention: f64,
    coherency: f64,
}

impl Figures {
    /// How many times longer a request takes than with one person.
    fn slowed(&self, people: f64) -> f64 {
        1.0 + self.contention * (people - 1.0) + self.coherency * people * (people - 1.0)
    }

    fn per_second(&self, people: f64) -> f64 {
        self.alone * people / self.slowed(people)
    }

    /// Without coherency throughput never falls.
    fn peak(&self) -> f64 {
        if self.coherency > 0.0 { ((1.0 - self.contention).max(0.0) / self.coherency).sqrt() } else { f64::INFINITY }
    }
}

/// Fits the law to the windows; the levels say whether it may be, and how well it does.
pub(super) fn law(windows: &[Window], levels: &[Level]) -> Result<Law, Lack> {
    let (Some(first), Some(last)) = (levels.first(), levels.last()) else { return Err(Lack::FewLevels(0, LEAST)) };
    if levels.len() < LEAST || last.load < first.load * SPREAD {
        return Err(Lack::FewLevels(levels.len().min(LEAST - 1), LEAST));
    }
    let points: Vec<Point> = windows.iter().map(Point::of).collect();
    let figures = fit(&points).ok_or(Lack::Misfit(1.0))?;
    let off = levels.iter().map(|level| (figures.per_second(level.load) / level.per_second - 1.0).powi(2)).sum::<f64>();
    let off = (off / levels.len() as f64).sqrt();
    if off > MISFIT || off.is_nan() {
        return Err(Lack::Misfit(off));
    }
    let drawn = drawn(&points, &figures);
    let range = |of: &dyn Fn(&Figures) -> f64| range(of(&figures), drawn.iter().map(of).collect());
    let bend = range(&|one| 1.0 - 1.0 / one.slowed(last.load));
    if bend.low < BEND {
        return Err(Lack::NoBend);
    }
    let people = range(&Figures::peak);
    let peak = (people.high <= last.load * BEYOND && people.value >= 1.0)
        .then(|| Peak { people, per_second: range(&|one| one.per_second(one.peak().max(1.0))) });
    Ok(Law {
        alone: range(&|one| one.alone),
        contention: range(&|one| one.contention),
        coherency: range(&|one| one.coherency),
        peak,
        off,
    })
}

/// Laws of points whose residuals were drawn again, in blocks of neighbours in time.
fn drawn(points: &[Point], figures: &Figures) -> Vec<Figures> {
    let expected = |point: &Point| figures.per_second(point.people);
    let residuals: Vec<f64> = points.iter().map(|point| point.per_second / expected(point)).collect();
    let length = blocks::length(&residuals);
    let (mut dice, mut drawn) = (Dice::new(0, 0), Vec::new());
    let mut once = || {
        blocks::draw(&mut dice, residuals.len(), length, &mut drawn);
        let order = drawn.iter().flat_map(|(from, until)| *from..*until);
        let again =
            order.zip(points).map(|(at, point)| Point { per_second: expected(point) * residuals[at], ..*point });
        fit(&again.collect::<Vec<_>>())
    };
    (0..DRAWS).filter_map(|_| once()).collect()
}

fn range(value: f64, mut drawn: Vec<f64>) -> Range {
    drawn.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| drawn.get(((drawn.len().saturating_sub(1)) as f64 * share).round() as usize).copied();
    Range { value, low: at(0.025).unwrap_or(value).min(value), high: at(0.975).unwrap_or(value).max(value) }
}

/// The law with the least errors, by what chance makes of each window.
fn fit(points: &[Point]) -> Option<Figures> {
    let first =
        step(points, |point| (point.people / point.per_second.max(1e-9), (point.per_second / point.people).powi(2)));
    (0..STEPS).try_fold(first?, |known, _| {
        step(points, |point| {
            // The law's rate, linear around what is known: what N/X would be for it to be the measured rate.
            let rate = known.per_second(point.people);
            let counted = 1.0 / (rate * point.seconds).max(1.0);
            let slow = point.people / rate;
            (slow * (2.0 - point.per_second / rate), 1.0 / (counted + RESTLESS * RESTLESS) / (slow * slow))
        })
    })
}

/// One step of the fit, to a wanted N/X and its weight for each window: of all laws that have σ and κ, or only
/// one of them, or none, the best that is allowed.
fn step(points: &[Point], wanted: impl Fn(&Point) -> (f64, f64)) -> Option<Figures> {
    // In units of the most people, as squares of thousands would eat the digits of the rest.
    let most = points.iter().map(|point| point.people).fold(1.0, f64::max);
    let terms = |people: f64| [1.0, (people - 1.0) / most, people * (people - 1.0) / most / most];
    let mut sums = [[0.0; 4]; 3];
    for point in points {
        let ((slow, weight), terms) = (wanted(point), terms(point.people));
        for (row, one) in sums.iter_mut().zip(terms) {
            row.iter_mut().zip(terms).for_each(|(sum, other)| *sum += weight * one * other);
            row[3] += weight * one * slow;
        }
    }
    let tries: [&[usize]; 4] = [&[0, 1, 2], &[0, 1], &[0, 2], &[0]];
    let solved = tries.into_iter().filter_map(|used| solve(&sums, used));
    let allowed = solved.filter(|found| found[0] > 0.0 && found.iter().all(|one| one.is_finite() && *one >= 0.0));
    // The sum of squares without the part that is the same for all.
    let error = |found: &[f64; 3]| {
        let row = |at: usize| found[at] * ((0..3).map(|of| sums[at][of] * found[of]).sum::<f64>() - 2.0 * sums[at][3]);
        (0..3).map(row).sum::<f64>()
    };
    let [alone, contention, coherency] = allowed.min_by(|a, b| error(a).total_cmp(&error(b)))?;
    let (contention, coherency) = (contention / most / alone, coherency / most / most / alone);
    Some(Figures { alone: 1.0 / alone, contention, coherency })
}

/// Solves the normal equations for the terms that are used, by Gauss's elimination with pivots; the others are 0.
fn solve(sums: &[[f64; 4]; 3], used: &[usize]) -> Option<[f64; 3]> {
    let mut rows: Vec<Vec<f64>> =
        used.iter().map(|at| used.iter().map(|of| sums[*at][*of]).chain([sums[*at][3]]).collect()).collect();
    let count = used.len();
    for at in 0..count {
        let pivot = (at..count).max_by(|a, b| rows[*a][at].abs().total_cmp(&rows[*b][at].abs()))?;
        rows.swap(at, pivot);
        let top = rows[at].clone();
        if top[at].abs() < 1e-12 {
            return None;
        }
        for row in rows.iter_mut().skip(at + 1) {
            let share = row[at] / top[at];
            row.iter_mut().zip(&top).for_each(|(one, above)| *one -= share * above);
        }
    }
    let mut found = [0.0; 3];
    for at in (0..count).rev() {
        let known: f64 = (at + 1..count).map(|of| rows[at][of] * found[used[of]]).sum();
        found[used[at]] = (rows[at][count] - known) / rows[at][at];
    }
    Some(found)
}
