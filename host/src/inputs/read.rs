//! Bytes of files, bounded in size, and never from outside a scenario's folder unless the operator named the file.
//!
//! Must not know what the bytes mean.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use tidemark_core::problem::{Problem, Severity, short};
use tidemark_core::units::plain_bytes;

use crate::failure::{Code, Failure, OfFiles, plain};
use crate::inputs::{NamedFile, Role};

/// The largest scenario file, in bytes.
const LARGEST_SCENARIO: u64 = 64 * 1024 * 1024;

/// Why a named file was not read.
#[derive(Debug)]
pub(super) enum NotRead {
    /// There is none.
    Missing,
    /// It lies outside the scenario's folder.
    Outside,
    /// It is larger than its role allows, in bytes.
    TooLarge(u64),
    /// The system says why.
    Broken(io::Error),
}

impl From<io::Error> for NotRead {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound { Self::Missing } else { Self::Broken(error) }
    }
}

impl NotRead {
    /// As a problem of the scenario.
    pub(super) fn problem(self, file: &NamedFile) -> Problem {
        let name = short(&file.path);
        let (code, message, hint) = match self {
            Self::Missing => {
                ("file-missing", format!("there is no file \"{name}\""), "put it there, or correct its name".to_owned())
            }
            Self::Outside => (
                "file-outside",
                format!("\"{name}\" is outside the scenario's folder"),
                "put it beside the scenario; a data table may be given with --data NAME=PATH".to_owned(),
            ),
            Self::TooLarge(size) => (
                "file-too-large",
                format!("\"{name}\" has {}", plain_bytes(size)),
                format!("keep it under {}", plain_bytes(file.role.most_bytes())),
            ),
            Self::Broken(error) => {
                let why = if error.kind() == io::ErrorKind::IsADirectory {
                    "it is a folder".to_owned()
                } else {
                    plain(&error)
                };
                ("file-unreadable", format!("\"{name}\" could not be read: {why}"), "check who may read it".to_owned())
            }
        };
        Problem { code, severity: Severity::Stop, place: file.place.clone(), message, hint }
    }
}

/// The bytes of a scenario file.
pub(super) fn scenario(path: &Path) -> Result<Vec<u8>, Failure> {
    bounded(path, LARGEST_SCENARIO).map_err(|error| match error {
        NotRead::TooLarge(size) => {
            let message = format!("{} has {}, so it is no scenario.", path.display(), plain_bytes(size));
            Failure::new(Code::Invalid, message, "Put long tables into a data file.")
        }
        NotRead::Broken(error) => Failure::reading(path, &error),
        NotRead::Missing | NotRead::Outside => Failure::reading(path, &io::ErrorKind::NotFound.into()),
    })
}

/// The bytes of a file that the operator named.
pub(super) fn anywhere(path: &Path, role: Role) -> Result<Vec<u8>, NotRead> {
    bounded(path, role.most_bytes())
}

/// The bytes of a file that a scenario in `folder` names. Links that lead out of the folder count as outside.
pub(super) fn within(folder: &Path, name: &str, role: Role) -> Result<Vec<u8>, NotRead> {
    let relative = PathBuf::from(name);
    let climbs = |part: Component| matches!(part, Component::ParentDir | Component::RootDir | Component::Prefix(_));
    if relative.components().any(climbs) {
        return Err(NotRead::Outside);
    }
    let real = folder.join(relative).canonicalize()?;
    if !real.starts_with(folder.canonicalize()?) {
        return Err(NotRead::Outside);
    }
    bounded(&real, role.most_bytes())
}

/// At most `most` bytes; a pipe is read until it ends or has too many.
fn bounded(path: &Path, most: u64) -> Result<Vec<u8>, NotRead> {
    let facts = std::fs::metadata(path)?;
    if facts.is_dir() {
        return Err(NotRead::Broken(io::ErrorKind::IsADirectory.into()));
    }
    if facts.len() > most {
        return Err(NotRead::TooLarge(facts.len()));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(NotRead::TooLarge(bytes.len() as u64));
    }
    Ok(bytes)
}
