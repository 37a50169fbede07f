//! How answers are read, case by case, from RFC 9110 and RFC 9112: each whole, twice, byte by byte, and in halves. The connection
//! ends behind the bytes of a case.
//!
//! What is expected reads `status end body`: the end is `open` (the connection can be used again), `close`, or `eof` (the
//! body ends with the connection); `+n` behind it are bytes that belong to no answer. Else it is the kind of trouble.

use tidemark_core::traffic::{Answer, Kind};

use crate::exchange::answer::Reader;
use crate::exchange::known::Heads;

/// Method, bytes, and what is expected.
type Case = (&'static str, &'static str, &'static str);

fn read(method: &str, pieces: &[&[u8]], heads: &mut Heads) -> String {
    let (mut reader, mut answer, mut left) = (Reader::new(method, true), Answer::default(), 0);
    for piece in pieces {
        match reader.feed(piece, &mut answer, heads) {
            Ok(used) => left += piece.len() - used,
            Err(trouble) => return trouble.kind.word().to_owned(),
        }
    }
    let end = match (reader.is_done(), reader.stays_open()) {
        (true, true) => "open",
        (true, false) => "close",
        (false, _) => match reader.end() {
            Ok(()) => "eof",
            Err(trouble) => return trouble.kind.word().to_owned(),
        },
    };
    let more = if left == 0 { String::new() } else { format!("+{left}") };
    let body = String::from_utf8_lossy(&answer.body);
    let space = if body.is_empty() { "" } else { " " };
    format!("{} {end}{more}{space}{body}", answer.status)
}

#[track_caller]
fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (method, text, wanted) in cases {
        let wanted = match *wanted {
            "malformed" => Kind::Malformed.word(),
            "reset" => Kind::Reset.word(),
            wanted => wanted,
        };
        // In the rows below, each letter stands for its byte; those above U+007F are bytes of their own.
        let bytes: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("a byte")).collect();
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        let middle = bytes.len() / 2;
        let mut heads = Heads::default();
        for (how, pieces) in [
            ("whole", vec![&bytes[..]]),
            ("whole, its head known", vec![&bytes[..]]),
            ("byte by byte", single),
            ("halves", bytes.chunks(middle.max(1)).collect()),
        ] {
            let got = read(method, &pieces, &mut heads);
            if got != wanted {
                wrong.push(format!("{text:?}, {how}: {got:?} instead of {wanted:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn status_lines() {
    check(&[
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 All is well here\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 \u{e4}\u{f6}\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 a\tb\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", "200 close"),
        ("GET", "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno", "404 open no"),
        ("GET", "HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno", "500 open no"),
        ("GET", "HTTP/1.1 599 Odd\r\nContent-Length: 0\r\n\r\n", "599 open"),
        ("GET", "HTTP/1.1 299 Odd\r\nContent-Length: 0\r\n\r\n", "299 open"),
        // An unknown status is read by its class; nobody may fall over it (RFC 9110, 15).
        ("GET", "HTTP/1.1 799 Odd\r\nContent-Length: 0\r\n\r\n", "799 open"),
        // Empty lines before the status line are skipped (RFC 9112, 2.2).
        ("GET", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "200 open"),
        // A line may end with LF alone (RFC 9112, 2.2).
        ("GET", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\nContent-Length: 2\r\n\nok", "200 open ok"),
        ("GET", "HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 -20 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1\t200 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/2 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/11 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTPS/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", " HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "ICY 200 OK\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 O\0K\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 O\u{1}K\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\rContent-Length: 0\r\n\r\n", "malformed"),
    ]);
}

#[test]
fn header_lines() {
    check(&[
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length:0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length:   2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length:\t2\t\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2   \r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nCONTENT-LENGTH: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\ncOnTeNt-LeNgTh: 2\r\n\r\nok", "200 open ok"),
        // A space before the colon is no part of the name (RFC 9112, 5.1: it is removed from answers).
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nX:\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nX: \r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nX: a:b:c\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nX: \u{e4}\u{ff}\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\n!#$%&'*+-.^_`|~: x\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\n1: x\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nX: 1\r\nX: 2\r\nX: 3\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length2: 9\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nX-Content-Length: 9\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        // Folded lines are refused (RFC 9112, 5.2).
        ("GET", "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX: a\r\n\tb\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\n X: a\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length:\r\n 2\r\n\r\nok", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX(y): x\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX@y: x\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX\u{e4}: x\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX\0: x\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX: a\u{7}b\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX: a\u{7f}b\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX: a\r\r\nContent-Length: 0\r\n\r\n", "malformed"),
    ]);
}

#[test]
fn lengths() {
    check(&[
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "200 open hello"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 005\r\n\r\nhello", "200 open hello"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 00\r\n\r\n", "200 open"),
        // The same number several times is that number (RFC 9110, 8.6).
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "200 open hello"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5,5\r\n\r\nhello", "200 open hello"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5, 5 ,5\r\n\r\nhello", "200 open hello"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 05\r\n\r\nhello", "200 open hello"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5,6\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5,\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: ,5\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5,x\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length:   \r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5.0\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5e0\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5 5\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5;a=b\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: \"5\"\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: \u{b2}\r\n\r\nhello", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999999\r\n\r\n", "malformed"),
        // It is only a claim: nothing is reserved for it.
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999\r\n\r\nhello", "reset"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", "reset"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "reset"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello!", "200 open+1 hello"),
        ("GET", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhell", "reset"),
        ("POST", "HTTP/1.1 201 Made\r\nContent-Length: 5\r\n\r\nhello", "201 open hello"),
        ("PUT", "HTTP/1.1 409 No\r\nContent-Length: 5\r\n\r\nhello", "409 open hello"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\0\r\n\r\n", "200 open \0\r\n\r\n"),
    ]);
}

#[test]
fn chunks() {
    const HEAD: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let rows: [(&str, &str); 58] = [
        ("0\r\n\r\n", "200 open"),
        ("5\r\nhello\r\n0\r\n\r\n", "200 open hello"),
        ("2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "200 open hello"),
        ("1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n", "200 open abc"),
        ("a\r\n0123456789\r\n0\r\n\r\n", "200 open 0123456789"),
        ("A\r\n0123456789\r\n0\r\n\r\n", "200 open 0123456789"),
        ("0a\r\n0123456789\r\n0\r\n\r\n", "200 open 0123456789"),
        ("00000005\r\nhello\r\n0\r\n\r\n", "200 open hello"),
        ("10\r\n0123456789abcdef\r\n0\r\n\r\n", "200 open 0123456789abcdef"),
        ("5\r\nhello\r\n000\r\n\r\n", "200 open hello"),
        ("5\r\n\r\n\r\n\r\r\n0\r\n\r\n", "200 open \r\n\r\n\r"),
        ("3\r\n0\r\n\r\n0\r\n\r\n", "200 open 0\r\n"),
        // Extensions say nothing that is needed (RFC 9112, 7.1.1).
        ("5;a\r\nhello\r\n0\r\n\r\n", "200 open hello"),
        ("5;a=b\r\nhello\r\n0\r\n\r\n", "200 open hello"),
        ("5;a=\"b;c\"\r\nhello\r\n0\r\n\r\n", "200 open hello"),
        ("5;a=b;c=d\r\nhello\r\n0;e=f\r\n\r\n", "200 open hello"),
        ("5 ;a=b\r\nhello\r\n0\r\n\r\n", "200 open hello"),
        ("5 ; a = b\r\nhello\r\n0\r\n\r\n", "200 open hello"),
        ("5 \r\nhello\r\n0 \r\n\r\n", "200 open hello"),
        ("5\t\r\nhello\r\n0\r\n\r\n", "200 open hello"),
        ("5;\u{e4}\r\nhello\r\n0\r\n\r\n", "200 open hello"),
        // Trailers are passed over (RFC 9112, 7.1.2).
        ("5\r\nhello\r\n0\r\nX: y\r\n\r\n", "200 open hello"),
        ("5\r\nhello\r\n0\r\nX: y\r\nZ: w\r\n\r\n", "200 open hello"),
        ("0\r\nX: y\r\n\r\n", "200 open"),
        ("0\r\nX:\r\n\r\n", "200 open"),
        ("0\r\nContent-Length: 7\r\n\r\n", "200 open"),
        ("0\r\nTransfer-Encoding: gzip\r\n\r\n", "200 open"),
        ("0\r\nX: y\r\n z\r\n\r\n", "200 open"),
        // Lines that end with LF alone.
        ("5\nhello\n0\n\n", "200 open hello"),
        ("5\r\nhello\n0\r\n\r\n", "200 open hello"),
        ("5\nhello\r\n0\r\n\n", "200 open hello"),
        ("0\nX: y\n\n", "200 open"),
        // What follows is another answer's.
        ("5\r\nhello\r\n0\r\n\r\nHTTP/1.1", "200 open+8 hello"),
        ("0\r\n\r\n\r\n", "200 open+2"),
        // Cut off.
        ("", "reset"),
        ("5", "reset"),
        ("5\r\n", "reset"),
        ("5\r\nhel", "reset"),
        ("5\r\nhello", "reset"),
        ("5\r\nhello\r\n", "reset"),
        ("5\r\nhello\r\n0", "reset"),
        ("5\r\nhello\r\n0\r\n", "reset"),
        ("5\r\nhello\r\n0\r\nX: y\r\n", "reset"),
        // Not a size.
        ("\r\nhello\r\n0\r\n\r\n", "malformed"),
        ("x\r\nhello\r\n0\r\n\r\n", "malformed"),
        ("0x5\r\nhello\r\n0\r\n\r\n", "malformed"),
        ("+5\r\nhello\r\n0\r\n\r\n", "malformed"),
        ("-5\r\nhello\r\n0\r\n\r\n", "malformed"),
        (" 5\r\nhello\r\n0\r\n\r\n", "malformed"),
        (";a\r\nhello\r\n0\r\n\r\n", "malformed"),
        ("5g\r\nhello\r\n0\r\n\r\n", "malformed"),
        ("5,\r\nhello\r\n0\r\n\r\n", "malformed"),
        ("5\0\r\nhello\r\n0\r\n\r\n", "malformed"),
        ("fffffffffffffffff\r\n", "malformed"),
        ("10000000000000000\r\n", "malformed"),
        // A chunk that is not as long as it says.
        ("4\r\nhello\r\n0\r\n\r\n", "malformed"),
        ("5\r\nhello0\r\n\r\n", "malformed"),
        ("5\r\nhello\r0\r\n\r\n", "malformed"),
    ];
    for (body, wanted) in rows {
        let text: &'static str = Box::leak(format!("{HEAD}{body}").into_boxed_str());
        check(&[("GET", text, wanted)]);
    }
}

#[test]
fn transfer_codings() {
    check(&[
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 OK\r\ntransfer-encoding:CHUNKED\r\n\r\n0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding:  chunked \r\n\r\n0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nok", "200 eof ok"),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nok", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", "malformed"),
        (
            "GET",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "malformed",
        ),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\n\r\n0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "malformed"),
        // Two claims about the length: whoever believes either may be cheated (RFC 9112, 6.3).
        ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "malformed"),
        ("GET", "HTTP/1.1 200 OK\r\nX-Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
    ]);
}

#[test]
fn answers_without_a_body() {
    check(&[
        ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "200 open"),
        ("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "200 open"),
        ("HEAD", "HTTP/1.1 200 OK\r\n\r\n", "200 open"),
        ("HEAD", "HTTP/1.1 404 No\r\nContent-Length: 500\r\n\r\n", "404 open"),
        ("HEAD", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "200 close"),
        ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "200 open+5"),
        ("GET", "HTTP/1.1 204 None\r\n\r\n", "204 open"),
        ("GET", "HTTP/1.1 204 None\r\nContent-Length: 0\r\n\r\n", "204 open"),
        ("GET", "HTTP/1.1 204 None\r\nContent-Length: 5\r\n\r\n", "204 open"),
        ("GET", "HTTP/1.1 204 None\r\nTransfer-Encoding: chunked\r\n\r\n", "204 open"),
        ("GET", "HTTP/1.1 204 None\r\n\r\nhello", "204 open+5"),
        ("GET", "HTTP/1.0 204 None\r\n\r\n", "204 close"),
        ("GET", "HTTP/1.1 304 Same\r\n\r\n", "304 open"),
        ("GET", "HTTP/1.1 304 Same\r\nContent-Length: 500\r\n\r\n", "304 open"),
        ("GET", "HTTP/1.1 304 Same\r\nTransfer-Encoding: chunked\r\n\r\n", "304 open"),
        ("GET", "HTTP/1.1 304 Same\r\nConnection: close\r\n\r\n", "304 close"),
        // 205 has a length like any other.
        ("GET", "HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n", "205 open"),
        ("GET", "HTTP/1.1 205 Reset\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "205 open"),
        ("head", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
    ]);
}

#[test]
fn interim_answers() {
    check(&[
        ("POST", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("POST", "HTTP/1.1 100\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("POST", "HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 201 Made\r\nContent-Length: 0\r\n\r\n", "201 open"),
        (
            "GET",
            "HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "200 open",
        ),
        (
            "GET",
            "HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "200 open ok",
        ),
        (
            "GET",
            "HTTP/1.1 103 Early\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            "200 open ok",
        ),
        (
            "GET",
            "HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "200 open",
        ),
        ("GET", "HTTP/1.1 199 Odd\r\n\r\nHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "404 open"),
        ("HEAD", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 None\r\n\r\n", "204 open"),
        ("GET", "HTTP/1.1 100 Continue\r\n\r\n", "reset"),
        ("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1", "reset"),
        ("GET", "HTTP/1.1 100 Continue\r\n\r\nnonsense\r\n\r\n", "malformed"),
        // After 101 the bytes are another protocol's.
        ("GET", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n", "101 close"),
        ("GET", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nabc", "101 close+3"),
    ]);
}

#[test]
fn bodies_that_end_with_the_connection() {
    check(&[
        ("GET", "HTTP/1.1 200 OK\r\n\r\nhello", "200 eof hello"),
        ("GET", "HTTP/1.1 200 OK\r\n\r\n", "200 eof"),
        ("GET", "HTTP/1.0 200 OK\r\n\r\nhello", "200 eof hello"),
        ("GET", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello", "200 eof hello"),
        ("GET", "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\nhello", "200 eof hello"),
        ("GET", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nhello", "200 eof hello"),
        ("GET", "HTTP/1.1 500 Oh\r\n\r\nhello", "500 eof hello"),
        ("GET", "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "200 eof HTTP/1.1 200 OK\r\n\r\n"),
    ]);
}

#[test]
fn whether_the_connection_stays() {
    check(&[
        ("GET", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", "200 close"),
        ("GET", "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n", "200 close"),
        ("GET", "HTTP/1.1 200 OK\r\nCONNECTION: CLOSE\r\nContent-Length: 0\r\n\r\n", "200 close"),
        ("GET", "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 OK\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 OK\r\nConnection: Keep-Alive, Upgrade\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 OK\r\nConnection: x,close\r\nContent-Length: 0\r\n\r\n", "200 close"),
        ("GET", "HTTP/1.1 200 OK\r\nConnection: x ,\tclose , y\r\nContent-Length: 0\r\n\r\n", "200 close"),
        ("GET", "HTTP/1.1 200 OK\r\nConnection: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", "200 close"),
        // Closing wins (RFC 9112, 9.6).
        ("GET", "HTTP/1.1 200 OK\r\nConnection: close, keep-alive\r\nContent-Length: 0\r\n\r\n", "200 close"),
        (
            "GET",
            "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
            "200 close",
        ),
        ("GET", "HTTP/1.0 200 OK\r\nConnection: close, keep-alive\r\nContent-Length: 0\r\n\r\n", "200 close"),
        ("GET", "HTTP/1.0 200 OK\r\nConnection: keep-alive, close\r\nContent-Length: 0\r\n\r\n", "200 close"),
        ("GET", "HTTP/1.1 200 OK\r\nConnection: closed\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 OK\r\nConnection:\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 OK\r\nProxy-Connection: close\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max=1\r\nContent-Length: 0\r\n\r\n", "200 open"),
        ("GET", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "200 close ok"),
        ("GET", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        ("GET", "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok", "200 open ok"),
        (
            "GET",
            "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            "200 close ok",
        ),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n", "200 open+17 ok"),
    ]);
}

#[test]
fn what_is_no_answer() {
    check(&[
        ("GET", "", "reset"),
        ("GET", "\r\n", "reset"),
        ("GET", "H", "reset"),
        ("GET", "HTTP/1.1 200", "reset"),
        ("GET", "HTTP/1.1 200 OK\r\n", "reset"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2", "reset"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", "reset"),
        ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r", "reset"),
        ("GET", "<html>hello</html>\r\n", "malformed"),
        ("GET", "{\"hello\": 1}\r\n", "malformed"),
        ("GET", "SSH-2.0-OpenSSH_9.2\r\n", "malformed"),
        ("GET", "220 mail.test ESMTP\r\n", "malformed"),
        ("GET", "\u{15}\u{3}\u{1}\0\u{2}\u{2}P", "malformed"),
        ("GET", "\0\0\u{12}\u{4}\0\0\0\0\0\0\u{3}", "malformed"),
        ("GET", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "malformed"),
        ("GET", "\u{ff}\u{fe}H\0T\0", "malformed"),
    ]);
}
