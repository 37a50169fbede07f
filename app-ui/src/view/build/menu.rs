//! The menu of a row or a card, one for all of them. Must not know what its lines mean.

use leptos::html::Div;
use leptos::prelude::*;
use tidemark_app_model::doc::Item;
use tidemark_app_model::select::outline::acts::{Act, Doing, acts};
use tidemark_app_model::select::outline::table;
use tidemark_app_model::text::build as say;
use wasm_bindgen::JsCast;

use super::desk::{Desk, MenuAt, desk};
use crate::page;
use crate::view::parts::{MenuItem, walk_items, while_here};

/// The menu while it is open.
#[component]
pub(super) fn RowMenu() -> impl IntoView {
    let desk = desk();
    move || desk.menu.get().map(|at| view! { <Open at=at/> })
}

/// The thing of a row or a card.
fn item_of(desk: Desk, row: &str) -> Option<Item> {
    row.strip_prefix("usertype-").map(|id| Item::User(id.to_owned())).or_else(|| desk.item(row))
}

#[component]
fn Open(at: MenuAt) -> impl IntoView {
    let desk = desk();
    let node: NodeRef<Div> = NodeRef::new();
    let Some(item) = item_of(desk, &at.row) else { return ().into_any() };
    let lines = desk.store.peek(|model| acts(model, &item));
    let place = RwSignal::new(at.at);
    let from = at.at;
    Effect::new(move |_| {
        if let Some(list) = node.get() {
            let own = list.get_bounding_client_rect();
            let (width, height) = (page::window_width(), page::window_height());
            const GAP: f64 = 4.0;
            let left = if from.0 + own.width() + GAP <= width { from.0 } else { from.0 - own.width() };
            place.set((left.max(GAP), from.1.min(height - own.height() - GAP).max(GAP)));
            walk_items(&list, "Home");
        }
    });
    let row = StoredValue::new(at.row);
    let close = move |give_back: bool| {
        desk.menu.set(None);
        if give_back {
            page::focus(row.get_value());
        }
    };
    let line = move |act: Act| {
        let does = act.does.clone();
        let keys = act.keys.replace("Ctrl", page::command_key());
        view! {
            {act.apart.then(|| view! { <hr class="menu-line"/> })}
            <MenuItem label=act.label keys=keys icon=icon(act.word) not_now=Signal::stored(act.not_now.clone()) testid=format!("act-{}", act.word)
                on_click=move || { desk.menu.set(None); act_on(desk, &row.get_value(), &does) }/>
        }
    };
    view! {
        <div class="menu-list" node_ref=node role="menu" tabindex="-1" aria-label=say::ACTIONS data-testid="row-menu"
            style:left=move || format!("{}px", place.get().0) style:top=move || format!("{}px", place.get().1)
            on:focusout=while_here(move |event: web_sys::FocusEvent| {
                let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
                let list = node.get_untracked();
                if list.is_some_and(|list| !to.is_some_and(|to| list.contains(Some(&to)))) { close(false) }
            })
            on:keydown=move |event| match event.key().as_str() {
                "Escape" | "Tab" => { event.stop_propagation(); event.prevent_default(); close(true) }
                key @ ("ArrowDown" | "ArrowUp" | "Home" | "End") => {
                    event.stop_propagation();
                    event.prevent_default();
                    if let Some(list) = node.get_untracked() { walk_items(&list, key) }
                }
                _ => {}
            }>
            {lines.into_iter().map(line).collect_view()}
        </div>
    }
    .into_any()
}

/// Does what a line says.
fn act_on(desk: Desk, row: &str, does: &Doing) {
    match does {
        Doing::Enter => super::enter_side(desk.store),
        Doing::Rename => desk.renaming.set(row.to_owned()),
        Doing::Add => {
            let place = desk.sheet.with_untracked(|sheet| sheet.0.after(row));
            if let Some((lane, at)) = place {
                desk.add(lane, at);
            }
        }
        Doing::Send(msg) => {
            page::focus(row.to_owned());
            let before = desk.store.peek(table::main);
            desk.store.send((**msg).clone());
            // The keyboard goes along to what took the row's place.
            let main = desk.store.peek(table::main);
            if main != before {
                page::focus(main);
            }
        }
    }
}

fn icon(word: &str) -> icondata::Icon {
    match word {
        "edit" => icondata::LuPanelRight,
        "rename" => icondata::LuPencil,
        "try" => icondata::LuPlay,
        "add" => icondata::LuListPlus,
        "up" => icondata::LuArrowUp,
        "down" => icondata::LuArrowDown,
        "out" => icondata::LuIndentDecrease,
        "into" => icondata::LuIndentIncrease,
        "move-to" => icondata::LuFolderInput,
        "duplicate" => icondata::LuCopyPlus,
        "copy" => icondata::LuCopy,
        "cut" => icondata::LuScissors,
        "group" => icondata::LuGroup,
        "wrap-repeat" => icondata::LuRepeat,
        "wrap-only-if" => icondata::LuSplit,
        "unwrap" => icondata::LuUngroup,
        "extract" => icondata::LuBoxes,
        "exactly" => icondata::LuHash,
        "by-share" => icondata::LuPercent,
        "equal" => icondata::LuEqual,
        "off" => icondata::LuPower,
        _ => icondata::LuTrash2,
    }
}
