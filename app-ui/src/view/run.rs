//! The run that goes on: numbers, charts, goals, failures, and the ways to end it. Must not compute a number.

use leptos::prelude::*;

/// The Run tab.
#[component]
pub fn Run() -> impl IntoView {
    view! { <section class="run"></section> }
}
