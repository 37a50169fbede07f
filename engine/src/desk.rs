//! What one worker's people share, and how one of them lives: asks the plan what is next, sends, waits, is counted.
//! Must not know who comes when.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tidemark_core::plan::curve::Curve;
use tidemark_core::plan::{Lack, Left, Next, Person, Plan, RequestId, Supply, Wait, World};
use tidemark_core::stats::recorder::Recorder;
use tidemark_core::stats::{End, NameId, Outcome};
use tidemark_core::traffic::{Draft, Kind, Reply, Timing, Trouble};

use crate::alarm::Alarm;
use crate::clock::Clock;
use crate::control::Control;
use crate::delays::Delays;
use crate::samples::{Sample, Samples};
use crate::spare::Spare;
use crate::wire::{Line, Wire};

/// How long a request that could not even be built takes, so that a mistake in a scenario doesn't spin the processor.
const UNBUILT_US: u64 = 10_000;
/// After so many steps without a wait a person lets others have their turn.
const TURN: u32 = 64;

/// Who pauses for less than this keeps their connections, whatever the room; in microseconds.
const SHORT_PAUSE_US: u64 = 1_000_000;

/// What should go on at once is over for good when it hasn't happened for so long, in microseconds.
const CALM_US: u64 = 100_000;

/// What one worker's people share.
pub(crate) struct Desk {
    pub(crate) plan: Arc<Plan>,
    pub(crate) supply: Arc<Supply>,
    pub(crate) control: Arc<Control>,
    pub(crate) clock: Clock,
    pub(crate) alarm: Alarm,
    pub(crate) wire: Wire,
    pub(crate) recorder: RefCell<Recorder>,
    pub(crate) samples: RefCell<Samples>,
    /// First samples of a kind, to be told at once.
    pub(crate) news: RefCell<Vec<Sample>>,
    pub(crate) delays: RefCell<Delays>,
    pub(crate) no_room: Cell<u64>,
    /// Connections that were given back in pauses since the last look.
    pub(crate) given_back: Cell<u64>,
    /// With more open connections than this, people who pause give theirs back.
    room: u64,
    /// The load as it is followed; the plan's, until an operator changes it.
    curve: RefCell<Arc<Curve>>,
    /// When the last person of the closed model is to leave, in microseconds.
    end_us: Cell<u64>,
    pub(crate) started_wall_us: i64,
    /// When somebody last asked at once for what follows an answer, in microseconds.
    followed_us: Cell<u64>,
    spare: Spare,
}

/// When people are asked to leave: at the end of the load in the closed model; who arrived by a rate stays for their tasks.
fn leave_at(plan: &Plan, curve: &Curve) -> u64 {
    if plan.load.open { u64::MAX } else { curve.duration().us() }
}

/// What others may tell a person.
#[derive(Default)]
pub(crate) struct Handle {
    leave: Cell<bool>,
    /// Who pauses; they hear at once that they are to leave.
    pauses: RefCell<Option<Waker>>,
}

impl Handle {
    /// Asks the person to leave.
    pub(crate) fn ask_to_leave(&self) {
        self.leave.set(true);
        if let Some(waker) = self.pauses.take() {
            waker.wake();
        }
    }

    /// Ready once the person is to leave.
    fn poll_leave(&self, cx: &mut Context<'_>) -> Poll<()> {
        if self.leave.get() {
            return Poll::Ready(());
        }
        let mut pauses = self.pauses.borrow_mut();
        if !pauses.as_ref().is_some_and(|waker| waker.will_wake(cx.waker())) {
            *pauses = Some(cx.waker().clone());
        }
        Poll::Pending
    }
}

/// Counts a request as cut where its future is dropped before it is over.
struct UnderWay<'a> {
    desk: &'a Desk,
    name: NameId,
    over: Cell<bool>,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if !self.over.get() {
            let now_us = self.desk.clock.now_us();
            let timing = Timing { sent_us: now_us, done_us: now_us, ..Timing::default() };
            self.desk.record(self.name, now_us, timing, End::Cut, &Reply::default());
        }
    }
}

impl Desk {
    #[expect(clippy::too_many_arguments, reason = "called once; each is a different thing")]
    pub(crate) fn new(
        plan: Arc<Plan>,
        supply: Arc<Supply>,
        control: Arc<Control>,
        clock: Clock,
        wire: Wire,
        recorder: Recorder,
        samples: Samples,
        started_wall_us: i64,
        room: u64,
    ) -> Self {
        let (curve, end_us) =
            (RefCell::new(Arc::new(plan.load.curve.clone())), Cell::new(leave_at(&plan, &plan.load.curve)));
        Self {
            curve,
            end_us,
            plan,
            supply,
            control,
            clock,
            alarm: Alarm::new(clock),
            wire,
            recorder: RefCell::new(recorder),
            samples: RefCell::new(samples),
            news: RefCell::default(),
            delays: RefCell::default(),
            no_room: Cell::new(0),
            given_back: Cell::new(0),
            room,
            started_wall_us,
            followed_us: Cell::new(0),
            spare: Spare::default(),
        }
    }

