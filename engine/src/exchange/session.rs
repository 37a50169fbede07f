//! One person: the connections they keep open, and their cookies. Must not know what they do.

use std::cell::{Cell, RefCell};

use tidemark_core::traffic::Draft;

use super::link::Link;
use super::timer::Timer;

/// So many idle connections a person keeps at most; the oldest is closed for a newer one.
const IDLE_LIMIT: usize = 24;

/// One person: their cookies and open connections. Several sends may be under way at once.
#[derive(Default)]
pub struct Session {
    idle: RefCell<Vec<Link>>,
    timers: RefCell<Vec<Timer>>,
    /// Counts resets, so that a send under way doesn't hand its connection to the next person.
    turn: Cell<u32>,
}

impl Session {
    /// Closes the connections and forgets the cookies: a new person. Sends under way keep theirs until they end.
    pub fn reset(&self) {
        self.turn.set(self.turn.get().wrapping_add(1));
        self.idle.borrow_mut().clear();
    }

    /// Changes with every reset.
    pub(super) fn turn(&self) -> u32 {
        self.turn.get()
    }

    /// How many idle connections this person keeps open.
    pub fn idle_connections(&self) -> usize {
        self.idle.borrow().len()
    }

    /// A kept connection that fits, the last used first: it is the least likely to have been closed.
    pub(super) fn take_idle(&self, draft: &Draft) -> Option<Link> {
        let mut idle = self.idle.borrow_mut();
        let at = idle.iter().rposition(|link| link.origin.fits(draft))?;
        Some(idle.remove(at))
    }

    /// Keeps a connection made during `turn`, unless the person was reset since.
    pub(super) fn keep_idle(&self, link: Link, turn: u32) {
        if turn != self.turn.get() {
            return;
        }
        let mut idle = self.idle.borrow_mut();
        if idle.len() >= IDLE_LIMIT {
            idle.remove(0);
        }
        idle.push(link);
    }

    pub(super) fn take_timer(&self) -> Option<Timer> {
        self.timers.borrow_mut().pop()
    }

    pub(super) fn keep_timer(&self, timer: Timer) {
        let mut timers = self.timers.borrow_mut();
        if timers.len() < IDLE_LIMIT {
            timers.push(timer);
        }
    }
}
