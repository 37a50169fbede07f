//! What differs between two documents: the user types, tasks and steps that are new, say something else, or stand
//! elsewhere. Must not know why.

use std::collections::HashMap;

use tidemark_core::scenario::{Scenario, Step, Task, UserType};

use crate::doc::ids::lanes_mut;
use crate::doc::place::{Item, Lane, lanes_of, roots};

/// The things of `after` that are not as they are in `before`, in order of the document.
pub fn changed(before: &Scenario, after: &Scenario) -> Vec<Item> {
    let (old, new) = (things(before), things(after));
    let mut moved: Vec<Item> = Vec::new();
    let lists: HashMap<&String, &Vec<Item>> = old.lists.iter().map(|(name, list)| (name, list)).collect();
    for (name, list) in &new.lists {
        if let Some(list_before) = lists.get(name) {
            moved.extend(moved_in(list_before, list));
        }
    }
    let known: HashMap<&Item, &Thing> = old.all.iter().map(|(item, thing)| (item, thing)).collect();
    let differs = |item: &Item, thing: &Thing| known.get(item).is_none_or(|was| *was != thing) || moved.contains(item);
    new.all.iter().filter(|(item, thing)| differs(item, thing)).map(|(item, _)| item.clone()).collect()
}

/// What a thing says by itself, and the list it stands in.
#[derive(PartialEq)]
enum Thing {
    User(Box<UserType>),
    Task(Box<Task>, String),
    Step(Box<Step>, String),
}

/// All things of a document in order, and the order in each list.
#[derive(Default)]
struct Things {
    all: Vec<(Item, Thing)>,
    lists: Vec<(String, Vec<Item>)>,
}

fn things(scenario: &Scenario) -> Things {
    let mut found = Things::default();
    let users = scenario.users.iter().map(|user| Item::User(user.id.clone())).collect();
    found.lists.push(("users".to_owned(), users));
    for user in &scenario.users {
        let bare = UserType {
            tasks: Vec::new(),
            on_arrival: Vec::new(),
            before_leaving: Vec::new(),
            name: user.name.clone(),
            ..user.clone()
        };
        found.all.push((Item::User(user.id.clone()), Thing::User(Box::new(bare))));
        let name = format!("tasks of {}", user.id);
        for task in &user.tasks {
            let bare = Task { steps: Vec::new(), ..task.clone() };
            found.all.push((Item::Task(task.id.clone()), Thing::Task(Box::new(bare), name.clone())));
        }
        found.lists.push((name, user.tasks.iter().map(|task| Item::Task(task.id.clone())).collect()));
    }
    for (lane, steps) in roots(scenario) {
        found.lane(&lane, steps);
    }
    found
}

impl Things {
    fn lane(&mut self, lane: &Lane, steps: &[Step]) {
        let name = format!("{lane:?}");
        for step in steps {
            let mut bare = step.clone();
            lanes_mut(&mut bare).into_iter().for_each(Vec::clear);
            self.all.push((Item::Step(step.id.clone()), Thing::Step(Box::new(bare), name.clone())));
            for (inside, steps) in lanes_of(step) {
                self.lane(&inside, steps);
            }
        }
        self.lists.push((name, steps.iter().map(|step| Item::Step(step.id.clone())).collect()));
    }
}

/// What was moved within a list: the one thing whose way explains the new order, else all that stand elsewhere.
fn moved_in(before: &[Item], after: &[Item]) -> Vec<Item> {
    let stayed = |list: &[Item], other: &[Item]| -> Vec<Item> {
        list.iter().filter(|item| other.contains(item)).cloned().collect()
    };
    let (before, after) = (stayed(before, after), stayed(after, before));
    let Some(first) = before.iter().zip(&after).position(|(a, b)| a != b) else { return Vec::new() };
    let last = before.iter().zip(&after).rposition(|(a, b)| a != b).unwrap_or(first);
    if last == first + 1 {
        // Either of two neighbours may have gone past the other.
        after[first..=last].to_vec()
    } else if before[first] == after[last] {
        vec![before[first].clone()]
    } else if before[last] == after[first] {
        vec![before[last].clone()]
    } else {
        after[first..=last].to_vec()
    }
}
