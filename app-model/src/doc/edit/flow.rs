//! Adding, removing, copying, moving, grouping and switching user types, tasks, steps and what hangs on requests.
//!
//! Must not know what a step does, only where it stands.

use tidemark_core::scenario::{
    Act, Check, Group, InlineGroup, Request, SaveRule, Scenario, Step, Task, UseGroup, UserType,
};

use crate::doc::edit::{Done, Refused};
use crate::doc::ids::forget;
use crate::doc::place::{
    DEEPEST, Item, Lane, depth, group_mut, height, lies_in, list, list_mut, root_of, step_mut, task_mut, user_mut,
    where_is,
};
use crate::text::edits as say;

mod lists;
mod remove;
mod wrap;

pub(super) use wrap::leads_to;

/// A change of what stands where.
#[derive(Debug, Clone, PartialEq)]
pub enum FlowEdit {
    /// A new user type with this name, before the one with this number; at the end if there are not so many.
    AddUser(String, usize),
    /// A new task of a user type (its id) with this name, before the one with this number.
    AddTask(String, String, usize),
    /// A new reusable group with this name.
    AddGroup(String),
    /// Steps put into a lane, before the one with this number. Ids that are taken are replaced.
    Insert(Lane, usize, Vec<Step>),
    /// Another check of a request, by the step's id.
    AddCheck(String, Check),
    /// Another saved value of a request, by the step's id.
    AddSave(String, SaveRule),
    /// Takes things out.
    Remove(Vec<Item>),
    /// Copies things to behind themselves.
    Copy(Vec<Item>),
    /// Steps (their ids) moved into a lane, before the step that has this number now.
    MoveSteps(Vec<String>, Lane, usize),
    /// A task (its id) moved to a user type (its id), before the task that has this number now.
    MoveTask(String, String, usize),
    /// A user type (its id) moved before the one that has this number now.
    MoveUser(String, usize),
    /// One thing moved by one place.
    Nudge(Item, Way),
    /// User types, tasks or steps switched off, or on again.
    Switch(Vec<Item>, bool),
    /// Steps of one lane (their ids) put into a group with this name, where the first stands.
    Wrap(Vec<String>, String),
    /// Steps of one lane made a reusable group with this name, used where the first stands.
    Extract(Vec<String>, String),
    /// A group, a repeat or a use of a reusable group (the step's id) replaced by the steps in it.
    Unwrap(String),
    /// Another option of a choice, by the step's id.
    AddOption(String),
}

/// Where a thing is moved by one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the start.
    Up,
    /// Towards the end.
    Down,
    /// Out of what holds it, to behind that.
    Out,
    /// Into the neighbour before it (or else after it) that can hold steps.
    Into,
}

pub(super) fn apply(scenario: &mut Scenario, edit: &FlowEdit) -> Result<Done, Refused> {
    match edit {
        FlowEdit::AddUser(..) | FlowEdit::AddTask(..) | FlowEdit::AddGroup(_) => add(scenario, edit),
        FlowEdit::Insert(lane, at, steps) => insert(scenario, lane, *at, steps),
        FlowEdit::AddCheck(id, check) => {
            let request = request_mut(scenario, id)?;
            request.check.push(check.clone());
            let item = Item::Check(id.clone(), request.check.len() - 1);
            Ok(Done::once(say::ADD_CHECK).and_select(item))
        }
        FlowEdit::AddSave(id, rule) => {
            let request = request_mut(scenario, id)?;
            request.save.push(rule.clone());
            let item = Item::Save(id.clone(), request.save.len() - 1);
            Ok(Done::once(say::ADD_SAVE).and_select(item))
        }
        FlowEdit::Remove(items) => remove::remove(scenario, items),
        FlowEdit::Copy(items) => lists::copy(scenario, items),
        FlowEdit::MoveSteps(ids, lane, at) => move_steps(scenario, ids, lane, *at),
        FlowEdit::MoveTask(id, user, at) => lists::move_task(scenario, id, user, *at),
        FlowEdit::MoveUser(id, at) => lists::move_user(scenario, id, *at),
        FlowEdit::Nudge(item, way) => nudge(scenario, item, *way),
        FlowEdit::Switch(items, off) => switch(scenario, items, *off),
        FlowEdit::Wrap(ids, name) => wrap::wrap(scenario, ids, name),
        FlowEdit::Extract(ids, name) => wrap::extract(scenario, ids, name),
        FlowEdit::Unwrap(id) => wrap::unwrap(scenario, id),
        FlowEdit::AddOption(id) => {
            let step = step_mut(scenario, id).ok_or_else(Refused::gone)?;
            let Act::Choose(choose) = &mut step.act else { return Err(Refused::because(say::NO_OPTIONS_HERE)) };
            choose.options.push(tidemark_core::scenario::ChooseOption::default());
            Ok(Done::once(say::ADD_OPTION).and_select(Item::Step(id.clone())))
        }
    }
}

