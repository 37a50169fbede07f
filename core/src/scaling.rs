//! How throughput and response time go with load: the levels a run went through, the knee, and a law fitted to them.
//!
//! A pure function of a run's own seconds, so it is the same in the app, in reports and for scripts. What the seconds don't
//! support is not given, and why is said. Must not judge: a knee is no goal.

use serde::{Deserialize, Serialize};

use crate::chart::scale::nice_step;
use crate::stats::interval::{Interval, PackedRow};
use crate::stats::summary::enough;
use crate::stats::timeline::Timeline;
use crate::verdict::windows::measured;

mod knee;
mod law;
mod words;

pub use knee::Knee;
pub use law::{Law, Peak, Range};

/// How long windows may be, in seconds: the first at which most have [`ANSWERS`].
const WINDOWS: [u32; 5] = [5, 10, 20, 40, 60];

/// Good answers that make a window's throughput meaningful: chance alone moves it by a fifth.
const ANSWERS: u64 = 30;

/// About so many levels there are.
const LEVELS: f64 = 12.0;

/// From one interval to the next so much of the most people may come or go, as a share, or [`FEW`]. Where it is more, one of the
/// two holds answers to both crowds: the earlier one where people go, as an interval has the most people of its seconds.
const JUMP: f64 = 0.1;

/// So many people may always come or go.
const FEW: f64 = 2.0;

/// The share of suspect seconds from which this computer, not the target, was measured.
const OWN_LIMIT: f64 = 0.5;

/// What the load is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Along {
    /// People at the same time.
    People,
    /// Arrivals a second, those that could not start included.
    Arrivals,
}

impl Along {
    /// A stable word: `people`, `arrivals`.
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Arrivals => "arrivals",
        }
    }
}

/// What was measured while the load was about the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The mean load, by time: people, or arrivals a second.
    pub load: f64,
    /// For how long, in seconds.
    pub seconds: f64,
    /// Requests that went well, a second.
    pub per_second: f64,
    /// Mean response time of those, in microseconds.
    pub mean_us: f64,
    /// Half of them were at most this slow, in microseconds; `None` where there are too few to say.
    pub p50_us: Option<u64>,
    /// 95 of 100 of them.
    pub p95_us: Option<u64>,
    /// How much of all requests failed, 0 to 1.
    pub failed: f64,
}

/// Why something is not given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lack {
    /// The load was about the same all the time.
    Steady,
    /// So many levels were measured, of so many that are needed.
    FewLevels(usize, usize),
    /// This computer was at its limit too often.
    OwnLimit,
    /// More load made more answers, up to the most that was tried.
    NoBend,
    /// More load made nothing better from the least that was tried on.
    BentAtOnce,
    /// The law is about people at the same time.
    NotPeople,
    /// The levels are so far from the law, as a share.
    Misfit(f64),
}

/// How a target scales, as far as one run can say.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaling {
    /// What the load is counted in.
    pub along: Along,
    /// From the least load up.
    pub levels: Vec<Level>,
    /// From where on more load makes answers slower faster than it makes more of them.
    pub knee: Result<Knee, Lack>,
    /// The Universal Scalability Law, fitted.
    pub law: Result<Law, Lack>,
}

/// A stretch of a run.
struct Window {
    load: f64,
    length_us: u64,
    row: PackedRow,
}

impl Window {
    fn per_second(&self) -> f64 {
        self.row.ok as f64 * 1e6 / self.length_us as f64
    }
}

