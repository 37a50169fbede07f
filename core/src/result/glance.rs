//! A quick look into a result file, for lists: what was run and what came of it, without reading any histogram.
//!
//! Must not know what a list shows.

use crate::result::lines::Line;
use crate::result::read::{Lines, header};
use crate::result::{Ending, Header, Unreadable};
use crate::verdict::Verdict;

/// What a list needs of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Glance {
    /// What was run.
    pub header: Header,
    /// The verdict; `None` where the file was not sealed.
    pub verdict: Option<Verdict>,
    /// How it ended; `None` where the file breaks off before.
    pub ending: Option<Ending>,
}

/// Lines that hold nothing for a list, by how they begin: most of the file.
const HEAVY: [&[u8]; 4] =
    [br#"{"kind":"interval""#, br#"{"kind":"sample""#, br#"{"kind":"totals""#, br#"{"kind":"summary""#];

/// Looks into a result file. One that breaks off is looked into as far as it goes.
///
/// # Errors
/// As [`crate::result::read`].
pub fn glance(bytes: &[u8]) -> Result<Glance, Unreadable> {
    let mut lines = Lines::new(bytes);
    let header = header(&lines.next()?.ok_or(Unreadable::NotAResult)?)?;
    let mut glance = Glance { header, verdict: None, ending: None };
    while let Some(line) = lines.next()? {
        if HEAVY.iter().any(|heavy| line.starts_with(heavy)) {
            continue;
        }
        match serde_json::from_slice(&line) {
            Ok(Line::Verdict(verdict)) => glance.verdict = Some(*verdict),
            Ok(Line::End(ending)) => glance.ending = Some(ending),
            _ => {}
        }
    }
    Ok(glance)
}
