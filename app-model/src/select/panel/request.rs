//! What the panel says around a request's fields: how much each tab holds, what is usual, how its last try went.

use tidemark_core::scenario::{Body, Check, CheckKind, Request, SaveFrom, SaveRule, SignIn, StatusRange, StatusSet};
use tidemark_core::units::plain_bytes;

use super::{inherited, request, trial};
use crate::model::Model;
use crate::select::trial::{last_of, step_at};
use crate::text::{panel as say, steps};

/// A tab of what a request sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Its word.
    pub word: &'static str,
    /// What it says: "Headers 2 (+1)".
    pub label: String,
    /// Whether something in it is not as it usually is.
    pub used: bool,
}

/// The tabs of what a request (its step's id) sends.
pub fn sends(model: &Model, id: &str) -> Vec<Tab> {
    let request = request(model, id);
    let from_target = inherited(model, &request).iter().filter(|(.., replaced)| !replaced).count();
    let marked = |label: &str, used: bool| if used { say::in_use(label) } else { label.to_owned() };
    let (rows, lines, body) = (request.query.0.len(), request.headers.0.len(), request.body != Body::Nothing);
    let seldom =
        request.redirects.is_some() || request.time_limit.is_some() || !request.compressed || request.http.is_some();
    let tab = |word, label, used| Tab { word, label, used };
    vec![
        tab("query", say::counted(say::QUERY, rows, 0), rows > 0),
        tab("headers", say::counted(say::HEADERS, lines, from_target), lines > 0),
        tab("body", marked(say::BODY, body), body),
        tab("sign_in", marked(say::SIGN_IN, request.sign_in.is_some()), request.sign_in.is_some()),
        tab("cookies", say::COOKIES.to_owned(), false),
        tab("advanced", marked(say::ADVANCED, seldom), seldom),
    ]
}

/// The tab that is seen first: the body where there is one, else the first that holds something.
pub fn first_tab(tabs: &[Tab]) -> &'static str {
    let used = |word: Option<&str>| tabs.iter().find(|tab| tab.used && word.is_none_or(|word| tab.word == word));
    used(Some("body")).or_else(|| used(None)).map_or("query", |tab| tab.word)
}

/// The name that a request has in results where it is given none.
pub fn usual_name(model: &Model, id: &str) -> String {
    let request = request(model, id);
    steps::chips(&format!("{} {}", request.method, request.url))
}

/// Whether a pasted text is a whole address, or a command with one, and not just a piece of text.
pub fn is_whole_address(text: &str) -> bool {
    let text = text.trim();
    let command = text.starts_with("curl") || text.starts_with("$ curl");
    (command || text.contains("://")) && crate::paste::read(text).is_ok()
}

/// Whether the usual statuses are expected, since no check looks at the status.
pub fn expects_usual(request: &Request) -> bool {
    !request.check.iter().any(|check| matches!(check.what, CheckKind::Status(_)))
}

/// The check that is added: the answer is 200.
pub fn fresh_check() -> Check {
    let ok = StatusSet(vec![StatusRange { from: 200, to: 200 }]);
    Check { what: CheckKind::Status(ok), ..Check::default() }
}

/// The saved value that is added: a field of the answer.
pub fn fresh_save() -> SaveRule {
    SaveRule { from: SaveFrom::Json(String::new()), ..SaveRule::default() }
}

/// How a step was tried last: whether it worked, and "200 41 ms · 240 B".
pub fn last_try(model: &Model, id: &str) -> Option<(bool, String)> {
    let step = step_at(model, last_of(model, id)?)?;
    let (worked, line) = steps::tried(&step.what)?;
    let size = step.exchange.as_ref().filter(|found| found.answer_len > 0).map(|found| plain_bytes(found.answer_len));
    Some((worked, say::answer_line(&line, &size.unwrap_or_default(), "")))
}

/// What a saved value (its name) held in the last try.
pub fn last_saved(model: &Model, name: &str) -> Option<String> {
    trial(model)?.value_of(name).map(crate::text::forms::last)
}

/// The word of a sign-in; empty where it is left to the target.
pub fn sign_in_word(sign_in: Option<&SignIn>) -> &'static str {
    match sign_in {
        Some(SignIn::Basic(_)) => "basic",
        Some(SignIn::Bearer(_)) => "bearer",
        Some(SignIn::ApiKey(_)) => "api_key",
        Some(SignIn::Off(_)) => "off",
        Some(SignIn::Nothing) | None => "",
    }
}
