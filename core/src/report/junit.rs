//! A result as JUnit XML, for build servers: each goal is a test, so is that the run came to its end, and so is each step that a
//! baseline has too. In the form that Jenkins, GitLab and GitHub's reporters read.
//!
//! Must not compute any number.

use std::fmt::Write;

use crate::report::html::markup::Esc;
use crate::report::text;
use crate::result::Opened;
use crate::result::compare::{Change, Comparison, StepChange, factor};
use crate::verdict::Ended;
use crate::verdict::goal::GoalOutcome;

/// One test.
struct Case {
    of: &'static str,
    name: String,
    came: Came,
}

/// How it came out, and why.
enum Came {
    Well,
    Badly(String),
    /// There is too little to say.
    Open(String),
}

/// A run, and what changed since a baseline where there is one.
pub fn report(opened: &Opened, baseline: Option<&Comparison>) -> String {
    let mut cases = vec![Case { of: "run", name: "The run came to its end".to_owned(), came: ended(opened) }];
    cases.extend(opened.verdict.goals.iter().map(goal));
    if let Some(comparison) = baseline {
        cases.extend(self::baseline(comparison));
    }
    let count = |which: fn(&Came) -> bool| cases.iter().filter(|case| which(&case.came)).count();
    let failed = count(|came| matches!(came, Came::Badly(_)));
    let skipped = count(|came| matches!(came, Came::Open(_)));
    let title = if opened.header.title.is_empty() { "Untitled" } else { &opened.header.title };
    let seconds = opened.summary.measured_seconds;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let counts = format!("tests=\"{}\" failures=\"{failed}\" errors=\"0\" skipped=\"{skipped}\"", cases.len());
    let _ = writeln!(out, "<testsuites name=\"Tidemark\" {counts} time=\"{seconds:.3}\">");
    let _ = write!(out, "  <testsuite name=\"{}\" {counts} time=\"{seconds:.3}\"", Esc(title));
    if !opened.header.started_at.is_empty() {
        let _ = write!(out, " timestamp=\"{}\"", Esc(&opened.header.started_at));
    }
    out.push_str(">\n");
    cases.iter().for_each(|one| case(&mut out, title, one));
    let _ = writeln!(out, "    <system-out>{}</system-out>", Esc(text::report(opened)));
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

fn case(out: &mut String, title: &str, Case { of, name, came }: &Case) {
    let _ = write!(out, "    <testcase classname=\"{}.{of}\" name=\"{}\"", Esc(title), Esc(name));
    match came {
        Came::Well => out.push_str("/>\n"),
        Came::Badly(why) => {
            let why = Esc(why);
            let _ = writeln!(out, ">\n      <failure message=\"{why}\" type=\"{of}\">{why}</failure>\n    </testcase>");
        }
        Came::Open(why) => {
            let _ = writeln!(out, ">\n      <skipped message=\"{}\"/>\n    </testcase>", Esc(why));
        }
    }
}

/// Whether the load was made as planned.
fn ended(opened: &Opened) -> Came {
    match opened.ending.as_ref().map(|ending| &ending.ended) {
        Some(Ended::Finished) => Came::Well,
        Some(Ended::Stopped | Ended::Killed) => Came::Badly("It was stopped.".to_owned()),
        Some(Ended::StopRule(rule)) => Came::Badly(format!("It stopped early: {rule}.")),
        Some(Ended::Step(why) | Ended::Broken(why)) => Came::Badly(why.clone()),
        None => Came::Badly("The file breaks off.".to_owned()),
    }
}

fn goal(GoalOutcome { goal, got, met, .. }: &GoalOutcome) -> Case {
    let got = got.map_or_else(|| "too few answers to say".to_owned(), |got| format!("got {}", goal.value(got)));
    let came = match met {
        Some(true) => Came::Well,
        Some(false) => Came::Badly(format!("{}: {got}", goal.text)),
        None => Came::Open(got),
    };
    Case { of: "goals", name: goal.text.clone(), came }
}

/// Each step that both have, and all requests.
fn baseline(comparison: &Comparison) -> Vec<Case> {
    let said = comparison.sentences.first().cloned().unwrap_or_default();
    let all = match () {
        () if comparison.steps.is_empty() => Came::Badly(said),
        () if comparison.figures.iter().any(|figure| figure.change == Change::Worse) => Came::Badly(said),
        () => Came::Well,
    };
    let first = Case { of: "baseline", name: "All requests: no worse than the baseline".to_owned(), came: all };
    std::iter::once(first).chain(comparison.steps.iter().map(step)).collect()
}

fn step(step: &StepChange) -> Case {
    let told = step.telling().map(|figure| {
        let shown = |value| figure.quantity.shown(value);
        let (what, change) = (figure.quantity.name(), factor(figure));
        format!("{what}: {} before, {} now ({change})", shown(figure.a), shown(figure.b))
    });
    let told = told.unwrap_or_default();
    let came = match step.change() {
        Change::Worse => Came::Badly(told),
        Change::CantTell => Came::Open(told),
        Change::Better | Change::More | Change::Less | Change::Same => Came::Well,
    };
    Case { of: "baseline", name: format!("{}: no worse than the baseline", step.label), came }
}

#[cfg(test)]
mod tests;
