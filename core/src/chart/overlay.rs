//! Two runs over each other, along time or along people, with the places where a cursor can stop. Must not know what is
//! drawn, nor compare it.

use crate::chart::Frame;
use crate::chart::labels::spread;
use crate::chart::path;
use crate::chart::scale::{Scale, Tick, Unit, clock, nice_top, ticks, time_ticks};
use crate::chart::thin::Point;
use crate::units::{grouped, plain_people};

/// How far names at the ends of lines stand from each other, in pixels.
const NAMES_APART: f64 = 14.0;

/// A cursor has about so many places to stop at.
const STOPS: f64 = 120.0;

/// What the axis below is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Along {
    /// Seconds since the start.
    Time,
    /// People who were there.
    People,
}

/// A value of a run, and the part of the axis that it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Where it begins.
    pub at: f64,
    /// How far it reaches.
    pub span: f64,
    /// The value; none is a gap.
    pub value: Option<f64>,
}

/// The line of one run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its path.
    pub path: String,
    /// Where it ends, for its name.
    pub end: Option<(f64, f64)>,
}

/// A place where a cursor can stop.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// From the left, in pixels.
    pub px: f64,
    /// `2:10`, `40 people`.
    pub label: String,
    /// What both runs have there: of several values the greatest.
    pub values: [Option<f64>; 2],
}

/// Both runs, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    /// The axis below.
    pub x: Scale,
    /// The value axis.
    pub y: Scale,
    /// Ticks below.
    pub x_ticks: Vec<Tick>,
    /// Ticks beside.
    pub y_ticks: Vec<Tick>,
    /// A and B.
    pub lines: [Line; 2],
    /// Where a cursor can stop, from left to right.
    pub stops: Vec<Stop>,
}

