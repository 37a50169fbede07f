//! Where the chosen thing is used, each place one click away. Must not look for uses.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::select::data::{self, Uses};
use tidemark_app_model::text::data as say;

use crate::store::store;

/// The places that use a thing.
#[component]
pub(super) fn UsedIn(item: Item, uses: Memo<Uses>) -> impl IntoView {
    let store = store();
    let places = store.memo(move |model| uses.with(|uses| data::places(model, uses, &item)));
    let each = move || {
        let places = places.get().into_iter();
        let row = |place: data::Place| {
            let item = place.item;
            view! { <li><button type="button" class="link" on:click=move |_| store.send(Msg::Select(vec![item.clone()]))>{place.text}</button></li> }
        };
        places.map(row).collect_view()
    };
    view! {
        <details class="data-uses">
            <summary>{say::USED_IN}" · "{move || say::in_places(places.with(Vec::len))}</summary>
            <Show when=move || places.with(Vec::is_empty)><p class="muted">{say::USED_NOWHERE}</p></Show>
            <ul>{each}</ul>
        </details>
    }
}
