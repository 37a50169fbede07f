//! How scenarios were edited: one journal beside each file, in a hidden folder. Must not know what is in one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tidemark_core::wire::table::{Journal, ReadJournal, WriteJournal};
use tidemark_core::wire::{Code, Done, Failure};

use crate::failure::OfFiles;
use crate::host::Inner;
use crate::{aside, disk};

/// Where journals are, in the folder of their files.
const FOLDER: &str = ".tidemark";

/// The longest journal, in bytes.
const LARGEST: usize = 8 << 20;

impl Inner {
    pub(super) async fn read_journal(self: &Arc<Self>, asked: ReadJournal) -> Result<Journal, Failure> {
        let path = journal_of(&self.scenarios.place(&asked.file)?);
        aside::on_disk(move || match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Journal { text: Some(text) }),
            Err(error) => match error.kind() {
                // One that is no text makes no sense, which is as good as none.
                std::io::ErrorKind::NotFound | std::io::ErrorKind::InvalidData => Ok(Journal::default()),
                _ => Err(Failure::reading(&path, &error)),
            },
        })
        .await
    }

    pub(super) async fn write_journal(self: &Arc<Self>, asked: WriteJournal) -> Result<Done, Failure> {
        if asked.text.len() > LARGEST {
            return Err(Failure::new(Code::Invalid, "This is far too long for a journal.", ""));
        }
        let path = journal_of(&self.scenarios.place(&asked.file)?);
        let host = self.clone();
        aside::on_disk(move || {
            let _alone = disk::alone(&host.options.folder);
            let folder = path.parent().unwrap_or(Path::new("."));
            std::fs::create_dir_all(folder).map_err(|error| disk::not_written(folder, &error))?;
            disk::replace(&path, asked.text.as_bytes()).map_err(|error| disk::not_written(&path, &error))?;
            Ok(Done {})
        })
        .await
    }
}

/// Where the journal of a scenario's file is.
fn journal_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".journal");
    path.with_file_name(FOLDER).join(name)
}

/// Lets the journal follow a file to its new name; one that was there belongs to a file that is gone.
pub(super) fn follow(old: &Path, new: &Path) {
    // Without its journal a document is still whole.
    let _ = std::fs::rename(journal_of(old), journal_of(new));
}

/// A file is gone, or was made anew: what was noted of it means nothing any more.
pub(super) fn forget(path: &Path) {
    let _ = std::fs::remove_file(journal_of(path));
}
