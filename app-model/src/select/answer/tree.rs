//! JSON as rows of a tree.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::text::panel as say;

/// What a row of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A value that can be picked.
    Scalar,
    /// The start of a list or an object; open or not.
    Open(bool),
}

/// A row of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The way to it, as a JSON path.
    pub path: String,
    /// How deep it lies.
    pub depth: usize,
    /// Its name, or its number in a list.
    pub key: String,
    /// The value as it is written, or what a list or object holds: "12 items".
    pub text: String,
    /// The word of its type, for its colour: `text`, `number`, `truth`, `nothing`, `list`, `object`.
    pub sort: &'static str,
    /// What it is.
    pub kind: RowKind,
}

/// The first rows of a tree, with some closed, and how many rows are left.
pub fn rows(value: &Value, closed: &BTreeSet<String>, most: usize) -> (Vec<Row>, usize) {
    let mut out = Rows { closed, most, rows: Vec::new(), left: 0 };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| out.add(&step_path("$", key), 0, key, value)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| out.add(&format!("$[{at}]"), 0, &at.to_string(), value));
        }
        other => out.add("$", 0, "", other),
    }
    (out.rows, out.left)
}

/// The path of a field: `$.id`, `$['odd name']`.
pub(super) fn step_path(path: &str, key: &str) -> String {
    let plain = key.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    match plain {
        true => format!("{path}.{key}"),
        false => format!("{path}['{}']", key.replace('\\', "\\\\").replace('\'', "\\'")),
    }
}

struct Rows<'a> {
    closed: &'a BTreeSet<String>,
    most: usize,
    rows: Vec<Row>,
    left: usize,
}

impl Rows<'_> {
    fn add(&mut self, path: &str, depth: usize, key: &str, value: &Value) {
        if self.rows.len() >= self.most {
            self.left += 1;
            return;
        }
        let open = !self.closed.contains(path);
        let (text, sort, kind) = match value {
            Value::Object(map) => (say::fields(map.len()), "object", RowKind::Open(open)),
            Value::Array(items) => (say::items(items.len()), "list", RowKind::Open(open)),
            Value::String(text) => (format!("\"{text}\""), "text", RowKind::Scalar),
            Value::Number(number) => (number.to_string(), "number", RowKind::Scalar),
            Value::Bool(truth) => (truth.to_string(), "truth", RowKind::Scalar),
            Value::Null => ("null".to_owned(), "nothing", RowKind::Scalar),
        };
        self.rows.push(Row { path: path.to_owned(), depth, key: key.to_owned(), text, sort, kind });
        match value {
            Value::Object(map) if open => {
                map.iter().for_each(|(key, value)| self.add(&step_path(path, key), depth + 1, key, value));
            }
            Value::Array(items) if open => {
                for (at, value) in items.iter().enumerate() {
                    self.add(&format!("{path}[{at}]"), depth + 1, &at.to_string(), value);
                }
            }
            _ => {}
        }
    }
}
