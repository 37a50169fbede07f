//! Tables with separators: CSV, TSV and their relatives.
//!
//! Must not know how values are kept.

use csv::{Position, ReaderBuilder, StringRecord};

use crate::plan::table::{BadTable, Builder, Table, line_of};
use crate::problem::short;
use crate::scenario::model::DataTable;

/// What may separate values where nothing is said, the likeliest first.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How much of a file is looked at to find its separator, in bytes.
const LOOKED_AT: usize = 64 * 1024;

/// Reads `text`. The first line holds the columns' names, unless `rule` gives them. `name` is the file's, in small
/// letters.
pub(super) fn read(text: &str, rule: &DataTable, name: &str) -> Result<Table, BadTable> {
    if !text.contains('\n') && text.contains('\r') {
        return read(&text.replace('\r', "\n"), rule, name); // so that lines are counted in files of old Macs too
    }
    let separator = match rule.separator.as_str() {
        "" if name.ends_with(".tsv") || name.ends_with(".tab") => b'\t',
        "" => likely_separator(text.as_bytes()),
        word => named_separator(word)?,
    };
    quotes_close(text.as_bytes(), separator)?;
    let mut reader =
        ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut builder: Option<Builder> = None;
    if !rule.columns.is_empty() {
        builder = Some(Builder::new(rule.columns.clone(), rule, 0)?);
    }
    // The text is known to be UTF-8 and rows may be of any length here, so that only the reader itself could fail.
    while reader.read_record(&mut record).map_err(|error| BadTable::whole(error.to_string(), "check the file"))? {
        let line = record.position().map_or(0, |place| line_of_record(text, place));
        let Some(builder) = &mut builder else {
            let names = record.iter().map(|name| name.trim().to_owned()).collect();
            builder = Some(Builder::new(names, rule, line)?);
            continue;
        };
        if builder.table.rows.is_empty() {
            not_the_names(&record, rule, line)?;
        }
        builder.row(line, record.len()).map_err(|bad| explained(bad, separator, builder, rule))?;
        for (column, value) in record.iter().enumerate() {
            builder.text(line, column, value)?;
        }
    }
    builder
        .map(|builder| builder.table)
        .ok_or_else(|| BadTable::whole("the file is empty", "begin with a line that names the columns"))
}

/// The line, from 1, in which a record begins: the reader's place is where the one before ended, before empty lines.
fn line_of_record(text: &str, place: &Position) -> u64 {
    let rest = text.as_bytes().get(place.byte() as usize..).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
    place.line() + empty as u64
}

/// Where a table has one column only, the separator may be the mistake.
fn explained(bad: BadTable, separator: u8, builder: &Builder, rule: &DataTable) -> BadTable {
    match builder.table.columns.len() == 1 && rule.separator.is_empty() {
        false => bad,
        true => {
            let found = shown(separator);
            BadTable { hint: format!("if {found} is not what separates the values, say so under \"separator\""), ..bad }
        }
    }
}

/// Where the columns are named in the scenario, the first line must not name them again: it would be used as data.
fn not_the_names(record: &StringRecord, rule: &DataTable, line: u64) -> Result<(), BadTable> {
    match !rule.columns.is_empty() && record.iter().map(str::trim).eq(rule.columns.iter().map(String::as_str)) {
        true => Err(BadTable::at(
            line,
            "the first line names the columns, but \"columns\" says that there is no such line",
            "remove \"columns\"",
        )),
        false => Ok(()),
    }
}

/// The separator behind a word or a character.
pub(super) fn named_separator(word: &str) -> Result<u8, BadTable> {
    match (word, word.as_bytes()) {
        ("comma", _) => Ok(b','),
        ("semicolon", _) => Ok(b';'),
        ("tab" | "\\t", _) => Ok(b'\t'),
        (_, [one]) if *one != b'"' && !one.is_ascii_alphanumeric() && !matches!(one, b'\n' | b'\r') => Ok(*one),
        _ => Err(BadTable::whole(
            format!("\"{}\" can't separate values", short(word)),
            "use comma, semicolon, tab, or one character such as |",
        )),
    }
}

/// A separator as people call it.
fn shown(separator: u8) -> String {
    match separator {
        b',' => "a comma".to_owned(),
        b';' => "a semicolon".to_owned(),
        b'\t' => "a tab".to_owned(),
        other => format!("\"{}\"", char::from(other)),
    }
}

/// The candidate that splits the first lines most evenly: into the same number of values, and into most of them.
pub(super) fn likely_separator(text: &[u8]) -> u8 {
    let whole = text.len() <= LOOKED_AT;
    let start = &text[..text.len().min(LOOKED_AT)];
    let score = |separator: u8| {
        let mut counts = separators_in_lines(start, separator);
        if !whole && counts.len() > 1 {
            counts.pop(); // the last line is cut
        }
        let first = counts.first().copied().unwrap_or(0);
        let same = counts.iter().filter(|count| **count == first).count();
        let even = first > 0 && same * 10 >= counts.len() * 9;
        (even, first)
    };
    let best = CANDIDATES.iter().rev().copied().max_by_key(|separator| score(*separator));
    best.unwrap_or(b',')
}

/// How many separators each line that isn't empty has, outside quotes.
fn separators_in_lines(text: &[u8], separator: u8) -> Vec<usize> {
    let (mut counts, mut count, mut quoted, mut empty) = (Vec::new(), 0, false, true);
    let mut may_open = true; // at the start of a value, or right after a quote that seemed to close one
    for byte in text {
        let line_end = matches!(byte, b'\n' | b'\r');
        match byte {
            b'"' if quoted || may_open => {
                (quoted, may_open, empty) = (!quoted, quoted, false);
                continue;
            }
            _ if quoted => {}
            _ if line_end && !empty => {
                counts.push(count);
                (count, empty) = (0, true);
            }
            _ if line_end => {}
            byte => {
                count += usize::from(*byte == separator);
                empty = false;
            }
        }
        may_open = !quoted && (*byte == separator || line_end);
    }
    if !empty {
        counts.push(count);
    }
    counts
}

/// Whether every quote that opens a value is closed, and at the value's end: the reader would take the rest of the
/// file for one value without a word.
pub(super) fn quotes_close(text: &[u8], separator: u8) -> Result<(), BadTable> {
    let mut at = 0;
    while at < text.len() {
        if text[at] != b'"' {
            let end = text[at..].iter().position(|byte| *byte == separator || matches!(byte, b'\n' | b'\r'));
            at += end.map_or(text.len() - at, |length| length + 1);
            continue;
        }
        let open = at;
        loop {
            at += 1;
            match text.get(at) {
                None => {
                    return Err(BadTable::at(
                        line_of(text, open),
                        "a quote opens here that is never closed",
                        "close it, or write two quotes (\"\") for one inside a value in quotes",
                    ));
                }
                Some(b'"') if text.get(at + 1) == Some(&b'"') => at += 1,
                Some(b'"') => break,
                Some(_) => {}
            }
        }
        match text.get(at + 1) {
            None | Some(b'\n' | b'\r') => {}
            Some(byte) if *byte == separator => {}
            Some(_) => {
                return Err(BadTable::at(
                    line_of(text, at),
                    "something follows a closing quote",
                    format!(
                        "write two quotes (\"\") for one inside a value in quotes, and {} after the closing one",
                        shown(separator)
                    ),
                ));
            }
        }
        at += 2;
    }
    Ok(())
}