/// The request of a step.
pub(super) fn request_mut<'a>(scenario: &'a mut Scenario, id: &str) -> Result<&'a mut Request, Refused> {
    match step_mut(scenario, id).map(|step| &mut step.act) {
        Some(Act::Request(request)) => Ok(request),
        Some(_) => Err(Refused::because(say::ONLY_ON_REQUESTS)),
        None => Err(Refused::gone()),
    }
}

fn add(scenario: &mut Scenario, edit: &FlowEdit) -> Result<Done, Refused> {
    let (label, item) = match edit {
        FlowEdit::AddUser(name, at) => {
            let share = crate::doc::edit::share::usual_user_share(scenario);
            let at = (*at).min(scenario.users.len());
            scenario.users.insert(at, UserType { name: name.clone(), share, ..UserType::default() });
            crate::doc::ids::settle(scenario);
            (say::ADD_USER, Item::User(scenario.users[at].id.clone()))
        }
        FlowEdit::AddTask(user, name, at) => {
            let weight = crate::doc::edit::share::usual_task_weight(scenario, user);
            let found = user_mut(scenario, user).ok_or_else(Refused::gone)?;
            let at = (*at).min(found.tasks.len());
            found.tasks.insert(at, Task { name: name.clone(), weight, ..Task::default() });
            crate::doc::ids::settle(scenario);
            let id = user_mut(scenario, user).ok_or_else(Refused::gone)?.tasks[at].id.clone();
            (say::ADD_TASK, Item::Task(id))
        }
        FlowEdit::AddGroup(name) => {
            scenario.groups.push(Group { name: name.clone(), ..Group::default() });
            crate::doc::ids::settle(scenario);
            let id = scenario.groups.last().map(|group| group.id.clone()).unwrap_or_default();
            (say::ADD_GROUP, Item::Group(id))
        }
        _ => return Err(Refused::gone()),
    };
    Ok(Done::once(label).and_select(item))
}

fn insert(scenario: &mut Scenario, lane: &Lane, at: usize, steps: &[Step]) -> Result<Done, Refused> {
    fits(scenario, lane, steps)?;
    let mut steps = steps.to_vec();
    let taken = |id: &str| where_is(scenario, id).is_some();
    if steps.iter().any(|step| taken(&step.id)) {
        forget(&mut steps);
    }
    let count = steps.len();
    let found = list_mut(scenario, lane).ok_or_else(Refused::gone)?;
    let at = at.min(found.len());
    found.splice(at..at, steps);
    crate::doc::ids::settle(scenario);
    Ok(Done::once(say::add_steps(count)).and_select_all(steps_at(scenario, lane, at, count)))
}

/// The steps with these numbers in a lane, as things to choose.
fn steps_at(scenario: &Scenario, lane: &Lane, at: usize, count: usize) -> Vec<Item> {
    let steps = list(scenario, lane).map(Vec::as_slice).unwrap_or_default();
    steps.iter().skip(at).take(count).map(|step| Item::Step(step.id.clone())).collect()
}

/// Whether these steps may stand in a lane.
fn fits(scenario: &Scenario, lane: &Lane, steps: &[Step]) -> Result<(), Refused> {
    if list(scenario, lane).is_none() {
        return Err(Refused::gone());
    }
    let high = steps.iter().map(height).max().unwrap_or(0);
    if depth(scenario, lane) + high > DEEPEST {
        return Err(Refused::because(say::too_deep(DEEPEST)));
    }
    let parallel = lane.holder().and_then(|id| crate::doc::place::step(scenario, id));
    if matches!(parallel.map(|step| &step.act), Some(Act::Parallel(_)))
        && steps.iter().any(|step| !matches!(step.act, Act::Request(_)))
    {
        return Err(Refused::because(say::ONLY_REQUESTS_AT_ONCE));
    }
    if let Lane::Group(id) = root_of(scenario, lane)
        && steps.iter().any(|step| wrap::leads_to(scenario, step, &id))
    {
        return Err(Refused::because(say::GROUP_IN_ITSELF));
    }
    Ok(())
}

