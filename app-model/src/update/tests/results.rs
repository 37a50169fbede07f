//! Results side by side, and passed on.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::report::Form;
use tidemark_core::result;

use super::{open, own};
use crate::effect::Effect;
use crate::model::{Dialog, Failure, Model, ResultCard, Sharing};
use crate::msg::Msg;
use crate::route::Route;
use crate::select::{compare as select, share};
use crate::update::update;

const SHOP: &[u8] = include_bytes!("../../../../examples/shop.tiderun");

fn read(id: &str) -> Msg {
    Msg::ResultRead(own(id), Ok(Box::new(result::read(SHOP).expect("the example reads"))))
}

fn compared(a: &str, b: &str) -> (Model, Vec<Effect>) {
    let mut model = open();
    let effects = update(&mut model, Msg::Go(Route::Compare(own("shop"), own(a), own(b))));
    (model, effects)
}

#[test]
fn two_results_are_read_and_compared() {
    let (mut model, effects) = compared("r1", "r2");
    for id in ["r1", "r2"] {
        assert!(effects.contains(&Effect::ReadResult(own(id))), "{effects:?}");
    }
    assert!(effects.contains(&Effect::ListResults(own("shop"))), "others can be chosen");
    assert_eq!(select::stage(&model), select::Stage::Reading);
    update(&mut model, read("r2"));
    update(&mut model, read("r1"));
    assert_eq!(select::stage(&model), select::Stage::Ready);
    let page = select::page(&model).expect("a page");
    assert_eq!((page.outcome.as_str(), page.tone, page.unlike), ("B is about the same as A.", "same", None));
    assert!(model.results.open.is_none(), "neither is opened for it");
    // The other way round nothing has to be read again.
    let swapped = update(&mut model, Msg::Go(Route::Compare(own("shop"), own("r2"), own("r1"))));
    assert!(!swapped.iter().any(|effect| matches!(effect, Effect::ReadResult(_))), "{swapped:?}");
    assert_eq!(select::stage(&model), select::Stage::Ready);
    for (quantity, along) in [("p95", "time"), ("rate", "people"), ("failed", "time"), ("typical", "people")] {
        let drawing = select::drawing(&model, quantity, along).expect("a drawing");
        let picture = drawing.picture(tidemark_core::chart::Frame::new(600.0, 200.0, 0.0, 1.0));
        assert!(!drawing.is_empty() && !picture.said.is_empty(), "{quantity} {along}");
        assert_eq!(picture.overlay.lines[0].path, picture.overlay.lines[1].path, "the same run twice");
    }
}

#[test]
fn an_address_of_a_comparison_leads_there_and_reads_each_file_once() {
    let mut model = Model::default();
    let mut effects = update(&mut model, Msg::Go(Route::Compare(own("shop"), own("r1"), own("r2"))));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::ListResults(_))), "not before the test is read");
    let text = tidemark_core::scenario::write(&crate::doc::tests::shop());
    effects.extend(update(&mut model, Msg::TestRead(own("shop"), Ok(text))));
    let count = |wanted: Effect| effects.iter().filter(|effect| **effect == wanted).count();
    assert_eq!(count(Effect::ReadResult(own("r1"))) + count(Effect::ReadResult(own("r2"))), 2);
    assert_eq!(count(Effect::ListResults(own("shop"))), 1);
}

#[test]
fn what_can_not_be_read_or_is_the_same_twice_is_said() {
    let (mut model, _) = compared("r1", "r1");
    update(&mut model, read("r1"));
    assert_eq!(select::stage(&model), select::Stage::Twice);
    let (mut model, _) = compared("r1", "gone");
    let failure = Failure { message: own("There is no such file."), ..Failure::default() };
    update(&mut model, Msg::ResultRead(own("gone"), Err(failure)));
    assert_eq!(
        (select::stage(&model), select::trouble(&model).as_str()),
        (select::Stage::Trouble, "There is no such file.")
    );
}

