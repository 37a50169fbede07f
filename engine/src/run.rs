//! A run: workers started together, their numbers merged second by second, orders passed on.
//! Must not know what becomes of the numbers.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tidemark_core::plan::curve::Steer;
use tidemark_core::plan::dice::Dice;
use tidemark_core::plan::{Plan, Slice, Supply};
use tidemark_core::stats::NameId;
use tidemark_core::stats::recorder::Recorder;
use tidemark_core::stats::snapshot::Snapshot;
use tidemark_core::traffic::{Kind, Trouble};
use tidemark_core::units::Span;
use tokio::runtime::LocalOptions;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

use crate::alarm::Grain;
use crate::clock::Clock;
use crate::control::{Control, Order};
use crate::desk::Desk;
use crate::exchange::Exchange;
use crate::guard::Guard;
use crate::limits::{self, Connections};
use crate::samples::{MOST_OF_A_KIND, Sample, Samples};
use crate::wire::Wire;
use crate::worker::{Report, Worker};

/// All workers are ready by then, and start at the same moment.
const HEAD_START: Duration = Duration::from_millis(30);

/// What a run needs.
#[derive(Debug, Clone)]
pub struct Setup {
    /// What is to be done.
    pub plan: Arc<Plan>,
    /// This machine's part of it.
    pub slice: Slice,
    /// Worker threads; 0 for one per processor core.
    pub workers: usize,
    /// Hosts beyond this computer that the operator allowed by name.
    pub allowed: Vec<String>,
    /// The wall clock now, in microseconds since 1970, for made-up dates.
    pub started_wall_us: i64,
}

/// Why a run could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Certificates, keys or the proxy can't be used.
    #[error("{0}")]
    Network(String),
    /// The operating system gave no thread.
    #[error("no thread could be started: {0}")]
    Thread(String),
}

/// What a run tells.
#[derive(Debug)]
pub enum Event {
    /// One second of all workers; seconds come in order, each once.
    Second(Box<Snapshot>),
    /// A failure sample, not yet scrubbed of secrets. At most [`MOST_OF_A_KIND`] of a name and kind.
    Sample(Box<Sample>),
    /// The run is over; nothing follows.
    Ended(Ended),
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// By its plan.
    Finished,
    /// Told to stop; people could finish.
    Stopped,
    /// Told to stop at once.
    Killed,
    /// A check, a missing value or an empty table asked for the end.
    StopTest(Trouble),
    /// A worker died; the numbers of the others are complete.
    Broken(String),
}

/// A run under way. Dropping it kills it.
pub struct Running {
    control: Arc<Control>,
    reports: UnboundedReceiver<Report>,
    threads: Vec<JoinHandle<()>>,
    pending: BTreeMap<u32, Snapshot>,
    /// Of each worker the next second it has not told yet; `None` once it is done.
    working: Vec<Option<u32>>,
    broken: Option<String>,
    told: BTreeMap<(NameId, Kind), usize>,
    warnings: Vec<String>,
    clock: Clock,
    ended: bool,
}

/// Starts a run.
///
/// # Errors
/// Where certificates, keys or a proxy can't be used, or there are no threads to be had.
pub fn start(setup: Setup) -> Result<Running, StartError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let workers = if setup.workers == 0 { cores } else { setup.workers.min(256) };
    let limit = limits::raise_file_limit();
    let load = &setup.plan.load;
    // How many people an open model will need at once is the target's doing, and not known beforehand.
    let people = if load.open { 0 } else { setup.slice.part_of(load.curve.peak().ceil() as u64) };
    let ports = limits::ports();
    let warnings = limits::too_few(people, limit, ports, load.keep_connections);
    let room = limits::room(limit, ports, people, workers);
    let control = Arc::new(Control::new(&load.curve));
    let supply = Arc::new(Supply::new(&setup.plan, setup.slice));
    let guard = Arc::new(Guard::new(setup.allowed.iter().cloned()));
    let connections = Arc::new(Connections::new(limit));
    let clock = Clock::start_at(Instant::now() + HEAD_START);
    // Bad certificates are told here, not by each worker.
    Exchange::new(clock, &setup.plan.network, guard.clone()).map_err(|trouble| StartError::Network(trouble.detail))?;
    let (out, reports) = unbounded_channel();
    let mut threads = Vec::with_capacity(workers);
    for number in 0..workers {
        let seed = Seed {
            setup: setup.clone(),
            control: control.clone(),
            supply: supply.clone(),
            guard: guard.clone(),
            connections: connections.clone(),
            clock,
            number,
            workers,
            room,
            out: out.clone(),
        };
        let thread = std::thread::Builder::new().name(format!("worker-{number}")).spawn(move || seed.grow());
        match thread {
            Ok(thread) => threads.push(thread),
            Err(error) => {
                control.give(Order::Kill);
                return Err(StartError::Thread(error.to_string()));
            }
        }
    }
    Ok(Running {
        control,
        reports,
        threads,
        pending: BTreeMap::new(),
        working: vec![Some(0); workers],
        broken: None,
        told: BTreeMap::new(),
        warnings,
        clock,
        ended: false,
    })
}

