//! The list of problems: where each stands, and what can be done about it with one click.
//!
//! Must not look for problems: that is the core's `check`.

use tidemark_core::problem::{Part, Place};
use tidemark_core::scenario::{Act, Scenario, Step};

use crate::doc::place::Item;

/// The thing that a place in the document belongs to.
pub fn item_at(scenario: &Scenario, place: &Place) -> Item {
    let parts = &place.0[..];
    let [Part::Key(area), rest @ ..] = parts else { return Item::Test };
    let number = match rest.first() {
        Some(Part::Index(at)) => Some(*at),
        _ => None,
    };
    let inside = rest.get(1..).unwrap_or_default();
    match (area.as_str(), number) {
        ("users", Some(at)) => match scenario.users.get(at) {
            Some(user) => in_user(user, inside),
            None => Item::Test,
        },
        ("groups", Some(at)) => match scenario.groups.get(at) {
            Some(group) => in_list(&group.steps, "steps", inside).unwrap_or_else(|| Item::Group(group.id.clone())),
            None => Item::Test,
        },
        ("targets", at) => Item::Target(at.unwrap_or(0)),
        ("allowed_hosts", at) => Item::Host(at.unwrap_or(0)),
        ("secrets", at) => Item::Secret(at.unwrap_or(0)),
        ("values", at) => Item::Value(at.unwrap_or(0)),
        ("data", at) => Item::Table(at.unwrap_or(0)),
        ("goals", at) => Item::Goal(at.unwrap_or(0)),
        ("stop_early", at) => Item::StopRule(at.unwrap_or(0)),
        ("load", _) => match rest {
            [Part::Key(list), Part::Index(at), ..] if list == "people" || list == "arrivals" => Item::Point(at + 1),
            _ => Item::Point(0),
        },
        _ => Item::Test,
    }
}

fn in_user(user: &tidemark_core::scenario::UserType, parts: &[Part]) -> Item {
    if let [Part::Key(key), Part::Index(at), rest @ ..] = parts
        && key == "tasks"
        && let Some(task) = user.tasks.get(*at)
    {
        return in_list(&task.steps, "steps", rest).unwrap_or_else(|| Item::Task(task.id.clone()));
    }
    let ends = in_list(&user.on_arrival, "on_arrival", parts);
    ends.or_else(|| in_list(&user.before_leaving, "before_leaving", parts))
        .unwrap_or_else(|| Item::User(user.id.clone()))
}

/// The thing in a list of steps, where the place goes into the field `key` that holds it.
fn in_list(steps: &[Step], key: &str, parts: &[Part]) -> Option<Item> {
    let [Part::Key(field), Part::Index(at), rest @ ..] = parts else { return None };
    let step = steps.get(*at).filter(|_| field == key)?;
    let here = Item::Step(step.id.clone());
    // The first part is the kind: `request`, `repeat` …
    let Some(inner) = rest.get(1..) else { return Some(here) };
    let found = match &step.act {
        Act::Request(_) => match inner {
            [Part::Key(key), Part::Index(at), ..] if key == "check" => Some(Item::Check(step.id.clone(), *at)),
            [Part::Key(key), Part::Index(at), ..] if key == "save" => Some(Item::Save(step.id.clone(), *at)),
            _ => None,
        },
        Act::Repeat(repeat) => in_list(&repeat.steps, "steps", inner),
        Act::Group(group) => in_list(&group.steps, "steps", inner),
        Act::Parallel(parallel) => in_list(&parallel.steps, "steps", inner),
        Act::OnlyIf(only_if) => {
            in_list(&only_if.then, "then", inner).or_else(|| in_list(&only_if.otherwise, "else", inner))
        }
        Act::Choose(choose) => match inner {
            [Part::Key(key), Part::Index(at), rest @ ..] if key == "options" => {
                choose.options.get(*at).and_then(|option| in_list(&option.steps, "steps", rest))
            }
            _ => None,
        },
        _ => None,
    };
    Some(found.unwrap_or(here))
}
