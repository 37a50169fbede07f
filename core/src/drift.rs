//! Drift: answers that get slower, or fail more often, while the load stays the same; found, and dated.
//!
//! A pure function of a run's own seconds. Must not judge whether that is good enough: goals are for that.

use crate::stats::summary::answers_needed;
use crate::stats::timeline::Timeline;
use crate::stats::{NameId, NameKind};
use crate::verdict::windows::{Window, measured};
use crate::watch::{Track, Unit, Watched};

mod trend;
mod words;

pub use trend::Shape;
use trend::{Trend, trend};

/// What drifts is told from pieces of at least so many seconds: a target's good and bad moments are mostly shorter.
const PIECE: u32 = 30;

/// A steady stretch is cut into about so many pieces.
const PIECES: u32 = 24;

/// Fewer pieces than this show no drift: five minutes.
const LEAST: usize = 10;

/// The load of a steady stretch differs by no more than this.
const STEADY: f64 = 1.1;

/// How sure it is that there is drift at all: the chance that a run without any is said to have some.
const CERTAIN: f64 = 0.005;

/// Times grow at least by this factor, and by so many microseconds.
const SLOWER: (f64, f64) = (1.15, 5_000.0);

/// The share of failures at least doubles, and grows by this.
const FAILING: f64 = 0.005;

/// Memory grows at least by this factor, and by so many bytes.
const MORE_MEMORY: (f64, f64) = (1.1, 5e6);

/// Words in the names of series that tell of memory in use, and those that tell of something else.
const MEMORY: [&str; 6] = ["memory", "heap", "resident", "rss", "alloc", "working_set"];
const NOT_IN_USE: [&str; 6] = ["available", "free", "limit", "max", "total", "virtual"];

/// Requests that make a piece's share of failures meaningful.
const ENOUGH: u64 = 50;

/// How many pieces the level at the end is taken from.
const END: usize = 3;

/// What grew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The time within which 95 of 100 good answers arrived, in microseconds.
    Slower,
    /// The share of requests that failed, 0 to 1.
    Failing,
    /// The memory of something that was watched, in bytes.
    Memory,
}

impl What {
    /// A stable word: `slower`, `failing`, `memory`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Slower => "slower",
            Self::Failing => "failing",
            Self::Memory => "memory",
        }
    }

    fn value(self, piece: &Window, name: Option<NameId>) -> Option<f64> {
        let row = piece.row(name);
        match self {
            Self::Slower => {
                let times = &row.response.ok;
                let enough = times.len() >= answers_needed(95.0);
                enough.then(|| times.quantile(0.95)).flatten().map(|us| us as f64)
            }
            Self::Failing => {
                let all = row.finished();
                (all >= ENOUGH).then(|| row.failed.total() as f64 / all as f64)
            }
            Self::Memory => None, // no request tells it
        }
    }

    fn matters(self, from: f64, to: f64) -> bool {
        match self {
            Self::Slower => to >= from * SLOWER.0 && to - from >= SLOWER.1,
            Self::Failing => to >= from * 2.0 && to - from >= FAILING,
            Self::Memory => to >= from * MORE_MEMORY.0 && to - from >= MORE_MEMORY.1,
        }
    }
}

/// Something that grew while the load stayed the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// What.
    pub what: What,
    /// Of which step, or which series of what is watched; `None` for all requests together.
    pub name: Option<String>,
    /// How it was before it grew.
    pub from: f64,
    /// How it was at the end.
    pub to: f64,
    /// Since which second of the run.
    pub since: u32,
    /// Whether that is where the steady load began.
    pub from_start: bool,
    /// Whether it grew bit by bit, or at once.
    pub shape: Shape,
}

/// What drifted in the longest stretch of steady load: of times and of failures, first of all requests together, then of the
/// step in which it grew most. Seconds in which this computer was at its limit are left out.
pub fn drifts(timeline: &Timeline) -> Vec<Drift> {
    let pieces = steady(pieces(timeline));
    if pieces.len() < LEAST {
        return Vec::new();
    }
    let names = timeline.names().iter().enumerate();
    let steps: Vec<_> =
        names.filter(|(_, name)| name.of == NameKind::Request).map(|(at, _)| NameId(at as u16)).collect();
    let chance = CERTAIN / (steps.len() + 1) as f64;
    let mut found = Vec::new();
    for what in [What::Slower, What::Failing] {
        found.extend(drift(timeline, &pieces, what, None, chance));
        let grown = |one: &Drift| one.to / one.from.max(1e-4);
        let of_steps = steps.iter().filter_map(|step| drift(timeline, &pieces, what, Some(*step), chance));
        found.extend(of_steps.max_by(|a, b| grown(a).total_cmp(&grown(b))));
    }
    found
}

