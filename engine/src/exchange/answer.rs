//! Reads an HTTP/1.x answer from bytes as they arrive, in pieces of any size. Must not know where the bytes come from.

use std::mem::MaybeUninit;

use httparse::{Header, ParserConfig, Response, Status};
use tidemark_core::traffic::{Answer, Kind, Trouble};

use super::Marks;
use super::chunked::Chunked;
use super::known::Heads;

/// A head may be this long at most, in bytes.
const HEAD_LIMIT: usize = 256 * 1024;
/// So much of a wanted body is kept at most; the rest is counted, so that `body` is shorter than `body_len`.
pub(super) const BODY_LIMIT: usize = 64 * 1024 * 1024;
/// So much of an unwanted body is kept where the status is 400 or above.
pub(super) const SAMPLE_LIMIT: usize = 64 * 1024;

/// How much of a body to keep, in bytes.
pub(super) fn keep_limit(body_wanted: bool, status: u16) -> usize {
    match (body_wanted, status) {
        (true, _) => BODY_LIMIT,
        (false, 400..) => SAMPLE_LIMIT,
        (false, _) => 0,
    }
}

/// Appends as much of `bytes` to a body as the limit allows, and counts all of it.
pub(super) fn keep(answer: &mut Answer, bytes: &[u8], limit: usize) {
    answer.body_len += bytes.len() as u64;
    let room = limit.saturating_sub(answer.body.len());
    if room > 0 {
        answer.body.extend_from_slice(&bytes[..room.min(bytes.len())]);
    }
}

/// What is known of the answer so far.
enum State {
    Head,
    Length(u64),
    Chunks(Chunked),
    UntilClose,
    Done,
}

/// One answer being read.
pub(super) struct Reader {
    state: State,
    /// A head that came in several pieces.
    pieces: Vec<u8>,
    to_head_request: bool,
    body_wanted: bool,
    keep: usize,
    stays_open: bool,
    started: bool,
    marks: Marks,
}

/// What a head says.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    status: u16,
    /// Where its header lines stand in it.
    lines: (usize, usize),
    framing: Framing,
}

/// What the head says about the rest.
#[derive(Clone, Copy, Default)]
struct Framing {
    length: Option<u64>,
    chunked: bool,
    stays_open: bool,
    marks: Marks,
}

impl Reader {
    /// For the answer to a request of `method`; `body_wanted` as in the draft.
    pub(super) fn new(method: &str, body_wanted: bool) -> Self {
        Self {
            state: State::Head,
            pieces: Vec::new(),
            to_head_request: method == "HEAD",
            body_wanted,
            keep: 0,
            stays_open: false,
            started: false,
            marks: Marks::default(),
        }
    }

    /// Takes the next bytes; says how many belonged to this answer.
    pub(super) fn feed(&mut self, bytes: &[u8], answer: &mut Answer, heads: &mut Heads) -> Result<usize, Trouble> {
        let mut used = 0;
        while used < bytes.len() && !self.is_done() {
            used += match &mut self.state {
                State::Head => self.head(&bytes[used..], answer, heads)?,
                State::Length(left) => {
                    let take = usize::try_from(*left).unwrap_or(usize::MAX).min(bytes.len() - used);
                    keep(answer, &bytes[used..used + take], self.keep);
                    *left -= take as u64;
                    if *left == 0 {
                        self.state = State::Done;
                    }
                    take
                }
                State::Chunks(chunks) => {
                    let limit = self.keep;
                    let take = chunks.feed(&bytes[used..], |data| keep(answer, data, limit))?;
                    if chunks.is_done() {
                        self.state = State::Done;
                    }
                    take
                }
                State::UntilClose => {
                    keep(answer, &bytes[used..], self.keep);
                    bytes.len() - used
                }
                State::Done => 0,
            };
        }
        Ok(used)
    }

    /// The connection ended: either the answer is complete by that, or it was cut short.
    pub(super) fn end(&mut self) -> Result<(), Trouble> {
        let words = match &self.state {
            State::Done => return Ok(()),
            State::UntilClose => {
                self.state = State::Done;
                return Ok(());
            }
            State::Head if !self.started => "the server closed the connection without an answer".to_owned(),
            State::Head => "the server closed the connection in the middle of the answer's headers".to_owned(),
            State::Length(left) => format!("the server closed the connection with {left} bytes of the body missing"),
            State::Chunks(_) => "the server closed the connection in the middle of a chunked body".to_owned(),
        };
        Err(Trouble::new(Kind::Reset, words))
    }

