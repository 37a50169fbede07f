//! A document as the history keeps it: parts that did not change are shared with the moment before, so that hundreds of
//! steps of a large test cost little more than the test. Must not know what changed.

use std::sync::Arc;

use tidemark_core::scenario::{DataTable, Group, Scenario, Task, UserType};

/// A document in parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The document without what the other fields hold.
    pub(super) rest: Arc<Scenario>,
    /// User types without their tasks, and their tasks.
    pub(super) users: Vec<(Arc<UserType>, Vec<Arc<Task>>)>,
    pub(super) data: Vec<Arc<DataTable>>,
    pub(super) groups: Vec<Arc<Group>>,
}

impl Kept {
    /// Takes a document apart; parts equal to those of `before` are shared with it.
    pub fn of(scenario: &Scenario, before: Option<&Self>) -> Self {
        let rest = Scenario {
            users: Vec::new(),
            data: Vec::new(),
            groups: Vec::new(),
            // Everything else is small: names, targets, values, the load, goals.
            schema: scenario.schema.clone(),
            format: scenario.format,
            name: scenario.name.clone(),
            note: scenario.note.clone(),
            targets: scenario.targets.clone(),
            allowed_hosts: scenario.allowed_hosts.clone(),
            secrets: scenario.secrets.clone(),
            values: scenario.values.clone(),
            load: scenario.load.clone(),
            goals: scenario.goals.clone(),
            stop_early: scenario.stop_early.clone(),
            extra: scenario.extra.clone(),
        };
        let old_tasks: Vec<&Arc<Task>> = before.iter().flat_map(|b| b.users.iter().flat_map(|(_, t)| t)).collect();
        let users = scenario.users.iter().map(|user| {
            let tasks = user.tasks.iter().map(|task| {
                let same = old_tasks.iter().find(|old| old.id == task.id && ****old == *task);
                same.map_or_else(|| Arc::new(task.clone()), |old| Arc::clone(old))
            });
            let bare = bare_of(user);
            let old = before.and_then(|b| b.users.iter().find(|(old, _)| **old == bare));
            (old.map_or_else(|| Arc::new(bare), |(old, _)| Arc::clone(old)), tasks.collect())
        });
        Self {
            users: users.collect(),
            data: shared(&scenario.data, before.map_or(&[], |b| &b.data), |a, b| a.name == b.name && a == b),
            groups: shared(&scenario.groups, before.map_or(&[], |b| &b.groups), |a, b| a.id == b.id && a == b),
            rest: match before {
                Some(before) if *before.rest == rest => Arc::clone(&before.rest),
                _ => Arc::new(rest),
            },
        }
    }

    /// The document.
    pub fn whole(&self) -> Scenario {
        let mut scenario = (*self.rest).clone();
        scenario.data = self.data.iter().map(|table| (**table).clone()).collect();
        scenario.groups = self.groups.iter().map(|group| (**group).clone()).collect();
        let users = self.users.iter().map(|(bare, tasks)| {
            let mut user = (**bare).clone();
            user.tasks = tasks.iter().map(|task| (**task).clone()).collect();
            user
        });
        scenario.users = users.collect();
        scenario
    }
}

/// A user type without its tasks.
fn bare_of(user: &UserType) -> UserType {
    UserType {
        id: user.id.clone(),
        name: user.name.clone(),
        share: user.share,
        exactly: user.exactly,
        on_arrival: user.on_arrival.clone(),
        choose: user.choose,
        pause: user.pause.clone(),
        leaves_after: user.leaves_after,
        tasks: Vec::new(),
        before_leaving: user.before_leaving.clone(),
        off: user.off,
        extra: user.extra.clone(),
    }
}

/// Each item, shared with an equal one of before.
fn shared<T: Clone>(now: &[T], before: &[Arc<T>], same: impl Fn(&T, &T) -> bool) -> Vec<Arc<T>> {
    let find = |item: &T| before.iter().find(|old| same(old, item)).map(Arc::clone);
    now.iter().map(|item| find(item).unwrap_or_else(|| Arc::new(item.clone()))).collect()
}
