//! Trials in the background: one at a time, told as events. Must not know who asks, nor how a trial is made.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tidemark_core::plan::{Left as Gone, Plan, RequestId};
use tidemark_core::stats::NameId;
use tidemark_core::traffic::Trouble;
use tidemark_core::verdict::words;
use tidemark_core::wire::event::{Event, TryEvent};
use tidemark_core::wire::trial::{
    Answered, CheckFailed, Held, HowLeft, Left, Measured, NotSent, Saved, Sent, TrialStarted, TryStep, Waited, Why,
};
use tidemark_core::wire::{Code, Failure};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use crate::host::held;
use crate::ring::Ring;
use crate::trial::{self, Ending, Order, Trial};

/// The trials since the program started.
#[derive(Debug)]
pub(crate) struct Trials {
    ring: Arc<Ring>,
    next: AtomicU64,
    last: Mutex<Option<Last>>,
}

/// The last trial.
#[derive(Debug)]
struct Last {
    number: u64,
    /// Dropped, it stops the trial.
    _stop: oneshot::Sender<()>,
    /// Lets one request go that waits for it.
    go: UnboundedSender<()>,
}

impl Trials {
    pub(crate) fn new(ring: Arc<Ring>) -> Self {
        Self { ring, next: AtomicU64::new(1), last: Mutex::new(None) }
    }

    /// Starts a trial; one under way is stopped. To be called within a tokio runtime.
    ///
    /// # Errors
    /// No such user type or task, or the network can't be used as the scenario says.
    pub(crate) fn start(&self, order: &Order) -> Result<TrialStarted, Failure> {
        let under_way = trial::start(order)?;
        let trial = self.next.fetch_add(1, Ordering::Relaxed);
        let (stop, stopped) = oneshot::channel();
        // Dropping the handle of the one before stops it; so does dropping this whole struct.
        *held(&self.last) = Some(Last { number: trial, _stop: stop, go: under_way.go() });
        tokio::spawn(follow(trial, under_way, order.plan.clone(), self.ring.clone(), stopped));
        Ok(TrialStarted { trial })
    }

    /// Stops a trial.
    ///
    /// # Errors
    /// There never was such a trial. One that is over already is none.
    pub(crate) fn stop(&self, trial: u64) -> Result<(), Failure> {
        self.known(trial)?;
        held(&self.last).take_if(|last| last.number == trial);
        Ok(())
    }

    /// Lets one request of a trial go that waits for it.
    ///
    /// # Errors
    /// There never was such a trial. One that is over already is none.
    pub(crate) fn go(&self, trial: u64) -> Result<(), Failure> {
        self.known(trial)?;
        if let Some(last) = held(&self.last).as_ref().filter(|last| last.number == trial) {
            // Fails only for one that has just ended.
            let _ = last.go.send(());
        }
        Ok(())
    }

    fn known(&self, trial: u64) -> Result<(), Failure> {
        if trial == 0 || trial >= self.next.load(Ordering::Relaxed) {
            return Err(Failure::new(Code::NotFound, format!("There is no trial {trial}."), ""));
        }
        Ok(())
    }
}

/// Passes on what a trial tells until it ends or is stopped.
async fn follow(trial: u64, mut under_way: Trial, plan: Arc<Plan>, ring: Arc<Ring>, stopped: oneshot::Receiver<()>) {
    let tell = |step: TryStep| ring.tell(Event::TryEvent(Box::new(TryEvent { trial, step })));
    let gone = |how: HowLeft| TryStep::Left(Left { how, trouble: None });
    tokio::pin!(stopped);
    loop {
        let event = tokio::select! {
            event = under_way.next() => event,
            _ = &mut stopped => return tell(gone(HowLeft::Stopped)),
        };
        let Some(event) = event else { return tell(gone(HowLeft::Stopped)) };
        let step = step(&plan, event);
        let over = matches!(step, TryStep::Left(_));
        tell(step);
        if over {
            return;
        }
    }
}

fn why(trouble: &Trouble) -> Why {
    Why { kind: trouble.kind.word().to_owned(), text: words::failure(trouble.kind, &trouble.detail) }
}

fn label(plan: &Plan, name: NameId) -> String {
    plan.names.get(name.at()).map_or(String::new(), |name| name.label.clone())
}

/// Id and label of a request's step.
fn named(plan: &Plan, request: RequestId) -> (String, String) {
    let request = plan.requests.get(request.0 as usize);
    request.map(|request| (request.step.clone(), label(plan, request.name))).unwrap_or_default()
}

/// What happened, with names in the place of numbers.
fn step(plan: &Plan, event: trial::TryEvent) -> TryStep {
    match event {
        trial::TryEvent::Held { at_us, request } => {
            let (step, label) = named(plan, request);
            TryStep::Held(Held { at_us, step, label })
        }
        trial::TryEvent::Sent { at_us, request, line, text } => {
            let (step, label) = named(plan, request);
            TryStep::Sent(Sent { at_us, step, label, line, text })
        }
        trial::TryEvent::Answered(answered) => TryStep::Answered(Box::new(self::answered(plan, *answered))),
        trial::TryEvent::NotSent { at_us, request, trouble } => {
            let (step, label) = named(plan, request);
            TryStep::NotSent(NotSent { at_us, step, label, trouble: why(&trouble) })
        }
        trial::TryEvent::Waited { at_us, length_us, skipped } => TryStep::Waited(Waited { at_us, length_us, skipped }),
        trial::TryEvent::Measured { name, length_us, failed } => {
            TryStep::Measured(Measured { label: label(plan, name), length_us, failed })
        }
        trial::TryEvent::CheckFailed { name, trouble } => {
            TryStep::CheckFailed(CheckFailed { label: label(plan, name), trouble: why(&trouble) })
        }
        trial::TryEvent::Left(ending) => TryStep::Left(left(&ending)),
    }
}

fn answered(plan: &Plan, answered: trial::Answered) -> Answered {
    let (step, label) = named(plan, answered.request);
    let timing = answered.timing;
    Answered {
        step,
        label,
        status: (answered.status > 0).then_some(answered.status),
        sent_us: timing.sent_us,
        connect_us: timing.connect_us.map(u64::from),
        tls_us: timing.tls_us.map(u64::from),
        first_byte_us: timing.first_byte_us,
        done_us: timing.done_us,
        trouble: answered.trouble.as_ref().map(why),
        hops: answered.hops,
        bytes_in: answered.bytes_in,
        body_bytes: answered.body_len,
        text: answered.text,
        values: answered.values.into_iter().map(|(name, value)| Saved { name, value }).collect(),
    }
}

fn left(ending: &Ending) -> Left {
    let (how, trouble) = match ending {
        Ending::Left(Gone::Done) => (HowLeft::Done, None),
        Ending::Left(Gone::Removed(trouble)) => (HowLeft::Removed, Some(why(trouble))),
        Ending::Left(Gone::StopTest(trouble)) => (HowLeft::StopsTest, Some(why(trouble))),
        Ending::TooManyRequests => (HowLeft::TooManyRequests, None),
        Ending::TooLong => (HowLeft::TooLong, None),
    };
    Left { how, trouble }
}
