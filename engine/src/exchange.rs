//! One request out, one answer back: connections, cookies, redirects and time limits of a worker's people. Must not know
//! why a request is made or what its answer means.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tidemark_core::traffic::{Answer, Draft, HttpVersion, Kind, Network, Reply, Timing, Trouble};
use tidemark_core::units::Span;
use tokio::time::Instant;

use crate::clock::Clock;
use crate::guard::Guard;

mod answer;
mod arrival;
mod chunked;
mod cookies;
mod decode;
mod fault;
mod head;
mod http1;
mod http2;
mod known;
mod link;
mod names;
mod post;
mod proxied;
mod redirect;
mod session;
mod tcp;
mod timer;
mod tls;

pub(crate) use arrival::Arrivals;
pub use names::resolve;
pub use session::Session;

use head::Given;
use link::{Link, Origin};
use timer::Timer;

/// The limit for connecting where none is set.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// The limit for an answer where none is set.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// So many origins are remembered.
const ORIGINS: usize = 1_000;
/// Size of a worker's buffer for what comes in, in bytes.
const INPUT: usize = 64 * 1024;

/// What the people of one worker thread send through. Stays on its thread; needs a tokio runtime around it that keeps its tasks
/// there.
pub struct Exchange {
    clock: Clock,
    guard: Arc<Guard>,
    names: names::Names,
    tls: tls::Tls,
    proxied: Option<proxied::Proxied>,
    connect_limit: Duration,
    open: Rc<Cell<usize>>,
    /// Connections that are being made.
    connecting: Rc<Cell<usize>>,
    /// Origins that were offered HTTP/2 and chose HTTP/1.1.
    http1_only: RefCell<Vec<Origin>>,
    reading: Rc<Reading>,
    heads: RefCell<known::Heads>,
    forms: RefCell<head::Forms>,
    output: RefCell<Vec<u8>>,
    post: post::Post,
}

/// What everybody reads with who has a connection.
struct Reading {
    clock: Clock,
    arrivals: arrival::Watch,
    /// When there last was a part of an answer or of a request, or an answer of which the kernel didn't say when it came.
    hurried_us: Cell<u64>,
    /// Room for what comes in, which is taken apart at once.
    input: RefCell<Box<[u8]>>,
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
            proxied: proxied::Proxied::new(network)?,
            connect_limit: if limit == Span::ZERO { CONNECT_LIMIT } else { limit.to_std() },
            open: Rc::default(),
            connecting: Rc::default(),
            http1_only: RefCell::default(),
            reading: Rc::new(Reading {
                clock,
                arrivals: arrival::Watch::default(),
                hurried_us: Cell::default(),
                input: RefCell::new(vec![0; INPUT].into()),
            }),
            heads: RefCell::default(),
            forms: RefCell::default(),
            output: RefCell::default(),
            post: post::Post::new(clock),
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

    /// What is known of when answers arrived since the last call.
    pub(crate) fn take_arrivals(&self) -> Arrivals {
        self.reading.arrivals.take()
    }

    /// When something last happened that should go on at once, in microseconds.
    pub(crate) fn hurried_us(&self) -> u64 {
        if self.connecting.get() > 0 { self.clock.now_us() } else { self.reading.hurried_us.get() }
    }

    fn hurry(&self) {
        self.reading.hurried_us.set(self.clock.now_us());
    }

    /// Sends a request and waits for its answer, following redirects as the draft allows. Whatever goes wrong stands in
    /// `reply.trouble`; the timing is filled in any case. Where the future is dropped, its connection is dropped too.
    pub async fn send(&self, session: &Session, draft: &Draft, reply: &mut Reply) {
        reply.clear();
        // Who just had an answer asks at that moment: one look at the clock less. When it leaves is noted then.
        let started = session.take_seen().unwrap_or_else(Instant::now);
        reply.timing.sent_us = self.clock.us_of(started);
        let limit = if draft.time_limit == Span::ZERO { TIME_LIMIT } else { draft.time_limit.to_std() };
        // Pinned here: handed over by value it would take its room twice.
        let ended = {
            let mut work = pin!(self.follow(session, draft, reply));
            within(session, started, limit, work.as_mut()).await
        };
        let trouble = match ended {
            Some(Ok(())) => return,
            Some(Err(trouble)) => trouble,
            None => {
                let limit = Span::from_us(limit.as_micros() as u64);
                Trouble::new(Kind::AnswerTimeout, format!("no complete answer within {limit}"))
            }
        };
        reply.timing.done_us = self.clock.now_us();
        reply.seen_us = reply.timing.done_us;
        reply.trouble = Some(trouble);
    }

