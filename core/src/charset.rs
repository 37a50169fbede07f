//! The encodings that text comes in, by the names of the Encoding Standard (<https://encoding.spec.whatwg.org>).
//!
//! A browser brings the tables of all encodings along, so the editor does not carry them: there, its `TextDecoder` is
//! asked. Everywhere else the same standard is in `encoding_rs`. Must not know what the text is for.

use std::borrow::Cow;

#[cfg(not(target_arch = "wasm32"))]
#[path = "charset/tables.rs"]
mod decoder;
#[cfg(target_arch = "wasm32")]
#[path = "charset/browser.rs"]
mod decoder;

/// An encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset(decoder::Known);

impl Charset {
    /// UTF-8.
    pub const UTF_8: Self = Self(decoder::UTF_8);
    /// UTF-16, the lower byte first.
    pub const UTF_16LE: Self = Self(decoder::UTF_16LE);
    /// UTF-16, the higher byte first.
    pub const UTF_16BE: Self = Self(decoder::UTF_16BE);
    /// What Windows in western Europe wrote before UTF-8.
    pub const WINDOWS_1252: Self = Self(decoder::WINDOWS_1252);

    /// The encoding that has this label, in any case and with spaces around it; `None` for what the standard doesn't
    /// know or doesn't decode.
    pub fn named(label: &str) -> Option<Self> {
        decoder::named(label).map(Self)
    }

    /// By the mark (BOM) that `bytes` begin with, with the mark's length in bytes.
    pub fn by_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => Some((Self::UTF_8, 3)),
            [0xff, 0xfe, ..] => Some((Self::UTF_16LE, 2)),
            [0xfe, 0xff, ..] => Some((Self::UTF_16BE, 2)),
            _ => None,
        }
    }

    /// The name, as the standard writes it.
    pub fn name(self) -> &'static str {
        decoder::name(self.0)
    }

    /// The text, with U+FFFD where bytes are none; and whether that was so. A mark is text like any other.
    pub fn lossy(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        decoder::lossy(self.0, bytes)
    }

    /// The text. A mark is text like any other.
    ///
    /// # Errors
    /// Bytes that are none in this encoding: with the text before them.
    pub fn strict(self, bytes: &[u8]) -> Result<Cow<'_, str>, String> {
        if self == Self::UTF_8 {
            let before = |good: usize| String::from_utf8_lossy(&bytes[..good]).into_owned();
            return std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| before(error.valid_up_to()));
        }
        decoder::strict(self.0, bytes)
    }
}

#[cfg(test)]
mod tests;
