//! A new target: an address, and what it is called. Must not judge an address.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::edit::{Edit, TargetEdit};
use tidemark_app_model::select::overlay::{bad_target, target_name, whole_address};
use tidemark_app_model::text::{edits, overlay as say, shell};

use crate::store::store;
use crate::view::parts::{Button, Dialog, Kind, TextField};

/// The dialog.
#[component]
pub fn NewTarget() -> impl IntoView {
    let store = store();
    let (url, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // What is wrong is said only once somebody wants to go on.
    let asked = RwSignal::new(false);
    let wrong = Memo::new(move |_| url.with(|url| bad_target(url)).unwrap_or_default());
    let shown = Signal::derive(move || if asked.get() { wrong.get().to_owned() } else { String::new() });
    let count = store.memo(|model| model.test.as_ref().map_or(0, |test| test.doc.scenario().targets.len()));
    let add = move || {
        asked.set(true);
        if !wrong.get_untracked().is_empty() {
            return crate::page::focus("new-target-url".to_owned());
        }
        let address = whole_address(&url.get_untracked());
        let typed = name.get_untracked();
        let called = if typed.trim().is_empty() { target_name(&address) } else { typed.trim().to_owned() };
        let first = Edit::Target(TargetEdit::MakeFirst(count.get_untracked()));
        let edits = vec![Edit::Target(TargetEdit::Add(called, address)), first];
        store.send(Msg::Escape);
        store.send(Msg::Edit(Edit::Many(edits::ADD_TARGET.to_owned(), edits)));
    };
    let full = Signal::derive(move || {
        url.with(|url| if bad_target(url).is_none() { target_name(&whole_address(url)) } else { String::new() })
    });
    view! {
        <Dialog title=say::NEW_TARGET testid="new-target" first="new-target-url" on_close=move || store.send(Msg::Escape)>
            <form class="data-dialog" on:submit=move |event| { event.prevent_default(); add() }>
                <TextField label=say::TARGET_URL value=url hint=say::TARGET_URL_HINT error=shown mono=true testid="new-target-url"
                    on_input=move |text| url.set(text)/>
                <TextField label=say::TARGET_NAME value=name hint=Signal::derive(move || match full.get() {
                        host if host.is_empty() => say::TARGET_NAME_HINT.to_owned(),
                        host => say::name_if_empty(&host),
                    }) testid="new-target-name" on_input=move |text| name.set(text)/>
                // So that Enter in a field does what the button does.
                <button type="submit" hidden></button>
            </form>
            <div class="dialog-foot">
                <Button label=shell::CANCEL on_click=move || store.send(Msg::Escape)/>
                <Button kind=Kind::Primary icon=icondata::LuPlus label=say::TARGET_ADD testid="new-target-add" on_click=add/>
            </div>
        </Dialog>
    }
}
