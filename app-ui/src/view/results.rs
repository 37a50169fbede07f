//! Results: the history of a test, and the report of one run with the verdict first. Must not judge.

mod about;
mod charts;
mod failures;
mod goals;
mod history;
pub mod sample;
mod scaling;
mod watched;
mod steps;
mod verdict;
mod way;

pub use history::History;
pub use verdict::icon_of;

use leptos::prelude::*;
use tidemark_app_model::text::results as say;
use tidemark_core::result::Opened;

use crate::store::{Store, store};

/// Something about the open result, worked out once for each result that is opened.
fn once<T: PartialEq + Default + Send + Sync + 'static>(store: Store, of: fn(&Opened) -> T) -> Memo<T> {
    let which = which(store);
    Memo::new(move |_| {
        which.track();
        store.peek(|model| model.results.open.as_ref().map(|(_, opened)| of(opened)).unwrap_or_default())
    })
}

/// Which result is open.
fn which(store: Store) -> Memo<Option<(String, String)>> {
    store.memo(|model| {
        let open = model.results.open.as_ref();
        open.filter(|_| model.results.reading.is_none())
            .map(|(id, opened)| (id.clone(), opened.header.started_at.clone()))
    })
}

/// The report of one result.
#[component]
pub fn Report() -> impl IntoView {
    let store = store();
    let which = which(store);
    let reading = store.memo(|model| model.results.reading.is_some());
    move || match which.get() {
        Some(_) => view! { <Whole/> }.into_any(),
        None => {
            let text = if reading.get() { say::OPENING } else { say::NO_RESULT };
            view! { <section class="report" aria-busy=reading.get().to_string()><p class="report-skeleton">{text}</p></section> }.into_any()
        }
    }
}

/// All of it, the verdict first.
#[component]
fn Whole() -> impl IntoView {
    let store = store();
    let scrolled = NodeRef::<leptos::html::Section>::new();
    Effect::new(move |_| {
        if scrolled.get().is_some() {
            crate::page::to_top();
        }
    });
    view! {
        <section class="report" data-testid="main-report" node_ref=scrolled>
            <verdict::Head/>
            <verdict::Card/>
            <way::Way/>
            <goals::Goals/>
            <goals::Happened/>
            <charts::Charts/>
            <scaling::Scales/>
            <goals::Felt/>
            <steps::Steps/>
            <failures::Failures store=store/>
            <about::About/>
        </section>
    }
}
