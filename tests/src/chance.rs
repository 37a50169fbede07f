//! What chance allows.

use std::ops::RangeInclusive;

/// How often something of probability `share` may come in `picks` independent picks: 99.9 % of all series lie within.
///
/// The normal approximation of the binomial distribution, with the correction for continuity of half a pick.
pub fn binomial_999(picks: u64, share: f64) -> RangeInclusive<u64> {
    const DEVIATIONS: f64 = 3.290_5;
    let (middle, spread) = (picks as f64 * share, DEVIATIONS * (picks as f64 * share * (1.0 - share)).sqrt() + 0.5);
    (middle - spread).ceil().max(0.0) as u64..=(middle + spread).floor() as u64
}
