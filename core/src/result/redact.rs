//! Takes secrets out of texts, however they are written: plain, percent-encoded, JSON-escaped, or within base64.
//!
//! Must not know where a text comes from or goes to.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::stats::Name;
use crate::stats::summary::Summary;
use crate::verdict::goal::Goal;
use crate::verdict::{Ended, Verdict};

/// What stands in place of a secret.
pub const MASK: &str = "••••";

/// Pieces of base64 shorter than this are too common to be taken for a secret's.
const SHORTEST_PIECE: usize = 4;

/// What is looked for.
#[derive(Debug, Clone)]
struct Needle {
    chars: Vec<char>,
    /// A piece of base64: the characters before and after it may hold some bits of the secret too.
    piece: bool,
}

/// Knows the secrets of a run. Its own `Debug` shows none.
#[derive(Clone, Default)]
pub struct Redactor {
    needles: Vec<Needle>,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redactor({} forms)", self.needles.len())
    }
}

impl Redactor {
    /// For these secrets; empty ones are ignored.
    pub fn new<S: AsRef<str>>(secrets: impl IntoIterator<Item = S>) -> Self {
        let mut needles = Vec::new();
        for secret in secrets {
            let secret = secret.as_ref();
            if secret.is_empty() {
                continue;
            }
            needles.push(Needle { chars: secret.chars().collect(), piece: false });
            for shift in 0..3 {
                let pieces = [
                    piece(secret.as_bytes(), shift, &STANDARD_NO_PAD),
                    piece(secret.as_bytes(), shift, &URL_SAFE_NO_PAD),
                ];
                needles.extend(pieces.into_iter().flatten().map(|chars| Needle { chars, piece: true }));
            }
        }
        // Longest first, so that a secret within another doesn't leave the rest of it standing.
        needles.sort_by(|a, b| b.chars.len().cmp(&a.chars.len()).then_with(|| a.chars.cmp(&b.chars)));
        needles.dedup_by(|a, b| a.chars == b.chars && a.piece == b.piece);
        Self { needles }
    }

    /// The text without secrets.
    pub fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for needle in &self.needles {
            if let Some(clean) = needle.scrub(&text) {
                text = clean;
            }
        }
        text
    }

    /// Removes the beginning of a secret at the end of a text that was cut.
    pub fn drop_partial_end(&self, text: &mut String) {
        let starts = text.char_indices().map(|(at, _)| at).rev().take(3 * self.longest());
        let cut = starts.filter(|at| self.needles.iter().any(|needle| needle.begins_with(&text[*at..]))).min();
        if let Some(at) = cut {
            text.truncate(at);
            text.push_str(MASK);
        }
    }

    /// The longest form, in characters.
    fn longest(&self) -> usize {
        self.needles.iter().map(|needle| needle.chars.len()).max().unwrap_or(0)
    }

    /// A JSON value without secrets in its texts and keys.
    pub fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.value(item)).collect()),
            Value::Object(map) => {
                Value::Object(map.iter().map(|(key, value)| (self.text(key), self.value(value))).collect())
            }
            other => other.clone(),
        }
    }

    /// Takes secrets out of a summary.
    pub fn summary(&self, summary: &mut Summary) {
        summary.failures.iter_mut().for_each(|group| self.edit(&mut group.failure.detail));
        summary.rows.iter_mut().for_each(|row| self.edit(&mut row.label));
    }

    /// Takes secrets out of a verdict.
    pub fn verdict(&self, verdict: &mut Verdict) {
        verdict.sentences.iter_mut().chain(&mut verdict.caveats).for_each(|text| self.edit(text));
        verdict.goals.iter_mut().for_each(|outcome| self.goal(&mut outcome.goal));
        verdict.turning_point.iter_mut().filter_map(|point| point.name.as_mut()).for_each(|name| self.edit(name));
    }

    /// Takes secrets out of a goal.
    pub(super) fn goal(&self, goal: &mut Goal) {
        self.edit(&mut goal.text);
        goal.of.iter_mut().for_each(|name| self.edit(name));
    }

    /// Takes secrets out of a name.
    pub(super) fn name(&self, name: &mut Name) {
        self.edit(&mut name.label);
    }

    /// Takes secrets out of a run's end.
    pub fn ended(&self, ended: &mut Ended) {
        match ended {
            Ended::StopRule(text) | Ended::Step(text) | Ended::Broken(text) => self.edit(text),
            Ended::Finished | Ended::Stopped | Ended::Killed => {}
        }
    }

    /// Takes secrets out of a text in place.
    pub fn edit(&self, text: &mut String) {
        *text = self.text(text);
    }
}

