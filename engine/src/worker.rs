//! One worker thread: its part of the people, started and asked to leave as the plan says, and its numbers once a second.
//! Must not know other workers; all it shares with them is the supply and the orders.

mod ticker;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use tidemark_core::plan::{Left, Person, Slice};
use tidemark_core::stats::snapshot::Snapshot;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::{AbortHandle, JoinSet};

use crate::control::Order;
use crate::desk::{Desk, Handle};
use crate::limits::Connections;
use crate::roster::{Roster, Seat};
use crate::samples::Sample;
use crate::wire::Line;
use ticker::Ticker;

/// What a worker tells the collector.
pub(crate) enum Report {
    /// Its numbers of one second.
    Second(usize, Box<Snapshot>),
    /// A failure sample.
    Sample(Sample),
    /// It is done.
    Done(usize),
    /// It ended without being done.
    Broken(usize),
}

/// An arrival that starts this much after it was due counts as late, in microseconds.
const LATE_US: u64 = 10_000;
/// So many arrivals may wait for a place on one worker; more are dropped, and counted.
const LONGEST_QUEUE: usize = 100_000;
/// The worker looks at its own lag this often, in microseconds.
const PROBE_US: u64 = 5_000;
const SECOND_US: u64 = 1_000_000;
/// So many people come in before others have their turn.
const AT_ONCE: usize = 64;
/// Where tasks are counted, the worker looks this often whether any are left.
const REPETITIONS: std::time::Duration = std::time::Duration::from_millis(2);

/// Who sits where, and who waits for a place.
pub(crate) struct Worker {
    desk: Rc<Desk>,
    roster: Roster,
    slice: Slice,
    number: usize,
    out: UnboundedSender<Report>,
    connections: std::sync::Arc<Connections>,
    /// Places of the closed model, and of exact numbers in the open one.
    seats: RefCell<BTreeMap<Seat, Sitting>>,
    /// How many seats of each user type the plan wants now, over all workers.
    wanted: RefCell<Vec<u32>>,
    /// People under way; the loop that spawns them collects them too.
    people: RefCell<JoinSet<(Who, Left, Line)>>,
    /// Those who were asked to leave, and by when they must be gone.
    leaving: RefCell<Vec<(u64, AbortHandle)>>,
    /// Arrivals that wait for a place: number and due time.
    queue: RefCell<VecDeque<(u64, u64)>>,
    visitors: Cell<u32>,
    active: Cell<u32>,
    /// The most people active since the last full second.
    most: Cell<u32>,
    /// Connections that a person left to the next one.
    lines: RefCell<Vec<Line>>,
}

/// A seat's state.
enum Sitting {
    /// Someone sits here; how often the seat was taken before.
    Taken { handle: Rc<Handle>, abort: AbortHandle, turn: u32, leaving: bool },
    /// Free; how often it was taken.
    Free { turn: u32 },
    /// Whoever sat here was removed, and nobody comes instead.
    Removed,
}

#[derive(Debug, Clone, Copy)]
enum Who {
    Seat(Seat),
    Visitor,
}

impl Worker {
    pub(crate) fn new(
        desk: Rc<Desk>,
        slice: Slice,
        number: usize,
        out: UnboundedSender<Report>,
        connections: std::sync::Arc<Connections>,
    ) -> Self {
        let roster = Roster::new(&desk.plan, slice);
        let wanted = RefCell::new(vec![0; desk.plan.types.len()]);
        Self {
            wanted,
            desk,
            roster,
            slice,
            number,
            out,
            connections,
            seats: RefCell::default(),
            people: RefCell::default(),
            leaving: RefCell::default(),
            queue: RefCell::default(),
            visitors: Cell::new(0),
            active: Cell::new(0),
            most: Cell::new(0),
            lines: RefCell::default(),
        }
    }

    /// Works through the plan until everybody is gone. Needs a runtime that keeps its tasks on this thread.
    pub(crate) async fn work(&self) {
        let ticking = Ticker::new(self);
        tokio::select! {
            () = self.run() => {}
            () = ticking.run() => {}
            () = self.probe() => {}
        }
        // Whoever is still there is cut off, and counted as cut, before the last numbers are taken.
        self.people.borrow_mut().abort_all();
        while self.collect_one().await.is_some() {}
        for sample in self.desk.samples.borrow_mut().take() {
            let _ = self.out.send(Report::Sample(sample));
        }
        ticking.last();
    }

