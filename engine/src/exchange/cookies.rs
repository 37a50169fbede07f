//! One person's cookies, as RFC 6265bis (draft 20, section 5) has browsers keep them. Must not know connections.
//!
//! Own, and small: a person with one cookie takes some hundred bytes, where the usual jar takes kilobytes, which is most of
//! a waiting person. Two things are left out: the list of public suffixes (no test serves a whole country's domains) and
//! SameSite (a person's requests all come from the site itself).

use std::net::IpAddr;
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use tidemark_core::traffic::{Draft, Headers};

use super::link::Origin;
use set::SetCookie;

mod date;
mod set;

/// So many cookies of one domain a person keeps, as Chromium does.
const OF_A_DOMAIN: usize = 180;
/// So many cookies a person keeps at most.
const LIMIT: usize = 3_000;

/// A person's cookies; nothing is set up before the first `Set-Cookie`.
#[derive(Default)]
pub(super) struct Cookies(Option<Box<Jar>>);

/// Cookies in the order in which they were last set, and the last Cookie line.
#[derive(Default)]
struct Jar {
    cookies: Vec<Cookie>,
    line: Option<Line>,
    /// Counts what happens, to tell what was made or used first.
    turn: u32,
    /// When the first cookie runs out, in seconds since 1970; `i64::MAX` where none does.
    first_end_s: i64,
    /// Whether every cookie goes to every path, so that a line is good for its whole origin.
    everywhere: bool,
}

struct Cookie {
    /// As it is sent: `name=value`, or only the value of a cookie without a name.
    pair: Box<str>,
    name_len: u16,
    domain: Box<str>,
    path: Box<str>,
    host_only: bool,
    secure: bool,
    /// When it runs out, in seconds since 1970; `i64::MAX` for the end of the session.
    end_s: i64,
    made: u32,
    used: u32,
}

/// The last Cookie line: matching every cookie against every address would cost more than the request.
struct Line {
    origin: Origin,
    value: Option<Rc<str>>,
}

impl Cookies {
    /// The value of the Cookie line for a draft.
    pub(super) fn line(&mut self, draft: &Draft) -> Option<Rc<str>> {
        let jar = self.0.as_deref_mut()?;
        let now_s = if jar.first_end_s == i64::MAX { 0 } else { now_s() };
        jar.line(draft, now_s)
    }

    /// Takes over the `Set-Cookie` lines of the answer to a draft. Those that make no sense are left out, as browsers do.
    pub(super) fn store(&mut self, draft: &Draft, headers: &Headers) {
        let now_s = now_s();
        let jar = self.0.get_or_insert_with(|| Box::new(Jar { first_end_s: i64::MAX, ..Jar::default() }));
        for (_, value) in headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            if let Some(set) = SetCookie::read(&value, now_s) {
                jar.store(draft, &set, now_s);
            }
        }
        jar.drop_ended(now_s);
    }

    /// The value of a cookie by its exact name; of several the one that was set last.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let jar = self.0.as_deref()?;
        let now_s = now_s();
        let found = jar.cookies.iter().rev().find(|cookie| cookie.name() == name && cookie.end_s > now_s)?;
        Some(found.value().to_owned())
    }
}

impl Jar {
    /// Section 5.8.3: longer paths first, then those that were made first.
    fn line(&mut self, draft: &Draft, now_s: i64) -> Option<Rc<str>> {
        if self.first_end_s <= now_s {
            self.drop_ended(now_s);
        }
        if let Some(line) = self.line.as_ref().filter(|line| self.everywhere && line.origin.fits(draft)) {
            return line.value.clone();
        }
        self.turn += 1;
        let (turn, path, secure) = (self.turn, path_of(&draft.target), is_secure(draft));
        let goes = |cookie: &&mut Cookie| {
            cookie.goes_to(&draft.host) && path_matches(path, &cookie.path) && (secure || !cookie.secure)
        };
        let mut sent: Vec<&Cookie> = Vec::new();
        for cookie in self.cookies.iter_mut().filter(goes) {
            cookie.used = turn;
            sent.push(cookie);
        }
        sent.sort_by_key(|cookie| (std::cmp::Reverse(cookie.path.len()), cookie.made));
        let pairs: Vec<&str> = sent.iter().map(|cookie| &*cookie.pair).collect();
        let value: Option<Rc<str>> = (!pairs.is_empty()).then(|| Rc::from(pairs.join("; ")));
        self.line = Some(Line { origin: Origin::of(draft), value: value.clone() });
        value
    }

    /// Section 5.7.
    fn store(&mut self, draft: &Draft, set: &SetCookie<'_>, now_s: i64) {
        let Some(mut cookie) = Cookie::of(draft, set) else { return };
        // What came over a bare line must not hide what came over a secure one.
        if !cookie.secure && !is_secure(draft) && self.cookies.iter().any(|other| other.is_shadowed_by(&cookie)) {
            return;
        }
        self.turn += 1;
        (cookie.made, cookie.used) = (self.turn, self.turn);
        if let Some(at) = self.cookies.iter().position(|other| other.is_same(&cookie)) {
            cookie.made = self.cookies.remove(at).made;
        }
        self.line = None;
        if cookie.end_s > now_s {
            self.cookies.reserve_exact(1);
            self.first_end_s = self.first_end_s.min(cookie.end_s);
            let domain = cookie.domain.clone();
            self.cookies.push(cookie);
            self.make_room(&domain, now_s);
        }
    }

