//! The document that is being edited: a scenario with its history, and the place a person works at.
//!
//! Must not know messages or effects; whoever holds it says what time it is.

mod changed;
pub mod edit;
pub mod history;
pub mod ids;
pub mod journal;
pub mod kept;
pub mod place;
pub mod selection;

use std::collections::BTreeSet;
use std::sync::Arc;

use tidemark_core::scenario::Scenario;

pub use edit::{Edit, Refused};
pub use history::History;
pub use journal::Restored;
pub use kept::Kept;
pub use place::{Item, Lane};
pub use selection::Selection;

/// A document with its history.
#[derive(Debug, Clone)]
pub struct Doc {
    scenario: Arc<Scenario>,
    kept: Kept,
    history: History,
    /// What is chosen.
    pub selection: Selection,
    /// The ids of what keeps its share; not part of the file.
    pub locks: BTreeSet<String>,
    /// Goes up with every change, undo and redo.
    revision: u64,
    /// The ids of user types and tasks in the order in which they came, as far as is known: what was there at the start
    /// came in the order of the document.
    came: Vec<String>,
    /// How many times something was undone or redone, and what the last time changed.
    turned: (u64, Vec<Item>),
}

impl Doc {
    /// Opens a scenario; parts without ids get some.
    pub fn open(mut scenario: Scenario) -> Self {
        ids::settle(&mut scenario);
        let selection = Selection::default().still_there(&scenario);
        let mut doc = Self {
            kept: Kept::of(&scenario, None),
            scenario: Arc::new(scenario),
            history: History::default(),
            selection,
            locks: BTreeSet::new(),
            revision: 0,
            came: Vec::new(),
            turned: Default::default(),
        };
        doc.note_newcomers();
        doc
    }

    /// The ids of user types and tasks, those that came first before the others; some may be gone.
    pub fn came(&self) -> &[String] {
        &self.came
    }

    fn note_newcomers(&mut self) {
        for user in &self.scenario.users {
            for id in std::iter::once(&user.id).chain(user.tasks.iter().map(|task| &task.id)) {
                if !self.came.contains(id) {
                    self.came.push(id.clone());
                }
            }
        }
    }

    /// The document as it is now. Keep no copy for long: an edit has to copy what others hold.
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// A number that changes whenever the document does.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Undo and redo, for their labels.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Makes a change; its label. Nothing changes where it is refused, and nothing is noted where it makes no difference.
    ///
    /// # Errors
    /// Why not, as a sentence.
    pub fn apply(&mut self, edit: &Edit, at_ms: u64) -> Result<String, Refused> {
        let done = match edit::apply(Arc::make_mut(&mut self.scenario), edit, &self.locks) {
            Ok(done) => done,
            Err(refused) => {
                self.scenario = Arc::new(self.kept.whole());
                return Err(refused);
            }
        };
        let after = Kept::of(&self.scenario, Some(&self.kept));
        if after != self.kept {
            let before = history::Moment {
                kept: std::mem::replace(&mut self.kept, after),
                selection: self.selection_at(&done.select),
            };
            self.history.note(before, done.label.clone(), done.key, at_ms);
            self.revision += 1;
            self.note_newcomers();
        }
        if let Some(main) = done.select.last() {
            let user = selection::user_behind(&self.scenario, main).or_else(|| self.selection.user.clone());
            self.selection = Selection { tab: selection::tab_of(main), user, items: done.select };
        }
        self.selection = std::mem::take(&mut self.selection).still_there(&self.scenario);
        Ok(done.label)
    }

    /// The choice to come back to when an edit is undone: as it is, on the tab where the edit is seen.
    fn selection_at(&self, places: &[Item]) -> Selection {
        let mut selection = self.selection.clone();
        if let Some(place) = places.last() {
            let tab = selection::tab_of(place);
            if tab != selection.tab {
                selection = Selection {
                    tab,
                    user: selection::user_behind(&self.scenario, place).or(selection.user),
                    items: vec![place.clone()],
                };
            }
        }
        selection
    }

