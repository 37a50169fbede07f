//! What can be done with the rows, the columns and the table as a whole: the way by clicks for everything that keys do.

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::edit::TableEdit;
use tidemark_app_model::grid::Cursor;
use tidemark_app_model::model::Taken;
use tidemark_app_model::text::data as say;

use super::grid::Board;
use crate::view::parts::{Menu, MenuItem};

/// The three menus above the cells.
#[component]
pub(super) fn Tools(board: Board) -> impl IntoView {
    view! {
        <div class="grid-tools">
            <RowMenu board=board/>
            <ColumnMenu board=board/>
            <TableMenu board=board/>
        </div>
    }
}

/// The reason in words, where there is one.
fn unless(fine: bool, why: &'static str) -> String {
    if fine { String::new() } else { why.to_owned() }
}

#[component]
fn RowMenu(board: Board) -> impl IntoView {
    let some = move || board.rows().0 < board.rows().1;
    let no_row = Signal::derive(move || unless(some(), say::NO_ROW_HERE));
    let not_up = Signal::derive(move || unless(some() && board.rows().0 > 0, say::FIRST_THERE));
    let not_down = Signal::derive(move || {
        unless(some() && board.rows().1 < board.sheet.with(|sheet| sheet.rows), say::LAST_THERE)
    });
    let add = move |below: bool| {
        let (from, to) = board.rows();
        let at = if below { to } else { from };
        board.change(TableEdit::AddRows(at, 1));
        board.cursor.update(|cursor| *cursor = Cursor::at(at, cursor.column));
        board.focus();
    };
    let shift = move |down: bool| {
        let (from, to) = board.rows();
        board.change(TableEdit::MoveRows(from, to, if down { to + 1 } else { from - 1 }));
        let by = |row: usize| if down { row + 1 } else { row.saturating_sub(1) };
        board.cursor.update(|cursor| (cursor.row, cursor.other_row) = (by(cursor.row), by(cursor.other_row)));
        board.focus();
    };
    let remove = move || {
        let (from, to) = board.rows();
        board.change(TableEdit::RemoveRows(from, to));
        board.cursor.update(|cursor| *cursor = Cursor::at(from, cursor.column));
        board.focus();
    };
    let remove_words = Signal::derive(move || say::remove_rows(board.rows().1.saturating_sub(board.rows().0)));
    view! {
        <Menu label=say::ROW_MENU worded=true icon=icondata::LuRows3 testid="rows-menu">
            <MenuItem icon=icondata::LuArrowUpToLine label=say::ADD_ROW_ABOVE testid="row-above" on_click=move || add(false)/>
            <MenuItem icon=icondata::LuArrowDownToLine label=say::ADD_ROW_BELOW testid="row-below" on_click=move || add(true)/>
            <hr class="menu-line"/>
            <MenuItem icon=icondata::LuArrowUp label=say::MOVE_UP not_now=not_up testid="rows-up" on_click=move || shift(false)/>
            <MenuItem icon=icondata::LuArrowDown label=say::MOVE_DOWN not_now=not_down testid="rows-down" on_click=move || shift(true)/>
            <hr class="menu-line"/>
            <MenuItem icon=icondata::LuCopy label=say::COPY keys=format!("{} C", crate::page::command_key()) testid="cells-copy" on_click=move || board.copy()/>
            <MenuItem icon=icondata::LuScissors label=say::CUT keys=format!("{} X", crate::page::command_key()) testid="cells-cut" on_click=move || board.cut()/>
            <MenuItem icon=icondata::LuEraser label=say::CLEAR keys="Del" testid="cells-clear" on_click=move || { board.clear(); board.focus() }/>
            <hr class="menu-line"/>
            <MenuItem icon=icondata::LuTrash2 label=remove_words not_now=no_row testid="rows-remove" on_click=remove/>
        </Menu>
    }
}

#[component]
fn ColumnMenu(board: Board) -> impl IntoView {
    let column = move || board.cursor.get().column;
    let last = move || board.sheet.with(|sheet| sheet.columns.len().saturating_sub(1));
    let numbers = move || board.sheet.with(|sheet| sheet.columns.get(column()).is_some_and(|column| column.numbers));
    let not_left = Signal::derive(move || unless(column() > 0, say::FIRST_THERE));
    let not_right = Signal::derive(move || unless(column() < last(), say::LAST_THERE));
    let not_remove = Signal::derive(move || unless(last() > 0, say::LAST_COLUMN_STAYS));
    let add = move |at: usize| {
        board.change(TableEdit::AddColumn(at, say::NEW_COLUMN.to_owned()));
        board.cursor.set(Cursor::at(0, at));
        board.naming.set(Some(at));
    };
    let shift = move |right: bool| {
        let at = board.cursor.get_untracked().column;
        board.change(TableEdit::MoveColumn(at, if right { at + 2 } else { at - 1 }));
        let to = if right { at + 1 } else { at - 1 };
        board.cursor.update(|cursor| *cursor = Cursor::at(cursor.row, to));
        board.focus();
    };
    let sort_words = Signal::derive(move || if numbers() { say::AS_TEXT } else { say::AS_NUMBERS }.to_owned());
    view! {
        <Menu label=say::COLUMN_MENU worded=true icon=icondata::LuColumns3 testid="column-menu">
            <MenuItem icon=icondata::LuPencil label=say::RENAME testid="column-rename"
                on_click=move || board.naming.set(Some(board.cursor.get_untracked().column))/>
            <MenuItem icon=icondata::LuHash label=sort_words testid="column-numbers"
                on_click=move || board.change(TableEdit::Numbers(board.cursor.get_untracked().column, !numbers()))/>
            <hr class="menu-line"/>
            <MenuItem icon=icondata::LuArrowLeftToLine label=say::ADD_COLUMN_BEFORE testid="column-before"
                on_click=move || add(board.cursor.get_untracked().column)/>
            <MenuItem icon=icondata::LuArrowRightToLine label=say::ADD_COLUMN_AFTER testid="column-after"
                on_click=move || add(board.cursor.get_untracked().column + 1)/>
            <MenuItem icon=icondata::LuArrowLeft label=say::MOVE_LEFT not_now=not_left testid="column-left" on_click=move || shift(false)/>
            <MenuItem icon=icondata::LuArrowRight label=say::MOVE_RIGHT not_now=not_right testid="column-right" on_click=move || shift(true)/>
            <hr class="menu-line"/>
            <MenuItem icon=icondata::LuTrash2 label=say::REMOVE_COLUMN not_now=not_remove testid="column-remove"
                on_click=move || board.store.send(Msg::TakeOut(Taken::Column(board.at, board.cursor.get_untracked().column)))/>
        </Menu>
    }
}

#[component]
fn TableMenu(board: Board) -> impl IntoView {
    let no_row = Signal::derive(move || unless(board.sheet.with(|sheet| sheet.rows > 0), say::NO_ROW_HERE));
    view! {
        <Menu label=say::TABLE_MENU worded=true icon=icondata::LuTable testid="table-menu">
            <MenuItem icon=icondata::LuArrowUpToLine label=say::NAMES_FROM_ROW not_now=no_row testid="names-from-row"
                on_click=move || board.change(TableEdit::NamesFromRow)/>
            <MenuItem icon=icondata::LuArrowDownToLine label=say::NAMES_TO_ROW testid="names-to-row"
                on_click=move || board.change(TableEdit::NamesToRow)/>
            <hr class="menu-line"/>
            <MenuItem icon=icondata::LuFileUp label=say::CHOOSE_FILE testid="table-choose-file"
                on_click=move || board.store.send(Msg::PickFile)/>
        </Menu>
    }
}
