//! One request out, one answer back: connections, cookies, redirects and time limits of a worker's people. Must not know
//! why a request is made or what its answer means.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tidemark_core::traffic::{Draft, Kind, Network, Reply, Trouble};
use tidemark_core::units::Span;
use tokio::time::Instant;

use crate::clock::Clock;
use crate::guard::Guard;

mod answer;
mod chunked;
mod fault;
mod head;
mod http1;
mod link;
mod names;
mod session;
mod timer;
mod tls;

pub use names::resolve;
pub use session::Session;

use head::Given;
use timer::Timer;

/// The limit for connecting where none is set.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// The limit for an answer where none is set.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// Size of a worker's buffer for what comes in, in bytes.
const INPUT: usize = 64 * 1024;

/// What the people of one worker thread send through. Stays on its thread; needs a tokio runtime around it.
pub struct Exchange {
    clock: Clock,
    guard: Arc<Guard>,
    names: names::Names,
    tls: tls::Tls,
    connect_limit: Duration,
    open: Rc<Cell<usize>>,
    input: RefCell<Box<[u8]>>,
    output: RefCell<Vec<u8>>,
}

impl Exchange {
    /// An exchange that reaches targets as `network` says, and only those that `guard` lets through.
    ///
    /// # Errors
    /// In words for the operator: certificates, keys or a proxy address that can't be used.
    pub fn new(clock: Clock, network: &Network, guard: Arc<Guard>) -> Result<Self, Trouble> {
        let limit = network.connect_limit;
        Ok(Self {
            clock,
            guard,
            names: names::Names::new(network.resolve.clone()),
            tls: tls::Tls::new(network)?,
            connect_limit: if limit == Span::ZERO { CONNECT_LIMIT } else { limit.to_std() },
            open: Rc::default(),
            input: RefCell::new(vec![0; INPUT].into()),
            output: RefCell::default(),
        })
    }

    /// A new person, without cookies or connections.
    pub fn session(&self) -> Session {
        Session::default()
    }

    /// How many connections of all people are open, idle or in use.
    pub fn open_connections(&self) -> usize {
        self.open.get()
    }

    /// Sends a request and waits for its answer, following redirects as the draft allows. Whatever goes wrong stands in
    /// `reply.trouble`; the timing is filled in any case. Where the future is dropped, its connection is dropped too.
    pub async fn send(&self, session: &Session, draft: &Draft, reply: &mut Reply) {
        reply.clear();
        let started = Instant::now();
        reply.timing.sent_us = self.clock.us_of(started);
        let limit = if draft.time_limit == Span::ZERO { TIME_LIMIT } else { draft.time_limit.to_std() };
        let ended = within(session, started + limit, self.once(session, draft, reply)).await;
        let trouble = match ended {
            Some(Ok(())) => return,
            Some(Err(trouble)) => trouble,
            None => {
                let limit = Span::from_us(limit.as_micros() as u64);
                Trouble::new(Kind::AnswerTimeout, format!("no complete answer within {limit}"))
            }
        };
        reply.timing.done_us = self.clock.now_us();
        reply.trouble = Some(trouble);
    }

    /// One request and one answer, without redirects.
    async fn once(&self, session: &Session, draft: &Draft, reply: &mut Reply) -> Result<(), Trouble> {
        let given = head::check(draft)?;
        let turn = session.turn();
        if let Some(mut link) = session.take_idle(draft) {
            let before = reply.bytes_in;
            match http1::round(self, &mut link.stream, (draft, given), None, true, reply).await {
                Ok(stays_open) => {
                    if stays_open {
                        session.keep_idle(link, turn);
                    }
                    return Ok(());
                }
                // Closed by the server while it lay idle, as it may: a fresh connection, once.
                Err(trouble) if trouble.kind == Kind::Reset && reply.bytes_in == before => {}
                Err(trouble) => return Err(trouble),
            }
        }
        Box::pin(self.afresh(session, draft, given, reply)).await
    }

    /// On a new connection. Boxed by the caller, so that people who wait on a kept connection stay small.
    async fn afresh(&self, session: &Session, draft: &Draft, given: Given, reply: &mut Reply) -> Result<(), Trouble> {
        let turn = session.turn();
        let mut link = self.connect(draft, &mut reply.timing).await?;
        if http1::round(self, &mut link.stream, (draft, given), None, false, reply).await? {
            session.keep_idle(link, turn);
        }
        Ok(())
    }
}

/// Waits for `work` up to the deadline; `None` where it passed.
async fn within<T>(session: &Session, deadline: Instant, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut timer = None;
    let ended = poll_fn(|cx| {
        if let Poll::Ready(done) = work.as_mut().poll(cx) {
            return Poll::Ready(Some(done));
        }
        let timer = timer.get_or_insert_with(|| session.take_timer().unwrap_or_else(|| Timer::new(deadline)));
        timer.poll_until(cx, deadline).map(|()| None)
    });
    let ended = ended.await;
    if let Some(timer) = timer {
        session.keep_timer(timer);
    }
    ended
}

#[cfg(test)]
mod tests;
