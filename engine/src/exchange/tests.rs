//! The rig: servers by hand on port 0, and one person who sends.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tidemark_core::traffic::{Draft, Kind, Network, Reply};
use tidemark_core::units::Span;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::{LocalSet, spawn_local};

use super::*;

mod answers;
mod arrival;
mod compression;
mod connections;
mod corpus;
mod journeys;
mod proxy;
mod requests;
mod secure;
mod together;
mod version2;

/// Runs a test on one thread, within 20 seconds.
fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let test = async { tokio::time::timeout(Duration::from_secs(20), test).await };
    LocalSet::new().block_on(&runtime, test).expect("the test hangs");
}

/// What a server does once a request has come in.
#[derive(Clone)]
enum Act {
    /// Answers and waits for the next request.
    Say(Vec<u8>),
    /// Answers in these pieces, with a turn for the reader between them.
    Pieces(Vec<Vec<u8>>),
    /// Answers and closes.
    Close(Vec<u8>),
    /// Answers and resets the connection.
    Reset(Vec<u8>),
    /// Answers with this, and then never goes on.
    Hang(Vec<u8>),
}

fn say(answer: &str) -> Act {
    Act::Say(answer.as_bytes().to_vec())
}

/// A whole answer with a body.
fn ok(body: &str) -> Act {
    say(&format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}

/// The requests a server got, each with the number of its connection.
type Log = Rc<RefCell<Vec<(usize, String)>>>;

/// Serves on a free port: `act` gets the connection's number, the request's number on it, and the request.
async fn serve(act: impl Fn(usize, usize, &str) -> Act + 'static) -> (u16, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let log = Log::default();
    let (act, seen) = (Rc::new(act), Rc::clone(&log));
    spawn_local(async move {
        for number in 0.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (act, seen) = (Rc::clone(&act), Rc::clone(&seen));
            spawn_local(async move {
                if talk(&mut stream, number, &*act, &seen).await {
                    stream.set_zero_linger().unwrap();
                }
            });
        }
    });
    (port, log)
}

/// One connection of a server; whether it is to be reset.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    number: usize,
    act: &dyn Fn(usize, usize, &str) -> Act,
    log: &Log,
) -> bool {
    for count in 0.. {
        let Some(request) = read_request(stream).await else { return false };
        log.borrow_mut().push((number, request.clone()));
        match act(number, count, &request) {
            Act::Say(bytes) => drop(stream.write_all(&bytes).await),
            Act::Pieces(pieces) => {
                for piece in pieces {
                    let _ = stream.write_all(&piece).await;
                    let _ = stream.flush().await;
                    tokio::task::yield_now().await;
                }
            }
            Act::Close(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return false;
            }
            Act::Reset(bytes) => {
                let _ = stream.write_all(&bytes).await;
                return true;
            }
            Act::Hang(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.flush().await;
                std::future::pending::<()>().await;
            }
        }
        let _ = stream.flush().await;
    }
    false
}

/// A request with its body; `None` where the client left.
async fn read_request<S: AsyncRead + Unpin>(stream: &mut S) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some(end) = text.find("\r\n\r\n") {
            let length = text.lines().find_map(|line| line.strip_prefix("Content-Length: ")?.parse::<usize>().ok());
            if bytes.len() >= end + 4 + length.unwrap_or(0) {
                return Some(text);
            }
        }
        let mut piece = [0; 4_096];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
        }
    }
}

/// One person who sends.
struct Person {
    exchange: Exchange,
    session: Session,
}

impl Person {
    fn new() -> Self {
        Self::with(&Network::default(), &[])
    }

    fn with(network: &Network, allowed: &[&str]) -> Self {
        let guard = Guard::new(allowed.iter().map(|name| (*name).to_owned()));
        let clock = Clock::start_at(Instant::now());
        let exchange = Exchange::new(clock, network, Arc::new(guard)).expect("the network settings are good");
        let session = exchange.session();
        Self { exchange, session }
    }

    async fn send(&self, draft: &Draft) -> Reply {
        let mut reply = Reply::default();
        self.exchange.send(&self.session, draft, &mut reply).await;
        reply
    }

    async fn get(&self, port: u16, target: &str) -> Reply {
        self.send(&get(port, target)).await
    }
}

/// A GET whose body is wanted.
fn get(port: u16, target: &str) -> Draft {
    Draft {
        method: "GET".into(),
        host: "127.0.0.1".into(),
        port,
        target: target.into(),
        time_limit: Span::from_secs(10),
        body_wanted: true,
        ..Draft::default()
    }
}

/// The kind of trouble.
fn kind(reply: &Reply) -> Option<Kind> {
    reply.trouble.as_ref().map(|trouble| trouble.kind)
}

/// The body as text.
fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.answer.body).into_owned()
}
