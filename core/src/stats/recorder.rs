//! Counts what one worker sees, without locks, lookups or allocation for each request.
//!
//! Must not know other workers, nor any second but the present one.

use crate::stats::snapshot::{FailureCount, HealthSample, People, Row, Snapshot};
use crate::stats::{End, NameId, Outcome, has_latency};
use crate::traffic::Kind;

/// How many different failures one worker tells apart; the rest of a run's are [`OTHER`].
pub const MOST_GROUPS: usize = 200;

/// The detail of failures beyond [`MOST_GROUPS`].
pub const OTHER: &str = "other";

/// The longest detail, in bytes.
const LONGEST_DETAIL: usize = 300;

/// What one worker has seen since the last [`Recorder::take`].
#[derive(Debug)]
pub struct Recorder {
    slice: u16,
    rows: Vec<Row>,
    /// Every failure of the run; the counts are those of the present second.
    groups: Vec<FailureCount>,
    started: u64,
    late: u64,
    dropped: u64,
    spare: Vec<Row>,
}

impl Recorder {
    /// For a run with `names` lines of results; `slice` says whose numbers these are.
    pub fn new(names: usize, slice: u16) -> Self {
        let rows = std::iter::repeat_with(Row::default).take(names).collect();
        Self { slice, rows, groups: Vec::new(), started: 0, late: 0, dropped: 0, spare: Vec::new() }
    }

    /// Counts one outcome. Allocates only while the histograms of a name are still growing.
    pub fn record(&mut self, outcome: &Outcome) {
        let Some(row) = self.rows.get_mut(outcome.name.at()) else { return };
        match outcome.end {
            End::Cut | End::Failed(Kind::Cut) => {
                row.cut += 1;
                return;
            }
            End::Ok => row.ok += 1,
            End::Failed(kind) => row.failed.add(kind, 1),
        }
        row.bytes_out = row.bytes_out.saturating_add(outcome.bytes_out);
        row.bytes_in = row.bytes_in.saturating_add(outcome.bytes_in);
        let timing = &outcome.timing;
        // What was never sent took no time, and none is not the same as zero.
        let unsent = outcome.status == 0 && timing.done_us == timing.sent_us;
        if let End::Failed(kind) = outcome.end
            && (unsent || !has_latency(kind))
        {
            return;
        }
        let (response, service) = match outcome.end {
            End::Ok => (&mut row.response.ok, &mut row.service.ok),
            End::Failed(_) | End::Cut => (&mut row.response.failed, &mut row.service.failed),
        };
        response.record(timing.done_us.saturating_sub(outcome.due_us));
        service.record(timing.done_us.saturating_sub(outcome.sent_us));
        let connecting = u64::from(timing.connect_us.unwrap_or(0)) + u64::from(timing.tls_us.unwrap_or(0));
        if let Some(us) = timing.connect_us {
            row.phases.connect.add(u64::from(us));
        }
        if let Some(us) = timing.tls_us {
            row.phases.tls.add(u64::from(us));
        }
        if let Some(first) = timing.first_byte_us {
            let sent = outcome.sent_us.saturating_add(connecting);
            row.phases.first_byte.add(first.saturating_sub(sent));
            row.phases.body.add(timing.done_us.saturating_sub(first));
        }
    }

    /// Counts a failure among those with the same name, kind and detail. The failed request itself is counted by
    /// [`Recorder::record`].
    pub fn record_failure(&mut self, name: NameId, kind: Kind, detail: &str) {
        let detail = &detail[..detail.floor_char_boundary(LONGEST_DETAIL)];
        if self.count_group(name, kind, detail) {
            return;
        }
        let full = self.groups.len() >= MOST_GROUPS;
        if full && self.count_group(name, kind, OTHER) {
            return;
        }
        let detail = if full { OTHER } else { detail };
        self.groups.push(FailureCount { name, kind, detail: detail.to_owned(), count: 1 });
    }

    /// Counts one more in the group, if there is one.
    fn count_group(&mut self, name: NameId, kind: Kind, detail: &str) -> bool {
        let same = |group: &&mut FailureCount| group.name == name && group.kind == kind && group.detail == detail;
        let found = self.groups.iter_mut().find(same);
        found.map(|group| group.count += 1).is_some()
    }

    /// Counts arrivals (or tasks) that started.
    pub fn started(&mut self, count: u64) {
        self.started += count;
    }

    /// Counts those that started noticeably later than they were due; they are among the started ones too.
    pub fn late(&mut self, count: u64) {
        self.late += count;
    }

    /// Counts arrivals that were due and could not start.
    pub fn dropped(&mut self, count: u64) {
        self.dropped += count;
    }

    /// What was seen since the last time, as the numbers of `second`; starts afresh.
    pub fn take(&mut self, second: u32, people: People, health: HealthSample) -> Snapshot {
        let mut rows = std::mem::take(&mut self.spare);
        if rows.len() != self.rows.len() {
            rows = self.rows.iter().map(Row::with_room_of).collect();
        }
        std::mem::swap(&mut rows, &mut self.rows);
        let happened = self.groups.iter_mut().filter(|group| group.count > 0);
        let mut failures: Vec<_> =
            happened.map(|group| FailureCount { count: std::mem::take(&mut group.count), ..group.clone() }).collect();
        failures.sort_unstable();
        Snapshot {
            second,
            length_us: 1_000_000,
            slices: vec![self.slice],
            people,
            started: std::mem::take(&mut self.started),
            late: std::mem::take(&mut self.late),
            dropped: std::mem::take(&mut self.dropped),
            rows,
            failures,
            health,
        }
    }

    /// Takes the memory of a snapshot that is no longer needed; the next [`Recorder::take`] will not allocate rows.
    pub fn recycle(&mut self, spent: Snapshot) {
        self.spare = spent.rows;
        self.spare.iter_mut().for_each(Row::clear);
    }
}

#[cfg(test)]
mod tests;
