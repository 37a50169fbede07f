//! Who comes: the user types with their shares and heads, the reusable groups, and the first of the problems. Must not count
//! heads.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, FlowEdit, Mix, ShareEdit, Way};
use tidemark_app_model::select::mix::{self, Segment, UserCard};
use tidemark_app_model::text::build as say;

use super::desk::{Desk, desk};
use super::head::NameField;
use super::share::{Lock, Share, Stepper};
use super::{groups, outline, problems, share};
use crate::page;
use crate::view::parts::{IconButton, Picture};

/// The column.
#[component]
pub(super) fn Who() -> impl IntoView {
    let desk = desk();
    let cards = desk
        .store
        .memo(|model| model.test.as_ref().map(|test| mix::user_cards(test.doc.scenario())).unwrap_or_default());
    let segments = desk.store.memo(mix::user_mix);
    let ids = Memo::new(move |_| cards.with(|cards| cards.iter().map(|card| card.id.clone()).collect::<Vec<_>>()));
    view! {
        <section class="who" aria-labelledby="who-title" data-region="who" data-testid="who" on:scroll=move |_| desk.nudge_ribbons()>
            <div class="who-head">
                <h2 id="who-title">{say::WHO}</h2>
                <IconButton icon=icondata::LuPlus label=say::ADD_USER testid="usertype-add" on_click=move || add(desk)/>
            </div>
            <ul class="who-cards" on:pointermove=move |event| super::drag::pull(desk, &event) on:pointerup=move |_| super::drag::let_go(desk)>
                <For each=move || ids.get() key=|id| id.clone() let:id><Card id=id cards=cards segments=segments/></For>
            </ul>
            <groups::Groups/>
            <problems::Few/>
        </section>
    }
}

fn add(desk: Desk) {
    desk.store.send(Msg::Edit(Edit::Flow(FlowEdit::AddUser(say::NEW_USER.to_owned(), usize::MAX))));
    desk.name_new();
}

/// A user type.
#[component]
fn Card(id: String, cards: Memo<Vec<UserCard>>, segments: Memo<Vec<Segment>>) -> impl IntoView {
    let desk = desk();
    let own = id.clone();
    let card = Memo::new(move |last: Option<&Option<UserCard>>| {
        let found = cards.with(|cards| cards.iter().find(|card| card.id == own).cloned());
        found.or_else(|| last.cloned().flatten())
    });
    let of = move |read: fn(&UserCard) -> String| move || card.with(|card| card.as_ref().map(read).unwrap_or_default());
    let name = of(|card| card.name.clone());
    let row = format!("usertype-{id}");
    let (own, shown) = (row.clone(), id.clone());
    let chosen = Memo::new(move |_| desk.chosen.with(|chosen| chosen.contains(&own)));
    let here = Memo::new(move |_| desk.user.with(|user| user.as_deref() == Some(&*shown)));
    let own = row.clone();
    let lit = Memo::new(move |_| desk.lit.with(|lit| lit.contains(&own)));
    let own = row.clone();
    let renaming = Memo::new(move |_| desk.renaming.with(|renaming| *renaming == own));
    let item = Item::User(id.clone());
    let (renamed, grabbed, pressed, typed) = (item.clone(), item.clone(), item.clone(), item.clone());
    let (renamed_row, menu_row, typed_row) = (row.clone(), row.clone(), row.clone());
    let segment = share::segment(segments, id.clone());
    let colour = {
        let id = id.clone();
        desk.store.memo(move |model| {
            let order = model.test.as_ref().map(|test| mix::users_as_they_came(&test.doc)).unwrap_or_default();
            share::colour(&order, &id)
        })
    };
    let refused = share::refused(desk.store, item);
    let off = move || card.with(|card| card.as_ref().is_some_and(|card| card.off));
    let drop_here = {
        let row = row.clone();
        Memo::new(move |_| desk.drops_on(&row))
    };
    view! {
        <li>
            <div class="usertype" data-testid=row tabindex="0" role="group" aria-label=name aria-current=move || here.get().then_some("true")
                class:chosen=chosen class:here=here class:lit=lit class:off=off
                class:drop-above=move || drop_here.get() == Some(false) class:drop-below=move || drop_here.get() == Some(true)
                on:pointerdown=move |event| {
                    let on_field = event.target().is_some_and(|target| page::lies_in(&target, "button, input"));
                    if event.button() == 0 && !on_field { super::drag::hold(desk, &event, grabbed.clone()) }
                }
                on:click=move |_| desk.store.send(Msg::Select(vec![pressed.clone()]))
                on:dblclick=move |_| super::enter_side(desk.store)
                on:keydown=move |event| press(desk, &event, &typed, &typed_row)>
                <div class="usertype-top">
                    <span class="usertype-dot" aria-hidden="true" data-colour=move || colour.get().0>{move || colour.get().1.map(String::from)}</span>
                    {move || match renaming.get() {
                        true => view! { <NameField id=renamed_row.clone() item=renamed.clone()/> }.into_any(),
                        false => view! { <span class="usertype-name" title=name>{name}</span> }.into_any(),
                    }}
                    {move || off().then(|| view! { <span class="row-off">{say::OFF}</span> })}
                    <button type="button" class="row-button" aria-haspopup="menu" data-testid=format!("usertype-menu-{id}")
                        aria-label=move || say::more_for(&name()) title=say::ACTIONS
                        on:click=move |event| {
                            event.stop_propagation();
                            let place = event_target::<web_sys::Element>(&event).get_bounding_client_rect();
                            outline::open_user_menu(desk, &menu_row, (place.left(), place.bottom() + 4.0));
                        }>
                        <Picture icon=icondata::LuEllipsis/>
                    </button>
                </div>
                <Much card=card segment=segment/>
                <p class="usertype-heads">{of(|card| card.text.clone())}</p>
                {move || refused.get().map(|why| view! { <p class="field-error" role="alert">{why}</p> })}
                <problems::Of item=Item::User(id.clone())/>
            </div>
        </li>
    }
}

