//! The cells of a table as a spreadsheet: one stop for Tab, keys and pointer inside, only the rows that are seen drawn.
//! Must not know what a key means, nor keep a cell.

use leptos::html::Div;
use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::edit::{DataEdit, Edit, TableEdit};
use tidemark_app_model::effect::Clip;
use tidemark_app_model::grid::{self, Cursor, Did, Press, Size, reach, seen};
use tidemark_app_model::select::data::{self, Sheet};
use tidemark_app_model::text::data as say;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlElement, KeyboardEvent};

use super::cells::{Heads, Rows};
use crate::store::Store;
use crate::view::parts::height_of;

/// What the parts of the grid share.
#[derive(Clone, Copy)]
pub(super) struct Board {
    pub(super) store: Store,
    /// The table's number.
    pub(super) at: usize,
    pub(super) sheet: Memo<Sheet>,
    pub(super) cursor: RwSignal<Cursor>,
    /// What is typed into the cell at the cursor so far.
    pub(super) typing: RwSignal<Option<String>>,
    /// The column whose name is typed.
    pub(super) naming: RwSignal<Option<usize>>,
    pub(super) node: NodeRef<Div>,
    /// The row with the names; every row is as high.
    head: NodeRef<Div>,
}

impl Board {
    pub(super) fn new(store: Store, at: usize) -> Self {
        Self {
            store,
            at,
            sheet: store.memo(move |model| data::sheet(model, at)),
            cursor: RwSignal::new(Cursor::default()),
            typing: RwSignal::new(None),
            naming: RwSignal::new(None),
            node: NodeRef::new(),
            head: NodeRef::new(),
        }
    }

    /// Whether cells can be changed here.
    pub(super) fn editable(self) -> bool {
        self.sheet.with(|sheet| sheet.file.is_empty())
    }

    /// Changes the table.
    pub(super) fn change(self, edit: TableEdit) {
        self.store.send(Msg::Edit(Edit::Data(DataEdit::Table(self.at, edit))));
    }

    /// Rows that the cursor can be in: where cells can be changed, one more that is still empty.
    fn size(self) -> Size {
        let (rows, columns) = self.sheet.with(|sheet| (sheet.rows, sheet.columns.len()));
        let row = self.head.get_untracked().map_or(0.0, |head| head.get_bounding_client_rect().height());
        let high = self.node.get_untracked().map_or(0, |node| node.client_height());
        // The row with the names is not walked through.
        let page = (f64::from(high) / row.max(1.0)) as usize;
        Size { rows: rows + usize::from(self.editable()), columns, page: page.saturating_sub(1).max(1) }
    }

    /// The chosen rows that are there: from, up to (not including).
    pub(super) fn rows(self) -> (usize, usize) {
        let (from, to) = self.cursor.get().rows();
        let there = self.sheet.with(|sheet| sheet.rows);
        (from.min(there), to.min(there))
    }

    /// Gives the keyboard to the cells.
    pub(super) fn focus(self) {
        if let Some(node) = self.node.get_untracked() {
            // Fails only for what is not in the page any more.
            let _ = node.focus();
        }
    }

    /// Ends typing into a cell; what was typed is kept or not.
    pub(super) fn typed(self, kept: Option<String>) {
        if self.typing.try_update(Option::take).flatten().is_none() {
            return;
        }
        let Cursor { row, column, .. } = self.cursor.get_untracked();
        let before = self.store.peek(|model| data::cell_at(model, self.at, row, column));
        if let Some(text) = kept.filter(|text| *text != before) {
            self.change(TableEdit::Cell(row, column, text));
        }
    }

    /// Ends typing and keeps what was typed so far, as the field is about to go.
    pub(super) fn keep_typed(self) {
        self.typed(self.typing.get_untracked());
    }

