//! A worker's numbers, taken once a second, with how this computer was doing. Must not know who comes when.

use std::cell::Cell;

use tidemark_core::stats::snapshot::{HealthSample, People};

use super::{Report, SECOND_US, Worker};
use crate::limits::{thread_cpu_us, thread_queued_us};

/// Takes a worker's numbers once a second.
pub(super) struct Ticker<'a> {
    worker: &'a Worker,
    second: Cell<u32>,
    cpu: Cell<Option<(u64, u64)>>,
    queued: Cell<Option<(u64, u64)>>,
    connections: Cell<u64>,
}

impl<'a> Ticker<'a> {
    pub(super) fn new(worker: &'a Worker) -> Self {
        Self { worker, second: Cell::new(0), cpu: Cell::new(None), queued: Cell::new(None), connections: Cell::new(0) }
    }

    pub(super) async fn run(&self) {
        loop {
            let end_us = (u64::from(self.second.get()) + 1) * SECOND_US;
            self.worker.desk.alarm.until(end_us).await;
            self.cut_off(end_us);
            self.take(SECOND_US);
        }
    }

    /// What happened since the last full second.
    pub(super) fn last(&self) {
        let from_us = u64::from(self.second.get()) * SECOND_US;
        let now_us = self.worker.desk.clock.now_us();
        self.take(now_us.saturating_sub(from_us).clamp(1, SECOND_US));
        let _ = self.worker.out.send(Report::Done(self.worker.number));
    }

    /// Cuts off those who were asked to leave long ago.
    fn cut_off(&self, now_us: u64) {
        self.worker.leaving.borrow_mut().retain(|(until_us, abort)| {
            if *until_us <= now_us {
                abort.abort();
            }
            *until_us > now_us && !abort.is_finished()
        });
    }

    fn take(&self, length_us: u64) {
        let worker = self.worker;
        let second = self.second.replace(self.second.get() + 1);
        let leaving = worker.leaving.borrow().len() as u32;
        // Visitors come and go within a second, and at the end of a run everybody is gone: the most there were says more.
        let brief = worker.desk.plan.load.open || length_us < SECOND_US;
        let active = if brief { worker.most.get() } else { worker.active.get() };
        worker.most.set(worker.active.get());
        let people = People { planned: self.planned(second), active, leaving };
        let health = self.health();
        let mut snapshot = worker.desk.recorder.borrow_mut().take(second, people, health);
        snapshot.length_us = length_us;
        for sample in worker.desk.news.borrow_mut().drain(..) {
            let _ = worker.out.send(Report::Sample(sample));
        }
        // Nobody listens any more where the run was dropped.
        let _ = worker.out.send(Report::Second(worker.number, Box::new(snapshot)));
    }

    /// People planned at the end of the second, this worker's part; 0 where arrivals are planned.
    fn planned(&self, second: u32) -> u32 {
        if self.worker.desk.plan.load.open {
            return 0;
        }
        let people = self.worker.desk.curve().people((u64::from(second) + 1) * SECOND_US - 1);
        self.worker.slice.part_of(u64::from(people)) as u32
    }

    fn health(&self) -> HealthSample {
        let worker = self.worker;
        let now_us = worker.desk.clock.now_us();
        let share = |cell: &Cell<Option<(u64, u64)>>, us: Option<u64>| {
            let after = us.map(|us| (now_us, us));
            cell.replace(after).zip(after).and_then(|(before, after)| share_of_time(before, after))
        };
        let arrivals = worker.desk.wire.take_arrivals();
        let connections = worker.desk.wire.open_connections();
        let all = worker.connections.report(self.connections.replace(connections), connections);
        let delays = worker.desk.delays.borrow_mut().take();
        let [left_late_p50_us, left_late_p99_us, left_late_max_us] = delays.own_us;
        let mut health = HealthSample {
            lag_p99_us: worker.desk.alarm.take_lag().quantile(0.99),
            cpu_share: share(&self.cpu, thread_cpu_us()),
            queued_share: share(&self.queued, thread_queued_us()),
            own_delay: delays.share,
            left_late_p50_us,
            left_late_p99_us,
            left_late_max_us,
            unread_p99_us: arrivals.unread.quantile(0.99),
            stamped: arrivals.unread.len(),
            unstamped: arrivals.untold,
            open_files: Some(all),
            file_limit: worker.connections.limit(),
            given_back: worker.desk.given_back.replace(0),
            no_room: worker.desk.no_room.replace(0),
            ..HealthSample::default()
        };
        health.weigh();
        health
    }
}

/// In less than this, a worker that packs up is busy all the time, and that says nothing; in microseconds.
const SHORTEST_SHARE_US: u64 = 250_000;

/// The share of the time between two moments, each with what a worker had spent until then, all in microseconds; `None`
/// where they are too close to say.
fn share_of_time(before: (u64, u64), after: (u64, u64)) -> Option<f64> {
    let (passed, used) = (after.0.saturating_sub(before.0), after.1.saturating_sub(before.1));
    (passed >= SHORTEST_SHARE_US).then(|| used as f64 / passed as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_moments_of_a_run_say_nothing_about_how_busy_it_was() {
        assert_eq!(share_of_time((1_000_000, 50_000), (2_000_000, 550_000)), Some(0.5));
        assert_eq!(share_of_time((2_000_000, 550_000), (2_300_000, 850_000)), Some(1.0));
        assert_eq!(share_of_time((2_000_000, 550_000), (2_002_000, 552_000)), None);
        assert_eq!(share_of_time((2_000_000, 550_000), (2_000_000, 550_000)), None);
    }
}
