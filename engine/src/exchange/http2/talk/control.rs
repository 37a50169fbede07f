//! Frames about the connection, and those that are sent: how many, and how much of anything. Must not know what is asked for.

use tidemark_core::traffic::{Kind, Trouble};

use super::super::super::answer::malformed;
use super::super::Ended;
use super::super::frame::{self, Broken, Code, Head, broken, setting};
use super::{OWED, Talk, WAITING};

impl Talk {
    /// A request's headers, in as many frames as they need.
    pub(super) fn put_headers(&mut self, id: u32, block: &[u8], ends: bool) {
        let mut parts = block.chunks(frame::LARGEST).peekable();
        let (mut kind, mut flags) = (frame::HEADERS, if ends { frame::END_STREAM } else { 0 });
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                flags |= frame::END_HEADERS;
            }
            frame::put(&mut self.out, kind, flags, id, part);
            (kind, flags) = (frame::CONTINUATION, 0);
        }
    }

    /// As much of the waiting bodies as the windows allow.
    pub(super) fn send_bodies(&mut self) {
        if self.bodies.is_empty() {
            return;
        }
        let Self { out, requests, bodies, window, gone, .. } = self;
        bodies.retain(|id| {
            let Some(request) = requests.get_mut(id).filter(|request| request.end.is_none()) else { return false };
            while out.len() - *gone < WAITING {
                let left = &request.body[request.sent..];
                let room = (*window).min(request.window).clamp(0, frame::LARGEST as i64) as usize;
                let part = &left[..room.min(left.len())];
                if part.is_empty() {
                    break;
                }
                let ends = part.len() == left.len();
                frame::put(out, frame::DATA, if ends { frame::END_STREAM } else { 0 }, *id, part);
                *window -= part.len() as i64;
                request.window -= part.len() as i64;
                request.sent += part.len();
                if ends {
                    request.body = Vec::new();
                    request.sent = 0;
                    return false;
                }
            }
            true
        });
    }

    pub(super) fn settings(&mut self, head: Head, payload: &[u8]) -> Result<(), Broken> {
        if head.has(frame::ACK) {
            return if payload.is_empty() { Ok(()) } else { broken(Code::FRAME_SIZE, "an acknowledgement says more") };
        }
        if !std::mem::replace(&mut self.settled, true) {
            // As many as they like, where they don't say.
            self.streams = usize::MAX;
        }
        for (name, value) in frame::settings(payload)? {
            match name {
                setting::TABLE_SIZE => self.common.encoder().limit(value as usize),
                setting::PUSH if value != 0 => return broken(Code::PROTOCOL, "the server wants to push"),
                setting::STREAMS => self.streams = value as usize,
                setting::WINDOW => {
                    let change = i64::from(value) - self.first_window;
                    self.first_window += change;
                    self.requests.values_mut().for_each(|request| request.window += change);
                    let largest = self.requests.values().map(|request| request.window).max();
                    if self.first_window.max(largest.unwrap_or(0)) > frame::LARGEST_WINDOW {
                        return broken(Code::FLOW_CONTROL, "a window is larger than any may be");
                    }
                }
                // Larger frames than everybody takes would only make others wait.
                setting::FRAME_SIZE if !(0x4000..=0xff_ffff).contains(&value) => {
                    return broken(Code::PROTOCOL, "the server wants frames of a size that none may have");
                }
                _ => {}
            }
        }
        self.owe(frame::SETTINGS, &[])?;
        self.send_bodies();
        self.wake_queue();
        Ok(())
    }

    pub(super) fn ping(&mut self, head: Head, payload: &[u8]) -> Result<(), Broken> {
        match (payload.len(), head.has(frame::ACK)) {
            (8, true) => Ok(()),
            (8, false) => self.owe(frame::PING, payload),
            _ => broken(Code::FRAME_SIZE, "a ping has a wrong length"),
        }
    }

    fn owe(&mut self, kind: u8, payload: &[u8]) -> Result<(), Broken> {
        frame::put(&mut self.out, kind, frame::ACK, 0, payload);
        self.owed += frame::HEAD + payload.len();
        if self.owed > OWED { broken(Code::CALM, "the server asks and doesn't listen") } else { Ok(()) }
    }

    /// The server takes no more requests; those it didn't look at can be sent elsewhere (RFC 9113, 6.8).
    pub(super) fn goodbye(&mut self, payload: &[u8]) -> Result<(), Broken> {
        let (Some(last), Some(code), Some(more)) =
            (payload.first_chunk(), payload.get(4..8).and_then(|code| code.first_chunk()), payload.get(8..))
        else {
            return broken(Code::FRAME_SIZE, "a goodbye has a wrong length");
        };
        let (last, code) = (u32::from_be_bytes(*last) & 0x7fff_ffff, Code(u32::from_be_bytes(*code)));
        let words = match (code, String::from_utf8_lossy(&more[..more.len().min(200)])) {
            (Code::NONE, _) => "the server closed the HTTP/2 connection".to_owned(),
            (_, why) if why.is_empty() => format!("the server ended it over HTTP/2: {code}"),
            (_, why) => format!("the server ended it over HTTP/2: {code} ({why})"),
        };
        let trouble = Trouble::new(Kind::Reset, words);
        self.end_all(|id, _| (id > last).then(|| Ended::Stale(trouble.clone())));
        self.goodbye = Some(trouble);
        self.wake_queue();
        Ok(())
    }

    pub(super) fn window_update(&mut self, id: u32, more: u32) -> Result<(), Broken> {
        let more = i64::from(more & 0x7fff_ffff);
        let window = match id {
            0 => &mut self.window,
            id if id % 2 == 0 || id >= self.next => {
                return broken(Code::PROTOCOL, "a frame is for a request that wasn't made");
            }
            id => match self.open(id) {
                Some(request) => &mut request.window,
                None => return Ok(()),
            },
        };
        *window += more;
        if more == 0 || *window > frame::LARGEST_WINDOW {
            const WRONG: &str = "a window grows by nothing or too much";
            if id == 0 {
                return broken(Code::FLOW_CONTROL, WRONG);
            }
            self.refuse(id, malformed(format!("the answer is not proper HTTP/2: {WRONG}")));
        }
        self.send_bodies();
        Ok(())
    }
}
