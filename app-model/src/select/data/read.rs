//! A table's file before it is added: what was found out about it, its first rows, and what is wrong with it. Must not add
//! it.

use tidemark_core::plan::table::look::{ENCODINGS, SEPARATORS};
use tidemark_core::scenario::DataTable;

use crate::doc::edit::data::block::clean;
use crate::doc::edit::data::{MOST_COLUMNS, MOST_ROWS};
use crate::model::Incoming;
use crate::text::{data as say, edits, sentence};

/// So many rows are shown before a table is added.
const SAMPLE: usize = 8;

/// The dialog about a table's file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// "people.csv, 1.4 kB".
    pub file: String,
    /// What the table will be called.
    pub name: String,
    /// Encodings to choose from: word and label; the empty word is what was found out.
    pub encodings: Vec<(String, String)>,
    /// The chosen one's word.
    pub encoding: String,
    /// Separators to choose from.
    pub separators: Vec<(String, String)>,
    /// The chosen one's word.
    pub separator: String,
    /// Whether the first row holds the names.
    pub names: bool,
    /// The columns' names.
    pub columns: Vec<String>,
    /// The first rows.
    pub sample: Vec<Vec<String>>,
    /// The row (from 0, in the sample) and column where something is wrong, where they are among those shown.
    pub broken: Option<(usize, usize)>,
    /// What is wrong, with what to do; empty if nothing is.
    pub trouble: String,
    /// Why it can't be added; empty if it can.
    pub not_now: String,
    /// "Add table with 40 rows".
    pub act: String,
}

/// What the dialog shows.
pub fn reading(incoming: &Incoming) -> Reading {
    let found = incoming.look.as_ref().ok();
    let label = |known: &str, found: Option<String>| match found {
        Some(found) if known.is_empty() => say::found_out(&say::separator(&found)),
        _ => say::separator(known),
    };
    let choices = |all: &[&str], found: Option<String>| {
        let words = std::iter::once("").chain(all.iter().copied());
        words.map(|word| (word.to_owned(), label(word, found.clone()))).collect()
    };
    let encoding_found = found.filter(|_| incoming.encoding.is_empty()).map(|look| look.encoding.to_owned());
    let separator_found = found.filter(|_| incoming.separator.is_empty()).map(|look| look.separator.to_string());
    let (columns, first) = names_and_start(incoming);
    let rows = found.map_or(0, |look| look.rows.len().saturating_sub(first));
    let wrong = found.and_then(|look| look.trouble.as_ref()).or(incoming.look.as_ref().err());
    let trouble =
        wrong.map(|bad| format!("{} {}", sentence(&bad.to_string()), sentence(&bad.hint))).unwrap_or_default();
    Reading {
        file: say::file_words(&incoming.file, incoming.bytes.len()),
        name: incoming.name.clone(),
        encodings: choices(&ENCODINGS, encoding_found),
        encoding: incoming.encoding.clone(),
        separators: choices(&SEPARATORS, separator_found),
        separator: incoming.separator.clone(),
        names: incoming.names,
        sample: found.map(|look| look.rows.iter().skip(first).take(SAMPLE).cloned().collect()).unwrap_or_default(),
        broken: broken(incoming, first, &columns),
        trouble,
        not_now: not_now(incoming, rows, columns.len()),
        act: say::add_rows_button(rows),
        columns,
    }
}

/// The columns' names, and the first row that is data.
fn names_and_start(incoming: &Incoming) -> (Vec<String>, usize) {
    let Ok(look) = &incoming.look else { return (Vec::new(), 0) };
    let width = look.rows.first().map_or(0, Vec::len);
    let first = look.rows.first().filter(|_| incoming.names);
    let wanted = (0..width).map(|at| match first.and_then(|row| row.get(at)).filter(|name| !name.trim().is_empty()) {
        Some(name) => clean(name),
        None => edits::column_number(at + 1),
    });
    let mut names: Vec<String> = Vec::new();
    for name in wanted {
        let free = crate::text::free_name(&name, |name| names.iter().any(|other| other == name));
        names.push(free);
    }
    (names, usize::from(first.is_some()))
}

/// The cell that is wrong, where it is among those shown.
fn broken(incoming: &Incoming, first: usize, columns: &[String]) -> Option<(usize, usize)> {
    let look = incoming.look.as_ref().ok()?;
    let bad = look.trouble.as_ref()?;
    let row = usize::try_from(bad.line?).ok()?.checked_sub(1 + first)?;
    let name = bad.column.as_deref()?;
    let by_name = look.rows.first().and_then(|row| row.iter().position(|cell| cell == name));
    let column = by_name.or_else(|| name.parse::<usize>().ok()?.checked_sub(1)).filter(|at| *at < columns.len())?;
    (row < SAMPLE).then_some((row, column))
}

/// Why it can't be added. An uneven row can: nothing of it is lost.
fn not_now(incoming: &Incoming, rows: usize, columns: usize) -> String {
    let Ok(look) = &incoming.look else { return say::READ_OTHERWISE.to_owned() };
    let undecoded = look.rows.iter().flatten().any(|cell| cell.contains('\u{FFFD}'));
    if look.trouble.is_some() && undecoded {
        say::READ_OTHERWISE.to_owned()
    } else if look.more || rows > MOST_ROWS {
        say::too_many_rows(MOST_ROWS)
    } else if columns > MOST_COLUMNS {
        edits::table_too_large(MOST_ROWS, MOST_COLUMNS)
    } else if rows == 0 {
        edits::NOTHING_PASTED.to_owned()
    } else {
        String::new()
    }
}

/// The table that would be added; none while something stands in the way.
pub fn table(incoming: &Incoming) -> Option<DataTable> {
    let look = incoming.look.as_ref().ok()?;
    let (columns, first) = names_and_start(incoming);
    if !not_now(incoming, look.rows.len().saturating_sub(first), columns.len()).is_empty() {
        return None;
    }
    let row = |row: &Vec<String>| row.iter().cloned().map(serde_json::Value::String).collect();
    let rows = look.rows.iter().skip(first).map(row).collect();
    let name = clean(&incoming.name);
    Some(DataTable { name, columns, rows, ..DataTable::default() })
}

/// What a table from a file is called: the file's name without its end.
pub fn name_of(file: &str) -> String {
    let stem = file.rsplit(['/', '\\']).next().unwrap_or(file);
    clean(stem.rsplit_once('.').map_or(stem, |(stem, _)| stem))
}

/// Whether a file's name says that it is a table.
pub fn is_table(file: &str) -> bool {
    let end = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(end.as_str(), "csv" | "tsv" | "tab" | "txt" | "jsonl" | "ndjson")
}
