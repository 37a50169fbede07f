//! `cargo xtask app`: from a fresh clone to the app.
//!
//! Must not know what `tidemark` does with its words.

use crate::machine::{self, Need};
use crate::{desktop, run, ui};
use std::process::{Command, ExitCode};

/// Installs what is missing, builds the app and opens it: in a window where there is a screen, else served to a browser.
/// With words, becomes `tidemark` with these.
pub fn app(words: &[String]) -> Result<ExitCode, String> {
    if !words.is_empty() {
        return tidemark(words);
    }
    if desktop::has_screen() {
        match machine::provide(desktop::BUILD_NEEDS) {
            Ok(()) => return desktop::open(&[]),
            Err(trouble) => eprintln!("app: {trouble}\napp: until then, the app is served to your browser"),
        }
    }
    machine::provide(&[Need::CCompiler, Need::WasmTarget])?;
    ui::check()?;
    tidemark(&["serve".to_owned()])
}

/// Builds `tidemark` and becomes it.
fn tidemark(words: &[String]) -> Result<ExitCode, String> {
    machine::provide(&[Need::CCompiler])?;
    eprintln!("app: building tidemark (some minutes the first time, seconds after that)");
    // The `quick` profile is the release one without link-time optimisation: it is there minutes sooner.
    run::succeed(run::cargo().args(["build", "--profile", "quick", "--package", "tidemark"]))?;
    let program = machine::target_folder()?.join("quick").join(format!("tidemark{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(program);
    command.args(words);
    eprintln!("app: {}", run::shown(&command));
    run::become_it(command)
}
