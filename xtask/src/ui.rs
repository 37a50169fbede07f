//! `cargo xtask ui`: the editor as a folder that any file server can serve, and `tidemark serve` does.
//!
//! Must not know what the editor shows.

use crate::machine::{self, Need};
use crate::run;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;

/// The editor's package and program.
const PACKAGE: &str = "tidemark-app-ui";

/// What the words ask for.
struct Wish {
    /// Compiles fast and keeps function names; neither small nor compressed.
    debug: bool,
    out: PathBuf,
}

/// `cargo xtask ui [--debug] [--out FOLDER]`.
pub fn ui(words: &[String]) -> Result<ExitCode, String> {
    let wish = wish(words)?;
    build(wish.debug, &wish.out)?;
    Ok(ExitCode::SUCCESS)
}

/// The part of `cargo xtask test`: the editor builds for others and is within its budget. Other parts need its files, so
/// it is done once.
pub fn check() -> Result<u64, String> {
    static DONE: OnceLock<Result<(), String>> = OnceLock::new();
    DONE.get_or_init(|| build(false, &usual())).clone().map(|()| 0)
}

/// The folder that `tidemark serve` looks for and takes into the program.
pub fn usual() -> PathBuf {
    run::root().join("app-ui/dist")
}

fn wish(words: &[String]) -> Result<Wish, String> {
    let mut wish = Wish { debug: false, out: usual() };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--debug" => wish.debug = true,
            "--out" => wish.out = words.next().ok_or("--out wants a folder")?.into(),
            _ => return Err(format!("there is no option {word}; these exist: --debug, --out FOLDER")),
        }
    }
    Ok(wish)
}

/// Compiles the editor and writes the folder.
pub fn build(debug: bool, out: &Path) -> Result<(), String> {
    machine::provide(&[Need::CCompiler, Need::WasmTarget])?;
    let profile = if debug { "dev" } else { "wasm-release" };
    let mut cargo = run::cargo();
    cargo.args(["rustc", "--package", PACKAGE, "--bin", PACKAGE, "--target", machine::WASM, "--profile", profile]);
    if !debug {
        // One file is quicker to make; what is handed out comes in parts, and who cuts it must see what uses what.
        cargo.args(["--features", "split", "--", "-C", "link-arg=--emit-relocs"]);
    }
    run::succeed(&mut cargo)?;

    let folder = if debug { "debug" } else { "wasm-release" };
    let wasm = machine::target_folder()?.join(machine::WASM).join(folder).join(format!("{PACKAGE}.wasm"));
    let mut binder = run::program(&machine::wasm_binder()?.to_string_lossy());
    binder.arg("--wasm").arg(wasm).arg("--source").arg(run::root().join("app-ui"));
    binder.arg("--out").arg(std::path::absolute(out).map_err(|error| format!("could not name the folder: {error}"))?);
    if !debug {
        binder.arg("--release");
        match machine::optimiser()? {
            Some(program) => _ = binder.arg("--wasm-opt").arg(program),
            None => eprintln!("ui: without wasm-opt (no npm to fetch it with), so the wasm is a quarter larger"),
        }
    }
    run::succeed(&mut binder)?;
    println!("the editor is in {}", out.display());
    Ok(())
}