    /// Takes a key; whether it was for the cells.
    fn press(self, event: &KeyboardEvent) -> bool {
        let key = event.key();
        let press = press_of(event, &key);
        if self.typing.with_untracked(Option::is_some) {
            return self.press_while_typing(press, event);
        }
        match grid::press(self.cursor.get_untracked(), press, self.size()) {
            Did::Nothing => return false,
            Did::Moved(cursor) => self.cursor.set(cursor),
            Did::Types(_) | Did::Clears if !self.editable() => return false,
            Did::Types(start) => self.type_from(start),
            Did::Clears => self.clear(),
        }
        true
    }

    fn press_while_typing(self, press: Press, event: &KeyboardEvent) -> bool {
        if press.key == "Escape" {
            self.typed(None);
        } else if let Some(next) = grid::leave(self.cursor.get_untracked(), press, self.size()) {
            self.typed(value_of(event));
            // A row that was empty is there now, and another empty one behind it.
            self.cursor.set(grid::leave(self.cursor.get_untracked(), press, self.size()).unwrap_or(next));
        } else {
            return false;
        }
        self.focus();
        true
    }

    /// Types into the cell at the cursor, from its own text on or from a letter.
    pub(super) fn type_from(self, start: Option<String>) {
        let cursor = self.cursor.get_untracked().within(self.size());
        self.cursor.set(Cursor::at(cursor.row, cursor.column));
        let own = || self.store.peek(|model| data::cell_at(model, self.at, cursor.row, cursor.column));
        self.typing.set(Some(start.unwrap_or_else(own)));
    }

    /// Empties the chosen cells.
    pub(super) fn clear(self) {
        let cursor = self.cursor.get_untracked();
        self.change(TableEdit::Clear(cursor.rows(), cursor.columns()));
    }

    /// The chosen cells as text.
    pub(super) fn block(self) -> String {
        let cursor = self.cursor.get_untracked();
        self.store.peek(|model| data::block_text(model, self.at, cursor.rows(), cursor.columns()))
    }

    /// Puts a block at the cursor, and chooses what came.
    fn paste(self, text: String) {
        let cursor = self.cursor.get_untracked();
        let ((row, _), (column, _)) = (cursor.rows(), cursor.columns());
        self.change(TableEdit::Paste(row, column, text));
        self.cursor.set(Cursor::at(row, column));
        self.focus();
    }

    /// Copies the chosen cells from a menu, where the browser's own keys are not at hand.
    pub(super) fn copy(self) {
        self.clip(None);
    }

    /// The same, and empties them once they are there.
    pub(super) fn cut(self) {
        let cursor = self.cursor.get_untracked();
        let edit = TableEdit::Clear(cursor.rows(), cursor.columns());
        self.clip(Some(Box::new(Edit::Data(DataEdit::Table(self.at, edit)))));
    }

    fn clip(self, cut: Option<Box<Edit>>) {
        let (from, to) = self.rows();
        let clip = Clip { said: say::copied(to.saturating_sub(from)), cut };
        self.store.send(Msg::Copy(self.block(), clip));
        self.focus();
    }
}

fn press_of<'a>(event: &KeyboardEvent, key: &'a str) -> Press<'a> {
    Press { key, ctrl: event.ctrl_key() || event.meta_key(), shift: event.shift_key(), alt: event.alt_key() }
}

/// What the field holds that a key was pressed in.
fn value_of(event: &KeyboardEvent) -> Option<String> {
    let field = event.target()?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    Some(field.value())
}

/// The text that is pasted; none where there is none.
pub(super) fn text_of(event: &ClipboardEvent) -> Option<String> {
    let text = event.clipboard_data()?.get_data("text/plain").ok()?;
    (!text.is_empty()).then_some(text)
}

