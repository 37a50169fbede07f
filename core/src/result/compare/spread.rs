//! How far a change may be from the truth, because another hour would have had other seconds: windows of both runs are drawn
//! again and again, in blocks, and every value is made anew from their merged counts.
//!
//! Must not say what a change is worth.

use super::change::Quantity;
use super::sums::Sums;
use crate::chance::blocks::{Block, draw, length};
use crate::plan::dice::Dice;
use crate::stats::NameId;
use crate::verdict::windows::Window;

/// How often windows are drawn; with many steps less often, so that it stays quick.
const DRAWS: (usize, usize) = (60, 200);

/// So many draws for all steps together.
const ALL_DRAWS: usize = 12_000;

/// Fewer blocks than this say nothing.
const FEWEST_BLOCKS: f64 = 5.0;

/// Where all chance comes from: the same two results are always judged alike.
const SEED: u64 = 1979;

/// How uncertain a change is: of times and rates, of the logarithm of B over A; of shares, of B less A.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    /// Its standard error.
    pub error: f64,
    /// How well that is known: the degrees of freedom.
    pub freedom: f64,
}

/// The windows of both runs.
pub(super) struct Windows<'a> {
    /// Those of A.
    pub a: &'a [Window],
    /// Those of B.
    pub b: &'a [Window],
    /// Whether both had the same load at the same time. The same windows are then drawn from both, so that a load that goes up
    /// and down, which both share, is no uncertainty.
    pub together: bool,
    /// How often to draw.
    draws: usize,
}

impl<'a> Windows<'a> {
    /// Windows for so many steps.
    pub fn new(a: &'a [Window], b: &'a [Window], together: bool, steps: usize) -> Self {
        let draws = (ALL_DRAWS / steps.max(1)).clamp(DRAWS.0, DRAWS.1);
        match together {
            true => {
                let both = a.len().min(b.len());
                Self { a: &a[..both], b: &b[..both], together, draws }
            }
            false => Self { a, b, together, draws },
        }
    }

    /// How uncertain each figure is, in the order of [`Quantity::ALL`]; none where so few windows can't say.
    pub fn spreads(&self, (name_a, name_b): (Option<NameId>, Option<NameId>)) -> [Option<Spread>; 5] {
        let (a, b) = (Sums::of(self.a, name_a), Sums::of(self.b, name_b));
        let (long_a, long_b) = self.lengths(&a, &b);
        let mut dice = Dice::new(SEED, u64::from(name_b.map_or(u16::MAX, |name| name.0)));
        let mut moments = [Moments::default(); 5];
        let (mut in_a, mut in_b): (Vec<Block>, Vec<Block>) = (Vec::new(), Vec::new());
        for _ in 0..self.draws {
            draw(&mut dice, self.a.len(), long_a, &mut in_a);
            match self.together {
                true => in_b.clone_from(&in_a),
                false => draw(&mut dice, self.b.len(), long_b, &mut in_b),
            }
            for (quantity, moments) in Quantity::ALL.into_iter().zip(&mut moments) {
                let values = (a.value(quantity, &in_a), b.value(quantity, &in_b));
                if let (Some(from), Some(to)) = values {
                    moments.add(scaled(quantity, from), scaled(quantity, to));
                }
            }
        }
        let blocks = |windows: usize, long: usize| windows as f64 / long.max(1) as f64;
        let counts = (blocks(self.a.len(), long_a), blocks(self.b.len(), long_b));
        let enough = counts.0 >= FEWEST_BLOCKS && counts.1 >= FEWEST_BLOCKS;
        moments.map(|moments| {
            // Draws that have no answers would make the others look surer than they are.
            let whole = enough && moments.count as usize * 10 >= self.draws * 9;
            whole.then(|| moments.spread(counts, self.together))
        })
    }

    /// How many windows make a block, in A and in B: what the middle and failures need. Higher percentiles follow the same
    /// levels under more noise.
    fn lengths(&self, a: &Sums, b: &Sums) -> (usize, usize) {
        let figures = [Quantity::Typical, Quantity::Failed];
        let longest = |of: &dyn Fn(Quantity) -> Vec<f64>| figures.into_iter().map(|one| length(&of(one))).max();
        if !self.together {
            let (long_a, long_b) = (longest(&|one| a.leanings(one)), longest(&|one| b.leanings(one)));
            return (long_a.unwrap_or(1), long_b.unwrap_or(1));
        }
        let apart = |one| a.leanings(one).into_iter().zip(b.leanings(one)).map(|(a, b)| b - a).collect();
        let both = longest(&apart).unwrap_or(1).max(length(&vec![0.0; self.a.len()]));
        (both, both)
    }
}

/// A value as its changes are counted: times and rates by their logarithm.
pub(super) fn scaled(quantity: Quantity, value: f64) -> f64 {
    let least = if quantity.is_time() { 1.0 } else { 1e-9 };
    if quantity == Quantity::Failed { value } else { value.max(least).ln() }
}

/// What the draws have in common.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    count: f64,
    /// Mean of A, of B, and of their difference; and the sums of squares around them.
    means: [f64; 3],
    squares: [f64; 3],
}

impl Moments {
    /// One draw more (Welford's way, which loses no digits).
    fn add(&mut self, a: f64, b: f64) {
        self.count += 1.0;
        for (at, value) in [a, b, b - a].into_iter().enumerate() {
            let before = value - self.means[at];
            self.means[at] += before / self.count;
            self.squares[at] += before * (value - self.means[at]);
        }
    }

    /// The error, larger than in the draws by what few blocks lack, and its freedom: that of Bartlett's window, which blocks
    /// at any place amount to, is half as much again as there are blocks (Priestley, "Spectral Analysis and Time Series",
    /// 1981, section 6.2); of two runs by themselves after Welch ("The generalization of Student's problem", 1947).
    fn spread(&self, (blocks_a, blocks_b): (f64, f64), together: bool) -> Spread {
        let variance =
            |at: usize, blocks: f64| self.squares[at] / (self.count - 1.0).max(1.0) * blocks / (blocks - 1.0);
        let freedom = |blocks: f64| 1.5 * blocks - 1.0;
        if together {
            return Spread { error: variance(2, blocks_a).sqrt(), freedom: freedom(blocks_a) };
        }
        let (a, b) = (variance(0, blocks_a), variance(1, blocks_b));
        let whole = a + b;
        let parts = a * a / freedom(blocks_a) + b * b / freedom(blocks_b);
        let freedom = if parts > 0.0 { whole * whole / parts } else { freedom(blocks_a) + freedom(blocks_b) };
        Spread { error: whole.sqrt(), freedom }
    }
}
