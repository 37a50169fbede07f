//! One request and its answer on an HTTP/2 connection, which carries several at once. Must not know people or redirects.

use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use h2::Reason;
use h2::client::{Builder, SendRequest};
use http::header::{CONNECTION, HOST, HeaderName, HeaderValue, TE, UPGRADE};
use http::uri::{Authority, PathAndQuery, Scheme, Uri};
use http::{HeaderMap, Method, Request};
use tidemark_core::traffic::{Answer, Draft, Reply, Trouble};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::task::AbortHandle;

use super::answer::{keep, keep_limit, malformed};
use super::head::{self, Given};
use super::link::{Link, OpenCount, Origin, Stream};
use super::{Exchange, Marks, fault};

/// How much may come unasked for, in bytes: of one answer, and of all on a connection.
const WINDOWS: (u32, u32) = (2 << 20, 5 << 20);
/// The most bytes of an answer's headers.
const HEADER_LIMIT: u32 = 256 * 1024;

/// A connection of one person to one origin, shared by their requests.
pub(super) struct Http2 {
    pub(super) origin: Origin,
    sender: SendRequest<Bytes>,
    counts: Arc<Counts>,
    last: RefCell<Option<Alike>>,
    driver: AbortHandle,
    _open: OpenCount,
}

impl Drop for Http2 {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

/// Bytes that went over a connection and that no request has claimed yet. Requests share frames with the connection's
/// own, so each takes what came up since the last one ended: the sum over all requests is exact.
#[derive(Default)]
struct Counts {
    sent: AtomicU64,
    received: AtomicU64,
    /// When the last bytes came, in nanoseconds since 1970; 0 where the kernel doesn't say.
    arrived_ns: AtomicU64,
    /// The server's first bytes were an HTTP/1 answer.
    older: AtomicBool,
    /// The connection is over.
    over: AtomicBool,
    /// It is to be reset when it ends.
    reset: AtomicBool,
}

/// What requests on a connection mostly have in common.
struct Alike {
    /// What it was made from.
    lines: Vec<u8>,
    given: Given,
    compressed: bool,
    headers: HeaderMap,
    authority: Authority,
}

/// Why a request came to nothing.
pub(super) enum Ended {
    /// The connection was closed before the request went out: another connection may do better.
    Stale(Trouble),
    /// It failed.
    For(Trouble),
}

impl Http2 {
    /// Opens HTTP/2 on a connection.
    pub(super) async fn open(link: Link) -> Result<Self, Trouble> {
        let Link { origin, stream, _open, .. } = link;
        let counts = Arc::new(Counts::default());
        let io = Counted { stream, counts: Arc::clone(&counts), first: true };
        let mut builder = Builder::new();
        builder.initial_window_size(WINDOWS.0).initial_connection_window_size(WINDOWS.1);
        builder.max_header_list_size(HEADER_LIMIT).enable_push(false);
        let (sender, connection) = builder.handshake(io).await.map_err(|error| fault::http2(&error))?;
        // The driver ends with this connection's last owner; what it says is also said to the requests.
        let told = Arc::clone(&counts);
        let driver = tokio::spawn(async move {
            let _ = connection.await;
            told.over.store(true, Ordering::Relaxed);
        });
        Ok(Self { origin, sender, counts, last: RefCell::default(), driver: driver.abort_handle(), _open })
    }

    /// Whether it still takes requests.
    pub(super) fn is_usable(&self) -> bool {
        !self.counts.over.load(Ordering::Relaxed) && !self.counts.older.load(Ordering::Relaxed)
    }

    /// Resets the connection when it ends, instead of closing it.
    pub(super) fn reset_at_end(&self) {
        self.counts.reset.store(true, Ordering::Relaxed);
    }

