//! One table: cells, rows, columns, and how its rows are handed out.

use serde_json::Value;
use tidemark_core::scenario::{DataTable, Scenario};

use super::{MOST_COLUMNS, MOST_ROWS, TableEdit, block};
use crate::doc::edit::{Done, Refused, names};
use crate::doc::place::Item;
use crate::text::edits as say;

pub(super) fn apply(scenario: &mut Scenario, at: usize, edit: &TableEdit) -> Result<Done, Refused> {
    let table = scenario.data.get_mut(at).ok_or_else(Refused::gone)?;
    let done = match edit {
        TableEdit::RenameColumn(column, name) => {
            let old = table.columns.get(*column).ok_or_else(Refused::gone)?.clone();
            names::proper(name)?;
            if table.columns.iter().enumerate().any(|(other, taken)| other != *column && taken == name) {
                return Err(Refused::because(say::name_taken(name)));
            }
            table.columns[*column].clone_from(name);
            table.numbers.iter_mut().filter(|number| **number == old).for_each(|number| number.clone_from(name));
            let (from, to) = (format!("{}.{old}", table.name), format!("{}.{name}", table.name));
            names::replace_uses(scenario, &from, &to);
            Done::typed(say::RENAME, format!("column {at} {column}"))
        }
        TableEdit::Cell(..) | TableEdit::Paste(..) | TableEdit::Clear(..) => cells(table, at, edit)?,
        TableEdit::AddRows(..) | TableEdit::RemoveRows(..) | TableEdit::MoveRows(..) => rows(table, edit)?,
        TableEdit::NamesFromRow | TableEdit::NamesToRow => return names_and_rows(scenario, at, edit),
        TableEdit::TakeIn(columns, rows) => take_in(table, columns, rows)?,
        TableEdit::AddColumn(..) | TableEdit::RemoveColumn(_) | TableEdit::MoveColumn(..) | TableEdit::Numbers(..) => {
            columns(table, edit)?
        }
        _ => settings(table, at, edit),
    };
    Ok(done.and_select(Item::Table(at)))
}

/// What was typed, as the column has it: a number where the column holds numbers and it is one.
fn cell_value(table: &DataTable, column: usize, text: &str) -> Value {
    let numeric = table.columns.get(column).is_some_and(|name| table.numbers.contains(name));
    let number = numeric.then(|| text.trim().parse::<f64>().ok()).flatten();
    match number.and_then(|_| serde_json::from_str::<Value>(text.trim()).ok()) {
        Some(value) if value.is_number() => value,
        _ => Value::String(text.to_owned()),
    }
}

/// Makes room for so many rows and columns.
fn grow(table: &mut DataTable, rows: usize, columns: usize) -> Result<(), Refused> {
    if !table.file.is_empty() {
        return Err(Refused::because(say::ROWS_STAND_IN_A_FILE));
    }
    if rows > MOST_ROWS || columns > MOST_COLUMNS {
        return Err(Refused::because(say::table_too_large(MOST_ROWS, MOST_COLUMNS)));
    }
    while table.columns.len() < columns {
        let name = say::column_number(table.columns.len() + 1);
        let name = crate::text::free_name(&name, |name| table.columns.iter().any(|column| column == name));
        table.columns.push(name);
    }
    let width = table.columns.len();
    if table.rows.len() < rows {
        table.rows.resize_with(rows, Vec::new);
    }
    for row in &mut table.rows {
        if row.len() < width {
            row.resize(width, Value::String(String::new()));
        }
    }
    Ok(())
}

