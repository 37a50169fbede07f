//! What is typed to add a step, "wait 2–5 s" or "post /login", becomes an edit; and pauses as they are written.
//!
//! Must not know where on the screen it was typed.

use serde_json::json;
use tidemark_core::scenario::{
    Act, Bell, Check, CheckKind, Choose, ChooseOption, Comparison, Condition, InlineGroup, OnlyIf, Parallel, PauseTime,
    Repeat, RepeatKind, Request, SaveFrom, SaveRule, SaveStep, Scenario, StatusRange, StatusSet, Step, UseGroup,
};
use tidemark_core::units::Span;

use crate::doc::edit::{Edit, FlowEdit};
use crate::doc::place::{Item, Lane, list, where_is};
use crate::text::build as say;
use crate::text::steps::sentence;
use crate::text::{edits, notices};
use crate::typed;

/// Methods that may stand before an address.
const METHODS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

/// Something that can be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The word of its kind, for the icon.
    pub kind: &'static str,
    /// What it is called.
    pub label: String,
    /// More about it.
    pub says: String,
    /// What is typed for it.
    pub text: String,
}

/// The kinds of steps: word, name, more, what is typed, and other words for it.
const KINDS: [(&str, &str, &str, &str, &str); 10] = [
    ("request", say::KIND_REQUEST, say::SAYS_REQUEST, "request", "get post call http address"),
    ("pause", say::KIND_WAIT, say::SAYS_WAIT, "wait", "pause think sleep"),
    ("repeat", say::KIND_REPEAT, say::SAYS_REPEAT, "repeat", "loop times"),
    ("only_if", say::KIND_ONLY_IF, say::SAYS_ONLY_IF, "only if", "if when condition"),
    ("group", say::KIND_GROUP, say::SAYS_GROUP, "group", "transaction"),
    ("check", say::KIND_CHECK, say::SAYS_CHECK, "check", "assert expect"),
    ("save", say::KIND_SAVE, say::SAYS_SAVE, "save", "extract set variable value"),
    ("choose", say::KIND_CHOOSE, say::SAYS_CHOOSE, "one of", "choose random either"),
    ("parallel", say::KIND_PARALLEL, say::SAYS_PARALLEL, "at the same time", "parallel together"),
    ("note", say::KIND_NOTE, say::SAYS_NOTE, "note", "comment text"),
];

/// What can be added for what was typed so far, best first.
pub fn offers(scenario: &Scenario, typed: &str) -> Vec<Offer> {
    let typed = typed.trim().to_lowercase();
    let first = typed.split_whitespace().next().unwrap_or_default();
    let mut all = Vec::new();
    for (kind, label, says, text, also) in KINDS {
        let begins = text.starts_with(&typed) || typed.starts_with(text) || label.to_lowercase().starts_with(&typed);
        if begins || also.split(' ').any(|word| !first.is_empty() && word.starts_with(first)) {
            // What was typed may say more than the kind: "wait 5 s".
            let rest = typed.strip_prefix(text).filter(|rest| !rest.trim().is_empty());
            let made = rest.and_then(|rest| act(scenario, kind, rest.trim()));
            let made = made.map(|act| sentence(scenario, &Step { act, ..Step::default() }));
            let text = if typed.starts_with(text) { typed.clone() } else { text.to_owned() };
            all.push(Offer { kind, label: label.to_owned(), says: made.unwrap_or_else(|| says.to_owned()), text });
        }
    }
    let groups = scenario.groups.iter().filter(|group| group.name.to_lowercase().contains(&typed));
    all.extend(groups.map(|group| Offer {
        kind: "use",
        label: group.name.clone(),
        says: say::SAYS_USE.to_owned(),
        text: format!("use {}", group.name),
    }));
    all
}

/// The edit that adds what was typed before the step with this number; none where the words mean nothing. Checks and
/// saved values go to the request right before the place, where one is.
pub fn edit(scenario: &Scenario, lane: &Lane, at: usize, typed: &str) -> Option<Edit> {
    let typed = typed.trim();
    let before = at.checked_sub(1).and_then(|at| list(scenario, lane)?.get(at));
    let request = before.filter(|step| matches!(step.act, Act::Request(_))).map(|step| step.id.clone());
    let (kind, rest) = kind_of(typed)?;
    let flow = match (kind, request) {
        ("check", Some(id)) => {
            let good = StatusSet(vec![StatusRange { from: 200, to: 299 }]);
            let what = CheckKind::Status(good);
            FlowEdit::AddCheck(id, Check { what, ..Check::default() })
        }
        ("save", Some(id)) => {
            let name = if rest.is_empty() { "value" } else { rest };
            let from = SaveFrom::Json("$".to_owned());
            FlowEdit::AddSave(id, SaveRule { name: name.to_owned(), from, ..SaveRule::default() })
        }
        _ => FlowEdit::Insert(lane.clone(), at, vec![Step { act: act(scenario, kind, rest)?, ..Step::default() }]),
    };
    Some(Edit::Flow(flow))
}

