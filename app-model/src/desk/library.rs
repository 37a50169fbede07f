//! Tests and how they were edited: listed, read, and written without ever losing what another window wrote. Must not know
//! what a test means.

use tidemark_core::wire::event::{Changed, Event};
use tidemark_core::wire::files::{Document, ScenarioEntry, Written};
use tidemark_core::wire::table::{
    Journal, ListScenarios, ReadJournal, ReadScenario, RemoveScenario, RenameScenario, Renamed, Scenarios,
    WriteJournal, WriteScenario,
};
use tidemark_core::wire::{self, Code, Failure, shelf as names};

use super::Desk;
use super::answers::{Answer, Done};
use super::shelf::{self, JOURNALS, Kept, Look, SCENARIOS, Seen, Write};
use crate::text::desk as say;

/// What a test without a name is called.
const UNNAMED: &str = "Scenario";

fn changed() -> Vec<Event> {
    vec![Event::LibraryChanged(Changed::Scenarios)]
}

fn journal(file: &str) -> String {
    format!("{JOURNALS}{file}")
}

fn text(kept: &Kept) -> Result<&str, Failure> {
    if !kept.sound {
        return Err(Failure::new(Code::Unreadable, say::DAMAGED, say::DAMAGED_HINT));
    }
    std::str::from_utf8(&kept.bytes).map_err(|_| Failure::new(Code::Invalid, say::NOT_TEXT, say::NAME_ANOTHER))
}

fn document(file: &str, kept: &Kept) -> Result<Document, Failure> {
    let text = text(kept)?.to_owned();
    Ok(Document { file: file.to_owned(), revision: names::revision(text.as_bytes()), text })
}

impl Answer for ListScenarios {
    fn look(&self) -> Look {
        Look::folder(SCENARIOS)
    }

    fn answer(self, _: &mut Desk, seen: &Seen, _: u64) -> Result<Done<Scenarios>, Failure> {
        let entry = |(path, kept): (&str, &Kept)| {
            let file = path.strip_prefix(SCENARIOS).unwrap_or(path);
            let text = text(kept).map_err(|failure| failure.message);
            ScenarioEntry::of(file, text, kept.changed_ms, kept.bytes.len() as u64)
        };
        let mut scenarios: Vec<ScenarioEntry> = seen.under(SCENARIOS).map(entry).collect();
        scenarios.sort_by(|a, b| b.changed_ms.cmp(&a.changed_ms).then_with(|| a.file.cmp(&b.file)));
        Ok(Done::reply(Scenarios { scenarios }))
    }
}

impl Answer for ReadScenario {
    fn look(&self) -> Look {
        Look::file(format!("{SCENARIOS}{}", self.file))
    }

    fn answer(self, _: &mut Desk, seen: &Seen, _: u64) -> Result<Done<Document>, Failure> {
        let kept = seen.file(&shelf::scenario(&self.file)?).ok_or_else(|| shelf::missing(&self.file))?;
        document(&self.file, kept).map(Done::reply)
    }
}

impl Answer for WriteScenario {
    fn look(&self) -> Look {
        match &self.file {
            Some(file) => Look::file(format!("{SCENARIOS}{file}")),
            // All of them, as a new one needs a name of its own.
            None => Look::folder(SCENARIOS),
        }
    }

    fn answer(self, _: &mut Desk, seen: &Seen, _: u64) -> Result<Done<Written>, Failure> {
        let (file, is_new) = match &self.file {
            None => (new_name(&self.text, seen), true),
            Some(file) => {
                let path = shelf::scenario(file)?;
                may_write(file, seen.file(&path), self.revision.as_deref(), &self.text)?;
                (file.clone(), self.revision.is_none())
            }
        };
        let mut writes = vec![Write::Put(shelf::scenario(&file)?, self.text.clone().into_bytes())];
        if is_new {
            // What was noted of another file that had this name means nothing any more.
            writes.push(Write::Remove(journal(&file)));
        }
        let revision = names::revision(self.text.as_bytes());
        let written = Written { file, revision, unkept: None };
        Ok(Done::reply(written).writing(writes).held().telling(changed()))
    }
}

/// A name for a new test that no other has.
pub(super) fn new_name(text: &str, seen: &Seen) -> String {
    let title = names::title(text).unwrap_or_else(|| UNNAMED.to_owned());
    let usual = names::file_name(&title, names::SCENARIO);
    shelf::free(&usual, |name| seen.file(&format!("{SCENARIOS}{name}")).is_some())
}

