//! One request and its answer on an HTTP/1.1 connection: the hot path. Must not know people, cookies or redirects.
//!
//! A waiting connection owns no buffers: bytes are read into the worker's one buffer and taken apart at once, and the
//! request is written from the worker's other one, of which a rest is copied only if the kernel doesn't take it all.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tidemark_core::traffic::{Draft, Reply, Trouble};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use super::answer::Reader;
use super::head::{self, Given};
use super::link::Stream;
use super::tcp::Tcp;
use super::{Exchange, Marks, Reading, fault};
use crate::alarm::after_the_others;

/// Bodies up to this size (bytes) go out in one write with the head.
const JOINED: usize = 16 * 1024;

/// What is still to be written.
struct Rest<'a> {
    /// Bytes the kernel did not take at first, and how many of them it took since.
    head: Vec<u8>,
    sent: usize,
    body: &'a [u8],
    flushed: bool,
    /// Writing ended early; the answer may have come nevertheless.
    broken: bool,
}

/// What became of a connection and what the answer's headers ask for.
pub(super) struct Ended {
    /// Whether the connection can be used again.
    pub(super) stays_open: bool,
    pub(super) marks: Marks,
    /// When it was read.
    pub(super) seen: Option<Instant>,
}

/// One request on a connection.
struct Round<'a> {
    exchange: &'a Exchange,
    draft: &'a Draft,
    given: Given,
    cookie: Option<&'a str>,
    rest: Option<Rest<'a>>,
    reader: Reader,
    /// Whether the request leaves together with those of others.
    posted: bool,
    /// When the last bytes were read.
    seen: Option<Instant>,
}

/// Sends a draft and reads its answer into `reply`, on a connection of which nothing is left to be read. Where it goes
/// `together` with others, it leaves when everybody else had their turn.
pub(super) async fn round(
    exchange: &Exchange,
    stream: &mut Stream,
    (draft, given): (&Draft, Given),
    cookie: Option<&str>,
    reply: &mut Reply,
    together: bool,
) -> Result<Ended, Trouble> {
    let small = draft.body.as_ref().is_none_or(|body| body.len() <= JOINED);
    let posted = together && small && stream.plain().is_some();
    if together && !posted {
        after_the_others().await;
        reply.timing.sent_us = exchange.clock.now_us();
    }
    let reader = Reader::new(&draft.method, draft.body_wanted);
    let mut round = Round { exchange, draft, given, cookie, rest: None, reader, posted, seen: None };
    poll_fn(|cx| round.poll(cx, stream, reply)).await
}

impl<'a> Round<'a> {
    fn poll(&mut self, cx: &mut Context<'_>, stream: &mut Stream, reply: &mut Reply) -> Poll<Result<Ended, Trouble>> {
        let written = match &mut self.rest {
            Some(rest) => rest.write(cx, stream, reply),
            None => {
                let mut rest = match self.posted_on(stream) {
                    Some(tcp) => self.post(tcp, reply),
                    None => self.write_first(cx, stream, reply),
                };
                let written = rest.write(cx, stream, reply);
                self.rest = Some(rest);
                written
            }
        };
        if !written {
            self.exchange.hurry();
        }
        let read = ready!(self.read(cx, stream, reply));
        let unsent = self.posted_on(stream).map_or(0, Tcp::unsent);
        reply.bytes_out -= unsent as u64;
        let stays_open = read? && written && unsent == 0 && !self.given.close;
        Poll::Ready(Ok(Ended { stays_open, marks: self.reader.marks(), seen: self.seen }))
    }

