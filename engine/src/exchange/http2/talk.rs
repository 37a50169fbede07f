//! All that is said on one HTTP/2 connection, as bytes in and bytes out: its requests, frames and windows (RFC 9113).
//! Must not know sockets, people or clocks.

mod answers;
mod control;

use std::collections::HashMap;
use std::task::{Context, Poll, Waker};

use tidemark_core::traffic::{Answer, Draft, Kind, Trouble};

use super::super::Marks;
use super::super::answer::malformed;
use super::super::head::Given;
use super::Ended;
use super::fields::{Common, HEADER_LIMIT, Headings};
use super::frame::{self, Broken, Code, Head, broken, setting};

/// How much may come unasked for, in bytes: of one answer, and of all on a connection.
const WINDOWS: (u32, u32) = (2 << 20, 5 << 20);
/// What a connection's windows hold before anybody says otherwise.
const FIRST_WINDOW: u32 = 65_535;
/// So many requests at once until the other side says how many it takes.
const FIRST_STREAMS: usize = 100;
/// So much of the bodies waits to be written at most, in bytes.
const WAITING: usize = 256 * 1024;
/// The other side may make us owe it so many bytes of acknowledgements that it doesn't read.
const OWED: usize = 1 << 20;
/// Stream numbers end here.
const LAST_STREAM: u32 = 0x7fff_fffd;

/// When bytes came, in microseconds on the run's clock, and whether the kernel said so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) us: u64,
    pub(super) told: bool,
}

/// One request and as much of its answer as there is.
pub(super) struct Request {
    pub(super) answer: Answer,
    pub(super) marks: Marks,
    /// When the final answer began.
    pub(super) first: Option<Moment>,
    pub(super) end: Option<Result<Moment, Ended>>,
    to_head: bool,
    body_wanted: bool,
    length: Option<u64>,
    /// How much the other side was sent and not yet allowed to send again.
    taken: u32,
    /// What is left of the request's body, and how much of it the other side takes.
    body: Vec<u8>,
    sent: usize,
    window: i64,
    /// How many bytes went over the connection before it.
    begins_at: u64,
    waker: Option<Waker>,
}

/// What is said on a connection.
pub(super) struct Talk {
    out: Vec<u8>,
    /// How many bytes of `out` were written, and how many before it.
    gone: usize,
    written: u64,
    requests: HashMap<u32, Request>,
    /// Those of them that have no end yet.
    active: usize,
    next: u32,
    common: Common,
    headings: Headings,
    /// A frame of which not all came.
    piece: Vec<u8>,
    /// Headers of a stream that go on in the next frame, and whether its answer ends with them.
    block: Option<(u32, bool, Vec<u8>)>,
    /// A request's headers on their way into frames.
    scratch: Vec<u8>,
    settled: bool,
    taken: u32,
    window: i64,
    first_window: i64,
    /// Bytes of acknowledgements among what is to be written.
    owed: usize,
    streams: usize,
    /// Those who wait until another request may be sent.
    queue: Vec<Waker>,
    /// Requests with a body that isn't all sent.
    bodies: Vec<u32>,
    /// The other side's goodbye.
    goodbye: Option<Trouble>,
    /// Why nothing more is said.
    over: Option<Trouble>,
    /// Whoever writes and reads, while there is nothing to do.
    driver: Option<Waker>,
    /// Bytes that went over the connection and that no request has claimed yet. Requests share frames with the connection's
    /// own, so each takes what came up since the last one ended: the sum over all requests is exact.
    pub(super) bytes_out: u64,
    pub(super) bytes_in: u64,
}

impl Talk {
    /// Begins with our settings.
    pub(super) fn new() -> Self {
        let mut out = frame::PREFACE.to_vec();
        let settings = [(setting::PUSH, 0), (setting::WINDOW, WINDOWS.0), (setting::HEADER_SIZE, HEADER_LIMIT as u32)];
        let settings = settings.iter().flat_map(|(name, value)| {
            let ([a, b], [c, d, e, f]) = (name.to_be_bytes(), value.to_be_bytes());
            [a, b, c, d, e, f]
        });
        frame::put(&mut out, frame::SETTINGS, 0, 0, &settings.collect::<Vec<u8>>());
        frame::put_number(&mut out, frame::WINDOW_UPDATE, 0, WINDOWS.1 - FIRST_WINDOW);
        Self {
            out,
            gone: 0,
            written: 0,
            requests: HashMap::new(),
            active: 0,
            next: 1,
            common: Common::default(),
            headings: Headings::default(),
            piece: Vec::new(),
            block: None,
            scratch: Vec::new(),
            settled: false,
            taken: 0,
            window: i64::from(FIRST_WINDOW),
            first_window: i64::from(FIRST_WINDOW),
            owed: 0,
            streams: FIRST_STREAMS,
            queue: Vec::new(),
            bodies: Vec::new(),
            goodbye: None,
            over: None,
            driver: None,
            bytes_out: 0,
            bytes_in: 0,
        }
    }

