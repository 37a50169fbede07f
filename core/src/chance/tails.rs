//! Tails of distributions, and many tests at once.
//!
//! Must not know what is tested.

/// The chance of a standard normal value at least so far from 0, on either side.
pub fn normal(z: f64) -> f64 {
    erfc(z.abs() / std::f64::consts::SQRT_2).min(1.0)
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

/// The chance of a value of Student's t distribution at least so far from 0, on either side: the regularised incomplete
/// beta function, by its continued fraction (Press et al., sections 6.1 and 6.4). 1 where there is no freedom.
pub fn student(t: f64, freedom: f64) -> f64 {
    if freedom.is_nan() || freedom <= 0.0 || t.is_nan() {
        return 1.0;
    }
    if t.is_infinite() {
        return 0.0;
    }
    let (x, a, b) = (freedom / (freedom + t * t), freedom / 2.0, 0.5);
    if x >= 1.0 {
        return 1.0;
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp();
    let chance = match x < (a + 1.0) / (a + b + 2.0) {
        true => front * fraction(a, b, x) / a,
        false => 1.0 - front * fraction(b, a, 1.0 - x) / b,
    };
    chance.clamp(0.0, 1.0)
}

/// How far from 0 a value of Student's t distribution is in no more than this share of all cases, on either side; found by
/// halving. Infinite where there is no freedom.
pub fn student_bound(chance: f64, freedom: f64) -> f64 {
    if student(1e6, freedom) > chance {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (0.0, 1e6);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if student(middle, freedom) > chance { low = middle } else { high = middle }
    }
    high
}

/// The logarithm of the gamma function above 0 (Lanczos; Press et al., section 6.1).
fn ln_gamma(x: f64) -> f64 {
    const FIT: [f64; 6] = [
        76.180_091_729_471_46,
        -86.505_320_329_416_77,
        24.014_098_240_830_91,
        -1.231_739_572_450_155,
        0.120_865_097_386_617_9e-2,
        -0.539_523_938_495_3e-5,
    ];
    let series = FIT.iter().zip(1..).fold(1.000_000_000_190_015, |sum, (fit, at)| sum + fit / (x + f64::from(at)));
    let base = x + 5.5;
    (x + 0.5) * base.ln() - base + (2.506_628_274_631_000_5 * series / x).ln()
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let safe = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / safe(1.0 - (a + b) * x / (a + 1.0));
    let mut sum = d;
    for step in 1..=300 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / safe(1.0 + even * d);
        c = safe(1.0 + even / c);
        sum *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / safe(1.0 + odd * d);
        c = safe(1.0 + odd / c);
        sum *= d * c;
        if (d * c - 1.0).abs() < 1e-13 {
            break;
        }
    }
    sum
}

/// Chances of many tests, so that the chance of even one false alarm among them stays below the level that each is held to
/// (Holm, "A simple sequentially rejective multiple test procedure", 1979).
pub fn holm(chances: &mut [f64]) {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|a, b| chances[*a].total_cmp(&chances[*b]));
    let mut least = 0.0_f64;
    for (at, which) in order.iter().enumerate() {
        let left = (chances.len() - at) as f64;
        least = least.max((chances[*which] * left).min(1.0));
        chances[*which] = least;
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{holm, normal, student, student_bound};

    fn near(got: f64, wanted: f64) {
        assert!((got - wanted).abs() <= wanted.abs() * 1e-6 + 1e-12, "{got}, not {wanted}");
    }

    /// As `scipy.stats` has them: `2 * norm.sf(z)` and `2 * t.sf(t, freedom)`.
    #[test]
    fn tails_are_as_other_programs_have_them() {
        near(normal(1.96), 0.049_995_790_296_440_87);
        near(normal(-3.0), 0.002_699_796_063_260_207);
        near(student(2.776_445_105_197_793, 4.0), 0.05);
        near(student(12.706_204_736_174_7, 1.0), 0.05);
        near(student(1.0, 30.0), 0.325_308_661_491_2);
        near(student_bound(0.05, 4.0), 2.776_445_105_197_793);
        near(student_bound(0.01, 1e6), 2.575_834);
        assert_eq!((student(0.0, 5.0), student(f64::INFINITY, 5.0), student(3.0, 0.0)), (1.0, 0.0, 1.0));
        assert_eq!(student_bound(0.05, 0.0), f64::INFINITY);
    }

    #[test]
    fn many_tests_are_held_to_more() {
        let mut chances = [0.01, 0.04, 0.03, 0.005];
        holm(&mut chances);
        for (got, wanted) in chances.into_iter().zip([0.03, 0.06, 0.06, 0.02]) {
            near(got, wanted);
        }
        holm(&mut []);
    }
}
