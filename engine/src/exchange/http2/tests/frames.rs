//! One side of a connection: what it does with the other side's frames.

use super::*;
use tidemark_core::traffic::{Answer, HttpVersion, Kind};

/// A connection whose other side said its settings, with what it wrote until now left out.
fn talk(settings: &str) -> Talk {
    let mut talk = Talk::new();
    hear(&mut talk, frame::SETTINGS, 0, 0, settings);
    written(&mut talk);
    talk
}

fn hear(talk: &mut Talk, kind: u8, flags: u8, stream: u32, hex: &str) {
    let mut frame = Vec::new();
    frame::put(&mut frame, kind, flags, stream, &bytes(hex));
    talk.feed(&frame, AT);
}

/// The frames that were written since: kind, flags, stream and payload.
fn written(talk: &mut Talk) -> Vec<(u8, u8, u32, Vec<u8>)> {
    let all = talk.to_write().to_vec();
    let mut rest = all.strip_prefix(frame::PREFACE).unwrap_or(&all);
    let mut frames = Vec::new();
    while let Some(head) = Head::read(rest) {
        let (payload, after) = rest[frame::HEAD..].split_at(head.length);
        frames.push((head.kind, head.flags, head.stream, payload.to_vec()));
        rest = after;
    }
    talk.wrote(all.len());
    frames
}

fn draft(body: Option<Vec<u8>>) -> Draft {
    Draft {
        method: if body.is_some() { "POST" } else { "GET" }.into(),
        host: "shop.test".into(),
        port: 80,
        target: "/".into(),
        version: HttpVersion::Http2,
        body_wanted: true,
        body,
        ..Draft::default()
    }
}

fn ask(talk: &mut Talk) -> u32 {
    talk.start((&draft(None), Given::default()), None, Answer::default()).unwrap()
}

fn poll(talk: &mut Talk, id: u32) -> Option<Request> {
    match talk.poll_end(id, &Context::from_waker(Waker::noop())) {
        Poll::Ready(request) => request,
        Poll::Pending => None,
    }
}

/// The status and body of an answer, or what went wrong.
fn outcome(talk: &mut Talk, id: u32) -> String {
    let Some(request) = poll(talk, id) else { return "waits".into() };
    match request.end.unwrap() {
        Ok(_) => format!("{} {}", request.answer.status, String::from_utf8_lossy(&request.answer.body)),
        Err(Ended::Stale(trouble)) => format!("elsewhere: {}", trouble.detail),
        Err(Ended::For(trouble)) => format!("{}: {}", trouble.kind.word(), trouble.detail),
    }
}

#[test]
fn an_answer_is_the_same_in_pieces_of_any_size() {
    let mut frames = Vec::new();
    frame::put(&mut frames, 99, 0, 5, b"not known");
    frame::put(&mut frames, frame::HEADERS, frame::END_HEADERS, 1, &bytes("48 03 31 30 33"));
    // Padded and with a priority, and cut in two.
    frame::put(&mut frames, frame::HEADERS, 0x28, 1, &bytes("02 00000000 10 88 0f 0d 01 33 0000"));
    frame::put(&mut frames, frame::CONTINUATION, frame::END_HEADERS, 1, &bytes("00 01 61 01 62"));
    frame::put(&mut frames, frame::DATA, 0x8, 1, &bytes("01 61 62 00"));
    frame::put(&mut frames, frame::DATA, 0, 1, b"c");
    frame::put(&mut frames, frame::HEADERS, frame::END_HEADERS | frame::END_STREAM, 1, &bytes("00 01 74 01 31"));
    for size in 1..frames.len() {
        let mut talk = talk("");
        let id = ask(&mut talk);
        for piece in frames.chunks(size) {
            talk.feed(piece, AT);
        }
        let request = poll(&mut talk, id).unwrap();
        assert!(request.end.unwrap().is_ok(), "{size}");
        assert_eq!((request.answer.status, request.answer.body.as_slice()), (200, b"abc".as_slice()), "{size}");
        assert_eq!(request.answer.headers.get("a").as_deref(), Some("b"), "{size}");
        assert_eq!(request.answer.headers.get("t"), None, "what stands behind the body is no header");
        assert!(talk.is_idle() && talk.leaves().is_none());
    }
}

