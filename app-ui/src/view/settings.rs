//! What a person can choose for the app itself. Must not keep it.

use leptos::prelude::*;

/// The settings.
#[component]
pub fn Settings() -> impl IntoView {
    view! { <section class="settings"></section> }
}
