//! Scenario files: read with their history, written one after the other, and never over what somebody else wrote. Must
//! not know what a scenario means.

use std::collections::HashMap;

use serde_json::Value;
use tidemark_core::wire::files::{Document, ScenarioEntry, Written};
use tidemark_core::wire::table::{
    CheckTarget, ListResults, ListScenarios, ReadFacts, ReadJournal, ReadScenario, ReadTable, RemoveScenario,
    RenameScenario, WriteJournal, WriteScenario,
};
use tidemark_core::wire::{Code, Done, Failure};

use super::call::{About, Call, plain, reply};
use super::{Link, Turn, results};
use crate::model::{Facts, TableRows, TestCard, Tone};
use crate::msg::Msg;
use crate::text::link as say;

/// Scenario files.
#[derive(Debug, Default)]
pub(super) struct Library {
    /// The file that was asked for last.
    wanted: Option<String>,
    /// The file that is shown.
    shown: Option<String>,
    /// What the scenarios are called that were read or written.
    titles: HashMap<String, String>,
    /// The state of each file as it was read or written last.
    revisions: HashMap<String, String>,
    /// Files that are being written.
    writing: HashMap<String, Writing>,
    /// What somebody else made of a file, until it is decided whose stays.
    theirs: HashMap<String, Document>,
    /// Histories that go before the next write of their file.
    histories: HashMap<String, String>,
    /// Somebody changed the scenarios while one was being written: whether it was us is seen afterwards.
    look: bool,
}

/// A file that is being written.
#[derive(Debug)]
struct Writing {
    /// What is on its way.
    text: String,
    /// The document's revision of that.
    revision: u64,
    /// What follows: the document's revision and its text.
    next: Option<(u64, String)>,
    /// Who waits to read it.
    waits: Waits,
}

/// Who waits until a file is written, to read it.
#[derive(Debug, Clone, Copy, Default)]
struct Waits {
    /// It is to be shown.
    read: bool,
    /// Something else is to be done with it.
    fetch: bool,
}

impl Waits {
    fn calls(self, file: &str) -> impl Iterator<Item = Call> {
        let read = self.read.then(|| read_call(file));
        read.into_iter().chain(self.fetch.then(|| fetch_call(file)))
    }
}

impl Library {
    /// The file that is shown.
    pub(super) fn open(&self) -> Option<String> {
        self.shown.clone()
    }

    /// Another file is shown.
    pub(super) fn show(&mut self, file: &str) {
        self.shown = Some(file.to_owned());
    }

    /// What a scenario is called, as far as it was read.
    pub(super) fn title(&self, file: &str) -> &str {
        self.titles.get(file).map_or("", String::as_str)
    }

    pub(super) fn read(&mut self, file: &str) -> Vec<Call> {
        self.wanted = Some(file.to_owned());
        // What is still on its way to the disk has to be there first.
        if let Some(writing) = self.writing.get_mut(file) {
            writing.waits.read = true;
            return Vec::new();
        }
        vec![read_call(file)]
    }

    /// Reads a file that is not shown.
    pub(super) fn fetch(&mut self, file: &str) -> Vec<Call> {
        if let Some(writing) = self.writing.get_mut(file) {
            writing.waits.fetch = true;
            return Vec::new();
        }
        vec![fetch_call(file)]
    }

    pub(super) fn write(&mut self, file: &str, revision: u64, text: &str) -> Vec<Call> {
        if self.theirs.contains_key(file) {
            // Nobody has decided yet, and the test is left: both versions stay.
            return vec![aside(file, text)];
        }
        if let Some(writing) = self.writing.get_mut(file) {
            writing.next = Some((revision, text.to_owned()));
            return Vec::new();
        }
        vec![self.begin(file, revision, text.to_owned(), Waits::default())]
    }

    /// A history goes on its way before the document that it is about.
    pub(super) fn keep(&mut self, file: &str, history: &str) {
        self.histories.insert(file.to_owned(), history.to_owned());
    }

    /// The first of the calls that write a file: its history, or the file itself.
    fn begin(&mut self, file: &str, revision: u64, text: String, waits: Waits) -> Call {
        let call = match self.histories.remove(file) {
            Some(history) => {
                let command = WriteJournal { file: file.to_owned(), text: history };
                Call::new(&command, About::HistoryKept(file.to_owned()))
            }
            None => self.write_call(file, revision, &text),
        };
        self.writing.insert(file.to_owned(), Writing { text, revision, next: None, waits });
        call
    }

