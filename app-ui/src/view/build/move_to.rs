//! Where the chosen things can be moved to, as a list to click: the way of a drag without dragging. Must not move anything.

use leptos::html::Ul;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::outline::drag::drop_msg;
use tidemark_app_model::select::outline::{Destination, destinations};
use tidemark_app_model::text::build as say;
use wasm_bindgen::JsCast;

use crate::page;
use crate::store::store;
use crate::view::parts::{Dialog, TextField};

/// The dialog.
#[component]
pub fn MoveTo() -> impl IntoView {
    let store = store();
    let all = store.peek(|model| {
        let test = model.test.as_ref();
        test.map(|test| destinations(test.doc.scenario(), &test.doc.selection.items)).unwrap_or_default()
    });
    let none = all.is_empty();
    page::focus("move-filter".to_owned());
    let all = StoredValue::new(all);
    let typed = RwSignal::new(String::new());
    let list: NodeRef<Ul> = NodeRef::new();
    let fits = Memo::new(move |_| {
        let typed = typed.get().trim().to_lowercase();
        let fit = |(_, to): &(usize, &Destination)| to.label.to_lowercase().contains(&typed);
        all.with_value(|all| all.iter().enumerate().filter(fit).map(|(at, _)| at).collect::<Vec<_>>())
    });
    let go = move |at: usize| {
        let Some(to) = all.with_value(|all| all.get(at).cloned()) else { return };
        store.send(Msg::Escape);
        store.send(drop_msg(to.edit));
    };
    let line = move |at: usize| {
        let label = all.with_value(|all| all.get(at).map(|to| to.label.clone())).unwrap_or_default();
        view! {
            <li><button type="button" class="menu-item" data-testid=format!("move-to-{}", at + 1) on:click=move |_| go(at)>
                <span class="grow move-label">{label}</span>
            </button></li>
        }
    };
    view! {
        <Dialog title=say::MOVE_DIALOG testid="move-to" on_close=move || store.send(Msg::Escape)>
            <div class="move-to" on:keydown=move |event| {
                let step = match event.key().as_str() {
                    "ArrowDown" => 1,
                    "ArrowUp" => -1,
                    "Enter" if event.target().is_some_and(|target| target.dyn_ref::<web_sys::HtmlInputElement>().is_some()) => {
                        event.prevent_default();
                        if let Some(first) = fits.with_untracked(|fits| fits.first().copied()) { go(first) }
                        return;
                    }
                    _ => return,
                };
                event.prevent_default();
                if let Some(list) = list.get_untracked() { walk(&list, step) }
            }>
                <Show when=move || !none fallback=|| view! { <p class="muted">{say::NOWHERE_ELSE}</p> }>
                    <TextField label=say::MOVE_FILTER value=typed on_input=move |text| typed.set(text) kind="search" testid="move-filter"/>
                    <ul class="move-list" node_ref=list>{move || fits.get().into_iter().map(line).collect_view()}</ul>
                </Show>
            </div>
        </Dialog>
    }
}

/// Moves the focus along the places.
fn walk(list: &web_sys::HtmlUListElement, step: i64) {
    let Ok(found) = list.query_selector_all("button") else { return };
    let buttons: Vec<web_sys::HtmlElement> =
        (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect();
    let active = web_sys::window().and_then(|window| window.document()?.active_element());
    let here =
        buttons.iter().position(|button| active.as_ref().is_some_and(|active| button.is_same_node(Some(active))));
    let next = match here {
        None => 0,
        Some(at) => (at as i64 + step).clamp(0, buttons.len() as i64 - 1) as usize,
    };
    if let Some(button) = buttons.get(next) {
        let _ = button.focus();
    }
}
