//! Where something that is dragged would land, or why it can't. Must not move anything: the edit does.

use tidemark_core::scenario::{Act, Scenario};

use super::{OutlineRow, RowKind};
use crate::doc::edit::{self, Edit, FlowEdit, Way};
use crate::doc::place::{self, Item};
use crate::msg::Msg;
use crate::text::edits as say;

/// What comes of dropping something here.
#[derive(Debug, Clone, PartialEq)]
pub enum Landing {
    /// It lands.
    Here(Line, Box<Edit>),
    /// It can't, for this reason.
    Not(String),
    /// Nothing would change.
    Nothing,
}

/// The line that shows the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The row it is drawn at, by its name on the page.
    pub row: String,
    /// Below it, else above.
    pub below: bool,
    /// How deep.
    pub depth: usize,
}

/// The message that does it.
pub fn drop_msg(edit: Edit) -> Msg {
    match edit {
        Edit::Flow(FlowEdit::MoveSteps(ids, lane, at)) => Msg::DropSteps(ids, lane, at),
        other => Msg::Edit(other),
    }
}

/// What is dragged by a row: all that is chosen if the row is, else only its own.
pub fn dragged(chosen: &[Item], item: &Item) -> Vec<Item> {
    let alike = |other: &&Item| std::mem::discriminant(*other) == std::mem::discriminant(item);
    match (chosen.contains(item), item) {
        (true, Item::Step(_)) => chosen.iter().filter(alike).cloned().collect(),
        _ => vec![item.clone()],
    }
}

/// Where these things land when they are dropped on the upper or lower half of a row.
pub fn over_row(scenario: &Scenario, rows: &[OutlineRow], dragged: &[Item], over: &str, lower: bool) -> Landing {
    let Some(at) = rows.iter().position(|row| row.id == over) else { return Landing::Nothing };
    let found = match dragged.last() {
        Some(Item::Step(_)) => over_step(scenario, rows, dragged, at, lower),
        Some(Item::Task(id)) => over_task(scenario, rows, id, at, lower),
        Some(Item::Check(..) | Item::Save(..)) => over_child(scenario, rows, dragged, at, lower),
        _ => None,
    };
    match found {
        Some((line, edit)) => tried(scenario, line, edit),
        None if matches!(dragged.last(), Some(Item::Check(..) | Item::Save(..))) => {
            Landing::Not(say::ONLY_ON_REQUESTS.to_owned())
        }
        None => Landing::Nothing,
    }
}

/// Where a task or a user type lands when it is dropped on a user type's card.
pub fn over_user(scenario: &Scenario, dragged: &[Item], user: &str, lower: bool) -> Landing {
    let Some(at) = scenario.users.iter().position(|found| found.id == user) else { return Landing::Nothing };
    let line = |below| Line { row: super::row_id(&Item::User(user.to_owned())), below, depth: 0 };
    match dragged.last() {
        Some(Item::User(id)) => {
            let edit = Edit::Flow(FlowEdit::MoveUser(id.clone(), at + usize::from(lower)));
            tried(scenario, line(lower), edit)
        }
        Some(Item::Task(id)) if !scenario.users[at].tasks.iter().any(|task| task.id == *id) => {
            let edit = FlowEdit::MoveTask(id.clone(), user.to_owned(), scenario.users[at].tasks.len());
            tried(scenario, line(true), Edit::Flow(edit))
        }
        _ => Landing::Nothing,
    }
}

/// Makes the edit on a copy: so the reason is the very one that the edit would give.
fn tried(scenario: &Scenario, line: Line, edit: Edit) -> Landing {
    let mut copy = scenario.clone();
    match edit::apply(&mut copy, &edit, &Default::default()) {
        Err(refused) => Landing::Not(refused.0),
        Ok(_) if copy == *scenario => Landing::Nothing,
        Ok(_) => Landing::Here(line, Box::new(edit)),
    }
}

/// The last row of what belongs to a row.
fn end_of(rows: &[OutlineRow], at: usize) -> &OutlineRow {
    let inside = rows[at + 1..].iter().take_while(|row| row.depth > rows[at].depth).count();
    &rows[at + inside]
}

/// The last check or saved value of a request, or the row itself.
fn end_of_children(rows: &[OutlineRow], at: usize) -> &OutlineRow {
    let child = |row: &&OutlineRow| matches!(row.kind, RowKind::Check | RowKind::Save);
    &rows[at + rows[at + 1..].iter().take_while(child).count()]
}