    fn write_call(&self, file: &str, revision: u64, text: &str) -> Call {
        let known = self.revisions.get(file).cloned();
        let command = WriteScenario { file: Some(file.to_owned()), text: text.to_owned(), revision: known };
        Call::new(&command, About::Written(file.to_owned(), revision))
    }

    pub(super) fn make(&mut self, text: &str) -> Call {
        let command = WriteScenario { file: None, text: text.to_owned(), revision: None };
        Call::new(&command, About::Made(text.to_owned()))
    }

    /// Ours may go over what somebody else wrote.
    pub(super) fn take_theirs(&mut self, file: &str) {
        if let Some(theirs) = self.theirs.remove(file) {
            self.revisions.insert(file.to_owned(), theirs.revision);
        }
    }

    pub(super) fn facts(&self, file: &str, text: &str) -> Call {
        let command = ReadFacts { file: Some(file.to_owned()), text: text.to_owned() };
        Call::new(&command, About::Facts(file.to_owned()))
    }

    /// Takes a document as the one that is open.
    pub(super) fn opened(&mut self, document: &Document) {
        self.shown = Some(document.file.clone());
        self.titles.insert(document.file.clone(), title(&document.text));
        self.theirs.remove(&document.file);
        self.revisions.insert(document.file.clone(), document.revision.clone());
    }

    /// The scenarios changed: looks whether somebody else changed the open one. That it was us is seen by its revision.
    pub(super) fn changed(&mut self) -> Vec<Call> {
        match &self.shown {
            Some(file) if self.revisions.contains_key(file) => match self.writing.contains_key(file) {
                true => {
                    self.look = true;
                    Vec::new()
                }
                false => {
                    let command = ReadScenario { file: file.clone() };
                    vec![Call::new(&command, About::Look(file.clone()))]
                }
            },
            _ => Vec::new(),
        }
    }
}

/// A version that is put beside the file of somebody else.
fn aside(file: &str, text: &str) -> Call {
    let command = WriteScenario { file: None, text: text.to_owned(), revision: None };
    Call::new(&command, About::Aside(file.to_owned()))
}

fn read_call(file: &str) -> Call {
    Call::new(&ReadScenario { file: file.to_owned() }, About::Test(file.to_owned()))
}

fn fetch_call(file: &str) -> Call {
    Call::new(&ReadScenario { file: file.to_owned() }, About::Fetched(file.to_owned()))
}

