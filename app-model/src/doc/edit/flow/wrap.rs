//! Steps into groups and out of them.

use tidemark_core::scenario::{Act, Group, Scenario, Step};

use super::{fits, group_named, group_step, steps_at, take_out, use_step};
use crate::doc::edit::{Done, Refused};
use crate::doc::ids::forget;
use crate::doc::place::{Item, Lane, each_step, group, lanes_of, list, list_mut, where_is};
use crate::text::edits as say;

/// The lane that all these steps stand in, and the number of the first.
fn one_lane(scenario: &Scenario, ids: &[String]) -> Result<(Lane, usize), Refused> {
    let mut places = Vec::new();
    for id in ids {
        places.push(where_is(scenario, id).ok_or_else(Refused::gone)?);
    }
    let (lane, _) = places.first().cloned().ok_or_else(|| Refused::because(say::CHOOSE_STEPS_FIRST))?;
    if places.iter().any(|(other, _)| *other != lane) {
        return Err(Refused::because(say::NOT_SIDE_BY_SIDE));
    }
    let first = places.iter().map(|(_, at)| *at).min().unwrap_or(0);
    Ok((lane, first))
}

pub(super) fn wrap(scenario: &mut Scenario, ids: &[String], name: &str) -> Result<Done, Refused> {
    let (lane, at) = one_lane(scenario, ids)?;
    let wrapped = group_step(name, take_out(scenario, ids)?);
    fits(scenario, &lane, std::slice::from_ref(&wrapped))?;
    list_mut(scenario, &lane).ok_or_else(Refused::gone)?.insert(at, wrapped);
    crate::doc::ids::settle(scenario);
    Ok(Done::once(say::GROUP_STEPS).and_select_all(steps_at(scenario, &lane, at, 1)))
}

pub(super) fn extract(scenario: &mut Scenario, ids: &[String], name: &str) -> Result<Done, Refused> {
    let (lane, at) = one_lane(scenario, ids)?;
    let holder = lane.holder().and_then(|id| crate::doc::place::step(scenario, id));
    if matches!(holder.map(|step| &step.act), Some(Act::Parallel(_))) {
        return Err(Refused::because(say::ONLY_REQUESTS_AT_ONCE));
    }
    let steps = take_out(scenario, ids)?;
    let name = free_group_name(scenario, name);
    scenario.groups.push(Group { name, steps, ..Group::default() });
    crate::doc::ids::settle(scenario);
    let id = scenario.groups.last().map(|group| group.id.clone()).unwrap_or_default();
    list_mut(scenario, &lane).ok_or_else(Refused::gone)?.insert(at, use_step(&id));
    crate::doc::ids::settle(scenario);
    Ok(Done::once(say::MAKE_REUSABLE).and_select_all(steps_at(scenario, &lane, at, 1)))
}

/// The name, with a number behind it where a reusable group has it already.
fn free_group_name(scenario: &Scenario, name: &str) -> String {
    let taken = |name: &str| scenario.groups.iter().any(|group| group.name == name);
    crate::text::free_name(name, taken)
}

pub(super) fn unwrap(scenario: &mut Scenario, id: &str) -> Result<Done, Refused> {
    let (lane, at) = where_is(scenario, id).ok_or_else(Refused::gone)?;
    let step = &list(scenario, &lane).ok_or_else(Refused::gone)?[at];
    let steps = match &step.act {
        Act::Use(used) => {
            let mut copy = group(scenario, &used.group).ok_or_else(Refused::gone)?.steps.clone();
            forget(&mut copy);
            copy
        }
        Act::Choose(_) | Act::OnlyIf(_) => return Err(Refused::because(say::LANES_CANT_BE_JOINED)),
        _ => lanes_of(step).first().map(|(_, steps)| (*steps).clone()).unwrap_or_default(),
    };
    if steps.is_empty() {
        return Err(Refused::because(say::NOTHING_INSIDE));
    }
    fits(scenario, &lane, &steps)?;
    let count = steps.len();
    let found = list_mut(scenario, &lane).ok_or_else(Refused::gone)?;
    found.splice(at..=at, steps);
    crate::doc::ids::settle(scenario);
    Ok(Done::once(say::TAKE_APART).and_select_all(steps_at(scenario, &lane, at, count)))
}

/// Whether doing this step does the reusable group with this id, by however many groups in between.
pub(in crate::doc::edit) fn leads_to(scenario: &Scenario, step: &Step, id: &str) -> bool {
    let mut open: Vec<String> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    uses_in(step, &mut open);
    while let Some(name) = open.pop() {
        let Some(found) = group(scenario, &name) else { continue };
        if found.id == id {
            return true;
        }
        if !seen.contains(&found.id) {
            seen.push(found.id.clone());
            found.steps.iter().for_each(|step| uses_in(step, &mut open));
        }
    }
    false
}

fn uses_in(step: &Step, found: &mut Vec<String>) {
    if let Act::Use(used) = &step.act {
        found.push(used.group.clone());
    }
    for (_, inside) in lanes_of(step) {
        inside.iter().for_each(|step| uses_in(step, found));
    }
}

/// How many steps use a reusable group.
pub(super) fn uses_of(scenario: &Scenario, id: &str) -> usize {
    let name = group(scenario, id).map(|group| group.name.clone()).unwrap_or_default();
    let mut count = 0;
    each_step(scenario, &mut |step| {
        if let Act::Use(used) = &step.act {
            count += usize::from(used.group == id || used.group == name);
        }
    });
    count
}

/// Replaces every use of a reusable group by its steps, before it is removed.
pub(super) fn dissolve(scenario: &mut Scenario, id: &str) -> Result<(), Refused> {
    // A group that leads back to itself has no end to be written out: its uses go with it.
    let endless = group_named(scenario, id)?.steps.clone().iter().any(|step| leads_to(scenario, step, id));
    while uses_of(scenario, id) > 0 {
        let name = group_named(scenario, id)?.name.clone();
        let mut first = None;
        each_step(scenario, &mut |step| {
            if let Act::Use(used) = &step.act
                && first.is_none()
                && (used.group == id || used.group == name)
            {
                first = Some(step.id.clone());
            }
        });
        let Some(first) = first else { break };
        if endless || group_named(scenario, id)?.steps.is_empty() {
            take_out(scenario, &[first])?;
        } else {
            unwrap(scenario, &first)?;
        }
    }
    Ok(())
}

/// A thing to choose after the one that is removed: the next, else the one before.
pub(super) fn neighbour(scenario: &Scenario, id: &str) -> Option<Item> {
    let (lane, at) = where_is(scenario, id)?;
    let steps = list(scenario, &lane)?;
    let next = steps.get(at + 1).or_else(|| at.checked_sub(1).and_then(|at| steps.get(at)));
    next.map(|step| Item::Step(step.id.clone())).or_else(|| match lane {
        Lane::Task(id) => Some(Item::Task(id)),
        Lane::Arrival(id) | Lane::Leaving(id) => Some(Item::User(id)),
        Lane::Group(id) => Some(Item::Group(id)),
        other => other.holder().map(|id| Item::Step(id.to_owned())),
    })
}
