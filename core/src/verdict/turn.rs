//! The turning point: where things started to get worse, and stayed worse for three windows of 5 seconds.
//!
//! Must not know what is said about it.

use serde::{Deserialize, Serialize};

use crate::stats::summary::answers_needed;
use crate::stats::timeline::{PackedRow, Timeline};
use crate::stats::{NameId, NameKind};
use crate::verdict::goal::{Goal, Measure};
use crate::verdict::windows::{Window, measured, side_by_side};

/// How long one window is, in seconds.
const WINDOW: u32 = 5;

/// For how many windows on end it must be worse.
const SUSTAINED: usize = 3;

/// In how many windows the early level is taken: 30 seconds.
const EARLY: usize = 6;

/// How many answers the 95th percentile of one window needs: a third of what it needs alone, as three windows agree.
const ENOUGH: u64 = 20;

/// A latency must grow by this much at least, in microseconds: below it, twice as slow is still nothing.
const NOTICEABLE_US: u64 = 15_000;

/// Requests in a window from which its rate is steady enough to be compared: one twentieth of noise.
const STEADY_RATE: u64 = 400;

/// What got worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// A goal was broken.
    GoalBroken,
    /// 95 of 100 took at least twice as long as early in the run.
    Slower,
    /// At least 20 % more people made less than 5 % more requests.
    NoMoreThroughput,
}

/// Where things started to get worse.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TurningPoint {
    /// The second of the run.
    pub second: u32,
    /// How many people were active.
    pub people: u32,
    /// What got worse.
    pub turn: Turn,
    /// The goal that was broken, by index.
    #[serde(default)]
    pub goal: Option<usize>,
    /// The name in results that slowed down most, or failed.
    pub name: Option<String>,
    /// 95 of 100 of this name early in the run, in microseconds.
    pub from_us: Option<u64>,
    /// 95 of 100 of this name from the turning point on, in microseconds.
    pub to_us: Option<u64>,
    /// Whether it was so from the very start.
    pub from_start: bool,
}

/// The first turning point of a run, if there is one.
pub(super) fn turning_point(timeline: &Timeline, goals: &[Goal]) -> Option<TurningPoint> {
    let windows = side_by_side(timeline, WINDOW);
    let requests: Vec<_> = (0..timeline.names().len() as u16)
        .map(NameId)
        .filter(|id| timeline.names()[id.at()].of == NameKind::Request)
        .collect();
    let early: Vec<_> = requests.iter().map(|id| (*id, early_level(&windows, *id))).collect();
    let last = windows.len().checked_sub(SUSTAINED)?;
    (0..=last).find_map(|at| {
        let three = &windows[at..at + SUSTAINED];
        let broken = goals.iter().position(|goal| three.iter().all(|one| breaks(goal, one, timeline)));
        let slower = early.iter().any(|(id, level)| three.iter().all(|one| is_slower(one.row(Some(*id)), *level)));
        let turn = if broken.is_some() {
            Turn::GoalBroken
        } else if slower {
            Turn::Slower
        } else if stops_growing(&windows, at) {
            Turn::NoMoreThroughput
        } else {
            return None;
        };
        Some(describe(timeline, &windows[at], at == 0, (turn, broken), goals, &early))
    })
}

/// Whether a goal is broken within one window. Throughput is left to the whole run: it is low while people arrive.
fn breaks(goal: &Goal, window: &Window, timeline: &Timeline) -> bool {
    let needed = match goal.measure {
        Measure::Throughput => return false,
        Measure::Percentile(percentile) => answers_needed(percentile).div_ceil(SUSTAINED as u64),
        Measure::Mean | Measure::FailureShare => ENOUGH,
        Measure::Slowest => 1,
    };
    let name = match &goal.of {
        Some(label) => match timeline.name_id(label) {
            Some(id) => Some(id),
            None => return false,
        },
        None => None,
    };
    let got = goal.measure(window.row(name), window.length_us, needed);
    got.is_some_and(|got| !goal.is_met_by(got))
}

/// The 95th percentile of a row with enough answers.
fn p95(row: &PackedRow, enough: u64) -> Option<u64> {
    let times = row.response.all();
    (times.len() >= enough).then(|| times.quantile(0.95)).flatten()
}

/// The median of the 95th percentiles of the first windows in which there is one.
fn early_level(windows: &[Window], id: NameId) -> Option<u64> {
    let mut first: Vec<_> = windows.iter().filter_map(|one| p95(one.row(Some(id)), ENOUGH)).take(EARLY).collect();
    first.sort_unstable();
    first.get(first.len() / 2).copied()
}

/// Whether a row is at least twice as slow as early in the run.
fn is_slower(row: &PackedRow, early: Option<u64>) -> bool {
    let (Some(now), Some(early)) = (p95(row, ENOUGH), early) else { return false };
    now >= early.saturating_mul(2) && now - early >= NOTICEABLE_US
}

/// Whether, for three windows from `at` on, at least 20 % more people than in an earlier window made less than 5 % more
/// requests.
fn stops_growing(windows: &[Window], at: usize) -> bool {
    let rate = |one: &Window| one.all.finished() as f64 * 1e6 / one.length_us as f64;
    let steady = |one: &Window| one.planned > 0 && one.all.finished() >= STEADY_RATE;
    let three = &windows[at..at + SUSTAINED];
    let fewest = three.iter().map(|one| one.people).min().unwrap_or(0);
    let before = windows[..at].iter().rev().find(|one| f64::from(fewest) >= f64::from(one.people) * 1.2);
    let Some(before) = before.filter(|one| steady(one)) else { return false };
    three.iter().all(|one| steady(one) && rate(one) < rate(before) * 1.05)
}

/// Fills in what changed, and for which name.
fn describe(
    timeline: &Timeline,
    window: &Window,
    from_start: bool,
    (turn, broken): (Turn, Option<usize>),
    goals: &[Goal],
    early: &[(NameId, Option<u64>)],
) -> TurningPoint {
    let since: Vec<_> = measured(timeline).iter().filter(|one| one.from >= window.second).cloned().collect();
    let rest = Window::of(&since, timeline);
    let goal = broken.map(|at| &goals[at]);
    let of = goal.and_then(|goal| goal.of.as_ref()).and_then(|label| timeline.name_id(label));
    let about_failures = goal.is_some_and(|goal| goal.measure == Measure::FailureShare);
    let growth = |id: NameId, level: Option<u64>| {
        let to = p95(rest.row(Some(id)), answers_needed(95.0))?;
        Some((id, level?, to)).filter(|(_, level, to)| to > level)
    };
    let ratio = |change: &(NameId, u64, u64)| change.2 as f64 / change.1.max(1) as f64;
    let changes = early.iter().filter(|(id, _)| of.is_none_or(|of| of == *id));
    let slowed = changes.filter_map(|(id, level)| growth(*id, *level)).max_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let failing = early.iter().map(|(id, _)| *id).max_by_key(|id| rest.row(Some(*id)).failed.total());
    let (name, times) = match (turn, about_failures) {
        (Turn::NoMoreThroughput, _) => (None, None),
        (_, true) => (of.or(failing), None),
        _ => (of.or(slowed.map(|slowed| slowed.0)), slowed),
    };
    TurningPoint {
        second: window.second,
        people: window.people,
        turn,
        goal: broken,
        name: name.map(|id| timeline.names()[id.at()].label.clone()),
        from_us: times.map(|(_, from, _)| from),
        to_us: times.map(|(_, _, to)| to),
        from_start,
    }
}

#[cfg(test)]
mod tests;
