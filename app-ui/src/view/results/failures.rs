//! What failed, in groups with their samples.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::results as select;
use tidemark_app_model::text::results as say;

use super::once;
use super::sample::Sample;
use crate::store::Store;
use crate::view::parts::{Button, Kind};

/// All groups.
#[component]
pub fn Failures(
    /// The store.
    store: Store,
) -> impl IntoView {
    let groups = once(store, select::groups);
    let list = move || groups.with(|groups| groups.1.clone()).into_iter().enumerate();
    view! {
        <section class="card" aria-labelledby="report-failures">
            <h2 id="report-failures">{say::FAILURES}
                <Show when=move || groups.with(|groups| !groups.1.is_empty())><span class="muted run-aside">{move || groups.with(|groups| groups.0.clone())}</span></Show>
            </h2>
            <Show when=move || groups.with(|groups| !groups.1.is_empty()) fallback=|| view! { <p class="muted">{say::NO_FAILURES}</p> }>
                <ul class="failure-groups">{move || list().map(|(at, group)| view! { <Group at=at group=group store=store/> }).collect_view()}</ul>
            </Show>
        </section>
    }
}

/// One group; its samples can be opened.
#[component]
fn Group(at: usize, group: select::Group, store: Store) -> impl IntoView {
    let step = group.step.clone();
    let route = store.memo(move |model| select::step_route(model, &step));
    let gone =
        Signal::derive(move || if route.with(Option::is_some) { String::new() } else { say::NO_STEP.to_owned() });
    let none = group.samples.is_empty();
    view! {
        <li class="failure-group" data-testid=format!("failure-group-{at}") tabindex="-1">
            <div class="failure-head">
                <b class="run-count">{group.count}</b>
                <div class="failure-words">
                    <p><b>{group.label}</b>" — "{group.text}</p>
                    <p class="muted">{group.when}{(!group.reason.is_empty()).then(|| format!(" · {}", group.reason))}</p>
                </div>
                <Button kind=Kind::Quiet icon=icondata::LuArrowRight label=say::OPEN_STEP not_now=gone
                    on_click=move || if let Some(route) = route.get_untracked() { store.send(Msg::Go(route)) }/>
            </div>
            {none.then(|| view! { <p class="muted">{say::NO_SAMPLES}</p> })}
            {group.samples.into_iter().enumerate().map(|(n, sample)| view! { <Sample n=n sample=sample/> }).collect_view()}
        </li>
    }
}
