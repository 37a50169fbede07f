//! What can be done at once about a step of a trial that failed. Must not do it.

use serde_json::Value;
use tidemark_core::scenario::{Body, Check, CheckKind, OnMissing, Request, SaveRule, StatusRange, StatusSet};
use tidemark_core::traffic::Kind;
use tidemark_core::units::Span;

use crate::doc::Item;
use crate::doc::edit::names::chips;
use crate::doc::edit::{Edit, FlowEdit, RequestEdit, StepEdit, TargetEdit};
use crate::doc::place::each_step;
use crate::effect::Clip;
use crate::model::{Exchange, Model, TrialStep, TrialWhat};
use crate::msg::Msg;
use crate::select::panel::{request, scenario, step};
use crate::text::{fixes as fix, trial as say};

/// A button: what it says, and what it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// What it says.
    pub label: String,
    /// What it does.
    pub msg: Msg,
}

/// What the server says about it, where it says something: an error field of JSON, a page's title, or the first line.
pub fn message(exchange: &Exchange) -> Option<String> {
    let text = exchange.answer_body.trim();
    let said = match serde_json::from_str::<Value>(text) {
        Ok(value) => in_json(&value),
        Err(_) if text.starts_with('<') => {
            let found = crate::select::answer::elements(text);
            found.into_iter().find(|found| matches!(found.selector.as_str(), "title" | "h1")).map(|found| found.value)
        }
        Err(_) => text.lines().next().map(str::to_owned),
    };
    said.map(|said| said.trim().chars().take(200).collect::<String>()).filter(|said| !said.is_empty())
}

fn in_json(value: &Value) -> Option<String> {
    const KEYS: [&str; 7] = ["message", "error", "detail", "title", "error_description", "errors", "reason"];
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => items.first().and_then(in_json),
        Value::Object(map) => KEYS.iter().find_map(|key| map.get(*key).and_then(in_json)),
        _ => None,
    }
}

/// What can be done about a step that failed, best first.
pub fn ways(model: &Model, tried: &TrialStep) -> Vec<Way> {
    let TrialWhat::Failed(kind, detail, status, _) = &tried.what else { return Vec::new() };
    let id = &tried.step;
    let mut all = Vec::new();
    if step(model, id).is_none() {
        return all;
    }
    let found = request(model, id);
    let mut offer = |label: String, msg: Msg| all.push(Way { label, msg });
    let edit = |field| Msg::Edit(Edit::Step(StepEdit::Request(id.clone(), field)));
    match (kind, status) {
        (Kind::Status, 401 | 403) => {
            if let Some(item) = token_source(model, &found) {
                offer(say::SHOW_TOKEN.to_owned(), Msg::Select(vec![item]));
            }
        }
        (Kind::Status, 400 | 422) => {
            let said = tried.exchange.as_deref().and_then(message).unwrap_or_default();
            if let Some(name) = missing_field(&said)
                && let Some(body) = with_field(&found.body, &name)
            {
                offer(say::add_field(&name), edit(RequestEdit::Body(body)));
            }
        }
        (Kind::AnswerTimeout, _) => {
            let limit = Span::from_us(found.time_limit.unwrap_or(Span::from_secs(30)).us().saturating_mul(2));
            offer(say::raise_limit(&limit.to_string()), edit(RequestEdit::TimeLimit(Some(limit))));
        }
        (Kind::ValueMissing, _) => {
            if let Some(at) = found.save.iter().position(|rule| detail.contains(&rule.name) && !rule.name.is_empty()) {
                let rule = SaveRule { if_missing: OnMissing::Ignore, ..found.save[at].clone() };
                offer(say::PICK_AGAIN.to_owned(), Msg::Select(vec![Item::Save(id.clone(), at)]));
                offer(say::GO_ON.to_owned(), Msg::Edit(Edit::Step(StepEdit::Save(id.clone(), at, "if_missing", rule))));
            }
        }
        (Kind::HostBlocked, _) => {
            let host = detail.split_whitespace().rfind(|word| word.contains('.')).unwrap_or_default();
            let host = host.trim_matches(|c: char| !c.is_alphanumeric()).split(':').next().unwrap_or_default();
            if !host.is_empty() {
                offer(fix::allow(host), Msg::Edit(Edit::Target(TargetEdit::AllowHost(host.to_owned()))));
            }
        }
        _ => {}
    }
    if *kind == Kind::Status && *status >= 300 {
        offer(say::expect(*status), Msg::Edit(expect(id, &found, *status)));
    }
    let open = if matches!(kind, Kind::Refused | Kind::NameNotFound) { say::CHECK_ADDRESS } else { say::OPEN_STEP };
    offer(open.to_owned(), Msg::Select(vec![Item::Step(id.clone())]));
    if *status >= 500 || matches!(kind, Kind::Reset | Kind::Malformed) {
        offer(say::COPY_SAMPLE.to_owned(), Msg::Copy(sample(tried), Clip::text()));
    }
    all
}

