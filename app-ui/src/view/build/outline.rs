//! The list of rows: only those that are seen are on the page, so that a long test is as quick as a short one. Must not
//! know what is in a row.

use std::collections::BTreeSet;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::{Edit, FlowEdit};
use tidemark_app_model::model::Dialog;
use tidemark_app_model::select::outline::walk::{fold, range};
use tidemark_app_model::select::outline::{Shown, table};
use tidemark_app_model::select::turned;
use tidemark_app_model::text::build as say;
use wasm_bindgen::JsCast;

use super::desk::{Desk, MenuAt, desk};
use super::row::Row;
use super::{drag, keys, share};
use crate::page;
use crate::view::parts::{Button, Kind, on_resize};

/// So much more than is seen is on the page, in pixels.
const BEYOND: f64 = 240.0;

/// The list.
#[component]
pub(super) fn Outline() -> impl IntoView {
    let desk = desk();
    on_resize(desk.scroller, move |_| desk.look());
    let piece = Memo::new(move |_| {
        let sight = desk.sight.get();
        let rem = if sight.rem > 0.0 { sight.rem } else { 16.0 };
        // In steps, so that the list is not gone through with every pixel.
        let from = ((sight.scrolled - BEYOND) / BEYOND).floor() * BEYOND / rem;
        (from, (sight.scrolled + sight.height.max(400.0) + BEYOND) / rem)
    });
    let window = Memo::new(move |_| {
        let (from, to) = piece.get();
        desk.sheet.with(|sheet| desk.active.with(|active| sheet.0.window(from, to, active)))
    });
    let frames = Memo::new(move |_| {
        let (from, to) = piece.get();
        desk.sheet.with(|sheet| sheet.0.frames(from, to))
    });
    let length = Memo::new(move |_| desk.sheet.with(|sheet| sheet.0.length()));
    // Before it is drawn for the first time nobody knows how large a rem is.
    Effect::new(move |_| {
        length.track();
        desk.look();
    });
    follow(desk);
    keep_focus(desk);
    light_up(desk);
    view! {
        <div class="outline-scroll" node_ref=desk.scroller on:scroll=move |_| desk.look()
            on:pointermove=move |event| drag::pull(desk, &event)
            on:pointerup=move |_| drag::let_go(desk)
            on:pointercancel=move |_| drag::give_up(desk)>
            <Nobody/>
            <div class="outline-frames" aria-hidden="true" style=move || format!("block-size:{}rem", length.get())>
                <For each=move || frames.get() key=|frame| frame.id.clone() let:frame><Card id=frame.id frames=frames/></For>
            </div>
            <div class="outline-list" node_ref=desk.list role="treegrid" aria-label=move || title(desk) aria-multiselectable="true"
                data-testid="outline" style=move || format!("block-size:{}rem", length.get())
                on:keydown=move |event| keys::press(desk, &event)
                on:focusin=move |event| if let Some(id) = row_of(event.target()) { desk.active.set(id) }
                on:pointerdown=move |event| drag::grab(desk, &event)
                on:click=move |event| click(desk, &event)
                on:dblclick=move |event| double_click(desk, &event)
                on:contextmenu=move |event| context(desk, &event)>
                <For each=move || window.get() key=|id| id.clone() let:id><Row id=id/></For>
            </div>
            <drag::Line/>
        </div>
    }
}

/// What the list is called: what the shown user type does.
fn title(desk: Desk) -> String {
    desk.title.get()
}

/// The frame of a card and its colour.
#[component]
fn Card(id: String, frames: Memo<Vec<table::Frame>>) -> impl IntoView {
    let desk = desk();
    let own = id.clone();
    let frame = Memo::new(move |last: Option<&table::Frame>| {
        let found = frames.with(|frames| frames.iter().find(|frame| frame.id == own).cloned());
        found.or_else(|| last.cloned()).unwrap_or(table::Frame { id: own.clone(), top: 0.0, height: 0.0 })
    });
    let style = move || frame.with(|frame| format!("top:{}rem;block-size:{}rem", frame.top, frame.height));
    let task = id.strip_prefix("task-").map(str::to_owned);
    let colour = Memo::new(move |_| {
        let task = task.as_deref()?;
        let (number, letter) = desk.colours.with(|order| share::colour(order, task));
        Some((number, letter.is_some()))
    });
    view! {
        <div class="outline-card" style=style data-colour=move || colour.get().map(|(number, _)| number)
            class:hatched=move || colour.get().is_some_and(|(_, hatched)| hatched)></div>
    }
}

