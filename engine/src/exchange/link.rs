//! One connection's byte stream, plain or TLS, and the making of it. Must not know what is said on it.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use tidemark_core::traffic::{Draft, HttpVersion, Kind, Timing, Trouble};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::client::TlsStream;

use super::tcp::Tcp;
use super::{Exchange, fault};

/// Bytes in and out.
pub(super) enum Stream {
    Plain(Tcp),
    Secure(Box<TlsStream<Tcp>>),
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(cx, into),
            Self::Secure(stream) => Pin::new(&mut **stream).poll_read(cx, into),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Secure(stream) => Pin::new(&mut **stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(_) => Poll::Ready(Ok(())),
            Self::Secure(stream) => Pin::new(&mut **stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Secure(stream) => Pin::new(&mut **stream).poll_shutdown(cx),
        }
    }
}

impl Stream {
    /// Whether an idle connection is still open and nothing has come on it that nobody asked for.
    pub(super) async fn is_quiet(&mut self) -> bool {
        if let Self::Plain(stream) = self {
            return stream.is_quiet();
        }
        let mut byte = [0];
        let mut into = ReadBuf::new(&mut byte);
        std::future::poll_fn(|cx| Poll::Ready(Pin::new(&mut *self).poll_read(cx, &mut into).is_pending())).await
    }

    /// When the last bytes that were read came to this computer, in nanoseconds since 1970, where the kernel said so.
    pub(super) fn arrived_ns(&self) -> Option<u64> {
        match self {
            Self::Plain(stream) => stream.arrived_ns(),
            Self::Secure(stream) => stream.get_ref().0.arrived_ns(),
        }
    }

    /// Resets the connection when it is dropped, instead of closing it.
    pub(super) fn reset_at_end(&self) {
        match self {
            Self::Plain(stream) => stream.reset_at_end(),
            Self::Secure(stream) => stream.get_ref().0.reset_at_end(),
        }
    }

    /// The connection, where what is written to it goes out as it is.
    pub(super) fn plain(&self) -> Option<&Tcp> {
        match self {
            Self::Plain(tcp) => Some(tcp),
            Self::Secure(_) => None,
        }
    }

    /// Whether TLS agreed on HTTP/2.
    pub(super) fn speaks_http2(&self) -> bool {
        match self {
            Self::Plain(_) => false,
            Self::Secure(stream) => stream.get_ref().1.alpn_protocol() == Some(b"h2"),
        }
    }
}

/// Where a connection leads: what it can be used again for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    /// One text for all who are connected to the same host.
    pub(super) host: Rc<str>,
    pub(super) port: u16,
    pub(super) secure: bool,
}

impl Origin {
    pub(super) fn of(draft: &Draft) -> Self {
        Self { host: shared(&draft.host), port: draft.port, secure: draft.secure }
    }

    pub(super) fn fits(&self, draft: &Draft) -> bool {
        self.port == draft.port && self.secure == draft.secure && *self.host == *draft.host
    }
}

/// So many hosts are remembered by each worker.
const HOSTS: usize = 64;

