//! Data tables: where their rows are, that they fit together, and that there are enough.

use std::collections::HashSet;

use super::{did_you_mean, stop, unreadable, warn};
use crate::charset::Charset;
use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::{At, Spot, Walk};
use crate::problem::short;
use crate::scenario::{Body, DataTable, PartContent, RowUse, RowsOut};

pub(super) const RULES: &[Rule] = &[
    stop(
        "table-empty",
        "A data table has neither a file nor rows.",
        "Name a file, or write columns and rows.",
        table_empty,
    ),
    stop(
        "table-file-and-rows",
        "A data table has both a file and rows of its own.",
        "Keep one of the two.",
        file_and_rows,
    ),
    stop("table-without-columns", "The rows of a data table have no column names.", "Add columns.", without_columns),
    stop(
        "table-ragged",
        "A row of a data table has more or fewer values than there are columns.",
        "Give every row one value for each column.",
        ragged,
    ),
    stop(
        "duplicate-column",
        "Two columns of a data table have the same name.",
        "Rename one of them.",
        duplicate_column,
    ),
    stop(
        "unknown-number-column",
        "A column in numbers is not one of the table's columns.",
        "Correct the name.",
        unknown_number_column,
    ),
    stop(
        "bad-separator",
        "The separator of a data file is more than one character.",
        "Use one character, comma, semicolon or tab.",
        bad_separator,
    ),
    stop(
        "bad-encoding",
        "The encoding of a data file is not known.",
        "Use a name such as utf-8 or windows-1252.",
        bad_encoding,
    ),
    stop(
        "file-missing",
        "A file that the scenario names is not there, or no file is named.",
        "Put it beside the scenario, or correct its name.",
        file_missing,
    ),
    warn(
        "file-path-absolute",
        "A file is named by its full path, so the scenario works on this computer only.",
        "Put the file beside the scenario and name it relative to it.",
        file_path_absolute,
    ),
    warn(
        "unique-starts-again",
        "The rows of a table are unique, so they can't start again after the last one.",
        "Choose \"person_stops\" or \"test_stops\" in when_rows_run_out.",
        unique_starts_again,
    ),
    warn(
        "fewer-rows-than-people",
        "A table has fewer rows than there are people at the peak. Rows are shared; where that may not be, people find none.",
        "Add rows, lower the number of people, or let rows start again.",
        fewer_rows,
    ),
];

/// The tables that could be read, with their places.
fn tables<'w>(walk: &'w Walk) -> impl Iterator<Item = (Spot, &'w DataTable)> {
    let tables = walk.scenario.data.iter().enumerate().filter(|(_, table)| table.extra.whole.is_none());
    tables.map(|(i, table)| (At::ROOT.key("data").index(i), table))
}

fn table_empty(walk: &Walk, out: &mut Out) {
    for (spot, table) in tables(walk) {
        if table.file.is_empty() && table.rows.is_empty() && !unreadable(&table.extra, &["file", "rows"]) {
            let message = format!("the table \"{}\" has neither a file nor rows", short(&table.name));
            out.say(spot, message, "name a \"file\", or write \"columns\" and \"rows\"");
        }
    }
}

fn file_and_rows(walk: &Walk, out: &mut Out) {
    for (spot, table) in tables(walk).filter(|(_, table)| !table.file.is_empty() && !table.rows.is_empty()) {
        let message = format!("the table \"{}\" has both a file and rows", short(&table.name));
        out.say(spot, message, "keep \"file\" or \"rows\"");
    }
}

fn without_columns(walk: &Walk, out: &mut Out) {
    for (spot, table) in tables(walk).filter(|(_, table)| !table.rows.is_empty() && table.columns.is_empty()) {
        if !unreadable(&table.extra, &["columns"]) {
            out.say(spot, "the rows have no column names", "add \"columns\": [\"…\"]");
        }
    }
}

fn ragged(walk: &Walk, out: &mut Out) {
    for (spot, table) in tables(walk).filter(|(_, table)| !table.columns.is_empty()) {
        let columns = table.columns.len();
        for (i, row) in table.rows.iter().enumerate().filter(|(_, row)| row.len() != columns) {
            let message = format!("this row has {} values, and there are {columns} columns", row.len());
            out.say(spot.clone().key("rows").index(i), message, "give it one value for each column");
        }
    }
}

fn duplicate_column(walk: &Walk, out: &mut Out) {
    for (spot, table) in tables(walk) {
        let facts = walk.context.tables.get(&table.name).map(|facts| facts.columns.as_slice());
        let mut seen = HashSet::new();
        for column in facts.unwrap_or(&table.columns) {
            if !seen.insert(column) {
                let message = format!("the column \"{}\" is there twice", short(column));
                out.say(spot.clone().key("columns"), message, "rename one of them");
            }
        }
    }
}

