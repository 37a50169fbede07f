//! A first look at bytes that may be a table: its encoding and separator found out, all of its cells kept, and the first
//! thing that is wrong with it said with row and column. Nothing is left out: what a strict reader refuses is here, too.
//!
//! Must not know what becomes of the cells.

use csv::{ReaderBuilder, StringRecord};

use super::{BadTable, Table, decode, separated};
use crate::charset::Charset;
use crate::plan::value::Val;
use crate::scenario::model::DataTable;

/// The encodings that people are asked about, the likeliest first.
pub const ENCODINGS: [&str; 8] =
    ["UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE", "ISO-8859-15", "windows-1250", "windows-1251", "Shift_JIS"];

/// The separators that people are asked about, as a scenario writes them.
pub const SEPARATORS: [&str; 4] = ["comma", "semicolon", "tab", "|"];

/// What a table's bytes look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The encoding's name.
    pub encoding: &'static str,
    /// What separates the values.
    pub separator: char,
    /// Every row, the first one included; all equally long.
    pub rows: Vec<Vec<String>>,
    /// The first thing that is wrong; `line` counts rows of the file from 1. All cells are in `rows` in spite of it.
    pub trouble: Option<BadTable>,
    /// There were more rows than asked for.
    pub more: bool,
}

/// Looks at a file. `encoding` and `separator` as a scenario writes them, empty for what seems likeliest; `name` is the
/// file's, for its end; no more than `most` rows are read.
///
/// # Errors
/// The bytes are no text, or the encoding or separator is unknown.
pub fn look(bytes: &[u8], name: &str, encoding: &str, separator: &str, most: usize) -> Result<Look, BadTable> {
    if let Some(bad) = decode::something_else(bytes) {
        return Err(bad);
    }
    let chosen = match encoding.trim() {
        "" => likely_encoding(bytes),
        label => decode::named(label)?,
    };
    decode::no_zeros(bytes, chosen)?;
    let start = Charset::by_mark(bytes).filter(|(by_mark, _)| *by_mark == chosen).map_or(0, |(_, length)| length);
    let (text, broken) = chosen.lossy(&bytes[start..]);
    let name = name.to_ascii_lowercase();
    if [".jsonl", ".ndjson", ".json"].iter().any(|end| name.ends_with(end)) && separator.is_empty() {
        return objects(bytes, &name, chosen, most);
    }
    let separator = match separator {
        "" if name.ends_with(".tsv") || name.ends_with(".tab") => b'\t',
        "" => separated::likely_separator(text.as_bytes()),
        word => separated::named_separator(word)?,
    };
    let mut trouble = separated::quotes_close(text.as_bytes(), separator).err();
    // Where quotes don't close, the rest of the file would become one cell: they are letters like any other then.
    let (mut rows, more) = cells(&text, separator, trouble.is_none(), most);
    trouble = trouble.map(|bad| in_cells(bad, &rows));
    if broken {
        trouble = Some(not_decoded(&rows, chosen));
    }
    let trouble = trouble.or_else(|| uneven(&rows));
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.iter_mut().for_each(|row| row.resize(width, String::new()));
    Ok(Look { encoding: chosen.name(), separator: char::from(separator), rows, trouble, more })
}

/// By the mark at the start, else UTF-8 where it is that, else what zeros or single bytes speak for.
fn likely_encoding(bytes: &[u8]) -> Charset {
    if let Some((encoding, _)) = Charset::by_mark(bytes) {
        return encoding;
    }
    let start = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    if (first + second) * 3 > start.len() {
        return if first > second { Charset::UTF_16BE } else { Charset::UTF_16LE };
    }
    if std::str::from_utf8(bytes).is_ok() { Charset::UTF_8 } else { Charset::WINDOWS_1252 }
}

/// All cells, in rows of any length; and whether there were more rows than `most`.
fn cells(text: &str, separator: u8, quotes: bool, most: usize) -> (Vec<Vec<String>>, bool) {
    let old_mac = (!text.contains('\n') && text.contains('\r')).then(|| text.replace('\r', "\n"));
    let text = old_mac.as_deref().unwrap_or(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .quoting(quotes)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut rows, mut record) = (Vec::new(), StringRecord::new());
    // The text is UTF-8 and rows may be of any length: the reader has nothing left to refuse.
    while reader.read_record(&mut record).unwrap_or(false) {
        if rows.len() >= most {
            return (rows, true);
        }
        rows.push(record.iter().map(str::to_owned).collect());
    }
    (rows, false)
}

/// A table of objects, one in each line.
fn objects(bytes: &[u8], name: &str, encoding: Charset, most: usize) -> Result<Look, BadTable> {
    let rule = DataTable { encoding: encoding.name().to_owned(), ..DataTable::default() };
    let table = Table::parse(bytes, &rule, name)?;
    let shown = |row, column| match table.row_value(row, column) {
        Val::Missing => String::new(),
        value => value.as_text().into_owned(),
    };
    let width = table.columns.len();
    let body = (0..table.rows.len().min(most)).map(|row| (0..width).map(|column| shown(row, column)).collect());
    let rows = std::iter::once(table.columns.clone()).chain(body).collect();
    Ok(Look { encoding: encoding.name(), separator: ',', rows, trouble: None, more: table.rows.len() > most })
}

/// Where bytes were no letters: the first cell with the sign that stands for them.
fn not_decoded(rows: &[Vec<String>], encoding: Charset) -> BadTable {
    let broken = |cell: &String| cell.contains('\u{FFFD}');
    let place = rows.iter().enumerate().find_map(|(row, cells)| Some((row, cells.iter().position(broken)?)));
    let message = format!("there are bytes that are no {}", encoding.name());
    let hint = "choose the encoding that the file was saved in";
    match place {
        None => BadTable::whole(message, hint),
        Some((row, column)) => of_row(row, message, hint).column(&column_name(rows, column)),
    }
}

/// A quote that is never closed, with the cell it stands in: rows are lines here.
fn in_cells(bad: BadTable, rows: &[Vec<String>]) -> BadTable {
    let row = bad.line.map_or(0, |line| line.saturating_sub(1) as usize);
    let open = |cell: &String| cell.starts_with('"') && (cell.len() < 2 || !cell.ends_with('"'));
    let column = rows.get(row).and_then(|cells| cells.iter().position(open)).unwrap_or(0);
    BadTable { unit: "row", ..bad }.column(&column_name(rows, column))
}

/// The first row that has more or fewer values than the first one.
fn uneven(rows: &[Vec<String>]) -> Option<BadTable> {
    let width = rows.first()?.len();
    let (row, cells) = rows.iter().enumerate().find(|(_, row)| row.len() != width)?;
    let message =
        format!("{} here, but there are {}", super::counted(cells.len(), "value"), super::counted(width, "column"));
    let (column, hint) = match cells.len() > width {
        true => {
            (width, "the values too many get a column of their own; or put values that hold the separator in quotes")
        }
        false => (cells.len(), "the values that are missing stay empty; or add them in the file"),
    };
    Some(of_row(row, message, hint).column(&column_name(rows, column)))
}

fn of_row(row: usize, message: String, hint: &str) -> BadTable {
    BadTable { unit: "row", ..BadTable::at(row as u64 + 1, message, hint) }
}

/// What the first row calls a column, else its number.
fn column_name(rows: &[Vec<String>], column: usize) -> String {
    let name = rows.first().and_then(|row| row.get(column)).filter(|name| !name.trim().is_empty());
    name.cloned().unwrap_or_else(|| (column + 1).to_string())
}

#[cfg(test)]
mod tests;
