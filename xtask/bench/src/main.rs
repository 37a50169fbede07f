//! The server that `cargo xtask bench` sends load to: so little work for each answer that whoever asks is the limit.
//!
//! `tidemark-bench-target PORT` listens on this computer only and says the port it has on standard output. Every POST is
//! answered with 201 and every other request with 200, each with a small JSON; `/visit` gives a cookie to whoever has none,
//! `/wait/steady` and its like take a known time, `/bytes/10000` has a body so long. It counts what it answers, so that all
//! programs are measured by the same count and not by what each says of itself: `GET /-/count` tells the count, the time
//! between the first and the last of them in microseconds, how long ago the first was, and how long those took that waited, and starts again from zero.
//! Knows HTTP/1.1 only as far as that needs: bodies with a length, many requests on a connection, several in one packet;
//! `tidemark-bench-target PORT tls` speaks it over TLS, `tidemark-bench-target PORT h2` speaks HTTP/2 instead.

mod second;
mod waits;

use std::cell::RefCell;
use std::io::Write;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{LocalSet, spawn_local};

use tokio_rustls::TlsAcceptor;
use waits::{Truth, Wait};

/// Connections that wait to be accepted.
const BACKLOG: u32 = 4_096;
/// Bytes of a request, body included; a longer one ends its connection.
const LONGEST: usize = 8 * 1_024;

/// The longest body that can be asked for.
const MOST_BYTES: usize = 16 << 20;

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
    truth: Truth,
    stalled: bool,
}

/// When the stall comes, counted from the first request, and how long it is.
const STALL: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(1));

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
    Wait(Wait),
    Bytes(usize),
    Count,
}

