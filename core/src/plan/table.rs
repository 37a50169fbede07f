//! Data tables: rows of values, read from a file's bytes or from the scenario itself, kept in little memory.
//!
//! Must not know who gets which row, nor where the bytes come from.

mod decode;
mod lines;
pub mod look;
mod separated;

use std::ops::Range;
use std::sync::Arc;

use serde_json::{Number, Value};

use crate::plan::value::Val;
use crate::problem::short;
use crate::scenario::model::DataTable;
use crate::scenario::node::nearest;
use crate::units::{grouped, plain_bytes};

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 200_000_000;

/// The most rows that are read.
pub const MOST_ROWS: usize = 5_000_000;

/// A data table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns' names, in order.
    pub columns: Vec<String>,
    /// The values.
    pub rows: Rows,
}

/// The values of a table: all texts in one string, with four bytes for the place and one for the type of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    width: usize,
    text: String,
    ends: Vec<u32>,
    types: Vec<Type>,
}

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    /// JSON as text.
    Json,
    Missing,
}

impl Rows {
    fn new(width: usize) -> Self {
        Self { width, ..Self::default() }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// About how much memory they take, in bytes.
    pub fn memory(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>() + self.types.capacity()
    }

    fn push(&mut self, kind: Type, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32); // fits: the text is no longer than a file may be, or an inline table is
        self.types.push(kind);
    }

    fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.types.shrink_to_fit();
    }

    fn cell(&self, at: usize) -> Option<(Type, &str)> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        Some((*self.types.get(at)?, &self.text[start..*self.ends.get(at)? as usize]))
    }
}

/// Why a table can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.shown())]
pub struct BadTable {
    /// The line in the file, or the row in the scenario, from 1; `None` where it concerns the whole.
    pub line: Option<u64>,
    /// The column's name, where it concerns one.
    pub column: Option<String>,
    /// What is wrong, naming the piece.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// What `line` counts: `line` or `row`.
    pub unit: &'static str,
}

impl BadTable {
    fn whole(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line: None, column: None, message: message.into(), hint: hint.into(), unit: "line" }
    }

    fn at(line: u64, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line: Some(line), ..Self::whole(message, hint) }
    }

    fn column(mut self, name: &str) -> Self {
        self.column = Some(name.to_owned());
        self
    }

    /// Message with its place, without the hint.
    fn shown(&self) -> String {
        let unit = self.unit;
        match (self.line, &self.column) {
            (Some(line), Some(column)) => format!("{unit} {line}, column \"{}\": {}", short(column), self.message),
            (Some(line), None) => format!("{unit} {line}: {}", self.message),
            (None, Some(column)) => format!("column \"{}\": {}", short(column), self.message),
            (None, None) => self.message.clone(),
        }
    }
}

impl Table {
    /// Reads a file's `bytes` as `rule` says. `file_name` tells the form where `rule` doesn't: JSON lines for
    /// `.jsonl`, `.ndjson` and `.json`, else CSV.
    ///
    /// # Errors
    /// Where the file is no such table; with line and hint.
    pub fn parse(bytes: &[u8], rule: &DataTable, file_name: &str) -> Result<Self, BadTable> {
        if bytes.len() > MOST_BYTES {
            return Err(BadTable::whole(
                format!(
                    "the file has {}, more than {}",
                    plain_bytes(bytes.len() as u64),
                    plain_bytes(MOST_BYTES as u64)
                ),
                "keep only the rows and columns the test needs",
            ));
        }
        let text = decode::text(bytes, &rule.encoding)?;
        let name = file_name.to_ascii_lowercase();
        let json = [".jsonl", ".ndjson", ".json"].iter().any(|end| name.ends_with(end));
        let mut table = match json && rule.separator.is_empty() {
            true => lines::read(&text, rule)?,
            false => separated::read(&text, rule, &name)?,
        };
        if table.rows.is_empty() {
            return Err(BadTable::whole("there are no rows", "add at least one row below the names of the columns"));
        }
        table.rows.shrink();
        Ok(table)
    }

    /// Takes the rows that stand in the scenario itself. Texts stay text; other JSON keeps its type.
    ///
    /// # Errors
    /// Where rows and columns don't fit; `line` is the row's number then.
    pub fn inline(rule: &DataTable) -> Result<Self, BadTable> {
        Self::of_rows(rule).map_err(|bad| BadTable { unit: "row", ..bad })
    }

    fn of_rows(rule: &DataTable) -> Result<Self, BadTable> {
        if rule.columns.is_empty() {
            return Err(BadTable::whole("the columns have no names", "name them under \"columns\""));
        }
        let mut builder = Builder::new(rule.columns.clone(), rule, 0)?;
        for (at, row) in rule.rows.iter().enumerate() {
            let line = at as u64 + 1;
            let hint = "give every row one value for each column, null where there is none";
            builder.row(line, row.len()).map_err(|bad| BadTable { hint: hint.to_owned(), ..bad })?;
            for (column, value) in row.iter().enumerate() {
                builder.json(line, column, Some(value))?;
            }
        }
        match builder.table.rows.is_empty() {
            true => Err(BadTable::whole("there are no rows", "add some under \"rows\", or name a \"file\"")),
            false => Ok(builder.table),
        }
    }

