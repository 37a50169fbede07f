//! `wasm-bindgen-test-runner`: runs wasm32 test binaries inside Node.js.
//!
//! Must not be any other version than the wasm-bindgen library in Cargo.lock: the two speak a private format.

use crate::machine::target_folder;
use crate::run;
use std::path::PathBuf;

const NAME: &str = "wasm-bindgen-test-runner";

/// Path of the runner; `Err` when it is missing or of another version than the library.
pub fn wasm_runner() -> Result<PathBuf, String> {
    let wanted = locked_version()?;
    let path = tools()?.join("bin").join(format!("{NAME}{}", std::env::consts::EXE_SUFFIX));
    let found = run::quietly(run::program(&path.to_string_lossy()).arg("--version"));
    if found.is_some_and(|line| line.split_whitespace().any(|word| word == wanted)) {
        Ok(path)
    } else {
        Err(format!("{NAME} {wanted} is not installed"))
    }
}

/// Builds the runner into `target/tools`. It is used for seconds, so it is built to compile fast, not to run fast.
pub fn install() -> Result<(), String> {
    let version = locked_version()?;
    eprintln!("installing: {NAME} {version} (2 to 6 minutes, once)");
    // Its own lock file names versions that no longer build, hence no `--locked`.
    // A build folder that stays after an interrupted build lets the next one go on from there.
    let build = tools()?.join("build");
    let mut command = run::cargo();
    command.args(["install", "--quiet", "wasm-bindgen-cli", "--bin", NAME, "--version", &version]);
    command.arg("--force").arg("--root").arg(tools()?).arg("--target-dir").arg(&build);
    command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env("CARGO_PROFILE_RELEASE_LTO", "false");
    command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    run::succeed(&mut command)?;
    std::fs::remove_dir_all(&build).map_err(|error| format!("could not remove {}: {error}", build.display()))
}

/// Where tools that only this workspace uses are kept.
pub(super) fn tools() -> Result<PathBuf, String> {
    Ok(target_folder()?.join("tools"))
}

fn locked_version() -> Result<String, String> {
    let path = run::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).map_err(|error| format!("could not read {}: {error}", path.display()))?;
    version_in(&lock, "wasm-bindgen").ok_or_else(|| "Cargo.lock does not name wasm-bindgen".into())
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    after.split_once('"').map(|(version, _)| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn the_version_is_the_library_s_own() {
        let lock = "[[package]]\nname = \"wasm-bindgen-test\"\nversion = \"0.3.80\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