#[test]
fn a_trend_has_the_two_and_the_latest_others() {
    let (mut model, _) = compared("r1", "r9");
    let card = |number: u32| ResultCard { id: format!("r{number}"), ..ResultCard::default() };
    update(&mut model, Msg::ResultsListed(Ok((1..10).rev().map(card).collect())));
    update(&mut model, read("r1"));
    let effects = update(&mut model, Msg::ShowTrend);
    let ids: Vec<&str> = model.results.compared.trend.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["r1", "r5", "r6", "r7", "r8", "r9"]);
    assert_eq!(effects.len(), 5, "r1 is there already: {effects:?}");
    update(&mut model, read("r9"));
    update(&mut model, read("r6"));
    let there: Vec<bool> = select::multiples(&model, (100.0, 40.0)).iter().map(Option::is_some).collect();
    assert_eq!(there, [true, false, true, false, false, true]);
    assert_eq!(select::stage(&model), select::Stage::Ready);
}

#[test]
fn a_result_is_passed_on_as_it_was_shown() {
    let mut model = open();
    let effects = update(&mut model, Msg::Open(Dialog::Share(own("r1"))));
    assert_eq!((effects, share::share(&model)), (vec![Effect::ReadResult(own("r1"))], None));
    update(&mut model, read("r1"));
    let whole = share::share(&model).expect("what is in it");
    assert_eq!(whole.name, "Corner shop 2026-11-21 07-29");
    assert!(whole.parts.iter().any(|(text, review)| *review && text.contains("127.0.0.1")), "{:?}", whole.parts);
    let hidden = Sharing { without_bodies: true, hide_hosts: true };
    update(&mut model, Msg::ShareWith(hidden));
    let name = own("Corner shop 2026-11-21 07-29.tiderun");
    assert_eq!(update(&mut model, Msg::ShareFile), [Effect::ShareResult(own("r1"), name, hidden)]);
    for (form, name, inside) in [
        (Form::Page, "Corner shop 2026-11-21 07-29.html", "<html"),
        (Form::Seconds, "Corner shop 2026-11-21 07-29.seconds.csv", "response_p95_ms"),
        (Form::Steps, "Corner shop 2026-11-21 07-29.steps.csv", "response_p99_9_ms"),
        (Form::Watched, "Corner shop 2026-11-21 07-29.watched.csv", "second,seconds,source,series,unit,value"),
        (Form::Markdown, "Corner shop 2026-11-21 07-29.md", "Held up"),
        (Form::Junit, "Corner shop 2026-11-21 07-29.junit.xml", "<testsuite"),
    ] {
        let (named, bytes) = share::form(&model, form).expect("a result is open");
        let effects = update(&mut model, Msg::ShareMade(named, Ok(bytes)));
        let text = effects.iter().find_map(|effect| match effect {
            Effect::SaveFile(saved, bytes) if saved == name => String::from_utf8(bytes.clone()).ok(),
            _ => None,
        });
        let text = text.unwrap_or_else(|| panic!("{name}: {effects:?}"));
        assert!(text.contains(inside) && !text.contains("127.0.0.1"), "{name}");
    }
    assert!(share::share(&model).is_some_and(|share| !share.parts.iter().any(|(text, _)| text.contains("127.0.0.1"))));
}

#[test]
fn a_result_from_a_file_is_passed_on_from_its_own_bytes() {
    let mut model = Model::default();
    update(&mut model, Msg::FileGiven(own("mail.tiderun"), SHOP.to_vec()));
    update(&mut model, Msg::Open(Dialog::Share(String::new())));
    let effects = update(&mut model, Msg::ShareFile);
    let shared = effects.iter().find_map(|effect| match effect {
        Effect::SaveFile(_, bytes) => Some(bytes),
        _ => None,
    });
    let (again, before) = (result::read(shared.expect("a file")).unwrap(), result::read(SHOP).unwrap());
    assert_eq!((again.verdict, again.summary), (before.verdict, before.summary));
}
