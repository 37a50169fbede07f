//! `tidemark check`: what is wrong with a scenario, where, and how to mend it.

use serde_json::json;
use tidemark_core::locate::locate_all;
use tidemark_core::problem::{Place, Problem, Severity};
use tidemark_host::inputs::{self, Opened, Secrets};
use tidemark_host::{Code, Failure};

use crate::args::CheckArgs;
use crate::exit::Exit;
use crate::schema;
use crate::settings;
use crate::show::{self, Paint};

/// Checks a scenario.
pub fn check(args: &CheckArgs) -> Result<Exit, Failure> {
    let opened = match inputs::open(&args.file, &settings::overrides(&args.overrides)) {
        Ok(opened) => opened,
        Err(failure) if failure.code == Code::Unreadable => return unreadable(args, &failure),
        Err(failure) => return Err(failure),
    };
    let problems = opened.problems(Secrets::LaterOn);
    let count = |severity: Severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings, tips) = (count(Severity::Stop), count(Severity::Warn), count(Severity::Tip));
    if args.json {
        let rows: Vec<_> = places(&opened, &problems).zip(&problems).map(|(at, problem)| row(at, problem)).collect();
        let file = &opened.shown;
        show::print(&schema::json(&json!({
            "file": file, "errors": errors, "warnings": warnings, "tips": tips, "problems": rows,
        })))?;
    } else {
        let counts = [(errors, "error"), (warnings, "warning"), (tips, "tip")];
        let counts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(n, what)| counted(*n, what)).collect();
        let sum = if counts.is_empty() { "No problems.".to_owned() } else { format!("{}.", counts.join(", ")) };
        show::print(&format!("{}{sum}\n", listed(&opened, &problems, Paint::out())))?;
    }
    Ok(if errors > 0 { Exit::Failed } else { Exit::Fine })
}

/// Problems with where they stand, one below the other.
pub fn listed(opened: &Opened, problems: &[Problem], paint: Paint) -> String {
    let lines = places(opened, problems).zip(problems);
    lines.map(|(at, problem)| show::problem(&opened.shown, at, problem, paint)).collect()
}

/// Line and column of each problem.
fn places(opened: &Opened, problems: &[Problem]) -> impl Iterator<Item = Option<(usize, usize)>> {
    let places: Vec<&Place> = problems.iter().map(|problem| &problem.place).collect();
    locate_all(&opened.text, &places).into_iter()
}

fn row(at: Option<(usize, usize)>, problem: &Problem) -> serde_json::Value {
    json!({
        "code": problem.code,
        "severity": problem.severity.word(),
        "place": problem.place.to_string(),
        "line": at.map(|at| at.0),
        "column": at.map(|at| at.1),
        "message": problem.message,
        "hint": problem.hint,
    })
}

/// A file that is no scenario at all.
fn unreadable(args: &CheckArgs, failure: &Failure) -> Result<Exit, Failure> {
    if args.json {
        let problem =
            json!({ "code": "unreadable", "severity": "error", "message": failure.message, "hint": failure.hint });
        let file = args.file.display().to_string();
        let value = json!({ "file": file, "errors": 1, "warnings": 0, "tips": 0, "problems": [problem] });
        show::print(&schema::json(&value))?;
    } else {
        show::print(&format!("{}\n  {}\n1 error.\n", failure.message, failure.hint))?;
    }
    Ok(Exit::Failed)
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
