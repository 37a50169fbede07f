//! Keys on rows: each does what a menu or the mouse does. Must not act itself.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::doc::edit::Way;
use tidemark_app_model::model::Dialog;
use tidemark_app_model::select::outline::walk::{Walk, Walked, range, walk};
use tidemark_app_model::select::outline::{OutlineRow, name};

use super::desk::Desk;
use super::{drag, outline};
use crate::page;

/// A key on a row or on what is in it.
pub(super) fn press(desk: Desk, event: &KeyboardEvent) {
    if event.is_composing() || event.get_modifier_state("AltGraph") || event.default_prevented() {
        return;
    }
    let Some(id) = outline::row_of(event.target()) else { return };
    let on_row = page::test_id_of(event.target()).is_some_and(|own| own == id);
    let key = event.key();
    if key == "Escape" && desk.drag.with_untracked(Option::is_some) {
        event.prevent_default();
        return drag::give_up(desk);
    }
    // In a field or on a button keys have their own meaning; Escape leads back to the row.
    if !on_row {
        if key == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            page::focus(id);
        }
        return;
    }
    let Some(row) = desk.sheet.with_untracked(|sheet| sheet.0.row(&id).cloned()) else { return };
    if act(desk, event, &row) {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Does what a key means on a row; false where it means nothing.
fn act(desk: Desk, event: &KeyboardEvent, row: &OutlineRow) -> bool {
    let ctrl = event.ctrl_key() || event.meta_key();
    let (shift, alt) = (event.shift_key(), event.alt_key());
    let key = event.key();
    let key = if key.chars().count() == 1 { key.to_lowercase() } else { key };
    if let Some(way) = way(&key)
        && !ctrl
        && !alt
    {
        return go(desk, row, way, shift);
    }
    if let (Some(msg), Some(item)) = (on_choice(ctrl, shift, alt, &key), &row.item) {
        hold(desk, row, item);
        desk.store.send(msg);
        return true;
    }
    match (ctrl, shift, alt, key.as_str()) {
        (false, false, false, " ") => match &row.item {
            Some(item) => desk.store.send(Msg::Toggle(item.clone())),
            None => return open(desk, row),
        },
        (false, false, false, "Enter") => return open(desk, row),
        (false, false, false, "F2") => rename(desk, row),
        (false, _, false, "/") => return quick(desk, row),
        (false, true, false, "F10") | (false, false, false, "ContextMenu") => return menu(desk, row),
        (true, false, false, "a") => return all(desk, row),
        _ => return false,
    }
    true
}

/// What is done with all that is chosen.
fn on_choice(ctrl: bool, shift: bool, alt: bool, key: &str) -> Option<Msg> {
    Some(match (ctrl, shift, alt, key) {
        (false, false, false, "Delete" | "Backspace") => Msg::DeleteChosen,
        (false, false, true, "ArrowUp") => Msg::NudgeChosen(Way::Up),
        (false, false, true, "ArrowDown") => Msg::NudgeChosen(Way::Down),
        (false, false, true, "ArrowLeft") => Msg::NudgeChosen(Way::Out),
        (false, false, true, "ArrowRight") => Msg::NudgeChosen(Way::Into),
        (true, false, false, "d") => Msg::CopyChosen,
        (true, false, false, "g") => Msg::GroupChosen,
        (true, false, false, "c") => Msg::ClipChosen(false),
        (true, false, false, "x") => Msg::ClipChosen(true),
        (false, false, false, ".") => Msg::SwitchChosen,
        (false, false, false, "m") => Msg::Open(Dialog::MoveTo),
        _ => return None,
    })
}

/// Chooses the row where the keyboard is, where it is not among the chosen ones.
fn hold(desk: Desk, row: &OutlineRow, item: &Item) {
    if !desk.chosen.with_untracked(|chosen| chosen.contains(&row.id)) {
        desk.store.send(Msg::Select(vec![item.clone()]));
    }
}

fn way(key: &str) -> Option<Walk> {
    Some(match key {
        "ArrowUp" => Walk::Up,
        "ArrowDown" => Walk::Down,
        "ArrowLeft" => Walk::Left,
        "ArrowRight" => Walk::Right,
        "Home" => Walk::First,
        "End" => Walk::Last,
        _ => return None,
    })
}

/// Takes a step, and chooses where it leads; with Shift all rows on the way.
fn go(desk: Desk, row: &OutlineRow, way: Walk, shift: bool) -> bool {
    match desk.sheet.with_untracked(|sheet| walk(sheet.0.rows(), &row.id, way)) {
        Walked::Fold(name, open) => desk.store.send(Msg::Expand(name, open)),
        Walked::Row(to) => {
            let item = desk.item(&to);
            if shift {
                if desk.anchor.with_untracked(String::is_empty) {
                    desk.anchor.set(row.id.clone());
                }
                let items = desk
                    .sheet
                    .with_untracked(|sheet| desk.anchor.with_untracked(|anchor| range(sheet.0.rows(), anchor, &to)));
                if !items.is_empty() {
                    desk.store.send(Msg::Select(items));
                }
            } else {
                desk.anchor.set(to.clone());
                if let Some(item) = item {
                    desk.store.send(Msg::Select(vec![item]));
                }
            }
            desk.go(&to);
        }
        Walked::Nowhere => {}
    }
    true
}

/// Goes into the settings of a row, or adds a step where the row is for that.
fn open(desk: Desk, row: &OutlineRow) -> bool {
    match (&row.item, &row.place) {
        (Some(item), _) => {
            hold(desk, row, item);
            super::enter_side(desk.store);
        }
        (None, Some((lane, at))) => desk.add(lane.clone(), *at),
        (None, None) => return false,
    }
    true
}

/// Types the name of a row; what has none is changed in its settings.
pub(super) fn rename(desk: Desk, row: &OutlineRow) {
    let Some(item) = &row.item else { return };
    let named =
        desk.store.peek(|model| model.test.as_ref().is_some_and(|test| name(test.doc.scenario(), item).is_some()));
    if named {
        desk.renaming.set(row.id.clone());
    } else {
        hold(desk, row, item);
        super::enter_side(desk.store);
    }
}

/// Types a step after a row.
pub(super) fn quick(desk: Desk, row: &OutlineRow) -> bool {
    let place = desk.sheet.with_untracked(|sheet| sheet.0.after(&row.id));
    let Some((lane, at)) = place else { return false };
    desk.add(lane, at);
    true
}

fn menu(desk: Desk, row: &OutlineRow) -> bool {
    let Some(place) = page::by_test_id(&row.id).map(|element| element.get_bounding_client_rect()) else { return false };
    if row.item.is_none() {
        return false;
    }
    outline::open_menu(desk, &row.id, (place.left() + 48.0, place.bottom()));
    true
}

/// Chooses all neighbours of a row.
fn all(desk: Desk, row: &OutlineRow) -> bool {
    let items = desk.sheet.with_untracked(|sheet| sheet.0.neighbours(&row.id));
    if items.is_empty() {
        return false;
    }
    desk.store.send(Msg::Select(items));
    true
}
