//! One row of the outline. What is done to it is heard by the whole list, so that a row costs little. Must not know what
//! was done.

use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use tidemark_app_model::select::outline::{OutlineRow, RowKind};
use tidemark_app_model::text::build as say;
use tidemark_app_model::text::steps::{Piece, pieces};

use super::desk::desk;
use super::{glyph, head, quick};
use crate::view::parts::{Picture, severity_mark};

/// What every row has: its place, its level, and how it stands.
#[component]
fn Frame(id: String, row: Memo<OutlineRow>, class: &'static str, children: Children) -> impl IntoView {
    let desk = desk();
    let own = StoredValue::new(id.clone());
    let is = move |name: &String| own.with_value(|own| own == name);
    let place = Memo::new(move |_| desk.sheet.with(|sheet| own.with_value(|own| sheet.0.place(own))));
    let style = move || {
        let (top, height) = place.get().unwrap_or_default();
        row.with(|row| format!("top:{top}rem;block-size:{height}rem;--depth:{};--brackets:{}", row.depth, row.brackets))
    };
    let active = Memo::new(move |_| desk.active.with(is));
    let chosen = Memo::new(move |_| own.with_value(|own| desk.chosen.with(|chosen| chosen.contains(own))));
    let lit = Memo::new(move |_| own.with_value(|own| desk.lit.with(|lit| lit.contains(own))));
    let dragged = Memo::new(move |_| {
        own.with_value(|own| desk.drag.with(|drag| drag.as_ref().is_some_and(|drag| drag.carries(own))))
    });
    view! {
        <div role="row" class=class data-testid=id style=style tabindex=move || if active.get() { "0" } else { "-1" }
            class:off=move || row.with(|row| row.off) class:lit=lit class:dragged=dragged class:chosen={move || chosen.get()}
            {..custom_attribute("aria-level", move || row.with(|row| (row.depth + 1).to_string()))}
            aria-posinset=move || row.with(|row| row.position.0)
            aria-setsize=move || row.with(|row| row.position.1)
            aria-expanded=move || row.with(|row| row.open.filter(|_| row.item.is_some()).map(|open| open.to_string()))
            aria-selected=move || row.with(|row| row.item.is_some().then(|| chosen.get().to_string()))>
            {children()}
        </div>
    }
}

/// A row, by its name on the page.
#[component]
pub(super) fn Row(id: String) -> impl IntoView {
    let desk = desk();
    let Some(first) = desk.sheet.with_untracked(|sheet| sheet.0.row(&id).cloned()) else { return ().into_any() };
    let kind = first.kind.clone();
    let own = id.clone();
    // A row that is gone stays as it was until it is taken off the page.
    let row = Memo::new(move |last: Option<&OutlineRow>| {
        let found = desk.sheet.with(|sheet| sheet.0.row(&own).cloned());
        found.unwrap_or_else(|| last.cloned().unwrap_or_else(|| first.clone()))
    });
    match kind {
        RowKind::Arrival(_) | RowKind::Leaving(_) => {
            view! { <Frame id=id row=row class="row head ends"><head::Ends row=row/></Frame> }.into_any()
        }
        RowKind::Task => {
            let own = id.clone();
            view! { <Frame id=id row=row class="row head"><head::Task id=own row=row/></Frame> }.into_any()
        }
        RowKind::Group => {
            let own = id.clone();
            view! { <Frame id=id row=row class="row head"><head::Group id=own row=row/></Frame> }.into_any()
        }
        RowKind::Step(_) => {
            let own = id.clone();
            view! { <Frame id=id row=row class="row step"><Step id=own row=row/></Frame> }.into_any()
        }
        RowKind::Check | RowKind::Save => {
            let own = id.clone();
            view! { <Frame id=id row=row class="row child"><Step id=own row=row/></Frame> }.into_any()
        }
        RowKind::Lane(_) => {
            let text = move || row.with(|row| row.text.clone());
            view! {
                <Frame id=id row=row class="row lane">
                    <div role="gridcell" class="row-main" aria-colspan="3">
                        <span class="rails"></span><span class="lane-name">{text}</span>
                        <span class="lane-taken">{move || row.with(|row| row.tried.as_ref().map(|(_, words)| words.clone()))}</span>
                    </div>
                </Frame>
            }
            .into_any()
        }
        RowKind::Add(_) => view! { <Frame id=id row=row class="row add"><Add row=row/></Frame> }.into_any(),
        RowKind::Quick(lane, at) => view! {
            <Frame id=id row=row class="row quick">
                <div role="gridcell" class="row-main" aria-colspan="3">
                    <span class="rails"></span><quick::Quick lane=lane at=at/>
                </div>
            </Frame>
        }
        .into_any(),
    }
}

/// A step, a check or a saved value: picture, sentence, what became of it in the last try, and what can be done.
#[component]
fn Step(id: String, row: Memo<OutlineRow>) -> impl IntoView {
    let desk = desk();
    let icon = Memo::new(move |_| row.with(|row| glyph::of_row(&row.kind)));
    let folds = move || row.with(|row| row.open.is_some());
    let renaming = Memo::new(move |_| desk.renaming.with(|renaming| *renaming == id));
    view! {
        <div role="gridcell" class="row-main">
            <span class="rails"></span>
            {move || folds().then(|| view! { <Fold row=row/> })}
            {move || icon.get().map(|icon| view! { <span class="row-icon"><Picture icon=icon/></span> })}
            {move || if renaming.get() { view! { <head::Rename row=row/> }.into_any() } else { words(row).into_any() }}
            {move || row.with(|row| row.off && row.item.is_some()).then(|| view! { <span class="row-off">{say::OFF}</span> })}
            <Mark row=row/>
        </div>
        <div role="gridcell" class="row-tried">{move || row.with(|row| row.tried.clone().map(|what| tried(what, row.stale)))}</div>
        <div role="gridcell" class="row-acts"><Acts row=row/></div>
    }
}

