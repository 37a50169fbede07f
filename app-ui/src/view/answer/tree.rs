//! Rows that can be walked through with arrow keys, opened, closed and picked from. Must not know what a row stands for.

use std::sync::Arc;

use leptos::attr::custom::custom_attribute;
use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::select::answer::{Mode, Reading, Row, RowKind, Shape, Spot, rows_of};
use tidemark_app_model::text::panel as say;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::page;
use crate::view::parts::{Button, Kind};

/// The rows of one way to look at an answer.
#[component]
pub fn Tree(
    /// The answer.
    reading: Arc<Reading>,
    /// The way to look at it.
    mode: Mode,
    /// Which rows are seen.
    shape: RwSignal<Shape>,
    /// Hears what is picked, and at which row.
    #[prop(into)]
    on_pick: Callback<(Spot, HtmlElement)>,
) -> impl IntoView {
    let node: NodeRef<html::Ul> = NodeRef::new();
    let seen = Memo::new(move |_| shape.with(|shape| rows_of(&reading, mode, shape)));
    let finds = move || shape.with(|shape| !shape.find.is_empty());
    let here = RwSignal::new(String::new());
    // One row takes the focus when the tree is entered: the last one that had it, else the first.
    let entry = Memo::new(move |_| {
        seen.with(|(rows, _)| {
            let there = here.with(|here| rows.iter().any(|row| row.path == *here));
            if there { here.get() } else { rows.first().map(|row| row.path.clone()).unwrap_or_default() }
        })
    });
    let element = move |at: usize| {
        let item = node.get_untracked()?.children().item(at as u32)?;
        item.dyn_into::<HtmlElement>().ok()
    };
    let go = move |at: usize| {
        here.set(seen.with_untracked(|(rows, _)| rows.get(at).map(|row| row.path.clone()).unwrap_or_default()));
        if let Some(item) = element(at) {
            // Fails only for what is not in the page any more.
            let _ = item.focus();
        }
    };
    // A row that opens or closes is drawn anew, and would lose the focus with the old one.
    let turn = move |path: &str| {
        let at = seen.with_untracked(|(rows, _)| rows.iter().position(|row| row.path == path));
        shape.update(|shape| shape.turn(path));
        page::after(0, move || {
            // The answer may be gone by then.
            if seen.try_with_untracked(|_| ()).is_some() {
                at.into_iter().for_each(go);
            }
        });
    };
    let act = move |row: &Row, at: HtmlElement| match (&row.spot, row.kind) {
        (Some(spot), _) => on_pick.run((spot.clone(), at)),
        (None, _) => turn(&row.path),
    };
    let on_key = move |event: KeyboardEvent| {
        let (rows, _) = seen.get_untracked();
        let at = rows.iter().position(|row| entry.with_untracked(|entry| row.path == *entry)).unwrap_or(0);
        let Some(row) = rows.get(at) else { return };
        let last = rows.len() - 1;
        match (event.key().as_str(), row.kind) {
            ("ArrowDown", _) => go((at + 1).min(last)),
            ("ArrowUp", _) => go(at.saturating_sub(1)),
            ("Home", _) => go(0),
            ("End", _) => go(last),
            ("ArrowRight", RowKind::Open(false)) | ("ArrowLeft", RowKind::Open(true)) => turn(&row.path),
            ("ArrowRight", RowKind::Open(true)) => go((at + 1).min(last)),
            ("ArrowLeft", _) => go(rows[..at].iter().rposition(|above| above.depth < row.depth).unwrap_or(at)),
            ("Enter" | " ", _) => {
                if let Some(item) = element(at) {
                    act(row, item);
                }
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let line = move |row: Row| {
        let (own, clicked) = (row.path.clone(), row.clone());
        let open = match row.kind {
            RowKind::Open(open) => Some(open.to_string()),
            RowKind::Scalar => None,
        };
        let scalar = row.spot.is_some();
        view! {
            <li role="treeitem" class="tree-row" data-testid=if scalar { "answer-value" } else { "answer-branch" }
                data-path=row.path {..custom_attribute("aria-level", (row.depth + 1).to_string())} aria-expanded=open style=format!("--depth: {}", row.depth)
                aria-haspopup=scalar.then_some("dialog") aria-selected="false"
                tabindex=move || if entry.with(|entry| *entry == own) { "0" } else { "-1" }
                on:focus={ let path = clicked.path.clone(); move |_| here.set(path.clone()) }
                on:click=move |event| {
                    if let Some(item) = event.current_target().and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
                        here.set(clicked.path.clone());
                        act(&clicked, item);
                    }
                }>
                <span class="tree-key">{row.key}</span>
                <span class="tree-text" data-sort=row.sort>{row.text}</span>
                {scalar.then(|| view! { <span class="tree-hint" aria-hidden="true">{say::SAVE_HINT}</span> })}
            </li>
        }
    };
    let left = move || seen.with(|(_, left)| *left);
    let none = move || seen.with(|(rows, _)| rows.is_empty());
    let count = move || seen.with(|(rows, left)| rows.iter().filter(|row| row.spot.is_some()).count() + left);
    view! {
        <Show when=finds>
            <p class="muted answer-note" role="status">
                {move || if none() { say::NOTHING_LIKE_IT.to_owned() } else { say::found(count()) }}
            </p>
        </Show>
        <ul class="tree" role="tree" node_ref=node aria-label=say::TREE on:keydown=on_key>
            <For each=move || seen.get().0 key=|row| (row.path.clone(), row.kind == RowKind::Open(true), row.text.clone()) children=line/>
        </ul>
        <Show when=move || { left() > 0 }>
            <Button kind=Kind::Quiet label=Signal::derive(move || say::show_more(left().min(Shape::PAGE))) testid="answer-more"
                on_click=move || shape.update(|shape| shape.most += Shape::PAGE)/>
        </Show>
    }
}