/// Whether a text may go over what is there; what is there goes with the failure, so that nobody has to choose blindly.
fn may_write(file: &str, there: Option<&Kept>, revision: Option<&str>, text: &str) -> Result<(), Failure> {
    let conflict = |kept: &Kept, message: String| {
        let found = document(file, kept).ok().map(Box::new);
        Err(Failure { found, ..Failure::new(Code::Conflict, message, say::CONFLICT_HINT) })
    };
    match (there, revision) {
        (None, None) => Ok(()),
        (Some(kept), None) => conflict(kept, say::there_already(file)),
        (None, Some(_)) => Err(Failure::new(Code::NotFound, say::gone(file), say::GONE_HINT)),
        (Some(kept), Some(known)) if names::revision(&kept.bytes) == known || kept.bytes == text.as_bytes() => Ok(()),
        (Some(kept), Some(_)) => conflict(kept, say::changed(file)),
    }
}

impl Answer for RemoveScenario {
    fn look(&self) -> Look {
        Look::file(format!("{SCENARIOS}{}", self.file))
    }

    fn answer(self, _: &mut Desk, seen: &Seen, now_ms: u64) -> Result<Done<wire::Done>, Failure> {
        let path = shelf::scenario(&self.file)?;
        let kept = seen.file(&path).ok_or_else(|| shelf::missing(&self.file))?;
        let writes = vec![Write::Put(shelf::removed(&path, now_ms), kept.bytes.clone()), Write::Remove(path)];
        Ok(Done::reply(wire::Done {}).writing(writes).telling(changed()))
    }
}

impl Answer for RenameScenario {
    fn look(&self) -> Look {
        let old = Look::file(format!("{SCENARIOS}{}", self.file));
        let new = names::file_name(&self.to, names::SCENARIO);
        old.and(Look::file(format!("{SCENARIOS}{new}"))).and(Look::file(journal(&self.file)))
    }

    fn answer(self, desk: &mut Desk, seen: &Seen, _: u64) -> Result<Done<Renamed>, Failure> {
        let old = shelf::scenario(&self.file)?;
        let kept = seen.file(&old).ok_or_else(|| shelf::missing(&self.file))?;
        let file = new_name_for(&self.to, names::SCENARIO)?;
        if file == self.file {
            return Ok(Done::reply(Renamed { file }));
        }
        let new = shelf::scenario(&file)?;
        if seen.file(&new).is_some() {
            return Err(Failure::new(Code::Invalid, say::taken(&file), say::TAKEN_HINT));
        }
        let mut writes = vec![Write::Put(new, kept.bytes.clone()), Write::Remove(old)];
        writes.push(match seen.file(&journal(&self.file)) {
            Some(noted) => Write::Put(journal(&file), noted.bytes.clone()),
            None => Write::Remove(journal(&file)),
        });
        writes.push(Write::Remove(journal(&self.file)));
        desk.secrets_follow(&self.file, &file);
        Ok(Done::reply(Renamed { file }).writing(writes).telling(changed()))
    }
}

/// The file name that somebody asked for.
///
/// # Errors
/// It can't be one.
pub(super) fn new_name_for(to: &str, end: &str) -> Result<String, Failure> {
    if to.trim().is_empty() || to.contains(['/', '\\', '\0']) || to.starts_with('.') {
        return Err(Failure::new(Code::Invalid, say::bad_name(to), say::TAKEN_HINT));
    }
    Ok(names::file_name(to, end))
}

impl Answer for ReadJournal {
    fn look(&self) -> Look {
        Look::file(journal(&self.file))
    }

    fn answer(self, _: &mut Desk, seen: &Seen, _: u64) -> Result<Done<Journal>, Failure> {
        // One that is no text makes no sense, which is as good as none.
        let kept = seen.file(&journal(&self.file));
        Ok(Done::reply(Journal { text: kept.and_then(|kept| String::from_utf8(kept.bytes.clone()).ok()) }))
    }
}

impl Answer for WriteJournal {
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<wire::Done>, Failure> {
        shelf::scenario(&self.file)?;
        let writes = vec![Write::Put(journal(&self.file), self.text.into_bytes())];
        Ok(Done::reply(wire::Done {}).writing(writes).held())
    }
}
