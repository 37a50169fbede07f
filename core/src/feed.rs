//! A run, second by second, for programs that watch it while it goes on: JSON lines, InfluxDB's line protocol, OpenTelemetry,
//! Prometheus.
//!
//! Values in, text out; seconds have no secrets in them any more. Must not know where the text goes, nor whether it arrives.

mod influx;
mod lines;
mod otlp;
mod prometheus;

pub use influx::influx;
pub use lines::lines;
pub use otlp::otlp;
pub use prometheus::{CONTENT_TYPE, REMOTE_HEADERS, Sample, Sums, message, text};

use jiff::Timestamp;

use crate::result::Header;
use crate::stats::hist::Hist;
use crate::stats::snapshot::{Row, Snapshot};
use crate::stats::summary::enough;
use crate::stats::{Name, NameKind};

/// What is the same in every second of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    title: String,
    target: String,
    made_by: String,
    started_ns: i128,
    names: Vec<Name>,
}

impl Run {
    /// The run that this is the head of.
    pub fn of(header: &Header) -> Self {
        Self {
            title: header.title.clone(),
            target: header.target.clone(),
            made_by: header.made_by.clone(),
            started_ns: header.started_at.parse().map_or(0, |at: Timestamp| at.as_nanosecond()),
            names: header.names.clone(),
        }
    }

    /// When a second ended, in nanoseconds since 1970, on the clock of this computer at the start of the run.
    fn end_ns(&self, snapshot: &Snapshot) -> i128 {
        self.begin_ns(snapshot) + i128::from(snapshot.length_us) * 1_000
    }

    fn begin_ns(&self, snapshot: &Snapshot) -> i128 {
        self.started_ns + i128::from(snapshot.second) * 1_000_000_000
    }

    /// One for each name that had traffic, and one for all requests.
    fn points(&self, snapshot: &Snapshot) -> Vec<Point> {
        let rows = snapshot.rows.iter().zip(&self.names).filter(|(row, _)| !row.is_empty());
        let mut points: Vec<Point> = rows.map(|(row, name)| Point::of(Some(name), row)).collect();
        points.push(Point::of(None, &snapshot.all(&self.names)));
        points
    }
}

/// What happened to one name in one second.
struct Point {
    /// None for all requests.
    name: Option<String>,
    of: NameKind,
    ok: u64,
    failed: Vec<(&'static str, u64)>,
    bytes_out: u64,
    bytes_in: u64,
    response: Hist,
    service: Hist,
}

impl Point {
    fn of(name: Option<&Name>, row: &Row) -> Self {
        Self {
            name: name.map(|name| name.label.clone()),
            of: name.map_or(NameKind::Request, |name| name.of),
            ok: row.ok,
            failed: row.failed.iter().map(|(kind, count)| (kind.word(), count)).collect(),
            bytes_out: row.bytes_out,
            bytes_in: row.bytes_in,
            response: row.response.all().into_owned(),
            service: row.service.all().into_owned(),
        }
    }

    fn failures(&self) -> u64 {
        self.failed.iter().map(|(_, count)| count).sum()
    }

    /// Times in microseconds by their names; those for which there are too few answers are left out.
    fn times(&self) -> Vec<(String, u64)> {
        let of = |what: &'static str, hist: &Hist| {
            let percentiles = [("p50", 50.0), ("p95", 95.0), ("p99", 99.0)].map(|(name, at)| (name, enough(hist, at)));
            let all = percentiles.into_iter().chain([("max", hist.max())]);
            all.filter_map(move |(name, us)| Some((format!("{what}_{name}_us"), us?))).collect::<Vec<_>>()
        };
        [of("response", &self.response), of("service", &self.service)].concat()
    }
}

/// The load of a second: words and numbers.
fn load(snapshot: &Snapshot) -> [(&'static str, u64); 6] {
    [
        ("people_planned", u64::from(snapshot.people.planned)),
        ("people", u64::from(snapshot.people.active)),
        ("started", snapshot.started),
        ("late", snapshot.late),
        ("dropped", snapshot.dropped),
        ("suspect", u64::from(snapshot.health.suspect)),
    ]
}

#[cfg(test)]
mod tests;
