//! What Prometheus reads: sums since the start of the run, as text that it asks for ("Exposition formats", 0.0.4) or as messages
//! that are sent to it ("Remote-Write Specification 1.0").

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Run;
use crate::stats::snapshot::{Row, Snapshot};
use crate::stats::summary::enough;

/// The type of what [`text`] makes.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What goes with what [`message`] makes.
pub const REMOTE_HEADERS: [(&str, &str); 3] = [
    ("content-type", "application/x-protobuf"),
    ("content-encoding", "snappy"),
    ("x-prometheus-remote-write-version", "0.1.0"),
];

/// What a measure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Only grows: a count since the run began.
    Counter,
    /// How it is now.
    Gauge,
}

/// A measure that is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Measure {
    /// Its name, by the conventions of Prometheus.
    name: &'static str,
    /// What it counts.
    kind: Kind,
    /// In a sentence.
    help: &'static str,
}

const fn counter(name: &'static str, help: &'static str) -> Measure {
    Measure { name, kind: Kind::Counter, help }
}

const fn gauge(name: &'static str, help: &'static str) -> Measure {
    Measure { name, kind: Kind::Gauge, help }
}

const REQUESTS: Measure = counter("tidemark_requests_total", "Requests that went well.");
const FAILED: Measure = counter("tidemark_failed_total", "Requests that failed.");
const FAILURES: Measure = counter("tidemark_failures_total", "Requests that failed, by kind.");
const SENT: Measure = counter("tidemark_sent_bytes_total", "Bytes written.");
const RECEIVED: Measure = counter("tidemark_received_bytes_total", "Bytes read.");
const STARTED: Measure = counter("tidemark_started_total", "Arrivals or tasks that started.");
const DROPPED: Measure = counter("tidemark_dropped_total", "Arrivals that could not start.");
const SUSPECT: Measure = counter("tidemark_suspect_seconds_total", "Seconds in which this computer was at its limit.");
const PEOPLE: Measure = gauge("tidemark_people", "People who are there.");
const PLANNED: Measure = gauge("tidemark_people_planned", "People that the plan wants.");
const RESPONSE: Measure = gauge("tidemark_response_seconds", "Response times of the last second, by quantile.");

/// A value with its labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    measure: Measure,
    labels: Vec<(&'static str, String)>,
    value: f64,
}

/// What was counted so far. A name has its counters from the start, so that the first failure is seen as one; those by kind
/// come with the first of their kind, as there are many kinds.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    counts: BTreeMap<(usize, &'static str), u64>,
    started: u64,
    dropped: u64,
    suspect: u64,
}

impl Sums {
    /// Takes a second; all values as they are after it, sorted by measure.
    pub fn push(&mut self, run: &Run, snapshot: &Snapshot) -> Vec<Sample> {
        self.started = self.started.saturating_add(snapshot.started);
        self.dropped = self.dropped.saturating_add(snapshot.dropped);
        self.suspect += u64::from(snapshot.health.suspect);
        let own = vec![("test", run.title.clone()), ("target", run.target.clone())];
        let people = snapshot.people;
        let of_run = [
            (PEOPLE, f64::from(people.active)),
            (PLANNED, f64::from(people.planned)),
            (STARTED, self.started as f64),
            (DROPPED, self.dropped as f64),
            (SUSPECT, self.suspect as f64),
        ];
        let of_run = of_run.map(|(measure, value)| Sample { measure, labels: own.clone(), value });
        let mut samples = Vec::from(of_run);
        let nothing = Row::default();
        for (at, name) in run.names.iter().enumerate() {
            let row = snapshot.rows.get(at).unwrap_or(&nothing);
            let more = [("name", name.label.clone()), ("of", name.of.word().to_owned())];
            let labels: Vec<_> = own.iter().chain(&more).cloned().collect();
            self.of_name(at, row, &labels, &mut samples);
        }
        samples.sort_by_key(|sample| sample.measure.name);
        samples
    }

