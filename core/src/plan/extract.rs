//! Saved values: a piece of an answer, found by a rule that is compiled once and used for every answer.
//!
//! Must not know under which name a value is kept, nor what happens where there is none.

mod body;
mod path;

pub use body::BodyView;
pub(crate) use path::Path;

use regex::{Captures, Regex};
use scraper::{ElementRef, Selector};
use serde_json::Value;

use crate::plan::dice::Dice;
use crate::plan::template::BadTemplate;
use crate::plan::value::Val;
use crate::problem::short;
use crate::scenario::steps::{Pick, SaveFrom, SaveRule};
use crate::traffic::Answer;

/// A compiled [`SaveRule`].
#[derive(Debug, Clone)]
pub struct Extractor {
    place: Place,
    pick: Pick,
}

/// Where a value stands.
#[derive(Debug, Clone)]
enum Place {
    Json(Path),
    Pattern(Regex),
    Header(String),
    Cookie(String),
    Css { selector: Box<Selector>, attribute: String },
    Between(String, String),
}

impl Extractor {
    /// Compiles `rule`. Its name, default and what happens if missing are for the caller.
    ///
    /// # Errors
    /// Where a path, pattern or selector can't be read, or nothing says where the value stands.
    pub fn compile(rule: &SaveRule) -> Result<Self, BadTemplate> {
        let place = match &rule.from {
            SaveFrom::Json(path) => Place::Json(Path::compile(path)?),
            SaveFrom::Pattern(pattern) => Place::Pattern(compile_pattern(pattern)?),
            SaveFrom::Header(name) => Place::Header(named(name, "header")?),
            SaveFrom::Cookie(name) => Place::Cookie(named(name, "cookie")?),
            SaveFrom::Css(selector) => {
                let selector = Selector::parse(selector).map_err(|error| {
                    BadTemplate::new(
                        format!("\"{}\" is no CSS selector: {}", short(selector), short(&error.to_string())),
                        "write a selector such as form input[name=token]",
                    )
                })?;
                Place::Css { selector: Box::new(selector), attribute: rule.attribute.trim().to_owned() }
            }
            SaveFrom::Between((left, right)) if left.is_empty() && right.is_empty() => {
                return Err(BadTemplate::new("both marks are empty", "write the text before, and after, the value"));
            }
            SaveFrom::Between((left, right)) => Place::Between(left.clone(), right.clone()),
            SaveFrom::Nothing => {
                return Err(BadTemplate::new(
                    "nothing says where the value stands",
                    format!("add one of: {}", SaveFrom::KEYS.join(", ")),
                ));
            }
        };
        Ok(Self { place, pick: rule.pick })
    }

    /// Whether all matches are kept, as a list.
    pub(crate) fn takes_all(&self) -> bool {
        self.pick == Pick::All
    }

    /// Whether the answer's body is looked at.
    pub fn needs_body(&self) -> bool {
        !matches!(self.place, Place::Header(_) | Place::Cookie(_))
    }

    /// Finds the value in `answer`, whose body is `body`; [`Val::Missing`] where there is none. `cookie` gives the
    /// person's cookie of a name, after this answer. JSON keeps its type; all others are text.
    pub fn apply(
        &self,
        answer: &Answer,
        body: &BodyView<'_>,
        cookie: &dyn Fn(&str) -> Option<String>,
        dice: &mut Dice,
    ) -> Val {
        match &self.place {
            Place::Json(path) => self.json(path, body, dice),
            Place::Pattern(pattern) => {
                self.one(pattern.captures_iter(body.text()).filter_map(|found| group(&found)), dice)
            }
            Place::Header(name) => {
                let same = answer.headers.iter().filter(|(have, _)| have.eq_ignore_ascii_case(name));
                self.one(same.map(|(_, value)| value.into_owned()), dice)
            }
            Place::Cookie(name) => self.one(cookie(name).into_iter(), dice),
            Place::Css { selector, attribute } => {
                let elements = body.html().select(selector);
                self.one(elements.filter_map(|element| content(&element, attribute)), dice)
            }
            Place::Between(left, right) => self.one(Between { rest: body.text(), left, right }, dice),
        }
    }

