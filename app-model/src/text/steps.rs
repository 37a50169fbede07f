//! The sentences of rows: what a step does, what a check wants, what is kept.

use serde_json::Value;
use tidemark_core::scenario::{
    Act, Check, CheckKind, Comparison, Condition, PauseTime, Pick, Repeat, RepeatKind, SaveFrom, SaveRule, Scenario,
    Step,
};
use tidemark_core::traffic::Kind;
use tidemark_core::units::{Span, grouped, plain_time};

use crate::doc::place::{Lane, group};
use crate::model::TrialWhat;

/// The card of what is done once at the start.
pub const ON_ARRIVAL: &str = "On arrival";
/// The card of what is done once at the end.
pub const BEFORE_LEAVING: &str = "Before leaving";
/// The button at the end of every list.
pub const ADD_STEP: &str = "add step";
/// The default check, where none looks at the status.
pub const USUAL_CHECK: &str = "answer is 2xx or 3xx";

/// The word of a step's kind, as it stands in files; it names the icon.
pub fn kind_word(act: &Act) -> &'static str {
    match act {
        Act::Request(_) => "request",
        Act::Check(_) => "check",
        Act::Save(_) => "save",
        Act::Pause(_) => "pause",
        Act::Repeat(_) => "repeat",
        Act::OnlyIf(_) => "only_if",
        Act::Choose(_) => "choose",
        Act::Group(_) => "group",
        Act::Parallel(_) => "parallel",
        Act::Use(_) => "use",
        Act::Note(_) => "note",
        Act::Nothing => "nothing",
    }
}

/// A length of time in words: "2 seconds", "1 minute", "800 ms".
pub fn time(span: Span) -> String {
    let (number, unit) = match span.us() {
        us if us != 0 && us.is_multiple_of(3_600_000_000) => (us / 3_600_000_000, "hour"),
        us if us != 0 && us.is_multiple_of(60_000_000) => (us / 60_000_000, "minute"),
        us if us.is_multiple_of(1_000_000) => (us / 1_000_000, "second"),
        us if us < 1_000_000 => return format!("{} ms", us as f64 / 1e3),
        us => return format!("{} seconds", us as f64 / 1e6),
    };
    if number == 1 { format!("1 {unit}") } else { format!("{} {unit}s", grouped(number)) }
}

/// Two lengths of time: "2–5 seconds", "300–900 ms", "0.5–2 seconds", "50 ms to 2 seconds".
pub fn time_range(from: Span, to: Span) -> String {
    let (mut first, last) = (time(from), time(to));
    // Parts of a second read well beside whole ones, as long as they are short.
    if last.ends_with("second") || last.ends_with("seconds") {
        first = match from.us() {
            us if us > 0 && us < 1_000_000 && us.is_multiple_of(100_000) => format!("{} seconds", us as f64 / 1e6),
            _ => first,
        };
    }
    match (first.split_once(' '), last.split_once(' ')) {
        (Some((number, unit)), Some((_, other))) if unit.trim_end_matches('s') == other.trim_end_matches('s') => {
            format!("{number}–{last}")
        }
        _ => format!("{first} to {last}"),
    }
}

/// What is waited: "2–5 seconds", "around 3 seconds".
pub fn pause(pause: &PauseTime) -> String {
    match pause {
        PauseTime::For(span) => time(*span),
        PauseTime::Between((from, to)) => time_range(*from, *to),
        PauseTime::Normal(bell) => format!("around {}", time(bell.mean)),
        PauseTime::Exponential(mean) => format!("{} on average", time(*mean)),
        PauseTime::Pacing(span) => format!("until {} after the start", time(*span)),
        PauseTime::PerMinute(count) => format!("for {count} tasks a minute"),
        PauseTime::Nothing => "not at all".to_owned(),
    }
}

/// What the row of a step says: "Get product {product id}", "Wait 2–5 seconds", "Repeat 3 times".
pub fn sentence(scenario: &Scenario, step: &Step) -> String {
    match &step.act {
        Act::Request(request) => {
            let name = if request.name.is_empty() { &request.url } else { &request.name };
            if name.is_empty() { format!("{} an address", request.method) } else { chips(name) }
        }
        Act::Check(check) => format!("Check that {}", check_sentence(check)),
        Act::Save(save) => format!("Set {} to {}", named(&save.name), value(&save.value)),
        Act::Pause(time) => format!("Wait {}", pause(time)),
        Act::Repeat(repeat) => repeat_sentence(repeat),
        Act::OnlyIf(only_if) => format!("Only if {}", condition(&only_if.condition)),
        Act::Choose(choose) => format!("One of {} by chance", choose.options.len()),
        Act::Group(group) => format!("{} ({})", or(&group.name, "Group"), steps(group.steps.len())),
        Act::Parallel(parallel) => format!("{} at the same time", requests(parallel.steps.len())),
        Act::Use(used) => group(scenario, &used.group).map_or_else(
            || format!("{} (not there)", or(&used.group, "Reusable group")),
            |group| format!("{} ({})", or(&group.name, "Reusable group"), steps(group.steps.len())),
        ),
        Act::Note(note) => note.lines().next().unwrap_or_default().to_owned(),
        Act::Nothing => "A step that does nothing yet".to_owned(),
    }
}

