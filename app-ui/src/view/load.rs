//! The Load tab: how many, for how long, and what counts as good. Must not compute a curve.

use leptos::prelude::*;

/// The Load tab.
#[component]
pub fn Load() -> impl IntoView {
    view! { <section class="load"></section> }
}
