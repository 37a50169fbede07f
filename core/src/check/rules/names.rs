//! Names and ids: there, usable, and unique where they must be.

use std::collections::{HashMap, HashSet};

use super::{stop, tip};
use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::{At, Spot, Walk};
use crate::plan::parts::BuiltIn;
use crate::plan::template::is_name;
use crate::problem::{Severity, short};
use crate::scenario::Act;

pub(super) const RULES: &[Rule] = &[
    stop(
        "bad-name",
        "A name can't be used as {{name}}: it is empty, or holds characters other than letters, digits, _, - and inner \
         spaces. The name of a table can't hold a dot, which separates it from its columns.",
        "Use letters, digits and _ only.",
        bad_name,
    ),
    stop(
        "duplicate-name",
        "Two things of one kind have the same name. Values, secrets and tables count as one kind.",
        "Rename one of them.",
        duplicate_name,
    ),
    stop(
        "duplicate-id",
        "An id stands twice in the file. Runs are compared by id, so results would be mixed up.",
        "Remove one of the two ids; a new one is given when the file is saved.",
        duplicate_id,
    ),
    stop(
        "name-taken",
        "A step saves a value under the name of a secret, a data table or a built-in value.",
        "Save it under another name.",
        name_taken,
    ),
    tip(
        "never-used",
        "A value, secret, data table or reusable group is used nowhere.",
        "Use it, or remove it.",
        never_used,
    ),
];

/// Names that are declared at the top of the document, with their list and place.
fn declared<'w>(walk: &'w Walk) -> impl Iterator<Item = (&'static str, &'w str, Spot)> {
    let scenario = walk.scenario;
    let at = |list: &'static str, i: usize| At::ROOT.key(list).index(i);
    let values = scenario.values.iter().enumerate().filter(|(_, value)| value.extra.whole.is_none());
    let values = values.map(move |(i, value)| ("values", value.name.as_str(), at("values", i)));
    let secrets = scenario.secrets.iter().enumerate();
    let secrets = secrets.map(move |(i, secret)| ("secrets", secret.name.as_str(), at("secrets", i)));
    let tables = scenario.data.iter().enumerate().filter(|(_, table)| table.extra.whole.is_none());
    values.chain(secrets).chain(tables.map(move |(i, table)| ("data", table.name.as_str(), at("data", i))))
}

fn bad_name(walk: &Walk, out: &mut Out) {
    const HINT: &str = "use letters, digits and _ only, such as user_name";
    for (list, name, spot) in declared(walk) {
        let spot = if list == "secrets" { spot } else { spot.key("name") };
        if name.is_empty() {
            out.say(spot, "the name is missing", HINT);
        } else if !is_name(name) {
            out.say(spot, format!("\"{}\" can't be used as a name", short(name)), HINT);
        } else if list == "data" && name.contains('.') {
            out.say(spot, format!("the table's name \"{}\" holds a dot", short(name)), "use _ instead of the dot");
        } else if BuiltIn::is_known(name)
            || (list == "data" && BuiltIn::NAMES.iter().any(|(known, _)| known.starts_with(&format!("{name}."))))
        {
            out.say(spot, format!("\"{name}\" is the name of built-in values"), "use another name");
        }
    }
}

fn duplicate_name(walk: &Walk, out: &mut Out) {
    let mut seen: HashMap<&str, &str> = HashMap::new();
    for (list, name, spot) in declared(walk).filter(|(_, name, _)| !name.is_empty()) {
        if let Some(other) = seen.insert(name, list) {
            out.say(spot, format!("the name \"{}\" stands in \"{other}\" already", short(name)), "rename one of them");
        }
    }
    let scenario = walk.scenario;
    let targets = scenario.targets.iter().map(|target| target.name.as_str());
    twice(
        targets,
        |i, name, out| {
            out.say(At::ROOT.key("targets").index(i).key("name"), same_name("target", name), "rename one of them");
        },
        out,
    );
    let groups = walk.groups.iter().map(|group| group.group.name.as_str());
    twice(
        groups,
        |i, name, out| out.say(walk.groups[i].at.key("name"), same_name("group", name), "rename one of them"),
        out,
    );
    let users = walk.users.iter().map(|user| user.user.name.as_str());
    twice(
        users,
        |i, name, out| {
            let spot = walk.users[i].at.key("name");
            out.say_as(
                Severity::Warn,
                spot,
                same_name("user type", name),
                "rename one, so that results tell them apart",
            );
        },
        out,
    );
    for user in &walk.users {
        let tasks = user.tasks.iter().map(|task| task.task.name.as_str());
        twice(
            tasks,
            |i, name, out| {
                let spot = user.tasks[i].at.key("name");
                out.say_as(
                    Severity::Warn,
                    spot,
                    same_name("task", name),
                    "rename one, so that results tell them apart",
                );
            },
            out,
        );
    }
}

