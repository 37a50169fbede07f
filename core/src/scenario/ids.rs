//! Stable ids: short, unique in the file, filled in where a hand-written file leaves them out.

use std::collections::HashSet;

use crate::scenario::model::Scenario;
use crate::scenario::steps::{Act, Step};

/// Gives every user type, task, step and group without an id the next free one (`u1`, `t1`, `s1`, `g1`).
/// Ids that are there already stay, so runs can be compared by id after a rename.
pub fn fill_ids(scenario: &mut Scenario) {
    let mut taken = HashSet::new();
    each_id(scenario, &mut |_, id| {
        if !id.is_empty() {
            taken.insert(id.clone());
        }
    });
    let mut next = std::collections::HashMap::new();
    each_id(scenario, &mut |prefix, id| {
        if id.is_empty() {
            let count: &mut usize = next.entry(prefix).or_insert(0);
            loop {
                *count += 1;
                let candidate = format!("{prefix}{count}");
                if taken.insert(candidate.clone()) {
                    *id = candidate;
                    break;
                }
            }
        }
    });
}

/// Visits every id with the letter for its kind, in document order.
fn each_id(scenario: &mut Scenario, visit: &mut impl FnMut(&'static str, &mut String)) {
    for user in &mut scenario.users {
        visit("u", &mut user.id);
        each_step(&mut user.on_arrival, visit);
        for task in &mut user.tasks {
            visit("t", &mut task.id);
            each_step(&mut task.steps, visit);
        }
        each_step(&mut user.before_leaving, visit);
    }
    for group in &mut scenario.groups {
        visit("g", &mut group.id);
        each_step(&mut group.steps, visit);
    }
}

/// Visits the ids of steps and of the steps inside them.
fn each_step(steps: &mut [Step], visit: &mut impl FnMut(&'static str, &mut String)) {
    for step in steps {
        visit("s", &mut step.id);
        match &mut step.act {
            Act::Repeat(repeat) => each_step(&mut repeat.steps, visit),
            Act::OnlyIf(only_if) => {
                each_step(&mut only_if.then, visit);
                each_step(&mut only_if.otherwise, visit);
            }
            Act::Choose(choose) => choose.options.iter_mut().for_each(|option| each_step(&mut option.steps, visit)),
            Act::Group(group) => each_step(&mut group.steps, visit),
            Act::Parallel(parallel) => each_step(&mut parallel.steps, visit),
            _ => {}
        }
    }
}