/// Takes steps out of wherever they stand, in document order; those inside another one that is taken stay in it.
fn take_out(scenario: &mut Scenario, ids: &[String]) -> Result<Vec<Step>, Refused> {
    let mut places = Vec::new();
    for id in ids {
        let (lane, at) = where_is(scenario, id).ok_or_else(Refused::gone)?;
        if !ids.iter().any(|other| lies_in(scenario, &lane, other)) {
            places.push((id.clone(), lane, at));
        }
    }
    let mut order: Vec<String> = Vec::new();
    crate::doc::place::each_step(scenario, &mut |step| order.push(step.id.clone()));
    places.sort_by_key(|(id, ..)| order.iter().position(|other| other == id));
    places.dedup_by(|a, b| a.0 == b.0);
    let mut taken = Vec::new();
    for (id, lane, _) in &places {
        let found = list_mut(scenario, lane).ok_or_else(Refused::gone)?;
        let at = found.iter().position(|step| step.id == *id).ok_or_else(Refused::gone)?;
        taken.push(found.remove(at));
    }
    Ok(taken)
}

fn move_steps(scenario: &mut Scenario, ids: &[String], lane: &Lane, at: usize) -> Result<Done, Refused> {
    if ids.iter().any(|id| lies_in(scenario, lane, id)) {
        return Err(Refused::because(say::STEP_INTO_ITSELF));
    }
    let before = list(scenario, lane).ok_or_else(Refused::gone)?;
    let at = at.min(before.len());
    // Steps of the same lane that stand before the place leave a gap that closes.
    let gone = before[..at].iter().filter(|step| ids.contains(&step.id)).count();
    let moved = take_out(scenario, ids)?;
    fits(scenario, lane, &moved)?;
    let count = moved.len();
    let at = at - gone;
    list_mut(scenario, lane).ok_or_else(Refused::gone)?.splice(at..at, moved);
    Ok(Done::once(say::move_steps(count)).and_select_all(steps_at(scenario, lane, at, count)))
}

fn nudge(scenario: &mut Scenario, item: &Item, way: Way) -> Result<Done, Refused> {
    let Item::Step(id) = item else { return lists::nudge(scenario, item, way) };
    let (lane, at) = where_is(scenario, id).ok_or_else(Refused::gone)?;
    let steps = list(scenario, &lane).ok_or_else(Refused::gone)?;
    let one = [id.clone()];
    match way {
        Way::Up if at == 0 => Err(Refused::because(say::FIRST_ALREADY)),
        Way::Up => move_steps(scenario, &one, &lane, at - 1),
        Way::Down if at + 1 >= steps.len() => Err(Refused::because(say::LAST_ALREADY)),
        Way::Down => move_steps(scenario, &one, &lane, at + 2),
        Way::Out => {
            let holder = lane.holder().ok_or_else(|| Refused::because(say::OUTERMOST_ALREADY))?;
            let (outer, place) = where_is(scenario, holder).ok_or_else(Refused::gone)?;
            move_steps(scenario, &one, &outer, place + 1)
        }
        Way::Into => {
            let open = |step: &Step| {
                crate::doc::place::lanes_of(step).first().map(|(lane, steps)| (lane.clone(), steps.len()))
            };
            let before = at.checked_sub(1).and_then(|at| open(&steps[at]));
            let after = steps.get(at + 1).and_then(open);
            match (before, after) {
                (Some((into, len)), _) => move_steps(scenario, &one, &into, len),
                (None, Some((into, _))) => move_steps(scenario, &one, &into, 0),
                (None, None) => Err(Refused::because(say::NO_NEIGHBOUR_TO_HOLD)),
            }
        }
    }
}

fn switch(scenario: &mut Scenario, items: &[Item], off: bool) -> Result<Done, Refused> {
    let mut any = false;
    for item in items {
        let flag = match item {
            Item::User(id) => user_mut(scenario, id).map(|user| &mut user.off),
            Item::Task(id) => task_mut(scenario, id).map(|task| &mut task.off),
            Item::Step(id) => step_mut(scenario, id).map(|step| &mut step.off),
            _ => None,
        };
        if let Some(flag) = flag {
            *flag = off;
            any = true;
        }
    }
    if !any {
        return Err(Refused::because(say::CANT_BE_SWITCHED));
    }
    Ok(Done::once(if off { say::SWITCH_OFF } else { say::SWITCH_ON }).and_select_all(items.to_vec()))
}

/// The group step around steps.
fn group_step(name: &str, steps: Vec<Step>) -> Step {
    let group = InlineGroup { name: name.to_owned(), steps, ..InlineGroup::default() };
    Step { act: Act::Group(group), ..Step::default() }
}

/// The step that uses a reusable group.
fn use_step(group: &str) -> Step {
    Step { act: Act::Use(UseGroup { group: group.to_owned(), ..UseGroup::default() }), ..Step::default() }
}

/// A reusable group by id, to be changed; used by the parts of this module.
fn group_named<'a>(scenario: &'a mut Scenario, id: &str) -> Result<&'a mut Group, Refused> {
    group_mut(scenario, id).ok_or_else(Refused::gone)
}
