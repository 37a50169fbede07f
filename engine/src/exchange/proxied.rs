//! Requests behind a proxy, through reqwest: the only file that names it, because it costs 2.5 times the CPU of our own
//! path. Must not know people, cookies or redirects; connecting can't be timed here, and bytes are counted as they are
//! written in HTTP/1.1.

use std::cell::RefCell;
use std::error::Error;
use std::io;
use std::net::IpAddr;
use std::time::Duration;

use reqwest::header::{CONTENT_ENCODING, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Proxy};
use tidemark_core::traffic::{Answer, Draft, HttpVersion, Kind, Network, Reply, Trouble};
use url::Url;

use super::answer::{keep, keep_limit, malformed};
use super::head::{self, Given};
use super::{Exchange, Marks, fault};
use crate::guard::HostClass;

/// The proxy that all requests of a worker go through.
pub(super) struct Proxied {
    proxy: Proxy,
    /// Its host and port, without user and password.
    place: String,
    /// It runs on this computer, so that its loopback is ours.
    is_here: bool,
}

/// One person's connections through the proxy, for each HTTP version asked for.
#[derive(Default)]
pub(super) struct Clients(RefCell<Vec<(HttpVersion, Client)>>);

impl Proxied {
    /// Reads the proxy's address; `None` where there is none.
    pub(super) fn new(network: &Network) -> Result<Option<Self>, Trouble> {
        let Some(address) = network.proxy.as_deref().filter(|address| !address.trim().is_empty()) else {
            return Ok(None);
        };
        // The address may hold a password: it is never shown.
        let wrong = |why: &str| Trouble::new(Kind::BadRequest, format!("the proxy's address can't be used: {why}"));
        let url = Url::parse(address.trim()).map_err(|error| wrong(&error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") {
            return Err(wrong("it must start with http://, https://, socks5:// or socks5h://"));
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("it names no host"))?;
        if !network.resolve.is_empty() {
            return Err(wrong("names that are given an address here would be resolved by the proxy all the same"));
        }
        let literal = host.trim_matches(['[', ']']).parse::<IpAddr>();
        let is_here = host == "localhost" || literal.is_ok_and(|addr| HostClass::of(addr) == HostClass::ThisComputer);
        let place = url.port_or_known_default().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let proxy = Proxy::all(url.clone()).map_err(|_| wrong("it is not an address of a proxy"))?;
        Ok(Some(Self { proxy, place, is_here }))
    }

    /// Whether the target may be reached. Its address is looked up here as well; where that says nothing about where the
    /// proxy will go, the name must be allowed.
    async fn guard(&self, exchange: &Exchange, host: &str) -> Result<(), Trouble> {
        if exchange.guard.check_name(host).is_ok() {
            return Ok(());
        }
        let Ok(addrs) = exchange.names.find(host).await else { return exchange.guard.check_name(host) };
        for addr in addrs.iter() {
            if HostClass::of(*addr) == HostClass::ThisComputer && !self.is_here {
                return exchange.guard.check_name(host);
            }
            exchange.guard.check(host, *addr)?;
        }
        Ok(())
    }

    /// Sends a draft and reads its answer into `reply`.
    pub(super) async fn round(
        &self,
        exchange: &Exchange,
        clients: &Clients,
        (draft, given): (&Draft, Given),
        cookie: Option<&str>,
        reply: &mut Reply,
    ) -> Result<Marks, Trouble> {
        self.guard(exchange, &draft.host).await?;
        let client = self.client(exchange, clients, draft.version)?;
        let url = Url::parse(&draft.url()).map_err(|error| head::bad(format!("{}: {error}", draft.url())))?;
        let method = reqwest::Method::from_bytes(draft.method.as_bytes());
        let mut request = reqwest::Request::new(method.map_err(|error| head::bad(error.to_string()))?, url);
        *request.headers_mut() = header_map(draft, given, cookie)?;
        *request.body_mut() = draft.body.clone().map(Into::into);
        reply.bytes_out += written(draft, given, cookie);
        let mut answer = client.execute(request).await.map_err(|error| self.trouble(&error, draft))?;
        reply.timing.first_byte_us = Some(exchange.clock.now_us());
        reply.answer.status = answer.status().as_u16();
        let marks = note_headers(answer.headers(), &mut reply.answer);
        reply.bytes_in += ("HTTP/1.1 200 OK\r\n\r\n".len() + reply.answer.headers.0.len()) as u64;
        let limit = keep_limit(draft.body_wanted, reply.answer.status);
        while let Some(piece) = answer.chunk().await.map_err(|error| self.trouble(&error, draft))? {
            reply.bytes_in += piece.len() as u64;
            keep(&mut reply.answer, &piece, limit);
        }
        reply.timing.done_us = exchange.clock.now_us();
        exchange.reading.arrivals.count(None);
        Ok(marks)
    }

    /// The person's client for a version. Cheap: the TLS settings are the worker's.
    fn client(&self, exchange: &Exchange, clients: &Clients, version: HttpVersion) -> Result<Client, Trouble> {
        let mut kept = clients.0.borrow_mut();
        if let Some((_, client)) = kept.iter().find(|(made_for, _)| *made_for == version) {
            return Ok(client.clone());
        }
        let tls = (*exchange.tls.config(version)?).clone();
        let builder = Client::builder().no_proxy().proxy(self.proxy.clone()).tls_backend_preconfigured(tls);
        let builder = builder.redirect(Policy::none()).referer(false).connect_timeout(exchange.connect_limit);
        let builder = builder.no_gzip().no_brotli().no_deflate().no_zstd();
        let builder = builder.pool_idle_timeout(Duration::from_secs(3_600)).tcp_nodelay(true);
        let builder = match version {
            HttpVersion::Auto => builder,
            HttpVersion::Http1 => builder.http1_only(),
            HttpVersion::Http2 => builder.http2_prior_knowledge(),
        };
        let built = builder.build();
        let client = built.map_err(|error| Trouble::new(Kind::Tls, format!("no client for the proxy: {error}")))?;
        kept.push((version, client.clone()));
        Ok(client)
    }

    fn trouble(&self, error: &reqwest::Error, draft: &Draft) -> Trouble {
        let place = format!("{} through the proxy {}", draft.host, self.place);
        if error.is_connect() && error.is_timeout() {
            return Trouble::new(Kind::ConnectTimeout, format!("no connection to {place} in time"));
        }
        let mut last = error.to_string();
        let mut source = error.source();
        while let Some(inner) = source {
            if let Some(tls) = inner.downcast_ref::<io::Error>().filter(|io| wraps_tls(io)) {
                return fault::handshake(tls, &draft.host);
            }
            if let Some(io) = inner.downcast_ref::<io::Error>().filter(|io| io.raw_os_error().is_some()) {
                return if error.is_connect() {
                    fault::connecting(io, &format!("the proxy {}", self.place))
                } else {
                    fault::talking(io)
                };
            }
            if inner.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_parse) {
                return malformed(format!("the answer is not proper HTTP: {inner}"));
            }
            last = inner.to_string();
            source = inner.source();
        }
        match (error.is_dns(), error.is_connect()) {
            (true, _) => Trouble::new(
                Kind::NameNotFound,
                format!("the name of the proxy {} or of {} could not be resolved", self.place, draft.host),
            ),
            (_, true) => Trouble::new(Kind::Refused, format!("no connection to {place}: {last}")),
            _ => Trouble::new(
                Kind::Reset,
                format!("the connection to {place} ended before the answer was complete: {last}"),
            ),
        }
    }
}

