//! Results: the history of a test, and the report of one run with the verdict first. Must not judge.

use leptos::prelude::*;

/// The Results tab.
#[component]
pub fn History() -> impl IntoView {
    view! { <section class="history"></section> }
}

/// The report of one result.
#[component]
pub fn Report() -> impl IntoView {
    view! { <section class="report"></section> }
}
