//! Drawing windows of a run again and again, in blocks, so that what lies together in time stays together: the circular
//! block bootstrap (Künsch, "The jackknife and the bootstrap for general stationary observations", 1989; Politis and
//! Romano, "A circular block-resampling procedure for stationary data", 1992).
//!
//! Must not know what is in a window.

use crate::plan::dice::Dice;

/// A stretch of windows: the first, and the one after the last.
pub type Block = (usize, usize);

/// How many windows a block has: enough for neighbours to keep what they share, few enough for many blocks.
///
/// The automatic choice of Politis and White ("Automatic block-length selection for the dependent bootstrap", 2004) as
/// corrected by Patton, Politis and White (2009), for the circular bootstrap: with R(k) the autocovariances and λ the
/// flat-top window, G = Σ λ(k/M)·|k|·R(k), g = Σ λ(k/M)·R(k), and b = (2·G² / (4/3·g²))^⅓ · n^⅓. No less than n^⅓, which is
/// its rate (Hall, Horowitz and Jing, 1995), as in short runs the autocovariances are themselves uncertain; and no more
/// than a third of all windows.
pub fn length(values: &[f64]) -> usize {
    let n = values.len();
    let least = (n as f64).cbrt().ceil() as usize;
    let most = (n / 3).max(1);
    politis_white(values).map_or(least, |wanted| wanted.max(least)).clamp(1, most)
}

fn politis_white(values: &[f64]) -> Option<usize> {
    let n = values.len();
    let logarithm = (n.max(10) as f64).log10();
    let in_a_row = logarithm.sqrt().ceil().max(5.0) as usize;
    let furthest = ((n as f64).sqrt().ceil() as usize + in_a_row).min(n.saturating_sub(1));
    let covariances = autocovariances(values, furthest);
    let whole = covariances.first().copied().filter(|whole| *whole > 0.0)?;
    let bound = 2.0 * (logarithm / n as f64).sqrt();
    let matters = |lag: usize| covariances.get(lag).is_some_and(|one| (one / whole).abs() >= bound);
    let quiet = |from: usize| (1..=in_a_row).all(|more| !matters(from + more));
    let last = (0..=furthest).find(|from| quiet(*from)).unwrap_or(furthest);
    let reach = (2 * last.max(1)).min(furthest);
    let window = |lag: usize| (2.0 * (1.0 - lag as f64 / reach as f64)).clamp(0.0, 1.0);
    let both_sides = (1..=reach).map(|lag| (2.0 * window(lag) * covariances[lag], lag as f64));
    let (sum, weighted) =
        both_sides.fold((whole, 0.0), |(sum, weighted), (one, lag)| (sum + one, weighted + one * lag));
    if sum <= 0.0 {
        return None;
    }
    let wanted = (2.0 * weighted * weighted / (4.0 / 3.0 * sum * sum)).cbrt() * (n as f64).cbrt();
    Some((wanted.ceil() as usize).min((3.0 * (n as f64).sqrt()).ceil() as usize))
}

/// How values go together with those so many places later: at lag 0, which is the variance, 1, 2 and so on.
pub fn autocovariances(values: &[f64], furthest: usize) -> Vec<f64> {
    let n = values.len();
    if n == 0 {
        return Vec::new();
    }
    let mean = values.iter().sum::<f64>() / n as f64;
    let at = |lag: usize| {
        values.iter().zip(&values[lag..]).map(|(one, later)| (one - mean) * (later - mean)).sum::<f64>() / n as f64
    };
    (0..=furthest.min(n - 1)).map(at).collect()
}

/// Draws as many windows as there are, in blocks that go on at the beginning where they reach the end.
pub fn draw(dice: &mut Dice, windows: usize, length: usize, into: &mut Vec<Block>) {
    into.clear();
    let mut left = windows;
    while left > 0 {
        let wanted = length.clamp(1, left);
        let from = dice.below(windows as u64) as usize;
        let until = from + wanted;
        into.push((from, until.min(windows)));
        if until > windows {
            into.push((0, until - windows));
        }
        left -= wanted;
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{autocovariances, draw, length};
    use crate::plan::dice::Dice;

    /// Values that remember so much of the one before.
    fn remembering(share: f64, count: usize, seed: u64) -> Vec<f64> {
        let mut dice = Dice::new(seed, 0);
        let mut value = 0.0;
        let mut next = || {
            value = share * value + dice.normal();
            value
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn the_longer_values_remember_the_longer_are_blocks() {
        let mean = |share| (0..20).map(|seed| length(&remembering(share, 500, seed))).sum::<usize>() as f64 / 20.0;
        let (none, some, much) = (mean(0.0), mean(0.5), mean(0.9));
        assert!(none < 12.0 && some > none && much > 1.5 * some, "{none} {some} {much}");
        for (values, wanted) in [(vec![], 1), (vec![1.0], 1), (vec![1.0; 27], 3), (vec![0.0; 6], 2)] {
            assert_eq!(length(&values), wanted);
        }
    }

    #[test]
    fn every_window_is_drawn_about_as_often() {
        let (mut dice, mut blocks, mut often) = (Dice::new(1, 0), Vec::new(), [0_u32; 10]);
        for _ in 0..2_000 {
            draw(&mut dice, 10, 4, &mut blocks);
            assert_eq!(blocks.iter().map(|(from, until)| until - from).sum::<usize>(), 10);
            blocks.iter().flat_map(|(from, until)| *from..*until).for_each(|at| often[at] += 1);
        }
        assert!(often.iter().all(|count| (1_800..2_200).contains(count)), "{often:?}");
        draw(&mut dice, 0, 4, &mut blocks);
        assert!(blocks.is_empty() && autocovariances(&[], 3).is_empty());
    }
}