    async fn run(&self) {
        let load = &self.desk.plan.load;
        let clock = self.desk.clock;
        self.desk.alarm.until(1).await;
        let mut orders = self.desk.control.watch();
        let mut curves = self.desk.control.curve();
        let mut curve = self.desk.curve();
        let mut arrival = self.roster.next_arrival(0);
        let mut deadline_us: Option<u64> = None;
        let mut seated_us = 0;
        self.seat(0).await;
        let mut nap = std::pin::pin!(self.desk.alarm.until(0));
        let mut nap_until = None;
        loop {
            let now_us = clock.now_us();
            if curves.has_changed().unwrap_or_default() {
                curve = curves.borrow_and_update().clone();
                self.desk.follow(curve.clone());
                if !load.open && deadline_us.is_none() {
                    seated_us = now_us;
                    self.seat(now_us).await;
                }
            }
            let end_us = curve.duration().us();
            let order = self.desk.control.order();
            if order == Order::Kill || deadline_us.is_some_and(|at| now_us >= at) {
                // Who still waits for a place never came in.
                let waiting = self.queue.borrow_mut().drain(..).count();
                self.desk.recorder.borrow_mut().dropped(waiting as u64);
                return;
            }
            let next = match load.open {
                true => curve.arrival_us(arrival).filter(|at| *at < end_us),
                false => curve.next_change_us(seated_us),
            };
            // Arrivals that were due before the end come, however late this computer is.
            let by_plan = now_us >= end_us && !(load.open && next.is_some());
            let over = by_plan || order == Order::Stop || self.desk.supply.is_done();
            if over && deadline_us.is_none() {
                deadline_us = Some(now_us + load.finish.us());
                self.everybody_leaves(now_us + load.finish.us());
            }
            if over && self.active.get() == 0 && self.queue.borrow().is_empty() {
                return;
            }
            if !over && self.nobody_ever_comes() {
                return;
            }
            let next_us = deadline_us.unwrap_or(next.unwrap_or(end_us).min(end_us));
            // One wait serves until its time changes: a new one each round would pile up in the alarm.
            if nap_until != Some(next_us) {
                nap.set(self.desk.alarm.until(next_us));
                nap_until = Some(next_us);
            }
            tokio::select! {
                _ = orders.changed() => {}
                _ = curves.changed() => curves.mark_changed(),
                // Another worker may use up the last repetition, which nothing here would tell.
                () = tokio::time::sleep(REPETITIONS), if load.repetitions.is_some() && !over => {}
                Some((who, left, line)) = self.collect_one() => self.gone(who, &left, line, over),
                () = &mut nap => {
                    nap_until = None;
                    if deadline_us.is_none() && next_us < end_us && load.open {
                        self.arrive(arrival, next_us);
                        arrival = self.roster.next_arrival(arrival + 1);
                    } else if deadline_us.is_none() && next_us < end_us {
                        seated_us = next_us;
                        self.seat(next_us).await;
                    }
                }
            }
        }
    }

    async fn collect_one(&self) -> Option<(Who, Left, Line)> {
        loop {
            // The set is borrowed for one poll at a time, so that people may be added between.
            let joined = std::future::poll_fn(|cx| self.people.borrow_mut().poll_join_next(cx)).await;
            match joined {
                Some(Ok(gone)) => return Some(gone),
                Some(Err(_)) => self.active.set(self.active.get().saturating_sub(1)),
                None => return None,
            }
        }
    }

    /// Fills and empties seats as the plan has it at `at_us`. Where many come at once, the first of them are under way before
    /// the last have come.
    async fn seat(&self, at_us: u64) {
        let load = &self.desk.plan.load;
        let counts = match load.open {
            true => self.roster.fixed(),
            false => self.roster.counts(self.desk.curve().people(at_us)),
        };
        let before = self.wanted.replace(counts.clone());
        for seat in self.roster.seats(&counts, &before) {
            if let Some(sitting) = self.seats.borrow_mut().get_mut(&seat) {
                self.ask_to_leave(sitting, at_us + load.finish.us());
            }
        }
        for (number, seat) in self.roster.seats(&before, &counts).enumerate() {
            {
                let mut seats = self.seats.borrow_mut();
                let sitting = seats.entry(seat).or_insert(Sitting::Free { turn: 0 });
                if let Sitting::Free { turn } = *sitting {
                    *sitting = self.sit_down(seat, turn, at_us);
                }
            }
            if number % AT_ONCE == AT_ONCE - 1 {
                tokio::task::yield_now().await;
            }
        }
    }

    fn sit_down(&self, seat: Seat, turn: u32, due_us: u64) -> Sitting {
        let handle = Rc::new(Handle::default());
        let person =
            Person::new(&self.desk.plan, usize::from(seat.kind), self.desk.supply.person(), seat.stream(turn), due_us);
        let abort = self.spawn(Who::Seat(seat), handle.clone(), person, due_us, 0);
        Sitting::Taken { handle, abort, turn, leaving: false }
    }

