//! Where a result goes: the place that was asked for, and another one where that takes nothing. Must not know what is in it.

use std::path::{Path, PathBuf};

use tidemark_core::wire::shelf;

use crate::conduct::Out;
use crate::conduct::file::{self, Growing};
use crate::failure::{Failure, OfFiles};

/// Makes the file that will grow.
pub(super) fn make(out: &Out, scenario: &str, started_at: &str) -> Result<(Option<Growing>, Vec<String>), Failure> {
    let folder = match out {
        Out::Nowhere => return Ok((None, Vec::new())),
        Out::File(path) => {
            let growing = Growing::create(path).map_err(|error| Failure::writing(path, &error))?;
            return Ok((Some(growing), Vec::new()));
        }
        Out::NewIn(folder) => folder,
    };
    let name = shelf::result_name(scenario, started_at);
    let made = new_in(folder, &name);
    match made {
        Ok(growing) => Ok((Some(growing), Vec::new())),
        Err(error) => {
            let elsewhere = std::env::temp_dir();
            let growing = new_in(&elsewhere, &name).map_err(|_| Failure::writing(&folder.join(&name), &error))?;
            let why = crate::failure::plain(&error);
            Ok((
                Some(growing),
                vec![format!(
                    "The result is in {}, as {} takes no files: {why}.",
                    elsewhere.display(),
                    folder.display()
                )],
            ))
        }
    }
}

fn new_in(folder: &Path, name: &str) -> std::io::Result<Growing> {
    let usual = folder.join(name);
    let mut path = usual.clone();
    for number in 2.. {
        match Growing::create(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && number < 1_000 => {
                path = file::numbered(&usual, number);
            }
            made => return made,
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}

/// Puts the sealed file into its place, or else wherever there is room. Says where it is.
pub(super) fn keep(
    growing: &Growing,
    bytes: &[u8],
    had_trouble: Option<&str>,
    notes: &mut Vec<String>,
) -> Option<PathBuf> {
    let wanted = growing.path().to_owned();
    let failed = match growing.seal(bytes) {
        Ok(()) => {
            if let Some(why) = had_trouble {
                notes.push(format!("For a while nothing could be written ({why}); the result is whole all the same."));
            }
            return Some(wanted);
        }
        Err(failed) => failed,
    };
    notes.push(failed.message);
    match file::elsewhere(&wanted, bytes) {
        Ok(path) => {
            notes.push(format!("The result is in {} instead. Move it before that folder is cleared.", path.display()));
            Some(path)
        }
        Err(error) => {
            let why = crate::failure::plain(&error);
            notes.push(format!("{} takes no files either: {why}.", std::env::temp_dir().display()));
            notes.push(format!("What fitted is in {}; it opens, but breaks off.", wanted.display()));
            Some(wanted)
        }
    }
}
