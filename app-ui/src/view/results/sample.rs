//! One failed request: what was sent, what came back.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::effect::Clip;
use tidemark_app_model::select::results::Shown;
use tidemark_app_model::text::results as say;
use wasm_bindgen::JsCast;

use crate::store::store;
use crate::view::answer::Answer;
use crate::view::parts::{Button, Kind};

/// A sample, opened by the browser's own disclosure; the answer is read once it is.
#[component]
pub fn Sample(
    /// Its number in its group.
    n: usize,
    /// What it is.
    sample: Shown,
) -> impl IntoView {
    let store = store();
    let open = RwSignal::new(false);
    let turn = move |event: web_sys::Event| {
        let details = event.current_target().and_then(|target| target.dyn_into::<web_sys::HtmlDetailsElement>().ok());
        open.set(details.is_some_and(|details| details.open()));
    };
    let curl = StoredValue::new(sample.curl);
    let copy = move || store.send(Msg::Copy(curl.get_value(), Clip::text()));
    let exchange = sample.exchange;
    view! {
        <details class="sample" data-testid=format!("sample-{n}") on:toggle=turn>
            <summary>{sample.title}</summary>
            <Show when=move || open.get()>
                {(!sample.answered).then(|| view! { <p class="muted answer-note">{say::NO_ANSWER}</p> })}
                <Answer exchange={
                    let exchange = exchange.clone();
                    Signal::derive(move || Some(exchange.clone()))
                }/>
                <div class="sample-foot">
                    <Button kind=Kind::Quiet icon=icondata::LuCopy label=say::COPY_CURL hint=say::CURL_HINT on_click=copy/>
                </div>
            </Show>
        </details>
    }
}