fn same_name(kind: &str, name: &str) -> String {
    format!("another {kind} is called \"{}\" too", short(name))
}

/// Tells of each name that came before.
fn twice<'n>(names: impl Iterator<Item = &'n str>, tell: impl Fn(usize, &str, &mut Out), out: &mut Out) {
    let mut seen = HashSet::new();
    for (i, name) in names.enumerate() {
        if !name.is_empty() && !seen.insert(name) {
            tell(i, name, out);
        }
    }
}

fn duplicate_id(walk: &Walk, out: &mut Out) {
    let users = walk.users.iter().flat_map(|user| {
        let tasks = user.tasks.iter().map(|task| (task.task.id.as_str(), task.at));
        std::iter::once((user.user.id.as_str(), user.at)).chain(tasks)
    });
    let groups = walk.groups.iter().map(|group| (group.group.id.as_str(), group.at));
    let steps = walk.steps.iter().map(|step| (step.step.id.as_str(), step.at));
    let mut seen = HashSet::new();
    for (id, at) in users.chain(groups).chain(steps).filter(|(id, _)| !id.is_empty()) {
        if !seen.insert(id) {
            let message = format!("the id \"{}\" is given twice", short(id));
            out.say(at.key("id"), message, "remove this id; a new one is given when the file is saved");
        }
    }
}

fn name_taken(walk: &Walk, out: &mut Out) {
    let secrets: HashSet<&str> = walk.scenario.secrets.iter().map(|secret| secret.name.as_str()).collect();
    let mut look = |name: &str, spot: Spot| {
        let what = match name {
            "" => return,
            _ if secrets.contains(name) => "a secret",
            _ if walk.names.is_table(name) => "a data table",
            _ if BuiltIn::is_known(name) => "a built-in value",
            _ => return,
        };
        out.say(spot, format!("\"{}\" is the name of {what}", short(name)), "save it under another name");
    };
    for (spot, save) in walk.saves() {
        look(&save.name, spot.key("name"));
    }
    for step in &walk.steps {
        match &step.step.act {
            Act::Save(save) => look(&save.name, step.inside.key("name")),
            Act::Repeat(repeat) => look(&repeat.item, step.inside.key("as")),
            _ => {}
        }
    }
}

fn never_used(walk: &Walk, out: &mut Out) {
    let mut used: HashSet<&str> = HashSet::new();
    for one in &walk.uses {
        used.insert(&one.name);
        used.extend(one.name.split_once('.').map(|(table, _)| table));
    }
    let groups: HashSet<&str> = walk
        .steps
        .iter()
        .filter_map(|step| match &step.step.act {
            Act::Use(group) => Some(group.group.as_str()),
            _ => None,
        })
        .collect();
    for (list, name, spot) in declared(walk) {
        if !name.is_empty() && !used.contains(name) {
            let what = match list {
                "values" => "value",
                "secrets" => "secret",
                _ => "table",
            };
            out.say(spot, format!("the {what} \"{}\" is used nowhere", short(name)), "use it, or remove it");
        }
    }
    for group in &walk.groups {
        let (name, id) = (group.group.name.as_str(), group.group.id.as_str());
        if !groups.contains(name) && (id.is_empty() || !groups.contains(id)) && group.group.extra.whole.is_none() {
            out.say(group.at, format!("the group \"{}\" is used nowhere", short(name)), "use it, or remove it");
        }
    }
}
