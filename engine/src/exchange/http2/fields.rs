//! The headers of requests and answers as HTTP/2 has them. Must not know frames.

use tidemark_core::traffic::{Answer, Draft, Headers, Trouble};

use super::super::Marks;
use super::super::answer::{content_length, malformed};
use super::super::head::{self, Given};
use super::hpack::{Decoder, Encoder};

/// The most bytes of an answer's headers.
pub(super) const HEADER_LIMIT: usize = 256 * 1024;

/// What a connection's requests mostly have in common, ready to be sent again.
#[derive(Default)]
pub(super) struct Common {
    encoder: Encoder,
    last: Option<Alike>,
}

/// Headers and what they were made from.
struct Alike {
    method: String,
    secure: bool,
    lines: Vec<u8>,
    given: Given,
    compressed: bool,
    cookie: Option<String>,
    authority: Vec<u8>,
    fields: Vec<(Vec<u8>, Vec<u8>)>,
    /// As bytes, with the place for the path; good as long as the encoder doesn't change.
    block: Vec<u8>,
    path_at: usize,
    changes: u64,
}

impl Common {
    pub(super) fn encoder(&mut self) -> &mut Encoder {
        &mut self.encoder
    }

    /// Writes the headers of a draft.
    pub(super) fn write(
        &mut self,
        out: &mut Vec<u8>,
        draft: &Draft,
        given: Given,
        cookie: Option<&str>,
    ) -> Result<(), Trouble> {
        let Self { encoder, last } = self;
        if !last.as_ref().is_some_and(|last| last.serves(draft, given, cookie)) {
            *last = Some(Alike::of(draft, given, cookie)?);
        }
        let Some(alike) = last else { return Err(head::bad("no headers")) };
        encoder.begin(out);
        if alike.changes != encoder.changes() {
            alike.encode(encoder);
        }
        out.extend_from_slice(&alike.block[..alike.path_at]);
        encoder.path(out, draft.target.as_bytes());
        out.extend_from_slice(&alike.block[alike.path_at..]);
        if let (Some(body), false) = (&draft.body, given.length) {
            encoder.content_length(out, body.len());
        }
        Ok(())
    }
}

impl Alike {
    fn of(draft: &Draft, given: Given, cookie: Option<&str>) -> Result<Self, Trouble> {
        let mut authority = None;
        let mut fields = Vec::new();
        for (name, value) in head::fields(draft, given, cookie) {
            match name.as_slice() {
                b"host" => authority = Some(value),
                _ => fields.push((name, value)),
            }
        }
        let authority = authority.unwrap_or_else(|| draft.authority().into_bytes());
        if authority.is_empty() || !authority.iter().all(u8::is_ascii_graphic) {
            return Err(head::bad(format!("{}: the Host header is not a host", draft.url())));
        }
        Ok(Self {
            method: draft.method.clone(),
            secure: draft.secure,
            lines: draft.headers.clone(),
            given,
            compressed: draft.compressed,
            cookie: cookie.map(str::to_owned),
            authority,
            fields,
            block: Vec::new(),
            path_at: 0,
            changes: u64::MAX,
        })
    }

    /// Whether a draft has these headers. Its host is that of the connection.
    fn serves(&self, draft: &Draft, given: Given, cookie: Option<&str>) -> bool {
        self.lines == draft.headers
            && self.method == draft.method
            && self.secure == draft.secure
            && self.given == given
            && self.compressed == draft.compressed
            && self.cookie.as_deref() == cookie
    }

    /// Says all of it once, so that next time it is only named, and notes how.
    fn encode(&mut self, encoder: &mut Encoder) {
        let scheme = if self.secure { "https" } else { "http" };
        let before = encoder.changes();
        self.block.clear();
        encoder.field(&mut self.block, b":method", self.method.as_bytes());
        encoder.field(&mut self.block, b":scheme", scheme.as_bytes());
        encoder.field(&mut self.block, b":authority", &self.authority);
        self.path_at = self.block.len();
        for (name, value) in &self.fields {
            encoder.field(&mut self.block, name, value);
        }
        // Bytes that say something for the first time are good only once.
        self.changes = if encoder.changes() == before { before } else { u64::MAX };
    }
}

