//! The forms in which fields are written: JSON as text, plain values, statuses.

use serde_json::Value;
use tidemark_core::scenario::{
    Act, Body, ChooseOption, Comparison, Condition, FormPart, OnlyIf, Pairs, PartContent, PauseTime, Repeat,
    RepeatKind, Request, SaveStep, StatusRange, StatusSet,
};
use tidemark_core::units::Span;

use crate::text::panel as say;
use crate::typed;

/// JSON as it is written in the panel.
pub fn json_text(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// Reads JSON; a chip that stands alone where a value is wanted counts as one.
///
/// # Errors
/// The line from 1, and what is wrong there.
pub fn read_json(text: &str) -> Result<Value, String> {
    serde_json::from_str(&quoted_chips(text)).map_err(|error| {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or_default();
        say::bad_json(error.line(), what)
    })
}

/// With quotes around chips that stand outside of texts.
fn quoted_chips(text: &str) -> String {
    let (mut out, mut rest, mut in_text) = (String::with_capacity(text.len()), text, false);
    while let Some(c) = rest.chars().next() {
        if !in_text
            && rest.starts_with("{{")
            && let Some(end) = rest.find("}}")
            && !rest[2..end].contains(['{', '"', '\n', ':'])
            && !rest[2..end].trim().is_empty()
        {
            out.push_str(&format!("\"{}\"", &rest[..end + 2]));
            rest = &rest[end + 2..];
            continue;
        }
        let mut width = c.len_utf8();
        match c {
            '\\' if in_text => width += rest[1..].chars().next().map_or(0, char::len_utf8),
            '"' => in_text = !in_text,
            _ => {}
        }
        out.push_str(&rest[..width]);
        rest = &rest[width..];
    }
    out
}

/// A plain value as it is written in a field.
pub fn scalar_text(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        // Text that would read as something else keeps its quotes.
        Some(Value::String(text)) if !matches!(scalar(text), Value::String(_)) => format!("\"{text}\""),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// Reads a plain value: numbers, true, false, and lists or objects as JSON; quotes make anything text.
pub fn scalar(text: &str) -> Value {
    let plain = text.trim();
    let reads = !plain.starts_with("{{")
        && (matches!(plain, "true" | "false" | "null")
            || plain.starts_with(['{', '[', '"', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']));
    match serde_json::from_str(plain) {
        Ok(value) if reads => value,
        _ => Value::String(text.to_owned()),
    }
}

/// Expected statuses as they are written: "200, 2xx".
pub fn statuses(set: &StatusSet) -> String {
    set.0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Reads statuses; `None` where one is none.
pub fn read_statuses(text: &str) -> Option<StatusSet> {
    let one = |word: &str| {
        let word = word.to_ascii_lowercase();
        match word.strip_suffix("xx") {
            Some(class) => {
                let class = class.parse::<u16>().ok().filter(|class| (1..=5).contains(class))?;
                Some(StatusRange { from: class * 100, to: class * 100 + 99 })
            }
            None => {
                let code = word.parse::<u16>().ok().filter(|code| (100..=599).contains(code))?;
                Some(StatusRange { from: code, to: code })
            }
        }
    };
    let words = text.split([',', ' ', ';']).filter(|word| !word.is_empty() && *word != "or");
    let all: Option<Vec<StatusRange>> = words.map(one).collect();
    all.filter(|all| !all.is_empty()).map(StatusSet)
}

/// Reads a time; none where nothing is written.
///
/// # Errors
/// What is wrong with it.
pub fn read_time(text: &str) -> Result<Option<Span>, String> {
    match (text.trim(), Span::parse(text)) {
        ("", _) => Ok(None),
        (_, Some(span)) => Ok(Some(span)),
        (_, None) => Err(say::NOT_A_TIME.to_owned()),
    }
}

/// Reads a whole number from 1; none where nothing is written.
///
/// # Errors
/// What is wrong with it.
pub fn read_count(text: &str) -> Result<Option<u32>, String> {
    match (text.trim(), typed::read_count(text).and_then(|count| u32::try_from(count).ok())) {
        ("", _) => Ok(None),
        (_, Some(count)) if count > 0 => Ok(Some(count)),
        _ => Err(say::NOT_A_NUMBER.to_owned()),
    }
}

/// Reads labels that are parted by commas.
pub fn read_tags(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

/// The word of a body's kind.
pub fn body_word(body: &Body) -> &'static str {
    match body {
        Body::Json(_) => "json",
        Body::Form(_) => "form",
        Body::Text(_) => "text",
        Body::File(_) => "file",
        Body::Multipart(_) => "multipart",
        Body::Nothing => "none",
    }
}

/// The body made another kind; what can be kept of it is kept.
pub fn body_of_kind(body: &Body, kind: &str) -> Body {
    let text = match body {
        Body::Json(value) => json_text(value),
        Body::Text(text) | Body::File(text) => text.clone(),
        Body::Form(Pairs(pairs)) => {
            let map = pairs.iter().map(|(name, value)| (name.clone(), Value::String(value.clone())));
            json_text(&Value::Object(map.collect()))
        }
        Body::Multipart(_) | Body::Nothing => String::new(),
    };
    match kind {
        "json" => Body::Json(read_json(&text).unwrap_or_else(|_| Value::Object(Default::default()))),
        "form" => Body::Form(Pairs(pairs_of(body))),
        "text" => Body::Text(text),
        "file" => Body::File(String::new()),
        "multipart" => {
            let part = |(name, value)| FormPart { name, content: PartContent::Text(value), ..FormPart::default() };
            Body::Multipart(pairs_of(body).into_iter().map(part).collect())
        }
        _ => Body::Nothing,
    }
}

/// The names and values of a body.
fn pairs_of(body: &Body) -> Vec<(String, String)> {
    match body {
        Body::Form(pairs) => pairs.0.clone(),
        Body::Json(Value::Object(map)) => {
            map.iter().map(|(name, value)| (name.clone(), crate::select::answer::text_of(value))).collect()
        }
        Body::Multipart(parts) => {
            let text = |part: &FormPart| match &part.content {
                PartContent::Text(text) => Some((part.name.clone(), text.clone())),
                _ => None,
            };
            parts.iter().filter_map(text).collect()
        }
        _ => Vec::new(),
    }
}

/// A new step of a kind, by its word, with what is usual.
pub fn fresh_act(word: &str) -> Act {
    let seconds = Span::from_secs;
    match word {
        "request" => Act::Request(Box::new(Request { url: "/".to_owned(), ..Request::default() })),
        "check" => Act::Check(Default::default()),
        "save" => Act::Save(SaveStep { value: Value::String(String::new()), ..SaveStep::default() }),
        "pause" => Act::Pause(PauseTime::Between((seconds(1), seconds(3)))),
        "repeat" => Act::Repeat(Repeat { how: RepeatKind::Times(3), ..Repeat::default() }),
        "only_if" => {
            let condition = Condition { is: Some(Comparison::Present), ..Condition::default() };
            Act::OnlyIf(OnlyIf { condition, ..OnlyIf::default() })
        }
        "choose" => Act::Choose(tidemark_core::scenario::Choose {
            options: vec![ChooseOption::default(), ChooseOption::default()],
            ..Default::default()
        }),
        "group" => Act::Group(Default::default()),
        "parallel" => Act::Parallel(Default::default()),
        "use" => Act::Use(Default::default()),
        "note" => Act::Note(String::new()),
        _ => Act::Nothing,
    }
}
