//! One request and its answer on an HTTP/2 connection, which carries several at once. Must not know people or redirects.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{CONNECTION, HOST, HeaderName, HeaderValue, TE, UPGRADE};
use http::{HeaderMap, Request};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http2::{Builder, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tidemark_core::traffic::{Answer, Draft, Reply, Trouble};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::task::AbortHandle;

use super::answer::{keep, keep_limit, malformed};
use super::arrival::Watch;
use super::head::{self, Given};
use super::link::{Link, OpenCount, Origin, Stream};
use super::{Exchange, Marks, fault};

/// A connection of one person to one origin, shared by their requests.
pub(super) struct Http2 {
    pub(super) origin: Origin,
    sender: SendRequest<Full<Bytes>>,
    counts: Arc<Counts>,
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
        let io = TokioIo::new(Counted { stream, counts: Arc::clone(&counts), first: true });
        let handshake = Builder::new(TokioExecutor::new()).handshake(io).await;
        let (sender, connection) = handshake.map_err(|error| fault::http2(&error))?;
        // The driver ends with this connection's last owner; what it says is also said to the requests.
        let driver = tokio::spawn(async move { drop(connection.await) }).abort_handle();
        Ok(Self { origin, sender, counts, driver, _open })
    }

    /// Whether it still takes requests.
    pub(super) fn is_usable(&self) -> bool {
        !self.sender.is_closed() && !self.counts.older.load(Ordering::Relaxed)
    }

    /// Sends a draft and reads its answer into `reply`.
    pub(super) async fn round(
        &self,
        exchange: &Exchange,
        (draft, given): (&Draft, Given),
        cookie: Option<&str>,
        reply: &mut Reply,
    ) -> Result<Marks, Ended> {
        let request = request(draft, given, cookie).map_err(Ended::For)?;
        let done = self.talk(exchange, request, draft.body_wanted, reply).await;
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
        request: Request<Full<Bytes>>,
        body_wanted: bool,
        reply: &mut Reply,
    ) -> Result<Marks, Ended> {
        let mut sender = self.sender.clone();
        sender.ready().await.map_err(|error| Ended::Stale(fault::http2(&error)))?;
        let answer = match sender.send_request(request).await {
            Ok(answer) => answer,
            Err(error) if error.is_canceled() => return Err(Ended::Stale(fault::http2(&error))),
            Err(error) => return Err(Ended::For(fault::http2(&error))),
        };
        reply.timing.first_byte_us = Some(self.moment(exchange, reply).0);
        reply.answer.status = answer.status().as_u16();
        let marks = note_headers(answer.headers(), &mut reply.answer);
        let limit = keep_limit(body_wanted, reply.answer.status);
        let mut body = answer.into_body();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| Ended::For(fault::http2(&error)))?;
            if let Some(data) = frame.data_ref() {
                keep(&mut reply.answer, data, limit);
            }
        }
        let (done_us, unread_us) = self.moment(exchange, reply);
        reply.timing.done_us = done_us;
        exchange.arrivals.count(unread_us);
        Ok(marks)
    }

    /// When what was just taken over had come at the latest: other requests' bytes may have come since.
    fn moment(&self, exchange: &Exchange, reply: &Reply) -> (u64, Option<u64>) {
        let arrived_ns = Some(self.counts.arrived_ns.load(Ordering::Relaxed)).filter(|ns| *ns > 0);
        Watch::moment(exchange.clock, arrived_ns, reply.timing.sent_us)
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
        let value = HeaderValue::from_str(jar).map_err(|_| head::bad("a cookie has a character that can't be sent"))?;
        map.insert(http::header::COOKIE, value);
    }
    for name in ["keep-alive", "proxy-connection"] {
        map.remove(name);
    }
    for name in [CONNECTION, UPGRADE, TE] {
        map.remove(name);
    }
    Ok(map)
}

fn request(draft: &Draft, given: Given, cookie: Option<&str>) -> Result<Request<Full<Bytes>>, Trouble> {
    let mut headers = header_map(draft, given, cookie)?;
    let authority = match headers.remove(HOST) {
        Some(host) => String::from_utf8_lossy(host.as_bytes()).into_owned(),
        None => draft.authority(),
    };
    let scheme = if draft.secure { "https" } else { "http" };
    let body = draft.body.as_ref().map(|body| Bytes::copy_from_slice(body)).unwrap_or_default();
    let built = Request::builder()
        .method(draft.method.as_str())
        .uri(format!("{scheme}://{authority}{}", draft.target))
        .body(Full::new(body));
    let mut request = built.map_err(|error| head::bad(format!("{}: {error}", draft.url())))?;
    *request.headers_mut() = headers;
    Ok(request)
}

/// A stream that counts its bytes.
struct Counted {
    stream: Stream,
    counts: Arc<Counts>,
    first: bool,
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
