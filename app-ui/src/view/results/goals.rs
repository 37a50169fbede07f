//! What became of each goal, what happened, and what people felt.

use leptos::prelude::*;
use tidemark_app_model::select::results as select;
use tidemark_app_model::select::run::moments;
use tidemark_app_model::text::results as say;

use super::once;
use crate::store::store;
use crate::view::parts::Picture;
use crate::view::run::moment;

/// The goals.
#[component]
pub fn Goals() -> impl IntoView {
    let goals = once(store(), select::goals);
    let row = |goal: select::Goal| {
        let (icon, word, tone) = match goal.met {
            Some(true) => (icondata::LuCircleCheck, say::GOAL_MET, "ok"),
            Some(false) => (icondata::LuOctagonX, say::GOAL_MISSED, "bad"),
            None => (icondata::LuDiamond, say::GOAL_OPEN, "open"),
        };
        view! {
            <li class="report-goal" data-tone=tone>
                <Picture icon=icon/><span class="unseen">{word}": "</span>
                <span class="report-goal-text">{goal.text}</span><b class="report-got">{goal.got}</b>
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="report-goals">
            <h2 id="report-goals">{say::GOALS}</h2>
            <Show when=move || !goals.with(Vec::is_empty) fallback=|| view! { <p class="muted">{say::NO_GOALS}</p> }>
                <ul class="report-goals">{move || goals.get().into_iter().map(row).collect_view()}</ul>
            </Show>
        </section>
    }
}

/// What happened, numbered as in the charts.
#[component]
pub fn Happened() -> impl IntoView {
    let moments = once(store(), |opened| moments(&opened.events));
    view! {
        <Show when=move || !moments.with(Vec::is_empty)>
            <section class="card" aria-labelledby="report-happened">
                <h2 id="report-happened">{say::HAPPENED}</h2>
                <ol class="moments">{move || moments.get().into_iter().map(moment).collect_view()}</ol>
            </section>
        </Show>
    }
}

/// Of every 100 requests.
#[component]
pub fn Felt() -> impl IntoView {
    let felt = once(store(), select::felt);
    view! {
        <Show when=move || !felt.with(Vec::is_empty)>
            <section class="card" aria-labelledby="report-felt">
                <h2 id="report-felt">{say::FELT}<span class="muted run-aside">{say::OF_100}</span></h2>
                <div class="felt-bar" aria-hidden="true">
                    {move || felt.get().into_iter().filter(|part| part.share > 0.0).map(|part| {
                        view! { <span data-part=part.part style=format!("flex-grow: {:.4}", part.share)></span> }
                    }).collect_view()}
                </div>
                <ul class="felt-keys">
                    {move || felt.get().into_iter().map(|part| view! {
                        <li><i data-part=part.part aria-hidden="true"></i><b>{part.of_100}</b>" "{part.text}" "<span class="muted">"("{part.count}")"</span></li>
                    }).collect_view()}
                </ul>
            </section>
        </Show>
    }
}