fn steps(count: usize) -> String {
    if count == 1 { "1 step".to_owned() } else { format!("{count} steps") }
}

fn requests(count: usize) -> String {
    if count == 1 { "1 request".to_owned() } else { format!("{count} requests") }
}

fn or<'a>(name: &'a str, otherwise: &'a str) -> &'a str {
    if name.is_empty() { otherwise } else { name }
}

fn named(name: &str) -> &str {
    or(name, "a value")
}

/// `{{product id}}` as `{product id}`: how a chip reads in a sentence.
pub fn chips(text: &str) -> String {
    text.replace("{{", "{").replace("}}", "}")
}

/// A text in quotes; a value alone is a chip and needs none.
fn quoted(text: &str) -> String {
    let inside = text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    if inside.is_some_and(|name| !name.contains(['{', '}'])) { chips(text) } else { format!("“{}”", chips(text)) }
}

fn value(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Null => "nothing".to_owned(),
        other => chips(&other.to_string()),
    }
}

fn repeat_sentence(repeat: &Repeat) -> String {
    let most = repeat.at_most.map(|most| format!(" (max {})", grouped(u64::from(most)))).unwrap_or_default();
    match &repeat.how {
        RepeatKind::Times(1) => "Once".to_owned(),
        RepeatKind::Times(count) => format!("Repeat {} times", grouped(u64::from(*count))),
        RepeatKind::ForEach(list) => format!("For each item in {}{most}", named(list)),
        RepeatKind::Until(until) => format!("Repeat until {}{most}", condition(until)),
        RepeatKind::During(span) => format!("Repeat for {}{most}", time(*span)),
        RepeatKind::Nothing => "Repeat".to_owned(),
    }
}

/// A condition: "cart count is above 0".
pub fn condition(found: &Condition) -> String {
    let join =
        |inner: &[Condition], word: &str| inner.iter().map(condition).collect::<Vec<_>>().join(&format!(" {word} "));
    if !found.all.is_empty() {
        return join(&found.all, "and");
    }
    if !found.any.is_empty() {
        return join(&found.any, "or");
    }
    let name = if found.value.is_empty() { "something" } else { value_words(&found.value) };
    format!("{name} {}", compared(found.is, found.to.as_ref()))
}

/// Values that are always there, by name, and what they are called on screen.
const ALWAYS_THERE: [(&str, &str); 5] = [
    ("last.status", "the last answer"),
    ("last.time_ms", "the last answer’s time in ms"),
    ("last.size", "the last answer’s size"),
    ("last.failed", "whether the last request failed"),
    ("repeat.index", "the round"),
];

/// A value's name as it is shown.
pub fn value_words(name: &str) -> &str {
    ALWAYS_THERE.iter().find(|(known, _)| *known == name).map_or(name, |(_, words)| words)
}

/// The name of a value from what was typed: its name, or what it is called on screen.
pub fn value_named(typed: &str) -> &str {
    ALWAYS_THERE.iter().find(|(_, words)| *words == typed.trim()).map_or(typed, |(known, _)| known)
}

/// "is above 0", "is there".
pub fn compared(is: Option<Comparison>, to: Option<&Value>) -> String {
    let default = if to.is_some() { Comparison::Equal } else { Comparison::Present };
    let is = is.unwrap_or(default);
    let to = to.map(value).unwrap_or_default();
    match is {
        Comparison::Present => "is there".to_owned(),
        Comparison::Missing => "is not there".to_owned(),
        Comparison::Equal => format!("is {to}"),
        Comparison::NotEqual => format!("is not {to}"),
        Comparison::Above => format!("is above {to}"),
        Comparison::Below => format!("is below {to}"),
        Comparison::AtLeast => format!("is at least {to}"),
        Comparison::AtMost => format!("is at most {to}"),
        Comparison::Contains => format!("contains {to}"),
        Comparison::Matches => format!("fits the pattern {to}"),
        Comparison::StartsWith => format!("starts with {to}"),
        Comparison::LengthEqual => format!("has {to} in it"),
        Comparison::LengthAbove => format!("has more than {to} in it"),
        Comparison::LengthBelow => format!("has fewer than {to} in it"),
    }
}

