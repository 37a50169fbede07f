//! Lines between the bar and the screen: what holds for the whole test. A part of the layout, nothing that pops up.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::model::Dialog;
use tidemark_app_model::route::Tab;
use tidemark_app_model::select::shell as select;
use tidemark_app_model::text::{notices, shop as say};

use crate::store::store;
use crate::view::parts::{Button, IconButton, Kind, Picture};

/// All of them.
#[component]
pub fn Notes() -> impl IntoView {
    let store = store();
    let read_only = store.memo(|model| model.tab().is_some() && model.test.as_ref().is_some_and(|test| test.read_only));
    let own = store.memo(|model| select::own_way(model) && model.tab() == Some(Tab::Build));
    view! {
        <Show when=move || read_only.get()>
            <p class="note-strip" data-testid="read-only" role="note"><Picture icon=icondata::LuLock/><span><b>{notices::READ_ONLY}". "</b>{notices::READ_ONLY_WHY}</span></p>
        </Show>
        <Show when=move || own.get()><OwnWay/></Show>
    }
}

/// From the demo to a test of one's own.
#[component]
fn OwnWay() -> impl IntoView {
    let store = store();
    view! {
        <aside class="own-way" data-testid="own-way" aria-labelledby="own-way">
            <div>
                <h2 id="own-way">{say::OWN}</h2>
                <p class="muted">{say::OWN_LEAD}</p>
            </div>
            <div class="own-ways">
                <Button kind=Kind::Primary icon=icondata::LuClipboardPaste label=say::OWN_PASTE testid="own-paste"
                    on_click=move || store.send(Msg::Open(Dialog::Import))/>
                <Button icon=icondata::LuFolderOpen label=say::OWN_FILE testid="own-file" on_click=move || store.send(Msg::PickFile)/>
                <Button icon=icondata::LuPlus label=say::OWN_EMPTY testid="own-empty" on_click=move || store.send(Msg::NewTest)/>
            </div>
            <IconButton icon=icondata::LuX label=say::OWN_HIDE testid="own-hide" on_click=move || store.send(Msg::HideOwnWay)/>
        </aside>
    }
}
