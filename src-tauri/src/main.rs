//! Tidemark in a window.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    tidemark_desktop::run().unwrap_or_else(|trouble| {
        // There is no window to say it in.
        eprintln!("{trouble}");
        ExitCode::from(2)
    })
}
