//! What is seldom needed of a request. Must not understand what is typed.

use leptos::prelude::*;
use tidemark_app_model::doc::edit::RequestEdit;
use tidemark_app_model::select::panel::fields::{http_of, http_word, read_redirects, redirects};
use tidemark_app_model::select::panel::forms::HTTPS;
use tidemark_app_model::select::panel::read_time;
use tidemark_app_model::text::load::amount;
use tidemark_app_model::text::panel as say;

use super::body::choices;
use super::here::{Id, here};
use super::wrong::Wrong;
use crate::view::parts::{Checkbox, Select, WrittenField};

/// The form.
#[component]
pub(super) fn Advanced(id: Id) -> impl IntoView {
    let here = here();
    let follow = here.of_request(id, |request| redirects(request.redirects));
    let limit = here.of_request(id, |request| request.time_limit.map(amount).unwrap_or_default());
    let compressed = here.of_request(id, |request| request.compressed);
    let http = here.of_request(id, |request| http_word(request.http).to_owned());
    let follows = Memo::new(move |_| follow.get() > 0);
    view! {
        <div class="panel-two">
            <Checkbox label=say::FOLLOW checked=follows testid="follow"
                on_change=move |on: bool| here.request(id, RequestEdit::Redirects(read_redirects(if on { "10" } else { "0" })))/>
            <Show when=move || follows.get()>
                <WrittenField label=say::FOLLOW_MOST value=Signal::derive(move || follow.get().to_string()) testid="follow-most"
                    on_leave=move |text: String| match read_redirects(&text) {
                        None => Some(say::NOT_A_NUMBER.to_owned()),
                        most => { here.request(id, RequestEdit::Redirects(most)); None }
                    }/>
            </Show>
        </div>
        <WrittenField label=say::TIME_LIMIT value=limit hint=say::TIME_LIMIT_HINT testid="time-limit"
            on_leave=move |text: String| read_time(&text).map(|limit| here.request(id, RequestEdit::TimeLimit(limit))).err()/>
        <Checkbox label=say::COMPRESSED checked=compressed testid="compressed"
            on_change=move |on: bool| here.request(id, RequestEdit::Compressed(on))/>
        <Select label=say::HTTP_VERSION choices=choices(HTTPS) value=http testid="http-version"
            on_choose=move |word: String| here.request(id, RequestEdit::Http(http_of(&word)))/>
        <Wrong troubles=here.wrong_at(&["time_limit", "redirects", "http", "compressed"])/>
    }
}