/// The edit that takes a status as the expected one.
fn expect(id: &str, request: &Request, status: u16) -> Edit {
    let set = StatusSet(vec![StatusRange { from: status, to: status }]);
    match request.check.iter().position(|check| matches!(check.what, CheckKind::Status(_))) {
        Some(at) => {
            let check = Check { what: CheckKind::Status(set), ..request.check[at].clone() };
            Edit::Step(StepEdit::Check(id.to_owned(), at, "status", check))
        }
        None => {
            let check = Check { what: CheckKind::Status(set), ..Check::default() };
            Edit::Flow(FlowEdit::AddCheck(id.to_owned(), check))
        }
    }
}

/// Where the first value that the sign-in uses is saved.
fn token_source(model: &Model, request: &Request) -> Option<Item> {
    use tidemark_core::scenario::SignIn;
    let texts = match &request.sign_in {
        Some(SignIn::Bearer(token)) => vec![token.as_str()],
        Some(SignIn::ApiKey(key)) => vec![key.value.as_str()],
        Some(SignIn::Basic(basic)) => vec![basic.user.as_str(), basic.password.as_str()],
        _ => request
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("authorization"))
            .map(|(_, v)| v)
            .collect(),
    };
    let name = texts.into_iter().find_map(|text| chips(text).next().map(|(start, end)| &text[start..end]))?;
    let mut found = None;
    each_step(scenario(model)?, &mut |step| {
        if let tidemark_core::scenario::Act::Request(request) = &step.act
            && let Some(at) = request.save.iter().position(|rule| rule.name == name)
        {
            found.get_or_insert(Item::Save(step.id.clone(), at));
        }
    });
    found
}

/// The field that a message says is missing: "card is required", "missing field `card`".
fn missing_field(said: &str) -> Option<String> {
    let words: Vec<&str> =
        said.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    let after = words.iter().position(|word| word.eq_ignore_ascii_case("field")).and_then(|at| words.get(at + 1));
    let before = words.iter().position(|word| word.eq_ignore_ascii_case("required")).and_then(|at| {
        let back = if at > 0 && words[at - 1].eq_ignore_ascii_case("is") { 2 } else { 1 };
        at.checked_sub(back).and_then(|at| words.get(at))
    });
    let name = before.or(after)?;
    let fits = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    (fits && !name.eq_ignore_ascii_case("field")).then(|| (*name).to_owned())
}

/// The body with another, empty field.
fn with_field(body: &Body, name: &str) -> Option<Body> {
    let mut body = body.clone();
    match &mut body {
        Body::Json(Value::Object(map)) if !map.contains_key(name) => {
            map.insert(name.to_owned(), Value::String(String::new()));
        }
        Body::Form(pairs) if pairs.iter().all(|(have, _)| have != name) => {
            pairs.0.push((name.to_owned(), String::new()));
        }
        Body::Nothing => {
            let map = [(name.to_owned(), Value::String(String::new()))].into_iter().collect();
            body = Body::Json(Value::Object(map));
        }
        _ => return None,
    }
    Some(body)
}

/// All of a step as text: what was sent and what came back.
fn sample(tried: &TrialStep) -> String {
    let Some(exchange) = &tried.exchange else { return tried.name.clone() };
    let Exchange { sent_head, sent_body, answer_head, answer_body, .. } = &**exchange;
    format!("{sent_head}\n\n{sent_body}\n\n{answer_head}\n\n{answer_body}\n")
}
