//! Requests: address, method, headers, body, and the name in the results.

use std::collections::HashSet;

use serde_json::Value;
use url::Url;

use super::targets::is_absolute;
use super::{stop, unreadable, warn, with_values_as};
use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::{At, Spot, Walk};
use crate::plan::template::{Source, ValueUse};
use crate::problem::{Severity, short};
use crate::scenario::{Body, CheckKind, Pairs, PartContent, ValueKind};
use crate::units::Span;

pub(super) const RULES: &[Rule] = &[
    stop(
        "address-empty",
        "A request has no address.",
        "Write a path such as /products, or a whole address.",
        address_empty,
    ),
    stop(
        "bad-address",
        "A request's address is not a web address.",
        "Write a path such as /products, or a whole address with http:// or https://.",
        bad_address,
    ),
    stop(
        "bad-method",
        "The method of a request holds characters that no method has.",
        "Use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.",
        bad_method,
    ),
    stop(
        "bad-header",
        "A header's name or value holds characters that would break the request, such as a line break.",
        "Remove them.",
        bad_header,
    ),
    warn(
        "header-is-automatic",
        "A header is given by hand that the length and form of the body decide.",
        "Remove it.",
        header_is_automatic,
    ),
    warn(
        "body-with-get",
        "A GET or HEAD request has a body, which most servers ignore.",
        "Use POST, or move the values to query.",
        body_with_get,
    ),
    stop(
        "bad-json-body",
        "A text body is sent as JSON but is not valid JSON.",
        "Mend it, use \"json\" instead of \"text\", or send another content type.",
        bad_json_body,
    ),
    stop(
        "bad-form-part",
        "A part of a multipart form has no name, or neither text nor file.",
        "Add what is missing.",
        bad_form_part,
    ),
    warn(
        "many-result-lines",
        "The address of a request without a name holds a value, so the results could get a line for each address.",
        "Give the request a name, such as /products/[id].",
        many_result_lines,
    ),
    stop(
        "no-time-limit",
        "A time limit is zero, so nothing could ever arrive.",
        "Write a time above zero, or leave it out.",
        no_time_limit,
    ),
    warn(
        "within-above-time-limit",
        "A check allows more time than the request's time limit, so it can never be what fails.",
        "Lower the check's time, or raise time_limit.",
        within_above_time_limit,
    ),
];

/// The time limit where none is given, as in the model.
const USUAL_LIMIT: Span = Span::from_secs(30);

fn address_empty(walk: &Walk, out: &mut Out) {
    for (step, request) in walk.requests() {
        if request.url.trim().is_empty() && !unreadable(&request.extra, &["url"]) {
            out.say(step.inside.key("url"), "the request has no address", "write a path such as \"/products\"");
        }
    }
}

fn bad_address(walk: &Walk, out: &mut Out) {
    const HINT: &str = "write a path such as \"/products\", or a whole address with http:// or https://";
    for (step, request) in walk.requests().filter(|(_, request)| !request.url.trim().is_empty()) {
        let spot = step.inside.key("url");
        let Some(address) = with_values_as(&request.url, |_| "0".to_owned()) else { continue };
        let message = format!("\"{}\" is not a web address", short(&request.url));
        if address.contains(|c: char| c.is_control()) || address.trim() != address {
            out.say(spot, format!("{message}: it holds white space or line breaks"), "remove them");
        } else if is_absolute(&request.url) && host_part(&request.url).contains("{{") {
            let hint = "write the host out, or use one value for the whole address, such as \"{{link}}\"";
            out.say(spot, format!("{message}: a value can't stand in the host"), hint);
        } else if is_absolute(&address) {
            if let Err(error) = Url::parse(&address) {
                out.say(spot, format!("{message}: {error}"), HINT);
            }
        } else if has_scheme(&address) {
            out.say(spot, message, HINT);
        } else if looks_like_host(&address) {
            let hint = format!("put http:// or https:// in front, or a / if it is a path: /{}", short(&address));
            out.say_as(
                Severity::Warn,
                spot,
                format!("\"{}\" is taken as a path, but looks like a host", short(&address)),
                hint,
            );
        }
    }
}

