//! The pretend server: how long an answer takes with so many people there. It gets slow beyond a number of people that
//! follows from the plan, and its last writing request gets slow late in the run, so that there is something to see.
//! Must not know people or plans beyond that.

use crate::plan::dice::Dice;
use crate::plan::parts::Plan;
use crate::stats::NameId;

/// How long the plainest answer takes, in microseconds.
const BASE_US: f64 = 18_000.0;

/// The server.
pub(super) struct Server {
    dice: Dice,
    /// How much longer than the plainest each line of results takes.
    weight: Vec<f64>,
    /// From so many people on it gets slow.
    comfortable: f64,
    /// The line that gets slow late in the run, and from when, in microseconds.
    tiring: Option<(NameId, u64)>,
}

impl Server {
    pub(super) fn new(plan: &Plan) -> Self {
        // A line of results is as slow as its place says: the same scenario is always the same practice.
        let weight = (0..plan.names.len()).map(|at| 1.0 + (at * 7 % 5) as f64 * 0.45).collect();
        let writing = plan.requests.iter().rev().find(|request| request.method != "GET");
        let late_us = plan.load.curve.duration().us() / 3 * 2;
        Self {
            dice: Dice::new(plan.seed, u64::MAX),
            weight,
            comfortable: (plan.load.curve.peak() * 0.9).max(8.0),
            tiring: writing.map(|request| (request.name, late_us)),
        }
    }

    /// How long an answer takes, in microseconds.
    pub(super) fn takes_us(&mut self, name: NameId, now_us: u64, people: u32) -> u64 {
        let tired = self.tiring.is_some_and(|(slow, from_us)| slow == name && now_us >= from_us);
        let crowd = (f64::from(people) / self.comfortable).max(0.2);
        let queue = if crowd > 1.0 { 1.0 + (crowd - 1.0) * 6.0 } else { 1.0 + crowd * crowd * 0.5 };
        let weight = self.weight.get(name.at()).copied().unwrap_or(1.0) * if tired { 12.0 } else { 1.0 };
        // Most answers are near the middle, a few take several times as long.
        let luck = (self.dice.normal() * 0.45).exp();
        (BASE_US * weight * queue * luck) as u64 + 1_000
    }

    /// Whether it gives up on a request.
    pub(super) fn refuses(&mut self, people: u32) -> bool {
        let crowd = f64::from(people) / self.comfortable;
        let share = if crowd > 1.5 { 0.05 } else { 0.001 };
        self.dice.share() < share
    }
}
