#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Shown, Tone, data, heads_up, journey, kinds, lines, progress, ready, shown, stops, work_out};
use crate::doc::edit::{DataEdit, Edit, FlowEdit, LoadEdit, TableEdit};
use crate::effect::Effect;
use crate::model::{Assumed, Dialog, Model};
use crate::msg::Msg;
use crate::update::update;

fn open() -> Model {
    let mut model = Model::default();
    let text = include_str!("../../../../examples/shop.tide").to_owned();
    update(&mut model, Msg::TestRead("shop".to_owned(), Ok(text)));
    model
}

/// Asks for a preview and works it out as the outside does.
fn previewed(model: &mut Model, msg: Msg) {
    let asked = update(model, msg);
    for effect in asked {
        if let Effect::Preview(scenario, seed, assumed) = effect {
            let answer = work_out(&scenario, seed, assumed, &mut |_| {});
            update(model, Msg::Previewed(seed, answer));
        }
    }
}

#[test]
fn picture_and_table_say_the_same_and_add_up() {
    let mut model = open();
    previewed(&mut model, Msg::AskPreview(false));
    let preview = ready(&model).unwrap();
    let kinds = kinds(preview);
    assert_eq!(kinds.iter().map(|kind| kind.name.as_str()).collect::<Vec<_>>(), ["Visitor", "Member"]);
    for kind in &kinds {
        let sum = |read: fn(&super::Row) -> u32| kind.rows.iter().map(read).sum::<u32>();
        assert_eq!(sum(|row| row.picked.map_or(0, |(_, percent)| percent)), 100, "{kind:?}");
        assert_eq!(sum(|row| row.requests.1), 100, "{kind:?}");
        assert_eq!(sum(|row| row.time.map_or(0, |(_, percent)| percent)), 100, "{kind:?}");
        assert_eq!(kind.ribbons.len(), kind.rows.iter().filter(|row| row.colour.is_some()).count());
        for row in &kind.rows {
            let apart = row.picked.is_some_and(|(picked, _)| (picked - row.requests.0).abs() > 0.05);
            assert_eq!(!row.why.is_empty(), apart, "{row:?}");
        }
    }
    let lines = lines(preview);
    assert!(lines.sends.starts_with("You will send about ") && lines.sends.contains(" per second at the busiest · "));
    assert!(lines.luck.starts_with("Expected luck: ") && lines.about.starts_with("Up to 20 people for 30 s"));
    let told = journey(preview);
    assert_eq!((told[0].at.as_str(), told[0].what), ("0.0 s", "arrive"));
    assert!(told.iter().any(|line| line.what == "send" && line.says.starts_with("GET /")), "{told:?}");
    assert_eq!(data(preview)[0].name, "people");
}

#[test]
fn the_same_seed_says_the_same_and_another_is_rolled() {
    let (mut one, mut two) = (open(), open());
    previewed(&mut one, Msg::AskPreview(false));
    previewed(&mut two, Msg::AskPreview(false));
    assert_eq!(ready(&one), ready(&two));
    previewed(&mut two, Msg::AskPreview(true));
    assert_ne!(ready(&one).map(|preview| preview.seed), ready(&two).map(|preview| preview.seed));
}

#[test]
fn what_is_assumed_about_answers_counts() {
    let mut model = open();
    previewed(&mut model, Msg::AskPreview(false));
    let usual = ready(&model).unwrap().requests;
    previewed(&mut model, Msg::Assume(Assumed::Ms(3_000)));
    assert!(ready(&model).unwrap().requests < usual, "slower answers, fewer requests");
    assert_eq!(super::assumptions(&model).1, 4);
}

#[test]
fn one_that_takes_long_shows_how_far_it_is_and_can_be_stopped() {
    let mut model = open();
    let asked = update(&mut model, Msg::AskPreview(false));
    assert!(asked.iter().any(|effect| matches!(effect, Effect::After(300, msg) if **msg == Msg::PreviewIsSlow(1))));
    assert_eq!((shown(&model).0, progress(&model)), (Shown::Nothing, None));
    update(&mut model, Msg::PreviewDone(1, 0.4));
    update(&mut model, Msg::PreviewDone(1, 0.3));
    update(&mut model, Msg::PreviewIsSlow(1));
    assert_eq!(progress(&model), Some(40), "it never goes back");
    let stopped = update(&mut model, Msg::StopPreview);
    assert_eq!((stopped, model.dialog.clone()), (vec![Effect::StopPreview], None));
    previewed(&mut model, Msg::AskPreview(false));
    update(&mut model, Msg::AskPreview(true));
    assert_eq!(shown(&model).0, Shown::Before);
    update(&mut model, Msg::StopPreview);
    assert_eq!((shown(&model), model.dialog), ((Shown::Ready, false), Some(Dialog::Preview)));
}

#[test]
fn what_to_look_at_comes_with_what_mends_it() {
    let mut model = open();
    update(&mut model, Msg::Edit(Edit::Data(DataEdit::Table(0, TableEdit::RemoveRows(0, 15)))));
    update(&mut model, Msg::Edit(Edit::Flow(FlowEdit::Switch(vec![crate::doc::Item::Step("view".to_owned())], true))));
    previewed(&mut model, Msg::AskPreview(false));
    let notes = heads_up(&model);
    let rows = notes.iter().find(|note| note.text.contains("share a row")).unwrap_or_else(|| panic!("{notes:#?}"));
    assert!(rows.tone == Tone::Warn && !rows.helps.is_empty(), "{rows:?}");
    let off = notes.iter().find(|note| note.text.contains("switched off")).unwrap();
    assert_eq!((off.tone, off.helps[0].leaves), (Tone::Info, true), "{off:?}");
    assert_eq!(notes.last().map(|note| note.tone), Some(Tone::Good));
    assert!(!shown(&model).1);
    update(&mut model, Msg::Edit(Edit::Load(LoadEdit::Busy(5))));
    assert!(shown(&model).1, "it is about the test as it was");
}

#[test]
fn what_stops_it_is_told_with_fixes() {
    let mut model = open();
    let all =
        model.test.as_ref().unwrap().doc.scenario().users.iter().map(|user| crate::doc::Item::User(user.id.clone()));
    let all: Vec<_> = all.collect();
    update(&mut model, Msg::Edit(Edit::Flow(FlowEdit::Remove(all))));
    previewed(&mut model, Msg::AskPreview(false));
    assert_eq!(shown(&model).0, Shown::Stopped);
    assert!(stops(&model).iter().all(|note| note.tone == Tone::Bad), "{:?}", stops(&model));
    assert!(!stops(&model).is_empty());
}
