//! Runs in the background: at most one at a time, each on a thread of its own, told as events and kept for whoever comes
//! late. Must not know who asks, nor how a run is made: that is for [`crate::conduct`].

mod keeper;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use tidemark_core::plan::curve::Steer;
use tidemark_core::result::Header;
use tidemark_core::result::{Event, Sample};
use tidemark_core::stats::timeline::Timeline;
use tidemark_core::wire::run::{Backfill, Over, Phase, RunState, Seen, Started, Stop};
use tidemark_core::wire::{Code, Failure, Tick};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;

use crate::aside;
use crate::conduct::{Command, Order, conduct};
use crate::folder::Folder;
use crate::host::held;
use crate::probe;
use crate::ring::Ring;
use keeper::Keeper;

/// So many runs are kept in memory, the one under way among them; the others are in their files.
const MOST_KEPT: usize = 3;

/// The runs since the program started.
#[derive(Debug)]
pub(crate) struct Runs {
    ring: Arc<Ring>,
    results: Arc<Folder>,
    kept: Arc<Mutex<Vec<Arc<Live>>>>,
    next: AtomicU64,
    busy: Arc<AtomicBool>,
    /// The last run's thread, and how to end it, from before it begins.
    thread: Mutex<Option<(UnboundedSender<Command>, JoinHandle<()>)>>,
}

/// A run under way, or one that is over.
#[derive(Debug)]
pub(crate) struct Live {
    run: u64,
    commands: UnboundedSender<Command>,
    so_far: Mutex<SoFar>,
}

/// What a run has told so far.
#[derive(Debug)]
struct SoFar {
    phase: Phase,
    header: Header,
    result: Option<String>,
    warnings: Vec<String>,
    tick: Option<Tick>,
    timeline: Timeline,
    events: Vec<Event>,
    samples: Vec<Sample>,
    seen: Seen,
    over: Option<Over>,
}

/// The right to make a run, as long as it is held.
struct Claim(Arc<AtomicBool>);

impl Drop for Claim {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Runs {
    pub(crate) fn new(ring: Arc<Ring>, results: Arc<Folder>) -> Self {
        let (kept, busy) = (Arc::default(), Arc::default());
        Self { ring, results, kept, next: AtomicU64::new(1), busy, thread: Mutex::new(None) }
    }

    /// Starts a run, once something answered at its target.
    ///
    /// # Errors
    /// Another run is under way, nothing answers, or the run can't begin.
    pub(crate) async fn start(&self, order: Order) -> Result<Started, Failure> {
        if self.busy.swap(true, Ordering::AcqRel) {
            return Err(Failure::busy());
        }
        let claim = Claim(self.busy.clone());
        let run = self.next.fetch_add(1, Ordering::Relaxed);
        let (commands, mut listen) = unbounded_channel();
        let (begun, begins) = oneshot::channel();
        let mut keeper = Keeper::new(
            run,
            commands.clone(),
            begun,
            self.ring.clone(),
            self.results.clone(),
            self.kept.clone(),
            &order,
        );
        let work = move || async move {
            // Given back before its end is told, so that whoever hears of it can start the next one.
            let mut claim = Some(claim);
            if let Err(failure) = probe::probe(&order.plan, &order.allowed).await {
                drop(claim.take());
                return keeper.could_not_start(failure);
            }
            let done = conduct(order, &mut listen, &mut |news| keeper.take(&news)).await;
            drop(claim.take());
            match done {
                Ok(done) => keeper.end(done),
                Err(failure) => keeper.could_not_start(failure),
            }
        };
        let thread = aside::thread("run", work)?;
        // The one before is over, as the claim was free: this only gives back what the system keeps of it.
        drop(held(&self.thread).replace((commands, thread)).map(|(_, thread)| thread.join()));
        begins.await.unwrap_or_else(|_| Err(Failure::new(Code::Internal, "The run broke down at its start.", "")))
    }

    /// Tells a run to end.
    ///
    /// # Errors
    /// There is no such run. One that is over already is none.
    pub(crate) fn stop(&self, run: u64, how: Stop) -> Result<(), Failure> {
        let live = self.find(Some(run))?;
        let command = match how {
            Stop::Gently => Command::Stop,
            Stop::Now => Command::Kill,
        };
        let _ = live.commands.send(command); // it may be over in this moment
        let mut so_far = held(&live.so_far);
        if matches!(so_far.phase, Phase::Running | Phase::Holding) {
            so_far.phase = Phase::Stopping;
        }
        Ok(())
    }

