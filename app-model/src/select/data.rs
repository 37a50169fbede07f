//! The Data tab: what there is, where it is used, and the cells that are seen. Must not change anything, nor keep rows.

pub mod read;
pub mod targets;
pub mod values;

use std::collections::HashMap;

use serde_json::Value;
use tidemark_core::problem::Severity;
use tidemark_core::scenario::{DataTable, RowUse, RowsOut, Scenario, ValueKind};

use crate::doc::Item;
use crate::doc::edit::names;
use crate::doc::place::step;
use crate::model::{Model, Taken, Test};
use crate::route::Tab;
use crate::select::problems::item_at;
use crate::select::shell;
use crate::text::data as say;

/// Where each value's name is used; worked out once for each change of the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Uses(HashMap<String, Vec<Item>>);

/// Where everything of the open test is used.
pub fn uses(model: &Model) -> Uses {
    Uses(model.test.as_ref().map(|test| names::uses(test.doc.scenario())).unwrap_or_default())
}

/// The names under which a thing is used.
fn names_of(scenario: &Scenario, item: &Item) -> Vec<String> {
    match item {
        Item::Table(at) => scenario.data.get(*at).map(columns_in_use).unwrap_or_default(),
        Item::Value(at) => scenario.values.get(*at).map(|value| vec![value.name.clone()]).unwrap_or_default(),
        Item::Secret(at) => scenario.secrets.get(*at).map(|secret| vec![secret.name.clone()]).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn columns_in_use(table: &DataTable) -> Vec<String> {
    table.columns.iter().map(|column| format!("{}.{column}", table.name)).collect()
}

impl Uses {
    /// How often a name is used.
    pub fn count(&self, name: &str) -> usize {
        self.0.get(name).map_or(0, Vec::len)
    }

    /// The places that use any column of a table in a file, whose columns may be unknown, or these names.
    fn places(&self, scenario: &Scenario, item: &Item) -> Vec<Item> {
        let own = names_of(scenario, item);
        let start = match item {
            Item::Table(at) => scenario.data.get(*at).map(|table| format!("{}.", table.name)),
            _ => None,
        };
        let fits =
            |name: &String| own.contains(name) || start.as_ref().is_some_and(|start| name.starts_with(start.as_str()));
        let mut found: Vec<(&String, &Vec<Item>)> = self.0.iter().filter(|(name, _)| fits(name)).collect();
        found.sort_by_key(|(name, _)| *name);
        found.into_iter().flat_map(|(_, items)| items.iter().cloned()).collect()
    }
}

/// A kind of thing on the Data tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Data tables.
    Tables,
    /// Named values.
    Values,
    /// Secrets.
    Secrets,
    /// Targets.
    Targets,
    /// Allowed hosts.
    Hosts,
}

impl Sort {
    /// All, in the order of the list.
    pub const ALL: [Self; 5] = [Self::Tables, Self::Values, Self::Secrets, Self::Targets, Self::Hosts];

    /// Its word in test ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Tables => "table",
            Self::Values => "value",
            Self::Secrets => "secret",
            Self::Targets => "target",
            Self::Hosts => "host",
        }
    }

    /// What the list calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Tables => say::TABLES,
            Self::Values => say::VALUES,
            Self::Secrets => say::SECRETS,
            Self::Targets => say::TARGETS,
            Self::Hosts => say::HOSTS,
        }
    }

    /// What the button to add one says.
    pub fn add(self) -> &'static str {
        match self {
            Self::Tables => say::ADD_TABLE,
            Self::Values => say::ADD_VALUE,
            Self::Secrets => say::ADD_SECRET,
            Self::Targets => say::ADD_TARGET,
            Self::Hosts => say::ADD_HOST,
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is.
    pub item: Item,
    /// Its number, from 0.
    pub at: usize,
    /// Its name.
    pub name: String,
    /// What it is in short: "20 rows, 3 columns".
    pub sub: String,
    /// "used 3 times"; empty where that means nothing.
    pub used: String,
    /// The worst problem that it has.
    pub level: Option<Severity>,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The lines of a kind.
pub fn lines(model: &Model, sort: Sort, uses: &Uses) -> Vec<Line> {
    let Some(test) = &model.test else { return Vec::new() };
    let scenario = test.doc.scenario();
    let chosen = shown(model);
    let line = |item: Item, at: usize, name: &str, sub: String, used: String| {
        let mut levels = test.problems.iter().filter(|problem| item_at(scenario, &problem.place) == item);
        let level = levels.next().map(|problem| problem.severity).filter(|level| *level <= Severity::Warn);
        let name = if name.is_empty() { crate::text::shell::UNNAMED.to_owned() } else { name.to_owned() };
        Line { chosen: chosen.as_ref() == Some(&item), item, at, name, sub, used, level }
    };
    let used = |item: &Item| say::used(uses.places(scenario, item).len());
    match sort {
        Sort::Tables => enumerate(&scenario.data, |at, table| {
            line(Item::Table(at), at, &table.name, table_words(test, table), used(&Item::Table(at)))
        }),
        Sort::Values => enumerate(&scenario.values, |at, value| {
            line(Item::Value(at), at, &value.name, value_words(model, &value.is), used(&Item::Value(at)))
        }),
        Sort::Secrets => enumerate(&scenario.secrets, |at, secret| {
            let sub = if values::has_value(model, &secret.name) == Some(true) { values::DOTS } else { "" };
            line(Item::Secret(at), at, &secret.name, sub.to_owned(), used(&Item::Secret(at)))
        }),
        Sort::Targets => {
            let words = shell::targets(scenario).into_iter();
            let of = |target: shell::TargetWords| {
                let used = if target.at == 0 { say::USED_FIRST } else { "" };
                line(Item::Target(target.at), target.at, &target.name, target.host, used.to_owned())
            };
            words.map(of).collect()
        }
        Sort::Hosts => enumerate(&scenario.allowed_hosts, |at, host| {
            let class = shell::class_word(crate::select::hosts::class(host));
            line(Item::Host(at), at, host, class.to_owned(), String::new())
        }),
    }
}

fn enumerate<T>(list: &[T], line: impl Fn(usize, &T) -> Line) -> Vec<Line> {
    list.iter().enumerate().map(|(at, each)| line(at, each)).collect()
}

fn table_words(test: &Test, table: &DataTable) -> String {
    match table.file.as_str() {
        "" => say::size(table.rows.len() as u64, table.columns.len()),
        file => say::in_file(file, test.facts.tables.get(&table.name).map(|facts| facts.rows)),
    }
}

fn value_words(model: &Model, kind: &ValueKind) -> String {
    match kind {
        ValueKind::Fixed(value) => cell(value),
        ValueKind::MadeUp(maker) => {
            values::three(model, maker).map_or_else(|| maker.clone(), |made| say::such_as(&made))
        }
        ValueKind::Nothing => String::new(),
    }
}

/// What the right side shows: what is chosen, else the first thing there is.
pub fn shown(model: &Model) -> Option<Item> {
    let test = model.test.as_ref()?;
    let scenario = test.doc.scenario();
    let chosen = test.doc.selection.main().filter(|item| crate::doc::selection::tab_of(item) == Tab::Data);
    let first = || {
        let any = |there: bool, item: Item| there.then_some(item);
        any(!scenario.data.is_empty(), Item::Table(0))
            .or_else(|| any(!scenario.values.is_empty(), Item::Value(0)))
            .or_else(|| any(!scenario.secrets.is_empty(), Item::Secret(0)))
            .or_else(|| any(!scenario.targets.is_empty(), Item::Target(0)))
    };
    chosen.cloned().or_else(first)
}

/// A place that uses something.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What uses it.
    pub item: Item,
    /// The same in words.
    pub text: String,
}

