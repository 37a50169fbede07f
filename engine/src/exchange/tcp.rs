//! A TCP connection that knows when its last bytes reached this computer. Must not know what they say.
//!
//! On Linux the kernel notes when a packet came in (SO_TIMESTAMPNS), so that an answer's time doesn't contain how long it
//! lay here until the program looked at it. Elsewhere, and where the kernel says nothing, the moment of reading counts.

use std::cell::Cell;
use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::os::fd::AsRawFd;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use nix::sys::socket::{MsgFlags, Shutdown, recv, setsockopt, shutdown, sockopt};
use rustix::net::{SendFlags, send};
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

use crate::clock::Clock;

/// A connection that the other side closed gives an error and no signal. Where there is no such flag, tokio's sockets are
/// made so.
const QUIETLY: SendFlags = if cfg!(target_vendor = "apple") { SendFlags::empty() } else { SendFlags::NOSIGNAL };

/// A connection. A copy is the same one: what waits to be carried to it (see `post`) has a part in it.
#[derive(Clone)]
pub(super) struct Tcp(Rc<Socket>);

struct Socket {
    stream: TcpStream,
    /// Whether the kernel was asked to note arrivals.
    stamped: bool,
    /// When the last bytes came, in nanoseconds since 1970; 0 where the kernel didn't say.
    arrived_ns: Cell<u64>,
    /// Whether the last read took all that there was room for, so that there may be more.
    more: Cell<bool>,
    /// When the last request that was posted went to the kernel, on the run's clock in microseconds.
    left_us: Cell<Option<u64>>,
    /// How many bytes of it did not go.
    unsent: Cell<usize>,
}

impl Tcp {
    /// Connects.
    pub(super) async fn connect(to: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(to).await?;
        // Fails only on a socket that is already dead, which the first write will tell.
        let _ = stream.set_nodelay(true);
        let stamped = stamp::ask_for(&stream);
        Ok(Self(Rc::new(Socket {
            stream,
            stamped,
            arrived_ns: Cell::default(),
            more: Cell::default(),
            left_us: Cell::default(),
            unsent: Cell::default(),
        })))
    }

    /// When the last bytes that were read came to this computer, in nanoseconds since 1970, where the kernel said so.
    pub(super) fn arrived_ns(&self) -> Option<u64> {
        Some(self.0.arrived_ns.get()).filter(|ns| *ns > 0)
    }

    /// Whether the connection is open and nothing has come that wasn't read. Asks the kernel only where it told of something.
    pub(super) fn is_quiet(&self) -> bool {
        let peek = || Ok(recv(self.0.stream.as_raw_fd(), &mut [0], MsgFlags::MSG_PEEK)?);
        let seen = self.0.stream.try_io(Interest::READABLE, peek);
        seen.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }

    /// Resets the connection when it is dropped: it is gone at once on both sides, and its port is free. For connections on
    /// which all is said.
    pub(super) fn reset_at_end(&self) {
        let now = nix::libc::linger { l_onoff: 1, l_linger: 0 };
        // Where the system refuses, the connection is closed as usual.
        let _ = setsockopt(&self.0.stream, sockopt::Linger, &now);
    }

    /// A request of so many bytes is to be carried here.
    pub(super) fn is_posted(&self, bytes: usize) {
        self.0.left_us.set(None);
        self.0.unsent.set(bytes);
    }