fn cells(table: &mut DataTable, at: usize, edit: &TableEdit) -> Result<Done, Refused> {
    match edit {
        TableEdit::Cell(row, column, text) => {
            if *column >= table.columns.len() {
                return Err(Refused::gone());
            }
            grow(table, row + 1, column + 1)?;
            table.rows[*row][*column] = cell_value(table, *column, text);
            Ok(Done::typed(say::CHANGE_CELL, format!("cell {at} {row} {column}")))
        }
        TableEdit::Paste(row, column, text) => {
            let mut pasted = block::read(text).map_err(Refused)?;
            // Into a table that nobody has touched the names come along.
            if table.rows.is_empty() && table.columns == [say::FIRST_COLUMN] && (*row, *column) == (0, 0) {
                let (columns, rows) = pasted.with_names();
                super::fits(&columns, rows.len())?;
                grow(table, 0, 0)?;
                table.columns = columns;
                pasted = block::Block { rows, separator: '\t' };
            }
            let width = pasted.rows.first().map_or(0, Vec::len);
            grow(table, row.saturating_add(pasted.rows.len()), column.saturating_add(width))?;
            let count = pasted.rows.len();
            for (i, cells) in pasted.rows.into_iter().enumerate() {
                for (j, cell) in cells.into_iter().enumerate() {
                    table.rows[row + i][column + j] = cell_value(table, column + j, &cell);
                }
            }
            Ok(Done::once(say::paste_rows(count)))
        }
        TableEdit::Clear(rows, columns) => {
            for row in table.rows.iter_mut().take(rows.1).skip(rows.0) {
                for cell in row.iter_mut().take(columns.1).skip(columns.0) {
                    *cell = Value::String(String::new());
                }
            }
            Ok(Done::once(say::CLEAR_CELLS))
        }
        _ => Err(Refused::gone()),
    }
}

fn rows(table: &mut DataTable, edit: &TableEdit) -> Result<Done, Refused> {
    match edit {
        TableEdit::AddRows(at, count) => {
            let (rows, columns) = (table.rows.len().saturating_add(*count), table.columns.len());
            grow(table, 0, columns)?;
            if rows > MOST_ROWS {
                return Err(Refused::because(say::table_too_large(MOST_ROWS, MOST_COLUMNS)));
            }
            let at = (*at).min(table.rows.len());
            let empty = vec![Value::String(String::new()); columns];
            table.rows.splice(at..at, std::iter::repeat_n(empty, *count));
            Ok(Done::once(say::ADD_ROWS))
        }
        TableEdit::RemoveRows(from, to) => {
            let to = (*to).min(table.rows.len());
            if *from >= to {
                return Err(Refused::gone());
            }
            table.rows.drain(*from..to);
            Ok(Done::once(say::REMOVE_ROWS))
        }
        TableEdit::MoveRows(from, to, before) => {
            let count = table.rows.len();
            if *from >= *to || *to > count || *before > count {
                return Err(Refused::gone());
            }
            match before {
                before if before < from => table.rows[*before..*to].rotate_right(to - from),
                before if before > to => table.rows[*from..*before].rotate_left(to - from),
                _ => {}
            }
            Ok(Done::once(say::MOVE_ROWS))
        }
        _ => Err(Refused::gone()),
    }
}

/// Names become a row, or a row becomes names; uses follow the columns.
fn names_and_rows(scenario: &mut Scenario, at: usize, edit: &TableEdit) -> Result<Done, Refused> {
    let table = scenario.data.get_mut(at).ok_or_else(Refused::gone)?;
    let old = table.columns.clone();
    let mut taken: Vec<String> = Vec::new();
    let made: Vec<String> = match edit {
        TableEdit::NamesFromRow if table.rows.is_empty() => return Err(Refused::because(say::NO_FIRST_ROW)),
        TableEdit::NamesFromRow => table.rows.remove(0).iter().map(|cell| block::clean(&text_of(cell))).collect(),
        _ => {
            table.rows.insert(0, old.iter().cloned().map(Value::String).collect());
            (1..=old.len()).map(say::column_number).collect()
        }
    };
    for name in made {
        taken.push(crate::text::free_name(&name, |name| taken.iter().any(|other| other == name)));
    }
    taken.resize(old.len(), String::new());
    table.numbers =
        table.numbers.iter().filter_map(|name| Some(taken[old.iter().position(|o| o == name)?].clone())).collect();
    table.columns.clone_from(&taken);
    let name = table.name.clone();
    // By way of names that nobody has, so that columns may change places.
    let passing = |column: usize| format!("{name}.\u{1}{column}");
    for (column, old) in old.iter().enumerate() {
        names::replace_uses(scenario, &format!("{name}.{old}"), &passing(column));
    }
    for (column, new) in taken.iter().enumerate() {
        names::replace_uses(scenario, &passing(column), &format!("{name}.{new}"));
    }
    let label = if *edit == TableEdit::NamesToRow { say::NAMES_TO_ROW } else { say::NAMES_FROM_ROW };
    Ok(Done::once(label).and_select(Item::Table(at)))
}

