//! A call, what it was about, and where its reply goes.

use serde_json::Value;
use tidemark_core::wire::files::Document;
use tidemark_core::wire::{self, Code, Command, Failure};

use super::{Link, Turn};
use crate::model;

/// What comes of an effect.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// Calls to make; perhaps none.
    Calls(Vec<Call>),
    /// It is not for the wire: the screen does it (routes, timers, focus, files, the clipboard, previews).
    Elsewhere,
}

/// A command to be called. Its reply goes to [`Link::answered`] with the tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The command's name on the way.
    pub name: &'static str,
    /// Its body.
    pub body: Value,
    /// What it is about; to be given back with the reply.
    pub tag: Tag,
}

impl Call {
    /// A call of a command.
    pub(super) fn new<C: Command>(command: &C, about: About) -> Self {
        // A command is plain data: nothing in it can't be written as JSON.
        Self { name: C::NAME, body: serde_json::to_value(command).unwrap_or_default(), tag: Tag(about) }
    }
}

/// What a call is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag(pub(super) About);

/// What a call is about, for whoever takes its reply.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum About {
    /// The greeting at the start.
    Hello,
    /// The greeting after the connection came back.
    Again,
    /// The settings at the start.
    Settings,
    /// The settings were saved.
    SettingsSaved,
    /// The allowed hosts at the start.
    HostsAtStart,
    /// The allowed hosts after one was allowed or forgotten.
    Hosts,
    /// Whether a run goes on, at the start.
    RunAtStart,

    /// The list of tests.
    Tests,
    /// The results, to tell of each test how its last run went.
    LastRuns(Vec<model::TestCard>),
    /// A test's text.
    Test(String),
    /// The text of a test that is not shown.
    Fetched(String),
    /// The history of a test that was just read.
    History(Box<Document>),
    /// Whether an open test was changed by somebody else.
    Look(String),
    /// A test was written: its file and the document's revision.
    Written(String, u64),
    /// A test was made, with this text.
    Made(String),
    /// A copy of a test that somebody else had changed in the meantime: the file that is left to them.
    Aside(String),
    /// A test was removed.
    Removed,
    /// A test got another name; its old one.
    Renamed(String),
    /// A history was written; the file follows.
    HistoryKept(String),
    /// What is known beside a document: its file.
    Facts(String),
    /// The value of a secret was told.
    Secret,
    /// Rows of a data table: the test's file and the table's name.
    Table(String, String),
    /// What is known about a target.
    Target,

    /// A run was started.
    RunAsked,
    /// How a run is doing.
    RunState,
    /// Its seconds so far.
    Backfill(u64),
    /// It was given an order.
    Ordered,
    /// Failures in full, of a kind.
    Samples(Option<String>),
    /// The practice shop as it is now.
    Shop,

    /// A trial was started.
    TrialAsked,
    /// It was told to stop.
    TrialStopped,

    /// The results of a test (its id).
    Results(String),
    /// A result's bytes.
    Result(String),
    /// A result's bytes, of which a file with this name is made.
    Shared(String, model::Sharing),
    /// A result was taken in.
    Imported,
    /// A result was removed or got another name.
    ResultsChanged,
}

/// The reply of a command.
pub(super) fn reply<C: Command>(answer: Result<Value, Failure>) -> Result<C::Reply, Failure> {
    wire::read(&answer?).map_err(|error| {
        let message = format!("The answer to \"{}\" makes no sense: {error}.", C::NAME);
        Failure::new(Code::Internal, message, "Maybe the page is older than the program. Load it again.")
    })
}

/// A failure as the model has it.
pub(super) fn plain(failure: Failure) -> model::Failure {
    model::Failure { code: failure.code.word().to_owned(), message: failure.message, hint: failure.hint }
}

/// Takes a reply.
pub(super) fn answered(link: &mut Link, Tag(about): Tag, answer: Result<Value, Failure>) -> Turn {
    let opens = matches!(about, About::Hosts | About::Secret);
    let mut turn = answered_to(link, about, answer);
    if opens {
        turn.1.extend(super::ask::arrived(link));
    }
    turn
}

fn answered_to(link: &mut Link, about: About, answer: Result<Value, Failure>) -> Turn {
    match about {
        About::Hello
        | About::Again
        | About::Settings
        | About::HostsAtStart
        | About::RunAtStart
        | About::Hosts
        | About::SettingsSaved => super::start::answered(link, about, answer),
        About::Tests
        | About::LastRuns(_)
        | About::Test(_)
        | About::Fetched(_)
        | About::History(_)
        | About::Look(_)
        | About::Written(..)
        | About::Made(_)
        | About::Aside(_)
        | About::Removed
        | About::Renamed(_)
        | About::HistoryKept(_)
        | About::Facts(_)
        | About::Secret
        | About::Table(..)
        | About::Target => super::library::answered(link, about, answer),
        About::RunAsked | About::RunState | About::Backfill(_) | About::Ordered | About::Samples(_) | About::Shop => {
            super::run::answered(link, about, answer)
        }
        About::TrialAsked | About::TrialStopped => super::trial::answered(link, &about, answer),
        About::Results(_) | About::Result(_) | About::Shared(..) | About::Imported | About::ResultsChanged => {
            super::results::answered(link, about, answer)
        }
    }
}
