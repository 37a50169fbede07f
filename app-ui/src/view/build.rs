//! The Build tab: who does what, as an outline with ribbons. Must not decide what an edit means.

use leptos::prelude::*;

use super::trial::Trial;

/// The Build tab.
#[component]
pub fn Build() -> impl IntoView {
    view! { <section class="build"></section><Trial/> }
}
