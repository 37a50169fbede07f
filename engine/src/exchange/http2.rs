//! One request and its answer on an HTTP/2 connection, which carries several at once. Must not know people or redirects.
//!
//! What is said is [`talk`]'s, without a socket; [`driver`] moves the bytes for everybody who waits. Whoever sends puts their
//! request among what is to be written, so that requests made in the same turn leave in one write.

mod driver;
mod fields;
mod frame;
mod hpack;
mod huffman;
mod talk;

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;

use tidemark_core::traffic::{Draft, Reply, Trouble};
use tokio::task::AbortHandle;

use super::head::Given;
use super::link::{Counted, Link, Origin};
use super::{Exchange, Marks};
use driver::Driver;
use talk::{Request, Talk};

/// A connection of one person to one origin, shared by their requests.
pub(super) struct Http2 {
    pub(super) origin: Origin,
    talk: Rc<RefCell<Talk>>,
    reset: Rc<Cell<bool>>,
    driver: AbortHandle,
    _open: Counted,
}

impl Drop for Http2 {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

/// Why a request came to nothing.
#[derive(Debug, Clone)]
pub(super) enum Ended {
    /// The server didn't look at it, as the connection was closed before or told so: another connection may do better.
    Stale(Trouble),
    /// It failed.
    For(Trouble),
}

impl Http2 {
    /// Opens HTTP/2 on a connection. Needs a runtime that keeps its tasks on this thread.
    pub(super) fn open(exchange: &Exchange, link: Link) -> Self {
        let Link { origin, stream, _open, .. } = link;
        let talk = Rc::new(RefCell::new(Talk::new()));
        let reset = Rc::new(Cell::new(false));
        let reading = Rc::clone(&exchange.reading);
        let mut driver = Driver { stream, talk: Rc::clone(&talk), reading, reset: Rc::clone(&reset), broken: false };
        let driver = tokio::task::spawn_local(poll_fn(move |cx| driver.poll(cx))).abort_handle();
        Self { origin, talk, reset, driver, _open }
    }

    /// Whether it still takes requests.
    pub(super) fn is_usable(&self) -> bool {
        self.talk.borrow().leaves().is_none()
    }

    /// Resets the connection when it ends, instead of closing it.
    pub(super) fn reset_at_end(&self) {
        self.reset.set(true);
    }

    /// Sends a draft and reads its answer into `reply`.
    pub(super) async fn round(
        &self,
        exchange: &Exchange,
        (draft, given): (&Draft, Given),
        cookie: Option<&str>,
        reply: &mut Reply,
    ) -> Result<Marks, Ended> {
        let room = poll_fn(|cx| self.talk.borrow_mut().poll_room(cx)).await;
        room.map_err(Ended::Stale)?;
        let answer = std::mem::take(&mut reply.answer);
        let begun = self.talk.borrow_mut().start((draft, given), cookie, answer);
        let id = begun.map_err(Ended::For)?;
        let mut asked = Asked { talk: &self.talk, id, reply };
        let ended = poll_fn(|cx| self.talk.borrow_mut().poll_end(id, cx)).await;
        let Some(mut request) = ended else { return Err(Ended::For(super::head::bad("the request was given up"))) };
        let end = request.end.take();
        let marks = request.marks;
        asked.take(request);
        let done = match end {
            Some(Ok(done)) => done,
            Some(Err(ended)) => return Err(ended),
            None => return Err(Ended::For(super::head::bad("the request was given up"))),
        };
        let now_us = exchange.reading.clock.now_us();
        let us = done.us.max(asked.reply.timing.sent_us).min(now_us);
        asked.reply.timing.done_us = us;
        exchange.reading.arrivals.count(done.told.then(|| now_us - us));
        Ok(marks)
    }
}

/// A request under way. Where nobody waits for it any more, it is given up, and what came of the answer stays known.
struct Asked<'a> {
    talk: &'a RefCell<Talk>,
    id: u32,
    reply: &'a mut Reply,
}

impl Asked<'_> {
    /// Takes over what there is of the answer, and the bytes that nobody else has claimed.
    fn take(&mut self, request: Request) {
        let sent_us = self.reply.timing.sent_us;
        self.reply.timing.first_byte_us = request.first.map(|first| first.us.max(sent_us));
        self.reply.answer = request.answer;
        let mut talk = self.talk.borrow_mut();
        self.reply.bytes_out += std::mem::take(&mut talk.bytes_out);
        self.reply.bytes_in += std::mem::take(&mut talk.bytes_in);
    }
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        let left = self.talk.borrow_mut().cancel(self.id);
        if let Some(request) = left {
            self.take(request);
        }
    }
}

#[cfg(test)]
mod tests;
