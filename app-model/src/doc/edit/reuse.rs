//! A value that the server hands out and later steps send back: it is saved under a name, and the places that hold it
//! use the name instead. Must not know where in an answer the value stands.

use base64::Engine as _;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tidemark_core::scenario::{
    Act, Body, Check, CheckKind, Pairs, PartContent, Request, SaveRule, Scenario, SignIn, Step,
};

use crate::doc::edit::flow::request_mut;
use crate::doc::edit::{Done, Refused};
use crate::doc::place::{Item, Lane, lanes_of, list, root_of, step, step_mut, task, user, where_is};
use crate::text::edits as say;
use crate::text::panel as words;

/// What stays as it is when a value is percent-encoded.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Save a value, and use it where it stands later.
#[derive(Debug, Clone, PartialEq)]
pub struct Reuse {
    /// The request whose answer holds it, by its step's id.
    pub step: String,
    /// How it is found there.
    pub rule: SaveRule,
    /// The value as it was, to be replaced.
    pub value: String,
    /// Where to replace it.
    pub places: Vec<Place>,
}

/// One text of a step, by the step's id and the text's number in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The step's id.
    pub step: String,
    /// Which of its texts, from 0.
    pub text: usize,
}

/// A place where a value stands later on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub place: Place,
    /// The field in words: "address", "header Authorization".
    pub field: String,
    /// The text as it is now.
    pub sample: String,
}

/// The later steps that send a value: raw, percent-encoded, in base64, or escaped as in JSON.
pub fn later_uses(scenario: &Scenario, from: &str, value: &str) -> Vec<Found> {
    let mut all = Vec::new();
    if value.is_empty() {
        return all;
    }
    for found in later_steps(scenario, from) {
        let mut act = found.act.clone();
        let mut number = 0;
        texts(&mut act, &mut |field, slot| {
            let sample = slot.shown();
            if slot.replaced(field, value, "x").is_some() {
                let place = Place { step: found.id.clone(), text: number };
                all.push(Found { place, field: field.words(), sample });
            }
            number += 1;
        });
    }
    all
}

/// The steps that a person does after a step: the rest of its task; for a step on arrival also all tasks and the end.
fn later_steps<'a>(scenario: &'a Scenario, id: &str) -> Vec<&'a Step> {
    let Some((lane, _)) = where_is(scenario, id) else { return Vec::new() };
    let root = root_of(scenario, &lane);
    let mut all = Vec::new();
    if let Some(steps) = list(scenario, &root) {
        flat(steps, &mut all);
    }
    let mut after: Vec<&Step> = match all.iter().position(|step| step.id == id) {
        Some(at) => all.split_off(at + 1),
        None => return Vec::new(),
    };
    let owner = match &root {
        Lane::Arrival(owner) => user(scenario, owner),
        Lane::Task(owner) => task(scenario, owner).map(|(user, _)| user),
        _ => None,
    };
    if let Some(owner) = owner {
        if matches!(root, Lane::Arrival(_)) {
            owner.tasks.iter().for_each(|task| flat(&task.steps, &mut after));
        }
        flat(&owner.before_leaving, &mut after);
    }
    after
}

fn flat<'a>(steps: &'a [Step], out: &mut Vec<&'a Step>) {
    for step in steps {
        out.push(step);
        lanes_of(step).into_iter().for_each(|(_, inside)| flat(inside, out));
    }
}

pub(super) fn apply(scenario: &mut Scenario, reuse: &Reuse) -> Result<Done, Refused> {
    super::names::proper(&reuse.rule.name)?;
    let request = request_mut(scenario, &reuse.step)?;
    request.save.push(reuse.rule.clone());
    let item = Item::Save(reuse.step.clone(), request.save.len() - 1);
    for place in &reuse.places {
        let step = step_mut(scenario, &place.step).ok_or_else(Refused::gone)?;
        let mut number = 0;
        texts(&mut step.act, &mut |field, slot| {
            if number == place.text
                && let Some(new) = slot.replaced(field, &reuse.value, &reuse.rule.name)
            {
                slot.put(new);
            }
            number += 1;
        });
    }
    let label = match reuse.places.len() {
        0 => say::ADD_SAVE.to_owned(),
        count => say::save_and_replace(&reuse.rule.name, count),
    };
    Ok(Done::once(label).and_select(item))
}

/// The kind of field a text stands in.
#[derive(Clone, Copy)]
enum Field<'a> {
    Address,
    Query(&'a str),
    Header(&'a str),
    Form(&'a str),
    Body,
    SignIn,
    Check,
    Value,
}

impl Field<'_> {
    fn words(self) -> String {
        match self {
            Self::Address => say::FIELD_ADDRESS.to_owned(),
            Self::Query(name) => words::in_query(name),
            Self::Header(name) => words::in_header(name),
            Self::Form(name) => words::in_form(name),
            Self::Body => say::FIELD_BODY.to_owned(),
            Self::SignIn => say::FIELD_SIGN_IN.to_owned(),
            Self::Check => words::IN_CHECK.to_owned(),
            Self::Value => words::IN_VALUE.to_owned(),
        }
    }
}

/// A text, or a plain value in JSON.
enum Slot<'a> {
    Text(&'a mut String),
    Json(&'a mut Value),
}

impl Slot<'_> {
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => (**text).clone(),
            Self::Json(Value::String(text)) => text.clone(),
            Self::Json(value) => value.to_string(),
        }
    }

    /// With the name in place of the value; `None` where it is not in there.
    fn replaced(&self, field: Field, value: &str, name: &str) -> Option<String> {
        match self {
            Self::Text(text) => swapped(text, field, value, name),
            Self::Json(Value::String(text)) => swapped(text, field, value, name),
            Self::Json(other @ (Value::Number(_) | Value::Bool(_))) => {
                let shown = other.to_string();
                (shown == value).then(|| format!("{{{{{name}}}}}"))
            }
            Self::Json(_) => None,
        }
    }

    fn put(&mut self, new: String) {
        match self {
            Self::Text(text) => **text = new,
            Self::Json(value) => **value = Value::String(new),
        }
    }
}

