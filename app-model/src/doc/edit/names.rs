//! Giving things other names, with everything that uses the old one following.
//!
//! Uses are `{{name}}` in any text and the bare names in conditions, checks and for-each repeats. Must not know which
//! names make sense together.

use std::collections::HashMap;

use serde_json::Value;
use tidemark_core::plan::template::is_name;
use tidemark_core::scenario::{
    Act, Body, Check, CheckKind, Condition, NamedValue, Pairs, PartContent, RepeatKind, Request, Scenario, SignIn,
    Step, Target, ValueKind,
};

use crate::doc::edit::flow::request_mut;
use crate::doc::edit::{Done, Refused};
use crate::doc::ids::lanes_mut;
use crate::doc::place::{Item, group_mut, step_mut, task_mut, user_mut};
use crate::text::edits as say;

/// Whether a name can be used in `{{…}}`.
pub(super) fn proper(name: &str) -> Result<(), Refused> {
    if is_name(name) && !name.contains('.') { Ok(()) } else { Err(Refused::because(say::NOT_A_NAME)) }
}

pub(super) fn rename(scenario: &mut Scenario, item: &Item, name: &str) -> Result<Done, Refused> {
    let gone = Refused::gone;
    match item {
        Item::Test => name.clone_into(&mut scenario.name),
        Item::User(id) => name.clone_into(&mut user_mut(scenario, id).ok_or_else(gone)?.name),
        Item::Task(id) => name.clone_into(&mut task_mut(scenario, id).ok_or_else(gone)?.name),
        Item::Group(id) => rename_group(scenario, id, name)?,
        Item::Target(at) => name.clone_into(&mut scenario.targets.get_mut(*at).ok_or_else(gone)?.name),
        Item::Step(id) => match &mut step_mut(scenario, id).ok_or_else(gone)?.act {
            Act::Request(request) => {
                let old = std::mem::replace(&mut request.name, name.to_owned());
                follow_goals(scenario, &old, name);
            }
            Act::Group(group) => name.clone_into(&mut group.name),
            Act::Note(note) => name.clone_into(note),
            Act::Save(save) => {
                proper(name)?;
                let old = std::mem::replace(&mut save.name, name.to_owned());
                replace_uses(scenario, &old, name);
            }
            _ => return Err(Refused::because(say::HAS_NO_NAME)),
        },
        Item::Save(id, at) => {
            proper(name)?;
            let rule = request_mut(scenario, id)?.save.get_mut(*at).ok_or_else(gone)?;
            let old = std::mem::replace(&mut rule.name, name.to_owned());
            // Another step may save under the same name; then both keep their uses.
            if !saved_elsewhere(scenario, &old) {
                replace_uses(scenario, &old, name);
            }
        }
        Item::Value(at) => {
            free(name, scenario.values.iter().map(|value| &value.name), *at)?;
            let old = std::mem::replace(&mut scenario.values.get_mut(*at).ok_or_else(gone)?.name, name.to_owned());
            replace_uses(scenario, &old, name);
        }
        Item::Secret(at) => {
            free(name, scenario.secrets.iter().map(|secret| &secret.name), *at)?;
            let old = std::mem::replace(&mut scenario.secrets.get_mut(*at).ok_or_else(gone)?.name, name.to_owned());
            replace_uses(scenario, &old, name);
        }
        Item::Table(at) => {
            free(name, scenario.data.iter().map(|table| &table.name), *at)?;
            let table = scenario.data.get_mut(*at).ok_or_else(gone)?;
            let old = std::mem::replace(&mut table.name, name.to_owned());
            let columns = table.columns.clone();
            for column in columns {
                replace_uses(scenario, &format!("{old}.{column}"), &format!("{name}.{column}"));
            }
        }
        Item::Check(..) | Item::Host(_) | Item::Point(_) | Item::Goal(_) | Item::StopRule(_) => {
            return Err(Refused::because(say::HAS_NO_NAME));
        }
    }
    Ok(Done::typed(say::RENAME, format!("rename {item:?}")).and_select(item.clone()))
}

/// Whether a name may be given to the thing with this number.
fn free<'a>(name: &str, taken: impl Iterator<Item = &'a String>, at: usize) -> Result<(), Refused> {
    proper(name)?;
    match taken.enumerate().any(|(other, taken)| other != at && taken == name) {
        true => Err(Refused::because(say::name_taken(name))),
        false => Ok(()),
    }
}