#[test]
fn what_breaks_the_rules_for_one_request_ends_that_one_only() {
    let headers = frame::END_HEADERS;
    let all = headers | frame::END_STREAM;
    for (kind, flags, hex, says) in [
        (frame::DATA, 0, "61", "malformed: the answer's body comes before its headers"),
        (frame::HEADERS, all, "00 01 61 01 62", "malformed: the answer has no status"),
        (frame::HEADERS, all, "48 03 31 30 30", "malformed: an interim answer ends the whole"),
        (frame::HEADERS, all, "48 03 31 30 31", "malformed: the answer's status is 101, which HTTP/2 doesn't have"),
        (frame::HEADERS, all, "48 02 39 39", "malformed: the answer has the header \":status\""),
        (frame::HEADERS, all, "88 88", "malformed: the answer has the header \":status\""),
        (frame::HEADERS, all, "82", "malformed: the answer has the header \":method\""),
        (frame::HEADERS, all, "88 00 01 41 01 62", "malformed: the answer has the header \"A\""),
        (frame::HEADERS, all, "88 00 00 01 62", "malformed: the answer has the header \"\""),
        (frame::HEADERS, all, "88 00 02 74 65 01 62", "malformed: the answer has the header \"te\""),
        (
            frame::HEADERS,
            all,
            "88 00 01 61 02 62 0a",
            "malformed: the answer's header \"a\" has a line break or a zero",
        ),
        (
            frame::HEADERS,
            all,
            "88 0f 0d 01 33",
            "malformed: the answer's Content-Length is 3, and its body has 0 bytes",
        ),
        (
            frame::WINDOW_UPDATE,
            0,
            "00000000",
            "malformed: the answer is not proper HTTP/2: a window grows by nothing or too much",
        ),
        (frame::RST_STREAM, 0, "00000007", "reset: the server ended it over HTTP/2: REFUSED_STREAM"),
        (frame::RST_STREAM, 0, "000000ff", "reset: the server ended it over HTTP/2: code 255"),
    ] {
        let mut talk = talk("");
        let (id, other, alike) = (ask(&mut talk), ask(&mut talk), ask(&mut talk));
        for id in [id, alike] {
            hear(&mut talk, kind, flags, id, hex);
            assert_eq!(outcome(&mut talk, id), says, "{hex}");
        }
        assert_eq!(outcome(&mut talk, other), "waits", "{hex}");
        // What still comes for the one that ended is passed over.
        hear(&mut talk, frame::DATA, 0, id, "61");
        hear(&mut talk, frame::HEADERS, all, other, "89");
        assert_eq!(outcome(&mut talk, other), "204 ", "{hex}");
    }
}

#[test]
fn what_breaks_the_rules_of_the_connection_ends_all_and_says_so() {
    for (kind, flags, stream, hex, code) in [
        (frame::DATA, 0, 0, "61", Code::PROTOCOL),
        (frame::DATA, 0, 9, "61", Code::PROTOCOL),
        (frame::DATA, 8, 1, "02 61", Code::PROTOCOL),
        (frame::DATA, 8, 1, "", Code::FRAME_SIZE),
        (frame::HEADERS, 0x24, 1, "00", Code::FRAME_SIZE),
        (frame::HEADERS, 4, 2, "88", Code::PROTOCOL),
        (frame::HEADERS, 4, 1, "ff ff", Code::COMPRESSION),
        (frame::CONTINUATION, 4, 1, "88", Code::PROTOCOL),
        (frame::RST_STREAM, 0, 1, "00", Code::FRAME_SIZE),
        (frame::SETTINGS, 0, 1, "", Code::PROTOCOL),
        (frame::SETTINGS, 0, 0, "00", Code::FRAME_SIZE),
        (frame::SETTINGS, 1, 0, "000100000000", Code::FRAME_SIZE),
        (frame::SETTINGS, 0, 0, "000200000001", Code::PROTOCOL),
        (frame::SETTINGS, 0, 0, "0004ffffffff", Code::FLOW_CONTROL),
        (frame::SETTINGS, 0, 0, "000500000001", Code::PROTOCOL),
        (frame::PUSH_PROMISE, 4, 1, "00000002 88", Code::PROTOCOL),
        (frame::PING, 0, 0, "00", Code::FRAME_SIZE),
        (frame::GOAWAY, 0, 0, "00", Code::FRAME_SIZE),
        (frame::WINDOW_UPDATE, 0, 0, "00000000", Code::FLOW_CONTROL),
        (frame::WINDOW_UPDATE, 0, 0, "7fffffff", Code::FLOW_CONTROL),
        (frame::WINDOW_UPDATE, 0, 9, "00000001", Code::PROTOCOL),
    ] {
        let mut talk = talk("");
        let id = ask(&mut talk);
        written(&mut talk);
        hear(&mut talk, kind, flags, stream, hex);
        let what = format!("{kind} {flags} {stream} {hex}");
        let ended = outcome(&mut talk, id);
        assert!(ended.starts_with("malformed: the answer is not proper HTTP/2: "), "{what}: {ended}");
        let (last, _, _, goodbye) = written(&mut talk).pop().unwrap();
        assert_eq!((last, &goodbye[4..]), (frame::GOAWAY, code.0.to_be_bytes().as_slice()), "{what}");
        assert!(talk.is_over() && talk.leaves().is_some(), "{what}");
    }
    let mut early = Talk::new();
    hear(&mut early, frame::PING, 0, 0, "0000000000000000");
    assert!(early.is_over(), "the settings come first");
    let mut long = talk("");
    long.feed(&[0x01, 0, 0, frame::DATA, 0, 0, 0, 0, 1], AT);
    assert!(long.is_over(), "nobody was allowed such a frame");
}

