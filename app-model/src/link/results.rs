//! Results: which are of which test, read and opened. Must not know how one is shown.

use serde_json::Value;
use tidemark_core::result;
use tidemark_core::verdict::State;
use tidemark_core::wire::files::{ResultEntry, Stage};
use tidemark_core::wire::table::{ImportResult, ListResults, ReadResult};
use tidemark_core::wire::{Command, Failure};

use super::call::{About, Call, plain, reply};
use super::{Link, Turn};
use crate::model::{self, ResultCard, Sharing, Tone};
use crate::msg::Msg;
use crate::text::link as say;

/// The results that are shown.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// The test they are of.
    pub(super) test: Option<String>,
}

/// A verdict's state by its word.
pub(super) fn word(state: State) -> String {
    let word = match state {
        State::HeldUp => "held-up",
        State::HeldUpWithWarnings => "held-up-with-warnings",
        State::DidNotHoldUp => "did-not-hold-up",
        State::CantTell => "cant-tell",
    };
    word.to_owned()
}

/// Whether a result is of a test: it was started from it, or it is not known from where and the names are the same.
pub(super) fn is_of(link: &Link, entry: &ResultEntry, test: &str, title: &str) -> bool {
    match link.settings.test_of(&entry.file) {
        Some(known) => known == test,
        None => !title.is_empty() && entry.title == title,
    }
}

pub(super) fn list(link: &mut Link, test: &str) -> Call {
    link.results.test = Some(test.to_owned());
    Call::new(&ListResults {}, About::Results(test.to_owned()))
}

pub(super) fn read(id: &str) -> Call {
    Call::new(&ReadResult { file: id.to_owned() }, About::Result(id.to_owned()))
}

pub(super) fn share(id: &str, name: &str, sharing: Sharing) -> Call {
    Call::new(&ReadResult { file: id.to_owned() }, About::Shared(name.to_owned(), sharing))
}

pub(super) fn set_baseline(link: &mut Link, test: &str, result: Option<&str>) -> Vec<Call> {
    let mut calls = link.settings.set_baseline(test, result);
    calls.push(list(link, test));
    calls
}

/// Reads the list again, where one is shown.
pub(super) fn changed(link: &mut Link) -> Vec<Call> {
    link.results.test.clone().map(|test| list(link, &test)).into_iter().collect()
}

fn card(link: &Link, entry: ResultEntry, test: &str) -> ResultCard {
    let state = match entry.stage {
        Stage::Whole => entry.state.map(word).unwrap_or_default(),
        Stage::Growing => "running".to_owned(),
        Stage::EndedUnexpectedly => "ended-unexpectedly".to_owned(),
        Stage::Unreadable => "unreadable".to_owned(),
    };
    ResultCard {
        baseline: link.settings.baseline(test) == Some(&entry.file),
        id: entry.file,
        title: entry.title,
        practice: entry.practice,
        started_at: entry.started_at,
        state,
        people: entry.people,
        seconds: entry.planned_seconds,
    }
}

/// Takes the reply to one of these calls.
pub(super) fn answered(link: &mut Link, about: About, answer: Result<Value, Failure>) -> Turn {
    match about {
        About::Results(test) => {
            let cards = reply::<ListResults>(answer).map(|listed| {
                let own = |entry: &ResultEntry| is_of(link, entry, &test, link.library.title(&test));
                listed.results.into_iter().filter(own).map(|entry| card(link, entry, &test)).collect()
            });
            (vec![Msg::ResultsListed(cards.map_err(plain))], Vec::new())
        }
        About::Result(id) => {
            let opened = reply::<ReadResult>(answer)
                .map_err(plain)
                .and_then(|read| result::read(&read.bytes.0).map(Box::new).map_err(|error| unreadable(&error)));
            (vec![Msg::ResultRead(id, opened)], Vec::new())
        }
        About::Shared(name, sharing) => {
            let shared = reply::<ReadResult>(answer).map_err(plain).and_then(|read| {
                result::share::share(&read.bytes.0, &sharing.options()).map_err(|error| unreadable(&error))
            });
            (vec![Msg::ShareMade(name, shared)], Vec::new())
        }
        About::Imported => imported(link, reply::<ImportResult>(answer)),
        About::ResultsChanged => match answer {
            Ok(_) => Turn::default(),
            Err(failure) => (vec![Msg::Say(Tone::Bad, plain(failure).text())], changed(link)),
        },
        _ => Turn::default(),
    }
}

fn unreadable(error: &result::Unreadable) -> model::Failure {
    let message = crate::text::sentence(&error.to_string());
    model::Failure { code: "unreadable".to_owned(), message, hint: String::new() }
}

fn imported(link: &mut Link, answer: Result<<ImportResult as Command>::Reply, Failure>) -> Turn {
    match answer {
        Ok(renamed) => {
            let mut calls = Vec::new();
            if let Some(test) = link.library.open() {
                calls = link.settings.note_result(&renamed.file, &test);
            }
            (vec![Msg::Say(Tone::Good, say::taken_in(&renamed.file))], calls)
        }
        Err(failure) => (vec![Msg::Say(Tone::Bad, plain(failure).text())], Vec::new()),
    }
}
