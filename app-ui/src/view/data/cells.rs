//! What is drawn of a grid: the names of the columns and the rows that are seen. Must not know keys.

use leptos::html::{Div, Input};
use leptos::prelude::*;
use tidemark_app_model::doc::edit::TableEdit;
use tidemark_app_model::grid::Cursor;
use tidemark_app_model::select::data::{self, Column};
use tidemark_app_model::text::data as say;
use wasm_bindgen::JsCast;
use web_sys::{MouseEvent, PointerEvent};

use super::grid::Board;
use crate::view::parts::while_here;

/// The names of the columns.
#[component]
pub(super) fn Heads(board: Board, node: NodeRef<Div>, columns: Memo<Vec<Column>>) -> impl IntoView {
    let count = Memo::new(move |_| columns.with(Vec::len));
    let each = move || (0..count.get()).map(|at| view! { <Head board=board at=at columns=columns/> }).collect_view();
    view! {
        <div class="grid-heads grid-row" role="row" aria-rowindex="1" node_ref=node>
            <div class="grid-corner" role="columnheader" aria-colindex="1"><span class="unseen">{say::ROW_NUMBER}</span></div>
            {each}
        </div>
    }
}

/// A column's name; typed into on a double click.
#[component]
fn Head(board: Board, at: usize, columns: Memo<Vec<Column>>) -> impl IntoView {
    let name = move || columns.with(|columns| columns.get(at).map(|column| column.name.clone())).unwrap_or_default();
    let numbers = move || columns.with(|columns| columns.get(at).is_some_and(|column| column.numbers));
    let typed = move || board.naming.get() == Some(at);
    let chosen = move || {
        let cursor = board.cursor.get();
        (cursor.columns().0..cursor.columns().1).contains(&at)
    };
    let choose = move |event: MouseEvent| {
        let rows = board.sheet.with_untracked(|sheet| sheet.rows);
        let from = if event.shift_key() { board.cursor.get_untracked().column } else { at };
        board.cursor.set(Cursor::whole_columns(from, at, rows));
        if !typed() {
            board.focus();
        }
    };
    let leave = move |kept: Option<String>| {
        if board.naming.try_update(Option::take).flatten().is_some()
            && let Some(text) = kept.filter(|text| *text != name())
        {
            board.change(TableEdit::RenameColumn(at, text.trim().to_owned()));
        }
    };
    view! {
        <div class="grid-head" class:chosen=chosen role="columnheader" aria-colindex=at + 2 title=name
            data-testid=format!("column-{at}") on:click=choose
            on:dblclick=move |_| if board.editable() { board.naming.set(Some(at)) }>
            <Show when=typed fallback=move || view! {
                <span class="grid-name">{name}</span>
                <Show when=numbers><span class="grid-sort" title=say::AS_NUMBERS>"123"</span></Show>
            }>
                <Typed label=say::COLUMN_NAME start=name() testid="column-name"
                    on_key=Callback::new(move |(key, text): (String, String)| match key.as_str() {
                        "Enter" | "Tab" => { leave(Some(text)); board.focus(); true }
                        "Escape" => { leave(None); board.focus(); true }
                        _ => false,
                    })
                    on_leave=Callback::new(move |text| leave(Some(text)))/>
            </Show>
        </div>
    }
}

/// A field in the place of a cell or a name. `on_key` hears a key with the text and says whether it is done with.
#[component]
fn Typed(
    #[prop(into)] label: Signal<String>,
    start: String,
    testid: &'static str,
    #[prop(optional)] on_key: Option<Callback<(String, String), bool>>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
    on_leave: Callback<String>,
) -> impl IntoView {
    let node: NodeRef<Input> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(field) = node.get() {
            let _ = field.focus();
            let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or(u32::MAX);
            let _ = field.set_selection_range(end, end);
        }
    });
    let key = move |event: web_sys::KeyboardEvent| {
        let text = node.get_untracked().map(|field| field.value()).unwrap_or_default();
        if let Some(on_key) = on_key
            && !event.is_composing()
            && on_key.run((event.key(), text))
        {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    view! {
        <input node_ref=node class="grid-typed" type="text" aria-label=label value=start data-testid=testid
            autocomplete="off" spellcheck="false" on:keydown=key on:click=|event| event.stop_propagation()
            on:dblclick=|event| event.stop_propagation() on:pointerdown=|event| event.stop_propagation()
            on:input=move |event| if let Some(on_input) = on_input { on_input.run(event_target_value(&event)) }
            on:blur=while_here(move |event| on_leave.run(event_target_value(&event)))/>
    }
}

/// The rows that are seen, in as many places as there is room for.
#[component]
pub(super) fn Rows(
    board: Board,
    window: Memo<(usize, usize)>,
    rows: Memo<usize>,
    columns: Memo<Vec<Column>>,
) -> impl IntoView {
    let store = board.store;
    let cells = store.memo(move |model| {
        let (first, count) = window.get();
        data::rows_seen(model, board.at, first, count)
    });
    let places = Memo::new(move |_| window.get().1);
    let width = Memo::new(move |_| columns.with(Vec::len));
    let each = move || {
        let width = width.get();
        let row = |place| view! { <Row board=board place=place width=width window=window cells=cells/> };
        (0..places.get()).map(row).collect_view()
    };
    let drag = move |event: PointerEvent| {
        if event.buttons() == 1
            && board.typing.with_untracked(Option::is_none)
            && let Some((row, column)) = place_of(&event)
        {
            board.cursor.update(|cursor| *cursor = cursor.up_to(row, column));
        }
    };
    view! {
        <div class="grid-body" role="rowgroup" style:block-size=move || format!("calc({} * var(--cell))", rows.get())
            on:pointerdown=move |event| point(board, &event) on:pointermove=drag
            on:dblclick=move |_| if board.editable() { board.type_from(None) }>
            {each}
        </div>
    }
}

/// The cell under the pointer.
fn place_of(event: &MouseEvent) -> Option<(usize, usize)> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?.closest("[data-row]").ok()??;
    let number = |name: &str| element.get_attribute(name)?.parse().ok();
    Some((number("data-row")?, number("data-column")?))
}

