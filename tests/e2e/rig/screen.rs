//! A screen in memory, with a program that gives windows their frames: nobody has to sit in front of it. Must not know what
//! is on it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::{PATIENCE, PAUSE};

/// The screen, until it is dropped.
pub struct Screen {
    server: Child,
    frames: Child,
    name: String,
}

impl Screen {
    /// Makes one under a free number.
    pub fn start() -> Self {
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]);
        server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut server = server.spawn().expect("Xvfb starts: apt-get install xvfb");
        let mut number = String::new();
        let output = server.stdout.take().expect("its output is ours");
        BufReader::new(output).read_line(&mut number).expect("Xvfb says its number");
        let name = format!(":{}", number.trim());
        let mut frames = Command::new("openbox");
        frames.env("DISPLAY", &name).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let frames = frames.spawn().expect("openbox starts: apt-get install openbox");
        Self { server, frames, name }
    }

    /// As `DISPLAY` names it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits for a window with this title and gives it the keyboard; `xdotool` then does `words`.
    pub async fn in_window(&self, title: &str, words: &[&str]) {
        let start = std::time::Instant::now();
        let find = ["search", "--onlyvisible", "--name", title, "windowactivate", "--sync"];
        while !self.xdotool(&find) {
            assert!(start.elapsed() < PATIENCE, "no window named {title}");
            tokio::time::sleep(PAUSE).await;
        }
        assert!(self.xdotool(words), "xdotool {words:?}");
    }

    /// Waits until there is no window with this title.
    pub async fn gone(&self, title: &str) {
        let start = std::time::Instant::now();
        while self.xdotool(&["search", "--onlyvisible", "--name", title]) {
            assert!(start.elapsed() < PATIENCE, "the window named {title} stays");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Answers a dialog for files with this path.
    pub async fn choose(&self, title: &str, path: &Path) {
        // A slash opens the field for paths, whatever the dialog remembers.
        let path = path.display().to_string();
        let name = path.trim_start_matches('/');
        self.in_window(title, &["key", "ctrl+l", "sleep", "0.2", "key", "ctrl+a"]).await;
        assert!(self.xdotool(&["type", "--delay", "5", &format!("/{name}")]), "the path is typed");
        // The dialog looks the path up while it is typed, and takes no Enter before it has.
        tokio::time::sleep(6 * PAUSE).await;
        assert!(self.xdotool(&["key", "Return"]), "the path is taken");
        self.gone(title).await;
    }

    fn xdotool(&self, words: &[&str]) -> bool {
        let mut command = Command::new("xdotool");
        command.args(words).env("DISPLAY", &self.name).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().expect("xdotool starts: apt-get install xdotool").success()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        for child in [&mut self.frames, &mut self.server] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