/// The cells.
#[component]
pub(super) fn Grid(board: Board) -> impl IntoView {
    let node = board.node;
    let head = board.head;
    let top = RwSignal::new(0.0);
    let height = height_of(node);
    let row_height = height_of(head);
    let rows = Memo::new(move |_| board.sheet.with(|sheet| sheet.rows + usize::from(sheet.file.is_empty())));
    let window = Memo::new(move |_| seen(top.get(), height.get(), row_height.get(), rows.get()));
    let columns = Memo::new(move |_| board.sheet.with(|sheet| sheet.columns.clone()));
    let template = move || {
        let widths = columns.with(|columns| {
            columns.iter().map(|column| format!(" calc({} * 0.5rem + 1rem)", column.letters)).collect::<String>()
        });
        format!("--columns: 3.5rem{widths}")
    };
    follow(board, head);
    // A row that is scrolled away is drawn no more, and its field with it.
    Effect::new(move |_| {
        let (first, count) = window.get();
        let row = board.cursor.with_untracked(|cursor| cursor.row);
        if board.typing.with_untracked(Option::is_some) && !(first..first + count).contains(&row) {
            board.keep_typed();
            board.focus();
        }
    });
    let keys = format!("grid-keys-{}", board.at);
    let copied = move |event: &ClipboardEvent| {
        if let Some(clipboard) = event.clipboard_data()
            && board.typing.with_untracked(Option::is_none)
        {
            event.prevent_default();
            let _ = clipboard.set_data("text/plain", &board.block());
            let (from, to) = board.rows();
            crate::page::announce(&say::copied(to.saturating_sub(from)));
        }
    };
    view! {
        <div class="grid" node_ref=node role="grid" tabindex="0" data-testid="grid" style=template
            aria-label=move || board.sheet.with(|sheet| sheet.name.clone())
            aria-rowcount=move || rows.get() + 1 aria-colcount=move || columns.with(Vec::len) + 1
            aria-multiselectable="true" aria-describedby=keys.clone()
            aria-readonly=move || (!board.editable()).then_some("true")
            aria-activedescendant=move || { let at = board.cursor.get(); format!("cell-{}-{}", at.row, at.column) }
            on:scroll=move |_| if let Some(node) = node.get_untracked() { top.set(f64::from(node.scroll_top())) }
            on:keydown=move |event: KeyboardEvent| if !event.is_composing() && !in_head(&event) && board.press(&event) {
                event.prevent_default();
                event.stop_propagation();
            }
            on:copy=move |event: ClipboardEvent| copied(&event)
            on:cut=move |event: ClipboardEvent| if board.editable() && board.typing.with_untracked(Option::is_none) { copied(&event); board.clear() }
            on:paste=move |event: ClipboardEvent| if board.editable() && let Some(text) = text_of(&event)
                && (board.typing.with_untracked(Option::is_none) || text.contains(['\t', '\n'])) {
                    event.prevent_default();
                    board.typing.set(None);
                    board.paste(text);
                }>
            <Heads board=board node=head columns=columns/>
            <Rows board=board window=window rows=rows columns=columns/>
        </div>
        <p class="unseen" id=keys>{say::KEYS_HINT}</p>
    }
}

/// Whether a key was pressed in the name of a column, which has its own keys.
fn in_head(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| element.closest(".grid-heads").ok().flatten().is_some())
}

/// Scrolls so far that the cursor is seen.
fn follow(board: Board, head: NodeRef<Div>) {
    Effect::new(move |_| {
        let cursor = board.cursor.get();
        let (Some(node), Some(head)) = (board.node.get(), head.get()) else { return };
        let row_height = head.get_bounding_client_rect().height();
        // The end of the choice that moves is what is looked at.
        let (row, column) = (cursor.other_row, cursor.other_column);
        let start = row as f64 * row_height;
        let length = f64::from(node.client_height()) - row_height;
        if let Some(top) = reach(start, start + row_height, f64::from(node.scroll_top()), length, 0.0) {
            node.set_scroll_top(top as i32);
        }
        let cell = |at: u32| head.children().item(at).and_then(|cell| cell.dyn_into::<HtmlElement>().ok());
        let (Some(corner), Some(cell)) = (cell(0), u32::try_from(column + 1).ok().and_then(cell)) else { return };
        let cover = f64::from(corner.offset_width());
        let start = f64::from(cell.offset_left()) - cover;
        let length = f64::from(node.client_width()) - cover;
        let end = start + f64::from(cell.offset_width());
        if let Some(left) = reach(start, end, f64::from(node.scroll_left()), length, 0.0) {
            node.set_scroll_left(left as i32);
        }
    });
}
