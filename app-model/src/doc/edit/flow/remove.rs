//! Taking things out, and what is chosen afterwards.

use tidemark_core::scenario::{Act, Scenario};

use super::{request_mut, wrap};
use crate::doc::edit::{Done, Refused, load};
use crate::doc::place::{Item, lies_in, task, user, where_is};
use crate::text::edits as say;

pub(super) fn remove(scenario: &mut Scenario, items: &[Item]) -> Result<Done, Refused> {
    let [.., last] = items else { return Err(Refused::because(say::CHOOSE_SOMETHING_FIRST)) };
    let label = say::remove(last, &name_of(scenario, last), items.len());
    let next = next_after(scenario, items);
    // Things known by number are taken from the last on, so that the numbers of those before stay right.
    let mut ordered = items.to_vec();
    ordered.sort_by_key(|item| std::cmp::Reverse(number(item)));
    for item in &ordered {
        take(scenario, item, items)?;
    }
    let next = next.filter(|item| crate::doc::selection::exists(scenario, item));
    Ok(Done::once(label).and_select_all(next.into_iter().collect()))
}

/// What the person sees a thing called.
fn name_of(scenario: &Scenario, item: &Item) -> String {
    match item {
        Item::Test => scenario.name.clone(),
        Item::User(id) => user(scenario, id).map(|user| user.name.clone()).unwrap_or_default(),
        Item::Task(id) => task(scenario, id).map(|(_, task)| task.name.clone()).unwrap_or_default(),
        Item::Group(id) => crate::doc::place::group(scenario, id).map(|group| group.name.clone()).unwrap_or_default(),
        Item::Step(id) => match crate::doc::place::step(scenario, id).map(|step| &step.act) {
            Some(Act::Request(request)) if !request.name.is_empty() => request.name.clone(),
            Some(Act::Group(group)) => group.name.clone(),
            _ => String::new(),
        },
        Item::Table(at) => scenario.data.get(*at).map(|table| table.name.clone()).unwrap_or_default(),
        Item::Value(at) => scenario.values.get(*at).map(|value| value.name.clone()).unwrap_or_default(),
        Item::Secret(at) => scenario.secrets.get(*at).map(|secret| secret.name.clone()).unwrap_or_default(),
        Item::Target(at) => scenario.targets.get(*at).map(|target| target.name.clone()).unwrap_or_default(),
        Item::Host(at) => scenario.allowed_hosts.get(*at).cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

fn number(item: &Item) -> usize {
    match item {
        Item::Check(_, at)
        | Item::Save(_, at)
        | Item::Target(at)
        | Item::Host(at)
        | Item::Secret(at)
        | Item::Value(at)
        | Item::Table(at)
        | Item::Point(at)
        | Item::Goal(at)
        | Item::StopRule(at) => *at,
        _ => 0,
    }
}

/// Takes an item of a list out; what is not there any more is an error.
fn pull<T>(list: &mut Vec<T>, at: usize) -> Result<(), Refused> {
    if at >= list.len() {
        return Err(Refused::gone());
    }
    list.remove(at);
    Ok(())
}

fn take(scenario: &mut Scenario, item: &Item, all: &[Item]) -> Result<(), Refused> {
    match item {
        Item::Test => Err(Refused::because(say::TEST_STAYS)),
        Item::User(id) => {
            let at = scenario.users.iter().position(|user| user.id == *id).ok_or_else(Refused::gone)?;
            pull(&mut scenario.users, at)
        }
        Item::Task(id) => {
            let found = scenario.users.iter_mut().find(|user| user.tasks.iter().any(|task| task.id == *id));
            match found {
                Some(user) => {
                    user.tasks.retain(|task| task.id != *id);
                    Ok(())
                }
                // It went with its user type.
                None if all.iter().any(|item| matches!(item, Item::User(_))) => Ok(()),
                None => Err(Refused::gone()),
            }
        }
        Item::Step(id) => match where_is(scenario, id) {
            Some(_) => super::take_out(scenario, std::slice::from_ref(id)).map(|_| ()),
            // It went with what held it.
            None if all.len() > 1 => Ok(()),
            None => Err(Refused::gone()),
        },
        Item::Group(id) => {
            wrap::dissolve(scenario, id)?;
            let at = scenario.groups.iter().position(|group| group.id == *id).ok_or_else(Refused::gone)?;
            pull(&mut scenario.groups, at)
        }
        Item::Check(id, at) => pull(&mut request_mut(scenario, id)?.check, *at),
        Item::Save(id, at) => pull(&mut request_mut(scenario, id)?.save, *at),
        Item::Target(at) => pull(&mut scenario.targets, *at),
        Item::Host(at) => pull(&mut scenario.allowed_hosts, *at),
        Item::Secret(at) => pull(&mut scenario.secrets, *at),
        Item::Value(at) => pull(&mut scenario.values, *at),
        Item::Table(at) => pull(&mut scenario.data, *at),
        Item::Point(at) => load::remove_point(&mut scenario.load, *at),
        Item::Goal(at) => pull(&mut scenario.goals, *at),
        Item::StopRule(at) => pull(&mut scenario.stop_early, *at),
    }
}

/// What to choose once `items` are gone: the next, else the one before, else what held them.
fn next_after(scenario: &Scenario, items: &[Item]) -> Option<Item> {
    let last = items.last()?;
    let at_or_before = |at: usize, len: usize| (len > 1).then(|| at.min(len - 2));
    Some(match last {
        Item::Step(id) => {
            let mut here = Item::Step(id.clone());
            // Neighbours that go too are passed over.
            for _ in 0..items.len() {
                let Item::Step(at) = &here else { break };
                here = wrap::neighbour(scenario, at)?;
                let gone = |item: &Item| match item {
                    Item::Step(id) => items.iter().any(|other| match other {
                        Item::Step(other) => {
                            other == id
                                || where_is(scenario, id).is_some_and(|(lane, _)| lies_in(scenario, &lane, other))
                        }
                        _ => false,
                    }),
                    other => items.contains(other),
                };
                if !gone(&here) {
                    break;
                }
            }
            here
        }
        Item::Check(id, _) | Item::Save(id, _) => Item::Step(id.clone()),
        Item::Task(id) => {
            let (user, _) = task(scenario, id)?;
            let at = user.tasks.iter().position(|task| task.id == *id)?;
            let next = user.tasks.get(at + 1).or_else(|| at.checked_sub(1).and_then(|at| user.tasks.get(at)));
            next.map_or_else(|| Item::User(user.id.clone()), |task| Item::Task(task.id.clone()))
        }
        Item::User(id) => {
            let at = scenario.users.iter().position(|user| user.id == *id)?;
            let next = scenario.users.get(at + 1).or_else(|| at.checked_sub(1).and_then(|at| scenario.users.get(at)));
            Item::User(next?.id.clone())
        }
        Item::Target(at) => Item::Target(at_or_before(*at, scenario.targets.len())?),
        Item::Host(at) => Item::Host(at_or_before(*at, scenario.allowed_hosts.len())?),
        Item::Secret(at) => Item::Secret(at_or_before(*at, scenario.secrets.len())?),
        Item::Value(at) => Item::Value(at_or_before(*at, scenario.values.len())?),
        Item::Table(at) => Item::Table(at_or_before(*at, scenario.data.len())?),
        Item::Goal(at) => Item::Goal(at_or_before(*at, scenario.goals.len())?),
        Item::StopRule(at) => Item::StopRule(at_or_before(*at, scenario.stop_early.len())?),
        Item::Point(at) => Item::Point(at.saturating_sub(1)),
        Item::Group(_) | Item::Test => return None,
    })
}
