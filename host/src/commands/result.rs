//! Result files: listed, read, taken in from elsewhere. Must not change what is in one.

use std::collections::HashMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tidemark_core::result;
use tidemark_core::units::plain_bytes;
use tidemark_core::wire::event::{Changed, Event};
use tidemark_core::wire::files::{Bytes, ResultEntry, Stage};
use tidemark_core::wire::table::{
    ImportResult, ListResults, ReadResult, RemoveResult, RenameResult, Renamed, ResultBytes, Results,
};
use tidemark_core::wire::{Code, Done, Failure, shelf};

use crate::failure::OfFiles;
use crate::host::{Inner, held};
use crate::{aside, disk};

/// The largest result that is taken in or shown, in bytes.
pub const LARGEST: u64 = 256 << 20;

/// What lists showed of files that have not changed since: path, then time of the last change, length and entry.
#[derive(Debug, Default)]
pub(crate) struct Glances(Mutex<HashMap<PathBuf, (u64, u64, ResultEntry)>>);

impl Inner {
    pub(super) async fn list_results(self: &Arc<Self>, _: ListResults) -> Result<Results, Failure> {
        let host = self.clone();
        aside::on_disk(move || {
            let files = host.results.files()?;
            held(&host.glances.0).retain(|path, _| files.iter().any(|(known, _)| known == path));
            let mut results: Vec<_> = files.iter().map(|(path, facts)| host.entry(path, facts)).collect();
            results.sort_by(|a, b| b.started_at.cmp(&a.started_at).then_with(|| a.file.cmp(&b.file)));
            Ok(Results { results })
        })
        .await
    }

    /// What a list shows of a file. A file that may still change is looked at anew each time.
    fn entry(&self, path: &Path, facts: &Metadata) -> ResultEntry {
        let (changed_ms, bytes) = (disk::changed_ms(facts), facts.len());
        if let Some((at, length, entry)) = held(&self.glances.0).get(path)
            && (*at, *length) == (changed_ms, bytes)
        {
            return entry.clone();
        }
        let file = self.results.name_of(path);
        let mut entry = match read(path).and_then(|bytes| result::glance(&bytes).map_err(|error| opened(path, &error)))
        {
            Ok(glance) => ResultEntry::of(&file, glance, changed_ms, bytes),
            Err(failure) => ResultEntry::unreadable(&file, failure.message, changed_ms, bytes),
        };
        if entry.stage == Stage::EndedUnexpectedly && (self.runs.is_growing(path) || disk::is_growing(path)) {
            entry.stage = Stage::Growing;
        }
        if entry.stage == Stage::Whole {
            held(&self.glances.0).insert(path.to_owned(), (changed_ms, bytes, entry.clone()));
        }
        entry
    }

    pub(crate) async fn read_result(self: &Arc<Self>, asked: ReadResult) -> Result<ResultBytes, Failure> {
        let host = self.clone();
        aside::on_disk(move || {
            let path = host.results.place(&asked.file)?;
            let bytes = Bytes(read(&path)?);
            Ok(ResultBytes { file: host.results.name_of(&path), bytes })
        })
        .await
    }

    pub(crate) async fn import_result(self: &Arc<Self>, asked: ImportResult) -> Result<Renamed, Failure> {
        let host = self.clone();
        let file = aside::on_disk(move || {
            let bytes = asked.bytes.0;
            if bytes.len() as u64 > LARGEST {
                return Err(too_large(&asked.name));
            }
            result::read(&bytes).map_err(|error| opened(Path::new(&asked.name), &error))?;
            let _alone = disk::alone(&host.options.folder);
            let path = host.results.add(&asked.name, &bytes)?;
            Ok(host.results.name_of(&path))
        })
        .await?;
        self.ring.tell(Event::LibraryChanged(Changed::Results));
        Ok(Renamed { file })
    }

    pub(super) async fn remove_result(self: &Arc<Self>, asked: RemoveResult) -> Result<Done, Failure> {
        let host = self.clone();
        aside::on_disk(move || {
            let _alone = disk::alone(&host.options.folder);
            host.at_rest(&asked.file)?;
            host.results.remove(&asked.file)
        })
        .await?;
        self.ring.tell(Event::LibraryChanged(Changed::Results));
        Ok(Done {})
    }

    pub(super) async fn rename_result(self: &Arc<Self>, asked: RenameResult) -> Result<Renamed, Failure> {
        let host = self.clone();
        let file = aside::on_disk(move || {
            let _alone = disk::alone(&host.options.folder);
            host.at_rest(&asked.file)?;
            let path = host.results.rename(&asked.file, &asked.to)?;
            Ok(host.results.name_of(&path))
        })
        .await?;
        self.ring.tell(Event::LibraryChanged(Changed::Results));
        Ok(Renamed { file })
    }

    /// A result that still grows must stay where it is.
    fn at_rest(&self, file: &str) -> Result<(), Failure> {
        let path = self.results.place(file)?;
        match self.runs.is_growing(&path) || disk::is_growing(&path) {
            true => Err(Failure::new(Code::Busy, "The run of this result is under way.", "Wait until it is over.")),
            false => Ok(()),
        }
    }
}

/// The bytes of a result file.
///
/// # Errors
/// It can't be read, or is too large.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| Failure::reading(path, &error);
    let length = path.metadata().map_err(failed)?.len();
    if length > LARGEST {
        return Err(too_large(&path.display().to_string()));
    }
    std::fs::read(path).map_err(failed)
}

/// Why a file is not opened whatever is in it.
pub fn too_large(name: &str) -> Failure {
    let message = format!("\"{name}\" has more than {}. No result is that large.", plain_bytes(LARGEST));
    Failure::new(Code::Invalid, message, "Choose a .tiderun file, as a run leaves it.")
}

fn opened(path: &Path, error: &result::Unreadable) -> Failure {
    shelf::not_a_result(&path.display().to_string(), error)
}
