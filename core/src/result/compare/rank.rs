//! Whether two sets of numbers differ by more than chance: by their ranks, or as shares of counts.
//!
//! Must not know what the numbers are.

use std::cmp::Ordering;

/// Up to this many pairs of values, and without ties, chances are counted one by one.
const EXACT_PAIRS: usize = 1_000;

/// What the ranks of two sets say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranks {
    /// In how many pairs the value of the second set is the greater one; ties count half.
    pub u: f64,
    /// How probable ranks at least this uneven are where both sets come from the same source; two-sided, from 0 to 1.
    pub p: f64,
    /// Whether values of the second set tend to be less, the same or greater.
    pub second_is: Ordering,
}

/// The Mann–Whitney U test (Mann and Whitney, "On a test of whether one of two random variables is stochastically larger
/// than the other", 1947). Small sets without ties are counted exactly, by their recurrence; others by the normal
/// approximation with the correction for ties and for continuity (Lehmann, "Nonparametrics", 1975, chapter 1). `None` for
/// an empty set; values that are no numbers are left out.
pub fn mann_whitney(first: &[f64], second: &[f64]) -> Option<Ranks> {
    let numbers = |set: &[f64], which: bool| -> Vec<(f64, bool)> {
        set.iter().filter(|value| value.is_finite()).map(|value| (*value, which)).collect()
    };
    let mut all = [numbers(first, false), numbers(second, true)].concat();
    let n = all.iter().filter(|(_, which)| !which).count();
    let m = all.len() - n;
    if n == 0 || m == 0 {
        return None;
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut rank_sum, mut ties, mut before) = (0.0, 0.0, 0_usize);
    for same in all.chunk_by(|a, b| a.0 == b.0) {
        let count = same.len() as f64;
        let rank = before as f64 + (count + 1.0) / 2.0;
        rank_sum += rank * same.iter().filter(|(_, which)| *which).count() as f64;
        ties += count * count * count - count;
        before += same.len();
    }
    let (nf, mf) = (n as f64, m as f64);
    let u = rank_sum - mf * (mf + 1.0) / 2.0;
    let middle = nf * mf / 2.0;
    let p = if ties == 0.0 && n * m <= EXACT_PAIRS { exact(n, m, u) } else { approximate(nf, mf, u, ties) };
    let second_is = u.partial_cmp(&middle).unwrap_or(Ordering::Equal);
    Some(Ranks { u, p: p.clamp(0.0, 1.0), second_is })
}

/// The smallest chance that so many values can lead to: below 5 and 5 it is never under 0.01.
pub fn least_chance(n: usize, m: usize) -> f64 {
    let (few, whole) = (n.min(m), n + m);
    // The ways to choose `few` of all; beyond some hundreds it only matters that they are many.
    let ways = (0..few).fold(1.0_f64, |ways, at| (ways * (whole - at) as f64 / (at + 1) as f64).min(1e300));
    (2.0 / ways).min(1.0)
}

/// Two-sided chance, from the number of ways in which `u` or less comes about.
fn exact(n: usize, m: usize, u: f64) -> f64 {
    let pairs = n * m;
    let few = u.min(pairs as f64 - u).max(0.0) as usize;
    // Coefficients of the Gaussian binomial: how many of all arrangements have each value of U.
    let mut ways = vec![0.0_f64; pairs + 1];
    ways[0] = 1.0;
    for at in 1..=n {
        // times (1 - q^(m + at)), then divided by (1 - q^at)
        for power in (m + at..=pairs).rev() {
            ways[power] -= ways[power - m - at];
        }
        for power in at..=pairs {
            ways[power] += ways[power - at];
        }
    }
    let all: f64 = ways.iter().sum();
    2.0 * ways[..=few].iter().sum::<f64>() / all
}

fn approximate(n: f64, m: f64, u: f64, ties: f64) -> f64 {
    let all = n + m;
    let variance = n * m / 12.0 * ((all + 1.0) - ties / (all * (all - 1.0)));
    if variance <= 0.0 {
        return 1.0; // every value is the same
    }
    let z = ((u - n * m / 2.0).abs() - 0.5).max(0.0) / variance.sqrt();
    two_sided(z)
}

/// How probable two counts at least this uneven are where both come from the same share: the pooled test of two
/// proportions with Yates's correction (Fleiss, "Statistical Methods for Rates and Proportions", 1981, section 2.2). Each
/// is a part and its whole; 1 where there is nothing to compare.
pub fn two_shares((part_a, all_a): (u64, u64), (part_b, all_b): (u64, u64)) -> f64 {
    if all_a == 0 || all_b == 0 {
        return 1.0;
    }
    let (a, n, b, m) = (part_a as f64, all_a as f64, part_b as f64, all_b as f64);
    let pooled = (a + b) / (n + m);
    let spread = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).max(0.0).sqrt();
    if spread == 0.0 {
        return 1.0;
    }
    let apart = (a / n - b / m).abs() - (1.0 / n + 1.0 / m) / 2.0;
    two_sided(apart.max(0.0) / spread)
}

