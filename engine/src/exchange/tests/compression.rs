//! Compressed bodies, whole and broken.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::*;

/// `bytes` in one coding; `raw` is deflate without its frame.
fn pack(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let level = Compression::default();
    let mut out = Vec::new();
    match coding {
        "gzip" => GzEncoder::new(&mut out, level).write_all(bytes).unwrap(),
        "deflate" => ZlibEncoder::new(&mut out, level).write_all(bytes).unwrap(),
        "raw" => DeflateEncoder::new(&mut out, level).write_all(bytes).unwrap(),
        "br" => brotli::CompressorWriter::new(&mut out, 4_096, 5, 20).write_all(bytes).unwrap(),
        "zstd" => out = zstd::encode_all(bytes, 3).unwrap(),
        _ => out.extend_from_slice(bytes),
    }
    out
}

fn answer(status: u16, coding: &str, body: &[u8]) -> Act {
    let head = format!("HTTP/1.1 {status} X\r\nContent-Encoding: {coding}\r\nContent-Length: {}\r\n\r\n", body.len());
    Act::Say([head.as_bytes(), body].concat())
}

/// What a GET makes of an answer with this status, coding and body.
fn fetch(status: u16, coding: &str, body: Vec<u8>, body_wanted: bool) -> Reply {
    let reply = Rc::new(RefCell::new(Reply::default()));
    let (into, coding) = (Rc::clone(&reply), coding.to_owned());
    run(async move {
        let (port, _) = serve(move |_, _, _| answer(status, &coding, &body)).await;
        let draft = Draft { compressed: true, body_wanted, ..get(port, "/") };
        *into.borrow_mut() = Person::new().send(&draft).await;
    });
    reply.take()
}

#[test]
fn a_wanted_body_is_unpacked_and_its_length_is_the_unpacked_one() {
    let body = "hello, hello, hello! ".repeat(5_000);
    for (header, packed) in [
        ("gzip", pack("gzip", body.as_bytes())),
        ("x-gzip", pack("gzip", body.as_bytes())),
        ("deflate", pack("deflate", body.as_bytes())),
        ("Deflate", pack("raw", body.as_bytes())),
        ("br", pack("br", body.as_bytes())),
        ("zstd", pack("zstd", body.as_bytes())),
        ("identity", body.clone().into_bytes()),
        ("gzip, br", pack("br", &pack("gzip", body.as_bytes()))),
        ("zstd, deflate", pack("raw", &pack("zstd", body.as_bytes()))),
        ("gzip", [pack("gzip", &body.as_bytes()[..9]), pack("gzip", &body.as_bytes()[9..])].concat()),
    ] {
        let transferred = packed.len() as u64;
        let reply = fetch(200, header, packed, true);
        assert_eq!(kind(&reply), None, "{header}");
        assert!(text(&reply) == body, "{header}");
        assert_eq!(reply.answer.body_len, body.len() as u64, "{header}");
        assert!(reply.bytes_in > transferred && reply.bytes_in < transferred + 200, "{header}");
    }
    let unknown = fetch(200, "sparkle", b"abc".to_vec(), true);
    assert_eq!((kind(&unknown), text(&unknown).as_str()), (None, "abc"));
}

#[test]
fn broken_compression_is_malformed_only_where_the_body_is_wanted() {
    let body = "hello, hello, hello! ".repeat(5_000);
    for coding in ["gzip", "deflate", "br", "zstd"] {
        let whole = pack(coding, body.as_bytes());
        let cut = whole[..whole.len() / 2].to_vec();
        let garbage = b"this is no compressed body at all".to_vec();
        for broken in [cut, garbage] {
            assert_eq!(kind(&fetch(200, coding, broken.clone(), true)), Some(Kind::Malformed), "{coding}");
            let counted = fetch(200, coding, broken.clone(), false);
            assert_eq!((kind(&counted), counted.answer.body_len), (None, broken.len() as u64), "{coding}");
            assert_eq!(kind(&fetch(500, coding, broken, false)), None, "{coding}");
        }
    }
    let sample = fetch(500, "gzip", pack("gzip", body.as_bytes()), false);
    assert!(text(&sample) == body[..65_536] && sample.answer.body_len < 2_000, "a sample is readable");
}

#[test]
fn a_small_body_that_unpacks_to_a_huge_one_is_refused_in_bounded_memory() {
    let zeros = vec![0; 1 << 20];
    let mut packed = Vec::new();
    let mut encoder = GzEncoder::new(&mut packed, Compression::best());
    for _ in 0..65 {
        encoder.write_all(&zeros).unwrap();
    }
    encoder.finish().unwrap();
    let reply = fetch(200, "gzip", packed, true);
    assert_eq!(kind(&reply), Some(Kind::Malformed));
    assert!(reply.answer.body.len() <= 64 << 20);
    assert_eq!(kind(&fetch(200, "gzip, gzip, gzip, gzip, gzip", b"x".to_vec(), true)), Some(Kind::Malformed));
}
