//! Home: the demo, ways to start, and the tests that there are. Must not open files itself.

use leptos::prelude::*;

/// The first screen.
#[component]
pub fn Home() -> impl IntoView {
    view! { <section class="home"></section> }
}
