//! What a result file holds, in words, for whoever is about to pass it on.
//!
//! Must not leave anything out that came from the target or from the tester.

use serde_json::Value;

use super::LEFT_OUT;
use crate::result::Opened;
use crate::units::{grouped, plain_bytes};

/// One thing that is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// In words, such as "5 failed answers included (12 kB)".
    pub text: String,
    /// Whether it should be looked at before the file is passed on.
    pub review: bool,
}

/// Everything that is in a result file.
pub fn contents(opened: &Opened) -> Vec<Part> {
    let part = |text: String| Part { text, review: false };
    let review = |text: String| Part { text, review: true };
    let summary = &opened.summary;
    let goals = count(opened.verdict.goals.len(), "goal", "goals");
    let mut parts = vec![
        part(format!("Verdict and {goals}.")),
        part(format!(
            "The numbers of {}, at {}.",
            count(summary.rows.len(), "step", "steps"),
            count(opened.timeline.intervals().len(), "point in time", "points in time")
        )),
        part(format!("When it was, and on what: {}, {}.", opened.header.computer, opened.header.made_by)),
    ];
    parts.extend(scenario(opened).into_iter().map(part));
    if let Some(rows) = tables(&opened.header.scenario) {
        parts.push(review(rows));
    }
    parts.extend(secrets(&opened.header.scenario).map(part));
    if !summary.failures.is_empty() {
        let kinds = count(summary.failures.len(), "kind of failure", "kinds of failures");
        parts.push(review(format!("{kinds}. Their messages may quote an answer.")));
    }
    if !opened.samples.is_empty() {
        parts.push(review(samples(opened)));
    }
    if !opened.header.target.is_empty() {
        parts.push(review(format!("The target's address: {}.", opened.header.target)));
    }
    parts
}

fn count(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {more}", grouped(count as u64)) }
}

/// The test itself.
fn scenario(opened: &Opened) -> Option<String> {
    let map = opened.header.scenario.as_object().filter(|map| !map.is_empty())?;
    let size = serde_json::to_string(map).map_or(0, |text| text.len());
    Some(format!("The test itself ({}).", plain_bytes(size as u64)))
}

/// Tables that stand in the scenario itself.
fn tables(scenario: &Value) -> Option<String> {
    let tables = scenario.get("data")?.as_array()?;
    let rows = |table: &Value| table.get("rows").and_then(Value::as_array).map_or(0, Vec::len);
    let held: Vec<String> = tables
        .iter()
        .filter(|table| rows(table) > 0)
        .map(|table| {
            let name = table.get("name").and_then(Value::as_str).unwrap_or_default();
            format!("\"{name}\" with {}", count(rows(table), "row", "rows"))
        })
        .collect();
    (!held.is_empty()).then(|| format!("Data of the test: {}.", held.join(", ")))
}

/// The names of secrets; their values never get into a file.
fn secrets(scenario: &Value) -> Option<String> {
    let names = scenario.get("secrets")?.as_array()?;
    let names: Vec<&str> = names
        .iter()
        .filter_map(|secret| secret.as_str().or_else(|| secret.get("name").and_then(Value::as_str)))
        .collect();
    (!names.is_empty()).then(|| format!("The names of secrets, never their values: {}.", names.join(", ")))
}

/// Failed requests in full.
fn samples(opened: &Opened) -> String {
    let messages = opened.samples.iter().flat_map(|sample| std::iter::once(&sample.request).chain(&sample.answer));
    let bodies: Vec<&str> =
        messages.map(|message| message.body.as_str()).filter(|body| !body.is_empty() && *body != LEFT_OUT).collect();
    let answers = opened.samples.iter().filter(|sample| sample.answer.is_some()).count();
    let what = match answers {
        0 => count(opened.samples.len(), "failed request included", "failed requests included"),
        _ => count(answers, "failed answer included", "failed answers included"),
    };
    match bodies.len() {
        0 => format!("{what}: first lines and headers, without bodies."),
        _ => {
            let size: usize = bodies.iter().map(|body| body.len()).sum();
            format!("{what}, with bodies ({}).", plain_bytes(size as u64))
        }
    }
}