/// What is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tongue {
    Plain,
    Tls,
    Http2,
    /// As plain, and the kernel notes when requests come, so that it is known how long answers really took.
    Known,
}

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let port = words.next().and_then(|word| word.parse().ok());
    let tongue = match words.next().as_deref() {
        None => Some(Tongue::Plain),
        Some("tls") => Some(Tongue::Tls),
        Some("h2") => Some(Tongue::Http2),
        Some("known") => Some(Tongue::Known),
        Some(_) => None,
    };
    let (Some(port), Some(tongue)) = (port, tongue) else {
        eprintln!("tidemark-bench-target PORT [tls|h2|known]");
        return ExitCode::from(2);
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.and_then(|runtime| LocalSet::new().block_on(&runtime, serve(port, tongue))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("could not listen on port {port}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(port: u16, tongue: Tongue) -> std::io::Result<()> {
    let tls = (tongue == Tongue::Tls).then(second::tls).transpose()?;
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
        let count = Rc::clone(&count);
        spawn_local(hear(stream, tongue, tls.clone(), count));
    }
}

/// Serves a connection. Who begins with a GET asks what was counted, whatever is spoken else.
async fn hear(stream: TcpStream, tongue: Tongue, tls: Option<TlsAcceptor>, count: Rc<RefCell<Count>>) {
    if tongue == Tongue::Known {
        waits::stamp(&stream);
        return answer(stream, count, waits::read).await;
    }
    let mut first = [0];
    let plain = tongue == Tongue::Plain || (stream.peek(&mut first).await.is_ok() && first == *b"G");
    match (tls, plain) {
        (_, true) => answer(stream, count, |stream, into| Ok((stream.try_read(into)?, Duration::ZERO))).await,
        (Some(tls), false) => second::shake(tls, stream, count).await,
        (None, false) => second::http2(stream, count).await,
    }
}

/// Answers on a connection; `read` reads what is there and says how long it has lain there.
async fn answer(
    mut stream: TcpStream,
    count: Rc<RefCell<Count>>,
    read: impl Fn(&TcpStream, &mut [u8]) -> std::io::Result<(usize, Duration)>,
) {
    let (mut out, mut rest) = (Vec::new(), Vec::new());
    while stream.readable().await.is_ok() {
        // Waits nowhere, so that the buffer belongs to no connection and ten thousand idle ones stay small.
        let mut bytes = [0; LONGEST];
        let held = rest.len();
        let Some((wait, lay)) = (match read(&stream, &mut bytes[held..]) {
            Ok((0, _)) => None,
            Ok((got, lay)) => work_off(&mut bytes, got, &mut rest, &mut out, &count).map(|wait| (wait, lay)),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => continue,
            Err(_) => None,
        }) else {
            return;
        };
        if !send(&mut stream, (wait, lay), &mut out, &count).await {
            return;
        }
    }
}

/// The same on any stream, at the price of a buffer each.
async fn answer_on(mut stream: impl AsyncRead + AsyncWrite + Unpin, count: Rc<RefCell<Count>>) {
    let (mut out, mut rest, mut bytes) = (Vec::new(), Vec::new(), vec![0; LONGEST]);
    while let Ok(got @ 1..) = stream.read(&mut bytes[rest.len()..]).await {
        let Some(wait) = work_off(&mut bytes, got, &mut rest, &mut out, &count) else { return };
        if !send(&mut stream, (wait, Duration::ZERO), &mut out, &count).await {
            return;
        }
    }
}

/// Writes answers once their time has come, counted from when the request came, which lay here for a while; whether the
/// connection goes on.
async fn send(
    stream: &mut (impl AsyncWrite + Unpin),
    (wait, lay): (Duration, Duration),
    out: &mut Vec<u8>,
    count: &RefCell<Count>,
) -> bool {
    let read = Instant::now();
    if !wait.is_zero() {
        tokio::time::sleep(wait.saturating_sub(lay)).await;
    }
    let sent = out.is_empty() || (stream.write_all(out).await.is_ok() && stream.flush().await.is_ok());
    out.clear();
    if !wait.is_zero() {
        count.borrow_mut().truth.add(lay + read.elapsed());
    }
    sent
}

/// Answers what has come into `out`, and says how long that has to wait; `rest` is the start of a request whose end hasn't
/// come, and stands before the new bytes. `None` where the connection can't go on.
fn work_off(
    bytes: &mut [u8],
    got: usize,
    rest: &mut Vec<u8>,
    out: &mut Vec<u8>,
    count: &RefCell<Count>,
) -> Option<Duration> {
    let held = rest.len();
    bytes[..held].copy_from_slice(rest);
    let (mut unread, mut wait) = (&bytes[..held + got], Duration::ZERO);
    while let Some(request) = parse(unread) {
        unread = &unread[request.length..];
        wait = wait.max(count.borrow_mut().answer(&request.kind, out));
    }
    rest.clear();
    rest.extend_from_slice(unread);
    (rest.len() < LONGEST).then_some(wait)
}

impl Count {
    /// Writes an answer, and says how long it has to wait.
    fn answer(&mut self, kind: &Kind, out: &mut Vec<u8>) -> Duration {
        let now = Instant::now();
        let mut wait = Duration::ZERO;
        match kind {
            Kind::Count => {
                let us = self.first_and_last.map_or(0, |(first, last)| (last - first).as_micros());
                let ago_us = self.first_and_last.map_or(0, |(first, _)| (now - first).as_micros());
                let (answers, truth) = (self.answers, self.truth.quantiles());
                let body = format!("{{\"answers\":{answers},\"us\":{us},\"ago_us\":{ago_us},\"truth_us\":{truth:?}}}");
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
                out.extend_from_slice(head.as_bytes());
                out.extend_from_slice(body.as_bytes());
                *self = Self::default();
                return wait;
            }
            Kind::Wait(kind) => {
                wait = kind.long(self.answers);
                out.extend_from_slice(FOUND);
                if *kind == Wait::Stall {
                    self.stall(now);
                }
            }
            Kind::Bytes(length) => {
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
                out.extend_from_slice(head.as_bytes());
                out.resize(out.len() + length, b'x');
            }
            Kind::Get => out.extend_from_slice(FOUND),
            Kind::FirstVisit => out.extend_from_slice(VISIT),
            Kind::Post => out.extend_from_slice(MADE),
        }
        self.answers += 1;
        let first = self.first_and_last.map_or(now, |(first, _)| first);
        self.first_and_last = Some((first, now));
        wait
    }

    /// Stands still, and everybody with it, once its time has come.
    fn stall(&mut self, now: Instant) {
        if !self.stalled && self.first_and_last.is_some_and(|(first, _)| now - first >= STALL.0) {
            self.stalled = true;
            std::thread::sleep(STALL.1);
        }
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
        _ if bytes.starts_with(b"GET /wait/") => Wait::named(word(&bytes[10..])).map_or(Kind::Get, Kind::Wait),
        _ if bytes.starts_with(b"GET /bytes/") => {
            let length = std::str::from_utf8(word(&bytes[11..])).ok().and_then(|word| word.parse().ok());
            Kind::Bytes(length.unwrap_or(0).min(MOST_BYTES))
        }
        _ => Kind::Get,
    };
    let head = bytes.windows(4).position(|part| part == b"\r\n\r\n")? + 4;
    let body = if matches!(kind, Kind::Post) { content_length(&bytes[..head]) } else { 0 };
    (bytes.len() >= head + body).then_some(Request { length: head + body, kind })
}

/// Up to the next space.
fn word(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == b' ').next().unwrap_or_default()
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