impl Overlay {
    /// The names of both lines where they end: the name, and its place. Names keep apart.
    pub fn named_ends(&self, names: [&'static str; 2]) -> Vec<(&'static str, f64, f64)> {
        let known: Vec<_> =
            names.into_iter().zip(&self.lines).filter_map(|(name, line)| Some((name, line.end?))).collect();
        let wanted: Vec<f64> = known.iter().map(|(_, end)| end.1).collect();
        let places = spread(&wanted, NAMES_APART, self.y.end_px, self.y.start_px);
        known.into_iter().zip(places).map(|((name, end), y)| (name, end.0, y)).collect()
    }
}

/// How far the longer of two runs reaches.
pub fn reach(runs: [&[Place]; 2]) -> f64 {
    runs.iter().flat_map(|run| run.iter()).map(|place| place.at + place.span).fold(0.0, f64::max)
}

/// Draws two runs over each other. Places are in order.
pub fn overlay(runs: [&[Place]; 2], along: Along, unit: Unit, frame: &Frame) -> Overlay {
    let x = frame.x();
    let values = runs.iter().flat_map(|run| run.iter()).filter_map(|place| place.value);
    let top = frame.axis_top.unwrap_or_else(|| nice_top(values.fold(0.0, f64::max), 4, unit));
    let y = Scale::linear(0.0, top, (frame.height - frame.bottom).max(frame.top + 1.0), frame.top);
    let wanted = ((x.end_px - x.start_px) / 80.0) as usize;
    let x_ticks = match along {
        Along::Time => time_ticks(&x, wanted),
        Along::People => ticks(&x, wanted, Unit::Count),
    };
    let lines = runs.map(|run| line(run, &x, &y));
    Overlay { x, y, x_ticks, y_ticks: ticks(&y, 4, unit), lines, stops: stops(runs, along, &x) }
}

fn line(run: &[Place], x: &Scale, y: &Scale) -> Line {
    let mut points: Vec<Point> = Vec::with_capacity(run.len());
    let mut gap = true;
    let mut reached = f64::NEG_INFINITY;
    for place in run {
        gap |= place.at > reached + 1e-6 && reached.is_finite();
        reached = place.at + place.span;
        let Some(value) = place.value.filter(|value| value.is_finite()) else {
            gap = true;
            continue;
        };
        let middle = x.px(place.at + place.span / 2.0);
        points.push(Point { x: middle, y: y.px(value), after_gap: std::mem::replace(&mut gap, false) });
    }
    Line { path: path::line(&points), end: points.last().map(|point| (point.x, point.y)) }
}

fn stops(runs: [&[Place]; 2], along: Along, x: &Scale) -> Vec<Stop> {
    let step = match along {
        Along::Time => ((x.to - x.from) / STOPS).ceil().max(1.0),
        Along::People => runs.iter().flat_map(|run| run.iter()).map(|place| place.span).fold(f64::MAX, f64::min),
    };
    let count = if step > 0.0 && step < f64::MAX { ((x.to - x.from) / step).ceil().min(1_000.0) as usize } else { 0 };
    let greatest = |run: &[Place], from: f64| {
        let first = run.partition_point(|place| place.at + place.span <= from + 1e-6);
        let within = run[first..].iter().take_while(|place| place.at < from + step - 1e-6);
        within
            .filter_map(|place| place.value)
            .fold(None, |most: Option<f64>, value| Some(most.map_or(value, |most| most.max(value))))
    };
    let stop = |number: usize| {
        let from = x.from + number as f64 * step;
        let label = match along {
            Along::Time => clock(from as u32),
            Along::People if step <= 1.0 => plain_people(from as u64),
            Along::People => format!("{}–{}", grouped(from as u64), plain_people((from + step - 1.0) as u64)),
        };
        Stop { px: x.px(from + step / 2.0), label, values: runs.map(|run| greatest(run, from)) }
    };
    (0..count).map(stop).filter(|stop| stop.values.iter().any(Option::is_some)).collect()
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{Along, Place, overlay, reach};
    use crate::chart::{Frame, Unit};

    fn run(span: f64, values: &[Option<f64>]) -> Vec<Place> {
        (0..).zip(values).map(|(at, value)| Place { at: f64::from(at) * span, span, value: *value }).collect()
    }

    #[test]
    fn two_runs_share_their_axes_and_gaps_stay_gaps() {
        let (a, b) = (run(1.0, &[Some(10.0), None, Some(30.0), Some(20.0)]), run(1.0, &[Some(40.0), Some(80.0)]));
        let frame = Frame { left: 0.0, right: 0.0, top: 0.0, bottom: 0.0, ..Frame::new(400.0, 100.0, 0.0, 4.0) };
        let drawn = overlay([&a, &b], Along::Time, Unit::Count, &frame);
        assert_eq!((reach([&a, &b]), drawn.y.to), (4.0, 80.0));
        assert_eq!(drawn.lines[0].path, "M50 87.5h0M250 62.5L350 75");
        assert_eq!(drawn.lines[1].path, "M50 50L150 0");
        let said: Vec<_> = drawn.stops.iter().map(|stop| (stop.label.as_str(), stop.values)).collect();
        let wanted = [
            ("00:00", [Some(10.0), Some(40.0)]),
            ("00:01", [None, Some(80.0)]),
            ("00:02", [Some(30.0), None]),
            ("00:03", [Some(20.0), None]),
        ];
        assert_eq!(said, wanted);
    }

    #[test]
    fn long_runs_have_few_stops_and_people_have_their_levels() {
        let long = run(1.0, &vec![Some(1.0); 3_600]);
        let drawn = overlay([&long, &[]], Along::Time, Unit::Time, &Frame::new(400.0, 100.0, 0.0, 3_600.0));
        assert_eq!(drawn.stops.len(), 120);
        let few = run(5.0, &[None, Some(1.0), Some(2.0)]);
        let drawn = overlay([&few, &[]], Along::People, Unit::Time, &Frame::new(400.0, 100.0, 0.0, 15.0));
        let labels: Vec<&str> = drawn.stops.iter().map(|stop| stop.label.as_str()).collect();
        assert_eq!(labels, ["5–9 people", "10–14 people"]);
        assert!(overlay([&[], &[]], Along::People, Unit::Time, &Frame::new(400.0, 100.0, 0.0, 1.0)).stops.is_empty());
    }
}