/// How many come: a share, or an exact number.
#[component]
fn Much(card: Memo<Option<UserCard>>, segment: Memo<Segment>) -> impl IntoView {
    let desk = desk();
    let exactly = Memo::new(move |_| card.with(|card| card.as_ref().and_then(|card| card.exactly)));
    let is_exact = Memo::new(move |_| exactly.get().is_some());
    let tab = Signal::derive(|| "0");
    move || match is_exact.get() {
        false => view! {
            <div class="usertype-much">
                <Share mix=Signal::derive(|| Mix::Users) segment=segment tab=tab/>
                <Lock segment=segment tab=tab/>
            </div>
        }
        .into_any(),
        true => {
            let id = segment.with_untracked(|one| one.id.clone());
            let label = Signal::derive(move || segment.with(|one| say::people_of(&one.name)));
            let value = Memo::new(move |_| f64::from(exactly.get().unwrap_or(1)));
            let testid = format!("share-{id}");
            view! {
                <div class="usertype-much">
                    <span class="muted">{say::EXACT_NUMBER}</span>
                    <Stepper label=label value=value unit=Signal::derive(|| "") hint=Signal::derive(String::new) testid=testid tab=tab
                        on_put=move |number: f64| {
                            let edit = ShareEdit::Exactly(id.clone(), Some(number.round().max(0.0) as u32));
                            desk.store.send(Msg::Edit(Edit::Share(edit)));
                        }/>
                </div>
            }
            .into_any()
        }
    }
}

/// Keys on a card.
fn press(desk: Desk, event: &KeyboardEvent, item: &Item, row: &str) {
    if event.is_composing() || event.default_prevented() || page::test_id_of(event.target()).as_deref() != Some(row) {
        return;
    }
    let choose = || desk.store.send(Msg::Select(vec![item.clone()]));
    let on_it = |msg: Msg| {
        choose();
        desk.store.send(msg);
    };
    let ctrl = event.ctrl_key() || event.meta_key();
    match (ctrl, event.alt_key(), event.key().as_str()) {
        (false, false, "Enter") => {
            choose();
            super::enter_side(desk.store);
        }
        (false, false, " ") => choose(),
        (false, false, "F2") => desk.renaming.set(row.to_owned()),
        (false, false, "Delete" | "Backspace") => on_it(Msg::DeleteChosen),
        (false, true, "ArrowUp") => on_it(Msg::NudgeChosen(Way::Up)),
        (false, true, "ArrowDown") => on_it(Msg::NudgeChosen(Way::Down)),
        (false, false, "ArrowUp" | "ArrowDown") => {
            if let Some(next) = desk.store.peek(|model| mix::next_user(model, item, event.key() == "ArrowDown")) {
                desk.store.send(Msg::Select(vec![Item::User(next.clone())]));
                page::focus(format!("usertype-{next}"));
            }
        }
        (true, false, "d") => on_it(Msg::CopyChosen),
        (false, false, ".") => on_it(Msg::SwitchChosen),
        (false, false, "ContextMenu") => {
            if let Some(place) = page::by_test_id(row).map(|card| card.get_bounding_client_rect()) {
                outline::open_user_menu(desk, row, (place.left() + 24.0, place.top() + 36.0));
            }
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}