    /// Whether the answer is complete.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.state, State::Done)
    }

    /// Whether the final answer's first byte has arrived (interim answers don't count).
    pub(super) fn has_started(&self) -> bool {
        self.started
    }

    /// Whether the connection may carry another request after this answer.
    pub(super) fn stays_open(&self) -> bool {
        self.stays_open && self.is_done()
    }

    /// What the headers ask for.
    pub(super) fn marks(&self) -> Marks {
        self.marks
    }

    /// Takes bytes of the head; says how many of these were used.
    fn head(&mut self, bytes: &[u8], answer: &mut Answer, heads: &mut Heads) -> Result<usize, Trouble> {
        self.started = true;
        if self.pieces.is_empty() {
            if let Some((length, facts)) = heads.find(bytes) {
                self.take_head(&facts, bytes, answer);
                return Ok(length);
            }
            return match parse(bytes)? {
                Some((length, facts)) => {
                    heads.keep(&bytes[..length], facts);
                    self.take_head(&facts, bytes, answer);
                    Ok(length)
                }
                None => {
                    self.pieces.extend_from_slice(bytes);
                    Ok(bytes.len())
                }
            };
        }
        let before = self.pieces.len();
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.extend_from_slice(bytes);
        // A head can only end with a line: no need to start over for every byte of a long one.
        let parsed = if bytes.contains(&b'\n') { parse(&pieces)? } else { None };
        match parsed {
            Some((length, facts)) => {
                self.take_head(&facts, &pieces, answer);
                Ok(length - before)
            }
            None if pieces.len() > HEAD_LIMIT => Err(malformed("the answer's headers are longer than 256 KiB")),
            None => {
                self.pieces = pieces;
                Ok(bytes.len())
            }
        }
    }

    /// Notes a complete head, with which `bytes` begin, and decides how the body is framed. An interim answer (1xx) is
    /// passed over.
    fn take_head(&mut self, facts: &Facts, bytes: &[u8], answer: &mut Answer) {
        let Facts { status, lines, framing } = *facts;
        if (100..200).contains(&status) && status != 101 {
            self.started = false;
            return;
        }
        self.marks = framing.marks;
        answer.status = status;
        answer.headers.0.clear();
        answer.headers.0.extend_from_slice(&bytes[lines.0..lines.1]);
        self.stays_open = framing.stays_open && status != 101;
        self.keep = keep_limit(self.body_wanted, status);
        let without_body = self.to_head_request || matches!(status, 101 | 204 | 304);
        self.state = match (without_body, framing.chunked, framing.length) {
            (true, _, _) | (false, false, Some(0)) => State::Done,
            (false, true, _) => State::Chunks(Chunked::new()),
            (false, false, Some(length)) => {
                // Bounded: a length is only a claim.
                answer.body.reserve(self.keep.min(usize::try_from(length).unwrap_or(usize::MAX)).min(1 << 20));
                State::Length(length)
            }
            (false, false, None) => {
                self.stays_open = false;
                State::UntilClose
            }
        };
    }
}

