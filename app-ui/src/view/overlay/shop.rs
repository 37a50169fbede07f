//! The practice shop's three knobs, in a small panel that leaves the charts in sight.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::Panel;
use tidemark_app_model::select::shop as select;
use tidemark_app_model::text::{shell, shop as say};

use crate::store::store;
use crate::view::parts::{IconButton, Measure, NumberField, Switch};

/// The panel.
#[component]
pub fn Shop() -> impl IntoView {
    let store = store();
    let known = store.memo(|model| select::rows(model).is_some());
    view! {
        <section class="shop-panel" data-testid="shop-panel" data-region="shop" tabindex="-1" aria-labelledby="shop-title">
            <header class="shop-head">
                <h2 id="shop-title">{say::TITLE}</h2>
                <IconButton icon=icondata::LuX label=shell::CLOSE testid="shop-close" on_click=move || store.send(Msg::TogglePanel(Panel::Shop))/>
            </header>
            <p class="muted">{say::LEAD}</p>
            <Show when=move || known.get() fallback=|| view! { <p class="muted" aria-busy="true">{say::READING}</p> }>
                {(0..3).map(|at| view! { <Knob at=at/> }).collect_view()}
            </Show>
            <p class="field-hint">{say::BACK}</p>
        </section>
    }
}

/// One knob: on or off, and how far.
#[component]
fn Knob(
    /// Which, from 0.
    at: usize,
) -> impl IntoView {
    let store = store();
    let row = store.memo(move |model| select::rows(model).and_then(|rows| rows.get(at).cloned()));
    let Some(first) = row.get_untracked() else { return ().into_any() };
    let on = Signal::derive(move || row.with(|row| row.as_ref().is_some_and(|row| row.on)));
    let amount = Signal::derive(move || row.with(|row| row.as_ref().map_or(0.0, |row| row.amount)));
    let hint = move || row.with(|row| row.as_ref().map(|row| row.hint.clone()));
    let key = first.key;
    let turn = move |on: bool, amount: f64| store.send(Msg::TurnShop(select::knob(key, on, amount)));
    let (least, most, step) = first.range;
    view! {
        <div class="shop-knob">
            <Switch label=first.label on=on testid=format!("knob-{key}") on_change=move |on| turn(on, amount.get_untracked())/>
            <p class="field-hint">{hint}</p>
            <Show when=move || on.get()>
                <div class="shop-amount">
                    <NumberField label=first.amount_label value=amount measure=Measure { least, most, step } unit=first.unit
                        testid=format!("knob-{key}-amount") on_change=move |amount| turn(true, amount)/>
                </div>
            </Show>
        </div>
    }
    .into_any()
}
