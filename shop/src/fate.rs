//! What the knobs do to one request: how long it waits, whether it is dropped or failed. A pure function of the
//! knobs, the request's number and the time; it must not wait or answer itself.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    sync::{Mutex, OnceLock, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    dice::{self, Die},
    knobs::{Knobs, LONGEST_WAIT, Stall},
    route::Route,
};

/// The knobs in force, and when the first request came under them.
pub(crate) struct Rules {
    pub(crate) knobs: Knobs,
    zero: OnceLock<Instant>,
    /// When each till is free again, counted from the first request.
    tills: Option<Mutex<BinaryHeap<Reverse<Duration>>>>,
}

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fate {
    /// Its connection is closed.
    Dropped,
    /// It is answered with this status, after this wait.
    Failed { status: u16, wait: Duration },
    /// It is answered as asked, after this wait.
    Answered { wait: Duration },
}

impl Rules {
    pub(crate) fn new(knobs: Knobs) -> Rules {
        let free = |tills| Mutex::new((0..tills).map(|_| Reverse(Duration::ZERO)).collect());
        Rules { tills: knobs.tills.map(free), knobs, zero: OnceLock::new() }
    }

    /// Starts the clock with the first request that counts as one.
    pub(crate) fn note_request(&self, route: Route) {
        if self.zero.get().is_none() && route.starts_the_clock() {
            self.zero.get_or_init(Instant::now);
        }
    }

    /// Whether the number of active visitors matters.
    pub(crate) fn needs_crowd(&self) -> bool {
        self.knobs.errors_above.is_some() || self.knobs.slow_pay.as_ref().is_some_and(|slow| slow.above_people > 0)
    }

    /// What happens to request number `number`, `since` after the first one, while `people` visitors are active.
    pub(crate) fn fate(&self, route: Route, number: u64, people: usize, since: Duration) -> Fate {
        let knobs = &self.knobs;
        if knobs.drop_share > 0.0 && dice::share(knobs.seed, number, Die::Drop) < knobs.drop_share {
            return Fate::Dropped;
        }
        let mut wait = self.latency(route, number);
        if route == Route::Pay {
            wait += self.slowed(number, people, since);
        }
        match &knobs.errors_above {
            Some(errors)
                if people > errors.people as usize && dice::share(knobs.seed, number, Die::Error) < errors.share =>
            {
                Fate::Failed { status: errors.status, wait }
            }
            _ => Fate::Answered { wait },
        }
    }

    /// How long ago the first request came, or zero when none has yet.
    pub(crate) fn since_first(&self) -> Duration {
        self.zero.get().map_or(Duration::ZERO, Instant::elapsed)
    }

    /// How long a request that arrived at `arrived` waits in all, if it takes `wait` once it is its turn. The line is reckoned and
    /// not kept, so that no late timer ever makes a till slower than it is. One that gives up still takes its turn.
    pub(crate) fn in_line(&self, arrived: Duration, wait: Duration) -> Duration {
        let Some(tills) = &self.tills else { return wait };
        let mut free = tills.lock().unwrap_or_else(PoisonError::into_inner);
        let next = free.pop().map_or(Duration::ZERO, |Reverse(next)| next);
        let done = next.max(arrived) + wait;
        free.push(Reverse(done));
        done - arrived
    }

    /// When a request that arrived at `arrived` and needs `wait` is answered, both counted from the first request;
    /// `None` when it needn't wait at all. During a stall nothing starts and nothing is answered.
    pub(crate) fn due(&self, arrived: Duration, wait: Duration) -> Option<Duration> {
        // Before the first request there is no time that a stall could lie in.
        let stall = self.knobs.stall.as_ref().filter(|_| self.zero.get().is_some());
        let after_stall = |time| stall.and_then(|stall| end_of_stall(stall, time)).unwrap_or(time);
        let due = after_stall(after_stall(arrived) + wait);
        (due > arrived).then_some(due)
    }

    /// The moment of `due`, which counts from the first request.
    pub(crate) fn moment(&self, due: Duration) -> Instant {
        self.zero.get().copied().unwrap_or_else(Instant::now) + due
    }

    fn latency(&self, route: Route, number: u64) -> Duration {
        let Knobs { seed, latency, .. } = &self.knobs;
        let middle = route.latency(latency);
        if middle.is_zero() || latency.spread == 0.0 {
            return middle;
        }
        middle.mul_f64((latency.spread * dice::bell(*seed, number)).exp()).min(LONGEST_WAIT)
    }

    fn slowed(&self, number: u64, people: usize, since: Duration) -> Duration {
        match &self.knobs.slow_pay {
            Some(slow) if since >= slow.after && (slow.above_people == 0 || people > slow.above_people as usize) => {
                let room = slow.up_to.saturating_sub(slow.by);
                slow.by + room.mul_f64(dice::share(self.knobs.seed, number, Die::Pay))
            }
            _ => Duration::ZERO,
        }
    }
}

/// The end of the stall that `time` lies in, if it lies in one.
fn end_of_stall(stall: &Stall, time: Duration) -> Option<Duration> {
    let past = time.checked_sub(stall.at)?;
    let begun = match stall.every.as_nanos() {
        0 => stall.at,
        every => time - Duration::from_nanos((past.as_nanos() % every) as u64),
    };
    let end = begun + stall.lasts;
    (time < end).then_some(end)
}

#[cfg(test)]
mod tests;
