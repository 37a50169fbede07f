//! From what was seen of single stays to the whole load: how many stays of which length there are, and what they sum to.

use super::act::{Seen, TypeSeen};
use crate::plan::parts::Plan;
use crate::plan::shares::{Heads, Pick, apportion};

/// The load is looked at in so many steps.
const STEPS: u64 = 2_000;

/// What the whole load would do.
pub(super) struct Estimate {
    /// When it is over, in microseconds: its length, or when its repetitions are done.
    pub end_us: u64,
    pub types: Vec<OfType>,
    /// Requests per second at the busiest.
    pub busiest: f64,
    /// Whether more people would be there at once than the open model lets in.
    pub crowded: bool,
}

/// What one user type would do.
#[derive(Default, Clone, Copy)]
pub(super) struct OfType {
    /// People at the peak.
    pub heads: u64,
    pub requests: f64,
    pub picks: f64,
    pub visits: f64,
}

/// Running sums over one stay, per person.
struct Sums {
    /// Sum by the end of each part.
    upto: Vec<f64>,
    part_us: f64,
}

impl Sums {
    fn new(counts: &[u64], seen: &TypeSeen) -> Self {
        let stays = seen.stays.max(1) as f64;
        let upto = counts.iter().scan(0.0, |sum, count| {
            *sum += *count as f64 / stays;
            Some(*sum)
        });
        Self { upto: upto.collect(), part_us: seen.horizon_us.max(1) as f64 / counts.len().max(1) as f64 }
    }

    fn by_part(&self, part: usize) -> f64 {
        if part == 0 { 0.0 } else { self.upto.get(part - 1).copied().unwrap_or(0.0) }
    }

    /// How many by a moment of the stay; beyond what was watched it goes on like the second half.
    fn by(&self, at_us: f64) -> f64 {
        let parts = self.upto.len();
        let at = at_us / self.part_us;
        if at >= parts as f64 {
            return self.by_part(parts) + (at - parts as f64) * self.part_us * self.per_us();
        }
        let part = at as usize;
        let (before, after) = (self.by_part(part), self.by_part(part + 1));
        before + (after - before) * (at - part as f64)
    }

    /// How many each microsecond, once a stay is under way.
    fn per_us(&self) -> f64 {
        let (half, parts) = (self.upto.len() / 2, self.upto.len());
        let span_us = (parts - half) as f64 * self.part_us;
        if span_us > 0.0 { (self.by_part(parts) - self.by_part(half)) / span_us } else { 0.0 }
    }
}

/// The sums of one user type.
struct Stay {
    sent: Sums,
    picked: Sums,
    came: Sums,
    /// Requests after being asked to leave.
    after: f64,
}

/// Works out what the whole load would do.
pub(super) fn load(plan: &Plan, seen: &Seen) -> Estimate {
    let stays: Vec<Stay> = seen
        .types
        .iter()
        .map(|of| Stay {
            sent: Sums::new(&of.sent_in, of),
            picked: Sums::new(&of.picked_in, of),
            came: Sums::new(&of.came_in, of),
            after: super::part(of.sent_after as f64, of.stays as f64),
        })
        .collect();
    let planned_us = plan.load.curve.duration().us();
    let until = |end_us| types(plan, seen, &stays, end_us);
    let picks = |types: &[OfType]| types.iter().map(|of| of.picks).sum::<f64>();
    let (mut end_us, mut of) = (planned_us, until(planned_us));
    if let Some(most) = plan.load.repetitions.map(|most| most as f64)
        && picks(&of) > most
    {
        let (mut low, mut high) = (0, planned_us);
        for _ in 0..30 {
            let middle = low + (high - low) / 2;
            if picks(&until(middle)) > most { high = middle } else { low = middle }
        }
        end_us = high;
        of = until(end_us);
        // What remains is the grain of the search.
        let over = super::part(most, picks(&of)).min(1.0);
        of.iter_mut().for_each(|of| of.picks *= over);
    }
    let (busiest, crowded) = peak(plan, seen, &stays, end_us, &mut of);
    Estimate { end_us, types: of, busiest, crowded }
}