    /// Sends a draft and reads its answer into `reply`.
    pub(super) async fn round(
        &self,
        exchange: &Exchange,
        (draft, given): (&Draft, Given),
        cookie: Option<&str>,
        reply: &mut Reply,
    ) -> Result<Marks, Ended> {
        let request = self.request(draft, given, cookie).map_err(Ended::For)?;
        let done = self.talk(exchange, request, draft, reply).await;
        reply.bytes_out += self.counts.sent.swap(0, Ordering::Relaxed);
        reply.bytes_in += self.counts.received.swap(0, Ordering::Relaxed);
        if done.is_err() && self.counts.older.load(Ordering::Relaxed) {
            return Err(Ended::For(malformed("the server speaks HTTP/1.1 on this port, not HTTP/2")));
        }
        done
    }

    async fn talk(
        &self,
        exchange: &Exchange,
        request: Request<()>,
        draft: &Draft,
        reply: &mut Reply,
    ) -> Result<Marks, Ended> {
        let failed = |error: h2::Error| Ended::For(fault::http2(&error));
        let ready = self.sender.clone().ready().await;
        let mut sender = ready.map_err(|error| Ended::Stale(fault::http2(&error)))?;
        let body = draft.body.as_deref().filter(|body| !body.is_empty());
        let (answer, mut rest) = sender.send_request(request, body.is_none()).map_err(failed)?;
        if let Some(body) = body {
            // Where the server doesn't take it, its answer says more.
            let _ = rest.send_data(Bytes::copy_from_slice(body), true);
        }
        let answer = answer.await.map_err(failed)?;
        reply.timing.first_byte_us = Some(self.moment(exchange, reply).0);
        reply.answer.status = answer.status().as_u16();
        let marks = note_headers(answer.headers(), &mut reply.answer);
        let limit = keep_limit(draft.body_wanted, reply.answer.status);
        let mut body = answer.into_body();
        while let Some(data) = body.data().await {
            let data = match data {
                Ok(data) => data,
                // The answer is complete, and the server wants no more of the request (RFC 9113, 8.1).
                Err(error) if error.reason() == Some(Reason::NO_ERROR) => break,
                Err(error) => return Err(failed(error)),
            };
            keep(&mut reply.answer, &data, limit);
            let _ = body.flow_control().release_capacity(data.len());
        }
        let (done_us, unread_us) = self.moment(exchange, reply);
        reply.timing.done_us = done_us;
        exchange.arrivals.count(unread_us);
        Ok(marks)
    }

