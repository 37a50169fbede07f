//! What is wrong with a field, and buttons that mend it. Must not know what a fix does.

use leptos::prelude::*;
use tidemark_app_model::select::panel::Trouble;
use tidemark_app_model::text::panel as say;
use tidemark_core::problem::Severity;

use crate::view::parts::{Fixes, Picture, severity_icon};

/// A list of complaints.
#[component]
pub(super) fn Wrong(troubles: Signal<Vec<Trouble>>) -> impl IntoView {
    let shown = Memo::new(move |_| troubles.get());
    view! {
        <Show when=move || !shown.with(Vec::is_empty)>
            <ul class="wrong">{move || shown.get().into_iter().map(|trouble| view! { <One trouble=trouble/> }).collect_view()}</ul>
        </Show>
    }
}

#[component]
fn One(trouble: Trouble) -> impl IntoView {
    let tone = match trouble.severity {
        Severity::Stop => "bad",
        Severity::Warn => "warn",
        Severity::Tip => "info",
    };
    let code = trouble.code;
    view! {
        <li class="wrong-one" data-tone=tone data-testid=format!("trouble-{code}")>
            <Picture icon=severity_icon(trouble.severity)/>
            <div>
                <p><span class="unseen">{say::level(trouble.severity)}": "</span>{trouble.text}</p>
                {(!trouble.fixes.is_empty()).then(|| view! { <Fixes code=code fixes=trouble.fixes/> })}
            </div>
        </li>
    }
}