/// The places that use a thing, each once, in the order of the names.
pub fn places(model: &Model, uses: &Uses, item: &Item) -> Vec<Place> {
    let Some(test) = &model.test else { return Vec::new() };
    let scenario = test.doc.scenario();
    let mut all: Vec<Place> = Vec::new();
    for item in uses.places(scenario, item) {
        if all.iter().any(|place| place.item == item) {
            continue;
        }
        let text = match &item {
            Item::Step(id) => step(scenario, id).map(|step| crate::select::outline::sentence(scenario, step)),
            Item::Target(at) => scenario.targets.get(*at).map(|target| target.name.clone()),
            Item::Value(at) => scenario.values.get(*at).map(|value| value.name.clone()),
            _ => None,
        };
        all.extend(text.map(|text| Place { item, text }));
    }
    all
}

/// A cell as it is shown and copied.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A column's head.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Whether its values are sent as numbers.
    pub numbers: bool,
    /// How wide it is, in letters.
    pub letters: usize,
}

/// What stands around the cells of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The table's name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many rows it has here.
    pub rows: usize,
    /// The file they stand in; empty for rows in the test.
    pub file: String,
    /// How rows are handed out.
    pub each_person: RowUse,
    /// What happens after the last one.
    pub run_out: RowsOut,
    /// No row is used twice.
    pub unique: bool,
}