/// The kind that is meant, and what was said beside it.
fn kind_of(typed: &str) -> Option<(&'static str, &str)> {
    let lower = typed.to_lowercase();
    let word = lower.split_whitespace().next()?;
    if typed.starts_with('/') || METHODS.contains(&word) {
        return Some(("request", typed));
    }
    if word == "use" {
        return Some(("use", typed[word.len()..].trim()));
    }
    for (kind, _, _, text, also) in KINDS {
        let rest = lower.strip_prefix(text).filter(|rest| rest.is_empty() || rest.starts_with(' '));
        if rest.is_some() {
            return Some((kind, typed.get(text.len()..).unwrap_or_default().trim()));
        }
        if also.split(' ').any(|other| other == word) {
            return Some((kind, typed.get(word.len()..).unwrap_or_default().trim()));
        }
    }
    let mut near = KINDS.iter().filter(|(_, _, _, text, _)| text.starts_with(&lower));
    near.next().map(|(kind, ..)| (*kind, ""))
}

fn act(scenario: &Scenario, kind: &str, rest: &str) -> Option<Act> {
    let own = str::to_owned;
    Some(match kind {
        "request" => Act::Request(Box::new(request(rest))),
        "pause" if rest.is_empty() => Act::Pause(crate::select::fixes::usual_pause()),
        "pause" => Act::Pause(pause(rest)?),
        "repeat" => {
            let number = rest.split_whitespace().next().and_then(|word| word.parse().ok());
            Act::Repeat(Repeat { how: RepeatKind::Times(number.unwrap_or(3)), ..Repeat::default() })
        }
        "only_if" => Act::OnlyIf(OnlyIf { condition: condition(rest), ..OnlyIf::default() }),
        "group" => {
            let name = if rest.is_empty() { say::KIND_GROUP } else { rest };
            Act::Group(InlineGroup { name: own(name), ..InlineGroup::default() })
        }
        "check" => {
            let what = CheckKind::Value(own(rest));
            Act::Check(Check { what, is: Some(Comparison::Present), ..Check::default() })
        }
        "save" => {
            let name = if rest.is_empty() { "value" } else { rest };
            Act::Save(SaveStep { name: own(name), value: json!(""), ..SaveStep::default() })
        }
        "choose" => {
            let options = vec![ChooseOption::default(), ChooseOption::default()];
            Act::Choose(Choose { options, ..Choose::default() })
        }
        "parallel" => Act::Parallel(Parallel::default()),
        "note" => Act::Note(own(rest)),
        "use" => {
            let group = scenario.groups.iter().find(|group| group.name.eq_ignore_ascii_case(rest))?;
            Act::Use(UseGroup { group: group.id.clone(), ..UseGroup::default() })
        }
        _ => return None,
    })
}

/// Steps of one list put into a new step of this kind (`repeat`, `only if`), where the first stands; none where the steps
/// don't stand in one list.
pub fn wrap(scenario: &Scenario, ids: &[String], kind: &str) -> Option<Edit> {
    let places: Vec<(Lane, usize)> = ids.iter().filter_map(|id| where_is(scenario, id)).collect();
    let (lane, _) = places.first()?;
    if places.len() != ids.len() || places.iter().any(|(other, _)| other != lane) {
        return None;
    }
    let at = places.iter().map(|(_, at)| *at).min()?;
    let held: Vec<Step> = list(scenario, lane)?.iter().filter(|step| ids.contains(&step.id)).cloned().collect();
    let items = held.iter().map(|step| Item::Step(step.id.clone())).collect();
    let (act, label) = match act(scenario, kind_of(kind)?.0, "")? {
        Act::Repeat(repeat) => (Act::Repeat(Repeat { steps: held, ..repeat }), edits::WRAP_REPEAT),
        Act::OnlyIf(only_if) => (Act::OnlyIf(OnlyIf { then: held, ..only_if }), edits::WRAP_ONLY_IF),
        _ => return None,
    };
    let around = Step { act, ..Step::default() };
    let edits = vec![Edit::Flow(FlowEdit::Remove(items)), Edit::Flow(FlowEdit::Insert(lane.clone(), at, vec![around]))];
    Some(Edit::Many(label.to_owned(), edits))
}

