//! A table of cells under the keyboard and the pointer, as spreadsheets have it: where the cursor is, how far the choice
//! goes, which rows are seen. Must not know what is in the cells.

/// Rows beside those that are seen, drawn so that scrolling shows no gap.
const SPARE_ROWS: usize = 6;

/// Where the cursor is, and how far the choice goes. Rows and columns are from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The row of the cursor.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// The row of the choice's other corner.
    pub other_row: usize,
    /// The column of that corner.
    pub other_column: usize,
    /// Tab leaves the table now, as Esc was pressed before.
    pub leaves: bool,
}

/// How large the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Rows that the cursor can be in; one that is still empty among them.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Rows that are seen at once.
    pub page: usize,
}

/// A key, with what is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press<'a> {
    /// The key's name, as browsers say it.
    pub key: &'a str,
    /// Ctrl or the command key.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

/// What a key does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Did {
    /// Nothing: the key is for somebody else.
    Nothing,
    /// The cursor or the choice is there now.
    Moved(Cursor),
    /// The cell at the cursor is typed into: from its text on (`None`), or from this letter on.
    Types(Option<String>),
    /// The chosen cells are emptied.
    Clears,
}

impl Cursor {
    /// At a cell, which is all that is chosen.
    pub fn at(row: usize, column: usize) -> Self {
        Self { row, column, other_row: row, other_column: column, leaves: false }
    }

    /// With the choice up to this cell.
    pub fn up_to(self, row: usize, column: usize) -> Self {
        Self { other_row: row, other_column: column, leaves: false, ..self }
    }

    /// The chosen rows: from, up to (not including).
    pub fn rows(self) -> (usize, usize) {
        (self.row.min(self.other_row), self.row.max(self.other_row) + 1)
    }

    /// The chosen columns: from, up to (not including).
    pub fn columns(self) -> (usize, usize) {
        (self.column.min(self.other_column), self.column.max(self.other_column) + 1)
    }

    /// Whether a cell is chosen.
    pub fn holds(self, row: usize, column: usize) -> bool {
        let ((top, bottom), (left, right)) = (self.rows(), self.columns());
        (top..bottom).contains(&row) && (left..right).contains(&column)
    }

    /// How many cells are chosen.
    pub fn count(self) -> usize {
        let ((top, bottom), (left, right)) = (self.rows(), self.columns());
        (bottom - top) * (right - left)
    }

    /// Inside a table that may be smaller now.
    pub fn within(self, size: Size) -> Self {
        let (last_row, last_column) = (size.rows.saturating_sub(1), size.columns.saturating_sub(1));
        Self {
            row: self.row.min(last_row),
            column: self.column.min(last_column),
            other_row: self.other_row.min(last_row),
            other_column: self.other_column.min(last_column),
            leaves: self.leaves,
        }
    }

    /// The whole of these rows.
    pub fn whole_rows(from: usize, to: usize, size: Size) -> Self {
        Self { row: from, column: 0, other_row: to, other_column: size.columns.saturating_sub(1), leaves: false }
    }

    /// The whole of these columns; the row that is still empty stays out.
    pub fn whole_columns(from: usize, to: usize, rows: usize) -> Self {
        Self { row: 0, column: from, other_row: rows.saturating_sub(1), other_column: to, leaves: false }
    }
}

/// What a key does while no cell is typed into.
pub fn press(cursor: Cursor, press: Press, size: Size) -> Did {
    let cursor = cursor.within(size);
    if size.rows == 0 || size.columns == 0 || press.alt {
        return Did::Nothing;
    }
    match press.key {
        "Tab" => return tab(cursor, press.shift, size),
        "Escape" if cursor.count() > 1 => return Did::Moved(Cursor::at(cursor.row, cursor.column)),
        "Escape" if !cursor.leaves => return Did::Moved(Cursor { leaves: true, ..cursor }),
        "F2" => return Did::Types(None),
        "Enter" if !press.ctrl && !press.shift => return Did::Types(None),
        "Delete" | "Backspace" => return Did::Clears,
        "a" | "A" if press.ctrl => {
            // The row that is still empty is not there yet.
            return Did::Moved(Cursor { leaves: false, ..Cursor::whole_columns(0, size.columns - 1, size.rows - 1) });
        }
        " " if press.shift => return Did::Moved(Cursor::whole_rows(cursor.row, cursor.other_row, size)),
        " " if press.ctrl => {
            return Did::Moved(Cursor::whole_columns(cursor.column, cursor.other_column, size.rows - 1));
        }
        _ => {}
    }
    if let Some(moved) = moved(cursor, press, size) {
        return Did::Moved(moved);
    }
    let letter = press.key.chars().count() == 1 && !press.ctrl;
    if letter { Did::Types(Some(press.key.to_owned())) } else { Did::Nothing }
}

