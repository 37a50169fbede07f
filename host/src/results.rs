//! Result files, opened. Must not know what is shown of them.

use std::io::Read;
use std::path::Path;

use tidemark_core::result::{self, Opened};

use crate::failure::{Code, Failure, OfFiles};

/// The largest result file that is read, in bytes.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Opens a result file. One that breaks off opens as far as it goes, and its notes say so.
///
/// # Errors
/// It can't be read, or is no result.
pub fn open(path: &Path) -> Result<Opened, Failure> {
    let failed = |error: std::io::Error| Failure::reading(path, &error);
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(failed)?;
    result::read(&bytes).map_err(|error| {
        let message = format!("{} could not be opened: {error}.", path.display());
        let hint = match error {
            result::Unreadable::Newer { .. } => "Open it with that version.",
            _ => "Name a .tiderun file, as a run leaves it.",
        };
        Failure::new(Code::Invalid, message, hint)
    })
}
