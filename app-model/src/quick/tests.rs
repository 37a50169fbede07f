#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::scenario::PauseTime;
use tidemark_core::units::Span;

use super::{edit, from_clip, offers, pause, to_clip};
use crate::doc::edit::{Edit, FlowEdit};
use crate::doc::tests::shop;
use crate::doc::{Doc, Lane};
use crate::select::outline::sentence;
use crate::text::steps;

#[test]
fn what_is_typed_becomes_a_step() {
    let rows = [
        ("request", "/"),
        ("wait", "Wait 1–3 seconds"),
        ("wait 2-5 s", "Wait 2–5 seconds"),
        ("pause 500ms", "Wait 500 ms"),
        ("Repeat 4", "Repeat 4 times"),
        ("rep", "Repeat 3 times"),
        ("only if", "Only if the last answer is 200"),
        ("if token", "Only if token is there"),
        ("group Pay", "Pay (0 steps)"),
        ("note look here", "look here"),
        ("post /login", "/login"),
        ("/cart", "/cart"),
        ("one of", "One of 2 by chance"),
    ];
    for (typed, wanted) in rows {
        let lane = Lane::Task("look".to_owned());
        let mut doc = Doc::open(shop());
        let made = edit(doc.scenario(), &lane, 0, typed).unwrap_or_else(|| panic!("{typed} means nothing"));
        doc.apply(&made, 0).unwrap();
        let task = &doc.scenario().users[0].tasks[0];
        assert_eq!(sentence(doc.scenario(), &task.steps[0]), wanted, "{typed}");
        assert_eq!(task.steps.len(), 5, "{typed}");
    }
    assert_eq!(edit(&shop(), &Lane::Task("look".to_owned()), 0, "xyzzy"), None);
}

#[test]
fn a_check_goes_to_the_request_before_it() {
    let lane = Lane::Task("look".to_owned());
    for (typed, at, child) in
        [("check", 1, true), ("check", 3, false), ("save token", 2, true), ("save token", 0, false)]
    {
        let made = edit(&shop(), &lane, at, typed);
        let Some(Edit::Flow(flow)) = made else { panic!("{typed} at {at}") };
        assert_eq!(!matches!(flow, FlowEdit::Insert(..)), child, "{typed} at {at}");
        Doc::open(shop()).apply(&Edit::Flow(flow), 0).unwrap();
    }
}

#[test]
fn what_is_offered_fits_what_is_typed() {
    let first = |typed: &str| offers(&shop(), typed).first().map(|offer| offer.text.clone());
    for (typed, wanted) in
        [("", "request"), ("wa", "wait"), ("wait 5 s", "wait 5 s"), ("loop", "repeat"), ("if", "only if")]
    {
        assert_eq!(first(typed).as_deref(), Some(wanted), "{typed}");
    }
    assert_eq!(first("xyzzy"), None);
}

#[test]
fn a_pause_is_read_as_it_is_shown() {
    let between = |from, to| PauseTime::Between((Span::from_ms(from), Span::from_ms(to)));
    let rows = [
        ("2 s", PauseTime::For(Span::from_secs(2))),
        ("2-5s", between(2_000, 5_000)),
        ("5–2 s", between(2_000, 5_000)),
        ("300 – 900 ms", between(300, 900)),
        ("500 ms to 2 s", between(500, 2_000)),
        ("1,5 s", PauseTime::For(Span::from_ms(1_500))),
        ("1,500 ms", PauseTime::For(Span::from_ms(1_500))),
    ];
    for (typed, wanted) in rows {
        let read = pause(typed).unwrap_or_else(|| panic!("{typed}"));
        assert_eq!(read, wanted, "{typed}");
        assert_eq!(pause(&steps::pause(&read)), Some(wanted), "{}", steps::pause(&read));
    }
    for typed in ["soon", "2-", "-5 s", "2 parsecs", "1,5,0 s"] {
        assert_eq!(pause(typed), None, "{typed}");
    }
}

#[test]
fn copied_steps_come_back_from_the_clipboard() {
    let steps = shop().users[1].tasks[0].steps.clone();
    assert_eq!(from_clip(&to_clip(steps.clone())), Some(steps));
    for text in ["", "curl x", "{}", "{ \"format\": 1 }"] {
        assert_eq!(from_clip(text), None, "{text}");
    }
}
