//! The list of tests, opening and starting them, and files from outside.

use std::collections::BTreeSet;

use tidemark_core::scenario::{self, Scenario, Target, Task, Unreadable, UserType};

use super::{app, file, save};
use crate::doc::edit::{Edit, LoadEdit, goal};
use crate::doc::{Doc, Item, Restored, journal};
use crate::effect::Effect;
use crate::model::{Dialog, Errand, Failure, Model, Moment, Offer, PreviewState, Save, ShareMode, Test, Tone};
use crate::msg::Msg;
use crate::paste::Pasted;
use crate::paste::look::{Seen, look};
use crate::route::Route;
use crate::text::history as say_history;
use crate::text::notices as say;
use crate::text::paste as say_paste;

pub(super) fn take(model: &mut Model, msg: Msg, out: &mut Vec<Effect>) {
    match msg {
        Msg::TestsListed(Ok(mut tests)) => {
            tests.retain(|test| model.leaving.iter().all(|(_, card)| card.id != test.id));
            model.tests = Some(tests);
        }
        Msg::TestsListed(Err(failure)) => failed(model, say::COULD_NOT_LIST, &failure),
        Msg::NewTest => out.push(Effect::CreateTest(scenario::write(&empty()))),
        Msg::NewFromPaste(text) => new_from_paste(model, &text, out),
        Msg::TestFetched(id, answer) => fetched(model, &id, answer, out),
        Msg::TestRead(id, Ok(text)) => read(model, id, &text, out),
        Msg::TestRead(_, Err(failure)) => {
            failed(model, say::COULD_NOT_OPEN, &failure);
            app::set_route(model, Route::Home, out);
        }
        Msg::HistoryRead(id, text) => history(model, &id, &text, out),
        Msg::RenameTest(id, to) => out.push(Effect::RenameTest(id, to)),
        Msg::TestRenamed(old, new) => super::outside::renamed(model, &old, &new, out),
        Msg::RemoveTest(id) => remove(model, id, out),
        Msg::KeepTest(id) => {
            if let Some(at) = model.leaving.iter().position(|(_, card)| card.id == id) {
                let (at, card) = model.leaving.remove(at);
                if let Some(tests) = &mut model.tests {
                    tests.insert(at.min(tests.len()), card);
                }
            }
        }
        Msg::RemoveDue(id) if model.leaving.iter().any(|(_, card)| card.id == id) => {
            model.leaving.retain(|(_, card)| card.id != id);
            model.notices.retain(|notice| notice.offer != Some(Offer::KeepTest(id.clone())));
            out.push(Effect::RemoveTest(id));
        }
        Msg::CopyTest(id) => errand(model, Errand::Copy(id), out),
        Msg::NameTest(id, name) => errand(model, Errand::Name(id, name), out),
        Msg::FileGiven(name, bytes) => file::given(model, &name, &bytes, out),
        Msg::FileTooLarge(name, bytes) => file::too_large(model, &name, bytes, out),
        Msg::FileUnread(name) => file::refused(model, say::no_file(&name), out),
        Msg::FilesHeld(held) => model.files_held = held,
        Msg::PickFile => out.push(Effect::PickFile),
        _ => {}
    }
}

/// Says that something could not be done.
pub(super) fn failed(model: &mut Model, what: &str, failure: &Failure) {
    model.notice(Tone::Bad, format!("{what} {}", failure.text()), None);
}

/// Takes a test out of the list; it is removed when there was time to say no.
fn remove(model: &mut Model, id: String, out: &mut Vec<Effect>) {
    let Some(tests) = &mut model.tests else { return };
    let Some(at) = tests.iter().position(|test| test.id == id) else { return };
    let card = tests.remove(at);
    // Keys go on at what took its place.
    out.extend(tests.get(at).or(tests.last()).map(|next| Effect::Focus(crate::select::home::menu_id(&next.id))));
    let text = say::removed(&card.name);
    model.leaving.push((at, card));
    model.notice(Tone::Info, text.clone(), Some(Offer::KeepTest(id.clone())));
    out.push(Effect::Announce(text));
    out.push(Effect::After(super::app::NOTICE_MS, Box::new(Msg::RemoveDue(id))));
}