    /// The connection, where the request was left to others to carry.
    fn posted_on<'s>(&self, stream: &'s Stream) -> Option<&'s Tcp> {
        stream.plain().filter(|_| self.posted)
    }

    /// Leaves the request to be carried with those of others.
    fn post(&self, tcp: &Tcp, reply: &mut Reply) -> Rest<'a> {
        let bytes = self.exchange.post.take(tcp, |out| {
            self.build(out);
        });
        reply.bytes_out += bytes as u64;
        Rest { head: Vec::new(), sent: 0, body: &[], flushed: true, broken: false }
    }

    /// Writes the head behind whatever `out` holds, and the body where it is short; what is left of it.
    fn build(&self, out: &mut Vec<u8>) -> &'a [u8] {
        head::write(out, self.draft, self.given, self.cookie, &self.exchange.forms.borrow());
        let body = self.draft.body.as_deref().unwrap_or_default();
        if body.len() > JOINED {
            return body;
        }
        out.extend_from_slice(body);
        &[]
    }

    /// Builds the request in the worker's buffer and offers it to the kernel; what it doesn't take is the rest.
    fn write_first(&self, cx: &mut Context<'_>, stream: &mut Stream, reply: &mut Reply) -> Rest<'a> {
        let mut out = self.exchange.output.borrow_mut();
        out.clear();
        let body = self.build(&mut out);
        let mut rest = Rest { head: Vec::new(), sent: 0, body, flushed: false, broken: false };
        match Pin::new(stream).poll_write(cx, &out) {
            Poll::Ready(Ok(count)) => {
                reply.bytes_out += count as u64;
                rest.head.extend_from_slice(&out[count..]);
            }
            Poll::Ready(Err(_)) => rest.broken = true,
            Poll::Pending => rest.head.extend_from_slice(&out),
        }
        rest
    }

    /// Reads until the answer is complete; says whether the connection stays open.
    fn read(&mut self, cx: &mut Context<'_>, stream: &mut Stream, reply: &mut Reply) -> Poll<Result<bool, Trouble>> {
        let mut buffer = self.exchange.reading.input.borrow_mut();
        loop {
            let mut into = ReadBuf::new(&mut buffer);
            let got = ready!(Pin::new(&mut *stream).poll_read(cx, &mut into));
            if let Some(left_us) = self.posted_on(stream).and_then(Tcp::left_us) {
                reply.timing.sent_us = left_us;
            }
            match got {
                Ok(()) => {}
                // TLS servers often leave without a word; where the length is known, that is noticed anyway.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {}
                Err(error) => return Poll::Ready(Err(fault::talking(&error))),
            }
            let bytes = into.filled();
            let Reading { clock, arrivals, hurried_us, .. } = &*self.exchange.reading;
            let seen = Instant::now();
            self.seen = Some(seen);
            reply.seen_us = clock.us_of(seen);
            let (now, unread_us) = arrivals.moment(*clock, reply.seen_us, stream.arrived_ns(), reply.timing.sent_us);
            reply.timing.done_us = now;
            if unread_us.is_none() {
                hurried_us.set(now);
            }
            if bytes.is_empty() {
                return Poll::Ready(self.reader.end().map(|()| false));
            }
            reply.bytes_in += bytes.len() as u64;
            let used = self.reader.feed(bytes, &mut reply.answer, &mut self.exchange.heads.borrow_mut())?;
            let first = &mut reply.timing.first_byte_us;
            *first = if self.reader.has_started() { first.or(Some(now)) } else { None };
            if self.reader.is_done() {
                arrivals.count(unread_us);
                // Bytes behind the answer belong to nothing that was asked.
                return Poll::Ready(Ok(self.reader.stays_open() && used == bytes.len()));
            }
            self.exchange.hurry();
        }
    }
}

impl Rest<'_> {
    /// Writes as much as the kernel takes; says whether all is written.
    fn write(&mut self, cx: &mut Context<'_>, stream: &mut Stream, reply: &mut Reply) -> bool {
        while !self.broken && !self.flushed {
            let mut stream = Pin::new(&mut *stream);
            let (bytes, in_head) = match &self.head[self.sent..] {
                [] => (self.body, false),
                head => (head, true),
            };
            if bytes.is_empty() {
                match stream.as_mut().poll_flush(cx) {
                    Poll::Ready(Ok(())) => self.flushed = true,
                    Poll::Ready(Err(_)) => self.broken = true,
                    Poll::Pending => return false,
                }
                continue;
            }
            match stream.as_mut().poll_write(cx, bytes) {
                Poll::Ready(Ok(0) | Err(_)) => self.broken = true,
                Poll::Ready(Ok(count)) => {
                    reply.bytes_out += count as u64;
                    if in_head { self.sent += count } else { self.body = &self.body[count..] }
                }
                Poll::Pending => return false,
            }
        }
        self.flushed
    }
}
