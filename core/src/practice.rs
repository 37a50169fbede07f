//! A practice run: the plan's own people against a pretend server, where nothing can be sent. It makes the same seconds as
//! a real run, so that all that follows is the same; whoever shows them says that they are made up.
//!
//! Pure: time is told by whoever asks for the next second. Must not know a network, nor how seconds are shown.

mod server;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use crate::limit::RAMP_SECONDS;
use crate::plan::curve::{Curve, Steer, Steering};
use crate::plan::dice::Dice;
use crate::plan::memory::Last;
use crate::plan::parts::{Plan, RequestId};
use crate::plan::shares::{Heads, Pick, apportion};
use crate::plan::value::Val;
use crate::plan::{Next, Person, Supply, World};
use crate::stats::recorder::Recorder;
use crate::stats::snapshot::{HealthSample, People, Snapshot};
use crate::stats::{End, NameId, Outcome};
use crate::traffic::{Draft, Kind, Timing};
use crate::units::Span;
use server::Server;

/// The demo's scenario, as it stands in the examples.
pub const DEMO: &str = include_str!("../../examples/shop.tide");

/// Where the demo's scenario says that the shop is. The scenario names it once.
pub const DEMO_URL: &str = "http://127.0.0.1:4780";

/// What the demo's file is called.
pub const DEMO_TITLE: &str = "Corner shop";

/// The seed of every demo, so that everybody sees the same.
pub const DEMO_SEED: u64 = 1;

const SECOND_US: u64 = 1_000_000;
/// The most operations in one second: a practice run stays quick, whatever the scenario does.
const MOST_STEPS: u64 = 200_000;
/// The most people at once.
const MOST_PEOPLE: usize = 20_000;

/// One that sits on a place, by user type and number; visitors of the open model are numbered by arrival.
type Place = (u16, u64);

/// Someone under way.
struct Guest {
    person: Person,
    /// What was sent and is answered when the guest is next looked at.
    sent: Vec<(RequestId, u64, u64, u64)>,
    /// Waits between two tasks, so may leave at once.
    idle: bool,
    leaving: bool,
    /// Only the event with this number is still meant; the others are out of date.
    event: u64,
}

/// A practice run under way.
pub struct Practice {
    plan: Arc<Plan>,
    steering: Steering,
    supply: Supply,
    server: Server,
    recorder: Recorder,
    guests: BTreeMap<Place, Guest>,
    /// What happens next: moment, number of the event, and whose it is.
    events: BinaryHeap<Reverse<(u64, u64, Place)>>,
    next_event: u64,
    turns: BTreeMap<Place, u64>,
    wanted: Vec<u32>,
    arrival: u64,
    heads: Vec<Heads>,
    pick: Pick,
    second: u32,
    /// By when everybody must be gone, once the run ends.
    deadline_us: Option<u64>,
    pretend: Vec<Val>,
    draft: Draft,
}

impl Practice {
    /// A practice run of a plan, at its very start.
    pub fn new(plan: Arc<Plan>) -> Self {
        let heads: Vec<Heads> = plan.types.iter().map(|kind| kind.heads).collect();
        let weight = |head: &Heads| if let Heads::Share(weight) = head { *weight } else { 0.0 };
        let pick = Pick::new(heads.iter().map(weight));
        Self {
            steering: Steering::new(plan.load.curve.clone()),
            supply: Supply::endless(&plan),
            server: Server::new(&plan),
            recorder: Recorder::new(plan.names.len(), 0),
            guests: BTreeMap::new(),
            events: BinaryHeap::new(),
            next_event: 0,
            turns: BTreeMap::new(),
            wanted: vec![0; heads.len()],
            arrival: 0,
            heads,
            pick,
            second: 0,
            deadline_us: None,
            pretend: crate::preview::pretend_values(&plan),
            draft: Draft::default(),
            plan,
        }
    }

    /// The next second; `None` once everybody is gone.
    pub fn second(&mut self) -> Option<Snapshot> {
        let from_us = u64::from(self.second) * SECOND_US;
        let end_us = from_us + SECOND_US;
        if self.is_over(from_us) {
            return None;
        }
        let mut steps = MOST_STEPS;
        let mut now_us = from_us;
        self.seat(now_us);
        while now_us < end_us && steps > 0 {
            let due = self.events.peek().map_or(u64::MAX, |event| event.0.0);
            let change = self.next_change(now_us).unwrap_or(u64::MAX);
            now_us = due.min(change).max(now_us);
            if now_us >= end_us {
                break;
            }
            if change <= due {
                self.seat(now_us);
            } else if let Some(Reverse((at_us, number, place))) = self.events.pop() {
                steps -= 1;
                self.act(at_us, number, place);
            }
        }
        self.close_at(end_us);
        let planned = if self.plan.load.open { 0 } else { self.curve().people(end_us - 1) };
        let active = self.guests.len() as u32;
        let leaving = self.guests.values().filter(|guest| guest.leaving).count() as u32;
        let people = People { planned, active, leaving };
        let snapshot = self.recorder.take(self.second, people, HealthSample::default());
        self.second += 1;
        Some(snapshot)
    }

