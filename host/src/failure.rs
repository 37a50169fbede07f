//! Failures of files, in words for whoever asked for them. The shape is `core`'s, the same for every program.
//!
//! Must not know how they are shown.

use std::io;
use std::path::Path;

pub use tidemark_core::wire::{Code, Failure};

/// Failures of files.
pub trait OfFiles {
    /// A file that could not be read.
    fn reading(path: &Path, error: &io::Error) -> Self;

    /// A file that could not be written.
    fn writing(path: &Path, error: &io::Error) -> Self;
}

impl OfFiles for Failure {
    fn reading(path: &Path, error: &io::Error) -> Self {
        let shown = path.display();
        match error.kind() {
            io::ErrorKind::NotFound => Self::new(
                Code::NotFound,
                format!("There is no file {shown}."),
                "Check its name, and the folder you are in.",
            ),
            io::ErrorKind::IsADirectory => {
                Self::new(Code::Invalid, format!("{shown} is a folder."), "Name a file in it.")
            }
            io::ErrorKind::PermissionDenied => {
                Self::new(Code::Io, format!("You are not allowed to read {shown}."), "Check who may read the file.")
            }
            _ => Self::new(Code::Io, format!("{shown} could not be read: {}.", plain(error)), ""),
        }
    }

    fn writing(path: &Path, error: &io::Error) -> Self {
        let hint = "Choose another place with --out.";
        Self::new(Code::Io, format!("{} could not be written: {}.", path.display(), plain(error)), hint)
    }
}

/// An input or output error without the system's number.
pub fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "you are not allowed to".to_owned(),
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::FileTooLarge => "the file would get larger than allowed".to_owned(),
        io::ErrorKind::QuotaExceeded => "your share of the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        io::ErrorKind::AlreadyExists => "there is a file of that name already".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}