#[test]
fn a_goodbye_lets_go_on_what_was_looked_at_and_sends_the_rest_elsewhere() {
    let mut talk = talk("");
    let (first, second) = (ask(&mut talk), ask(&mut talk));
    hear(&mut talk, frame::GOAWAY, 0, 0, "00000001 0000000b 736c6f77");
    assert_eq!(outcome(&mut talk, second), "elsewhere: the server ended it over HTTP/2: ENHANCE_YOUR_CALM (slow)");
    assert!(talk.leaves().is_some() && !talk.is_over());
    hear(&mut talk, frame::HEADERS, frame::END_HEADERS | frame::END_STREAM, first, "88");
    assert_eq!(outcome(&mut talk, first), "200 ");
    assert!(talk.is_idle());
}

#[test]
fn what_never_left_when_the_connection_ends_is_sent_elsewhere() {
    let mut talk = talk("");
    let first = ask(&mut talk);
    written(&mut talk);
    let second = ask(&mut talk);
    talk.end(crate::exchange::fault::left_http2());
    assert!(outcome(&mut talk, first).starts_with("reset: the server closed the HTTP/2 connection"));
    assert!(outcome(&mut talk, second).starts_with("elsewhere: "));
    let room = talk.poll_room(&Context::from_waker(Waker::noop()));
    assert!(matches!(room, Poll::Ready(Err(trouble)) if trouble.kind == Kind::Reset));
}

#[test]
fn what_can_not_be_written_is_sent_elsewhere_and_what_was_is_still_heard() {
    let mut talk = talk("");
    let first = ask(&mut talk);
    written(&mut talk);
    let second = ask(&mut talk);
    talk.cut(crate::exchange::fault::left_http2());
    assert!(outcome(&mut talk, second).starts_with("elsewhere: "));
    assert!(talk.leaves().is_some() && !talk.is_over());
    hear(&mut talk, frame::HEADERS, frame::END_HEADERS | frame::END_STREAM, first, "88");
    assert_eq!(outcome(&mut talk, first), "200 ");
}

#[test]
fn a_large_body_leaves_in_frames_that_everybody_takes_and_is_answered_while_it_does() {
    // Frames and windows as large as there are.
    let mut talk = talk("0005 00ffffff 0004 7fffffff");
    hear(&mut talk, frame::WINDOW_UPDATE, 0, 0, "7fff0000");
    let body = 6 << 20;
    let id = talk.start((&draft(Some(vec![b'x'; body])), Given::default()), None, Answer::default()).unwrap();
    let mut out = Vec::new();
    while !talk.to_write().is_empty() {
        assert!(talk.to_write().len() < 400_000);
        // The kernel takes a part, and the server asks whether we are there.
        let part = talk.to_write().len().min(100_000);
        out.extend_from_slice(&talk.to_write()[..part]);
        talk.wrote(part);
        if out.len() < body {
            hear(&mut talk, frame::PING, 0, 0, "0000000000000000");
        }
    }
    let (mut rest, mut sent) = (out.as_slice(), 0);
    while let Some(head) = Head::read(rest) {
        assert!(head.length <= frame::LARGEST);
        sent += if head.kind == frame::DATA { head.length } else { 0 };
        rest = &rest[frame::HEAD + head.length..];
    }
    assert_eq!((sent, outcome(&mut talk, id).as_str()), (body, "waits"));
}

