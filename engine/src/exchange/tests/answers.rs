//! Answers in every shape, and what is made of them.

use super::*;

/// Sends one GET to a server that says `answer` and closes, and compares.
fn check(answer: &str, expected: Result<(u16, &str), Kind>) {
    let bytes = answer.as_bytes().to_vec();
    let row = format!("{answer:?}");
    run(async move {
        let (port, _) = serve(move |_, _, _| Act::Close(bytes.clone())).await;
        let reply = Person::new().get(port, "/").await;
        let found = match kind(&reply) {
            None => Ok((reply.answer.status, text(&reply))),
            Some(kind) => Err(kind),
        };
        assert_eq!(found, expected.map(|(status, body)| (status, body.to_owned())), "{row}");
    });
}

#[test]
fn a_body_ends_where_its_framing_says() {
    let long = format!("HTTP/1.1 200 OK\r\nX: {}\r\nContent-Length: 1\r\n\r\nx", "y".repeat(100_000));
    let many = format!("HTTP/1.1 200 OK\r\n{}Content-Length: 1\r\n\r\nx", "A: b\r\n".repeat(500));
    for (answer, status, body) in [
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello"),
        ("HTTP/1.1 200 OK\r\ncontent-length:5 \r\n\r\nhello", 200, "hello"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello", 200, "hello"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 200, "hello"),
        ("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, ""),
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone", 404, "gone"),
        ("HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n", 204, ""),
        ("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", 304, ""),
        ("HTTP/1.1 200 OK\r\n\r\nuntil the end", 200, "until the end"),
        ("HTTP/1.0 200 OK\r\n\r\nold", 200, "old"),
        ("HTTP/1.1 200 OK\nContent-Length: 2\n\nok", 200, "ok"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n", 200, "abcde"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\nA;x=\"y\"\r\n0123456789\r\n0;z\r\nT: 1\r\n\r\n",
            200,
            "0123456789",
        ),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            200,
            "ok",
        ),
        ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", 101, ""),
        (&long, 200, "x"),
        (&many, 200, "x"),
    ] {
        check(answer, Ok((status, body)));
    }
}

#[test]
fn what_is_not_proper_http_is_malformed_and_what_ends_early_is_reset() {
    use Kind::{Malformed, Reset};
    let huge = format!("HTTP/1.1 200 OK\r\nX: {}", "y".repeat(300_000));
    for (answer, kind) in [
        ("", Reset),
        ("HTTP/1.1 200 OK\r\nConte", Reset),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", Reset),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhell", Reset),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", Reset),
        ("SSH-2.0-OpenSSH_9.2p1\r\n", Malformed),
        ("\x15\x03\x01\x00\x02\x02\x50", Malformed),
        ("<html>hello</html>", Malformed),
        ("HTTP/1.1 twohundred OK\r\n\r\n", Malformed),
        ("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", Malformed),
        ("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", Malformed),
        ("HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello", Malformed),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello", Malformed),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", Malformed),
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Malformed),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", Malformed),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", Malformed),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", Malformed),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", Malformed),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", Malformed),
        (&huge, Malformed),
    ] {
        check(answer, Err(kind));
    }
}

#[test]
fn an_answer_reads_the_same_wherever_it_is_split() {
    run(async {
        let answer =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n2\r\nab\r\n3;e\r\ncde\r\n0\r\nT: t\r\n\r\n";
        for at in 1..answer.len() {
            let (mut reader, mut found) = (answer::Reader::new("GET", true), tidemark_core::traffic::Answer::default());
            let heads = &mut known::Heads::default();
            assert_eq!(reader.feed(&answer[..at], &mut found, heads).unwrap(), at);
            assert!(!reader.is_done());
            assert_eq!(reader.feed(&answer[at..], &mut found, heads).unwrap(), answer.len() - at);
            assert!(reader.stays_open());
            assert_eq!((found.body.as_slice(), found.body_len), (&b"abcde"[..], 5), "split at {at}");
            assert_eq!(found.headers.0, b"Transfer-Encoding: chunked\r\nX: y\r\n");
        }
        let bytes: Vec<Vec<u8>> = answer.iter().map(|byte| vec![*byte]).collect();
        let (port, _) = serve(move |_, _, _| Act::Pieces(bytes.clone())).await;
        let reply = Person::new().get(port, "/").await;
        assert_eq!((kind(&reply), text(&reply).as_str()), (None, "abcde"));
        assert_eq!(reply.bytes_in, answer.len() as u64);
    });
}

#[test]
fn a_body_that_nobody_looks_at_is_counted_and_only_kept_for_failures() {
    run(async {
        let (port, _) = serve(|_, count, _| {
            let status = if count == 0 { 200 } else { 503 };
            let body = "x".repeat(200_000);
            say(&format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
        })
        .await;
        let person = Person::new();
        let draft = Draft { body_wanted: false, ..get(port, "/") };
        let fine = person.send(&draft).await;
        assert_eq!((fine.answer.status, fine.answer.body.len(), fine.answer.body_len), (200, 0, 200_000));
        let failed = person.send(&draft).await;
        assert_eq!((failed.answer.status, failed.answer.body.len(), failed.answer.body_len), (503, 65_536, 200_000));
    });
}
