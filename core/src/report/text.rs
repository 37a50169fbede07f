//! A result as plain text, 120 columns wide: verdict, goals, a row for each name, failures, and the state of this
//! computer.
//!
//! Must not compute any number.

use std::fmt::Write;

use crate::result::Opened;
use crate::stats::NameKind;
use crate::stats::snapshot::Strain;
use crate::stats::summary::{Latencies, RowSummary, Summary};
use crate::units::{grouped, one_in, plain_bytes, plain_time, table_ms};
use crate::verdict::goal::{GoalOutcome, digits};
use crate::verdict::{Verdict, words};

/// The widest name in a table, in characters.
const NAME: usize = 20;

/// The most groups of failures that are listed.
const GROUPS: usize = 20;

/// What `tidemark report` prints.
pub fn report(opened: &Opened) -> String {
    let header = &opened.header;
    let mut out = String::new();
    let title = if header.title.is_empty() { "Untitled" } else { &header.title };
    let about = [header.target.as_str(), header.started_at.as_str()];
    let about: Vec<_> = std::iter::once(title).chain(about.into_iter().filter(|text| !text.is_empty())).collect();
    line(&mut out, &about.join(" · "));
    opened.notes.iter().for_each(|note| line(&mut out, note));
    line(&mut out, "");
    out.push_str(&body(&opened.summary, &opened.verdict));
    out
}

/// Verdict, goals and tables of a run that need not be in a file.
pub fn body(summary: &Summary, verdict: &Verdict) -> String {
    let mut out = self::verdict(verdict);
    line(&mut out, "");
    table(&mut out, "Response times in ms, from when a request was due", summary, |row| &row.response, Columns::All);
    if summary.rows.iter().any(|row| row.response != row.service) {
        line(&mut out, "");
        table(&mut out, "Service times in ms, from when it was sent", summary, |row| &row.service, Columns::TimesOnly);
    }
    failures(&mut out, summary);
    line(&mut out, "");
    line(&mut out, &people(summary));
    line(&mut out, &health(summary));
    footnotes(&mut out, summary);
    out
}

/// The verdict and its goals.
pub fn verdict(verdict: &Verdict) -> String {
    let mut out = String::new();
    for (at, sentence) in verdict.sentences.iter().enumerate() {
        let mark = if at == 0 { verdict.state.mark() } else { ' ' };
        wrapped(&mut out, mark, sentence);
    }
    verdict.caveats.iter().for_each(|caveat| wrapped(&mut out, ' ', &format!("Note: {caveat}")));
    if !verdict.goals.is_empty() {
        line(&mut out, "");
        line(&mut out, "Goals");
        verdict.goals.iter().for_each(|outcome| line(&mut out, &goal(outcome)));
    }
    out
}

/// One goal: `✓ 95 of 100 within 800 ms    got 310 ms`.
fn goal(GoalOutcome { goal, got, met, .. }: &GoalOutcome) -> String {
    let mark = match met {
        Some(true) => '✓',
        Some(false) => '✗',
        None => '?',
    };
    let got = got.map_or_else(|| "too few to say".to_owned(), |got| format!("got {}", goal.value(got)));
    let worst = if goal.over_last.is_some() && met.is_some() { " at worst" } else { "" };
    format!("  {mark} {:<50}  {got}{worst}", goal.text)
}

/// Which columns a table has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Columns {
    All,
    TimesOnly,
}

/// A table of every name, all requests last.
fn table(out: &mut String, title: &str, summary: &Summary, times: fn(&RowSummary) -> &Latencies, columns: Columns) {
    line(out, title);
    let mut head = cells(["min", "mean", "p50", "p75", "p90", "p95", "p99", "p99.9", "max"].map(str::to_owned));
    if columns == Columns::All {
        let _ = write!(head, "{:>8}{:>9}", "req/s", "received");
    }
    line(out, &format!("{:<NAME$}{:>11}{:>8}{head}", "", "count", "failed"));
    for row in summary.rows.iter().chain([&summary.all]) {
        let Latencies { min_us, mean_us, p50_us, p75_us, p90_us, p95_us, p99_us, p999_us, max_us, .. } = times(row);
        let ms = |us: &Option<u64>| us.map_or_else(|| "–".to_owned(), time);
        let mean = mean_us.map(|us| us.round() as u64);
        let times = [min_us, &mean, p50_us, p75_us, p90_us, p95_us, p99_us, p999_us, max_us].map(ms);
        let mut text = format!("{:<NAME$}{:>11}{:>8}", name(row), count(row.count, 11), count(row.failed, 8));
        text.push_str(&cells(times));
        if columns == Columns::All {
            let rate = row.per_second.map_or_else(|| "–".to_owned(), digits);
            let _ = write!(text, "{rate:>8}{:>9}", plain_bytes(row.bytes_in));
        }
        line(out, &text);
    }
}

