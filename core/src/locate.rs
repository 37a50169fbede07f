//! Where a [`Place`] stands in the text of a scenario, so that a message can say `file:line:column`.
//!
//! A small scanner that builds no tree and forgives broken JSON; `scenario::read` says what is wrong with that.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::problem::{Part, Place};

/// Line and column of a place, both from 1, the column in characters. A field stands where its name stands, a list item
/// where its value does. Where the place itself is not in the text (a field that is missing), the nearest part around
/// it that is. `None` where the text has no object at all.
pub fn locate(text: &str, place: &Place) -> Option<(usize, usize)> {
    locate_all(text, &[place]).pop().flatten()
}

/// [`locate`] for many places in one go through the text.
pub fn locate_all(text: &str, places: &[&Place]) -> Vec<Option<(usize, usize)>> {
    let offsets = find_all(text, places);
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_by_key(|at| offsets[*at]);
    let mut found = vec![None; offsets.len()];
    let (mut line, mut line_start, mut seen) = (1, 0, 0);
    for at in order {
        let Some(offset) = offsets[at] else { continue };
        for (newline, _) in text[seen..offset].match_indices('\n') {
            line += 1;
            line_start = seen + newline + 1;
        }
        seen = offset;
        let before = text[line_start..offset].trim_start_matches('\u{feff}');
        found[at] = Some((line, before.chars().count() + 1));
    }
    found
}

/// Byte offsets of places, as [`locate`] means them.
pub fn find_all(text: &str, places: &[&Place]) -> Vec<Option<usize>> {
    let mut tree = Tree::default();
    let ends: Vec<usize> = places.iter().map(|place| tree.add(place)).collect();
    tree.scan(text);
    ends.into_iter().map(|end| tree.found(end)).collect()
}

/// Names that stand more than once in the same object, each with the place of the field.
pub fn duplicate_keys(text: &str) -> Vec<(Place, String)> {
    let mut seen: Vec<HashSet<Cow<str>>> = Vec::new();
    let mut place: Vec<Part> = Vec::new();
    let mut found = Vec::new();
    scan(text, &mut |event| match event {
        Event::Open { .. } => {
            seen.push(HashSet::new());
            place.push(Part::Index(0));
        }
        Event::Close => {
            seen.pop();
            place.pop();
        }
        Event::Key { name, .. } => {
            if let (Some(names), Some(part)) = (seen.last_mut(), place.last_mut()) {
                *part = Part::Key(name.clone().into_owned());
                if !names.insert(name.clone()) {
                    found.push((Place(place.clone()), name.into_owned()));
                }
            }
        }
        Event::Item { index, .. } => {
            if let Some(part) = place.last_mut() {
                *part = Part::Index(index);
            }
        }
    });
    found
}

/// The places looked for, as a tree of their parts.
#[derive(Default)]
struct Tree {
    nodes: Vec<Node>,
    below: HashMap<(usize, Part), usize>,
}

/// One part of one or more places.
#[derive(Default)]
struct Node {
    parent: Option<usize>,
    offset: Option<usize>,
}

impl Tree {
    /// Adds a place; gives the number of its node.
    fn add(&mut self, place: &Place) -> usize {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        place.0.iter().fold(0, |parent, part| {
            let next = self.nodes.len();
            let node = *self.below.entry((parent, part.clone())).or_insert(next);
            if node == next {
                self.nodes.push(Node { parent: Some(parent), offset: None });
            }
            node
        })
    }

    /// Goes through the text and notes where each node stands.
    fn scan(&mut self, text: &str) {
        let mut stack: Vec<Option<usize>> = Vec::new();
        let mut current = (!self.nodes.is_empty()).then_some(0);
        scan(text, &mut |event| match event {
            Event::Open { at } => {
                if let (Some(node), true) = (current, stack.is_empty()) {
                    self.nodes[node].offset.get_or_insert(at);
                }
                stack.push(current);
            }
            Event::Close => current = stack.pop().flatten(),
            Event::Key { name, at } => current = self.enter(&stack, || Part::Key(name.into_owned()), at),
            Event::Item { index, at } => current = self.enter(&stack, || Part::Index(index), at),
        });
    }

    /// The node of a part of the innermost object or list, if it is looked for. Of two with the same name the last wins,
    /// as it does for the reader.
    fn enter(&mut self, stack: &[Option<usize>], part: impl FnOnce() -> Part, at: usize) -> Option<usize> {
        let parent = stack.last().copied().flatten()?;
        let node = *self.below.get(&(parent, part()))?;
        self.nodes[node].offset = Some(at);
        Some(node)
    }

    /// Where a node stands, or the nearest one around it.
    fn found(&self, node: usize) -> Option<usize> {
        let mut at = Some(node);
        while let Some(node) = at {
            let node = &self.nodes[node];
            if node.offset.is_some() {
                return node.offset;
            }
            at = node.parent;
        }
        None
    }
}

/// What the scanner meets. `at` is a byte offset.
enum Event<'t> {
    /// An object or list begins.
    Open { at: usize },
    /// The innermost object or list ends.
    Close,
    /// A field of the innermost object.
    Key { name: Cow<'t, str>, at: usize },
    /// An item of the innermost list.
    Item { index: usize, at: usize },
}

/// What the scanner is in: an object that wants a name next or not, or a list with the number of its next item.
enum Inside {
    Object { name_next: bool },
    List { next: usize, item_next: bool },
}

/// Goes through a JSON text once, from left to right; keeps no more than the stack of open brackets.
fn scan<'t>(text: &'t str, tell: &mut impl FnMut(Event<'t>)) {
    let bytes = text.as_bytes();
    let mut stack: Vec<Inside> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_whitespace() || !byte.is_ascii() {
            at += 1;
            continue;
        }
        if let Some(Inside::List { next, item_next: item_next @ true }) = stack.last_mut()
            && !matches!(byte, b']' | b',')
        {
            tell(Event::Item { index: *next, at });
            *next += 1;
            *item_next = false;
        }
        match byte {
            b'{' | b'[' => {
                tell(Event::Open { at });
                stack.push(match byte {
                    b'{' => Inside::Object { name_next: true },
                    _ => Inside::List { next: 0, item_next: true },
                });
            }
            b'}' | b']' if stack.pop().is_some() => tell(Event::Close),
            b',' => match stack.last_mut() {
                Some(Inside::Object { name_next }) => *name_next = true,
                Some(Inside::List { item_next, .. }) => *item_next = true,
                None => {}
            },
            b'"' => {
                let end = end_of_text(bytes, at);
                if let Some(Inside::Object { name_next: name_next @ true }) = stack.last_mut() {
                    *name_next = false;
                    tell(Event::Key { name: unescaped(&text[at..end]), at });
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}

/// The offset after the closing quote of the text that begins at `start`.
fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// What stands between quotes.
fn unescaped(quoted: &str) -> Cow<'_, str> {
    let inner = quoted.strip_prefix('"').unwrap_or(quoted);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    match inner.contains('\\') {
        true => serde_json::from_str(quoted).map_or(Cow::Borrowed(inner), Cow::Owned),
        false => Cow::Borrowed(inner),
    }
}

#[cfg(test)]
mod tests;
