//! Frames that belong to an answer. Must not know windows beyond what it takes from them.

use std::mem;
use std::task::Waker;

use tidemark_core::traffic::{Answer, Trouble};

use super::super::super::answer::{keep, keep_limit, malformed};
use super::super::Ended;
use super::super::fields::{HEADER_LIMIT, Heading};
use super::super::frame::{self, Broken, Code, Head, broken};
use super::{Moment, Request, Talk, WINDOWS};

impl Talk {
    pub(super) fn go_on(&mut self, head: Head, payload: &[u8], at: Moment) -> Result<(), Broken> {
        let Some((stream, ends, mut block)) = self.block.take() else { return Ok(()) };
        if stream != head.stream {
            return broken(Code::PROTOCOL, "headers are cut by those of another answer");
        }
        block.extend_from_slice(payload);
        if block.len() > HEADER_LIMIT {
            return broken(Code::CALM, "the answer's headers are longer than 256 KiB");
        }
        if head.has(frame::END_HEADERS) {
            return self.heading(stream, ends, &block, at);
        }
        self.block = Some((stream, ends, block));
        Ok(())
    }

    /// A request that waits for its answer.
    pub(super) fn open(&mut self, id: u32) -> Option<&mut Request> {
        self.requests.get_mut(&id).filter(|request| request.end.is_none())
    }

    pub(super) fn data(&mut self, head: Head, payload: &[u8], at: Moment) -> Result<(), Broken> {
        let (content, length) = (head.content(payload)?, head.length as u32);
        self.taken += length;
        if self.taken >= WINDOWS.1 / 2 {
            frame::put_number(&mut self.out, frame::WINDOW_UPDATE, 0, mem::take(&mut self.taken));
        }
        let Some(request) = self.open(head.stream) else { return Ok(()) };
        if request.first.is_none() {
            self.refuse(head.stream, malformed("the answer's body comes before its headers"));
            return Ok(());
        }
        let limit = keep_limit(request.body_wanted, request.answer.status);
        keep(&mut request.answer, content, limit);
        if head.has(frame::END_STREAM) {
            self.complete(head.stream, at);
            return Ok(());
        }
        request.taken += length;
        if request.taken >= WINDOWS.0 / 2 {
            let taken = mem::take(&mut request.taken);
            frame::put_number(&mut self.out, frame::WINDOW_UPDATE, head.stream, taken);
        }
        Ok(())
    }

    /// Headers are complete: those of the answer, of an interim one (1xx), or such as stand behind a body.
    pub(super) fn heading(&mut self, id: u32, ends: bool, block: &[u8], at: Moment) -> Result<(), Broken> {
        // Read even where nobody waits for them: the next ones may refer to them.
        let Some(heading) = self.headings.read(block) else {
            return broken(Code::COMPRESSION, "its headers can't be read");
        };
        let Some(request) = self.requests.get_mut(&id).filter(|request| request.end.is_none()) else { return Ok(()) };
        let wrong = match heading {
            Heading { bad: Some(bad), .. } => Some(bad.clone()),
            _ if request.first.is_some() && !ends => Some(malformed("headers in the middle of the answer's body")),
            Heading { status: 0, .. } if request.first.is_none() => Some(malformed("the answer has no status")),
            Heading { status: 101, .. } => Some(malformed("the answer's status is 101, which HTTP/2 doesn't have")),
            Heading { status: 102..200 | 100, .. } if ends => Some(malformed("an interim answer ends the whole")),
            _ => None,
        };
        if let Some(trouble) = wrong {
            self.refuse(id, trouble);
            return Ok(());
        }
        if request.first.is_none() && heading.status >= 200 {
            heading.give(&mut request.answer);
            request.marks = heading.marks;
            request.length = heading.length;
            request.first = Some(at);
        }
        if ends {
            self.complete(id, at);
        }
        Ok(())
    }

    /// The answer is all there.
    fn complete(&mut self, id: u32, at: Moment) {
        let Some(request) = self.open(id) else { return };
        let Answer { status, body_len, .. } = request.answer;
        let without_body = request.to_head || matches!(status, 204 | 304);
        if let Some(length) = request.length.filter(|length| *length != body_len && !without_body) {
            let words = format!("the answer's Content-Length is {length}, and its body has {body_len} bytes");
            self.refuse(id, malformed(words));
            return;
        }
        let unsent = !request.body.is_empty();
        self.close(id, Ok(at));
        if unsent {
            // The server wants no more of the request.
            frame::put_number(&mut self.out, frame::RST_STREAM, id, Code::CANCEL.0);
        }
    }

    pub(super) fn fail(&mut self, id: u32, trouble: Trouble) {
        self.close(id, Err(Ended::For(trouble)));
    }

    /// Ends a request whose answer makes no sense.
    pub(super) fn refuse(&mut self, id: u32, trouble: Trouble) {
        self.fail(id, trouble);
        frame::put_number(&mut self.out, frame::RST_STREAM, id, Code::PROTOCOL.0);
    }

    fn close(&mut self, id: u32, end: Result<Moment, Ended>) {
        let Some(request) = self.open(id) else { return };
        request.end = Some(end);
        request.waker.take().into_iter().for_each(Waker::wake);
        self.active -= 1;
        self.wake_queue();
    }
}
