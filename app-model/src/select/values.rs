//! The values that can be used at a place, grouped by where they come from, for the value picker.
//!
//! Must not know what they will hold, but for what the last trial saw.

use tidemark_core::plan::make::MAKERS;
use tidemark_core::scenario::{Act, Repeat, RepeatKind, Scenario, Step, ValueKind};

use crate::doc::place::{Lane, group, lanes_of, list, root_of, task, user, where_is};
use crate::model::Trial;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum From {
    /// A column of a data table.
    Table,
    /// Saved by an earlier step.
    Saved,
    /// Made up.
    MadeUp,
    /// Fixed.
    Fixed,
    /// A secret.
    Secret,
    /// Always there: the last answer, the person, the round.
    BuiltIn,
}

/// A value that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Available {
    /// Where it comes from.
    pub from: From,
    /// The name, as used in `{{name}}`.
    pub name: String,
    /// What it held in the last trial, or always holds; secrets never say.
    pub last: Option<String>,
}

/// A piece of a text with values in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// As it stands.
    Text(String),
    /// A chip: what stands between the braces.
    Chip(String),
}

/// A text in pieces, in order.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find("{{") {
        let Some(close) = rest[open + 2..].find("}}").map(|close| open + 2 + close) else { break };
        let inner = &rest[open + 2..close];
        if inner.contains(['{', '\n']) || inner.trim().is_empty() {
            break;
        }
        if open > 0 {
            all.push(Piece::Text(rest[..open].to_owned()));
        }
        all.push(Piece::Chip(inner.to_owned()));
        rest = &rest[close + 2..];
    }
    if !rest.is_empty() {
        all.push(Piece::Text(rest.to_owned()));
    }
    all
}

/// How a chip looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// What it says.
    pub label: String,
    /// Where its value comes from; `None` where that is not known.
    pub from: Option<From>,
    /// What it held in the last trial.
    pub last: Option<String>,
    /// What is wrong with it; empty if nothing is.
    pub wrong: &'static str,
}

/// How a chip looks, by what stands between its braces. `elsewhere` are names that are set, but not before this place.
pub fn look(known: &[Available], elsewhere: &[String], inner: &str) -> Look {
    let name = inner.split('|').next().unwrap_or_default().trim();
    let label = inner.split('|').map(str::trim).collect::<Vec<_>>().join(" · ");
    let found = known.iter().find(|value| value.name == name);
    let made = || name.contains('(') && tidemark_core::plan::make::Maker::parse_text(name).is_ok();
    let (from, wrong) = match found {
        Some(value) => (Some(value.from), ""),
        None if made() => (Some(From::MadeUp), ""),
        None if name.starts_with('"') => (Some(From::Fixed), ""),
        None if elsewhere.iter().any(|other| other == name) => (Some(From::Saved), crate::text::panel::SET_LATER),
        None => (None, crate::text::panel::NEVER_SET),
    };
    Look { label, from, last: found.and_then(|value| value.last.clone()), wrong }
}

/// Every name that any step of the test saves.
pub fn saved_anywhere(scenario: &Scenario) -> Vec<String> {
    let mut names = Vec::new();
    crate::doc::place::each_step(scenario, &mut |step| match &step.act {
        Act::Request(request) => names.extend(request.save.iter().map(|rule| rule.name.clone())),
        Act::Save(save) => names.push(save.name.clone()),
        Act::Repeat(repeat) if !repeat.item.is_empty() => names.push(repeat.item.clone()),
        _ => {}
    });
    names
}

/// The values that can be used at a step (its id), in the order of the groups.
pub fn available(scenario: &Scenario, step: &str, trial: Option<&Trial>) -> Vec<Available> {
    let mut all = Vec::new();
    let last = |name: &str| trial.and_then(|trial| trial.value_of(name)).map(str::to_owned);
    for table in &scenario.data {
        all.extend(table.columns.iter().enumerate().map(|(at, column)| {
            let first = table.rows.first().and_then(|row| row.get(at));
            let first = first.map(|cell| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned));
            Available { from: From::Table, name: format!("{}.{column}", table.name), last: first }
        }));
    }
    for name in saved_before(scenario, step) {
        let last = last(&name);
        all.push(Available { from: From::Saved, name, last });
    }
    for value in &scenario.values {
        let (from, last) = match &value.is {
            ValueKind::Fixed(fixed) => {
                (From::Fixed, Some(fixed.as_str().map_or_else(|| fixed.to_string(), str::to_owned)))
            }
            _ => (From::MadeUp, last(&value.name)),
        };
        all.push(Available { from, name: value.name.clone(), last });
    }
    let plain = MAKERS.iter().filter(|(word, _)| tidemark_core::plan::make::Maker::parse(word, &[]).is_ok());
    all.extend(plain.map(|(word, _)| Available { from: From::MadeUp, name: (*word).to_owned(), last: None }));
    all.extend(scenario.secrets.iter().map(|secret| Available {
        from: From::Secret,
        name: secret.name.clone(),
        last: None,
    }));
    let built_in = tidemark_core::plan::parts::BuiltIn::NAMES.iter().map(|(name, _)| name);
    all.extend(built_in.map(|name| Available { from: From::BuiltIn, name: (*name).to_owned(), last: last(name) }));
    all.sort_by_key(|value| value.from);
    all
}

/// The names that earlier steps save, on arrival included; each once, in order.
pub fn saved_before(scenario: &Scenario, step: &str) -> Vec<String> {
    let mut names = Vec::new();
    let Some((lane, _)) = where_is(scenario, step) else { return names };
    let root = root_of(scenario, &lane);
    let user = match &root {
        Lane::Task(id) => task(scenario, id).map(|(user, _)| user),
        Lane::Leaving(id) => user(scenario, id),
        _ => None,
    };
    if let Some(user) = user {
        until(scenario, &user.on_arrival, step, &mut names, 0);
        if matches!(root, Lane::Leaving(_)) {
            user.tasks.iter().for_each(|task| {
                until(scenario, &task.steps, step, &mut names, 0);
            });
        }
    }
    if let Some(steps) = list(scenario, &root) {
        until(scenario, steps, step, &mut names, 0);
    }
    names
}

/// Adds the names saved before a step; whether it was found.
fn until(scenario: &Scenario, steps: &[Step], stop: &str, names: &mut Vec<String>, deep: usize) -> bool {
    let add = |names: &mut Vec<String>, name: &str| {
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    for step in steps {
        if step.id == stop {
            return true;
        }
        if step.off || deep > 16 {
            continue;
        }
        match &step.act {
            Act::Request(request) => request.save.iter().for_each(|rule| add(names, &rule.name)),
            Act::Save(save) => add(names, &save.name),
            Act::Repeat(Repeat { how: RepeatKind::ForEach(_), item, .. }) => add(names, item),
            Act::Use(used) => {
                if let Some(group) = group(scenario, &used.group) {
                    until(scenario, &group.steps, stop, names, deep + 1);
                }
            }
            _ => {}
        }
        for (_, inside) in lanes_of(step) {
            if until(scenario, inside, stop, names, deep + 1) {
                return true;
            }
        }
    }
    false
}
