//! Where things stand in a document, by id: lists of steps, and the things that can be chosen.
//!
//! Must not change anything but through the references it hands out.

use tidemark_core::scenario::{Act, Group, Scenario, Step, Task, UserType};

/// How deep steps may be nested on screen; a task's own steps are at depth 0.
pub const DEEPEST: usize = 4;

/// One list of steps.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Lane {
    /// What a user type does on arrival.
    Arrival(String),
    /// A task's steps.
    Task(String),
    /// What a user type does before leaving.
    Leaving(String),
    /// A reusable group's steps.
    Group(String),
    /// The steps inside a repeat, a group or parallel requests.
    Inside(String),
    /// The steps of an only-if that are done if it is true.
    Then(String),
    /// Those that are done if it is not.
    Otherwise(String),
    /// The steps of one of several options, by its number from 0.
    Choice(String, usize),
}

impl Lane {
    /// The step that holds the lane, where one does.
    pub fn holder(&self) -> Option<&str> {
        match self {
            Self::Arrival(_) | Self::Task(_) | Self::Leaving(_) | Self::Group(_) => None,
            Self::Inside(id) | Self::Then(id) | Self::Otherwise(id) | Self::Choice(id, _) => Some(id),
        }
    }
}

/// One thing that can be chosen, renamed, removed or moved.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// The test itself.
    Test,
    /// A user type, by id.
    User(String),
    /// A task, by id.
    Task(String),
    /// A step, by id.
    Step(String),
    /// A reusable group, by id.
    Group(String),
    /// A check of a request: the step's id and the check's number from 0.
    Check(String, usize),
    /// A saved value of a request: the step's id and its number from 0.
    Save(String, usize),
    /// A target, by number from 0.
    Target(usize),
    /// A host beside the targets' that may be reached, by number from 0.
    Host(usize),
    /// A secret, by number from 0.
    Secret(usize),
    /// A value, by number from 0.
    Value(usize),
    /// A data table, by number from 0.
    Table(usize),
    /// A point of the load curve; 0 is its start, n the end of the n-th stage.
    Point(usize),
    /// A goal, by number from 0.
    Goal(usize),
    /// A rule to stop early, by number from 0.
    StopRule(usize),
}

/// The user type with this id.
pub fn user<'a>(scenario: &'a Scenario, id: &str) -> Option<&'a UserType> {
    scenario.users.iter().find(|user| user.id == id)
}

/// The user type with this id, to be changed.
pub fn user_mut<'a>(scenario: &'a mut Scenario, id: &str) -> Option<&'a mut UserType> {
    scenario.users.iter_mut().find(|user| user.id == id)
}

/// The task with this id, with its user type.
pub fn task<'a>(scenario: &'a Scenario, id: &str) -> Option<(&'a UserType, &'a Task)> {
    scenario.users.iter().find_map(|user| user.tasks.iter().find(|task| task.id == id).map(|task| (user, task)))
}

/// The task with this id, to be changed.
pub fn task_mut<'a>(scenario: &'a mut Scenario, id: &str) -> Option<&'a mut Task> {
    scenario.users.iter_mut().flat_map(|user| &mut user.tasks).find(|task| task.id == id)
}

/// The reusable group with this id, or else with this name.
pub fn group<'a>(scenario: &'a Scenario, id: &str) -> Option<&'a Group> {
    let groups = &scenario.groups;
    groups.iter().find(|group| group.id == id).or_else(|| groups.iter().find(|group| group.name == id))
}

/// The reusable group with this id, to be changed.
pub fn group_mut<'a>(scenario: &'a mut Scenario, id: &str) -> Option<&'a mut Group> {
    scenario.groups.iter_mut().find(|group| group.id == id)
}

