//! Keys that work everywhere: what was pressed becomes a message. Must not act itself, nor take keys while a word is being
//! composed or with AltGr.

use leptos::prelude::*;
use tidemark_app_model::route::Tab;
use tidemark_app_model::{Msg, commands};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::store::Store;

/// Listens to the whole window.
pub fn listen(store: Store) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if event.is_composing() || event.get_modifier_state("AltGraph") || event.default_prevented() {
            return;
        }
        if event.key() == "F6" {
            event.prevent_default();
            crate::page::walk_regions(!event.shift_key());
        } else if let Some(msg) = message(store, &event) {
            event.prevent_default();
            if matches!(msg, Msg::ShowTab(_)) {
                leave_text();
            }
            store.send(msg);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether typing goes into a field of its own.
fn in_field(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| element.tag_name() == "SELECT" || takes_text(&element))
}

/// Whether an element keeps a history of its own of what is typed. Fields with chips leave that to the document.
pub fn turns_itself(element: &web_sys::Element) -> bool {
    takes_text(element) && element.get_attribute("data-history").as_deref() != Some("document")
}

/// Whether undo and redo are about the field that a key was pressed in.
fn in_own_history(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| turns_itself(&element))
}

/// Whether an element is a text to write in.
pub fn takes_text(element: &web_sys::Element) -> bool {
    let plain = || !matches!(element.get_attribute("type").as_deref(), Some("checkbox" | "radio" | "range"));
    match element.tag_name().as_str() {
        "TEXTAREA" => true,
        "INPUT" => plain(),
        _ => element.has_attribute("contenteditable"),
    }
}

/// Leaves what is being typed, as a click elsewhere does, so that it is kept where something else is shown.
pub fn leave_text() {
    if let Some(field) = crate::page::focused().filter(|field| takes_text(field)) {
        // Fails only for what is not in the page any more.
        let _ = field.blur();
    }
}

/// What was pressed, as the table of commands understands it.
fn message(store: Store, event: &KeyboardEvent) -> Option<Msg> {
    let ctrl = event.ctrl_key() || event.meta_key();
    let (shift, alt) = (event.shift_key(), event.alt_key());
    let key = event.key();
    let key = if key.len() == 1 { key.to_lowercase() } else { key };
    if let Some(tab) = tab_of(event, ctrl, shift, alt) {
        return Some(Msg::ShowTab(tab));
    }
    if key == "Escape" && !(ctrl || shift || alt) {
        return Some(Msg::Escape);
    }
    // Undo and redo in a field with chips are the document's.
    let turns = ctrl && matches!(key.as_str(), "z" | "y");
    let typing = if turns { in_own_history(event) } else { in_field(event) };
    store.peek(|model| commands::pressed(model, ctrl, shift, alt, &key, typing))
}

/// Ctrl with a digit in a window; Alt and Shift with it in a browser, which has its own tabs.
fn tab_of(event: &KeyboardEvent, ctrl: bool, shift: bool, alt: bool) -> Option<Tab> {
    let held = if crate::backend::tauri::is_there() { ctrl && !alt } else { alt && shift && !ctrl };
    let digit = event.code().strip_prefix("Digit")?.parse::<usize>().ok()?;
    (held && digit >= 1).then(|| Tab::ALL.get(digit - 1).copied()).flatten()
}