/// "post /login": a method and an address, either of them, or a name.
fn request(text: &str) -> Request {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let method = METHODS.iter().find(|method| first.eq_ignore_ascii_case(method));
    let (method, said) = match method {
        Some(method) => (method.to_uppercase(), rest.trim()),
        None => ("GET".to_owned(), text),
    };
    match said.starts_with('/') || said.contains("://") {
        true => Request { method, url: said.to_owned(), ..Request::default() },
        false => Request { method, name: said.to_owned(), url: "/".to_owned(), ..Request::default() },
    }
}

fn condition(name: &str) -> Condition {
    if name.is_empty() {
        let (is, to) = (Some(Comparison::Equal), Some(json!(200)));
        return Condition { value: "last.status".to_owned(), is, to, ..Condition::default() };
    }
    Condition { value: name.to_owned(), is: Some(Comparison::Present), ..Condition::default() }
}

/// Reads a pause as it is shown or typed: `2 s`, `2–5 s`, `500 ms to 2 s`, `around 3 s`, `not at all`.
pub fn pause(text: &str) -> Option<PauseTime> {
    let text = without_commas(&text.trim().to_lowercase())?;
    let span = |text: &str| Span::parse(text.trim());
    if matches!(&*text, "" | "0" | "none" | "not at all" | "no") {
        return Some(PauseTime::For(Span::from_secs(0)));
    }
    if let Some(mean) = text.strip_prefix("around ").and_then(span) {
        let deviation = Span::from_secs_f64(mean.secs() / 4.0);
        return Some(PauseTime::Normal(Bell { mean, deviation, ..Bell::default() }));
    }
    if let Some(mean) = text.strip_suffix(" on average").and_then(span) {
        return Some(PauseTime::Exponential(mean));
    }
    if let Some(apart) = text.strip_prefix("until ").and_then(|text| text.strip_suffix(" after the start")) {
        return span(apart).map(PauseTime::Pacing);
    }
    if let Some(count) = text.strip_prefix("for ").and_then(|text| text.strip_suffix(" tasks a minute")) {
        return count.trim().parse().ok().map(PauseTime::PerMinute);
    }
    let ends = [" to ", "–", "—", "-"].iter().find_map(|between| text.split_once(between));
    let Some((first, last)) = ends else { return span(&text).map(PauseTime::For) };
    let to = span(last)?;
    let unit: String = last.chars().skip_while(|c| c.is_ascii_digit() || matches!(c, '.' | ' ' | ':')).collect();
    // "2–5 s": the unit stands once.
    let bare = first.trim().parse::<f64>().is_ok();
    let from = if bare { span(&format!("{}{unit}", first.trim()))? } else { span(first)? };
    Some(PauseTime::Between((from.min(to), from.max(to))))
}

/// A text with its numbers as programs write them; none where a number is none.
fn without_commas(text: &str) -> Option<String> {
    let in_number = |letter: char| letter.is_ascii_digit() || matches!(letter, ',' | '.');
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(in_number) {
        let (before, from) = rest.split_at(at);
        let (number, after) = from.split_at(from.find(|letter| !in_number(letter)).unwrap_or(from.len()));
        out.push_str(before);
        out.push_str(&typed::plain(number)?);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

/// Steps as a text for the clipboard: a small scenario that holds them.
pub fn to_clip(steps: Vec<Step>) -> String {
    let group = tidemark_core::scenario::Group { name: notices::CLIP.to_owned(), steps, ..Default::default() };
    tidemark_core::scenario::write(&Scenario { groups: vec![group], ..Scenario::default() })
}

/// Steps from the clipboard, where they were copied from a test.
pub fn from_clip(text: &str) -> Option<Vec<Step>> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let (mut scenario, _) = tidemark_core::scenario::read(text).ok()?;
    let steps = scenario.groups.pop()?.steps;
    (!steps.is_empty()).then_some(steps)
}

#[cfg(test)]
mod tests;
