//! What all fields of the panel share: the step they belong to, the values that can be used there, and what is wrong.
//! Must not know what any field means.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::edit::{Edit, RequestEdit, StepEdit};
use tidemark_app_model::select::panel::{self as select, Subject, Trouble};
use tidemark_app_model::select::values::{Available, available, saved_anywhere};
use tidemark_core::scenario::{Act, Request, Step};

use crate::page;
use crate::store::Store;

/// A field complains when so many milliseconds have passed since the last key.
const QUIET_MS: u64 = 600;

/// The id of a step, for handlers.
pub(super) type Id = StoredValue<String>;

/// What a field tells of what a person does in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// A key was pressed that changed the text.
    Typing,
    /// The field was left.
    Left,
    /// The last change should be taken back.
    Undo,
    /// It should be made again.
    Redo,
}

/// The values that chips may stand for, and who listens to the fields.
#[derive(Clone, Copy)]
pub struct Known {
    /// Values that can be used here.
    pub values: Signal<Vec<Available>>,
    /// Names that are set, but not before this place.
    pub elsewhere: Signal<Vec<String>>,
    /// Whether values are shown as `{{text}}`.
    pub as_text: RwSignal<bool>,
    /// Hears what happens in the fields.
    pub heard: Callback<Heard>,
}

/// What is wrong with the chosen thing, for all parts of the panel.
#[derive(Clone, Copy)]
pub(super) struct Here {
    pub store: Store,
    pub wrong: Memo<Vec<Trouble>>,
}

/// Gives both to all below.
pub(super) fn provide(store: Store, subject: Memo<Subject>) {
    let values = store.memo(|model| match select::subject(model) {
        Subject::Step(id, _) => select::scenario(model).map(|scenario| available(scenario, &id, select::trial(model))),
        _ => None,
    });
    let elsewhere = store.memo(|model| select::scenario(model).map(saved_anywhere));
    let (count, typing) = (StoredValue::new(0_u32), RwSignal::new(false));
    let heard = move |heard: Heard| match heard {
        Heard::Typing => {
            typing.set(true);
            count.update_value(|count| *count = count.wrapping_add(1));
            let mine = count.get_value();
            page::after(QUIET_MS, move || {
                // The panel may be gone by now, or somebody may have typed on.
                if count.try_get_value() == Some(mine) {
                    typing.set(false);
                }
            });
        }
        Heard::Left => {
            typing.set(false);
            store.send(Msg::LeaveField);
        }
        Heard::Undo => store.send(Msg::Undo),
        Heard::Redo => store.send(Msg::Redo),
    };
    let known = Known {
        values: Signal::derive(move || values.get().unwrap_or_default()),
        elsewhere: Signal::derive(move || elsewhere.get().unwrap_or_default()),
        as_text: RwSignal::new(false),
        heard: Callback::new(heard),
    };
    let all = store.memo(move |model| select::troubles(model, &select::subject(model)));
    // While somebody types, only what was wrong before and still is stays.
    let wrong = Memo::new(move |before: Option<&(Subject, Vec<Trouble>)>| {
        let (about, now) = (subject.get(), all.get());
        let kept = before.filter(|(was, _)| typing.get() && *was == about);
        let shown = match kept {
            Some((_, shown)) => now.into_iter().filter(|one| shown.iter().any(|old| old.code == one.code)).collect(),
            None => now,
        };
        (about, shown)
    });
    provide_context(known);
    provide_context(Here { store, wrong: Memo::new(move |_| wrong.get().1) });
}

/// What the parts of the panel share.
///
/// # Panics
/// Outside of the panel.
pub(super) fn here() -> Here {
    expect_context::<Here>()
}

impl Here {
    /// What is wrong with some fields.
    pub fn wrong_at(self, fields: &'static [&'static str]) -> Signal<Vec<Trouble>> {
        let wrong = self.wrong;
        Signal::derive(move || {
            let fits = |one: &&Trouble| fields.contains(&one.field.as_str());
            wrong.with(|all| all.iter().filter(fits).cloned().collect())
        })
    }

    /// What is wrong with one of several things of a kind.
    pub fn wrong_with(self, field: &'static str, number: usize) -> Signal<Vec<Trouble>> {
        let wrong = self.wrong;
        Signal::derive(move || {
            let fits = |one: &&Trouble| one.field == field && one.number == Some(number);
            wrong.with(|all| all.iter().filter(fits).cloned().collect())
        })
    }

    /// Sends an edit.
    pub fn edit(self, edit: Edit) {
        self.store.send(Msg::Edit(edit));
    }

    /// Changes a field of a request.
    pub fn request(self, id: Id, edit: RequestEdit) {
        self.edit(Edit::Step(StepEdit::Request(id.get_value(), edit)));
    }

    /// Changes what a step does; `field` is the name of what changed, for the history.
    pub fn act(self, id: Id, field: &'static str, act: Act) {
        self.edit(Edit::Step(StepEdit::Act(id.get_value(), field, Box::new(act))));
    }

    /// A part of a step, told of only when it differs.
    pub fn of_step<T>(self, id: Id, read: impl Fn(&Step) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        let id = id.get_value();
        self.store.memo(move |model| select::step(model, &id).map(&read).unwrap_or_default())
    }

    /// A part of a request.
    pub fn of_request<T>(self, id: Id, read: impl Fn(&Request) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        self.of_step(id, move |step| match &step.act {
            Act::Request(request) => read(request),
            _ => T::default(),
        })
    }
}
