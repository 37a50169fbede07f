//! A picked piece of an answer: the rule that finds it again, how often it matches, and what to ask where it matches more
//! than once.

use serde_json::Value;
use tidemark_core::plan::dice::Dice;
use tidemark_core::plan::extract::{BodyView, Extractor};
use tidemark_core::plan::template::is_name;
use tidemark_core::scenario::{Check, CheckKind, Comparison, Pick as Which, SaveFrom, SaveRule};
use tidemark_core::traffic::Answer;

use super::{as_answer, tree};
use crate::model::Exchange;
use crate::text::panel as say;

/// What was picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// A field of a JSON body, by its path.
    Json(String),
    /// A header, by name.
    Header(String),
    /// A cookie, by name.
    Cookie(String),
    /// An element of a page: its selector and the attribute.
    Element(String, String),
    /// Selected text: what stands before it, the text itself, and what stands behind it.
    Text(String, String, String),
}

impl Spot {
    /// A name for it that no other piece of the answer has: a JSON path, or `header:Location`.
    pub fn path(&self) -> String {
        match self {
            Self::Json(path) => path.clone(),
            Self::Header(name) => format!("header:{name}"),
            Self::Cookie(name) => format!("cookie:{name}"),
            Self::Element(selector, attribute) => format!("element:{selector}@{attribute}"),
            Self::Text(..) => "text".to_owned(),
        }
    }
}

/// A rule that would save it.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What it says on the button: "the first", "where name is Tea".
    pub label: String,
    /// The rule, without a name.
    pub rule: SaveRule,
}

/// A picked piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Pick {
    /// Its value as text.
    pub value: String,
    /// The word of its type: "text", "number" …
    pub sort: &'static str,
    /// The rule in words: "field access_token in the answer".
    pub words: String,
    /// How many places of this answer the rule finds.
    pub matches: usize,
    /// What can be saved. Where there is more than one, a person has to say which.
    pub choices: Vec<Choice>,
    /// A name for it.
    pub name: String,
    /// What a check of it would be.
    pub check: Check,
}

/// An answer whose body is read once, however many rules look at it.
#[derive(Clone, Copy)]
struct Look<'a> {
    answer: &'a Answer,
    body: &'a BodyView<'a>,
}

/// What a piece of an answer becomes; `None` where nothing is there.
pub fn pick(exchange: &Exchange, spot: &Spot) -> Option<Pick> {
    let answer = as_answer(exchange);
    let look = Look { answer: &answer, body: &BodyView::new(&answer) };
    match spot {
        Spot::Json(path) => json(look, path),
        Spot::Header(name) => {
            let rule = rule(SaveFrom::Header(name.clone()));
            plain(look, rule, say::from_header(name), name, header_check(exchange, name))
        }
        Spot::Cookie(name) => {
            let (_, headers) = super::head(&exchange.answer_head);
            let start = format!("{name}=");
            let line = headers.iter().find(|(_, line)| line.starts_with(&start))?;
            let value = line.1[start.len()..].split(';').next().unwrap_or_default().trim().to_owned();
            let rule = rule(SaveFrom::Cookie(name.clone()));
            Some(Pick {
                value,
                sort: say::TEXT_SORT,
                words: say::from_cookie(name),
                matches: 1,
                choices: vec![Choice { label: String::new(), rule }],
                name: name_from(name),
                check: Check { what: CheckKind::Header("Set-Cookie".to_owned()), ..Check::default() },
            })
        }
        Spot::Element(selector, attribute) => {
            let mut rule = rule(SaveFrom::Css(selector.clone()));
            rule.attribute.clone_from(attribute);
            let name = selector.split('"').nth(1).unwrap_or(selector);
            plain(look, rule, say::from_element(selector, attribute), name, None)
        }
        Spot::Text(before, text, after) => {
            let rule = rule(SaveFrom::Between((before.clone(), after.clone())));
            let mut found = plain(look, rule, say::from_between(before, after), "value", None)?;
            text.clone_into(&mut found.value);
            found.check = contains(text);
            Some(found)
        }
    }
}

