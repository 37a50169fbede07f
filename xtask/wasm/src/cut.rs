//! Cuts the compiled editor at its doors (`app-ui/src/later/parts.rs`): the file that comes first, a file for each part,
//! files for what parts share, and the JavaScript that fetches them.
//!
//! Must not know what is in a part.

use anyhow::{Context, Result, anyhow};
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

use crate::folder;

/// What the JavaScript of the first file and that of the parts call each other.
pub const MAIN_JS: &str = "./app.js";
pub const PARTS_JS: &str = "./parts.js";

/// The editor in pieces, none of them bound to JavaScript yet.
pub struct Cut {
    /// What comes first.
    pub main: PathBuf,
    /// The parts and what they share.
    pub parts: Vec<PathBuf>,
    /// What fetches them; it names their files as they are named here.
    pub js: PathBuf,
}

/// Writes the pieces of `wasm` into `place`.
pub fn cut(wasm: &Path, place: &Path) -> Result<Cut> {
    let whole = folder::read(wasm)?;
    let main = place.join("main.wasm");
    let mut options = Options::new(&whole);
    options.output_dir = place;
    options.main_out_path = &main;
    options.link_name = PARTS_JS;
    options.main_module = MAIN_JS;
    let made = transform(options).map_err(|trouble| anyhow!("{trouble:#}"));
    let made = made.with_context(|| format!("could not cut {}", wasm.display()))?;
    let mut parts = made.split_modules;
    parts.sort();
    Ok(Cut { main, parts, js: place.join("parts.js") })
}