/// How the target of a run scales. Warm-up is left out, and so are seconds in which people were only leaving, many came or went
/// at once, or this computer was at its limit.
pub fn scaling(timeline: &Timeline) -> Scaling {
    let along = if timeline.measured().peak_planned > 0 { Along::People } else { Along::Arrivals };
    let whole = measured(timeline);
    let planned = |one: &&Interval| along == Along::Arrivals || one.people.planned > 0;
    let suspect = whole.iter().filter(|one| one.suspect > 0).count();
    let most = whole.iter().map(|one| one.people.active).max().unwrap_or(0);
    let jump = FEW.max(f64::from(most) * JUMP);
    let calm = |at: usize| {
        let near = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten().filter_map(|near| whole.get(near));
        let far = |near: &Interval| f64::from(near.people.active.abs_diff(whole[at].people.active)) > jump;
        along == Along::Arrivals || !near.filter(planned).any(far)
    };
    let calm = whole.iter().enumerate().filter(|(at, _)| calm(*at)).map(|(_, one)| one);
    let used: Vec<&Interval> = calm.filter(planned).filter(|one| one.suspect == 0).collect();
    let windows = windows(&used, timeline, along);
    let levels = levels(&windows);
    let lack = if suspect as f64 > whole.len() as f64 * OWN_LIMIT {
        Some(Lack::OwnLimit)
    } else {
        let ends = levels.first().zip(levels.last());
        ends.is_none_or(|(first, last)| last.load < first.load * 1.5).then_some(Lack::Steady)
    };
    let knee = lack.map_or_else(|| knee::knee(&levels), Err);
    let law = match (lack, along) {
        (Some(lack), _) => Err(lack),
        (None, Along::Arrivals) => Err(Lack::NotPeople),
        (None, Along::People) => law::law(&windows, &levels),
    };
    Scaling { along, levels, knee, law }
}

/// Windows in order of time, long enough for most of them to have answers. Those with too few are left out.
fn windows(used: &[&Interval], timeline: &Timeline, along: Along) -> Vec<Window> {
    let mut last = Vec::new();
    for seconds in WINDOWS {
        // What is left out between two crowds parts them, too.
        let next = |a: &Interval, b: &Interval| along == Along::Arrivals || a.from.saturating_add(a.seconds) == b.from;
        let same = |a: &&Interval, b: &&Interval| a.from / seconds == b.from / seconds && next(a, b);
        let all: Vec<_> = used.chunk_by(same).filter_map(|chunk| window(chunk, timeline, along)).collect();
        let count = all.len();
        last = all.into_iter().filter(|one| one.row.ok >= ANSWERS).collect();
        if last.len() * 4 >= count * 3 {
            break;
        }
    }
    last
}

fn window(chunk: &[&Interval], timeline: &Timeline, along: Along) -> Option<Window> {
    let mut row = PackedRow::default();
    let (mut length_us, mut load) = (0_u64, 0.0);
    for one in chunk {
        row.merge(&one.all(timeline.names()));
        length_us = length_us.saturating_add(one.length_us);
        load += match along {
            Along::People => f64::from(one.people.active) * one.length_us as f64,
            Along::Arrivals => one.started.saturating_add(one.dropped) as f64 * 1e6,
        };
    }
    let load = load / length_us.max(1) as f64;
    // Half a second is the end of a run, whose counts say little.
    (length_us >= 500_000 && load > 0.0).then_some(Window { load, length_us, row })
}

/// Windows put together by load, from the least up.
fn levels(windows: &[Window]) -> Vec<Level> {
    let most = windows.iter().map(|one| one.load).fold(0.0, f64::max);
    let width = nice_step(most / LEVELS);
    let mut order: Vec<&Window> = windows.iter().collect();
    order.sort_by(|a, b| a.load.total_cmp(&b.load));
    order.chunk_by(|a, b| (a.load / width).floor() == (b.load / width).floor()).filter_map(level).collect()
}

fn level(windows: &[&Window]) -> Option<Level> {
    let mut row = PackedRow::default();
    let (mut length_us, mut load) = (0_u64, 0.0);
    for one in windows {
        row.merge(&one.row);
        length_us = length_us.saturating_add(one.length_us);
        load += one.load * one.length_us as f64;
    }
    let times = row.response.ok.to_hist();
    Some(Level {
        load: load / length_us as f64,
        seconds: length_us as f64 / 1e6,
        per_second: row.ok as f64 * 1e6 / length_us as f64,
        mean_us: times.mean()?,
        p50_us: enough(&times, 50.0),
        p95_us: enough(&times, 95.0),
        failed: row.failed.total() as f64 / row.finished().max(1) as f64,
    })
}

#[cfg(test)]
pub(crate) mod tests;
