//! Saving by itself: half a second after the last change, two seconds after the first at the latest. Nothing is ever asked.

use tidemark_core::scenario::{self, DataTable};

use super::hold;
use crate::doc::edit::Edit;
use crate::doc::history::Why;
use crate::doc::journal;
use crate::effect::Effect;
use crate::model::{FactsFor, Model, Moment, Offer, Test, Tone};
use crate::msg::Msg;
use crate::text::history as say_history;
use crate::text::link as say_link;
use crate::text::notices as say;

/// The code of a failure because somebody else changed the test.
const CONFLICT: &str = "conflict";

/// After so long without a change it is saved, in milliseconds.
const PAUSE_MS: u64 = 500;
/// A change never waits longer than this, however fast others follow.
const LONGEST_MS: u64 = 1_500;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    let now = model.now;
    if let (Msg::SaveDue(revision), Some(test)) = (&msg, &model.test)
        && *revision == test.doc.revision()
    {
        super::preview::estimate(model, out);
    }
    let Some(test) = &mut model.test else { return };
    if matches!(&msg, Msg::Saved(id, ..) if *id != test.id) {
        return;
    }
    match msg {
        Msg::SaveDue(revision) => {
            let waited = test.save.waiting_since_ms.is_some_and(|since| now.ms.saturating_sub(since) >= LONGEST_MS);
            if revision == test.doc.revision() || waited {
                write(test, now.ms, out);
            }
        }
        // Nothing may have changed since it could not be saved.
        Msg::SaveAgain if test.save.trouble.is_some() && test.save.writing.is_none() && test.theirs.is_none() => {
            force(test, now.ms, out);
        }
        Msg::SaveAgain => write(test, now.ms, out),
        Msg::SaveAsked => {
            write(test, now.ms, out);
            model.notice(Tone::Good, say::ALREADY_SAVED, Some(Offer::SaveCopy));
        }
        Msg::SaveCopy => {
            let name = say::file_name(&test.doc.scenario().name);
            out.push(Effect::SaveFile(name, scenario::write(test.doc.scenario()).into_bytes()));
        }
        Msg::Saved(_, revision, Ok(())) => {
            test.save.writing = None;
            test.save.writing_since_ms = None;
            test.save.safe = test.save.safe.max(revision);
            test.save.saved_at = Some(now);
            test.save.safe_text = test.save.written_text;
            ask_facts(test, out);
            let mended = test.save.trouble.take().is_some();
            if test.save.safe >= test.doc.revision() {
                test.save.waiting_since_ms = None;
            } else {
                // Changes came while it was being written.
                test.save.waiting_since_ms = Some(now.ms);
                out.push(Effect::After(PAUSE_MS, Box::new(Msg::SaveDue(test.doc.revision()))));
            }
            if mended {
                model.notices.retain(|notice| notice.offer != Some(Offer::SaveAgain));
            }
        }
        Msg::ChangedOutside(id, _, false) if id == test.id && hold::follows(test, now.ms) => {
            out.push(Effect::ReadTest(id));
        }
        Msg::ChangedOutside(id, theirs, unsaved) => changed_outside(model, &id, theirs, unsaved),
        Msg::KeepMine if test.theirs.take().is_some() => {
            out.push(Effect::TakeTheirs(test.id.clone()));
            // Theirs is in the file: what is here must go over it, even if nothing changes any more.
            test.save.safe = 0;
            force(test, now.ms, out);
        }
        Msg::LoadTheirs => load_theirs(model, out),
        Msg::NameVersion(_) if test.elsewhere => {
            hold::refuses(model);
        }
        Msg::NameVersion(name) => {
            test.doc.keep(Why::Named(name), now.ms);
            force(test, now.ms, out);
        }
        Msg::RestoreVersion(at) => {
            let Some(point) = test.doc.version(at) else { return };
            let name = match &point.why {
                Why::Named(name) => name.clone(),
                _ => Moment { ms: point.at_ms, ..now }.clock(),
            };
            let edit = Edit::Whole(say_history::went_back(&name), Box::new(point.kept.whole()));
            super::take(model, Msg::Edit(edit), out);
        }
        Msg::Saved(_, _, Err(failure)) if failure.code == CONFLICT => {
            test.save.writing = None;
            test.save.writing_since_ms = None;
        }
        Msg::Saved(_, _, Err(failure)) => {
            test.save.writing = None;
            test.save.writing_since_ms = None;
            test.save.trouble = Some(failure.text());
            let text = say::not_saved(&failure.text());
            let id = model.notice(Tone::Bad, text, Some(Offer::SaveAgain));
            super::outside::or_else(model, id, Offer::SaveCopy);
        }
        _ => {}
    }
}

