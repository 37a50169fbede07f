//! The Load tab: the curve in pixels, its points in words, the stage table, and the numbers beside it.

use tidemark_core::scenario::{Load, Scenario, Shape};
use tidemark_core::units::Span;

use crate::chart::Frame;
use crate::chart::path;
use crate::chart::scale::{Scale, Tick, Unit, nice_top, ticks, time_ticks};
use crate::chart::thin::Point;
use crate::doc::edit::load::{busy, counts_arrivals, points, search, stages};
use crate::doc::edit::{Edit, LoadEdit, Locks, apply};
use crate::model::{Model, PreviewState};
use crate::text::load as say;

/// The curve, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// From seconds to pixels.
    pub x: Scale,
    /// From people to pixels.
    pub y: Scale,
    /// Ticks of time.
    pub x_ticks: Vec<Tick>,
    /// Ticks of people.
    pub y_ticks: Vec<Tick>,
    /// The line.
    pub line: String,
    /// The area below it.
    pub area: String,
    /// The points that can be dragged.
    pub points: Vec<CurvePoint>,
}

/// A point of the curve.
#[derive(Debug, Clone, PartialEq)]
pub struct CurvePoint {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// When, in microseconds.
    pub at_us: u64,
    /// How many.
    pub level: f64,
    /// "Point 3: 120 people at 6 minutes 30 seconds".
    pub text: String,
}

/// The curve of a load.
pub fn curve(load: &Load, frame: &Frame) -> Curve {
    let points = points(load);
    let arrivals = counts_arrivals(load);
    let end = points.last().map_or(60.0, |point| (point.0 as f64 / 1e6).max(1.0));
    let x = Frame { from: 0.0, to: end, ..*frame }.x();
    let peak = points.iter().map(|point| point.1).fold(1.0, f64::max);
    let unit = if arrivals { Unit::PerSecond } else { Unit::Count };
    let base = frame.height - frame.bottom;
    // Room above the peak, so that it can be dragged up.
    let y = Scale::linear(0.0, frame.axis_top.unwrap_or_else(|| nice_top(peak * 1.15, 4, unit)), base, frame.top);
    let drawn: Vec<Point> = points
        .iter()
        .enumerate()
        .map(|(at, (us, level))| Point { x: x.px(*us as f64 / 1e6), y: y.px(*level), after_gap: at == 0 })
        .collect();
    let named = points.iter().zip(&drawn).enumerate().map(|(at, ((us, level), point))| CurvePoint {
        x: point.x,
        y: point.y,
        at_us: *us,
        level: *level,
        text: say::point(at + 1, *level, Span::from_us(*us), arrivals),
    });
    Curve {
        x_ticks: time_ticks(&x, ((x.end_px - x.start_px) / 90.0).max(2.0) as usize),
        y_ticks: ticks(&y, 4, unit),
        line: path::line(&drawn),
        area: path::area(&drawn, base),
        points: named.collect(),
        x,
        y,
    }
}

/// A row of the stage table.
#[derive(Debug, Clone, PartialEq)]
pub struct StageRow {
    /// The level at its end.
    pub to: f64,
    /// How long it takes.
    pub over: Span,
    /// "adds about 1 person every 2 s".
    pub text: String,
}

/// The rows of the stage table.
pub fn stage_rows(load: &Load) -> Vec<StageRow> {
    let (start, stages) = stages(load);
    let arrivals = counts_arrivals(load);
    let mut level = start;
    let row = |(to, over): (f64, Span)| {
        let from = std::mem::replace(&mut level, to);
        StageRow { to, over, text: say::stage(from, to, over, arrivals) }
    };
    stages.into_iter().map(row).collect()
}

/// How long the load lasts and how high it goes.
pub fn extent(load: &Load) -> (Span, f64) {
    let points = points(load);
    let end = points.last().map_or(0, |point| point.0);
    (Span::from_us(end), points.iter().map(|point| point.1).fold(0.0, f64::max))
}

/// What stands beside the number of people at a busy moment; where one's own curve has another most, that too.
pub fn busy_words(load: &Load) -> String {
    let (_, most) = extent(load);
    let own = preset(load).is_none() && !load.people.is_empty();
    match own && most.round() != f64::from(busy(load)) {
        true => say::people_but_curve(most),
        false => say::PEOPLE_AT_ONCE.to_owned(),
    }
}

