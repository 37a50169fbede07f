//! `cargo xtask pace`: how long a person waits for the screen, measured in a browser with the app as it is handed out.
//!
//! Must not judge: the figures are for reading, and for docs/performance.md.

use crate::machine::{self, Need};
use crate::{run, test, ui};
use std::process::ExitCode;

/// Prints the figures among what the tests say; their lines begin with "pace:".
pub fn pace(words: &[String]) -> Result<ExitCode, String> {
    if let Some(word) = words.first() {
        return Err(format!("takes no words, got {word}"));
    }
    machine::provide(&[Need::CCompiler, Need::WasmTarget, Need::Browser, Need::Axe])?;
    ui::check()?;
    run::succeed(test::journeys()?.args(["pace", "--nocapture"]))?;
    Ok(ExitCode::SUCCESS)
}