    fn of_name(&mut self, at: usize, row: &Row, labels: &[(&'static str, String)], samples: &mut Vec<Sample>) {
        let with = |measure, more: Option<(&'static str, &str)>, value| {
            let more = more.map(|(name, value)| (name, value.to_owned()));
            Sample { measure, labels: labels.iter().cloned().chain(more).collect(), value }
        };
        let mut count = |what: &'static str, more: u64| {
            let sum = self.counts.entry((at, what)).or_default();
            *sum = sum.saturating_add(more);
            *sum as f64
        };
        samples.push(with(REQUESTS, None, count("ok", row.ok)));
        samples.push(with(FAILED, None, count("failed", row.failed.total())));
        samples.push(with(SENT, None, count("out", row.bytes_out)));
        samples.push(with(RECEIVED, None, count("in", row.bytes_in)));
        for kind in crate::traffic::Kind::ALL {
            let failed = count(kind.word(), row.failed.get(kind));
            if failed > 0.0 {
                samples.push(with(FAILURES, Some(("kind", kind.word())), failed));
            }
        }
        let times = row.response.all();
        for (quantile, percentile) in [("0.5", 50.0), ("0.95", 95.0), ("0.99", 99.0)] {
            let us = enough(&times, percentile);
            samples.extend(us.map(|us| with(RESPONSE, Some(("quantile", quantile)), us as f64 / 1e6)));
        }
    }
}

/// Values, sorted by measure, as text.
pub fn text(samples: &[Sample]) -> String {
    let mut out = String::new();
    for (at, sample) in samples.iter().enumerate() {
        let measure = sample.measure;
        if at == 0 || samples[at - 1].measure != measure {
            let kind = if measure.kind == Kind::Counter { "counter" } else { "gauge" };
            let _ = writeln!(out, "# HELP {0} {1}\n# TYPE {0} {kind}", measure.name, measure.help);
        }
        let labels = sample.labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value)));
        let _ = writeln!(out, "{}{{{}}} {}", measure.name, labels.collect::<Vec<_>>().join(","), sample.value);
    }
    out
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

/// Values as the body of a remote write, as they were at the end of this second: Protocol Buffers, packed by Snappy. The message
/// has four kinds of fields, and Snappy allows what is not compressed, so neither needs a library.
pub fn message(run: &Run, snapshot: &Snapshot, samples: &[Sample]) -> Vec<u8> {
    // At least a millisecond after the second before: a receiver refuses two values with the same time, and a last second may
    // be shorter than that.
    let length_ms = snapshot.length_us.div_ceil(1_000).max(1);
    let begin_ms = u64::try_from(run.begin_ns(snapshot) / 1_000_000).unwrap_or_default();
    let at_ms = begin_ms.saturating_add(length_ms);
    snappy(&write_request(samples, at_ms))
}

/// `WriteRequest { repeated TimeSeries timeseries = 1 }`, with `TimeSeries { repeated Label labels = 1; repeated Sample
/// samples = 2 }`. Labels are sorted by name, as is asked for.
fn write_request(samples: &[Sample], at_ms: u64) -> Vec<u8> {
    let mut out = Vec::new();
    for sample in samples {
        let mut labels: Vec<(&str, &str)> = vec![("__name__", sample.measure.name)];
        // An empty label is none.
        let named = sample.labels.iter().map(|(name, value)| (*name, value.as_str()));
        labels.extend(named.filter(|(_, value)| !value.is_empty()));
        labels.sort_unstable();
        let mut series = Vec::new();
        for (name, value) in labels {
            let mut label = Vec::new();
            bytes(&mut label, 1, name.as_bytes());
            bytes(&mut label, 2, value.as_bytes());
            bytes(&mut series, 1, &label);
        }
        // double value = 1; int64 timestamp = 2
        let mut point = vec![1 << 3 | 1];
        point.extend(sample.value.to_le_bytes());
        point.push(2 << 3);
        varint(&mut point, at_ms);
        bytes(&mut series, 2, &point);
        bytes(&mut out, 1, &series);
    }
    out
}

fn bytes(out: &mut Vec<u8>, field: u8, bytes: &[u8]) {
    out.push(field << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// The block format of Snappy with literals only.
fn snappy(from: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(from.len() + from.len() / 60 + 8);
    varint(&mut out, from.len() as u64);
    for chunk in from.chunks(60) {
        // Up to 60 bytes the length less one stands in the tag's upper bits; the lower two say that it is a literal.
        out.push((chunk.len() as u8 - 1) << 2);
        out.extend_from_slice(chunk);
    }
    out
}
