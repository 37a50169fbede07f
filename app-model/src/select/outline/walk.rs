//! Keys in the outline: where the arrows lead, and what lies between two rows. Must not know what a key is called.

use super::{OutlineRow, RowKind, closed};
use crate::doc::place::Item;

/// A step through the outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Closes the row, or goes to what holds it.
    Left,
    /// Opens the row, or goes to the first one inside.
    Right,
}

/// Where it led.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Walked {
    /// To this row.
    Row(String),
    /// This is opened or closed, by the name used in the model's set of open things.
    Fold(String, bool),
    /// Nowhere.
    Nowhere,
}

/// Whether the keyboard stops at a row.
fn stops(row: &OutlineRow) -> bool {
    !matches!(row.kind, RowKind::Lane(_) | RowKind::Quick(..))
}

/// Opens or closes a row, as the model's set of open things has it; none where nothing folds.
pub fn fold(row: &OutlineRow, open: bool) -> Option<(String, bool)> {
    row.open?;
    match &row.item {
        Some(Item::Task(id)) => Some((id.clone(), open)),
        Some(Item::Step(id)) => Some((closed(id), !open)),
        _ => None,
    }
}

/// Takes a step from a row; from the first row if there is no such row.
pub fn walk(rows: &[OutlineRow], from: &str, way: Walk) -> Walked {
    let to = |row: Option<&OutlineRow>| row.map_or(Walked::Nowhere, |row| Walked::Row(row.id.clone()));
    let first = || rows.iter().find(|row| stops(row));
    let Some(at) = rows.iter().position(|row| row.id == from) else { return to(first()) };
    let here = &rows[at];
    match way {
        Walk::Up => to(rows[..at].iter().rev().find(|row| stops(row))),
        Walk::Down => to(rows[at + 1..].iter().find(|row| stops(row))),
        Walk::First => to(first()),
        Walk::Last => to(rows.iter().rev().find(|row| stops(row))),
        Walk::Left => match (here.open, fold(here, false)) {
            (Some(true), Some((name, open))) => Walked::Fold(name, open),
            _ => to(rows[..at].iter().rev().find(|row| row.depth < here.depth && stops(row))),
        },
        Walk::Right => match (here.open, fold(here, true)) {
            (Some(false), Some((name, open))) => Walked::Fold(name, open),
            _ => to(rows[at + 1..].iter().find(|row| stops(row)).filter(|row| row.depth > here.depth)),
        },
    }
}

/// What is chosen from one row to another, both included: things of the first one's kind; the last is where the keyboard is.
pub fn range(rows: &[OutlineRow], from: &str, to: &str) -> Vec<Item> {
    let at = |id: &str| rows.iter().position(|row| row.id == id);
    let (Some(first), Some(last)) = (at(from), at(to)) else { return Vec::new() };
    let like = rows[first].item.clone();
    let same =
        |item: &Item| like.as_ref().is_some_and(|like| std::mem::discriminant(like) == std::mem::discriminant(item));
    let between = &rows[first.min(last)..=first.max(last)];
    let mut items: Vec<Item> = between.iter().filter_map(|row| row.item.clone()).filter(same).collect();
    if last < first {
        items.reverse();
    }
    items
}
