//! The load: presets, points of the curve and rows of the stage table, which are the same thing said twice.
//!
//! Point 0 is the start; point n is the end of stage n. Must not know how the curve is drawn.

/// Whether the load counts arrivals a second.
pub use tidemark_core::plan::load_is_open as counts_arrivals;
/// The search for the limit, where the load asks for one, with what is usual where it says nothing.
pub use tidemark_core::plan::load_search as search;
/// Level at the start and the stages that hold: one's own, those of the shape, or about those of a search for the limit.
pub use tidemark_core::plan::load_stages as stages;
use tidemark_core::scenario::{LimitSearch, Load, Scenario, Shape, Stage};
use tidemark_core::units::Span;

use crate::doc::edit::{Done, Refused};
use crate::doc::place::Item;
use crate::text::edits as say;

/// The people of a busy moment, where nothing is said; as the core has it.
pub const USUAL_BUSY: u32 = 60;
/// Times snap to this, in seconds.
pub const TIME_SNAP_SECS: u64 = 5;
/// The most stages a load is drawn with.
pub const MOST_STAGES: usize = 200;
/// The latest moment that a point can be dragged to: a day.
const LATEST_US: u64 = 86_400_000_000;

/// A change of the load.
#[derive(Debug, Clone, PartialEq)]
pub enum LoadEdit {
    /// A ready-made shape, instead of all stages.
    Preset(Shape),
    /// The people of a busy moment. Stages of one's own keep their form and follow to the new number.
    Busy(u32),
    /// A point of the curve moved: its number, time in microseconds, level, and whether both snap to round numbers.
    MovePoint(usize, u64, f64, bool),
    /// A new point at a time and level, snapping or not.
    AddPoint(u64, f64, bool),
    /// A row of the stage table: its number from 0, the level at its end.
    StageTo(usize, f64),
    /// A row of the stage table: its number from 0, its length.
    StageOver(usize, Span),
    /// A new row before the one with this number, holding the level for a minute.
    AddStage(usize),
    /// A row taken out.
    RemoveStage(usize),
    /// A row moved before the one that has this number now.
    MoveStage(usize, usize),
    /// Counts new people a second instead of people at once, or the other way round; the stages stay.
    CountArrivals(bool),
    /// The most people at once, where arrivals are counted.
    AtMost(Option<u32>),
    /// The beginning that is left out of the verdict.
    WarmUp(Span),
    /// How long people may finish.
    Finish(Option<Span>),
    /// Ends the run after so many tasks.
    Repetitions(Option<u64>),
    /// Whether people take over open connections.
    ShareConnections(bool),
    /// How long people keep their connections in a pause.
    KeepConnections(Option<Span>),
    /// How the limit is looked for.
    Search(SearchEdit),
}

/// A change of a search for the limit; nothing stands for what is usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SearchEdit {
    /// The most load that is tried: people, or arrivals a second.
    Most(Option<f64>),
    /// The load of the first step.
    Start(Option<f64>),
    /// How long a step is measured.
    Step(Option<Span>),
    /// How long the answer is held at the end.
    Confirm(Option<Span>),
}

/// How many people a usual busy day has: what was said, else the most of one's own curve.
pub fn busy(load: &Load) -> u32 {
    let levels = load.people.iter().filter_map(|stage| stage.to).chain([load.start]);
    let most = if load.people.is_empty() { 0.0 } else { levels.fold(0.0, f64::max).round() };
    load.busy.unwrap_or(if most >= 1.0 { most as u32 } else { USUAL_BUSY })
}

/// The points of the curve: microseconds from the start and level.
pub fn points(load: &Load) -> Vec<(u64, f64)> {
    let (start, stages) = stages(load);
    let mut at = 0_u64;
    let mut points = vec![(0, start)];
    for (to, over) in stages {
        at = at.saturating_add(over.us());
        points.push((at, to));
    }
    points
}

/// The level snapped to a round number: whole steps of 1, 2, 5, 10 … about a fortieth of the peak.
pub fn snap_level(level: f64, peak: f64) -> f64 {
    let step = crate::chart::scale::nice_step(peak.max(1.0) / 40.0).max(1.0);
    (level / step).round() * step
}