fn rename_group(scenario: &mut Scenario, id: &str, name: &str) -> Result<(), Refused> {
    let old = std::mem::replace(&mut group_mut(scenario, id).ok_or_else(Refused::gone)?.name, name.to_owned());
    // A use may go by the name; the id holds however often the name changes.
    each_step_mut(scenario, &mut |step| {
        if let Act::Use(used) = &mut step.act
            && used.group == old
        {
            id.clone_into(&mut used.group);
        }
    });
    Ok(())
}

/// Goals about a result line follow it to its new name, unless another request keeps the old one.
fn follow_goals(scenario: &mut Scenario, old: &str, name: &str) {
    let mut kept = old.is_empty() || name.is_empty();
    crate::doc::place::each_step(scenario, &mut |step| {
        kept |= matches!(&step.act, Act::Request(request) if request.name == old);
    });
    if !kept {
        let rules = scenario.goals.iter_mut().chain(&mut scenario.stop_early);
        rules.filter(|rule| rule.limit.of == old).for_each(|rule| name.clone_into(&mut rule.limit.of));
    }
}

fn saved_elsewhere(scenario: &Scenario, name: &str) -> bool {
    let mut found = false;
    crate::doc::place::each_step(scenario, &mut |step| {
        found |= match &step.act {
            Act::Request(request) => request.save.iter().any(|rule| rule.name == name),
            Act::Save(save) => save.name == name,
            _ => false,
        };
    });
    found
}

/// Replaces every use of a value's name.
pub fn replace_uses(scenario: &mut Scenario, from: &str, to: &str) {
    if from.is_empty() || from == to {
        return;
    }
    each_use(scenario, &mut |text| match text {
        Text::Template(text) => {
            if let Some(new) = with_name(text, from, to) {
                *text = new;
            }
        }
        Text::Name(name) if name == from => to.clone_into(name),
        Text::Name(_) => {}
    });
}

/// A text of the document that may name values.
pub enum Text<'a> {
    /// Text with `{{names}}`.
    Template(&'a mut String),
    /// Just a name.
    Name(&'a mut String),
}

/// Where the names in `{{name | change}}` stand: their starts and ends in bytes.
pub fn chips(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let open = at + text.get(at..)?.find("{{")? + 2;
        let close = open + text[open..].find("}}")?;
        at = close + 2;
        let inner = text[open..close].split('|').next().unwrap_or_default();
        let start = open + (inner.len() - inner.trim_start().len());
        Some((start, start + inner.trim().len()))
    })
}

/// The text with one name for another; `None` where it doesn't use it.
fn with_name(text: &str, from: &str, to: &str) -> Option<String> {
    let found: Vec<(usize, usize)> = chips(text).filter(|(start, end)| &text[*start..*end] == from).collect();
    if found.is_empty() {
        return None;
    }
    let mut out = text.to_owned();
    for (start, end) in found.into_iter().rev() {
        out.replace_range(start..end, to);
    }
    Some(out)
}

/// Visits every text that may name values.
pub fn each_use(scenario: &mut Scenario, visit: &mut impl FnMut(Text)) {
    scenario.targets.iter_mut().for_each(|target| of_target(target, visit));
    scenario.values.iter_mut().for_each(|value| of_value(value, visit));
    each_step_mut(scenario, &mut |step| act(&mut step.act, visit));
}

/// Where each value's name is used: the steps, targets and values, in order; one that uses it twice is there twice.
pub fn uses(scenario: &Scenario) -> HashMap<String, Vec<Item>> {
    let mut found: HashMap<String, Vec<Item>> = HashMap::new();
    let mut note = |text: Text, item: &Item| match text {
        Text::Template(text) => {
            let names: Vec<String> = chips(text).map(|(start, end)| text[start..end].to_owned()).collect();
            names.into_iter().for_each(|name| found.entry(name).or_default().push(item.clone()));
        }
        Text::Name(name) => found.entry(name.clone()).or_default().push(item.clone()),
    };
    for (at, mut target) in scenario.targets.iter().cloned().enumerate() {
        of_target(&mut target, &mut |text| note(text, &Item::Target(at)));
    }
    for (at, mut value) in scenario.values.iter().cloned().enumerate() {
        of_value(&mut value, &mut |text| note(text, &Item::Value(at)));
    }
    // Without the rows of tables, which are long and name nothing.
    let (users, groups) = (scenario.users.clone(), scenario.groups.clone());
    let mut flow = Scenario { users, groups, ..Scenario::default() };
    each_step_mut(&mut flow, &mut |step| {
        let item = Item::Step(step.id.clone());
        act(&mut step.act, &mut |text| note(text, &item));
    });
    found
}