    /// Hands a posted request to the kernel; what it didn't take and may take later.
    pub(super) fn send_posted<'a>(&self, clock: Clock, bytes: &'a [u8]) -> &'a [u8] {
        self.0.left_us.set(Some(clock.now_us()));
        let rest = match self.try_write(bytes) {
            Ok(count) => &bytes[count..],
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => bytes,
            // Whoever waits for the answer is told by the kernel as well.
            Err(_) => return &[],
        };
        self.0.unsent.set(rest.len());
        rest
    }

    /// When the last posted request went to the kernel, in microseconds on the run's clock.
    pub(super) fn left_us(&self) -> Option<u64> {
        self.0.left_us.get()
    }

    /// How many bytes of the last posted request the kernel did not take.
    pub(super) fn unsent(&self) -> usize {
        self.0.unsent.get()
    }

    pub(super) fn set_unsent(&self, bytes: usize) {
        self.0.unsent.set(bytes);
    }

    /// Whether nobody else has a part in it.
    pub(super) fn is_nobodys(&self) -> bool {
        Rc::strong_count(&self.0) == 1
    }

    /// Writes what the kernel takes at once.
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        let stream = &self.0.stream;
        stream.try_io(Interest::WRITABLE, || Ok(send(stream, bytes, QUIETLY)?))
    }

    /// Writes as much as there is room for.
    pub(super) fn poll_write_some(&self, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        loop {
            match self.try_write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => ready!(self.0.stream.poll_write_ready(cx))?,
                // All that fits: nothing else has to be asked for before it is told that there is room again.
                done => return Poll::Ready(done),
            }
        }
    }

    /// One read, without waiting; `None` where there is nothing to be read.
    fn read_now(&self, into: &mut [u8]) -> io::Result<Option<usize>> {
        let (mut got, socket) = (None, &*self.0);
        let read = || {
            let (count, arrived_ns) = match socket.stamped {
                true => stamp::read(&socket.stream, into)?,
                false => (recv(socket.stream.as_raw_fd(), into, MsgFlags::empty())?, 0),
            };
            socket.arrived_ns.set(arrived_ns);
            socket.more.set(count == into.len());
            got = Some(count);
            // A short read emptied the socket: the kernel tells when more comes, and asking would cost a call.
            if count > 0 && count < into.len() { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(()) }
        };
        match socket.stream.try_io(Interest::READABLE, read) {
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => Err(error),
            _ => Ok(got),
        }
    }
}

impl AsyncRead for Tcp {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        // A first look costs less than being told. Where there is no end of bytes the runtime has its say, so that others have
        // their turn.
        if self.0.more.get() {
            ready!(self.0.stream.poll_read_ready(cx))?;
        }
        loop {
            match self.read_now(into.initialize_unfilled()) {
                Ok(Some(count)) => {
                    into.advance(count);
                    return Poll::Ready(Ok(()));
                }
                Ok(None) => ready!(self.0.stream.poll_read_ready(cx))?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Tcp {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_some(cx, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        loop {
            match self.0.stream.try_write_vectored(parts) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => ready!(self.0.stream.poll_write_ready(cx))?,
                done => return Poll::Ready(done),
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(shutdown(self.0.stream.as_raw_fd(), Shutdown::Write)?))
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
mod stamp {
    use std::io::{self, IoSliceMut};
    use std::os::fd::AsRawFd;

    use nix::sys::socket::{ControlMessageOwned, MsgFlags, recvmsg, setsockopt, sockopt};
    use nix::sys::time::TimeSpec;
    use tokio::net::TcpStream;

    thread_local! {
        /// Room for what the kernel says beside the bytes.
        static BESIDE: std::cell::RefCell<Vec<u8>> = std::cell::RefCell::new(nix::cmsg_space!(TimeSpec));
    }

    /// Asks the kernel to note when packets come; whether it will.
    pub(super) fn ask_for(socket: &TcpStream) -> bool {
        setsockopt(socket, sockopt::ReceiveTimestampns, &true).is_ok()
    }

    /// Reads; the count, and when the last of it came in nanoseconds since 1970, or 0.
    pub(super) fn read(socket: &TcpStream, into: &mut [u8]) -> io::Result<(usize, u64)> {
        BESIDE.with_borrow_mut(|beside| {
            let mut room = [IoSliceMut::new(into)];
            let got = recvmsg::<()>(socket.as_raw_fd(), &mut room, Some(beside), MsgFlags::empty())?;
            let arrived = got.cmsgs().ok().and_then(|mut all| {
                all.find_map(|beside| match beside {
                    ControlMessageOwned::ScmTimestampns(at) => Some(at),
                    _ => None,
                })
            });
            let ns = |at: TimeSpec| at.tv_sec() as u64 * 1_000_000_000 + at.tv_nsec() as u64;
            Ok((got.bytes, arrived.map_or(0, ns)))
        })
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod stamp {
    use std::io;
    use std::os::fd::AsRawFd;

    use nix::sys::socket::{MsgFlags, recv};
    use tokio::net::TcpStream;

    /// No such thing here.
    pub(super) fn ask_for(_: &TcpStream) -> bool {
        false
    }

    pub(super) fn read(socket: &TcpStream, into: &mut [u8]) -> io::Result<(usize, u64)> {
        Ok((recv(socket.as_raw_fd(), into, MsgFlags::empty())?, 0))
    }
}
