//! A JSONPath (RFC 9535), and a short cut for the plain ones that can lead to one place only: `$.a.b[0]`.
//!
//! The short cut reads the text once without building a tree, and finds what the tree would have given. Must not know
//! what a value is for.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json_path::JsonPath;

use crate::plan::extract::BodyView;
use crate::plan::template::BadTemplate;
use crate::problem::short;

/// A compiled JSONPath.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    text: String,
    query: JsonPath,
    single: Option<Vec<Hop>>,
}

/// One hop of a path that leads to one place only.
#[derive(Debug, Clone, PartialEq)]
enum Hop {
    Field(String),
    Item(usize),
    /// Counted from the end, from 1.
    FromEnd,
}

impl Path {
    /// Compiles `text`.
    pub fn compile(text: &str) -> Result<Self, BadTemplate> {
        let query = JsonPath::parse(text).map_err(|error| {
            let what = error.to_string();
            BadTemplate::new(
                format!("\"{}\" is no JSONPath: {}", short(text), short(what.trim())),
                "write a path such as $.items[0].id or $.items[*].price",
            )
        })?;
        Ok(Self { text: text.to_owned(), query, single: single(text) })
    }

    /// As written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it can lead to at most one place.
    pub fn is_single(&self) -> bool {
        self.single.is_some()
    }

    /// What it leads to in `body`, found by the short cut; `None` where there is none, or the tree is the better way.
    pub fn one(&self, body: &BodyView<'_>) -> Option<Option<Value>> {
        let hops = self.single.as_ref().filter(|hops| !hops.contains(&Hop::FromEnd) && body.scan_pays())?;
        Some(scan(body.text(), hops))
    }

    /// What it leads to in `body`, in the RFC's order; nothing where the body is no JSON. `take` says which are
    /// wanted, so that only those are copied.
    pub fn find(&self, body: &BodyView<'_>, take: impl FnOnce(usize) -> std::ops::Range<usize>) -> Vec<Value> {
        if let Some(found) = self.one(body) {
            let range = take(usize::from(found.is_some()));
            return found.into_iter().take(range.end).skip(range.start).collect();
        }
        let Some(tree) = body.json() else { return Vec::new() };
        let all = self.query.query(tree).all();
        let range = take(all.len());
        all.get(range).map(|wanted| wanted.iter().map(|value| (*value).clone()).collect()).unwrap_or_default()
    }
}

/// Follows `hops` through the JSON `text` to its end. To the end, because a later field of the same name wins, and
/// because half an answer must not count as JSON.
fn scan(text: &str, hops: &[Hop]) -> Option<Value> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let found = Follow(hops).deserialize(&mut reader).ok()?;
    reader.end().ok().and(found)
}

/// Reads one value and gives what `0` leads to inside it.
struct Follow<'h>(&'h [Hop]);

impl<'de> DeserializeSeed<'de> for Follow<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<Value>, D::Error> {
        match self.0 {
            [] => <Value as serde::Deserialize>::deserialize(from).map(Some),
            _ => from.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Follow<'_> {
    type Value = Option<Value>;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Value>, A::Error> {
        let mut found = None;
        let wanted = match self.0.first() {
            Some(Hop::Field(name)) => Some(name.as_str()),
            _ => None,
        };
        while let Some(hit) = map.next_key_seed(SameName(wanted))? {
            match hit {
                true => found = map.next_value_seed(Follow(&self.0[1..]))?,
                false => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Option<Value>, A::Error> {
        if let Some(Hop::Item(index)) = self.0.first() {
            for _ in 0..*index {
                if list.next_element::<IgnoredAny>()?.is_none() {
                    return Ok(None);
                }
            }
            let found = list.next_element_seed(Follow(&self.0[1..]))?.flatten();
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(found);
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Value>, E> {
        Ok(None)
    }
}

/// Reads the name of a field and says whether it is the wanted one.
struct SameName<'n>(Option<&'n str>);

impl<'de> DeserializeSeed<'de> for SameName<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for SameName<'_> {
    type Value = bool;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<bool, E> {
        Ok(self.0 == Some(name))
    }
}

/// The hops of a path (already known to be valid) that leads to one place only.
fn single(path: &str) -> Option<Vec<Hop>> {
    let mut rest = path.strip_prefix('$')?;
    let mut hops = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        if rest.is_empty() {
            return Some(hops);
        }
        let hop;
        (hop, rest) = match rest.strip_prefix('.') {
            Some(after) => shorthand(after)?,
            None => bracketed(rest.strip_prefix('[')?.trim_start())?,
        };
        hops.push(hop);
    }
}

/// The name after a dot.
fn shorthand(rest: &str) -> Option<(Hop, &str)> {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii())).unwrap_or(rest.len());
    (end > 0).then(|| (Hop::Field(rest[..end].to_owned()), &rest[end..]))
}

/// The only selector in a pair of brackets: a name in quotes or an index.
fn bracketed(rest: &str) -> Option<(Hop, &str)> {
    let quote = rest.chars().next()?;
    let (hop, rest) = if quote == '"' || quote == '\'' {
        let end = end_of_quoted(rest, quote)?;
        (Hop::Field(unquoted(&rest[1..end])?), &rest[end + 1..])
    } else {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '-'))?;
        let hop = if rest.starts_with('-') { Hop::FromEnd } else { Hop::Item(rest[..end].parse().ok()?) };
        (hop, &rest[end..])
    };
    rest.trim_start().strip_prefix(']').map(|rest| (hop, rest))
}

/// Where the quote that opens `text` is closed.
fn end_of_quoted(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(at, c)| {
        let closes = !escaped && c == quote;
        escaped = !escaped && c == '\\';
        closes.then_some(at)
    })
}

/// The name between quotes, its escapes resolved: those of JSON, and `\'`.
fn unquoted(inner: &str) -> Option<String> {
    let mut json = String::with_capacity(inner.len() + 2);
    json.push('"');
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => match chars.next()? {
                '\'' => json.push('\''),
                other => json.extend(['\\', other]),
            },
            other => json.push(other),
        }
    }
    json.push('"');
    serde_json::from_str(&json).ok()
}

#[cfg(test)]
mod tests;
