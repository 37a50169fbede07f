//! Waits that end on time: a worker's people wait through one alarm, which on Linux has a kernel timer of microsecond
//! grain. (The runtime's own timers round up to the next millisecond, and that would count as the target's time.)
//! Must not know what is waited for.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tidemark_core::stats::hist::Hist;
use tokio::sync::Notify;

use crate::clock::Clock;

/// Waits that end within so long of each other end together: falling asleep and waking costs more than most of what is done
/// between. In microseconds.
const TOGETHER_US: u64 = 100;

/// Where the next wait ends within so long, and nobody minds, the worker sleeps until then whatever comes in between: answers
/// are read together with what is due. In microseconds.
const NAP_US: u64 = 250;

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
///
/// Whoever waits is woken from two lists that stay in the processor's caches, whatever the number of people: a look at
/// memory of their own would cost more than the rest.
pub(crate) struct Alarm {
    clock: Clock,
    waits: RefCell<BinaryHeap<Reverse<Entry>>>,
    places: RefCell<Places>,
    /// Told when a wait comes that ends before all others.
    sooner: Notify,
    /// How late waits ended since the last look, in microseconds.
    lag: RefCell<Hist>,
    /// When waits last ended, in microseconds.
    rung_us: Cell<u64>,
}

/// A wait, by the end of which it is sorted. Of one that was given up the place is another's, or nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    until_us: u64,
    ticket: Ticket,
}

/// A place, and how many had it before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ticket {
    place: u32,
    turn: u32,
}

/// Who is to be woken.
#[derive(Default)]
struct Places {
    all: Vec<Place>,
    free: Vec<u32>,
}

#[derive(Default)]
struct Place {
    turn: u32,
    waker: Option<Waker>,
}

impl Places {
    fn take(&mut self, waker: Waker) -> Ticket {
        let place = self.free.pop().unwrap_or_else(|| {
            self.all.push(Place::default());
            self.all.len() as u32 - 1
        });
        let taken = &mut self.all[place as usize];
        taken.waker = Some(waker);
        Ticket { place, turn: taken.turn }
    }

    /// Whom to wake, as long as the wait is not over.
    fn waker(&mut self, ticket: Ticket) -> Option<&mut Waker> {
        self.all.get_mut(ticket.place as usize).filter(|place| place.turn == ticket.turn)?.waker.as_mut()
    }

    /// Ends a wait; whom to wake, where it was not over before.
    fn free(&mut self, ticket: Ticket) -> Option<Waker> {
        let place = self.all.get_mut(ticket.place as usize).filter(|place| place.turn == ticket.turn)?;
        place.turn = place.turn.wrapping_add(1);
        self.free.push(ticket.place);
        place.waker.take()
    }
}

/// A wait for a moment; given up where it is dropped.
pub(crate) struct Until<'a> {
    alarm: &'a Alarm,
    until_us: u64,
    ticket: Option<Ticket>,
}

impl Future for Until<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match self.ticket {
            None if self.alarm.clock.now_us() >= self.until_us => Poll::Ready(()),
            None => {
                self.ticket = Some(self.alarm.note(self.until_us, cx.waker().clone()));
                Poll::Pending
            }
            Some(ticket) => {
                let mut places = self.alarm.places.borrow_mut();
                let before = match places.waker(ticket) {
                    None => return Poll::Ready(()),
                    Some(waker) if waker.will_wake(cx.waker()) => return Poll::Pending,
                    Some(waker) => std::mem::replace(waker, cx.waker().clone()),
                };
                drop(places);
                drop(before);
                Poll::Pending
            }
        }
    }
}

impl Drop for Until<'_> {
    fn drop(&mut self) {
        let waker = self.ticket.and_then(|ticket| self.alarm.places.borrow_mut().free(ticket));
        // Not before the places are let go of: a waker may be the last to know of a person.
        drop(waker);
    }
}

