//! One person: the connections they keep open, and their cookies. Must not know what they do.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tidemark_core::traffic::{Draft, Headers, Trouble};
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::Instant;

use super::Marks;
use super::cookies::Cookies;
use super::http2::{Ended, Http2};
use super::link::Link;
use super::proxied::Clients;
use super::timer::Timer;

/// So many idle connections a person keeps at most; the oldest is closed for a newer one.
const IDLE_LIMIT: usize = 24;

/// One person: their cookies and open connections. Several sends may be under way at once.
#[derive(Default)]
pub struct Session {
    idle: RefCell<Vec<Link>>,
    shared: RefCell<Vec<Rc<Http2>>>,
    /// Held while a connection is made that may turn out to carry everyone's requests.
    gate: Mutex<()>,
    cookies: RefCell<Cookies>,
    /// Connections through a proxy.
    clients: RefCell<Rc<Clients>>,
    /// The timer of whoever sends one request after the other.
    timer: Cell<Option<Timer>>,
    /// Those of requests at the same time.
    timers: RefCell<Vec<Timer>>,
    /// Whether the next request leaves together with those of others.
    together: Cell<bool>,
    /// When the last answer was read, for whoever asks again at that moment.
    seen: Cell<Option<Instant>>,
    /// Counts resets, so that a send under way doesn't hand its connection to the next person.
    turn: Cell<u32>,
}

impl Session {
    /// Closes the connections and forgets the cookies: a new person. Sends under way keep theirs until they end.
    pub fn reset(&self) {
        self.turn.set(self.turn.get().wrapping_add(1));
        self.idle.borrow_mut().clear();
        self.shared.borrow_mut().clear();
        *self.cookies.borrow_mut() = Cookies::default();
        *self.clients.borrow_mut() = Rc::default();
    }

    /// Closes connections that carry no request and keeps the cookies; how many are closed, those through a proxy left out.
    ///
    /// They are reset: the port of one that says goodbye can't be used for another minute, and a crowd would run out of them.
    pub fn give_back(&self) -> usize {
        let idle = std::mem::take(&mut *self.idle.borrow_mut());
        idle.iter().for_each(|link| link.stream.reset_at_end());
        let idle = idle.len();
        // Theirs are set for the last request's limit, and would wake somebody who pauses for nothing.
        self.timer.take();
        self.timers.borrow_mut().clear();
        let mut shared = self.shared.borrow_mut();
        let before = shared.len();
        shared.retain(|connection| {
            // Whoever sends holds a part in it.
            let sends = Rc::strong_count(connection) > 1;
            if !sends {
                connection.reset_at_end();
            }
            sends
        });
        if Rc::strong_count(&self.clients.borrow()) == 1 {
            *self.clients.borrow_mut() = Rc::default();
        }
        idle + before - shared.len()
    }

    /// Forgets the cookies and keeps the connections: a new person takes over the line of one who left.
    pub fn forget_cookies(&self) {
        *self.cookies.borrow_mut() = Cookies::default();
    }

    /// The value of a cookie this person has, by its exact name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().value(name)
    }

    /// Whether what is sent on a kept connection from now on leaves together with what others send, when everybody had their
    /// turn: for those who just had an answer, so that all answers that are there are read before anybody asks again.
    pub fn leave_together(&self, together: bool) {
        self.together.set(together);
    }

    pub(super) fn leaves_together(&self) -> bool {
        self.together.get()
    }

    /// When an answer was read.
    pub(super) fn saw(&self, at: Option<Instant>) {
        self.seen.set(at);
    }

    /// When the last answer was read, for the request that follows from it without a pause.
    pub(super) fn take_seen(&self) -> Option<Instant> {
        self.seen.take().filter(|_| self.together.get())
    }

    /// Changes with every reset.
    pub(super) fn turn(&self) -> u32 {
        self.turn.get()
    }

    /// How many connections this person keeps open beyond their requests.
    pub fn idle_connections(&self) -> usize {
        self.idle.borrow().len() + self.shared.borrow().len()
    }

    /// A kept connection that fits, the last used first: it is the least likely to have been closed.
    pub(super) fn take_idle(&self, draft: &Draft) -> Option<Link> {
        let mut idle = self.idle.borrow_mut();
        let at = idle.iter().rposition(|link| link.fits(draft))?;
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
        // Mostly there is one, and it is there for each of ten thousand people.
        idle.reserve_exact(1);
        idle.push(link);
    }

    /// An HTTP/2 connection that fits and still takes requests.
    pub(super) fn shared(&self, draft: &Draft) -> Option<Rc<Http2>> {
        let mut shared = self.shared.borrow_mut();
        shared.retain(|connection| connection.is_usable());
        shared.iter().find(|connection| connection.origin.fits(draft)).cloned()
    }

    /// Keeps an HTTP/2 connection made during `turn`, unless the person was reset since.
    pub(super) fn share(&self, connection: &Rc<Http2>, turn: u32) {
        if turn == self.turn.get() {
            self.shared.borrow_mut().push(Rc::clone(connection));
        }
    }

    /// Gives an HTTP/2 connection up; requests under way on it may still end well.
    pub(super) fn give_up(&self, connection: &Rc<Http2>) {
        self.shared.borrow_mut().retain(|other| !Rc::ptr_eq(other, connection));
    }

    /// What became of a request on an HTTP/2 connection, which is given up where it can't be used any more.
    pub(super) fn settle(&self, connection: &Rc<Http2>, ended: Result<Marks, Ended>) -> Result<Marks, Trouble> {
        if ended.is_err() && !connection.is_usable() {
            self.give_up(connection);
        }
        ended.map_err(|ended| match ended {
            Ended::Stale(trouble) | Ended::For(trouble) => trouble,
        })
    }

    /// This person's connections through the proxy.
    pub(super) fn clients(&self) -> Rc<Clients> {
        Rc::clone(&self.clients.borrow())
    }

    pub(super) async fn gate(&self) -> MutexGuard<'_, ()> {
        self.gate.lock().await
    }

    /// The value of the Cookie line for a draft.
    pub(super) fn cookie_line(&self, draft: &Draft) -> Option<Rc<str>> {
        self.cookies.borrow_mut().line(draft)
    }

    /// Takes over the cookies an answer sets.
    pub(super) fn store_cookies(&self, draft: &Draft, headers: &Headers) {
        self.cookies.borrow_mut().store(draft, headers);
    }

    pub(super) fn take_timer(&self) -> Option<Timer> {
        self.timer.take().or_else(|| self.timers.borrow_mut().pop())
    }

    pub(super) fn keep_timer(&self, timer: Timer) {
        let Some(timer) = self.timer.replace(Some(timer)) else { return };
        let mut timers = self.timers.borrow_mut();
        if timers.len() < IDLE_LIMIT {
            timers.push(timer);
        }
    }
}
