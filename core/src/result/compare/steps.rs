//! The steps of two results: which are in both, which are new or gone, and what changed most.
//!
//! Must not know what is said about it.

use super::change::{Change, Figure, Quantity, Sense, figure};
use super::spread::Windows;
use crate::result::Opened;
use crate::stats::summary::RowSummary;
use crate::stats::{Name, NameId, NameKind};

/// A step that both results have.
#[derive(Debug, Clone, PartialEq)]
pub struct StepChange {
    /// Its name in B.
    pub label: String,
    /// Its name in A, where it was another one.
    pub was: Option<String>,
    /// Its id in the scenario of B; may be empty.
    pub id: String,
    /// Its number among the names of A and of B.
    pub names: (NameId, NameId),
    /// How many requests there were in A and in B.
    pub counts: (u64, u64),
    /// How many of them have a response time.
    pub answers: (u64, u64),
    /// Its figures, in the order of [`Quantity::ALL`].
    pub figures: Vec<Figure>,
}

impl StepChange {
    /// One of its figures.
    pub fn figure(&self, quantity: Quantity) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.quantity == quantity)
    }

    /// The figure that says most. Requests per second are never it: how often a step comes is up to the test.
    pub fn telling(&self) -> Option<&Figure> {
        telling(&self.figures)
    }

    /// What its change is worth, all in all.
    pub fn change(&self) -> Change {
        self.telling().map_or(Change::CantTell, |figure| figure.change)
    }
}

/// The figure that says most: failures before times, worse before better, what changed before what may have, and that before
/// what did not. 99 of 100 is too uncertain for a sign of change to count.
pub(super) fn telling(figures: &[Figure]) -> Option<&Figure> {
    let of = |quantity| figures.iter().find(|figure| figure.quantity == quantity);
    let times = || [Quantity::P95, Quantity::Typical].into_iter().filter_map(of);
    [Quantity::Failed, Quantity::P95, Quantity::Typical, Quantity::P99]
        .into_iter()
        .filter_map(of)
        .filter(|figure| figure.change.is_one())
        .min_by_key(|figure| figure.change != Change::Worse)
        .or_else(|| times().chain(of(Quantity::Failed)).find(|figure| figure.is_open()))
        .or_else(|| times().find(|figure| figure.change == Change::Same))
        .or_else(|| times().find(|figure| figure.a.is_some() && figure.b.is_some()))
        .or_else(|| of(Quantity::Typical))
}

/// What had traffic: only that is compared.
fn rows(opened: &Opened) -> Vec<(&RowSummary, &Name, NameId)> {
    let requests = opened.summary.rows.iter().filter(|row| row.of == NameKind::Request && row.count > 0);
    let named = requests.filter_map(|row| {
        let id = row.name?;
        Some((row, opened.timeline.names().get(id.at())?, id))
    });
    named.collect()
}

/// Steps in both, not settled yet; names of those only in B, and only in A. Steps are the same if their names in
/// results are; else if their ids are, as after a change of the name.
pub(super) fn steps(
    (a, b): (&Opened, &Opened),
    windows: &Windows,
    rate: Sense,
) -> (Vec<StepChange>, Vec<String>, Vec<String>) {
    let (mut before, now) = (rows(a), rows(b));
    let mut pairs = Vec::new();
    let mut left = Vec::new();
    for row in now {
        match before.iter().position(|old| old.1.label == row.1.label) {
            Some(at) => pairs.push((before.remove(at), row)),
            None => left.push(row),
        }
    }
    let mut added = Vec::new();
    for row in left {
        match before.iter().position(|old| !old.1.id.is_empty() && old.1.id == row.1.id) {
            Some(at) => pairs.push((before.remove(at), row)),
            None => added.push(row.1.label.clone()),
        }
    }
    let step = |(old, new): ((&RowSummary, &Name, NameId), (&RowSummary, &Name, NameId))| {
        let spreads = Quantity::ALL.into_iter().zip(windows.spreads((Some(old.2), Some(new.2))));
        StepChange {
            label: new.1.label.clone(),
            was: (old.1.label != new.1.label).then(|| old.1.label.clone()),
            id: new.1.id.clone(),
            names: (old.2, new.2),
            counts: (old.0.count, new.0.count),
            answers: (old.0.response.count, new.0.response.count),
            figures: spreads.map(|(what, spread)| figure(what, rate, (old.0, new.0), spread)).collect(),
        }
    };
    let steps = pairs.into_iter().map(step).collect();
    (steps, added, before.into_iter().map(|row| row.1.label.clone()).collect())
}

/// Puts the biggest change first.
pub(super) fn sort(steps: &mut [StepChange]) {
    steps.sort_by(|one, other| order(other).partial_cmp(&order(one)).unwrap_or(std::cmp::Ordering::Equal));
}

/// What changed for certain stands first, then what may have, what can't be said last; among equals the greater distance, then the longer time.
fn order(step: &StepChange) -> (u8, f64, f64) {
    let telling = step.telling();
    let class = match step.change() {
        Change::Worse => 4,
        Change::Better | Change::More | Change::Less => 3,
        Change::CantTell if telling.is_some_and(Figure::is_open) => 2,
        Change::Same => 1,
        Change::CantTell => 0,
    };
    (class, telling.map_or(0.0, Figure::distance), telling.and_then(|figure| figure.b).unwrap_or(0.0))
}