/// Where a user type has no tasks yet.
#[component]
fn Nobody() -> impl IntoView {
    let desk = desk();
    let empty = desk.store.memo(|model| {
        let test = model.test.as_ref()?;
        let id = match table_shown(test) {
            Shown::User(id) => id,
            _ => return None,
        };
        let user = test.doc.scenario().users.iter().find(|user| user.id == id)?;
        user.tasks.is_empty().then(|| (id, say::nothing_to_do(&user.name)))
    });
    move || {
        empty.get().map(|(id, words)| {
            view! {
                <div class="empty card outline-empty">
                    <p>{words}</p>
                    <span class="row-ways">
                        <Button kind=Kind::Primary icon=icondata::LuPlus label=say::ADD_TASK_TO testid="task-first"
                            on_click=move || add_task(desk, id.clone())/>
                        <Button icon=icondata::LuImport label=say::IMPORT on_click=move || desk.store.send(Msg::Open(Dialog::Import))/>
                    </span>
                </div>
            }
        })
    }
}

fn table_shown(test: &tidemark_app_model::model::Test) -> Shown {
    tidemark_app_model::select::outline::shown(test.doc.scenario(), &test.doc.selection)
}

/// Adds a task, and types its name.
pub(super) fn add_task(desk: Desk, user: String) {
    let edit = FlowEdit::AddTask(user, say::NEW_TASK.to_owned(), usize::MAX);
    desk.store.send(Msg::Edit(Edit::Flow(edit)));
    desk.name_new();
}

/// The keyboard goes where the choice goes, and the list shows it.
fn follow(desk: Desk) {
    let main = desk.store.memo(table::main);
    Effect::new(move |before: Option<String>| {
        let id = main.get();
        if desk.sheet.with(|sheet| sheet.0.row(&id).is_some()) && before.as_ref() != Some(&id) {
            desk.active.set(id.clone());
            desk.show(&id);
        }
        id
    });
    // A row that is gone can't hold the keyboard; the first takes it then.
    Effect::new(move |_| {
        let first = desk.sheet.with(|sheet| {
            let gone = desk.active.with(|active| sheet.0.row(active).is_none());
            gone.then(|| sheet.0.rows().first().map(|row| row.id.clone())).flatten()
        });
        if let Some(first) = first {
            desk.active.set(first);
        }
    });
    // Words that are being typed end where the place is gone.
    Effect::new(move |_| {
        if let Some((lane, _)) = desk.adding.get()
            && !desk.store.peek(|model| turned::has_lane(model, &lane))
        {
            desk.adding.set(None);
        }
    });
}

/// A row that has the focus and is drawn elsewhere, or anew, has it still: browsers take it away from what moves.
fn keep_focus(desk: Desk) {
    let row_or_none = |target| row_of(target).unwrap_or_default();
    let came = window_event_listener(leptos::ev::focusin, move |event| {
        desk.held.try_set_value(row_or_none(event.target()));
    });
    let pressed = window_event_listener(leptos::ev::pointerdown, move |event| {
        desk.held.try_set_value(row_or_none(event.target()));
    });
    on_cleanup(move || {
        came.remove();
        pressed.remove();
    });
    Effect::new(move |_| {
        desk.sheet.track();
        page::after(0, move || {
            let held = desk.held.try_get_value().is_some_and(|held| !held.is_empty());
            if held && page::focus_is_lost() {
                page::focus(desk.active.get_untracked());
            }
        });
    });
}

/// What an undo changed is lit up for a second.
fn light_up(desk: Desk) {
    const LIT_MS: u64 = 1_000;
    let turned = desk.store.memo(turned::turned);
    Effect::new(move |before: Option<u64>| {
        let (count, rows) = turned.get();
        if before.is_some_and(|before| before != count) {
            if let Some(first) = rows.iter().next() {
                desk.show(first);
            }
            desk.lit.set(rows);
            page::after(LIT_MS, move || {
                if desk.store.peek(|model| turned::turned(model).0) == count {
                    desk.lit.try_set(BTreeSet::new());
                }
            });
        }
        count
    });
}

/// The row that an event came from, by its name on the page.
pub(super) fn row_of(target: Option<web_sys::EventTarget>) -> Option<String> {
    let element = target?.dyn_into::<web_sys::Element>().ok()?;
    element.closest("[role=row]").ok()??.get_attribute("data-testid")
}

/// What a button in a row is for.
fn act_of(event: &MouseEvent) -> Option<(String, web_sys::Element)> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let button = element.closest("[data-act]").ok()??;
    Some((button.get_attribute("data-act")?, button))
}

