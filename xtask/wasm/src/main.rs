//! Makes the folder that a browser loads out of the compiled editor, its styles, its fonts and its page.
//!
//! A program apart from `xtask`, as wasm-bindgen takes minutes to build and most tasks don't need it. Must not compile
//! the editor: `cargo xtask ui` does, and says here where it is.

mod cut;
mod folder;
mod sheet;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

/// What the command line asks for.
struct Wish {
    /// The compiled editor.
    wasm: PathBuf,
    /// The folder with `index.html`, `start.js`, `style/` and `fonts/`.
    source: PathBuf,
    /// The folder to write; what was in it goes.
    out: PathBuf,
    /// Cut into parts, small and compressed, for others; otherwise one file, with function names for the browser's tools.
    release: bool,
    /// Binaryen's `wasm-opt`, where there is one.
    wasm_opt: Option<PathBuf>,
}

fn main() -> ExitCode {
    match wish(std::env::args().skip(1)).and_then(|wish| make(&wish)) {
        Ok(fits) if fits => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(trouble) => {
            eprintln!("ui: {trouble:#}");
            ExitCode::from(2)
        }
    }
}

fn wish(mut words: impl Iterator<Item = String>) -> Result<Wish> {
    let (mut wasm, mut source, mut out, mut release, mut wasm_opt) = (None, None, None, false, None);
    while let Some(word) = words.next() {
        let mut path = || words.next().map(PathBuf::from).with_context(|| format!("{word} wants a path"));
        match word.as_str() {
            "--wasm" => wasm = Some(path()?),
            "--source" => source = Some(path()?),
            "--out" => out = Some(path()?),
            "--wasm-opt" => wasm_opt = Some(path()?),
            "--release" => release = true,
            _ => bail!("there is no option {word}"),
        }
    }
    Ok(Wish {
        wasm: wasm.context("--wasm is missing")?,
        source: source.context("--source is missing")?,
        out: out.context("--out is missing")?,
        release,
        wasm_opt,
    })
}

/// Writes the folder. The answer is whether the wasm is within its budget.
fn make(wish: &Wish) -> Result<bool> {
    let parts = bound(wish).context("could not bind the wasm to its JavaScript")?;
    folder::write(wish, &parts)
}

/// What the browser loads: the two files that wasm-bindgen makes, the JavaScript that crates brought along, by path, and the
/// parts that come later.
struct Parts {
    js: Vec<u8>,
    wasm: Vec<u8>,
    later: Option<Later>,
    snippets: Vec<(PathBuf, Vec<u8>)>,
}

/// The parts that come later: by file name, and what fetches them by it.
struct Later {
    js: Vec<u8>,
    wasm: Vec<(String, Vec<u8>)>,
}

fn bound(wish: &Wish) -> Result<Parts> {
    let place = wish.out.with_extension("bindgen");
    folder::clear(&place)?;
    let cut = if wish.release { Some(cut::cut(&wish.wasm, &place.join("cut"))?) } else { None };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(cut.as_ref().map_or(&wish.wasm, |cut| &cut.main)).out_name("app").web(true)?;
    // What the linker exports is what parts are joined to the first file by.
    bindgen.typescript(false).omit_default_module_path(true).keep_lld_exports(cut.is_some());
    bindgen.remove_name_section(wish.release).remove_producers_section(wish.release);
    bindgen.generate(&place)?;
    let parts = Parts {
        js: folder::read(&place.join("app.js"))?,
        wasm: small(wish, &place.join("app_bg.wasm"))?,
        later: cut.map(|cut| later(wish, &cut)).transpose()?,
        snippets: folder::files_under(&place, "snippets")?,
    };
    std::fs::remove_dir_all(&place).with_context(|| format!("could not remove {}", place.display()))?;
    Ok(parts)
}

fn later(wish: &Wish, cut: &cut::Cut) -> Result<Later> {
    let mut wasm = Vec::new();
    for part in &cut.parts {
        let name = part.file_name().context("a part has no name")?.to_string_lossy().into_owned();
        wasm.push((name, small(wish, part)?));
    }
    Ok(Later { js: folder::read(&cut.js)?, wasm })
}

/// The file, made smaller where that is wished and possible.
fn small(wish: &Wish, wasm: &Path) -> Result<Vec<u8>> {
    if let (true, Some(program)) = (wish.release, &wish.wasm_opt) {
        shrink(program, wasm)?;
    }
    folder::read(wasm)
}

/// Only features that the browsers of the last years have: `--all-features` makes files that Chromium refuses.
const SHRINK: [&str; 8] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-mutable-globals",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
];

fn shrink(program: &Path, wasm: &Path) -> Result<()> {
    let status = std::process::Command::new(program).args(SHRINK).arg(wasm).arg("-o").arg(wasm).status();
    let status = status.with_context(|| format!("could not start {}", program.display()))?;
    if !status.success() {
        bail!("{} ended with {status}", program.display());
    }
    Ok(())
}
