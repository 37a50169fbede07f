//! Why something could not be done, in words for whoever asked for it.
//!
//! One shape for every program on top of the host. Must not know how it is shown.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::wire::files::Document;

/// What kind of reason; stable words for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// What was given makes no sense.
    Invalid,
    /// A file is not what it should be; the message starts with `file:line:column`.
    Unreadable,
    /// What was named isn't there.
    NotFound,
    /// It is not possible here.
    Unsupported,
    /// Something else has to end first.
    Busy,
    /// Somebody else changed it in the meantime.
    Conflict,
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
            Self::Unsupported => "unsupported",
            Self::Busy => "busy",
            Self::Conflict => "conflict",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::Io => "io",
            Self::Internal => "internal",
        }
    }
}

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub struct Failure {
    /// What kind of reason.
    pub code: Code,
    /// What happened, as a sentence.
    pub message: String,
    /// The likely reason and what to do first; may be empty.
    #[serde(default)]
    pub hint: String,
    /// With [`Code::Conflict`], the document as somebody else left it. Nothing was written over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Box<Document>>,
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
        Self { code, message: message.into(), hint: hint.into(), found: None }
    }

    /// There is no such command.
    pub fn unknown(name: &str) -> Self {
        let message = format!("This program knows no \"{name}\".");
        Self::new(Code::Unsupported, message, "Maybe the page is newer than the program. Update it.")
    }

    /// A command's body makes no sense.
    pub fn not_understood(name: &str, why: &str) -> Self {
        let message = format!("\"{name}\" was asked for in a way that makes no sense: {why}.");
        Self::new(Code::Invalid, message, "Maybe the page is older than the program. Load it again.")
    }

    /// A run can't be started, as another one goes on.
    pub fn busy() -> Self {
        let message = "A run is under way. Two at once would spoil each other's numbers.";
        Self::new(Code::Busy, message, "Stop it, or wait until it is over.")
    }

    /// A run can't be started, as these problems stop it.
    pub fn stopped_by(problems: &[Problem]) -> Self {
        let Some(first) = problems.first() else {
            return Self::new(Code::Internal, "It can't run, and nobody knows why.", "");
        };
        let more = match problems.len() - 1 {
            0 => String::new(),
            1 => " One more problem stops it, too.".to_owned(),
            more => format!(" {more} more problems stop it, too."),
        };
        let message = format!("It can't run yet. In {}: {}.{more}", first.place, first.message.trim_end_matches('.'));
        Self::new(Code::Invalid, message, format!("First: {}.", first.hint.trim_end_matches('.')))
    }
}
