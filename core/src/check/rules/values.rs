//! Values: what stands in `{{…}}`, and whether it is there when it is used.

use std::collections::HashMap;

use super::{stop, unreadable, warn};
use crate::check::Rule;
use crate::check::flow::{Lack, LackKind};
use crate::check::names::Meaning;
use crate::check::note::Out;
use crate::check::walk::{At, Walk};
use crate::plan::make::{MAKERS, Maker};
use crate::plan::template::{Source, Template};
use crate::problem::short;
use crate::scenario::ValueKind;

pub(super) const RULES: &[Rule] = &[
    stop(
        "bad-template",
        "What stands between {{ and }} can't be understood, or the braces are not closed.",
        "Follow the hint; where two braces are meant, write {{\"{{\"}}.",
        bad_template,
    ),
    stop("bad-maker", "A made-up value is asked for in a way that is not known.", "Follow the hint.", bad_maker),
    stop(
        "empty-value",
        "A named value says neither what it is (value) nor how it is made up (make).",
        "Give it a \"value\", or say how to \"make\" it.",
        empty_value,
    ),
    stop("value-cycle", "Fixed values use each other in a circle.", "Break the circle.", value_cycle),
    stop(
        "unknown-column",
        "A data table has no column of this name.",
        "Correct the name of the column.",
        unknown_column,
    ),
    stop(
        "value-never-set",
        "A value is used that nothing sets: no step saves it, and no value, secret or table has its name.",
        "Correct the name, save the value in an earlier step, or declare it under values.",
        |walk, out| lacking(walk, out, |kind| matches!(kind, LackKind::Never(_))),
    ),
    stop(
        "value-set-later",
        "A value is used before the step that sets it.",
        "Move the step that sets it up, or the one that uses it down.",
        |walk, out| lacking(walk, out, |kind| *kind == LackKind::Later),
    ),
    stop(
        "value-set-elsewhere",
        "A value is used by one user type and set only by another. People do not share what they save.",
        "Set it in this user type too, for example in a reusable group.",
        |walk, out| lacking(walk, out, |kind| matches!(kind, LackKind::Elsewhere(_))),
    ),
    warn(
        "value-maybe-missing",
        "A value is set only on some of the ways that lead to its use: in one lane of a condition, in a repeat that may do \
         nothing, in another task that may come later, or by a rule that may find nothing.",
        "Set it on every way, give it a default, or use it only if it is present.",
        |walk, out| lacking(walk, out, |kind| *kind == LackKind::Perhaps),
    ),
];

fn bad_template(walk: &Walk, out: &mut Out) {
    for text in &walk.texts {
        if let Err(bad) = &text.parsed {
            out.say(text.at, bad.message.clone(), bad.hint.clone());
        }
    }
}

fn bad_maker(walk: &Walk, out: &mut Out) {
    for (i, value) in walk.scenario.values.iter().enumerate() {
        if let ValueKind::MadeUp(text) = &value.is
            && let Err(bad) = Maker::parse_text(text)
        {
            out.say(At::ROOT.key("values").index(i).key("make"), bad.message, bad.hint);
        }
    }
}

fn empty_value(walk: &Walk, out: &mut Out) {
    for (i, value) in walk.scenario.values.iter().enumerate() {
        if value.is == ValueKind::Nothing && !unreadable(&value.extra, ValueKind::KEYS) {
            out.say(
                At::ROOT.key("values").index(i),
                format!("the value \"{}\" is neither fixed nor made up", short(&value.name)),
                "give it a \"value\", or say how to \"make\" it, such as \"integer(1, 20)\"",
            );
        }
    }
}

