//! One request over a connection of its own, for asking a server what it counted.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::Value;

/// The JSON that `path` of the server at `address` (host and port) answers with.
///
/// # Panics
/// Where it does not answer, or not with JSON.
pub fn json(address: &str, path: &str) -> Value {
    let mut stream = TcpStream::connect(address).expect("it listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("it takes a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers in text");
    let body = answer.split_once("\r\n\r\n").expect("a head and a body").1;
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
}
