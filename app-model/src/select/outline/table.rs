//! The shown rows with the places where they are drawn, kept as long as nothing that they say has changed: most of what a
//! person does, such as choosing rows, leaves them as they are.
//!
//! Must not know pixels: lengths are in rem, so that larger text makes larger rows.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use tidemark_core::problem::Problem;

use std::collections::BTreeSet;

use super::{Outline, OutlineRow, RowKind, Shown, group_rows, row_id, rows, shown};
use crate::doc::place::{Item, Lane};
use crate::model::{Model, Test, Trial};
use crate::text::build as say;

/// The height of a card's head.
pub const HEAD: f64 = 2.75;
/// The height of a step's row.
pub const ROW: f64 = 2.0;
/// The height of a check, a saved value or the label of a lane.
pub const CHILD: f64 = 1.625;
/// The height of what an empty task asks.
pub const EMPTY: f64 = 6.5;
/// The height of the row in which a step is typed.
pub const QUICK: f64 = 2.75;
/// The distance between cards.
pub const GAP: f64 = 0.5;
/// What an open card has below its last row.
pub const FOOT: f64 = 0.375;

/// A card: what frames a head and the rows below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// The head's name on the page.
    pub id: String,
    /// Where it begins.
    pub top: f64,
    /// How high it is.
    pub height: f64,
}

/// The rows that are shown, and where.
#[derive(Debug)]
pub struct Table {
    made_from: Key,
    rows: Vec<OutlineRow>,
    at: HashMap<String, usize>,
    /// Where each row begins, and where the last one ends.
    tops: Vec<f64>,
    frames: Vec<Frame>,
}

/// A table that can be compared at once: it is another one only where something changed.
#[derive(Debug, Clone)]
pub struct Sheet(pub Arc<Table>);

impl PartialEq for Sheet {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// All that rows are made from.
#[derive(Debug, PartialEq)]
struct Key {
    test: String,
    revision: u64,
    shown: Option<Shown>,
    expanded: BTreeSet<String>,
    problems: Vec<Problem>,
    trial: Option<Trial>,
    adding: Option<(Lane, usize)>,
}

impl Key {
    /// Whether rows made from this are still right.
    fn holds(&self, test: &Test, now: &Shown, adding: Option<&(Lane, usize)>) -> bool {
        self.test == test.id
            && self.revision == test.doc.revision()
            && self.shown.as_ref() == Some(now)
            && self.expanded == test.expanded
            && self.problems == test.problems
            && self.trial == test.trial
            && self.adding.as_ref() == adding
    }
}

/// The rows of whoever is shown now; the old ones where nothing changed.
pub fn sheet(old: Option<&Sheet>, model: &Model, adding: Option<&(Lane, usize)>) -> Sheet {
    let Some(test) = &model.test else {
        return match old.filter(|old| old.0.rows.is_empty()) {
            Some(old) => old.clone(),
            None => Sheet(Arc::new(Table::of(Key::nothing(), Vec::new()))),
        };
    };
    let scenario = test.doc.scenario();
    let now = shown(scenario, &test.doc.selection);
    if let Some(old) = old.filter(|old| old.0.made_from.holds(test, &now, adding)) {
        return old.clone();
    }
    let of =
        Outline { scenario, expanded: &test.expanded, problems: &test.problems, trial: test.trial.as_ref(), adding };
    let rows = match &now {
        Shown::User(id) => scenario.users.iter().find(|user| user.id == *id).map(|user| rows(of, user)),
        Shown::Group(id) => Some(group_rows(of, id)),
        Shown::Nobody => None,
    };
    let key = Key {
        test: test.id.clone(),
        revision: test.doc.revision(),
        shown: Some(now),
        expanded: test.expanded.clone(),
        problems: test.problems.clone(),
        trial: test.trial.clone(),
        adding: adding.cloned(),
    };
    Sheet(Arc::new(Table::of(key, rows.unwrap_or_default())))
}

impl Key {
    fn nothing() -> Self {
        Self {
            test: String::new(),
            revision: 0,
            shown: None,
            expanded: BTreeSet::new(),
            problems: Vec::new(),
            trial: None,
            adding: None,
        }
    }
}

/// How high a row is.
fn height(row: &OutlineRow) -> f64 {
    match &row.kind {
        RowKind::Arrival(_) | RowKind::Leaving(_) | RowKind::Task | RowKind::Group => HEAD,
        RowKind::Step(_) => ROW,
        RowKind::Check | RowKind::Save | RowKind::Lane(_) => CHILD,
        RowKind::Add(_) if row.asks() => EMPTY,
        RowKind::Add(_) => ROW,
        RowKind::Quick(..) => QUICK,
    }
}

impl OutlineRow {
    /// Whether it asks what happens in an empty task.
    pub fn asks(&self) -> bool {
        matches!(&self.kind, RowKind::Add(Lane::Task(_) | Lane::Group(_))) && self.holds == 0
    }
}

impl Table {
    fn of(made_from: Key, rows: Vec<OutlineRow>) -> Self {
        let mut tops = Vec::with_capacity(rows.len() + 1);
        let mut frames: Vec<Frame> = Vec::new();
        let mut y = 0.0;
        for (at, row) in rows.iter().enumerate() {
            if row.depth == 0 {
                y = close(&mut frames, y, at > 0 && rows[at - 1].depth > 0);
                frames.push(Frame { id: row.id.clone(), top: y, height: 0.0 });
            }
            tops.push(y);
            y += height(row);
        }
        close(&mut frames, y, rows.last().is_some_and(|row| row.depth > 0));
        tops.push(frames.last().map_or(0.0, |last| last.top + last.height));
        let at = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
        Self { made_from, rows, at, tops, frames }
    }

