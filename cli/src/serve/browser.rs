//! Opens an address in the user's browser. Must not know what is there.

use std::io::IsTerminal;
use std::process::{Command, Stdio};

/// Whether somebody sits before a screen of this computer.
pub fn is_likely() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let screen = cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY");
    screen && !set("SSH_CONNECTION") && std::io::stderr().is_terminal()
}

/// Tries it; whoever sees no browser has the printed address.
pub fn open(url: &str) {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else if cfg!(target_os = "macos") {
        Command::new("open")
    } else {
        Command::new("xdg-open")
    };
    let started = command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if let Ok(mut child) = started {
        // Some openers stay as long as the browser does; waiting for them leaves nothing behind.
        let _ = std::thread::Builder::new().name("browser".to_owned()).spawn(move || child.wait());
    }
}
