//! Takes the compression off a body: gzip, deflate, br, zstd, and several of them in a row. Must not know HTTP otherwise.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use tidemark_core::traffic::{Answer, Trouble};

use super::answer::{BODY_LIMIT, SAMPLE_LIMIT, malformed};

/// More codings than this in a row are nobody's good intention.
const CODINGS_LIMIT: usize = 4;
/// zstd may look back 8 MiB, as RFC 9659 says; more would let a server fill our memory.
const ZSTD_WINDOW_LOG: u32 = 23;

/// One coding of a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// Decompresses the kept body in place. Where the body was wanted, broken compression is trouble and `body_len` becomes
/// the decompressed length; else it is only a sample, of which as much is shown as can be.
pub(super) fn decode(answer: &mut Answer, body_wanted: bool) -> Result<(), Trouble> {
    if answer.body.is_empty() {
        return Ok(());
    }
    let names = codings(answer)?;
    if names.is_empty() {
        return Ok(());
    }
    let whole = body_wanted && answer.body.len() as u64 == answer.body_len;
    let limit = if body_wanted { BODY_LIMIT } else { SAMPLE_LIMIT };
    let raw = std::mem::take(&mut answer.body);
    let ended = unpack(&raw, &names, limit, &mut answer.body);
    match ended {
        Err(error) if whole => Err(malformed(format!("the body's compression is broken ({error})"))),
        Ok(false) if whole => Err(malformed("the body decompresses to more than 64 MiB")),
        _ => {
            if whole {
                answer.body_len = answer.body.len() as u64;
            }
            Ok(())
        }
    }
}

/// The codings in the order in which they were put on; empty where one of them isn't known.
fn codings(answer: &Answer) -> Result<Vec<Coding>, Trouble> {
    let mut found = Vec::new();
    for (_, value) in answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-encoding")) {
        for word in value.split(',').map(|word| word.trim().to_ascii_lowercase()) {
            match word.as_str() {
                "gzip" | "x-gzip" => found.push(Coding::Gzip),
                "deflate" => found.push(Coding::Deflate),
                "br" => found.push(Coding::Brotli),
                "zstd" => found.push(Coding::Zstd),
                "" | "identity" => {}
                _ => return Ok(Vec::new()),
            }
        }
    }
    if found.len() > CODINGS_LIMIT {
        return Err(malformed(format!("the body is compressed {} times over", found.len())));
    }
    Ok(found)
}

/// Fills `out` up to the limit; says whether that was all.
fn unpack(raw: &[u8], codings: &[Coding], limit: usize, out: &mut Vec<u8>) -> io::Result<bool> {
    let mut reader: Box<dyn Read + '_> = Box::new(raw);
    for coding in codings.iter().rev() {
        reader = match coding {
            Coding::Gzip => Box::new(MultiGzDecoder::new(reader)),
            Coding::Brotli => Box::new(brotli::Decompressor::new(reader, 4_096)),
            Coding::Zstd => {
                let mut decoder = zstd::stream::read::Decoder::new(reader)?;
                decoder.window_log_max(ZSTD_WINDOW_LOG)?;
                Box::new(decoder)
            }
            Coding::Deflate => deflate(reader)?,
        };
    }
    reader.by_ref().take(limit as u64).read_to_end(out)?;
    Ok(out.len() < limit || reader.read(&mut [0])? == 0)
}

/// `deflate` should be zlib's format; some servers send it bare.
fn deflate<'a>(mut reader: Box<dyn Read + 'a>) -> io::Result<Box<dyn Read + 'a>> {
    let mut start = Vec::with_capacity(2);
    reader.by_ref().take(2).read_to_end(&mut start)?;
    let zlib = start.len() == 2 && start[0] & 0x0f == 8 && u16::from_be_bytes([start[0], start[1]]).is_multiple_of(31);
    let whole = io::Cursor::new(start).chain(reader);
    Ok(if zlib { Box::new(ZlibDecoder::new(whole)) } else { Box::new(DeflateDecoder::new(whole)) })
}
