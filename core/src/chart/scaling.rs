//! A scaling curve: throughput, or response times, against load, with the measured levels, the law and the knee.
//!
//! Must not measure, nor fit.

use crate::chart::draw::{Frame, Look};
use crate::chart::path;
use crate::chart::scale::{Scale, Tick, Unit, nice_top, ticks, words};
use crate::chart::thin::Point;
use crate::scaling::{Along, Level, Scaling};

/// How many points the law is drawn with.
const POINTS: u32 = 60;

/// Which of the two pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Requests that went well a second.
    Throughput,
    /// Their response times.
    Time,
}

impl Side {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Throughput, Self::Time];

    /// Its word in test ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Throughput => "throughput",
            Self::Time => "time",
        }
    }

    /// Its caption.
    pub fn title(self) -> &'static str {
        match self {
            Self::Throughput => "Good answers per second, by load",
            Self::Time => "Response time of good answers, by load",
        }
    }

    fn unit(self) -> Unit {
        match self {
            Self::Throughput => Unit::PerSecond,
            Self::Time => Unit::Time,
        }
    }

    /// Key, name and value of each measured series.
    fn series(self) -> &'static [Series] {
        fn us(time: Option<u64>) -> Option<f64> {
            time.map(|us| us as f64)
        }
        match self {
            Self::Throughput => &[("sent", "measured", |level| Some(level.per_second))],
            Self::Time => {
                &[("p50", "typical", |level| us(level.p50_us)), ("p95", "95 of 100", |level| us(level.p95_us))]
            }
        }
    }
}

type Series = (&'static str, &'static str, fn(&Level) -> Option<f64>);

/// A line, and the levels it goes through.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// `sent`, `p50`, `p95`; `planned` for the law.
    pub key: &'static str,
    /// Its name.
    pub label: &'static str,
    /// How it is drawn.
    pub look: Look,
    /// The path.
    pub path: String,
    /// Where the measured levels stand; none for the law.
    pub dots: Vec<(f64, f64)>,
}

/// Where the knee stands: from, at, to, from the left.
pub type Knee = (f64, f64, f64);

/// One of the two pictures, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Which.
    pub side: Side,
    /// The axis of load.
    pub x: Scale,
    /// The value axis.
    pub y: Scale,
    /// Ticks below.
    pub x_ticks: Vec<Tick>,
    /// Ticks beside.
    pub y_ticks: Vec<Tick>,
    /// The lines, those behind first.
    pub lines: Vec<Line>,
    /// The knee.
    pub knee: Option<Knee>,
    /// Where each measured level stands, from the left.
    pub stops: Vec<f64>,
}

/// The name of the axis of load.
pub fn axis(along: Along) -> &'static str {
    match along {
        Along::People => "people at the same time",
        Along::Arrivals => "arrivals a second",
    }
}

/// Draws one of the pictures; of the frame only its size counts.
pub fn curve(scaling: &Scaling, side: Side, frame: &Frame) -> Curve {
    let unit = if scaling.along == Along::People { Unit::Count } else { Unit::PerSecond };
    let most = scaling.levels.iter().map(|level| level.load).fold(0.0, f64::max);
    let x = Frame { from: 0.0, to: nice_top(most, 6, unit), ..*frame }.x();
    let values = side.series().iter().flat_map(|(_, _, of)| scaling.levels.iter().filter_map(of));
    let law = scaling.law.as_ref().ok().filter(|_| side == Side::Throughput);
    let lawful: Vec<(f64, f64)> = law.map_or_else(Vec::new, |law| {
        let load = |at: u32| 1.0 + (most - 1.0) * f64::from(at) / f64::from(POINTS);
        (0..=POINTS).map(|at| (load(at), law.per_second(load(at)))).collect()
    });
    let top = values.chain(lawful.iter().map(|(_, value)| *value)).fold(0.0, f64::max);
    let top = nice_top(top, 4, side.unit());
    let y = Scale::linear(0.0, top, (frame.height - frame.bottom).max(frame.top + 1.0), frame.top);
    let place = |load: f64, value: f64| (x.px(load), y.px(value));
    let line = |places: &[(f64, f64)]| {
        path::line(&places.iter().map(|(x, y)| Point { x: *x, y: *y, after_gap: false }).collect::<Vec<_>>())
    };
    let mut lines = Vec::new();
    if !lawful.is_empty() {
        let places: Vec<_> = lawful.iter().map(|(load, value)| place(*load, *value)).collect();
        let path = line(&places);
        lines.push(Line { key: "planned", label: "fitted law", look: Look::Dashed, path, dots: Vec::new() });
    }
    for (key, label, of) in side.series() {
        let known = scaling.levels.iter().filter_map(|level| Some(place(level.load, of(level)?)));
        let dots: Vec<_> = known.collect();
        lines.push(Line { key, label, look: Look::Line, path: line(&dots), dots });
    }
    let knee = scaling.knee.as_ref().ok().map(|knee| (x.px(knee.low), x.px(knee.load), x.px(knee.high)));
    let wanted = ((x.end_px - x.start_px) / 80.0) as usize;
    let stops = scaling.levels.iter().map(|level| x.px(level.load)).collect();
    Curve { side, x, y, x_ticks: ticks(&x, wanted, unit), y_ticks: ticks(&y, 4, side.unit()), lines, knee, stops }
}

/// What was measured at one level, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The load, such as "40 people".
    pub load: String,
    /// Names and values of what the picture shows there.
    pub values: Vec<(&'static str, String)>,
}

/// What was measured at each level.
pub fn said(scaling: &Scaling, side: Side) -> Vec<Said> {
    let (columns, rows) = table(scaling);
    let shown: &[usize] = match side {
        Side::Throughput => &[1, 4],
        Side::Time => &[2, 3],
    };
    let said = |row: &Vec<String>| Said {
        load: row.first().cloned().unwrap_or_default(),
        values: shown.iter().filter_map(|at| Some((*columns.get(*at)?, row.get(*at)?.clone()))).collect(),
    };
    rows.iter().map(said).collect()
}

/// The same as a table: names of columns, and a row for each level.
pub fn table(scaling: &Scaling) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let columns = vec!["Load", "Good answers per second", "Typical", "95 of 100", "Failed"];
    let time = |us: Option<u64>| us.map_or_else(|| super::say::FEW.to_owned(), |us| words(us as f64, Unit::Time));
    let row = |level: &Level| {
        vec![
            scaling.along.load(level.load),
            words(level.per_second, Unit::PerSecond),
            time(level.p50_us),
            time(level.p95_us),
            words(level.failed * 100.0, Unit::Percent),
        ]
    };
    (columns, scaling.levels.iter().map(row).collect())
}