/// The rows of a file stand in the test from now on.
fn take_in(table: &mut DataTable, columns: &[String], rows: &[Vec<Value>]) -> Result<Done, Refused> {
    super::fits(columns, rows.len())?;
    table.columns = columns.to_vec();
    table.rows = rows.to_vec();
    table.file.clear();
    table.separator.clear();
    table.encoding.clear();
    Ok(Done::once(say::TAKE_ROWS_IN))
}

/// A cell as it was typed.
fn text_of(cell: &Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn columns(table: &mut DataTable, edit: &TableEdit) -> Result<Done, Refused> {
    let width = table.columns.len();
    match edit {
        TableEdit::AddColumn(at, name) => {
            let name = crate::text::free_name(name, |name| table.columns.iter().any(|column| column == name));
            grow(table, 0, width)?;
            if width >= MOST_COLUMNS {
                return Err(Refused::because(say::table_too_large(MOST_ROWS, MOST_COLUMNS)));
            }
            let at = (*at).min(width);
            table.columns.insert(at, name);
            table.rows.iter_mut().for_each(|row| row.insert(at, Value::String(String::new())));
            Ok(Done::once(say::ADD_COLUMN))
        }
        TableEdit::RemoveColumn(at) if *at < width => {
            let name = table.columns.remove(*at);
            table.numbers.retain(|number| *number != name);
            table.rows.iter_mut().filter(|row| *at < row.len()).for_each(|row| {
                row.remove(*at);
            });
            Ok(Done::once(say::REMOVE_COLUMN))
        }
        TableEdit::MoveColumn(from, to) if *from < width => {
            grow(table, 0, width)?;
            let to = (to - usize::from(from < to)).min(width - 1);
            let name = table.columns.remove(*from);
            table.columns.insert(to, name);
            for row in &mut table.rows {
                let cell = row.remove(*from);
                row.insert(to, cell);
            }
            Ok(Done::once(say::MOVE_COLUMN))
        }
        TableEdit::Numbers(at, numbers) if *at < width => {
            let name = table.columns[*at].clone();
            table.numbers.retain(|number| *number != name);
            if *numbers {
                table.numbers.push(name);
            }
            for row in 0..table.rows.len() {
                let Some(cell) = table.rows[row].get(*at) else { continue };
                let text = text_of(cell);
                table.rows[row][*at] = cell_value(table, *at, &text);
            }
            Ok(Done::once(say::CHANGE_COLUMN))
        }
        _ => Err(Refused::gone()),
    }
}

fn settings(table: &mut DataTable, at: usize, edit: &TableEdit) -> Done {
    let word = match edit {
        TableEdit::Use(rows) => {
            table.each_person = *rows;
            "use"
        }
        TableEdit::RunOut(rows) => {
            table.when_rows_run_out = *rows;
            "out"
        }
        TableEdit::Unique(unique) => {
            table.unique = *unique;
            "unique"
        }
        TableEdit::File(file) => {
            table.file.clone_from(file);
            "file"
        }
        TableEdit::Separator(separator) => {
            table.separator.clone_from(separator);
            "separator"
        }
        TableEdit::Encoding(encoding) => {
            table.encoding.clone_from(encoding);
            "encoding"
        }
        _ => "",
    };
    Done::typed(say::change_table(&table.name), format!("table {at} {word}"))
}
