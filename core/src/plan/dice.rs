//! Chance with a seed: the same seed gives the same run and the same preview, on every machine and in the browser.

use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A source of chance. Two dice of the same seed and stream throw the same.
#[derive(Debug, Clone)]
pub struct Dice(Xoshiro256PlusPlus);

impl Dice {
    /// The dice of `seed` for one `stream`, such as one person's number. Streams are independent of each other.
    pub fn new(seed: u64, stream: u64) -> Self {
        // The seed is spread by the generator's own SplitMix64; the odd constant (2^64 / golden ratio) keeps
        // neighbouring streams of neighbouring seeds apart.
        Self(Xoshiro256PlusPlus::seed_from_u64(seed.rotate_left(32) ^ stream.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    /// Sixty-four random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number from 0 (may come) to 1 (never comes), in steps of 2⁻⁵³.
    pub fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `end`, each equally likely; 0 where `end` is 0. Lemire's multiplication without the
    /// rejection step: the bias is below `end` / 2⁶⁴.
    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(end)) >> 64) as u64
    }

    /// A number between `low` and `high`, both of which may come.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        let (low, high) = (low.min(high), low.max(high));
        match (high - low).checked_add(1) {
            Some(count) => low + self.below(count),
            None => self.bits(),
        }
    }

    /// A draw from the normal distribution with mean 0 and deviation 1 (Box and Muller's transform).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.share()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.share()).cos()
    }

    /// A draw from the exponential distribution with mean 1 (by the inverse of its distribution function).
    pub fn exponential(&mut self) -> f64 {
        -(1.0 - self.share()).ln()
    }

    /// The generator itself, for libraries that want one.
    pub(crate) fn generator(&mut self) -> &mut Xoshiro256PlusPlus {
        &mut self.0
    }
}
