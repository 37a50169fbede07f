//! A TCP connection that knows when its last bytes reached this computer. Must not know what they say.
//!
//! On Linux the kernel notes when a packet came in (SO_TIMESTAMPNS), so that an answer's time doesn't contain how long it
//! lay here until the program looked at it. Elsewhere, and where the kernel says nothing, the moment of reading counts.

use std::cell::Cell;
use std::io::{self, IoSlice, Write};
use std::net::{Shutdown, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use nix::sys::socket::{setsockopt, sockopt};
use tokio::io::unix::AsyncFd;
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

/// A connection.
pub(super) struct Tcp {
    socket: AsyncFd<std::net::TcpStream>,
    /// Whether the kernel was asked to note arrivals.
    stamped: bool,
    /// When the last bytes came, in nanoseconds since 1970; 0 where the kernel didn't say.
    arrived_ns: Cell<u64>,
}

impl Tcp {
    /// Connects.
    #[expect(
        deprecated,
        reason = "the successor is unsafe; what it asks for holds: `Tcp` owns one open socket for ever"
    )]
    pub(super) async fn connect(to: SocketAddr) -> io::Result<Self> {
        let socket = TcpStream::connect(to).await?.into_std()?;
        // Fails only on a socket that is already dead, which the first write will tell.
        let _ = socket.set_nodelay(true);
        let stamped = stamp::ask_for(&socket);
        Ok(Self { socket: AsyncFd::new(socket)?, stamped, arrived_ns: Cell::new(0) })
    }

    /// When the last bytes that were read came to this computer, in nanoseconds since 1970, where the kernel said so.
    pub(super) fn arrived_ns(&self) -> Option<u64> {
        Some(self.arrived_ns.get()).filter(|ns| *ns > 0)
    }

    /// Whether the connection is open and nothing has come that wasn't read. Asks the kernel only where it told of something.
    pub(super) fn is_quiet(&self) -> bool {
        let seen = self.socket.try_io(Interest::READABLE, |socket| socket.peek(&mut [0]));
        seen.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }

    /// Resets the connection when it is dropped: it is gone at once on both sides, and its port is free. For connections on
    /// which all is said.
    pub(super) fn reset_at_end(&self) {
        let now = nix::libc::linger { l_onoff: 1, l_linger: 0 };
        // Where the system refuses, the connection is closed as usual.
        let _ = setsockopt(self.socket.get_ref(), sockopt::Linger, &now);
    }

    /// One read, without waiting.
    fn read_now(&self, into: &mut [u8]) -> io::Result<usize> {
        if self.stamped {
            let (count, arrived_ns) = stamp::read(self.socket.get_ref(), into)?;
            self.arrived_ns.set(arrived_ns);
            return Ok(count);
        }
        io::Read::read(&mut self.socket.get_ref(), into)
    }

    /// Writes as soon as the kernel takes something.
    fn poll_write_with(
        &self,
        cx: &mut Context<'_>,
        write: impl Fn(&mut &std::net::TcpStream) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            let mut ready = ready!(self.socket.poll_write_ready(cx))?;
            match ready.try_io(|socket| write(&mut socket.get_ref())) {
                Ok(Err(error)) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(done) => return Poll::Ready(done),
                Err(_) => {}
            }
        }
    }
}

impl AsyncRead for Tcp {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        loop {
            let mut ready = ready!(self.socket.poll_read_ready(cx))?;
            let room = into.initialize_unfilled();
            let length = room.len();
            match self.read_now(room) {
                Ok(count) => {
                    // A short read emptied the socket: the kernel tells when more comes, and asking would cost a call.
                    if count > 0 && count < length {
                        ready.clear_ready();
                    }
                    into.advance(count);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => ready.clear_ready(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Tcp {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_with(cx, |socket| socket.write(bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_with(cx, |socket| socket.write_vectored(parts))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.socket.get_ref().shutdown(Shutdown::Write))
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
mod stamp {
    use std::io::{self, IoSliceMut};
    use std::net::TcpStream;
    use std::os::fd::AsRawFd;

    use nix::sys::socket::{ControlMessageOwned, MsgFlags, recvmsg, setsockopt, sockopt};
    use nix::sys::time::TimeSpec;

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
    use std::io::{self, Read};
    use std::net::TcpStream;

    /// No such thing here.
    pub(super) fn ask_for(_: &TcpStream) -> bool {
        false
    }

    pub(super) fn read(mut socket: &TcpStream, into: &mut [u8]) -> io::Result<(usize, u64)> {
        Ok((socket.read(into)?, 0))
    }
}