/// Begins what is to be done with a test of the list: it has to be read first, unless it is open.
fn errand(model: &mut Model, wanted: Errand, out: &mut Vec<Effect>) {
    if let Errand::Name(id, name) = &wanted
        && let Some(card) = model.tests.iter_mut().flatten().find(|card| card.id == *id)
    {
        card.name.clone_from(name);
    }
    match (&wanted, &model.test) {
        (Errand::Name(id, name), Some(test)) if test.id == *id => {
            super::take(model, Msg::Edit(Edit::Rename(Item::Test, name.clone())), out);
        }
        (Errand::Copy(id), Some(test)) if test.id == *id => {
            let text = scenario::write(test.doc.scenario());
            run_errand(model, wanted, &text, out);
        }
        _ => {
            out.push(Effect::FetchTest(wanted.id().clone()));
            model.errands.push(wanted);
        }
    }
}

/// A test is there that something is to be done with, or could not be read.
fn fetched(model: &mut Model, id: &str, answer: Result<String, Failure>, out: &mut Vec<Effect>) {
    let wanted: Vec<Errand> = model.errands.extract_if(.., |wanted| wanted.id() == id).collect();
    match answer {
        Ok(text) => wanted.into_iter().for_each(|wanted| run_errand(model, wanted, &text, out)),
        Err(failure) => {
            // A name that was shown already is taken back.
            out.push(Effect::ListTests);
            failed(model, say::COULD_NOT_OPEN, &failure);
        }
    }
}

fn run_errand(model: &mut Model, wanted: Errand, text: &str, out: &mut Vec<Effect>) {
    let mut scenario = match scenario::read(text) {
        Ok((scenario, _)) => scenario,
        Err(unreadable) => {
            // A name that was shown already is taken back.
            out.push(Effect::ListTests);
            return file::refused(model, say::damaged_test(wanted.id(), &unreadable.to_string()), out);
        }
    };
    match wanted {
        Errand::Copy(_) => {
            let taken = |name: &str| model.tests.iter().flatten().any(|test| test.name == name);
            scenario.name = crate::text::free_name(&scenario.name, |name| name == scenario.name || taken(name));
            out.push(Effect::CreateTest(scenario::write(&scenario)));
        }
        Errand::Name(id, name) => {
            scenario.name = name;
            out.push(Effect::SaveTest(id, 0, scenario::write(&scenario)));
        }
    }
}

/// A test to start from: one kind of person, one task without steps, a normal day, the usual goals.
fn empty() -> Scenario {
    let mut scenario = Scenario {
        name: say::NEW_TEST.to_owned(),
        users: vec![UserType {
            name: say::FIRST_USER.to_owned(),
            share: Some(1_000.0),
            pause: crate::select::fixes::usual_pause(),
            tasks: vec![Task { name: say::FIRST_TASK.to_owned(), weight: 1_000.0, ..Task::default() }],
            ..UserType::default()
        }],
        goals: goal::usual().to_vec(),
        stop_early: vec![goal::usual_stop()],
        ..Scenario::default()
    };
    let preset = Edit::Load(LoadEdit::Preset(scenario::Shape::QuickCheck));
    // A preset always fits; if it ever doesn't, the test starts without one and says so in its problems.
    let _ = crate::doc::edit::apply(&mut scenario, &preset, &Default::default());
    scenario
}

/// Makes a test of something pasted: requests, or the text of a whole test. What was pasted is kept until the test is there.
fn new_from_paste(model: &mut Model, text: &str, out: &mut Vec<Effect>) {
    let made = match look(text) {
        Seen::Requests(pasted) => scenario::write(&with_requests(*pasted)),
        Seen::Test(_) | Seen::Newer(_) => text.trim_start_matches('\u{feff}').to_owned(),
        Seen::Steps(_) => {
            let mut scenario = empty();
            scenario.users[0].tasks[0].steps = crate::quick::from_clip(text).unwrap_or_default();
            crate::doc::ids::settle(&mut scenario);
            scenario::write(&scenario)
        }
        _ => {
            let reason = crate::select::import::import(text).says;
            model.notice(Tone::Warn, if reason.is_empty() { say_paste::NOTHING.to_owned() } else { reason }, None);
            return;
        }
    };
    text.clone_into(&mut model.pasted);
    if model.dialog == Some(Dialog::Import) {
        model.dialog = None;
    }
    out.push(Effect::CreateTest(made));
}

