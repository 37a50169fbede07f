//! A worker's numbers, taken once a second, with how this computer was doing. Must not know who comes when.

use std::cell::Cell;

use tidemark_core::stats::snapshot::{HealthSample, People};

use super::{Report, SECOND_US, Worker};
use crate::limits::thread_cpu_us;

/// Takes a worker's numbers once a second.
pub(super) struct Ticker<'a> {
    worker: &'a Worker,
    second: Cell<u32>,
    cpu: Cell<Option<(u64, u64)>>,
    connections: Cell<u64>,
}

impl<'a> Ticker<'a> {
    pub(super) fn new(worker: &'a Worker) -> Self {
        Self { worker, second: Cell::new(0), cpu: Cell::new(None), connections: Cell::new(0) }
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
        // At the end of a run everybody is gone; how many there were in its last moments says more.
        let active = if length_us < SECOND_US { worker.most.get() } else { worker.active.get() };
        worker.most.set(worker.active.get());
        let people = People { planned: self.planned(second), active, leaving };
        let health = self.health();
        let mut snapshot = worker.desk.recorder.borrow_mut().take(second, people, health);
        snapshot.length_us = length_us;
        for sample in worker.desk.news.borrow_mut().drain(..) {
            let _ = worker.out.send(Report::Sample(sample));
        }
        // Nobody listens any more where the run was dropped.
        let _ = worker.out.send(Report::Second(worker.number, snapshot));
    }

    /// People planned at the end of the second, this worker's part; in the open model arrivals planned within it.
    fn planned(&self, second: u32) -> u32 {
        let load = &self.worker.desk.plan.load;
        let (from_us, to_us) = (u64::from(second) * SECOND_US, (u64::from(second) + 1) * SECOND_US);
        let all = match load.open {
            true => (load.curve.area(to_us) + 0.5).floor() as u64 - (load.curve.area(from_us) + 0.5).floor() as u64,
            false => u64::from(load.curve.people(to_us - 1)),
        };
        self.worker.slice.part_of(all) as u32
    }

    fn health(&self) -> HealthSample {
        let worker = self.worker;
        let now_us = worker.desk.clock.now_us();
        let used = thread_cpu_us().map(|used| (now_us, used));
        let cpu_share = match (self.cpu.replace(used), used) {
            (Some((from_us, before)), Some((to_us, after))) if to_us > from_us => {
                Some((after.saturating_sub(before)) as f64 / (to_us - from_us) as f64)
            }
            _ => None,
        };
        let connections = worker.desk.wire.open_connections();
        let all = worker.connections.report(self.connections.replace(connections), connections);
        let mut health = HealthSample {
            lag_p99_us: worker.desk.alarm.take_lag().quantile(0.99),
            cpu_share,
            open_files: Some(all),
            file_limit: worker.connections.limit(),
            no_room: worker.desk.no_room.replace(0),
            ..HealthSample::default()
        };
        health.weigh();
        health
    }
}