    /// Changes the load of a run from now on.
    ///
    /// # Errors
    /// There is no such run, it looks for the limit, or it ends already.
    pub(crate) fn steer(&self, run: u64, how: Steer) -> Result<(), Failure> {
        let live = self.find(Some(run))?;
        let mut so_far = held(&live.so_far);
        if so_far.header.searching {
            let message = "This run looks for the limit by itself, so its load can't be changed by hand.";
            return Err(Failure::new(Code::Invalid, message, "Stop it, or let it run to its end."));
        }
        let phase = match (how, so_far.phase) {
            (Steer::Hold, Phase::Running | Phase::Holding) => Phase::Holding,
            (Steer::Resume, Phase::Running | Phase::Holding) => Phase::Running,
            (Steer::People(_), phase @ (Phase::Running | Phase::Holding)) => phase,
            (_, Phase::Stopping | Phase::Over) => {
                let message = "The run is ending, so its load can't be changed any more.";
                return Err(Failure::new(Code::Invalid, message, "Start another run."));
            }
        };
        so_far.phase = phase;
        let _ = live.commands.send(Command::Steer(how)); // it may be over in this moment
        Ok(())
    }

    /// How a run is doing; the last one if `run` is `None`.
    ///
    /// # Errors
    /// There is no run of that number.
    pub(crate) fn state(&self, run: Option<u64>) -> Result<Option<RunState>, Failure> {
        if run.is_none() && held(&self.kept).is_empty() {
            return Ok(None);
        }
        let live = self.find(run)?;
        let so_far = held(&live.so_far);
        Ok(Some(RunState {
            run: live.run,
            phase: so_far.phase,
            header: so_far.header.clone(),
            result: so_far.result.clone(),
            warnings: so_far.warnings.clone(),
            tick: so_far.tick.clone(),
            events: so_far.events.clone(),
            over: so_far.over.clone(),
        }))
    }

    /// The seconds of a run from `from` on, and all that its target said of itself.
    ///
    /// # Errors
    /// There is no such run.
    pub(crate) fn backfill(&self, run: u64, from: u32) -> Result<Backfill, Failure> {
        let live = self.find(Some(run))?;
        let so_far = held(&live.so_far);
        Ok(Backfill { seen: so_far.seen.clone(), ..Backfill::of(&so_far.timeline, from) })
    }

    /// Failures of a run in full, of one kind or of all.
    ///
    /// # Errors
    /// There is no such run.
    pub(crate) fn samples(&self, run: u64, kind: Option<&str>) -> Result<Vec<Sample>, Failure> {
        let live = self.find(Some(run))?;
        let so_far = held(&live.so_far);
        let wanted = |sample: &&Sample| kind.is_none_or(|kind| sample.failure.word() == kind);
        Ok(so_far.samples.iter().filter(wanted).cloned().collect())
    }

    /// Whether a run is under way.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Acquire)
    }

    /// Whether the result at this place is of a run under way here.
    pub(crate) fn is_growing(&self, path: &Path) -> bool {
        let name = self.results.name_of(path);
        held(&self.kept).iter().any(|live| {
            let so_far = held(&live.so_far);
            so_far.phase != Phase::Over && so_far.result.as_deref() == Some(&name)
        })
    }

    /// Ends what is under way at once, and waits for it.
    pub(crate) fn close(&self) {
        let last = held(&self.thread).take();
        if let Some((commands, thread)) = last {
            // One that has not begun yet hears it as soon as it does.
            let _ = commands.send(Command::Kill);
            let _ = thread.join();
        }
    }

    fn find(&self, run: Option<u64>) -> Result<Arc<Live>, Failure> {
        let kept = held(&self.kept);
        let found = match run {
            None => kept.last(),
            Some(run) => kept.iter().find(|live| live.run == run),
        };
        found.cloned().ok_or_else(|| {
            let run = run.map_or(String::new(), |run| format!(" {run}"));
            Failure::new(Code::NotFound, format!("There is no run{run} any more."), "Look for it among the results.")
        })
    }
}

impl Drop for Runs {
    fn drop(&mut self) {
        self.close();
    }
}
