//! What the parts of the Build tab share: the rows, where the keyboard is, what is being typed, renamed or dragged, and how
//! far the list is scrolled. Must not know how any of it is drawn.

use std::collections::BTreeSet;

use leptos::html::Div;
use leptos::prelude::*;
use tidemark_app_model::doc::{Item, Lane};
use tidemark_app_model::select::mix::{self, Segment, shown_mix};
use tidemark_app_model::select::outline::table::{self, Sheet};

use super::drag::Drag;
use crate::page;
use crate::store::{Store, store};

/// How much of the list is seen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Sight {
    /// How far it is scrolled.
    pub scrolled: f64,
    /// How high the part is that is seen.
    pub height: f64,
    /// Pixels of a rem.
    pub rem: f64,
}

/// Where a menu of a row is open.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MenuAt {
    /// The row or card, by its name on the page.
    pub row: String,
    /// Left and top, in pixels of the window.
    pub at: (f64, f64),
}

/// The handle that the parts hold.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub store: Store,
    /// The rows.
    pub sheet: Memo<Sheet>,
    /// The user type whose tasks are shown, by id.
    pub user: Memo<Option<String>>,
    /// What the list is called.
    pub title: Memo<String>,
    /// The shares of the shown tasks.
    pub mix: Memo<Vec<Segment>>,
    /// The ids of the shown tasks as they came, for their colours.
    pub colours: Memo<Vec<String>>,
    /// The rows that are chosen.
    pub chosen: Memo<BTreeSet<String>>,
    /// The row where the keyboard is, by its name on the page.
    pub active: RwSignal<String>,
    /// Where a range of chosen rows begins.
    pub anchor: RwSignal<String>,
    /// Where a step is being typed.
    pub adding: RwSignal<Option<(Lane, usize)>>,
    /// The row or card whose name is being typed.
    pub renaming: RwSignal<String>,
    /// The menu that is open.
    pub menu: RwSignal<Option<MenuAt>>,
    /// What is being dragged.
    pub drag: RwSignal<Option<Drag>>,
    /// The row that has the focus, by its name on the page; empty while something else has it.
    pub held: StoredValue<String>,
    /// Whether something was dropped at this very moment.
    pub dropped: StoredValue<bool>,
    /// What an undo has just changed, by name on the page.
    pub lit: RwSignal<BTreeSet<String>>,
    /// How much of the list is seen.
    pub sight: RwSignal<Sight>,
    /// Goes up when something moved that ribbons lead to.
    pub nudged: RwSignal<u32>,
    /// The part that scrolls, and the list in it.
    pub scroller: NodeRef<Div>,
    pub list: NodeRef<Div>,
}

/// The desk of the Build tab.
pub(super) fn desk() -> Desk {
    expect_context::<Desk>()
}

impl Desk {
    /// A desk for all parts below.
    pub fn provide() -> Self {
        let store = store();
        let adding = RwSignal::new(None::<(Lane, usize)>);
        let sheet = store.memo_from(move |old, model| adding.with(|adding| table::sheet(old, model, adding.as_ref())));
        let user = store.memo(table::user);
        let mix = store.memo(|model| table::user(model).map(|user| shown_mix(model, &user)).unwrap_or_default());
        let colours = store.memo(|model| match (&model.test, table::user(model)) {
            (Some(test), Some(user)) => mix::tasks_as_they_came(&test.doc, &user),
            _ => Vec::new(),
        });
        let desk = Self {
            store,
            sheet,
            user,
            title: store.memo(table::title),
            mix,
            colours,
            chosen: store.memo(table::chosen),
            active: RwSignal::new(String::new()),
            anchor: RwSignal::new(String::new()),
            adding,
            renaming: RwSignal::new(String::new()),
            menu: RwSignal::new(None),
            drag: RwSignal::new(None),
            held: StoredValue::new(String::new()),
            dropped: StoredValue::new(false),
            lit: RwSignal::new(BTreeSet::new()),
            sight: RwSignal::new(Sight::default()),
            nudged: RwSignal::new(0),
            scroller: NodeRef::new(),
            list: NodeRef::new(),
        };
        provide_context(desk);
        desk
    }

    /// Takes in how much of the list is seen.
    pub fn look(self) {
        let (Some(scroller), Some(list)) = (self.scroller.get_untracked(), self.list.get_untracked()) else { return };
        let length = self.sheet.with_untracked(|sheet| sheet.0.length());
        let high = list.get_bounding_client_rect().height();
        let rem = if length > 0.0 && high > 0.0 { high / length } else { 16.0 };
        let seen = Sight {
            scrolled: f64::from(scroller.scroll_top()),
            height: f64::from(scroller.client_height()),
            rem: (rem * 100.0).round() / 100.0,
        };
        if self.sight.get_untracked() != seen {
            self.sight.set(seen);
        }
    }

    /// Scrolls as far as is needed to see a row.
    pub fn show(self, id: &str) {
        let Some((top, height)) = self.sheet.with_untracked(|sheet| sheet.0.place(id)) else { return };
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let Sight { rem, .. } = self.sight.get_untracked();
        let (top, bottom) = (top * rem, (top + height) * rem);
        let (from, high) = (f64::from(scroller.scroll_top()), f64::from(scroller.client_height()));
        const AIR: f64 = 8.0;
        let to = if top < from + AIR {
            top - AIR
        } else if bottom > from + high - AIR {
            bottom - high + AIR
        } else {
            return;
        };
        scroller.set_scroll_top(to.max(0.0) as i32);
        self.look();
    }

    /// Something moved that ribbons lead to.
    pub fn nudge_ribbons(self) {
        self.nudged.update(|count| *count = count.wrapping_add(1));
    }

    /// Whether what is dragged would land at this card: above it (false) or below it (true).
    pub fn drops_on(self, card: &str) -> Option<bool> {
        self.drag.with(|drag| drag.as_ref().and_then(|drag| drag.lands_at(card)))
    }

    /// The thing of a row or card, by its name on the page.
    pub fn item(self, id: &str) -> Option<Item> {
        self.sheet.with_untracked(|sheet| sheet.0.row(id).and_then(|row| row.item.clone()))
    }

    /// Moves the keyboard to a row and shows it.
    pub fn go(self, id: &str) {
        self.active.set(id.to_owned());
        self.show(id);
        page::focus(id.to_owned());
    }

    /// Types the name of what has just been made and chosen.
    pub fn name_new(self) {
        let row = self.store.peek(table::main);
        // After the focus has gone to the new thing.
        page::after(0, move || {
            self.renaming.try_set(row);
        });
    }

    /// Types a step here.
    pub fn add(self, lane: Lane, at: usize) {
        self.adding.set(Some((lane, at)));
        self.show("step-quick");
        page::focus("quick-add".to_owned());
    }
}
