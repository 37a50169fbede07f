#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::scenario;

use super::{MOST_BYTES, Restored, hash};
use crate::doc::edit::{Edit, RequestEdit, StepEdit};
use crate::doc::history::Why;
use crate::doc::tests::shop;
use crate::doc::{Doc, Item};

fn own(text: &str) -> String {
    text.to_owned()
}

fn text(doc: &Doc) -> String {
    scenario::write(doc.scenario())
}

/// Opens a document as from its file.
fn reopened(text: &str) -> Doc {
    Doc::open(scenario::read(text).unwrap().0)
}

/// A document with so many edits, two seconds apart, in steps and in the note by turns.
fn edited(count: u64) -> (Doc, Vec<String>) {
    let mut doc = reopened(&scenario::write(&shop()));
    let mut texts = vec![text(&doc)];
    for at in 0..count {
        let edit = match at % 2 {
            0 => Edit::Step(StepEdit::Request(own("home"), RequestEdit::Url(format!("/at/{at}")))),
            _ => Edit::Note(format!("note {at}")),
        };
        doc.apply(&edit, 10_000 + at * 2_000).unwrap();
        texts.push(text(&doc));
    }
    (doc, texts)
}

#[test]
fn five_hundred_steps_survive_a_restart_in_little_room() {
    let (mut doc, texts) = edited(520);
    doc.undo();
    doc.keep(Why::Named(own("Before lunch")), 99);
    let journal = doc.journal(0);
    assert!(journal.len() < 600_000, "{}", journal.len());
    let mut again = reopened(&text(&doc));
    assert_eq!(again.restore(&journal, 0), Restored::Fits);
    let labels = |doc: &Doc| doc.history().undo_labels().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(labels(&again), labels(&doc));
    assert_eq!(again.selection, doc.selection);
    assert_eq!(again.version(0).map(|point| &point.why), Some(&Why::Named(own("Before lunch"))));
    again.redo();
    assert_eq!(text(&again), texts[520]);
    for back in (20..520).rev() {
        again.undo().unwrap();
        assert_eq!(text(&again), texts[back]);
    }
    assert_eq!(again.undo(), None, "500 are kept");
    assert_eq!(again.journal(0), reopened_and_back(&again), "what was read is written alike");
}

fn reopened_and_back(doc: &Doc) -> String {
    let mut again = reopened(&text(doc));
    again.restore(&doc.journal(0), 0);
    again.journal(0)
}

#[test]
fn what_the_file_says_decides_what_is_restored() {
    let (doc, texts) = edited(6);
    let journal = doc.journal(hash(&texts[4]));
    let ahead = |changes| Restored::Ahead { changes, since_ms: 10_000 + 4 * 2_000 };
    let rows = [
        (6, Restored::Fits, 6, "the file is as the history has it"),
        (4, ahead(2), 6, "the end came before the file was written"),
        (2, Restored::Fits, 2, "somebody put an older version there"),
    ];
    for (file, wanted, shown, why) in rows {
        let mut again = reopened(&texts[file]);
        assert_eq!(again.restore(&journal, 77), wanted, "{why}");
        assert_eq!(text(&again), texts[shown], "{why}");
        for back in (0..shown).rev() {
            again.undo().unwrap();
            assert_eq!(text(&again), texts[back], "{why}");
        }
        for later in &texts[1..] {
            again.redo().unwrap();
            assert_eq!(&text(&again), later, "{why}");
        }
        let kept = again.version(0).map(|point| (point.why.clone(), scenario::write(&point.kept.whole())));
        let file = (file == 4).then(|| (Why::File, texts[4].clone()));
        assert_eq!(kept, file, "{why}");
    }
}

#[test]
fn what_was_saved_in_the_middle_of_a_step_is_brought_to_its_end() {
    let mut doc = reopened(&scenario::write(&shop()));
    let before = text(&doc);
    doc.apply(&Edit::Note(own("half")), 10_000).unwrap();
    let saved = text(&doc);
    doc.apply(&Edit::Note(own("half a note")), 10_300).unwrap();
    let (whole, journal) = (text(&doc), doc.journal(hash(&saved)));
    let mut again = reopened(&saved);
    assert_eq!(again.restore(&journal, 77), Restored::Ahead { changes: 1, since_ms: 10_300 });
    assert_eq!(text(&again), whole);
    assert_eq!(again.version(0).map(|point| scenario::write(&point.kept.whole())), Some(saved), "nothing is lost");
    again.undo().unwrap();
    assert_eq!(text(&again), before);
}

#[test]
fn a_journal_that_makes_no_sense_leaves_the_document_alone() {
    let (doc, texts) = edited(4);
    let journal = doc.journal(hash(&texts[4]));
    let other = scenario::write(&scenario::Scenario { name: own("Another"), ..scenario::Scenario::default() });
    let halves = (0..journal.len()).step_by(97).map(|end| (texts[4].clone(), journal[..end].to_owned()));
    let rows = [
        (texts[4].clone(), String::new()),
        (texts[4].clone(), own("{}")),
        (texts[4].clone(), journal.replace("\"format\":1", "\"format\":2")),
        (texts[4].clone(), journal.replace("\"states\":[[0", "\"states\":[[99999")),
        (other, journal.clone()),
    ];
    for (file, broken) in rows.into_iter().chain(halves) {
        let mut doc = reopened(&file);
        let before = text(&doc);
        assert_eq!(doc.restore(&broken, 0), Restored::Nothing, "{broken:.200}");
        assert_eq!(text(&doc), before);
        assert_eq!(doc.undo(), None);
    }
}

#[test]
fn a_journal_never_grows_beyond_its_bound() {
    let mut doc = reopened(&scenario::write(&shop()));
    let long = "x".repeat(60_000);
    for at in 0..200_u64 {
        doc.apply(&Edit::Note(format!("{at}{long}")), at * 2_000).unwrap();
    }
    let journal = doc.journal(0);
    assert!(journal.len() <= MOST_BYTES, "{}", journal.len());
    let mut again = reopened(&text(&doc));
    assert_eq!(again.restore(&journal, 0), Restored::Fits);
    assert!(again.history().undo_labels().count() >= 25, "the newest stay");
}

#[test]
fn every_chosen_thing_is_read_back() {
    let all = [
        Item::Test,
        Item::User(own("u")),
        Item::Task(own("t")),
        Item::Step(own("s")),
        Item::Group(own("g")),
        Item::Check(own("s"), 1),
        Item::Save(own("s"), 2),
        Item::Target(0),
        Item::Host(1),
        Item::Secret(2),
        Item::Value(3),
        Item::Table(4),
        Item::Point(5),
        Item::Goal(6),
        Item::StopRule(7),
    ];
    let selection = crate::doc::Selection { items: all.to_vec(), user: Some(own("u")), ..Default::default() };
    assert_eq!(super::items::read(&super::items::write(&selection)), Some(selection));
}
