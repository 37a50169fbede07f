//! One timer for many requests: it is set again only when it fires or a nearer deadline comes. Must not know what it limits.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use tokio::time::{Instant, Sleep, sleep_until};

/// A reusable timer. Registering a new one for each request would cost more than parsing its answer.
pub(super) struct Timer {
    sleep: Pin<Box<Sleep>>,
    /// When it fires. Its own memory is seldom looked at: of ten thousand people's, none is in the processor's caches.
    fires: Instant,
    /// Whom it wakes when it fires, once it was asked to.
    wakes: Option<Waker>,
}

impl Timer {
    pub(super) fn new(deadline: Instant) -> Self {
        Self { sleep: Box::pin(sleep_until(deadline)), fires: deadline, wakes: None }
    }

    /// The first look at it for what began at `started`: where it fires between then and the deadline, there is nothing to do.
    pub(super) fn poll_first(&mut self, cx: &mut Context<'_>, started: Instant, deadline: Instant) -> Poll<()> {
        let wakes = || self.wakes.as_ref().is_some_and(|waker| waker.will_wake(cx.waker()));
        if started < self.fires && self.fires <= deadline && wakes() {
            return Poll::Pending;
        }
        self.poll_until(cx, deadline)
    }

    /// Ready at or after the deadline.
    pub(super) fn poll_until(&mut self, cx: &mut Context<'_>, deadline: Instant) -> Poll<()> {
        if self.fires > deadline {
            self.set(deadline);
        } else if !self.sleep.is_elapsed() && self.wakes.as_ref().is_some_and(|waker| waker.will_wake(cx.waker())) {
            return Poll::Pending;
        }
        self.wakes = None;
        loop {
            if self.sleep.as_mut().poll(cx).is_pending() {
                self.wakes = Some(cx.waker().clone());
                return Poll::Pending;
            }
            if Instant::now() >= deadline {
                return Poll::Ready(());
            }
            self.set(deadline);
        }
    }

    fn set(&mut self, fires: Instant) {
        self.fires = fires;
        self.sleep.as_mut().reset(fires);
    }
}
