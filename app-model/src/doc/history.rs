//! Undo and redo: documents on two stacks, each with the place it was left at. Must not know what an edit is.

use crate::doc::kept::Kept;
use crate::doc::selection::Selection;

/// So many steps can be undone.
pub const MOST: usize = 500;

/// So many versions are kept.
pub const MOST_POINTS: usize = 200;

/// A version is kept by itself after so long, in milliseconds.
const EVERY_MS: u64 = 10 * 60_000;

/// Typing in one place becomes one step while its pauses are no longer than this, in milliseconds.
pub const TOGETHER_MS: u64 = 1_000;

/// A document at one moment, with the place a person worked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// The document.
    pub kept: Kept,
    /// What was chosen.
    pub selection: Selection,
}

/// One step that can be undone or redone.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) label: String,
    /// Where the step leads back (on the undo stack) or forward (on the redo stack).
    pub(super) there: Moment,
    /// Kind and place of the edit, where it may be joined with the next.
    pub(super) key: Option<String>,
    pub(super) at_ms: u64,
}

/// The two stacks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    pub(super) undo: Vec<Entry>,
    pub(super) redo: Vec<Entry>,
    pub(super) points: Vec<Point>,
}

/// Why a version is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Somebody gave it this name.
    Named(String),
    /// A run was started with it.
    Run,
    /// Ten minutes of edits had passed.
    Time,
    /// It was in the file, and what was restored came after it.
    File,
}

/// A version of the document that is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Why.
    pub why: Why,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// The document.
    pub kept: Kept,
}

impl History {
    /// Notes that the document is about to change from `before`. `key` names kind and place of an edit that may be
    /// joined with the one before, if that had the same and came less than a second ago.
    pub fn note(&mut self, before: Moment, label: String, key: Option<String>, at_ms: u64) {
        let joins = self.redo.is_empty()
            && self.undo.last().is_some_and(|last| {
                key.is_some() && last.key == key && at_ms.saturating_sub(last.at_ms) <= TOGETHER_MS
            });
        self.redo.clear();
        let last_kept =
            self.points.last().map_or_else(|| self.undo.first().map_or(at_ms, |first| first.at_ms), |p| p.at_ms);
        if at_ms.saturating_sub(last_kept) >= EVERY_MS && !joins {
            self.keep(Point { why: Why::Time, at_ms, kept: before.kept.clone() });
        }
        match self.undo.last_mut().filter(|_| joins) {
            Some(last) => {
                last.at_ms = at_ms;
                last.label = label;
            }
            None => self.undo.push(Entry { label, there: before, key, at_ms }),
        }
        if self.undo.len() > MOST {
            self.undo.remove(0);
        }
    }

    /// Keeps a version; one that is the same as the last is not kept twice, unless it gets a name.
    pub fn keep(&mut self, point: Point) {
        let same = self.points.last().is_some_and(|last| last.kept == point.kept);
        if same && !matches!(point.why, Why::Named(_)) {
            return;
        }
        self.points.push(point);
        if self.points.len() > MOST_POINTS {
            self.points.remove(0);
        }
    }

    /// The versions that are kept, newest first.
    pub fn points(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().rev()
    }

    /// Takes the last step back: its label and where it leads; `now` is what redo leads to.
    pub fn undo(&mut self, now: Moment) -> Option<(String, Moment)> {
        turn(&mut self.undo, &mut self.redo, now)
    }

    /// Does the step undone last again.
    pub fn redo(&mut self, now: Moment) -> Option<(String, Moment)> {
        turn(&mut self.redo, &mut self.undo, now)
    }

    /// What would be undone, newest first.
    pub fn undo_labels(&self) -> impl Iterator<Item = &str> {
        self.undo.iter().rev().map(|entry| entry.label.as_str())
    }

    /// What would be redone, next first.
    pub fn redo_labels(&self) -> impl Iterator<Item = &str> {
        self.redo.iter().rev().map(|entry| entry.label.as_str())
    }

    /// Ends a run of joined edits, as when a field is left.
    pub fn part(&mut self) {
        if let Some(last) = self.undo.last_mut() {
            last.key = None;
        }
    }
}

/// Moves the top of one stack to the other.
fn turn(from: &mut Vec<Entry>, to: &mut Vec<Entry>, mut now: Moment) -> Option<(String, Moment)> {
    let entry = from.pop()?;
    // The way back leads to the tab where the change is seen, too, wherever it was taken back.
    if now.selection.tab != entry.there.selection.tab {
        now.selection = entry.there.selection.clone();
    }
    to.push(Entry { label: entry.label.clone(), there: now, key: None, at_ms: entry.at_ms });
    Some((entry.label, entry.there))
}
