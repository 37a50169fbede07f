//! Moves the bytes of an HTTP/2 connection for all who have requests on it. Must not know what they mean.

use std::cell::{Cell, RefCell};
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::super::link::Stream;
use super::super::{Reading, fault};
use super::talk::{Moment, Talk};

/// Writes what is to be written, and reads what comes.
pub(super) struct Driver {
    pub(super) stream: Stream,
    pub(super) talk: Rc<RefCell<Talk>>,
    pub(super) reading: Rc<Reading>,
    /// Whether the connection is to be reset when it ends, instead of closed.
    pub(super) reset: Rc<Cell<bool>>,
    /// Nothing more can be written; an answer may have come nevertheless.
    pub(super) broken: bool,
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.reset.get() {
            self.stream.reset_at_end();
        }
    }
}

impl Driver {
    /// Ready when the connection is over.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let ended = self.read(cx);
        self.write(cx);
        let mut talk = self.talk.borrow_mut();
        let said = talk.to_write().is_empty() || self.broken;
        if ended || (talk.is_over() && said) || (talk.leaves().is_some() && talk.is_idle() && said) {
            return Poll::Ready(());
        }
        talk.wait(cx.waker());
        Poll::Pending
    }

    /// Reads all there is; whether it was the end.
    fn read(&mut self, cx: &mut Context<'_>) -> bool {
        let mut buffer = self.reading.input.borrow_mut();
        loop {
            let mut into = ReadBuf::new(&mut buffer);
            let trouble = match Pin::new(&mut self.stream).poll_read(cx, &mut into) {
                Poll::Pending => return false,
                Poll::Ready(Ok(())) if !into.filled().is_empty() => {
                    let now_us = self.reading.clock.now_us();
                    let arrived_ns = self.stream.arrived_ns();
                    let (us, unread_us) = self.reading.arrivals.moment(self.reading.clock, now_us, arrived_ns, 0);
                    self.talk.borrow_mut().feed(into.filled(), Moment { us, told: unread_us.is_some() });
                    continue;
                }
                // TLS servers often leave without a word.
                Poll::Ready(Err(error)) if error.kind() != io::ErrorKind::UnexpectedEof => fault::talking(&error),
                Poll::Ready(_) => fault::left_http2(),
            };
            self.talk.borrow_mut().end(trouble);
            return true;
        }
    }

    /// Writes as much as the kernel takes.
    fn write(&mut self, cx: &mut Context<'_>) {
        let mut talk = self.talk.borrow_mut();
        let mut error = None;
        while !self.broken && error.is_none() && !talk.to_write().is_empty() {
            match Pin::new(&mut self.stream).poll_write(cx, talk.to_write()) {
                Poll::Ready(Ok(count)) if count > 0 => talk.wrote(count),
                Poll::Ready(Ok(_)) => error = Some(io::ErrorKind::WriteZero.into()),
                Poll::Ready(Err(why)) => error = Some(why),
                Poll::Pending => break,
            }
        }
        // What can't be flushed now is when there is room: this is asked again with every turn.
        if !self.broken
            && let Poll::Ready(Err(why)) = Pin::new(&mut self.stream).poll_flush(cx)
        {
            error = Some(why);
        }
        if let Some(error) = error {
            self.broken = true;
            talk.cut(fault::talking(&error));
        }
    }
}
