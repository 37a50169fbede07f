//! What the shop was asked and how it answered, counted exactly: each request once when its head has arrived, and
//! once when it is answered, dropped or given up by its sender. It must not sample, round or forget.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use serde::Serialize;

use crate::route::Route;

/// Statuses 100 to 599 each have their own cell.
const STATUSES: usize = 500;

/// What the shop has been asked since it opened. Once nothing is in flight,
/// `requests == answered + dropped + abandoned`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Requests whose head has arrived, on any route, known or not.
    pub requests: u64,
    /// Answers handed to the network.
    pub answered: u64,
    /// Requests whose connection was closed on purpose, without an answer.
    pub dropped: u64,
    /// Requests whose sender went away (or was cut off) before the answer was ready.
    pub abandoned: u64,
    /// Requests that are waiting for their answer now.
    pub in_flight: u64,
    /// Connections accepted.
    pub connections: u64,
    /// Connections open now.
    pub open_connections: u64,
    /// Connections that could not be accepted (no file handle left, given up by the other side).
    pub accept_errors: u64,
    /// Connections ended because what they sent was not HTTP.
    pub malformed: u64,
    /// Answers by status, over all routes.
    pub statuses: BTreeMap<u16, u64>,
    /// By method and address pattern; only routes that were asked.
    pub routes: BTreeMap<&'static str, RouteCounts>,
}

/// The counts of one route.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RouteCounts {
    /// Requests whose head has arrived.
    pub requests: u64,
    /// Requests dropped on purpose.
    pub dropped: u64,
    /// Requests whose sender went away before the answer was ready.
    pub abandoned: u64,
    /// Answers by status.
    pub statuses: BTreeMap<u16, u64>,
}

struct Row {
    requests: AtomicU64,
    dropped: AtomicU64,
    abandoned: AtomicU64,
    statuses: Box<[AtomicU64]>,
}

/// The running counters.
pub(crate) struct Counters {
    rows: Vec<Row>,
    pub(crate) connections: AtomicU64,
    pub(crate) closed: AtomicU64,
    pub(crate) accept_errors: AtomicU64,
    pub(crate) malformed: AtomicU64,
}

impl Counters {
    pub(crate) fn new() -> Counters {
        let row = |_: &Route| Row {
            requests: AtomicU64::new(0),
            dropped: AtomicU64::new(0),
            abandoned: AtomicU64::new(0),
            statuses: (0..STATUSES).map(|_| AtomicU64::new(0)).collect(),
        };
        Counters {
            rows: Route::ALL.iter().map(row).collect(),
            connections: AtomicU64::new(0),
            closed: AtomicU64::new(0),
            accept_errors: AtomicU64::new(0),
            malformed: AtomicU64::new(0),
        }
    }

    /// Counts a request in; what becomes of it is told to the tally.
    pub(crate) fn arrive(&self, route: Route) -> Tally<'_> {
        let row = &self.rows[route as usize];
        row.requests.fetch_add(1, Relaxed);
        Tally { row, open: true }
    }

    /// The counts now.
    pub(crate) fn read(&self) -> Counts {
        let connections = self.connections.load(Relaxed);
        let mut counts = Counts {
            requests: 0,
            answered: 0,
            dropped: 0,
            abandoned: 0,
            in_flight: 0,
            connections,
            open_connections: connections.saturating_sub(self.closed.load(Relaxed)),
            accept_errors: self.accept_errors.load(Relaxed),
            malformed: self.malformed.load(Relaxed),
            statuses: BTreeMap::new(),
            routes: BTreeMap::new(),
        };
        for (row, route) in self.rows.iter().zip(Route::ALL) {
            let one = row.read();
            if one.requests == 0 {
                continue;
            }
            counts.requests += one.requests;
            counts.dropped += one.dropped;
            counts.abandoned += one.abandoned;
            for (&status, &count) in &one.statuses {
                counts.answered += count;
                *counts.statuses.entry(status).or_default() += count;
            }
            counts.routes.insert(route.pattern(), one);
        }
        let over = counts.answered + counts.dropped + counts.abandoned;
        counts.in_flight = counts.requests.saturating_sub(over);
        counts
    }
}

impl Row {
    fn read(&self) -> RouteCounts {
        // Ends are read before the arrivals, so that no more requests seem to have ended than to have arrived.
        let mut statuses = BTreeMap::new();
        for (status, count) in (100..).zip(&self.statuses) {
            let count = count.load(Relaxed);
            if count > 0 {
                statuses.insert(status, count);
            }
        }
        let (dropped, abandoned) = (self.dropped.load(Relaxed), self.abandoned.load(Relaxed));
        RouteCounts { requests: self.requests.load(Relaxed), dropped, abandoned, statuses }
    }
}

/// One request on its way; counted as abandoned unless it is told otherwise.
pub(crate) struct Tally<'a> {
    row: &'a Row,
    open: bool,
}

impl Tally<'_> {
    /// The answer is about to be handed to the network.
    pub(crate) fn answered(mut self, status: u16) {
        self.open = false;
        self.row.statuses[usize::from(status).saturating_sub(100).min(STATUSES - 1)].fetch_add(1, Relaxed);
    }

    /// The connection is about to be closed on purpose.
    pub(crate) fn dropped(mut self) {
        self.open = false;
        self.row.dropped.fetch_add(1, Relaxed);
    }
}

impl Drop for Tally<'_> {
    fn drop(&mut self) {
        if self.open {
            self.row.abandoned.fetch_add(1, Relaxed);
        }
    }
}
