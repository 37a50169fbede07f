//! One failed request: what was sent, what came back.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::select::results::Shown;
use tidemark_app_model::text::results as say;

use crate::store::store;
use crate::view::parts::{Button, Kind};

/// A sample, opened by the browser's own disclosure.
#[component]
pub fn Sample(
    /// Its number in its group.
    n: usize,
    /// What it is.
    sample: Shown,
) -> impl IntoView {
    let store = store();
    let curl = sample.curl;
    let copy = move || {
        store.send(Msg::Copy(curl.clone()));
        crate::page::announce(say::COPIED);
    };
    let part = |name: &'static str, head: String, body: String| {
        view! {
            <div class="sample-part">
                <h4>{name}</h4>
                <pre tabindex="0" role="region" aria-label=name>{head}{(!body.is_empty()).then(|| format!("\n\n{body}"))}</pre>
            </div>
        }
    };
    view! {
        <details class="sample" data-testid=format!("sample-{n}")>
            <summary>{sample.title}</summary>
            <div class="sample-parts">
                {part(say::SENT, sample.sent_head, sample.sent_body)}
                {match sample.answer {
                    Some((head, body)) => part(say::ANSWER, head, body).into_any(),
                    None => view! { <div class="sample-part"><h4>{say::ANSWER}</h4><p class="muted">{say::NO_ANSWER}</p></div> }.into_any(),
                }}
            </div>
            <Button kind=Kind::Quiet icon=icondata::LuCopy label=say::COPY_CURL hint=say::CURL_HINT on_click=copy/>
        </details>
    }
}