fn click(desk: Desk, event: &MouseEvent) {
    if desk.dropped.get_value() {
        return;
    }
    let Some(id) = row_of(event.target()) else { return };
    let Some(row) = desk.sheet.with_untracked(|sheet| sheet.0.row(&id).cloned()) else { return };
    if let Some((act, button)) = act_of(event) {
        return press_button(desk, &act, &button, &row);
    }
    let (shift, ctrl) = (event.shift_key(), event.ctrl_key() || event.meta_key());
    match &row.item {
        Some(item) if ctrl => desk.store.send(Msg::Toggle(item.clone())),
        Some(item) if shift => {
            let items = desk
                .sheet
                .with_untracked(|sheet| desk.anchor.with_untracked(|anchor| range(sheet.0.rows(), anchor, &id)));
            desk.store.send(Msg::Select(if items.is_empty() { vec![item.clone()] } else { items }));
        }
        Some(item) => {
            desk.anchor.set(id.clone());
            desk.store.send(Msg::Select(vec![item.clone()]));
        }
        None => {}
    }
    desk.active.set(id.clone());
    page::focus(id);
}

/// What the buttons of a row do.
fn press_button(
    desk: Desk,
    act: &str,
    button: &web_sys::Element,
    row: &tidemark_app_model::select::outline::OutlineRow,
) {
    match (act, &row.kind, &row.place) {
        ("fold", ..) => {
            if let Some((name, open)) = fold(row, row.open != Some(true)) {
                desk.store.send(Msg::Expand(name, open));
            }
        }
        ("menu", ..) => {
            let place = button.get_bounding_client_rect();
            open_menu(desk, &row.id, (place.right(), place.bottom() + 4.0));
        }
        ("plus", ..) => {
            keys::quick(desk, row);
        }
        ("add", _, Some((lane, at))) => desk.add(lane.clone(), *at),
        ("first", _, Some((lane, at))) => {
            desk.store.send(Msg::QuickAdd(lane.clone(), *at, say::KIND_REQUEST.to_lowercase()));
        }
        ("import", ..) => desk.store.send(Msg::Open(Dialog::Import)),
        _ => {}
    }
}

/// Opens the menu of a row, which is chosen first.
pub(super) fn open_menu(desk: Desk, id: &str, at: (f64, f64)) {
    if let Some(item) = desk.item(id)
        && !desk.chosen.with_untracked(|chosen| chosen.contains(id))
    {
        desk.store.send(Msg::Select(vec![item]));
    }
    desk.active.set(id.to_owned());
    desk.menu.set(Some(MenuAt { row: id.to_owned(), at }));
}

fn double_click(desk: Desk, event: &MouseEvent) {
    if act_of(event).is_none() && row_of(event.target()).is_some_and(|id| desk.item(&id).is_some()) {
        event.prevent_default();
        super::enter_side(desk.store);
    }
}

fn context(desk: Desk, event: &MouseEvent) {
    let Some(id) = row_of(event.target()).filter(|id| desk.item(id).is_some()) else { return };
    event.prevent_default();
    open_menu(desk, &id, (f64::from(event.client_x()), f64::from(event.client_y())));
}

/// Opens the menu of a user type's card.
pub(super) fn open_user_menu(desk: Desk, card: &str, at: (f64, f64)) {
    if let Some(id) = card.strip_prefix("usertype-") {
        let item = Item::User(id.to_owned());
        if !desk.chosen.with_untracked(|chosen| chosen.contains(card)) {
            desk.store.send(Msg::Select(vec![item]));
        }
        desk.menu.set(Some(MenuAt { row: card.to_owned(), at }));
    }
}

/// Shows the tasks of a user type again, after a reusable group.
pub(super) fn back_to_tasks(desk: Desk) {
    let user = desk.store.peek(|model| {
        let test = model.test.as_ref()?;
        let first = || test.doc.scenario().users.first().map(|user| user.id.clone());
        test.doc.selection.user.clone().or_else(first)
    });
    if let Some(user) = user {
        desk.store.send(Msg::Select(vec![Item::User(user.clone())]));
        page::focus(format!("usertype-{user}"));
    }
}

/// Steps, a command or an address were pasted while the keyboard is on a row.
pub(super) fn paste(desk: Desk, event: &web_sys::ClipboardEvent) {
    let Some(id) = row_of(event.target()) else { return };
    if page::test_id_of(event.target()).as_deref() != Some(&*id) {
        return;
    }
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    let place = desk.sheet.with_untracked(|sheet| sheet.0.after(&id));
    if let (Some((lane, at)), false) = (place, text.trim().is_empty()) {
        event.prevent_default();
        desk.store.send(Msg::QuickAdd(lane, at, text));
    }
}
