//! Whether comparisons are right as often as they say, on runs whose truth is known.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Change, Comparison, Opened, compare, sealed};
use crate::plan::dice::Dice;
use crate::stats::interval::{Interval, PackedRow};
use crate::stats::packed::Packed;
use crate::stats::snapshot::{People, Row};
use crate::stats::split::Split;
use crate::stats::timeline::{Timeline, Totals};
use crate::stats::{Name, NameId, NameKind};

/// How much of a second's level is that of the second before.
const REMEMBERED: f64 = 0.8;

/// How far levels of seconds are apart: most within a tenth.
const LEVELS: f64 = 0.1;

/// How far answers of one second are apart.
const ANSWERS: f64 = 0.4;

/// How many answers are drawn once, for those of all runs to be taken from.
const POOL: usize = 4_096;

/// A step: its name, the middle of its times in milliseconds, and how many there are in 5 seconds.
type Step = (&'static str, f64, usize);

const SHOP: [Step; 4] = [("Browse", 80.0, 40), ("Search", 150.0, 25), ("Basket", 120.0, 15), ("Pay", 300.0, 20)];

/// A level of each second that remembers the one before: an autoregressive process of order 1.
struct Level(f64);

impl Level {
    fn next(&mut self, dice: &mut Dice) -> f64 {
        let fresh = (1.0 - REMEMBERED * REMEMBERED).sqrt();
        self.0 = REMEMBERED * self.0 + fresh * dice.normal();
        LEVELS * self.0
    }
}

/// A run of so many seconds, with other chance for each seed.
fn run(seconds: u32, seed: u64, steps: &[Step], shape: fn(f64) -> f64) -> Opened {
    let mut dice = Dice::new(seed, 77);
    let name = |step: &Step| Name {
        id: String::new(),
        label: step.0.to_owned(),
        of: NameKind::Request,
        user_type: None,
        task: None,
    };
    let mut once = Dice::new(0, 0);
    let pool: Vec<f64> = (0..POOL).map(|_| (ANSWERS * once.normal()).exp()).collect();
    let mut timeline = Timeline::new(steps.iter().map(name).collect(), 0);
    let mut levels: Vec<Level> = steps.iter().map(|_| Level(dice.normal())).collect();
    let mut measured = Totals {
        length_us: u64::from(seconds) * 1_000_000,
        seconds,
        peak_active: 20,
        peak_planned: 20,
        rows: vec![Row::default(); steps.len()],
        ..Totals::default()
    };
    for from in (0..seconds).step_by(5) {
        let slower = shape(f64::from(from) / f64::from(seconds));
        let mut rows = Vec::new();
        for (at, (_, ms, count)) in steps.iter().enumerate() {
            let row = &mut measured.rows[at];
            let mut times = Vec::with_capacity(*count);
            for _ in 0..5 {
                let level = ms * 1e3 * slower * levels[at].next(&mut dice).exp();
                times.extend((0..count / 5).map(|_| (level * pool[dice.below(POOL as u64) as usize]) as u64));
            }
            times.sort_unstable();
            times.iter().for_each(|us| row.response.ok.record(*us));
            row.ok += times.len() as u64;
            rows.push((NameId(at as u16), packed(&times)));
        }
        timeline.add_interval(
            Interval {
                from,
                seconds: 5,
                length_us: 5_000_000,
                people: People { planned: 20, active: 20, leaving: 0 },
                rows,
                ..Interval::default()
            },
            true,
        );
    }
    measured.rows.iter_mut().for_each(|row| row.service = row.response.clone());
    timeline.restore(Totals::default(), measured);
    sealed(timeline, seed, 20, seconds)
}

fn packed(times: &[u64]) -> PackedRow {
    let cells = Packed::of(times.iter().map(|us| (*us, 1)), times[0], times[times.len() - 1], times.iter().sum());
    PackedRow {
        ok: times.len() as u64,
        response: Split { ok: cells, failed: Packed::default() },
        ..PackedRow::default()
    }
}

fn called_different(comparison: &Comparison) -> Vec<&str> {
    let steps = comparison.steps.iter().filter(|step| step.change().is_one()).map(|step| step.label.as_str());
    let all = comparison.figures.iter().filter(|figure| figure.change.is_one()).map(|figure| figure.quantity.word());
    steps.chain(all).collect()
}

#[test]
fn of_200_pairs_of_the_same_shop_at_most_5_in_100_are_called_different() {
    let mut different = 0;
    for pair in 0..200 {
        let (a, b) = (run(600, 2 * pair, &SHOP, |_| 1.0), run(600, 2 * pair + 1, &SHOP, |_| 1.0));
        let comparison = compare(&a, &b);
        different += u32::from(!called_different(&comparison).is_empty());
    }
    assert!(different <= 10, "{different} of 200");
}

#[test]
fn a_tenth_more_in_one_step_is_named_in_19_of_20() {
    let busy = SHOP.map(|(name, ms, count)| (name, ms, 3 * count));
    let mut slower = busy;
    slower[3].1 *= 1.1;
    let pairs = (0..40).map(|pair| (run(900, 1_000 + pair, &busy, |_| 1.0), run(900, 2_000 + pair, &slower, |_| 1.0)));
    let named = pairs.filter(|(a, b)| {
        let comparison = compare(a, b);
        let changed = comparison.steps.iter().filter(|step| step.change().is_one());
        changed.map(|step| (step.label.as_str(), step.change())).eq([("Pay", Change::Worse)])
    });
    let named = named.count();
    assert!(named >= 38, "{named} of 40");
}
