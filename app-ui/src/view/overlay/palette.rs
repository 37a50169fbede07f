//! The palette: one field, and a list of what can be done and where one can go. Must not do anything itself.

use leptos::html;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::commands::{Entry, Group, entries};
use tidemark_app_model::text::overlay as say;
use web_sys::KeyboardEvent;

use crate::page;
use crate::store::store;
use crate::view::parts::{Dialog, Picture};

/// The palette.
#[component]
pub fn Palette() -> impl IntoView {
    let store = store();
    let (typed, at) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    let found = store.memo(move |model| typed.with(|typed| entries(model, typed)));
    let count = Memo::new(move |_| found.with(Vec::len));
    let field: NodeRef<html::Input> = NodeRef::new();
    // Once it is open: a dialog gives the focus to its first button.
    page::after(0, move || {
        if let Some(field) = field.get_untracked() {
            let _ = field.focus();
        }
    });
    let act = move |entry: Option<Entry>| {
        if let Some(msg) = entry.and_then(|entry| entry.msg) {
            store.send(Msg::Escape);
            store.send(msg);
        }
    };
    let keydown = move |event: KeyboardEvent| {
        let (here, last) = (at.get_untracked(), count.get_untracked().saturating_sub(1));
        match event.key().as_str() {
            "ArrowDown" => at.set(if here >= last { 0 } else { here + 1 }),
            "ArrowUp" => at.set(if here == 0 { last } else { here - 1 }),
            "Enter" => act(found.with_untracked(|found| found.get(here).cloned())),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
        show(at.get_untracked());
    };
    let each = move || found.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <Dialog title=say::PALETTE testid="palette" shape="palette" on_close=move || store.send(Msg::Escape)>
            <div class="palette-field">
                <Picture icon=icondata::LuSearch/>
                <input node_ref=field type="text" class="palette-input" data-testid="palette-input" role="combobox" aria-expanded="true"
                    aria-controls="palette-list" aria-autocomplete="list" aria-label=say::PALETTE placeholder=say::PALETTE autocomplete="off" spellcheck="false"
                    aria-activedescendant=move || (count.get() > 0).then(|| entry_id(at.get()))
                    on:input=move |event| { typed.set(event_target_value(&event)); at.set(0) } on:keydown=keydown/>
            </div>
            <div id="palette-list" class="palette-list" role="listbox" aria-label=say::PALETTE>
                <For each=each key=|(at, entry)| (*at, entry.id.clone(), entry.not_now) let((number, entry))>
                    <Line number=number entry=entry.clone() first=is_first(&found.get_untracked(), number) at=at
                        on_click=move || act(Some(entry.clone()))/>
                </For>
                <Show when=move || count.get() == 0><p class="palette-none muted">{say::PALETTE_NONE}</p></Show>
            </div>
            <p class="palette-foot muted"><span role="status">{move || say::found(count.get())}</span><span aria-hidden="true">{say::PALETTE_HINT}</span></p>
        </Dialog>
    }
}

fn entry_id(number: usize) -> String {
    format!("palette-{number}")
}

/// Scrolls to an entry.
fn show(number: usize) {
    if let Some(entry) = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(&entry_id(number)))
    {
        entry.scroll_into_view_with_bool(false);
    }
}

/// Whether an entry is the first of its group.
fn is_first(found: &[Entry], number: usize) -> bool {
    let group = |number: usize| found.get(number).map(|entry| entry.group);
    number == 0 || group(number) != group(number - 1)
}

#[component]
fn Line(
    number: usize,
    entry: Entry,
    first: bool,
    at: RwSignal<usize>,
    #[prop(into)] on_click: Callback<()>,
) -> impl IntoView {
    let head = match entry.group {
        Group::Do => say::PALETTE_DO,
        Group::Go => say::PALETTE_GO,
    };
    let about = if entry.not_now.is_empty() { entry.about.clone() } else { entry.not_now.to_owned() };
    let keys = entry.keys.map(|keys| view! { <kbd>{keys.words(page::command_key())}</kbd> });
    view! {
        {first.then(|| view! { <p class="palette-head" role="presentation">{head}</p> })}
        <div id=entry_id(number) class="palette-entry" role="option" data-testid=format!("palette-{}", entry.id)
            aria-selected=move || (at.get() == number).to_string() aria-disabled=entry.msg.is_none().then_some("true")
            on:mousemove=move |_| if at.get_untracked() != number { at.set(number) } on:click=move |_| on_click.run(())>
            <span class="palette-label">{entry.label.clone()}</span>
            <span class="palette-about">{about}</span>
            {keys}
        </div>
    }
}
