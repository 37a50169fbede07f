//! What happened, step by step. Must not know what a step means.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::trial::{self as select, Mark, Row};
use tidemark_app_model::text::trial as say;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::store::store;
use crate::view::parts::{Picture, fresh_id};

/// The picture of a mark.
pub fn picture(mark: Mark) -> icondata::Icon {
    match mark {
        Mark::Worked => icondata::LuCheck,
        Mark::Failed => icondata::LuX,
        Mark::Skipped => icondata::LuClock,
        Mark::Branch => icondata::LuSplit,
        Mark::Task => icondata::LuChevronRight,
        Mark::Now => icondata::LuLoaderCircle,
        Mark::Held => icondata::LuPause,
        Mark::NotReached => icondata::LuCircle,
    }
}

/// The list; the arrow keys choose the step to look at, Enter goes to it.
#[component]
pub fn List() -> impl IntoView {
    let store = store();
    let rows = store.memo(select::rows);
    let looked = store.memo(select::looked);
    let node: NodeRef<html::Div> = NodeRef::new();
    let id = fresh_id();
    let (name, active) = (id.clone(), id.clone());
    let shown = move |at: usize| {
        let Some(list) = node.get_untracked() else { return };
        if let Some(row) = list.children().item(at as u32).and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
            show(&list, &row);
        }
    };
    let go = move |to: usize| {
        store.send(Msg::LookAt(to));
        shown(to);
    };
    let on_key = move |event: KeyboardEvent| {
        let last = rows.with_untracked(|rows| rows.iter().filter(|row| row.number.is_some()).count()).saturating_sub(1);
        let here = looked.get_untracked().unwrap_or(0);
        match event.key().as_str() {
            "ArrowDown" => go((here + 1).min(last)),
            "ArrowUp" => go(here.saturating_sub(1)),
            "Home" => go(0),
            "End" => go(last),
            "Enter" => crate::page::focus("trial-detail".to_owned()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    // What goes on is kept in sight.
    Effect::new(move |_| {
        let count = rows.with(Vec::len);
        let live = store.peek(|model| select::head(model).is_some_and(|head| head.running));
        if live {
            crate::page::after(0, move || shown(count.saturating_sub(1)));
        }
    });
    view! {
        <div class="trial-list" node_ref=node role="listbox" tabindex="0" aria-label=say::STEPS data-testid="trial-list"
            aria-activedescendant=move || looked.get().map(|at| format!("{active}-{at}")) on:keydown=on_key>
            {move || rows.get().into_iter().enumerate().map(|(at, row)| line(name.clone(), at, row, looked, go)).collect_view()}
        </div>
    }
}

/// Scrolls a list as little as needed to show a row of it.
fn show(list: &web_sys::HtmlDivElement, row: &HtmlElement) {
    let (view, own) = (list.get_bounding_client_rect(), row.get_bounding_client_rect());
    let (above, below) = (view.top() - own.top(), own.bottom() - view.bottom());
    let by = if above > 0.0 { -above } else { below.max(0.0) };
    list.set_scroll_top(list.scroll_top() + by.round() as i32);
}

/// One row.
fn line(
    list: String,
    at: usize,
    row: Row,
    looked: Memo<Option<usize>>,
    go: impl Fn(usize) + Copy + 'static,
) -> impl IntoView {
    let number = row.number;
    let chosen = move || number.is_some() && looked.get() == number;
    let bar = row.bar.map(|(from, length)| format!("--from: {from:.4}; --length: {length:.4}"));
    let saved = |(name, value): (String, String)| {
        let whole = format!("{name} = {value}");
        let shown = whole.clone();
        view! {
            <span class="trial-saved" title=shown>
                <Picture icon=icondata::LuCornerDownRight/><span class="unseen">{say::SAVED_VALUE}" "</span><span class="trial-saved-words">{whole}</span>
            </span>
        }
    };
    let (name, said) = (row.name.clone(), row.said.clone());
    let under = bar.is_some() || !row.saved.is_empty();
    view! {
        <div class="trial-step" role="option" id=format!("{list}-{at}") data-testid=format!("trial-step-{at}") data-mark=row.mark.word()
            aria-selected=move || chosen().to_string() aria-disabled=number.is_none().then_some("true")
            on:click=move |_| if let Some(number) = number { go(number) }>
            <span class="trial-at">{row.at}</span>
            <span class="trial-mark" data-mark=row.mark.word()><Picture icon=picture(row.mark)/><span class="unseen">{row.mark.says()}</span></span>
            <span class="trial-name" title=name>{row.name}</span>
            <span class="trial-method">{row.method}</span>
            <span class="trial-said" title=said>{row.said}</span>
            <span class="trial-took">{row.took}</span>
            {row.stale.then(|| view! { <span class="trial-stale">{say::BEFORE_CHANGE}</span> })}
            {under.then(|| view! {
                <span class="trial-under">
                    {bar.map(|style| view! { <span class="trial-line" aria-hidden="true"><span style=style></span></span> })}
                    {row.saved.into_iter().map(saved).collect_view()}
                </span>
            })}
        </div>
    }
}
