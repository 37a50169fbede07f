//! What a request sends: query, headers, body, sign-in, cookies and what is seldom needed. Must not know what is usual.

use leptos::prelude::*;
use tidemark_app_model::doc::edit::RequestEdit;
use tidemark_app_model::select::panel::{self as select};
use tidemark_app_model::text::panel as say;
use tidemark_core::scenario::Pairs;

use super::here::{Id, here};
use super::rows::{Lines, Rows};
use super::wrong::Wrong;
use super::{advanced, body, cookies, sign_in};
use crate::view::parts::{Choice, TabList, fresh_id};

/// The tabs.
#[component]
pub(super) fn Sends(id: Id) -> impl IntoView {
    let here = here();
    let tabs = here.store.memo(move |model| id.with_value(|id| select::sends(model, id)));
    let choices = Signal::derive(move || {
        tabs.get().into_iter().map(|tab| Choice::new(tab.word, tab.label)).collect::<Vec<Choice>>()
    });
    let first = tabs.with_untracked(|tabs| select::first_tab(tabs));
    let chosen = RwSignal::new(first.to_owned());
    let panel = fresh_id();
    let shown = Memo::new(move |_| chosen.get());
    let inside = move || match shown.get().as_str() {
        "headers" => view! { <Headers id=id/> }.into_any(),
        "body" => view! { <body::Body id=id/> }.into_any(),
        "sign_in" => view! { <sign_in::SignInForm id=id/> }.into_any(),
        "cookies" => view! { <cookies::Cookies/> }.into_any(),
        "advanced" => view! { <advanced::Advanced id=id/> }.into_any(),
        _ => view! { <Query id=id/> }.into_any(),
    };
    view! {
        <section class="panel-part" aria-labelledby="panel-sends">
            <h3 id="panel-sends">{say::SENDS}</h3>
            <TabList label=say::SENDS choices=choices value=chosen panel=panel.clone() testid="sends"
                on_choose=move |word| chosen.set(word)/>
            <div class="panel-tab" role="tabpanel" id=panel aria-label=say::SENDS>{inside}</div>
        </section>
    }
}

#[component]
fn Query(id: Id) -> impl IntoView {
    let here = here();
    let rows = here.of_request(id, |request| request.query.0.clone());
    view! {
        <Rows rows=rows add=say::ADD_ROW none=say::NO_QUERY testid="query"
            on_change=move |rows: Lines| here.request(id, RequestEdit::Query(Pairs(rows)))/>
        <Wrong troubles=here.wrong_at(&["query"])/>
    }
}

#[component]
fn Headers(id: Id) -> impl IntoView {
    let here = here();
    let rows = here.of_request(id, |request| request.headers.0.clone());
    let from_target =
        here.store.memo(move |model| id.with_value(|id| select::inherited(model, &select::request(model, id))));
    let line = |(name, value, replaced): (String, String, bool)| {
        view! {
            <li class:replaced=replaced>
                <span class="mono">{name}": "{value}</span>
                {replaced.then(|| view! { <span class="badge">{say::OVERRIDDEN}</span> })}
            </li>
        }
    };
    view! {
        <Rows rows=rows add=say::ADD_HEADER none=say::NO_HEADERS testid="header"
            on_change=move |rows: Lines| here.request(id, RequestEdit::Headers(Pairs(rows)))/>
        <Wrong troubles=here.wrong_at(&["headers"])/>
        <Show when=move || !from_target.with(Vec::is_empty)>
            <div class="panel-inherited">
                <h4>{say::INHERITED}</h4>
                <ul>{move || from_target.get().into_iter().map(line).collect_view()}</ul>
            </div>
        </Show>
    }
}
