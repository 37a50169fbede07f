//! What is said over HTTP/2, frame by frame, without a socket: the rules of RFC 9113 and the tables of RFC 7541.

mod frames;

use std::task::{Context, Poll, Waker};

use super::frame::{Code, Head};
use super::hpack::{Decoder, Encoder};
use super::talk::Moment;
use super::*;

const AT: Moment = Moment { us: 7, told: true };

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(|letter| !letter.is_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
}

fn read(decoder: &mut Decoder, block: &[u8]) -> Option<Vec<String>> {
    let mut all = Vec::new();
    decoder.decode(block, |name, value| {
        all.push(format!("{}: {}", String::from_utf8_lossy(name), String::from_utf8_lossy(value)));
    })?;
    Some(all)
}

/// The requests and answers of RFC 7541, C.3 to C.6, whose tables go from one to the next.
#[test]
fn the_examples_of_the_standard_are_read() {
    let requests = [
        (
            ":method: GET,:scheme: http,:path: /,:authority: www.example.com",
            "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
        ),
        (
            ":method: GET,:scheme: http,:path: /,:authority: www.example.com,cache-control: no-cache",
            "8286 84be 5808 6e6f 2d63 6163 6865",
        ),
        (
            ":method: GET,:scheme: https,:path: /index.html,:authority: www.example.com,custom-key: custom-value",
            "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65",
        ),
    ];
    let compressed = [
        "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
        "8286 84be 5886 a8eb 1064 9cbf",
        "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf",
    ];
    let (mut plain, mut short) = (Decoder::default(), Decoder::default());
    for ((says, hex), compressed) in requests.iter().zip(compressed) {
        let says: Vec<String> = says.split(',').map(str::to_owned).collect();
        assert_eq!(read(&mut plain, &bytes(hex)).as_ref(), Some(&says), "{hex}");
        assert_eq!(read(&mut short, &bytes(compressed)).as_ref(), Some(&says), "{compressed}");
    }
}

/// The answers of RFC 7541, C.6, in a table so small that headers fall out of it.
#[test]
fn a_small_table_forgets_the_oldest() {
    let mut decoder = Decoder::default();
    let resized = |hex: &str| [bytes("3fe1 01"), bytes(hex)].concat();
    let first = resized(
        "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3",
    );
    let date = "date: Mon, 21 Oct 2013 20:13:21 GMT";
    let location = "location: https://www.example.com";
    assert_eq!(read(&mut decoder, &first).unwrap(), [":status: 302", "cache-control: private", date, location]);
    let second = bytes("4883 640e ffc1 c0bf");
    assert_eq!(read(&mut decoder, &second).unwrap(), [":status: 307", "cache-control: private", date, location]);
    let third = bytes(
        "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07",
    );
    let cookie = "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1";
    let said = read(&mut decoder, &third).unwrap();
    assert_eq!(said[..3], [":status: 200", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:22 GMT"]);
    assert_eq!(said[3..], [location, "content-encoding: gzip", cookie]);
}

#[test]
fn headers_that_are_not_well_formed_end_the_reading() {
    let cases = [
        ("80", "the index 0"),
        ("be", "an index that nothing has"),
        ("ff ff ff ff ff 7f", "a number without an end"),
        ("40 0a 63", "a string that is cut"),
        ("00 81 ff 01 61", "a code that is only padding"),
        ("00 84 ff ff ff ff 01 61", "a string that holds the end of strings"),
        ("00 81 06 01 61", "padding that isn't ones"),
        ("88 20", "a size in the middle"),
        ("3f e2 1f", "a size larger than what was offered"),
    ];
    for (hex, what) in cases {
        assert_eq!(read(&mut Decoder::default(), &bytes(hex)), None, "{what}");
    }
}

#[test]
fn what_is_written_is_read_as_it_was_whatever_the_table_holds() {
    let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
    let long = "x".repeat(5_000);
    let mut repeated = Vec::new();
    for size in [4_096, 4_096, 0, 60, 100, 4_096, 4_096] {
        let mut block = Vec::new();
        encoder.limit(0);
        encoder.limit(size);
        encoder.begin(&mut block);
        for (name, value) in
            [("user-agent", "tidemark"), ("accept", "*/*"), ("x-long", long.as_str()), ("cookie", "a=1")]
        {
            encoder.field(&mut block, name.as_bytes(), value.as_bytes());
        }
        encoder.path(&mut block, b"/a?b=c");
        encoder.content_length(&mut block, 1_234_567);
        let said = read(&mut decoder, &block).unwrap();
        assert_eq!(said[..2], ["user-agent: tidemark", "accept: */*"]);
        assert_eq!(said[3..], ["cookie: a=1", ":path: /a?b=c", "content-length: 1234567"]);
        repeated.push(block.len());
    }
    let mut block = Vec::new();
    encoder.field(&mut block, b"user-agent", b"tidemark");
    assert_eq!(block.len(), 1, "what was said before is only named");
}
