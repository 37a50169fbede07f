//! `tidemark serve` in a folder that is removed afterwards, or that folder alone for a window of the desktop, which has the
//! app in itself. Must not know what is served.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;
use tidemark_shop::{Knobs, Shop};
use tidemark_tests::program;

use super::{PATIENCE, PAUSE, driver, webkit};

/// The program with its app, until it is dropped.
pub struct App {
    /// None where a window of the desktop has it.
    served: Option<Served>,
    home: TempDir,
    shop: Shop,
}

/// A program that serves.
struct Served {
    child: Child,
    /// The program would be told that nobody reads if this were dropped.
    _lines: BufReader<ChildStdout>,
    url: String,
}

/// Where the examples look for the practice shop.
const USUAL_SHOP: &str = "127.0.0.1:4780";

impl App {
    /// Starts it at a free port, in a folder with copies of these example files and nothing else. They look for a shop of
    /// their own, as journeys run beside each other.
    pub async fn start(examples: &[&str]) -> Self {
        let shop = tidemark_shop::start((std::net::Ipv4Addr::LOCALHOST, 0).into(), Knobs::quiet()).await;
        let shop = shop.expect("the shop opens at a free port");
        let home = tempfile::tempdir().expect("a temporary folder");
        let folder = home.path().join("tidemark");
        for name in examples {
            let kind = if name.ends_with(".tiderun") { "results" } else { "scenarios" };
            let place = folder.join(kind);
            std::fs::create_dir_all(&place).expect("a folder in it");
            let example = std::fs::read(program::top().join("examples").join(name)).expect("the example is there");
            let example = match String::from_utf8(example) {
                Ok(text) => text.replace(USUAL_SHOP, &shop.addr().to_string()).into_bytes(),
                Err(not_text) => not_text.into_bytes(),
            };
            std::fs::write(place.join(name), example).expect("the example is copied");
        }
        let served = driver::desktop().is_none().then(|| started(&folder, 0));
        Self { served, home, shop }
    }

    /// The address with a key that works once; empty where a window of the desktop has the app.
    pub fn url(&self) -> &str {
        self.served.as_ref().map_or("", |served| &served.url)
    }

    /// The shop that the examples look for.
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// The folder with its tests and results.
    pub fn folder(&self) -> PathBuf {
        self.home.path().join("tidemark")
    }

    /// The folder that a window's program takes for its user's.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Waits until a file in its folder holds these words.
    pub async fn holds(&self, file: &str, words: &str) {
        let path = self.folder().join(file);
        let start = std::time::Instant::now();
        loop {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            if text.contains(words) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{file} never held {words}:\n{text}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until a file in its folder holds these words no more.
    pub async fn lacks(&self, file: &str, words: &str) {
        let path = self.folder().join(file);
        let start = std::time::Instant::now();
        loop {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            if !text.is_empty() && !text.contains(words) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{file} never lost {words}:\n{text}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Lets it stand still, as a computer that sleeps does, or go on.
    ///
    /// # Panics
    /// A window of the desktop has it.
    pub fn stand_still(&self, still: bool) {
        let served = self.served.as_ref().expect("this is for what is served");
        let signal = if still { "-STOP" } else { "-CONT" };
        let done = Command::new("kill").arg(signal).arg(served.child.id().to_string()).status();
        assert!(done.is_ok_and(|status| status.success()), "kill {signal}");
    }

    /// Ends it as a power cut does.
    pub fn kill(&mut self) {
        self.end();
    }

    /// Starts it again in the same folder at the same port. A window of the desktop comes back when it is gone to.
    pub fn start_again(&mut self) {
        let folder = self.folder();
        if let Some(served) = &mut self.served {
            let port = served.url.split(['/', ':']).find_map(|part| part.parse().ok());
            *served = started(&folder, port.expect("a port in the address"));
        }
    }

    fn end(&mut self) {
        match &mut self.served {
            Some(served) => {
                // SIGKILL, and it may have ended itself.
                let _ = served.child.kill();
                let _ = served.child.wait();
            }
            None => drop(driver::desktop().map(|program| webkit::kill(&program, self.home.path()))),
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.end();
    }
}

fn started(folder: &Path, port: u16) -> Served {
    let mut command = Command::new(program::tidemark());
    command.args(["serve", "--no-open", "--port", &port.to_string(), "--folder"]).arg(folder);
    command.arg("--ui").arg(pages());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("tidemark starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its output is ours"));
    let url = line(&mut lines);
    Served { child, _lines: lines, url }
}

fn line(lines: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    lines.read_line(&mut line).expect("tidemark says its address");
    assert!(line.starts_with("http"), "tidemark serve said {line:?} instead of its address");
    line.trim().to_owned()
}

/// The folder that `cargo xtask ui` wrote; `TIDEMARK_UI` names another.
pub(super) fn pages() -> PathBuf {
    let folder = std::env::var_os("TIDEMARK_UI").map_or_else(|| program::top().join("app-ui/dist"), PathBuf::from);
    assert!(folder.join("index.html").is_file(), "{} has no pages; build them: cargo xtask ui", folder.display());
    folder
}