/// The lanes that lie inside a step, in order.
pub fn lanes_of(step: &Step) -> Vec<(Lane, &Vec<Step>)> {
    let id = || step.id.clone();
    match &step.act {
        Act::Repeat(repeat) => vec![(Lane::Inside(id()), &repeat.steps)],
        Act::Group(group) => vec![(Lane::Inside(id()), &group.steps)],
        Act::Parallel(parallel) => vec![(Lane::Inside(id()), &parallel.steps)],
        Act::OnlyIf(only_if) => {
            vec![(Lane::Then(id()), &only_if.then), (Lane::Otherwise(id()), &only_if.otherwise)]
        }
        Act::Choose(choose) => {
            let options = choose.options.iter().enumerate();
            options.map(|(at, option)| (Lane::Choice(id(), at), &option.steps)).collect()
        }
        _ => Vec::new(),
    }
}

/// The list of steps inside a step, to be changed; `None` where the step has no such lane.
fn inside_mut<'a>(step: &'a mut Step, lane: &Lane) -> Option<&'a mut Vec<Step>> {
    match (&mut step.act, lane) {
        (Act::Repeat(repeat), Lane::Inside(_)) => Some(&mut repeat.steps),
        (Act::Group(group), Lane::Inside(_)) => Some(&mut group.steps),
        (Act::Parallel(parallel), Lane::Inside(_)) => Some(&mut parallel.steps),
        (Act::OnlyIf(only_if), Lane::Then(_)) => Some(&mut only_if.then),
        (Act::OnlyIf(only_if), Lane::Otherwise(_)) => Some(&mut only_if.otherwise),
        (Act::Choose(choose), Lane::Choice(_, at)) => choose.options.get_mut(*at).map(|option| &mut option.steps),
        _ => None,
    }
}

/// Every list of steps that lies in no step, in document order.
pub fn roots(scenario: &Scenario) -> Vec<(Lane, &Vec<Step>)> {
    let mut all = Vec::new();
    for user in &scenario.users {
        all.push((Lane::Arrival(user.id.clone()), &user.on_arrival));
        all.extend(user.tasks.iter().map(|task| (Lane::Task(task.id.clone()), &task.steps)));
        all.push((Lane::Leaving(user.id.clone()), &user.before_leaving));
    }
    all.extend(scenario.groups.iter().map(|group| (Lane::Group(group.id.clone()), &group.steps)));
    all
}

/// The steps of a lane.
pub fn list<'a>(scenario: &'a Scenario, lane: &Lane) -> Option<&'a Vec<Step>> {
    match lane {
        Lane::Arrival(id) => user(scenario, id).map(|user| &user.on_arrival),
        Lane::Leaving(id) => user(scenario, id).map(|user| &user.before_leaving),
        Lane::Task(id) => task(scenario, id).map(|(_, task)| &task.steps),
        Lane::Group(id) => scenario.groups.iter().find(|group| group.id == *id).map(|group| &group.steps),
        _ => {
            let step = step(scenario, lane.holder()?)?;
            lanes_of(step).into_iter().find(|(found, _)| found == lane).map(|(_, steps)| steps)
        }
    }
}

/// The steps of a lane, to be changed.
pub fn list_mut<'a>(scenario: &'a mut Scenario, lane: &Lane) -> Option<&'a mut Vec<Step>> {
    match lane {
        Lane::Arrival(id) => user_mut(scenario, id).map(|user| &mut user.on_arrival),
        Lane::Leaving(id) => user_mut(scenario, id).map(|user| &mut user.before_leaving),
        Lane::Task(id) => task_mut(scenario, id).map(|task| &mut task.steps),
        Lane::Group(id) => group_mut(scenario, id).map(|group| &mut group.steps),
        _ => inside_mut(step_mut(scenario, lane.holder()?)?, lane),
    }
}

/// The step with this id.
pub fn step<'a>(scenario: &'a Scenario, id: &str) -> Option<&'a Step> {
    roots(scenario).into_iter().find_map(|(_, steps)| step_in(steps, id))
}

