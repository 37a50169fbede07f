//! What was chosen, as JSON and back. Must not know the document.

use serde_json::{Value, json};

use crate::doc::place::Item;
use crate::doc::selection::Selection;
use crate::route::Tab;

pub(super) fn write(selection: &Selection) -> Value {
    let items: Vec<Value> = selection.items.iter().map(item).collect();
    json!([selection.tab.word(), selection.user, items])
}

pub(super) fn read(value: &Value) -> Option<Selection> {
    let word = value.get(0)?.as_str()?;
    Some(Selection {
        tab: Tab::ALL.into_iter().find(|tab| tab.word() == word)?,
        user: value.get(1)?.as_str().map(str::to_owned),
        items: value.get(2)?.as_array()?.iter().map(item_of).collect::<Option<_>>()?,
    })
}

fn item(item: &Item) -> Value {
    match item {
        Item::Test => json!(["test"]),
        Item::User(id) => json!(["user", id]),
        Item::Task(id) => json!(["task", id]),
        Item::Step(id) => json!(["step", id]),
        Item::Group(id) => json!(["group", id]),
        Item::Check(id, at) => json!(["check", id, at]),
        Item::Save(id, at) => json!(["save", id, at]),
        Item::Target(at) => json!(["target", at]),
        Item::Host(at) => json!(["host", at]),
        Item::Secret(at) => json!(["secret", at]),
        Item::Value(at) => json!(["value", at]),
        Item::Table(at) => json!(["table", at]),
        Item::Point(at) => json!(["point", at]),
        Item::Goal(at) => json!(["goal", at]),
        Item::StopRule(at) => json!(["stop", at]),
    }
}

fn item_of(value: &Value) -> Option<Item> {
    let id = || Some(value.get(1)?.as_str()?.to_owned());
    let number = |at: usize| usize::try_from(value.get(at)?.as_u64()?).ok();
    Some(match value.get(0)?.as_str()? {
        "test" => Item::Test,
        "user" => Item::User(id()?),
        "task" => Item::Task(id()?),
        "step" => Item::Step(id()?),
        "group" => Item::Group(id()?),
        "check" => Item::Check(id()?, number(2)?),
        "save" => Item::Save(id()?, number(2)?),
        "target" => Item::Target(number(1)?),
        "host" => Item::Host(number(1)?),
        "secret" => Item::Secret(number(1)?),
        "value" => Item::Value(number(1)?),
        "table" => Item::Table(number(1)?),
        "point" => Item::Point(number(1)?),
        "goal" => Item::Goal(number(1)?),
        "stop" => Item::StopRule(number(1)?),
        _ => return None,
    })
}
