//! The four charts of a run, from its seconds: people, response time, requests a second, failures.
//!
//! All share one time axis. Must not merge percentiles: a second without one is a gap.

use crate::chart::path;
use crate::chart::say;
use crate::chart::scale::{Scale, Tick, Unit, nice_top, ticks, time_ticks};
use crate::chart::second::Second;
use crate::chart::thin::{Point, Value, thin};

/// A series: its key, and the value of a second; none is a gap.
pub type Series = (&'static str, fn(&Second) -> Option<f64>);

/// Which chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Planned and active people.
    People,
    /// Response times.
    Time,
    /// Requests a second, sent and failed.
    Rate,
    /// Failures a second.
    Failures,
}

impl Kind {
    /// Every chart, in order.
    pub const ALL: [Self; 4] = [Self::People, Self::Time, Self::Rate, Self::Failures];

    /// Its word in test ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Time => "time",
            Self::Rate => "rate",
            Self::Failures => "failures",
        }
    }

    /// What it counts.
    pub fn unit(self) -> Unit {
        match self {
            Self::People => Unit::Count,
            Self::Time => Unit::Time,
            Self::Rate | Self::Failures => Unit::PerSecond,
        }
    }

    /// Its series, in the order in which they are drawn: key, and the value of a second.
    pub fn series(self) -> &'static [Series] {
        fn us(time: Option<u64>) -> Option<f64> {
            time.map(|us| us as f64)
        }
        match self {
            Self::People => &[("active", |s| Some(f64::from(s.active)))],
            Self::Time => &[("p50", |s| us(s.p50_us)), ("p95", |s| us(s.p95_us)), ("p99", |s| us(s.p99_us))],
            Self::Rate => &[("sent", Second::per_second), ("failed", Second::failures_per_second)],
            Self::Failures => &[("failed", Second::failures_per_second)],
        }
    }
}

/// How a series is drawn; views give it a colour and a dash by its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A line.
    Line,
    /// A filled area.
    Area,
    /// Filled bars.
    Bars,
    /// A dashed line.
    Dashed,
}

/// What a chart is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The seconds, in order.
    pub seconds: &'a [Second],
    /// The plan's corner points: microseconds and people; empty where it is not drawn.
    pub plan: &'a [(u64, f64)],
    /// Goal lines of the time chart: label and microseconds.
    pub goals: &'a [(String, u64)],
    /// Markers: the second and the words.
    pub markers: &'a [(u32, String)],
}

/// Size and window of a chart, in pixels and seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Width of all of it.
    pub width: f64,
    /// Height of all of it.
    pub height: f64,
    /// Room for the numbers at the left.
    pub left: f64,
    /// Room for labels at the ends of lines.
    pub right: f64,
    /// Room above.
    pub top: f64,
    /// Room for the times below.
    pub bottom: f64,
    /// The first second that is shown.
    pub from: f64,
    /// The end of what is shown.
    pub to: f64,
    /// Whether times are shown by logarithm.
    pub log: bool,
    /// The end of the value axis, if it is settled elsewhere.
    pub axis_top: Option<f64>,
    /// Series that are not drawn: one bit each, in the order of [`Kind::series`]. They don't stretch the axis either.
    pub hidden: u8,
}

impl Frame {
    /// A chart of this size over these seconds, with the usual room around.
    pub fn new(width: f64, height: f64, from: f64, to: f64) -> Self {
        let (left, right, top, bottom) = (56.0, 72.0, 8.0, 20.0);
        Self { width, height, left, right, top, bottom, from, to, log: false, axis_top: None, hidden: 0 }
    }

    /// From seconds to pixels.
    pub fn x(&self) -> Scale {
        Scale::linear(self.from, self.to, self.left, (self.width - self.right).max(self.left + 1.0))
    }

    /// The series that are drawn.
    pub fn series(&self, kind: Kind) -> impl Iterator<Item = &'static Series> {
        let hidden = self.hidden;
        let is_drawn = move |at: usize| hidden.checked_shr(at as u32).unwrap_or(0) & 1 == 0;
        kind.series().iter().enumerate().filter(move |(at, _)| is_drawn(*at)).map(|(_, series)| series)
    }

    fn base(&self) -> f64 {
        (self.height - self.bottom).max(self.top + 1.0)
    }
}

/// A series as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// `p50`, `p95`, `p99`, `sent`, `failed`, `active`, `planned`.
    pub key: &'static str,
    /// Its name at the right end.
    pub label: &'static str,
    /// How it is drawn.
    pub look: Look,
    /// The path.
    pub path: String,
    /// Where it ends, for its label.
    pub end: Option<(f64, f64)>,
}

/// A line or a place with words: a goal across, or a moment down.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// Where: from the top for a goal, from the left for a moment.
    pub px: f64,
    /// The words.
    pub label: String,
}

/// A chart, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Which.
    pub kind: Kind,
    /// Its caption.
    pub title: &'static str,
    /// The time axis.
    pub x: Scale,
    /// The value axis.
    pub y: Scale,
    /// Ticks of the time axis.
    pub x_ticks: Vec<Tick>,
    /// Ticks of the value axis.
    pub y_ticks: Vec<Tick>,
    /// The series, those behind first.
    pub series: Vec<Drawn>,
    /// Goals across.
    pub goals: Vec<Marker>,
    /// Moments down.
    pub moments: Vec<Marker>,
    /// A sentence for those who don't see it.
    pub summary: String,
}

