//! The plain values that stand in fields: text, numbers, durations, lists, rows of names and values.

use serde_json::{Map, Value, json};

use crate::problem::{Severity, short};
use crate::scenario::node::{Field, Reading};
use crate::units::Span;

impl Field for String {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        if let Value::String(text) = value {
            return Some(text.clone());
        }
        at.wrong_type("text", value);
        None
    }

    fn write(&self) -> Value {
        Value::String(self.clone())
    }

    fn schema(_defs: &mut Map<String, Value>) -> Value {
        json!({ "type": "string" })
    }
}

impl Field for bool {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        let read = value.as_bool();
        if read.is_none() {
            at.wrong_type("true or false", value);
        }
        read
    }

    fn write(&self) -> Value {
        Value::Bool(*self)
    }

    fn schema(_defs: &mut Map<String, Value>) -> Value {
        json!({ "type": "boolean" })
    }
}

impl Field for f64 {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        let read = value.as_f64().filter(|number| number.is_finite());
        if read.is_none() {
            at.wrong_type("a number", value);
        }
        read
    }

    fn write(&self) -> Value {
        if self.fract() == 0.0 && self.abs() < 9e15 { json!(*self as i64) } else { json!(self) }
    }

    fn schema(_defs: &mut Map<String, Value>) -> Value {
        json!({ "type": "number" })
    }
}

/// Reads a whole number up to `max`.
fn whole(value: &Value, at: &mut Reading, max: u64) -> Option<u64> {
    let Some(number) = value.as_f64() else {
        at.wrong_type("a whole number", value);
        return None;
    };
    let read =
        value.as_u64().or_else(|| (number >= 0.0 && number.fract() == 0.0 && number < 1.8e19).then_some(number as u64));
    let read = read.filter(|read| *read <= max);
    if read.is_none() {
        at.problem(
            Severity::Stop,
            "number-out-of-range",
            format!("{} is not a whole number from 0 to {max}", short(&value.to_string())),
            "write a smaller whole number, without a minus sign or fraction".to_owned(),
        );
    }
    read
}

impl Field for u32 {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        whole(value, at, u64::from(Self::MAX)).map(|number| number as Self)
    }

    fn write(&self) -> Value {
        json!(self)
    }

    fn schema(_defs: &mut Map<String, Value>) -> Value {
        json!({ "type": "integer", "minimum": 0, "maximum": Self::MAX })
    }
}

impl Field for u64 {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        whole(value, at, Self::MAX)
    }

    fn write(&self) -> Value {
        json!(self)
    }

    fn schema(_defs: &mut Map<String, Value>) -> Value {
        json!({ "type": "integer", "minimum": 0 })
    }
}

impl Field for i64 {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        let read = value.as_i64();
        if read.is_none() {
            at.wrong_type("a whole number", value);
        }
        read
    }

    fn write(&self) -> Value {
        json!(self)
    }

    fn schema(_defs: &mut Map<String, Value>) -> Value {
        json!({ "type": "integer" })
    }
}

/// Any JSON value, as it stands.
impl Field for Value {
    fn read(value: &Value, _at: &mut Reading) -> Option<Self> {
        Some(value.clone())
    }

    fn write(&self) -> Value {
        self.clone()
    }

    fn schema(_defs: &mut Map<String, Value>) -> Value {
        json!(true)
    }
}

impl Field for Span {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        let read = match value {
            Value::String(text) => Span::parse(text),
            Value::Number(number) => number.as_f64().and_then(|secs| Span::parse(&secs.to_string())),
            _ => None,
        };
        if read.is_none() {
            at.problem(
                Severity::Stop,
                "bad-duration",
                format!("{} is not a length of time", short(&value.to_string())),
                "write it like \"800ms\", \"2s\", \"1.5min\" or \"1h\"; a year at most".to_owned(),
            );
        }
        read
    }

    fn write(&self) -> Value {
        Value::String(self.to_string())
    }

    fn schema(_defs: &mut Map<String, Value>) -> Value {
        json!({ "type": ["string", "number"], "examples": ["800ms", "2s", "1.5min", "1h"] })
    }
}

impl<T: Field> Field for Option<T> {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        T::read(value, at).map(Some)
    }

    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Field::write)
    }

    fn schema(defs: &mut Map<String, Value>) -> Value {
        T::schema(defs)
    }
}

impl<T: Field> Field for Box<T> {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        T::read(value, at).map(Box::new)
    }

    fn write(&self) -> Value {
        (**self).write()
    }

    fn schema(defs: &mut Map<String, Value>) -> Value {
        T::schema(defs)
    }
}

/// A list. Where one item is unreadable the whole list counts as unreadable, so that it is kept as it stood.
impl<T: Field> Field for Vec<T> {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        let Value::Array(items) = value else {
            at.wrong_type("a list", value);
            return None;
        };
        let read: Vec<Option<T>> =
            items.iter().enumerate().map(|(i, item)| at.item(i, |at| T::read(item, at))).collect();
        read.into_iter().collect()
    }

    fn write(&self) -> Value {
        Value::Array(self.iter().map(Field::write).collect())
    }

    fn schema(defs: &mut Map<String, Value>) -> Value {
        json!({ "type": "array", "items": T::schema(defs) })
    }
}

/// A fixed pair, such as a lower and an upper end.
impl<T: Field> Field for (T, T) {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        let Value::Array(items) = value else {
            at.wrong_type("a list of two", value);
            return None;
        };
        let [first, second] = items.as_slice() else {
            at.wrong_type("a list of exactly two", value);
            return None;
        };
        Some((at.item(0, |at| T::read(first, at))?, at.item(1, |at| T::read(second, at))?))
    }

    fn write(&self) -> Value {
        Value::Array(vec![self.0.write(), self.1.write()])
    }

    fn schema(defs: &mut Map<String, Value>) -> Value {
        json!({ "type": "array", "items": T::schema(defs), "minItems": 2, "maxItems": 2 })
    }
}

/// Names and values in order, such as headers or query rows. A name may come more than once; in the file its values
/// then stand in a list. Numbers and true/false are taken as text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// The names and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl Field for Pairs {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        let Value::Object(map) = value else {
            at.wrong_type("an object of names and values", value);
            return None;
        };
        let mut pairs = Vec::with_capacity(map.len());
        for (name, value) in map {
            let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            for item in items {
                let text = match item {
                    Value::String(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    Value::Bool(truth) => truth.to_string(),
                    _ => {
                        at.under(name, |at| at.wrong_type("text, or a list of texts", item));
                        return None;
                    }
                };
                pairs.push((name.clone(), text));
            }
        }
        Some(Self(pairs))
    }

    fn write(&self) -> Value {
        let mut map: Map<String, Value> = Map::new();
        for (name, text) in &self.0 {
            let text = Value::String(text.clone());
            match map.get_mut(name) {
                None => {
                    map.insert(name.clone(), text);
                }
                Some(Value::Array(list)) => list.push(text),
                Some(one) => *one = Value::Array(vec![one.take(), text]),
            }
        }
        Value::Object(map)
    }

    fn schema(_defs: &mut Map<String, Value>) -> Value {
        let one = json!({ "type": ["string", "number", "boolean"] });
        json!({ "type": "object", "additionalProperties": { "anyOf": [one, { "type": "array", "items": one }] } })
    }
}
