//! The test's name, renamed in place, and whether it is saved. Must not save anything itself.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::Edit;
use tidemark_app_model::select::{save_words, shell as select};
use tidemark_app_model::text::shell as say;

use crate::page;
use crate::store::store;
use crate::view::parts::{IconButton, Picture, while_here};

/// The name: a button that becomes a field.
#[component]
pub fn Name() -> impl IntoView {
    let store = store();
    let name = store.memo(|model| select::name(model).unwrap_or_default());
    let typing = RwSignal::new(false);
    let field: NodeRef<html::Input> = NodeRef::new();
    Effect::new(move |_| {
        if typing.get()
            && let Some(field) = field.get()
        {
            let _ = field.focus();
            field.select();
        }
    });
    // `back`: the focus goes back to the name, where it is not on its way to something else.
    let done = move |keep: bool, back: bool| {
        // Leaving the field by Escape or Enter takes it away, which would be heard as leaving it once more.
        if !typing.get_untracked() {
            return;
        }
        let text = field.get_untracked().map(|field| field.value().trim().to_owned()).unwrap_or_default();
        typing.set(false);
        if keep && !text.is_empty() && text != name.get_untracked() {
            store.send(Msg::LeaveField);
            store.send(Msg::Edit(Edit::Rename(Item::Test, text)));
        }
        if back {
            page::focus("test-name".to_owned());
        }
    };
    let shown = move || name.with(|name| if name.is_empty() { say::UNNAMED.to_owned() } else { name.clone() });
    view! {
        <Show when=move || typing.get() fallback=move || view! {
            <button type="button" class="bar-name" data-testid="test-name" title=say::RENAME on:click=move |_| typing.set(true)
                on:keydown=move |event| if event.key() == "F2" { event.prevent_default(); typing.set(true) }>
                <span class="bar-name-words">{shown}</span>
                <span class="bar-name-pen"><Picture icon=icondata::LuPencil/></span>
            </button>
        }>
            <input class="input bar-name-field" node_ref=field data-testid="test-name-field" aria-label=say::NAME_OF_TEST maxlength="120"
                prop:value=name.get_untracked()
                on:blur=while_here(move |_| done(true, false))
                on:keydown=move |event| match event.key().as_str() {
                    _ if event.is_composing() => {}
                    "Enter" => done(true, true),
                    "Escape" => { event.stop_propagation(); event.prevent_default(); done(false, true) }
                    _ => {}
                }/>
        </Show>
    }
}

/// Whether it is saved, and since when.
#[component]
pub fn Saved() -> impl IntoView {
    let store = store();
    let words =
        store.memo(|model| model.test.as_ref().map(|test| save_words(&test.save, model.now.ms)).unwrap_or_default());
    let trouble = store.memo(|model| model.test.as_ref().is_some_and(|test| test.save.trouble.is_some()));
    // Where nothing but this browser keeps it.
    let alone = store.memo(|model| model.test.is_some() && model.can.practice);
    view! {
        <span class="bar-saved" class:bad=move || trouble.get() data-testid="save-state" title=words>
            {move || if trouble.get() { view! { <Picture icon=icondata::LuCircleX/> } } else { view! { <Picture icon=icondata::LuCheck/> } }}
            <span class="bar-saved-words">{words}</span>
        </span>
        <Show when=move || trouble.get()>
            <button type="button" class="link" on:click=move |_| store.send(Msg::SaveAgain)>{say::TRY_AGAIN}</button>
        </Show>
        <Show when=move || trouble.get() || alone.get()>
            <IconButton icon=icondata::LuDownload label=say::DOWNLOAD testid="download-test" on_click=move || store.send(Msg::SaveCopy)/>
        </Show>
    }
}
