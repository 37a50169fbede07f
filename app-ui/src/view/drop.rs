//! Files held over the app and dropped anywhere into it. A window of the desktop tells of them itself; in a browser the page
//! is told. Must not look into a file.

use leptos::ev::DragEvent;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::text::window as say;

use crate::backend;
use crate::store::{Store, store};

/// The frame around the whole app while files are held over it.
#[component]
pub fn Drop() -> impl IntoView {
    let store = store();
    listen(store);
    let held = store.memo(|model| model.files_held);
    view! {
        <Show when=move || held.get()>
            <div class="drop" data-testid="drop" aria-hidden="true"><p>{say::LET_GO}</p></div>
        </Show>
    }
}

/// Whether it is files that are dragged, and not a part of the page.
fn brings_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
}

fn listen(store: Store) {
    let over = window_event_listener(leptos::ev::dragover, move |event| {
        // What takes files of its own has said so.
        if brings_files(&event) && !event.default_prevented() {
            event.prevent_default();
            show(store, true);
        }
    });
    let away = window_event_listener(leptos::ev::dragleave, move |event| {
        // Between two elements of the page there is another one that is entered.
        if event.related_target().is_none() {
            show(store, false);
        }
    });
    let dropped = window_event_listener(leptos::ev::drop, move |event| {
        show(store, false);
        if brings_files(&event) && !event.default_prevented() {
            event.prevent_default();
            let files = event.data_transfer().and_then(|data| data.files());
            for file in files.iter().flat_map(|files| (0..files.length()).filter_map(|at| files.get(at))) {
                backend::read_file(file, std::rc::Rc::new(move |name, bytes| store.send(Msg::FileGiven(name, bytes))));
            }
        }
    });
    on_cleanup(move || {
        over.remove();
        away.remove();
        dropped.remove();
    });
}

/// `dragover` comes many times a second.
fn show(store: Store, held: bool) {
    if store.peek(|model| model.files_held) != held {
        store.send(Msg::FilesHeld(held));
    }
}
