//! The step panel: everything about what is chosen. Must not decide what an edit means.

mod advanced;
mod answer;
mod body;
mod checks;
mod chips;
mod compare;
mod conditions;
mod cookies;
mod flow;
mod head;
mod here;
mod pause;
mod people;
mod picker;
mod request;
mod rows;
mod saves;
mod sends;
mod sign_in;
mod step;
mod wrong;

use leptos::prelude::*;
use tidemark_app_model::select::panel::{self as select, Subject};
use tidemark_app_model::text::{forms, panel as say};

pub use chips::TokenField;
pub use here::{Heard, Known};

use crate::store::store;

/// The panel beside the outline: what it shows follows what is chosen.
#[component]
pub fn Panel() -> impl IntoView {
    let store = store();
    let subject = store.memo(select::subject);
    here::provide(store, subject);
    let body = move || match subject.get() {
        Subject::Nothing => view! { <Nothing/> }.into_any(),
        Subject::Many(count) => view! { <people::Many count=count/> }.into_any(),
        Subject::User(id) => view! { <people::User id=id/> }.into_any(),
        Subject::Task(id) => view! { <people::Task id=id/> }.into_any(),
        Subject::Group(id) => view! { <people::Group id=id/> }.into_any(),
        Subject::Step(id, kind) => view! { <step::Step id=id kind=kind/> }.into_any(),
    };
    view! {
        <aside class="panel" data-testid="step-panel" data-region="panel" aria-label=say::PANEL tabindex="-1"
            on:keydown=move |event| if event.key() == "F2" { event.prevent_default(); head::rename() }>
            <head::Head subject=subject/>
            <div class="panel-body">{body}</div>
        </aside>
    }
}

/// What stands there while nothing is chosen.
#[component]
fn Nothing() -> impl IntoView {
    view! {
        <div class="empty panel-empty">
            <p>{forms::EMPTY_TITLE}</p>
            <p>{say::NOTHING_CHOSEN}</p>
        </div>
    }
}
