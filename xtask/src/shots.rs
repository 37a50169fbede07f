//! `cargo xtask shots`: pictures of every screen, to look at.
//!
//! Must not know the screens: the gallery among the browser's tests does, and walks through all of them.

use crate::machine::{self, Need};
use crate::{run, test, ui};
use std::process::ExitCode;

/// Writes the pictures into `target/shots`.
pub fn shots(words: &[String]) -> Result<ExitCode, String> {
    if let Some(word) = words.first() {
        return Err(format!("takes no words, got {word}"));
    }
    machine::provide(&[Need::CCompiler, Need::WasmTarget, Need::Browser, Need::Axe])?;
    ui::check()?;
    let folder = machine::target_folder()?.join("shots");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| format!("could not empty {}: {error}", folder.display()))?;
    }
    let outcome = run::succeed(test::journeys()?.env("TIDEMARK_SHOTS", &folder).arg("gallery"));
    println!("the pictures are in {}", folder.display());
    outcome.map(|()| ExitCode::SUCCESS)
}
