//! What the step panel shows of the chosen thing: which it is, what is wrong with it by field, and the forms in which its
//! fields are written.
//!
//! Must not change anything; each change is an edit.

pub mod conditions;
pub mod fields;
pub mod forms;
pub mod json;
mod lists;
mod request;
mod written;

use tidemark_core::problem::{Part, Problem, Severity};
use tidemark_core::scenario::{Act, Request, Scenario, Step};

pub use lists::{chosen_titles, first_step_if_not, group_id, groups, is_off, user, without_option};
pub use request::{
    Tab, expects_usual, first_tab, fresh_check, fresh_save, is_whole_address, last_saved, last_try, sends,
    sign_in_word, usual_name,
};
pub use written::{
    body_of_kind, body_word, fresh_act, json_text, read_count, read_json, read_statuses, read_tags, read_time, scalar,
    scalar_text, statuses,
};

use crate::doc::Item;
use crate::doc::place::{self, Lane};
use crate::model::{Model, Trial};
use crate::select::fixes::{Fix, fixes};
use crate::select::problems::item_at;
use crate::select::values::{Piece, pieces};
use crate::text::problems::{hint, message};
use crate::text::{panel as say, steps as words};

/// What the panel is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Subject {
    /// Nothing that it shows.
    #[default]
    Nothing,
    /// A user type, by id.
    User(String),
    /// A task, by id.
    Task(String),
    /// A reusable group, by id.
    Group(String),
    /// A step, by id, with the word of its kind.
    Step(String, &'static str),
    /// Several things.
    Many(usize),
}

/// What the panel is about.
pub fn subject(model: &Model) -> Subject {
    let Some(test) = &model.test else { return Subject::Nothing };
    let items = &test.doc.selection.items;
    if items.len() > 1 {
        return Subject::Many(items.len());
    }
    match items.last() {
        Some(Item::User(id)) => Subject::User(id.clone()),
        Some(Item::Task(id)) => Subject::Task(id.clone()),
        Some(Item::Group(id)) => Subject::Group(id.clone()),
        Some(Item::Step(id) | Item::Check(id, _) | Item::Save(id, _)) => {
            let found = place::step(test.doc.scenario(), id);
            found.map_or(Subject::Nothing, |step| Subject::Step(id.clone(), words::kind_word(&step.act)))
        }
        _ => Subject::Nothing,
    }
}

/// The chosen check or saved value of a request: its number.
pub fn chosen_part(model: &Model) -> Option<Item> {
    let main = model.test.as_ref()?.doc.selection.main()?;
    matches!(main, Item::Check(..) | Item::Save(..)).then(|| main.clone())
}

/// The document, where a test is open.
pub fn scenario(model: &Model) -> Option<&Scenario> {
    model.test.as_ref().map(|test| &**test.doc.scenario())
}

/// The last trial.
pub fn trial(model: &Model) -> Option<&Trial> {
    model.test.as_ref()?.trial.as_ref()
}

/// A step of the open test.
pub fn step<'a>(model: &'a Model, id: &str) -> Option<&'a Step> {
    place::step(scenario(model)?, id)
}

/// The request of a step; an empty one where it has none.
pub fn request(model: &Model, id: &str) -> Request {
    match step(model, id).map(|step| &step.act) {
        Some(Act::Request(request)) => (**request).clone(),
        _ => Request::default(),
    }
}

/// What the panel is called: the name of the thing.
pub fn title(model: &Model, subject: &Subject) -> String {
    let Some(scenario) = scenario(model) else { return String::new() };
    match subject {
        Subject::Nothing => String::new(),
        Subject::User(id) => place::user(scenario, id).map(|user| user.name.clone()).unwrap_or_default(),
        Subject::Task(id) => place::task(scenario, id).map(|(_, task)| task.name.clone()).unwrap_or_default(),
        Subject::Group(id) => place::group(scenario, id).map(|group| group.name.clone()).unwrap_or_default(),
        Subject::Step(id, _) => {
            place::step(scenario, id).map(|step| words::sentence(scenario, step)).unwrap_or_default()
        }
        Subject::Many(count) => say::many(*count),
    }
}

/// A problem at a field of the chosen thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Trouble {
    /// Its code.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The field, such as `url`, `check`, `name`; empty for the thing itself.
    pub field: String,
    /// The number of the check, saved value or row it is about.
    pub number: Option<usize>,
    /// What is wrong and what to do, as sentences.
    pub text: String,
    /// What can be done with one click.
    pub fixes: Vec<Fix>,
}