    /// Connects for a draft, TLS included, sends nothing and hangs up. Not meant for targets behind a proxy.
    ///
    /// # Errors
    /// Why there is no connection.
    pub async fn reach(&self, draft: &Draft) -> Result<(), Trouble> {
        self.connect(draft, &mut Timing::default()).await.map(drop)
    }

    /// A request with the redirects that follow from it; the last answer is unpacked.
    async fn follow(&self, session: &Session, draft: &Draft, reply: &mut Reply) -> Result<(), Trouble> {
        let mut marks = self.once(session, draft, reply).await?;
        if draft.redirects > 0 && redirect::is_redirect(reply.answer.status) {
            marks = Box::pin(self.go_on(session, draft, marks, reply)).await?;
        }
        if marks.coded { decode::decode(&mut reply.answer, draft.body_wanted) } else { Ok(()) }
    }

    /// Follows redirects as far as allowed. Every hop connects, and is guarded, like a request of its own.
    async fn go_on(
        &self,
        session: &Session,
        draft: &Draft,
        mut marks: Marks,
        reply: &mut Reply,
    ) -> Result<Marks, Trouble> {
        let mut next = redirect::next(draft, &reply.answer)?;
        while let Some(hop) = next {
            if reply.hops == draft.redirects {
                let words = format!("more than {} redirects, the last to {}", draft.redirects, hop.url());
                return Err(Trouble::new(Kind::TooManyRedirects, words));
            }
            reply.hops += 1;
            forget_answer(reply);
            marks = self.once(session, &hop, reply).await?;
            next = redirect::next(&hop, &reply.answer)?;
        }
        Ok(marks)
    }

    /// One request and one answer, without redirects.
    async fn once(&self, session: &Session, draft: &Draft, reply: &mut Reply) -> Result<Marks, Trouble> {
        let given = self.forms.borrow_mut().check(draft)?;
        let cookie = session.cookie_line(draft);
        let cookie = cookie.as_deref();
        let marks = match &self.proxied {
            None => self.transfer(session, (draft, given), cookie, reply).await?,
            Some(proxied) => {
                self.hurry();
                let clients = session.clients();
                Box::pin(proxied.round(self, &clients, (draft, given), cookie, reply)).await?
            }
        };
        if marks.cookies {
            session.store_cookies(draft, &reply.answer.headers);
        }
        Ok(marks)
    }

    /// Over a kept connection if there is one, else over a new one.
    async fn transfer(
        &self,
        session: &Session,
        (draft, given): (&Draft, Given),
        cookie: Option<&str>,
        reply: &mut Reply,
    ) -> Result<Marks, Trouble> {
        let turn = session.turn();
        while let Some(mut link) = session.take_idle(draft) {
            // Closed by the server while it lay idle, as it may: another connection. Once something was sent there is no
            // second try: it would hide a failure, and could do twice what was asked for once.
            if !link.stream.is_quiet().await {
                continue;
            }
            let together = session.leaves_together() && reply.hops == 0;
            let ended = http1::round(self, &mut link.stream, (draft, given), cookie, reply, together).await?;
            session.saw(ended.seen);
            if ended.stays_open {
                session.keep_idle(link, turn);
            }
            return Ok(ended.marks);
        }
        if reply.hops == 0 {
            reply.timing.sent_us = self.clock.now_us();
        }
        // Boxed, so that people who wait on a kept connection stay small.
        if draft.version == HttpVersion::Http1 || (draft.version == HttpVersion::Auto && !draft.secure) {
            Box::pin(async {
                let link = self.connect(draft, &mut reply.timing).await?;
                self.first_round(session, link, turn, (draft, given), cookie, reply).await
            })
            .await
        } else {
            Box::pin(self.shared_or_new(session, (draft, given), cookie, reply)).await
        }
    }

    /// HTTP/1.1 on a new connection.
    async fn first_round(
        &self,
        session: &Session,
        mut link: Link,
        turn: u32,
        request: (&Draft, Given),
        cookie: Option<&str>,
        reply: &mut Reply,
    ) -> Result<Marks, Trouble> {
        let ended = http1::round(self, &mut link.stream, request, cookie, reply, false).await?;
        if ended.stays_open {
            session.keep_idle(link, turn);
        }
        Ok(ended.marks)
    }

