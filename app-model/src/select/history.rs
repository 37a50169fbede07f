//! The history panel: versions that are kept, what each looks like, and what can be undone. Must not change anything.

use tidemark_core::scenario::Scenario;

use crate::doc::history::{Point, Why};
use crate::doc::place::each_step;
use crate::model::{Moment, Test};
use crate::text::history as say;

/// A version in the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What it is called, or why it was kept.
    pub label: String,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// How long ago.
    pub when: String,
    /// Whether somebody gave it its name.
    pub named: bool,
}

/// The versions, newest first; their places are the numbers of [`crate::Msg::RestoreVersion`].
pub fn versions(test: &Test, now: Moment) -> Vec<Version> {
    let row = |point: &Point| Version {
        label: label(point),
        at_ms: point.at_ms,
        when: when(point.at_ms, now),
        named: matches!(point.why, Why::Named(_)),
    };
    test.doc.history().points().map(row).collect()
}

/// The time of day, and the day where it is not this one.
fn when(at_ms: u64, now: Moment) -> String {
    let (clock, ago) = (Moment { ms: at_ms, ..now }.clock(), crate::select::home::ago(at_ms, now));
    const DAY_MS: u64 = 24 * 60 * 60_000;
    if now.ms.saturating_sub(at_ms) < DAY_MS { clock } else { format!("{clock}, {ago}") }
}

/// What a version is called.
pub(crate) fn label(point: &Point) -> String {
    match &point.why {
        Why::Named(name) => name.clone(),
        Why::Run => say::RUN.to_owned(),
        Why::Time => say::TIME.to_owned(),
        Why::File => say::FILE.to_owned(),
    }
}

/// What a version looks like: a line of counts, then a line for each user type, task and step, table and target.
pub fn preview(test: &Test, at: usize) -> Vec<String> {
    test.doc.version(at).map(|point| lines(&point.kept.whole())).unwrap_or_default()
}

fn lines(scenario: &Scenario) -> Vec<String> {
    let mut steps = 0;
    each_step(scenario, &mut |_| steps += 1);
    let tasks = scenario.users.iter().map(|user| user.tasks.len()).sum();
    let mut lines = vec![say::counts(scenario.users.len(), tasks, steps)];
    for user in &scenario.users {
        lines.push(user.name.clone());
        for task in &user.tasks {
            lines.push(format!("  {}", task.name));
            let sentences = task.steps.iter().map(|step| super::outline::sentence(scenario, step));
            lines.extend(sentences.map(|sentence| format!("    {sentence}")));
        }
    }
    let tables = scenario.data.iter().map(|table| match table.file.as_str() {
        "" => say::table(&table.name, table.rows.len() as u64),
        file => format!("{}: {file}", table.name),
    });
    lines.extend(tables);
    lines.extend(scenario.targets.iter().map(|target| format!("{}: {}", target.name, target.url)));
    lines
}