    /// Picks among what a path leads to.
    fn json(&self, path: &Path, body: &BodyView<'_>, dice: &mut Dice) -> Val {
        // The usual case, without a list of what was found.
        if self.pick == Pick::First
            && let Some(found) = path.one(body)
        {
            return found.map_or(Val::Missing, Val::from_json);
        }
        let mut found = path.find(body, |count| match self.pick {
            Pick::All => 0..count,
            _ if count == 0 => 0..0,
            Pick::First => 0..1,
            Pick::Last => count - 1..count,
            Pick::Random => {
                let at = dice.below(count as u64) as usize;
                at..at + 1
            }
        });
        match self.pick {
            _ if found.is_empty() => Val::Missing,
            Pick::All => Val::from_json(Value::Array(found)),
            _ => found.pop().map_or(Val::Missing, Val::from_json),
        }
    }

    /// Picks among texts.
    fn one<T: Into<String>>(&self, mut found: impl Iterator<Item = T>, dice: &mut Dice) -> Val {
        let picked = match self.pick {
            Pick::First => found.next(),
            Pick::Last => found.last(),
            Pick::Random => {
                let mut all: Vec<T> = found.collect();
                match all.len() {
                    0 => None,
                    count => Some(all.swap_remove(dice.below(count as u64) as usize)),
                }
            }
            Pick::All => {
                let all: Vec<Value> = found.map(|text| Value::String(text.into())).collect();
                return if all.is_empty() { Val::Missing } else { Val::from_json(Value::Array(all)) };
            }
        };
        picked.map_or(Val::Missing, |text| Val::text(text.into()))
    }
}

/// Compiles a regular expression.
pub(crate) fn compile_pattern(pattern: &str) -> Result<Regex, BadTemplate> {
    Regex::new(pattern).map_err(|error| {
        let (what, hint) = match error {
            regex::Error::CompiledTooBig(_) => ("it is too large".to_owned(), "use smaller numbers of repetitions"),
            // The library draws the place in several lines; the last one says what is wrong.
            other => {
                let text = other.to_string();
                let last = text.lines().last().unwrap_or_default();
                let what = last.strip_prefix("error: ").unwrap_or(last).to_owned();
                (
                    what,
                    "look-around and back-references are not known here; write \\ before . ? * + ( [ { meant as such",
                )
            }
        };
        BadTemplate::new(format!("\"{}\" is no pattern: {what}", short(pattern)), hint)
    })
}

/// The first group that took part in a match, or all of it where the pattern has no groups.
fn group<'t>(found: &Captures<'t>) -> Option<&'t str> {
    let groups = if found.len() == 1 { 0..1 } else { 1..found.len() };
    groups.into_iter().find_map(|at| found.get(at)).map(|part| part.as_str())
}

/// A name that can't be empty.
fn named(name: &str, what: &str) -> Result<String, BadTemplate> {
    match name.trim() {
        "" => Err(BadTemplate::new(format!("the name of the {what} is empty"), format!("write the {what}'s name"))),
        name => Ok(name.to_owned()),
    }
}

/// An element's attribute, or its text where no attribute is asked for.
fn content(element: &ElementRef<'_>, attribute: &str) -> Option<String> {
    match attribute {
        "" => Some(element.text().collect::<String>().trim().to_owned()),
        // HTML's attributes are in small letters after parsing, those of SVG may not be.
        name => {
            element.value().attr(name).or_else(|| element.value().attr(&name.to_ascii_lowercase())).map(str::to_owned)
        }
    }
}

/// The pieces between two marks, from left to right, not overlapping. An empty left mark is the start of the text, an
/// empty right one its end.
struct Between<'t, 'm> {
    rest: &'t str,
    left: &'m str,
    right: &'m str,
}

impl<'t> Iterator for Between<'t, '_> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let start = self.rest.find(self.left)? + self.left.len();
        let inner = &self.rest[start..];
        if self.left.is_empty() || self.right.is_empty() {
            self.rest = "";
            let end = if self.right.is_empty() { inner.len() } else { inner.find(self.right)? };
            return Some(&inner[..end]);
        }
        let end = inner.find(self.right)?;
        self.rest = &inner[end + self.right.len()..];
        Some(&inner[..end])
    }
}

#[cfg(test)]
mod tests;