/// The sentence, with chips for values; and the address, where the sentence is a name.
fn words(row: Memo<OutlineRow>) -> impl IntoView {
    row.with(|row| {
        let method = (!row.method.is_empty()).then(|| view! { <span class="method">{row.method.clone()}</span> });
        let address =
            (!row.address.is_empty()).then(|| view! { <span class="row-address">{chips(&row.address)}</span> });
        view! { {method}<span class="row-text" title=row.text.clone()>{chips(&row.text)}</span>{address} }
    })
}

fn chips(text: &str) -> impl IntoView + use<> {
    let piece = |piece| match piece {
        Piece::Words(words) => words.into_any(),
        Piece::Chip(name) => view! { <span class="chip">{name}</span> }.into_any(),
    };
    pieces(text).into_iter().map(piece).collect_view()
}

/// What became of it in the last try.
fn tried((worked, words): (bool, String), stale: bool) -> impl IntoView {
    let (class, said, icon) = match worked {
        true => ("tried ok", say::WORKED, icondata::LuCheck),
        false => ("tried bad", say::FAILED, icondata::LuX),
    };
    let title = if stale { say::from_before(&words) } else { words.clone() };
    view! {
        <span class=class title=title>
            <span class="tried-icon"><Picture icon=icon/></span>
            <span class="unseen">{said}" "</span>
            <span class="tried-words">{words}</span>
            {stale.then(|| view! { <span class="tried-stale">{say::BEFORE_CHANGE}</span> })}
        </span>
    }
}

/// Opens and closes a row with the mouse; keys do it on the row itself.
#[component]
pub(super) fn Fold(row: Memo<OutlineRow>) -> impl IntoView {
    let open = move || row.with(|row| row.open == Some(true));
    let testid = row.with_untracked(|row| format!("fold-{}", row.id));
    view! {
        <button type="button" class="row-fold" class:open=open tabindex="-1" data-act="fold" data-testid=testid
            aria-label=move || if open() { say::CLOSE } else { say::OPEN }>
            <Picture icon=icondata::LuChevronRight/>
        </button>
    }
}

/// The worst problem.
#[component]
pub(super) fn Mark(row: Memo<OutlineRow>) -> impl IntoView {
    move || row.with(|row| row.mark).map(severity_mark)
}

/// The handle, the menu and, between rows, the way to add one.
#[component]
pub(super) fn Acts(row: Memo<OutlineRow>) -> impl IntoView {
    let label = move || row.with(|row| say::more_for(&row.text));
    let (ends, testid) = row.with_untracked(|row| {
        (matches!(row.kind, RowKind::Step(_) | RowKind::Check | RowKind::Save), format!("menu-{}", row.id))
    });
    let tab = head::tab(row);
    view! {
        <span class="row-handle" data-act="handle" title=say::DRAG aria-hidden="true">
            <Picture icon=icondata::LuGripVertical/>
        </span>
        <button type="button" class="row-button" data-act="menu" data-testid=testid aria-haspopup="menu" tabindex=tab aria-label=label title=say::ACTIONS>
            <Picture icon=icondata::LuEllipsis/>
        </button>
        {ends.then(|| view! {
            <button type="button" class="row-plus" data-act="plus" tabindex="-1" aria-label=say::ADD_AFTER title=say::ADD_AFTER>
                <Picture icon=icondata::LuPlus/>
            </button>
        })}
    }
}

/// Where a step can be added; in an empty task, what happens in it.
#[component]
fn Add(row: Memo<OutlineRow>) -> impl IntoView {
    let asks = Memo::new(move |_| row.with(OutlineRow::asks));
    view! {
        <div role="gridcell" class="row-main" aria-colspan="3">
            <span class="rails"></span>
            {move || if asks.get() { view! { <Asks row=row/> }.into_any() } else { view! { <AddButton row=row/> }.into_any() }}
        </div>
    }
}

#[component]
fn AddButton(row: Memo<OutlineRow>) -> impl IntoView {
    let tab = head::tab(row);
    view! {
        <button type="button" class="row-add" data-act="add" tabindex=tab>
            <span class="row-icon"><Picture icon=icondata::LuPlus/></span>
            <span>{move || row.with(|row| row.text.clone())}</span>
            <span class="row-hint">{say::ADD_HINT}</span>
        </button>
    }
}

#[component]
fn Asks(row: Memo<OutlineRow>) -> impl IntoView {
    let tab = head::tab(row);
    let button = move |act: &'static str, words: &'static str, icon| {
        view! {
            <button type="button" class="button" data-act=act tabindex=tab>
                <Picture icon=icon/>{words}
            </button>
        }
    };
    view! {
        <div class="row-asks">
            <p>{say::EMPTY_TASK}</p>
            <span class="row-ways">
                {button("first", say::ADD_REQUEST, icondata::LuArrowLeftRight)}
                {button("add", say::PASTE_REQUEST, icondata::LuClipboardPaste)}
                {button("import", say::IMPORT, icondata::LuImport)}
            </span>
        </div>
    }
}
