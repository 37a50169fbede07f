//! What is said of cookies: they need no setting. Must not set any.

use leptos::prelude::*;
use tidemark_app_model::text::panel as say;

/// The words.
#[component]
pub(super) fn Cookies() -> impl IntoView {
    view! { <p class="muted panel-note">{say::COOKIES_HINT}</p> }
}