/// Draws a chart.
pub fn chart(kind: Kind, source: Source, frame: &Frame) -> Chart {
    let shown = within(source.seconds, frame);
    let x = frame.x();
    let unit = kind.unit();
    let top = frame.axis_top.unwrap_or_else(|| axis_top(kind, source, frame));
    let base = frame.base();
    let y = match frame.log && kind == Kind::Time {
        true => Scale::log(lowest(shown), top, base, frame.top),
        false => Scale::linear(0.0, top, base, frame.top),
    };
    let mut series = Vec::new();
    if kind == Kind::People && !source.plan.is_empty() {
        series.push(planned(source.plan, frame, &y));
    }
    let column = (x.end_px - x.start_px) / (x.to - x.from).max(1.0);
    for (key, value) in frame.series(kind) {
        let values = shown.iter().map(|s| Value { at: s.at, span: s.span(), value: value(s) });
        let points = thin(values, |at| x.px(at), |value| y.px(value));
        series.extend(drawn(key, &points, base, column.max(1.0)));
    }
    let goals = source.goals.iter().filter(|_| kind == Kind::Time).filter(|goal| goal.1 as f64 <= top);
    let moments = source.markers.iter().filter(|(at, _)| (frame.from..=frame.to).contains(&f64::from(*at)));
    Chart {
        kind,
        title: say::title(kind),
        x_ticks: time_ticks(&x, ((x.end_px - x.start_px) / 80.0) as usize),
        y_ticks: ticks(&y, 4, unit),
        series,
        goals: goals.map(|(label, us)| Marker { px: y.px(*us as f64), label: label.clone() }).collect(),
        moments: moments.map(|(at, label)| Marker { px: x.px(f64::from(*at)), label: label.clone() }).collect(),
        summary: say::summary(kind, shown),
        x,
        y,
    }
}

/// Where the value axis of a chart would end by itself: a round number above everything that is shown.
pub fn axis_top(kind: Kind, source: Source, frame: &Frame) -> f64 {
    nice_top(highest(kind, within(source.seconds, frame), source, frame), 4, kind.unit())
}

/// The seconds that are shown.
fn within<'a>(seconds: &'a [Second], frame: &Frame) -> &'a [Second] {
    let first = seconds.partition_point(|s| f64::from(s.at + s.span()) <= frame.from);
    let last = seconds.partition_point(|s| f64::from(s.at) < frame.to);
    &seconds[first.min(last)..last]
}

/// The greatest value that has to fit. A goal fits in if it is no more than twice as high as what was measured.
fn highest(kind: Kind, shown: &[Second], source: Source, frame: &Frame) -> f64 {
    let values = frame.series(kind).flat_map(|(_, value)| shown.iter().filter_map(value));
    let measured = values.fold(0.0, f64::max);
    match kind {
        Kind::People => clipped(source.plan, frame).iter().map(|point| point.1).fold(measured, f64::max),
        Kind::Time => {
            let near = source.goals.iter().map(|goal| goal.1 as f64).filter(|goal| *goal <= measured * 2.0);
            near.map(|goal| goal * 1.05).fold(measured, f64::max)
        }
        Kind::Rate | Kind::Failures => measured,
    }
}

fn lowest(shown: &[Second]) -> f64 {
    let least = shown.iter().filter_map(|s| s.p50_us).min().unwrap_or(1_000);
    10_f64.powf((least.max(1) as f64).log10().floor())
}

/// The plan within what is shown, in seconds and people. Where it enters and leaves, it is as high as it is there.
fn clipped(plan: &[(u64, f64)], frame: &Frame) -> Vec<(f64, f64)> {
    let mut points = Vec::with_capacity(plan.len() + 2);
    let at = |(us, level): &(u64, f64)| (*us as f64 / 1e6, *level);
    for (number, point) in plan.iter().map(at).enumerate() {
        if let Some(before) = number.checked_sub(1).map(|before| at(&plan[before])) {
            for edge in [frame.from, frame.to] {
                if before.0 < edge && edge < point.0 {
                    let share = (edge - before.0) / (point.0 - before.0);
                    points.push((edge, before.1 + (point.1 - before.1) * share));
                }
            }
        }
        if (frame.from..=frame.to).contains(&point.0) {
            points.push(point);
        }
    }
    points
}

fn planned(plan: &[(u64, f64)], frame: &Frame, y: &Scale) -> Drawn {
    let x = frame.x();
    let point =
        |(at, (second, level)): (usize, (f64, f64))| Point { x: x.px(second), y: y.px(level), after_gap: at == 0 };
    let points: Vec<Point> = clipped(plan, frame).into_iter().enumerate().map(point).collect();
    let end = points.last().map(|point| (point.x, point.y));
    Drawn { key: "planned", label: say::series("planned"), look: Look::Dashed, path: path::line(&points), end }
}

fn drawn(key: &'static str, points: &[Point], base: f64, column: f64) -> Vec<Drawn> {
    let end = points.last().map(|point| (point.x, point.y));
    let label = say::series(key);
    let one = |look, path, end| Drawn { key, label, look, path, end };
    match key {
        "active" => vec![one(Look::Area, path::area(points, base), None), one(Look::Line, path::line(points), end)],
        "failed" => vec![one(Look::Bars, path::bars(points, base, column), end)],
        _ => vec![one(Look::Line, path::line(points), end)],
    }
}
