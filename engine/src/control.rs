//! The back arrows of a run: stop and kill, from the operator to the workers, and from one worker to all.

use std::sync::{Arc, Mutex};

use tidemark_core::plan::curve::{Curve, Steer, Steering};
use tidemark_core::traffic::Trouble;
use tidemark_core::units::Span;
use tokio::sync::watch;

/// How far the run is told to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Order {
    /// By the plan.
    Go,
    /// Nobody comes any more; who is there may finish.
    Stop,
    /// At once.
    Kill,
}

/// Orders to all workers of a run.
#[derive(Debug)]
pub(crate) struct Control {
    order: watch::Sender<Order>,
    /// What the operator made of the load.
    steering: Mutex<Steering>,
    /// The same, as it is followed.
    curve: watch::Sender<Arc<Curve>>,
    /// Why a person asked for the end of the run.
    reason: Mutex<Option<Trouble>>,
}

impl Control {
    pub(crate) fn new(curve: &Curve) -> Self {
        Self {
            order: watch::Sender::new(Order::Go),
            steering: Mutex::new(Steering::new(curve.clone())),
            curve: watch::Sender::new(Arc::new(curve.clone())),
            reason: Mutex::new(None),
        }
    }

    /// Changes the load from a moment on; whether there was anything to change.
    pub(crate) fn steer(&self, at_us: u64, steer: Steer) -> bool {
        let Ok(mut steering) = self.steering.lock() else { return false };
        let changed = steering.steer(at_us, steer);
        if changed {
            self.curve.send_replace(Arc::new(steering.curve().clone()));
        }
        changed
    }

    /// Goes to a level within so long, from a moment on; whether that was possible.
    pub(crate) fn go_to(&self, at_us: u64, level: f64, over: Span) -> bool {
        let Ok(mut steering) = self.steering.lock() else { return false };
        let changed = steering.go_to(at_us, level, over);
        if changed {
            self.curve.send_replace(Arc::new(steering.curve().clone()));
        }
        changed
    }

    /// The load as it is followed, now and whenever it changes.
    pub(crate) fn curve(&self) -> watch::Receiver<Arc<Curve>> {
        self.curve.subscribe()
    }

    /// Gives an order; a weaker one than the last changes nothing.
    pub(crate) fn give(&self, order: Order) {
        self.order.send_if_modified(|now| {
            let stronger = order > *now;
            *now = order.max(*now);
            stronger
        });
    }

    /// A person asks for the end of the run.
    pub(crate) fn stop_test(&self, trouble: &Trouble) {
        if let Ok(mut reason) = self.reason.lock() {
            reason.get_or_insert_with(|| trouble.clone());
        }
        self.give(Order::Stop);
    }

    pub(crate) fn reason(&self) -> Option<Trouble> {
        self.reason.lock().ok().and_then(|reason| reason.clone())
    }

    pub(crate) fn order(&self) -> Order {
        *self.order.borrow()
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Order> {
        self.order.subscribe()
    }
}