/// What a worker thread is made from.
struct Seed {
    setup: Setup,
    control: Arc<Control>,
    supply: Arc<Supply>,
    guard: Arc<Guard>,
    connections: Arc<Connections>,
    clock: Clock,
    number: usize,
    workers: usize,
    room: u64,
    out: UnboundedSender<Report>,
}

/// Tells the collector where a worker's thread ends before its work does.
struct Alive {
    number: usize,
    out: UnboundedSender<Report>,
}

impl Drop for Alive {
    fn drop(&mut self) {
        // After `Done` this is one report too many, which the collector leaves aside.
        let _ = self.out.send(Report::Broken(self.number));
    }
}

impl Seed {
    /// The whole life of a worker's thread.
    fn grow(self) {
        let _alive = Alive { number: self.number, out: self.out.clone() };
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let Ok(runtime) = runtime.enable_all().build_local(LocalOptions::default()) else { return };
        runtime.block_on(async move {
            let plan = self.setup.plan.clone();
            let Ok(exchange) = Exchange::new(self.clock, &plan.network, self.guard) else { return };
            let slice = self.setup.slice.worker(self.number as u32, self.workers as u32);
            let desk = Rc::new(Desk::new(
                plan.clone(),
                self.supply,
                self.control,
                self.clock,
                Wire::Net(Box::new(exchange)),
                Recorder::new(plan.names.len(), self.number as u16),
                Samples::new(Dice::new(plan.seed, u64::MAX - self.number as u64)),
                self.setup.started_wall_us,
                self.room,
            ));
            let ringing = desk.clone();
            let bell = tokio::task::spawn_local(async move {
                ringing.alarm.run(Grain::Fine, |now_us| ringing.may_nap(now_us)).await
            });
            let worker = Worker::new(desk, slice, self.number, self.out, self.connections);
            worker.work().await;
            bell.abort();
        });
    }
}

impl Running {
    /// Lets people finish, up to the plan's limit, and ends the run.
    pub fn stop(&self) {
        self.control.give(Order::Stop);
    }

    /// Ends the run at once; requests under way are counted as cut.
    pub fn kill(&self) {
        self.control.give(Order::Kill);
    }

    /// Changes the load from now on; the second of the run if there was anything to change. `None` after the end of the
    /// plan, and for an order that makes no difference.
    pub fn steer(&self, steer: Steer) -> Option<u32> {
        let now_us = self.clock.now_us();
        self.control.steer(now_us, steer).then(|| u32::try_from(now_us / 1_000_000).unwrap_or(u32::MAX))
    }

    /// Goes to a level of load within so long, in a straight line, and stays there: people, or arrivals a second. Whatever was
    /// planned is gone. Whether that was possible.
    pub fn go_to(&self, level: f64, over: Span) -> bool {
        self.control.go_to(self.clock.now_us(), level, over)
    }

    /// What the operator should know about this computer before trusting the numbers.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The next thing that happens; `None` after [`Event::Ended`].
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(snapshot) = self.whole_second() {
                return Some(Event::Second(Box::new(snapshot)));
            }
            if self.ended {
                return None;
            }
            if self.working.iter().all(Option::is_none) {
                self.ended = true;
                return Some(Event::Ended(self.how_it_ended()));
            }
            match self.reports.recv().await {
                Some(Report::Second(number, snapshot)) => {
                    self.working[number] = Some(snapshot.second + 1);
                    match self.pending.get_mut(&snapshot.second) {
                        Some(merged) => merged.merge(&snapshot),
                        None => drop(self.pending.insert(snapshot.second, *snapshot)),
                    }
                }
                Some(Report::Sample(sample)) => {
                    let told = self.told.entry((sample.name, sample.kind)).or_default();
                    *told += 1;
                    if *told <= MOST_OF_A_KIND {
                        return Some(Event::Sample(Box::new(sample)));
                    }
                }
                Some(Report::Done(number)) => self.working[number] = None,
                Some(Report::Broken(number)) => {
                    if self.working[number].take().is_some() {
                        self.broken = Some(format!("worker {number} ended unexpectedly"));
                    }
                }
                None => self.working.fill(None),
            }
        }
    }

    /// The earliest second, once every worker that is still at work has told its part.
    fn whole_second(&mut self) -> Option<Snapshot> {
        let second = *self.pending.first_key_value()?.0;
        let told = self.working.iter().flatten().all(|next| *next > second);
        told.then(|| self.pending.remove(&second)).flatten()
    }

    fn how_it_ended(&mut self) -> Ended {
        for thread in self.threads.drain(..) {
            if thread.join().is_err() && self.broken.is_none() {
                self.broken = Some("a worker panicked".to_owned());
            }
        }
        match (self.broken.take(), self.control.reason(), self.control.order()) {
            (Some(words), ..) => Ended::Broken(words),
            (None, _, Order::Kill) => Ended::Killed,
            (None, Some(trouble), _) => Ended::StopTest(trouble),
            (None, None, Order::Stop) => Ended::Stopped,
            (None, None, Order::Go) => Ended::Finished,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}
