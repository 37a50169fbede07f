//! The text that Prometheus reads ("Exposition formats", 0.0.4), and OpenMetrics as far as they are alike: samples with labels,
//! and what kind of measure each belongs to. Lenient: a line that makes no sense is counted and left aside. Must not know what
//! values mean.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The most samples of a text; what follows is left aside.
const MOST_SAMPLES: usize = 50_000;

/// The most labels of a sample.
const MOST_LABELS: usize = 64;

/// What kind of measure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Only grows.
    Counter,
    /// How it is now.
    Gauge,
    /// Counts by size, with `_sum` and `_count`.
    Histogram,
    /// Quantiles, with `_sum` and `_count`.
    Summary,
    /// It doesn't say, or something else.
    Untyped,
}

/// A sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample<'a> {
    /// The name, such as `http_requests_total`.
    pub name: &'a str,
    /// Its labels, in the order of the text.
    pub labels: Vec<(&'a str, Cow<'a, str>)>,
    /// The value; may be no number, or infinite.
    pub value: f64,
}

/// A text, read.
#[derive(Debug, Default)]
pub struct Text<'a> {
    /// The samples, each set of name and labels once.
    pub samples: Vec<Sample<'a>>,
    /// What kind each measure is said to be.
    pub kinds: HashMap<&'a str, Kind>,
    /// Lines that made no sense, or said the same again.
    pub bad_lines: u32,
}

/// Reads a text.
pub fn read(text: &str) -> Text<'_> {
    let mut all = Text::default();
    let mut seen: HashSet<&str> = HashSet::new();
    for line in text.lines().map(str::trim) {
        match line.strip_prefix('#') {
            Some(comment) => {
                let mut words = comment.split_whitespace();
                if let (Some("TYPE"), Some(name), Some(kind)) = (words.next(), words.next(), words.next()) {
                    all.kinds.insert(name, kind_of(kind));
                }
            }
            None if line.is_empty() => {}
            None if all.samples.len() >= MOST_SAMPLES => break,
            None => match sample(line) {
                Some((sample, series)) if seen.insert(series) => all.samples.push(sample),
                _ => all.bad_lines += 1,
            },
        }
    }
    all
}

fn kind_of(word: &str) -> Kind {
    match word {
        "counter" => Kind::Counter,
        "gauge" => Kind::Gauge,
        "histogram" => Kind::Histogram,
        "summary" => Kind::Summary,
        _ => Kind::Untyped,
    }
}

/// A sample, and the text of its name and labels.
fn sample(line: &str) -> Option<(Sample<'_>, &str)> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
    let end = line.find(|c| !plain(c)).unwrap_or(line.len());
    let (name, rest) = line.split_at(end);
    let begins_well = name.starts_with(|c: char| !c.is_ascii_digit());
    let (labels, rest) = match rest.trim_start().strip_prefix('{') {
        Some(inside) => labels(inside)?,
        None => (Vec::new(), rest),
    };
    let series = line[..line.len() - rest.len()].trim_end();
    // What follows the value is a time, or an example; both are left aside.
    let value = number(rest.split_whitespace().next()?)?;
    begins_well.then_some((Sample { name, labels, value }, series))
}

type Labels<'a> = Vec<(&'a str, Cow<'a, str>)>;

/// Labels up to their closing bracket, and what follows it.
fn labels(mut rest: &str) -> Option<(Labels<'_>, &str)> {
    let mut labels = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if let Some(after) = rest.strip_prefix('}') {
            return Some((labels, after));
        }
        let (name, after) = rest.split_once('=')?;
        let inside = after.trim_start().strip_prefix('"')?;
        let end = quote_end(inside)?;
        if labels.len() >= MOST_LABELS {
            return None;
        }
        labels.push((name.trim(), unescaped(&inside[..end])));
        rest = &inside[end + 1..];
    }
}

/// Where a quoted text ends.
fn quote_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => out.push('\n'),
                Some(next) => out.push(next),
                None => out.push('\\'),
            },
            letter => out.push(letter),
        }
    }
    Cow::Owned(out)
}

fn number(text: &str) -> Option<f64> {
    match text {
        "+Inf" | "Inf" | "inf" => Some(f64::INFINITY),
        "-Inf" | "-inf" => Some(f64::NEG_INFINITY),
        "NaN" | "nan" => Some(f64::NAN),
        // Rust reads words such as "infinity", too.
        _ if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => text.parse().ok(),
        _ => None,
    }
}