/// What stands between `://` and the path.
fn host_part(address: &str) -> &str {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Whether an address begins with a scheme, such as `ftp://` or `mailto:`.
fn has_scheme(address: &str) -> bool {
    let before = address.split_once("://").map(|(scheme, _)| scheme);
    before.is_some_and(|scheme| scheme.bytes().all(|b| b.is_ascii_alphanumeric()))
        || ["mailto:", "javascript:", "data:", "file:"].iter().any(|scheme| address.starts_with(scheme))
}

/// Whether a relative address begins like a host name: `www.…`, `localhost`, or a name with a dot and a port or path.
fn looks_like_host(address: &str) -> bool {
    let first = address.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = first.split_once(':').unwrap_or((first, ""));
    let has_port = !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    let follows = address.len() > first.len() && name.contains('.') && !name.starts_with('.');
    name.starts_with("www.") || name == "localhost" || (has_port && !name.is_empty()) || follows
}

/// Whether `text` is a token, as methods and names of headers are (RFC 9110, 5.6.2).
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

fn bad_method(walk: &Walk, out: &mut Out) {
    for (step, request) in walk.requests().filter(|(_, request)| !is_token(&request.method)) {
        let message = format!("\"{}\" is no method", short(&request.method));
        out.say(step.inside.key("method"), message, "use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS");
    }
}

/// Every list of headers with its place.
fn headers<'w>(walk: &'w Walk) -> impl Iterator<Item = (Spot, &'w Pairs)> {
    let targets = walk.scenario.targets.iter().enumerate();
    let targets = targets.map(|(i, target)| (At::ROOT.key("targets").index(i).key("headers"), &target.headers));
    targets.chain(walk.requests().map(|(step, request)| (step.inside.key("headers"), &request.headers)))
}

fn bad_header(walk: &Walk, out: &mut Out) {
    for (spot, pairs) in headers(walk) {
        for (name, text) in pairs.iter() {
            if !is_token(name) {
                let message = format!("\"{}\" can't be the name of a header", short(name));
                out.say(spot.clone().key(name), message, "use letters, digits and - only");
            } else if text.contains(|c: char| c.is_control() && c != '\t') {
                let message = format!("the header {} holds a line break or another control character", short(name));
                out.say(spot.clone().key(name), message, "remove it");
            }
        }
    }
}

fn header_is_automatic(walk: &Walk, out: &mut Out) {
    for (spot, pairs) in headers(walk) {
        for (name, _) in pairs.iter() {
            let automatic = ["content-length", "transfer-encoding", "connection"];
            if automatic.iter().any(|known| name.eq_ignore_ascii_case(known)) {
                let message = format!("the header {} is made by itself", short(name));
                out.say(spot.clone().key(name), message, "remove it");
            }
        }
    }
}

fn body_with_get(walk: &Walk, out: &mut Out) {
    for (step, request) in walk.requests() {
        if request.body != Body::Nothing && ["GET", "HEAD"].iter().any(|bare| request.method.eq_ignore_ascii_case(bare))
        {
            let message = format!("a {} request has a body", request.method);
            out.say(step.inside, message, "use \"method\": \"POST\", or move the values to \"query\"");
        }
    }
}

fn bad_json_body(walk: &Walk, out: &mut Out) {
    for (step, request) in walk.requests() {
        let Body::Text(text) = &request.body else { continue };
        let mut kinds = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let json = kinds.any(|(_, kind)| {
            let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            kind == "application/json" || kind.ends_with("+json")
        });
        let Some(body) = with_values_as(text, |_| "0".to_owned()).filter(|_| json) else { continue };
        if let Err(error) = serde_json::from_str::<Value>(&body) {
            // A value may hold what makes it valid, so that this is only a guess.
            let severity = if text.contains("{{") { Severity::Warn } else { Severity::Stop };
            let message = format!("the body is sent as JSON, but is none: {error}");
            out.say_as(severity, step.inside.key("text"), message, "mend it, or use \"json\" instead of \"text\"");
        }
    }
}

