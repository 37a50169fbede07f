//! When answers reached this computer, on the run's clock, and how long they lay here until the program looked at them.
//! Must not know how bytes are read.

use std::cell::RefCell;
use std::time::{SystemTime, UNIX_EPOCH};

use tidemark_core::stats::hist::Hist;

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

/// Keeps count of arrivals.
#[derive(Default)]
pub(super) struct Watch(RefCell<Arrivals>);

impl Watch {
    /// When bytes came that were read just now, `now_us` on the run's clock; `arrived_ns` is what the kernel said, in
    /// nanoseconds since 1970. Not before `sent_us`, when the request left.
    pub(super) fn moment(now_us: u64, arrived_ns: Option<u64>, sent_us: u64) -> (u64, Option<u64>) {
        let Some(arrived_ns) = arrived_ns else { return (now_us, None) };
        let wall_ns = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as u64);
        match wall_ns.checked_sub(arrived_ns) {
            Some(age_ns @ ..OLDEST_NS) => {
                let us = now_us.saturating_sub(age_ns / 1_000).max(sent_us).min(now_us);
                (us, Some(now_us - us))
            }
            _ => (now_us, None),
        }
    }

    /// Counts an answer that is complete.
    pub(super) fn count(&self, unread_us: Option<u64>) {
        let mut counted = self.0.borrow_mut();
        match unread_us {
            Some(us) => counted.unread.record(us),
            None => counted.untold += 1,
        }
    }

    /// What was counted since the last call.
    pub(super) fn take(&self) -> Arrivals {
        self.0.take()
    }
}