    /// Lets somebody in who was due, but could not come before `ready_us`.
    fn spawn(&self, who: Who, handle: Rc<Handle>, mut person: Person, due_us: u64, ready_us: u64) -> AbortHandle {
        let line = self.lines.borrow_mut().pop().unwrap_or_else(|| self.desk.wire.line());
        let late = self.desk.clock.now_us().saturating_sub(due_us) > LATE_US;
        {
            let mut recorder = self.desk.recorder.borrow_mut();
            recorder.started(1);
            recorder.late(u64::from(late));
        }
        self.active.set(self.active.get() + 1);
        self.most.set(self.most.get().max(self.active.get()));
        let desk = self.desk.clone();
        self.people.borrow_mut().spawn_local(async move {
            // All is lent, nothing handed over: what is moved into a future is in it twice.
            let left = desk.live(&handle, &mut person, &line, ready_us).await;
            (who, left, line)
        })
    }

    fn ask_to_leave(&self, sitting: &mut Sitting, until_us: u64) {
        if let Sitting::Taken { handle, abort, leaving, .. } = sitting
            && !*leaving
        {
            *leaving = true;
            handle.ask_to_leave();
            self.leaving.borrow_mut().push((until_us, abort.clone()));
        }
    }

    fn everybody_leaves(&self, until_us: u64) {
        for sitting in self.seats.borrow_mut().values_mut() {
            self.ask_to_leave(sitting, until_us);
        }
    }

    /// An arrival of the open model: comes in, or waits for a place.
    fn arrive(&self, arrival: u64, due_us: u64) {
        let most = self.slice.part_of(u64::from(self.desk.plan.load.at_most)).max(1);
        if u64::from(self.visitors.get()) < most {
            self.come_in(arrival, due_us, 0);
        } else if self.queue.borrow().len() < LONGEST_QUEUE {
            self.queue.borrow_mut().push_back((arrival, due_us));
        } else {
            self.desk.recorder.borrow_mut().dropped(1);
        }
    }

    fn come_in(&self, arrival: u64, due_us: u64, ready_us: u64) {
        let Some(kind) = self.roster.kind_of_arrival(arrival) else { return };
        let stream = (1 << 63) | arrival;
        let person = Person::new(&self.desk.plan, usize::from(kind), self.desk.supply.person(), stream, due_us);
        self.visitors.set(self.visitors.get() + 1);
        self.spawn(Who::Visitor, Rc::default(), person, due_us, ready_us);
    }

    /// A person left: someone may come instead.
    fn gone(&self, who: Who, left: &Left, line: Line, over: bool) {
        self.active.set(self.active.get().saturating_sub(1));
        if self.desk.plan.load.share_connections {
            line.forget_person();
            self.lines.borrow_mut().push(line);
        }
        match who {
            Who::Visitor => {
                self.visitors.set(self.visitors.get().saturating_sub(1));
                let next = self.queue.borrow_mut().pop_front();
                if let Some((arrival, due_us)) = next {
                    self.come_in(arrival, due_us, self.desk.clock.now_us());
                }
            }
            Who::Seat(seat) => {
                let mut seats = self.seats.borrow_mut();
                let Some(sitting) = seats.get_mut(&seat) else { return };
                let Sitting::Taken { turn, leaving, .. } = *sitting else { return };
                let wanted = seat.number < self.wanted.borrow()[usize::from(seat.kind)];
                let someone_else = wanted && !over && !self.desk.supply.is_done();
                *sitting = match left {
                    Left::Removed(_) | Left::StopTest(_) if !leaving => Sitting::Removed,
                    // Did all planned tasks, or was asked to leave and is wanted again: the next one comes.
                    _ if someone_else => self.sit_down(seat, turn + 1, self.desk.clock.now_us()),
                    _ => Sitting::Free { turn: turn + 1 },
                };
            }
        }
    }

    /// Whether every seat this worker will ever have is out of use.
    fn nobody_ever_comes(&self) -> bool {
        let load = &self.desk.plan.load;
        if load.open || self.active.get() > 0 {
            return false;
        }
        let seats = self.seats.borrow();
        let most = self.roster.counts(self.desk.curve().peak().round() as u32);
        let none = vec![0; most.len()];
        let mut all = self.roster.seats(&none, &most).peekable();
        all.peek().is_some() && all.all(|seat| matches!(seats.get(&seat), Some(Sitting::Removed)))
    }

    /// Keeps a short wait going, so that the lag of a busy worker shows.
    async fn probe(&self) {
        let mut next_us = self.desk.clock.now_us();
        loop {
            next_us = (next_us + PROBE_US).max(self.desk.clock.now_us());
            self.desk.alarm.until(next_us).await;
        }
    }
}

#[cfg(test)]
mod tests;
