//! Where the requests go: a chip that says how far away that is, with a menu to choose another. Must not judge whether a
//! host may be loaded.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, TargetEdit};
use tidemark_app_model::model::Dialog;
use tidemark_app_model::route::Tab;
use tidemark_app_model::select::hosts::Class;
use tidemark_app_model::select::shell::{self as select, TargetWords};
use tidemark_app_model::text::shell as say;

use crate::store::store;
use crate::view::parts::{Menu, MenuItem, Picture};

/// The picture of a distance.
pub fn class_icon(class: Option<Class>) -> icondata::Icon {
    match class {
        Some(Class::Here) => icondata::LuMonitor,
        Some(Class::Private) => icondata::LuNetwork,
        Some(Class::Internet) => icondata::LuGlobe,
        None => icondata::LuCrosshair,
    }
}

/// The chip.
#[component]
pub fn Target() -> impl IntoView {
    let store = store();
    let all = store.memo(select::chip_targets);
    let first = Memo::new(move |_| all.with(|all| all.first().cloned()));
    let face = move || view! { <Face first=first/> };
    let label = move || match first.get() {
        Some(first) => format!("{}: {}, {}, {}", say::TARGET, first.name, first.host, first.class_word),
        None => say::NO_TARGET.to_owned(),
    };
    let looks = Memo::new(move |_| first.get().is_some_and(|first| first.live));
    view! {
        <span class="target" class:live=looks class:none=move || first.get().is_none()>
            <Menu label=Signal::derive(label) class="target-chip" face=ViewFn::from(face) testid="target-chip">
                <For each=move || all.get() key=|target| (target.at, target.name.clone(), target.host.clone()) let:target>
                    {
                        let at = target.at;
                        let take = move || {
                            if at > 0 {
                                store.send(Msg::Edit(Edit::Target(TargetEdit::MakeFirst(at))));
                            }
                        };
                        view! {
                            <MenuItem icon=class_icon(target.class) label=format!("{} · {}", target.name, target.host)
                                testid=format!("target-{at}")
                                on_click=take/>
                        }
                    }
                </For>
                <hr class="menu-line"/>
                <MenuItem icon=icondata::LuPlus label=say::ADD_TARGET testid="target-add"
                    on_click=move || store.send(Msg::Open(Dialog::NewTarget))/>
                <MenuItem icon=icondata::LuTable label=say::ALL_TARGETS on_click=move || {
                    store.send(Msg::ShowTab(Tab::Data));
                    store.send(Msg::Select(vec![Item::Target(0)]));
                }/>
            </Menu>
        </span>
    }
}

/// What is on the chip.
#[component]
fn Face(first: Memo<Option<TargetWords>>) -> impl IntoView {
    move || match first.get() {
        None => view! {
            <Picture icon=icondata::LuCrosshair/>
            <span class="target-name">{say::NO_TARGET}</span>
            <Picture icon=icondata::LuChevronDown/>
        }
        .into_any(),
        Some(first) => view! {
            <Picture icon=class_icon(first.class)/>
            <span class="unseen">{say::TARGET}": "</span>
            <span class="target-name">{first.name}</span>" "
            <span class="target-host">{first.host}</span>" "
            <span class="target-class" title=if first.live { say::LIVE_TARGET_HINT } else { "" }>
                {first.class_word}
                {first.live.then_some(view! { " · " {say::LIVE_TARGET} })}
            </span>
            <Picture icon=icondata::LuChevronDown/>
        }
        .into_any(),
    }
}
