//! Ids in a document that is edited: every user type, task, step and group has one, and no two of a kind the same.

use std::collections::HashSet;

use tidemark_core::scenario::{Act, Scenario, Step, fill_ids};

/// Gives ids to what has none; of two things of a kind with the same id the later gets a new one.
pub fn settle(scenario: &mut Scenario) {
    let mut seen: [HashSet<String>; 4] = Default::default();
    for user in &mut scenario.users {
        fresh(&mut seen[0], &mut user.id);
        fresh_steps(&mut seen[2], &mut user.on_arrival);
        for task in &mut user.tasks {
            fresh(&mut seen[1], &mut task.id);
            fresh_steps(&mut seen[2], &mut task.steps);
        }
        fresh_steps(&mut seen[2], &mut user.before_leaving);
    }
    for group in &mut scenario.groups {
        fresh(&mut seen[3], &mut group.id);
        fresh_steps(&mut seen[2], &mut group.steps);
    }
    fill_ids(scenario);
}

/// Takes away an id that has been seen before.
fn fresh(seen: &mut HashSet<String>, id: &mut String) {
    if !id.is_empty() && !seen.insert(id.clone()) {
        id.clear();
    }
}

fn fresh_steps(seen: &mut HashSet<String>, steps: &mut [Step]) {
    for step in steps {
        fresh(seen, &mut step.id);
        for lane in lanes_mut(step) {
            fresh_steps(seen, lane);
        }
    }
}

/// Takes away the ids of steps and all inside them, so that a copy gets its own.
pub fn forget(steps: &mut [Step]) {
    for step in steps {
        step.id.clear();
        for lane in lanes_mut(step) {
            forget(lane);
        }
    }
}

/// The lists of steps inside a step.
pub fn lanes_mut(step: &mut Step) -> Vec<&mut Vec<Step>> {
    match &mut step.act {
        Act::Repeat(repeat) => vec![&mut repeat.steps],
        Act::Group(group) => vec![&mut group.steps],
        Act::Parallel(parallel) => vec![&mut parallel.steps],
        Act::OnlyIf(only_if) => vec![&mut only_if.then, &mut only_if.otherwise],
        Act::Choose(choose) => choose.options.iter_mut().map(|option| &mut option.steps).collect(),
        _ => Vec::new(),
    }
}
