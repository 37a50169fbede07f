//! Names and places of rows: how the page knows them, what can be renamed, and where something can be moved to.

use tidemark_core::scenario::{Act, Scenario, Step};

use crate::doc::edit::{Edit, FlowEdit};
use crate::doc::place::{self, Item, Lane, group, lanes_of, lies_in, root_of, roots, where_is};
use crate::doc::selection::Selection;
use crate::text::build as say;
use crate::text::steps::lane_label;

/// The name of a thing's row or card on the page: `step-home`, `task-search`; empty where the Build tab has none.
pub fn row_id(item: &Item) -> String {
    match item {
        Item::User(id) => format!("usertype-{id}"),
        Item::Task(id) => format!("task-{id}"),
        Item::Group(id) => format!("group-{id}"),
        Item::Step(id) => format!("step-{id}"),
        Item::Check(id, at) => format!("check-{id}-{at}"),
        Item::Save(id, at) => format!("save-{id}-{at}"),
        _ => String::new(),
    }
}

/// The word of a lane in names on the page.
pub(super) fn lane_word(lane: &Lane) -> String {
    match lane {
        Lane::Task(id) => id.clone(),
        Lane::Arrival(id) => format!("arrival-{id}"),
        Lane::Leaving(id) => format!("leaving-{id}"),
        Lane::Group(id) => format!("group-{id}"),
        Lane::Inside(id) => format!("in-{id}"),
        Lane::Then(id) => format!("then-{id}"),
        Lane::Otherwise(id) => format!("else-{id}"),
        Lane::Choice(id, at) => format!("choice-{id}-{at}"),
    }
}

/// The name of a lane's head on the page: `arrival-visitor`, `task-search`.
pub fn lane_id(lane: &Lane) -> String {
    match lane {
        Lane::Task(id) => format!("task-{id}"),
        _ => lane_word(lane),
    }
}

