//! The server that `cargo xtask bench` sends load to: so little work for each answer that whoever asks is the limit.
//!
//! `tidemark-bench-target PORT` listens on this computer only and says the port it has on standard output. Every POST is
//! answered with 201 and every other request with 200, each with a small JSON; `/visit` gives a cookie to whoever has none. It counts what it answers, so that all
//! programs are measured by the same count and not by what each says of itself: `GET /-/count` tells the count, and the
//! time between the first and the last of them in microseconds, and starts again from zero. Knows HTTP/1.1 only as far as
//! that needs: bodies with a length, many requests on a connection, several in one packet.

use std::cell::RefCell;
use std::io::Write;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Instant;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{LocalSet, spawn_local};

/// Connections that wait to be accepted.
const BACKLOG: u32 = 4_096;
/// Bytes of a request, body included; a longer one ends its connection.
const LONGEST: usize = 8 * 1_024;

const FOUND: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 76\r\n\
    Connection: keep-alive\r\n\r\n\
    {\"id\":12345,\"name\":\"tide table\",\"price\":9.99,\"tags\":[\"sea\",\"moon\"],\"left\":7}";
const VISIT: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: visit=7f3a19c2; Path=/\r\n\
    Content-Length: 13\r\nConnection: keep-alive\r\n\r\n{\"visits\":17}";
const MADE: &[u8] = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\
    Connection: keep-alive\r\n\r\n{\"cart\":17,\"item\":12345,\"n\":1}";

/// What was answered since somebody last asked.
#[derive(Default)]
struct Count {
    answers: u64,
    first_and_last: Option<(Instant, Instant)>,
}

/// One complete request at the start of some bytes.
struct Request {
    length: usize,
    kind: Kind,
}

enum Kind {
    Get,
    /// Asks for `/visit` and brings no cookie.
    FirstVisit,
    Post,
    Count,
}

fn main() -> ExitCode {
    let Some(port) = std::env::args().nth(1).and_then(|word| word.parse().ok()) else {
        eprintln!("tidemark-bench-target PORT");
        return ExitCode::from(2);
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    match runtime.and_then(|runtime| LocalSet::new().block_on(&runtime, serve(port))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("could not listen on port {port}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(port: u16) -> std::io::Result<()> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    let listener: TcpListener = socket.listen(BACKLOG)?;
    writeln!(std::io::stdout(), "{}", listener.local_addr()?.port())?;
    std::io::stdout().flush()?;
    let count = Rc::new(RefCell::new(Count::default()));
    loop {
        // Out of file handles, for one: those who have a connection keep being served.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        spawn_local(answer(stream, Rc::clone(&count)));
    }
}

async fn answer(mut stream: TcpStream, count: Rc<RefCell<Count>>) {
    let (mut out, mut rest) = (Vec::new(), Vec::new());
    while stream.readable().await.is_ok() && work_off(&stream, &mut rest, &mut out, &count) {
        if !out.is_empty() && stream.write_all(&out).await.is_err() {
            return;
        }
        out.clear();
    }
}

/// Answers what has come into `out`; `rest` is the start of a request whose end hasn't. Says whether the connection goes
/// on. Waits nowhere, so that its buffer belongs to no connection and ten thousand idle ones stay small.
fn work_off(stream: &TcpStream, rest: &mut Vec<u8>, out: &mut Vec<u8>, count: &RefCell<Count>) -> bool {
    let mut bytes = [0; LONGEST];
    let held = rest.len();
    bytes[..held].copy_from_slice(rest);
    let got = match stream.try_read(&mut bytes[held..]) {
        Ok(0) => return false,
        Ok(got) => got,
        Err(error) => return error.kind() == std::io::ErrorKind::WouldBlock,
    };
    let mut unread = &bytes[..held + got];
    while let Some(request) = parse(unread) {
        unread = &unread[request.length..];
        count.borrow_mut().answer(&request.kind, out);
    }
    rest.clear();
    rest.extend_from_slice(unread);
    rest.len() < LONGEST
}

impl Count {
    fn answer(&mut self, kind: &Kind, out: &mut Vec<u8>) {
        let now = Instant::now();
        match kind {
            Kind::Count => {
                let us = self.first_and_last.map_or(0, |(first, last)| (last - first).as_micros());
                let body = format!("{{\"answers\":{},\"us\":{us}}}", self.answers);
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
                out.extend_from_slice(head.as_bytes());
                out.extend_from_slice(body.as_bytes());
                *self = Self::default();
                return;
            }
            Kind::Get => out.extend_from_slice(FOUND),
            Kind::FirstVisit => out.extend_from_slice(VISIT),
            Kind::Post => out.extend_from_slice(MADE),
        }
        self.answers += 1;
        let first = self.first_and_last.map_or(now, |(first, _)| first);
        self.first_and_last = Some((first, now));
    }
}

/// The first request in `bytes`, where it is there to its end.
fn parse(bytes: &[u8]) -> Option<Request> {
    let kind = match bytes {
        [b'P', ..] => Kind::Post,
        _ if bytes.starts_with(b"GET /visit ")
            && !bytes.windows(8).any(|part| part.eq_ignore_ascii_case(b"\nCookie:")) =>
        {
            Kind::FirstVisit
        }
        _ if bytes.starts_with(b"GET /-/count ") => Kind::Count,
        _ => Kind::Get,
    };
    let head = bytes.windows(4).position(|part| part == b"\r\n\r\n")? + 4;
    let body = if matches!(kind, Kind::Post) { content_length(&bytes[..head]) } else { 0 };
    (bytes.len() >= head + body).then_some(Request { length: head + body, kind })
}

/// The length of the body; 0 where none is named.
fn content_length(head: &[u8]) -> usize {
    const NAME: &[u8] = b"content-length:";
    head.split(|byte| *byte == b'\n')
        .find(|line| line.len() > NAME.len() && line[..NAME.len()].eq_ignore_ascii_case(NAME))
        .and_then(|line| std::str::from_utf8(&line[NAME.len()..]).ok()?.trim().parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_told_apart_by_their_lengths() {
        let rows: [(&str, Option<usize>); 6] = [
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", Some(27)),
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", Some(27)),
            ("GET / HTTP/1.1\r\nHost: a\r\n", None),
            ("POST / HTTP/1.1\r\nCONTENT-LENGTH: 3\r\n\r\nabcGET", Some(41)),
            ("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab", None),
            ("", None),
        ];
        for (text, length) in rows {
            assert_eq!(parse(text.as_bytes()).map(|request| request.length), length, "{text:?}");
        }
    }

    #[test]
    fn answers_have_the_length_they_name() {
        for answer in [FOUND, VISIT, MADE] {
            let head = answer.windows(4).position(|part| part == b"\r\n\r\n").unwrap() + 4;
            assert_eq!(content_length(&answer[..head]), answer.len() - head);
        }
    }
}
