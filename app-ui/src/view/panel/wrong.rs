//! What is wrong with a field, and buttons that mend it. Must not know what a fix does.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::fixes::Fix;
use tidemark_app_model::select::panel::Trouble;
use tidemark_app_model::text::panel as say;
use tidemark_core::problem::Severity;

use crate::store::Store;
use crate::view::parts::{Button, Picture};

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
    let store = use_context::<Store>();
    let (icon, tone) = match trouble.severity {
        Severity::Stop => (icondata::LuCircleX, "bad"),
        Severity::Warn => (icondata::LuTriangleAlert, "warn"),
        Severity::Tip => (icondata::LuInfo, "info"),
    };
    let code = trouble.code;
    let fix = move |(number, fix): (usize, Fix)| {
        let mend = move || {
            if let Some(store) = store {
                store.send(Msg::Edit(fix.edit.clone()));
            }
        };
        view! { <Button label=fix.label.clone() testid=format!("fix-{code}-{number}") on_click=mend/> }
    };
    view! {
        <li class="wrong-one" data-tone=tone data-testid=format!("trouble-{code}")>
            <Picture icon=icon/>
            <div>
                <p><span class="unseen">{say::level(trouble.severity)}": "</span>{trouble.text}</p>
                <div class="wrong-fixes">{trouble.fixes.into_iter().enumerate().map(fix).collect_view()}</div>
            </div>
        </li>
    }
}
