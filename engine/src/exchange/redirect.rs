//! What to request after a redirect, as browsers do. Must not know connections; the guard asks again on every hop.

use tidemark_core::traffic::{Answer, Draft, Trouble};
use url::{Host, Url};

use super::answer::malformed;
use super::head;

/// Headers that describe a body, and go with it.
const OF_THE_BODY: [&str; 5] =
    ["content-type", "content-length", "content-encoding", "content-language", "content-location"];
/// Headers that are meant for one host only.
const OF_THE_HOST: [&str; 4] = ["authorization", "cookie", "proxy-authorization", "host"];

/// Whether a status asks for another request.
pub(super) fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// The request that follows a redirect; `None` where the answer is none, or doesn't say where to.
pub(super) fn next(draft: &Draft, answer: &Answer) -> Result<Option<Draft>, Trouble> {
    if !is_redirect(answer.status) {
        return Ok(None);
    }
    let Some(location) = answer.headers.get("location") else { return Ok(None) };
    let wrong = |why: &str| malformed(format!("the server redirects to {location:?}: {why}"));
    let base = Url::parse(&draft.url()).map_err(|error| wrong(&error.to_string()))?;
    let url = base.join(&location).map_err(|error| wrong(&error.to_string()))?;
    let secure = match url.scheme() {
        "http" => false,
        "https" => true,
        _ => return Err(wrong("that is neither http nor https")),
    };
    let host = match url.host() {
        Some(Host::Domain(name)) => name.to_ascii_lowercase(),
        Some(Host::Ipv4(addr)) => addr.to_string(),
        Some(Host::Ipv6(addr)) => addr.to_string(),
        None => return Err(wrong("that names no host")),
    };
    let port = url.port_or_known_default().unwrap_or(if secure { 443 } else { 80 });
    let target = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let mut next = Draft { secure, host, port, target, recurs: None, ..draft.clone() };
    change_method(&mut next, answer.status);
    if leaves(draft, &next) {
        next.headers = head::without(&next.headers, &OF_THE_HOST);
    }
    Ok(Some(next))
}

/// 303 makes everything a GET but a HEAD; 301 and 302 make a POST a GET, as browsers always did.
fn change_method(next: &mut Draft, status: u16) {
    let becomes_get = match status {
        303 => next.method != "HEAD" && next.method != "GET",
        301 | 302 => next.method == "POST",
        _ => false,
    };
    if becomes_get {
        next.method = "GET".to_owned();
        next.body = None;
        next.headers = head::without(&next.headers, &OF_THE_BODY);
    }
}

/// Whether the request goes to someone else. The same host turning from http to https does not count.
fn leaves(from: &Draft, to: &Draft) -> bool {
    let upgrade = !from.secure && from.port == 80 && to.secure && to.port == 443;
    from.host != to.host || !(upgrade || (from.port == to.port && from.secure == to.secure))
}