fn step_in<'a>(steps: &'a [Step], id: &str) -> Option<&'a Step> {
    steps.iter().find_map(|step| {
        if step.id == id {
            return Some(step);
        }
        lanes_of(step).into_iter().find_map(|(_, inside)| step_in(inside, id))
    })
}

/// The step with this id, to be changed.
pub fn step_mut<'a>(scenario: &'a mut Scenario, id: &str) -> Option<&'a mut Step> {
    let (lane, index) = where_is(scenario, id)?;
    // The way from the outermost list to the step, as lanes from outside in.
    let mut way = vec![(lane, index)];
    while let Some(holder) = way.last().and_then(|(lane, _)| lane.holder()) {
        let next = where_is(scenario, holder)?;
        way.push(next);
    }
    let mut way = way.into_iter().rev();
    let (root, at) = way.next()?;
    let mut found = list_mut(scenario, &root)?.get_mut(at)?;
    for (lane, at) in way {
        found = inside_mut(found, &lane)?.get_mut(at)?;
    }
    Some(found)
}

/// The lane a step stands in, and its number in it from 0.
pub fn where_is(scenario: &Scenario, id: &str) -> Option<(Lane, usize)> {
    roots(scenario).into_iter().find_map(|(lane, steps)| where_in(lane, steps, id))
}

fn where_in(lane: Lane, steps: &[Step], id: &str) -> Option<(Lane, usize)> {
    for (index, step) in steps.iter().enumerate() {
        if step.id == id {
            return Some((lane, index));
        }
        let found = lanes_of(step).into_iter().find_map(|(inside, steps)| where_in(inside, steps, id));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The list that lies in no step and holds the lane, at any depth.
pub fn root_of(scenario: &Scenario, lane: &Lane) -> Lane {
    let mut lane = lane.clone();
    while let Some((outer, _)) = lane.holder().and_then(|holder| where_is(scenario, holder)) {
        lane = outer;
    }
    lane
}

/// How deep a lane lies: 0 for those that lie in no step.
pub fn depth(scenario: &Scenario, lane: &Lane) -> usize {
    let mut deep = 0;
    let mut lane = lane.clone();
    while let Some((outer, _)) = lane.holder().and_then(|holder| where_is(scenario, holder)) {
        deep += 1;
        lane = outer;
    }
    deep
}

/// Whether the lane lies inside the step, at any depth.
pub fn lies_in(scenario: &Scenario, lane: &Lane, id: &str) -> bool {
    let mut lane = lane.clone();
    while let Some(holder) = lane.holder() {
        if holder == id {
            return true;
        }
        match where_is(scenario, holder) {
            Some((outer, _)) => lane = outer,
            None => return false,
        }
    }
    false
}

/// How many levels of lanes a step holds.
pub fn height(step: &Step) -> usize {
    let inside = lanes_of(step).into_iter().map(|(_, steps)| 1 + steps.iter().map(height).max().unwrap_or(0));
    inside.max().unwrap_or(0)
}

/// The user type that a lane belongs to; `None` for reusable groups.
pub fn user_of(scenario: &Scenario, lane: &Lane) -> Option<String> {
    match root_of(scenario, lane) {
        Lane::Arrival(id) | Lane::Leaving(id) => Some(id),
        Lane::Task(id) => task(scenario, &id).map(|(user, _)| user.id.clone()),
        _ => None,
    }
}

/// Visits every step, outer ones before those inside them, in document order.
pub fn each_step<'a>(scenario: &'a Scenario, visit: &mut impl FnMut(&'a Step)) {
    for (_, steps) in roots(scenario) {
        each_inside(steps, visit);
    }
}

/// Visits the steps of a list and all inside them, outer ones first.
pub fn each_inside<'a>(steps: &'a [Step], visit: &mut impl FnMut(&'a Step)) {
    for step in steps {
        visit(step);
        for (_, inside) in lanes_of(step) {
            each_inside(inside, visit);
        }
    }
}