fn rule(from: SaveFrom) -> SaveRule {
    SaveRule { from, ..SaveRule::default() }
}

fn contains(text: &str) -> Check {
    Check { what: CheckKind::Contains(text.to_owned()), ..Check::default() }
}

fn equals(what: CheckKind, value: Value) -> Check {
    Check { what, is: Some(Comparison::Equal), to: Some(value), ..Check::default() }
}

fn header_check(exchange: &Exchange, name: &str) -> Option<Check> {
    let (_, headers) = super::head(&exchange.answer_head);
    let (_, value) = headers.into_iter().find(|(have, _)| have.eq_ignore_ascii_case(name))?;
    Some(equals(CheckKind::Header(name.to_owned()), Value::String(value)))
}

/// All values that a rule finds in an answer.
fn found(look: Look, rule: &SaveRule) -> Vec<Value> {
    let all = SaveRule { pick: Which::All, ..rule.clone() };
    let Ok(rule) = Extractor::compile(&all) else { return Vec::new() };
    match rule.apply(look.answer, look.body, &|_| None, &mut Dice::new(1, 1)).to_json() {
        Value::Array(all) => all,
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

/// A piece whose rule has no better forms: where there are several, the first, the last or one by chance.
fn plain(look: Look, rule: SaveRule, words: String, name: &str, check: Option<Check>) -> Option<Pick> {
    let all = found(look, &rule);
    let value = text_of(all.first()?);
    let check = check.unwrap_or_else(|| contains(&value));
    let choices = which(&rule, all.len());
    let (sort, name) = (say::TEXT_SORT, name_from(name));
    Some(Pick { value, sort, words, matches: all.len(), choices, name, check })
}

/// The choices of a rule with so many matches.
fn which(rule: &SaveRule, matches: usize) -> Vec<Choice> {
    if matches <= 1 {
        return vec![Choice { label: String::new(), rule: rule.clone() }];
    }
    let picks = [(say::THE_FIRST, Which::First), (say::THE_LAST, Which::Last), (say::BY_CHANCE, Which::Random)];
    let each = picks.map(|(label, pick)| Choice { label: label.to_owned(), rule: SaveRule { pick, ..rule.clone() } });
    each.into_iter().collect()
}

fn json(look: Look, path: &str) -> Option<Pick> {
    let exact = rule(SaveFrom::Json(path.to_owned()));
    let value = found(look, &exact).into_iter().next()?;
    let check = equals(CheckKind::Json(path.to_owned()), value.clone());
    let general = rule(SaveFrom::Json(any_item(path)));
    let all = found(look, &general);
    let mut choices = which(&general, all.len());
    if all.len() > 1 {
        choices.extend(by_neighbour(look, path));
        choices.push(Choice { label: say::just_this(path), rule: exact });
    }
    Some(Pick {
        sort: match &value {
            Value::Number(_) => say::NUMBER_SORT,
            Value::Bool(_) => say::TRUTH_SORT,
            _ => say::TEXT_SORT,
        },
        value: text_of(&value),
        words: say::from_field(&crate::text::steps::field(&any_item(path))),
        matches: all.len(),
        choices,
        name: name_of_path(path),
        check,
    })
}

/// A path with every number of an item made "any": `$.items[3].id` is `$.items[*].id`.
fn any_item(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some(open) = rest.find('[') {
        let inner = &rest[open + 1..];
        let Some(close) = inner.find(']') else { break };
        let number = !inner[..close].is_empty() && inner[..close].bytes().all(|byte| byte.is_ascii_digit());
        out.push_str(&rest[..=open]);
        out.push_str(if number { "*" } else { &inner[..close] });
        out.push(']');
        rest = &inner[close + 1..];
    }
    out + rest
}

/// Rules that find the item by another field of it: where `name` is "Tea".
fn by_neighbour(look: Look, path: &str) -> Vec<Choice> {
    let Some(open) = path.rfind('[') else { return Vec::new() };
    let Some(close) = path[open..].find(']').map(|close| open + close) else { return Vec::new() };
    if !path[open + 1..close].bytes().all(|byte| byte.is_ascii_digit()) || close + 1 == path.len() {
        return Vec::new();
    }
    let item = found(look, &rule(SaveFrom::Json(path[..=close].to_owned()))).into_iter().next();
    let Some(Value::Object(item)) = item else { return Vec::new() };
    let own = &path[close + 1..];
    let choice = |(key, value): (&String, &Value)| {
        let Value::String(text) = value else { return None };
        let usable = text.len() <= 40 && !text.contains(['"', '\\', '\n']) && !text.is_empty();
        let field = tree::step_path("@", key);
        if !usable || field[1..] == *own {
            return None;
        }
        let path = format!("{}[?{field} == \"{text}\"]{own}", any_item(&path[..open]));
        let rule = rule(SaveFrom::Json(path));
        (found(look, &rule).len() == 1).then(|| Choice { label: say::where_is(key, text), rule })
    };
    item.iter().filter_map(choice).take(2).collect()
}

/// A JSON value as a text.
pub(crate) fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A name for a field: its own, with the list's for one that is just called `id`.
fn name_of_path(path: &str) -> String {
    let plain = any_item(path).replace("[*]", "");
    let parts: Vec<&str> = plain.split(['.', '[', ']', '\'']).filter(|part| !part.is_empty() && *part != "$").collect();
    match parts[..] {
        [.., list, last] if last.eq_ignore_ascii_case("id") => {
            name_from(&format!("{}_{last}", list.trim_end_matches('s')))
        }
        [.., last] => name_from(last),
        [] => name_from("value"),
    }
}

/// A text made fit to be a name.
fn name_from(text: &str) -> String {
    let fit: String = text.chars().map(|c| if c.is_alphanumeric() || c == '_' || c == '-' { c } else { '_' }).collect();
    let fit = fit.trim_matches(['-', '_']).chars().take(40).collect::<String>();
    if is_name(&fit) { fit } else { "value".to_owned() }
}

/// What was selected in a body, by its start and end in bytes: with the marks around it, grown until they find it alone.
pub fn selected(body: &str, start: usize, end: usize) -> Option<Spot> {
    let text = body.get(start..end).filter(|text| !text.trim().is_empty())?;
    let (before, after) = (body.get(..start)?, body.get(end..)?);
    let after: String = after.chars().take_while(|c| !matches!(c, '\n' | '\r')).take(8).collect();
    let mut mark = String::new();
    for c in before.chars().rev().take(60) {
        mark.insert(0, c);
        let first = body.find(&mark).map(|at| at + mark.len());
        if mark.chars().count() >= 6 && first == Some(start) {
            break;
        }
    }
    Some(Spot::Text(mark, text.to_owned(), after))
}

/// The same for a selection on screen: its start and end count UTF-16 units, and each line end as one.
pub fn selected_on_screen(body: &str, start: usize, end: usize) -> Option<Spot> {
    let (mut seen, mut from, mut to) = (0, None, None);
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if seen == start {
            from.get_or_insert(at);
        }
        if seen == end {
            to.get_or_insert(at);
        }
        // A carriage return before a line feed is not counted on screen.
        if !(c == '\r' && matches!(chars.peek(), Some((_, '\n')))) {
            seen += c.len_utf16();
        }
    }
    selected(body, from?, to.unwrap_or(body.len()))
}

/// The next place of a text that holds what is looked for, from a selection's end on and then from the start; in UTF-16
/// units, as the screen counts.
pub fn next_match(text: &str, find: &str, from: usize) -> Option<(usize, usize)> {
    let (plain, find) = (text.to_ascii_lowercase(), find.to_ascii_lowercase());
    if find.is_empty() {
        return None;
    }
    let mut seen = 0;
    let start = text.char_indices().find(|(_, c)| {
        let here = seen >= from;
        seen += c.len_utf16();
        here
    });
    let start = start.map_or(text.len(), |(at, _)| at);
    let at = plain[start..].find(&find).map(|at| start + at).or_else(|| plain.find(&find))?;
    let units = |text: &str| text.encode_utf16().count();
    let first = units(&text[..at]);
    Some((first, first + units(&text[at..at + find.len()])))
}
