//! The program, serving in a folder of its own, and a browser's part of the conversation.

use std::io::{BufRead, BufReader as StdReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use tidemark_core::wire::{Failure, Told};
use tidemark_tests::converse::Line;
use tidemark_tests::program::tidemark;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedReadHalf;

/// Whatever a test needs of this computer is there.
pub const READY: &str = "folders, programs and connections can be had";

/// The program, ended with this.
pub struct App {
    pub child: Child,
    /// `127.0.0.1:port`.
    pub authority: String,
    /// The key in the printed address.
    pub key: String,
    /// What the cookie of a browser that was let in holds, with its name.
    pub cookie: String,
    pub folder: TempDir,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// A header, by its name in lower case; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        let found = self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        found.unwrap_or_default()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text()))
    }

    pub fn failure(&self) -> Failure {
        serde_json::from_value(self.json()).expect("what is refused is refused with a failure")
    }
}

impl App {
    /// Starts it and lets one browser in.
    pub async fn open() -> Self {
        Self::with(tempfile::tempdir().expect(READY), &[]).await
    }

    pub async fn with(folder: TempDir, words: &[&str]) -> Self {
        let mut app = Self::closed(folder, words);
        let entered = app.send("GET", &format!("/?key={}", app.key), &[], b"").await;
        assert_eq!((entered.status, entered.header("location")), (303, "/"));
        let cookie = entered.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        app.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        app
    }

    /// Starts it; nobody is in yet.
    pub fn closed(folder: TempDir, words: &[&str]) -> Self {
        let mut command = Command::new(tidemark());
        command.args(["serve", "--port", "0", "--no-open", "--folder"]).arg(folder.path().join("app")).args(words);
        command.env("XDG_CONFIG_HOME", folder.path().join("config")).current_dir(folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect(READY);
        let mut line = String::new();
        StdReader::new(child.stdout.take().expect(READY)).read_line(&mut line).expect(READY);
        let (authority, key) =
            line.trim().strip_prefix("http://").and_then(|url| url.split_once("/?key=")).expect(&line);
        Self { child, authority: authority.to_owned(), key: key.to_owned(), cookie: String::new(), folder }
    }

    /// A path in the app's folder.
    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join("app").join(path)
    }

    /// A request with exactly these headers, beside the length of the body where none is given.
    pub async fn raw(&self, what: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.authority).await.expect(READY);
        let mut head = head(what, headers);
        if !headers.iter().any(|(name, _)| *name == "content-length") {
            head.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        stream.write_all(format!("{head}\r\n").as_bytes()).await.expect(READY);
        stream.write_all(body).await.expect(READY);
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("it answers");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("an answer has a status");
        Answer { status, head, body: bytes.split_off(end + 4) }
    }

    /// A request as the app's own page makes it.
    pub async fn send(&self, method: &str, path: &str, more: &[(&str, &str)], body: &[u8]) -> Answer {
        let origin = format!("http://{}", self.authority);
        let mut headers = vec![("host", self.authority.as_str()), ("origin", &origin), ("cookie", &self.cookie)];
        headers.extend(more);
        self.raw(&format!("{method} {path}"), &headers, body).await
    }

    /// A command.
    pub async fn ask(&self, name: &str, body: Value) -> Answer {
        let kind = [("content-type", "application/json")];
        self.send("POST", &format!("/api/call/{name}"), &kind, body.to_string().as_bytes()).await
    }

    /// A command that must be done.
    pub async fn done(&self, name: &str, body: Value) -> Value {
        let answer = self.ask(name, body).await;
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        answer.json()
    }

    /// Listens, from now on or from where `after` says.
    pub async fn listen(&self, path: &str, last: Option<&str>) -> Ears {
        let mut headers = vec![("host", self.authority.as_str()), ("cookie", &self.cookie)];
        headers.extend(last.map(|id| ("last-event-id", id)));
        let stream = TcpStream::connect(&self.authority).await.expect(READY);
        let (read, mut write) = stream.into_split();
        write.write_all(format!("{}\r\n", head(&format!("GET {path}"), &headers)).as_bytes()).await.expect(READY);
        let mut ears = Ears { lines: BufReader::new(read), _open: write, id: String::new() };
        let status = ears.line().await.expect("it answers");
        assert!(status.contains(" 200 "), "{status}");
        while ears.line().await.is_some_and(|line| !line.is_empty()) {}
        // The first thing to hear is where the line begins.
        while ears.line().await.is_some_and(|line| !line.is_empty()) {}
        ears
    }
}

/// HTTP/1.0, so that answers and events come without chunks around them.
fn head(what: &str, headers: &[(&str, &str)]) -> String {
    let lines = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
    format!("{what} HTTP/1.0\r\n{}", lines.collect::<String>())
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A page's line to what happens.
pub struct Ears {
    lines: BufReader<OwnedReadHalf>,
    _open: tokio::net::tcp::OwnedWriteHalf,
    /// The id of the last event.
    pub id: String,
}

impl Ears {
    /// The next line; `None` where the line is cut.
    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.lines.read_line(&mut line).await.ok()?;
        let line = line.trim_end().to_owned();
        if let Some(id) = line.strip_prefix("id: ") {
            self.id = id.to_owned();
        }
        (read > 0).then_some(line)
    }

    /// The next event.
    pub async fn event(&mut self) -> Option<Told> {
        loop {
            let line = self.line().await?;
            if line == "event: beat" {
                // Only says that the line is one.
                while !self.line().await?.is_empty() {}
            } else if let Some(data) = line.strip_prefix("data: ") {
                let told = serde_json::from_str(data).unwrap_or_else(|error| panic!("{error}: {data}"));
                return Some(told);
            }
        }
    }
}

/// A page: commands and events.
pub struct Page<'a> {
    pub app: &'a App,
    pub ears: Ears,
}

impl Line for Page<'_> {
    async fn call(&mut self, name: &str, body: Value) -> Result<Value, Failure> {
        let answer = self.app.ask(name, body).await;
        if answer.status == 200 { Ok(answer.json()) } else { Err(answer.failure()) }
    }

    async fn event(&mut self) -> Option<Told> {
        self.ears.event().await
    }
}