/// What a check wants: "answer is 200", "arrives within 800 ms".
pub fn check_sentence(check: &Check) -> String {
    let rest = || compared(check.is, check.to.as_ref());
    match &check.what {
        CheckKind::Status(set) => {
            let codes: Vec<String> = set.0.iter().map(ToString::to_string).collect();
            format!("answer is {}", codes.join(" or "))
        }
        CheckKind::Within(span) => format!("arrives within {}", time(*span)),
        CheckKind::Contains(text) => format!("contains {}", quoted(text)),
        CheckKind::Lacks(text) => format!("does not contain {}", quoted(text)),
        CheckKind::Matches(pattern) => format!("fits the pattern {pattern}"),
        CheckKind::Equals(text) => format!("is exactly {}", quoted(text)),
        CheckKind::Json(path) => format!("field {} {}", field(path), rest()),
        CheckKind::Header(name) => format!("header {name} {}", rest()),
        CheckKind::Size(size) => match (size.at_least.as_str(), size.at_most.as_str()) {
            ("", most) => format!("has at most {most}"),
            (least, "") => format!("has at least {least}"),
            (least, most) => format!("has {least} to {most}"),
        },
        CheckKind::Value(name) => format!("{} {}", named(name), rest()),
        CheckKind::Nothing => "nothing is checked yet".to_owned(),
    }
}

/// A path into an answer as people say it: `$.items[*].id` is "items.id".
pub fn field(path: &str) -> String {
    let plain = path.trim_start_matches('$').trim_start_matches('.');
    if plain.is_empty() { "the whole answer".to_owned() } else { plain.replace("[*]", "") }
}

/// What is kept: "save token from field access_token".
pub fn save_sentence(rule: &SaveRule) -> String {
    let from = match &rule.from {
        SaveFrom::Json(path) if path.trim().is_empty() => "a field that is not chosen yet".to_owned(),
        SaveFrom::Json(path) if path.trim() == "$" => field(path),
        SaveFrom::Json(path) => format!("field {}", field(path)),
        SaveFrom::Pattern(pattern) => format!("the pattern {pattern}"),
        SaveFrom::Header(name) => format!("header {name}"),
        SaveFrom::Cookie(name) => format!("cookie {name}"),
        SaveFrom::Css(selector) => format!("page element {selector}"),
        SaveFrom::Between((from, to)) => format!("the text between “{from}” and “{to}”"),
        SaveFrom::Nothing => "nowhere yet".to_owned(),
    };
    let pick = match rule.pick {
        Pick::First => "",
        Pick::Last => ", the last",
        Pick::Random => ", one by chance",
        Pick::All => ", all of them",
    };
    format!("save {} from {from}{pick}", named(&rule.name))
}

/// The label of a lane.
pub fn lane_label(step: &Step, lane: &Lane) -> String {
    match (lane, &step.act) {
        (Lane::Then(_), _) => "Yes".to_owned(),
        (Lane::Otherwise(_), _) => "No".to_owned(),
        (Lane::Choice(_, at), Act::Choose(choose)) => {
            let name = choose.options.get(*at).map(|option| option.name.clone()).unwrap_or_default();
            if name.is_empty() { super::edits::option_number(at + 1) } else { name }
        }
        _ => String::new(),
    }
}

/// "taken 83 %": a lane of an only-if.
pub fn lane_taken(percent: usize) -> String {
    format!("taken {percent} %")
}

/// What a trial says of a step: whether it worked, and "200 41 ms".
pub fn tried(what: &TrialWhat) -> Option<(bool, String)> {
    Some(match what {
        TrialWhat::Worked(status, us) => (true, format!("{status} · {}", plain_time(*us))),
        TrialWhat::Failed(Kind::Status, _, status, us) => (false, format!("{status} · {}", plain_time(*us))),
        TrialWhat::Failed(kind, detail, ..) => (false, tidemark_core::verdict::words::failure(*kind, detail)),
        TrialWhat::Pause(us) => (true, format!("{} (skipped)", plain_time(*us))),
        TrialWhat::Branch(true) => (true, "Yes".to_owned()),
        TrialWhat::Branch(false) => (true, "No".to_owned()),
        TrialWhat::Task => return None,
    })
}

/// A part of a sentence: words, or the name of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A value, shown as a chip.
    Chip(String),
}

/// A sentence in parts: `Get {product id}` is words and a chip.
pub fn pieces(sentence: &str) -> Vec<Piece> {
    let mut all = Vec::new();
    let mut words = String::new();
    let mut rest = sentence;
    while let Some(at) = rest.find('{') {
        let name = rest[at + 1..].find('}').map(|end| &rest[at + 1..at + 1 + end]);
        match name.filter(|name| tidemark_core::plan::template::is_name(name)) {
            Some(name) => {
                words.push_str(&rest[..at]);
                if !words.is_empty() {
                    all.push(Piece::Words(std::mem::take(&mut words)));
                }
                all.push(Piece::Chip(name.to_owned()));
                rest = &rest[at + name.len() + 2..];
            }
            None => {
                words.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
            }
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        all.push(Piece::Words(words));
    }
    all
}