/// A time in milliseconds; from 100 s on in seconds, so that it fits.
fn time(us: u64) -> String {
    if us < 99_999_500 { table_ms(us) } else { format!("{} s", us / 1_000_000) }
}

/// A count; in millions where it would not fit.
fn count(count: u64, width: usize) -> String {
    let exact = grouped(count);
    if exact.len() < width { exact } else { format!("{} M", digits(count as f64 / 1e6)) }
}

/// Times side by side.
fn cells(times: [String; 9]) -> String {
    times.iter().fold(String::new(), |mut out, time| {
        let _ = write!(out, "{time:>7}");
        out
    })
}

/// A name with what it stands for, cut to its column.
fn name(row: &RowSummary) -> String {
    let suffix = match (row.name, row.of) {
        (None, _) | (_, NameKind::Request) => "",
        (_, NameKind::Group) => " (group)",
        (_, NameKind::Task) => " (task)",
    };
    let room = NAME - 1 - suffix.chars().count();
    if row.label.chars().count() <= room {
        return format!("{}{suffix}", row.label);
    }
    let label: String = row.label.chars().take(room - 1).collect();
    format!("{label}…{suffix}")
}

/// What failed, most frequent first.
fn failures(out: &mut String, summary: &Summary) {
    if summary.failures.is_empty() {
        return;
    }
    let all: u64 = summary.failures.iter().map(|group| group.failure.count).sum();
    line(out, "");
    line(out, &format!("Failures ({}, {} different)", grouped(all), summary.failures.len()));
    for group in summary.failures.iter().take(GROUPS) {
        let failure = &group.failure;
        let row = summary.rows.iter().find(|row| row.name == Some(failure.name));
        let label = row.map_or("?", |row| row.label.as_str());
        let what: String = words::failure(failure.kind, &failure.detail).chars().take(70).collect();
        let (first, last) = (words::clock(group.first_second), words::clock(group.last_second));
        let when = if first == last { first } else { format!("{first}–{last}") };
        line(out, &format!("{:>9}× {label} · {what} · {when}", grouped(failure.count)));
    }
    let rest = summary.failures.len().saturating_sub(GROUPS);
    if rest > 0 {
        line(out, &format!("           and {rest} more kinds"));
    }
}

/// How many people there were, and what they started.
fn people(summary: &Summary) -> String {
    let mut text =
        format!("Up to {} people, {} started", grouped(summary.peak_people.into()), grouped(summary.started));
    if summary.late > 0 {
        let _ = write!(text, ", {} of them late", grouped(summary.late));
    }
    if summary.dropped > 0 {
        let _ = write!(text, ", {} could not start", grouped(summary.dropped));
    }
    let _ = write!(text, "; measured for {}", plain_time((summary.measured_seconds * 1e6).round() as u64));
    if summary.warm_up_seconds > 0 {
        let _ = write!(text, " after {} of warm-up", plain_time(u64::from(summary.warm_up_seconds) * 1_000_000));
    }
    text.push('.');
    text
}

/// How the computer that made the load was doing.
fn health(summary: &Summary) -> String {
    let (suspect, all) = (summary.suspect_seconds, summary.suspect_seconds + summary.healthy_seconds);
    match suspect {
        0 => "This computer: fine throughout.".to_owned(),
        _ => {
            let why: Vec<_> = summary.strains.iter().map(|strain| Strain::words(*strain)).collect();
            let because = if why.is_empty() { String::new() } else { format!(", because {}", why.join(", ")) };
            format!("This computer: at its limit in {suspect} of {all} seconds{because}.")
        }
    }
}

/// What a reader must know to trust the numbers.
fn footnotes(out: &mut String, summary: &Summary) {
    let some =
        |rows: &dyn Fn(&Latencies) -> bool| summary.rows.iter().chain([&summary.all]).any(|row| rows(&row.response));
    if some(&|times| times.p999_us.is_none()) {
        line(out, "–  too few answers to say: p95 needs 60, p99 300, p99.9 3,000.");
    }
    if some(&|times| times.count == 0) || summary.all.response.count < summary.all.count {
        line(
            out,
            "Requests without any answer are counted as failed, but have no time; time-outs have the time waited.",
        );
    }
    if summary.all.cut > 0 {
        let (cut, share) = (grouped(summary.all.cut), one_in(summary.all.cut, summary.all.cut + summary.all.count));
        line(out, &format!("{cut} requests ({share}) were under way when the run was ended; no number includes them."));
    }
}

/// Adds a text after a mark, broken between words so that it fits the page.
fn wrapped(out: &mut String, mark: char, text: &str) {
    let mut now = format!("{mark} ");
    for word in text.split_whitespace() {
        let width = now.chars().count();
        if width > 2 && width + word.chars().count() > 119 {
            line(out, &now);
            now = "    ".to_owned();
        }
        now.push_str(word);
        now.push(' ');
    }
    line(out, &now);
}

/// Adds a line without blanks at its end.
fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}

#[cfg(test)]
mod tests;
