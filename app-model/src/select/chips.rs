//! A text with chips while it is edited: where the cursor may stand, what a key takes away, where a value goes in.
//!
//! Places in a text are counted in UTF-16 units, as browsers do. Must not know which values there are, but for the list of
//! those that are offered.

use crate::paste::with_chips;
use crate::select::values::{Available, From, Piece, look, pieces};
use crate::text::forms as say;

/// A text after an edit, and where the cursor stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The text.
    pub text: String,
    /// Where the cursor stands.
    pub caret: usize,
}

/// The length of a text, in units.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The byte at which this many units have passed; the end where there are not so many.
fn byte_at(text: &str, units: usize) -> usize {
    let mut passed = 0;
    for (byte, letter) in text.char_indices() {
        if passed >= units {
            return byte;
        }
        passed += letter.len_utf16();
    }
    text.len()
}

/// From where to where each chip stands.
pub fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut at = 0;
    let mut all = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Text(plain) => at += length(&plain),
            Piece::Chip(inner) => {
                let end = at + length(&inner) + 4;
                all.push((at, end));
                at = end;
            }
        }
    }
    all
}

/// Where the cursor goes by one step to the right (`forward`) or left, where that leads over a chip.
pub fn step_over(text: &str, caret: usize, forward: bool) -> Option<usize> {
    spans(text).into_iter().find_map(|(from, to)| match forward {
        true => (from <= caret && caret < to).then_some(to),
        false => (from < caret && caret <= to).then_some(from),
    })
}

/// Without the chip before the cursor, or behind it (`forward`); none where no chip stands there.
pub fn erase(text: &str, caret: usize, forward: bool) -> Option<Edited> {
    let (from, to) = spans(text).into_iter().find(|(from, to)| match forward {
        true => *from <= caret && caret < *to,
        false => *from < caret && caret <= *to,
    })?;
    Some(put(text, from, to, ""))
}

/// A selection that holds each chip whole or not at all; a cursor inside of a chip becomes a selection of it.
pub fn settle(text: &str, from: usize, to: usize) -> (usize, usize) {
    let (mut start, mut end) = (from, to);
    for (first, last) in spans(text) {
        if first < start && start < last {
            start = first;
        }
        if first < end && end < last {
            end = last;
        }
    }
    (start, end)
}

/// A text with something in place of a piece of it; the cursor stands behind that.
pub fn put(text: &str, from: usize, to: usize, what: &str) -> Edited {
    let (start, end) = (byte_at(text, from), byte_at(text, to.max(from)));
    Edited { text: format!("{}{what}{}", &text[..start], &text[end..]), caret: from + length(what) }
}

/// A value by its name, in place of a piece of a text.
pub fn put_value(text: &str, from: usize, to: usize, name: &str) -> Edited {
    put(text, from, to, &format!("{{{{{name}}}}}"))
}

/// A text with something pasted into it: `${name}` becomes a chip, and lines are joined where there is one only.
pub fn paste(text: &str, from: usize, to: usize, pasted: &str, one_line: bool) -> Edited {
    let pasted = with_chips(&pasted.replace("\r\n", "\n"));
    let pasted = match one_line {
        true => pasted.trim_matches('\n').replace('\n', " "),
        false => pasted,
    };
    let (from, to) = settle(text, from, to);
    put(text, from, to, &pasted)
}

/// Where a brace stands that was just typed before the cursor and asks for a value: one in a line of text, two in code,
/// where a single one means something by itself.
pub fn asks(text: &str, caret: usize, code: bool) -> Option<usize> {
    let before = &text[..byte_at(text, caret)];
    let mark = if code { "{{" } else { "{" };
    before.ends_with(mark).then(|| caret - mark.len())
}

/// What was typed to find a value: the text from a place to the cursor, without braces. None where the cursor has left
/// it, or what stands there can't be a name.
pub fn looked_for(text: &str, from: usize, caret: usize) -> Option<String> {
    if caret < from || from > length(text) {
        return None;
    }
    let typed = &text[byte_at(text, from)..byte_at(text, caret)];
    let name = typed.trim_start_matches('{');
    (!name.contains(['{', '}', '\n', '/', '"', '&', '='])).then(|| name.trim_start().to_owned())
}

/// A group of values to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offers {
    /// Where they come from.
    pub from: From,
    /// The values, each with its number among all that are offered.
    pub values: Vec<(usize, Available)>,
}

/// The values with these letters in their names, in groups. Those that begin so come first within a group.
pub fn offers(known: &[Available], letters: &str) -> Vec<Offers> {
    let wanted = letters.trim().to_lowercase();
    let mut found: Vec<&Available> = known.iter().filter(|value| value.name.to_lowercase().contains(&wanted)).collect();
    found.sort_by_key(|value| (value.from, !value.name.to_lowercase().starts_with(&wanted)));
    let mut groups: Vec<Offers> = Vec::new();
    for (number, value) in found.into_iter().enumerate() {
        match groups.last_mut().filter(|group| group.from == value.from) {
            Some(group) => group.values.push((number, value.clone())),
            None => groups.push(Offers { from: value.from, values: vec![(number, value.clone())] }),
        }
    }
    groups
}

/// What is said of the chips of a text to those who don't see them.
pub fn told(known: &[Available], elsewhere: &[String], text: &str) -> String {
    let chips = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Chip(inner) => Some(say::chip(&look(known, elsewhere, &inner))),
        Piece::Text(_) => None,
    });
    chips.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
