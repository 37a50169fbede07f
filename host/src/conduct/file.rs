//! The file of a run while it grows: appended every second, never half a piece, and never in the way of the run.
//!
//! A disk that is full or gone makes it wait and try again. Must not know what the pieces hold.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::disk;
use crate::failure::{Failure, OfFiles, plain};

/// The most bytes that wait for a disk. What is beyond them is only in the sealed file.
const MOST_WAITING: usize = 32 * 1024 * 1024;

/// A growing file.
#[derive(Debug)]
pub(super) struct Growing {
    path: PathBuf,
    file: File,
    /// Up to here the file holds whole pieces.
    whole: u64,
    waiting: Vec<u8>,
    /// The last error, in words, while nothing can be written.
    pub(super) trouble: Option<String>,
}

impl Growing {
    /// A new file that nobody had before.
    ///
    /// # Errors
    /// It exists already, or can't be made.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        disk::mark_growing(&file);
        Ok(Self { path: path.to_owned(), file, whole: 0, waiting: Vec::new(), trouble: None })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a piece, and whatever still waits before it.
    pub(super) fn append(&mut self, piece: &[u8]) {
        if self.waiting.len() + piece.len() <= MOST_WAITING {
            self.waiting.extend_from_slice(piece);
        }
        match self.write() {
            Ok(()) => {
                self.whole += self.waiting.len() as u64;
                self.waiting.clear();
                self.trouble = None;
            }
            Err(error) => {
                // So that the file ends with a whole piece. Where even that fails, readers cope with half of one.
                let _ = self.file.set_len(self.whole);
                self.trouble = Some(plain(&error));
            }
        }
    }

    fn write(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.file.seek(SeekFrom::Start(self.whole))?;
        self.file.write_all(&self.waiting)
    }

    /// Puts the sealed file in the place of this one: written beside it, made safe on the disk, and renamed.
    ///
    /// # Errors
    /// It could not be written; the growing file is still there, as far as it got.
    pub(super) fn seal(&self, bytes: &[u8]) -> Result<(), Failure> {
        disk::replace(&self.path, bytes).map_err(|error| Failure::writing(&self.path, &error))
    }
}

/// Writes the sealed file into the folder for temporary files, where its own place takes nothing.
///
/// # Errors
/// That doesn't take it either.
pub(super) fn elsewhere(name: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let folder = std::env::temp_dir();
    let name = name.file_name().unwrap_or_default();
    let mut path = folder.join(name);
    for number in 2..1_000 {
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                let written = file.write_all(bytes).and_then(|()| file.sync_all());
                return written.map(|()| path.clone()).inspect_err(|_| {
                    let _ = std::fs::remove_file(&path);
                });
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => path = numbered(&folder.join(name), number),
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// `shop.tiderun` as `shop-2.tiderun`.
pub(super) fn numbered(path: &Path, number: u32) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let end = path.extension().map(|end| format!(".{}", end.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}-{number}{end}"))
}

#[cfg(test)]
mod tests;