fn over_step(
    scenario: &Scenario,
    rows: &[OutlineRow],
    dragged: &[Item],
    at: usize,
    lower: bool,
) -> Option<(Line, Edit)> {
    let row = &rows[at];
    let line = |row: &OutlineRow, below, depth| Line { row: row.id.clone(), below, depth };
    let ((lane, place), line) = match (&row.kind, lower) {
        (RowKind::Check | RowKind::Save, _) => {
            let step = (0..at).rev().find(|at| matches!(rows[*at].kind, RowKind::Step(_)))?;
            let (lane, place) = rows[step].place.clone()?;
            ((lane, place + 1), line(end_of_children(rows, step), true, rows[step].depth))
        }
        (RowKind::Step(_), false) | (RowKind::Add(_) | RowKind::Quick(..), _) => {
            (row.place.clone()?, line(row, false, row.depth))
        }
        (RowKind::Step(_), true) => {
            let Item::Step(id) = row.item.as_ref()? else { return None };
            let first = place::step(scenario, id).map(place::lanes_of).and_then(|lanes| Some(lanes.first()?.0.clone()));
            match first.filter(|_| row.open == Some(true)) {
                Some(lane) => ((lane, 0), line(row, true, row.depth + 1)),
                None => {
                    let (lane, place) = row.place.clone()?;
                    ((lane, place + 1), line(end_of_children(rows, at), true, row.depth))
                }
            }
        }
        _ => (row.place.clone()?, line(row, true, row.depth + usize::from(row.depth == 0))),
    };
    let ids = dragged.iter().filter_map(|item| match item {
        Item::Step(id) => Some(id.clone()),
        _ => None,
    });
    Some((line, Edit::Flow(FlowEdit::MoveSteps(ids.collect(), lane, place))))
}

fn over_task(scenario: &Scenario, rows: &[OutlineRow], id: &str, at: usize, lower: bool) -> Option<(Line, Edit)> {
    let head = (0..=at).rev().find(|at| rows[*at].depth == 0)?;
    let (user, _) = place::task(scenario, id)?;
    let tasks = &user.tasks;
    // On the steps of an open task it lands below that task.
    let (place, below) = match (&rows[head].kind, &rows[head].item) {
        (RowKind::Arrival(_), _) => (0, true),
        (RowKind::Leaving(_), _) => (tasks.len(), false),
        (RowKind::Task, Some(Item::Task(over))) => {
            let below = lower || head != at;
            (tasks.iter().position(|task| task.id == *over)? + usize::from(below), below)
        }
        _ => return None,
    };
    let row = if below { end_of(rows, head) } else { &rows[head] };
    let line = Line { row: row.id.clone(), below, depth: 0 };
    Some((line, Edit::Flow(FlowEdit::MoveTask(id.to_owned(), user.id.clone(), place))))
}

/// A check or a saved value stays on requests: in its own it changes places, on another it becomes the last.
fn over_child(
    scenario: &Scenario,
    rows: &[OutlineRow],
    dragged: &[Item],
    at: usize,
    lower: bool,
) -> Option<(Line, Edit)> {
    let item = dragged.last()?;
    let (Item::Check(own, from) | Item::Save(own, from)) = item else { return None };
    let step = (0..=at).rev().find(|at| matches!(rows[*at].kind, RowKind::Step(_)))?;
    if !matches!(rows[at].kind, RowKind::Step("request") | RowKind::Check | RowKind::Save) {
        return None;
    }
    let Item::Step(to) = rows[step].item.as_ref()? else { return None };
    if to != own {
        let Act::Request(request) = &place::step(scenario, own)?.act else { return None };
        let added = match item {
            Item::Check(..) => FlowEdit::AddCheck(to.clone(), request.check.get(*from)?.clone()),
            _ => FlowEdit::AddSave(to.clone(), request.save.get(*from)?.clone()),
        };
        let edits = vec![Edit::Flow(FlowEdit::Remove(vec![item.clone()])), Edit::Flow(added)];
        let line = Line { row: end_of_children(rows, step).id.clone(), below: true, depth: rows[step].depth + 1 };
        return Some((line, Edit::Many(say::MOVE.to_owned(), edits)));
    }
    let target = match (&rows[at].item, item) {
        (Some(Item::Check(_, over)), Item::Check(..)) | (Some(Item::Save(_, over)), Item::Save(..)) => {
            over + usize::from(lower)
        }
        _ => return Some((Line { row: rows[at].id.clone(), below: lower, depth: rows[at].depth }, nudges(item, 0))),
    };
    // Its own place closes when it goes further down.
    let target = target - usize::from(target > *from);
    let by = target as isize - *from as isize;
    Some((Line { row: rows[at].id.clone(), below: lower, depth: rows[at].depth }, nudges(item, by)))
}

/// So many places down, or up below zero.
fn nudges(item: &Item, by: isize) -> Edit {
    let way = if by > 0 { Way::Down } else { Way::Up };
    let place = |at: usize, by: isize| at.saturating_add_signed(by);
    let each = (0..by.unsigned_abs()).map(|done| {
        let moved = if by > 0 { done as isize } else { -(done as isize) };
        let here = match item {
            Item::Check(id, at) => Item::Check(id.clone(), place(*at, moved)),
            Item::Save(id, at) => Item::Save(id.clone(), place(*at, moved)),
            other => other.clone(),
        };
        Edit::Flow(FlowEdit::Nudge(here, way))
    });
    Edit::Many(say::MOVE.to_owned(), each.collect())
}
