//! The Data tab: tables, values, secrets, targets, hosts. Must not keep a secret.

use leptos::prelude::*;

/// The Data tab.
#[component]
pub fn Data() -> impl IntoView {
    view! { <section class="data"></section> }
}
