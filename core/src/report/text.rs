//! A result as plain text, 120 columns wide: verdict, goals, a row for each name, failures, and the state of this
//! computer.
//!
//! Must not compute any number.

pub(super) mod compared;

pub use compared::{comparison, trend};

use std::fmt::Write;

use crate::limit::Limit;
use crate::report::columns::{Line, PAGE, lay_out};
use crate::result::{Opened, PRACTICE};
use crate::stats::NameKind;
use crate::stats::snapshot::{ArrivalClock, Phases, Strain};
use crate::stats::summary::{Apart, Latencies, RowSummary, Summary};
use crate::units::{grouped, one_in, plain_bytes, plain_length, plain_span, table_ms};
use crate::verdict::goal::{GoalOutcome, digits};
use crate::verdict::{Verdict, words};
use crate::watch::{self, Extent, Watched};

/// The column that is left out first where there is too little room.
const SENT: &str = "sent";

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
    if header.practice {
        line(&mut out, &format!("{PRACTICE}."));
    }
    opened.notes.iter().for_each(|note| line(&mut out, note));
    line(&mut out, "");
    out.push_str(&body(&opened.summary, &opened.verdict));
    out.push_str(&rest(opened));
    out
}

/// What only a whole result tells: how the target scales, and what it said of itself.
pub fn rest(opened: &Opened) -> String {
    let mut out = scaling(opened);
    watched(&mut out, &opened.watched);
    out
}

/// How the target scales: what is known of it, or why nothing is.
fn scaling(opened: &Opened) -> String {
    let scaling = crate::scaling::scaling(&opened.timeline);
    if opened.summary.all.count == 0 {
        return String::new();
    }
    let mut out = String::from("\n");
    if scaling.is_curve() {
        let head = ["seconds", "good/s", "mean", "p50", "p95", "failed"];
        let lines = scaling.levels.iter().map(|level| Line {
            name: scaling.along.load(level.load),
            suffix: "",
            figures: vec![
                digits(level.seconds.round()),
                digits(level.per_second),
                mean(Some(level.mean_us)),
                ms(&level.p50_us),
                ms(&level.p95_us),
                format!("{} %", digits(level.failed * 100.0)),
            ],
        });
        put(&mut out, "Scaling: what went well, by load; times in ms", &head, lines.collect());
    }
    scaling.sentences().iter().for_each(|sentence| wrapped(&mut out, ' ', sentence));
    out
}

/// What the target said of itself.
fn watched(out: &mut String, watched: &Watched) {
    let lines = watched.tracks.iter().filter_map(|track| {
        let Extent { least, mean, most, last } = track.extent()?;
        let figures = [least, mean, most, last].map(|one| watch::value(one, track.unit));
        Some(Line { name: watched.title(track), suffix: "", figures: figures.to_vec() })
    });
    let lines: Vec<_> = lines.collect();
    if !lines.is_empty() {
        line(out, "");
        put(out, "What the target said of itself", &["least", "mean", "most", "at the end"], lines);
    }
}

/// The steps on the way to the limit.
fn way(out: &mut String, limit: &Limit) {
    let (columns, rows) = limit.table();
    let lines = rows.into_iter().map(|mut cells| {
        let name = cells.drain(..2).collect::<Vec<_>>().join(": ");
        Line { name, suffix: "", figures: cells }
    });
    line(out, "");
    put(out, "The way to the limit", &columns[2..], lines.collect());
}

