//! Why something could not be done, in words for whoever asked for it.
//!
//! One shape for every program on top of the host. Must not know how it is shown.

use std::fmt;
use std::io;
use std::path::Path;

/// What kind of reason; stable words for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// What was given makes no sense.
    Invalid,
    /// A file is not what it should be; the message starts with `file:line:column`.
    Unreadable,
    /// What was named isn't there.
    NotFound,
    /// It is not allowed, or not allowed yet.
    Refused,
    /// The target can't be reached.
    Unreachable,
    /// Reading or writing failed.
    Io,
    /// A mistake in Tidemark itself.
    Internal,
}

impl Code {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Unreadable => "unreadable",
            Self::NotFound => "not-found",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::Io => "io",
            Self::Internal => "internal",
        }
    }
}

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Failure {
    /// What kind of reason.
    pub code: Code,
    /// What happened, as a sentence.
    pub message: String,
    /// The likely reason and what to do first; may be empty.
    pub hint: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.hint.is_empty() { Ok(()) } else { write!(f, " {}", self.hint) }
    }
}

impl Failure {
    /// A failure with its reason and what to do.
    pub fn new(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into() }
    }

    /// A file that could not be read.
    pub fn reading(path: &Path, error: &io::Error) -> Self {
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

    /// A file that could not be written.
    pub fn writing(path: &Path, error: &io::Error) -> Self {
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
