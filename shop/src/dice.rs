//! Numbers that look random and are a pure function of a seed and a request's number, so that the same seed and the
//! same order of requests give the same shop. It must not keep state.

/// What a throw is for: throws of different dice for one request don't depend on each other.
#[derive(Clone, Copy)]
pub(crate) enum Die {
    LatencyRadius = 1,
    LatencyAngle,
    Drop,
    Error,
    Pay,
    Token,
    Person,
    Form,
    Catalogue,
}

/// 64 well-mixed bits (the finaliser of SplitMix64, Steele et al. 2014).
pub(crate) fn mix(seed: u64, number: u64, die: Die) -> u64 {
    let mut bits = seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (die as u64).wrapping_mul(0xd1b5_4a32_d192_ed03);
    for _ in 0..2 {
        bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
    }
    bits
}

/// A number in [0, 1), uniform.
pub(crate) fn share(seed: u64, number: u64, die: Die) -> f64 {
    (mix(seed, number, die) >> 11) as f64 / (1u64 << 53) as f64
}

/// A standard normal number (Box–Muller), for the spread of latencies.
pub(crate) fn bell(seed: u64, number: u64) -> f64 {
    let radius = 1.0 - share(seed, number, Die::LatencyRadius);
    let angle = share(seed, number, Die::LatencyAngle) * std::f64::consts::TAU;
    (-2.0 * radius.ln()).sqrt() * angle.cos()
}
