//! A value that a person carries: missing, text, or JSON with its type.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::Value;

/// A saved, fixed or made-up value. Cloning is cheap.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Val {
    /// Not there.
    #[default]
    Missing,
    /// Text; in a JSON body it is written in quotes.
    Text(Arc<str>),
    /// Anything else: a number, true or false, null, a list, an object.
    Json(Arc<Value>),
}

impl Val {
    /// From a JSON value; JSON text becomes [`Val::Text`].
    pub fn from_json(value: Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text.into()),
            other => Self::Json(Arc::new(other)),
        }
    }

    /// From text.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// Whether there is no value.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// As it is written into an address, header or text: numbers as digits, lists and objects as JSON, missing as nothing.
    pub fn as_text(&self) -> Cow<'_, str> {
        match self {
            Self::Missing => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Json(value) => Cow::Owned(value.to_string()),
        }
    }

    /// As a JSON value; missing is null.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Missing => Value::Null,
            Self::Text(text) => Value::String(text.to_string()),
            Self::Json(value) => (**value).clone(),
        }
    }

    /// As a number: a JSON number, or text that reads as one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Missing => None,
            Self::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            Self::Json(value) => value.as_f64(),
        }
    }
}

/// A person's values by slot. Has room only up to the last one that was there: ten thousand people who may save hundreds of
/// values each come in without any.
#[derive(Debug, Clone, Default)]
pub struct Slots(Vec<Val>);

impl Slots {
    /// The value in a slot.
    pub fn get(&self, slot: u16) -> &Val {
        const NONE: &Val = &Val::Missing;
        self.0.get(usize::from(slot)).unwrap_or(NONE)
    }

    /// Gives a slot a value.
    pub fn set(&mut self, slot: u16, value: Val) {
        let at = usize::from(slot);
        if at >= self.0.len() {
            if value.is_missing() {
                return;
            }
            self.0.resize_with(at + 1, Val::default);
        }
        self.0[at] = value;
    }
}
