//! Which series moved just before things got worse: hints where to look, ranked. Pure; must not know why things got worse.
//!
//! A move is the shift of the median from one window to the next, as a level shift is looked for by scanning (the robust form
//! of a two-sample scan; compare "Microsoft's ε-diagnosis", H. Shan et al., WWW 2019, which asks of each metric, too, whether it
//! looks unlike before at the time of an anomaly). How large a shift must be is taken from the series itself: it has to be
//! several times the largest one earlier in the same run. So neither noise, however heavy its tails, nor neighbours that depend
//! on each other, nor what grows along with the load all the time makes a suspect.

use serde::{Deserialize, Serialize};

use super::{Track, Unit, Watched};

/// How long a window is, in seconds, where values come often enough.
const WINDOW: u32 = 10;

/// Values that a window needs; where they come seldom, it is longer.
const FEWEST: u32 = 5;

/// How long before the turning point a move counts, in windows, and how long after its beginning: its own second is that of
/// the first of three bad windows.
const BEFORE: u32 = 2;
const AFTER_SECONDS: u32 = 5;

/// Earlier places that are needed to know how a series moves by itself.
const PLACES: usize = 20;

/// How much larger than any earlier shift one must be: this, and so much more the fewer places there are.
const LARGER: f64 = 2.5;
const LARGER_BY_PLACES: f64 = 75.0;

/// A shift matters from this share of the level on.
const MATTERS: f64 = 0.2;

/// A processor is full from this share on, and it was at most so full before.
const FULL: (f64, f64) = (0.9, 0.7);

/// A full one stays this close to where it is.
const FLAT: f64 = 0.06;

/// A ratio is never said to be larger: what never moved before has none.
const MOST: f64 = 1_000.0;

/// How a series drew attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// It moved more than ever before.
    Moved,
    /// It grew to 100 % of a processor core, or of all, and stayed there.
    Full,
}

/// A series that may be worth a look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suspect {
    /// The name of its source.
    pub source: String,
    /// Its name there.
    pub series: String,
    /// What it counts.
    pub unit: Unit,
    /// What it did.
    pub did: Move,
    /// Since which second of the run.
    pub second: u32,
    /// Its median in the window before.
    pub from: f64,
    /// Its median in the window after.
    pub to: f64,
    /// How many times larger than any earlier move it was.
    pub times: f64,
}

/// Series that moved just before this second of the run, or filled up: what is full first, then the largest move.
pub fn suspects(watched: &Watched, warm_up_seconds: u32, turning: u32) -> Vec<Suspect> {
    let of = |track: &Track| {
        let (did, shift, times) = match (full(track, warm_up_seconds, turning), moved(track, warm_up_seconds, turning))
        {
            (Some(shift), _) => (Move::Full, shift, MOST),
            (None, Some((shift, times))) => (Move::Moved, shift, times),
            (None, None) => return None,
        };
        let Shift { second, from, to } = shift;
        let (source, series) = (watched.source(track).to_owned(), track.name.clone());
        Some(Suspect { source, series, unit: track.unit, did, second, from, to, times })
    };
    let mut found: Vec<Suspect> = watched.tracks.iter().filter_map(of).collect();
    let later = |one: &Suspect| one.did == Move::Moved;
    found.sort_by(|a, b| later(a).cmp(&later(b)).then(b.times.total_cmp(&a.times)));
    found
}

/// The medians of two windows, before and from a second on.
#[derive(Debug, Clone, Copy)]
struct Shift {
    second: u32,
    from: f64,
    to: f64,
}

impl Shift {
    fn size(&self) -> f64 {
        (self.to - self.from).abs()
    }
}

/// The length of a window of this series, in seconds.
fn window(track: &Track) -> u32 {
    WINDOW.max(FEWEST.saturating_mul(track.step.max(1)))
}

/// The median of a stretch, where most of its values are known.
fn median(track: &Track, from: u32, seconds: u32) -> Option<f64> {
    let points = track.within(from, from.saturating_add(seconds));
    if points.len() as u32 * track.step.max(1) * 5 < seconds * 3 {
        return None;
    }
    let mut values: Vec<f64> = points.iter().map(|(_, value)| *value).collect();
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.get((values.len() - 1) / 2)?, values.get(values.len() / 2)?);
    Some((low + high) / 2.0)
}

fn shift(track: &Track, second: u32, window: u32) -> Option<Shift> {
    let from = median(track, second.checked_sub(window)?, window)?;
    Some(Shift { second, from, to: median(track, second, window)? })
}

/// The largest move about the turning point, and how many times larger than any earlier one it is.
fn moved(track: &Track, begin: u32, turning: u32) -> Option<(Shift, f64)> {
    let (window, step) = (window(track), track.step.max(1) as usize);
    let near = turning.checked_sub(BEFORE * window)?;
    let about = (near..=turning.saturating_add(AFTER_SECONDS)).step_by(step);
    let about: Vec<Shift> = about.filter_map(|second| shift(track, second, window)).collect();
    let size = about.iter().map(Shift::size).fold(0.0, f64::max);
    // A clean step looks the same from several places; it is in their middle.
    let same: Vec<&Shift> = about.iter().filter(|one| one.size() >= size * (1.0 - 1e-9)).collect();
    let largest = **same.get(same.len() / 2)?;
    // The windows of the earlier places end before those about the turning point begin.
    let until = near.checked_sub(window)?;
    let earlier: Vec<f64> = (begin.saturating_add(window)..=until)
        .step_by(step)
        .filter_map(|second| Some(shift(track, second, window)?.size()))
        .collect();
    if earlier.len() < PLACES || !matters(track.unit, &largest) {
        return None;
    }
    let most = earlier.iter().copied().fold(0.0, f64::max);
    let times = (largest.size() / most).min(MOST);
    (times >= LARGER + LARGER_BY_PLACES / earlier.len() as f64).then_some((largest, times))
}

/// Whether a shift is large enough for a person to care.
fn matters(unit: Unit, shift: &Shift) -> bool {
    let least = match unit {
        Unit::Number => 2.0,
        Unit::PerSecond => 1.0,
        Unit::Share => 0.05,
        Unit::Bytes => 1e6,
        Unit::BytesPerSecond => 1e5,
        Unit::Seconds => 0.005,
    };
    shift.size() >= least && shift.size() >= MATTERS * shift.from.abs().max(shift.to.abs())
}

/// A processor that filled up on the way to the turning point, and stayed full.
fn full(track: &Track, begin: u32, turning: u32) -> Option<Shift> {
    if track.unit != Unit::Share {
        return None;
    }
    let window = window(track);
    let is_full = |value: f64| (FULL.0..=1.1).contains(&value);
    let to = median(track, turning, window).filter(|to| is_full(*to))?;
    let after = track.within(turning, turning.saturating_add(2 * window));
    let flat = after.iter().filter(|(_, value)| (value - to).abs() <= FLAT).count();
    if flat * 5 < after.len() * 4 {
        return None;
    }
    let from = median(track, begin, window).filter(|from| *from <= FULL.1)?;
    let filled = (begin..=turning).find(|second| median(track, *second, window).is_some_and(is_full))?;
    // One that was full for long before did not make anything worse now.
    (filled.saturating_add(6 * window) >= turning).then_some(Shift { second: filled, from, to })
}
