//! Files that are dragged over the page and dropped, anywhere in the window. In a window of the desktop it is the window that
//! tells of them. Must not know what is in them.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use web_sys::DragEvent;

use crate::backend::{files, tauri};
use crate::store::Store;

/// Listens to the whole window.
pub fn listen(store: Store) {
    if tauri::is_there() {
        return;
    }
    // One enters an element before one leaves the other: only when all are left, the files are gone.
    let inside = StoredValue::new_local(0_i32);
    let hold = move |by: i32| {
        inside.update_value(|count| *count = (*count + by).max(0));
        let held = inside.get_value() > 0;
        if store.peek(|model| model.files_held) != held {
            store.send(Msg::FilesHeld(held));
        }
    };
    let enter = window_event_listener(ev::dragenter, move |event| {
        if has_files(&event) {
            event.prevent_default();
            hold(1);
        }
    });
    let over = window_event_listener(ev::dragover, move |event| {
        if has_files(&event) {
            event.prevent_default();
        }
    });
    let leave = window_event_listener(ev::dragleave, move |event| {
        if has_files(&event) {
            hold(-1);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        inside.set_value(0);
        store.send(Msg::FilesHeld(false));
        let list = event.data_transfer().and_then(|held| held.files());
        let files = list.iter().flat_map(|list| (0..list.length()).filter_map(|at| list.get(at)));
        files.for_each(|file| files::read(file, Rc::new(move |picked| store.take_file(picked))));
    });
    on_cleanup(move || [enter, over, leave, dropped].into_iter().for_each(|handle| handle.remove()));
}

/// Whether files are dragged, and not a text or something of the page.
fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|held| held.types().includes(&"Files".into(), 0))
}