    /// All rows, from the top.
    pub fn rows(&self) -> &[OutlineRow] {
        &self.rows
    }

    /// Whose rows they are; none while no test is open.
    pub fn shown(&self) -> Option<&Shown> {
        self.made_from.shown.as_ref()
    }

    /// A row by its name on the page.
    pub fn row(&self, id: &str) -> Option<&OutlineRow> {
        self.at.get(id).map(|at| &self.rows[*at])
    }

    /// Where a row begins and how high it is.
    pub fn place(&self, id: &str) -> Option<(f64, f64)> {
        self.at.get(id).map(|at| (self.tops[*at], height(&self.rows[*at])))
    }

    /// The place right after a row: behind a step (that of a check is its request), or at the end of an open or closed list.
    pub fn after(&self, id: &str) -> Option<(Lane, usize)> {
        let at = *self.at.get(id)?;
        let row = &self.rows[at];
        let (lane, place) = match &row.kind {
            RowKind::Check | RowKind::Save => {
                let step = self.rows[..at].iter().rev().find(|row| matches!(row.kind, RowKind::Step(_)))?;
                return step.place.clone().map(|(lane, at)| (lane, at + 1));
            }
            RowKind::Step(_) => return row.place.clone().map(|(lane, at)| (lane, at + 1)),
            _ => row.place.clone()?,
        };
        let end = row.depth == 0 && row.open == Some(true);
        Some((lane, if end { row.holds } else { place }))
    }

    /// All of a row's kind that stand in the same list.
    pub fn neighbours(&self, id: &str) -> Vec<Item> {
        let Some(row) = self.row(id) else { return Vec::new() };
        let list = |row: &OutlineRow| row.place.as_ref().map(|(lane, _)| lane.clone());
        let like = |other: &&OutlineRow| match (&row.kind, &other.kind) {
            (RowKind::Step(_), RowKind::Step(_)) => list(row) == list(other),
            (RowKind::Task, RowKind::Task) => true,
            _ => false,
        };
        let mut items: Vec<Item> = self.rows.iter().filter(like).filter_map(|row| row.item.clone()).collect();
        // The last one is where the keyboard is.
        if let Some(item) = &row.item
            && let Some(at) = items.iter().position(|other| other == item)
        {
            let own = items.remove(at);
            items.push(own);
        }
        items
    }

