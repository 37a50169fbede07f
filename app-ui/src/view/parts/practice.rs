//! The label of made-up numbers.

use leptos::prelude::*;
use tidemark_app_model::text::run::PRACTICE;

use super::Picture;

/// Says that numbers are simulated, wherever some are shown.
#[component]
pub fn Practice(
    /// Its test id.
    testid: &'static str,
) -> impl IntoView {
    view! { <span class="badge" data-tone="warn" data-testid=testid><Picture icon=icondata::LuFlaskConical/>{PRACTICE}</span> }
}