impl Alarm {
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            clock,
            waits: RefCell::default(),
            places: RefCell::default(),
            sooner: Notify::new(),
            lag: RefCell::new(Hist::new()),
            rung_us: Cell::new(0),
        }
    }

    /// Waits until the run's clock shows `until_us`; at once where it does already.
    pub(crate) fn until(&self, until_us: u64) -> Until<'_> {
        Until { alarm: self, until_us, ticket: None }
    }

    fn note(&self, until_us: u64, waker: Waker) -> Ticket {
        let ticket = self.places.borrow_mut().take(waker);
        let mut waits = self.waits.borrow_mut();
        let soonest = waits.peek().is_none_or(|Reverse(first)| until_us < first.until_us);
        waits.push(Reverse(Entry { until_us, ticket }));
        if soonest {
            self.sooner.notify_one();
        }
        ticket
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
            if first.until_us > now_us {
                return Some(first.until_us);
            }
            let Some(Reverse(entry)) = waits.pop() else { break };
            let waker = self.places.borrow_mut().free(entry.ticket);
            if let Some(waker) = waker {
                self.lag.borrow_mut().record(now_us - entry.until_us);
                self.rung_us.set(now_us);
                waker.wake();
            }
        }
        None
    }

    /// Ends waits as their time comes. Runs for ever: the owner drops it. `nobody_minds` says at a moment, in microseconds,
    /// whether the thread may sleep for [`NAP_US`] without a look at what comes in.
    pub(crate) async fn run(&self, grain: Grain, nobody_minds: impl Fn(u64) -> bool) {
        if grain == Grain::Fine {
            fine::sleep_exactly();
        }
        let timer = match grain {
            Grain::Fine => fine::Timer::new(),
            #[cfg(test)]
            Grain::Runtime => None,
        };
        loop {
            let rung_us = self.rung_us.get();
            let mut next = self.ring();
            if self.rung_us.get() != rung_us {
                // Those who were woken go first: who waits again for what comes next saves setting the timer twice.
                after_the_others().await;
                next = self.ring();
            }
            if grain == Grain::Fine && self.nap_us(next, &nobody_minds).is_some() {
                // Everybody who is ready has their turn before, and the runtime looks at what came in.
                tokio::task::yield_now().await;
                if let Some(nap_us) = self.nap_us(self.ring(), &nobody_minds) {
                    std::thread::sleep(Duration::from_micros(nap_us));
                }
                continue;
            }
            tokio::select! {
                biased;
                () = self.sooner.notified() => {}
                () = self.sleep(timer.as_ref(), next) => {}
            }
        }
    }

    /// How long until the next wait ends, in microseconds, where that is soon and the worker may sleep until then.
    fn nap_us(&self, next: Option<u64>, nobody_minds: &impl Fn(u64) -> bool) -> Option<u64> {
        let now_us = self.clock.now_us();
        let next_us = next?.max(self.rung_us.get() + TOGETHER_US);
        (next_us <= now_us + NAP_US && nobody_minds(now_us)).then(|| next_us.saturating_sub(now_us))
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

/// Lets those have their turn who are ready now.
pub(crate) async fn after_the_others() {
    let mut waited = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[cfg(target_os = "linux")]
mod fine {
    use std::os::fd::{AsFd, AsRawFd, RawFd};
    use std::time::Duration;

    use nix::sys::time::TimeSpec;
    use nix::sys::timerfd::{ClockId, Expiration, TimerFd, TimerFlags, TimerSetTimeFlags};
    use tokio::io::unix::AsyncFd;

    /// Has this thread wake up when it is meant to: by default the kernel adds up to 50 µs to a sleep.
    pub(super) fn sleep_exactly() {
        // Where it can't be had, naps last longer, which shows as requests that left late.
        let _ = nix::sys::prctl::set_timerslack(1);
    }

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
    /// Nobody naps here: when answers arrived is only known where they are read at once.
    pub(super) fn sleep_exactly() {}

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
