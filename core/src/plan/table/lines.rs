//! Tables of JSON lines: one object each.
//!
//! Must not know how values are kept.

use serde_json::{Map, Value};

use crate::plan::table::{BadTable, Builder, Table};
use crate::problem::short;
use crate::scenario::model::DataTable;
use crate::scenario::node::describe;

/// Reads `text`. The columns are those of `rule`, else the fields of the first object. A field that isn't there is a
/// missing value; one that the columns don't name is left out where `rule` names them, and a mistake otherwise.
pub(super) fn read(text: &str, rule: &DataTable) -> Result<Table, BadTable> {
    let mut builder: Option<Builder> = None;
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = at as u64 + 1;
        let object = object(line, number)?;
        let builder = match &mut builder {
            Some(builder) => builder,
            none => {
                let named = rule.columns.is_empty();
                let columns = if named { object.keys().cloned().collect() } else { rule.columns.clone() };
                none.insert(Builder::new(columns, rule, if named { number } else { 0 })?)
            }
        };
        if rule.columns.is_empty()
            && let Some(extra) = object.keys().find(|key| builder.table.column(key).is_none())
        {
            return Err(BadTable::at(
                number,
                format!("the field \"{}\" is not among those of the first line", short(extra)),
                "give the first line all fields (null where there is no value), or name the columns under \"columns\"",
            ));
        }
        builder.row(number, builder.table.columns.len())?;
        for column in 0..builder.table.columns.len() {
            let value = object.get(&builder.table.columns[column]);
            builder.json(number, column, value)?;
        }
    }
    builder
        .map(|builder| builder.table)
        .ok_or_else(|| BadTable::whole("the file is empty", "add one JSON object a line"))
}

/// The object in a line.
fn object(line: &str, number: u64) -> Result<Map<String, Value>, BadTable> {
    match serde_json::from_str(line) {
        Ok(Value::Object(map)) if map.is_empty() => Err(BadTable::at(
            number,
            "the object has no fields",
            "write one such as {\"name\": \"Ann\"}, or remove the line",
        )),
        Ok(Value::Object(map)) => Ok(map),
        Ok(other) => Err(BadTable::at(
            number,
            format!("an object is expected in each line, but {} stands here", describe(&other)),
            "write lines such as {\"name\": \"Ann\"}",
        )),
        Err(error) => Err(BadTable::at(
            number,
            format!("this is no JSON (at character {})", error.column()),
            match line.trim_start().starts_with(['[', '{']) {
                true => "write one whole object in each line, without brackets around all and commas between",
                false => "write lines such as {\"name\": \"Ann\"}; a table with separators is named .csv",
            },
        )),
    }
}
