//! The four charts of a result.

use std::sync::Arc;

use leptos::prelude::*;
use tidemark_app_model::chart::Kind;
use tidemark_app_model::select::results::Charted;
use tidemark_app_model::text::results as say;

use super::once;
use super::watched::Watched;
use crate::store::store;
use crate::view::chart::{Linked, Read, TimeChart, Tools};
use crate::view::parts::Practice;

/// The charts.
#[component]
pub fn Charts() -> impl IntoView {
    let charted = once(store(), Charted::of);
    let practice = once(store(), |opened| opened.header.practice);
    let revision = RwSignal::new(0_u64);
    Effect::new(move |_| {
        charted.track();
        revision.update(|revision| *revision += 1);
    });
    let whole = Signal::derive(move || charted.with(Charted::range));
    let read: Read = Arc::new(move |look| charted.with_untracked(|charted| look(charted.source())));
    let linked = Linked::new(read, revision.into(), whole, Signal::derive(|| false));
    let charts = Kind::ALL.into_iter().map(|kind| view! { <TimeChart kind=kind linked=linked/> });
    view! {
        <section class="card" aria-labelledby="report-charts">
            <div class="report-row"><h2 id="report-charts">{say::HOW_IT_WENT}</h2>
                <Show when=move || practice.get()><Practice testid="practice-charts"/></Show>
                <span class="grow"></span><Tools linked=linked/></div>
            <div class="charts">{charts.collect_view()}</div>
            <Watched linked=linked/>
            <p class="muted report-note">{say::HOW_MEASURED}</p>
        </section>
    }
}
