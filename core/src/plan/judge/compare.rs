//! How two values are compared.
//!
//! Must not know where they come from.

use std::cell::RefCell;
use std::cmp::Ordering;

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use crate::plan::value::Val;
use crate::scenario::steps::Comparison;

/// Whether `left` compares to `right` as `is` says.
///
/// Numbers are compared as numbers where both sides read as numbers, else text as text (in the order of its
/// characters), else lists and objects item by item. `contains` means a piece of a text, an item of a list or a field
/// of an object. Lengths are those of a text in characters, a list in items, an object in fields. A missing value is
/// not equal to anything but a missing one, and neither above nor below anything; null is a value.
pub fn holds(left: &Val, is: Comparison, right: &Val) -> bool {
    match is {
        Comparison::Present => !left.is_missing(),
        Comparison::Missing => left.is_missing(),
        Comparison::Equal => equal(left, right),
        Comparison::NotEqual => !equal(left, right),
        Comparison::Above => order(left, right) == Some(Ordering::Greater),
        Comparison::Below => order(left, right) == Some(Ordering::Less),
        Comparison::AtLeast => order(left, right).is_some_and(Ordering::is_ge),
        Comparison::AtMost => order(left, right).is_some_and(Ordering::is_le),
        Comparison::Contains => contains(left, right),
        Comparison::Matches => !left.is_missing() && with_pattern(&right.as_text(), |p| p.is_match(&left.as_text())),
        Comparison::StartsWith => !left.is_missing() && left.as_text().starts_with(&*right.as_text()),
        Comparison::LengthEqual => length_order(left, right) == Some(Ordering::Equal),
        Comparison::LengthAbove => length_order(left, right) == Some(Ordering::Greater),
        Comparison::LengthBelow => length_order(left, right) == Some(Ordering::Less),
    }
}

/// A number without loss: ids of 18 digits must not be equal because they share a float.
#[derive(Clone, Copy)]
enum Number {
    Whole(i128),
    Float(f64),
}

impl Number {
    fn order(self, other: Self) -> Option<Ordering> {
        let float = |number| match number {
            Self::Whole(whole) => whole as f64,
            Self::Float(float) => float,
        };
        match (self, other) {
            (Self::Whole(a), Self::Whole(b)) => Some(a.cmp(&b)),
            _ => float(self).partial_cmp(&float(other)),
        }
    }
}

/// A value as a number, where it reads as one.
fn number(value: &Val) -> Option<Number> {
    match value {
        Val::Missing => None,
        Val::Text(text) => match text.trim().parse() {
            Ok(whole) => Some(Number::Whole(whole)),
            Err(_) => value.as_number().map(Number::Float),
        },
        Val::Json(json) => json_number(json),
    }
}

fn json_number(json: &Value) -> Option<Number> {
    let Value::Number(number) = json else { return None };
    match number.as_i128() {
        Some(whole) => Some(Number::Whole(whole)),
        None => number.as_f64().map(Number::Float),
    }
}

fn equal(left: &Val, right: &Val) -> bool {
    if let (Some(a), Some(b)) = (number(left), number(right)) {
        return a.order(b) == Some(Ordering::Equal);
    }
    match (left, right) {
        (Val::Missing, Val::Missing) => true,
        (Val::Missing, _) | (_, Val::Missing) => false,
        (Val::Json(a), Val::Json(b)) => same_json(a, b),
        _ => left.as_text() == right.as_text(),
    }
}

/// Equality of JSON, where 1 and 1.0 are the same and the order of fields doesn't matter.
fn same_json(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(_), Value::Number(_)) => {
            json_number(a).zip(json_number(b)).is_some_and(|(a, b)| a.order(b) == Some(Ordering::Equal))
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_json(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| same_json(value, other)))
        }
        _ => a == b,
    }
}

fn order(left: &Val, right: &Val) -> Option<Ordering> {
    match (number(left), number(right)) {
        (Some(a), Some(b)) => a.order(b),
        (None, None) => match (left, right) {
            (Val::Text(a), Val::Text(b)) => Some(a.cmp(b)),
            _ => None,
        },
        _ => None,
    }
}

fn contains(left: &Val, right: &Val) -> bool {
    match left {
        _ if right.is_missing() => false,
        Val::Missing => false,
        Val::Text(text) => text.contains(&*right.as_text()),
        Val::Json(json) => match &**json {
            Value::Array(items) => items.iter().any(|item| equal(&Val::from_json(item.clone()), right)),
            Value::Object(fields) => fields.contains_key(&*right.as_text()),
            _ => left.as_text().contains(&*right.as_text()),
        },
    }
}

/// The length of a text in characters, of a list in items, of an object in fields; nothing else has one.
pub(super) fn length(value: &Val) -> Option<usize> {
    match value {
        Val::Missing => None,
        Val::Text(text) => Some(text.chars().count()),
        Val::Json(json) => match &**json {
            Value::Array(items) => Some(items.len()),
            Value::Object(fields) => Some(fields.len()),
            _ => None,
        },
    }
}

fn length_order(left: &Val, right: &Val) -> Option<Ordering> {
    Number::Whole(length(left)? as i128).order(number(right)?)
}

/// How many patterns made at run time are kept ready. A pattern with a value in it is another one for every value.
const KEPT: usize = 32;

/// The most memory one pattern made at run time may take, in bytes.
const PATTERN_BYTES: usize = 1 << 20;

thread_local! {
    /// Patterns made at run time, the last used at the end. Each thread has its own, so nobody waits for a lock.
    static PATTERNS: RefCell<Vec<(String, Option<Regex>)>> = const { RefCell::new(Vec::new()) };
}

/// Whether `pattern` is one and `test` holds for it.
pub(super) fn with_pattern(pattern: &str, test: impl FnOnce(&Regex) -> bool) -> bool {
    PATTERNS.with_borrow_mut(|kept| {
        let entry = match kept.iter().position(|(text, _)| text == pattern) {
            Some(at) => kept.remove(at),
            None => {
                if kept.len() >= KEPT {
                    kept.remove(0);
                }
                (pattern.to_owned(), RegexBuilder::new(pattern).size_limit(PATTERN_BYTES).build().ok())
            }
        };
        let held = entry.1.as_ref().is_some_and(test);
        kept.push(entry);
        held
    })
}
