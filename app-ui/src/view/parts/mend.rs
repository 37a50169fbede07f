//! How bad something is, and the buttons that mend it. Must not know what a fix does.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::fixes::Fix;
use tidemark_app_model::text::panel as say;
use tidemark_core::problem::Severity;

use super::button::Picture;
use crate::store::Store;

/// The picture of a severity: each has a shape of its own.
pub fn severity_icon(severity: Severity) -> icondata::Icon {
    match severity {
        Severity::Stop => icondata::LuCircleX,
        Severity::Warn => icondata::LuTriangleAlert,
        Severity::Tip => icondata::LuInfo,
    }
}

/// A severity as a picture with its word.
pub fn severity_mark(severity: Severity) -> impl IntoView {
    let class = match severity {
        Severity::Stop => "mark stop",
        Severity::Warn => "mark warn",
        Severity::Tip => "mark tip",
    };
    let words = say::level(severity);
    view! {
        <span class=class title=words role="img" aria-label=words><Picture icon=severity_icon(severity)/></span>
    }
}

/// The buttons that mend a problem, by its code, numbered from 1.
#[component]
pub fn Fixes(code: &'static str, fixes: Vec<Fix>) -> impl IntoView {
    // A part alone on a page has nobody to tell.
    let store = use_context::<Store>();
    let button = move |(at, fix): (usize, Fix)| {
        let edit = fix.edit;
        view! {
            <button type="button" class="fix" data-testid=format!("fix-{code}-{}", at + 1) on:click=move |event| {
                event.stop_propagation();
                if let Some(store) = store {
                    store.send(Msg::Edit(edit.clone()));
                }
            }>{fix.label}</button>
        }
    };
    view! { <span class="fixes">{fixes.into_iter().enumerate().map(button).collect_view()}</span> }
}
