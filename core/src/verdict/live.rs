//! Judging while the run goes on: goals broken and recovered, and rules to stop early.
//!
//! Takes one snapshot a second and keeps no more of them than the longest window needs. Must not know how to stop.

use std::collections::VecDeque;

use crate::stats::snapshot::{Row, Snapshot};
use crate::stats::timeline::PackedRow;
use crate::stats::{Name, NameId};
use crate::verdict::goal::{Goal, Measure, StopRule};

/// The longest window, in seconds; longer ones are judged over the last hour.
const LONGEST_WINDOW: usize = 3_600;

/// For how many seconds on end a goal must look broken, or met again, before it is said.
const STEADY: u32 = 3;

/// Something to tell.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A goal is not met at present.
    Broken {
        /// Which goal, by index.
        goal: usize,
        /// When.
        second: u32,
        /// How many people were active.
        people: u32,
        /// What was measured.
        got: f64,
    },
    /// It is met again.
    Recovered {
        /// Which goal, by index.
        goal: usize,
        /// When.
        second: u32,
        /// What was measured.
        got: f64,
    },
    /// The run should stop.
    Stop {
        /// Which rule, by index.
        rule: usize,
        /// When.
        second: u32,
    },
}

/// The worst window of a goal that is judged over windows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worst {
    /// What was measured.
    pub got: f64,
    /// The window's last second.
    pub second: u32,
}

/// What a goal is about.
#[derive(Debug, Clone, Copy)]
enum Subject {
    All,
    One(NameId),
    /// A name that the run doesn't have.
    Nothing,
}

/// One goal as it is watched.
#[derive(Debug)]
struct Watch {
    goal: Goal,
    subject: Subject,
    /// Everything after the warm-up; for goals over the whole run.
    sum: Row,
    length_us: u64,
    /// The seconds of the present window; for goals over windows.
    window: VecDeque<(u32, u64, PackedRow)>,
    window_seconds: u32,
    worst: Option<Worst>,
    broken: bool,
    changing: u32,
}

/// One rule to stop early as it is watched.
#[derive(Debug)]
struct Guard {
    rule: StopRule,
    subject: Subject,
    since: Option<u32>,
    fired: bool,
}

/// Watches goals and rules to stop early.
#[derive(Debug)]
pub struct Judge {
    names: Vec<Name>,
    warm_up: u32,
    watches: Vec<Watch>,
    guards: Vec<Guard>,
}

impl Judge {
    /// For a run with these names, whose first `warm_up` seconds don't count. Rules to stop early hold in the warm-up
    /// too.
    pub fn new(names: &[Name], goals: &[Goal], rules: &[StopRule], warm_up: u32) -> Self {
        let id = |goal: &Goal| match &goal.of {
            None => Subject::All,
            Some(of) => match names.iter().position(|name| name.label == *of) {
                Some(at) => Subject::One(NameId(at as u16)),
                None => Subject::Nothing,
            },
        };
        let window_seconds = |goal: &Goal| {
            let seconds = goal.over_last.map_or(0.0, |span| span.secs().ceil());
            seconds.clamp(1.0, LONGEST_WINDOW as f64) as u32
        };
        let watch = |goal: &Goal| Watch {
            subject: id(goal),
            sum: Row::default(),
            length_us: 0,
            window: VecDeque::new(),
            window_seconds: window_seconds(goal),
            worst: None,
            broken: false,
            changing: 0,
            goal: goal.clone(),
        };
        let guard = |rule: &StopRule| Guard { subject: id(&rule.goal), since: None, fired: false, rule: rule.clone() };
        Self {
            names: names.to_vec(),
            warm_up,
            watches: goals.iter().map(watch).collect(),
            guards: rules.iter().map(guard).collect(),
        }
    }

