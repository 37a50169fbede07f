//! What one person does in a trial, step by step. Texts are without secrets. Must not know how one is made.

use serde::{Deserialize, Serialize};

/// Something that happened in a trial. Times are microseconds since its start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "about", rename_all = "kebab-case")]
pub enum TryStep {
    /// A request waits for `try.next`.
    Held(Held),
    /// A request went out.
    Sent(Sent),
    /// It came to its end.
    Answered(Box<Answered>),
    /// A request could not be built.
    NotSent(NotSent),
    /// The person waited, or would have.
    Waited(Waited),
    /// A group or task came to its end.
    Measured(Measured),
    /// A check that stands alone was not true.
    CheckFailed(CheckFailed),
    /// The trial is over; nothing follows.
    Left(Left),
}

/// A request that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Since when.
    pub at_us: u64,
    /// Id of its step; may be empty.
    pub step: String,
    /// Its name in results.
    pub label: String,
}

/// A request that went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// When.
    pub at_us: u64,
    /// Id of its step; may be empty.
    pub step: String,
    /// Its name in results.
    pub label: String,
    /// Method and address.
    pub line: String,
    /// All of it as text.
    pub text: String,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Id of its step; may be empty.
    pub step: String,
    /// Its name in results.
    pub label: String,
    /// Status; `None` where there was no answer.
    pub status: Option<u16>,
    /// When it was sent.
    pub sent_us: u64,
    /// How long name resolution and connecting took; `None` where a connection was reused.
    pub connect_us: Option<u64>,
    /// How long the TLS handshake took; `None` where there was none.
    pub tls_us: Option<u64>,
    /// When the first byte of the answer arrived; `None` where none did.
    pub first_byte_us: Option<u64>,
    /// When the last byte arrived, or the request was given up.
    pub done_us: u64,
    /// Why it counts as failed.
    pub trouble: Option<Why>,
    /// Redirects that were followed.
    pub hops: u8,
    /// Bytes read.
    pub bytes_in: u64,
    /// Bytes of the whole body, unpacked.
    #[serde(default)]
    pub body_bytes: u64,
    /// The answer as text, its body perhaps cut.
    pub text: String,
    /// Saved values that changed.
    pub values: Vec<Saved>,
}

/// A saved value that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// What it is called.
    pub name: String,
    /// What it holds now; `None` where it is missing.
    pub value: Option<String>,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The stable word of its kind, as in results.
    pub kind: String,
    /// In words.
    pub text: String,
}

/// A request that could not be built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotSent {
    /// When.
    pub at_us: u64,
    /// Id of its step; may be empty.
    pub step: String,
    /// Its name in results.
    pub label: String,
    /// Why.
    pub trouble: Why,
}

/// A pause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waited {
    /// When it began.
    pub at_us: u64,
    /// How long it is.
    pub length_us: u64,
    /// Whether it was skipped.
    pub skipped: bool,
}

/// A group or task that came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Its name in results.
    pub label: String,
    /// How long it took, pauses left out.
    pub length_us: u64,
    /// Whether something in it failed.
    pub failed: bool,
}

/// A check that stands alone and was not true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckFailed {
    /// Name of its task in results.
    pub label: String,
    /// Why.
    pub trouble: Why,
}

/// How a trial ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Stable word.
    pub how: HowLeft,
    /// What made the person leave, where something did.
    pub trouble: Option<Why>,
}

/// How a trial ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HowLeft {
    /// The person did everything.
    Done,
    /// The person was sent away.
    Removed,
    /// A run would end here.
    StopsTest,
    /// The most requests of a trial were sent.
    TooManyRequests,
    /// The longest time of a trial had passed.
    TooLong,
    /// Somebody stopped it.
    Stopped,
}

/// A trial that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialStarted {
    /// What it is called from now on.
    pub trial: u64,
}
