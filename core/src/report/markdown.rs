//! A result as Markdown, short enough for a comment on a change: the verdict, its goals, each step, what failed most, and what
//! changed since a baseline. In GitHub's flavour, which GitLab reads too.
//!
//! Must not compute any number.

use std::fmt::{self, Display, Write};

use super::text::compared::{TREND, cells};
use crate::result::compare::{Comparison, Figure, Trend, factor};
use crate::result::{Opened, PRACTICE};
use crate::stats::NameKind;
use crate::stats::summary::{Latencies, RowSummary, Summary};
use crate::units::{grouped, one_in, plain_date, plain_time};
use crate::verdict::goal::{GoalOutcome, digits};
use crate::verdict::{State, words};

/// The most steps, and the most groups of failures, that are shown: comments have a limit.
const STEPS: usize = 40;
const FAILURES: usize = 5;

/// A run, and what changed since a baseline where there is one.
pub fn report(opened: &Opened, baseline: Option<&Comparison>) -> String {
    let (header, verdict, summary) = (&opened.header, &opened.verdict, &opened.summary);
    let mut out = String::new();
    let title = if header.title.is_empty() { "Untitled" } else { &header.title };
    let (first, rest) = verdict.sentences.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
    put(&mut out, format_args!("### {} {}: {}\n", mark(verdict.state), Text(title), Text(first)));
    if header.practice {
        put(&mut out, format_args!("**{PRACTICE}.**\n"));
    }
    rest.iter().for_each(|sentence| put(&mut out, format_args!("{}\n", Text(sentence))));
    let notes = verdict.caveats.iter().chain(&opened.notes);
    notes.for_each(|note| put(&mut out, format_args!("> {}\n", Text(note))));
    goals(&mut out, &verdict.goals);
    steps(&mut out, summary);
    failures(&mut out, summary);
    if let Some(comparison) = baseline {
        put(&mut out, format_args!("#### Compared with the baseline\n"));
        out.push_str(&self::comparison(comparison));
    }
    let when =
        plain_date(&header.started_at, 0).map_or_else(|| header.started_at.clone(), |when| format!("{when} UTC"));
    let about = [&header.target, &when].into_iter().filter(|text| !text.is_empty());
    let about: Vec<String> = about.map(|text| Text(text).to_string()).collect();
    put(&mut out, format_args!("<sub>{}</sub>\n", about.join(" · ")));
    out
}

/// What changed between two runs.
pub fn comparison(comparison: &Comparison) -> String {
    let mut out = String::new();
    for (at, sentence) in comparison.sentences.iter().enumerate() {
        match at {
            0 => put(&mut out, format_args!("**{}**\n", Text(sentence))),
            _ => put(&mut out, format_args!("{}\n", Text(sentence))),
        }
    }
    if !comparison.differences.is_empty() {
        let texts: Vec<String> = comparison.differences.iter().map(|one| Text(&one.text).to_string()).collect();
        put(&mut out, format_args!("> Not a like-for-like comparison: {}.\n", texts.join(", ")));
    }
    if comparison.steps.is_empty() {
        return out;
    }
    out.push_str("| Step | By | Before | Now | Change | |\n| --- | --- | ---: | ---: | ---: | --- |\n");
    for step in comparison.steps.iter().take(STEPS) {
        if let Some(figure) = step.telling() {
            change(&mut out, &step.label, figure);
        }
    }
    comparison.figures.iter().for_each(|figure| change(&mut out, "All requests", figure));
    rest(&mut out, comparison.steps.len(), STEPS, "steps");
    for (names, word) in [(&comparison.added, "New"), (&comparison.removed, "Gone")] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| Text(name).to_string()).collect();
            put(&mut out, format_args!("{word}: {}.\n", names.join(", ")));
        }
    }
    out
}