/// The time snapped to five seconds.
pub fn snap_time(us: u64) -> u64 {
    let step = TIME_SNAP_SECS * 1_000_000;
    (us + step / 2) / step * step
}

/// Writes points as stages of one's own.
fn write(load: &mut Load, points: &[(u64, f64)]) {
    let arrivals = counts_arrivals(load);
    load.start = points.first().map_or(0.0, |point| point.1);
    let pairs = points.windows(2);
    let stages: Vec<Stage> = pairs
        .map(|pair| Stage {
            to: Some(pair[1].1),
            over: Span::from_us(pair[1].0.saturating_sub(pair[0].0)),
            ..Stage::default()
        })
        .collect();
    put(load, arrivals, stages);
}

fn put(load: &mut Load, arrivals: bool, stages: Vec<Stage>) {
    load.limit = None;
    if load.shape.is_some() && !stages.is_empty() {
        // What the shape was scaled to stays known; the shape itself is one's own from now on.
        load.shape = None;
    }
    if arrivals {
        load.arrivals = stages;
    } else {
        load.people = stages;
    }
}

/// The stages as one's own, to be changed and put back.
fn own(load: &Load) -> Vec<Stage> {
    let own = if counts_arrivals(load) { &load.arrivals } else { &load.people };
    if !own.is_empty() {
        return own.clone();
    }
    let stages = stages(load).1.into_iter();
    stages.map(|(to, over)| Stage { to: Some(to), over, ..Stage::default() }).collect()
}

pub(super) fn apply(scenario: &mut Scenario, edit: &LoadEdit) -> Result<Done, Refused> {
    let load = &mut scenario.load;
    match edit {
        LoadEdit::Preset(_) | LoadEdit::Busy(_) => preset(load, edit),
        LoadEdit::MovePoint(..) | LoadEdit::AddPoint(..) => curve(load, edit),
        LoadEdit::StageTo(..)
        | LoadEdit::StageOver(..)
        | LoadEdit::AddStage(_)
        | LoadEdit::RemoveStage(_)
        | LoadEdit::MoveStage(..) => row(load, edit),
        LoadEdit::Search(edit) => change_search(load, *edit),
        LoadEdit::CountArrivals(arrivals) if search(load).is_some() => {
            count_search(load, *arrivals);
            Ok(Done::once(say::CHANGE_COUNTING).and_select(Item::Point(0)))
        }
        LoadEdit::CountArrivals(arrivals) => {
            let start = stages(load).0;
            let own = own(load);
            (load.people, load.arrivals) = (Vec::new(), Vec::new());
            load.start = start;
            put(load, *arrivals, own);
            Ok(Done::once(say::CHANGE_COUNTING).and_select(Item::Point(0)))
        }
        _ => Ok(settings(load, edit)),
    }
}

fn preset(load: &mut Load, edit: &LoadEdit) -> Result<Done, Refused> {
    match edit {
        LoadEdit::Preset(shape) => {
            load.shape = Some(*shape);
            load.busy = Some(busy(load));
            load.limit = None;
            (load.people, load.arrivals, load.start) = (Vec::new(), Vec::new(), 0.0);
            Ok(Done::once(say::choose_preset(crate::text::load::preset(*shape).0)).and_select(Item::Point(0)))
        }
        LoadEdit::Busy(busy) => {
            if *busy == 0 {
                return Err(Refused::because(say::AT_LEAST_ONE_PERSON));
            }
            let before = f64::from(self::busy(load).max(1));
            if load.shape.is_none() || !load.people.is_empty() || !load.arrivals.is_empty() {
                let factor = f64::from(*busy) / before;
                let scaled = |level: f64| (level * factor).round();
                load.start = scaled(load.start);
                for stage in load.people.iter_mut().chain(&mut load.arrivals) {
                    stage.to = stage.to.map(|to| if to > 0.0 { scaled(to).max(1.0) } else { 0.0 });
                }
            }
            load.busy = Some(*busy);
            Ok(Done::typed(say::CHANGE_BUSY, "busy").and_select(Item::Point(0)))
        }
        _ => Err(Refused::gone()),
    }
}

