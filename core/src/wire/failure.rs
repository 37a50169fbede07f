//! Why something could not be done, in words for whoever asked for it.
//!
//! One shape for every program on top of the host. Must not know how it is shown.

use std::fmt;

use serde::{Deserialize, Serialize};

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
}
