//! The top of the panel: what is chosen, what can be done with all of it, and the way out. Must not decide what a deed does.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, FlowEdit};
use tidemark_app_model::model::Panel;
use tidemark_app_model::select::panel::{self as select, Subject};
use tidemark_app_model::text::panel as say;

use super::here::{Known, here};
use crate::page;
use crate::view::parts::{Button, IconButton, Kind, Menu, MenuItem};

/// Goes to the field in which the chosen thing is named.
pub(super) fn rename() {
    page::focus("panel-name".to_owned());
}

/// Deletes, copies or switches what the panel is about, even where a part of it is chosen.
fn deed(subject: &Subject, chosen: Msg, edit: impl FnOnce(Vec<Item>) -> FlowEdit) -> Option<Msg> {
    let item = match subject {
        Subject::Nothing => return None,
        Subject::Many(_) => return Some(chosen),
        Subject::User(id) => Item::User(id.clone()),
        Subject::Task(id) => Item::Task(id.clone()),
        Subject::Group(id) => Item::Group(id.clone()),
        Subject::Step(id, _) => Item::Step(id.clone()),
    };
    Some(Msg::Edit(Edit::Flow(edit(vec![item]))))
}

/// The top.
#[component]
pub(super) fn Head(subject: Memo<Subject>) -> impl IntoView {
    let store = here().store;
    let title = store.memo(move |model| select::title(model, &select::subject(model)));
    let off = store.memo(move |model| select::is_off(model, &select::subject(model)));
    let known = expect_context::<Known>();
    let switchable = move || !matches!(subject.get(), Subject::Nothing | Subject::Group(_));
    let something = Memo::new(move |_| subject.with(|subject| *subject != Subject::Nothing));
    let send = move |msg: Option<Msg>| {
        if let Some(msg) = msg {
            store.send(msg);
        }
    };
    let switch = move || {
        let now = off.get_untracked();
        send(deed(&subject.get_untracked(), Msg::SwitchChosen, |items| FlowEdit::Switch(items, !now)));
    };
    let copy = move || send(deed(&subject.get_untracked(), Msg::CopyChosen, FlowEdit::Copy));
    let delete = move || send(deed(&subject.get_untracked(), Msg::DeleteChosen, FlowEdit::Remove));
    let as_text = Signal::derive(move || if known.as_text.get() { say::AS_CHIPS } else { say::AS_TEXT }.to_owned());
    view! {
        <header class="panel-head">
            <h2 class="panel-title" data-testid="panel-title" title=title>{move || if something.get() { title.get() } else { say::PANEL.to_owned() }}</h2>
            <Show when=move || something.get()>
                <Menu label=say::MORE testid="panel-more">
                    <MenuItem icon=icondata::LuCopy label=say::DUPLICATE keys=format!("{} D", page::command_key()) testid="panel-copy" on_click=copy/>
                    <Show when=switchable>
                        <MenuItem icon=icondata::LuPower keys="." testid="panel-switch" on_click=switch
                            label=Signal::derive(move || if off.get() { say::SWITCH_ON } else { say::TURN_OFF }.to_owned())/>
                    </Show>
                    <MenuItem icon=icondata::LuBraces label=as_text testid="panel-as-text" on_click=move || known.as_text.update(|on| *on = !*on)/>
                    <hr class="menu-line"/>
                    <MenuItem icon=icondata::LuTrash2 label=say::DELETE keys="Del" testid="panel-delete" on_click=delete/>
                </Menu>
            </Show>
            <IconButton icon=icondata::LuX label=say::CLOSE testid="panel-close" on_click=move || store.send(Msg::TogglePanel(Panel::Step))/>
        </header>
        <Show when=move || off.get()>
            <div class="panel-off" data-testid="panel-off">
                <p>{say::STEP_OFF}</p>
                <Button kind=Kind::Secondary label=say::SWITCH_ON testid="panel-switch-on" on_click=switch/>
            </div>
        </Show>
    }
}