/// Copies headers into an answer, and notes what they ask for.
fn note_headers(headers: &HeaderMap, answer: &mut Answer) -> Marks {
    answer.headers.0.clear();
    for (name, value) in headers {
        answer.headers.push(name.as_str().as_bytes(), value.as_bytes());
    }
    Marks { cookies: headers.contains_key(SET_COOKIE), coded: headers.contains_key(CONTENT_ENCODING) }
}

/// The headers of a draft.
fn header_map(draft: &Draft, given: Given, cookie: Option<&str>) -> Result<HeaderMap, Trouble> {
    let mut map = HeaderMap::new();
    for (name, value) in head::fields(draft, given, cookie) {
        match (HeaderName::from_bytes(&name), HeaderValue::from_bytes(&value)) {
            (Ok(name), Ok(value)) => drop(map.append(name, value)),
            _ => return Err(head::bad(format!("the header {:?} can't be sent", String::from_utf8_lossy(&name)))),
        }
    }
    Ok(map)
}

fn wraps_tls(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>())
}

/// The length of the request as HTTP/1.1 writes it.
fn written(draft: &Draft, given: Given, cookie: Option<&str>) -> u64 {
    let mut bytes = Vec::new();
    head::write(&mut bytes, draft, given, cookie, &head::Forms::default());
    (bytes.len() + draft.body.as_ref().map_or(0, Vec::len)) as u64
}
