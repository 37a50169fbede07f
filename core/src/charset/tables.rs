//! The standard's tables, compiled in.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding};

pub(super) type Known = &'static Encoding;
pub(super) const UTF_8: Known = encoding_rs::UTF_8;
pub(super) const UTF_16LE: Known = encoding_rs::UTF_16LE;
pub(super) const UTF_16BE: Known = encoding_rs::UTF_16BE;
pub(super) const WINDOWS_1252: Known = encoding_rs::WINDOWS_1252;

pub(super) fn named(label: &str) -> Option<Known> {
    Encoding::for_label_no_replacement(label.as_bytes())
}

pub(super) fn name(known: Known) -> &'static str {
    known.name()
}

pub(super) fn lossy(known: Known, bytes: &[u8]) -> (Cow<'_, str>, bool) {
    known.decode_without_bom_handling(bytes)
}

pub(super) fn strict(known: Known, bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let mut decoder = known.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(most);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(Cow::Owned(text)),
        _ => Err(text),
    }
}
