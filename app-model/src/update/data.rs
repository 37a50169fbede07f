//! The Data tab: tables from files, rows that stand in files, and what is deleted although it is in use. Must not read
//! files itself.

use std::sync::Arc;

use tidemark_core::plan::table::BadTable;
use tidemark_core::plan::table::look::{Look, look};
use tidemark_core::scenario;

use super::build;
use crate::doc::Item;
use crate::doc::edit::data::MOST_ROWS;
use crate::doc::edit::{DataEdit, Edit, FlowEdit, TableEdit};
use crate::effect::Effect;
use crate::model::{Dialog, Incoming, Model, ReadAs, Taken, Tone};
use crate::msg::Msg;
use crate::select::data::{read, uses};
use crate::text::data as say;

/// So many rows of a file are shown.
const SHOWN_ROWS: usize = 1_000;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::TableGiven(name, bytes) => given(model, &name, &bytes, out),
        Msg::ReadAs(how) => read_as(model, how),
        Msg::AddTable => add(model, out),
        Msg::AskTable(at) => ask(model, at, SHOWN_ROWS, out),
        Msg::TableRead(test, name, rows) => {
            let Some(open) = model.test.as_mut().filter(|open| open.id == test) else { return };
            let wanted = open.bringing.take_if(|wanted| *wanted == name).is_some();
            open.file_rows.insert(name.clone(), rows.map(|rows| Arc::new(*rows)));
            if wanted {
                bring_in_what_is_there(model, &name, out);
            }
        }
        Msg::BringIn(at) => {
            let Some(test) = &mut model.test else { return };
            let Some(table) = test.doc.scenario().data.get(at) else { return };
            test.bringing = Some(table.name.clone());
            ask(model, at, MOST_ROWS + 1, out);
        }
        Msg::TakeOut(taken) => take_out(model, taken, out),
        Msg::TakeOutReplaced(taken, pairs) => take_out_replaced(model, &taken, pairs, out),
        _ => {}
    }
}

/// A table's file was given: what it looks like is shown before it is added.
pub(super) fn given(model: &mut Model, file: &str, bytes: &[u8], out: &mut Vec<Effect>) {
    if model.test.is_none() {
        model.notice(Tone::Warn, say::NEEDS_A_TEST, None);
        out.push(Effect::Announce(say::NEEDS_A_TEST.to_owned()));
        return;
    }
    let mut incoming = Incoming {
        file: file.to_owned(),
        bytes: bytes.into(),
        encoding: String::new(),
        separator: String::new(),
        names: true,
        name: read::name_of(file),
        look: seen(bytes, file, "", ""),
    };
    incoming.names = incoming.look.as_ref().is_ok_and(|look| look.rows.len() > 1);
    model.incoming = Some(incoming);
    model.dialog = Some(Dialog::ReadTable);
}

fn see(incoming: &mut Incoming) {
    incoming.look = seen(&incoming.bytes, &incoming.file, &incoming.encoding, &incoming.separator);
}

fn seen(bytes: &[u8], file: &str, encoding: &str, separator: &str) -> Result<Arc<Look>, BadTable> {
    // One for the names, and one more to know that there are too many.
    look(bytes, file, encoding, separator, MOST_ROWS + 2).map(Arc::new)
}

fn read_as(model: &mut Model, how: ReadAs) {
    let Some(incoming) = &mut model.incoming else { return };
    match how {
        ReadAs::Names(names) => incoming.names = names,
        ReadAs::Name(name) => incoming.name = name,
        ReadAs::Encoding(encoding) => {
            incoming.encoding = encoding;
            see(incoming);
        }
        ReadAs::Separator(separator) => {
            incoming.separator = separator;
            see(incoming);
        }
    }
}

fn add(model: &mut Model, out: &mut Vec<Effect>) {
    let Some(table) = model.incoming.as_ref().and_then(read::table) else { return };
    model.incoming = None;
    model.dialog = None;
    super::take(model, Msg::Edit(Edit::Data(DataEdit::AddWhole(Box::new(table)))), out);
}

fn ask(model: &mut Model, at: usize, most: usize, out: &mut Vec<Effect>) {
    let Some(test) = &mut model.test else { return };
    let scenario = test.doc.scenario();
    let Some(table) = scenario.data.get(at).filter(|table| !table.file.is_empty()) else { return };
    out.push(Effect::ReadTable(test.id.clone(), scenario::write(scenario), table.name.clone(), most));
    // The facts may be others, too.
    test.facts_for = None;
    super::save::ask_facts(test, out);
}

/// The rows of a file were read to be brought into the test.
fn bring_in_what_is_there(model: &mut Model, name: &str, out: &mut Vec<Effect>) {
    let Some(test) = &model.test else { return };
    let Some(at) = test.doc.scenario().data.iter().position(|table| table.name == *name) else { return };
    let edit = match test.file_rows.get(name) {
        Some(Ok(read)) if read.total <= MOST_ROWS as u64 => TableEdit::TakeIn(read.columns.clone(), read.rows.clone()),
        Some(Ok(_)) => {
            model.notice(Tone::Warn, say::too_many_rows(MOST_ROWS), None);
            return;
        }
        _ => return, // why not stands in the place of the rows
    };
    super::take(model, Msg::Edit(Edit::Data(DataEdit::Table(at, edit))), out);
}

/// Deletes what nothing uses; asks about what is in use.
fn take_out(model: &mut Model, taken: Taken, out: &mut Vec<Effect>) {
    match crate::select::data::takes(model, &uses(model), &taken).is_empty() {
        true => take_out_replaced(model, &taken, Vec::new(), out),
        false => model.dialog = Some(Dialog::TakeOut(taken)),
    }
}

fn take_out_replaced(model: &mut Model, taken: &Taken, pairs: Vec<(String, String)>, out: &mut Vec<Effect>) {
    let removal = match taken {
        Taken::Item(item) => Edit::Flow(FlowEdit::Remove(vec![item.clone()])),
        Taken::Column(table, column) => Edit::Data(DataEdit::Table(*table, TableEdit::RemoveColumn(*column))),
    };
    let edit = match pairs.is_empty() {
        true => removal,
        false => {
            let name = crate::select::data::taken_name(model, taken);
            Edit::Many(say::replaced(&name), vec![Edit::Data(DataEdit::ReplaceUses(pairs)), removal])
        }
    };
    if matches!(model.dialog, Some(Dialog::TakeOut(_))) {
        model.dialog = None;
    }
    build::take(model, Msg::Edit(edit), out);
    if let Some(test) = &model.test
        && let Taken::Item(item) = taken
        && !crate::doc::selection::exists(test.doc.scenario(), item)
        && test.doc.selection.main().is_none()
    {
        // With the last of its kind gone the list of it is where one goes on.
        out.push(Effect::Focus(add_button(item).to_owned()));
    }
}

/// The test id of the button that adds a thing of this kind.
fn add_button(item: &Item) -> &'static str {
    match item {
        Item::Table(_) => "data-add-table",
        Item::Value(_) => "data-add-value",
        Item::Secret(_) => "data-add-secret",
        Item::Target(_) => "data-add-target",
        _ => "data-add-host",
    }
}

#[cfg(test)]
mod tests;
