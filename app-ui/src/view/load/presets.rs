//! Plans to start from. Must not know their shapes.

use leptos::prelude::*;
use tidemark_app_model::doc::edit::LoadEdit;
use tidemark_app_model::select::load::{PRESET_BOX, own, presets};
use tidemark_app_model::text::load as say;
use tidemark_core::scenario::Load as Plan;

use super::change;
use crate::store::store;

/// One card for each ready-made plan, and one for one's own.
#[component]
pub(super) fn Presets(plan: Memo<Plan>) -> impl IntoView {
    let store = store();
    let cards = Memo::new(move |_| plan.with(presets));
    let own_card = Memo::new(move |_| plan.with(own));
    let own = move || own_card.with(Option::is_some);
    let each = move || {
        let card = |card: tidemark_app_model::select::load::PresetCard| {
            let shape = card.shape;
            view! {
                <label class="preset" class:holds=card.holds>
                    <input type="radio" name="preset" prop:checked=card.holds data-testid=format!("preset-{}", shape.word())
                        on:change=move |_| change(store, LoadEdit::Preset(shape))/>
                    <span class="preset-name">{card.words.0}</span>
                    <span class="preset-question">{card.words.1}</span>
                    {picture(card.line, card.extent)}
                </label>
            }
        };
        cards.get().into_iter().map(card).collect_view()
    };
    view! {
        <fieldset class="presets">
            <legend class="unseen">{say::PRESETS_LABEL}</legend>
            {each}
            <label class="preset own" class:holds=own>
                <input type="radio" name="preset" prop:checked=own disabled=move || !own() data-testid="preset-own"/>
                <span class="preset-name">{say::OWN_SHAPE}</span>
                <span class="preset-question">{say::OWN_QUESTION}</span>
                {move || own_card.get().map(|(extent, line)| picture(line, extent))}
            </label>
        </fieldset>
    }
}

/// What a plan looks like, and comes to.
fn picture(line: String, extent: (String, String)) -> impl IntoView {
    let (width, height) = PRESET_BOX;
    view! {
        <svg aria-hidden="true" width=width height=height viewBox=format!("0 0 {width} {height}")>
            <path d=line/>
        </svg>
        <span class="preset-extent"><span>{extent.0}</span>" "<span>{extent.1}</span></span>
    }
}
