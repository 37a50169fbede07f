//! One person's cookies. Must not know connections; asks nobody for the time but the cookie store's own expiry.

use std::rc::Rc;
use std::time::Duration;

use cookie_store::{CookieExpiration, CookieStore};
use tidemark_core::traffic::{Draft, Headers};
use tokio::time::Instant;
use url::Url;

use super::link::Origin;

/// So many cookies a person keeps at most; a server that sets more is ignored.
const LIMIT: usize = 300;
/// How long a Cookie line is taken as it was where one of its cookies may run out.
const FRESH: Duration = Duration::from_millis(500);

/// A person's cookies; nothing is set up before the first `Set-Cookie`.
#[derive(Default)]
pub(super) struct Cookies(Option<Box<Jar>>);

struct Jar {
    store: CookieStore,
    /// Every cookie goes to every path, so that a Cookie line is good for its whole origin.
    everywhere: bool,
    /// Some cookie has a time at which it runs out.
    ends: bool,
    line: Option<Line>,
}

/// The last Cookie line: matching every cookie against every address would cost more than the request.
struct Line {
    origin: Origin,
    made: Instant,
    value: Option<Rc<str>>,
}

impl Cookies {
    /// The value of the Cookie line for a draft.
    pub(super) fn line(&mut self, draft: &Draft) -> Option<Rc<str>> {
        let jar = self.0.as_deref_mut()?;
        if let Some(line) = &jar.line
            && jar.everywhere
            && line.origin.fits(draft)
            && (!jar.ends || line.made.elapsed() < FRESH)
        {
            return line.value.clone();
        }
        let url = Url::parse(&draft.url()).ok()?;
        let pairs: Vec<String> =
            jar.store.get_request_values(&url).map(|(name, value)| format!("{name}={value}")).collect();
        let value = (!pairs.is_empty()).then(|| Rc::from(pairs.join("; ")));
        jar.line = Some(Line { origin: Origin::of(draft), made: Instant::now(), value: value.clone() });
        value
    }

    /// Takes over the `Set-Cookie` lines of the answer to a draft. Those that make no sense are left out, as browsers do.
    pub(super) fn store(&mut self, draft: &Draft, headers: &Headers) {
        let Ok(url) = Url::parse(&draft.url()) else { return };
        let jar = self.0.get_or_insert_with(|| {
            Box::new(Jar { store: CookieStore::new(), everywhere: true, ends: false, line: None })
        });
        for (_, value) in headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie")) {
            if jar.store.iter_any().count() < LIMIT {
                let _ = jar.store.parse(&value, &url);
            }
        }
        jar.line = None;
        jar.everywhere = jar.store.iter_any().all(|cookie| cookie.path.as_ref() == "/");
        jar.ends = jar.store.iter_any().any(|cookie| cookie.expires != CookieExpiration::SessionEnd);
    }

    /// The value of a cookie by its exact name.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let jar = self.0.as_deref()?;
        jar.store.iter_unexpired().find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
    }
}