/// The text with `{{name}}` for a value in any of its forms, outside of other chips.
fn swapped(text: &str, field: Field, value: &str, name: &str) -> Option<String> {
    let encoded = utf8_percent_encode(value, PLAIN).to_string();
    let base64 = base64::engine::general_purpose::STANDARD.encode(value);
    // An address encodes what is put into it.
    let in_url =
        if matches!(field, Field::Address) { format!("{{{{{name}}}}}") } else { format!("{{{{{name} | url}}}}") };
    let escaped = value.replace('/', "\\/");
    let forms = [
        (value, format!("{{{{{name}}}}}")),
        (encoded.as_str(), in_url),
        (escaped.as_str(), format!("{{{{{name}}}}}")),
        (base64.as_str(), format!("{{{{{name} | base64}}}}")),
    ];
    let mut out = text.to_owned();
    let mut any = false;
    for (at, (form, chip)) in forms.iter().enumerate() {
        if forms[..at].iter().any(|(earlier, _)| earlier == form) {
            continue;
        }
        let mut from = 0;
        while let Some(found) = find(&out, form, from) {
            out.replace_range(found..found + form.len(), chip);
            from = found + chip.len();
            any = true;
        }
    }
    any.then_some(out)
}

/// Where a form stands as a whole word, outside of chips, from a byte on. Very short ones count only between the marks of
/// an address or alone.
fn find(text: &str, form: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(found) = text.get(at..)?.find(form).map(|found| at + found) {
        let end = found + form.len();
        let (before, after) = (text[..found].chars().next_back(), text[end..].chars().next());
        let edge = |c: Option<char>| match c {
            None => true,
            Some(c) if form.len() < 3 => matches!(c, '/' | '?' | '&' | '=' | '#' | '"'),
            Some(c) => !c.is_alphanumeric(),
        };
        let in_chip = text[..found].rfind("{{").is_some_and(|open| !text[open..found].contains("}}"));
        if edge(before) && edge(after) && !in_chip {
            return Some(found);
        }
        at = found + form.chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// Visits every text that a step sends or compares, in a fixed order.
fn texts(act: &mut Act, visit: &mut impl FnMut(Field, &mut Slot)) {
    match act {
        Act::Request(found) => request(found, visit),
        Act::Check(found) => check(found, visit),
        Act::Save(save) => json(Field::Value, &mut save.value, visit),
        _ => {}
    }
}

fn request(request: &mut Request, visit: &mut impl FnMut(Field, &mut Slot)) {
    visit(Field::Address, &mut Slot::Text(&mut request.url));
    pairs(&mut request.query, |name, slot| visit(Field::Query(name), slot));
    pairs(&mut request.headers, |name, slot| visit(Field::Header(name), slot));
    match &mut request.sign_in {
        Some(SignIn::Basic(basic)) => {
            visit(Field::SignIn, &mut Slot::Text(&mut basic.user));
            visit(Field::SignIn, &mut Slot::Text(&mut basic.password));
        }
        Some(SignIn::Bearer(token)) => visit(Field::SignIn, &mut Slot::Text(token)),
        Some(SignIn::ApiKey(key)) => visit(Field::SignIn, &mut Slot::Text(&mut key.value)),
        _ => {}
    }
    match &mut request.body {
        Body::Json(value) => json(Field::Body, value, visit),
        Body::Form(fields) => pairs(fields, |name, slot| visit(Field::Form(name), slot)),
        Body::Text(text) => visit(Field::Body, &mut Slot::Text(text)),
        Body::Multipart(parts) => {
            for part in parts {
                if let PartContent::Text(text) = &mut part.content {
                    visit(Field::Form(&part.name), &mut Slot::Text(text));
                }
            }
        }
        Body::File(_) | Body::Nothing => {}
    }
    request.check.iter_mut().for_each(|found| check(found, visit));
}

fn pairs(pairs: &mut Pairs, mut visit: impl FnMut(&str, &mut Slot)) {
    for (name, value) in &mut pairs.0 {
        visit(name, &mut Slot::Text(value));
    }
}

fn check(check: &mut Check, visit: &mut impl FnMut(Field, &mut Slot)) {
    match &mut check.what {
        CheckKind::Contains(text) | CheckKind::Lacks(text) | CheckKind::Equals(text) => {
            visit(Field::Check, &mut Slot::Text(text));
        }
        _ => {}
    }
    if let Some(to) = &mut check.to {
        json(Field::Check, to, visit);
    }
}

fn json(field: Field, value: &mut Value, visit: &mut impl FnMut(Field, &mut Slot)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| json(field, item, visit)),
        Value::Object(map) => map.values_mut().for_each(|item| json(field, item, visit)),
        scalar => visit(field, &mut Slot::Json(scalar)),
    }
}

/// The name of a step for lists of places.
pub fn step_name(scenario: &Scenario, id: &str) -> String {
    step(scenario, id).map(|step| crate::text::steps::sentence(scenario, step)).unwrap_or_default()
}