/// What is wrong with a thing, its checks and saved values included, worst first.
pub fn troubles(model: &Model, about: &Subject) -> Vec<Trouble> {
    let Some(test) = &model.test else { return Vec::new() };
    let scenario = test.doc.scenario();
    let belongs = |problem: &&Problem| match (item_at(scenario, &problem.place), about) {
        (Item::Step(id) | Item::Check(id, _) | Item::Save(id, _), Subject::Step(own, _)) => id == *own,
        (Item::User(id), Subject::User(own)) => id == *own,
        (Item::Task(id), Subject::Task(own)) => id == *own,
        (Item::Group(id), Subject::Group(own)) => id == *own,
        _ => false,
    };
    let tell = |problem: &Problem| {
        let (field, number) = field_of(&problem.place.0, matches!(about, Subject::Step(..)));
        let text = format!("{} {}", message(problem.code, &problem.message), hint(problem.code, &problem.hint));
        let fixes = fixes(scenario, problem);
        Trouble { code: problem.code, severity: problem.severity, field, number, text: text.trim().to_owned(), fixes }
    };
    test.problems.iter().filter(belongs).map(tell).collect()
}

/// The field of a thing that a place leads to, and the number behind it.
fn field_of(parts: &[Part], is_step: bool) -> (String, Option<usize>) {
    let kind = |at: &usize| {
        let key = matches!(&parts[*at], Part::Key(key) if Act::KEYS.contains(&key.as_str()));
        key && *at > 0 && matches!(parts[*at - 1], Part::Index(_))
    };
    let start = match is_step {
        true => (0..parts.len()).rev().find(kind).map(|at| at + 1),
        // The last list that things with ids stand in.
        false => (0..parts.len())
            .rev()
            .find(|at| {
                matches!((&parts[*at], parts.get(at + 1)), (Part::Key(key), Some(Part::Index(_)))
                if matches!(key.as_str(), "users" | "tasks" | "groups"))
            })
            .map(|at| at + 2),
    };
    let mut rest = parts.get(start.unwrap_or(parts.len())..).unwrap_or_default().iter();
    match (rest.next(), rest.next()) {
        (Some(Part::Key(key)), Some(Part::Index(number))) => (key.clone(), Some(*number)),
        (Some(Part::Key(key)), _) => (key.clone(), None),
        _ => (String::new(), None),
    }
}

/// The headers that the target adds, each with whether the request has its own instead.
pub fn inherited(model: &Model, request: &Request) -> Vec<(String, String, bool)> {
    let target = scenario(model).and_then(|scenario| scenario.targets.first());
    let lines = target.map(|target| target.headers.0.clone()).unwrap_or_default();
    let own = |name: &str| request.headers.iter().any(|(have, _)| have.eq_ignore_ascii_case(name));
    lines
        .into_iter()
        .map(|(name, value)| {
            let replaced = own(&name);
            (name, value, replaced)
        })
        .collect()
}

/// Where a request goes with the values of the last trial: the target's name, and the whole address.
pub fn resolved(model: &Model, id: &str) -> (String, String) {
    let url = request(model, id).url;
    let Some(scenario) = scenario(model) else { return Default::default() };
    if url.is_empty() {
        return Default::default();
    }
    let filled: String = pieces(&url).into_iter().map(|piece| filled(model, id, piece)).collect();
    if filled.contains("://") {
        return (String::new(), filled);
    }
    match scenario.targets.first() {
        Some(target) => {
            let slash = if filled.starts_with('/') || filled.starts_with('?') { "" } else { "/" };
            (target.name.clone(), format!("{}{slash}{filled}", target.url.trim_end_matches('/')))
        }
        None => (String::new(), filled),
    }
}

fn filled(model: &Model, id: &str, piece: Piece) -> String {
    match piece {
        Piece::Text(text) => text,
        Piece::Chip(inner) => {
            let name = inner.split('|').next().unwrap_or_default().trim();
            let known = scenario(model).map(|scenario| super::values::available(scenario, id, trial(model)));
            let known = known.unwrap_or_default().into_iter().find(|value| value.name == name);
            known.and_then(|value| value.last).unwrap_or_else(|| format!("⟨{name}⟩"))
        }
    }
}

/// The steps behind a user type's doors: how many on arrival, how many before leaving.
pub fn doors(model: &Model, user: &str) -> (usize, usize) {
    let Some(scenario) = scenario(model) else { return (0, 0) };
    let count = |lane: Lane| place::list(scenario, &lane).map_or(0, Vec::len);
    (count(Lane::Arrival(user.to_owned())), count(Lane::Leaving(user.to_owned())))
}

/// Whether the file says more about a step than the app knows.
pub fn says_more(step: &Step) -> bool {
    let request = matches!(&step.act, Act::Request(request) if request.extra != Default::default());
    request || step.extra != Default::default()
}

#[cfg(test)]
mod tests;
