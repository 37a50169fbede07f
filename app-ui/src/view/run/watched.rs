//! What the target says of itself while the run goes on, and quietly what it does not say. Must not compute.

use std::sync::Arc;

use leptos::prelude::*;
use tidemark_app_model::text::{results as say_results, run as say};

use crate::store::store;
use crate::view::chart::{Linked, ReadWatched, WatchedStrips};

/// So many series are drawn while numbers still come; all of them are in the result.
const MOST: usize = 24;

/// All series; nothing where nothing is watched.
#[component]
pub fn Watched(
    /// What the charts above share: their window in time, and their cursor.
    linked: Linked,
) -> impl IntoView {
    let store = store();
    let some = store.memo(|model| model.run.as_ref().is_some_and(|run| !run.watched.is_empty()));
    let missing = store.memo(|model| model.run.as_ref().map(|run| run.watched.missing_so_far()).unwrap_or_default());
    let read: ReadWatched = Arc::new(move |look| {
        store.peek(|model| {
            if let Some(run) = &model.run {
                look(&run.watched);
            }
        })
    });
    let turned = Signal::derive(|| None);
    view! {
        <Show when=move || some.get()>
            <section class="watched" aria-labelledby="run-watched" data-testid="watched">
                <h2 id="run-watched">{say_results::WATCHED}</h2>
                <WatchedStrips read=read.clone() linked=linked turned=turned nothing=say::NOTHING_SEEN_YET most=MOST/>
                {move || missing.get().into_iter().map(|text| view! { <p class="muted watched-missing" data-testid="watched-missing">{text}</p> }).collect_view()}
            </section>
        </Show>
    }
}
