//! Two results side by side: which, what changed, by how much, and how it went over each other. Must not judge.

mod chosen;
mod over;
mod numbers;
mod trend;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::compare::{self as select, Stage};
use tidemark_app_model::text::{compare as say, results as words};

use crate::store::store;
use crate::view::parts::{Button, Kind, Picture};

/// The comparison.
#[component]
pub fn Compare() -> impl IntoView {
    let store = store();
    let stage = store.memo(select::stage);
    let trouble = store.memo(select::trouble);
    let empty = |text: &'static str| view! { <div class="card empty"><p>{text}</p></div> };
    view! {
        <section class="compare">
            <chosen::Chosen/>
            {move || match stage.get() {
                Stage::Pick => empty(say::PICK).into_any(),
                Stage::Twice => empty(say::SAME_TWICE).into_any(),
                Stage::Reading => view! { <p class="report-skeleton" aria-busy="true">{say::READING}</p> }.into_any(),
                Stage::Trouble => view! {
                    <div class="card empty" role="alert">
                        <p>{trouble}</p>
                        <Button kind=Kind::Primary label=words::BACK_TO_ALL on_click=move || store.send(Msg::ShowTab(tidemark_app_model::route::Tab::Results))/>
                    </div>
                }.into_any(),
                Stage::Ready => view! {
                    <Outcome/>
                    <numbers::Numbers/>
                    <over::Over/>
                    <numbers::Steps/>
                    <trend::Trend/>
                    <p class="muted report-note">{say::HOW}</p>
                }.into_any(),
            }}
        </section>
    }
}

/// What changed, in sentences; and why the two may not be like for like.
#[component]
fn Outcome() -> impl IntoView {
    let store = store();
    let page = store.memo(select::page);
    move || {
        page.get().map(|page| {
            let (icon, tone) = match page.tone {
                "worse" => (icondata::LuTrendingDown, "bad"),
                "better" => (icondata::LuTrendingUp, "ok"),
                _ => (icondata::LuEqual, "open"),
            };
            let lines = page.differences.into_iter().map(|(text, details)| {
                view! { <li>{text}{(!details.is_empty()).then(|| view! { <ul>{details.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> })}</li> }
            });
            view! {
                <section class="verdict" data-testid="compare-summary" data-tone=tone data-change=page.tone aria-labelledby="compare-line">
                    <h2 id="compare-line" class="verdict-line"><Picture icon=icon/><span>{page.outcome}</span></h2>
                    {page.sentences.into_iter().map(|text| view! { <p class="prose">{text}</p> }).collect_view()}
                </section>
                {page.unlike.map(|text| view! {
                    <div class="run-strip compare-unlike" data-tone="warn" role="note" data-testid="compare-unlike">
                        <Picture icon=icondata::LuTriangleAlert/>
                        <div>
                            <p><b>{say::UNLIKE}</b>" "{text}</p>
                            <details><summary>{say::DIFFERENCES}</summary><ul class="compare-differences">{lines.collect_view()}</ul></details>
                        </div>
                    </div>
                })}
            }
        })
    }
}
