//! Text to [`Scenario`] and back.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use crate::charset::Charset;
use crate::problem::{Place, Problem, Severity};
use crate::scenario::model::Scenario;
use crate::scenario::node::{Field, Reading};

/// The newest format this version reads and writes.
pub const FORMAT: u32 = 1;

/// What `$schema` says in a file of [`FORMAT`]. A name, not an address to be fetched.
pub const SCHEMA: &str = "https://tidemark.invalid/schema/scenario-1.json";

/// The largest scenario text that is read, in bytes.
const LARGEST: usize = 64 * 1024 * 1024;

/// Why a text is no scenario at all. Everything milder is a [`Problem`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// JSON, but not an object.
    #[error("a scenario is an object: the file must start with {{")]
    NotAnObject,
    /// Written by a newer version.
    #[error("the file has format {found}, and this version reads up to {FORMAT}: open it with a newer version")]
    Newer {
        /// The format in the file.
        found: u64,
    },
    /// Bytes that are no text in UTF-8, nor in UTF-16 with its mark.
    #[error("line {line}, column {column}: the file is not in UTF-8: save it in that encoding")]
    NotUtf8 {
        /// Line of the first byte that makes no sense, from 1; 1 where lines can't be told.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Too large to be a scenario.
    #[error("the file has {size} bytes; a scenario has {LARGEST} at most (put long tables into a data file)")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
}

/// The text in the bytes of a file: UTF-8, or UTF-16 with its mark at the start, as some editors save it.
///
/// # Errors
/// [`Unreadable::NotUtf8`] and [`Unreadable::TooLarge`].
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge { size: bytes.len() });
    }
    let wide = match bytes {
        [0xff, 0xfe, ..] => Charset::UTF_16LE.strict(&bytes[2..]),
        [0xfe, 0xff, ..] => Charset::UTF_16BE.strict(&bytes[2..]),
        _ => {
            return std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
                let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                Unreadable::NotUtf8 { line, column }
            });
        }
    };
    wide.map_err(|_| Unreadable::NotUtf8 { line: 1, column: 1 })
}

/// Reads a scenario. Mistakes inside it become problems, and what was not understood is kept in the scenario.
///
/// # Errors
/// Only where there is no document at all: broken JSON, not an object, a newer format, or far too large.
pub fn read(text: &str) -> Result<(Scenario, Vec<Problem>), Unreadable> {
    if text.len() > LARGEST {
        return Err(Unreadable::TooLarge { size: text.len() });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        Unreadable::Syntax { line: error.line(), column: error.column(), message }
    })?;
    let Value::Object(map) = &value else { return Err(Unreadable::NotAnObject) };
    if let Some(found) = map.get("format").and_then(Value::as_u64).filter(|found| *found > u64::from(FORMAT)) {
        return Err(Unreadable::Newer { found });
    }
    let mut at = Reading::default();
    let scenario = Scenario::read(&value, &mut at).unwrap_or_default();
    if !map.contains_key("format") {
        at.problems.insert(
            0,
            Problem {
                code: "format-missing",
                severity: Severity::Warn,
                place: Place::root(),
                message: "the file doesn't say which format it has".to_owned(),
                hint: format!("add \"format\": {FORMAT} at the top"),
            },
        );
    }
    Ok((scenario, at.problems))
}

/// What can be understood of a scenario of a newer format: to be looked at, never to be run or written. `None` where it is no
/// scenario at all.
pub fn read_newer(text: &str) -> Option<Scenario> {
    let value: Value = serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()?;
    Scenario::read(&value, &mut Reading::default())
}

/// Writes a scenario: two spaces a level, keys in a fixed order, defaults left out, a newline at the end.
pub fn write(scenario: &Scenario) -> String {
    let mut scenario = scenario.clone();
    scenario.format = FORMAT;
    if scenario.schema.is_empty() {
        SCHEMA.clone_into(&mut scenario.schema);
    }
    let mut text =
        serde_json::to_string_pretty(&scenario.write()).expect("a JSON value with text keys can always be written");
    text.push('\n');
    text
}

/// The JSON Schema of a scenario file.
pub fn schema() -> Value {
    let mut defs = Map::new();
    let root = Scenario::schema(&mut defs);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "Tidemark scenario, format 1",
        "$ref": root["$ref"],
        "$defs": defs,
    })
}
