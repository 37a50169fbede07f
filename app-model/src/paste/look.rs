//! What a text is, told by what stands in it: requests, a test, or a file of another tool. Nothing in it is ever run. Must
//! not decide what becomes of it.

use serde_json::Value;
use tidemark_core::scenario::{self, Act, Scenario, Unreadable};

use super::Pasted;
use crate::doc::place;
use crate::quick;

/// What a text is.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// Empty.
    Nothing,
    /// One request or several.
    Requests(Box<Pasted>),
    /// So many steps that were copied in this app.
    Steps(usize),
    /// A test of this app.
    Test(Box<Whole>),
    /// A test of a newer format, with its number.
    Newer(u64),
    /// A file of another tool, with how many requests it has where that is told easily.
    Other(Tool, Option<usize>),
    /// It is meant as JSON but broken, and where.
    Damaged(String),
    /// None of these, and why.
    Unknown(String),
}

/// What is in a test.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whole {
    /// Its name.
    pub name: String,
    /// User types.
    pub users: usize,
    /// Tasks.
    pub tasks: usize,
    /// Requests.
    pub requests: usize,
    /// Things in it that were not understood.
    pub mistakes: usize,
}

/// A tool whose files are known but not read yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// A recording of a browser.
    Har,
    /// A description of an API, OpenAPI or Swagger.
    OpenApi,
    /// A collection of Postman.
    Postman,
    /// A test plan of JMeter.
    Jmeter,
    /// A locustfile.
    Locust,
    /// A script of k6.
    K6,
}

/// Tells what a text is.
pub fn look(text: &str) -> Seen {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Seen::Nothing;
    }
    if text.starts_with(['{', '[']) {
        return json(text);
    }
    if let Some(tool) = told_by_text(text) {
        return Seen::Other(tool, None);
    }
    match super::read(text) {
        Ok(pasted) => Seen::Requests(Box::new(pasted)),
        Err(why) => Seen::Unknown(why),
    }
}

/// Tools whose files are no JSON. The start tells enough.
fn told_by_text(text: &str) -> Option<Tool> {
    let end = text.char_indices().nth(20_000).map_or(text.len(), |(at, _)| at);
    let start = &text[..end];
    let line_starts = |words: &[&str]| start.lines().any(|line| words.iter().any(|word| line.starts_with(word)));
    if start.contains("<jmeterTestPlan") {
        Some(Tool::Jmeter)
    } else if line_starts(&["from locust", "import locust"]) {
        Some(Tool::Locust)
    } else if start.contains("from 'k6") || start.contains("from \"k6") {
        Some(Tool::K6)
    } else {
        line_starts(&["openapi:", "swagger:"]).then_some(Tool::OpenApi)
    }
}

fn json(text: &str) -> Seen {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(_) => return Seen::Damaged(scenario::read(text).err().map(|error| error.to_string()).unwrap_or_default()),
    };
    if let Some((tool, count)) = told_by_json(&value) {
        return Seen::Other(tool, count);
    }
    if !is_ours(&value) {
        return Seen::Unknown(crate::text::paste::OTHER_JSON.to_owned());
    }
    match scenario::read(text) {
        Ok((scenario, _)) if scenario.users.is_empty() && !scenario.groups.is_empty() => {
            Seen::Steps(quick::from_clip(text).map_or(0, |steps| steps.len()))
        }
        Ok((scenario, problems)) => Seen::Test(Box::new(whole(&scenario, problems.len()))),
        Err(Unreadable::Newer { found }) => Seen::Newer(found),
        Err(unreadable) => Seen::Unknown(crate::text::sentence(&unreadable.to_string())),
    }
}

fn told_by_json(value: &Value) -> Option<(Tool, Option<usize>)> {
    let entries = value.pointer("/log/entries").and_then(Value::as_array);
    if let Some(entries) = entries {
        return Some((Tool::Har, Some(entries.len())));
    }
    if value.get("openapi").or(value.get("swagger")).is_some_and(Value::is_string) {
        let paths = value.get("paths").and_then(Value::as_object);
        let count = paths.map(|paths| paths.values().filter_map(Value::as_object).map(methods).sum());
        return Some((Tool::OpenApi, count));
    }
    let schema = value.pointer("/info/schema").and_then(Value::as_str).unwrap_or_default();
    let postman = schema.contains("postman") || value.pointer("/info/_postman_id").is_some();
    postman.then(|| (Tool::Postman, Some(requests_in(value, 0))))
}

fn methods(path: &serde_json::Map<String, Value>) -> usize {
    const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
    METHODS.iter().filter(|method| path.contains_key(**method)).count()
}

/// Requests in a collection's folders; a depth that no collection has ends it.
fn requests_in(folder: &Value, depth: u32) -> usize {
    let items = folder.get("item").and_then(Value::as_array).filter(|_| depth < 50);
    let count = |item: &Value| usize::from(item.get("request").is_some()) + requests_in(item, depth + 1);
    items.map_or(0, |items| items.iter().map(count).sum())
}

/// Whether it is meant as a test: any object could be read as an empty one.
fn is_ours(value: &Value) -> bool {
    let named = value.get("$schema").and_then(Value::as_str).is_some_and(|schema| schema.contains("tidemark"));
    let numbered = value.get("format").is_some_and(Value::is_number);
    named || numbered || value.get("users").is_some_and(Value::is_array)
}

fn whole(scenario: &Scenario, mistakes: usize) -> Whole {
    let mut requests = 0;
    place::each_step(scenario, &mut |step| requests += usize::from(matches!(step.act, Act::Request(_))));
    Whole {
        name: scenario.name.clone(),
        users: scenario.users.len(),
        tasks: scenario.users.iter().map(|user| user.tasks.len()).sum(),
        requests,
        mistakes,
    }
}

#[cfg(test)]
mod tests;
