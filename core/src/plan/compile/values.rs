//! Names of values to numbers, and texts with `{{values}}` to pieces.

use std::sync::Arc;

use serde_json::Value;

use super::Build;
use crate::plan::make::Maker;
use crate::plan::parts::{BuiltIn, Fill, FillPiece, FillUse, NamedPlan, Origin, TablePlan, ValueFill, Write};
use crate::plan::table::Table;
use crate::plan::template::{BadTemplate, Change, Piece, Source, Template, ValueUse};
use crate::plan::value::Val;
use crate::scenario::node::nearest;
use crate::scenario::{Act, Fresh, NamedValue, RowUse, Step, ValueKind};

impl Build<'_> {
    /// Gives every name that can be saved a slot.
    pub(super) fn collect_values(&mut self) {
        let scenario = self.scenario;
        for user in &scenario.users {
            self.collect_saved(&user.on_arrival);
            user.tasks.iter().for_each(|task| self.collect_saved(&task.steps));
            self.collect_saved(&user.before_leaving);
        }
        scenario.groups.iter().for_each(|group| self.collect_saved(&group.steps));
    }

    fn collect_saved(&mut self, steps: &[Step]) {
        for step in steps {
            match &step.act {
                Act::Request(request) => request.save.iter().for_each(|save| {
                    self.slot(&save.name);
                }),
                Act::Save(save) => {
                    self.slot(&save.name);
                }
                Act::Repeat(repeat) => {
                    if !repeat.item.is_empty() {
                        self.slot(&repeat.item);
                    }
                    self.collect_saved(&repeat.steps);
                }
                Act::OnlyIf(only_if) => {
                    self.collect_saved(&only_if.then);
                    self.collect_saved(&only_if.otherwise);
                }
                Act::Choose(choose) => choose.options.iter().for_each(|option| self.collect_saved(&option.steps)),
                Act::Group(group) => self.collect_saved(&group.steps),
                Act::Parallel(parallel) => self.collect_saved(&parallel.steps),
                _ => {}
            }
        }
    }

    /// The slot of a saved value.
    pub(super) fn slot(&mut self, name: &str) -> u16 {
        if let Some(slot) = self.slot_ids.get(name) {
            return *slot;
        }
        if self.slots.len() >= usize::from(u16::MAX) {
            self.stop("too-many-names", "the scenario has more than 65,000 values", "save fewer values");
            return 0;
        }
        let slot = self.slots.len() as u16;
        self.slots.push(name.to_owned());
        self.slot_ids.insert(name.to_owned(), slot);
        slot
    }

    pub(super) fn read_tables(&mut self) {
        let scenario = self.scenario;
        for (at, data) in scenario.data.iter().enumerate() {
            self.at("data", Some(at), |build| {
                let table = match data.file.as_str() {
                    "" => Table::inline(data),
                    file => match build.file(file) {
                        Some(bytes) => Table::parse(&bytes, data, file),
                        None => return,
                    },
                };
                match table {
                    Ok(table) => {
                        let (each_person, run_out) = (data.each_person, data.when_rows_run_out);
                        // Chance would take a row twice: unique rows are handed out in order.
                        let each_person = match each_person {
                            RowUse::RandomRow if data.unique => RowUse::NextRow,
                            other => other,
                        };
                        // Rows that may be used only once can't start again.
                        let run_out = match (data.unique, run_out) {
                            (true, crate::scenario::RowsOut::StartAgain) => crate::scenario::RowsOut::PersonStops,
                            (_, run_out) => run_out,
                        };
                        build.tables.push(TablePlan { name: data.name.clone(), table, each_person, run_out });
                    }
                    Err(bad) => build.stop("bad-table", bad.to_string(), bad.hint),
                }
            });
        }
    }

    /// Where the value called `name` comes from.
    pub(super) fn origin(&mut self, name: &str) -> Option<Origin> {
        if let Some((_, value)) = self.inputs.values.iter().rev().find(|(known, _)| known == name) {
            return Some(Origin::Fixed(self.given(name, value)));
        }
        if let Some(slot) = self.slot_ids.get(name) {
            return Some(Origin::Slot(*slot));
        }
        let scenario = self.scenario;
        if let Some(named) = scenario.values.iter().find(|named| named.name == name) {
            return self.named(named);
        }
        if scenario.secrets.iter().any(|secret| secret.name == name) {
            return Some(self.secret(name));
        }
        if let Some((table, column)) = name.split_once('.')
            && scenario.data.iter().any(|data| data.name == table)
        {
            return self.cell(table, column);
        }
        if let Some((_, built_in)) = BuiltIn::NAMES.iter().find(|(known, _)| *known == name) {
            return Some(Origin::BuiltIn(*built_in));
        }
        match Maker::parse(name, &[]) {
            Ok(maker) => Some(self.made(maker)),
            Err(_) => {
                self.unknown(name);
                None
            }
        }
    }

    /// A value given from outside. It stays a number, or another JSON value, where it stands for one.
    fn given(&self, name: &str, text: &str) -> Val {
        let instead_of = self.scenario.values.iter().find(|named| named.name == name).map(|named| &named.is);
        let typed = match instead_of {
            Some(ValueKind::Fixed(Value::String(_))) | None => None,
            Some(_) => serde_json::from_str(text).ok().map(Val::from_json),
        };
        typed.unwrap_or_else(|| Val::text(text))
    }

    fn unknown(&mut self, name: &str) {
        let mut known: Vec<String> = self.slots.clone();
        known.extend(self.scenario.values.iter().map(|named| named.name.clone()));
        known.extend(self.scenario.secrets.iter().map(|secret| secret.name.clone()));
        for table in &self.tables {
            known.extend(table.table.columns.iter().map(|column| format!("{}.{column}", table.name)));
        }
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let hint = match nearest(name, &known) {
            Some(near) => format!("did you mean {{{{{near}}}}}?"),
            None => "save it from an answer before, or add it to the values".to_owned(),
        };
        self.stop("unknown-value", format!("nothing is called \"{}\"", crate::problem::short(name)), hint);
    }

    fn secret(&mut self, name: &str) -> Origin {
        let value = self.inputs.secrets.get(name).cloned();
        if value.is_none() {
            let secret = self.scenario.secrets.iter().find(|secret| secret.name == name);
            let variable = secret.map(crate::scenario::Secret::variable).unwrap_or_default();
            let message = format!("the secret \"{name}\" has no value on this computer");
            self.stop("secret-missing", message, format!("set the environment variable {variable}"));
        }
        Origin::Fixed(Val::text(value.unwrap_or_default()))
    }

    fn cell(&mut self, table: &str, column: &str) -> Option<Origin> {
        // A table that could not be read is a problem already.
        let at = self.tables.iter().position(|known| known.name == table)?;
        let columns = self.tables[at].table.columns.clone();
        if let Some(found) = columns.iter().position(|known| known == column) {
            return Some(Origin::Cell(at as u16, found as u16));
        }
        let known: Vec<&str> = columns.iter().map(String::as_str).collect();
        let hint = match nearest(column, &known) {
            Some(near) => format!("did you mean {{{{{table}.{near}}}}}?"),
            None => format!("use one of its columns: {}", known.join(", ")),
        };
        self.stop("unknown-column", format!("the table \"{table}\" has no column \"{column}\""), hint);
        None
    }

    fn made(&mut self, maker: Maker) -> Origin {
        let counter = if matches!(maker, Maker::Counter(..)) {
            self.counters += 1;
            self.counters - 1
        } else {
            u32::MAX
        };
        Origin::Made(Arc::new(maker), counter)
    }

    /// A named value; compiled at its first use.
    fn named(&mut self, named: &NamedValue) -> Option<Origin> {
        match self.named_ids.get(&named.name) {
            Some(Some(origin)) => return Some(origin.clone()),
            Some(None) => {
                let message = format!("the value \"{}\" is made from itself", named.name);
                self.stop("value-cycle", message, "break the circle");
                return None;
            }
            None => {}
        }
        self.named_ids.insert(named.name.clone(), None);
        let origin = self.new_named(named);
        // Where it could not be compiled the problem is told already: further uses must not look like a circle.
        let known = origin.clone().unwrap_or(Origin::Fixed(Val::Missing));
        self.named_ids.insert(named.name.clone(), Some(known));
        origin
    }

    fn new_named(&mut self, named: &NamedValue) -> Option<Origin> {
        let value = match &named.is {
            ValueKind::Fixed(value) => self.value_fill(value),
            ValueKind::MadeUp(text) => match Maker::parse_text(text) {
                Ok(maker) => {
                    let origin = self.made(maker);
                    ValueFill::Single(FillUse { origin, changes: [].into(), write: Write::Plain })
                }
                Err(bad) => {
                    self.bad_template(&bad);
                    return None;
                }
            },
            ValueKind::Nothing => {
                let message = format!("the value \"{}\" is neither fixed nor made up", named.name);
                self.stop("empty-value", message, "give it a \"value\", or say how to \"make\" it");
                return None;
            }
        };
        let origin = match (value, named.fresh) {
            (ValueFill::Fixed(value), _) => Origin::Fixed(value),
            (ValueFill::Single(used), Fresh::EachUse) if used.changes.is_empty() => used.origin,
            (value, fresh) => {
                // Kept in a slot of its own, under the name that errors show.
                let slot = self.slots.len() as u16;
                self.slots.push(named.name.clone());
                self.named.push(NamedPlan { value, fresh, slot });
                Origin::Named(self.named.len() as u16 - 1)
            }
        };
        Some(origin)
    }

    pub(super) fn bad_template(&mut self, bad: &BadTemplate) {
        self.stop("bad-template", bad.message.clone(), bad.hint.clone());
    }

    fn used(&mut self, used: &ValueUse, write: Write) -> Option<FillUse> {
        let origin = match &used.source {
            Source::Name(name) => self.origin(name)?,
            Source::Made(maker) => self.made(maker.clone()),
            Source::Literal(text) => Origin::Fixed(Val::text(text.as_str())),
        };
        Some(FillUse { origin, changes: used.changes.clone().into(), write })
    }

    /// A text with values; empty, after a noted problem, where it can't be taken apart.
    pub(super) fn fill(&mut self, text: &str, write: Write) -> Fill {
        let mut pieces = Vec::new();
        self.fill_into(text, write, &mut pieces);
        Fill(pieces)
    }

    pub(super) fn fill_into(&mut self, text: &str, write: Write, pieces: &mut Vec<FillPiece>) {
        match Template::parse(text) {
            Err(bad) => self.bad_template(&bad),
            Ok(template) => {
                for piece in &template.pieces {
                    match piece {
                        Piece::Text(text) => push_text(pieces, text),
                        Piece::Use(used) => {
                            // What was encoded on purpose must not be encoded again.
                            let encoded = used.changes.contains(&Change::Url);
                            let write = match write {
                                Write::Path | Write::Query | Write::Form if encoded => Write::Plain,
                                write => write,
                            };
                            if let Some(used) = self.used(used, write) {
                                pieces.push(FillPiece::Use(Box::new(used)));
                            }
                        }
                    }
                }
            }
        }
    }

    /// A JSON value with values; a text that is just one value keeps that value's type.
    pub(super) fn value_fill(&mut self, value: &Value) -> ValueFill {
        match value {
            Value::String(text) => match Template::parse(text) {
                Ok(template) if template.fixed().is_some() => {
                    ValueFill::Fixed(Val::text(template.fixed().unwrap_or_default()))
                }
                Ok(template) => match template.single() {
                    Some(used) => match self.used(used, Write::Plain) {
                        Some(used) => ValueFill::Single(used),
                        None => ValueFill::Fixed(Val::Missing),
                    },
                    None => ValueFill::Text(self.fill(text, Write::Plain)),
                },
                Err(bad) => {
                    self.bad_template(&bad);
                    ValueFill::Fixed(Val::Missing)
                }
            },
            Value::Array(_) | Value::Object(_) => {
                let fill = self.json_fill(value);
                match fill.0.as_slice() {
                    [FillPiece::Text(text)] => {
                        let read = serde_json::from_str(text).unwrap_or_else(|_| value.clone());
                        ValueFill::Fixed(Val::from_json(read))
                    }
                    _ => ValueFill::Json(fill),
                }
            }
            other => ValueFill::Fixed(Val::from_json(other.clone())),
        }
    }

    /// A JSON text with values.
    pub(super) fn json_fill(&mut self, value: &Value) -> Fill {
        let mut pieces = Vec::new();
        self.json_into(value, &mut pieces);
        Fill(pieces)
    }

    fn json_into(&mut self, value: &Value, pieces: &mut Vec<FillPiece>) {
        match value {
            Value::String(text) => self.json_text(text, pieces),
            Value::Array(items) => {
                push_text(pieces, "[");
                for (at, item) in items.iter().enumerate() {
                    push_text(pieces, if at > 0 { "," } else { "" });
                    self.json_into(item, pieces);
                }
                push_text(pieces, "]");
            }
            Value::Object(fields) => {
                push_text(pieces, "{");
                for (at, (key, field)) in fields.iter().enumerate() {
                    push_text(pieces, if at > 0 { "," } else { "" });
                    self.quoted(key, pieces);
                    push_text(pieces, ":");
                    self.json_into(field, pieces);
                }
                push_text(pieces, "}");
            }
            other => push_text(pieces, &other.to_string()),
        }
    }

    fn json_text(&mut self, text: &str, pieces: &mut Vec<FillPiece>) {
        let single = Template::parse(text).ok().and_then(|template| template.single().cloned());
        match single {
            Some(used) => {
                // A changed value is text, and is written in quotes.
                if let Some(used) = self.used(&used, Write::JsonValue) {
                    pieces.push(FillPiece::Use(Box::new(used)));
                }
            }
            None => self.quoted(text, pieces),
        }
    }

    /// A text in quotes, its plain parts escaped already.
    fn quoted(&mut self, text: &str, pieces: &mut Vec<FillPiece>) {
        let mut inner = Vec::new();
        self.fill_into(text, Write::JsonText, &mut inner);
        push_text(pieces, "\"");
        for piece in inner {
            match piece {
                FillPiece::Text(text) => {
                    let quoted = Value::String(text.into()).to_string();
                    push_text(pieces, &quoted[1..quoted.len() - 1]);
                }
                other => pieces.push(other),
            }
        }
        push_text(pieces, "\"");
    }
}

/// Appends plain text, joined with plain text before it.
pub(super) fn push_text(pieces: &mut Vec<FillPiece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(FillPiece::Text(last)) => *last = [last, text].concat().into(),
        _ => pieces.push(FillPiece::Text(text.into())),
    }
}
