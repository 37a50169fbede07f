//! Who should be there: a worker's people at each moment, worked out from the plan alone. Every worker does the same
//! arithmetic on its own part, so that the parts add up to the plan. Must not know clocks or tasks.

use tidemark_core::plan::Slice;
use tidemark_core::plan::dice::Dice;
use tidemark_core::plan::parts::Plan;
use tidemark_core::plan::shares::{Heads, Pick, apportion};

/// One place for a person: user type and number within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Seat {
    pub(crate) kind: u16,
    pub(crate) number: u32,
}

impl Seat {
    /// Names the chance of the person who takes the seat for the `turn`-th time.
    pub(crate) fn stream(self, turn: u32) -> u64 {
        (u64::from(self.kind) << 56) | (u64::from(turn) << 32) | u64::from(self.number)
    }
}

/// A worker's part of the plan's people.
pub(crate) struct Roster {
    slice: Slice,
    heads: Vec<Heads>,
    pick: Pick,
    seed: u64,
}

impl Roster {
    pub(crate) fn new(plan: &Plan, slice: Slice) -> Self {
        let heads: Vec<Heads> = plan.types.iter().map(|kind| kind.heads).collect();
        let weight = |head: &Heads| if let Heads::Share(weight) = head { *weight } else { 0.0 };
        let pick = Pick::new(heads.iter().map(weight));
        Self { slice, heads, pick, seed: plan.seed }
    }

    /// How many seats of each user type are taken when `people` are there (closed model), over all workers.
    pub(crate) fn counts(&self, people: u32) -> Vec<u32> {
        apportion(people, &self.heads)
    }

    /// How many people of each type with an exact number there are; in the open model they are there all the time.
    pub(crate) fn fixed(&self) -> Vec<u32> {
        self.heads.iter().map(|head| if let Heads::Exactly(count) = head { *count } else { 0 }).collect()
    }

    /// This worker's seats that are taken with the numbers `more` and were not with `fewer`. Types are shifted against
    /// each other, so that many small ones spread over the workers.
    pub(crate) fn seats<'a>(&self, fewer: &'a [u32], more: &'a [u32]) -> impl Iterator<Item = Seat> + use<'a> {
        let slice = self.slice;
        let kinds = fewer.iter().zip(more).enumerate();
        let all =
            kinds.flat_map(|(kind, (from, to))| (*from..*to).map(move |number| Seat { kind: kind as u16, number }));
        all.filter(move |seat| slice.owns(u64::from(seat.number) + u64::from(seat.kind)))
    }

    /// The user type of an arrival (open model), by chance in proportion to the shares; the same on every worker.
    /// `None` where no type has a share.
    pub(crate) fn kind_of_arrival(&self, arrival: u64) -> Option<u16> {
        // A stream that no seat has: its highest bits are all set.
        let mut dice = Dice::new(self.seed, (0xFFFF << 48) | arrival);
        self.pick.throw(&mut dice).map(|kind| kind as u16)
    }

    /// This worker's next arrival, from `arrival` on.
    pub(crate) fn next_arrival(&self, arrival: u64) -> u64 {
        let (count, index) = (u64::from(self.slice.count), u64::from(self.slice.index));
        arrival + (index + count - arrival % count) % count
    }
}

#[cfg(test)]
mod tests {
    use tidemark_core::plan::{Inputs, compile};
    use tidemark_core::scenario;

    use super::*;

    fn plan() -> Plan {
        let text = r#"{ "format": 1, "targets": [{ "url": "http://127.0.0.1:1" }],
            "users": [ { "name": "A", "share": 70, "tasks": [{ "name": "t", "steps": [{ "request": { "url": "/" } }] }] },
                       { "name": "B", "share": 30, "tasks": [{ "name": "t", "steps": [{ "request": { "url": "/" } }] }] },
                       { "name": "C", "exactly": 1, "tasks": [{ "name": "t", "steps": [{ "request": { "url": "/" } }] }] } ],
            "load": { "people": [{ "to": 50, "over": "1s" }] } }"#;
        let (scenario, _) = scenario::read(text).expect("reads");
        compile(&scenario, &Inputs::default()).expect("compiles")
    }

    #[test]
    fn the_workers_seats_add_up_to_the_plans_and_spread_evenly() {
        let plan = plan();
        for people in [0, 1, 2, 3, 7, 50, 101] {
            for workers in 1..5 {
                let mut all = Vec::new();
                let mut sizes = Vec::new();
                for index in 0..workers {
                    let roster = Roster::new(&plan, Slice::WHOLE.worker(index, workers));
                    let counts = roster.counts(people);
                    let seats: Vec<Seat> = roster.seats(&[0, 0, 0], &counts).collect();
                    sizes.push(seats.len());
                    all.extend(seats);
                }
                all.sort_unstable();
                all.dedup();
                assert_eq!(all.len(), people as usize, "{people} people, {workers} workers");
                let spread = sizes.iter().max().unwrap() - sizes.iter().min().unwrap();
                assert!(spread <= 3, "{sizes:?}");
            }
        }
    }

    #[test]
    fn every_arrival_belongs_to_one_worker_and_its_type_to_none() {
        let plan = plan();
        let rosters: Vec<Roster> = (0..3).map(|index| Roster::new(&plan, Slice::WHOLE.worker(index, 3))).collect();
        let mut all = Vec::new();
        for roster in &rosters {
            let mut next = roster.next_arrival(0);
            while next < 30 {
                all.push(next);
                next = roster.next_arrival(next + 1);
            }
        }
        all.sort_unstable();
        assert_eq!(all, (0..30).collect::<Vec<u64>>());
        let kinds: Vec<_> = (0..2_000).map(|arrival| rosters[0].kind_of_arrival(arrival)).collect();
        assert_eq!(kinds, (0..2_000).map(|arrival| rosters[2].kind_of_arrival(arrival)).collect::<Vec<_>>());
        let of_a = kinds.iter().filter(|kind| **kind == Some(0)).count();
        // 2,000 draws of 0.7: 3.29 deviations are 67.
        assert!((1_333..1_467).contains(&of_a), "{of_a}");
        assert!(!kinds.contains(&Some(2)), "exact numbers don't arrive");
    }
}
