//! What was pasted becomes a request: a cURL command as browsers copy them, or just an address.
//!
//! Nothing is run and nothing is dropped silently: options that mean nothing here are named. Must not know where the
//! request goes in the document.

mod curl;
pub mod look;
mod words;

use tidemark_core::scenario::{Act, Request, Step};

use crate::text::paste as say;

/// The longest text that is looked at, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// What was recognised; at least one request.
#[derive(Debug, Clone, PartialEq)]
pub struct Pasted {
    /// The host of the first request, without port.
    pub host: String,
    /// Scheme, host and port of the first request: what a target would have.
    pub target: String,
    /// The requests, with whole addresses.
    pub requests: Vec<Request>,
    /// Options that mean nothing here.
    pub unknown: Vec<String>,
    /// So many of the requests had such options.
    pub odd: usize,
    /// Why commands do not come in, one sentence each.
    pub left_out: Vec<String>,
    /// Whether it was a command, and not just an address.
    pub is_command: bool,
}

/// Reads what was pasted.
///
/// # Errors
/// What it is not, as a sentence.
pub fn read(text: &str) -> Result<Pasted, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(say::NOTHING.to_owned());
    }
    if text.len() > LARGEST {
        return Err(say::TOO_LONG.to_owned());
    }
    let first = text.split_whitespace().next().unwrap_or_default().trim_start_matches('$');
    let first = if first.is_empty() { text[1..].split_whitespace().next().unwrap_or_default() } else { first };
    if first == "curl" || first == "curl.exe" {
        return curl::read(text);
    }
    let parts =
        Parts::of(text).filter(|_| !text.contains(char::is_whitespace)).ok_or_else(|| say::NOT_KNOWN.to_owned())?;
    let request = Request { url: with_chips(&parts.whole()), ..Request::default() };
    Ok(Pasted {
        host: parts.host(),
        target: parts.origin,
        requests: vec![request],
        unknown: Vec::new(),
        odd: 0,
        left_out: Vec::new(),
        is_command: false,
    })
}

/// An address in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    /// Scheme, host and port.
    origin: String,
    /// Path and query, from the `/`; without the fragment.
    rest: String,
}

impl Parts {
    /// Takes an address apart; one without scheme is taken as `http` (this computer) or `https`.
    fn of(text: &str) -> Option<Self> {
        let (scheme, after) = match text.split_once("://") {
            Some((scheme, after)) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => {
                (scheme.to_ascii_lowercase(), after)
            }
            Some(_) => return None,
            None => (String::new(), text),
        };
        let end = after.find(['/', '?', '#']).unwrap_or(after.len());
        let (authority, rest) = after.split_at(end);
        // A user name and password in front of the host are not part of it.
        let authority = authority.rsplit('@').next().unwrap_or(authority).to_ascii_lowercase();
        let local = |host: &str| host == "localhost" || host.starts_with("127.") || host == "[::1]";
        let bare = authority.split(':').next().unwrap_or_default();
        let scheme = match scheme.as_str() {
            "" if local(bare) => "http".to_owned(),
            "" if looks_like_a_host(&authority) => "https".to_owned(),
            "" => return None,
            _ => scheme,
        };
        let origin = format!("{scheme}://{authority}");
        let sound = authority.contains("{{") || url::Url::parse(&origin).is_ok_and(|url| url.has_host());
        let rest = rest.split('#').next().unwrap_or_default();
        let rest = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
        (sound && !authority.is_empty()).then_some(Self { origin, rest })
    }

    fn whole(&self) -> String {
        format!("{}{}", self.origin, self.rest)
    }

    fn host(&self) -> String {
        let authority = self.origin.split("://").nth(1).unwrap_or_default();
        match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host.to_owned(),
            _ => authority.to_owned(),
        }
    }
}

/// Whether a text without scheme is meant as a host: a dot and a last part of letters, or a port.
fn looks_like_a_host(authority: &str) -> bool {
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let proper = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    let parts: Vec<&str> = host.split('.').collect();
    let ends_in_letters = parts.last().is_some_and(|last| last.len() >= 2 && last.chars().all(char::is_alphabetic));
    let numbers = parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok());
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok());
    parts.iter().all(|part| proper(part))
        && port_fits
        && ((parts.len() > 1 && ends_in_letters) || numbers || port.is_some())
}

/// `${name}` as other tools write it becomes `{{name}}`.
pub fn with_chips(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let inner = &rest[start + 2..];
        match inner.find('}') {
            Some(end) if tidemark_core::plan::template::is_name(&inner[..end]) => {
                out.push_str(&rest[..start]);
                out.push_str(&format!("{{{{{}}}}}", &inner[..end]));
                rest = &inner[end + 1..];
            }
            _ => {
                out.push_str(&rest[..start + 2]);
                rest = inner;
            }
        }
    }
    out + rest
}

impl Pasted {
    /// Whether the first request goes to this target.
    pub fn is_at(&self, target_url: &str) -> bool {
        Parts::of(target_url).is_some_and(|parts| parts.origin == self.target)
    }

    /// The requests as steps, with addresses relative to the first request's target.
    pub fn into_steps(self) -> Vec<Step> {
        let target = self.target.clone();
        self.for_target(Some(&target))
    }

    /// The requests as steps; addresses at this target become relative to it.
    pub fn for_target(self, target_url: Option<&str>) -> Vec<Step> {
        let base = target_url.and_then(Parts::of);
        let steps = self.requests.into_iter().map(|mut request| {
            split(&mut request, base.as_ref());
            Step { act: Act::Request(Box::new(request)), ..Step::default() }
        });
        steps.collect()
    }

    /// The first request, with its address relative to this target where it is there.
    pub fn first_for(self, target_url: Option<&str>) -> Option<Request> {
        let base = target_url.and_then(Parts::of);
        let mut request = self.requests.into_iter().next()?;
        split(&mut request, base.as_ref());
        Some(request)
    }

    /// "Recognised: POST to api.shop.test, 3 headers, JSON body."
    pub fn summary(&self) -> String {
        say::summary(self)
    }
}

/// Takes the query out of an address into rows, and the target off its front.
fn split(request: &mut Request, base: Option<&Parts>) {
    let Some(parts) = Parts::of(&request.url) else { return };
    let (path, query) = parts.rest.split_once('?').unwrap_or((&parts.rest, ""));
    let rows = query.split('&').filter(|row| !row.is_empty()).map(|row| {
        let (name, value) = row.split_once('=').unwrap_or((row, ""));
        (decoded(name), decoded(value))
    });
    request.query.0.splice(0..0, rows);
    let at_base = base.filter(|base| base.origin == parts.origin).map(|base| base.rest.trim_end_matches('/'));
    request.url = match at_base.and_then(|base| path.strip_prefix(base)) {
        Some(rest) if rest.starts_with('/') => rest.to_owned(),
        Some("") => "/".to_owned(),
        _ => format!("{}{path}", parts.origin),
    };
}

/// A piece of a query or form as it is meant: `+` and `%41` undone.
fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests;
