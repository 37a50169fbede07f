//! Looks at the target while it is loaded: pages of metrics, and processes of this computer. On a thread of its own, so that
//! nothing that is slow, large or nonsense there disturbs the run: what could not be read is a gap, and is counted.
//!
//! Must not know what values mean, nor where they go.

mod process;

use std::sync::Arc;
use std::time::Duration;

use tidemark_core::plan::Plan;
use tidemark_core::plan::parts::{WatchAt, WatchPlan};
use tidemark_core::traffic::{Draft, HttpVersion, Network, Reply};
use tidemark_core::units::Span;
use tidemark_core::watch::{Page, Reading, Value};
use tidemark_engine::clock::Clock;
use tidemark_engine::exchange::Exchange;
use tidemark_engine::guard::Guard;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::LocalSet;
use tokio::time::Instant;

use crate::aside;
use process::Process;

/// A page may take so long, in seconds.
const PATIENCE_SECONDS: u64 = 5;

/// The largest page, in bytes. One that is larger is not asked for again.
const LARGEST: u64 = 8 << 20;

/// After so many looks in vain, one looks less often: so many seconds apart.
const IN_VAIN: u32 = 5;
const SELDOM_SECONDS: u32 = 10;

/// What goes with the question for a page.
const HEADERS: &[u8] = b"Accept: text/plain;version=0.0.4, */*;q=0.1\r\nUser-Agent: tidemark\r\n";

/// Eyes on the target. They close when this is dropped.
pub(crate) struct Watching {
    readings: UnboundedReceiver<Reading>,
}

impl Watching {
    /// Begins to look at all that the plan wants watched; `None` where that is nothing, or the system gives no thread.
    pub(crate) fn begin(plan: &Plan, allowed: &[String], started: Instant) -> Option<Self> {
        if plan.watch.is_empty() {
            return None;
        }
        let (tell, readings) = unbounded_channel();
        let (watch, network, guard) = (plan.watch.clone(), plan.network.clone(), Guard::new(allowed.to_vec()));
        let all = move || async move {
            let local = LocalSet::new();
            let guard = Arc::new(guard);
            for (at, one) in watch.into_iter().enumerate() {
                let looks = Looks { source: at as u16, every: one.every, started, tell: tell.clone() };
                local.spawn_local(looks.go(one, network.clone(), guard.clone()));
            }
            drop(tell);
            local.await;
        };
        // It ends by itself as soon as nobody listens.
        aside::thread("watch", all).ok()?;
        Some(Self { readings })
    }

    /// The next reading; `None` where there will be none.
    pub(crate) async fn next(&mut self) -> Option<Reading> {
        self.readings.recv().await
    }
}

/// What can't be watched, as far as is known before a run.
pub(crate) fn warnings(plan: &Plan) -> Vec<String> {
    let there = |watch: &WatchPlan| match watch.at {
        WatchAt::Process(id) => {
            Process::of(id).look().err().map(|why| format!("{} can't be watched: {why}.", watch.name))
        }
        WatchAt::Page { .. } => None,
    };
    plan.watch.iter().filter_map(there).collect()
}

/// Why there is nothing, and whether to look again.
struct Nothing {
    why: String,
    forever: bool,
}

impl From<String> for Nothing {
    fn from(why: String) -> Self {
        Self { why, forever: false }
    }
}

/// One source, looked at again and again.
struct Looks {
    source: u16,
    every: u32,
    started: Instant,
    tell: UnboundedSender<Reading>,
}

impl Looks {
    async fn go(self, watch: WatchPlan, network: Network, guard: Arc<Guard>) {
        let tell = self.tell.clone();
        tokio::select! {
            () = self.look(watch, &network, guard) => {}
            () = tell.closed() => {}
        }
    }

    async fn look(self, watch: WatchPlan, network: &Network, guard: Arc<Guard>) {
        let mut eye = match Eye::open(watch.at, network, guard, self.started) {
            Ok(eye) => eye,
            Err(why) => return drop(self.tell.send(self.reading(0, Err(why)))),
        };
        let (mut next, mut in_vain) = (self.started, 0);
        loop {
            tokio::time::sleep_until(next).await;
            let now = self.started.elapsed();
            let (said, forever) = match eye.look(now).await {
                Ok(values) => (Ok(values), false),
                Err(nothing) => (Err(nothing.why), nothing.forever),
            };
            in_vain = if said.is_ok() { 0 } else { in_vain + 1 };
            if self.tell.send(self.reading(second(now), said)).is_err() || forever {
                return;
            }
            let every = if in_vain >= IN_VAIN { self.every.max(SELDOM_SECONDS) } else { self.every };
            // Looks that came too late are left out, so that they don't pile up.
            let every = Duration::from_secs(every.into());
            let whole = (self.started.elapsed().as_micros() / every.as_micros().max(1)) as u32 + 1;
            next = self.started + every * whole;
        }
    }

    fn reading(&self, second: u32, said: Result<Vec<Value>, String>) -> Reading {
        Reading { source: self.source, second, step: self.every, said }
    }
}

/// The second that a look at this moment is about: the one that just ended, as counters tell of what lies behind them.
fn second(at: Duration) -> u32 {
    u32::try_from((at.as_millis() + 500) / 1_000).unwrap_or(u32::MAX).saturating_sub(1)
}

/// One way of looking.
enum Eye {
    Page { exchange: Box<Exchange>, draft: Draft, page: Page },
    Process(Process),
}

impl Eye {
    fn open(at: WatchAt, network: &Network, guard: Arc<Guard>, started: Instant) -> Result<Self, String> {
        match at {
            WatchAt::Process(id) => Ok(Self::Process(Process::of(id))),
            WatchAt::Page { secure, host, port, path, headers, series } => {
                let exchange =
                    Exchange::new(Clock::start_at(started), network, guard).map_err(|trouble| trouble.detail)?;
                let draft = Draft {
                    method: "GET".to_owned(),
                    secure,
                    host,
                    port,
                    target: path,
                    headers: [HEADERS, headers.as_bytes()].concat(),
                    version: HttpVersion::Http1,
                    time_limit: Span::from_secs(PATIENCE_SECONDS),
                    body_wanted: true,
                    ..Draft::default()
                };
                Ok(Self::Page { exchange: Box::new(exchange), draft, page: Page::new(&series) })
            }
        }
    }

    async fn look(&mut self, now: Duration) -> Result<Vec<Value>, Nothing> {
        match self {
            Self::Process(process) => Ok(process.look()?),
            Self::Page { exchange, draft, page } => {
                // Without a session of its own a connection that broke would stay.
                let (session, mut reply) = (exchange.session(), Reply::default());
                exchange.send(&session, draft, &mut reply).await;
                if reply.bytes_in.max(reply.answer.body_len) > LARGEST {
                    let why = format!("its page is larger than {} MB, so it is not asked again", LARGEST >> 20);
                    return Err(Nothing { why, forever: true });
                }
                match (reply.trouble, reply.answer.status) {
                    (Some(trouble), _) => Err(trouble.detail.into()),
                    (None, 200) => Ok(page.read(now.as_micros() as u64, &String::from_utf8_lossy(&reply.answer.body))?),
                    (None, status) => Err(format!("it answered {status}").into()),
                }
            }
        }
    }
}