/// The chance of a standard normal value at least so far from 0, on either side.
fn two_sided(z: f64) -> f64 {
    erfc(z / std::f64::consts::SQRT_2).min(1.0)
}

/// The complementary error function for 0 and above, to a relative 1.2e-7: Chebyshev fit of Press et al., "Numerical
/// Recipes", second edition, section 6.2.
fn erfc(x: f64) -> f64 {
    const FIT: [f64; 10] = [
        -1.265_512_23,
        1.000_023_68,
        0.374_091_96,
        0.096_784_18,
        -0.186_288_06,
        0.278_868_07,
        -1.135_203_98,
        1.488_515_87,
        -0.822_152_23,
        0.170_872_77,
    ];
    let t = 1.0 / (1.0 + 0.5 * x);
    let fit = FIT.iter().rev().fold(0.0, |sum, coefficient| sum * t + coefficient);
    t * (-x * x + fit).exp()
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use std::cmp::Ordering::{self, Equal, Greater, Less};

    use super::{least_chance, mann_whitney, two_shares};

    fn near(got: f64, wanted: f64) {
        assert!((got - wanted).abs() <= wanted.abs() * 1e-6, "{got}, not {wanted}");
    }

    /// Both sets, U, p, and which way.
    type Row = (Vec<f64>, Vec<f64>, f64, f64, Ordering);

    /// U and p as SciPy 1.17 has them (`scipy.stats.mannwhitneyu`).
    #[test]
    fn ranks_say_what_other_programs_say() {
        let whole = |numbers: std::ops::Range<i32>| numbers.map(f64::from).collect::<Vec<_>>();
        let halves = |numbers: std::ops::Range<i32>| numbers.map(|number| f64::from(number) + 0.5).collect::<Vec<_>>();
        let rows: [Row; 7] = [
            (vec![1., 2., 3., 4., 5.], vec![6., 7., 8., 9., 10.], 25.0, 0.007_936_507_936_507_936, Greater),
            (vec![19., 22., 16., 29., 24.], vec![20., 11., 17., 12.], 3.0, 0.111_111_111_111_111_1, Less),
            (
                vec![1., 2., 2., 3., 4., 4., 4., 5.],
                vec![3., 4., 5., 5., 6., 7., 8.],
                48.0,
                0.022_042_625_611_343_3,
                Greater,
            ),
            (whole(0..40), halves(12..52), 1_222.0, 4.994_469_305_172_602e-5, Greater),
            (vec![0.0; 130], [vec![0.0; 125], vec![1.0; 5]].concat(), 8_775.0, 0.024_444_467_625_981_573, Greater),
            (vec![1.0; 3], vec![1.0; 3], 4.5, 1.0, Equal),
            (whole(1..31), halves(10..40), 690.0, 0.000_274_944_554_467_617_3, Greater),
        ];
        for (first, second, u, p, way) in rows {
            let ranks = mann_whitney(&first, &second).unwrap();
            near(ranks.u, u);
            near(ranks.p, p);
            assert_eq!(ranks.second_is, way);
            let turned = mann_whitney(&second, &first).unwrap();
            near(turned.p, p);
            assert_eq!(turned.second_is, way.reverse());
        }
        assert_eq!(mann_whitney(&[], &[1.0]), None);
        assert_eq!(mann_whitney(&[f64::NAN], &[1.0]), None);
    }

    /// As `scipy.stats.chi2_contingency` has it, with its correction.
    #[test]
    fn shares_say_what_other_programs_say() {
        near(two_shares((0, 1_000), (50, 1_000)), 2.251_861_238_114_5e-12);
        near(two_shares((3, 1_000), (6, 900)), 0.407_858_304_067_683_6);
        near(two_shares((0, 20), (20, 20)), 1.874_468_450_406_556e-9);
        for nothing in [((0, 0), (1, 2)), ((0, 10), (0, 20)), ((10, 10), (20, 20))] {
            assert_eq!(two_shares(nothing.0, nothing.1), 1.0);
        }
    }

    #[test]
    fn few_values_can_say_nothing() {
        near(least_chance(4, 4), 2.0 / 70.0);
        near(least_chance(5, 5), 2.0 / 252.0);
        assert_eq!(least_chance(0, 500), 1.0);
        assert!(least_chance(700, 700) < 1e-200);
    }
}
