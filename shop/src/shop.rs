//! The open shop: its parts, and the road of one request from its head to its answer. Connections are `door`'s.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, PoisonError, RwLock, atomic::AtomicU64, atomic::Ordering::Relaxed},
    time::Duration,
};

use http::{Request, StatusCode, header, request::Parts};
use hyper::body::Incoming;
use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use crate::{
    answer::{self, Answer, Refusal},
    catalogue::Catalogue,
    counts::{Counters, Counts},
    crowd::Crowd,
    door::{Caller, Door},
    fate::{Fate, Rules},
    knobs::{Knobs, WrongKnob},
    odd, page,
    receive::{Keep, Received, receive},
    route::Route,
    shelves, till,
    visitors::{MOST_VISITORS, Visitors},
};

/// An open shop. Dropping it closes it at once; [`Shop::stop`] closes it politely.
pub struct Shop {
    addr: SocketAddr,
    inside: Arc<Inside>,
    door: Door,
}

/// Opens a shop at this address (port 0: any free port), on the caller's tokio runtime.
///
/// # Errors
/// The address can't be listened on, or a knob has an impossible value (`InvalidInput`).
pub async fn start(addr: SocketAddr, knobs: Knobs) -> io::Result<Shop> {
    knobs.check().map_err(|wrong| io::Error::new(io::ErrorKind::InvalidInput, wrong))?;
    let inside = Arc::new(Inside::new(knobs));
    let (addr, door) = Door::open(addr, Arc::clone(&inside))?;
    Ok(Shop { addr, inside, door })
}

impl Shop {
    /// Where the shop listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// What the shop has been asked so far.
    pub fn counts(&self) -> Counts {
        self.inside.counters.read()
    }

    /// The knobs in force.
    pub fn knobs(&self) -> Knobs {
        self.inside.rules().knobs.clone()
    }

    /// Changes the knobs; their times count from the next request. Products, tokens and ids stay those of the seed
    /// that the shop was started with.
    ///
    /// # Errors
    /// A knob has an impossible value; nothing is changed then.
    pub fn set(&self, knobs: Knobs) -> Result<(), WrongKnob> {
        knobs.check()?;
        self.inside.follow(knobs);
        Ok(())
    }

    /// Takes no new visitors, lets requests under way be answered for up to two seconds, then closes. Counts are
    /// final after that; they are returned.
    pub async fn stop(self) -> Counts {
        self.door.close().await;
        self.inside.counters.read()
    }
}

/// Everything that requests share.
pub(crate) struct Inside {
    seed: u64,
    pub(crate) catalogue: Catalogue,
    pub(crate) visitors: Visitors,
    pub(crate) counters: Counters,
    crowd: Crowd,
    opened: Instant,
    requests: AtomicU64,
    rules: RwLock<Arc<Rules>>,
}

/// One request, as the routes see it.
pub(crate) struct Ask<'a> {
    pub(crate) head: &'a Parts,
    /// The part of the path that the route's pattern leaves open.
    pub(crate) open_part: &'a str,
    pub(crate) body: Received,
    /// Who asks, if they showed a token or cookie of this shop.
    pub(crate) visitor: Option<u64>,
    pub(crate) caller: &'a Caller,
    number: u64,
}

/// Why a request gets no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unanswered {
    #[error("dropped, as the knobs ask")]
    Dropped,
    #[error("the request's body didn't arrive")]
    Broken(#[from] hyper::Error),
}

impl Inside {
    fn new(knobs: Knobs) -> Inside {
        let seed = knobs.seed;
        Inside {
            seed,
            catalogue: Catalogue::new(seed),
            visitors: Visitors::new(seed, MOST_VISITORS),
            counters: Counters::new(),
            crowd: Crowd::default(),
            opened: Instant::now(),
            requests: AtomicU64::new(0),
            rules: RwLock::new(Arc::new(Rules::new(knobs))),
        }
    }

