#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod data;
mod flow;
mod load;
pub(crate) mod random;
mod reuse;
mod shares;

use tidemark_core::scenario::{self, Scenario};

use crate::doc::edit::{Edit, RequestEdit, StepEdit};
use crate::doc::{Doc, Item};

/// The demo shop's scenario.
pub(crate) fn shop() -> Scenario {
    scenario::read(include_str!("../../../examples/shop.tide")).unwrap().0
}

/// A small generator for other tests.
pub(crate) fn random_dice(seed: u64) -> random::Dice {
    random::Dice(seed)
}

pub(super) fn text(doc: &Doc) -> String {
    scenario::write(doc.scenario())
}

fn address(step: &str, url: &str) -> Edit {
    Edit::Step(StepEdit::Request(step.to_owned(), RequestEdit::Url(url.to_owned())))
}

#[test]
fn undo_leads_back_and_redo_forward_over_300_edits() {
    for seed in 1..=4 {
        let mut doc = Doc::open(shop());
        let start = text(&doc);
        let mut made = 0;
        let mut dice = random::Dice(seed);
        let mut at_ms = 0;
        while made < 300 {
            at_ms += dice.below(1_500);
            let edit = random::edit(doc.scenario(), &mut dice);
            made += usize::from(doc.apply(&edit, at_ms).is_ok());
        }
        let end = text(&doc);
        assert_ne!(start, end);
        let mut undone = 0;
        while doc.undo().is_some() {
            undone += 1;
        }
        assert!(undone > 100, "seed {seed}: only {undone} steps could be undone");
        assert_eq!(text(&doc), start, "seed {seed}");
        while doc.redo().is_some() {}
        assert_eq!(text(&doc), end, "seed {seed}");
    }
}

#[test]
fn typing_in_one_field_is_one_step_until_a_pause_another_place_or_leaving() {
    type Typed = &'static [(u64, &'static str, &'static str)];
    let rows: [(&str, Typed, usize); 4] = [
        ("quick typing", &[(0, "home", "/a"), (500, "home", "/ab"), (1_400, "home", "/abc")], 1),
        ("a pause", &[(0, "home", "/a"), (1_001, "home", "/ab")], 2),
        ("another step", &[(0, "home", "/a"), (100, "list", "/b"), (200, "home", "/ab")], 3),
        ("nothing new", &[(0, "home", "/a"), (5_000, "home", "/a")], 1),
    ];
    for (name, edits, steps) in rows {
        let mut doc = Doc::open(shop());
        let start = text(&doc);
        for (at_ms, step, url) in edits {
            doc.apply(&address(step, url), *at_ms).unwrap();
        }
        assert_eq!(doc.history().undo_labels().count(), steps, "{name}");
        for _ in 0..steps {
            assert_eq!(doc.undo().as_deref(), Some("Change address"), "{name}");
        }
        assert_eq!(text(&doc), start, "{name}");
    }
    let mut doc = Doc::open(shop());
    doc.apply(&address("home", "/a"), 0).unwrap();
    doc.part();
    doc.apply(&address("home", "/ab"), 100).unwrap();
    assert_eq!(doc.history().undo_labels().count(), 2, "a field that was left is a step of its own");
}

#[test]
fn undo_returns_to_the_place_of_the_change() {
    use crate::doc::edit::LoadEdit;
    use crate::route::Tab;
    let mut doc = Doc::open(shop());
    doc.select(vec![Item::Step("home".to_owned())]);
    doc.apply(&address("home", "/a"), 0).unwrap();
    doc.apply(&Edit::Load(LoadEdit::Busy(90)), 5_000).unwrap();
    assert_eq!(doc.selection.tab, Tab::Load);
    doc.select(vec![Item::Step("view".to_owned())]);
    doc.undo();
    assert_eq!(doc.selection.tab, Tab::Load, "the load's change is undone on its tab");
    doc.undo();
    assert_eq!((doc.selection.tab, doc.selection.main()), (Tab::Build, Some(&Item::Step("home".to_owned()))));
}

#[test]
fn a_refused_edit_changes_nothing() {
    let mut doc = Doc::open(shop());
    let start = text(&doc);
    let half = Edit::Many("two".to_owned(), vec![address("home", "/new"), address("no such step", "/x")]);
    assert!(doc.apply(&half, 0).is_err());
    assert_eq!(text(&doc), start);
    assert_eq!(doc.history().undo_labels().count(), 0);
}

#[test]
fn only_so_many_steps_are_kept() {
    let mut doc = Doc::open(shop());
    for at in 0..600_u64 {
        doc.apply(&address("home", &format!("/{at}")), at * 2_000).unwrap();
    }
    assert_eq!(doc.history().undo_labels().count(), super::history::MOST);
}
