//! The latest runs as small pictures on one scale.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::compare::{self as select, Multiple};
use tidemark_app_model::select::results::mark_of;
use tidemark_app_model::text::{compare as say, results as words};

use crate::store::store;
use crate::view::parts::{Button, Picture};
use crate::view::results::icon_of;

/// Width and height of a picture.
const SIZE: (f64, f64) = (200.0, 56.0);

/// The trend; its runs are read when somebody asks.
#[component]
pub fn Trend() -> impl IntoView {
    let store = store();
    let asked = store.memo(|model| select::trend_asked(&model.results.compared));
    let runs = store.memo(|model| select::multiples(model, SIZE));
    let scale = move || runs.with(|runs| runs.iter().flatten().next().map(|run| run.scale.clone()));
    view! {
        <section class="card" aria-labelledby="compare-trend">
            <h2 id="compare-trend">{say::TREND}</h2>
            <p class="muted report-note-over">{say::TREND_HINT}</p>
            <Show when=move || asked.get() fallback=move || view! {
                <Button icon=icondata::LuChartLine label=say::SHOW_TREND testid="show-trend" on_click=move || store.send(Msg::ShowTrend)/>
            }>
                <p class="muted report-note-over">{move || scale()}</p>
                <ol class="multiples" data-testid="trend">{move || runs.get().into_iter().map(one).collect_view()}</ol>
            </Show>
        </section>
    }
}

fn one(run: Option<Multiple>) -> impl IntoView {
    let Some(run) = run else {
        return view! { <li class="multiple" aria-busy="true"><p class="muted">{say::READING_RUN}</p></li> }.into_any();
    };
    let store = store();
    let id = run.id.clone();
    let lines = run.lines.into_iter().map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> });
    let state = words::state(run.state);
    view! {
        <li class="multiple" data-side=run.side>
            <button type="button" class="multiple-open" on:click=move |_| store.send(Msg::OpenResult(id.clone()))>
                <span class="multiple-when">{run.when}</span>
                {run.side.map(|side| view! { <span class="badge" data-tone="info">{side}</span> })}
            </button>
            <span class="history-state" data-tone=mark_of(run.state)><Picture icon=icon_of(run.state)/>{state}</span>
            <svg class="spark multiple-picture" aria-hidden="true" focusable="false" viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1) preserveAspectRatio="none">
                <path d=run.path vector-effect="non-scaling-stroke"/>
            </svg>
            <dl class="multiple-lines">{lines.collect_view()}</dl>
        </li>
    }
    .into_any()
}
