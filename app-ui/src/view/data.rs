//! The Data tab: everything a test uses beside its steps, on the left by kind, on the right to be changed. Must not read
//! tables, nor know a secret's value.

mod cells;
mod grid;
mod host;
mod list;
mod secret;
mod table;
mod target;
mod tools;
mod uses;
mod value;

pub(crate) use secret::SecretField;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{DataEdit, Edit};
use tidemark_app_model::model::Taken;
use tidemark_app_model::select::data::{self, Uses};
use tidemark_app_model::text::{data as say, edits};

use crate::store::{Store, store};
use crate::view::parts::{Button, Kind, Picture};

/// Where everything is used, worked out anew only when the document changes.
fn uses(store: Store) -> Memo<Uses> {
    let revision = store.memo(|model| model.test.as_ref().map(|test| (test.id.clone(), test.doc.revision())));
    Memo::new(move |_| {
        // Read, not only tracked: what nobody reads is never worked out, so never differs.
        revision.get();
        store.peek(data::uses)
    })
}

/// Changes tables or values.
fn change(store: Store, edit: DataEdit) {
    store.send(Msg::Edit(Edit::Data(edit)));
}

/// The Data tab.
#[component]
pub fn Data() -> impl IntoView {
    let store = store();
    let uses = uses(store);
    let shown = store.memo(data::shown);
    // Hosts are a page of their own, also while there is none.
    let hosts = RwSignal::new(false);
    Effect::new(move |_| {
        shown.track();
        hosts.set(false);
    });
    let editor = move || match shown.get() {
        _ if hosts.get() => view! { <host::Hosts/> }.into_any(),
        Some(Item::Table(at)) => view! { <table::Table at=at uses=uses/> }.into_any(),
        Some(Item::Value(at)) => view! { <value::Value at=at uses=uses/> }.into_any(),
        Some(Item::Secret(at)) => view! { <secret::Secret at=at uses=uses/> }.into_any(),
        Some(Item::Target(at)) => view! { <target::Target at=at/> }.into_any(),
        Some(Item::Host(_)) => view! { <host::Hosts/> }.into_any(),
        _ => view! { <Nothing/> }.into_any(),
    };
    view! {
        <div class="data">
            <list::Lists uses=uses hosts=hosts/>
            <section class="data-editor" aria-label=say::EDITOR data-region="data">{editor}</section>
        </div>
    }
}

/// Where there is nothing yet: what tables are for, and three ways to one.
#[component]
fn Nothing() -> impl IntoView {
    let store = store();
    let pasted = move |event: web_sys::ClipboardEvent| {
        if let Some(text) = grid::text_of(&event) {
            event.prevent_default();
            change(store, DataEdit::ImportTable(say::NEW_TABLE.to_owned(), text));
        }
    };
    view! {
        <div class="data-nothing" tabindex="0" role="group" aria-label=say::GRID_EMPTY on:paste=pasted data-testid="data-nothing">
            <Picture icon=icondata::LuTable/>
            <h1>{say::EMPTY}</h1>
            <p>{say::EMPTY_LEAD}</p>
            <p class="data-paste">{say::GRID_EMPTY}" "{say::GRID_EMPTY_SUB}</p>
            <div class="data-ways">
                <Button kind=Kind::Primary icon=icondata::LuFileUp label=say::CHOOSE_FILE testid="data-choose-file"
                    on_click=move || store.send(Msg::PickFile)/>
                <Button icon=icondata::LuTable label=say::EMPTY_TABLE testid="data-empty-table" on_click=move || add_table(store)/>
            </div>
        </div>
    }
}

/// A table without rows, to be pasted or typed into.
fn add_table(store: Store) {
    change(store, DataEdit::AddTable(say::NEW_TABLE.to_owned(), vec![edits::FIRST_COLUMN.to_owned()]));
}

/// The name at the top of an editor, with the button that deletes the thing.
#[component]
fn Head(
    /// What it is.
    item: Item,
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// What kind of thing it is.
    kind: &'static str,
    /// What helps.
    #[prop(into)]
    hint: Signal<String>,
) -> impl IntoView {
    let store = store();
    let renamed = item.clone();
    let own = item.clone();
    let wrong = store.memo(move |model| {
        let refused = model.test.as_ref().and_then(|test| test.refused.as_ref());
        refused.filter(|(whose, _)| *whose == own).map(|(_, why)| why.clone()).unwrap_or_default()
    });
    // What was typed stays where it can't be a name, and why not is said beside it.
    let leave = Callback::new(move |typed: String| {
        if typed != name.get_untracked() || !wrong.with_untracked(String::is_empty) {
            store.send(Msg::Edit(Edit::Rename(renamed.clone(), typed)));
        }
        None::<String>
    });
    view! {
        <header class="data-head">
            <div class="data-head-name">
                <span class="data-kind">{kind}</span>
                <crate::view::parts::WrittenField label=say::NAME bare=true value=name on_leave=leave testid="data-name"/>
                <Show when=move || !wrong.with(String::is_empty)><p class="field-error" role="alert">{wrong}</p></Show>
                <p class="field-hint">{hint}</p>
            </div>
            <Button icon=icondata::LuTrash2 kind=Kind::Quiet label=say::DELETE testid="data-delete"
                on_click=move || store.send(Msg::TakeOut(Taken::Item(item.clone())))/>
        </header>
    }
}
