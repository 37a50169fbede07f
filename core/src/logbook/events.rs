//! What happened during a run, in sentences. Must not decide anything.

use std::collections::HashSet;

use crate::plan::curve::Steer;
use crate::result::{Event, NOT_TOLD, Redactor};
use crate::stats::snapshot::Snapshot;
use crate::stats::{Name, NameId};
use crate::traffic::Kind;
use crate::units::plain_people;
use crate::verdict::{Goal, live, words};

/// So many kinds of failures are told when they first happen.
const MOST_FAILURES: usize = 20;

/// For so many seconds on end this computer must be at its limit before it is said.
const STEADY: u32 = 3;

/// The most events of a run.
const MOST_EVENTS: usize = 1_000;

/// The events of a run.
#[derive(Debug)]
pub(super) struct Events {
    /// In the order in which they happened.
    pub(super) all: Vec<Event>,
    names: Vec<String>,
    goals: Vec<Goal>,
    seen: HashSet<(NameId, Kind)>,
    /// For how many seconds on end this computer has been at its limit.
    strained: u32,
}

impl Events {
    pub(super) fn new(names: &[Name], goals: &[Goal]) -> Self {
        let names = names.iter().map(|name| name.label.clone()).collect();
        Self { all: Vec::new(), names, goals: goals.to_vec(), seen: HashSet::new(), strained: 0 }
    }

    /// Adds what happened in a second; where in `all` it begins.
    pub(super) fn take(
        &mut self,
        snapshot: &Snapshot,
        judged: &[live::Event],
        rule: Option<&str>,
        redactor: &Redactor,
    ) -> usize {
        let before = self.all.len();
        self.failures(snapshot, redactor);
        self.strained = if snapshot.health.suspect { self.strained.saturating_add(1) } else { 0 };
        if self.strained == STEADY {
            let why: Vec<&str> = snapshot.health.why.iter().map(|strain| strain.words()).collect();
            let text = format!("This computer is at its limit: {}.", why.join(", "));
            self.add(snapshot.second, "strained", text);
        }
        for event in judged {
            self.judged(event, rule);
        }
        before.min(self.all.len())
    }

    fn add(&mut self, second: u32, what: &str, text: String) {
        if self.all.len() < MOST_EVENTS {
            self.all.push(Event { second, what: what.to_owned(), text });
        }
    }

    /// A step of the search for the limit.
    pub(super) fn limit_step(&mut self, second: u32, text: String) {
        self.add(second, "limit-step", text);
    }

    /// An operator's change of the load; nothing where there are too many events already.
    pub(super) fn steered(&mut self, second: u32, steer: Steer) -> Option<&Event> {
        let before = self.all.len();
        let (what, text) = match steer {
            Steer::Hold => ("held", "Held by hand: the number of people stays as it is.".to_owned()),
            Steer::Resume => ("resumed", "Goes on with the plan by hand.".to_owned()),
            Steer::People(by) => {
                let people = plain_people(by.unsigned_abs().into());
                ("people-changed", format!("{people} {} by hand.", if by < 0 { "fewer" } else { "more" }))
            }
        };
        self.add(second, what, text);
        self.all.get(before)
    }

    /// What an operator says at the start; nothing where there are too many events already.
    pub(super) fn remark(&mut self, text: String) -> Option<&Event> {
        let before = self.all.len();
        self.add(0, "remark", text);
        self.all.get(before)
    }

    /// What did not reach a receiver of every second; nothing where there are too many events already.
    pub(super) fn not_told(&mut self, second: u32, text: String) -> Option<&Event> {
        let before = self.all.len();
        self.add(second, NOT_TOLD, text);
        self.all.get(before)
    }

    fn failures(&mut self, snapshot: &Snapshot, redactor: &Redactor) {
        for failure in &snapshot.failures {
            if self.seen.len() >= MOST_FAILURES || !self.seen.insert((failure.name, failure.kind)) {
                continue;
            }
            let name = self.names.get(failure.name.at()).map_or("", String::as_str);
            let text =
                format!("First failure of its kind at “{name}”: {}.", words::failure(failure.kind, &failure.detail));
            self.add(snapshot.second, "first-failure", redactor.text(&text));
        }
    }

    fn judged(&mut self, event: &live::Event, rule: Option<&str>) {
        match event {
            live::Event::Broken { goal, second, people, got } => {
                let Some(goal) = self.goals.get(*goal) else { return };
                let text = format!(
                    "Goal broken with {}: {} (now {}).",
                    plain_people((*people).into()),
                    goal.text,
                    goal.value(*got)
                );
                self.add(*second, "goal-broken", text);
            }
            live::Event::Recovered { goal, second, got } => {
                let Some(goal) = self.goals.get(*goal) else { return };
                let text = format!("Goal met again: {} (now {}).", goal.text, goal.value(*got));
                self.add(*second, "goal-recovered", text);
            }
            live::Event::Stop { second, .. } => {
                let text = format!("Stopping early: {}.", rule.unwrap_or("a rule of the scenario"));
                self.add(*second, "stop-rule", text);
            }
        }
    }
}
