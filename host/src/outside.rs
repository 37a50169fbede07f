//! Files that somebody names outside of the app's folder: opened by a double click, dropped, chosen in a dialog. Must not
//! know what is in them, nor who named them.

use std::path::Path;

use tidemark_core::wire::{Bytes, Code, Failure, Given};

use crate::commands::result::{LARGEST, too_large};
use crate::disk;
use crate::failure::OfFiles;

/// A file as it is.
///
/// # Errors
/// It can't be read, or is larger than anything that the app opens.
pub fn read_file(path: &Path) -> Result<Given, Failure> {
    let facts = path.metadata().map_err(|error| Failure::reading(path, &error))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if !facts.is_file() {
        return Err(Failure::new(Code::Invalid, format!("{name} is not a file."), "Name a file in it."));
    }
    if facts.len() > LARGEST {
        return Err(too_large(&name));
    }
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, &error))?;
    Ok(Given { name, bytes: Bytes(bytes) })
}

/// Writes a file, in the place of one that is there.
///
/// # Errors
/// It can't be written; what was in the place is still there.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    disk::replace(path, bytes).map_err(|error| disk::not_written(path, &error))
}
