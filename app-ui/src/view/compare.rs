//! Two results side by side. Must not judge.

use leptos::prelude::*;

/// The comparison.
#[component]
pub fn Compare() -> impl IntoView {
    view! { <section class="compare"></section> }
}
