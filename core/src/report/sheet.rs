//! A result as tables for spreadsheets (CSV, RFC 4180): what happened second by second, each step over the whole run, and what
//! the target said of itself. Times are in milliseconds; a cell without a number is one that is not known, never a zero.
//!
//! Must not compute any number but percentiles of the interval that a line is about, from its histogram.

use crate::result::Opened;
use crate::stats::NameKind;
use crate::stats::hist::Hist;
use crate::stats::interval::{Interval, PackedRow};
use crate::stats::summary::{Latencies, RowSummary, enough};

/// Columns of [`seconds`].
const SECONDS: [&str; 24] = [
    "second",
    "seconds",
    "measured_s",
    "warm_up",
    "name",
    "of",
    "people_planned",
    "people",
    "started",
    "late",
    "dropped",
    "finished",
    "failed",
    "cut",
    "bytes_out",
    "bytes_in",
    "response_p50_ms",
    "response_p95_ms",
    "response_p99_ms",
    "response_max_ms",
    "service_p50_ms",
    "service_p95_ms",
    "suspect",
    "cpu_share",
];

/// Columns of [`steps`] before the times.
const STEPS: [&str; 10] =
    ["name", "of", "count", "failed", "failed_share", "cut", "per_second", "bytes_out", "bytes_in", "measured_s"];

/// What is told of a latency in [`steps`].
const TIMES: [&str; 9] = ["min_ms", "mean_ms", "p50_ms", "p75_ms", "p90_ms", "p95_ms", "p99_ms", "p99_9_ms", "max_ms"];

/// Columns of [`watched`].
const WATCHED: [&str; 6] = ["second", "seconds", "source", "series", "unit", "value"];

/// What all requests together are called.
const ALL: &str = "All requests";

/// A line for each interval and each name that had traffic in it, and one for all requests together. `second` counts
/// from 0; `seconds` is more than 1 where a long run was stored in coarser intervals. What stands on the line of all
/// requests alone (`started`, `late`, `dropped`, `suspect`, `cpu_share`) is about the whole interval.
pub fn seconds(opened: &Opened) -> String {
    let names = opened.timeline.names();
    let mut lines = vec![SECONDS.map(str::to_owned).to_vec()];
    for interval in opened.timeline.intervals() {
        for (id, row) in &interval.rows {
            if let Some(name) = names.get(id.at()) {
                lines.push(second(interval, (&name.label, name.of), row, false));
            }
        }
        lines.push(second(interval, (ALL, NameKind::Request), &interval.all(names), true));
    }
    table(&lines)
}

fn second(interval: &Interval, (name, of): (&str, NameKind), row: &PackedRow, whole: bool) -> Vec<String> {
    let only_whole = |text: String| if whole { text } else { String::new() };
    let full = row.to_row();
    let (response, service) = (full.response.all(), full.service.all());
    let at = |hist: &Hist, percentile| ms(enough(hist, percentile));
    vec![
        interval.from.to_string(),
        interval.seconds.to_string(),
        decimals(interval.length_us as f64 / 1e6),
        u8::from(interval.warm_up).to_string(),
        cell(name),
        of.word().to_owned(),
        interval.people.planned.to_string(),
        interval.people.active.to_string(),
        only_whole(interval.started.to_string()),
        only_whole(interval.late.to_string()),
        only_whole(interval.dropped.to_string()),
        row.finished().to_string(),
        row.failed.total().to_string(),
        row.cut.to_string(),
        row.bytes_out.to_string(),
        row.bytes_in.to_string(),
        at(&response, 50.0),
        at(&response, 95.0),
        at(&response, 99.0),
        ms(response.max()),
        at(&service, 50.0),
        at(&service, 95.0),
        only_whole(interval.suspect.to_string()),
        only_whole(interval.health.cpu_share.map(decimals).unwrap_or_default()),
    ]
}

/// A line for each name, and one for all requests, without the warm-up.
pub fn steps(opened: &Opened) -> String {
    let mut head = STEPS.map(str::to_owned).to_vec();
    head.extend(["response", "service"].iter().flat_map(|what| TIMES.map(|time| format!("{what}_{time}"))));
    let rows = opened.summary.rows.iter().map(|row| (row.label.as_str(), row)).chain([(ALL, &opened.summary.all)]);
    let mut lines = vec![head];
    lines.extend(rows.map(|(name, row)| step(name, row, opened.summary.measured_seconds)));
    table(&lines)
}

/// A line for each value of each series, in order of time within a series. `seconds` is how many a value stands for; a gap has
/// no line.
pub fn watched(opened: &Opened) -> String {
    let mut lines = vec![WATCHED.map(str::to_owned).to_vec()];
    for track in &opened.watched.tracks {
        let source = cell(opened.watched.source(track));
        let (series, unit, seconds) = (cell(&track.name), track.unit.word().to_owned(), track.step.to_string());
        lines.extend(track.points.iter().map(|(second, value)| {
            // As it stands in the result, to its last digit.
            let [second, value] = [second.to_string(), value.to_string()];
            vec![second, seconds.clone(), source.clone(), series.clone(), unit.clone(), value]
        }));
    }
    table(&lines)
}

fn step(name: &str, row: &RowSummary, measured: f64) -> Vec<String> {
    let share = (row.count > 0).then(|| row.failed as f64 / row.count as f64);
    let mut cells = vec![
        cell(name),
        row.of.word().to_owned(),
        row.count.to_string(),
        row.failed.to_string(),
        share.map(decimals).unwrap_or_default(),
        row.cut.to_string(),
        row.per_second.map(decimals).unwrap_or_default(),
        row.bytes_out.to_string(),
        row.bytes_in.to_string(),
        decimals(measured),
    ];
    cells.extend(times(&row.response));
    cells.extend(times(&row.service));
    cells
}

/// In the order of [`TIMES`].
fn times(times: &Latencies) -> [String; 9] {
    let Latencies { min_us, mean_us, p50_us, p75_us, p90_us, p95_us, p99_us, p999_us, max_us, .. } = *times;
    let mean = mean_us.map(|us| us.round() as u64);
    [min_us, mean, p50_us, p75_us, p90_us, p95_us, p99_us, p999_us, max_us].map(ms)
}

/// A time in milliseconds to the microsecond; empty where there is none.
fn ms(us: Option<u64>) -> String {
    us.map(|us| decimals(us as f64 / 1e3)).unwrap_or_default()
}

/// Six digits behind the point at most, none that say nothing.
fn decimals(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A name that no spreadsheet takes for a formula.
fn cell(name: &str) -> String {
    let formula = name.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{name}") } else { name.to_owned() }
}

fn table(lines: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Nothing fails that is written to memory.
    lines.iter().for_each(|line| drop(writer.write_record(line)));
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
