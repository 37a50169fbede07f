//! `tidemark serve` in a folder that is removed afterwards. Must not know what it serves.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;
use tidemark_tests::program;

/// The program with its app, until it is dropped.
pub struct App {
    child: Child,
    lines: BufReader<ChildStdout>,
    url: String,
    folder: TempDir,
}

impl App {
    /// Starts it in an empty folder, at a free port.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::start_in(folder, 0)
    }

    fn start_in(folder: TempDir, port: u16) -> Self {
        let mut command = Command::new(program::tidemark());
        command.args(["serve", "--no-open", "--port", &port.to_string(), "--folder"]).arg(folder.path());
        command.arg("--ui").arg(pages());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("tidemark starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output is ours"));
        let url = line(&mut lines);
        Self { child, lines, url, folder }
    }

    /// The address with a key that works once.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Another such address.
    pub fn fresh_url(&mut self) -> String {
        let input = self.child.stdin.as_mut().expect("its input is ours");
        input.write_all(b"\n").and_then(|()| input.flush()).expect("it takes a line");
        line(&mut self.lines)
    }

    /// The folder with its tests and results.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Ends it as a power cut does, and starts it again in the same folder at the same port.
    pub fn killed_and_started(mut self) -> Self {
        self.end();
        let port = self.url.split(['/', ':']).find_map(|part| part.parse().ok()).expect("a port in the address");
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().expect("a temporary folder"));
        Self::start_in(folder, port)
    }

    fn end(&mut self) {
        // SIGKILL, and it may have ended itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.end();
    }
}

fn line(lines: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    lines.read_line(&mut line).expect("tidemark says its address");
    assert!(line.starts_with("http"), "tidemark serve said {line:?} instead of its address");
    line.trim().to_owned()
}

/// The folder that `cargo xtask ui` wrote; `TIDEMARK_UI` names another.
fn pages() -> PathBuf {
    let folder = std::env::var_os("TIDEMARK_UI").map_or_else(|| program::top().join("app-ui/dist"), PathBuf::from);
    assert!(folder.join("index.html").is_file(), "{} has no pages; build them: cargo xtask ui", folder.display());
    folder
}