    /// Takes the last change back; its label. `None` where there is none.
    pub fn undo(&mut self) -> Option<String> {
        let (label, there) = self.history.undo(self.moment())?;
        self.turn(there);
        Some(label)
    }

    /// Makes the change undone last again; its label.
    pub fn redo(&mut self) -> Option<String> {
        let (label, there) = self.history.redo(self.moment())?;
        self.turn(there);
        Some(label)
    }

    /// How many times something was undone or redone, and the user types, tasks and steps that the last time changed.
    pub fn turned(&self) -> (u64, &[Item]) {
        (self.turned.0, &self.turned.1)
    }

    /// Goes to a moment of the history, and to the place where the document differs from what it was.
    fn turn(&mut self, there: history::Moment) {
        let (before, here) = (self.scenario.clone(), self.selection.main().cloned());
        self.go(there);
        let changed = changed::changed(&before, &self.scenario);
        let is_seen = self.selection.main().is_some_and(|main| changed.contains(main));
        if !is_seen && self.selection.tab == crate::route::Tab::Build {
            // An edit chooses what it changes: where that was changed back, it is the place.
            let place = here.filter(|here| changed.contains(here)).or_else(|| changed.first().cloned());
            if let Some(place) = place {
                self.select(vec![place]);
            }
        }
        self.turned = (self.turned.0 + 1, changed);
    }

    /// Keeps the document as it is among the versions of the history.
    pub fn keep(&mut self, why: history::Why, at_ms: u64) {
        self.history.keep(history::Point { why, at_ms, kept: self.kept.clone() });
    }

    /// A version of the history, 0 for the newest.
    pub fn version(&self, at: usize) -> Option<&history::Point> {
        self.history.points().nth(at)
    }

    /// The history as text, to be kept beside the file, whose text has the hash `safe` (of [`journal::hash`]) at present.
    pub fn journal(&self, safe: u64) -> String {
        journal::write(&self.history, &self.moment(), safe)
    }

    /// Takes the history that was kept. The document becomes what the history says where the file is older than that;
    /// a history that doesn't fit the document is left aside. `at_ms` is the time.
    pub fn restore(&mut self, text: &str, at_ms: u64) -> Restored {
        let Some(read) = journal::read(text) else { return Restored::Nothing };
        let hash = journal::hash(&tidemark_core::scenario::write(&self.scenario));
        let (history, now, restored) = journal::fit(read, &self.kept, hash);
        match restored {
            Restored::Nothing => return restored,
            Restored::Fits => {
                self.history = history;
                // Equal to what was read from the file, and shared with the history.
                self.kept = now.kept;
                self.selection = now.selection.still_there(&self.scenario);
            }
            Restored::Ahead { .. } => {
                self.keep(history::Why::File, at_ms);
                let points = std::mem::take(&mut self.history.points);
                self.history = history;
                points.into_iter().for_each(|point| self.history.keep(point));
                self.go(now);
            }
        }
        restored
    }

    /// The next edit starts a step of its own in the history, as when a field is left.
    pub fn part(&mut self) {
        self.history.part();
    }

    /// Chooses things; the tab and the user type follow.
    pub fn select(&mut self, items: Vec<Item>) {
        if let Some(main) = items.last() {
            self.selection.tab = selection::tab_of(main);
            self.selection.user = selection::user_behind(&self.scenario, main).or_else(|| self.selection.user.take());
        }
        self.selection.items = items;
        self.selection = std::mem::take(&mut self.selection).still_there(&self.scenario);
    }

    fn moment(&self) -> history::Moment {
        history::Moment { kept: self.kept.clone(), selection: self.selection.clone() }
    }

    fn go(&mut self, there: history::Moment) {
        self.scenario = Arc::new(there.kept.whole());
        self.kept = there.kept;
        self.selection = there.selection.still_there(&self.scenario);
        self.revision += 1;
        self.note_newcomers();
    }
}

#[cfg(test)]
pub(crate) mod tests;