    /// Changes the load from the next second on; whether that changed anything.
    pub fn steer(&mut self, steer: Steer) -> bool {
        self.deadline_us.is_none() && self.steering.steer(u64::from(self.second) * SECOND_US, steer)
    }

    /// Goes to a level from the next second on; whether that was possible.
    pub fn go_to(&mut self, level: f64) -> bool {
        let over = Span::from_secs(u64::from(RAMP_SECONDS));
        self.deadline_us.is_none() && self.steering.go_to(u64::from(self.second) * SECOND_US, level, over)
    }

    /// Lets people finish what they do.
    pub fn stop(&mut self) {
        self.end_at(u64::from(self.second) * SECOND_US);
    }

    /// Ends it at once; whatever is under way counts as cut.
    pub fn kill(&mut self) {
        self.deadline_us = Some(0);
        self.close_at(u64::from(self.second) * SECOND_US);
    }

    /// Up to which second it has come.
    pub fn at(&self) -> u32 {
        self.second
    }

    fn curve(&self) -> Curve {
        self.steering.curve().clone()
    }

    fn is_over(&self, now_us: u64) -> bool {
        self.guests.is_empty() && (self.deadline_us.is_some() || now_us >= self.steering.curve().duration().us())
    }

    /// Asks everybody to leave, and notes by when they must be gone.
    fn end_at(&mut self, now_us: u64) {
        if self.deadline_us.is_none() {
            self.deadline_us = Some(now_us + self.plan.load.finish.us());
            let places: Vec<Place> = self.guests.keys().copied().collect();
            places.into_iter().for_each(|place| self.ask_to_leave(place, now_us));
        }
    }

    /// What the end of a second brings: the end of the plan, and of the patience with those who still finish.
    fn close_at(&mut self, now_us: u64) {
        if now_us >= self.steering.curve().duration().us() {
            self.end_at(now_us);
        }
        if self.deadline_us.is_some_and(|deadline_us| now_us >= deadline_us) {
            for guest in std::mem::take(&mut self.guests).into_values() {
                for (id, due_us, sent_us, _) in guest.sent {
                    let timing = Timing { sent_us, done_us: now_us.max(sent_us), ..Timing::default() };
                    let name = self.plan.request(id).name;
                    self.record(name, due_us, timing, End::Cut, 0);
                }
            }
            self.events.clear();
        }
    }

    /// When people next come or go by the plan.
    fn next_change(&self, now_us: u64) -> Option<u64> {
        if self.deadline_us.is_some() {
            return None;
        }
        let curve = self.steering.curve();
        match self.plan.load.open {
            true => curve.arrival_us(self.arrival),
            false => curve.next_change_us(now_us),
        }
    }

    /// Lets come and go whom the plan wants at a moment.
    fn seat(&mut self, now_us: u64) {
        if self.deadline_us.is_some() {
            return;
        }
        if now_us >= self.steering.curve().duration().us() {
            return self.end_at(now_us);
        }
        let open = self.plan.load.open;
        while open && self.steering.curve().arrival_us(self.arrival).is_some_and(|at_us| at_us <= now_us) {
            self.arrive(now_us);
        }
        let counts = match open {
            true => self.heads.iter().map(|head| if let Heads::Exactly(count) = head { *count } else { 0 }).collect(),
            false => apportion(self.steering.curve().people(now_us), &self.heads),
        };
        let before = std::mem::replace(&mut self.wanted, counts);
        for (kind, from) in before.into_iter().enumerate() {
            let (from, to) = (u64::from(from), u64::from(self.wanted[kind]));
            (to..from).for_each(|number| self.ask_to_leave((kind as u16, number), now_us));
            for number in from..to {
                let place = (kind as u16, number);
                if !self.guests.contains_key(&place) {
                    self.sit_down(place, now_us);
                }
            }
        }
    }

    /// The next visitor of the open model.
    fn arrive(&mut self, now_us: u64) {
        let arrival = self.arrival;
        self.arrival += 1;
        let mut dice = Dice::new(self.plan.seed, (0xFFFF << 48) | arrival);
        let Some(kind) = self.pick.throw(&mut dice) else { return };
        match self.guests.len() < MOST_PEOPLE.min(self.plan.load.at_most as usize) {
            true => self.sit_down((kind as u16, (1 << 40) | arrival), now_us),
            false => self.recorder.dropped(1),
        }
    }

    fn sit_down(&mut self, place: Place, now_us: u64) {
        if self.guests.len() >= MOST_PEOPLE {
            return;
        }
        let turn = self.turns.entry(place).or_insert(0);
        let stream = (u64::from(place.0) << 56) | (*turn << 44) | place.1;
        *turn += 1;
        let person = Person::new(&self.plan, usize::from(place.0), self.supply.person(), stream, now_us);
        self.recorder.started(1);
        self.guests.insert(place, Guest { person, sent: Vec::new(), idle: false, leaving: false, event: 0 });
        self.wake(place, now_us);
    }

    /// Lets a guest act at a moment, and at no other.
    fn wake(&mut self, place: Place, at_us: u64) {
        self.next_event += 1;
        if let Some(guest) = self.guests.get_mut(&place) {
            guest.event = self.next_event;
            self.events.push(Reverse((at_us, self.next_event, place)));
        }
    }

