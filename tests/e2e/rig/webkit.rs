//! The program that moves a window of the desktop on Linux: WebKit's own driver, with a screen and a session bus of its own.
//! Must not know what the window shows.

use std::cell::RefCell;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::bus::Bus;
use super::screen::Screen;
use super::{PATIENCE, PAUSE};

/// The driver and what belongs to one window, until it is dropped.
pub struct WebKit {
    driver: RefCell<Running>,
    program: PathBuf,
    home: PathBuf,
    screen: Screen,
    bus: Bus,
}

/// The driver's process, and the port that it listens at.
struct Running {
    child: Child,
    port: u16,
}

impl WebKit {
    /// Starts it for a program that keeps its things in `home`.
    pub async fn start(program: &Path, home: &Path) -> Self {
        let (screen, bus) = (Screen::start(), Bus::start(home));
        let driver = RefCell::new(Running::start(&screen, &bus, home).await);
        Self { driver, program: program.to_owned(), home: home.to_owned(), screen, bus }
    }

    /// Starts another driver in the place of this one: it holds on to a window that is gone, and may wait for it for ever.
    pub async fn again(&self) {
        self.driver.borrow_mut().end();
        let driver = Running::start(&self.screen, &self.bus, &self.home).await;
        *self.driver.borrow_mut() = driver;
    }

    /// Starts the program and takes its window over. The driver chooses a port for the two of them that may be taken by the
    /// time the program is there, and then waits for ever: one that waits too long makes room for another, once.
    pub async fn window(&self) -> Client {
        if let Ok(client) = timeout(PATIENCE, self.connected()).await {
            return client;
        }
        eprintln!("WebKitWebDriver opened no window in {PATIENCE:?}; another one tries it");
        kill(&self.program, &self.home);
        self.again().await;
        timeout(PATIENCE, self.connected()).await.expect("the second WebKitWebDriver opens a window")
    }

    async fn connected(&self) -> Client {
        let wanted = json!({
            "webkitgtk:browserOptions": { "binary": self.program, "args": [] },
        });
        let Value::Object(wanted) = wanted else { unreachable!("just written as an object") };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let address = format!("http://127.0.0.1:{}", self.driver.borrow().port);
        let connected = builder.capabilities(wanted).connect(&address).await;
        connected.expect("WebKitWebDriver opens the window")
    }

    /// Starts the program once more with these files; whether it ended well, which it must before long.
    pub async fn once_more(&self, files: &[&Path]) -> bool {
        let mut command = Command::new(&self.program);
        surround(&mut command, &self.screen, &self.bus, &self.home);
        command.args(files).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let start = Instant::now();
        loop {
            if let Some(end) = child.try_wait().expect("the program is ours") {
                return end.success();
            }
            if start.elapsed() > PATIENCE {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Where the program keeps its things.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The screen of its window.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }
}

impl Running {
    async fn start(screen: &Screen, bus: &Bus, home: &Path) -> Self {
        let port = free_port();
        let mut command = Command::new("WebKitWebDriver");
        command.args(["--host=127.0.0.1", &format!("--port={port}")]);
        surround(&mut command, screen, bus, home);
        // Only a window that expects it can be moved from outside.
        command.env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("WebKitWebDriver starts: apt-get install webkit2gtk-driver");
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(start.elapsed() < PATIENCE, "WebKitWebDriver never listened");
            tokio::time::sleep(PAUSE).await;
        }
        Self { child, port }
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for WebKit {
    fn drop(&mut self) {
        self.driver.borrow_mut().end();
        kill(&self.program, &self.home);
    }
}

/// What a program on that screen finds around it: folders and a bus of its own, and no desktop.
fn surround(command: &mut Command, screen: &Screen, bus: &Bus, home: &Path) {
    command.env("DISPLAY", screen.name()).env("XDG_DATA_HOME", home).env("HOME", home);
    for (name, folder) in [("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache"), ("XDG_RUNTIME_DIR", "runtime")] {
        let folder = home.join(folder);
        std::fs::create_dir_all(&folder).expect("a folder for the program");
        command.env(name, folder);
    }
    // Times on screen must not depend on where the test runs; WebKit has no language at all without one.
    command.env("TZ", "UTC").env("LANG", "en_US.UTF-8").env_remove("LC_ALL");
    command.env("DBUS_SESSION_BUS_ADDRESS", bus.address()).env("NO_AT_BRIDGE", "1").env("GDK_BACKEND", "x11");
    command.env_remove("WAYLAND_DISPLAY").env_remove("WEBKIT_DISABLE_DMABUF_RENDERER");
}

/// A port that was free a moment ago: this driver can't choose one itself.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("it has an address").port()
}

/// Ends the program that keeps its things in `home`, as a power cut does; it is gone then.
pub fn kill(program: &Path, home: &Path) {
    let wanted = format!("XDG_DATA_HOME={}", home.display());
    for process in std::fs::read_dir("/proc").expect("Linux").flatten() {
        let path = process.path();
        let runs = || std::fs::read_link(path.join("exe")).is_ok_and(|exe| exe == program);
        let is_it = runs()
            && std::fs::read(path.join("environ"))
                .is_ok_and(|all| all.split(|byte| *byte == 0).any(|one| one == wanted.as_bytes()));
        if is_it {
            // It may have ended itself.
            let _ = Command::new("kill").arg("-9").arg(process.file_name()).status();
            let start = Instant::now();
            // One that is started meanwhile would find it on the bus, hand its files over, and end. It is on the bus until
            // the last of its threads is gone, which is later than that its program can't be read any more.
            while (runs() || holds_files(&path)) && start.elapsed() < PATIENCE {
                std::thread::sleep(PAUSE);
            }
        }
    }
}

/// Whether any thread of a process has something open still.
fn holds_files(process: &Path) -> bool {
    let threads = std::fs::read_dir(process.join("task")).into_iter().flatten().flatten();
    let mut open = threads.filter_map(|thread| std::fs::read_dir(thread.path().join("fd")).ok());
    open.any(|mut files| files.next().is_some())
}
