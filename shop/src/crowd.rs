//! How many different visitors were active in the last second, exactly, over a sliding window. It must not know who
//! they are: a visitor is a number.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

const WINDOW: Duration = Duration::from_secs(1);

/// The visitors of the last second. Times are given by the caller and must not go back by more than scheduling does.
#[derive(Default)]
pub(crate) struct Crowd {
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// When each visitor was last seen, to the millisecond.
    last: HashMap<u64, Duration>,
    /// The same, in the order of time, with the times that are out of date still in.
    order: VecDeque<(Duration, u64)>,
}

impl Crowd {
    /// Notes that `visitor` is active `now`, and says how many were within the last second, this one included.
    pub(crate) fn touch(&self, visitor: u64, now: Duration) -> usize {
        let now = Duration::from_millis(now.as_millis() as u64);
        let mut seen = self.lock();
        seen.note(visitor, now);
        seen.forget_before(now);
        seen.last.len()
    }

    /// `old` turns out to be `new`: they count as one.
    pub(crate) fn rename(&self, old: u64, new: u64, now: Duration) {
        let mut seen = self.lock();
        if seen.last.remove(&old).is_some() {
            seen.note(new, Duration::from_millis(now.as_millis() as u64));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    fn note(&mut self, visitor: u64, now: Duration) {
        // One entry per visitor and millisecond keeps the queue short however often a visitor asks.
        if self.last.insert(visitor, now) != Some(now) {
            self.order.push_back((now, visitor));
        }
    }

    fn forget_before(&mut self, now: Duration) {
        while let Some(&(at, visitor)) = self.order.front() {
            if at + WINDOW > now {
                break;
            }
            self.order.pop_front();
            if self.last.get(&visitor) == Some(&at) {
                self.last.remove(&visitor);
            }
        }
    }
}

#[cfg(test)]
mod tests;
