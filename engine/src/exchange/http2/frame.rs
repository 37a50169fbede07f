//! HTTP/2 frames as bytes (RFC 9113, 4 and 6). Must not know what they mean for a request.

use std::fmt;

/// What every connection begins with.
pub(super) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// The length of a frame's head, in bytes.
pub(super) const HEAD: usize = 9;
/// The most bytes of a frame that is sent to us: what everybody may send who was told nothing else.
pub(super) const LARGEST: usize = 16_384;
/// The most bytes that any window may hold.
pub(super) const LARGEST_WINDOW: i64 = 0x7fff_ffff;

pub(super) const DATA: u8 = 0;
pub(super) const HEADERS: u8 = 1;
pub(super) const RST_STREAM: u8 = 3;
pub(super) const SETTINGS: u8 = 4;
pub(super) const PUSH_PROMISE: u8 = 5;
pub(super) const PING: u8 = 6;
pub(super) const GOAWAY: u8 = 7;
pub(super) const WINDOW_UPDATE: u8 = 8;
pub(super) const CONTINUATION: u8 = 9;

/// Of DATA and HEADERS.
pub(super) const END_STREAM: u8 = 0x1;
/// Of SETTINGS and PING.
pub(super) const ACK: u8 = 0x1;
/// Of HEADERS and CONTINUATION.
pub(super) const END_HEADERS: u8 = 0x4;
const PADDED: u8 = 0x8;
const PRIORITY: u8 = 0x20;

/// The settings that are read or sent.
pub(super) mod setting {
    pub(crate) const TABLE_SIZE: u16 = 1;
    pub(crate) const PUSH: u16 = 2;
    pub(crate) const STREAMS: u16 = 3;
    pub(crate) const WINDOW: u16 = 4;
    pub(crate) const FRAME_SIZE: u16 = 5;
    pub(crate) const HEADER_SIZE: u16 = 6;
}

/// Why a stream or a connection ends (RFC 9113, 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code(pub(super) u32);

impl Code {
    pub(super) const NONE: Self = Self(0);
    pub(super) const PROTOCOL: Self = Self(1);
    pub(super) const FLOW_CONTROL: Self = Self(3);
    pub(super) const FRAME_SIZE: Self = Self(6);
    pub(super) const CANCEL: Self = Self(8);
    pub(super) const COMPRESSION: Self = Self(9);
    pub(super) const CALM: Self = Self(11);
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [&str; 14] = [
            "NO_ERROR",
            "PROTOCOL_ERROR",
            "INTERNAL_ERROR",
            "FLOW_CONTROL_ERROR",
            "SETTINGS_TIMEOUT",
            "STREAM_CLOSED",
            "FRAME_SIZE_ERROR",
            "REFUSED_STREAM",
            "CANCEL",
            "COMPRESSION_ERROR",
            "CONNECT_ERROR",
            "ENHANCE_YOUR_CALM",
            "INADEQUATE_SECURITY",
            "HTTP_1_1_REQUIRED",
        ];
        match NAMES.get(self.0 as usize) {
            Some(name) => out.write_str(name),
            None => write!(out, "code {}", self.0),
        }
    }
}

/// What a connection can't go on after.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) code: Code,
    pub(super) words: &'static str,
}

/// The other side broke the rules.
pub(super) fn broken<T>(code: Code, words: &'static str) -> Result<T, Broken> {
    Err(Broken { code, words })
}

/// The head of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// Bytes behind the head.
    pub(super) length: usize,
    pub(super) kind: u8,
    pub(super) flags: u8,
    /// The stream's number; 0 is the connection.
    pub(super) stream: u32,
}

impl Head {
    /// Reads a head; `None` where it is not all there.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; HEAD] = bytes.first_chunk()?;
        let [a, b, c, kind, flags, stream @ ..] = *bytes;
        let length = u32::from_be_bytes([0, a, b, c]) as usize;
        Some(Self { length, kind, flags, stream: u32::from_be_bytes(stream) & 0x7fff_ffff })
    }

    /// The head, unless the frame is longer than any may be.
    pub(super) fn checked(self) -> Result<Self, Broken> {
        if self.length > LARGEST { broken(Code::FRAME_SIZE, "a frame is longer than it may be") } else { Ok(self) }
    }

    pub(super) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// The payload of DATA or HEADERS without padding and priority.
    pub(super) fn content<'a>(&self, payload: &'a [u8]) -> Result<&'a [u8], Broken> {
        let short = || Broken { code: Code::FRAME_SIZE, words: "a frame is too short for what it says it holds" };
        let mut content = payload;
        if self.has(PADDED) {
            let (padding, rest) = content.split_first().ok_or_else(short)?;
            let length = rest.len().checked_sub(usize::from(*padding));
            let length = length.ok_or(Broken { code: Code::PROTOCOL, words: "a frame is all padding and more" })?;
            content = &rest[..length];
        }
        if self.kind == HEADERS && self.has(PRIORITY) {
            content = content.get(5..).ok_or_else(short)?;
        }
        Ok(content)
    }
}

/// Writes a frame behind what `out` holds.
pub(super) fn put(out: &mut Vec<u8>, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
    put_head(out, kind, flags, stream, payload.len());
    out.extend_from_slice(payload);
}

/// Writes the head of a frame whose payload is written elsewhere.
pub(super) fn put_head(out: &mut Vec<u8>, kind: u8, flags: u8, stream: u32, length: usize) {
    let [_, a, b, c] = (length as u32).to_be_bytes();
    let [d, e, f, g] = stream.to_be_bytes();
    out.extend_from_slice(&[a, b, c, kind, flags, d, e, f, g]);
}

/// Writes RST_STREAM or WINDOW_UPDATE, which are one number each.
pub(super) fn put_number(out: &mut Vec<u8>, kind: u8, stream: u32, number: u32) {
    put(out, kind, 0, stream, &number.to_be_bytes());
}

/// The number a payload of four bytes is.
pub(super) fn number(payload: &[u8]) -> Result<u32, Broken> {
    match payload.try_into() {
        Ok(bytes) => Ok(u32::from_be_bytes(bytes)),
        Err(_) => broken(Code::FRAME_SIZE, "a frame that holds one number has another length"),
    }
}

/// The settings a payload lists.
pub(super) fn settings(payload: &[u8]) -> Result<impl Iterator<Item = (u16, u32)>, Broken> {
    if !payload.len().is_multiple_of(6) {
        return broken(Code::FRAME_SIZE, "the settings have a wrong length");
    }
    let one = |entry: &[u8]| {
        let (name, value) = (entry.first_chunk::<2>()?, entry.last_chunk::<4>()?);
        Some((u16::from_be_bytes(*name), u32::from_be_bytes(*value)))
    };
    Ok(payload.chunks_exact(6).filter_map(one))
}
