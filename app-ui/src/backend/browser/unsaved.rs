//! What would be lost if the page ended now: notes that are on their way to the database when the page is left stand beside
//! it, in the browser's simple storage, which takes them at once. The next page takes them over. Must not know what is in a
//! note.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use serde_json::Value;
use tidemark_core::wire::table::{Command, WriteJournal};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::Storage;

/// Keys in the simple storage begin so; what follows is the file.
const KEY: &str = "tidemark unsaved ";

/// Notes on their way, by file.
#[derive(Debug, Default)]
pub struct Unsaved {
    on_the_way: RefCell<BTreeMap<String, Value>>,
    /// The page is left, or nobody sees it.
    leaving: Cell<bool>,
}

impl Unsaved {
    /// A command is on its way. Only notes of how a test was edited matter: they know what its file lacks.
    pub fn begins(&self, name: &str, body: &Value) -> Option<String> {
        let file = body.get("file")?.as_str().filter(|_| name == WriteJournal::NAME)?.to_owned();
        self.on_the_way.borrow_mut().insert(file.clone(), body.clone());
        if self.leaving.get() {
            keep(&file, body);
        }
        Some(file)
    }

    /// It arrived, or did not: then what stands in the simple storage stays there.
    pub fn ended(&self, file: &str, body: &Value, arrived: bool) {
        let mut on_the_way = self.on_the_way.borrow_mut();
        if on_the_way.get(file) == Some(body) {
            on_the_way.remove(file);
            if arrived {
                forget(file);
            }
        }
    }

    /// The page is left now, or seen again.
    pub fn leaves(&self, leaving: bool) {
        self.leaving.set(leaving);
        if leaving {
            self.on_the_way.borrow().iter().for_each(|(file, body)| keep(file, body));
        }
    }

    /// What a page before this one could not bring to its place: files, and bodies of the command.
    pub fn left_behind() -> Vec<(String, Value)> {
        let Some(storage) = storage() else { return Vec::new() };
        let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
        let ours: Vec<String> = keys.filter(|key| key.starts_with(KEY)).collect();
        let note = |key: &String| {
            let body = serde_json::from_str(&storage.get_item(key).ok()??).ok()?;
            Some((key.strip_prefix(KEY)?.to_owned(), body))
        };
        ours.iter().filter_map(note).collect()
    }
}

/// Calls `hear` with whether the page is left, each time that changes.
pub fn listen(hear: impl Fn(bool) + 'static) {
    let Some(window) = web_sys::window() else { return };
    let heard = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
        hear(event.type_() == "pagehide" || crate::page::is_hidden());
    })
    .into_js_value();
    for name in ["pagehide", "pageshow", "visibilitychange"] {
        // Before everybody else, so that what these save is seen; a browser without the event keeps what it did.
        let _ = window.add_event_listener_with_callback_and_bool(name, heard.unchecked_ref(), true);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn keep(file: &str, body: &Value) {
    if let Some(storage) = storage() {
        // Full or forbidden: then it is as good as without it.
        let _ = storage.set_item(&format!("{KEY}{file}"), &body.to_string());
    }
}

/// It is in its place, or has none any more.
pub fn forget(file: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&format!("{KEY}{file}"));
    }
}
