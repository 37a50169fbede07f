//! An answer as it is looked at: what it is, its rows, and the pieces that can be picked to be saved or checked.
//!
//! Must not keep anything: a piece becomes a rule, and the core says what the rule finds.

mod offer;
mod page;
mod pick;
mod tree;

use serde_json::Value;
use tidemark_core::traffic::{Answer, Headers};
use tidemark_core::units::plain_bytes;

pub use offer::{Later, Offer, Wanted, check, offer, places, save};
pub use page::{Element, elements};
pub(crate) use pick::text_of;
pub use pick::{Choice, Pick, Spot, next_match, pick, selected, selected_on_screen};
pub use tree::{Row, RowKind, Shape, header_rows, page_rows, rows};

use crate::model::Exchange;
use crate::text::{panel as say, trial};

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

/// A way to look at an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// JSON as a tree.
    Pretty,
    /// The pieces of a web page.
    Page,
    /// The body as it is.
    Raw,
    /// Headers and cookies.
    Headers,
    /// What was sent.
    Sent,
    /// What took how long.
    Timing,
}

impl Mode {
    /// Its word for tests and styles.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pretty => "pretty",
            Self::Page => "page",
            Self::Raw => "raw",
            Self::Headers => "headers",
            Self::Sent => "sent",
            Self::Timing => "timing",
        }
    }

    /// What it says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pretty => say::PRETTY,
            Self::Page => say::PAGE,
            Self::Raw => say::RAW,
            Self::Headers => say::HEADERS,
            Self::Sent => say::SENT,
            Self::Timing => say::TIMING,
        }
    }

    /// Whether something can be looked for in it.
    pub fn has_find(self) -> bool {
        !matches!(self, Self::Sent | Self::Timing)
    }
}

/// The ways to look at an answer, the best first.
pub fn modes(reading: &Reading, exchange: &Exchange) -> Vec<Mode> {
    let body: &[Mode] = match reading.body {
        Body::Empty => &[],
        Body::Json(_) => &[Mode::Pretty, Mode::Raw],
        Body::Page(_) => &[Mode::Page, Mode::Raw],
        Body::Text => &[Mode::Raw],
    };
    let headers: &[Mode] = if reading.headers.is_empty() { &[] } else { &[Mode::Headers] };
    let timing: &[Mode] = if exchange.times.whole_us == 0 { &[] } else { &[Mode::Timing] };
    [body, headers, &[Mode::Sent], timing].concat()
}

/// The rows of a way to look at it, and how many more there are; none for one without rows.
pub fn rows_of(reading: &Reading, mode: Mode, shape: &Shape) -> (Vec<Row>, usize) {
    match (mode, &reading.body) {
        (Mode::Pretty, Body::Json(value)) => rows(value, shape),
        (Mode::Page, Body::Page(elements)) => page_rows(elements, shape),
        (Mode::Headers, _) => header_rows(reading, shape),
        _ => (Vec::new(), 0),
    }
}

/// The body as it is, as far as it is shown, and what to know about it; empty where all of it is there.
pub fn raw(exchange: &Exchange) -> (String, String) {
    let body = &exchange.answer_body;
    let end = (0..=SHOWN.min(body.len())).rev().find(|at| body.is_char_boundary(*at)).unwrap_or(0);
    let whole = exchange.answer_len.max(body.len() as u64);
    let note =
        if (end as u64) < whole { trial::cut(&plain_bytes(end as u64), &plain_bytes(whole)) } else { String::new() };
    // As the screen counts them, a line ends with one sign.
    (body[..end].replace("\r\n", "\n"), note)
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