    /// Why it takes no more requests.
    pub(super) fn leaves(&self) -> Option<&Trouble> {
        static NUMBERS: std::sync::LazyLock<Trouble> =
            std::sync::LazyLock::new(|| Trouble::new(Kind::Reset, "the HTTP/2 connection has no numbers left"));
        let numbers = (self.next > LAST_STREAM).then(|| &*NUMBERS);
        self.over.as_ref().or(self.goodbye.as_ref()).or(numbers)
    }

    /// Ready as soon as one more request may be sent; with the reason where none ever will.
    pub(super) fn poll_room(&mut self, cx: &Context<'_>) -> Poll<Result<(), Trouble>> {
        if let Some(why) = self.leaves() {
            return Poll::Ready(Err(why.clone()));
        }
        if self.active < self.streams {
            return Poll::Ready(Ok(()));
        }
        self.queue.push(cx.waker().clone());
        Poll::Pending
    }

    /// Puts a request among what is to be written; its number. The answer goes into `answer`.
    pub(super) fn start(
        &mut self,
        (draft, given): (&Draft, Given),
        cookie: Option<&str>,
        answer: Answer,
    ) -> Result<u32, Trouble> {
        let mut block = std::mem::take(&mut self.scratch);
        block.clear();
        self.common.write(&mut block, draft, given, cookie)?;
        let id = self.next;
        self.next += 2;
        let begins_at = self.written + (self.out.len() - self.gone) as u64;
        let body = draft.body.as_deref().unwrap_or_default();
        self.put_headers(id, &block, body.is_empty());
        self.scratch = block;
        let mut request = Request {
            answer,
            marks: Marks::default(),
            first: None,
            end: None,
            to_head: draft.method == "HEAD",
            body_wanted: draft.body_wanted,
            length: None,
            taken: 0,
            body: Vec::new(),
            sent: 0,
            window: self.first_window,
            begins_at,
            waker: None,
        };
        if !body.is_empty() {
            let fits = body.len() <= frame::LARGEST && (body.len() as i64) <= self.window.min(request.window);
            if fits && self.bodies.is_empty() {
                frame::put(&mut self.out, frame::DATA, frame::END_STREAM, id, body);
                self.window -= body.len() as i64;
                request.window -= body.len() as i64;
            } else {
                request.body.extend_from_slice(body);
                self.bodies.push(id);
            }
        }
        self.requests.insert(id, request);
        self.active += 1;
        self.send_bodies();
        self.wake_driver();
        Ok(id)
    }

    /// Ready with all of a request once its answer is complete or will never be.
    pub(super) fn poll_end(&mut self, id: u32, cx: &Context<'_>) -> Poll<Option<Request>> {
        match self.requests.get_mut(&id) {
            Some(request) if request.end.is_none() => {
                if !request.waker.as_ref().is_some_and(|waker| waker.will_wake(cx.waker())) {
                    request.waker = Some(cx.waker().clone());
                }
                Poll::Pending
            }
            _ => Poll::Ready(self.requests.remove(&id)),
        }
    }

    /// Gives a request up; what there is of it.
    pub(super) fn cancel(&mut self, id: u32) -> Option<Request> {
        let request = self.requests.remove(&id)?;
        if request.end.is_none() {
            self.active -= 1;
            frame::put_number(&mut self.out, frame::RST_STREAM, id, Code::CANCEL.0);
            self.wake_queue();
            self.wake_driver();
        }
        Some(request)
    }

    /// What is to be written.
    pub(super) fn to_write(&self) -> &[u8] {
        &self.out[self.gone..]
    }

    /// So much of it was written.
    pub(super) fn wrote(&mut self, count: usize) {
        self.gone += count;
        self.written += count as u64;
        self.bytes_out += count as u64;
        if self.gone == self.out.len() {
            self.out.clear();
            (self.gone, self.owed) = (0, 0);
            // Ten thousand connections wait: none of them keeps what its largest request needed.
            if self.out.capacity() > frame::LARGEST {
                self.out = Vec::new();
            }
            self.send_bodies();
        } else if self.gone > WAITING {
            self.out.drain(..self.gone);
            self.gone = 0;
        }
    }

    /// Nothing more can be written. Answers that are on their way are still read; what never left can be sent again elsewhere.
    pub(super) fn cut(&mut self, trouble: Trouble) {
        let written = self.written;
        self.end_all(|_, request| (request.begins_at >= written).then(|| Ended::Stale(trouble.clone())));
        self.goodbye.get_or_insert(trouble);
        self.wake_queue();
    }

    /// Calls `waker` when there is something to write.
    pub(super) fn wait(&mut self, waker: &Waker) {
        if !self.driver.as_ref().is_some_and(|known| known.will_wake(waker)) {
            self.driver = Some(waker.clone());
        }
    }

    /// Whether nothing is left to be said or heard.
    pub(super) fn is_over(&self) -> bool {
        self.over.is_some()
    }

    /// Whether nobody will be missed if the connection ends.
    pub(super) fn is_idle(&self) -> bool {
        self.active == 0
    }

    fn wake_driver(&mut self) {
        if let Some(waker) = self.driver.take() {
            waker.wake();
        }
    }

    fn wake_queue(&mut self) {
        self.queue.drain(..).for_each(Waker::wake);
    }

