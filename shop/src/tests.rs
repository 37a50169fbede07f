//! The shop as its visitors see it: every test talks to a real one over loopback.

use std::{net::SocketAddr, time::Duration};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{Knobs, Shop, start};

mod counting;
mod failing;
mod selling;

/// Opens a shop on a free port.
async fn open(knobs: Knobs) -> Shop {
    start(SocketAddr::from(([127, 0, 0, 1], 0)), knobs).await.unwrap()
}

/// One keep-alive connection, with the headers that every request carries.
struct Client {
    stream: TcpStream,
    headers: String,
}

/// What came back.
#[derive(Debug, PartialEq)]
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")))?;
        Some(line.split_once(':')?.1.trim())
    }
}

impl Client {
    async fn to(shop: &Shop) -> Client {
        let stream = TcpStream::connect(shop.addr()).await.unwrap();
        Client { stream, headers: String::new() }
    }

    /// A client that is signed in with its token.
    async fn signed_in(shop: &Shop) -> Client {
        let mut client = Client::to(shop).await;
        let reply = client.ask("POST /login", r#"{"email":"mary.smith@example.test","password":"tide"}"#).await;
        let token = reply.json()["access_token"].as_str().unwrap().to_owned();
        client.headers = format!("authorization: Bearer {token}\r\n");
        client
    }

    /// Asks, expecting an answer.
    async fn ask(&mut self, what: &str, body: &str) -> Reply {
        self.try_ask(what, body).await.unwrap_or_else(|| panic!("no answer to {what}"))
    }

    /// Asks; `None` when the connection is closed without any byte of an answer.
    async fn try_ask(&mut self, what: &str, body: &str) -> Option<Reply> {
        self.send(what, body).await;
        let mut got = Vec::new();
        let head_end = loop {
            if let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            if self.stream.read_buf(&mut got).await.unwrap_or(0) == 0 {
                assert_eq!(String::from_utf8_lossy(&got), "", "half an answer to {what}");
                return None;
            }
        };
        let head = String::from_utf8(got[..head_end].to_vec()).unwrap();
        let mut reply = Reply { status: head[9..12].parse().unwrap(), head, body: String::new() };
        let length = reply.header("content-length").map_or(0, |length| length.parse().unwrap());
        while got.len() < head_end + length {
            assert_ne!(self.stream.read_buf(&mut got).await.unwrap(), 0, "the body of {what} breaks off");
        }
        reply.body = String::from_utf8(got.split_off(head_end)).unwrap();
        Some(reply)
    }

    async fn send(&mut self, what: &str, body: &str) {
        let (headers, length) = (&self.headers, body.len());
        let text = format!("{what} HTTP/1.1\r\nhost: shop\r\ncontent-length: {length}\r\n{headers}\r\n{body}");
        // A connection that was closed before shows when the answer is read.
        let _ = self.stream.write_all(text.as_bytes()).await;
    }
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}
