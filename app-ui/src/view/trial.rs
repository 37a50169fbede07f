//! One person tried step by step, with each request and answer. Must not send anything.

use leptos::prelude::*;

/// The dock below the outline.
#[component]
pub fn Trial() -> impl IntoView {
    view! { <section class="trial"></section> }
}