/// Parses a head; `None` while it is incomplete, else its length and what it says.
fn parse(bytes: &[u8]) -> Result<Option<(usize, Facts)>, Trouble> {
    let mut room = [const { MaybeUninit::<Header<'_>>::uninit() }; 96];
    let mut head = Response::new(&mut []);
    let mut config = ParserConfig::default();
    config.allow_spaces_after_header_name_in_responses(true);
    match config.parse_response_with_uninit_headers(&mut head, bytes, &mut room) {
        Ok(Status::Partial) => Ok(None),
        Ok(Status::Complete(length)) => Ok(Some((length, facts(&head, &bytes[..length])?))),
        Err(httparse::Error::TooManyHeaders) => {
            let mut room = vec![httparse::EMPTY_HEADER; 4_096];
            let mut head = Response::new(&mut room);
            match config.parse_response(&mut head, bytes) {
                Ok(Status::Partial) => Ok(None),
                Ok(Status::Complete(length)) => Ok(Some((length, facts(&head, &bytes[..length])?))),
                Err(error) => Err(not_http(bytes, error)),
            }
        }
        Err(error) => Err(not_http(bytes, error)),
    }
}

/// What a complete head says. Of an interim answer (1xx) only the status matters.
fn facts(head: &Response<'_, '_>, bytes: &[u8]) -> Result<Facts, Trouble> {
    let status = head.code.unwrap_or(0);
    let passed_over = (100..200).contains(&status) && status != 101;
    let framing = if passed_over { Framing::default() } else { framing(head)? };
    Ok(Facts { status, lines: lines(bytes), framing })
}

/// Where the header lines of a head stand: without its first and its empty line.
fn lines(head: &[u8]) -> (usize, usize) {
    let blank = head.len() - head.trim_ascii_start().len();
    let first = head[blank..].iter().position(|byte| *byte == b'\n').map_or(head.len(), |at| blank + at + 1);
    let lines = &head[first..];
    let lines = lines.strip_suffix(b"\r\n").or(lines.strip_suffix(b"\n")).unwrap_or(lines);
    (first, first + lines.len())
}

/// Reads the headers that say where the body ends and whether the connection stays open.
fn framing(head: &Response<'_, '_>) -> Result<Framing, Trouble> {
    let mut out =
        Framing { length: None, chunked: false, stays_open: head.version == Some(1), marks: Marks::default() };
    let mut closes = false;
    for header in head.headers.iter() {
        let name = header.name;
        match name.len() {
            14 if name.eq_ignore_ascii_case("content-length") => {
                let length = content_length(header.value)?;
                if out.length.is_some_and(|before| before != length) {
                    return Err(malformed("the answer has two different Content-Length headers"));
                }
                out.length = Some(length);
            }
            17 if name.eq_ignore_ascii_case("transfer-encoding") => match header.value.trim_ascii() {
                value if value.eq_ignore_ascii_case(b"chunked") && !out.chunked => out.chunked = true,
                value if value.eq_ignore_ascii_case(b"identity") => {}
                value => {
                    let value = String::from_utf8_lossy(value);
                    return Err(malformed(format!(
                        "the answer's Transfer-Encoding is {value:?}; only chunked is known"
                    )));
                }
            },
            10 if name.eq_ignore_ascii_case("set-cookie") => out.marks.cookies = true,
            16 if name.eq_ignore_ascii_case("content-encoding") => out.marks.coded = true,
            10 if name.eq_ignore_ascii_case("connection") => {
                for word in header.value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
                    closes |= word.eq_ignore_ascii_case(b"close");
                    out.stays_open |= word.eq_ignore_ascii_case(b"keep-alive");
                }
            }
            _ => {}
        }
    }
    if out.chunked && out.length.is_some() {
        return Err(malformed("the answer has both Content-Length and Transfer-Encoding"));
    }
    // Closing wins, whatever else is said.
    out.stays_open &= !closes;
    Ok(out)
}

/// A length in plain digits; several equal ones in a list count as one.
pub(super) fn content_length(value: &[u8]) -> Result<u64, Trouble> {
    let wrong = || malformed(format!("the answer's Content-Length is {:?}", String::from_utf8_lossy(value)));
    let mut length = None;
    for part in value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
        if part.is_empty() || part.len() > 18 || !part.iter().all(u8::is_ascii_digit) {
            return Err(wrong());
        }
        let number = part.iter().fold(0, |sum: u64, digit| sum * 10 + u64::from(digit - b'0'));
        if length.is_some_and(|before| before != number) {
            return Err(wrong());
        }
        length = Some(number);
    }
    length.ok_or_else(wrong)
}

pub(super) fn malformed(words: impl Into<String>) -> Trouble {
    Trouble::new(Kind::Malformed, words)
}

/// Words for bytes that are no HTTP head.
fn not_http(bytes: &[u8], error: httparse::Error) -> Trouble {
    if bytes.starts_with(&[0x15, 0x03]) {
        return malformed("the server speaks TLS on this port: the address should start with https://");
    }
    if bytes.len() >= 9 && bytes[3] == 4 && bytes[..3] == [0, 0, bytes[2]] && bytes[4..9] == [0; 5] {
        return malformed("the server speaks HTTP/2 on this port: choose HTTP/2 for this request");
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]);
    malformed(format!("the answer is not proper HTTP ({error}); it starts with {start:?}"))
}