/// The same search, its most counted in arrivals a second or in people.
fn count_search(load: &mut Load, arrivals: bool) {
    let Some(now) = search(load) else { return };
    let mut limit = load.limit.take().unwrap_or_default();
    (limit.people, limit.arrivals) =
        if arrivals { (None, Some(now.most)) } else { (Some(now.most.round().clamp(1.0, 1e9) as u32), None) };
    put_search(load, limit);
}

/// Writes a search, in as few words as say it.
fn put_search(load: &mut Load, limit: LimitSearch) {
    (load.people, load.arrivals, load.start) = (Vec::new(), Vec::new(), 0.0);
    load.shape = Some(Shape::FindTheLimit);
    load.limit = None;
    let usual = search(load).map(|usual| usual.most);
    let limit = LimitSearch { people: limit.people.filter(|people| Some(f64::from(*people)) != usual), ..limit };
    load.limit = (limit != LimitSearch::default()).then_some(limit);
}

fn change_search(load: &mut Load, edit: SearchEdit) -> Result<Done, Refused> {
    let now = search(load).ok_or_else(Refused::gone)?;
    let arrivals = counts_arrivals(load);
    let usual_busy = busy(load);
    let mut limit = load.limit.clone().unwrap_or_default();
    let word = match edit {
        SearchEdit::Most(Some(level)) | SearchEdit::Start(Some(level)) if !(level.is_finite() && level > 0.0) => {
            return Err(Refused::because(say::AT_LEAST_ONE_PERSON));
        }
        SearchEdit::Most(Some(most)) if most < limit.start.unwrap_or(0.0) => {
            return Err(Refused::because(say::SEARCH_BEGINS_ABOVE));
        }
        SearchEdit::Start(Some(start)) if start > now.most => return Err(Refused::because(say::SEARCH_BEGINS_ABOVE)),
        SearchEdit::Most(most) => {
            // Arrivals are counted because their most is said, so that must stay.
            let usual = arrivals.then(|| f64::from(usual_busy) * 10.0);
            let most = most.or(usual);
            (limit.people, limit.arrivals) =
                if arrivals { (None, most) } else { (most.map(|most| most.round().clamp(1.0, 1e9) as u32), None) };
            "most"
        }
        SearchEdit::Start(start) => {
            limit.start = start;
            "start"
        }
        SearchEdit::Step(step) => {
            limit.step = step.filter(|step| *step != Span::ZERO);
            "step"
        }
        SearchEdit::Confirm(confirm) => {
            limit.confirm = confirm.filter(|confirm| *confirm != Span::ZERO);
            "confirm"
        }
    };
    load.busy = Some(usual_busy);
    put_search(load, limit);
    Ok(Done::typed(say::CHANGE_SEARCH, format!("search {word}")).and_select(Item::Point(0)))
}

fn curve(load: &mut Load, edit: &LoadEdit) -> Result<Done, Refused> {
    let mut points = points(load);
    let peak = points.iter().map(|point| point.1).fold(1.0, f64::max);
    let level_of = |level: f64, snap: bool| {
        let level = if level.is_finite() { level.max(0.0) } else { 0.0 };
        if snap { snap_level(level, peak.max(level)) } else { level }
    };
    let time_of = |us: u64, snap: bool| if snap { snap_time(us) } else { us };
    let done = match edit {
        LoadEdit::MovePoint(at, us, level, snap) => {
            let point = points.get_mut(*at).ok_or_else(Refused::gone)?;
            let us = if *at == 0 { 0 } else { time_of((*us).min(LATEST_US), *snap) };
            *point = (us, level_of(*level, *snap));
            // A point that is dragged past others pushes them along; their order never changes.
            points[..*at].iter_mut().for_each(|point| point.0 = point.0.min(us));
            points[*at + 1..].iter_mut().for_each(|point| point.0 = point.0.max(us));
            Done::typed(say::move_point(*at + 1), format!("point {at}")).and_select(Item::Point(*at))
        }
        LoadEdit::AddPoint(us, level, snap) => {
            if points.len() > MOST_STAGES {
                return Err(Refused::because(say::too_many_stages(MOST_STAGES)));
            }
            let us = time_of((*us).min(LATEST_US), *snap);
            let at = points.partition_point(|point| point.0 <= us).max(1);
            points.insert(at, (us, level_of(*level, *snap)));
            Done::once(say::ADD_POINT).and_select(Item::Point(at))
        }
        _ => return Err(Refused::gone()),
    };
    write(load, &points);
    Ok(done)
}