    /// Looks at one second; seconds come in order.
    pub fn push(&mut self, snapshot: &Snapshot) -> Vec<Event> {
        let all = snapshot.all(&self.names);
        let nothing = Row::default();
        let row = |subject: Subject| match subject {
            Subject::All => &all,
            Subject::One(name) => snapshot.rows.get(name.at()).unwrap_or(&nothing),
            Subject::Nothing => &nothing,
        };
        let mut events = Vec::new();
        for (at, guard) in self.guards.iter_mut().enumerate() {
            if guard.fires(row(guard.subject), snapshot) {
                events.push(Event::Stop { rule: at, second: snapshot.second });
            }
        }
        if snapshot.second >= self.warm_up {
            for (at, watch) in self.watches.iter_mut().enumerate() {
                events.extend(watch.push(at, row(watch.subject), snapshot));
            }
        }
        events
    }

    /// For each goal that is judged over windows, its worst one so far.
    pub fn worst(&self) -> Vec<Option<Worst>> {
        self.watches.iter().map(|watch| watch.worst).collect()
    }
}

impl Guard {
    /// Whether the rule holds long enough with this second. A second that can't tell neither helps nor hinders.
    fn fires(&mut self, row: &Row, snapshot: &Snapshot) -> bool {
        let goal = &self.rule.goal;
        let Some(got) = goal.measure(row, snapshot.length_us, 1) else { return false };
        let beyond = goal.is_met_by(got) && got != goal.limit;
        self.since = if beyond { self.since.or(Some(snapshot.second)) } else { None };
        let held = self.since.map(|since| f64::from(snapshot.second.saturating_sub(since)) + 1.0);
        let fires = !self.fired && held.is_some_and(|seconds| seconds >= self.rule.hold.secs());
        self.fired |= fires;
        fires
    }
}

impl Watch {
    /// Adds a second and says what changed.
    fn push(&mut self, at: usize, row: &Row, snapshot: &Snapshot) -> Option<Event> {
        let got = if self.goal.over_last.is_some() { self.slide(row, snapshot) } else { self.grow(row, snapshot) }?;
        let broken = !self.goal.is_met_by(got);
        self.changing = if broken == self.broken { 0 } else { self.changing + 1 };
        if self.changing < STEADY {
            return None;
        }
        (self.broken, self.changing) = (broken, 0);
        let (second, people) = (snapshot.second, snapshot.people.active);
        Some(match broken {
            true => Event::Broken { goal: at, second, people, got },
            false => Event::Recovered { goal: at, second, got },
        })
    }

    /// The measure over everything so far. Throughput over a whole run says nothing before its end.
    fn grow(&mut self, row: &Row, snapshot: &Snapshot) -> Option<f64> {
        if self.goal.measure == Measure::Throughput {
            return None;
        }
        self.sum.merge(row);
        self.length_us += snapshot.length_us;
        self.goal.measure(&self.sum, self.length_us, self.goal.measure.answers_needed())
    }

    /// The measure over the last window, once there has been a whole one.
    fn slide(&mut self, row: &Row, snapshot: &Snapshot) -> Option<f64> {
        let second = snapshot.second;
        self.window.push_back((second, snapshot.length_us, PackedRow::from(row)));
        let first_of_window = (second + 1).saturating_sub(self.window_seconds);
        let mut whole = second + 1 >= self.window_seconds && self.window[0].0 <= first_of_window;
        while self.window.front().is_some_and(|(first, ..)| *first < first_of_window) {
            self.window.pop_front();
            whole = true;
        }
        if !whole {
            return None;
        }
        let mut sum = PackedRow::default();
        self.window.iter().for_each(|(_, _, row)| sum.merge(row));
        let length_us = self.window.iter().map(|(_, length_us, _)| length_us).sum();
        let got = self.goal.measure(&sum, length_us, self.goal.measure.answers_needed())?;
        let worse = self.worst.is_none_or(|worst| match self.goal.side {
            super::Side::Below => got > worst.got,
            super::Side::Above => got < worst.got,
        });
        if worse {
            self.worst = Some(Worst { got, second });
        }
        Some(got)
    }
}

#[cfg(test)]
mod tests;
