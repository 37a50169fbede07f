//! User types, tasks, and things known by their number in a list: copied and moved.

use tidemark_core::scenario::{Scenario, UserType};

use super::{Way, request_mut, steps_at};
use crate::doc::edit::{Done, Refused};
use crate::doc::ids::forget;
use crate::doc::place::{Item, list, list_mut, user_mut, where_is};
use crate::text::edits as say;

/// Copies each thing to behind itself; the copies are chosen.
pub(super) fn copy(scenario: &mut Scenario, items: &[Item]) -> Result<Done, Refused> {
    let mut copies = Vec::new();
    for item in items {
        copies.extend(copy_one(scenario, item)?);
        crate::doc::ids::settle(scenario);
    }
    if copies.is_empty() {
        return Err(Refused::because(say::CHOOSE_SOMETHING_FIRST));
    }
    let copies = copies.into_iter().filter_map(|found| found.item(scenario)).collect();
    Ok(Done::once(say::copy(items.len())).and_select_all(copies))
}

/// Where a copy stands; its id is known only once it has one.
enum Copied {
    User(usize),
    Task(String, usize),
    Step(crate::doc::place::Lane, usize),
    Known(Item),
}

impl Copied {
    fn item(self, scenario: &Scenario) -> Option<Item> {
        match self {
            Self::User(at) => scenario.users.get(at).map(|user| Item::User(user.id.clone())),
            Self::Task(user, at) => {
                let user = crate::doc::place::user(scenario, &user)?;
                user.tasks.get(at).map(|task| Item::Task(task.id.clone()))
            }
            Self::Step(lane, at) => steps_at(scenario, &lane, at, 1).pop(),
            Self::Known(item) => Some(item),
        }
    }
}

fn bare(user: &UserType) -> UserType {
    let mut copy = user.clone();
    copy.id.clear();
    forget(&mut copy.on_arrival);
    forget(&mut copy.before_leaving);
    for task in &mut copy.tasks {
        task.id.clear();
        forget(&mut task.steps);
    }
    copy
}

fn copy_one(scenario: &mut Scenario, item: &Item) -> Result<Option<Copied>, Refused> {
    fn double<T: Clone>(list: &mut Vec<T>, at: usize) -> Result<usize, Refused> {
        let copy = list.get(at).ok_or_else(Refused::gone)?.clone();
        list.insert(at + 1, copy);
        Ok(at + 1)
    }
    Ok(Some(match item {
        Item::User(id) => {
            let at = scenario.users.iter().position(|user| user.id == *id).ok_or_else(Refused::gone)?;
            let mut copy = bare(&scenario.users[at]);
            copy.name = crate::text::free_name(&copy.name, |name| scenario.users.iter().any(|user| user.name == name));
            scenario.users.insert(at + 1, copy);
            Copied::User(at + 1)
        }
        Item::Task(id) => {
            let found = scenario.users.iter_mut().find(|user| user.tasks.iter().any(|task| task.id == *id));
            let user = found.ok_or_else(Refused::gone)?;
            let at = user.tasks.iter().position(|task| task.id == *id).ok_or_else(Refused::gone)?;
            let mut copy = user.tasks[at].clone();
            copy.id.clear();
            forget(&mut copy.steps);
            copy.name = crate::text::free_name(&copy.name, |name| user.tasks.iter().any(|task| task.name == name));
            user.tasks.insert(at + 1, copy);
            Copied::Task(user.id.clone(), at + 1)
        }
        Item::Step(id) => {
            let (lane, at) = where_is(scenario, id).ok_or_else(Refused::gone)?;
            let mut copy = vec![list(scenario, &lane).ok_or_else(Refused::gone)?[at].clone()];
            forget(&mut copy);
            list_mut(scenario, &lane).ok_or_else(Refused::gone)?.splice(at + 1..at + 1, copy);
            Copied::Step(lane, at + 1)
        }
        Item::Check(id, at) => {
            Copied::Known(Item::Check(id.clone(), double(&mut request_mut(scenario, id)?.check, *at)?))
        }
        Item::Goal(at) => Copied::Known(Item::Goal(double(&mut scenario.goals, *at)?)),
        Item::StopRule(at) => Copied::Known(Item::StopRule(double(&mut scenario.stop_early, *at)?)),
        Item::Table(at) => {
            let copy = double(&mut scenario.data, *at)?;
            let name = scenario.data[copy].name.clone();
            scenario.data[copy].name =
                crate::text::free_name(&name, |name| scenario.data.iter().any(|table| table.name == name));
            Copied::Known(Item::Table(copy))
        }
        _ => return Err(Refused::because(say::CANT_BE_COPIED)),
    }))
}

