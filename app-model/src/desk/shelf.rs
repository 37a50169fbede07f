//! Files as the desk sees them: by path, whole, with the time of their last change. Must not know where they are.

use std::collections::{BTreeMap, BTreeSet};

use tidemark_core::wire::shelf::{self, RESULT, SCENARIO};
use tidemark_core::wire::{Code, Failure};

use crate::text::desk as say;

/// Scenarios.
pub(super) const SCENARIOS: &str = "scenarios/";
/// What was noted of how scenarios were edited, by the scenario's file.
pub(super) const JOURNALS: &str = "journals/";
/// Results that are whole.
pub(super) const RESULTS: &str = "results/";
/// Results that grow, or whose page was closed while they did: a folder of pieces for each.
pub(super) const GROWING: &str = "growing/";
/// What lists show of results.
pub(super) const ENTRIES: &str = "entries/";
/// What was removed.
pub(super) const REMOVED: &str = "removed/";
/// What the app remembers.
pub(super) const SETTINGS: &str = "settings.json";

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// When it was last changed, in milliseconds since 1970.
    pub changed_ms: u64,
    /// Whether that is what was written.
    pub sound: bool,
}

/// What must be seen before a command can be answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// Single files.
    pub files: Vec<String>,
    /// All files whose path begins so.
    pub folders: Vec<String>,
}

impl Look {
    pub(super) fn file(path: impl Into<String>) -> Self {
        Self { files: vec![path.into()], folders: Vec::new() }
    }

    pub(super) fn folder(path: impl Into<String>) -> Self {
        Self { files: Vec::new(), folders: vec![path.into()] }
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.files.extend(other.files);
        self.folders.extend(other.folders);
        self
    }

    /// Whether this file is among those that are looked at.
    fn sees(&self, path: &str) -> bool {
        self.files.iter().any(|file| file == path) || self.folders.iter().any(|folder| path.starts_with(folder))
    }

    /// Whether nothing has to be seen.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// Those of the wanted files that are there, by path.
    pub files: BTreeMap<String, Kept>,
    /// The results that other pages are writing, by [`growing_of`] their files.
    pub writing: BTreeSet<String>,
}

impl Seen {
    pub(super) fn file(&self, path: &str) -> Option<&Kept> {
        self.files.get(path)
    }

    /// The files of a folder, in order.
    pub(super) fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Kept)> {
        let from = self.files.range(folder.to_owned()..);
        from.take_while(move |(path, _)| path.starts_with(folder)).map(|(path, kept)| (path.as_str(), kept))
    }
}

/// Files that could not be written, held until they can. Whoever looks sees them as if they had been.
#[derive(Debug, Default)]
pub struct Held {
    writes: Vec<(Write, u64)>,
}

impl Held {
    /// Holds changes of this moment, in milliseconds since 1970.
    pub fn add(&mut self, writes: Vec<Write>, now_ms: u64) {
        for write in writes {
            // What is written anew, or gone, need not be held twice.
            self.writes.retain(|(old, _)| !write.covers(old));
            self.writes.push((write, now_ms));
        }
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.writes.is_empty()
    }

    /// All that is held, in order.
    pub fn writes(&self) -> Vec<Write> {
        self.writes.iter().map(|(write, _)| write.clone()).collect()
    }

    /// Others were written since: what they cover need not be written any more.
    pub fn outdated_by(&mut self, writes: &[Write]) {
        self.writes.retain(|(held, _)| !writes.iter().any(|write| write.covers(held)));
    }

    /// These have been written.
    pub fn written(&mut self, writes: &[Write]) {
        self.writes.retain(|(held, _)| !writes.contains(held));
    }

    /// Adds what is held to what was seen.
    pub fn show(&self, look: &Look, files: &mut BTreeMap<String, Kept>) {
        for (write, changed_ms) in &self.writes {
            match write {
                Write::Put(path, bytes) if look.sees(path) => {
                    files.insert(path.clone(), Kept { bytes: bytes.clone(), changed_ms: *changed_ms, sound: true });
                }
                Write::Put(..) => {}
                Write::Remove(path) => drop(files.remove(path)),
                Write::Clear(folder) => files.retain(|path, _| !path.starts_with(folder)),
            }
        }
    }
}

/// A change of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// This is what is in the file at this path.
    Put(String, Vec<u8>),
    /// There is no such file.
    Remove(String),
    /// There are no files whose path begins so.
    Clear(String),
}

impl Write {
    /// Whether nothing is left of another change after this one.
    fn covers(&self, other: &Self) -> bool {
        let (Self::Put(path, _) | Self::Remove(path) | Self::Clear(path)) = other;
        match self {
            Self::Put(own, _) | Self::Remove(own) => own == path && !matches!(other, Self::Clear(_)),
            Self::Clear(own) => path.starts_with(own),
        }
    }
}

/// What a page that writes this result holds on to, so that others know.
pub fn growing_of(file: &str) -> String {
    format!("{GROWING}{file}")
}

/// The folder of the pieces of a result.
pub(super) fn pieces_of(file: &str) -> String {
    format!("{GROWING}{file}/")
}

/// The path of a scenario's file.
///
/// # Errors
/// It is no name of one.
pub(super) fn scenario(file: &str) -> Result<String, Failure> {
    named(file, SCENARIO).map(|file| format!("{SCENARIOS}{file}"))
}

/// The name of a result's file.
///
/// # Errors
/// It is no name of one.
pub(super) fn result(file: &str) -> Result<&str, Failure> {
    named(file, RESULT)
}

fn named<'a>(file: &'a str, end: &str) -> Result<&'a str, Failure> {
    let stem = file.strip_suffix(end).and_then(|file| file.strip_suffix('.'));
    let plain =
        stem.is_some_and(|stem| !stem.is_empty() && !stem.starts_with('.')) && !file.contains(['/', '\\', '\0']);
    if plain { Ok(file) } else { Err(Failure::new(Code::Invalid, say::no_name(file, end), say::NAME_ANOTHER)) }
}

/// The first name after `usual` that is not taken yet.
pub(super) fn free(usual: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbers = (2..).map(|number| shelf::numbered(usual, number));
    std::iter::once(usual.to_owned()).chain(numbers).find(|name| !is_taken(name)).unwrap_or_else(|| usual.to_owned())
}

/// Where a removed file is kept; `at_ms` tells it from others of its name.
pub(super) fn removed(path: &str, at_ms: u64) -> String {
    format!("{REMOVED}{at_ms}/{path}")
}

/// There is no such file.
pub(super) fn missing(file: &str) -> Failure {
    Failure::new(Code::NotFound, say::missing(file), say::MISSING_HINT)
}