/// Takes a point out; the pieces on both sides become one, as long as both.
pub(in crate::doc::edit) fn remove_point(load: &mut Load, at: usize) -> Result<(), Refused> {
    let mut points = points(load);
    if at == 0 || at >= points.len() {
        return Err(Refused::because(say::START_STAYS));
    }
    if points.len() == 2 {
        return Err(Refused::because(say::LAST_STAGE_STAYS));
    }
    points.remove(at);
    write(load, &points);
    Ok(())
}

fn row(load: &mut Load, edit: &LoadEdit) -> Result<Done, Refused> {
    let (start, arrivals) = (stages(load).0, counts_arrivals(load));
    let mut rows = own(load);
    let done = match edit {
        LoadEdit::StageTo(at, to) => {
            if !to.is_finite() || *to < 0.0 {
                return Err(Refused::because(say::NO_LEVEL_BELOW_ZERO));
            }
            rows.get_mut(*at).ok_or_else(Refused::gone)?.to = Some(*to);
            Done::typed(say::change_stage(at + 1), format!("stage {at} to")).and_select(Item::Point(at + 1))
        }
        LoadEdit::StageOver(at, over) => {
            rows.get_mut(*at).ok_or_else(Refused::gone)?.over = *over;
            Done::typed(say::change_stage(at + 1), format!("stage {at} over")).and_select(Item::Point(at + 1))
        }
        LoadEdit::AddStage(at) => {
            if rows.len() >= MOST_STAGES {
                return Err(Refused::because(say::too_many_stages(MOST_STAGES)));
            }
            let at = (*at).min(rows.len());
            let level = at.checked_sub(1).map_or(start, |before| rows[before].to.unwrap_or(start));
            rows.insert(at, Stage { to: Some(level), over: Span::from_secs(60), ..Stage::default() });
            Done::once(say::ADD_STAGE).and_select(Item::Point(at + 1))
        }
        LoadEdit::RemoveStage(at) => {
            if *at >= rows.len() {
                return Err(Refused::gone());
            }
            if rows.len() == 1 {
                return Err(Refused::because(say::LAST_STAGE_STAYS));
            }
            rows.remove(*at);
            Done::once(say::REMOVE_STAGE).and_select(Item::Point((*at).min(rows.len())))
        }
        LoadEdit::MoveStage(from, to) => {
            if *from >= rows.len() {
                return Err(Refused::gone());
            }
            let row = rows.remove(*from);
            let to = (to - usize::from(from < to)).min(rows.len());
            rows.insert(to, row);
            Done::once(say::MOVE_STAGE).and_select(Item::Point(to + 1))
        }
        _ => return Err(Refused::gone()),
    };
    load.start = start;
    put(load, arrivals, rows);
    Ok(done)
}

fn settings(load: &mut Load, edit: &LoadEdit) -> Done {
    let word = match edit {
        LoadEdit::AtMost(most) => {
            load.at_most = *most;
            "most"
        }
        LoadEdit::WarmUp(span) => {
            load.warm_up = *span;
            "warm"
        }
        LoadEdit::Finish(span) => {
            load.let_people_finish = *span;
            "finish"
        }
        LoadEdit::Repetitions(count) => {
            load.repetitions = *count;
            "repetitions"
        }
        LoadEdit::KeepConnections(span) => {
            load.keep_connections = *span;
            "keep"
        }
        LoadEdit::ShareConnections(share) => {
            load.share_connections = *share;
            "connections"
        }
        _ => "",
    };
    Done::typed(say::CHANGE_LOAD, format!("load {word}")).and_select(Item::Point(0))
}
