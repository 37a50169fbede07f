//! The browser's tables, asked for; what Rust can decode alone, it does.

use std::borrow::Cow;

use web_sys::{TextDecoder, TextDecoderOptions};

/// Its name.
pub(super) type Known = &'static str;
pub(super) const UTF_8: Known = "UTF-8";
pub(super) const UTF_16LE: Known = "UTF-16LE";
pub(super) const UTF_16BE: Known = "UTF-16BE";
pub(super) const WINDOWS_1252: Known = "windows-1252";

/// All names of the standard, but for the one that decodes nothing. Decoders answer with theirs in small letters.
const NAMES: [Known; 39] = [
    UTF_8,
    UTF_16LE,
    UTF_16BE,
    WINDOWS_1252,
    "Big5",
    "EUC-JP",
    "EUC-KR",
    "GBK",
    "IBM866",
    "ISO-2022-JP",
    "ISO-8859-2",
    "ISO-8859-3",
    "ISO-8859-4",
    "ISO-8859-5",
    "ISO-8859-6",
    "ISO-8859-7",
    "ISO-8859-8",
    "ISO-8859-8-I",
    "ISO-8859-10",
    "ISO-8859-13",
    "ISO-8859-14",
    "ISO-8859-15",
    "ISO-8859-16",
    "KOI8-R",
    "KOI8-U",
    "Shift_JIS",
    "gb18030",
    "macintosh",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "x-mac-cyrillic",
    "x-user-defined",
];

pub(super) fn named(label: &str) -> Option<Known> {
    let name = TextDecoder::new_with_label(label).ok()?.encoding();
    NAMES.into_iter().find(|known| known.eq_ignore_ascii_case(&name))
}

pub(super) fn name(known: Known) -> &'static str {
    known
}

pub(super) fn lossy(known: Known, bytes: &[u8]) -> (Cow<'_, str>, bool) {
    if let Ok(text) = strict(known, bytes) {
        return (text, false);
    }
    let text = match known {
        UTF_8 => String::from_utf8_lossy(bytes).into_owned(),
        UTF_16LE | UTF_16BE => wide(known, bytes).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
        _ => asked(known, bytes, false).unwrap_or_default(),
    };
    (Cow::Owned(text), true)
}

pub(super) fn strict(known: Known, bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let text = match known {
        UTF_8 => return std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| String::new()),
        UTF_16LE | UTF_16BE => {
            let mut before = String::new();
            for unit in wide(known, bytes) {
                match unit {
                    Some(letter) => before.push(letter),
                    None => return Err(before),
                }
            }
            before
        }
        WINDOWS_1252 => bytes.iter().map(|byte| western(*byte)).collect(),
        // A decoder that refuses doesn't say where.
        _ => asked(known, bytes, true).ok_or_else(|| {
            let text = asked(known, bytes, false).unwrap_or_default();
            text.split(char::REPLACEMENT_CHARACTER).next().unwrap_or_default().to_owned()
        })?,
    };
    Ok(Cow::Owned(text))
}

/// A letter of windows-1252, which has one for every byte. Some decoders take it for ISO-8859-1 (Node.js 20 to 23), and it
/// is the encoding that tables come in most often.
fn western(byte: u8) -> char {
    const OWN: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    OWN.get(usize::from(byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(byte))
}

/// The letters, `None` for half of a pair and for half of a unit at the end.
fn wide(known: Known, bytes: &[u8]) -> impl Iterator<Item = Option<char>> {
    let (units, rest) = bytes.as_chunks::<2>();
    let from = if known == UTF_16LE { u16::from_le_bytes } else { u16::from_be_bytes };
    let letters = char::decode_utf16(units.iter().map(move |unit| from(*unit))).map(Result::ok);
    letters.chain((!rest.is_empty()).then_some(None))
}

/// The browser's answer; `None` where it refuses.
fn asked(known: Known, bytes: &[u8], fatal: bool) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(fatal);
    TextDecoder::new_with_label_and_options(known, &options).ok()?.decode_with_u8_array(bytes).ok()
}