/// The narrowest and the widest column, in letters.
const LETTERS: (usize, usize) = (8, 36);
/// So many rows decide how wide a column is.
const MEASURED: usize = 60;

/// What stands around the cells of a table (its number).
pub fn sheet(model: &Model, at: usize) -> Sheet {
    let Some(test) = &model.test else { return Sheet::default() };
    let Some(table) = test.doc.scenario().data.get(at) else { return Sheet::default() };
    let from_file = test.file_rows.get(&table.name).and_then(|rows| rows.as_ref().ok());
    let (names, rows) = match from_file {
        Some(read) if !table.file.is_empty() => (&read.columns, &read.rows),
        _ => (&table.columns, &table.rows),
    };
    let column = |(at, name): (usize, &String)| {
        let widest = rows.iter().take(MEASURED).filter_map(|row| row.get(at)).map(|value| cell(value).chars().count());
        let letters = widest.max().unwrap_or(0).max(name.chars().count() + 3).clamp(LETTERS.0, LETTERS.1);
        Column { name: name.clone(), numbers: table.numbers.contains(name), letters }
    };
    Sheet {
        name: table.name.clone(),
        columns: names.iter().enumerate().map(column).collect(),
        rows: rows.len(),
        file: table.file.clone(),
        each_person: table.each_person,
        run_out: table.when_rows_run_out,
        unique: table.unique,
    }
}

/// The rows of a table that are seen, as text.
pub fn rows_seen(model: &Model, at: usize, first: usize, count: usize) -> Vec<Vec<String>> {
    rows_of(model, at).iter().skip(first).take(count).map(|row| row.iter().map(cell).collect()).collect()
}

fn rows_of(model: &Model, at: usize) -> &[Vec<Value>] {
    let Some(test) = &model.test else { return &[] };
    let Some(table) = test.doc.scenario().data.get(at) else { return &[] };
    if table.file.is_empty() {
        return &table.rows;
    }
    test.file_rows.get(&table.name).and_then(|rows| rows.as_ref().ok()).map_or(&[], |read| &read.rows)
}

/// One cell as text.
pub fn cell_at(model: &Model, at: usize, row: usize, column: usize) -> String {
    rows_of(model, at).get(row).and_then(|cells| cells.get(column)).map(cell).unwrap_or_default()
}

/// A block of cells as spreadsheets take it: tabs between cells, quotes where a cell holds a tab, a quote or a new line.
pub fn block_text(model: &Model, at: usize, rows: (usize, usize), columns: (usize, usize)) -> String {
    let quoted = |text: String| match text.contains(['\t', '\n', '\r', '"']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    };
    let line = |row: &Vec<Value>| {
        let cells = (columns.0..columns.1).map(|column| quoted(row.get(column).map(cell).unwrap_or_default()));
        cells.collect::<Vec<_>>().join("\t")
    };
    let part = rows_of(model, at).iter().skip(rows.0).take(rows.1.saturating_sub(rows.0));
    part.map(line).collect::<Vec<_>>().join("\n")
}

/// How many rows a run needs beside how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Need {
    /// "60 people, 40 rows: 20 people will share rows."
    pub text: String,
    /// Whether there are too few.
    pub short: bool,
}

/// What a run of the test as it is needs of a table (its number).
pub fn need(model: &Model, at: usize, uses: &Uses) -> Need {
    let Some(test) = &model.test else { return Need::default() };
    let scenario = test.doc.scenario();
    let Some(table) = scenario.data.get(at) else { return Need::default() };
    let rows = match table.file.as_str() {
        "" => table.rows.len() as u64,
        _ => test.facts.tables.get(&table.name).map_or(0, |facts| facts.rows),
    };
    if uses.places(scenario, &Item::Table(at)).is_empty() {
        return Need { text: say::NEED_NONE.to_owned(), short: false };
    }
    if table.each_person == RowUse::RandomRow {
        return Need { text: say::by_chance(rows), short: false };
    }
    let Some(needed) = test.needs.iter().find(|(name, _)| *name == table.name).and_then(|(_, needed)| *needed) else {
        return Need { text: say::NEED_UNKNOWN.to_owned(), short: false };
    };
    let again = table.when_rows_run_out == RowsOut::StartAgain && !table.unique;
    let stops_all = table.when_rows_run_out == RowsOut::TestStops;
    let text = match (table.each_person, needed > rows) {
        (RowUse::NextRow, _) => say::takes(needed, rows, again, stops_all),
        (_, false) => say::enough(needed, rows),
        (_, true) if again => say::share_rows(needed, rows),
        (_, true) => say::too_few(needed, rows, stops_all),
    };
    Need { text, short: needed > rows }
}

