//! Real programs that receive what a run tells: where they are, and what they answer.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};

/// A program: as the test run says by `variable`, else what `cargo xtask test` unpacked to `place`, else the machine's own.
pub fn program(variable: &str, place: &str) -> PathBuf {
    let beside = || {
        let target = std::env::current_exe().ok()?.ancestors().nth(3)?.to_owned();
        Some(target.join("tools").join(place)).filter(|path| path.is_file())
    };
    let own = || PathBuf::from(Path::new(place).file_name().expect("a program has a name"));
    std::env::var_os(variable).map(PathBuf::from).or_else(beside).unwrap_or_else(own)
}

/// An address that nobody has.
pub fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it is bound")
}

/// An answer to a question, whole: head and body.
pub fn ask(address: SocketAddr, method: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    write!(stream, "{method} {path} HTTP/1.0\r\nHost: {address}\r\nContent-Length: 0\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}