    fn ask_to_leave(&mut self, place: Place, now_us: u64) {
        let Some(guest) = self.guests.get_mut(&place) else { return };
        guest.leaving = true;
        guest.person.ask_to_leave();
        if guest.idle {
            self.wake(place, now_us);
        }
    }

    /// What a guest does at a moment, until something takes time.
    fn act(&mut self, now_us: u64, number: u64, place: Place) {
        let Some(mut guest) = self.guests.remove(&place) else { return };
        if guest.event != number {
            self.guests.insert(place, guest);
            return;
        }
        self.answer(&mut guest, now_us);
        guest.idle = false;
        let plan = self.plan.clone();
        let wake_us = loop {
            let world = World { supply: &self.supply, now_us, started_wall_us: 0 };
            match guest.person.next(&plan, &world) {
                Next::Send(id, due_us) => break Some(self.send(&mut guest, &[id], 1, due_us, now_us)),
                Next::SendAll(ids, at_once, due_us) => {
                    break Some(self.send(&mut guest, &ids, at_once, due_us, now_us));
                }
                Next::Wait(wait) => {
                    guest.idle = wait.between_tasks;
                    break Some(wait.until_us);
                }
                Next::Measured(outcome) => self.recorder.record(&outcome),
                Next::CheckFailed(name, trouble) => {
                    self.recorder.record_failure(name, trouble.kind, &trouble.detail);
                    let timing = Timing { sent_us: now_us, done_us: now_us, ..Timing::default() };
                    self.record(name, now_us, timing, End::Failed(trouble.kind), 0);
                }
                Next::Leave(_) => break None,
            }
        };
        match wake_us {
            Some(at_us) => {
                self.guests.insert(place, guest);
                self.wake(place, at_us.max(now_us + 1));
            }
            // Who is wanted again is followed by somebody else, a moment later.
            None if !guest.leaving && place.1 < u64::from(self.wanted[usize::from(place.0)]) => {
                self.sit_down(place, now_us + 1_000);
            }
            None => {}
        }
    }

    /// Sends requests, so many at once; when the last is answered.
    fn send(&mut self, guest: &mut Guest, ids: &[RequestId], at_once: usize, due_us: u64, now_us: u64) -> u64 {
        let plan = self.plan.clone();
        let mut lines = vec![now_us; at_once.max(1)];
        let mut last_us = now_us + 1;
        for id in ids {
            let world = World { supply: &self.supply, now_us, started_wall_us: 0 };
            let name = plan.request(*id).name;
            let mut draft = std::mem::take(&mut self.draft);
            let built = guest.person.draft(&plan, &world, *id, &mut draft);
            self.draft = draft;
            if let Err(lack) = built {
                let judged = guest.person.lacked(&plan, *id, &lack);
                if let Some(trouble) = &judged.trouble {
                    self.recorder.record_failure(name, trouble.kind, &trouble.detail);
                }
                let timing = Timing { sent_us: now_us, done_us: now_us, ..Timing::default() };
                self.record(name, due_us, timing, judged.end, 0);
                continue;
            }
            // The line that is free first takes the next.
            let Some(free) = lines.iter_mut().min() else { continue };
            let sent_us = *free;
            let done_us = sent_us + self.server.takes_us(name, sent_us, self.guests.len() as u32 + 1);
            *free = done_us;
            last_us = last_us.max(done_us);
            guest.sent.push((*id, due_us.min(sent_us), sent_us, done_us));
        }
        last_us
    }

    /// Answers what was sent: with a failure now and then where the server has too much to do.
    fn answer(&mut self, guest: &mut Guest, now_us: u64) {
        if guest.sent.is_empty() {
            return;
        }
        let plan = self.plan.clone();
        for (id, due_us, sent_us, done_us) in std::mem::take(&mut guest.sent) {
            let request = plan.request(id);
            let refused = self.server.refuses(self.guests.len() as u32 + 1);
            let (end, status) = if refused { (End::Failed(Kind::Status), 503) } else { (End::Ok, 200) };
            if refused {
                self.recorder.record_failure(request.name, Kind::Status, "503");
            }
            for save in &request.saves {
                guest.person.memory.slots.set(save.slot, self.pretend[usize::from(save.slot)].clone());
            }
            let service_us = done_us - sent_us;
            guest.person.memory.last = Last { status, service_us, size: 0, failed: refused };
            let timing = Timing { sent_us, first_byte_us: Some(done_us), done_us, ..Timing::default() };
            self.record(request.name, due_us, timing, end, status);
        }
        guest.person.answered(now_us);
    }

    fn record(&mut self, name: NameId, due_us: u64, timing: Timing, end: End, status: u16) {
        let sent_us = timing.sent_us;
        let (bytes_out, bytes_in) = if status == 0 { (0, 0) } else { (180, 620) };
        self.recorder.record(&Outcome { name, due_us, sent_us, timing, end, status, bytes_out, bytes_in });
    }
}

#[cfg(test)]
mod tests;
