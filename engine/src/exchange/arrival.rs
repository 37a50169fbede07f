//! When answers reached this computer, on the run's clock, and how long they lay here until the program looked at them.
//! Must not know how bytes are read.

use std::cell::{Cell, RefCell};
use std::time::{SystemTime, UNIX_EPOCH};

use tidemark_core::stats::hist::Hist;

use crate::clock::Clock;

/// Older arrivals are not believed: the wall clock, by which the kernel tells them, was set meanwhile. In nanoseconds.
const OLDEST_NS: u64 = 60_000_000_000;

/// What a worker knows of arrivals since somebody last asked.
#[derive(Default)]
pub(crate) struct Arrivals {
    /// How long answers lay unread, in microseconds; only where the kernel told when they came.
    pub(crate) unread: Hist,
    /// Answers of which only the moment of reading is known.
    pub(crate) untold: u64,
}

/// So long one look at the wall clock is good for, in microseconds. Both clocks go at the same speed; only where somebody
/// sets the wall clock do they part.
const SAME_US: u64 = 10_000;
/// Looks at both clocks within so long count as one, in microseconds.
const CLOSE_US: u64 = 2;

/// Keeps count of arrivals.
#[derive(Default)]
pub(super) struct Watch {
    counted: RefCell<Arrivals>,
    /// The wall clock when the run's clock showed 0, in nanoseconds since 1970, and until when that is believed.
    start_ns: Cell<(u64, u64)>,
}

impl Watch {
    /// When bytes came that were read just now, `now_us` on the run's clock; `arrived_ns` is what the kernel said, in
    /// nanoseconds since 1970. Not before `sent_us`, when the request left.
    pub(super) fn moment(
        &self,
        clock: Clock,
        now_us: u64,
        arrived_ns: Option<u64>,
        sent_us: u64,
    ) -> (u64, Option<u64>) {
        let Some(arrived_ns) = arrived_ns else { return (now_us, None) };
        let wall_ns = self.wall_ns(clock, now_us);
        match wall_ns.checked_sub(arrived_ns) {
            Some(age_ns @ ..OLDEST_NS) => {
                let us = now_us.saturating_sub(age_ns / 1_000).max(sent_us).min(now_us);
                (us, Some(now_us - us))
            }
            _ => (now_us, None),
        }
    }

    /// What the wall clock shows when the run's clock, a moment ago, showed `now_us`.
    fn wall_ns(&self, clock: Clock, now_us: u64) -> u64 {
        let (start_ns, until_us) = self.start_ns.get();
        if now_us < until_us {
            return start_ns + now_us * 1_000;
        }
        let wall_ns = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64);
        // Where the program was held up between the two clocks, this look is no good for others.
        if clock.now_us() - now_us <= CLOSE_US {
            self.start_ns.set((wall_ns.saturating_sub(now_us * 1_000), now_us + SAME_US));
        }
        wall_ns
    }

    /// Counts an answer that is complete.
    pub(super) fn count(&self, unread_us: Option<u64>) {
        let mut counted = self.counted.borrow_mut();
        match unread_us {
            Some(us) => counted.unread.record(us),
            None => counted.untold += 1,
        }
    }

    /// What was counted since the last call.
    pub(super) fn take(&self) -> Arrivals {
        self.counted.take()
    }
}
