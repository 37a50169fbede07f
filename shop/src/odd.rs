//! Routes that sell nothing: uploads, redirects, waiting on purpose, and looking at the shop itself.

use std::time::Duration;

use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

use crate::{
    answer::{self, Answer},
    knobs::LONGEST_WAIT,
    receive::Keep,
    route::Route,
    shop::{Ask, Inside},
};

/// Longest chain that one redirect can ask for.
const MOST_REDIRECTS: u32 = 100;

/// `POST /upload`: how much arrived, and in which parts.
pub(crate) fn upload(ask: &Ask) -> Answer {
    let Some(boundary) = boundary(ask) else {
        return answer::json(StatusCode::OK, &json!({ "bytes": ask.body.length, "parts": [] }));
    };
    match parts(&ask.body.content, &boundary) {
        Some(parts) => answer::json(StatusCode::OK, &json!({ "bytes": ask.body.length, "parts": parts })),
        None => answer::error(StatusCode::BAD_REQUEST, "the multipart body is malformed"),
    }
}

/// Whether an upload's content is needed: only to tell its parts.
pub(crate) fn kept(content_type: Option<&HeaderValue>) -> Keep {
    let multipart = content_type.is_some_and(|media| media.as_bytes().starts_with(b"multipart/"));
    if multipart { Keep::Content } else { Keep::Length }
}

fn boundary(ask: &Ask) -> Option<String> {
    let media = ask.head.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    if !media.starts_with("multipart/") {
        return None;
    }
    let (_, boundary) = media.split_once("boundary=")?;
    Some(boundary.split(';').next()?.trim().trim_matches('"').to_owned())
}

/// The parts of a multipart body (RFC 2046, section 5.1): name, file name, size. `None` when it doesn't end as it
/// should.
fn parts(body: &[u8], boundary: &str) -> Option<Vec<Value>> {
    let (first, next) = (format!("--{boundary}"), format!("\r\n--{boundary}"));
    let mut rest = &body[find(body, first.as_bytes())? + first.len()..];
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let head_end = find(rest, b"\r\n\r\n")?;
        let (head, content) = (String::from_utf8_lossy(&rest[..head_end]), &rest[head_end + 4..]);
        let length = find(content, next.as_bytes())?;
        let (name, file) = (quoted(&head, "; name=\""), quoted(&head, "; filename=\""));
        parts.push(json!({ "name": name, "filename": file, "bytes": length }));
        rest = &content[length + next.len()..];
    }
    Some(parts)
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut from = 0;
    loop {
        from += within.get(from..)?.iter().position(|&byte| byte == first)?;
        if within[from..].starts_with(what) {
            return Some(from);
        }
        from += 1;
    }
}

fn quoted<'a>(head: &'a str, mark: &str) -> Option<&'a str> {
    head.split_once(mark)?.1.split('"').next()
}

/// `GET /redirect`: to an address of this shop only, through `times` steps.
pub(crate) fn redirect(ask: &Ask) -> Answer {
    let to = ask.query("to").unwrap_or_else(|| "/".to_owned());
    let plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if !to.starts_with('/') || to.starts_with("//") || !plain {
        return answer::wrong("to must be an address of this shop that starts with one slash");
    }
    let times = ask.query("times").map_or(Ok(1), |times| times.parse());
    let location = match times {
        Ok(1) => to,
        Ok(times @ 2..=MOST_REDIRECTS) => {
            let to: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
            format!("/redirect?to={to}&times={}", times - 1)
        }
        _ => return answer::wrong("times must be a number from 1 to 100"),
    };
    let mut answer = answer::empty(StatusCode::FOUND);
    if let Ok(location) = HeaderValue::from_str(&location) {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    answer
}

/// How long `GET /slow` was asked to take; `None` when that isn't a number.
pub(crate) fn slowness(ms: Option<&str>) -> Option<Duration> {
    let ms = ms.unwrap_or("1000").parse().ok()?;
    Some(Duration::from_millis(ms).min(LONGEST_WAIT))
}

/// `GET /slow`, after its wait.
pub(crate) fn slow(ask: &Ask) -> Answer {
    match slowness(ask.query("ms").as_deref()) {
        Some(waited) => answer::json(StatusCode::OK, &json!({ "waited_ms": waited.as_millis() as u64 })),
        None => answer::wrong("ms must be a whole number of milliseconds"),
    }
}

/// `GET /health`.
pub(crate) fn health() -> Answer {
    answer::json(StatusCode::OK, &json!({ "status": "open" }))
}

/// `GET /stats`.
pub(crate) fn stats(shop: &Inside) -> Answer {
    answer::json(StatusCode::OK, &json!(shop.counters.read()))
}

/// `GET /metrics`: some of the counts in the text format of Prometheus. Who asks for it is not counted in it.
pub(crate) fn metrics(shop: &Inside) -> Answer {
    let counts = shop.counters.read();
    let own = counts.routes.get(Route::Metrics.pattern()).cloned().unwrap_or_default();
    let mut text = String::from("# HELP http_requests_total Answers by status.\n# TYPE http_requests_total counter\n");
    for (status, count) in &counts.statuses {
        let count = count.saturating_sub(own.statuses.get(status).copied().unwrap_or_default());
        text.push_str(&format!("http_requests_total{{code=\"{status}\"}} {count}\n"));
    }
    // The question at hand is one of its own that is not answered yet.
    let waiting = counts.in_flight.saturating_sub(1);
    for (name, help, value) in [
        ("http_requests_in_progress", "Requests that wait for their answer.", waiting),
        ("http_open_connections", "Connections that are open.", counts.open_connections),
    ] {
        text.push_str(&format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n"));
    }
    answer::body(StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8", text)
}

/// `GET /knobs`.
pub(crate) fn show_knobs(shop: &Inside, ask: &Ask) -> Answer {
    if !ask.caller.is_near() {
        return far();
    }
    answer::json(StatusCode::OK, &json!(shop.rules().knobs))
}

/// `POST /knobs`: changes what is named, answers with all knobs as they are then.
pub(crate) fn set_knobs(shop: &Inside, ask: &Ask) -> Answer {
    if !ask.caller.is_near() {
        return far();
    }
    let change = match ask.json() {
        Ok(change) => change,
        Err(refusal) => return refusal.answer(),
    };
    match shop.rules().knobs.changed(change) {
        Ok(knobs) => {
            let answer = answer::json(StatusCode::OK, &json!(knobs));
            shop.follow(knobs);
            answer
        }
        Err(wrong) => answer::wrong(&wrong.to_string()),
    }
}

fn far() -> Answer {
    answer::error(StatusCode::FORBIDDEN, "knobs can only be seen and set from the shop's own computer")
}
