#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::traffic::Kind;

use super::{Held, Mark, head, last_of, message, rows, values_after, ways};
use crate::doc::edit::{Edit, RequestEdit, StepEdit};
use crate::model::{Exchange, Model, Moment, TrialStep, TrialWhat};
use crate::msg::Msg;
use crate::route::Route;
use crate::update::update;

fn step(id: &str, what: TrialWhat, saved: &[(&str, &str)], body: &str) -> Msg {
    let exchange = Exchange {
        sent_head: "POST /orders/812/pay HTTP/1.1".to_owned(),
        answer_body: body.to_owned(),
        ..Exchange::default()
    };
    Msg::TrialStep(Box::new(TrialStep {
        at_us: 210_000,
        step: id.to_owned(),
        name: id.to_owned(),
        what,
        saved: saved.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        exchange: Some(exchange.into()),
    }))
}

fn tried(steps: Vec<Msg>) -> Model {
    let mut model = Model::default();
    let text = include_str!("../../../../examples/shop.tide").to_owned();
    model.can.send = true;
    model.route = Route::Tab("shop".to_owned(), crate::route::Tab::Build);
    update(&mut model, Msg::Now(Moment { ms: 1, ahead_minutes: 0 }));
    update(&mut model, Msg::TestRead("shop".to_owned(), Ok(text)));
    update(&mut model, Msg::TryOne("member".to_owned(), Some("buy".to_owned())));
    for msg in steps {
        update(&mut model, msg);
    }
    update(&mut model, Msg::TrialEnded(Ok(())));
    model
}

#[test]
fn the_list_says_what_worked_what_failed_and_what_was_not_reached() {
    let mut model = tried(vec![
        step("sign-in", TrialWhat::Worked(200, 40_000), &[("token", "t0k")], ""),
        step("choose", TrialWhat::Worked(200, 30_000), &[("product", "7")], ""),
        step("basket", TrialWhat::Failed(Kind::Status, "422".to_owned(), 422, 20_000), &[("product", "8")], ""),
    ]);
    let found = rows(&model);
    let marks: Vec<(&str, Mark)> = found.iter().map(|row| (row.name.as_str(), row.mark)).collect();
    let missed = |name| (name, Mark::NotReached);
    assert_eq!(
        marks,
        [
            ("sign-in", Mark::Worked),
            ("choose", Mark::Worked),
            ("basket", Mark::Failed),
            missed("Order"),
            missed("Pay"),
            missed("Sign out")
        ]
    );
    let line = head(&model).unwrap();
    assert_eq!((line.worked, line.failed, line.not_reached, line.running), (2, 1, 3, false));
    let held = |name: &str, before: Option<&str>, now: &str, changed| Held {
        name: name.to_owned(),
        before: before.map(str::to_owned),
        now: now.to_owned(),
        changed,
    };
    let wanted = [held("token", Some("t0k"), "t0k", false), held("product", Some("7"), "8", true)];
    assert_eq!(values_after(&model, 2), wanted);
    assert_eq!(last_of(&model, "basket"), Some(2));
    assert!(rows(&model).iter().all(|row| !row.stale));
    let edit = RequestEdit::Url("/cart".to_owned());
    update(&mut model, Msg::Edit(Edit::Step(StepEdit::Request("basket".to_owned(), edit))));
    let stale: Vec<bool> = rows(&model).iter().map(|row| row.stale).collect();
    assert_eq!(stale, [false, false, true, false, false, false], "only the step that was changed");
}

#[test]
fn every_failure_offers_what_mends_it() {
    let rows = [
        (Kind::Status, 401, "", "Show where the token is set"),
        (Kind::Status, 422, r#"{"error":"expiry is required"}"#, "Add field expiry"),
        (Kind::Status, 404, "", "Expect 404 instead"),
        (Kind::AnswerTimeout, 0, "", "Raise the limit to 1min"),
        (Kind::Refused, 0, "", "Check address"),
        (Kind::HostBlocked, 0, "", "Allow tracker.example"),
        (Kind::Status, 503, "", "Expect 503 instead"),
    ];
    for (kind, status, body, first) in rows {
        let detail = if kind == Kind::HostBlocked { "tracker.example" } else { "" }.to_owned();
        let model = tried(vec![step("pay", TrialWhat::Failed(kind, detail, status, 1_000), &[], body)]);
        let failed = super::step_at(&model, 0).unwrap();
        let offered = ways(&model, failed);
        assert_eq!(offered.first().map(|way| way.label.as_str()), Some(first), "{kind:?} {status}");
        for way in offered {
            let mut model = model.clone();
            let before = model.test.as_ref().map(|test| test.doc.revision());
            let changes = matches!(way.msg, Msg::Edit(_));
            update(&mut model, way.msg);
            let after = model.test.as_ref().map(|test| test.doc.revision());
            assert_eq!(before != after, changes, "{}", way.label);
        }
    }
}

#[test]
fn what_the_server_says_is_found_wherever_it_says_it() {
    let rows = [
        (r#"{"error":"card is required"}"#, Some("card is required")),
        (r#"{"errors":[{"detail":"too late"}]}"#, Some("too late")),
        ("<html><title>Try later</title></html>", Some("Try later")),
        ("Plain words\nmore", Some("Plain words")),
        ("{\"ok\":false}", None),
        ("", None),
    ];
    for (body, wanted) in rows {
        let exchange = Exchange { answer_body: body.to_owned(), ..Exchange::default() };
        assert_eq!(message(&exchange).as_deref(), wanted, "{body}");
    }
}
