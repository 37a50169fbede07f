//! Which form a step has, by what it does. Must not know the forms.

use leptos::prelude::*;
use tidemark_app_model::select::panel::forms::STEPS;
use tidemark_app_model::select::panel::{self as select, fresh_act};
use tidemark_app_model::text::{edits, forms, panel as say};
use tidemark_core::scenario::Act;

use super::body::choices;
use super::here::here;
use super::wrong::Wrong;
use super::{checks, flow, pause, request};
use crate::view::parts::{Choice, Select};

/// The form of a step.
#[component]
pub(super) fn Step(id: String, kind: &'static str) -> impl IntoView {
    let here = here();
    let says_more = here.store.memo({
        let id = id.clone();
        move |model| select::step(model, &id).is_some_and(select::says_more)
    });
    let id = StoredValue::new(id);
    let wrong = Signal::derive(move || here.wrong.get());
    let form = match kind {
        // Says what is wrong beside each field.
        "request" => view! { <request::Request id=id/> }.into_any(),
        other => view! {
            <Wrong troubles=wrong/>
            {match other {
                "check" => view! { <checks::Alone id=id/> }.into_any(),
                "save" => view! { <flow::SetValue id=id/> }.into_any(),
                "pause" => view! { <pause::OfStep id=id/> }.into_any(),
                "repeat" => view! { <flow::Repeat id=id/> }.into_any(),
                "only_if" => view! { <flow::OnlyIf id=id/> }.into_any(),
                "choose" => view! { <flow::Options id=id/> }.into_any(),
                "group" => view! { <flow::Group id=id/> }.into_any(),
                "parallel" => view! { <flow::Parallel id=id/> }.into_any(),
                "use" => view! { <flow::UseGroup id=id/> }.into_any(),
                "note" => view! { <flow::Note id=id/> }.into_any(),
                _ => view! { <Nothing id=id/> }.into_any(),
            }}
        }
        .into_any(),
    };
    view! {
        {form}
        <Show when=move || says_more.get()><p class="muted panel-note">{say::KEPT_FIELDS}</p></Show>
    }
}

/// A step that does nothing yet can become anything.
#[component]
fn Nothing(id: super::here::Id) -> impl IntoView {
    let here = here();
    let mut kinds = choices(STEPS);
    kinds.insert(0, Choice::new("", forms::CHOOSE_KIND));
    view! {
        <p class="panel-note">{say::NOTHING_YET}</p>
        <Select label=say::KIND_OF_STEP choices=kinds value="" testid="step-kind"
            on_choose=move |word: String| match fresh_act(&word) {
                Act::Nothing => {}
                act => here.act(id, edits::FIELD_KIND, act),
            }/>
    }
}
