//! The step panel: everything about the chosen step. Must not decide what an edit means.

use leptos::prelude::*;

/// The panel beside the outline.
#[component]
pub fn Panel() -> impl IntoView {
    view! { <section class="panel"></section> }
}
