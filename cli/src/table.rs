//! Goals, numbers and failures of a result as text.

use tidemark_core::result::Opened;
use tidemark_core::stats::NameKind;
use tidemark_core::stats::summary::{Latencies, RowSummary};
use tidemark_core::units::{grouped, plain_bytes, table_ms};
use tidemark_core::verdict::{Verdict, words};

use crate::show::Paint;

/// What became of each goal.
pub fn goals(verdict: &Verdict, paint: Paint) -> String {
    if verdict.goals.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", paint.bold("Goals"));
    for outcome in &verdict.goals {
        let got =
            outcome.got.map_or("too few answers to say".to_owned(), |got| format!("got {}", outcome.goal.value(got)));
        let mark = match outcome.met {
            Some(true) => paint.green("✓"),
            Some(false) => paint.red("✗"),
            None => paint.bold("?"),
        };
        out.push_str(&format!("  {mark} {} ({got})\n", outcome.goal.text));
    }
    out
}

const HEADINGS: [&str; 14] =
    ["", "requests", "failed", "min", "mean", "p50", "p75", "p90", "p95", "p99", "p99.9", "max", "per s", "bytes in"];

/// The numbers by name; response times in milliseconds.
pub fn numbers(result: &Opened, paint: Paint) -> String {
    let summary = &result.summary;
    let mut rows: Vec<[String; 14]> = vec![HEADINGS.map(str::to_owned)];
    for of in [NameKind::Request, NameKind::Group, NameKind::Task] {
        rows.extend(summary.rows.iter().filter(|row| row.of == of).map(|row| cells(&label(row), row, &row.response)));
    }
    rows.push(cells("All requests", &summary.all, &summary.all.response));
    if summary.all.response != summary.all.service {
        rows.push(cells("  from when sent", &summary.all, &summary.all.service));
    }
    let mut widths = [0; 14];
    for row in &rows {
        widths.iter_mut().zip(row).for_each(|(width, cell)| *width = (*width).max(cell.chars().count()));
    }
    let mut out = format!("\n{}\n", paint.bold("Response times in ms, from when a request was due"));
    for row in &rows {
        let mut line = format!("  {}{}", row[0], " ".repeat(widths[0] - row[0].chars().count()));
        for (cell, width) in row.iter().zip(widths).skip(1) {
            line.push_str(&format!("  {}{cell}", " ".repeat(width - cell.chars().count())));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn label(row: &RowSummary) -> String {
    match row.of {
        NameKind::Request => row.label.clone(),
        NameKind::Group => format!("{} (group)", row.label),
        NameKind::Task => format!("{} (task)", row.label),
    }
}

fn cells(label: &str, row: &RowSummary, times: &Latencies) -> [String; 14] {
    let time = |us: Option<u64>| us.map_or("–".to_owned(), table_ms);
    [
        label.to_owned(),
        grouped(row.count),
        grouped(row.failed),
        time(times.min_us),
        time(times.mean_us.map(|us| us.round() as u64)),
        time(times.p50_us),
        time(times.p75_us),
        time(times.p90_us),
        time(times.p95_us),
        time(times.p99_us),
        time(times.p999_us),
        time(times.max_us),
        row.per_second.map_or("–".to_owned(), |rate| format!("{rate:.1}")),
        plain_bytes(row.bytes_in),
    ]
}

/// What went wrong, most frequent first.
pub fn failures(result: &Opened, paint: Paint) -> String {
    let groups = &result.summary.failures;
    if groups.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", paint.bold("Failures"));
    for group in groups.iter().take(20) {
        let failure = &group.failure;
        let name = result.header.names.get(failure.name.at()).map_or("", |name| name.label.as_str());
        let what = words::failure(failure.kind, &failure.detail);
        let from = words::clock(group.first_second);
        out.push_str(&format!("  {}× {name}: {what}, first at {from}\n", grouped(failure.count)));
    }
    if groups.len() > 20 {
        out.push_str(&format!("  and {} more kinds\n", groups.len() - 20));
    }
    out
}
