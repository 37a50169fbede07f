//! Names with their values, one below the other: query, headers, form fields. Must not know what they are for.

use leptos::prelude::*;
use tidemark_app_model::select::panel::fields::{row_gone, row_named, row_valued};
use tidemark_app_model::text::{forms, panel as say};
use wasm_bindgen::JsCast;

use super::{Heard, Known, TokenField};
use crate::page;
use crate::view::parts::{Button, IconButton, Kind, TextField, while_here};

/// Names and values.
pub(super) type Lines = Vec<(String, String)>;

/// The rows. One that is left empty goes away.
#[component]
pub(super) fn Rows(
    /// All of them.
    #[prop(into)]
    rows: Signal<Lines>,
    /// Hears all of them after a change.
    #[prop(into)]
    on_change: Callback<Lines>,
    /// What the button says that adds one.
    add: &'static str,
    /// What is said where there is none.
    #[prop(optional, into)]
    none: String,
    /// The start of their names for tests.
    testid: &'static str,
) -> impl IntoView {
    let count = Memo::new(move |_| rows.with(Vec::len));
    let more = move || {
        let at = count.get_untracked();
        on_change.run(rows.get_untracked().into_iter().chain([Default::default()]).collect());
        page::focus(format!("{testid}-{at}-name"));
    };
    let each = move || {
        (0..count.get()).map(|at| view! { <Row at=at rows=rows on_change=on_change testid=testid/> }).collect_view()
    };
    let none = StoredValue::new(none);
    view! {
        <div class="rows">
            <Show when=move || count.get() == 0><p class="muted panel-note">{none.get_value()}</p></Show>
            {each}
            <div><Button kind=Kind::Quiet icon=icondata::LuPlus label=add testid=format!("{testid}-add") on_click=more/></div>
        </div>
    }
}

#[component]
fn Row(at: usize, rows: Signal<Lines>, on_change: Callback<Lines>, testid: &'static str) -> impl IntoView {
    let known = expect_context::<Known>();
    let row = Memo::new(move |_| rows.with(|rows| rows.get(at).cloned()).unwrap_or_default());
    let name = Signal::derive(move || row.get().0);
    let remove = move || {
        on_change.run(row_gone(rows.get_untracked(), at));
        page::focus(format!("{testid}-add"));
    };
    let left = move |event: web_sys::FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let own = event.current_target().and_then(|own| own.dyn_into::<web_sys::Node>().ok());
        let inside = own.is_some_and(|own| to.is_some_and(|to| own.contains(Some(&to))));
        if !inside && row.with_untracked(|(name, value)| name.is_empty() && value.is_empty()) {
            on_change.run(row_gone(rows.get_untracked(), at));
        }
    };
    view! {
        <div class="row-pair" data-testid=format!("{testid}-{at}") on:focusout=while_here(left)>
            <TextField bare=true label=forms::row_name(at) value=name testid=format!("{testid}-{at}-name") placeholder=say::NAME
                on_input=move |text: String| { known.heard.run(Heard::Typing); on_change.run(row_named(rows.get_untracked(), at, text)) }
                on_leave=move |()| known.heard.run(Heard::Left)/>
            <TokenField bare=true label=Signal::derive(move || name.with(|name| forms::row_value(at, name)))
                value=Signal::derive(move || row.get().1) testid=format!("{testid}-{at}-value") placeholder=say::VALUE
                on_input=move |text: String| on_change.run(row_valued(rows.get_untracked(), at, text))/>
            <IconButton icon=icondata::LuX label=Signal::derive(move || name.with(|name| say::remove(&forms::row_value(at, name))))
                testid=format!("{testid}-{at}-remove") on_click=remove/>
        </div>
    }
}
