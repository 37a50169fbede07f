//! Everything about one step of the trial: what failed and why, what can be done, and the answer. Must not decide what helps.

use leptos::prelude::*;
use tidemark_app_model::select::trial::{self as select, Held, Way};
use tidemark_app_model::text::trial as say;

use super::list::picture;
use crate::store::store;
use crate::view::answer::{Answer, MoreTab};
use crate::view::parts::{Button, Picture};

/// The pane.
#[component]
pub fn Detail() -> impl IntoView {
    let store = store();
    let detail = store.memo(select::detail);
    let exchange = store.memo(select::exchange);
    let step = Signal::derive(move || {
        detail.with(|detail| detail.as_ref().map(|detail| detail.step.clone()).unwrap_or_default())
    });
    let more = MoreTab { word: "values", label: say::VALUES, view: ViewFn::from(|| view! { <Values/> }) };
    let there = move || detail.with(Option::is_some);
    view! {
        <section class="trial-detail" data-testid="trial-detail" aria-label=say::DETAIL tabindex="-1">
            <Show when=there fallback=|| view! { <p class="muted trial-none">{say::PICK_A_STEP}</p> }>
                {move || detail.get().map(|detail| view! { <Head detail=detail/> })}
            </Show>
            <Answer exchange=exchange step=step more=more/>
        </section>
    }
}

/// What happened, why probably, and what can be done.
#[component]
fn Head(detail: select::Detail) -> impl IntoView {
    let store = store();
    let way = move |(at, way): (usize, Way)| {
        view! { <Button label=way.label testid=format!("trial-way-{at}") on_click=move || store.send(way.msg.clone())/> }
    };
    let failed = detail.mark == select::Mark::Failed;
    view! {
        <div class="trial-head" data-failed=failed.then_some("true")>
            <h3 class="trial-title" data-testid="trial-title">
                <span class="trial-mark" data-mark=detail.mark.word()><Picture icon=picture(detail.mark)/><span class="unseen">{detail.mark.says()}" "</span></span>
                <span>{detail.title}</span>
                {detail.stale.then(|| view! { <span class="trial-stale">{say::BEFORE_CHANGE}</span> })}
                <span class="grow"></span>
                <span class="muted trial-facts">{detail.line}</span>
            </h3>
            {(!detail.server.is_empty()).then(|| view! { <p class="trial-why">{say::SERVER_SAYS}": "<q>{detail.server}</q></p> })}
            {(!detail.likely.is_empty()).then(|| view! { <p class="trial-why">{say::LIKELY}": "{detail.likely}</p> })}
            {(!detail.ways.is_empty()).then(|| view! {
                <div class="trial-ways" role="group" aria-label=say::WAYS>{detail.ways.into_iter().enumerate().map(way).collect_view()}</div>
            })}
        </div>
    }
}

/// The saved values before and after the step.
#[component]
fn Values() -> impl IntoView {
    let store = store();
    let values =
        store.memo(|model| select::looked(model).map(|at| select::values_after(model, at)).unwrap_or_default());
    let row = |held: Held| {
        let changed = held.changed.then_some("true");
        let before = held.before.unwrap_or_else(|| say::NOT_SET.to_owned());
        view! {
            <tr data-changed=changed>
                <th scope="row">{held.name}{held.changed.then(|| view! { <span class="badge" data-tone="info">{say::CHANGED}</span> })}</th>
                <td class="mono">{before}</td>
                <td class="mono">{held.now}</td>
            </tr>
        }
    };
    view! {
        <Show when=move || !values.with(Vec::is_empty) fallback=|| view! { <p class="muted answer-note">{say::NO_VALUES}</p> }>
            <table class="trial-values" data-testid="trial-values">
                <thead><tr><th scope="col">{say::VALUES}</th><th scope="col">{say::BEFORE}</th><th scope="col">{say::AFTER}</th></tr></thead>
                <tbody>{move || values.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </Show>
    }
}
