//! Results: listed, read, taken in from elsewhere. What lists show stands beside each result, so that a list reads no
//! result. Must not change what is in one.

use tidemark_core::result;
use tidemark_core::wire::event::{Changed, Event};
use tidemark_core::wire::files::{Bytes, ResultEntry, Stage};
use tidemark_core::wire::table::{
    ImportResult, ListResults, ReadResult, RemoveResult, RenameResult, Renamed, ResultBytes, Results,
};
use tidemark_core::wire::{self, Code, Failure, shelf as names};

use super::Desk;
use super::answers::{Answer, Done};
use super::library::new_name_for;
use super::shelf::{self, ENTRIES, Kept, Look, RESULTS, Seen, Write, growing_of, pieces_of};
use crate::text::desk as say;

fn changed() -> Vec<Event> {
    vec![Event::LibraryChanged(Changed::Results)]
}

fn entry_at(file: &str) -> String {
    format!("{ENTRIES}{file}")
}

fn result_at(file: &str) -> String {
    format!("{RESULTS}{file}")
}

/// What has to be seen of a result to have all of it.
fn all_of(file: &str) -> Look {
    Look::file(result_at(file)).and(Look::folder(pieces_of(file)))
}

/// Writes what lists show of a result.
pub(super) fn put_entry(entry: &ResultEntry) -> Write {
    Write::Put(entry_at(&entry.file), serde_json::to_vec(entry).unwrap_or_default())
}

/// Writes a whole result, in the place of its pieces.
pub(super) fn put_whole(file: &str, bytes: Vec<u8>, now_ms: u64) -> Vec<Write> {
    let length = bytes.len() as u64;
    let entry = match result::glance(&bytes) {
        Ok(glance) => ResultEntry::of(file, glance, now_ms, length),
        Err(error) => ResultEntry::unreadable(file, error.to_string(), now_ms, length),
    };
    vec![Write::Put(result_at(file), bytes), Write::Clear(pieces_of(file)), put_entry(&entry)]
}

/// The first name after `usual` that no result has.
pub(super) fn free_name(usual: &str, seen: &Seen) -> String {
    shelf::free(usual, |name| seen.file(&entry_at(name)).is_some())
}

/// The bytes of a result: whole, or what there is of one whose page was closed.
fn bytes_of(file: &str, seen: &Seen) -> Result<Vec<u8>, Failure> {
    if let Some(kept) = seen.file(&result_at(file)) {
        return Ok(kept.bytes.clone());
    }
    let pieces: Vec<u8> = seen.under(&pieces_of(file)).flat_map(|(_, piece)| piece.bytes.iter().copied()).collect();
    if pieces.is_empty() { Err(shelf::missing(file)) } else { Ok(pieces) }
}

/// A result that still grows must stay where it is.
fn at_rest(desk: &Desk, seen: &Seen, file: &str) -> Result<(), Failure> {
    match desk.growing() == Some(file) || seen.writing.contains(&growing_of(file)) {
        true => Err(Failure::new(Code::Busy, say::GROWING, say::GROWING_HINT)),
        false => Ok(()),
    }
}

impl Answer for ListResults {
    fn look(&self) -> Look {
        Look::folder(ENTRIES)
    }

    fn answer(self, desk: &mut Desk, seen: &Seen, _: u64) -> Result<Done<Results>, Failure> {
        let entry = |(path, kept): (&str, &Kept)| {
            let file = path.strip_prefix(ENTRIES).unwrap_or(path);
            let read = serde_json::from_slice::<ResultEntry>(&kept.bytes);
            let mut entry =
                read.unwrap_or_else(|error| ResultEntry::unreadable(file, error.to_string(), kept.changed_ms, 0));
            if entry.stage == Stage::EndedUnexpectedly && at_rest(desk, seen, file).is_err() {
                entry.stage = Stage::Growing;
            }
            entry
        };
        let mut results: Vec<ResultEntry> = seen.under(ENTRIES).map(entry).collect();
        results.sort_by(|a, b| b.started_at.cmp(&a.started_at).then_with(|| a.file.cmp(&b.file)));
        Ok(Done::reply(Results { results }))
    }
}

impl Answer for ReadResult {
    fn look(&self) -> Look {
        all_of(&self.file)
    }

    fn answer(self, _: &mut Desk, seen: &Seen, _: u64) -> Result<Done<ResultBytes>, Failure> {
        let file = shelf::result(&self.file)?;
        Ok(Done::reply(ResultBytes { file: file.to_owned(), bytes: Bytes(bytes_of(file, seen)?) }))
    }
}

impl Answer for ImportResult {
    fn look(&self) -> Look {
        Look::folder(ENTRIES)
    }

    fn answer(self, _: &mut Desk, seen: &Seen, now_ms: u64) -> Result<Done<Renamed>, Failure> {
        let bytes = self.bytes.0;
        result::read(&bytes).map_err(|error| names::not_a_result(&self.name, &error))?;
        let file = free_name(&names::file_name(&self.name, names::RESULT), seen);
        let writes = put_whole(&file, bytes, now_ms);
        Ok(Done::reply(Renamed { file }).writing(writes).telling(changed()))
    }
}

impl Answer for RemoveResult {
    fn look(&self) -> Look {
        all_of(&self.file)
    }

    fn answer(self, desk: &mut Desk, seen: &Seen, now_ms: u64) -> Result<Done<wire::Done>, Failure> {
        let file = shelf::result(&self.file)?;
        at_rest(desk, seen, file)?;
        let bytes = bytes_of(file, seen)?;
        let writes = vec![
            Write::Put(shelf::removed(&result_at(file), now_ms), bytes),
            Write::Remove(result_at(file)),
            Write::Clear(pieces_of(file)),
            Write::Remove(entry_at(file)),
        ];
        Ok(Done::reply(wire::Done {}).writing(writes).telling(changed()))
    }
}

impl Answer for RenameResult {
    fn look(&self) -> Look {
        all_of(&self.file).and(Look::folder(ENTRIES))
    }

    fn answer(self, desk: &mut Desk, seen: &Seen, now_ms: u64) -> Result<Done<Renamed>, Failure> {
        let old = shelf::result(&self.file)?;
        at_rest(desk, seen, old)?;
        let file = new_name_for(&self.to, names::RESULT)?;
        if file == old {
            return Ok(Done::reply(Renamed { file }));
        }
        if seen.file(&entry_at(&file)).is_some() {
            return Err(Failure::new(Code::Invalid, say::taken(&file), say::TAKEN_HINT));
        }
        let mut writes = put_whole(&file, bytes_of(old, seen)?, now_ms);
        writes.extend([Write::Remove(result_at(old)), Write::Clear(pieces_of(old)), Write::Remove(entry_at(old))]);
        Ok(Done::reply(Renamed { file }).writing(writes).telling(changed()))
    }
}
