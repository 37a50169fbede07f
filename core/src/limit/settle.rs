//! Whether a step has settled: no change-point in what is left of it. Must not know what is measured.

/// Fewer seconds than this on either side of a change say nothing.
const SIDE: usize = 3;

/// How clear a change is, as its difference over the error of that: chance alone makes the best of many splits look like
/// two or three.
const CLEAR: f64 = 4.0;

/// A change of less than this share is none.
const MATTERS: f64 = 0.08;

/// From which value on the series has settled: what lies before the last change is left out, and so on until nothing changes
/// any more. A change is where two means fit better than one, by least squares (binary segmentation: A. Scott and M. Knott, "A
/// cluster analysis method for grouping means in the analysis of variance", Biometrics 30, 1974).
pub(super) fn settled_from(values: &[f64]) -> usize {
    let mut from = 0;
    while let Some(change) = change(&values[from..]) {
        from += change;
    }
    from
}

/// Where a series changes most, if that is clear and matters.
fn change(values: &[f64]) -> Option<usize> {
    let n = values.len();
    if n < 2 * SIDE {
        return None;
    }
    let best = (SIDE..=n - SIDE).map(|at| (at, between(values, at))).max_by(|a, b| a.1.total_cmp(&b.1))?;
    let (before, after) = values.split_at(best.0);
    let (low, high) = (mean(before), mean(after));
    let within = squares(before, low) + squares(after, high);
    let variance = within / (n - 2).max(1) as f64;
    let error = (variance * (1.0 / before.len() as f64 + 1.0 / after.len() as f64)).sqrt();
    let far = (high - low).abs();
    let matters = far > MATTERS * low.min(high).abs().max(1e-9);
    (matters && far > CLEAR * error).then_some(best.0)
}

/// The squares that a split explains.
fn between(values: &[f64], at: usize) -> f64 {
    let (before, after) = values.split_at(at);
    let (a, b) = (before.len() as f64, after.len() as f64);
    a * b / (a + b) * (mean(before) - mean(after)).powi(2)
}

/// How many times higher the last third is than the first; 1 where there is too little to say.
pub(super) fn growth(values: &[f64]) -> f64 {
    let third = values.len() / 3;
    if third == 0 {
        return 1.0;
    }
    let (first, last) = (mean(&values[..third]), mean(&values[values.len() - third..]));
    if first > 0.0 { last / first } else { 1.0 }
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn squares(values: &[f64], mean: f64) -> f64 {
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{growth, settled_from};
    use crate::plan::dice::Dice;

    #[test]
    fn what_comes_before_the_last_change_is_left_out() {
        let mut dice = Dice::new(1, 0);
        let mut noise = |level: f64| level * (1.0 + 0.05 * dice.normal());
        let steady: Vec<f64> = (0..30).map(|_| noise(100.0)).collect();
        let stepped: Vec<f64> = (0..30).map(|second| noise(if second < 8 { 300.0 } else { 100.0 })).collect();
        let growing: Vec<f64> = (0..40).map(|second| noise(100.0 + 20.0 * f64::from(second))).collect();
        assert!(settled_from(&steady) == 0 && settled_from(&stepped) == 8, "{}", settled_from(&stepped));
        assert!(growing.len() - settled_from(&growing) < 12, "what grows does not settle: {}", settled_from(&growing));
        assert!(growth(&growing) > 2.0 && growth(&steady) < 1.1);
        assert!(settled_from(&[]) == 0 && settled_from(&[f64::MAX; 20]) == 0 && growth(&[0.0; 9]) == 1.0);
    }
}
