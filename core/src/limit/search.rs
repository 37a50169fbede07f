//! The search itself: which level comes next, when a step has settled, and what it came to. Must not say it in words.

use super::judging::{Judging, Seen};
use super::settle::settled_from;
use super::{Broken, Came, End, Limit, Settings, Step, words};
use crate::scaling::Along;
use crate::stats::Name;
use crate::stats::snapshot::Snapshot;
use crate::verdict::Goal;

/// How long load takes from one level to the next, in seconds; these are left out.
pub const RAMP_SECONDS: u32 = 3;

/// By this factor load grows until something breaks.
const GROW: f64 = 2.0;

/// The answer is known so well, as a share.
const NEAR: f64 = 0.03;

/// Between what holds and what breaks, steps are so many times as long: there, chance decides what a short one comes to.
const CLOSE: u32 = 3;

/// Where chance could decide what a step comes to, it goes on for up to so many times as long.
const DOUBT: u32 = 4;

/// A step that does not settle is judged after so many times its length.
const PATIENCE: u32 = 6;

/// What is tried where the long hold fails: so much of it.
const BACK: f64 = 0.97;

/// So often the long hold is tried.
const HOLDS: usize = 6;

/// So many steps there are at most.
const MOST_STEPS: usize = 60;

/// After a step that broke, load goes down until answers are nearly as fast as at first, but no longer than so many seconds.
const REST: u32 = 60;

/// How often the least load is halved before it is given up.
const HALVINGS: u32 = 6;

/// What the run is to do next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Move {
    /// To this level: people, or arrivals a second.
    To(f64),
    /// The search is over.
    End,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Phase {
    Step,
    /// The long hold.
    Confirm,
    /// Lets the target recover, then goes to this level, for a long hold or not.
    Rest(f64, bool),
    Over,
}

/// A search under way.
#[derive(Debug)]
pub struct Search {
    settings: Settings,
    judging: Judging,
    phase: Phase,
    level: f64,
    /// The first second at this level that counts.
    counts_from: u32,
    seen: Vec<Seen>,
    steps: Vec<Step>,
    holds: Option<f64>,
    breaks: Option<f64>,
    confirmed: Option<u32>,
    end: Option<End>,
}

impl Search {
    /// A search that has not begun. The first `warm_up` seconds of the run are left out.
    pub fn new(settings: Settings, names: &[Name], goals: &[Goal], warm_up: u32) -> Self {
        let level = rounded(settings.along, settings.start.min(settings.most));
        Self {
            settings,
            judging: Judging::new(names, goals),
            phase: Phase::Step,
            level,
            counts_from: warm_up + RAMP_SECONDS,
            seen: Vec::new(),
            steps: Vec::new(),
            holds: None,
            breaks: None,
            confirmed: None,
            end: None,
        }
    }

    /// The level at the very start.
    pub fn level(&self) -> f64 {
        self.level
    }

    /// Takes a second; what to do, and the step that ended with it, in a sentence.
    pub fn push(&mut self, snapshot: &Snapshot) -> Option<(Move, Option<String>)> {
        if self.phase == Phase::Over || snapshot.second < self.counts_from {
            return None;
        }
        self.seen.push(self.judging.see(snapshot));
        let so_far = self.seen.len() as u32;
        match self.phase {
            Phase::Over => None,
            Phase::Rest(level, long) => {
                let rested = self.judging.is_rested(&self.seen) || so_far >= REST;
                rested.then(|| {
                    self.phase = if long { Phase::Confirm } else { Phase::Step };
                    (self.go(level, snapshot.second), None)
                })
            }
            Phase::Step | Phase::Confirm => {
                let step = self.judged(so_far)?;
                let told = words::told(self.settings.along, &step);
                let next = self.next(&step, snapshot.second);
                self.steps.push(step);
                if self.steps.len() >= MOST_STEPS && self.end.is_none() {
                    return Some((self.over(End::Restless), Some(told)));
                }
                Some((next, Some(told)))
            }
        }
    }

    /// What was found, so far or at all.
    pub fn limit(&self) -> Limit {
        Limit {
            along: self.settings.along,
            end: self.end.unwrap_or(End::Cut),
            holds: self.holds,
            breaks: self.breaks,
            confirmed: self.confirmed,
            steps: self.steps.clone(),
            goals: if self.confirmed.is_some() { self.judging.outcomes() } else { Vec::new() },
        }
    }

