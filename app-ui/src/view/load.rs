//! The Load tab: how many, for how long, and what counts as good. Must not compute a curve, nor understand what is typed.

mod curve;
mod goals;
mod more;
mod presets;
mod stages;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::edit::load::{busy, counts_arrivals};
use tidemark_app_model::doc::edit::{Edit, LoadEdit};
use tidemark_app_model::select::load::{busy_words, expected, extent, is_search};
use tidemark_app_model::text::load as say;
use tidemark_core::scenario::{Load as Plan, Scenario};

use crate::store::{Store, store};
use crate::view::parts::{Button, Choice, Kind, Measure, NumberField, Select};

/// A part of the scenario, told of only when it differs.
fn part<T: Clone + Default + PartialEq + Send + Sync + 'static>(store: Store, of: fn(&Scenario) -> &T) -> Memo<T> {
    store.memo(move |model| model.test.as_ref().map(|test| of(test.doc.scenario()).clone()).unwrap_or_default())
}

/// Changes the load.
fn change(store: Store, edit: LoadEdit) {
    store.send(Msg::Edit(Edit::Load(edit)));
}

/// The Load tab.
#[component]
pub fn Load() -> impl IntoView {
    let store = store();
    let plan = part(store, |scenario| &scenario.load);
    view! {
        <div class="load">
            <section class="load-plan" aria-labelledby="load-title">
                <div class="load-head">
                    <h1 id="load-title">{say::TITLE}</h1>
                    <Busy plan=plan/>
                </div>
                <presets::Presets plan=plan/>
                <div class="card load-picture">
                    <curve::Curve plan=plan/>
                    <div class="load-under">
                        <Counting plan=plan/>
                        <Extent plan=plan/>
                    </div>
                </div>
                <stages::Stages plan=plan/>
            </section>
            <aside class="load-side">
                <goals::Goals/>
                <goals::StopEarly/>
                <more::More plan=plan/>
            </aside>
        </div>
    }
}

/// The number that presets scale from.
#[component]
fn Busy(plan: Memo<Plan>) -> impl IntoView {
    let store = store();
    let number = Signal::derive(move || f64::from(plan.with(busy)));
    view! {
        <div class="load-busy" title=say::BUSY_HINT>
            <NumberField label=say::BUSY value=number measure=Measure::whole(1.0, 1_000_000.0) testid="load-busy"
                on_change=move |number: f64| change(store, LoadEdit::Busy(number.round() as u32))/>
            <span class="muted" data-testid="load-busy-words">{move || plan.with(busy_words)}</span>
        </div>
    }
}

/// What is counted: people at once, or new people.
#[component]
fn Counting(plan: Memo<Plan>) -> impl IntoView {
    let store = store();
    let value = Signal::derive(move || if plan.with(counts_arrivals) { "arrivals" } else { "people" }.to_owned());
    let choices = vec![Choice::new("people", say::COUNT_PEOPLE), Choice::new("arrivals", say::COUNT_ARRIVALS)];
    view! {
        <Select label=say::COUNT choices=choices value=value testid="load-count"
            on_choose=move |word: String| change(store, LoadEdit::CountArrivals(word == "arrivals"))/>
    }
}

/// How long and how high, and what a preview says it comes to.
#[component]
fn Extent(plan: Memo<Plan>) -> impl IntoView {
    let store = store();
    let words = Memo::new(move |_| {
        plan.with(|plan| {
            let (length, peak) = extent(plan);
            say::extent(length, peak, counts_arrivals(plan))
        })
    });
    let expected = store.memo(expected);
    view! {
        <div class="load-extent">
            <p>{words}</p>
            <Show when=move || plan.with(is_search)><p data-testid="load-search">{say::SEARCH_HINT}</p></Show>
            <p class="muted">{move || expected.with(|(words, _)| words.clone())}
                <Show when=move || !expected.with(|(_, exact)| *exact)>
                    <Button kind=Kind::Quiet label=say::ASK_EXPECTED testid="load-expected"
                        on_click=move || store.send(Msg::AskPreview(false))/>
                </Show>
            </p>
        </div>
    }
}