pub(super) fn move_task(scenario: &mut Scenario, id: &str, to: &str, at: usize) -> Result<Done, Refused> {
    let found = scenario.users.iter_mut().find(|user| user.tasks.iter().any(|task| task.id == *id));
    let user = found.ok_or_else(Refused::gone)?;
    let from = user.tasks.iter().position(|task| task.id == *id).ok_or_else(Refused::gone)?;
    let closes = user.id == to && from < at;
    let task = user.tasks.remove(from);
    let user = user_mut(scenario, to).ok_or_else(Refused::gone)?;
    let at = (at - usize::from(closes)).min(user.tasks.len());
    user.tasks.insert(at, task);
    Ok(Done::once(say::MOVE_TASK).and_select(Item::Task(id.to_owned())))
}

pub(super) fn move_user(scenario: &mut Scenario, id: &str, at: usize) -> Result<Done, Refused> {
    let from = scenario.users.iter().position(|user| user.id == id).ok_or_else(Refused::gone)?;
    let user = scenario.users.remove(from);
    let at = (at - usize::from(from < at)).min(scenario.users.len());
    scenario.users.insert(at, user);
    Ok(Done::once(say::MOVE_USER).and_select(Item::User(id.to_owned())))
}

/// Moves anything but a step by one place.
pub(super) fn nudge(scenario: &mut Scenario, item: &Item, way: Way) -> Result<Done, Refused> {
    fn swap<T>(list: &mut [T], at: usize, way: Way) -> Result<usize, Refused> {
        let to = match way {
            Way::Up if at == 0 => return Err(Refused::because(say::FIRST_ALREADY)),
            Way::Up => at - 1,
            Way::Down if at + 1 >= list.len() => return Err(Refused::because(say::LAST_ALREADY)),
            Way::Down => at + 1,
            Way::Out | Way::Into => return Err(Refused::because(say::OUTERMOST_ALREADY)),
        };
        if at >= list.len() {
            return Err(Refused::gone());
        }
        list.swap(at, to);
        Ok(to)
    }
    let (label, item) = match item {
        Item::User(id) => {
            let at = scenario.users.iter().position(|user| user.id == *id).ok_or_else(Refused::gone)?;
            swap(&mut scenario.users, at, way)?;
            (say::MOVE_USER, item.clone())
        }
        Item::Task(id) => {
            let found = scenario.users.iter_mut().find(|user| user.tasks.iter().any(|task| task.id == *id));
            let user = found.ok_or_else(Refused::gone)?;
            let at = user.tasks.iter().position(|task| task.id == *id).ok_or_else(Refused::gone)?;
            swap(&mut user.tasks, at, way)?;
            (say::MOVE_TASK, item.clone())
        }
        Item::Group(id) => {
            let at = scenario.groups.iter().position(|group| group.id == *id).ok_or_else(Refused::gone)?;
            swap(&mut scenario.groups, at, way)?;
            (say::MOVE, item.clone())
        }
        Item::Check(id, at) => {
            (say::MOVE, Item::Check(id.clone(), swap(&mut request_mut(scenario, id)?.check, *at, way)?))
        }
        Item::Save(id, at) => {
            (say::MOVE, Item::Save(id.clone(), swap(&mut request_mut(scenario, id)?.save, *at, way)?))
        }
        Item::Target(at) => (say::MOVE, Item::Target(swap(&mut scenario.targets, *at, way)?)),
        Item::Value(at) => (say::MOVE, Item::Value(swap(&mut scenario.values, *at, way)?)),
        Item::Secret(at) => (say::MOVE, Item::Secret(swap(&mut scenario.secrets, *at, way)?)),
        Item::Table(at) => (say::MOVE, Item::Table(swap(&mut scenario.data, *at, way)?)),
        Item::Goal(at) => (say::MOVE, Item::Goal(swap(&mut scenario.goals, *at, way)?)),
        Item::StopRule(at) => (say::MOVE, Item::StopRule(swap(&mut scenario.stop_early, *at, way)?)),
        Item::Test | Item::Host(_) | Item::Point(_) | Item::Step(_) => {
            return Err(Refused::because(say::CANT_BE_MOVED));
        }
    };
    Ok(Done::once(label).and_select(item))
}
