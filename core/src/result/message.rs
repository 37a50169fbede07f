//! A request or an answer as it is kept in a sample: readable, bounded, and without secrets.
//!
//! Must not know whether it was sent or received.

use serde::{Deserialize, Serialize};

use crate::result::redact::Redactor;
use crate::units::grouped;

/// The longest body and the longest head that are kept, in bytes.
pub const LONGEST: usize = 64 * 1024;

/// A request or an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// First line and header lines.
    pub head: String,
    /// The body, as far as it is text; with a mark at the end where it was cut.
    pub body: String,
    /// How long the whole body was, in bytes.
    pub body_len: u64,
}

impl Message {
    /// From bytes. `body` may be the beginning of a body of `body_len` bytes.
    pub fn new(head: &[u8], body: &[u8], body_len: u64, redactor: &Redactor) -> Self {
        let body_len = body_len.max(body.len() as u64);
        let text = match std::str::from_utf8(body) {
            Ok(text) => Some(text.to_owned()),
            // A body that was cut may end within a character.
            Err(error) if error.error_len().is_none() => {
                Some(String::from_utf8_lossy(&body[..error.valid_up_to()]).into())
            }
            Err(_) if body.contains(&0) => None,
            Err(_) => Some(String::from_utf8_lossy(body).into_owned()),
        };
        let body = match text {
            Some(text) => shortened(&text, body_len > body.len() as u64, body_len, redactor),
            None => format!("({} bytes that are not text)", grouped(body_len)),
        };
        let head = String::from_utf8_lossy(head);
        Self { head: shortened(&head, false, head.len() as u64, redactor), body, body_len }
    }

    /// The same without the secrets of `redactor`.
    pub(crate) fn scrubbed(&self, redactor: &Redactor) -> Self {
        Self { head: redactor.text(&self.head), body: redactor.text(&self.body), body_len: self.body_len }
    }
}

/// Scrubbed first and cut then, so that no half of a secret is left at the cut.
fn shortened(text: &str, already_cut: bool, whole: u64, redactor: &Redactor) -> String {
    let mut scrubbed = redactor.text(text);
    if already_cut {
        redactor.drop_partial_end(&mut scrubbed);
    }
    let too_long = scrubbed.len() > LONGEST;
    scrubbed.truncate(scrubbed.floor_char_boundary(LONGEST));
    if already_cut || too_long {
        scrubbed.push_str(&format!("\n… (cut; {} bytes in all)", grouped(whole)));
    }
    scrubbed
}
