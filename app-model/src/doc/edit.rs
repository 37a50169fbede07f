//! Every change that can be made to a document, as values, and how each is made.
//!
//! An edit that can't be made says why, and leaves nothing half done: whoever applies it keeps the document from before.
//! Must not know the history, nor how an edit was asked for.

pub mod data;
pub mod flow;
pub mod goal;
pub mod load;
pub mod names;
pub mod reuse;
pub mod targets;
pub mod share;
pub mod step;

use std::collections::BTreeSet;

use tidemark_core::scenario::Scenario;

pub use data::{DataEdit, TableEdit};
pub use flow::{FlowEdit, Way};
pub use goal::GoalEdit;
pub use load::LoadEdit;
pub use share::{Mix, ShareEdit};
pub use step::{RequestEdit, StepEdit, UserEdit};
pub use targets::TargetEdit;

use crate::doc::place::Item;

/// One change of the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Gives a thing another name; uses of values, tables and reusable groups follow.
    Rename(Item, String),
    /// Sets the free text about the test.
    Note(String),
    /// Adds, removes, moves, groups and switches user types, tasks, steps, checks and saved values.
    Flow(FlowEdit),
    /// What a step, a check, a saved value or a user type says.
    Step(StepEdit),
    /// A value of an answer saved, and used where it stands later.
    Reuse(Box<reuse::Reuse>),
    /// How often something is chosen.
    Share(ShareEdit),
    /// Data tables and values.
    Data(DataEdit),
    /// Targets, hosts and secrets.
    Target(TargetEdit),
    /// How many people, over time.
    Load(LoadEdit),
    /// Goals and rules to stop early.
    Goal(GoalEdit),
    /// Several edits as one, with its name; all or none.
    Many(String, Vec<Edit>),
    /// Another document altogether, as by an import or a version from before, with its name.
    Whole(String, Box<Scenario>),
}

/// What came of an edit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Done {
    /// Its name in the history: "Move step".
    pub label: String,
    /// Kind and place, where it joins with the next of the same when both come within a second.
    pub key: Option<String>,
    /// What should be chosen now; empty leaves the choice as it is.
    pub select: Vec<Item>,
}

impl Done {
    /// A step of its own in the history.
    pub fn once(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// Joins with the next edit of the same kind and place.
    pub fn typed(label: impl Into<String>, key: impl Into<String>) -> Self {
        Self { label: label.into(), key: Some(key.into()), ..Self::default() }
    }

    /// Chooses this.
    pub fn and_select(mut self, item: Item) -> Self {
        self.select = vec![item];
        self
    }

    /// Chooses these.
    pub fn and_select_all(mut self, items: Vec<Item>) -> Self {
        self.select = items;
        self
    }
}

/// Why an edit can't be made, as a sentence for the person who asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub String);

impl Refused {
    /// With this reason.
    pub fn because(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// The thing to be changed is not there any more.
    pub fn gone() -> Self {
        Self(crate::text::edits::GONE.to_owned())
    }
}

/// The ids of tasks and user types (and, for options, `step#number`) whose share stays as it is.
pub type Locks = BTreeSet<String>;

/// Makes a change. Where it is refused, `scenario` may be half changed and must be thrown away.
///
/// # Errors
/// The reason, as a sentence.
pub fn apply(scenario: &mut Scenario, edit: &Edit, locks: &Locks) -> Result<Done, Refused> {
    let done = match edit {
        Edit::Rename(item, name) => names::rename(scenario, item, name)?,
        Edit::Note(note) => {
            note.clone_into(&mut scenario.note);
            Done::typed(crate::text::edits::CHANGE_NOTE, "note").and_select(Item::Test)
        }
        Edit::Flow(edit) => flow::apply(scenario, edit)?,
        Edit::Step(edit) => step::apply(scenario, edit)?,
        Edit::Reuse(reuse) => reuse::apply(scenario, reuse)?,
        Edit::Share(edit) => share::apply(scenario, edit, locks)?,
        Edit::Data(edit) => data::apply(scenario, edit)?,
        Edit::Target(edit) => targets::apply(scenario, edit)?,
        Edit::Load(edit) => load::apply(scenario, edit)?,
        Edit::Goal(edit) => goal::apply(scenario, edit)?,
        Edit::Many(label, edits) => {
            let mut all = Done::once(label.clone());
            for edit in edits {
                let done = apply(scenario, edit, locks)?;
                if !done.select.is_empty() {
                    all.select = done.select;
                }
            }
            all
        }
        Edit::Whole(label, whole) => {
            *scenario = (**whole).clone();
            Done::once(label.clone())
        }
    };
    crate::doc::ids::settle(scenario);
    Ok(done)
}
