//! An answer as it is looked at: what it is, its rows, and the pieces that can be picked to be saved or checked.
//!
//! Must not keep anything: a piece becomes a rule, and the core says what the rule finds.

mod page;
mod pick;
mod tree;

use serde_json::Value;
use tidemark_core::traffic::{Answer, Headers};

pub use page::{Element, elements};
pub(crate) use pick::text_of;
pub use pick::{Choice, Pick, Spot, pick, selected};
pub use tree::{Row, RowKind, rows};

use crate::model::Exchange;

/// The most of a body that is shown, in bytes; the rest can still be picked from by a rule.
pub const SHOWN: usize = 200_000;

/// What an answer's body is.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// There is none.
    Empty,
    /// JSON.
    Json(Value),
    /// A web page.
    Page(Vec<Element>),
    /// Anything else.
    Text,
}

/// An answer, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Its first line.
    pub status: String,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// Names and values of the cookies it sets.
    pub cookies: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// Reads an answer.
pub fn read(exchange: &Exchange) -> Reading {
    let (status, headers) = head(&exchange.answer_head);
    let text = exchange.answer_body.trim();
    let body = if text.is_empty() {
        Body::Empty
    } else if let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(text) {
        Body::Json(value)
    } else if text.starts_with('<') {
        Body::Page(elements(text))
    } else {
        Body::Text
    };
    let cookies = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    let cookies = cookies.filter_map(|(_, line)| line.split(';').next()?.split_once('='));
    let cookies = cookies.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect();
    Reading { status, headers, cookies, body }
}

/// The first line and the header lines of a message.
pub fn head(text: &str) -> (String, Vec<(String, String)>) {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().trim().to_owned();
    let pairs = lines.filter_map(|line| line.split_once(':'));
    (first, pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect())
}

/// The answer as the core's rules look at it.
fn as_answer(exchange: &Exchange) -> Answer {
    let (first, lines) = head(&exchange.answer_head);
    let mut headers = Headers::default();
    lines.iter().for_each(|(name, value)| headers.push(name.as_bytes(), value.as_bytes()));
    let status = first.split_whitespace().find_map(|word| word.parse().ok()).unwrap_or(0);
    let body = exchange.answer_body.clone().into_bytes();
    Answer { status, headers, body_len: body.len() as u64, body }
}

#[cfg(test)]
mod tests;
