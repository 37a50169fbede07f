//! Data tables, cell by cell and in blocks, and named values.
//!
//! What is pasted is text and stays text, leading zeros and all; a column becomes numbers only when asked. Must not know
//! how a grid is drawn.

use serde_json::Value;
use tidemark_core::scenario::{DataTable, Fresh, NamedValue, RowUse, RowsOut, Scenario, ValueKind};

use crate::doc::edit::{Done, Refused};
use crate::doc::place::Item;
use crate::text::edits as say;

pub mod block;
mod table;

/// The most rows that a table keeps in the test itself; longer ones belong in a file beside it.
pub const MOST_ROWS: usize = 50_000;
/// The most columns of a table.
pub const MOST_COLUMNS: usize = 200;

/// A change of tables or values.
#[derive(Debug, Clone, PartialEq)]
pub enum DataEdit {
    /// A new table with this name, these columns and no rows.
    AddTable(String, Vec<String>),
    /// A new table from a pasted block or a file's text; the first row gives the names if it looks like names.
    ImportTable(String, String),
    /// A table, by number from 0.
    Table(usize, TableEdit),
    /// A new value.
    AddValue(NamedValue),
    /// What a value is, by number from 0.
    Value(usize, ValueKind),
    /// How long a made-up value stays the same, by number from 0.
    Fresh(usize, Fresh),
    /// A table as it is, under a free name.
    AddWhole(Box<DataTable>),
    /// Everywhere another value in the place of one: from and to, as used in `{{name}}`.
    ReplaceUses(Vec<(String, String)>),
}

/// A change of one table. Rows and columns are counted from 0.
#[derive(Debug, Clone, PartialEq)]
pub enum TableEdit {
    /// One cell: row, column, what was typed.
    Cell(usize, usize, String),
    /// A block from a spreadsheet, put at a row and column; the table grows as needed.
    Paste(usize, usize, String),
    /// Cells emptied: rows and columns, each from and up to (not including).
    Clear((usize, usize), (usize, usize)),
    /// So many empty rows before this one.
    AddRows(usize, usize),
    /// Rows taken out: from, up to (not including).
    RemoveRows(usize, usize),
    /// Rows moved: from, up to (not including), before the one that has this number now.
    MoveRows(usize, usize, usize),
    /// The first row gives the names of the columns and goes.
    NamesFromRow,
    /// The names of the columns become the first row.
    NamesToRow,
    /// These columns and rows in the place of its file.
    TakeIn(Vec<String>, Vec<Vec<Value>>),
    /// A column with this name before that one.
    AddColumn(usize, String),
    /// Another name for a column; uses follow.
    RenameColumn(usize, String),
    /// A column taken out.
    RemoveColumn(usize),
    /// A column moved before the one that has this number now.
    MoveColumn(usize, usize),
    /// Whether the values of a column are numbers.
    Numbers(usize, bool),
    /// How rows are handed out.
    Use(RowUse),
    /// What happens after the last row.
    RunOut(RowsOut),
    /// No row is used twice.
    Unique(bool),
    /// The file the rows stand in; empty for rows in the test itself.
    File(String),
    /// What separates the values in the file.
    Separator(String),
    /// The encoding of the file.
    Encoding(String),
}

pub(super) fn apply(scenario: &mut Scenario, edit: &DataEdit) -> Result<Done, Refused> {
    match edit {
        DataEdit::AddTable(name, columns) => {
            let name = free_table_name(scenario, name);
            let columns = if columns.is_empty() { vec![say::FIRST_COLUMN.to_owned()] } else { columns.clone() };
            scenario.data.push(DataTable { name, columns, ..DataTable::default() });
            Ok(Done::once(say::ADD_TABLE).and_select(Item::Table(scenario.data.len() - 1)))
        }
        DataEdit::ImportTable(name, text) => {
            let block = block::read(text).map_err(Refused)?;
            let (columns, rows) = block.with_names();
            fits(&columns, rows.len())?;
            let count = rows.len();
            let rows = rows.into_iter().map(|row| row.into_iter().map(Value::String).collect()).collect();
            let name = free_table_name(scenario, name);
            scenario.data.push(DataTable { name, columns, rows, ..DataTable::default() });
            Ok(Done::once(say::paste_rows(count)).and_select(Item::Table(scenario.data.len() - 1)))
        }
        DataEdit::Table(at, edit) => table::apply(scenario, *at, edit),
        DataEdit::AddValue(value) => {
            let taken = |name: &str| scenario.values.iter().any(|value| value.name == name);
            let name = crate::text::free_name(&value.name, taken);
            scenario.values.push(NamedValue { name, ..value.clone() });
            Ok(Done::once(say::ADD_VALUE).and_select(Item::Value(scenario.values.len() - 1)))
        }
        DataEdit::Value(at, kind) => {
            let value = scenario.values.get_mut(*at).ok_or_else(Refused::gone)?;
            value.is = kind.clone();
            if matches!(value.is, ValueKind::Fixed(_)) {
                value.fresh = Fresh::default();
            }
            Ok(Done::typed(say::change_value(&value.name), format!("value {at}")).and_select(Item::Value(*at)))
        }
        DataEdit::Fresh(at, fresh) => {
            let value = scenario.values.get_mut(*at).ok_or_else(Refused::gone)?;
            value.fresh = *fresh;
            Ok(Done::once(say::change_value(&value.name)).and_select(Item::Value(*at)))
        }
        DataEdit::AddWhole(table) => {
            fits(&table.columns, table.rows.len())?;
            let name = free_table_name(scenario, &table.name);
            let label = say::add_table(&name);
            scenario.data.push(DataTable { name, ..(**table).clone() });
            Ok(Done::once(label).and_select(Item::Table(scenario.data.len() - 1)))
        }
        DataEdit::ReplaceUses(pairs) => {
            for (from, to) in pairs {
                super::names::replace_uses(scenario, from, to);
            }
            Ok(Done::once(say::REPLACE_USES))
        }
    }
}

/// Whether a table of this size may stand in the test.
fn fits(columns: &[String], rows: usize) -> Result<(), Refused> {
    match rows > MOST_ROWS || columns.len() > MOST_COLUMNS {
        true => Err(Refused::because(say::table_too_large(MOST_ROWS, MOST_COLUMNS))),
        false => Ok(()),
    }
}

fn free_table_name(scenario: &Scenario, name: &str) -> String {
    crate::text::free_name(name, |name| scenario.data.iter().any(|table| table.name == name))
}
