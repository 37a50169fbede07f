//! Result files, opened and passed on. Must not know what is shown of them.

use std::io::ErrorKind;
use std::path::Path;

use tidemark_core::result::share::{self, Options, Part};
use tidemark_core::result::{self, Opened, Unreadable};

use crate::commands::result::read;
use crate::disk;
use crate::failure::{Code, Failure, plain};

/// Opens a result file. One that breaks off opens as far as it goes, and its notes say so.
///
/// # Errors
/// It can't be read, or is no result.
pub fn open(path: &Path) -> Result<Opened, Failure> {
    result::read(&read(path)?).map_err(|error| unreadable(path, &error))
}

/// A result file as it may be passed on: without what `options` leave out, and what is still in it.
///
/// # Errors
/// It can't be read, or is no result.
pub fn share(path: &Path, options: &Options) -> Result<(Vec<u8>, Vec<Part>), Failure> {
    let shared = share::share(&read(path)?, options).map_err(|error| unreadable(path, &error))?;
    let opened = result::read(&shared).map_err(|error| unreadable(path, &error))?;
    Ok((shared, share::contents(&opened)))
}

/// Whether a file can be made at a path later on: it is not there, and its folder is.
///
/// # Errors
/// Says which of the two is not so.
pub fn can_be_new(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        let message = format!("{} is there already.", path.display());
        return Err(Failure::new(Code::Io, message, "Name a file that is not there yet: nothing is written over."));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder.filter(|folder| !folder.is_dir()) {
        Some(folder) => {
            let message = format!("There is no folder {}, where {} should go.", folder.display(), path.display());
            Err(Failure::new(Code::Io, message, "Make the folder, or name another one."))
        }
        None => Ok(()),
    }
}

/// Writes a file that was not there before.
///
/// # Errors
/// It is there, or the system says why not.
pub fn save_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    disk::create(path, bytes).map_err(|error| {
        let message = format!("{} could not be written: {}.", path.display(), plain(&error));
        let hint = match error.kind() {
            ErrorKind::AlreadyExists => "Name a file that is not there yet: nothing is written over.",
            _ => "",
        };
        Failure::new(Code::Io, message, hint)
    })
}

fn unreadable(path: &Path, error: &Unreadable) -> Failure {
    let message = format!("{} could not be opened: {error}.", path.display());
    let hint = match error {
        Unreadable::Newer { .. } => "Open it with that version.",
        _ => "Name a .tiderun file, as a run leaves it.",
    };
    Failure::new(Code::Invalid, message, hint)
}