fn unknown_number_column(walk: &Walk, out: &mut Out) {
    for (spot, table) in tables(walk) {
        let facts = walk.context.tables.get(&table.name).map(|facts| facts.columns.as_slice());
        let known = facts.unwrap_or(&table.columns);
        for (i, column) in table.numbers.iter().enumerate().filter(|_| !known.is_empty()) {
            if !known.contains(column) && !out.full() {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let hint = did_you_mean(column, &known, || "correct the name".to_owned());
                let message = format!("the table has no column \"{}\"", short(column));
                out.say(spot.clone().key("numbers").index(i), message, hint);
            }
        }
    }
}

fn bad_separator(walk: &Walk, out: &mut Out) {
    for (spot, table) in tables(walk) {
        let word = matches!(table.separator.as_str(), "" | "comma" | "semicolon" | "tab");
        let plain = table.separator.len() == 1 && !table.separator.contains(['"', '\n', '\r']);
        if !word && !plain {
            let message = format!("\"{}\" can't separate values", short(&table.separator));
            out.say(spot.key("separator"), message, "use one plain character, or comma, semicolon or tab");
        }
    }
}

fn bad_encoding(walk: &Walk, out: &mut Out) {
    for (spot, table) in tables(walk).filter(|(_, table)| !table.encoding.is_empty()) {
        if Charset::named(&table.encoding).is_none() {
            let message = format!("\"{}\" is no known encoding", short(&table.encoding));
            out.say(spot.key("encoding"), message, "use utf-8, utf-16le or windows-1252");
        }
    }
}

/// Every file that is named, with its place.
fn files<'w>(walk: &'w Walk) -> Vec<(Spot, &'w str)> {
    let mut files: Vec<(Spot, &str)> =
        tables(walk).filter(|(_, t)| !t.file.is_empty()).map(|(spot, t)| (spot.key("file"), t.file.as_str())).collect();
    for (i, target) in walk.scenario.targets.iter().enumerate() {
        let tls = &target.tls;
        let named = [
            ("ca_file", &tls.ca_file),
            ("client_certificate", &tls.client_certificate),
            ("client_key", &tls.client_key),
        ];
        let named = named.into_iter().filter(|(_, file)| !file.is_empty());
        files.extend(named.map(|(key, file)| (At::ROOT.key("targets").index(i).key("tls").key(key), file.as_str())));
    }
    for (step, request) in walk.requests() {
        match &request.body {
            Body::File(file) => files.push((step.inside.key("file"), file)),
            Body::Multipart(parts) => {
                for (i, part) in parts.iter().enumerate() {
                    if let PartContent::File(file) = &part.content {
                        files.push((step.inside.key("multipart").index(i).key("file"), file));
                    }
                }
            }
            _ => {}
        }
    }
    files
}

fn file_missing(walk: &Walk, out: &mut Out) {
    for (spot, file) in files(walk) {
        if file.trim().is_empty() {
            out.say(spot, "no file is named", "name a file, relative to the scenario");
        } else if walk.context.files.is_some_and(|exists| !exists(file)) {
            let message = format!("the file \"{}\" is not there", short(file));
            out.say(spot, message, "put it beside the scenario, or correct its name");
        }
    }
}

fn file_path_absolute(walk: &Walk, out: &mut Out) {
    for (spot, file) in files(walk) {
        let drive = file.as_bytes().get(1) == Some(&b':');
        if file.starts_with(['/', '\\']) || drive {
            let message = format!("\"{}\" is there on this computer only", short(file));
            out.say(spot, message, "put the file beside the scenario and name it relative to it");
        }
    }
}

fn unique_starts_again(walk: &Walk, out: &mut Out) {
    for (spot, table) in tables(walk).filter(|(_, t)| t.unique && t.when_rows_run_out == RowsOut::StartAgain) {
        let message = format!("the rows of \"{}\" are unique, so they can't start again", short(&table.name));
        out.say(spot, message, "add \"when_rows_run_out\": \"person_stops\" or \"test_stops\"");
    }
}

fn fewer_rows(walk: &Walk, out: &mut Out) {
    let Some(people) = super::load::peak_people(walk) else { return };
    let used: HashSet<&str> =
        walk.uses.iter().filter_map(|used| used.name.split_once('.')).map(|(table, _)| table).collect();
    for (spot, table) in tables(walk).filter(|(_, table)| table.each_person != RowUse::RandomRow) {
        let facts = walk.context.tables.get(&table.name).map(|facts| facts.rows);
        let Some(rows) = facts.or((!table.rows.is_empty()).then_some(table.rows.len() as u64)) else { continue };
        if rows >= u64::from(people) || !used.contains(table.name.as_str()) {
            continue;
        }
        let message = format!("the table \"{}\" has {rows} rows, and {people} people come", short(&table.name));
        let hint = match table.when_rows_run_out {
            RowsOut::StartAgain => "several people get the same row; add rows if each must have their own",
            RowsOut::PersonStops => "who finds no row leaves; add rows if everybody is to stay",
            RowsOut::TestStops => "the run ends when the rows do; add rows if it is to go on",
        };
        out.say(spot, message, hint);
    }
}
