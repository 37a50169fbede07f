//! Axes: from values to pixels, and the round numbers that are written beside them. Must not know what is drawn.

pub use crate::units::clock;
use crate::units::{grouped, plain_time};

/// What an axis counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Whole things, such as people.
    Count,
    /// Things a second.
    PerSecond,
    /// Microseconds.
    Time,
    /// Percent.
    Percent,
}

/// From values to pixels, in a straight line or by logarithm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The value at `start_px`.
    pub from: f64,
    /// The value at `end_px`.
    pub to: f64,
    /// Where the axis begins.
    pub start_px: f64,
    /// Where it ends.
    pub end_px: f64,
    /// By logarithm; both ends are then above zero.
    pub log: bool,
}

/// A round number beside an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// The value.
    pub at: f64,
    /// Where it stands.
    pub px: f64,
    /// How it is written.
    pub label: String,
}

impl Scale {
    /// A straight scale. Ends that are the same are put apart.
    pub fn linear(from: f64, to: f64, start_px: f64, end_px: f64) -> Self {
        let to = if to > from { to } else { from + 1.0 };
        Self { from, to, start_px, end_px, log: false }
    }

    /// A logarithmic scale; the lower end is at least a millionth of the upper.
    pub fn log(from: f64, to: f64, start_px: f64, end_px: f64) -> Self {
        let to = to.max(1e-9);
        let from = from.clamp(to / 1e6, to / 2.0);
        Self { from, to, start_px, end_px, log: true }
    }

    /// Where a value stands; those beyond the ends stand at the ends.
    pub fn px(&self, value: f64) -> f64 {
        let share = if self.log {
            (value.max(self.from) / self.from).ln() / (self.to / self.from).ln()
        } else {
            (value - self.from) / (self.to - self.from)
        };
        self.start_px + (self.end_px - self.start_px) * share.clamp(0.0, 1.0)
    }

    /// The value at a place.
    pub fn value(&self, px: f64) -> f64 {
        let length = self.end_px - self.start_px;
        let share = if length == 0.0 { 0.0 } else { ((px - self.start_px) / length).clamp(0.0, 1.0) };
        if self.log { self.from * (self.to / self.from).powf(share) } else { self.from + (self.to - self.from) * share }
    }
}

/// The smallest of 1, 2, 5, 10, 20 … (and 0.5, 0.2 …) that is no smaller than `rough`; 1 for what is no positive number.
pub fn nice_step(rough: f64) -> f64 {
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(rough.log10().floor());
    let digit = rough / power;
    let nice = [1.0, 2.0, 5.0].into_iter().find(|nice| digit <= nice * (1.0 + 1e-9)).unwrap_or(10.0);
    nice * power
}

/// The step between ticks: about `wanted` of them up to `max`. Whole things have whole steps, and so has what is counted in
/// a second, unless there is less than one.
fn step(max: f64, wanted: usize, unit: Unit) -> f64 {
    let step = nice_step(max / wanted.max(1) as f64);
    match unit {
        Unit::Count => step.max(1.0),
        Unit::PerSecond if max > 1.0 => step.max(1.0),
        _ => step,
    }
}

/// The end of an axis that holds `max`: a whole number of steps, one at least.
pub fn nice_top(max: f64, wanted: usize, unit: Unit) -> f64 {
    let least = match unit {
        Unit::Time => 1_000.0,
        Unit::Count | Unit::PerSecond | Unit::Percent => 1.0,
    };
    let max = if max.is_finite() { max.max(least) } else { least };
    let step = step(max, wanted, unit);
    (max / step - 1e-9).ceil().max(1.0) * step
}

/// The end of a live axis: it grows at once, and shrinks only when it was too large for ten seconds. `before` is the end
/// as it was and the second since which less would do.
pub fn settle_top(before: Option<(f64, u32)>, wanted: f64, second: u32) -> (f64, u32) {
    match before {
        Some((top, since)) if wanted < top && second.saturating_sub(since) < 10 => (top, since),
        _ => (wanted, second),
    }
}

/// How a value is written beside an axis.
pub fn label(value: f64, unit: Unit) -> String {
    let number = |value: f64| {
        let rounded = (value * 1e6).round() / 1e6;
        if rounded.fract() == 0.0 && rounded >= 0.0 { grouped(rounded as u64) } else { rounded.to_string() }
    };
    match unit {
        Unit::Count | Unit::PerSecond => number(value),
        Unit::Percent => format!("{} %", number(value)),
        Unit::Time if value <= 0.0 => "0".to_owned(),
        Unit::Time if value < 1_000_000.0 => format!("{} ms", number(value / 1e3)),
        Unit::Time => format!("{} s", number(value / 1e6)),
    }
}

/// A value in words, as a cursor or a table says it.
pub fn words(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Count => grouped(value.round().max(0.0) as u64),
        Unit::PerSecond if value >= 9.95 => grouped(value.round() as u64),
        Unit::PerSecond => format!("{value:.1}"),
        Unit::Percent => format!("{value:.1} %"),
        Unit::Time => plain_time(value.round().max(0.0) as u64),
    }
}

/// About `wanted` ticks of a straight axis from 0; of a logarithmic one each power of ten, and 2 and 5 where there is room.
pub fn ticks(scale: &Scale, wanted: usize, unit: Unit) -> Vec<Tick> {
    let tick = |at: f64| Tick { at, px: scale.px(at), label: label(at, unit) };
    if scale.log {
        let decades = (scale.to / scale.from).log10();
        let digits: &[f64] = if decades * 3.0 <= wanted as f64 + 2.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
        let first = scale.from.log10().floor() as i32;
        let last = scale.to.log10().ceil() as i32;
        let all = (first..=last).flat_map(|power| digits.iter().map(move |digit| digit * 10_f64.powi(power)));
        return all.filter(|at| *at >= scale.from * 0.999 && *at <= scale.to * 1.001).map(tick).collect();
    }
    let step = step(scale.to - scale.from, wanted, unit);
    let first = (scale.from / step - 1e-9).ceil() as i64;
    let last = (scale.to / step + 1e-9).floor() as i64;
    (first..=last.min(first + 50)).map(|number| tick(number as f64 * step)).collect()
}

/// Steps of a time axis, in seconds.
const TIME_STEPS: [f64; 16] =
    [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0, 14_400.0, 43_200.0];

/// Ticks of a time axis in seconds: `00:30`, `02:00`, `1:00:00`.
pub fn time_ticks(scale: &Scale, wanted: usize) -> Vec<Tick> {
    let rough = (scale.to - scale.from) / wanted.max(1) as f64;
    let step = TIME_STEPS.into_iter().find(|step| *step >= rough * 0.999).unwrap_or(86_400.0);
    let first = (scale.from / step - 1e-9).ceil() as u64;
    let last = (scale.to / step + 1e-9).floor() as u64;
    let tick = |number: u64| {
        let at = number as f64 * step;
        Tick { at, px: scale.px(at), label: clock(at as u32) }
    };
    (first..=last.min(first + 100)).map(tick).collect()
}