#[test]
fn bodies_go_as_far_as_the_windows_allow() {
    // The window of each request: 10 bytes.
    let mut talk = talk("0004 0000000a");
    let id = talk.start((&draft(Some(vec![b'x'; 25])), Given::default()), None, Answer::default()).unwrap();
    let data = |talk: &mut Talk| {
        let all = written(talk);
        let lengths = all.iter().filter(|frame| frame.0 == frame::DATA);
        lengths.map(|(_, flags, _, payload)| (payload.len(), *flags)).collect::<Vec<_>>()
    };
    assert_eq!(data(&mut talk), [(10, 0)]);
    hear(&mut talk, frame::WINDOW_UPDATE, 0, id, "0000000a");
    assert_eq!(data(&mut talk), [(10, 0)]);
    // The settings change the window of what is under way.
    hear(&mut talk, frame::SETTINGS, 0, 0, "0004 0000000f");
    assert_eq!(data(&mut talk), [(5, frame::END_STREAM)]);
    // An answer that comes before all is sent: the rest is not.
    let early = talk.start((&draft(Some(vec![b'x'; 25])), Given::default()), None, Answer::default()).unwrap();
    written(&mut talk);
    hear(&mut talk, frame::HEADERS, frame::END_HEADERS | frame::END_STREAM, early, "8d");
    assert_eq!(outcome(&mut talk, early), "404 ");
    let reset = written(&mut talk).pop().unwrap();
    assert_eq!((reset.0, reset.2), (frame::RST_STREAM, early));
}

#[test]
fn what_was_read_is_allowed_again() {
    let mut talk = talk("");
    let id = ask(&mut talk);
    hear(&mut talk, frame::HEADERS, frame::END_HEADERS, id, "88");
    written(&mut talk);
    let mut data = Vec::new();
    frame::put(&mut data, frame::DATA, 0, id, &[b'x'; frame::LARGEST]);
    let (mut of_all, mut of_it, mut sent) = (0, 0, 0);
    while sent < 12 << 20 {
        talk.feed(&data, AT);
        sent += frame::LARGEST as u64;
        for (kind, _, stream, payload) in written(&mut talk) {
            assert_eq!(kind, frame::WINDOW_UPDATE);
            let more = u64::from(u32::from_be_bytes(payload.try_into().unwrap()));
            if stream == 0 { of_all += more } else { of_it += more }
        }
        assert!(sent - of_all < 5 << 20 && sent - of_it < 2 << 20, "{sent} {of_all} {of_it}");
    }
    assert!(of_all > 6 << 20 && of_it > 10 << 20);
}

#[test]
fn as_many_requests_at_once_as_the_server_takes() {
    let mut talk = talk("0003 00000002");
    let context = Context::from_waker(Waker::noop());
    let (first, _) = (ask(&mut talk), ask(&mut talk));
    assert!(talk.poll_room(&context).is_pending());
    talk.cancel(first).unwrap();
    assert!(talk.poll_room(&context).is_ready());
    let last = written(&mut talk).pop().unwrap();
    assert_eq!((last.0, last.2), (frame::RST_STREAM, first));
}

#[test]
fn questions_are_answered_and_long_headers_are_cut_into_frames() {
    let mut talk = talk("");
    hear(&mut talk, frame::PING, 0, 0, "0102030405060708");
    assert_eq!(written(&mut talk), [(frame::PING, frame::ACK, 0, vec![1, 2, 3, 4, 5, 6, 7, 8])]);
    hear(&mut talk, frame::SETTINGS, 0, 0, "");
    assert_eq!(written(&mut talk), [(frame::SETTINGS, frame::ACK, 0, vec![])]);
    let headers = format!("x-long: {}\r\n", "y".repeat(40_000)).into_bytes();
    let long = Draft { headers, ..draft(None) };
    talk.start((&long, Given::default()), None, Answer::default()).unwrap();
    let kinds: Vec<(u8, u8)> = written(&mut talk).iter().map(|frame| (frame.0, frame.1)).collect();
    let (headers, more) = (frame::HEADERS, frame::CONTINUATION);
    assert_eq!(kinds, [(headers, frame::END_STREAM), (more, 0), (more, frame::END_HEADERS)]);
}