fn value_cycle(walk: &Walk, out: &mut Out) {
    let values = &walk.scenario.values;
    let numbers: HashMap<&str, usize> = values.iter().enumerate().map(|(i, value)| (value.name.as_str(), i)).collect();
    let below: Vec<Vec<usize>> = values
        .iter()
        .map(|value| {
            let mut names = Vec::new();
            if let ValueKind::Fixed(fixed) = &value.is {
                names_in(fixed, &mut names);
            }
            names.iter().filter_map(|name| numbers.get(name.as_str()).copied()).collect()
        })
        .collect();
    for cycle in super::steps::cycles(&below) {
        let names: Vec<String> = cycle.iter().map(|i| short(&values[*i].name)).collect();
        out.say(
            At::ROOT.key("values").index(cycle[0]),
            format!("values use each other in a circle: {}", names.join(" → ")),
            "break the circle",
        );
    }
}

/// The names used in the texts of a JSON value.
fn names_in(value: &serde_json::Value, names: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if text.contains("{{") => {
            let Ok(template) = Template::parse(text) else { return };
            names.extend(template.uses().filter_map(|used| match &used.source {
                Source::Name(name) => Some(name.clone()),
                _ => None,
            }));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| names_in(item, names)),
        serde_json::Value::Object(map) => map.values().for_each(|item| names_in(item, names)),
        _ => {}
    }
}

fn unknown_column(walk: &Walk, out: &mut Out) {
    for used in &walk.uses {
        if let Meaning::NoColumn { table, column } = walk.names.meaning(&used.name) {
            if out.full() {
                continue;
            }
            let near = walk.names.near_column(table, column);
            let hint = match near {
                Some(near) => format!("did you mean {{{{{near}}}}}?"),
                None => "correct the name, or add the column to the table".to_owned(),
            };
            out.say(used.at, format!("the table \"{table}\" has no column for {{{{{}}}}}", short(&used.name)), hint);
        }
    }
}

/// Tells of the values that are missing in one way.
fn lacking(walk: &Walk, out: &mut Out, this: impl Fn(&LackKind) -> bool) {
    for lack in walk.lacks().iter().filter(|lack| this(&lack.kind)) {
        if out.full() {
            continue;
        }
        let who = match lack.group {
            Some(group) => {
                format!("the group \"{}\" uses {}, which", short(&walk.groups[group].group.name), shown(&lack.name))
            }
            None => shown(&lack.name),
        };
        let (message, hint) = match &lack.kind {
            LackKind::Perhaps => (
                format!("{who} may not be set when it is used"),
                "set it on every way that leads here, give it a default, or use it only if it is present".to_owned(),
            ),
            LackKind::Later => {
                (format!("{who} is set only later"), "move the step that sets it before this one".to_owned())
            }
            LackKind::Elsewhere(user) => (
                format!("{who} is set only by the user type \"{}\"", short(&walk.users[*user].user.name)),
                "set it in this user type too; people don't share what they save".to_owned(),
            ),
            LackKind::Never(true) => (
                format!("{who} is set only in a part that is switched off or never used"),
                "switch that part on, or set the value elsewhere".to_owned(),
            ),
            LackKind::Never(false) => (format!("{who} is set nowhere"), how_to_set(walk, lack)),
        };
        out.say(lack.at, message, hint);
    }
}

fn shown(name: &str) -> String {
    format!("{{{{{}}}}}", short(name))
}

/// What to do about a value that nothing sets.
fn how_to_set(walk: &Walk, lack: &Lack) -> String {
    let name = lack.name.as_str();
    if let Some((_, usage)) = MAKERS.iter().find(|(word, _)| *word == name) {
        return format!("write it like {{{{{usage}}}}}");
    }
    if let Some(near) = walk.names.near(name, walk.saved_names()) {
        return format!("did you mean {{{{{near}}}}}?");
    }
    match name.split_once('.') {
        Some((first, _)) if walk.saved_names().any(|saved| saved == first) => {
            format!("\"{}\" has no parts: save the part under a name of its own", short(first))
        }
        Some((table, _)) => format!("add a data table \"{}\", or correct the name", short(table)),
        None => format!("save it in an earlier step, or add {{ \"name\": \"{}\", … }} to \"values\"", short(name)),
    }
}