    /// The load as it is followed.
    pub(crate) fn curve(&self) -> Arc<Curve> {
        self.curve.borrow().clone()
    }

    /// Follows another load from now on.
    pub(crate) fn follow(&self, curve: Arc<Curve>) {
        self.end_us.set(leave_at(&self.plan, &curve));
        self.curve.replace(curve);
    }

    /// Whether at this moment, in microseconds, answers may lie unread for a while: their times are told by the kernel, and
    /// nobody has lately done what should go on at once.
    pub(crate) fn may_nap(&self, now_us: u64) -> bool {
        cfg!(target_os = "linux") && now_us > self.followed_us.get().max(self.wire.hurried_us()) + CALM_US
    }

    /// How the next request leaves: together with others, where it follows an answer.
    fn follows(&self, line: &Line, answered: bool, now_us: u64) {
        line.leave_together(answered);
        if answered {
            self.followed_us.set(now_us);
        }
    }

    fn world(&self) -> World<'_> {
        self.world_at(self.clock.now_us())
    }

    fn world_at(&self, now_us: u64) -> World<'_> {
        World { supply: &self.supply, now_us, started_wall_us: self.started_wall_us }
    }

    /// One person's life, from arrival to leaving. Before `ready_us` nothing could be sent, whenever it was due.
    pub(crate) async fn live(&self, handle: &Handle, person: &mut Person, line: &Line, mut ready_us: u64) -> Left {
        let (mut turn, mut answered) = (0, false);
        // One look at the clock for all that happens until something is waited for.
        let mut world = self.world();
        loop {
            if handle.leave.get() || world.now_us >= self.end_us.get() {
                person.ask_to_leave();
            }
            let next = person.next(&self.plan, &world);
            match next {
                Next::Send(request, due_us) => {
                    self.follows(line, std::mem::replace(&mut answered, true), world.now_us);
                    (ready_us, world) = self.request(person, line, (request, world), (due_us, ready_us)).await;
                }
                Next::SendAll(requests, at_once, due_us) => {
                    self.follows(line, std::mem::replace(&mut answered, true), world.now_us);
                    // Boxed, as it is seldom: else everybody would have room for it.
                    Box::pin(self.requests(person, line, &requests, at_once, due_us)).await;
                    world = self.world();
                    ready_us = world.now_us;
                }
                Next::Wait(wait) => {
                    self.wait(handle, line, wait).await;
                    world = self.world();
                    (turn, answered) = (0, false);
                }
                Next::Measured(outcome) => self.recorder.borrow_mut().record(&outcome),
                Next::CheckFailed(name, trouble) => {
                    self.tell(name, &trouble, &Draft::default(), &Reply::default());
                    let now_us = self.clock.now_us();
                    let timing = Timing { sent_us: now_us, done_us: now_us, ..Timing::default() };
                    self.record(name, now_us, timing, End::Failed(trouble.kind), &Reply::default());
                }
                Next::Leave(left) => {
                    if let Left::StopTest(trouble) = &left {
                        self.control.stop_test(trouble);
                    }
                    return left;
                }
            }
            turn += 1;
            if turn >= TURN {
                turn = 0;
                tokio::task::yield_now().await;
                world = self.world();
            }
        }
    }

    async fn wait(&self, handle: &Handle, line: &Line, wait: Wait) {
        if let Some(until_us) = self.keeps_until(wait.until_us) {
            // Those who are to leave hear of it here as well as below.
            if self.clock.now_us() < until_us && !handle.leave.get() {
                self.nap(handle, Wait { until_us, ..wait }).await;
            }
            self.given_back.set(self.given_back.get() + line.give_back());
        }
        if !(wait.between_tasks && handle.leave.get()) {
            self.nap(handle, wait).await;
        }
    }

    /// Until when somebody who pauses keeps their connections; `None` for the whole pause.
    fn keeps_until(&self, until_us: u64) -> Option<u64> {
        let now_us = self.clock.now_us();
        match self.plan.load.keep_connections {
            Some(keep) => Some(now_us.saturating_add(keep.us())).filter(|end_us| *end_us < until_us),
            None if until_us.saturating_sub(now_us) < SHORT_PAUSE_US => None,
            None => (self.wire.open_connections() > self.room).then_some(now_us),
        }
    }

    async fn nap(&self, handle: &Handle, wait: Wait) {
        let mut over = self.alarm.until(wait.until_us);
        poll_fn(|cx| match Pin::new(&mut over).poll(cx) {
            Poll::Pending if wait.between_tasks => handle.poll_leave(cx),
            polled => polled,
        })
        .await;
    }

    /// Sends one, which is due at a time but can't be sent before another; says when its answer was there, and how things are
    /// now.
    async fn request<'a>(
        &'a self,
        person: &mut Person,
        line: &Line,
        (request, world): (RequestId, World<'_>),
        (due_us, ready_us): (u64, u64),
    ) -> (u64, World<'a>) {
        let mut both = self.spare.take(request);
        let (draft, reply) = &mut *both;
        let built = person.draft(&self.plan, &world, request, draft);
        let world;
        match built {
            Err(lack) => {
                Box::pin(self.unbuilt(person, request, &lack, due_us)).await;
                world = self.world();
            }
            Ok(()) => {
                self.send(line, request, draft, reply).await;
                let Timing { sent_us, done_us, .. } = reply.timing;
                let own_us = sent_us.saturating_sub(due_us.max(ready_us));
                self.delays.borrow_mut().record(done_us.saturating_sub(due_us), own_us);
                // What happens next happens as soon as the answer is seen.
                world = if reply.seen_us > 0 { self.world_at(reply.seen_us) } else { self.world() };
                self.judge(person, line, &world, (request, due_us), draft, reply);
            }
        }
        let done_us = both.1.timing.done_us;
        self.spare.put(request, both);
        (done_us, world)
    }

    /// Sends several at the same time, so many at once; judged in the order in which the answers come.
    async fn requests(&self, person: &mut Person, line: &Line, all: &[RequestId], at_once: usize, due_us: u64) {
        let mut waiting = all.iter().copied();
        let mut under_way = FuturesUnordered::new();
        loop {
            while under_way.len() < at_once {
                let Some(request) = waiting.next() else { break };
                let mut both = self.spare.take(request);
                match person.draft(&self.plan, &self.world(), request, &mut both.0) {
                    Err(lack) => {
                        self.unbuilt(person, request, &lack, due_us).await;
                        self.spare.put(request, both);
                    }
                    Ok(()) => under_way.push(async move {
                        let (draft, reply) = &mut *both;
                        self.send(line, request, draft, reply).await;
                        (request, both)
                    }),
                }
            }
            let Some((request, both)) = under_way.next().await else { return };
            let world = self.world();
            self.followed_us.set(world.now_us);
            self.judge(person, line, &world, (request, due_us), &both.0, &both.1);
            self.spare.put(request, both);
        }
    }

    async fn send(&self, line: &Line, request: RequestId, draft: &Draft, reply: &mut Reply) {
        let under_way = UnderWay { desk: self, name: self.plan.request(request).name, over: Cell::new(false) };
        self.wire.send(line, draft, reply).await;
        under_way.over.set(true);
    }

    fn judge(
        &self,
        person: &mut Person,
        line: &Line,
        world: &World<'_>,
        (id, due_us): (RequestId, u64),
        draft: &Draft,
        reply: &Reply,
    ) {
        let judged = person.judge(&self.plan, world, id, reply, &|name| line.cookie(name));
        let name = self.plan.request(id).name;
        if let Some(trouble) = &judged.trouble {
            if trouble.kind == Kind::NoRoom {
                self.no_room.set(self.no_room.get() + 1);
            }
            self.tell(name, trouble, draft, reply);
        }
        self.record(name, due_us, reply.timing, judged.end, reply);
    }

    /// A request that could not be built counts as failed; nothing was sent, so it has no latency.
    async fn unbuilt(&self, person: &mut Person, id: RequestId, lack: &Lack, due_us: u64) {
        let judged = person.lacked(&self.plan, id, lack);
        let name = self.plan.request(id).name;
        let now_us = self.clock.now_us();
        let timing = Timing { sent_us: now_us, done_us: now_us, ..Timing::default() };
        if let Some(trouble) = &judged.trouble {
            self.tell(name, trouble, &Draft::default(), &Reply::default());
        }
        self.record(name, due_us, timing, judged.end, &Reply::default());
        self.alarm.until(now_us + UNBUILT_US).await;
    }

    fn record(&self, name: NameId, due_us: u64, timing: Timing, end: End, reply: &Reply) {
        self.recorder.borrow_mut().record(&Outcome {
            name,
            // A clock that is read twice must not make a request due after it was sent.
            due_us: due_us.min(timing.sent_us),
            sent_us: timing.sent_us,
            timing,
            end,
            status: reply.answer.status,
            bytes_out: reply.bytes_out,
            bytes_in: reply.bytes_in,
        });
    }

    /// Counts a failure by its words, and keeps a sample of it.
    fn tell(&self, name: NameId, trouble: &Trouble, draft: &Draft, reply: &Reply) {
        self.recorder.borrow_mut().record_failure(name, trouble.kind, &trouble.detail);
        let now_us = self.clock.now_us();
        let first = self.samples.borrow_mut().offer(name, trouble, now_us, draft, reply);
        self.news.borrow_mut().extend(first);
    }
}
