//! Values and secrets on the Data tab. Must not know a secret's value.

use serde_json::Value;
use tidemark_core::plan::dice::Dice;
use tidemark_core::plan::make::{MAKERS, Made, Maker};
use tidemark_core::scenario::{Fresh, NamedValue, RowUse, RowsOut, ValueKind};

use crate::model::Model;
use crate::text::{data as say, sentence};

/// Stands for a value that nobody may see.
pub const DOTS: &str = "••••";

/// Whether a secret has a value on the computer that makes the runs; `None` where that is not known.
pub fn has_value(model: &Model, name: &str) -> Option<bool> {
    let known = model.test.as_ref().and_then(|test| test.facts.secrets.as_ref()).or(model.can.secrets.as_ref());
    known.map(|names| names.contains(name))
}

/// The same as a sentence.
pub fn secret_words(model: &Model, name: &str) -> &'static str {
    match has_value(model, name) {
        Some(true) => say::SECRET_HERE,
        Some(false) => say::SECRET_LACKS,
        None => say::SECRET_UNKNOWN,
    }
}

/// How long a value that is told is kept.
pub fn kept_words(model: &Model) -> &'static str {
    if model.can.keychain { say::SECRET_KEYCHAIN } else { say::SECRET_SESSION }
}

/// The secrets that a run needs and that have no value here, in the order of the test.
pub fn lacking(model: &Model) -> Vec<String> {
    let Some(test) = &model.test else { return Vec::new() };
    let lacks = test.problems.iter().filter(|problem| problem.code == "secret-missing");
    let item = |problem| match crate::select::problems::item_at(test.doc.scenario(), problem) {
        crate::doc::Item::Secret(at) => test.doc.scenario().secrets.get(at).map(|secret| secret.name.clone()),
        _ => None,
    };
    lacks.filter_map(|problem| item(&problem.place)).collect()
}

/// How a fixed value is kept: `text`, or `json` for everything else.
pub fn kept_as(kind: &ValueKind) -> &'static str {
    match kind {
        ValueKind::Fixed(Value::String(_)) | ValueKind::MadeUp(_) => "text",
        ValueKind::Fixed(_) | ValueKind::Nothing => "json",
    }
}

/// A value as it is written in its field.
pub fn written(kind: &ValueKind) -> String {
    match kind {
        ValueKind::Fixed(Value::String(text)) => text.clone(),
        ValueKind::Fixed(other) => other.to_string(),
        ValueKind::MadeUp(maker) => maker.clone(),
        ValueKind::Nothing => String::new(),
    }
}

/// A fixed value as it was written, kept as text or as JSON.
///
/// # Errors
/// Why it is no JSON.
pub fn fixed(text: &str, kept_as: &str) -> Result<ValueKind, String> {
    match kept_as {
        "json" => crate::select::panel::read_json(text).map(ValueKind::Fixed),
        _ => Ok(ValueKind::Fixed(Value::String(text.to_owned()))),
    }
}

/// The value kept the other way, as far as its text allows.
pub fn keep_as(kind: &ValueKind, kept_as: &str) -> ValueKind {
    let text = written(kind);
    match kept_as {
        "json" => serde_json::from_str(&text).map_or(ValueKind::Fixed(Value::String(text)), ValueKind::Fixed),
        _ => ValueKind::Fixed(Value::String(text)),
    }
}

/// A new value, always the same.
pub fn new_value() -> NamedValue {
    NamedValue {
        name: say::NEW_VALUE.to_owned(),
        is: ValueKind::Fixed(Value::String(String::new())),
        ..NamedValue::default()
    }
}

/// What can be made up: how each is written.
pub fn makers() -> impl Iterator<Item = &'static str> {
    MAKERS.iter().map(|(_, usage)| *usage)
}

/// What is wrong with how something made up is written; empty if nothing is.
pub fn bad_maker(text: &str) -> String {
    match Maker::parse_text(text) {
        Ok(_) => String::new(),
        Err(bad) => format!("{} {}", sentence(&bad.message), sentence(&bad.hint)),
    }
}

/// Three examples of what is made up; empty where it makes no sense.
pub fn examples(model: &Model, text: &str) -> String {
    three(model, text).map(|made| say::for_example(&made)).unwrap_or_default()
}

/// Three of what is made up; none where it makes no sense.
pub fn three(model: &Model, text: &str) -> Option<Vec<String>> {
    let maker = Maker::parse_text(text).ok()?;
    let now_us = i64::try_from(model.now.ms.saturating_mul(1_000)).unwrap_or(i64::MAX);
    let mut dice = Dice::new(1, 1);
    let shown = |made: Made| match made {
        Made::Text(text) | Made::Decimal(text) => text,
        Made::Integer(number) => number.to_string(),
        Made::Boolean(yes) => yes.to_string(),
    };
    Some((0..3).map(|count| shown(maker.make(&mut dice, now_us, count))).collect())
}

/// How long a made-up value stays the same: word and label.
pub const FRESH: [(Fresh, &str, &str); 3] = [
    (Fresh::EachUse, "each_use", say::EACH_USE),
    (Fresh::EachTask, "each_task", say::EACH_TASK),
    (Fresh::EachPerson, "each_person", say::EACH_PERSON_ONCE),
];

/// How rows are handed out: word and label.
pub const ROW_USES: [(RowUse, &str, &str); 3] = [
    (RowUse::KeepsOneRow, "keeps_one_row", say::KEEPS_ONE),
    (RowUse::NextRow, "next_row", say::NEXT_ROW),
    (RowUse::RandomRow, "random_row", say::RANDOM_ROW),
];

/// What happens after the last row: word and label.
pub const RUN_OUTS: [(RowsOut, &str, &str); 3] = [
    (RowsOut::StartAgain, "start_again", say::START_AGAIN),
    (RowsOut::PersonStops, "person_stops", say::PERSON_STOPS),
    (RowsOut::TestStops, "test_stops", say::TEST_STOPS),
];

/// The word of a choice in one of these tables.
pub fn word_of<T: Copy + PartialEq>(table: &[(T, &'static str, &'static str)], value: T) -> &'static str {
    table.iter().find(|(each, ..)| *each == value).map_or("", |(_, word, _)| word)
}

/// The choice behind a word.
pub fn of_word<T: Copy>(table: &[(T, &'static str, &'static str)], word: &str) -> Option<T> {
    table.iter().find(|(_, each, _)| *each == word).map(|(value, ..)| *value)
}