/// Where arrows and their relatives lead; with Shift the choice goes on to there.
fn moved(cursor: Cursor, press: Press, size: Size) -> Option<Cursor> {
    let (row, column) = if press.shift { (cursor.other_row, cursor.other_column) } else { (cursor.row, cursor.column) };
    let (last_row, last_column) = (size.rows - 1, size.columns - 1);
    let page = size.page.max(1);
    let (row, column) = match (press.key, press.ctrl) {
        ("ArrowUp", false) => (row.saturating_sub(1), column),
        ("ArrowDown", false) => ((row + 1).min(last_row), column),
        ("ArrowLeft", false) => (row, column.saturating_sub(1)),
        ("ArrowRight", false) => (row, (column + 1).min(last_column)),
        ("ArrowUp", true) => (0, column),
        ("ArrowDown", true) => (last_row, column),
        ("ArrowLeft", true) | ("Home", false) => (row, 0),
        ("ArrowRight", true) | ("End", false) => (row, last_column),
        ("Home", true) => (0, 0),
        ("End", true) => (last_row, last_column),
        ("PageUp", _) => (row.saturating_sub(page), column),
        ("PageDown", _) => ((row + page).min(last_row), column),
        _ => return None,
    };
    Some(if press.shift { cursor.up_to(row, column) } else { Cursor::at(row, column) })
}

/// Tab goes on to the next cell, over the end of a row; out of the table at its end or after Esc.
fn tab(cursor: Cursor, back: bool, size: Size) -> Did {
    let at = cursor.row * size.columns + cursor.column;
    let next = if back { at.checked_sub(1) } else { Some(at + 1).filter(|next| *next < size.rows * size.columns) };
    match next.filter(|_| !cursor.leaves) {
        Some(next) => Did::Moved(Cursor::at(next / size.columns, next % size.columns)),
        None => Did::Nothing,
    }
}

/// Where the cursor goes when a cell that was typed into is left by a key; `None` where the key goes on typing.
pub fn leave(cursor: Cursor, press: Press, size: Size) -> Option<Cursor> {
    let (row, column) = (cursor.row, cursor.column);
    Some(match (press.key, press.shift) {
        ("Enter", false) | ("ArrowDown", _) => Cursor::at((row + 1).min(size.rows.saturating_sub(1)), column),
        ("Enter", true) | ("ArrowUp", _) => Cursor::at(row.saturating_sub(1), column),
        ("Tab", back) => match tab(Cursor::at(row, column), back, size) {
            Did::Moved(next) => next,
            _ => Cursor::at(row, column),
        },
        _ => return None,
    })
}

/// The rows that are drawn: the first and how many. Lengths in any unit, all the same.
pub fn seen(top: f64, height: f64, row_height: f64, rows: usize) -> (usize, usize) {
    if row_height <= 0.0 {
        return (0, rows.min(SPARE_ROWS));
    }
    let first = ((top / row_height).floor().max(0.0) as usize).saturating_sub(SPARE_ROWS / 2).min(rows);
    let count = (height / row_height).ceil().max(0.0) as usize + SPARE_ROWS;
    (first, count.min(rows - first))
}

/// How far to scroll so that a part from `start` to `end` is seen whole behind what covers the first `cover`: the new
/// place of the view's start; `None` where it is seen already.
pub fn reach(start: f64, end: f64, view: f64, length: f64, cover: f64) -> Option<f64> {
    if start < view {
        Some(start)
    } else if end + cover > view + length {
        Some(end + cover - length)
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
