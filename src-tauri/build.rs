//! Hands the window's settings to Tauri, with the editor's pages as `cargo xtask ui` leaves them, but for what only a server
//! needs.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() {
    let pages = Path::new("../app-ui/dist");
    println!("cargo:rerun-if-changed={}", pages.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder for what is generated")).join("pages");
    assert!(pages.join("index.html").is_file(), "the editor is missing in app-ui/dist; build it with: cargo xtask ui");
    if let Err(error) = copied(pages, &out) {
        panic!("the editor's pages could not be copied: {error}");
    }
    // Tauri's macro reads this on top of tauri.conf.json.
    let config = format!("{{\"build\":{{\"frontendDist\":{:?}}}}}", out.display().to_string());
    println!("cargo:rustc-env=TAURI_CONFIG={config}");
    tauri_build::build();
}

/// Copies all but the files that were compressed ahead: the window takes them from the program as they are.
fn copied(from: &Path, to: &Path) -> io::Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        fs::create_dir_all(to.join(&folder))?;
        for entry in fs::read_dir(from.join(&folder))? {
            let entry = entry?;
            let inside = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(inside);
            } else if inside.extension().is_none_or(|end| end != "br") {
                fs::copy(entry.path(), to.join(inside))?;
            }
        }
    }
    Ok(())
}