    /// A draft without its body as a request. Mostly its headers are those of the one before.
    fn request(&self, draft: &Draft, given: Given, cookie: Option<&str>) -> Result<Request<()>, Trouble> {
        let mut last = self.last.borrow_mut();
        // The jar's cookies may have to be put among the draft's own, and they change.
        let (apart, within) = if given.cookie { (None, cookie) } else { (cookie, None) };
        let like = |before: &Alike| {
            before.lines == draft.headers && before.given == given && before.compressed == draft.compressed
        };
        if within.is_some() || !last.as_ref().is_some_and(like) {
            *last = Some(Alike::of(draft, given, within)?);
        }
        let Some(alike) = last.as_ref() else { return Err(head::bad("no headers")) };
        let odd = |error: &dyn std::fmt::Display| head::bad(format!("{}: {error}", draft.url()));
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(if draft.secure { Scheme::HTTPS } else { Scheme::HTTP });
        parts.authority = Some(alike.authority.clone());
        parts.path_and_query = Some(PathAndQuery::try_from(draft.target.as_str()).map_err(|error| odd(&error))?);
        let mut request = Request::new(());
        *request.method_mut() = Method::from_bytes(draft.method.as_bytes()).map_err(|error| odd(&error))?;
        *request.uri_mut() = Uri::from_parts(parts).map_err(|error| odd(&error))?;
        *request.headers_mut() = alike.headers.clone();
        if let Some(jar) = apart {
            request.headers_mut().insert(http::header::COOKIE, cookie_value(jar)?);
        }
        if let (Some(body), false) = (&draft.body, given.length) {
            request.headers_mut().insert(http::header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        }
        Ok(request)
    }

    /// When what was just taken over had come at the latest: other requests' bytes may have come since.
    fn moment(&self, exchange: &Exchange, reply: &Reply) -> (u64, Option<u64>) {
        let arrived_ns = Some(self.counts.arrived_ns.load(Ordering::Relaxed)).filter(|ns| *ns > 0);
        let clock = exchange.clock;
        exchange.arrivals.moment(clock, clock.now_us(), arrived_ns, reply.timing.sent_us)
    }
}

/// Copies headers into an answer, and notes what they ask for.
pub(super) fn note_headers(headers: &HeaderMap, answer: &mut Answer) -> Marks {
    answer.headers.0.clear();
    for (name, value) in headers {
        answer.headers.push(name.as_str().as_bytes(), value.as_bytes());
    }
    Marks {
        cookies: headers.contains_key(http::header::SET_COOKIE),
        coded: headers.contains_key(http::header::CONTENT_ENCODING),
    }
}

/// The header lines of a draft, with those the sender adds; without those about the connection.
pub(super) fn header_map(draft: &Draft, given: Given, cookie: Option<&str>) -> Result<HeaderMap, Trouble> {
    let mut lines = Vec::with_capacity(draft.headers.len() + 128);
    head::put_defaults(&mut lines, draft, given);
    match cookie {
        Some(jar) if given.cookie => head::merge_cookie(&mut lines, &draft.headers, jar),
        _ => lines.extend_from_slice(&draft.headers),
    }
    let mut map = HeaderMap::new();
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let colon = line.iter().position(|byte| *byte == b':').unwrap_or(0);
        let name = HeaderName::from_bytes(&line[..colon]);
        let value = HeaderValue::from_bytes(line[colon..].get(1..).unwrap_or_default().trim_ascii());
        match (name, value) {
            (Ok(name), Ok(value)) => drop(map.append(name, value)),
            _ => return Err(head::bad(format!("the header line {:?} can't be sent", String::from_utf8_lossy(line)))),
        }
    }
    if let (Some(jar), false) = (cookie, given.cookie) {
        map.insert(http::header::COOKIE, cookie_value(jar)?);
    }
    for name in ["keep-alive", "proxy-connection"] {
        map.remove(name);
    }
    for name in [CONNECTION, UPGRADE, TE] {
        map.remove(name);
    }
    Ok(map)
}

fn cookie_value(jar: &str) -> Result<HeaderValue, Trouble> {
    HeaderValue::from_str(jar).map_err(|_| head::bad("a cookie has a character that can't be sent"))
}

impl Alike {
    fn of(draft: &Draft, given: Given, cookie: Option<&str>) -> Result<Self, Trouble> {
        let mut headers = header_map(draft, given, cookie)?;
        let authority = match headers.remove(HOST) {
            Some(host) => Authority::try_from(host.as_bytes()),
            None => Authority::try_from(draft.authority()),
        };
        let authority = authority.map_err(|error| head::bad(format!("{}: {error}", draft.url())))?;
        Ok(Self { lines: draft.headers.clone(), given, compressed: draft.compressed, headers, authority })
    }
}

/// A stream that counts its bytes.
struct Counted {
    stream: Stream,
    counts: Arc<Counts>,
    first: bool,
}

impl Drop for Counted {
    fn drop(&mut self) {
        if self.counts.reset.load(Ordering::Relaxed) {
            self.stream.reset_at_end();
        }
    }
}

impl AsyncRead for Counted {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, into);
        let bytes = &into.filled()[before..];
        if !bytes.is_empty() {
            self.counts.received.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            self.counts.arrived_ns.store(self.stream.arrived_ns().unwrap_or(0), Ordering::Relaxed);
            if std::mem::take(&mut self.first) && bytes.starts_with(b"HTTP/1") {
                self.counts.older.store(true, Ordering::Relaxed);
            }
        }
        read
    }
}

impl AsyncWrite for Counted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        if let Poll::Ready(Ok(count)) = &written {
            self.counts.sent.fetch_add(*count as u64, Ordering::Relaxed);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