fn with_requests(pasted: Pasted) -> Scenario {
    let mut scenario = empty();
    scenario.name.clone_from(&pasted.host);
    scenario.targets.push(Target { name: pasted.host.clone(), url: pasted.target.clone(), ..Target::default() });
    scenario.users[0].tasks[0].steps = pasted.into_steps();
    crate::doc::ids::settle(&mut scenario);
    scenario
}

/// The history of the test that was just read.
fn history(model: &mut Model, id: &str, text: &str, out: &mut Vec<Effect>) {
    let now = model.now;
    // Another window that is just changing it is no crash.
    let fits = |test: &&mut Test| test.id == id && !test.read_only && !test.elsewhere;
    let Some(test) = model.test.as_mut().filter(fits) else { return };
    let Restored::Ahead { changes, since_ms } = test.doc.restore(text, now.ms) else { return };
    let clock = Moment { ms: since_ms, ..now }.clock();
    let text = say_history::restored(changes, &clock);
    super::build::look_for_problems(model, out);
    save::soon(model, out);
    super::outside::either(model, &text, Offer::History, Offer::BackToFile);
    out.push(Effect::Announce(text));
}

fn read(model: &mut Model, id: String, text: &str, out: &mut Vec<Effect>) {
    match scenario::read(text) {
        Ok((scenario, problems)) => {
            open(model, id, scenario, false, out);
            if let Some(first) = problems.first() {
                let text = say::opened_with_mistakes(problems.len(), &first.message);
                model.notice(Tone::Warn, text, Some(Offer::Problems));
            }
        }
        Err(Unreadable::Newer { .. }) => {
            let seen = scenario::read_newer(text).unwrap_or_default();
            open(model, id, seen, true, out);
        }
        Err(unreadable) => {
            file::refused(model, say::damaged_test(&id, &unreadable.to_string()), out);
            app::set_route(model, Route::Home, out);
        }
    }
}

/// Tasks that have no steps yet: they are open, so that one sees what to do.
fn empty_tasks(doc: &Doc) -> BTreeSet<String> {
    let tasks = doc.scenario().users.iter().flat_map(|user| &user.tasks);
    tasks.filter(|task| task.steps.is_empty()).map(|task| task.id.clone()).collect()
}

/// A test that was read is the open one from now on.
fn open(model: &mut Model, id: String, scenario: Scenario, read_only: bool, out: &mut Vec<Effect>) {
    // The one that is left is not left unsaved.
    save::on_leaving(model, out);
    model.pasted.clear();
    let doc = Doc::open(scenario);
    let safe_text = journal::hash(&scenario::write(doc.scenario()));
    let save = Save { safe_text, ..Save::default() };
    // Read again, it is looked at as before.
    let before = model.test.take().filter(|test| test.id == id);
    if before.is_none() && !read_only {
        out.push(Effect::Hold(id.clone()));
    }
    let (elsewhere, taken_over_ms) =
        before.as_ref().map(|test| (test.elsewhere, test.taken_over_ms)).unwrap_or_default();
    let (expanded, shares) =
        before.map_or_else(|| (empty_tasks(&doc), ShareMode::Percent), |test| (test.expanded, test.shares));
    model.test = Some(Test {
        id: id.clone(),
        doc,
        problems: Vec::new(),
        save,
        facts: Default::default(),
        facts_for: None,
        read_only,
        theirs: None,
        elsewhere,
        taken_over_ms,
        target: None,
        expanded,
        shares,
        estimate: None,
        needs: Vec::new(),
        file_rows: Default::default(),
        bringing: None,
        refused: None,
        preview: PreviewState::Unasked,
        assumed: Default::default(),
        trial: None,
        wish: Default::default(),
    });
    super::build::look_for_problems(model, out);
    if let Some(test) = model.test.as_mut().filter(|test| !test.read_only) {
        save::ask_facts(test, out);
    }
    super::preview::estimate(model, out);
    // Where the address named a place in this test, that place; else its first tab.
    let route = match model.route.test() {
        Some(test) if test == id => model.route.clone(),
        _ => Route::Tab(id, Default::default()),
    };
    app::go(model, route, out);
}
