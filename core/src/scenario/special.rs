//! Fields whose form depends on what is said: secrets, expected statuses, redirects.

use serde_json::{Map, Value, json};

use crate::problem::{Severity, short};
use crate::scenario::model::Secret;
use crate::scenario::node::{Field, Reading, node};

/// Whether, and how often, redirects are followed: `false`, `true` (10), or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redirects(pub u8);

impl Redirects {
    /// How many are followed where nothing is said.
    pub const USUAL: u8 = 10;
}

impl Field for Redirects {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        match (value, value.as_u64()) {
            (Value::Bool(follow), _) => Some(Self(if *follow { Self::USUAL } else { 0 })),
            (_, Some(limit @ 0..=50)) => Some(Self(limit as u8)),
            _ => {
                at.wrong_type("true, false, or a number from 0 to 50", value);
                None
            }
        }
    }

    fn write(&self) -> Value {
        match self.0 {
            0 => json!(false),
            limit => json!(limit),
        }
    }

    fn schema(_defs: &mut Map<String, Value>) -> Value {
        json!({ "anyOf": [{ "type": "boolean" }, { "type": "integer", "minimum": 0, "maximum": 50 }] })
    }
}

/// Which statuses are expected: single codes and classes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatusSet(pub Vec<StatusRange>);

/// A code, or a class of them; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusRange {
    /// The lowest code.
    pub from: u16,
    /// The highest code.
    pub to: u16,
}

impl StatusSet {
    /// Whether `status` is expected.
    pub fn has(&self, status: u16) -> bool {
        self.0.iter().any(|range| (range.from..=range.to).contains(&status))
    }
}

impl std::fmt::Display for StatusRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.from == self.to { write!(f, "{}", self.from) } else { write!(f, "{}xx", self.from / 100) }
    }
}

/// Reads one code or class.
fn status_range(value: &Value, at: &mut Reading) -> Option<StatusRange> {
    let code = match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => match text.to_ascii_lowercase().strip_suffix("xx").map(str::parse::<u16>) {
            Some(Ok(class @ 1..=5)) => return Some(StatusRange { from: class * 100, to: class * 100 + 99 }),
            Some(_) => None,
            None => text.parse().ok(),
        },
        _ => None,
    };
    match code {
        Some(code @ 100..=599) => Some(StatusRange { from: code as u16, to: code as u16 }),
        _ => {
            at.problem(
                Severity::Stop,
                "bad-status",
                format!("{} is not a status", short(&value.to_string())),
                "write a code such as 200, or a class such as \"2xx\"".to_owned(),
            );
            None
        }
    }
}

impl Field for StatusSet {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        items.iter().map(|item| status_range(item, at)).collect::<Option<_>>().map(Self)
    }

    fn write(&self) -> Value {
        let one =
            |range: &StatusRange| if range.from == range.to { json!(range.from) } else { json!(range.to_string()) };
        match self.0.as_slice() {
            [only] => one(only),
            many => many.iter().map(one).collect(),
        }
    }

    fn schema(_defs: &mut Map<String, Value>) -> Value {
        let one = json!({ "anyOf": [
            { "type": "integer", "minimum": 100, "maximum": 599 },
            { "type": "string", "pattern": "^[1-5]xx$" },
        ] });
        json!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

node! {
    /// A secret in its long form.
    pub struct LongSecret {
        /// The name.
        name: String = "name",
        /// The environment variable.
        env: String = "env",
    }
}

impl Field for Secret {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        match value {
            Value::String(name) => Some(Self { name: name.clone(), env: String::new() }),
            Value::Object(map) if map.contains_key("value") => {
                at.problem(
                    Severity::Stop,
                    "secret-in-file",
                    "the value of a secret must not stand in the file".to_owned(),
                    "remove \"value\", and give it in an environment variable".to_owned(),
                );
                None
            }
            _ => {
                let long = LongSecret::read(value, at)?;
                let whole = long.extra == Default::default();
                whole.then_some(Self { name: long.name, env: long.env })
            }
        }
    }

    fn write(&self) -> Value {
        match self.env.is_empty() {
            true => json!(self.name),
            false => json!({ "name": self.name, "env": self.env }),
        }
    }

    fn schema(defs: &mut Map<String, Value>) -> Value {
        json!({ "anyOf": [{ "type": "string" }, LongSecret::schema(defs)] })
    }
}
