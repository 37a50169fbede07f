//! Files that are whole or not there at all: written beside their place, made safe, and renamed into it.
//!
//! Must not know what is in them.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tidemark_core::wire::shelf;

use crate::failure::{Code, Failure, plain};

/// How files end that are on their way into their place.
const ON_THE_WAY: &str = "sealing";

/// A file on its way that is older than this was left by a program that is gone.
const LEFT_BEHIND: Duration = Duration::from_secs(60);

/// Where a growing file can't be asked whether it still grows, one that was changed so lately counts as growing.
#[cfg(not(unix))]
const LATELY: Duration = Duration::from_secs(10);

/// Writes a whole file beside its place and renames it into it.
///
/// # Errors
/// The system says why; what was in the place is still there.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{ON_THE_WAY}"));
    let beside = path.with_file_name(name);
    let write = || {
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)?;
        sync_folder(path);
        Ok(())
    };
    write().inspect_err(|_| {
        let _ = std::fs::remove_file(&beside);
    })
}

/// Writes a file that must not be there yet.
///
/// # Errors
/// It is there, or the system says why not; then nothing is left of it.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map(|()| sync_folder(path)).inspect_err(|_| {
        let _ = std::fs::remove_file(path);
    })
}

/// So that a new name outlives a power cut. Where a folder can't be opened as a file, the system sees to it.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent().and_then(|folder| File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
}

/// Takes away what programs that are gone left on the way.
pub(crate) fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let on_the_way = path.extension().is_some_and(|end| end == ON_THE_WAY);
        if on_the_way && age(&path).is_some_and(|age| age > LEFT_BEHIND) {
            let _ = std::fs::remove_file(&path);
        }
    }
}

fn age(path: &Path) -> Option<Duration> {
    SystemTime::now().duration_since(path.metadata().ok()?.modified().ok()?).ok()
}

/// When a file was last changed, in milliseconds since 1970.
pub(crate) fn changed_ms(facts: &std::fs::Metadata) -> u64 {
    let since = facts.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| since.as_millis() as u64)
}

/// Marks an open file as one that a program is still writing. The system takes the mark away when that program ends,
/// however it ends. On systems where such a mark would keep others from reading the file, there is none.
pub(crate) fn mark_growing(file: &File) {
    #[cfg(unix)]
    let _ = file.try_lock();
    #[cfg(not(unix))]
    let _ = file;
}

/// Whether a program is still writing a file.
#[cfg(unix)]
pub(crate) fn is_growing(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    matches!(file.try_lock_shared(), Err(std::fs::TryLockError::WouldBlock))
}

/// Whether a program is still writing a file, by the time of its last change.
#[cfg(not(unix))]
pub(crate) fn is_growing(path: &Path) -> bool {
    age(path).is_some_and(|age| age < LATELY)
}

/// Waits until no other program on this computer changes files of the app; the others wait until the guard is dropped.
/// Where the folder takes no such file, nobody waits.
pub(crate) fn alone(folder: &Path) -> Option<File> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(".lock")).ok()?;
    file.lock().ok()?;
    Some(file)
}

/// A file of the app that could not be written.
pub(crate) fn not_written(path: &Path, error: &io::Error) -> Failure {
    let message = format!("{} could not be written: {}.", path.display(), plain(error));
    Failure::new(Code::Io, message, "Make room or choose another place, then try again.")
}

/// `shop.tide` as `shop 2.tide`.
pub(crate) fn numbered(path: &Path, number: u32) -> PathBuf {
    path.with_file_name(shelf::numbered(&path.file_name().unwrap_or_default().to_string_lossy(), number))
}