    /// The number of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// A value by row and column, both from 0; [`Val::Missing`] where there is none.
    pub fn row_value(&self, row: usize, column: usize) -> Val {
        if column >= self.rows.width {
            return Val::Missing;
        }
        match row.checked_mul(self.rows.width).and_then(|start| self.rows.cell(start + column)) {
            None | Some((Type::Missing, _)) => Val::Missing,
            Some((Type::Text, text)) => Val::text(text),
            // Numbers by the reader that never loses a digit; the rest was JSON before, so it is again.
            Some((Type::Json, text)) => {
                match number(text).map(Value::Number).or_else(|| serde_json::from_str(text).ok()) {
                    Some(value) => Val::Json(Arc::new(value)),
                    None => Val::Missing,
                }
            }
        }
    }
}

/// Puts a table together, row by row.
struct Builder {
    table: Table,
    numbers: Vec<bool>,
}

impl Builder {
    /// Starts with the columns' names, which stand in `line` (0: in the scenario).
    fn new(columns: Vec<String>, rule: &DataTable, line: u64) -> Result<Self, BadTable> {
        let bad = |message: String, hint: &str| match line {
            0 => BadTable::whole(message, hint),
            line => BadTable::at(line, message, hint),
        };
        for (at, name) in columns.iter().enumerate() {
            if name.is_empty() {
                return Err(bad(format!("column {} has no name", at + 1), "give every column a name"));
            }
            if let Some(before) = columns[..at].iter().position(|other| other == name) {
                let message = format!("columns {} and {} are both named \"{}\"", before + 1, at + 1, short(name));
                return Err(bad(message, "give every column its own name"));
            }
        }
        let known: Vec<&str> = columns.iter().map(String::as_str).collect();
        for name in &rule.numbers {
            if !known.contains(&name.as_str()) {
                return Err(BadTable::whole(
                    format!("\"numbers\" names \"{}\", which is no column", short(name)),
                    match nearest(name, &known) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => format!("the columns are {}", short(&known.join(", "))),
                    },
                ));
            }
        }
        let numbers = columns.iter().map(|name| rule.numbers.contains(name)).collect();
        let rows = Rows::new(columns.len());
        Ok(Self { table: Table { columns, rows }, numbers })
    }

    /// Begins a row of `cells` cells.
    fn row(&self, line: u64, cells: usize) -> Result<(), BadTable> {
        let width = self.table.columns.len();
        if cells != width {
            let (found, wanted) = (counted(cells, "value"), counted(width, "column"));
            let hint = match cells > width {
                true => "put values that hold the separator in quotes, or name the missing columns",
                false => {
                    "add the missing values, or remove the line; write nothing between separators for an empty one"
                }
            };
            return Err(BadTable::at(line, format!("{found} here, but there are {wanted}"), hint));
        }
        if self.table.rows.len() >= MOST_ROWS {
            let message = format!("more than {} rows", grouped(MOST_ROWS as u64));
            return Err(BadTable::at(line, message, "keep only the rows the test needs"));
        }
        Ok(())
    }

    /// Adds a cell of text.
    fn text(&mut self, line: u64, column: usize, text: &str) -> Result<(), BadTable> {
        if !self.numbers[column] {
            self.table.rows.push(Type::Text, text);
        } else if text.trim().is_empty() {
            self.table.rows.push(Type::Missing, "");
        } else {
            let number =
                number(text.trim()).ok_or_else(|| self.no_number(line, column, &format!("\"{}\"", short(text))))?;
            self.table.rows.push(Type::Json, &number.to_string());
        }
        Ok(())
    }

    /// Adds a cell of JSON; `None` and null are missing.
    fn json(&mut self, line: u64, column: usize, value: Option<&Value>) -> Result<(), BadTable> {
        match value {
            None | Some(Value::Null) => self.table.rows.push(Type::Missing, ""),
            Some(Value::String(text)) => return self.text(line, column, text),
            Some(value) if self.numbers[column] && !value.is_number() => {
                return Err(self.no_number(line, column, &short(&value.to_string())));
            }
            Some(value) => self.table.rows.push(Type::Json, &value.to_string()),
        }
        Ok(())
    }

    fn no_number(&self, line: u64, column: usize, found: &str) -> BadTable {
        let hint = match found.contains(',') {
            true => {
                "write it with a point and without grouping, such as 1234.5, or leave the column out of \"numbers\""
            }
            false => "write a number, or leave the column out of \"numbers\"",
        };
        BadTable::at(line, format!("{found} is no number"), hint).column(&self.table.columns[column])
    }
}

/// `1 value`, `3 values`.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("{count} {what}") } else { format!("{count} {what}s") }
}

/// Reads a number: digits with sign, point and exponent; leading zeros are allowed.
fn number(text: &str) -> Option<Number> {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E')) {
        return None;
    }
    let whole = text.parse::<i64>().map(Number::from).or_else(|_| text.parse::<u64>().map(Number::from));
    whole.ok().or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
}

/// The line, from 1, in which the byte `at` of `bytes` stands.
fn line_of(bytes: &[u8], at: usize) -> u64 {
    1 + lines_in(bytes, 0..at)
}

/// How many line ends there are in a part of `bytes`.
fn lines_in(bytes: &[u8], range: Range<usize>) -> u64 {
    bytes.get(range).map_or(0, |part| part.iter().filter(|byte| **byte == b'\n').count() as u64)
}

#[cfg(test)]
mod tests;