    /// How high all rows are together.
    pub fn length(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// The row at a height, and whether it is its lower half.
    pub fn at_height(&self, y: f64) -> Option<(&OutlineRow, bool)> {
        let at = self.tops[..self.rows.len()].partition_point(|top| *top <= y).saturating_sub(1);
        let row = self.rows.get(at)?;
        Some((row, y > self.tops[at] + height(row) / 2.0))
    }

    /// The names of the rows that touch a piece from one height to another, and of `kept`, which has to stay on the page.
    pub fn window(&self, from: f64, to: f64, kept: &str) -> Vec<String> {
        let Range { start, end } = self.between(from, to);
        let kept = self.at.get(kept).copied().filter(|at| *at < start || *at >= end);
        let before = kept.filter(|at| *at < start);
        let after = kept.filter(|at| *at >= end);
        before.into_iter().chain(start..end).chain(after).map(|at| self.rows[at].id.clone()).collect()
    }

    fn between(&self, from: f64, to: f64) -> Range<usize> {
        let tops = &self.tops[..self.rows.len()];
        let end = tops.partition_point(|top| *top < to);
        let start = tops.partition_point(|top| *top <= from).saturating_sub(1).min(end);
        start..end
    }

    /// The cards that touch a piece from one height to another.
    pub fn frames(&self, from: f64, to: f64) -> Vec<Frame> {
        let touches = |frame: &&Frame| frame.top < to && frame.top + frame.height > from;
        self.frames.iter().filter(touches).cloned().collect()
    }

    /// The middle of the head of each task, in order.
    pub fn middles(&self) -> Vec<f64> {
        let heads = self.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Task);
        heads.map(|(at, _)| self.tops[at] + HEAD / 2.0).collect()
    }

    /// The row of a thing, where it is shown.
    pub fn row_of(&self, item: &Item) -> Option<&OutlineRow> {
        self.row(&row_id(item))
    }
}

/// Ends the last card at this height; where the next one begins.
fn close(frames: &mut [Frame], y: f64, is_open: bool) -> f64 {
    let Some(last) = frames.last_mut() else { return y };
    let end = y + if is_open { FOOT } else { 0.0 };
    last.height = end - last.top;
    end + GAP
}

/// The names of the rows and cards that are chosen.
pub fn chosen(model: &Model) -> BTreeSet<String> {
    let items = model.test.as_ref().map(|test| test.doc.selection.items.as_slice()).unwrap_or_default();
    items.iter().map(row_id).filter(|id| !id.is_empty()).collect()
}

/// The name of the row or card where the keyboard is; empty if nothing is chosen.
pub fn main(model: &Model) -> String {
    model.test.as_ref().and_then(|test| test.doc.selection.main()).map(row_id).unwrap_or_default()
}

/// The user type whose tasks are shown, by id; none where a reusable group is.
pub fn user(model: &Model) -> Option<String> {
    let test = model.test.as_ref()?;
    match shown(test.doc.scenario(), &test.doc.selection) {
        Shown::User(id) => Some(id),
        Shown::Group(_) | Shown::Nobody => None,
    }
}

/// The reusable group that is shown, by id.
pub fn group(model: &Model) -> Option<String> {
    let test = model.test.as_ref()?;
    match shown(test.doc.scenario(), &test.doc.selection) {
        Shown::Group(id) => Some(id),
        Shown::User(_) | Shown::Nobody => None,
    }
}

/// What the list of rows is called: "What each Visitor does", or the name of the reusable group.
pub fn title(model: &Model) -> String {
    let Some(test) = &model.test else { return String::new() };
    let scenario = test.doc.scenario();
    match shown(scenario, &test.doc.selection) {
        Shown::User(id) => crate::doc::place::user(scenario, &id).map(|user| say::what(&user.name)).unwrap_or_default(),
        Shown::Group(id) => crate::doc::place::group(scenario, &id).map(|group| group.name.clone()).unwrap_or_default(),
        Shown::Nobody => say::TITLE.to_owned(),
    }
}