/// Verdict, goals and tables of a run that need not be in a file.
pub fn body(summary: &Summary, verdict: &Verdict) -> String {
    let mut out = self::verdict(verdict);
    verdict.limit.iter().for_each(|limit| way(&mut out, limit));
    line(&mut out, "");
    let after = if summary.warm_up_seconds > 0 { ", after the warm-up" } else { "" };
    let title = format!("Response times in ms, from when a request was due{after}");
    table(&mut out, &title, summary, |row| &row.response, Columns::All);
    service_times(&mut out, summary);
    failed_times(&mut out, summary);
    phases(&mut out, summary);
    failures(&mut out, summary);
    line(&mut out, "");
    line(&mut out, &people(summary));
    line(&mut out, &health(summary));
    if summary.clock.is_some() {
        line(&mut out, clock(summary));
    }
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

/// The same for service times, where they are not those of the table above.
fn service_times(out: &mut String, summary: &Summary) {
    if summary.rows.iter().all(|row| row.response == row.service) {
        return;
    }
    if summary.rows.iter().all(about_the_same) {
        line(out, "Service times, from when it was sent, are the same within 5 % or 1 ms, the slowest one aside.");
        return;
    }
    line(out, "");
    table(out, "Service times in ms, from when it was sent", summary, |row| &row.service, Columns::TimesOnly);
}

/// Whether response and service times are so close that a second table would say nothing.
pub(super) fn about_the_same(row: &RowSummary) -> bool {
    let figures = |times: &Latencies| {
        let Latencies { min_us, mean_us, p50_us, p75_us, p90_us, p95_us, p99_us, p999_us, .. } = times;
        let mean = mean_us.map(|us| us as u64);
        [*min_us, mean, *p50_us, *p75_us, *p90_us, *p95_us, *p99_us, *p999_us]
    };
    let near = |(response, service): (Option<u64>, Option<u64>)| match (response, service) {
        (Some(response), Some(service)) => response.abs_diff(service) <= (response / 20).max(1_000),
        (response, service) => response == service,
    };
    figures(&row.response).into_iter().zip(figures(&row.service)).all(near)
}

/// Which columns a table has besides times.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Columns {
    All,
    TimesOnly,
}

/// A table of every name, all requests last.
fn table(out: &mut String, title: &str, summary: &Summary, times: fn(&RowSummary) -> &Latencies, columns: Columns) {
    let mut head = vec!["count", "failed", "min", "mean", "p50", "p75", "p90", "p95", "p99", "p99.9", "max"];
    if columns == Columns::All {
        head.extend(["req/s", SENT, "received"]);
    }
    let all =
        if summary.rows.len() == 1 && summary.rows[0].of == NameKind::Request { None } else { Some(&summary.all) };
    let lines = summary.rows.iter().chain(all).map(|row| {
        let Latencies { min_us, mean_us, p50_us, p75_us, p90_us, p95_us, p99_us, p999_us, max_us, .. } = times(row);
        let mut figures = vec![count(row.count), count(row.failed), ms(min_us), mean(*mean_us)];
        figures.extend([p50_us, p75_us, p90_us, p95_us, p99_us, p999_us, max_us].map(ms));
        if columns == Columns::All {
            let rate = row.per_second.map_or_else(|| "–".to_owned(), digits);
            figures.push(rate);
            // The bytes of a task or group are those of its requests, and stand there.
            let bytes = |bytes| if row.of == NameKind::Request { plain_bytes(bytes) } else { String::new() };
            figures.extend([bytes(row.bytes_out), bytes(row.bytes_in)]);
        }
        named(row, figures)
    });
    put(out, title, &head, lines.collect());
}

/// How long failed requests took, and below it those that went well; nothing where no failure has a time.
fn failed_times(out: &mut String, summary: &Summary) {
    let requests = summary.rows.iter().filter(|row| row.of == NameKind::Request);
    let mut lines: Vec<_> = requests.filter_map(failed_lines).collect();
    if lines.is_empty() {
        return;
    }
    if lines.len() > 1 {
        lines.extend(failed_lines(&summary.all));
    }
    line(out, "");
    let head = ["count", "min", "mean", "p50", "p95", "p99", "max"];
    put(out, "Failed requests: time until they failed, in ms", &head, lines.into_iter().flatten().collect());
}

/// One name in the table of failed requests.
fn failed_lines(row: &RowSummary) -> Option<Vec<Line>> {
    let Apart { ok_response: ok, failed_response: failed, .. } = row.apart.as_deref()?;
    let figures = |times: &Latencies| {
        let Latencies { min_us, mean_us, p50_us, p95_us, p99_us, max_us, .. } = times;
        vec![count(times.count), ms(min_us), mean(*mean_us), ms(p50_us), ms(p95_us), ms(p99_us), ms(max_us)]
    };
    let mut lines = vec![named(row, figures(failed))];
    if ok.count > 0 {
        lines.push(Line { name: "  without them".to_owned(), suffix: "", figures: figures(ok) });
    }
    Some(lines)
}

/// The phases of all requests, those that happened.
fn phases(out: &mut String, summary: &Summary) {
    let Phases { connect, tls, first_byte, body } = &summary.all.phases;
    let all = [("connect", connect), ("TLS", tls), ("first byte", first_byte), ("body", body)];
    let lines = all.into_iter().filter(|(_, phase)| phase.max_us > 0).map(|(name, phase)| Line {
        name: name.to_owned(),
        suffix: "",
        figures: vec![count(phase.count), mean(phase.mean_us()), ms(&Some(phase.max_us))],
    });
    let lines: Vec<_> = lines.collect();
    if !lines.is_empty() {
        line(out, "");
        put(out, "Where the time went, all requests, in ms", &["count", "mean", "max"], lines);
    }
}