/// The name of a thing as it can be changed; none where it has no name.
pub fn name(scenario: &Scenario, item: &Item) -> Option<String> {
    match item {
        Item::User(id) => place::user(scenario, id).map(|user| user.name.clone()),
        Item::Task(id) => place::task(scenario, id).map(|(_, task)| task.name.clone()),
        Item::Group(id) => scenario.groups.iter().find(|group| group.id == *id).map(|group| group.name.clone()),
        Item::Step(id) => match &place::step(scenario, id)?.act {
            Act::Request(request) => Some(request.name.clone()),
            Act::Group(group) => Some(group.name.clone()),
            Act::Note(note) => Some(note.clone()),
            Act::Save(save) => Some(save.name.clone()),
            _ => None,
        },
        Item::Save(id, at) => match &place::step(scenario, id)?.act {
            Act::Request(request) => request.save.get(*at).map(|rule| rule.name.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Whose steps are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A user type's, by id.
    User(String),
    /// A reusable group's, by id.
    Group(String),
    /// There is no user type.
    Nobody,
}

/// Whose steps are shown: the chosen user type's, or the reusable group's that is worked at.
pub fn shown(scenario: &Scenario, selection: &Selection) -> Shown {
    let group = match selection.main() {
        Some(Item::Group(id)) => Some(id.clone()),
        Some(Item::Step(id) | Item::Check(id, _) | Item::Save(id, _)) => {
            where_is(scenario, id).and_then(|(lane, _)| match root_of(scenario, &lane) {
                Lane::Group(id) => Some(id),
                _ => None,
            })
        }
        _ => None,
    };
    let user = || selection.user.clone().filter(|id| place::user(scenario, id).is_some());
    let first = || scenario.users.first().map(|user| user.id.clone());
    match group {
        Some(id) => Shown::Group(id),
        None => user().or_else(first).map_or(Shown::Nobody, Shown::User),
    }
}

/// How many steps use a reusable group.
pub fn uses(scenario: &Scenario, id: &str) -> usize {
    let mut count = 0;
    place::each_step(scenario, &mut |step| {
        if let Act::Use(used) = &step.act {
            count += usize::from(group(scenario, &used.group).is_some_and(|group| group.id == id));
        }
    });
    count
}

/// The lists of steps that use a reusable group, each once: "Visitor › Search".
pub fn users_of(scenario: &Scenario, id: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (lane, steps) in roots(scenario) {
        let mut used = false;
        place::each_inside(steps, &mut |step| {
            if let Act::Use(of) = &step.act {
                used |= group(scenario, &of.group).is_some_and(|group| group.id == id);
            }
        });
        if used {
            all.push(root_label(scenario, &lane));
        }
    }
    all
}

/// The reusable groups: id, name, and how many steps use each.
pub fn groups(model: &crate::model::Model) -> Vec<(String, String, usize)> {
    let Some(test) = &model.test else { return Vec::new() };
    let scenario = test.doc.scenario();
    scenario.groups.iter().map(|group| (group.id.clone(), group.name.clone(), uses(scenario, &group.id))).collect()
}

/// A place that something can be moved to.
#[derive(Debug, Clone, PartialEq)]
pub struct Destination {
    /// Where it is, from outside in: "Visitor › Search › Yes".
    pub label: String,
    /// What moves it there.
    pub edit: Edit,
}

/// Where the chosen things can be moved to: lists of steps for steps, user types for a task.
pub fn destinations(scenario: &Scenario, items: &[Item]) -> Vec<Destination> {
    if let Some(Item::Task(id)) = items.last() {
        let users = scenario.users.iter().filter(|user| !user.tasks.iter().any(|task| task.id == *id));
        let to = |user: &tidemark_core::scenario::UserType| Destination {
            label: user.name.clone(),
            edit: Edit::Flow(FlowEdit::MoveTask(id.clone(), user.id.clone(), user.tasks.len())),
        };
        return users.map(to).collect();
    }
    let ids: Vec<String> = items
        .iter()
        .filter_map(|item| match item {
            Item::Step(id) => Some(id.clone()),
            _ => None,
        })
        .collect();
    let mut all = Vec::new();
    if !ids.is_empty() {
        for (lane, steps) in roots(scenario) {
            let label = root_label(scenario, &lane);
            add(scenario, &ids, lane, steps, label, &mut all);
        }
    }
    all
}

fn add(scenario: &Scenario, ids: &[String], lane: Lane, steps: &[Step], label: String, all: &mut Vec<Destination>) {
    if ids.iter().any(|id| lies_in(scenario, &lane, id)) {
        return;
    }
    let edit = Edit::Flow(FlowEdit::MoveSteps(ids.to_vec(), lane, steps.len()));
    all.push(Destination { label: label.clone(), edit });
    for step in steps {
        for (inside, steps) in lanes_of(step) {
            let here = crate::text::steps::sentence(scenario, step);
            let branch = lane_label(step, &inside);
            let parts = [label.as_str(), here.as_str(), branch.as_str()];
            let label = say::path(parts.into_iter().filter(|part| !part.is_empty()));
            add(scenario, ids, inside, steps, label, all);
        }
    }
}

/// "Visitor › Search".
pub fn root_label(scenario: &Scenario, lane: &Lane) -> String {
    let user = |id: &str| place::user(scenario, id).map(|user| user.name.clone()).unwrap_or_default();
    match lane {
        Lane::Arrival(id) => say::path([user(id).as_str(), crate::text::steps::ON_ARRIVAL]),
        Lane::Leaving(id) => say::path([user(id).as_str(), crate::text::steps::BEFORE_LEAVING]),
        Lane::Task(id) => place::task(scenario, id)
            .map(|(user, task)| say::path([user.name.as_str(), task.name.as_str()]))
            .unwrap_or_default(),
        Lane::Group(id) => group(scenario, id).map(|group| group.name.clone()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// What the outermost list of a lane is called where its user type is seen: "Search", "On arrival".
pub fn root_name(scenario: &Scenario, lane: &Lane) -> String {
    match root_of(scenario, lane) {
        Lane::Task(id) => place::task(scenario, &id).map(|(_, task)| task.name.clone()).unwrap_or_default(),
        Lane::Arrival(_) => crate::text::steps::ON_ARRIVAL.to_owned(),
        Lane::Leaving(_) => crate::text::steps::BEFORE_LEAVING.to_owned(),
        Lane::Group(id) => group(scenario, &id).map(|group| group.name.clone()).unwrap_or_default(),
        _ => String::new(),
    }
}
