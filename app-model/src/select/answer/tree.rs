//! JSON as rows of a tree, and whatever else can be picked from as rows of the same kind.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Reading, Spot};
use crate::text::panel as say;

/// Texts longer than this are cut in a row, in characters.
const LONGEST: usize = 400;
/// Bodies of up to so many bytes are open to the ground at first.
const SMALL: usize = 20_000;
/// Greater ones only so far.
const DEEP: usize = 1;

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
    /// The way to it: a JSON path, or another name that no other row has.
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
    /// What is picked with it; none for a list or an object.
    pub spot: Option<Spot>,
}

/// Which rows are seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Lists and objects up to this depth are open.
    deep: usize,
    /// But for these, where it is the other way round.
    turned: BTreeSet<String>,
    /// At most so many rows.
    pub most: usize,
    /// Only rows with this in their name or value, and what holds them; all if empty.
    pub find: String,
}

impl Shape {
    /// So many rows at first, and so many more each time.
    pub const PAGE: usize = 500;

    /// How a body of so many bytes is seen at first.
    pub fn of(bytes: usize) -> Self {
        let deep = if bytes <= SMALL { usize::MAX } else { DEEP };
        Self { deep, turned: BTreeSet::new(), most: Self::PAGE, find: String::new() }
    }

    /// Opens what is closed, and closes what is open.
    pub fn turn(&mut self, path: &str) {
        if !self.turned.remove(path) {
            self.turned.insert(path.to_owned());
        }
    }

    fn is_open(&self, path: &str, depth: usize) -> bool {
        !self.find.is_empty() || (depth < self.deep) != self.turned.contains(path)
    }
}

/// The rows of a JSON value, and how many are left.
pub fn rows(value: &Value, shape: &Shape) -> (Vec<Row>, usize) {
    let mut out = Rows { shape, find: shape.find.to_lowercase(), rows: Vec::new(), left: 0 };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| out.add(&step_path("$", key), 0, key, value)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| out.add(&format!("$[{at}]"), 0, &at.to_string(), value));
        }
        other => out.add("$", 0, "", other),
    }
    (out.rows, out.left)
}

/// The headers and cookies of an answer as rows.
pub fn header_rows(reading: &Reading, shape: &Shape) -> (Vec<Row>, usize) {
    let header = |(name, value): &(String, String)| plain(name, value, Spot::Header(name.clone()));
    let cookie = |(name, value): &(String, String)| plain(&say::from_cookie(name), value, Spot::Cookie(name.clone()));
    let headers = reading.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("set-cookie"));
    some(headers.map(header).chain(reading.cookies.iter().map(cookie)), shape)
}

/// The pieces of a page as rows.
pub fn page_rows(elements: &[super::Element], shape: &Shape) -> (Vec<Row>, usize) {
    let row = |found: &super::Element| {
        let key = if found.attribute.is_empty() {
            found.selector.clone()
        } else {
            format!("{} · {}", found.selector, found.attribute)
        };
        plain(&key, &found.value, Spot::Element(found.selector.clone(), found.attribute.clone()))
    };
    some(elements.iter().map(row), shape)
}

fn plain(key: &str, value: &str, spot: Spot) -> Row {
    let (path, text) = (spot.path(), cut(value));
    Row { path, depth: 0, key: key.to_owned(), text, sort: "text", kind: RowKind::Scalar, spot: Some(spot) }
}

fn some(all: impl Iterator<Item = Row>, shape: &Shape) -> (Vec<Row>, usize) {
    let find = shape.find.to_lowercase();
    let mut rows: Vec<Row> = all.filter(|row| holds(&row.key, &find) || holds(&row.text, &find)).collect();
    let left = rows.len().saturating_sub(shape.most);
    rows.truncate(shape.most);
    (rows, left)
}

fn holds(text: &str, find: &str) -> bool {
    find.is_empty() || text.to_lowercase().contains(find)
}

/// A text that is not too long for a row.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
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
    shape: &'a Shape,
    /// What is looked for, in small letters.
    find: String,
    rows: Vec<Row>,
    left: usize,
}

impl Rows<'_> {
    fn add(&mut self, path: &str, depth: usize, key: &str, value: &Value) {
        if !self.find.is_empty() && !self.found(key, value) {
            return;
        }
        if self.rows.len() >= self.shape.most {
            self.left += 1;
            return;
        }
        let open = self.shape.is_open(path, depth);
        let (text, sort, kind) = match value {
            Value::Object(map) => (say::fields(map.len()), "object", RowKind::Open(open)),
            Value::Array(items) => (say::items(items.len()), "list", RowKind::Open(open)),
            Value::String(text) => (format!("\"{}\"", cut(text)), "text", RowKind::Scalar),
            Value::Number(number) => (number.to_string(), "number", RowKind::Scalar),
            Value::Bool(truth) => (truth.to_string(), "truth", RowKind::Scalar),
            Value::Null => ("null".to_owned(), "nothing", RowKind::Scalar),
        };
        let spot = (kind == RowKind::Scalar).then(|| Spot::Json(path.to_owned()));
        self.rows.push(Row { path: path.to_owned(), depth, key: key.to_owned(), text, sort, kind, spot });
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

    /// Whether a value, or something in it, is looked for.
    fn found(&self, key: &str, value: &Value) -> bool {
        let named = || holds(key, &self.find) && !key.bytes().all(|byte| byte.is_ascii_digit());
        match value {
            Value::Object(map) => named() || map.iter().any(|(key, value)| self.found(key, value)),
            Value::Array(items) => named() || items.iter().any(|value| self.found("", value)),
            Value::String(text) => named() || holds(text, &self.find),
            other => named() || holds(&other.to_string(), &self.find),
        }
    }
}
