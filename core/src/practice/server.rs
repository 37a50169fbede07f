//! The pretend server: how long an answer takes with so many people there. It gets slow beyond a number of people that
//! follows from the plan, and one request gets slow late in the run, so that there is something to see: the one that a goal
//! is about, almost up to that goal, else the last one that writes.
//! Must not know people or plans beyond that.

use crate::plan::dice::Dice;
use crate::plan::parts::Plan;
use crate::stats::{NameId, NameKind};
use crate::verdict::goal::{Measure, Side};

/// How long the plainest answer takes, in microseconds.
const BASE_US: f64 = 18_000.0;

/// The server.
pub(super) struct Server {
    dice: Dice,
    /// How much longer than the plainest each line of results takes.
    weight: Vec<f64>,
    /// From so many people on it gets slow.
    comfortable: f64,
    tiring: Option<Tiring>,
}

/// A line of results that gets slow late in the run.
struct Tiring {
    name: NameId,
    /// From when, in microseconds.
    from_us: u64,
    /// How many times as long it takes then.
    times: f64,
    /// And how much longer, in microseconds.
    plus_us: f64,
}

impl Server {
    pub(super) fn new(plan: &Plan) -> Self {
        // A line of results is as slow as its place says: the same scenario is always the same practice.
        let weight = (0..plan.names.len()).map(|at| 1.0 + (at * 7 % 5) as f64 * 0.45).collect();
        Self {
            dice: Dice::new(plan.seed, u64::MAX),
            weight,
            comfortable: (plan.load.curve.peak() * 0.9).max(8.0),
            tiring: tiring(plan),
        }
    }

    /// How long an answer takes, in microseconds.
    pub(super) fn takes_us(&mut self, name: NameId, now_us: u64, people: u32) -> u64 {
        let tired = self.tiring.as_ref().filter(|tiring| tiring.name == name && now_us >= tiring.from_us);
        let (times, plus_us) = tired.map_or((1.0, 0.0), |tiring| (tiring.times, tiring.plus_us));
        let crowd = (f64::from(people) / self.comfortable).max(0.2);
        let queue = if crowd > 1.0 { 1.0 + (crowd - 1.0) * 6.0 } else { 1.0 + crowd * crowd * 0.5 };
        let weight = self.weight.get(name.at()).copied().unwrap_or(1.0) * times;
        // Most answers are near the middle, a few take several times as long.
        let luck = (self.dice.normal() * 0.45).exp();
        (BASE_US * weight * queue * luck + plus_us) as u64 + 1_000
    }

    /// Whether it gives up on a request.
    pub(super) fn refuses(&mut self, people: u32) -> bool {
        let crowd = f64::from(people) / self.comfortable;
        let share = if crowd > 1.5 { 0.05 } else { 0.001 };
        self.dice.share() < share
    }
}

/// What gets slow: nine tenths of a goal's limit are added to what it takes anyway, so the goal is almost missed.
fn tiring(plan: &Plan) -> Option<Tiring> {
    let from_us = plan.load.curve.duration().us() / 3 * 2;
    let goals =
        plan.goals.iter().filter(|goal| matches!(goal.measure, Measure::Percentile(_)) && goal.side == Side::Below);
    let mut of_goal = goals.filter_map(|goal| {
        let label = goal.of.as_ref()?;
        let at = plan.names.iter().position(|name| name.of == NameKind::Request && name.label == *label)?;
        Some(Tiring { name: NameId(at as u16), from_us, times: 1.0, plus_us: goal.limit * 0.9 })
    });
    let writing = || plan.requests.iter().rev().find(|request| request.method != "GET");
    let of_writing = || writing().map(|request| Tiring { name: request.name, from_us, times: 12.0, plus_us: 0.0 });
    of_goal.next_back().or_else(of_writing)
}