    /// Where HTTP/2 may be spoken: over the person's shared connection, else over a new one, whatever it speaks.
    async fn shared_or_new(
        &self,
        session: &Session,
        (draft, given): (&Draft, Given),
        cookie: Option<&str>,
        reply: &mut Reply,
    ) -> Result<Marks, Trouble> {
        let turn = session.turn();
        self.hurry();
        if let Some(shared) = session.shared(draft) {
            match shared.round(self, (draft, given), cookie, reply).await {
                // Closed by the server, as it may: a fresh connection, once.
                Err(http2::Ended::Stale(_)) => session.give_up(&shared),
                ended => return session.settle(&shared, ended),
            }
        }
        match self.connect_to_share(session, draft, turn, reply).await? {
            Connected::Own(link) => self.first_round(session, link, turn, (draft, given), cookie, reply).await,
            Connected::Shared(shared) => {
                let ended = shared.round(self, (draft, given), cookie, reply).await;
                session.settle(&shared, ended)
            }
        }
    }

    /// Connects where HTTP/2 may be spoken. One at a time for each person until it is known that it isn't, so that a
    /// page's parallel requests share one connection.
    async fn connect_to_share(
        &self,
        session: &Session,
        draft: &Draft,
        turn: u32,
        reply: &mut Reply,
    ) -> Result<Connected, Trouble> {
        let known = |origin: &Origin| origin.fits(draft);
        if draft.version == HttpVersion::Auto && self.http1_only.borrow().iter().any(known) {
            return Ok(Connected::Own(self.connect(draft, &mut reply.timing).await?));
        }
        let _gate = session.gate().await;
        if let Some(shared) = session.shared(draft) {
            return Ok(Connected::Shared(shared));
        }
        let link = self.connect(draft, &mut reply.timing).await?;
        if draft.version == HttpVersion::Auto && !link.stream.speaks_http2() {
            let mut origins = self.http1_only.borrow_mut();
            if origins.len() < ORIGINS && !origins.iter().any(known) {
                origins.push(Origin::of(draft));
            }
            return Ok(Connected::Own(link));
        }
        let shared = Rc::new(http2::Http2::open(self, link));
        session.share(&shared, turn);
        Ok(Connected::Shared(shared))
    }
}

/// Reads the whole answer to a GET whose body is wanted, as it would come from a connection; whether that was all of it.
/// For those who measure what the parts cost.
pub fn read_answer(bytes: &[u8], into: &mut Answer) -> bool {
    let mut reader = answer::Reader::new("GET", true);
    reader.feed(bytes, into, &mut known::Heads::default()).is_ok_and(|used| used == bytes.len()) && reader.is_done()
}

/// What a new connection speaks.
enum Connected {
    /// HTTP/2, for all requests of a person.
    Shared(Rc<http2::Http2>),
    /// HTTP/1.1, for one at a time.
    Own(Link),
}

/// What an answer's headers ask for.
#[derive(Debug, Clone, Copy, Default)]
struct Marks {
    /// It sets cookies.
    cookies: bool,
    /// Its body is compressed.
    coded: bool,
}

/// Empties the answer of a hop for the next one; bytes and times add up.
fn forget_answer(reply: &mut Reply) {
    reply.answer.status = 0;
    reply.answer.headers.0.clear();
    reply.answer.body.clear();
    reply.answer.body_len = 0;
    reply.timing.first_byte_us = None;
}

/// Waits so long for `work` that began at `started`; `None` where it took longer.
async fn within<T>(
    session: &Session,
    started: Instant,
    limit: Duration,
    mut work: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    let deadline = started + limit;
    let mut timer: Option<Timer> = None;
    let ended = poll_fn(|cx| {
        if let Poll::Ready(done) = work.as_mut().poll(cx) {
            return Poll::Ready(Some(done));
        }
        let polled = match &mut timer {
            Some(timer) => timer.poll_until(cx, deadline),
            None => {
                let kept = session.take_timer().unwrap_or_else(|| Timer::new(deadline));
                timer.insert(kept).poll_first(cx, started, deadline)
            }
        };
        polled.map(|()| None)
    });
    let ended = ended.await;
    if let Some(timer) = timer {
        session.keep_timer(timer);
    }
    ended
}

#[cfg(test)]
mod tests;
