//! Starts other programs from the workspace root, and reads what they say.
//!
//! Must not know which programs or why: the callers say that.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// The workspace root: the folder that holds `xtask/`.
pub fn root() -> PathBuf {
    let mut folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    folder.pop();
    folder
}

/// The cargo that started this program, so that a toolchain override is kept.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// A program by name, run from the workspace root.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// Has a command look for programs in `folder` first.
pub fn search_first(command: &mut Command, folder: &Path) -> Result<(), String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&path));
    let path = std::env::join_paths(folders).map_err(|error| format!("could not extend PATH: {error}"))?;
    command.env("PATH", path);
    Ok(())
}

/// What a command looks like when typed, for messages.
pub fn shown(command: &Command) -> String {
    let name = PathBuf::from(command.get_program());
    let name = name.file_name().map_or_else(|| command.get_program().to_owned(), ToOwned::to_owned);
    let words = std::iter::once(name.as_os_str()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Runs to the end with its output on ours. `Err` names the command when it could not start or did not succeed.
pub fn succeed(command: &mut Command) -> Result<(), String> {
    let name = shown(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{name}` ended with {status}")),
        Err(error) => Err(format!("could not start `{name}`: {error}")),
    }
}

/// Replaces this program, so that Ctrl-C and the exit code are the other one's own.
#[cfg(unix)]
pub fn become_it(mut command: Command) -> Result<ExitCode, String> {
    use std::os::unix::process::CommandExt;
    Err(format!("could not start `{}`: {}", shown(&command), command.exec()))
}

#[cfg(not(unix))]
pub fn become_it(mut command: Command) -> Result<ExitCode, String> {
    let status = command.status().map_err(|error| format!("could not start `{}`: {error}", shown(&command)))?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(2)))
}

/// Standard output of a command that ran quietly and succeeded; `None` when it is missing or failed.
pub fn quietly(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Like [`succeed`], and adds up the tests that passed, from the `test result:` lines on standard output.
pub fn count_tests(command: &mut Command) -> Result<u64, String> {
    let name = shown(command);
    let fail = |error| format!("could not run `{name}`: {error}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(fail)?;
    let mut passed = 0;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(fail)?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            passed += tests_passed(&line);
        }
    }
    let status = child.wait().map_err(fail)?;
    if status.success() { Ok(passed) } else { Err(format!("`{name}` ended with {status}")) }
}

/// How many tests a line reports as passed; 0 for any other line.
fn tests_passed(line: &str) -> u64 {
    let count =
        line.trim_start().strip_prefix("test result: ").and_then(|rest| rest.split_once(" passed")).map(|(n, _)| n);
    count.and_then(|n| n.rsplit(' ').next()).and_then(|n| n.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::tests_passed;

    #[test]
    fn only_result_lines_are_counted() {
        let rows = [
            ("test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out", 12),
            ("test result: FAILED. 3 passed; 1 failed; 0 ignored", 3),
            ("test three_passed ... ok", 0),
            ("running 12 tests", 0),
            ("", 0),
        ];
        for (line, wanted) in rows {
            assert_eq!(tests_passed(line), wanted, "{line}");
        }
    }
}