/// A name that something in use is known by, with what could be used instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The name, as used in `{{name}}`.
    pub name: String,
    /// "people.email is used 3 times."
    pub text: String,
    /// Names that could be used instead.
    pub others: Vec<String>,
}

/// What a thing is called in sentences.
pub fn taken_name(model: &Model, taken: &Taken) -> String {
    let Some(test) = &model.test else { return String::new() };
    let scenario = test.doc.scenario();
    match taken {
        Taken::Item(Item::Table(at)) => scenario.data.get(*at).map(|table| table.name.clone()),
        Taken::Item(Item::Value(at)) => scenario.values.get(*at).map(|value| value.name.clone()),
        Taken::Item(Item::Secret(at)) => scenario.secrets.get(*at).map(|secret| secret.name.clone()),
        Taken::Item(Item::Target(at)) => scenario.targets.get(*at).map(|target| target.name.clone()),
        Taken::Item(Item::Host(at)) => scenario.allowed_hosts.get(*at).cloned(),
        Taken::Item(_) => None,
        Taken::Column(at, column) => scenario.data.get(*at).and_then(|table| table.columns.get(*column).cloned()),
    }
    .unwrap_or_default()
}

/// The names that go with a thing and are in use; empty where it can be deleted without a word.
pub fn takes(model: &Model, uses: &Uses, taken: &Taken) -> Vec<Lost> {
    let Some(test) = &model.test else { return Vec::new() };
    let scenario = test.doc.scenario();
    let start = match taken {
        Taken::Item(Item::Table(at)) => scenario.data.get(*at).map(|table| format!("{}.", table.name)),
        _ => None,
    };
    let own = match taken {
        Taken::Item(item) => names_of(scenario, item),
        Taken::Column(at, column) => {
            let table = scenario.data.get(*at);
            let name = table.and_then(|table| table.columns.get(*column).map(|name| format!("{}.{name}", table.name)));
            name.into_iter().collect()
        }
    };
    let goes =
        |name: &String| own.contains(name) || start.as_ref().is_some_and(|start| name.starts_with(start.as_str()));
    let mut lost: Vec<&String> = uses.0.keys().filter(|name| goes(name)).collect();
    lost.sort();
    let kept: Vec<String> = all_names(scenario).into_iter().filter(|name| !goes(name)).collect();
    let each =
        |name: &String| Lost { name: name.clone(), text: say::is_used(name, uses.count(name)), others: kept.clone() };
    lost.into_iter().map(each).collect()
}

/// Every name that a table, a value or a secret gives.
fn all_names(scenario: &Scenario) -> Vec<String> {
    let values = scenario.values.iter().map(|value| value.name.clone());
    let secrets = scenario.secrets.iter().map(|secret| secret.name.clone());
    scenario.data.iter().flat_map(columns_in_use).chain(values).chain(secrets).collect()
}

/// What is known of a table that stands in a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum InFile {
    /// It doesn't.
    #[default]
    No,
    /// Nobody looked yet, or it is being read.
    Reading,
    /// Its rows are there; what is to be said about them.
    Read(String),
    /// Why it could not be read.
    Trouble(String),
}

/// What is known of a table (its number) that may stand in a file.
pub fn in_file(model: &Model, at: usize) -> InFile {
    let Some(test) = &model.test else { return InFile::No };
    match test.doc.scenario().data.get(at) {
        Some(table) if !table.file.is_empty() => match test.file_rows.get(&table.name) {
            None => InFile::Reading,
            Some(Ok(read)) if read.total > read.rows.len() as u64 => {
                InFile::Read(say::part_shown(read.rows.len(), read.total))
            }
            Some(Ok(read)) => InFile::Read(say::rows_count(read.total)),
            Some(Err(failure)) => InFile::Trouble(failure.text()),
        },
        _ => InFile::No,
    }
}
