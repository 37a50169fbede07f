//! The four charts of a run that goes on.

use std::sync::Arc;

use leptos::prelude::*;
use tidemark_app_model::chart::Kind;
use tidemark_app_model::select::run as select;
use tidemark_app_model::text::chart as say;

use super::watched::Watched;
use crate::store::store;
use crate::view::chart::{Linked, Read, TimeChart, Tools};
use crate::view::parts::Practice;

/// The charts.
#[component]
pub fn Charts() -> impl IntoView {
    let store = store();
    let last_minute = RwSignal::new(false);
    // Events are markers: they have to be drawn, too.
    let revision =
        store.memo(|model| model.run.as_ref().map_or(0, |run| run.revision * 1_000 + run.events.len() as u64));
    let ranges =
        store.memo(|model| model.run.as_ref().map(|run| (select::range(run, false), select::range(run, true))));
    let whole = Signal::derive(move || {
        let (whole, last) = ranges.get().unwrap_or(((0.0, 60.0), (0.0, 60.0)));
        if last_minute.get() { last } else { whole }
    });
    let practice = store.memo(|model| model.run.as_ref().is_some_and(|run| run.head.practice));
    let live = store.memo(|model| model.running());
    let read: Read = Arc::new(move |look| {
        store.peek(|model| {
            if let Some(run) = &model.run {
                select::with_source(run, look);
            }
        })
    });
    let linked = Linked::new(read, revision.into(), whole, live.into());
    let charts = Kind::ALL.into_iter().map(|kind| view! { <TimeChart kind=kind linked=linked/> });
    view! {
        <section class="run-charts" aria-label=say::CHARTS>
            <div class="run-charts-head">
                <Show when=move || practice.get()><Practice testid="practice-charts"/></Show>
                <span class="grow"></span>
                <Tools linked=linked last_minute=last_minute/>
            </div>
            <div class="charts">{charts.collect_view()}</div>
            <Watched linked=linked/>
        </section>
    }
}
