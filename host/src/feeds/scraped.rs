//! A place where Prometheus asks for the latest second. Few at a time, each in a second at most, so that none that is slow
//! keeps another waiting. Must not know what the text says.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tidemark_core::feed::CONTENT_TYPE;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::Receiver;
use tokio::task::JoinSet;

use super::Got;
use crate::failure::{Code, Failure, plain};

/// An asker may take so long.
const ASKING: Duration = Duration::from_secs(1);

/// The longest question, in bytes.
const LONGEST: usize = 8_192;

/// So many are answered at the same time.
const ASKERS: usize = 16;

/// Takes a place of this computer.
pub(super) fn bind(address: SocketAddr) -> Result<std::net::TcpListener, Failure> {
    let bound = std::net::TcpListener::bind(address);
    let ready = bound.and_then(|listener| listener.set_nonblocking(true).map(|()| listener));
    ready.map_err(|error| {
        let message = format!("Nobody can be answered at {address}: {}.", plain(&error));
        Failure::new(Code::Io, message, "Choose another port.")
    })
}

/// Answers until the run is over.
pub(super) async fn answer(listener: Option<std::net::TcpListener>, mut seconds: Receiver<Vec<u8>>, got: &Got) {
    let Some(Ok(listener)) = listener.map(TcpListener::from_std) else { return };
    let mut latest: Arc<[u8]> = Arc::from([]);
    let mut askers = JoinSet::new();
    loop {
        tokio::select! {
            second = seconds.recv() => match second {
                Some(text) => {
                    latest = text.into();
                    got.take(Ok(()));
                }
                None => return,
            },
            asked = listener.accept(), if askers.len() < ASKERS => match asked {
                // Whoever asks wrongly, or leaves, asks again.
                Ok((asker, _)) => drop(askers.spawn(tokio::time::timeout(ASKING, tell(asker, latest.clone())))),
                // Out of file handles, perhaps: that is over when a connection is.
                Err(_) => tokio::time::sleep(ASKING / 10).await,
            },
            Some(_) = askers.join_next() => {}
        }
    }
}

async fn tell(mut asker: TcpStream, latest: Arc<[u8]>) -> std::io::Result<()> {
    let mut question = Vec::new();
    while !question.windows(4).any(|four| four == b"\r\n\r\n") {
        if question.len() > LONGEST || asker.read_buf(&mut question).await? == 0 {
            return Ok(());
        }
    }
    let (status, body) = match question.starts_with(b"GET /metrics") {
        true => ("200 OK", &*latest),
        false => ("404 Not Found", &b"Ask for /metrics.\n"[..]),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {CONTENT_TYPE}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    asker.write_all(head.as_bytes()).await?;
    asker.write_all(body).await?;
    asker.shutdown().await
}
