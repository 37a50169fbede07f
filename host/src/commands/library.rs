//! Scenario files: listed, read, and written without ever losing what somebody else wrote. Must not know what a scenario
//! means.

use std::path::Path;
use std::sync::Arc;

use tidemark_core::scenario;
use tidemark_core::wire::event::{Changed, Event};
use tidemark_core::wire::files::{Document, ScenarioEntry, Written};
use tidemark_core::wire::table::{
    ListScenarios, ReadScenario, RemoveScenario, RenameScenario, Renamed, Scenarios, WriteScenario,
};
use tidemark_core::wire::{Code, Done, Failure, shelf};

use crate::commands::journal;
use crate::failure::OfFiles;
use crate::folder::Folder;
use crate::host::Inner;
use crate::{aside, disk, inputs};

impl Inner {
    pub(super) async fn list_scenarios(self: &Arc<Self>, _: ListScenarios) -> Result<Scenarios, Failure> {
        let host = self.clone();
        aside::on_disk(move || {
            let files = host.scenarios.files()?;
            let mut scenarios: Vec<_> = files.iter().map(|(path, facts)| entry(&host.scenarios, path, facts)).collect();
            scenarios.sort_by(|a, b| b.changed_ms.cmp(&a.changed_ms).then_with(|| a.file.cmp(&b.file)));
            Ok(Scenarios { scenarios })
        })
        .await
    }

    pub(super) async fn read_scenario(self: &Arc<Self>, asked: ReadScenario) -> Result<Document, Failure> {
        let host = self.clone();
        aside::on_disk(move || document(&host.scenarios, &host.scenarios.place(&asked.file)?)).await
    }

    pub(super) async fn write_scenario(self: &Arc<Self>, asked: WriteScenario) -> Result<Written, Failure> {
        let host = self.clone();
        let written = aside::on_disk(move || host.write(&asked)).await?;
        self.ring.tell(Event::LibraryChanged(Changed::Scenarios));
        Ok(written)
    }

    fn write(&self, WriteScenario { file, text, revision }: &WriteScenario) -> Result<Written, Failure> {
        let _alone = disk::alone(&self.options.folder);
        let path = match (file, revision) {
            (None, _) => {
                let path = self
                    .scenarios
                    .add(&shelf::title(text).unwrap_or_else(|| "Scenario".to_owned()), text.as_bytes())?;
                journal::forget(&path);
                path
            }
            (Some(file), None) => {
                let path = self.scenarios.place(file)?;
                match disk::create(&path, text.as_bytes()) {
                    Ok(()) => path,
                    Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                        return Err(self.conflict(&path, "is there already"));
                    }
                    Err(error) => return Err(disk::not_written(&path, &error)),
                }
            }
            (Some(file), Some(revision)) => {
                // A link leads to the file that is meant; renaming would put a file in its place.
                let path = self.scenarios.place(file)?;
                let real = path.canonicalize().map_err(|error| gone(&path, &error))?;
                let found = std::fs::read(&real).map_err(|error| gone(&path, &error))?;
                if shelf::revision(&found) != *revision && found != text.as_bytes() {
                    return Err(self.conflict(&path, "was changed by somebody else"));
                }
                disk::replace(&real, text.as_bytes()).map_err(|error| disk::not_written(&path, &error))?;
                path
            }
        };
        Ok(Written { file: self.scenarios.name_of(&path), revision: shelf::revision(text.as_bytes()), unkept: None })
    }

    /// What is there now goes with the failure, so that nobody has to choose blindly.
    fn conflict(&self, path: &Path, what: &str) -> Failure {
        let name = self.scenarios.name_of(path);
        let message = format!("\"{name}\" {what}, so nothing was written.");
        let hint = "Keep yours, take theirs, or save yours under another name.";
        let found = document(&self.scenarios, path).ok().map(Box::new);
        Failure { found, ..Failure::new(Code::Conflict, message, hint) }
    }

    pub(super) async fn remove_scenario(self: &Arc<Self>, asked: RemoveScenario) -> Result<Done, Failure> {
        let host = self.clone();
        aside::on_disk(move || {
            let _alone = disk::alone(&host.options.folder);
            host.scenarios.remove(&asked.file)
        })
        .await?;
        self.ring.tell(Event::LibraryChanged(Changed::Scenarios));
        Ok(Done {})
    }

    pub(super) async fn rename_scenario(self: &Arc<Self>, asked: RenameScenario) -> Result<Renamed, Failure> {
        let host = self.clone();
        let file = aside::on_disk(move || {
            let _alone = disk::alone(&host.options.folder);
            let path = host.scenarios.rename(&asked.file, &asked.to)?;
            let file = host.scenarios.name_of(&path);
            host.secrets.follow(&asked.file, &file, secrets(&path));
            journal::follow(&host.scenarios.place(&asked.file)?, &path);
            Ok(file)
        })
        .await?;
        self.ring.tell(Event::LibraryChanged(Changed::Scenarios));
        Ok(Renamed { file })
    }
}

/// A file that was there when it was read.
fn gone(path: &Path, error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::NotFound => Failure::new(
            Code::NotFound,
            format!("{} is gone: somebody removed or renamed it.", path.display()),
            "Save yours under another name.",
        ),
        _ => Failure::reading(path, error),
    }
}

fn document(folder: &Folder, path: &Path) -> Result<Document, Failure> {
    let text = inputs::text_of(path)?;
    Ok(Document { file: folder.name_of(path), revision: shelf::revision(text.as_bytes()), text })
}

/// The names of the secrets of a scenario file; none where it can't be read.
fn secrets(path: &Path) -> Vec<String> {
    let scenario = inputs::text_of(path).ok().and_then(|text| scenario::read(&text).ok());
    let secrets = scenario.map(|(scenario, _)| scenario.secrets).unwrap_or_default();
    secrets.into_iter().map(|secret| secret.name).collect()
}

fn entry(folder: &Folder, path: &Path, facts: &std::fs::Metadata) -> ScenarioEntry {
    let text = inputs::text_of(path).map_err(|failure| failure.message);
    ScenarioEntry::of(
        &folder.name_of(path),
        text.as_deref().map_err(Clone::clone),
        disk::changed_ms(facts),
        facts.len(),
    )
}
