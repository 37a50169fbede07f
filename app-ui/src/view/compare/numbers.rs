//! The figures of both: of all requests, and of each step, each with its change in words, with a sign, and as a picture.

use leptos::prelude::*;
use tidemark_app_model::select::compare::{self as select, Row, StepRow};
use tidemark_app_model::text::compare as say;

use crate::store::store;

/// Length of the picture of a change, in pixels, and room at its ends.
const LENGTH: f64 = 140.0;
const ROOM: f64 = 7.0;

/// The figures of all requests.
#[component]
pub fn Numbers() -> impl IntoView {
    let store = store();
    let page = store.memo(select::page);
    let rows = move || page.with(|page| page.as_ref().map(|page| page.rows.clone()).unwrap_or_default());
    let row = |row: Row| {
        let (testid, tone) = (format!("compare-{}", row.key), row.tone);
        let (name, hint) = (row.name, row.hint);
        view! {
            <tr data-testid=testid data-change=tone>
                <th scope="row">{name}<span class="compare-hint">{hint}</span></th>
                {cells(row)}
            </tr>
        }
    };
    view! {
        <section class="card" aria-labelledby="compare-numbers">
            <h2 id="compare-numbers">{say::NUMBERS}</h2>
            <div class="table-wrap" tabindex="0" role="region" aria-label=say::NUMBERS>
                <table class="table compare-table">
                    <thead><tr><th scope="col">{say::NUMBER}</th>{heads()}</tr></thead>
                    <tbody>{move || rows().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

fn heads() -> impl IntoView {
    view! {
        <th scope="col">{say::A}</th><th scope="col">{say::B}</th><th scope="col">{say::CHANGE}</th>
        <th scope="col">{say::WORTH}</th><th scope="col" class="compare-picture">{say::PICTURE}</th>
    }
}

fn cells(row: Row) -> impl IntoView {
    let chance = (!row.chance.is_empty()).then(|| row.chance.clone());
    view! {
        <td>{row.a}</td><td>{row.b}</td><td title=chance>{row.change}</td>
        <td class="compare-worth" data-change=row.tone>{row.worth}</td>
        <td class="compare-picture">{row.dumbbell.map(|two| view! { <Dumbbell two=two tone=row.tone/> })}</td>
    }
}

/// Where A and B stand; what it says stands beside it in words.
#[component]
fn Dumbbell(two: (f64, f64), tone: &'static str) -> impl IntoView {
    let at = |share: f64| ROOM + share * (LENGTH - 2.0 * ROOM);
    let (a, b) = (at(two.0), at(two.1));
    view! {
        <svg class="dumbbell" data-change=tone width=LENGTH height="16" aria-hidden="true" focusable="false">
            <line class="dumbbell-ground" x1=ROOM x2=LENGTH - ROOM y1="8" y2="8"/>
            <line class="dumbbell-bar" x1=a x2=b y1="8" y2="8"/>
            <circle class="dumbbell-a" cx=a cy="8" r="4.5"/>
            <circle class="dumbbell-b" cx=b cy="8" r="4"/>
        </svg>
    }
}

/// Each step, the biggest change first; then what is new or gone.
#[component]
pub fn Steps() -> impl IntoView {
    let store = store();
    let page = store.memo(select::page);
    let row = |step: StepRow| {
        let (tone, by) = (step.row.tone, step.row.name);
        view! {
            <tr data-testid="compare-step" data-change=tone>
                <th scope="row" title=step.counts>
                    <span class="steps-name">{step.label}</span>
                    {step.was.map(|was| view! { <span class="compare-hint">{was}</span> })}
                </th>
                <td class="compare-by">{by}</td>
                {cells(step.row)}
            </tr>
        }
    };
    let only = |names: Vec<String>, word: &'static str, sign: &'static str, hint: &'static str| {
        let line = move |name: String| {
            view! { <tr data-testid="compare-only"><th scope="row"><span class="steps-name">{name}</span></th><td class="compare-by">{sign}" "{word}</td><td colspan="5" class="compare-only">{hint}</td></tr> }
        };
        names.into_iter().map(line).collect_view()
    };
    let body = move || {
        page.get().map(|page| {
            view! {
                {page.steps.into_iter().map(row).collect_view()}
                {only(page.added, say::NEW, "+", say::NEW_HINT)}
                {only(page.removed, say::GONE, "−", say::GONE_HINT)}
            }
        })
    };
    view! {
        <section class="card" aria-labelledby="compare-steps">
            <h2 id="compare-steps">{say::STEPS}</h2>
            <div class="table-wrap" tabindex="0" role="region" aria-label=say::STEPS>
                <table class="table compare-table">
                    <thead><tr><th scope="col">{say::STEP}</th><th scope="col">{say::BY}</th>{heads()}</tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    }
}
