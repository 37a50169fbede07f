//! What came back when the step was tried last. Must not send anything.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::{panel as select, trial};
use tidemark_app_model::text::{forms, panel as say};

use super::here::{Id, here};
use crate::view::answer::Answer;
use crate::view::parts::Button;

/// The last answer, or how to get one.
#[component]
pub(super) fn Last(id: Id) -> impl IntoView {
    let here = here();
    let found = here.store.memo(move |model| id.with_value(|id| trial::exchange_of(model, id)));
    let line = here.store.memo(move |model| id.with_value(|id| select::last_try(model, id)));
    let stale = Memo::new(move |_| found.with(|found| found.as_ref().is_some_and(|(_, stale)| *stale)));
    let there = Memo::new(move |_| found.with(Option::is_some));
    let exchange = Signal::derive(move || found.get().map(|(exchange, _)| exchange));
    let choices = here.store.memo(trial::choices);
    view! {
        <section class="panel-part panel-answer" aria-labelledby="panel-answer" data-testid="panel-answer">
            <div class="panel-part-head">
                <h3 id="panel-answer">{say::ANSWER}</h3>
                {move || line.get().map(|(worked, line)| view! {
                    <span class="panel-tried" data-tone=if worked { "ok" } else { "bad" }>{line}</span>
                })}
                <Show when=move || stale.get()><span class="badge" data-tone="warn">{say::BEFORE_CHANGE}</span></Show>
            </div>
            <Show when=move || there.get() fallback=move || view! {
                <p class="muted panel-note">{say::NO_ANSWER}</p>
                <div><Button label=forms::TRY_NOW icon=icondata::LuUser testid="panel-try"
                    not_now=Signal::derive(move || choices.get().not_now.to_owned()) on_click=move || here.store.send(Msg::TryNow)/></div>
            }>
                <Answer exchange=exchange step=Signal::derive(move || id.get_value())/>
            </Show>
        </section>
    }
}
