//! Shares: picks by weight, and heads split over user types by largest remainder.

use crate::plan::dice::Dice;

/// A weighted pick, prepared for many throws.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// Running sums of the weights.
    sums: Vec<f64>,
}

impl Pick {
    /// Prepares a pick; negative weights and those that are no numbers count as 0.
    pub fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let sums = weights.into_iter().scan(0.0, |sum, weight| {
            *sum += if weight.is_finite() { weight.max(0.0) } else { 0.0 };
            Some(*sum)
        });
        Self { sums: sums.collect() }
    }

    /// An index by chance, in proportion to its weight. `None` where all weights are 0.
    pub fn throw(&self, dice: &mut Dice) -> Option<usize> {
        let total = self.sums.last().copied().filter(|total| *total > 0.0)?;
        let wanted = dice.share() * total;
        Some(self.sums.partition_point(|sum| *sum <= wanted).min(self.sums.len() - 1))
    }

    /// The share of an index, from 0 to 1.
    pub fn share(&self, index: usize) -> f64 {
        let total = self.sums.last().copied().unwrap_or(0.0);
        let before = if index == 0 { 0.0 } else { self.sums[index - 1] };
        if total > 0.0 { (self.sums[index] - before) / total } else { 0.0 }
    }
}

/// How a user type's number of people is given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Heads {
    /// A share, as a weight beside the other types'.
    Share(f64),
    /// Exactly so many.
    Exactly(u32),
}

/// Splits `people` over user types. Exact numbers come first, in order, as far as there are people; the rest is split
/// by weight with the largest remainder (Hamilton's method): each type gets its quota rounded down, and those with the
/// largest fractions, the first of equals, one more. The sum is `people` wherever any weight is above 0.
pub fn apportion(people: u32, types: &[Heads]) -> Vec<u32> {
    let mut heads = vec![0; types.len()];
    let mut left = people;
    for (head, kind) in heads.iter_mut().zip(types) {
        if let Heads::Exactly(count) = kind {
            *head = left.min(*count);
            left -= *head;
        }
    }
    let weight = |kind: &Heads| match kind {
        Heads::Share(weight) if weight.is_finite() => weight.max(0.0),
        _ => 0.0,
    };
    let total: f64 = types.iter().map(weight).sum();
    if total <= 0.0 || left == 0 {
        return heads;
    }
    let mut fractions = Vec::with_capacity(types.len());
    let mut given = 0;
    for (at, kind) in types.iter().enumerate() {
        let quota = f64::from(left) * weight(kind) / total;
        // A quota that is whole but for the rounding of the division must not lose a head.
        let down = (quota + 1e-9).floor() as u32;
        if weight(kind) > 0.0 {
            heads[at] = down;
            given += down;
            fractions.push((quota - f64::from(down), at));
        }
    }
    fractions.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let missing = left.saturating_sub(given) as usize;
    for (_, at) in fractions.iter().cycle().take(missing) {
        heads[*at] += 1;
    }
    heads
}

#[cfg(test)]
mod tests;
