//! What can be wished for about the next trial. Must not begin one.

use tidemark_core::scenario::{DataTable, RowUse};

use super::would_send;
use crate::doc::place;
use crate::model::Model;
use crate::text::trial as say;

/// What can be wished for about the next trial.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// User types: id and name.
    pub users: Vec<(String, String)>,
    /// The chosen one's id.
    pub user: String,
    /// Its tasks: id and name.
    pub tasks: Vec<(String, String)>,
    /// The chosen one's id; empty for all in order.
    pub task: String,
    /// How many rows the longest data table has that is not taken by chance; 0 where there is none.
    pub rows: u64,
    /// The chosen row, from 1.
    pub row: u64,
    /// What stands first in that row.
    pub row_says: String,
    /// Pauses are skipped.
    pub skip_pauses: bool,
    /// Each request waits for a word.
    pub by_hand: bool,
    /// Why nobody can be tried; empty if somebody can.
    pub not_now: &'static str,
    /// "It sends about 9 requests to Demo shop."
    pub sends: String,
}

/// The user type that the next trial is made with, by id: the one wished for, else the one that is shown.
pub fn user(model: &Model) -> Option<String> {
    let test = model.test.as_ref()?;
    let there = |id: &&String| place::user(test.doc.scenario(), id).is_some();
    test.wish.user.as_ref().filter(there).cloned().or_else(|| crate::select::shell::user(model))
}

/// What can be wished for about the next trial.
pub fn choices(model: &Model) -> Choices {
    let (Some(test), Some(user)) = (&model.test, user(model)) else {
        return Choices { not_now: say::NO_USERS, ..Choices::default() };
    };
    let (scenario, wish) = (test.doc.scenario(), &test.wish);
    let found = place::user(scenario, &user);
    let tasks = found.map(|user| user.tasks.iter().filter(|task| !task.off)).into_iter().flatten();
    let tasks: Vec<(String, String)> = tasks.map(|task| (task.id.clone(), task.name.clone())).collect();
    let task = wish.task.clone().filter(|id| tasks.iter().any(|(known, _)| known == id)).unwrap_or_default();
    let counted = |table: &DataTable| {
        let known = test.facts.tables.get(&table.name).map(|facts| facts.rows);
        known.unwrap_or(0).max(table.rows.len() as u64)
    };
    let taken = || scenario.data.iter().filter(|table| table.each_person != RowUse::RandomRow);
    let rows = taken().map(counted).max().unwrap_or(0);
    let first = |table: &DataTable| {
        let cell = table.rows.get(wish.row as usize - 1)?.first()?;
        Some(cell.as_str().map_or_else(|| cell.to_string(), str::to_owned))
    };
    let only = Some(task.as_str()).filter(|task| !task.is_empty());
    let (count, target) = would_send(model, &user, only);
    Choices {
        users: scenario.users.iter().map(|user| (user.id.clone(), user.name.clone())).collect(),
        user,
        tasks,
        task,
        rows,
        row: wish.row,
        row_says: taken().find_map(first).unwrap_or_default(),
        skip_pauses: wish.skip_pauses,
        by_hand: wish.by_hand,
        not_now: if model.can.send { "" } else { crate::text::notices::NO_SENDING_HERE },
        sends: say::will_send(count, &target),
    }
}
