//! What a run would do, as a picture and as a table; sends nothing. Must not compute it.

use leptos::prelude::*;

/// The preview, in a dialog.
#[component]
pub fn Preview() -> impl IntoView {
    view! { <section class="preview"></section> }
}
