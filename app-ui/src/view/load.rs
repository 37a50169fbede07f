//! The Load tab: how many, for how long, and what counts as good. Must not compute a curve, nor understand what is typed.

mod curve;
mod goals;
mod more;
mod presets;
mod search;
mod stages;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::edit::load::{busy, counts_arrivals};
use tidemark_app_model::doc::edit::{Edit, LoadEdit};
use tidemark_app_model::select::load::{busy_words, expected, extent, is_search};
use tidemark_app_model::text::load as say;
use tidemark_core::scenario::{Load as Plan, Scenario};
use tidemark_core::units::Span;

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

/// A time that was typed, or nothing where the field was emptied.
fn span(store: Store, text: &str, edit: impl FnOnce(Option<Span>) -> LoadEdit) -> Option<String> {
    if text.trim().is_empty() {
        change(store, edit(None));
        return None;
    }
    match Span::parse(text) {
        Some(span) => {
            change(store, edit(Some(span)));
            None
        }
        None => Some(say::NOT_A_TIME.to_owned()),
    }
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
                <Show when=move || plan.with(is_search) fallback=move || view! { <stages::Stages plan=plan/> }>
                    <search::Search plan=plan/>
                </Show>
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
            let ((length, peak), arrivals) = (extent(plan), counts_arrivals(plan));
            if is_search(plan) {
                say::search_extent(length, peak, arrivals)
            } else {
                say::extent(length, peak, arrivals)
            }
        })
    });
    let expected = store.memo(expected);
    view! {
        <div class="load-extent">
            <p>{words}</p>
            <p class="muted">{move || expected.with(|(words, _)| words.clone())}
                <Show when=move || !expected.with(|(_, exact)| *exact)>
                    <Button kind=Kind::Quiet label=say::ASK_EXPECTED testid="load-expected"
                        on_click=move || store.send(Msg::AskPreview(false))/>
                </Show>
            </p>
        </div>
    }
}
