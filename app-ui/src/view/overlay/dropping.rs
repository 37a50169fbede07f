//! The frame around the window while files are held over it, and what will happen with each kind.

use leptos::prelude::*;
use tidemark_app_model::select::home as select;
use tidemark_app_model::text::home as say;

use crate::store::store;
use crate::view::parts::Picture;

/// The frame.
#[component]
pub fn Frame() -> impl IntoView {
    let store = store();
    let held = store.memo(|model| model.files_held);
    let lines = store.memo(select::drops);
    let line = |(text, can): (String, bool)| {
        let icon = if can { icondata::LuCheck } else { icondata::LuMinus };
        view! { <li class:muted=!can><Picture icon=icon/>{text}</li> }
    };
    view! {
        <Show when=move || held.get()>
            <div class="drop-frame" data-testid="import-drop" role="status">
                <div class="drop-card">
                    <p class="drop-title"><Picture icon=icondata::LuFileDown/>{say::DROP_TITLE}</p>
                    <ul>{move || lines.get().into_iter().map(line).collect_view()}</ul>
                </div>
            </div>
        </Show>
    }
}
