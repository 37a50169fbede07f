//! Two results side by side: what changed, by how much, and whether that is more than chance. A is what was before, B is
//! what is now.
//!
//! Pure functions of two opened results, for the app, the command line and reports alike. A change counts only if it is
//! large enough to matter and the values of short stretches of both runs differ by more than chance; everything else is
//! "about the same", or "too few to say". Must not know where the files are, nor how a comparison is shown.

mod alike;
mod change;
mod levels;
pub mod rank;
mod steps;
mod stretches;
mod words;

use crate::result::Opened;

pub use alike::{Aspect, Difference};
pub use change::{Change, Figure, Quantity, Sense};
pub use levels::{Level, level_width, levels};
pub use steps::StepChange;
pub use words::{SAME, TOO_FEW, factor};

use stretches::Stretches;

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
    let rate = if alike::same_load(&differences) { Sense::HigherIsBetter } else { Sense::Neither };
    let seconds = stretches::length(a, b);
    let (in_a, in_b) = (Stretches::of(a, seconds), Stretches::of(b, seconds));
    let all = (&a.summary.all, &b.summary.all);
    let figure = |quantity| change::figure(quantity, rate, (all.0, &in_a), (all.1, &in_b));
    let figures: Vec<Figure> = Quantity::ALL.into_iter().map(figure).collect();
    let (steps, added, removed) = steps::steps((a, &in_a), (b, &in_b), rate);
    let mut comparison = Comparison { sentences: Vec::new(), differences, figures, steps, added, removed };
    comparison.sentences = words::sentences(&comparison, (a.summary.all.count, b.summary.all.count));
    comparison
}

impl Comparison {
    /// A figure of all requests.
    pub fn figure(&self, quantity: Quantity) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.quantity == quantity)
    }
}

#[cfg(test)]
mod tests;
