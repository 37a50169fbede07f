//! Beside the charts: how the goals stand, what is slowest, how this computer does.

use leptos::prelude::*;
use tidemark_app_model::select::run as select;
use tidemark_app_model::text::run as say;

use crate::store::store;
use crate::view::parts::Picture;

/// The column.
#[component]
pub fn Side() -> impl IntoView {
    view! {
        <aside class="run-side">
            <Goals/>
            <Slowest/>
            <Computer/>
            <Lost/>
            <crate::view::parts::ShopDoor/>
        </aside>
    }
}

#[component]
fn Goals() -> impl IntoView {
    let store = store();
    let goals = store.memo(|model| model.run.as_ref().map(|run| run.goals.clone()).unwrap_or_default());
    let row = |(kept, text): (Option<bool>, String)| {
        let (icon, word, state) = match kept {
            Some(true) => (icondata::LuCircleCheck, say::GOAL_KEPT, "true"),
            Some(false) => (icondata::LuOctagonX, say::GOAL_MISSED, "false"),
            None => (icondata::LuCircleDashed, say::GOAL_OPEN, "open"),
        };
        view! { <li class="run-goal" data-kept=state><Picture icon=icon/><span><span class="unseen">{word}": "</span>{text}</span></li> }
    };
    view! {
        <section aria-labelledby="run-goals">
            <h2 id="run-goals">{say::GOALS}</h2>
            <Show when=move || !goals.with(Vec::is_empty) fallback=|| view! { <p class="muted">{say::NO_GOALS}</p> }>
                <ul class="run-goals">{move || goals.get().into_iter().map(row).collect_view()}</ul>
            </Show>
        </section>
    }
}

#[component]
fn Slowest() -> impl IntoView {
    let store = store();
    let slowest = store.memo(|model| model.run.as_ref().map(|run| select::slowest(&run.rows, 5)).unwrap_or_default());
    let row = |slow: select::Slow| {
        view! {
            <li class="run-slow" title=slow.label.clone()>
                <span class="run-slow-name">{slow.label.clone()}</span>
                <span class="run-slow-time">{slow.time}</span>
                {(!slow.note.is_empty()).then(|| view! { <span class="run-slow-note">{slow.note}</span> })}
                <span class="run-slow-bar" aria-hidden="true" style=format!("--share: {:.3}", slow.share)></span>
            </li>
        }
    };
    view! {
        <section aria-labelledby="run-slowest">
            <h2 id="run-slowest">{say::SLOWEST_NOW}<span class="muted run-aside">{say::P95_LATELY}</span></h2>
            <Show when=move || !slowest.with(Vec::is_empty) fallback=|| view! { <p class="muted">{say::SLOWEST_NONE}</p> }>
                <ol>{move || slowest.get().into_iter().map(row).collect_view()}</ol>
            </Show>
        </section>
    }
}

#[component]
fn Computer() -> impl IntoView {
    let store = store();
    let computer = store.memo(|model| model.run.as_ref().map(select::computer).unwrap_or_default());
    view! {
        <section aria-labelledby="run-computer">
            <h2 id="run-computer">{say::THIS_COMPUTER}</h2>
            <p class="run-computer" data-strained=move || computer.get().1.to_string()>
                {move || {
                    let icon = if computer.get().1 { icondata::LuTriangleAlert } else { icondata::LuCircleCheck };
                    view! { <Picture icon=icon/> }
                }}
                <span>{move || computer.get().0}</span>
            </p>
        </section>
    }
}

/// What did not reach those who are told of every second; nothing where all did.
#[component]
fn Lost() -> impl IntoView {
    let lost = store().memo(|model| model.run.as_ref().map(|run| run.lost.clone()).unwrap_or_default());
    let line = |text: String| {
        view! { <p class="run-computer" data-strained="true"><Picture icon=icondata::LuTriangleAlert/><span>{text}</span></p> }
    };
    view! {
        <Show when=move || !lost.with(Vec::is_empty)>
            <section aria-labelledby="run-lost" data-testid="run-lost">
                <h2 id="run-lost">{say::SENT_ON}</h2>
                {move || lost.get().into_iter().map(line).collect_view()}
            </section>
        </Show>
    }
}
