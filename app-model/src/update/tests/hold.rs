//! Two windows on one test: one changes it, the other shows it, and nothing is lost when they change places.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::scenario;

use super::{now, open, own, text};
use crate::doc::Item;
use crate::doc::edit::Edit;
use crate::effect::Effect;
use crate::model::{Hold, Model, Offer};
use crate::msg::Msg;
use crate::update::update;

fn rename(name: &str) -> Msg {
    Msg::Edit(Edit::Rename(Item::Test, own(name)))
}

fn held(hold: Hold) -> Msg {
    Msg::Held(own("shop"), hold)
}

fn theirs() -> Msg {
    let mut theirs = crate::doc::tests::shop();
    theirs.name = own("Theirs");
    Msg::ChangedOutside(own("shop"), scenario::write(&theirs), false)
}

fn name(model: &Model) -> String {
    model.test.as_ref().map(|test| test.doc.scenario().name.clone()).unwrap_or_default()
}

#[test]
fn a_test_that_another_window_has_is_shown_and_never_changed() {
    let mut model = open();
    update(&mut model, held(Hold::Elsewhere));
    let before = text(&model);
    for msg in [rename("Mine"), Msg::Undo, Msg::Redo, Msg::NameVersion(own("v"))] {
        let effects = update(&mut model, msg.clone());
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::SaveTest(..))), "{msg:?}");
        assert_eq!(text(&model), before, "{msg:?}");
    }
    assert!(model.notices.iter().any(|notice| notice.offer == Some(Offer::TakeOver)), "{:?}", model.notices);
    assert_eq!(update(&mut model, theirs()), [Effect::ReadTest(own("shop"))], "it follows without asking");
    assert!(model.test.as_ref().is_some_and(|test| test.theirs.is_none()));
}

#[test]
fn a_test_that_is_taken_over_is_read_anew_and_can_be_changed() {
    let mut model = open();
    update(&mut model, held(Hold::Elsewhere));
    assert!(update(&mut model, Msg::TakeOver).contains(&Effect::TakeOver(own("shop"))));
    let effects = update(&mut model, held(Hold::Here));
    assert!(effects.contains(&Effect::ReadTest(own("shop"))), "{effects:?}");
    assert!(model.notices.iter().all(|notice| notice.offer != Some(Offer::TakeOver)));
    // The other window's last change comes a moment later.
    assert_eq!(update(&mut model, theirs()), [Effect::ReadTest(own("shop"))]);
    update(&mut model, rename("Mine"));
    assert_eq!(name(&model), "Mine");
    update(&mut model, now(60_000));
    update(&mut model, theirs());
    assert!(model.test.as_ref().is_some_and(|test| test.theirs.is_some()), "later it asks whose version stays");
}

#[test]
fn what_is_not_saved_yet_is_saved_before_the_other_window_goes_on() {
    let mut model = open();
    update(&mut model, held(Hold::Here));
    update(&mut model, rename("Mine"));
    let effects = update(&mut model, held(Hold::Lost));
    let saved = effects.iter().find_map(|effect| match effect {
        Effect::SaveTest(_, _, text) => Some(text.contains("Mine")),
        _ => None,
    });
    assert_eq!(saved, Some(true), "{effects:?}");
    update(&mut model, rename("More"));
    assert_eq!(name(&model), "Mine");
    // Both had changed it: nobody's version goes without a word.
    let Msg::ChangedOutside(id, text, _) = theirs() else { panic!("just made") };
    update(&mut model, Msg::ChangedOutside(id, text, true));
    assert!(model.test.as_ref().is_some_and(|test| test.theirs.is_some()));
}
