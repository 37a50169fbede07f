//! OpenTelemetry's metrics as OTLP's JSON (opentelemetry.io, "OTLP Specification", JSON Protobuf Encoding). Counters and
//! histograms are deltas of one second; units are UCUM's.

use serde_json::{Value, json};

use super::{Point, Run, load};
use crate::stats::hist::Hist;
use crate::stats::snapshot::Snapshot;

/// Upper ends of the histogram's buckets, in seconds: those that OpenTelemetry advises for HTTP, and a few above.
const BOUNDS: [f64; 17] =
    [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0, 30.0, 60.0];

/// Deltas, in OTLP's numbers.
const DELTA: u8 = 1;

/// One second, as the body of a request to `/v1/metrics`. All requests together are left out: whoever adds up the names whose
/// `of` is `request` has them.
pub fn otlp(run: &Run, snapshot: &Snapshot) -> String {
    let times = (run.begin_ns(snapshot).to_string(), run.end_ns(snapshot).to_string());
    let points: Vec<Point> = run.points(snapshot).into_iter().filter(|point| point.name.is_some()).collect();
    let mut requests = Vec::new();
    for point in &points {
        let outcomes = std::iter::once(("ok", point.ok)).chain(point.failed.iter().copied());
        let some = outcomes.filter(|(_, count)| *count > 0);
        requests.extend(some.map(|(outcome, count)| {
            let mut attributes = attributes(point);
            attributes.push(attribute("outcome", outcome));
            number(attributes, &times, count)
        }));
    }
    let histogram = |name: &str, about: &str, of: fn(&Point) -> &Hist| {
        let some = points.iter().filter(|point| !of(point).is_empty());
        let points: Vec<Value> = some.map(|point| buckets(attributes(point), &times, of(point))).collect();
        json!({ "name": name, "description": about, "unit": "s",
            "histogram": { "aggregationTemporality": DELTA, "dataPoints": points } })
    };
    let gauge = |(name, value): (&str, u64)| {
        json!({ "name": format!("tidemark.load.{name}"), "unit": "1",
            "gauge": { "dataPoints": [number(Vec::new(), &times, value)] } })
    };
    let mut metrics = vec![
        json!({ "name": "tidemark.requests", "description": "Requests that finished.", "unit": "{request}",
            "sum": { "aggregationTemporality": DELTA, "isMonotonic": true, "dataPoints": requests } }),
        histogram("tidemark.response_time", "From when a request was due to its end.", |point| &point.response),
        histogram("tidemark.service_time", "From when a request was sent to its end.", |point| &point.service),
    ];
    metrics.extend(load(snapshot).map(gauge));
    let resource = [("service.name", "tidemark"), ("tidemark.test", &run.title), ("tidemark.target", &run.target)];
    let resource: Vec<Value> = resource.map(|(name, value)| attribute(name, value)).to_vec();
    json!({ "resourceMetrics": [{
        "resource": { "attributes": resource },
        "scopeMetrics": [{ "scope": { "name": "tidemark", "version": run.made_by }, "metrics": metrics }],
    }] })
    .to_string()
}

fn attributes(point: &Point) -> Vec<Value> {
    vec![attribute("name", point.name.as_deref().unwrap_or_default()), attribute("of", point.of.word())]
}

fn attribute(name: &str, value: &str) -> Value {
    json!({ "key": name, "value": { "stringValue": value } })
}

/// A data point with a whole number, which is text in this encoding.
fn number(attributes: Vec<Value>, (begin, end): &(String, String), value: u64) -> Value {
    json!({ "attributes": attributes, "startTimeUnixNano": begin, "timeUnixNano": end, "asInt": value.to_string() })
}

/// A data point with a histogram; the last bucket has no upper end.
fn buckets(attributes: Vec<Value>, (begin, end): &(String, String), hist: &Hist) -> Value {
    let below = BOUNDS.map(|bound| hist.count_at_or_below((bound * 1e6).round() as u64));
    let ends = below.iter().copied().chain([hist.len()]);
    let counts: Vec<String> =
        ends.scan(0, |before, now| Some(now - std::mem::replace(before, now))).map(|count| count.to_string()).collect();
    let seconds = |us: u64| us as f64 / 1e6;
    json!({
        "attributes": attributes, "startTimeUnixNano": begin, "timeUnixNano": end,
        "count": hist.len().to_string(), "sum": seconds(hist.sum()),
        "min": hist.min().map(seconds), "max": hist.max().map(seconds),
        "explicitBounds": BOUNDS, "bucketCounts": counts,
    })
}