/// Several runs, oldest first.
pub fn trend(trend: &Trend) -> String {
    let mut out = String::new();
    for (at, sentence) in trend.sentences.iter().enumerate() {
        match at {
            0 => put(&mut out, format_args!("**{}**\n", Text(sentence))),
            _ => put(&mut out, format_args!("{}\n", Text(sentence))),
        }
    }
    let _ = writeln!(out, "| | | {} |", TREND.join(" | "));
    let _ = writeln!(out, "| ---: | --- |{}", " ---: |".repeat(TREND.len()));
    for (at, run) in trend.runs.iter().enumerate() {
        let cells = cells(run).join(" | ");
        let _ = writeln!(out, "| {} | {} {} | {cells} |", at + 1, run.state.mark(), Text(&run.when()));
    }
    out
}

/// A row of the table of changes.
fn change(out: &mut String, name: &str, figure: &Figure) {
    let shown = |value| figure.quantity.shown(value);
    let (by, worth) = (figure.quantity.name(), figure.change.marked());
    let (before, now, change) = (shown(figure.a), shown(figure.b), factor(figure));
    let _ = writeln!(out, "| {} | {by} | {before} | {now} | {change} | {worth} |", Text(name));
}

fn goals(out: &mut String, goals: &[GoalOutcome]) {
    if goals.is_empty() {
        return;
    }
    out.push_str("| | Goal | Got |\n| --- | --- | ---: |\n");
    for GoalOutcome { goal, got, met, .. } in goals {
        let mark = match met {
            Some(true) => "✅",
            Some(false) => "❌",
            None => "❔",
        };
        let got = got.map_or_else(|| "too few to say".to_owned(), |got| goal.value(got));
        let _ = writeln!(out, "| {mark} | {} | {got} |", Text(&goal.text));
    }
    out.push('\n');
}

/// Each step, all requests last.
fn steps(out: &mut String, summary: &Summary) {
    let rows: Vec<&RowSummary> = summary.rows.iter().filter(|row| row.of == NameKind::Request).collect();
    if rows.is_empty() {
        return;
    }
    out.push_str(
        "| Step | Requests | Per second | Failed | Typical | 95 of 100 | 99 of 100 |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    rows.iter().take(STEPS).for_each(|row| step(out, &row.label, row));
    step(out, "All requests", &summary.all);
    rest(out, rows.len(), STEPS, "steps");
}

fn step(out: &mut String, name: &str, row: &RowSummary) {
    let time = |us: Option<u64>| us.map_or_else(|| "–".to_owned(), plain_time);
    let Latencies { p50_us, p95_us, p99_us, .. } = row.response;
    let [typical, p95, p99] = [p50_us, p95_us, p99_us].map(time);
    let rate = row.per_second.map_or_else(|| "–".to_owned(), digits);
    let failed = if row.failed == 0 { "0".to_owned() } else { one_in(row.failed, row.count) };
    let count = grouped(row.count);
    let _ = writeln!(out, "| {} | {count} | {rate} | {failed} | {typical} | {p95} | {p99} |", Text(name));
}

/// Says how many rows were left out, and ends the table.
fn rest(out: &mut String, all: usize, shown: usize, what: &str) {
    out.push('\n');
    if all > shown {
        put(out, format_args!("… and {} more {what}.\n", all - shown));
    }
}

fn failures(out: &mut String, summary: &Summary) {
    for group in summary.failures.iter().take(FAILURES) {
        let failure = &group.failure;
        let what = words::failure(failure.kind, &failure.detail);
        let _ = writeln!(out, "- {}× {}: {}", grouped(failure.count), Text(&group.label), Text(&what));
    }
    if !summary.failures.is_empty() {
        rest(out, summary.failures.len(), FAILURES, "kinds of failure");
    }
}

/// The sign of a state, told apart without its colour.
fn mark(state: State) -> &'static str {
    match state {
        State::HeldUp => "✅",
        State::HeldUpWithWarnings => "⚠️",
        State::DidNotHoldUp => "❌",
        State::CantTell => "❔",
    }
}

/// A paragraph.
fn put(out: &mut String, text: fmt::Arguments) {
    let _ = writeln!(out, "{text}");
}

/// A text in which nothing is markup, in one line: names in a result may be anybody's.
struct Text<'a>(&'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                // Nobody is called by a name in a result.
                '@' => f.write_str("&#64;")?,
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => write!(f, "\\{letter}")?,
                letter if letter.is_control() => f.write_char(' ')?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
