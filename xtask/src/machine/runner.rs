//! The tools around wasm32: what binds a wasm file to its page, what runs wasm32 tests, and Binaryen's optimiser.
//!
//! Must not be any other version of wasm-bindgen than the library: the two speak a private format. So they are a package
//! of this workspace, and Cargo.lock holds them together.

use crate::machine::{node, target_folder};
use crate::run;
use std::path::PathBuf;

/// Path of the program that makes the folder a browser loads.
pub fn wasm_binder() -> Result<PathBuf, String> {
    built("xtask-wasm")
}

/// Path of the program that runs wasm32 tests in Node.js or a browser.
pub fn wasm_runner() -> Result<PathBuf, String> {
    built("wasm-test-runner")
}

/// A minute or two the first time, nothing after that.
fn built(name: &str) -> Result<PathBuf, String> {
    run::succeed(run::cargo().args(["build", "--quiet", "--package", "xtask-wasm"]))?;
    Ok(target_folder()?.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// The oldest `wasm-opt` that reads what today's Rust writes; Debian 12's is 108.
const OLDEST_OPTIMISER: u32 = 116;
/// The same as an npm package: no dependencies, and nothing runs while it is installed.
const OPTIMISER: &str = "binaryen@132.0.0";

/// `wasm-opt`: the machine's own, or one of ours in `target/tools`, or none. It makes the editor a quarter smaller, and
/// everything works without it.
pub fn optimiser() -> Result<Option<PathBuf>, String> {
    let will_do =
        |program: &str| run::quietly(run::program(program).arg("--version")).is_some_and(|text| recent(&text));
    if will_do("wasm-opt") {
        return Ok(Some("wasm-opt".into()));
    }
    let ours = node::packages()?.join(".bin/wasm-opt");
    if !will_do(&ours.to_string_lossy()) && node::fetch(OPTIMISER).is_err() {
        return Ok(None);
    }
    Ok(will_do(&ours.to_string_lossy()).then_some(ours))
}

fn recent(version: &str) -> bool {
    let number = version.split_whitespace().find_map(|word| word.parse::<u32>().ok());
    number.is_some_and(|number| number >= OLDEST_OPTIMISER)
}

#[cfg(test)]
mod tests {
    use super::recent;

    #[test]
    fn an_old_optimiser_does_not_do() {
        for (version, wanted) in
            [("wasm-opt version 132 (version_132)\n", true), ("wasm-opt version 108", false), ("", false)]
        {
            assert_eq!(recent(version), wanted, "{version}");
        }
    }
}
