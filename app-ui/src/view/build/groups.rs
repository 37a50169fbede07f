//! The reusable groups, with how often each is used. Must not count uses.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, FlowEdit};
use tidemark_app_model::select::outline::{places, table};
use tidemark_app_model::text::build as say;

use super::desk::desk;
use super::outline;
use crate::page;
use crate::view::parts::{IconButton, Picture};

/// The list.
#[component]
pub(super) fn Groups() -> impl IntoView {
    let desk = desk();
    let groups = desk.store.memo(places::groups);
    let here = desk.store.memo(table::group);
    let add = move || {
        desk.store.send(Msg::Edit(Edit::Flow(FlowEdit::AddGroup(say::NEW_GROUP.to_owned()))));
        desk.name_new();
    };
    view! {
        <div class="who-part" data-testid="groups">
            <div class="who-head">
                <h2>{say::GROUPS}</h2>
                <IconButton icon=icondata::LuPlus label=say::ADD_GROUP testid="group-add" on_click=add/>
            </div>
            <Show when=move || groups.with(Vec::is_empty)><p class="who-none">{say::NO_GROUPS}</p></Show>
            <ul>
                <For each=move || groups.get() key=|group| group.clone() let:group>
                    {
                        let (id, name, uses) = group;
                        let (own, item) = (id.clone(), Item::Group(id.clone()));
                        let row = format!("group-{id}");
                        view! {
                            <li class="who-line" class:here=move || here.with(|here| here.as_deref() == Some(&*own))>
                                <button type="button" class="who-button" data-testid=format!("open-group-{id}")
                                    on:click=move |_| {
                                        desk.store.send(Msg::Select(vec![item.clone()]));
                                        page::focus(row.clone());
                                    }>
                                    <span class="row-icon"><Picture icon=icondata::LuBoxes/></span>
                                    <span class="who-name" title=name.clone()>{name.clone()}</span>
                                    <span class="who-uses">{say::used(uses)}</span>
                                </button>
                            </li>
                        }
                    }
                </For>
            </ul>
            <Show when=move || here.with(Option::is_some)>
                <button type="button" class="link" data-testid="back-to-tasks" on:click=move |_| outline::back_to_tasks(desk)>{say::BACK_TO_USERS}</button>
            </Show>
        </div>
    }
}