/// A title and a table.
fn put(out: &mut String, title: &str, head: &[&str], lines: Vec<Line>) {
    line(out, title);
    lay_out(head, lines, SENT).iter().for_each(|text| line(out, text));
}

/// A line of a table about `row`.
fn named(row: &RowSummary, figures: Vec<String>) -> Line {
    let suffix = match (row.name, row.of) {
        (None, _) | (_, NameKind::Request) => "",
        (_, NameKind::Group) => " (group)",
        (_, NameKind::Task) => " (task)",
    };
    Line { name: row.label.clone(), suffix, figures }
}

/// A time in milliseconds, from 100 s on in seconds; a dash where there is none.
fn ms(us: &Option<u64>) -> String {
    match us {
        None => "–".to_owned(),
        Some(us) if *us < 99_999_500 => table_ms(*us),
        Some(us) => format!("{} s", us / 1_000_000),
    }
}

/// A mean, as [`ms`].
fn mean(us: Option<f64>) -> String {
    ms(&us.map(|us| us.round() as u64))
}

/// A count; in millions where it would be too wide.
fn count(count: u64) -> String {
    if count < 10_000_000 { grouped(count) } else { format!("{} M", digits(count as f64 / 1e6)) }
}

/// What failed, most frequent first.
fn failures(out: &mut String, summary: &Summary) {
    if summary.failures.is_empty() {
        return;
    }
    line(out, "");
    line(out, &format!("Failures ({})", words::failures_in_all(summary)));
    for group in summary.failures.iter().take(GROUPS) {
        let failure = &group.failure;
        let label = &group.label;
        let what = words::failure(failure.kind, &failure.detail);
        let what = match what.char_indices().nth(90) {
            Some((end, _)) => format!("{}…", &what[..end]),
            None => what,
        };
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
pub(super) fn people(summary: &Summary) -> String {
    let peak = u64::from(summary.peak_people);
    let mut parts = match peak {
        1 => vec!["one person".to_owned()],
        _ => vec![format!("up to {} people at once", grouped(peak))],
    };
    // Where people stay, as many came as there are: nothing to tell.
    if summary.started > peak {
        parts.push(format!("{} came in all", grouped(summary.started)));
    }
    if summary.late > 0 {
        parts.push(format!("{} came late", grouped(summary.late)));
    }
    if summary.dropped > 0 {
        parts.push(format!("{} could not start", grouped(summary.dropped)));
    }
    let length = plain_span((summary.measured_seconds * 1e6).round() as u64);
    let mut text = format!("Measured for {length}");
    if summary.warm_up_seconds > 0 {
        let _ = write!(text, " after {} of warm-up", plain_length(summary.warm_up_seconds));
    }
    for (at, part) in parts.iter().enumerate() {
        text.push_str(if at == 0 { ": " } else { ", " });
        text.push_str(part);
    }
    text.push('.');
    text
}

/// How the computer that made the load was doing.
pub(super) fn health(summary: &Summary) -> String {
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

/// By which clock answers were timed; empty where that isn't known.
pub(super) fn clock(summary: &Summary) -> &'static str {
    summary.clock.map_or("", ArrivalClock::sentence)
}

/// What a reader must know to trust the numbers.
fn footnotes(out: &mut String, summary: &Summary) {
    let some =
        |rows: &dyn Fn(&Latencies) -> bool| summary.rows.iter().chain([&summary.all]).any(|row| rows(&row.response));
    let few_failed = |row: &RowSummary| row.apart.as_ref().is_some_and(|apart| apart.failed_response.p99_us.is_none());
    if some(&|times| times.p999_us.is_none()) || summary.rows.iter().any(few_failed) {
        line(out, "–  too few answers to say: p95 needs 60, p99 300, p99.9 3,000.");
    }
    if some(&|times| times.count == 0) || summary.all.response.count < summary.all.count {
        line(
            out,
            "Requests without any answer are counted as failed, but have no time; time-outs have the time waited.",
        );
    }
    if summary.given_back > 0 {
        let count = grouped(summary.given_back);
        line(out, &format!("{count} connections were given back in pauses and opened anew after them."));
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
        if width > 2 && width + word.chars().count() >= PAGE {
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