    fn seconds(&self) -> (u32, u32) {
        let whole = |span: crate::units::Span| (span.secs().ceil() as u32).max(1);
        (whole(self.settings.step), whole(self.settings.confirm))
    }

    /// What this step came to, once that can be said.
    fn judged(&mut self, so_far: u32) -> Option<Step> {
        let confirms = self.phase == Phase::Confirm;
        let (short, long) = self.seconds();
        let close = if self.breaks.is_some() && self.holds.is_some() { CLOSE } else { 1 };
        let length = if confirms { long.max(short) } else { short * close };
        if let Some(broken) = self.judging.clearly_broken(&self.seen) {
            return Some(self.step(0, false, Came::Broke, Some(broken)));
        }
        let changed = settled_from(&self.judging.times(&self.seen)) as u32;
        // A long hold has ups and downs of its own: only its beginning has to settle.
        let from = if confirms { changed.min(short) } else { changed };
        let patience = length.saturating_add(short * (PATIENCE - 1));
        let settled = so_far >= from + length;
        if !settled && so_far < patience {
            return None;
        }
        // Looked at now and then only: who looks every second sees what chance shows for a moment.
        let in_doubt = |this: &Self| {
            let beyond = so_far.saturating_sub(from + length);
            !beyond.is_multiple_of((length / 4).max(1)) || !this.judging.is_clear(&this.seen[from as usize..])
        };
        if settled && (confirms || close > 1) && so_far < from + length * DOUBT && in_doubt(self) {
            return None;
        }
        let from = if settled { from } else { so_far.saturating_sub(length) } as usize;
        // A computer that falters for a moment gets more time to show that it can.
        let own = self.judging.is_own_limit(&self.seen[from..]);
        if (own || !self.judging.has_enough(&self.seen[from..])) && so_far < patience {
            return None;
        }
        if own {
            return Some(self.step(from, settled, Came::OwnLimit, None));
        }
        let broken = self.judging.broken(&self.seen[from..], confirms || !settled);
        let came = if broken.is_some() { Came::Broke } else { Came::Held };
        Some(self.step(from, settled, came, broken))
    }

    fn step(&mut self, from: usize, settled: bool, came: Came, broken: Option<Broken>) -> Step {
        let confirms = self.phase == Phase::Confirm;
        let figures = self.judging.figures(&self.seen[from..]);
        Step {
            level: self.level,
            from: self.counts_from,
            measured: (self.seen.len() - from) as u32,
            settled,
            confirms,
            came,
            broken,
            per_second: figures.per_second,
            p95_us: figures.p95_us,
            failed: figures.failed,
        }
    }

    /// Where to go after a step.
    fn next(&mut self, step: &Step, now: u32) -> Move {
        let level = step.level;
        match (step.came, step.confirms) {
            (Came::OwnLimit, _) => self.over(End::OwnLimit),
            (Came::Held, true) => self.held_long(level, step.measured, now),
            (Came::Held, false) => {
                self.judging.remember(&self.seen);
                self.holds = Some(self.holds.map_or(level, |holds| holds.max(level)));
                self.closer(now)
            }
            (Came::Broke, _) => {
                self.breaks = Some(self.breaks.map_or(level, |breaks| breaks.min(level)));
                if step.confirms && self.confirmed.is_some() {
                    return self.over(End::Found);
                }
                self.holds = self.holds.filter(|holds| *holds < level);
                if step.confirms {
                    return self.back(level, now);
                }
                self.closer_after_rest(now)
            }
        }
    }

    /// The next level, halfway between what holds and what breaks, or the long hold.
    fn closer(&mut self, now: u32) -> Move {
        let (level, long) = self.following();
        self.phase = if long { Phase::Confirm } else { Phase::Step };
        self.go(level, now)
    }

    fn closer_after_rest(&mut self, now: u32) -> Move {
        if self.holds.is_none() && self.is_least() {
            return self.over(End::NothingHeld);
        }
        let (level, long) = self.following();
        self.rest(level, long, now)
    }

