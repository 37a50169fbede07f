//! `cargo xtask app`: from a fresh clone to a verdict.
//!
//! Must not know what `tidemark` does with its words.

use crate::machine::{self, Need};
use crate::run;
use std::process::{Command, ExitCode};

/// Installs what is missing, builds `tidemark` and becomes it; without words it runs the demo.
pub fn app(words: &[String]) -> Result<ExitCode, String> {
    machine::provide(&[Need::CCompiler])?;
    eprintln!("app: building tidemark (some minutes the first time, seconds after that)");
    // The `quick` profile is the release one without link-time optimisation: the first verdict comes minutes sooner.
    run::succeed(run::cargo().args(["build", "--profile", "quick", "--package", "tidemark"]))?;
    let program = machine::target_folder()?.join("quick").join(format!("tidemark{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(program);
    if words.is_empty() {
        command.arg("demo");
    } else {
        command.args(words);
    }
    eprintln!("app: {}", run::shown(&command));
    become_it(command)
}

/// Replaces this program, so that Ctrl-C and the exit code are tidemark's own.
#[cfg(unix)]
fn become_it(mut command: Command) -> Result<ExitCode, String> {
    use std::os::unix::process::CommandExt;
    Err(format!("could not start tidemark: {}", command.exec()))
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> Result<ExitCode, String> {
    let status = command.status().map_err(|error| format!("could not start tidemark: {error}"))?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(2)))
}
