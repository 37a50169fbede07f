//! Connections: listening, accepting whatever happens, serving HTTP/1.1 or HTTP/2 as the other side begins, closing
//! politely. It must not know routes or knobs.

use std::{
    future::{Future, poll_fn},
    io,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    task::Poll,
    time::Duration,
};

use hyper::service::service_fn;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
    time,
};

use crate::shop::Inside;

/// How many connections may wait to be accepted; thousands of people may arrive in one instant.
const BACKLOG: u32 = 8192;
/// How long requests under way may take once the shop closes.
const GRACE: Duration = Duration::from_secs(2);
/// How long to wait when no connection can be accepted, for example for want of file handles.
const BREATH: Duration = Duration::from_millis(10);

/// The listening side of a shop.
pub(crate) struct Door {
    closing: watch::Sender<bool>,
    accepting: JoinHandle<()>,
}

/// The other side of a connection.
pub(crate) struct Caller {
    connection: u64,
    peer: SocketAddr,
    doomed: AtomicBool,
    /// The visitor last seen on this connection; 0 when none was.
    visitor: AtomicU64,
}

impl Door {
    /// Listens, and serves from then on; says at which address.
    ///
    /// # Errors
    /// The address can't be listened on.
    pub(crate) fn open(addr: SocketAddr, inside: Arc<Inside>) -> io::Result<(SocketAddr, Door)> {
        let socket = if addr.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // Lets a shop be opened again at the same port at once; not on Windows, where it would let two listen.
        #[cfg(not(windows))]
        socket.set_reuseaddr(true)?;
        socket.bind(addr)?;
        let listener = socket.listen(BACKLOG)?;
        let addr = listener.local_addr()?;
        let (closing, closed) = watch::channel(false);
        let accepting = tokio::spawn(accept(listener, inside, closed));
        Ok((addr, Door { closing, accepting }))
    }

    /// Closes, giving requests under way their time.
    pub(crate) async fn close(mut self) {
        self.closing.send_replace(true);
        // The accepting task ends in bounded time and can't fail in a way that matters once it is over.
        let _ = (&mut self.accepting).await;
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        // Ends the connections too: they are owned by the accepting task.
        self.accepting.abort();
    }
}

impl Caller {
    /// A number for who is asking: the visitor shown, or the one last seen on this connection, or the connection.
    pub(crate) fn who(&self, visitor: Option<u64>) -> u64 {
        match visitor {
            Some(number) => self.visitor.store(number, Relaxed),
            None if self.visitor.load(Relaxed) == 0 => return self.connection << 1 | 1,
            None => {}
        }
        self.visitor.load(Relaxed) << 1
    }

    /// Closes this connection without any further answer.
    pub(crate) fn doom(&self) {
        self.doomed.store(true, Relaxed);
    }

    /// Whether the other side is on this computer.
    pub(crate) fn is_near(&self) -> bool {
        self.peer.ip().to_canonical().is_loopback()
    }
}

async fn accept(listener: TcpListener, inside: Arc<Inside>, mut closed: watch::Receiver<bool>) {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().pipeline_flush(true);
    builder.http2().max_concurrent_streams(1024);
    let builder = Arc::new(builder);
    let mut connections = JoinSet::new();
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(_) => {
                    inside.counters.accept_errors.fetch_add(1, Relaxed);
                    // Connections that end meanwhile give their handles back.
                    time::sleep(BREATH).await;
                    continue;
                }
            },
            Some(_) = connections.join_next() => continue,
            _ = closed.changed() => break,
        };
        let connection = inside.counters.connections.fetch_add(1, Relaxed) + 1;
        let caller = Caller { connection, peer, doomed: AtomicBool::new(false), visitor: AtomicU64::new(0) };
        connections.spawn(serve(stream, Arc::new(caller), Arc::clone(&inside), Arc::clone(&builder), closed.clone()));
    }
    drop(listener);
    // Whoever is not done by then is cut off when the set is dropped.
    let _ = time::timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
    connections.shutdown().await;
}

/// Counts a connection out, however its task ends.
struct Open(Arc<Inside>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.counters.closed.fetch_add(1, Relaxed);
    }
}

async fn serve(
    stream: TcpStream,
    caller: Arc<Caller>,
    inside: Arc<Inside>,
    builder: Arc<auto::Builder<TokioExecutor>>,
    mut closed: watch::Receiver<bool>,
) {
    let _open = Open(Arc::clone(&inside));
    // Small answers must not wait for an acknowledgement; if this fails the connection is broken anyway.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let (inside, caller) = (Arc::clone(&inside), Arc::clone(&caller));
        async move { inside.serve(&caller, request).await }
    });
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let mut closing = pin!(closed.changed());
    let mut told = false;
    let end = poll_fn(|context| {
        loop {
            // Asked before the connection is polled, so that nothing is written once it is doomed.
            if caller.doomed.load(Relaxed) {
                return Poll::Ready(Ok(()));
            }
            if let Poll::Ready(end) = connection.as_mut().poll(context) {
                return Poll::Ready(end);
            }
            if told || closing.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            told = true;
            connection.as_mut().graceful_shutdown();
        }
    });
    let not_http = |error: &hyper::Error| error.is_parse();
    if end.await.is_err_and(|error| error.downcast_ref().is_some_and(not_http)) {
        inside.counters.malformed.fetch_add(1, Relaxed);
    }
}

#[cfg(test)]
mod tests;