    /// The long hold held. What broke just beyond it in a short step may have been chance, so it is held for long, too; where
    /// nothing broke near to it, the search goes on.
    fn held_long(&mut self, level: f64, measured: u32, now: u32) -> Move {
        if !self.judging.keep(&self.seen) {
            return self.over(End::TooFew);
        }
        (self.holds, self.confirmed) = (Some(level), Some(measured));
        let broke = self.steps.iter().filter(|step| step.came == Came::Broke && step.level > level);
        let least = broke.clone().min_by(|a, b| a.level.total_cmp(&b.level)).map(|step| step.level);
        self.breaks = least;
        let near = |beyond: f64| beyond - level <= (beyond * NEAR * 2.0).max(unit(self.settings.along, beyond) * 1.01);
        let for_long = broke.clone().any(|step| step.confirms && near(step.level));
        let enough = self.long_holds() + 1 >= HOLDS;
        match least {
            None if level >= self.settings.most => self.over(End::MostHeld),
            None if enough => self.over(End::Restless),
            Some(_) if enough || for_long => self.over(End::Found),
            Some(beyond) if near(beyond) => self.go(beyond, now),
            _ => {
                self.confirmed = None;
                self.closer(now)
            }
        }
    }

    fn long_holds(&self) -> usize {
        self.steps.iter().filter(|step| step.confirms).count()
    }

    /// The long hold failed: a little less is tried.
    fn back(&mut self, level: f64, now: u32) -> Move {
        if self.long_holds() + 1 >= HOLDS {
            return self.over(End::Restless);
        }
        let less = self.steps.iter().filter(|step| step.came == Came::Held && step.level < level * BACK);
        let least = less.map(|step| step.level).fold(0.0, f64::max);
        let fewer = rounded(self.settings.along, level * BACK);
        let fewer = if fewer < level { fewer } else { fewer - unit(self.settings.along, level) };
        if fewer <= 0.0 {
            return self.over(End::NothingHeld);
        }
        self.holds = None;
        self.rest(fewer.max(least), true, now)
    }

    /// The level to try next, and whether that is the long hold.
    fn following(&self) -> (f64, bool) {
        let Settings { along, most, .. } = self.settings;
        match (self.holds, self.breaks) {
            (Some(holds), None) if holds >= most => (most, true),
            (Some(holds), None) => (rounded(along, (holds * GROW).max(holds + unit(along, holds))).min(most), false),
            (None, Some(breaks)) => (rounded(along, breaks / 2.0), false),
            (Some(holds), Some(breaks)) => {
                let near = (breaks * NEAR).max(unit(along, breaks) * 1.01);
                let middle = rounded(along, (holds + breaks) / 2.0);
                let between = middle > holds && middle < breaks;
                if breaks - holds <= near || !between { (holds, true) } else { (middle, false) }
            }
            (None, None) => (self.level, false),
        }
    }

    /// Whether no less load makes sense.
    fn is_least(&self) -> bool {
        let start = self.settings.start.min(self.settings.most);
        rounded(self.settings.along, self.level / 2.0) >= self.level
            || self.level <= start / f64::from(1_u32 << HALVINGS)
    }

    fn rest(&mut self, then: f64, long: bool, now: u32) -> Move {
        self.phase = Phase::Rest(then, long);
        let low = self.settings.start.min(then / 4.0);
        self.go(rounded(self.settings.along, low), now)
    }

    fn go(&mut self, level: f64, now: u32) -> Move {
        self.level = level;
        self.counts_from = now + 1 + RAMP_SECONDS;
        self.seen.clear();
        self.judging.begin();
        Move::To(level)
    }

    fn over(&mut self, end: End) -> Move {
        self.end = Some(end);
        self.phase = Phase::Over;
        Move::End
    }
}

/// The least step between two levels.
fn unit(along: Along, level: f64) -> f64 {
    match along {
        Along::People => 1.0,
        // Three digits.
        Along::Arrivals => 10_f64.powi(level.max(1e-3).log10().floor() as i32 - 2),
    }
}

/// A level that can be had, and said.
fn rounded(along: Along, level: f64) -> f64 {
    let unit = unit(along, level);
    let rounded = (level / unit).round() * unit;
    match along {
        Along::People => rounded.max(1.0),
        Along::Arrivals => rounded,
    }
}