    pub(crate) fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts checked knobs in force.
    pub(crate) fn follow(&self, knobs: Knobs) {
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Rules::new(knobs));
    }

    /// This connection's person turns out to be this visitor.
    pub(crate) fn recognise(&self, caller: &Caller, number: u64) {
        let before = caller.who(None);
        self.crowd.rename(before, caller.who(Some(number)), self.opened.elapsed());
    }

    /// The road of one request.
    ///
    /// # Errors
    /// The connection is to be closed without an answer.
    pub(crate) async fn serve(&self, caller: &Caller, request: Request<Incoming>) -> Result<Answer, Unanswered> {
        let (head, incoming) = request.into_parts();
        let (route, open_part) = Route::find(&head.method, head.uri.path());
        let tally = self.counters.arrive(route);
        let rules = self.rules();
        rules.note_request(route);
        let number = if route.is_control() { 0 } else { self.requests.fetch_add(1, Relaxed) };
        let visitor = self.visitor(&head);
        let arrived = rules.since_first();
        let (wait, failure) = match self.fate(&rules, route, number, visitor, caller, arrived) {
            Fate::Dropped => {
                tally.dropped();
                caller.doom();
                return Err(Unanswered::Dropped);
            }
            Fate::Failed { status, wait } => (wait, Some(status)),
            Fate::Answered { wait } => (wait, None),
        };
        let keep = match route {
            Route::Upload => odd::kept(head.headers.get(header::CONTENT_TYPE)),
            _ => Keep::Content,
        };
        let body = receive(incoming, keep).await?;
        let ask = Ask { head: &head, open_part, body, visitor, caller, number };
        let asked = if route == Route::Slow { odd::slowness(ask.query("ms").as_deref()) } else { None };
        let wait = wait + asked.unwrap_or_default();
        let wait = if route.is_control() { wait } else { rules.in_line(arrived, wait) };
        if let Some(due) = rules.due(arrived, wait) {
            sleep_until(rules.moment(due)).await;
        }
        let answer = match failure {
            Some(status) => failed(status),
            None => self.answer(route, &ask),
        };
        tally.answered(answer.status().as_u16());
        Ok(answer)
    }

    fn fate(
        &self,
        rules: &Rules,
        route: Route,
        number: u64,
        visitor: Option<u64>,
        caller: &Caller,
        since: Duration,
    ) -> Fate {
        if route.is_control() {
            return Fate::Answered { wait: Duration::ZERO };
        }
        let who = caller.who(visitor);
        let people = if rules.needs_crowd() { self.crowd.touch(who, self.opened.elapsed()) } else { 0 };
        rules.fate(route, number, people, since)
    }

    fn answer(&self, route: Route, ask: &Ask) -> Answer {
        if ask.body.too_long {
            return answer::error(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long");
        }
        match route {
            Route::Home => page::home(self.seed, ask.number),
            Route::Asset => page::asset(ask.open_part),
            Route::SignIn => till::sign_in(self, ask),
            Route::Products => shelves::products(self, ask),
            Route::Search => shelves::search(self, ask),
            Route::Product => shelves::product(self, ask.open_part),
            Route::Basket => till::basket(self, ask),
            Route::AddToBasket => till::add(self, ask),
            Route::ClearBasket => till::clear(self, ask),
            Route::PlaceOrder => till::place(self, ask),
            Route::Order => till::order(self, ask),
            Route::Pay => till::pay(self, ask),
            Route::SignOut => till::sign_out(self, ask),
            Route::Upload => odd::upload(ask),
            Route::Redirect => odd::redirect(ask),
            Route::Slow => odd::slow(ask),
            Route::Health => odd::health(),
            Route::Stats => odd::stats(self),
            Route::Metrics => odd::metrics(self),
            Route::ShowKnobs => odd::show_knobs(self, ask),
            Route::SetKnobs => odd::set_knobs(self, ask),
            Route::WrongMethod => answer::error(StatusCode::METHOD_NOT_ALLOWED, "this address has no such method"),
            Route::Unknown => answer::missing("there is nothing at this address"),
        }
    }

    /// Whose bearer token this is, or else whose cookie.
    fn visitor(&self, head: &Parts) -> Option<u64> {
        if let Some(shown) = head.headers.get(header::AUTHORIZATION) {
            let (scheme, token) = shown.to_str().ok()?.split_once(' ')?;
            return if scheme.eq_ignore_ascii_case("bearer") { self.visitors.number_of(token.trim()) } else { None };
        }
        let cookies = head.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let sid = cookies.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix("sid="))?;
        self.visitors.number_of(sid)
    }
}

impl Ask<'_> {
    /// A value of the query, decoded.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        field(self.head.uri.query()?.as_bytes(), name)
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// The refusal that says that it isn't.
    pub(crate) fn json(&self) -> Result<Value, Refusal> {
        serde_json::from_slice(&self.body.content)
            .map_err(|_| Refusal(StatusCode::BAD_REQUEST, "the body must be JSON".into()))
    }

    /// Text fields of a body that is a form or JSON.
    ///
    /// # Errors
    /// The refusal that says that it is neither.
    pub(crate) fn fields<const N: usize>(&self, names: [&str; N]) -> Result<[Option<String>; N], Refusal> {
        let media = self.head.headers.get(header::CONTENT_TYPE);
        let form = media.is_some_and(|media| media.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
        // Some clients call every body a form unless told otherwise.
        if form && !self.body.content.starts_with(b"{") {
            return Ok(names.map(|name| field(&self.body.content, name)));
        }
        let body = self.json()?;
        Ok(names.map(|name| body[name].as_str().map(str::to_owned)))
    }
}

fn field(encoded: &[u8], name: &str) -> Option<String> {
    url::form_urlencoded::parse(encoded).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn failed(status: u16) -> Answer {
    answer::error(StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE), "try later")
}