fn types(plan: &Plan, seen: &Seen, stays: &[Stay], end_us: u64) -> Vec<OfType> {
    let shares = shares(plan);
    let lengths = lengths(plan, end_us);
    let arrivals = if plan.load.open { plan.load.curve.area(end_us) } else { 0.0 };
    let of_type = |(kind, stay): (usize, &Stay)| {
        let seen = &seen.types[kind];
        let mut of = OfType::default();
        for (length_us, count) in &lengths[kind] {
            of.requests += (stay.sent.by(*length_us) + stay.after) * count;
            of.picks += stay.picked.by(*length_us) * count;
            of.visits += stay.came.by(*length_us).max(1.0) * count;
        }
        let visits = arrivals * shares[kind];
        let each = |number: u64| super::part(number as f64, seen.visits as f64) * visits;
        of.requests += each(seen.requests);
        of.picks += each(seen.picks());
        of.visits += visits;
        of
    };
    stays.iter().enumerate().map(of_type).collect()
}

/// Shares of the arrivals, by type.
fn shares(plan: &Plan) -> Vec<f64> {
    let weight = |heads| if let Heads::Share(weight) = heads { weight } else { 0.0 };
    let pick = Pick::new(plan.types.iter().map(|kind| weight(kind.heads)));
    (0..plan.types.len()).map(|kind| pick.share(kind)).collect()
}

/// How many people of each type are there at a moment, beside those who arrive by chance.
fn heads(plan: &Plan, at_us: u64) -> Vec<u32> {
    let heads: Vec<Heads> = plan.types.iter().map(|kind| kind.heads).collect();
    if plan.load.open {
        return heads.iter().map(|heads| if let Heads::Exactly(count) = heads { *count } else { 0 }).collect();
    }
    apportion(plan.load.curve.people(at_us), &heads)
}

/// How long people stay: lengths in microseconds and how many there are of each, by type. Who came last leaves first.
fn lengths(plan: &Plan, end_us: u64) -> Vec<Vec<(f64, f64)>> {
    let mut out = vec![Vec::new(); plan.types.len()];
    let mut there: Vec<Vec<(u64, u32)>> = vec![Vec::new(); plan.types.len()];
    let mut leave = |kind: usize, there: &mut Vec<(u64, u32)>, mut count: u32, at_us: u64| {
        while let Some((since_us, people)) = there.last_mut().filter(|_| count > 0) {
            let gone = count.min(*people);
            out[kind].push(((at_us - *since_us) as f64, f64::from(gone)));
            *people -= gone;
            count -= gone;
            if *people == 0 {
                there.pop();
            }
        }
    };
    let mut before = vec![0; plan.types.len()];
    let steps = if end_us == 0 { 0 } else { STEPS };
    for step in 0..steps {
        let at_us = (u128::from(end_us) * u128::from(step) / u128::from(STEPS)) as u64;
        let now = heads(plan, at_us);
        for kind in 0..now.len() {
            if now[kind] > before[kind] {
                there[kind].push((at_us, now[kind] - before[kind]));
            } else {
                leave(kind, &mut there[kind], before[kind] - now[kind], at_us);
            }
        }
        before = now;
    }
    for (kind, there) in there.iter_mut().enumerate() {
        leave(kind, there, u32::MAX, end_us);
    }
    out
}

/// Requests per second and people at the busiest; whether more people come than are let in.
fn peak(plan: &Plan, seen: &Seen, stays: &[Stay], end_us: u64, of: &mut [OfType]) -> (f64, bool) {
    let shares = shares(plan);
    let (mut busiest, mut most, mut crowded) = (0.0_f64, 0.0_f64, false);
    for step in 0..=STEPS {
        // The last look is just before the end, where the level still counts.
        let at_us = ((u128::from(end_us) * u128::from(step) / u128::from(STEPS)) as u64).min(end_us.saturating_sub(1));
        let heads = heads(plan, at_us);
        let level = plan.load.curve.level(at_us);
        let arrivals = if plan.load.open { level } else { 0.0 };
        let visit = |kind: usize, number: u64| super::part(number as f64, seen.types[kind].visits as f64);
        let rate = |kind: usize| {
            let staying = f64::from(heads[kind]) * stays[kind].sent.per_us() * 1e6;
            staying + arrivals * shares[kind] * visit(kind, seen.types[kind].requests)
        };
        busiest = busiest.max((0..heads.len()).map(rate).sum());
        if level > most || step == 0 {
            most = level;
            let visiting = |kind: usize| arrivals * shares[kind] * visit(kind, seen.types[kind].time_us) / 1e6;
            let all: f64 = (0..heads.len()).map(visiting).sum();
            let limit = f64::from(plan.load.at_most);
            crowded = all > limit;
            let squeezed = if crowded { limit / all } else { 1.0 };
            for (kind, of) in of.iter_mut().enumerate() {
                of.heads = u64::from(heads[kind]) + (visiting(kind) * squeezed).ceil() as u64;
            }
        }
    }
    (busiest, crowded)
}
