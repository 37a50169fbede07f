//! One or more neighbouring seconds of a run, packed small: what charts are drawn from.
//!
//! Must not know the rest of the run.

use crate::stats::hist::Hist;
use crate::stats::kinds::KindCounts;
use crate::stats::packed::Packed;
use crate::stats::snapshot::{HealthSample, People, Phases, Row, Snapshot};
use crate::stats::split::Split;
use crate::stats::{Name, NameId, NameKind};

/// What happened to the requests of one name in one interval; histograms at two digits.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PackedRow {
    /// Ended well.
    pub ok: u64,
    /// Failed, by kind.
    pub failed: KindCounts,
    /// Under way when the run was ended at once.
    pub cut: u64,
    /// Bytes written.
    pub bytes_out: u64,
    /// Bytes read.
    pub bytes_in: u64,
    /// From when a request was due to its end.
    pub response: Split<Packed>,
    /// From when it was sent to its end; `None` where it is the same as `response`.
    pub service: Option<Split<Packed>>,
    /// Its phases.
    pub phases: Phases,
}

impl From<&Row> for PackedRow {
    fn from(row: &Row) -> Self {
        let (response, service) = (row.response.map(Hist::pack), row.service.map(Hist::pack));
        let service = (service != response).then_some(service);
        let Row { ok, failed, cut, bytes_out, bytes_in, phases, .. } = *row;
        Self { ok, failed, cut, bytes_out, bytes_in, response, service, phases }
    }
}

impl PackedRow {
    /// How many requests finished, well or not.
    pub fn finished(&self) -> u64 {
        self.ok.saturating_add(self.failed.total())
    }

    /// From when a request was sent to its end.
    pub fn service(&self) -> &Split<Packed> {
        self.service.as_ref().unwrap_or(&self.response)
    }

    /// Adds everything in `other`.
    pub fn merge(&mut self, other: &Self) {
        if self.service.is_some() || other.service.is_some() {
            self.service.get_or_insert_with(|| self.response.clone()).merge(other.service());
        }
        self.response.merge(&other.response);
        self.ok = self.ok.saturating_add(other.ok);
        self.failed.merge(&other.failed);
        self.cut = self.cut.saturating_add(other.cut);
        self.bytes_out = self.bytes_out.saturating_add(other.bytes_out);
        self.bytes_in = self.bytes_in.saturating_add(other.bytes_in);
        self.phases.merge(&other.phases);
    }

    /// With histograms at their full size; the values stay as coarse as they are.
    pub fn to_row(&self) -> Row {
        Row {
            ok: self.ok,
            failed: self.failed,
            cut: self.cut,
            bytes_out: self.bytes_out,
            bytes_in: self.bytes_in,
            response: self.response.map(Packed::to_hist),
            service: self.service().map(Packed::to_hist),
            phases: self.phases,
        }
    }
}

/// One or more neighbouring seconds. Seconds without a snapshot are a gap: `length_us` is less than `seconds` then.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Interval {
    /// Its first second.
    pub from: u32,
    /// How many seconds it spans, gaps included.
    pub seconds: u32,
    /// How much time was measured in it, in microseconds.
    pub length_us: u64,
    /// Whether it belongs to the warm-up.
    pub warm_up: bool,
    /// How many slices its seconds came from, at least.
    pub slices: u16,
    /// The most people at any of its seconds.
    pub people: People,
    /// Arrivals or tasks that started.
    pub started: u64,
    /// Of these, how many started late.
    pub late: u64,
    /// Arrivals that could not start.
    pub dropped: u64,
    /// How many of its seconds are suspect.
    pub suspect: u32,
    /// The worst health of its seconds.
    pub health: HealthSample,
    /// One row per name that had any traffic; sorted.
    pub rows: Vec<(NameId, PackedRow)>,
}

impl Interval {
    /// One second as an interval. Rows beyond the first `names` are dropped.
    pub fn of(snapshot: &Snapshot, names: usize, warm_up: bool) -> Self {
        let happened = snapshot.rows.iter().take(names).enumerate().filter(|(_, row)| !row.is_empty());
        Self {
            from: snapshot.second,
            seconds: 1,
            length_us: snapshot.length_us,
            warm_up,
            slices: u16::try_from(snapshot.slices.len()).unwrap_or(u16::MAX),
            people: snapshot.people,
            started: snapshot.started,
            late: snapshot.late,
            dropped: snapshot.dropped,
            suspect: u32::from(snapshot.health.suspect),
            health: snapshot.health.clone(),
            rows: happened.map(|(at, row)| (NameId(at as u16), PackedRow::from(row))).collect(),
        }
    }

    /// The second after it.
    pub fn end(&self) -> u32 {
        self.from.saturating_add(self.seconds)
    }

    /// The row of a name, if it had any traffic.
    pub fn row(&self, name: NameId) -> Option<&PackedRow> {
        self.rows.binary_search_by_key(&name, |(have, _)| *have).ok().map(|at| &self.rows[at].1)
    }

    /// All requests together; groups and tasks are not requests.
    pub fn all(&self, names: &[Name]) -> PackedRow {
        let mut all = PackedRow::default();
        let requests = self.rows.iter().filter(|(id, _)| is_request(names, *id));
        requests.for_each(|(_, row)| all.merge(row));
        all
    }

    /// Adds a neighbour.
    pub(super) fn merge(&mut self, other: &Self) {
        let end = self.end().max(other.end());
        self.from = self.from.min(other.from);
        self.seconds = end - self.from;
        self.length_us = self.length_us.saturating_add(other.length_us);
        self.absorb(other);
        self.suspect = self.suspect.saturating_add(other.suspect);
        self.slices = self.slices.min(other.slices);
        let (mine, theirs) = (&mut self.people, &other.people);
        mine.planned = mine.planned.max(theirs.planned);
        mine.active = mine.active.max(theirs.active);
        mine.leaving = mine.leaving.max(theirs.leaving);
    }

    /// Adds the counts of `other`.
    fn absorb(&mut self, other: &Self) {
        self.started = self.started.saturating_add(other.started);
        self.late = self.late.saturating_add(other.late);
        self.dropped = self.dropped.saturating_add(other.dropped);
        self.health.merge(&other.health);
        for (name, row) in &other.rows {
            match self.rows.binary_search_by_key(name, |(have, _)| *have) {
                Ok(at) => self.rows[at].1.merge(row),
                Err(at) => self.rows.insert(at, (*name, row.clone())),
            }
        }
    }

    /// Adds what came late for a second that is here already.
    pub(super) fn merge_same_second(&mut self, other: &Self) {
        self.absorb(other);
        self.slices = self.slices.saturating_add(other.slices);
        self.people.planned = self.people.planned.saturating_add(other.people.planned);
        self.people.active = self.people.active.saturating_add(other.people.active);
        self.people.leaving = self.people.leaving.saturating_add(other.people.leaving);
    }
}

/// Whether a name counts as a request.
fn is_request(names: &[Name], id: NameId) -> bool {
    names.get(id.at()).is_some_and(|name| name.of == NameKind::Request)
}
