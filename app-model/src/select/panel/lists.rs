//! What the panel says of things that are not requests: whether they are off, which groups there are, what several chosen
//! things are called.

use tidemark_core::scenario::{Act, Choose, Step, UserType};

use super::{Subject, scenario, step};
use crate::doc::place::{self, Item};
use crate::model::Model;
use crate::select::fixes::usual_pause;
use crate::select::outline::sentence;

/// Whether what the panel is about is switched off.
pub fn is_off(model: &Model, subject: &Subject) -> bool {
    let Some(scenario) = scenario(model) else { return false };
    match subject {
        Subject::User(id) => place::user(scenario, id).is_some_and(|user| user.off),
        Subject::Task(id) => place::task(scenario, id).is_some_and(|(_, task)| task.off),
        Subject::Step(id, _) => step(model, id).is_some_and(|step| step.off),
        Subject::Nothing | Subject::Group(_) | Subject::Many(_) => false,
    }
}

/// What the panel shows of a user type: all but its steps.
pub fn user(model: &Model, id: &str) -> UserType {
    let found = scenario(model).and_then(|scenario| place::user(scenario, id));
    let settings = |user: &UserType| UserType {
        name: user.name.clone(),
        choose: user.choose,
        pause: user.pause.clone(),
        leaves_after: user.leaves_after,
        ..UserType::default()
    };
    found.map(settings).unwrap_or_default()
}

/// The reusable groups: id and name.
pub fn groups(model: &Model) -> Vec<(String, String)> {
    let all = scenario(model).map(|scenario| scenario.groups.as_slice()).unwrap_or_default();
    all.iter().map(|group| (group.id.clone(), group.name.clone())).collect()
}

/// The id of a group that is named by its id or by its name; empty where there is none.
pub fn group_id(groups: &[(String, String)], named: &str) -> String {
    let by_id = groups.iter().find(|(id, _)| id == named);
    by_id.or_else(|| groups.iter().find(|(_, name)| name == named)).map(|(id, _)| id.clone()).unwrap_or_default()
}

/// What the chosen things are called, in the order in which they were chosen.
pub fn chosen_titles(model: &Model) -> Vec<String> {
    let (Some(test), Some(scenario)) = (&model.test, scenario(model)) else { return Vec::new() };
    let title = |item: &Item| match item {
        Item::User(id) => place::user(scenario, id).map(|user| user.name.clone()),
        Item::Task(id) => place::task(scenario, id).map(|(_, task)| task.name.clone()),
        Item::Group(id) => place::group(scenario, id).map(|group| group.name.clone()),
        Item::Step(id) | Item::Check(id, _) | Item::Save(id, _) => {
            place::step(scenario, id).map(|step| sentence(scenario, step))
        }
        _ => None,
    };
    test.doc.selection.items.iter().filter_map(title).collect()
}

/// The step that is put where something happens if a condition is not true.
pub fn first_step_if_not() -> Step {
    Step { act: Act::Pause(usual_pause()), ..Step::default() }
}

/// A choice without one of its options.
pub fn without_option(choose: &Choose, at: usize) -> Choose {
    let mut choose = choose.clone();
    if at < choose.options.len() {
        choose.options.remove(at);
    }
    choose
}
