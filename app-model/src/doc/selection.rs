//! What is chosen on screen: the place a person works at, kept with each step of the history.
//!
//! Must not change the document.

use tidemark_core::scenario::Scenario;

use crate::doc::place::{Item, Lane, root_of, step, task, user_of, where_is};
use crate::route::Tab;

/// The chosen things and the tab they stand on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// The tab.
    pub tab: Tab,
    /// The user type whose tasks are shown, by id.
    pub user: Option<String>,
    /// What is chosen; the last one is where the keyboard is.
    pub items: Vec<Item>,
}

impl Selection {
    /// One thing, on the tab it belongs to.
    pub fn of(scenario: &Scenario, item: Item) -> Self {
        Self { tab: tab_of(&item), user: user_behind(scenario, &item), items: vec![item] }
    }

    /// The thing where the keyboard is.
    pub fn main(&self) -> Option<&Item> {
        self.items.last()
    }

    /// The ids of the chosen steps, in the order in which they were chosen.
    pub fn steps(&self) -> Vec<String> {
        let ids = self.items.iter().filter_map(|item| match item {
            Item::Step(id) => Some(id.clone()),
            _ => None,
        });
        ids.collect()
    }

    /// Adds a thing, or takes it out if it is chosen already.
    pub fn toggle(&mut self, item: Item) {
        match self.items.iter().position(|chosen| *chosen == item) {
            Some(at) => {
                self.items.remove(at);
            }
            None => self.items.push(item),
        }
    }

    /// Without what is not in the document any more; always with a user type where there is one.
    pub fn still_there(mut self, scenario: &Scenario) -> Self {
        self.items.retain(|item| exists(scenario, item));
        let there = self.user.as_deref().is_some_and(|id| scenario.users.iter().any(|user| user.id == id));
        if !there {
            self.user = scenario.users.first().map(|user| user.id.clone());
        }
        self
    }
}

/// The tab that shows a thing.
pub fn tab_of(item: &Item) -> Tab {
    match item {
        Item::Test
        | Item::User(_)
        | Item::Task(_)
        | Item::Step(_)
        | Item::Group(_)
        | Item::Check(..)
        | Item::Save(..) => Tab::Build,
        Item::Target(_) | Item::Host(_) | Item::Secret(_) | Item::Value(_) | Item::Table(_) => Tab::Data,
        Item::Point(_) | Item::Goal(_) | Item::StopRule(_) => Tab::Load,
    }
}

/// The user type that a thing belongs to, by id.
pub fn user_behind(scenario: &Scenario, item: &Item) -> Option<String> {
    match item {
        Item::User(id) => Some(id.clone()),
        Item::Task(id) => task(scenario, id).map(|(user, _)| user.id.clone()),
        Item::Step(id) | Item::Check(id, _) | Item::Save(id, _) => {
            where_is(scenario, id).and_then(|(lane, _)| user_of(scenario, &lane))
        }
        _ => None,
    }
}

/// The task that a thing belongs to, by id.
pub fn task_behind(scenario: &Scenario, item: &Item) -> Option<String> {
    match item {
        Item::Task(id) => Some(id.clone()),
        Item::Step(id) | Item::Check(id, _) | Item::Save(id, _) => {
            let (lane, _) = where_is(scenario, id)?;
            match root_of(scenario, &lane) {
                Lane::Task(task) => Some(task),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a thing is in the document.
pub fn exists(scenario: &Scenario, item: &Item) -> bool {
    use tidemark_core::scenario::Act;
    let request = |id: &str| match step(scenario, id).map(|step| &step.act) {
        Some(Act::Request(request)) => Some(request),
        _ => None,
    };
    match item {
        Item::Test => true,
        Item::User(id) => scenario.users.iter().any(|user| user.id == *id),
        Item::Task(id) => task(scenario, id).is_some(),
        Item::Step(id) => step(scenario, id).is_some(),
        Item::Group(id) => scenario.groups.iter().any(|group| group.id == *id),
        Item::Check(id, at) => request(id).is_some_and(|request| *at < request.check.len()),
        Item::Save(id, at) => request(id).is_some_and(|request| *at < request.save.len()),
        Item::Target(at) => *at < scenario.targets.len(),
        Item::Host(at) => *at < scenario.allowed_hosts.len(),
        Item::Secret(at) => *at < scenario.secrets.len(),
        Item::Value(at) => *at < scenario.values.len(),
        Item::Table(at) => *at < scenario.data.len(),
        Item::Point(at) => *at <= crate::doc::edit::load::stages(&scenario.load).1.len(),
        Item::Goal(at) => *at < scenario.goals.len(),
        Item::StopRule(at) => *at < scenario.stop_early.len(),
    }
}
