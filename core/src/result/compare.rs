//! Two results side by side: what changed, by how much, and whether that is more than chance. A is what was before, B is
//! what is now.
//!
//! Pure functions of two opened results, for the app, the command line and reports alike. A change counts only if it is
//! large enough to matter and more than chance; "about the same" is what did not change by more than a margin for certain;
//! everything else can't be told, and then it is said how much longer the runs would have to be. Chance is known from the
//! windows of both runs, drawn in blocks. Must not know where the files are, nor how a comparison is shown.

mod alike;
mod change;
mod levels;
mod spread;
mod steps;
mod stretches;
mod sums;
mod trend;
mod words;

use crate::result::Opened;
use crate::verdict::windows::side_by_side;

pub use alike::{Aspect, Difference};
pub use change::{Change, Figure, Quantity, Sense};
pub use levels::{Level, level_width, levels};
pub use steps::StepChange;
pub use trend::{Run, Trend, trend};
pub use words::{CANT_TELL, SAME, TOO_FEW, factor, needs};

use spread::Windows;

/// Two results, compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What there is to say, the outcome first.
    pub sentences: Vec<String>,
    /// Why the two are not like for like; nothing where they are.
    pub differences: Vec<Difference>,
    /// The figures of all requests.
    pub figures: Vec<Figure>,
    /// Steps that both have, the biggest change first.
    pub steps: Vec<StepChange>,
    /// Steps that only B has, by their names in results.
    pub added: Vec<String>,
    /// Steps that only A has.
    pub removed: Vec<String>,
}

/// Compares two results.
pub fn compare(a: &Opened, b: &Opened) -> Comparison {
    let differences = alike::differences(a, b);
    // Who sends more because more people came is not faster for it.
    let same_load = alike::same_load(&differences);
    let rate = if same_load { Sense::HigherIsBetter } else { Sense::Neither };
    let seconds = stretches::length(a, b);
    let (in_a, in_b) = (side_by_side(&a.timeline, seconds), side_by_side(&b.timeline, seconds));
    let windows = Windows::new(&in_a, &in_b, same_load, b.summary.rows.len() + 1);
    let (mut steps, added, removed) = steps::steps((a, b), &windows, rate);
    let rows = (&a.summary.all, &b.summary.all);
    let spreads = Quantity::ALL.into_iter().zip(windows.spreads((None, None)));
    let mut figures: Vec<Figure> =
        spreads.map(|(quantity, spread)| change::figure(quantity, rate, rows, spread)).collect();
    settle(&mut figures, &mut steps, (a, b));
    steps::sort(&mut steps);
    let mut comparison = Comparison { sentences: Vec::new(), differences, figures, steps, added, removed };
    comparison.sentences = words::sentences(&comparison, (a.summary.all.count, b.summary.all.count));
    comparison
}

/// Settles everything together: the more is looked at, the more has to be certain.
fn settle(figures: &mut [Figure], steps: &mut [StepChange], (a, b): (&Opened, &Opened)) {
    let counts = (a.summary.all.response.count, b.summary.all.response.count);
    let all = figures.iter_mut().map(|figure| (figure, counts));
    let of_steps = steps.iter_mut().flat_map(|step| {
        let answers = step.answers;
        step.figures.iter_mut().map(move |figure| (figure, answers))
    });
    let mut together: Vec<_> = all.chain(of_steps).collect();
    change::settle(&mut together, a.summary.measured_seconds.min(b.summary.measured_seconds));
}

impl Comparison {
    /// Whether anything got worse: a figure of all requests, or a step.
    pub fn is_worse(&self) -> bool {
        self.changes().any(|change| change == Change::Worse)
    }

    /// Whether nothing got worse and something got better.
    pub fn is_better(&self) -> bool {
        !self.is_worse() && self.changes().any(|change| change == Change::Better)
    }

    /// What all of it comes to: worse where anything got worse, and the same only where that is known of every step.
    pub fn outcome(&self) -> Change {
        match () {
            () if self.steps.is_empty() => Change::CantTell,
            () if self.is_worse() => Change::Worse,
            () if self.is_better() => Change::Better,
            () if self.steps.iter().all(|step| step.change() == Change::Same) => Change::Same,
            () => Change::CantTell,
        }
    }

    fn changes(&self) -> impl Iterator<Item = Change> + '_ {
        let all = self.figures.iter().map(|figure| figure.change);
        all.chain(self.steps.iter().map(StepChange::change))
    }

    /// A figure of all requests.
    pub fn figure(&self, quantity: Quantity) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.quantity == quantity)
    }
}

#[cfg(test)]
mod tests;
