//! What the target said of itself during a run that is over. Must not compute.

use std::sync::Arc;

use leptos::prelude::*;
use tidemark_app_model::text::results as say;

use super::once;
use crate::store::store;
use crate::view::chart::{Linked, ReadWatched, WatchedStrips};

/// All series; nothing where nothing was watched.
#[component]
pub fn Watched(
    /// What the charts above share: their window in time.
    linked: Linked,
) -> impl IntoView {
    let store = store();
    let watched = once(store, |opened| opened.watched.clone());
    let turned = once(store, |opened| opened.verdict.turning_point.as_ref().map(|point| point.second));
    let some = Memo::new(move |_| watched.with(|watched| !watched.is_empty()));
    let read: ReadWatched = Arc::new(move |look| watched.with_untracked(|watched| look(watched)));
    view! {
        <Show when=move || some.get()>
            <section class="watched" aria-labelledby="report-watched" data-testid="watched">
                <h3 id="report-watched">{say::WATCHED}</h3>
                <WatchedStrips read=read.clone() linked=linked turned=turned.into() nothing=say::NOTHING_SEEN most=usize::MAX/>
            </section>
        </Show>
    }
}