/// Somebody else changed the test: asks whose version stays.
fn changed_outside(model: &mut Model, id: &str, theirs: String, unsaved: bool) {
    let Some(test) = model.test.as_mut().filter(|test| test.id == id) else { return };
    let unsaved = unsaved || test.save.safe < test.doc.revision();
    let text = say_link::changed_outside(unsaved);
    test.theirs = Some(theirs);
    test.save.trouble = Some(text.to_owned());
    super::outside::either(model, text, Offer::KeepMine, Offer::LoadTheirs);
}

/// Takes what somebody else made of the test, as a change that can be undone.
fn load_theirs(model: &mut Model, out: &mut Vec<Effect>) {
    let Some(test) = &mut model.test else { return };
    let Some(theirs) = test.theirs.take() else { return };
    match scenario::read(&theirs) {
        Ok((theirs, _)) => {
            out.push(Effect::TakeTheirs(test.id.clone()));
            test.save.trouble = None;
            let edit = Edit::Whole(say_link::LOADED_THEIRS.to_owned(), Box::new(theirs));
            super::take(model, Msg::Edit(edit), out);
        }
        Err(unreadable) => {
            test.theirs = Some(theirs);
            let text = say::could_not_read("", &unreadable.to_string());
            super::outside::either(model, &text, Offer::KeepMine, Offer::LoadTheirs);
        }
    }
}

/// Keeps a version as a run starts, and saves.
pub(super) fn before_run(model: &mut Model, out: &mut Vec<Effect>) {
    let now = model.now.ms;
    if let Some(test) = &mut model.test {
        test.doc.keep(Why::Run, now);
        if test.theirs.is_none() && !test.elsewhere {
            force(test, now, out);
        }
    }
}

/// Saves what is left behind when another test is opened.
pub(super) fn on_leaving(model: &mut Model, out: &mut Vec<Effect>) {
    let now = model.now.ms;
    if let Some(test) = model.test.as_mut().filter(|test| test.save.safe < test.doc.revision()) {
        force(test, now, out);
    }
}

/// Asks what is known beside the document, where that may be something else now.
pub(super) fn ask_facts(test: &mut Test, out: &mut Vec<Effect>) {
    let scenario = test.doc.scenario();
    // Rows that stand in the test itself need nothing from outside.
    let bare = |table: &DataTable| DataTable {
        name: table.name.clone(),
        file: table.file.clone(),
        numbers: table.numbers.clone(),
        separator: table.separator.clone(),
        encoding: table.encoding.clone(),
        columns: table.columns.clone(),
        ..DataTable::default()
    };
    let data = scenario.data.iter().map(bare).collect();
    let about = FactsFor { secrets: scenario.secrets.clone(), data, files: crate::select::pretend::files(scenario) };
    if test.facts_for.as_ref() != Some(&about) {
        out.push(Effect::AskFacts(test.id.clone(), scenario::write(scenario)));
        test.facts_for = Some(about);
    }
}

/// Notes that there is something to save.
pub(super) fn soon(model: &mut Model, out: &mut Vec<Effect>) {
    let now = model.now.ms;
    let Some(test) = &mut model.test else { return };
    test.save.waiting_since_ms.get_or_insert(now);
    out.push(Effect::After(PAUSE_MS, Box::new(Msg::SaveDue(test.doc.revision()))));
}

/// Saves at once, as before a run.
pub(super) fn at_once(model: &mut Model, out: &mut Vec<Effect>) {
    let now = model.now.ms;
    if let Some(test) = &mut model.test {
        write(test, now, out);
    }
}

fn write(test: &mut Test, now_ms: u64, out: &mut Vec<Effect>) {
    let revision = test.doc.revision();
    // One at a time: what is being written says when it is done, and the rest follows.
    // While nobody has decided whose version stays, nothing goes over theirs.
    if test.save.writing.is_some() || test.save.safe >= revision || test.theirs.is_some() || test.elsewhere {
        return;
    }
    force(test, now_ms, out);
}

/// Writes, whatever is under way: the files are written one after the other.
///
/// The history goes first: where the end comes in between, it is ahead of the file and what it knows is restored.
fn force(test: &mut Test, now_ms: u64, out: &mut Vec<Effect>) {
    let revision = test.doc.revision();
    let text = scenario::write(test.doc.scenario());
    out.push(Effect::KeepHistory(test.id.clone(), test.doc.journal(test.save.safe_text)));
    test.save.written_text = journal::hash(&text);
    test.save.writing = Some(revision);
    test.save.writing_since_ms = Some(now_ms);
    out.push(Effect::SaveTest(test.id.clone(), revision, text));
}