fn of_target(target: &mut Target, visit: &mut impl FnMut(Text)) {
    visit(Text::Template(&mut target.url));
    pairs(&mut target.headers, visit);
    sign_in(target.sign_in.as_mut(), visit);
    target.watch.iter_mut().for_each(|watch| sign_in(watch.sign_in.as_mut(), visit));
}

fn of_value(value: &mut NamedValue, visit: &mut impl FnMut(Text)) {
    if let ValueKind::Fixed(value) = &mut value.is {
        json(value, visit);
    }
}

/// Visits every step, to be changed.
pub fn each_step_mut(scenario: &mut Scenario, visit: &mut impl FnMut(&mut Step)) {
    fn walk(steps: &mut [Step], visit: &mut impl FnMut(&mut Step)) {
        for step in steps {
            visit(step);
            for lane in lanes_mut(step) {
                walk(lane, visit);
            }
        }
    }
    for user in &mut scenario.users {
        walk(&mut user.on_arrival, visit);
        user.tasks.iter_mut().for_each(|task| walk(&mut task.steps, visit));
        walk(&mut user.before_leaving, visit);
    }
    scenario.groups.iter_mut().for_each(|group| walk(&mut group.steps, visit));
}

fn act(act: &mut Act, visit: &mut impl FnMut(Text)) {
    match act {
        Act::Request(found) => request(found, visit),
        Act::Check(found) => check(found, visit),
        Act::Save(save) => json(&mut save.value, visit),
        Act::OnlyIf(only_if) => condition(&mut only_if.condition, visit),
        Act::Repeat(repeat) => match &mut repeat.how {
            RepeatKind::ForEach(name) => visit(Text::Name(name)),
            RepeatKind::Until(found) => condition(found, visit),
            _ => {}
        },
        _ => {}
    }
}

fn request(request: &mut Request, visit: &mut impl FnMut(Text)) {
    visit(Text::Template(&mut request.url));
    pairs(&mut request.query, visit);
    pairs(&mut request.headers, visit);
    sign_in(request.sign_in.as_mut(), visit);
    match &mut request.body {
        Body::Json(value) => json(value, visit),
        Body::Form(fields) => pairs(fields, visit),
        Body::Text(text) => visit(Text::Template(text)),
        Body::Multipart(parts) => {
            for part in parts {
                if let PartContent::Text(text) = &mut part.content {
                    visit(Text::Template(text));
                }
            }
        }
        Body::File(_) | Body::Nothing => {}
    }
    request.check.iter_mut().for_each(|found| check(found, visit));
}

fn check(check: &mut Check, visit: &mut impl FnMut(Text)) {
    match &mut check.what {
        CheckKind::Contains(text) | CheckKind::Lacks(text) | CheckKind::Equals(text) => visit(Text::Template(text)),
        CheckKind::Value(name) => visit(Text::Name(name)),
        _ => {}
    }
    if let Some(to) = &mut check.to {
        json(to, visit);
    }
}

fn condition(found: &mut Condition, visit: &mut impl FnMut(Text)) {
    visit(Text::Name(&mut found.value));
    if let Some(to) = &mut found.to {
        json(to, visit);
    }
    found.all.iter_mut().chain(&mut found.any).for_each(|inner| condition(inner, visit));
}

fn pairs(pairs: &mut Pairs, visit: &mut impl FnMut(Text)) {
    for (name, value) in &mut pairs.0 {
        visit(Text::Template(name));
        visit(Text::Template(value));
    }
}

fn sign_in(found: Option<&mut SignIn>, visit: &mut impl FnMut(Text)) {
    match found {
        Some(SignIn::Basic(basic)) => {
            visit(Text::Template(&mut basic.user));
            visit(Text::Template(&mut basic.password));
        }
        Some(SignIn::Bearer(token)) => visit(Text::Template(token)),
        Some(SignIn::ApiKey(key)) => visit(Text::Template(&mut key.value)),
        _ => {}
    }
}

fn json(value: &mut Value, visit: &mut impl FnMut(Text)) {
    match value {
        Value::String(text) => visit(Text::Template(text)),
        Value::Array(items) => items.iter_mut().for_each(|item| json(item, visit)),
        Value::Object(map) => map.values_mut().for_each(|item| json(item, visit)),
        _ => {}
    }
}
