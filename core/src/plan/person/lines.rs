//! Groups and tasks under way: their time from start to end, pauses left out, and whether something in them failed.

use super::{Next, Person};
use crate::stats::{End, NameId, Outcome};
use crate::traffic::{Kind, Timing};

/// A group or task under way.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub(super) name: NameId,
    pub(super) due_us: u64,
    pub(super) start_us: u64,
    pub(super) paused_us: u64,
    pub(super) failed: Option<Kind>,
}

impl Person {
    pub(super) fn open_line(&mut self, name: NameId, now_us: u64) {
        // Exact, here and below: there are as many as people, and they seldom hold more than one or two.
        self.open.reserve_exact(1);
        self.open.push(Open {
            name,
            due_us: self.due_us,
            start_us: now_us.max(self.due_us),
            paused_us: 0,
            failed: None,
        });
    }

    /// Ends the innermost group or task. Its time is from start to end, pauses left out.
    pub(super) fn close_line(&mut self, now_us: u64) {
        let Some(open) = self.open.pop() else { return };
        let done_us = now_us.saturating_sub(open.paused_us).max(open.start_us);
        let timing = Timing { sent_us: open.start_us, done_us, ..Timing::default() };
        let end = open.failed.map_or(End::Ok, End::Failed);
        let (name, due_us, sent_us) = (open.name, open.due_us, open.start_us);
        let outcome = Outcome { name, due_us, sent_us, timing, end, status: 0, bytes_out: 0, bytes_in: 0 };
        self.pending.reserve_exact(1);
        self.pending.push_back(Next::Measured(outcome));
    }

    pub(super) fn close_all(&mut self, now_us: u64) {
        while !self.open.is_empty() {
            self.close_line(now_us);
        }
    }

    /// Marks every open group and the task as failed.
    pub(crate) fn failed(&mut self, kind: Kind) {
        for open in &mut self.open {
            open.failed.get_or_insert(kind);
        }
    }
}
