//! Tabs: one of several views of the same thing.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::field::Choice;

/// A row of tabs. Arrow keys go from one to the next, Tab leaves the row.
#[component]
pub fn TabList(
    /// What can be seen here.
    #[prop(into)]
    label: Signal<String>,
    /// All of them.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The chosen one's value.
    #[prop(into)]
    value: Signal<String>,
    /// Hears what is chosen.
    #[prop(into)]
    on_choose: Callback<String>,
    /// The id of the element that shows the chosen one.
    #[prop(into)]
    panel: String,
    /// The start of their names for tests: `x-value`.
    #[prop(optional, into)]
    testid: String,
) -> impl IntoView {
    let node: NodeRef<html::Div> = NodeRef::new();
    let go = move |to: &dyn Fn(usize, usize) -> usize| {
        let all = choices.get_untracked();
        let here = all.iter().position(|choice| value.with_untracked(|value| choice.value == *value)).unwrap_or(0);
        let next = to(here, all.len());
        if let Some(choice) = all.get(next) {
            on_choose.run(choice.value.clone());
            let tab = node.get_untracked().and_then(|node| node.children().item(next as u32));
            if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
                // Fails only for what is not in the page any more.
                let _ = tab.focus();
            }
        }
    };
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowRight" => go(&|here, count| (here + 1) % count.max(1)),
            "ArrowLeft" => go(&|here, count| (here + count - 1) % count.max(1)),
            "Home" => go(&|_, _| 0),
            "End" => go(&|_, count| count.saturating_sub(1)),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let tab = move |choice: Choice| {
        let (own, sent) = (choice.value.clone(), choice.value.clone());
        let chosen = Memo::new(move |_| value.with(|value| *value == own));
        view! {
            <button type="button" class="tab-choice" role="tab" aria-controls=panel.clone()
                data-testid=format!("{testid}-{}", choice.value) aria-selected=move || chosen.get().to_string()
                tabindex=move || if chosen.get() { "0" } else { "-1" }
                on:click=move |_| on_choose.run(sent.clone())>{choice.label}</button>
        }
    };
    view! {
        <div class="tab-list" role="tablist" node_ref=node aria-label=label on:keydown=on_key>
            {move || choices.get().into_iter().map(&tab).collect_view()}
        </div>
    }
}
