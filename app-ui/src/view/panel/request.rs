//! A request: method, address, name, and below them what it sends, what is checked and kept. Must not understand addresses.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::edit::RequestEdit;
use tidemark_app_model::select::panel as select;
use tidemark_app_model::select::panel::forms::METHODS;
use tidemark_app_model::text::panel as say;

use super::here::{Id, here};
use super::wrong::Wrong;
use super::{TokenField, answer, checks, saves, sends};
use crate::view::parts::{Choice, Select, TextField};

/// The form.
#[component]
pub(super) fn Request(id: Id) -> impl IntoView {
    view! {
        <Address id=id/>
        <Name id=id/>
        <Whole/>
        <sends::Sends id=id/>
        <checks::Checks id=id/>
        <saves::Saves id=id/>
        <answer::Last id=id/>
    }
}

/// What is wrong with the request as such.
#[component]
fn Whole() -> impl IntoView {
    view! { <Wrong troubles=here().wrong_at(&["", "id", "request"])/> }
}

/// Method and address, and where they lead.
#[component]
fn Address(id: Id) -> impl IntoView {
    let here = here();
    let method = here.of_request(id, |request| request.method.clone());
    let url = here.of_request(id, |request| request.url.clone());
    let methods = Signal::derive(move || {
        let now = method.get();
        let own = (!METHODS.contains(&now.as_str())).then_some(now);
        METHODS
            .iter()
            .map(|word| (*word).to_owned())
            .chain(own)
            .map(|word| Choice::new(word.clone(), word))
            .collect::<Vec<_>>()
    });
    let goes = here.store.memo(move |model| id.with_value(|id| select::resolved(model, id)));
    let paste = move |text: String| {
        let whole = select::is_whole_address(&text);
        if whole {
            here.store.send(Msg::PasteAddress(id.get_value(), text));
        }
        whole
    };
    view! {
        <div class="panel-address">
            <Select bare=true label=say::METHOD choices=methods value=method testid="panel-method"
                on_choose=move |word: String| here.request(id, RequestEdit::Method(word))/>
            <TokenField bare=true label=say::ADDRESS value=url placeholder=say::ADDRESS_HINT testid="panel-address"
                wrong=here.wrong_at(&["url", "method"]) on_paste=Callback::new(paste)
                on_input=move |text: String| here.request(id, RequestEdit::Url(text))/>
        </div>
        <Show when=move || goes.with(|(_, address)| !address.is_empty())>
            <p class="panel-resolved" data-testid="panel-resolved">
                <span class="muted">{move || goes.with(|(target, _)| say::resolved(target))}</span>" "
                <span class="mono">{move || goes.with(|(_, address)| address.clone())}</span>
            </p>
        </Show>
    }
}

/// The name in results.
#[component]
fn Name(id: Id) -> impl IntoView {
    let here = here();
    let name = here.of_request(id, |request| request.name.clone());
    let usual = here.store.memo(move |model| id.with_value(|id| select::usual_name(model, id)));
    let known = expect_context::<super::Known>();
    view! {
        <div class="panel-name">
            {move || view! {
                <TextField label=say::NAME_IN_RESULTS value=name hint=say::NAME_HINT placeholder=usual.get() testid="panel-name"
                    on_input=move |text: String| { known.heard.run(super::Heard::Typing); here.request(id, RequestEdit::Name(text)) }
                    on_leave=move |()| known.heard.run(super::Heard::Left)/>
            }}
            <Wrong troubles=here.wrong_at(&["name"])/>
        </div>
    }
}