/// The characters of base64 that a secret alone decides where it stands `shift` bytes after a multiple of three.
fn piece(secret: &[u8], shift: usize, engine: &impl Engine) -> Option<Vec<char>> {
    let padded = [&[0; 2][..shift], secret].concat();
    let text: Vec<char> = engine.encode(&padded).chars().collect();
    let (first, last) = ((shift * 8).div_ceil(6), padded.len() * 8 / 6);
    let chars = text.get(first..last)?;
    (chars.len() >= SHORTEST_PIECE).then(|| chars.to_vec())
}

impl Needle {
    /// The text with every occurrence masked; `None` if there is none.
    fn scrub(&self, text: &str) -> Option<String> {
        let mut out: Option<String> = None;
        let (mut copied, mut at) = (0, 0);
        while at < text.len() {
            let found = if self.may_start(&text.as_bytes()[at..]) { self.find_at(text, at) } else { None };
            if let Some(end) = found {
                let (from, to) = if self.piece { widened(text, copied, at, end) } else { (at, end) };
                let out = out.get_or_insert_default();
                out.push_str(&text[copied..from]);
                out.push_str(MASK);
                (copied, at) = (to, to);
            } else {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
        let mut out = out?;
        out.push_str(&text[copied..]);
        Some(out)
    }

    /// A quick look at the first byte.
    fn may_start(&self, text: &[u8]) -> bool {
        let mut utf8 = [0; 4];
        let first = self.chars[0].encode_utf8(&mut utf8).as_bytes()[0];
        matches!(text[0], b'%' | b'\\' | b'+') || text[0] == first
    }

    /// Where an occurrence that starts at `at` ends.
    fn find_at(&self, text: &str, at: usize) -> Option<usize> {
        let mut ends = vec![at];
        for wanted in &self.chars {
            let mut next: Vec<usize> = ends.iter().flat_map(|end| forms(text, *end, *wanted)).flatten().collect();
            next.sort_unstable();
            next.dedup();
            if next.is_empty() {
                return None;
            }
            ends = next;
        }
        ends.last().copied()
    }

    /// Whether a text is the beginning of an occurrence, at least four characters of it.
    fn begins_with(&self, text: &str) -> bool {
        let mut ends = vec![0];
        for (count, wanted) in self.chars.iter().enumerate() {
            if ends.contains(&text.len()) {
                return count >= SHORTEST_PIECE;
            }
            ends = ends.iter().flat_map(|end| forms(text, *end, *wanted)).flatten().collect();
        }
        false
    }
}

/// Where one character ends if it starts at `at`, in each way it may be written.
fn forms(text: &str, at: usize, wanted: char) -> [Option<usize>; 5] {
    let rest = &text.as_bytes()[at..];
    let mut utf8 = [0; 4];
    let bytes = wanted.encode_utf8(&mut utf8).as_bytes();
    let plain = rest.starts_with(bytes).then_some(at + bytes.len());
    let plus = (wanted == ' ' && rest.first() == Some(&b'+')).then_some(at + 1);
    let percent = || {
        let coded = rest.get(..bytes.len() * 3)?.chunks(3).map(|three| (three[0] == b'%').then(|| hex(&three[1..]))?);
        coded.eq(bytes.iter().map(|byte| Some(u32::from(*byte)))).then_some(at + bytes.len() * 3)
    };
    let escape = || {
        let short = match rest.get(..2)? {
            [b'\\', b'n'] => '\n',
            [b'\\', b'r'] => '\r',
            [b'\\', b't'] => '\t',
            [b'\\', b'b'] => '\u{8}',
            [b'\\', b'f'] => '\u{c}',
            [b'\\', quoted @ (b'"' | b'\\' | b'/')] => char::from(*quoted),
            _ => return None,
        };
        (short == wanted).then_some(at + 2)
    };
    let unicode = || {
        let mut utf16 = [0; 2];
        let units = wanted.encode_utf16(&mut utf16);
        let coded =
            rest.get(..units.len() * 6)?.chunks(6).map(|six| six.starts_with(b"\\u").then(|| hex(&six[2..]))?);
        coded.eq(units.iter().map(|unit| Some(u32::from(*unit)))).then_some(at + units.len() * 6)
    };
    [plain, plus, percent(), escape(), unicode()]
}

/// Hexadecimal digits of either case.
fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| Some(sum << 4 | char::from(*digit).to_digit(16)?))
}

/// One character of base64 more on each side, where there is one.
fn widened(text: &str, least: usize, from: usize, to: usize) -> (usize, usize) {
    let base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
    let bytes = text.as_bytes();
    let from = if from > least && base64(bytes[from - 1]) { from - 1 } else { from };
    let to = if bytes.get(to).is_some_and(|byte| base64(*byte)) { to + 1 } else { to };
    (from, to)
}

#[cfg(test)]
mod tests;
