//! Takes a chunked body apart, in pieces of any size. Must not know where the bytes come from or go.

use tidemark_core::traffic::Trouble;

use super::answer::malformed;

/// A chunk's size line, with its extensions, may be this long, in bytes.
const LINE_LIMIT: u32 = 16 * 1024;
/// All trailer lines together may be this long, in bytes.
const TRAILER_LIMIT: u32 = 256 * 1024;

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// The digits of a size; how many were seen.
    Size(u8),
    /// After the digits: extensions or spaces, up to the line's end.
    Extension,
    Data,
    /// The line end after the data; whether its CR was seen.
    DataEnd(bool),
    /// In a trailer line; whether it is empty so far.
    Trailer(bool),
    Done,
}

/// A chunked body being taken apart.
pub(super) struct Chunked {
    at: At,
    left: u64,
    line: u32,
}

impl Chunked {
    pub(super) fn new() -> Self {
        Self { at: At::Size(0), left: 0, line: 0 }
    }

    pub(super) fn is_done(&self) -> bool {
        self.at == At::Done
    }

    /// Takes the next bytes and hands data on; says how many bytes belonged to the body.
    pub(super) fn feed(&mut self, bytes: &[u8], mut data: impl FnMut(&[u8])) -> Result<usize, Trouble> {
        let mut used = 0;
        while used < bytes.len() && self.at != At::Done {
            if self.at == At::Data {
                let take = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len() - used);
                data(&bytes[used..used + take]);
                used += take;
                self.left -= take as u64;
                if self.left == 0 {
                    self.at = At::DataEnd(false);
                }
            } else {
                self.at = self.step(bytes[used])?;
                used += 1;
            }
        }
        Ok(used)
    }

    /// One byte outside of the data.
    fn step(&mut self, byte: u8) -> Result<At, Trouble> {
        self.line += 1;
        Ok(match (self.at, byte) {
            (At::Size(digits), b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F') => {
                if digits == 15 {
                    return Err(malformed("a chunk of the body claims to be impossibly large"));
                }
                let digit = (byte as char).to_digit(16).unwrap_or(0);
                self.left = self.left * 16 + u64::from(digit);
                At::Size(digits + 1)
            }
            (At::Size(1..) | At::Extension, b'\n') => {
                self.line = 0;
                if self.left == 0 { At::Trailer(true) } else { At::Data }
            }
            (At::Size(1..), b'\r' | b';' | b' ' | b'\t') => At::Extension,
            (At::Extension, _) if self.line < LINE_LIMIT => At::Extension,
            (At::DataEnd(false), b'\r') => At::DataEnd(true),
            (At::DataEnd(_), b'\n') => {
                self.line = 0;
                At::Size(0)
            }
            (At::Trailer(true), b'\n') => At::Done,
            (At::Trailer(false), b'\n') => At::Trailer(true),
            (At::Trailer(true), b'\r') => At::Trailer(true),
            (At::Trailer(_), _) if self.line < TRAILER_LIMIT => At::Trailer(false),
            (At::Extension | At::Trailer(_), _) => return Err(malformed("a line of the chunked body is too long")),
            (At::Size(_), _) => return Err(malformed("a chunk of the body has no proper size")),
            _ => return Err(malformed("a chunk of the body is longer than its size says")),
        })
    }
}