fn drift(timeline: &Timeline, pieces: &[Window], what: What, name: Option<NameId>, chance: f64) -> Option<Drift> {
    let known = pieces.iter().filter_map(|piece| Some((f64::from(piece.second), what.value(piece, name)?)));
    let label = name.and_then(|name| timeline.names().get(name.at())).map(|name| name.label.clone());
    dated(&known.collect::<Vec<_>>(), what, label, chance)
}

/// What grew of memory that was watched, in the longest stretch of steady load; of each source what grew most. The same test as
/// for times.
pub fn growing(timeline: &Timeline, watched: &Watched) -> Vec<Drift> {
    let pieces = steady(pieces(timeline));
    let is_memory = |track: &&Track| {
        let has = |words: &[&str]| words.iter().any(|word| track.name.to_ascii_lowercase().contains(word));
        track.unit == Unit::Bytes && has(&MEMORY) && !has(&NOT_IN_USE)
    };
    let tracks: Vec<&Track> = watched.tracks.iter().filter(is_memory).collect();
    let chance = CERTAIN / tracks.len().max(1) as f64;
    let of_track = |track: &&Track| {
        let mean = |piece: &Window| {
            let end = piece.second + piece.length_us.div_ceil(1_000_000) as u32;
            let values = track.within(piece.second, end);
            let sum: f64 = values.iter().map(|(_, value)| value).sum();
            (!values.is_empty()).then(|| (f64::from(piece.second), sum / values.len() as f64))
        };
        let points: Vec<(f64, f64)> = pieces.iter().filter_map(mean).collect();
        let label = format!("{} of {}", track.name, watched.source(track));
        Some((track.source, dated(&points, What::Memory, Some(label), chance)?))
    };
    let mut found: Vec<(u16, Drift)> = tracks.iter().filter_map(of_track).collect();
    let grown = |drift: &Drift| drift.to - drift.from;
    found.sort_by(|a, b| a.0.cmp(&b.0).then(grown(&b.1).total_cmp(&grown(&a.1))));
    found.dedup_by_key(|(source, _)| *source);
    found.into_iter().map(|(_, drift)| drift).collect()
}

/// Whether values rise over time, so much that it matters, and since when.
fn dated(points: &[(f64, f64)], what: What, name: Option<String>, chance: f64) -> Option<Drift> {
    if points.len() < LEAST {
        return None;
    }
    let Trend { at, shape } = trend(points, chance)?;
    let mean = |points: &[(f64, f64)]| points.iter().map(|(_, value)| value).sum::<f64>() / points.len().max(1) as f64;
    // What grows from the start on is best known there by its first pieces.
    let before = mean(&points[..at.max(END)]);
    let after = mean(&points[points.len() - END..]);
    let drift = Drift { what, name, from: before, to: after, since: points[at].0 as u32, from_start: at <= 1, shape };
    what.matters(before, after).then_some(drift)
}

/// The run after its warm-up in pieces of the same length. The last one, when people leave, is left out where it is short.
fn pieces(timeline: &Timeline) -> Vec<Window> {
    let by_people = timeline.measured().peak_planned > 0;
    let used = measured(timeline).iter().filter(|one| one.suspect == 0 && (!by_people || one.people.planned > 0));
    let used: Vec<_> = used.cloned().collect();
    let (Some(first), Some(last)) = (used.first(), used.last()) else { return Vec::new() };
    let seconds = ((last.end() - first.from) / PIECES).max(PIECE);
    let base = first.from;
    let pieces = used.chunk_by(|a, b| (a.from - base) / seconds == (b.from - base) / seconds);
    let whole = |piece: &Window| piece.length_us * 2 >= u64::from(seconds) * 1_000_000;
    pieces.map(|chunk| Window::of(chunk, timeline)).filter(whole).collect()
}

/// The longest stretch in which the load stays about the same.
fn steady(mut pieces: Vec<Window>) -> Vec<Window> {
    let load = |piece: &Window| match piece.planned {
        0 => (piece.due as f64 * 1e6 / piece.length_us.max(1) as f64, 4.0 / (piece.due.max(1) as f64).sqrt()),
        planned => (f64::from(planned), 0.0),
    };
    let loads: Vec<(f64, f64)> = pieces.iter().map(load).collect();
    let is_steady = |stretch: &[(f64, f64)]| {
        let (low, high, noise) =
            stretch.iter().fold((f64::MAX, 0.0_f64, 0.0_f64), |(low, high, noise), (load, off)| {
                (low.min(*load), high.max(*load), noise.max(*off))
            });
        high <= low * (STEADY + noise)
    };
    let (mut from, mut best) = (0, (0, 0));
    for until in 1..=loads.len() {
        while !is_steady(&loads[from..until]) {
            from += 1;
        }
        if until - from > best.1 - best.0 {
            best = (from, until);
        }
    }
    pieces.truncate(best.1);
    pieces.split_off(best.0)
}

#[cfg(test)]
mod tests;