    /// Lets cookies go where there are too many: ended ones first, then of the same domain those that need no secure line,
    /// then any of it, then any at all; of equals the one that was not used for longest.
    fn make_room(&mut self, domain: &str, now_s: i64) {
        let of_domain = |cookie: &&Cookie| *cookie.domain == *domain;
        let domain_full = self.cookies.iter().filter(of_domain).count() > OF_A_DOMAIN;
        if !domain_full && self.cookies.len() <= LIMIT {
            return;
        }
        let before = self.cookies.len();
        self.drop_ended(now_s);
        if self.cookies.len() < before {
            return;
        }
        let rank =
            |cookie: &Cookie| (domain_full && *cookie.domain != *domain, domain_full && cookie.secure, cookie.used);
        if let Some(at) = (0..self.cookies.len()).min_by_key(|at| rank(&self.cookies[*at])) {
            self.cookies.remove(at);
        }
    }

    fn drop_ended(&mut self, now_s: i64) {
        let before = self.cookies.len();
        self.cookies.retain(|cookie| cookie.end_s > now_s);
        self.first_end_s = self.cookies.iter().map(|cookie| cookie.end_s).min().unwrap_or(i64::MAX);
        self.everywhere = self.cookies.iter().all(|cookie| &*cookie.path == "/");
        if self.cookies.len() < before {
            self.line = None;
        }
    }
}

impl Cookie {
    /// What a `Set-Cookie` in the answer to a draft makes; `None` where browsers ignore it.
    fn of(draft: &Draft, set: &SetCookie<'_>) -> Option<Self> {
        let host = draft.host.as_str();
        let domain = set.domain.to_ascii_lowercase();
        if !domain.is_ascii() || (set.secure && !is_secure(draft)) {
            return None;
        }
        let host_only = domain.is_empty() || (is_suffix(&domain) && domain == host);
        if !host_only && (is_suffix(&domain) || !domain_matches(host, &domain)) {
            return None;
        }
        let path = set.path.unwrap_or_else(|| default_path(&draft.target));
        let starts = |prefix: &str| {
            let text = if set.name.is_empty() { set.value } else { set.name };
            text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        let (secure_only, host_bound) = (starts("__Secure-"), starts("__Host-"));
        let nameless = set.name.is_empty() && (secure_only || host_bound);
        let strays = host_bound && (!domain.is_empty() || set.path != Some("/"));
        if nameless || strays || ((secure_only || host_bound) && !set.secure) {
            return None;
        }
        let pair = if set.name.is_empty() { set.value.to_owned() } else { format!("{}={}", set.name, set.value) };
        Some(Self {
            pair: pair.into(),
            name_len: set.name.len() as u16, // read() refuses more than 4,096
            domain: if host_only { host.into() } else { domain.into() },
            path: path.into(),
            host_only,
            secure: set.secure,
            end_s: set.end_s.unwrap_or(i64::MAX),
            made: 0,
            used: 0,
        })
    }

    fn name(&self) -> &str {
        &self.pair[..usize::from(self.name_len)]
    }

    fn value(&self) -> &str {
        if self.name_len == 0 { &self.pair } else { &self.pair[usize::from(self.name_len) + 1..] }
    }

    fn goes_to(&self, host: &str) -> bool {
        if self.host_only { *self.domain == *host } else { domain_matches(host, &self.domain) }
    }

    /// Whether one replaces the other.
    fn is_same(&self, other: &Self) -> bool {
        self.name() == other.name()
            && self.domain == other.domain
            && self.host_only == other.host_only
            && self.path == other.path
    }

    /// Whether a cookie from a bare line would stand before this secure one.
    fn is_shadowed_by(&self, newer: &Self) -> bool {
        self.secure
            && self.name() == newer.name()
            && (domain_matches(&self.domain, &newer.domain) || domain_matches(&newer.domain, &self.domain))
            && path_matches(&newer.path, &self.path)
    }
}

/// Section 5.1.3. Both in small letters.
fn domain_matches(host: &str, domain: &str) -> bool {
    host == domain
        || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.') && host.parse::<IpAddr>().is_err())
}

/// Without the list of public suffixes only this much is known: a name without a dot is no one's own.
fn is_suffix(domain: &str) -> bool {
    !domain.contains('.') && domain.parse::<IpAddr>().is_err()
}

/// Section 5.1.4.
fn path_matches(path: &str, of_cookie: &str) -> bool {
    path.strip_prefix(of_cookie)
        .is_some_and(|rest| rest.is_empty() || of_cookie.ends_with('/') || rest.starts_with('/'))
}

fn path_of(target: &str) -> &str {
    target.split(['?', '#']).next().unwrap_or_default()
}

/// Section 5.1.4: the folder of what was asked for.
fn default_path(target: &str) -> &str {
    match path_of(target).rfind('/') {
        None | Some(0) => "/",
        Some(at) => &target[..at],
    }
}

/// Whether secure cookies may travel: over TLS, and on this computer, as browsers have it.
fn is_secure(draft: &Draft) -> bool {
    let local = |host: &str| host == "localhost" || host.ends_with(".localhost");
    draft.secure || draft.host.parse::<IpAddr>().map_or_else(|_| local(&draft.host), |address| address.is_loopback())
}

/// Seconds since 1970. Cookies end by the calendar; no figure depends on it.
fn now_s() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}

#[cfg(test)]
mod tests;
