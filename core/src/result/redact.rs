//! Takes secrets out of texts, however they are written: plain, percent-encoded, escaped as in JSON or HTML, or within
//! base64.
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

/// No code for a character, such as `#x1F600` in HTML, is longer.
const LONGEST_CODE: usize = 8;

/// Text within text within text: no more backslashes are looked at.
const MOST_SLASHES: usize = 8;

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
        if let Some(limit) = &mut verdict.limit {
            limit.goals.iter_mut().for_each(|outcome| self.goal(&mut outcome.goal));
            let broken = limit.steps.iter_mut().filter_map(|step| step.broken.as_mut());
            broken.flat_map(|one| one.goal.iter_mut().chain(&mut one.most)).for_each(|text| self.edit(text));
        }
        verdict.suspects.iter_mut().flat_map(|one| [&mut one.source, &mut one.series]).for_each(|text| self.edit(text));
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
        matches!(text[0], b'%' | b'\\' | b'+' | b'&') || text[0] == first
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
            if count >= SHORTEST_PIECE && ends.iter().any(|end| is_half_a_code(&text[*end..])) {
                return true;
            }
            ends = ends.iter().flat_map(|end| forms(text, *end, *wanted)).flatten().collect();
        }
        false
    }
}

/// Where one character ends if it starts at `at`, in each way it may be written.
fn forms(text: &str, at: usize, wanted: char) -> [Option<usize>; 9] {
    let rest = &text.as_bytes()[at..];
    let mut utf8 = [0; 4];
    let bytes = wanted.encode_utf8(&mut utf8).as_bytes();
    let plain = rest.starts_with(bytes).then_some(at + bytes.len());
    let plus = (wanted == ' ' && rest.first() == Some(&b'+')).then_some(at + 1);
    let percent = |lead: &str| bytes.iter().try_fold(at, |at, byte| percent(text, at, lead, *byte));
    // Text within text is escaped again: two backslashes become four, and each other escape gets more of them.
    let slashes = rest.iter().take(MOST_SLASHES).take_while(|byte| **byte == b'\\').count();
    let doubled = |count: usize| (wanted == '\\' && slashes >= count).then_some(at + count);
    let escaped = || if slashes > 0 { escaped(text, at + slashes, wanted) } else { None };
    let unicode = || {
        let mut utf16 = [0; 2];
        wanted.encode_utf16(&mut utf16).iter().try_fold(at, |at, unit| unicode(text, at, *unit))
    };
    let (once, twice, entity) = (percent("%"), percent("%25"), entity(text, at, wanted));
    [plain, plus, once, twice, doubled(2), doubled(4), escaped(), unicode(), entity]
}

/// Where a byte ends that is written as `%2F`, or as `%252F` in an address within an address; `lead` stands before its
/// digits.
fn percent(text: &str, at: usize, lead: &str, wanted: u8) -> Option<usize> {
    let digits = text.as_bytes().get(at..)?.strip_prefix(lead.as_bytes())?.get(..2)?;
    (hex(digits) == Some(u32::from(wanted))).then_some(at + lead.len() + 2)
}

/// Where a character ends of which only the part after its backslashes stands at `at`.
fn escaped(text: &str, at: usize, wanted: char) -> Option<usize> {
    let short = match text.as_bytes().get(at)? {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        quoted @ (b'"' | b'\'' | b'/') => char::from(*quoted),
        _ => return entity(text, at, wanted).filter(|_| matches!(wanted, '"' | '\'' | '/')),
    };
    (short == wanted).then_some(at + 1)
}

/// Where a unit of UTF-16 ends that is written as `\u00e4`, or with more backslashes in text within text.
fn unicode(text: &str, at: usize, wanted: u16) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    let slashes = rest.iter().take(MOST_SLASHES).take_while(|byte| **byte == b'\\').count();
    let code = rest.get(slashes..slashes + 5).filter(|code| slashes > 0 && code[0] == b'u')?;
    (hex(&code[1..]) == Some(u32::from(wanted))).then_some(at + slashes + 5)
}

/// Where a character written as in HTML ends, such as `&amp;`, `&#38;` or `&#x26;`.
fn entity(text: &str, at: usize, wanted: char) -> Option<usize> {
    // Some writers of JSON write the first character as a code of its own.
    let start = if text.as_bytes().get(at) == Some(&b'&') { at + 1 } else { unicode(text, at, u16::from(b'&'))? };
    let rest = text.get(start..)?;
    let (code, _) = rest[..rest.floor_char_boundary(LONGEST_CODE + 1)].split_once(';')?;
    let is = match code {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = code.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => hex(digits.as_bytes()),
                None => number.parse().ok(),
            };
            number.and_then(char::from_u32)
        }
    };
    (is == Some(wanted)).then(|| start + code.len() + 1)
}

/// Whether a text that was cut ends within a code such as `%2F` or `&amp;`.
fn is_half_a_code(end: &str) -> bool {
    end.len() <= LONGEST_CODE && end.starts_with(['%', '\\', '&'])
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
