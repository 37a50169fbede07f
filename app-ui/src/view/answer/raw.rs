//! A body as it is; selected text can be picked. Must not know how it is found again.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::model::Exchange;
use tidemark_app_model::select::answer::{Shape, Spot, next_match, raw, selected_on_screen};
use tidemark_app_model::text::panel as say;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::view::parts::{Button, Kind};

/// The body as text. A field that can't be typed into: text in it can be selected with the keyboard, too.
#[component]
pub fn Raw(
    /// What came back.
    exchange: Arc<Exchange>,
    /// What is looked for.
    shape: RwSignal<Shape>,
    /// The step's id; empty where nothing can be picked.
    #[prop(into)]
    step: Signal<String>,
    /// Hears what is picked, and where.
    #[prop(into)]
    on_pick: Callback<(Spot, HtmlElement)>,
) -> impl IntoView {
    let node: NodeRef<html::Textarea> = NodeRef::new();
    let (text, note) = raw(&exchange);
    let text = StoredValue::new(text);
    let chosen = RwSignal::new((0, 0));
    let look = move || {
        if let Some(area) = node.get_untracked() {
            let end = |end: Result<Option<u32>, _>| end.ok().flatten().unwrap_or(0) as usize;
            chosen.set((end(area.selection_start()), end(area.selection_end())));
        }
    };
    let none = Signal::derive(move || if chosen.get().0 < chosen.get().1 { "" } else { say::RAW_HINT }.to_owned());
    let finds = move || shape.with(|shape| !shape.find.is_empty());
    let next = move || {
        let find = shape.with_untracked(|shape| shape.find.clone());
        let found = text.with_value(|text| next_match(text, &find, chosen.get_untracked().1));
        if let (Some((from, to)), Some(area)) = (found, node.get_untracked()) {
            // Fails only for what is not in the page any more.
            let _ = area.focus();
            let _ = area.set_selection_range(from as u32, to as u32);
            let whole = text.with_value(String::len).max(1) as f64;
            let high = f64::from(area.scroll_height()) * from as f64 / whole - f64::from(area.client_height()) / 2.0;
            area.set_scroll_top(high.max(0.0) as i32);
            look();
        }
    };
    let pick = move || {
        let (from, to) = chosen.get_untracked();
        let spot = selected_on_screen(&exchange.answer_body, from, to);
        if let (Some(spot), Some(area)) = (spot, node.get_untracked()) {
            on_pick.run((spot, area.unchecked_into()));
        }
    };
    view! {
        <div class="answer-bar">
            <Show when=move || !step.with(String::is_empty)>
                <Button kind=Kind::Quiet icon=icondata::LuTextSelect label=say::PICK_SELECTED not_now=none testid="answer-pick-selected"
                    on_click=pick.clone()/>
            </Show>
            <Show when=finds>
                <Button kind=Kind::Quiet icon=icondata::LuArrowDown label=say::NEXT_FOUND testid="answer-find-next" on_click=next/>
            </Show>
            {(!note.is_empty()).then(|| view! { <span class="muted">{note}</span> })}
        </div>
        <textarea class="answer-raw" node_ref=node readonly aria-label=say::RAW data-testid="answer-raw" spellcheck="false"
            prop:value=text.get_value() on:select=move |_| look() on:keyup=move |_| look() on:mouseup=move |_| look()></textarea>
    }
}