fn bad_form_part(walk: &Walk, out: &mut Out) {
    for (step, request) in walk.requests() {
        let Body::Multipart(parts) = &request.body else { continue };
        if parts.is_empty() {
            out.say(step.inside.key("multipart"), "the form has no parts", "add a part, or remove the body");
        }
        for (i, part) in parts.iter().enumerate() {
            let spot = step.inside.key("multipart").index(i);
            if part.name.is_empty() && !unreadable(&part.extra, &["name"]) {
                out.say(spot.clone(), "the part has no name", "add \"name\"");
            }
            if part.content == PartContent::Nothing && !unreadable(&part.extra, PartContent::KEYS) {
                out.say(spot, "the part has neither text nor file", "add \"text\" or \"file\"");
            }
        }
    }
}

fn many_result_lines(walk: &Walk, out: &mut Out) {
    let values = walk.scenario.values.iter().filter(|value| matches!(value.is, ValueKind::Fixed(_)));
    let values: HashSet<&str> = values.map(|value| value.name.as_str()).collect();
    let fixed = |used: &ValueUse| match &used.source {
        Source::Name(name) => values.contains(name.as_str()),
        Source::Literal(_) => true,
        Source::Made(_) => false,
    };
    for (step, request) in walk.requests() {
        if request.name.contains("{{") {
            let message = "the name in the results holds a value, and stays as it is written";
            out.say(step.inside.key("name"), message, "write it with brackets, such as /products/[id]");
        }
        let path = request.url.split(['?', '#']).next().unwrap_or_default();
        if !request.name.is_empty() || !path.contains("{{") {
            continue;
        }
        let many = std::cell::Cell::new(false);
        let shown = with_values_as(path, |used| {
            many.set(many.get() || !fixed(used));
            format!("[{}]", word_for(used))
        });
        if let (Some(shown), true) = (shown, many.get()) {
            out.say(
                step.inside.key("url"),
                "the results could get a line for each address",
                format!("give the request a name, such as \"{}\"", short(&shown)),
            );
        }
    }
}

/// One word for a value in the name of a line.
fn word_for(used: &ValueUse) -> &str {
    match &used.source {
        Source::Name(name) => name.rsplit('.').next().unwrap_or(name),
        Source::Made(_) | Source::Literal(_) => "id",
    }
}

fn no_time_limit(walk: &Walk, out: &mut Out) {
    const HINT: &str = "write a time above zero, or leave it out";
    for (i, _) in walk.scenario.targets.iter().enumerate().filter(|(_, t)| t.connect_limit == Some(Span::ZERO)) {
        out.say(At::ROOT.key("targets").index(i).key("connect_limit"), "nothing can connect in no time", HINT);
    }
    for (step, _) in walk.requests().filter(|(_, request)| request.time_limit == Some(Span::ZERO)) {
        out.say(step.inside.key("time_limit"), "nothing can arrive in no time", HINT);
    }
}

fn within_above_time_limit(walk: &Walk, out: &mut Out) {
    for (step, request) in walk.requests() {
        let limit = request.time_limit.unwrap_or(USUAL_LIMIT);
        for (i, check) in request.check.iter().enumerate() {
            if let CheckKind::Within(span) = &check.what
                && *span > limit
                && limit > Span::ZERO
            {
                let message = format!("the request is given up after {limit}, before this {span}");
                let hint = format!("lower it, or add \"time_limit\": \"{span}\"");
                out.say(step.inside.key("check").index(i).key("within"), message, hint);
            }
        }
    }
}
