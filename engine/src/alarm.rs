//! Waits that end on time: a worker's people wait through one alarm, which on Linux has a kernel timer of microsecond
//! grain. (The runtime's own timers round up to the next millisecond, and that would count as the target's time.)
//! Must not know what is waited for.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use tidemark_core::stats::hist::Hist;
use tokio::sync::Notify;

use crate::clock::Clock;

/// Waits that end within so long of each other end together: falling asleep and waking costs more than most of what is done
/// between. In microseconds.
const TOGETHER_US: u64 = 100;

/// How a wait's end is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grain {
    /// As finely as the platform can.
    Fine,
    /// By the runtime's timers, which tests can run in virtual time.
    #[cfg(test)]
    Runtime,
}

/// The waits of one worker. [`Alarm::run`] must be running for them to end.
pub(crate) struct Alarm {
    clock: Clock,
    waits: RefCell<BinaryHeap<Reverse<Entry>>>,
    /// Told when a wait comes that ends before all others.
    sooner: Notify,
    /// How late waits ended since the last look, in microseconds.
    lag: RefCell<Hist>,
    /// When waits last ended, in microseconds.
    rung_us: Cell<u64>,
}

struct Entry {
    until_us: u64,
    wait: Rc<Waiting>,
}

#[derive(Default)]
struct Waiting {
    over: Cell<bool>,
    given_up: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.until_us == other.until_us
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.until_us.cmp(&other.until_us)
    }
}

/// Marks a wait as given up when its future is dropped.
struct Held(Rc<Waiting>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.given_up.set(true);
        self.0.waker.borrow_mut().take();
    }
}

impl Alarm {
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            clock,
            waits: RefCell::default(),
            sooner: Notify::new(),
            lag: RefCell::new(Hist::new()),
            rung_us: Cell::new(0),
        }
    }

    /// Waits until the run's clock shows `until_us`; at once where it does already.
    pub(crate) async fn until(&self, until_us: u64) {
        if self.clock.now_us() >= until_us {
            return;
        }
        let wait = Rc::new(Waiting::default());
        let held = Held(wait.clone());
        let soonest = {
            let mut waits = self.waits.borrow_mut();
            let soonest = waits.peek().is_none_or(|Reverse(first)| until_us < first.until_us);
            waits.push(Reverse(Entry { until_us, wait }));
            soonest
        };
        if soonest {
            self.sooner.notify_one();
        }
        poll_fn(|cx| {
            if held.0.over.get() {
                return Poll::Ready(());
            }
            *held.0.waker.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }

    /// How late waits ended since the last call.
    pub(crate) fn take_lag(&self) -> Hist {
        self.lag.replace(Hist::new())
    }

    /// Ends waits that are over; `None` where none is left, else when the next one is.
    fn ring(&self) -> Option<u64> {
        let now_us = self.clock.now_us();
        let mut waits = self.waits.borrow_mut();
        while let Some(Reverse(first)) = waits.peek() {
            if first.until_us > now_us && !first.wait.given_up.get() {
                return Some(first.until_us);
            }
            let Some(Reverse(entry)) = waits.pop() else { break };
            if !entry.wait.given_up.get() {
                self.lag.borrow_mut().record(now_us - entry.until_us);
                self.rung_us.set(now_us);
                entry.wait.over.set(true);
                if let Some(waker) = entry.wait.waker.borrow_mut().take() {
                    waker.wake();
                }
            }
        }
        None
    }

    /// Ends waits as their time comes. Runs for ever: the owner drops it.
    pub(crate) async fn run(&self, grain: Grain) {
        let timer = match grain {
            Grain::Fine => fine::Timer::new(),
            #[cfg(test)]
            Grain::Runtime => None,
        };
        loop {
            let next = self.ring();
            tokio::select! {
                () = self.sooner.notified() => {}
                () = self.sleep(timer.as_ref(), next) => {}
            }
        }
    }

    async fn sleep(&self, timer: Option<&fine::Timer>, next: Option<u64>) {
        match (next, timer) {
            (None, _) => std::future::pending().await,
            (Some(until_us), Some(timer)) => {
                let until_us = until_us.max(self.rung_us.get() + TOGETHER_US);
                let left_us = until_us.saturating_sub(self.clock.now_us());
                if !timer.wait(left_us).await {
                    tokio::time::sleep_until(self.clock.instant_of(until_us)).await;
                }
            }
            (Some(until_us), None) => tokio::time::sleep_until(self.clock.instant_of(until_us)).await,
        }
    }
}

#[cfg(target_os = "linux")]
mod fine {
    use std::os::fd::{AsFd, AsRawFd, RawFd};
    use std::time::Duration;

    use nix::sys::time::TimeSpec;
    use nix::sys::timerfd::{ClockId, Expiration, TimerFd, TimerFlags, TimerSetTimeFlags};
    use tokio::io::unix::AsyncFd;

    /// A kernel timer.
    pub(super) struct Timer(AsyncFd<Fd>);

    struct Fd(TimerFd);

    impl AsRawFd for Fd {
        fn as_raw_fd(&self) -> RawFd {
            self.0.as_fd().as_raw_fd()
        }
    }

    impl Timer {
        /// `None` where the kernel has none to give.
        #[expect(
            deprecated,
            reason = "the successor is unsafe; what it asks for holds: `Fd` owns one open timer for ever"
        )]
        pub(super) fn new() -> Option<Self> {
            let flags = TimerFlags::TFD_NONBLOCK | TimerFlags::TFD_CLOEXEC;
            let timer = TimerFd::new(ClockId::CLOCK_MONOTONIC, flags).ok()?;
            AsyncFd::new(Fd(timer)).ok().map(Self)
        }

        /// Waits; `false` where the timer can't be used.
        pub(super) async fn wait(&self, left_us: u64) -> bool {
            // Zero would switch the timer off.
            let left = TimeSpec::from_duration(Duration::from_micros(left_us).max(Duration::from_nanos(1)));
            if self.0.get_ref().0.set(Expiration::OneShot(left), TimerSetTimeFlags::empty()).is_err() {
                return false;
            }
            let Ok(mut ready) = self.0.readable().await else { return false };
            // How often it fired need not be read: setting it anew makes it unreadable again, and only news are told.
            ready.clear_ready();
            true
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod fine {
    /// There is no finer timer here than the runtime's.
    pub(super) struct Timer;

    impl Timer {
        pub(super) fn new() -> Option<Self> {
            None
        }

        pub(super) async fn wait(&self, _left_us: u64) -> bool {
            false
        }
    }
}

#[cfg(test)]
mod tests;
