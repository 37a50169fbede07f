//! From a file's bytes to text, or to a clear word why they are none.
//!
//! Must not know what the text means.

use std::borrow::Cow;

use crate::charset::Charset;
use crate::plan::table::{BadTable, line_of};
use crate::problem::short;

/// Beginnings of files that are often taken for tables, with what they are.
const OTHERS: [(&[u8], &str); 5] = [
    (b"PK\x03\x04", "a spreadsheet (.xlsx, .ods) or another zip archive"),
    (b"\xD0\xCF\x11\xE0", "an old spreadsheet (.xls)"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"%PDF", "a PDF document"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// The text of a file: by its mark (BOM), else by the encoding named `label`, else UTF-8. Without the mark.
pub(super) fn text<'b>(bytes: &'b [u8], label: &str) -> Result<Cow<'b, str>, BadTable> {
    if let Some(bad) = something_else(bytes) {
        return Err(bad);
    }
    if let Some((encoding, mark)) = Charset::by_mark(bytes) {
        return decoded(&bytes[mark..], encoding);
    }
    let encoding = match label.trim() {
        "" => Charset::UTF_8,
        label => named(label)?,
    };
    no_zeros(bytes, encoding)?;
    decoded(bytes, encoding)
}

/// What bytes are that begin like a file of another kind.
pub(super) fn something_else(bytes: &[u8]) -> Option<BadTable> {
    let (_, what) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start))?;
    Some(BadTable::whole(format!("the file is no text, but {what}"), "save it as CSV (UTF-8) and name that file"))
}

/// The encoding of this name.
pub(super) fn named(label: &str) -> Result<Charset, BadTable> {
    Charset::named(label).ok_or_else(|| {
        let message = format!("no encoding is known by the name \"{}\"", short(label));
        BadTable::whole(message, "use utf-8, windows-1252, iso-8859-15, utf-16le or another name of the web")
    })
}

/// Text has no zero bytes, unless each letter has two.
pub(super) fn no_zeros(bytes: &[u8], encoding: Charset) -> Result<(), BadTable> {
    let two_bytes = encoding == Charset::UTF_16LE || encoding == Charset::UTF_16BE;
    if let Some(at) = bytes.iter().take(8192).position(|byte| *byte == 0).filter(|_| !two_bytes) {
        let zeros = bytes.iter().take(200).filter(|byte| **byte == 0).count();
        return Err(match zeros * 3 > bytes.len().min(200) {
            true => BadTable::at(1, "every other byte is zero: the file looks like UTF-16 without its mark", {
                let guess = if at == 0 { "utf-16be" } else { "utf-16le" };
                format!("add \"encoding\": \"{guess}\", or save the file as UTF-8")
            }),
            false => {
                BadTable::at(line_of(bytes, at), "the file is no text: it holds a zero byte", "save it as CSV (UTF-8)")
            }
        });
    }
    Ok(())
}

/// Decodes `bytes` without replacing anything.
fn decoded<'b>(bytes: &'b [u8], encoding: Charset) -> Result<Cow<'b, str>, BadTable> {
    if encoding == Charset::UTF_8 {
        return match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(error) => {
                let at = error.valid_up_to();
                let found = bytes.get(at).map_or(String::new(), |byte| format!(" (0x{byte:02X})"));
                Err(BadTable::at(
                    line_of(bytes, at),
                    format!("there are bytes{found} that are no UTF-8"),
                    "save the file as UTF-8, or add \"encoding\": \"windows-1252\" (or what it was saved in)",
                ))
            }
        };
    }
    encoding.strict(bytes).map_err(|before| {
        BadTable::at(
            line_of(before.as_bytes(), before.len()),
            format!("there are bytes that are no {}", encoding.name()),
            "write under \"encoding\" what the file was saved in, or save it as UTF-8",
        )
    })
}