    /// The connection ended. What never left can be sent again elsewhere.
    pub(super) fn end(&mut self, trouble: Trouble) {
        // A goodbye that was said before says more.
        let trouble = self.goodbye.clone().unwrap_or(trouble);
        let written = self.written;
        self.end_all(|_, request| match request.begins_at >= written {
            true => Some(Ended::Stale(trouble.clone())),
            false => Some(Ended::For(trouble.clone())),
        });
        self.over.get_or_insert(trouble);
        self.wake_queue();
    }

    fn end_all(&mut self, mut how: impl FnMut(u32, &Request) -> Option<Ended>) {
        for (id, request) in &mut self.requests {
            if request.end.is_none()
                && let Some(ended) = how(*id, request)
            {
                request.end = Some(Err(ended));
                self.active -= 1;
                request.waker.take().into_iter().for_each(Waker::wake);
            }
        }
    }

    /// Takes what came.
    pub(super) fn feed(&mut self, bytes: &[u8], at: Moment) {
        self.bytes_in += bytes.len() as u64;
        if self.over.is_some() {
            return;
        }
        if !self.settled && self.piece.is_empty() && bytes.starts_with(b"HTTP/1") {
            self.end(malformed("the server speaks HTTP/1.1 on this port, not HTTP/2"));
            return;
        }
        if let Err(Broken { code, words }) = self.frames(bytes, at) {
            let mut last = [0; 8];
            last[4..].copy_from_slice(&code.0.to_be_bytes());
            frame::put(&mut self.out, frame::GOAWAY, 0, 0, &last);
            // All that was asked for gets the reason, sent or not.
            let trouble = malformed(format!("the answer is not proper HTTP/2: {words}"));
            self.end_all(|_, _| Some(Ended::For(trouble.clone())));
            self.goodbye = None;
            self.end(trouble);
        }
    }

    fn frames(&mut self, mut bytes: &[u8], at: Moment) -> Result<(), Broken> {
        while !self.piece.is_empty() {
            let whole = |head: Head| head.checked().map(|head| frame::HEAD + head.length);
            let need = Head::read(&self.piece).map_or(Ok(frame::HEAD), whole)?;
            let (more, rest) = bytes.split_at(bytes.len().min(need - self.piece.len()));
            self.piece.extend_from_slice(more);
            bytes = rest;
            if self.piece.len() < need {
                return Ok(());
            }
            if let Some(head) = Head::read(&self.piece).filter(|head| frame::HEAD + head.length == need) {
                let mut piece = std::mem::take(&mut self.piece);
                self.frame(head, &piece[frame::HEAD..], at)?;
                piece.clear();
                self.piece = piece;
            }
        }
        while let Some(head) = Head::read(bytes) {
            let end = frame::HEAD + head.checked()?.length;
            let Some(payload) = bytes.get(frame::HEAD..end) else { break };
            self.frame(head, payload, at)?;
            bytes = &bytes[end..];
        }
        self.piece.extend_from_slice(bytes);
        if self.piece.is_empty() {
            // As with what is written.
            self.piece = Vec::new();
        }
        Ok(())
    }

    fn frame(&mut self, head: Head, payload: &[u8], at: Moment) -> Result<(), Broken> {
        if !self.settled && (head.kind != frame::SETTINGS || head.has(frame::ACK)) {
            return broken(Code::PROTOCOL, "it doesn't begin with the server's settings");
        }
        if self.block.is_some() != (head.kind == frame::CONTINUATION) {
            return broken(Code::PROTOCOL, "headers are cut by something else, or go on without a beginning");
        }
        let of_stream = matches!(head.kind, frame::DATA | frame::HEADERS | frame::RST_STREAM | frame::CONTINUATION);
        let of_all = matches!(head.kind, frame::SETTINGS | frame::PING | frame::GOAWAY);
        let asked = head.stream % 2 == 1 && head.stream < self.next;
        if (of_stream && !asked) || (of_all && head.stream != 0) {
            return broken(Code::PROTOCOL, "a frame is for a request that wasn't made");
        }
        match head.kind {
            frame::DATA => self.data(head, payload, at),
            frame::HEADERS => {
                let block = head.content(payload)?;
                if head.has(frame::END_HEADERS) {
                    return self.heading(head.stream, head.has(frame::END_STREAM), block, at);
                }
                self.block = Some((head.stream, head.has(frame::END_STREAM), block.to_vec()));
                Ok(())
            }
            frame::CONTINUATION => self.go_on(head, payload, at),
            frame::RST_STREAM => {
                let code = Code(frame::number(payload)?);
                self.fail(head.stream, Trouble::new(Kind::Reset, format!("the server ended it over HTTP/2: {code}")));
                Ok(())
            }
            frame::SETTINGS => self.settings(head, payload),
            frame::PUSH_PROMISE => broken(Code::PROTOCOL, "the server pushes, which it was told not to"),
            frame::PING => self.ping(head, payload),
            frame::GOAWAY => self.goodbye(payload),
            frame::WINDOW_UPDATE => self.window_update(head.stream, frame::number(payload)?),
            // What is not known is passed over, by rule.
            _ => Ok(()),
        }
    }
}