/// What a scenario is called.
fn title(text: &str) -> String {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn say_it(tone: Tone, text: impl Into<String>) -> Turn {
    (vec![Msg::Say(tone, text.into())], Vec::new())
}

/// Takes the reply to one of these calls.
pub(super) fn answered(link: &mut Link, about: About, answer: Result<Value, Failure>) -> Turn {
    match about {
        About::Tests => listed(reply::<ListScenarios>(answer).map(|listed| listed.scenarios)),
        About::LastRuns(cards) => last_runs(link, cards, answer),
        About::Test(file) => read(link, file, reply::<ReadScenario>(answer)),
        About::Fetched(file) => (vec![fetched(link, file, reply::<ReadScenario>(answer))], Vec::new()),
        About::History(document) => with_history(link, &document, answer),
        About::Look(file) => looked(link, file, reply::<ReadScenario>(answer)),
        About::Written(file, revision) => written(link, file, revision, reply::<WriteScenario>(answer)),
        About::Made(text) => match reply::<WriteScenario>(answer) {
            Ok(Written { file, revision, unkept }) => {
                let (mut msgs, calls) = open(link, Document { file: file.clone(), text, revision });
                msgs.extend(unkept.map(|why| Msg::Saved(file, 0, Err(plain(why)))));
                (msgs, calls)
            }
            Err(failure) => say_it(Tone::Bad, say::not_made(&plain(failure).text())),
        },
        About::Aside(file) => match reply::<WriteScenario>(answer) {
            Ok(written) => say_it(Tone::Warn, say::kept_aside(&file, &written.file)),
            Err(failure) => say_it(Tone::Bad, say::not_kept_aside(&file, &plain(failure).text())),
        },
        About::Removed => match reply::<RemoveScenario>(answer) {
            Ok(Done {}) => Turn::default(),
            Err(failure) => again(plain(failure).text()),
        },
        About::Renamed(old) => renamed(link, old, reply::<RenameScenario>(answer).map(|renamed| renamed.file)),
        // Kept or not, the document follows; what is lost at worst is undo after the next start.
        About::HistoryKept(file) => {
            let library = &link.library;
            let writing = library.writing.get(&file);
            let call = writing.map(|writing| library.write_call(&file, writing.revision, &writing.text));
            (Vec::new(), call.into_iter().collect())
        }
        About::Facts(file) => match reply::<ReadFacts>(answer) {
            Ok(facts) => {
                let files = facts.files.into_iter().collect();
                let secrets = facts.secrets.into_iter().collect();
                let tables = facts.tables.into_iter().collect();
                let facts = Facts { tables, files: Some(files), secrets: Some(secrets) };
                (vec![Msg::FactsKnown(file, Box::new(facts))], Vec::new())
            }
            Err(_) => Turn::default(),
        },
        About::Secret => match answer {
            Ok(_) => (vec![Msg::SecretTaken], Vec::new()),
            Err(failure) => say_it(Tone::Bad, plain(failure).text()),
        },
        About::Table(file, name) => {
            let part = reply::<ReadTable>(answer).map_err(plain);
            let rows =
                part.map(|part| Box::new(TableRows { columns: part.columns, rows: part.rows, total: part.total }));
            (vec![Msg::TableRead(file, name, rows)], Vec::new())
        }
        About::Target => {
            let known = reply::<CheckTarget>(answer).map(Box::new).map_err(plain);
            (vec![Msg::TargetKnown(known)], Vec::new())
        }
        _ => Turn::default(),
    }
}

/// Something could not be done to the list: says so and reads it again.
fn again(text: String) -> Turn {
    (vec![Msg::Say(Tone::Bad, text)], vec![Call::new(&ListScenarios {}, About::Tests)])
}

fn listed(answer: Result<Vec<ScenarioEntry>, Failure>) -> Turn {
    match answer {
        Ok(entries) => {
            let card = |entry: ScenarioEntry| TestCard {
                id: entry.file,
                name: entry.title,
                opened_ms: entry.changed_ms,
                trouble: entry.trouble,
                ..TestCard::default()
            };
            let cards = entries.into_iter().map(card).collect();
            (Vec::new(), vec![Call::new(&ListResults {}, About::LastRuns(cards))])
        }
        Err(failure) => (vec![Msg::TestsListed(Err(plain(failure)))], Vec::new()),
    }
}

/// Adds to each test how its last run went; without results the tests are listed all the same.
fn last_runs(link: &Link, mut cards: Vec<TestCard>, answer: Result<Value, Failure>) -> Turn {
    if let Ok(listed) = reply::<ListResults>(answer) {
        for card in &mut cards {
            let mut own = listed.results.iter().filter(|entry| results::is_of(link, entry, &card.id, &card.name));
            card.last = own.find_map(|entry| Some((results::word(entry.state?), entry.people)));
        }
    }
    (vec![Msg::TestsListed(Ok(cards))], Vec::new())
}

fn read(link: &mut Link, file: String, answer: Result<Document, Failure>) -> Turn {
    if link.library.wanted.as_ref() != Some(&file) {
        return Turn::default(); // another one is wanted by now
    }
    match answer {
        Ok(document) => {
            let command = ReadJournal { file };
            (Vec::new(), vec![Call::new(&command, About::History(Box::new(document)))])
        }
        Err(failure) => {
            link.library.wanted = None;
            (vec![Msg::TestRead(file, Err(plain(failure)))], Vec::new())
        }
    }
}

/// Written again, it goes over what was just read.
fn fetched(link: &mut Link, file: String, answer: Result<Document, Failure>) -> Msg {
    let library = &mut link.library;
    let text = answer.map_err(plain).map(|document| {
        if library.shown.as_ref() != Some(&file) {
            library.titles.insert(file.clone(), title(&document.text));
            library.revisions.insert(file.clone(), document.revision);
        }
        document.text
    });
    Msg::TestFetched(file, text)
}

/// The document is opened with its history, or without where there is none that can be read.
fn with_history(link: &mut Link, document: &Document, answer: Result<Value, Failure>) -> Turn {
    if link.library.wanted.as_ref() != Some(&document.file) {
        return Turn::default();
    }
    let (mut msgs, calls) = open(link, document.clone());
    if let Ok(journal) = reply::<ReadJournal>(answer)
        && let Some(text) = journal.text
    {
        msgs.push(Msg::HistoryRead(document.file.clone(), text));
    }
    (msgs, calls)
}

/// A document is there: the model gets it.
pub(super) fn open(link: &mut Link, document: Document) -> Turn {
    link.library.opened(&document);
    (vec![Msg::TestRead(document.file, Ok(document.text))], Vec::new())
}

fn looked(link: &mut Link, file: String, answer: Result<Document, Failure>) -> Turn {
    let library = &mut link.library;
    let Ok(document) = answer else { return Turn::default() };
    let known = library.revisions.get(&file) == Some(&document.revision);
    if library.shown.as_ref() != Some(&file) || known || library.writing.contains_key(&file) {
        return Turn::default();
    }
    if library.theirs.get(&file).is_some_and(|theirs| theirs.revision == document.revision) {
        return Turn::default(); // said already
    }
    let text = document.text.clone();
    library.theirs.insert(file.clone(), document);
    (vec![Msg::ChangedOutside(file, text, false)], Vec::new())
}

fn written(link: &mut Link, file: String, revision: u64, answer: Result<Written, Failure>) -> Turn {
    let library = &mut link.library;
    let Some(writing) = library.writing.remove(&file) else { return Turn::default() };
    let is_open = library.shown.as_ref() == Some(&file);
    let mut turn = Turn::default();
    match answer {
        Ok(written) => {
            library.revisions.insert(file.clone(), written.revision);
            library.titles.insert(file.clone(), title(&writing.text));
            if !writing.waits.read {
                let kept = written.unkept.map_or(Ok(()), |why| Err(plain(why)));
                turn.0.push(Msg::Saved(file.clone(), revision, kept));
            }
        }
        Err(failure) => {
            // What came after goes the same way as what failed.
            let latest = writing.next.map_or(writing.text, |(_, text)| text);
            turn = refused(library, &file, revision, is_open && !writing.waits.read, latest, failure);
            turn.1.extend(writing.waits.calls(&file));
            return turn;
        }
    }
    if let Some((revision, text)) = writing.next {
        turn.1.push(library.begin(&file, revision, text, writing.waits));
    } else if writing.waits.read || writing.waits.fetch {
        turn.1.extend(writing.waits.calls(&file));
    } else if is_open && std::mem::take(&mut library.look) {
        turn.1.extend(library.changed());
    }
    turn
}

/// It was not written. Whose test is open decides; what nobody looks at any more is kept beside the other.
fn refused(library: &mut Library, file: &str, revision: u64, is_open: bool, text: String, failure: Failure) -> Turn {
    let found = failure.found.clone().filter(|_| failure.code == Code::Conflict);
    match found {
        Some(theirs) if is_open => {
            let said = theirs.text.clone();
            library.theirs.insert(file.to_owned(), *theirs);
            let failure = plain(failure);
            (
                vec![
                    Msg::Saved(file.to_owned(), revision, Err(failure)),
                    Msg::ChangedOutside(file.to_owned(), said, true),
                ],
                Vec::new(),
            )
        }
        None if is_open => (vec![Msg::Saved(file.to_owned(), revision, Err(plain(failure)))], Vec::new()),
        _ => {
            library.revisions.remove(file);
            (Vec::new(), vec![aside(file, &text)])
        }
    }
}

fn renamed(link: &mut Link, old: String, answer: Result<String, Failure>) -> Turn {
    match answer {
        Ok(new) => {
            let library = &mut link.library;
            if let Some(revision) = library.revisions.remove(&old) {
                library.revisions.insert(new.clone(), revision);
            }
            if library.shown.as_ref() == Some(&old) {
                library.shown = Some(new.clone());
            }
            if let Some(title) = library.titles.remove(&old) {
                library.titles.insert(new.clone(), title);
            }
            let calls = link.settings.rename_test(&old, &new);
            (vec![Msg::TestRenamed(old, new)], calls)
        }
        Err(failure) => again(plain(failure).text()),
    }
}