/// The preset that holds; none where the stages are one's own.
pub fn preset(load: &Load) -> Option<Shape> {
    if is_search(load) {
        return Some(Shape::FindTheLimit);
    }
    load.shape.filter(|_| load.people.is_empty() && load.arrivals.is_empty())
}

/// Whether the run looks for the limit by itself, so that the curve is only about what will happen.
pub fn is_search(load: &Load) -> bool {
    search(load).is_some()
}

/// The load with a point moved, as it will be when the point is let go; the load itself where it can't be moved.
pub fn moved(load: &Load, at: usize, us: u64, level: f64, snap: bool) -> Load {
    let mut scenario = Scenario { load: load.clone(), ..Scenario::default() };
    let edit = Edit::Load(LoadEdit::MovePoint(at, us, level, snap));
    match apply(&mut scenario, &edit, &Locks::new()) {
        Ok(_) => scenario.load,
        Err(_) => load.clone(),
    }
}

/// Why an edit of the load can't be, if it can't.
pub fn refused(load: &Load, edit: &LoadEdit) -> Option<String> {
    let mut scenario = Scenario { load: load.clone(), ..Scenario::default() };
    apply(&mut scenario, &Edit::Load(edit.clone()), &Locks::new()).err().map(|refused| refused.0)
}

/// What the plan comes to, and whether a preview says so: it knows more than the estimate that is always there.
pub fn expected(model: &Model) -> (String, bool) {
    let Some(test) = &model.test else { return (String::new(), true) };
    match (&test.preview, test.estimate) {
        (PreviewState::Ready(preview, revision), _) if *revision == test.doc.revision() => {
            (say::expected(preview.requests, Some(preview.requests_per_second)), true)
        }
        (_, Some(requests)) => (say::expected(requests, None), false),
        _ => (say::EXPECTED_UNKNOWN.to_owned(), false),
    }
}

/// A ready-made plan as it is offered: the shape, whether it holds now, and what it comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct PresetCard {
    /// The shape.
    pub shape: Shape,
    /// Its name and the question it answers.
    pub words: (&'static str, &'static str),
    /// "60 people", "11 min".
    pub extent: (String, String),
    /// Its line in a box of [`PRESET_BOX`] pixels.
    pub line: String,
    /// Whether it is the present plan.
    pub holds: bool,
}

/// Width and height of a preset's small picture, in pixels.
pub const PRESET_BOX: (f64, f64) = (96.0, 28.0);

/// The line of a plan in a box of [`PRESET_BOX`] pixels.
fn small(load: &Load) -> String {
    let (length, peak) = extent(load);
    let (width, height) = PRESET_BOX;
    let x = Scale::linear(0.0, length.secs().max(1.0), 1.0, width - 1.0);
    let y = Scale::linear(0.0, peak.max(1.0), height - 1.0, 2.0);
    let point = |(at, (us, level)): (usize, &(u64, f64))| Point {
        x: x.px(*us as f64 / 1e6),
        y: y.px(*level),
        after_gap: at == 0,
    };
    path::line(&points(load).iter().enumerate().map(point).collect::<Vec<_>>())
}

/// One's own plan where it is none of the ready-made ones: what it comes to, and its line.
pub fn own(load: &Load) -> Option<((String, String), String)> {
    let (length, peak) = extent(load);
    preset(load).is_none().then(|| (say::preset_extent(length, peak, counts_arrivals(load)), small(load)))
}

/// All ready-made plans, for the present busy moment.
pub fn presets(load: &Load) -> Vec<PresetCard> {
    let busy = busy(load);
    let holds = preset(load);
    let card = |shape: Shape| {
        // A search keeps the numbers that were written for it.
        let limit = load.limit.clone().filter(|_| shape == Shape::FindTheLimit);
        let made = Load { shape: Some(shape), busy: Some(busy), limit, ..Load::default() };
        let (length, peak) = extent(&made);
        PresetCard {
            shape,
            words: say::preset(shape),
            extent: say::preset_extent(length, peak, false),
            line: small(&made),
            holds: holds == Some(shape),
        }
    };
    say::PRESETS.into_iter().map(card).collect()
}
