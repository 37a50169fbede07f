//! A secret: its name, and a value that is typed once and never shown again. Must not keep what was typed.

use leptos::html::Input;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, TargetEdit};
use tidemark_app_model::select::data::Uses;
use tidemark_app_model::select::data::values::{DOTS, has_value, kept_words, secret_words};
use tidemark_app_model::text::data as say;

use super::Head;
use super::uses::UsedIn;
use crate::store::store;
use crate::view::parts::{Button, Field, Kind, WrittenField, fresh_id};

/// The editor of a secret, by its number.
#[component]
pub(super) fn Secret(at: usize, uses: Memo<Uses>) -> impl IntoView {
    let store = store();
    let secret = store.memo(move |model| {
        let found = model.test.as_ref().and_then(|test| test.doc.scenario().secrets.get(at));
        found.map(|secret| (secret.name.clone(), secret.variable())).unwrap_or_default()
    });
    let name = Signal::derive(move || secret.with(|secret| secret.0.clone()));
    let variable = Signal::derive(move || secret.with(|secret| secret.1.clone()));
    let there = store.memo(move |model| has_value(model, &name.get()) == Some(true));
    let words = store.memo(move |model| secret_words(model, &name.get()));
    let kept = store.memo(kept_words);
    let hint = Signal::derive(move || kept.get().to_owned());
    view! {
        <Head item=Item::Secret(at) name=name kind=say::SECRET hint=say::VALUE_NAME_HINT/>
        <div class="card data-form">
            <p class="muted">{say::SECRET_LEAD}</p>
            <p class="secret-here" class:lacks=move || !there.get() data-testid="secret-here">
                {words}
                <Show when=move || there.get()><span class="mono">{DOTS}</span></Show>
            </p>
            <SecretField name=name label=Signal::derive(move || if there.get() { say::SECRET_NEW_VALUE } else { say::SECRET_VALUE }.to_owned()) hint=hint/>
            <Show when=move || there.get()>
                <Button kind=Kind::Quiet icon=icondata::LuTrash2 label=say::SECRET_FORGET testid="secret-forget"
                    on_click=move || store.send(Msg::SetSecret(name.get_untracked(), None))/>
            </Show>
            <WrittenField label=say::SECRET_VARIABLE value=variable testid="secret-variable"
                on_leave=move |text: String| {
                    store.send(Msg::Edit(Edit::Target(TargetEdit::SecretVariable(at, text.trim().to_owned()))));
                    None
                }/>
        </div>
        <UsedIn item=Item::Secret(at) uses=uses/>
    }
}

/// The field that a secret's value is typed into. It is handed on and then emptied.
#[component]
pub(crate) fn SecretField(
    /// The secret's name.
    #[prop(into)]
    name: Signal<String>,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
    /// What helps.
    #[prop(optional, into)]
    hint: Signal<String>,
) -> impl IntoView {
    let store = store();
    let node: NodeRef<Input> = NodeRef::new();
    let wrong = RwSignal::new(String::new());
    let keep = move || {
        let Some(field) = node.get_untracked() else { return };
        let value = field.value();
        if value.is_empty() {
            return wrong.set(say::SECRET_EMPTY.to_owned());
        }
        field.set_value("");
        wrong.set(String::new());
        store.send(Msg::SetSecret(name.get_untracked(), Some(value)));
    };
    let id = fresh_id();
    view! {
        <div class="secret-field">
            <Field label=label id=id.clone() hint=hint error=wrong>
                <input node_ref=node id=id class="input" type="password" autocomplete="new-password" spellcheck="false"
                    data-testid="secret-value"
                    on:keydown=move |event| if event.key() == "Enter" { event.prevent_default(); keep() }/>
            </Field>
            <Button label=say::SECRET_KEEP testid="secret-keep" on_click=keep/>
        </div>
    }
}
