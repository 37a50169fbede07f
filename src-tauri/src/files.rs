//! Files that come from outside of the page: named when the program starts, double-clicked, dropped. Tests are opened where
//! they are; all others are handed over as they are. Must not know what is in them.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager, Runtime};
use tidemark_core::wire::{Failure, Said};
use tidemark_host::Host;

use crate::desk::Desk;

/// Takes the words that the program was started with, in `folder`: each is a file.
pub(crate) fn opened<R: Runtime>(app: &AppHandle<R>, words: impl IntoIterator<Item = impl AsRef<str>>, folder: &Path) {
    let paths = words.into_iter().filter_map(|word| path_in(word.as_ref(), folder)).collect();
    bring(app, paths);
}

/// The path that a word means; none for an option, such as a system may add.
fn path_in(word: &str, folder: &Path) -> Option<PathBuf> {
    // Some file managers write an address in its place.
    let path = match word.strip_prefix("file://") {
        Some(_) => tauri::Url::parse(word).ok()?.to_file_path().ok()?,
        None => PathBuf::from(word),
    };
    (!word.is_empty() && !word.starts_with('-')).then(|| folder.join(path))
}

/// Reads files and hands them to the page, one after the other.
pub(crate) fn bring<R: Runtime>(app: &AppHandle<R>, paths: Vec<PathBuf>) {
    let app = app.clone();
    tauri::async_runtime::spawn_blocking(move || {
        let desk = app.state::<Desk>();
        for path in paths {
            desk.say(read(&desk.host, &path).unwrap_or_else(Said::Failed));
        }
    });
}

/// What a page is told about a file.
pub(crate) fn read(host: &Host, path: &Path) -> Result<Said, Failure> {
    if path.extension().is_some_and(|end| end == "tide") {
        // One that is not there is told by its name, when the page reads it.
        let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        return Ok(Said::Open(host.scenario_file(&whole)));
    }
    tidemark_host::read_file(path).map(Said::Given)
}

#[cfg(test)]
mod tests;
