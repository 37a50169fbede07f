//! Who may use the app: whoever opened the printed address, from a page that came from here. Must not know what they ask.

use std::io::BufRead;
use std::io::IsTerminal;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tidemark_host::{Code, Failure};

use super::address::{Authorities, Listening};
use super::{http, pages};
use crate::show;

/// So many browsers may use the app at once; the one that came first has to go then.
const MOST_SESSIONS: usize = 64;

/// The keys that were given out, and where the app is.
pub struct Access {
    authorities: Authorities,
    url: String,
    /// The name of the cookie. It has the port, as browsers share cookies between ports.
    cookie: String,
    given: Mutex<Given>,
}

/// What was given out.
#[derive(Default)]
struct Given {
    /// The key in the last address that was printed, as long as nobody used it.
    key: Option<String>,
    /// What the cookies of let-in browsers hold.
    sessions: Vec<String>,
}

/// What a browser shows when it comes with a key.
enum Admitted {
    /// It is in, with this new cookie.
    Now(String),
    /// It was in before.
    Already,
    /// The key is not, or no more, good.
    No,
}

impl Access {
    /// For whoever will open the address.
    ///
    /// # Errors
    /// The system has no randomness.
    pub fn new(listening: &Listening) -> Result<Self, Failure> {
        let access = Self {
            authorities: listening.authorities(),
            url: listening.url(),
            cookie: format!("tidemark-{}", listening.address.port()),
            given: Mutex::default(),
        };
        access.renew()?;
        Ok(access)
    }

    /// The address with the key that is good now, for one browser.
    pub fn fresh_address(&self) -> String {
        let key = self.given().key.clone().unwrap_or_default();
        format!("{}/?key={key}", self.url)
    }

    /// Makes a new key; one that nobody used is good no more.
    fn renew(&self) -> Result<(), Failure> {
        let key = secret()?;
        self.given().key = Some(key);
        Ok(())
    }

    /// Each change is whole, so a lock that somebody left by a panic is still good.
    fn given(&self) -> MutexGuard<'_, Given> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_in(&self, headers: &HeaderMap) -> bool {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let shown: Vec<&str> = lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter_map(|(name, value)| (name == self.cookie).then_some(value))
            .collect();
        let given = self.given();
        shown.iter().any(|shown| given.sessions.iter().any(|session| same(session, shown)))
    }

    fn admit(&self, key: &str, headers: &HeaderMap) -> Result<Admitted, Failure> {
        if self.is_in(headers) {
            return Ok(Admitted::Already);
        }
        let session = secret()?;
        let mut given = self.given();
        if !given.key.as_deref().is_some_and(|good| same(good, key)) {
            return Ok(Admitted::No);
        }
        given.key = None;
        if given.sessions.len() >= MOST_SESSIONS {
            given.sessions.remove(0);
        }
        given.sessions.push(session.clone());
        Ok(Admitted::Now(format!("{}={session}; HttpOnly; SameSite=Strict; Path=/", self.cookie)))
    }
}

/// 128 bits that nobody can guess.
fn secret() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::new(Code::Internal, format!("The system has no randomness: {error}."), ""))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Compares without telling by its time how much was right.
fn same(good: &str, shown: &str) -> bool {
    let differing = good.bytes().zip(shown.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    good.len() == shown.len() && differing == 0
}

/// Lets a request pass, or says in plain words why not.
pub async fn guard(State(access): State<Arc<Access>>, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    if let Err(why) = from_here(&access.authorities, &request) {
        return refused(is_api, why);
    }
    if let Some(key) = key_of(&request) {
        return enter(&access, key, request.headers());
    }
    if !access.is_in(request.headers()) {
        return refused(is_api, pages::NOT_IN);
    }
    next.run(request).await
}

/// Whether the request was meant for this app and made by one of its own pages.
fn from_here(authorities: &Authorities, request: &Request) -> Result<(), &'static str> {
    let text = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or_default());
    let named = request.uri().authority().map(|authority| authority.as_str());
    let host = named.or_else(|| text(header::HOST)).unwrap_or_default();
    if !authorities.allow(host) || request.headers().get_all(header::HOST).iter().count() > 1 {
        return Err(pages::WRONG_HOST);
    }
    let is_api = request.uri().path().starts_with("/api/");
    let own = |origin: &str| origin.strip_prefix("http://").is_some_and(|origin| origin.eq_ignore_ascii_case(host));
    if is_api && text(header::ORIGIN).is_some_and(|origin| !own(origin)) {
        return Err(pages::WRONG_PAGE);
    }
    let site = request.headers().get("sec-fetch-site").map(|value| value.to_str().unwrap_or_default());
    // "none" is what a person typed into the address bar; that only ever reads.
    let typed = |site: &str| site == "none" && request.method() == Method::GET;
    if is_api && site.is_some_and(|site| site != "same-origin" && !typed(site)) {
        return Err(pages::WRONG_PAGE);
    }
    Ok(())
}

/// The key in the address, where a person opened it. A browser that looks ahead must not use it up.
fn key_of(request: &Request) -> Option<&str> {
    let ahead = request.headers().contains_key("sec-purpose");
    let query = request.uri().query().filter(|_| request.method() == Method::GET && !ahead);
    query.filter(|_| request.uri().path() == "/")?.split('&').find_map(|pair| pair.strip_prefix("key="))
}

fn enter(access: &Access, key: &str, headers: &HeaderMap) -> Response {
    let home = [(header::LOCATION, "/")];
    match access.admit(key, headers) {
        Ok(Admitted::Already) => (StatusCode::SEE_OTHER, home).into_response(),
        Ok(Admitted::Now(cookie)) => match HeaderValue::from_str(&cookie) {
            Ok(cookie) => (StatusCode::SEE_OTHER, home, [(header::SET_COOKIE, cookie)]).into_response(),
            Err(_) => refused(false, pages::USED),
        },
        Ok(Admitted::No) => refused(false, pages::USED),
        Err(failure) => http::failed(&failure),
    }
}

fn refused(is_api: bool, why: &str) -> Response {
    match is_api {
        true => http::failed(&Failure::new(Code::Refused, why, pages::WHAT_TO_DO)),
        false => pages::plain(StatusCode::FORBIDDEN, "Not from here", &[why, pages::WHAT_TO_DO]),
    }
}

/// Prints a fresh address each time somebody presses Enter. Reading can't be broken off, so the thread ends with the
/// program.
pub fn fresh_keys_on_enter(access: Arc<Access>) {
    if !hears_enter() {
        return;
    }
    let listen = move || {
        for line in std::io::stdin().lock().lines() {
            if line.is_err() || access.renew().is_err() {
                return;
            }
            let _ = show::print(&format!("{}\n", access.fresh_address()));
        }
    };
    let _ = std::thread::Builder::new().name("keys".to_owned()).spawn(listen);
}

/// Whether somebody can press Enter.
pub fn hears_enter() -> bool {
    std::io::stdin().is_terminal() && is_in_front()
}

/// Whether the terminal is ours: reading it from the background (`tidemark serve &`) would halt the whole program.
#[cfg(unix)]
fn is_in_front() -> bool {
    nix::unistd::tcgetpgrp(std::io::stdin()) == Ok(nix::unistd::getpgrp())
}

#[cfg(not(unix))]
fn is_in_front() -> bool {
    true
}

#[cfg(test)]
mod tests;
