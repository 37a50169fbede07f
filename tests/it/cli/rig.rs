//! A folder, a shop and the program.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tidemark_shop::{Counts, Knobs};
use tokio::sync::oneshot;

/// Whatever a test needs of this computer is there.
const READY: &str = "folders, threads and programs can be had";

/// The longest that anything here may take.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The program: as the test run says, else the one that was built last.
pub fn program() -> PathBuf {
    if let Some(path) = std::env::var_os("TIDEMARK_BIN") {
        return path.into();
    }
    let mut folder = std::env::current_exe().expect("a test has a file");
    folder.pop();
    folder.pop();
    let program = folder.join(format!("tidemark{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{} is missing: cargo build -p tidemark", program.display());
    program
}

/// A folder of its own, with no settings of the person who runs the tests.
pub struct Place {
    folder: tempfile::TempDir,
}

/// What the program left.
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Checks the exit code, showing everything where it is another one.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "--- out\n{}\n--- err\n{}", self.out, self.err);
        self
    }

    /// Checks that each of these stands in what it said.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        let all = format!("--- out\n{}\n--- err\n{}", self.out, self.err);
        words.iter().for_each(|words| assert!(all.contains(words), "no {words:?} in\n{all}"));
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in\n{}\n{}", self.out, self.err))
    }
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect(READY) }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect(READY)).expect(READY);
        std::fs::write(path, text).expect(READY);
    }

    /// The program with these words, in this folder.
    pub fn command(&self, words: &[&str]) -> Command {
        self.prepared(Command::new(program()), words)
    }

    /// Any command that starts the program, in this folder.
    pub fn prepared(&self, mut command: Command, words: &[&str]) -> Command {
        command.args(words).current_dir(self.folder.path());
        command.env("XDG_CONFIG_HOME", self.path("config")).env_remove("NO_COLOR");
        command.env("TMPDIR", self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, words: &[&str]) -> Said {
        ended(self.command(words).spawn().expect(READY))
    }

    /// The result files in this folder.
    pub fn results(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.folder.path()).expect(READY).map(|file| file.expect(READY).path());
        files.filter(|path| path.extension().is_some_and(|end| end == "tiderun")).collect()
    }
}

/// Waits for a program that was started.
pub fn ended(child: Child) -> Said {
    let id = child.id().to_string();
    let (tell, told) = mpsc::channel();
    // Reads while it waits, so that a program which says a lot doesn't wait for its reader.
    let reader = std::thread::spawn(move || tell.send(child.wait_with_output().expect(READY)));
    let output = told.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        let _ = Command::new("kill").args(["-KILL", &id]).status();
        panic!("it did not end: {}", Said::of(&told.recv().expect(READY)).err);
    });
    let _ = reader.join();
    Said::of(&output)
}

/// Waits until `holds`.
#[track_caller]
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline, "never: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Sends a signal, as Ctrl-C does.
pub fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status();
    assert!(sent.expect(READY).success());
}

/// A result file that was opened.
#[track_caller]
pub fn opened(path: &Path) -> tidemark_core::result::Opened {
    let bytes = std::fs::read(path).expect(READY);
    tidemark_core::result::read(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A shop on a thread of its own.
pub struct Shop {
    pub address: SocketAddr,
    close: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Counts>>,
}

impl Shop {
    pub fn open(knobs: Knobs) -> Self {
        let (close, closing) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect(READY);
            runtime.block_on(async move {
                let shop = tidemark_shop::start(([127, 0, 0, 1], 0).into(), knobs).await.expect(READY);
                tell.send(shop.addr()).expect(READY);
                let _ = closing.await;
                shop.stop().await
            })
        });
        Self { address: told.recv().expect(READY), close: Some(close), thread: Some(thread) }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Closes it; what it was asked.
    pub fn counts(mut self) -> Counts {
        drop(self.close.take());
        self.thread.take().expect(READY).join().expect(READY)
    }
}

/// A scenario of one request, with these goals and this load.
pub fn scenario(url: &str, path: &str, goals: &str, load: &str) -> String {
    format!(
        r#"{{
  "format": 1,
  "name": "One request",
  "targets": [ {{ "name": "Shop", "url": "{url}" }} ],
  "users": [ {{ "id": "u", "name": "Person", "pause": {{ "for": "50ms" }}, "tasks": [
    {{ "id": "t", "name": "Look", "steps": [ {{ "id": "s", "request": {{ "name": "Look", "url": "{path}" }} }} ] }} ] }} ],
  "load": {load},
  "goals": {goals}
}}
"#
    )
}

/// Ten people for so many seconds.
pub fn people(seconds: u32) -> String {
    format!(r#"{{ "start": 10, "people": [ {{ "to": 10, "over": "{seconds}s" }} ], "let_people_finish": "5s" }}"#)
}
