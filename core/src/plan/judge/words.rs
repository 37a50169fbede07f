//! Why a check was not true, in plain words: one line each, short enough for a table.
//!
//! Must not decide anything.

use crate::plan::judge::compare::length;
use crate::plan::value::Val;
use crate::scenario::special::StatusSet;
use crate::scenario::steps::Comparison;
use crate::units::{Span, plain_time};

/// How many characters of a text from the target or the scenario are shown.
const SHOWN: usize = 60;

/// `expected a status of 2xx or 404, got 503`.
pub(super) fn status(expected: &StatusSet, found: u16) -> String {
    let words: Vec<String> = expected.0.iter().map(ToString::to_string).collect();
    let list = match words.as_slice() {
        [] => "none".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    };
    clipped(&format!("expected a status of {}, got {found}", cut(&list, 100)))
}

/// `arrived after 912 ms, 800 ms allowed`. Both are shown so finely that they differ.
pub(super) fn late(service_us: u64, limit: Span) -> String {
    let (found, allowed) = (plain_time(service_us), plain_time(limit.us()));
    match found == allowed {
        false => format!("arrived after {found}, {allowed} allowed"),
        true => format!("arrived after {:.3} ms, {limit} allowed", service_us as f64 / 1e3),
    }
}

/// `the answer did not contain "Thank you"; it began with "…"`.
pub(super) fn body_line(claim: &str, right: &Val, body: &str) -> String {
    let expected = quoted(&right.as_text());
    match body {
        "" => format!("{claim} {expected}; it was empty"),
        text => format!("{claim} {expected}; it began with {}", quoted(text.trim_start())),
    }
}

/// `expected $.total to be above 3, found 2`.
pub(super) fn comparison(name: &str, left: &Val, is: Comparison, right: &Val) -> String {
    let relation = match is {
        Comparison::Present => {
            return clipped(&format!("expected {} to be there, but it was missing", cut(name, SHOWN)));
        }
        Comparison::Missing => "to be missing",
        Comparison::Equal => "to be",
        Comparison::NotEqual => "not to be",
        Comparison::Above => "to be above",
        Comparison::Below => "to be below",
        Comparison::AtLeast => "to be at least",
        Comparison::AtMost => "to be at most",
        Comparison::Contains => "to contain",
        Comparison::Matches => "to match",
        Comparison::StartsWith => "to start with",
        Comparison::LengthEqual => "to have a length of",
        Comparison::LengthAbove => "to be longer than",
        Comparison::LengthBelow => "to be shorter than",
    };
    let about_length = matches!(is, Comparison::LengthEqual | Comparison::LengthAbove | Comparison::LengthBelow);
    let expected = match is {
        Comparison::Missing => String::new(),
        _ => format!(" {}", shown(right)),
    };
    let found = match length(left).filter(|_| about_length) {
        Some(length) => format!("a length of {length}"),
        None => shown(left),
    };
    clipped(&format!("expected {} {relation}{expected}, found {found}", cut(name, 50)))
}

/// A value as people read it: text in quotes, missing as `nothing`.
fn shown(value: &Val) -> String {
    match value {
        Val::Missing => "nothing".to_owned(),
        Val::Text(text) => quoted(text),
        Val::Json(json) => cut(&json.to_string(), SHOWN),
    }
}

/// A text in quotes, on one line, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", cut(text, SHOWN))
}

/// A text on one line, without its line ends and other control characters, cut to `most` characters.
fn cut(text: &str, most: usize) -> String {
    let mut out = String::new();
    for (at, c) in text.chars().take(most + 1).enumerate() {
        match c {
            _ if at == most => out.push('…'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A line of at most 200 characters.
fn clipped(line: &str) -> String {
    cut(line, 199)
}