/// The headers of one answer.
#[derive(Default)]
pub(super) struct Heading {
    /// 0 where none was said, as behind a body.
    pub(super) status: u16,
    lines: Headers,
    pub(super) marks: Marks,
    /// The length that the body is said to have.
    pub(super) length: Option<u64>,
    /// What is wrong with them.
    pub(super) bad: Option<Trouble>,
    regular: bool,
}

impl Heading {
    /// Copies status and lines into an answer.
    pub(super) fn give(&self, answer: &mut Answer) {
        answer.status = self.status;
        answer.headers.0.clear();
        answer.headers.0.extend_from_slice(&self.lines.0);
    }

    fn clear(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        lines.0.clear();
        *self = Self { lines, ..Self::default() };
    }

    /// Takes one header (RFC 9113, 8.2 and 8.3).
    fn take(&mut self, name: &[u8], value: &[u8]) -> Result<(), Trouble> {
        let odd = |name: &[u8]| malformed(format!("the answer has the header {:?}", String::from_utf8_lossy(name)));
        if let Some(pseudo) = name.strip_prefix(b":") {
            let digits = || std::str::from_utf8(value).ok().filter(|text| text.len() == 3)?.parse().ok();
            return match digits() {
                Some(status @ 100..) if pseudo == b"status" && !self.regular && self.status == 0 => {
                    self.status = status;
                    Ok(())
                }
                _ => Err(odd(name)),
            };
        }
        self.regular = true;
        let plain = !name.is_empty() && name.iter().all(|byte| head::is_token(*byte) && !byte.is_ascii_uppercase());
        if !plain || head::is_of_http1(name) || name == b"transfer-encoding" {
            return Err(odd(name));
        }
        if value.iter().any(|byte| matches!(byte, 0 | b'\r' | b'\n')) {
            let name = String::from_utf8_lossy(name);
            return Err(malformed(format!("the answer's header {name:?} has a line break or a zero")));
        }
        match name.len() {
            14 if name == b"content-length" => {
                let length = content_length(value)?;
                if self.length.is_some_and(|before| before != length) {
                    return Err(malformed("the answer has two different Content-Length headers"));
                }
                self.length = Some(length);
            }
            10 if name == b"set-cookie" => self.marks.cookies = true,
            16 if name == b"content-encoding" => self.marks.coded = true,
            _ => {}
        }
        if self.lines.0.len() + name.len() + value.len() > HEADER_LIMIT {
            return Err(malformed("the answer's headers are longer than 256 KiB"));
        }
        self.lines.push(name, value);
        Ok(())
    }
}

/// Reads the headers of answers. Mostly they are those of the answer before, byte for byte.
#[derive(Default)]
pub(super) struct Headings {
    decoder: Decoder,
    last: Heading,
    block: Vec<u8>,
    changes: u64,
}

impl Headings {
    /// Reads a block; `None` where it is not well-formed, after which nothing on the connection can be read.
    pub(super) fn read(&mut self, block: &[u8]) -> Option<&Heading> {
        let Self { decoder, last, .. } = self;
        if self.changes == decoder.changes() && self.block == block && last.bad.is_none() {
            return Some(last);
        }
        let before = decoder.changes();
        last.clear();
        decoder.decode(block, |name, value| {
            if last.bad.is_none() {
                last.bad = last.take(name, value).err();
            }
        })?;
        self.block.clear();
        self.block.extend_from_slice(block);
        // A block that changes how the next is read is not read alike again.
        self.changes = if decoder.changes() == before { before } else { u64::MAX };
        Some(last)
    }
}