/// The pointer goes down: on a cell, which is chosen, or on a row's number, which chooses the row.
fn point(board: Board, event: &PointerEvent) {
    if event.button() != 0 {
        return;
    }
    // While the cursor is still where it was typed.
    board.keep_typed();
    if let Some((row, column)) = place_of(event) {
        board.cursor.update(|cursor| {
            *cursor = if event.shift_key() { cursor.up_to(row, column) } else { Cursor::at(row, column) };
        });
    } else if let Some(row) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.get_attribute("data-number")?.parse().ok())
    {
        let from = if event.shift_key() { board.cursor.get_untracked().row } else { row };
        let last = board.sheet.with_untracked(|sheet| sheet.columns.len().saturating_sub(1));
        board.cursor.set(Cursor { row: from, column: 0, other_row: row, other_column: last, leaves: false });
    }
}

/// A row; which one it shows changes as the grid is scrolled.
#[component]
fn Row(
    board: Board,
    place: usize,
    width: usize,
    window: Memo<(usize, usize)>,
    cells: Memo<Vec<Vec<String>>>,
) -> impl IntoView {
    let row = Memo::new(move |_| window.get().0 + place);
    let empty = Memo::new(move |_| board.sheet.with(|sheet| row.get() >= sheet.rows));
    let chosen = Memo::new(move |_| {
        let (from, to) = board.cursor.get().rows();
        (from..to).contains(&row.get())
    });
    let number = move || if empty.get() { "+".to_owned() } else { tidemark_core::units::grouped(row.get() as u64 + 1) };
    let each = (0..width).map(|column| view! { <Cell board=board row=row column=column place=place cells=cells/> });
    view! {
        <div class="grid-row" role="row" aria-rowindex=move || row.get() + 2 class:empty=empty
            style:inset-block-start=move || format!("calc({} * var(--cell))", row.get())>
            <div class="grid-number" class:chosen=chosen role="rowheader" aria-colindex="1" data-number=row
                title=move || empty.get().then_some(say::NEW_ROW)>{number}</div>
            {each.collect_view()}
        </div>
    }
}

/// A cell.
#[component]
fn Cell(board: Board, row: Memo<usize>, column: usize, place: usize, cells: Memo<Vec<Vec<String>>>) -> impl IntoView {
    let text = Memo::new(move |_| {
        cells.with(|cells| cells.get(place).and_then(|row| row.get(column)).cloned()).unwrap_or_default()
    });
    let active = Memo::new(move |_| {
        let cursor = board.cursor.get();
        (cursor.row, cursor.column) == (row.get(), column)
    });
    let chosen = Memo::new(move |_| board.cursor.get().holds(row.get(), column));
    let typed = Memo::new(move |_| active.get() && board.typing.with(Option::is_some));
    let name = move || {
        board.sheet.with(|sheet| sheet.columns.get(column).map(|column| column.name.clone())).unwrap_or_default()
    };
    view! {
        <div class="grid-cell" role="gridcell" class:active=active class:chosen=chosen aria-colindex=column + 2
            id=move || format!("cell-{}-{column}", row.get()) data-testid=move || format!("cell-{}-{column}", row.get())
            data-row=row data-column=column aria-selected=move || chosen.get().to_string() title=text>
            <Show when=move || typed.get() fallback=move || view! { {text} }>
                <Typed label=Signal::derive(move || say::cell_name(row.get(), &name())) testid="cell-typed"
                    start=board.typing.get_untracked().unwrap_or_default()
                    on_input=move |text| board.typing.set(Some(text))
                    on_leave=Callback::new(move |text| board.typed(Some(text)))/>
            </Show>
        </div>
    }
}