/// A host's name of which everybody on this thread has a part: each to look at their own would cost more than comparing.
fn shared(host: &str) -> Rc<str> {
    thread_local! {
        static KNOWN: RefCell<Vec<Rc<str>>> = const { RefCell::new(Vec::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(found) = known.iter().find(|known| ***known == *host) {
            return Rc::clone(found);
        }
        let host: Rc<str> = host.into();
        if known.len() < HOSTS {
            known.push(Rc::clone(&host));
        }
        host
    })
}

/// Counts one more for as long as it lives.
pub(super) struct Counted(Rc<Cell<usize>>);

impl Counted {
    pub(super) fn new(count: &Rc<Cell<usize>>) -> Self {
        count.set(count.get() + 1);
        Self(Rc::clone(count))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

/// A connection of one person to one origin.
pub(super) struct Link {
    pub(super) origin: Origin,
    /// Which version was asked for when it was made.
    pub(super) version: HttpVersion,
    pub(super) stream: Stream,
    pub(super) _open: Counted,
}

impl Link {
    /// Whether it can carry a draft over HTTP/1.1: not where HTTP/2 might have been agreed on instead.
    pub(super) fn fits(&self, draft: &Draft) -> bool {
        self.origin.fits(draft)
            && match draft.version {
                HttpVersion::Auto => !draft.secure || self.version == HttpVersion::Auto,
                HttpVersion::Http1 => true,
                HttpVersion::Http2 => false,
            }
    }
}

impl Exchange {
    /// Connects (and shakes hands) for a draft, within the limit for connecting.
    pub(super) async fn connect(&self, draft: &Draft, timing: &mut Timing) -> Result<Link, Trouble> {
        let deadline = Instant::now() + self.connect_limit;
        let _connecting = Counted::new(&self.connecting);
        let started = self.clock.now_us();
        let origin = Origin::of(draft);
        let tcp = timeout_at(deadline, self.dial(&draft.host, draft.port, deadline)).await;
        let tcp = tcp.map_err(|_| self.too_slow(&draft.host))??;
        let open = Counted::new(&self.open);
        let connected = self.clock.now_us();
        timing.connect_us = Some(sum(timing.connect_us, connected - started));
        if !draft.secure {
            return Ok(Link { origin, version: draft.version, stream: Stream::Plain(tcp), _open: open });
        }
        let tls = self.tls.connect(&draft.host, draft.version, tcp);
        let stream = timeout_at(deadline, tls).await.map_err(|_| self.too_slow(&draft.host))??;
        timing.tls_us = Some(sum(timing.tls_us, self.clock.now_us() - connected));
        let stream = Stream::Secure(Box::new(stream));
        if draft.version == HttpVersion::Http2 && !stream.speaks_http2() {
            return Err(Trouble::new(Kind::Tls, format!("{} does not offer HTTP/2", draft.host)));
        }
        Ok(Link { origin, version: draft.version, stream, _open: open })
    }

    fn too_slow(&self, host: &str) -> Trouble {
        let limit = tidemark_core::units::Span::from_us(self.connect_limit.as_micros() as u64);
        Trouble::new(Kind::ConnectTimeout, format!("no connection to {host} within {limit}"))
    }

    /// Tries the addresses of a host in order; each gets its share of what is left of the time.
    async fn dial(&self, host: &str, port: u16, deadline: Instant) -> Result<Tcp, Trouble> {
        let addrs = self.names.find(host).await?;
        let mut last = None;
        for (at, addr) in addrs.iter().enumerate() {
            self.guard.check(host, *addr)?;
            let left = deadline.saturating_duration_since(Instant::now());
            let share = (left / (addrs.len() - at) as u32).max(Duration::from_millis(1));
            match timeout_at(Instant::now() + share, dial_one(host, *addr, port)).await {
                Ok(Ok(stream)) => return Ok(stream),
                // "No room" goes on too: so says a computer without IPv6 of every IPv6 address.
                Ok(Err(trouble)) => last = Some(trouble),
                Err(_) => last = Some(self.too_slow(host)),
            }
        }
        Err(last.unwrap_or_else(|| Trouble::new(Kind::NameNotFound, format!("the name {host} has no address"))))
    }
}

async fn dial_one(host: &str, addr: IpAddr, port: u16) -> Result<Tcp, Trouble> {
    let at = SocketAddr::new(addr, port);
    let place = || if host.parse() == Ok(addr) { at.to_string() } else { format!("{host}:{port} ({addr})") };
    Tcp::connect(at).await.map_err(|error| fault::connecting(&error, &place()))
}

/// Adds up phases over the hops of one request.
fn sum(before: Option<u32>, us: u64) -> u32 {
    before.unwrap_or(0).saturating_add(u32::try_from(us).unwrap_or(u32::MAX))
}
