use serde_json::json;

use super::*;
use crate::scenario::node::{Field, Reading};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A value from JSON; `"(missing)"` is missing.
fn val(json: Value) -> Val {
    if json == json!("(missing)") { Val::Missing } else { Val::from_json(json) }
}

#[test]
fn values_compare_as_people_expect() {
    let rows = [
        (json!(2), "equal", json!("2"), true),
        (json!("2.0"), "equal", json!(2), true),
        (json!("007"), "equal", json!(7), true),
        (json!(9007199254740993_u64), "equal", json!(9007199254740992_u64), false),
        (json!("a"), "equal", json!("A"), false),
        (json!(true), "equal", json!("true"), true),
        (json!(null), "equal", json!(null), true),
        (json!({"a": 1, "b": [2]}), "equal", json!({"b": [2.0], "a": 1.0}), true),
        (json!([1, 2]), "equal", json!([2, 1]), false),
        (json!("(missing)"), "equal", json!(""), false),
        (json!("(missing)"), "not_equal", json!(""), true),
        (json!("x"), "not_equal", json!("y"), true),
        (json!(10), "above", json!(9), true),
        (json!("10"), "above", json!("9"), true),
        (json!("10"), "above", json!("abc"), false),
        (json!("2026-02-01"), "above", json!("2026-01-31"), true),
        (json!(9), "above", json!(9), false),
        (json!(9), "at_least", json!(9.0), true),
        (json!(-1), "below", json!(0), true),
        (json!(0), "at_most", json!(-0.5), false),
        (json!("(missing)"), "below", json!(5), false),
        (json!([1]), "above", json!(0), false),
        (json!("Thank you"), "contains", json!("ank"), true),
        (json!([1, "b"]), "contains", json!("1"), true),
        (json!([1, "b"]), "contains", json!("c"), false),
        (json!({"a": 1}), "contains", json!("a"), true),
        (json!(123), "contains", json!("2"), true),
        (json!("(missing)"), "contains", json!(""), false),
        (json!("order-17"), "matches", json!(r"^order-\d+$"), true),
        (json!("order-x"), "matches", json!(r"^order-\d+$"), false),
        (json!("x"), "matches", json!("("), false),
        (json!("Bearer x"), "starts_with", json!("Bearer "), true),
        (json!("größer"), "length_equal", json!(6), true),
        (json!([1, 2]), "length_above", json!("1"), true),
        (json!({"a": 1}), "length_below", json!(1), false),
        (json!(12), "length_equal", json!(2), false),
        (json!(null), "present", json!(null), true),
        (json!("(missing)"), "present", json!(null), false),
        (json!("(missing)"), "missing", json!(null), true),
    ];
    for (left, is, right, wanted) in rows {
        let comparison = Comparison::read(&json!(is), &mut Reading::default()).expect("a word");
        assert_eq!(holds(&val(left.clone()), comparison, &val(right.clone())), wanted, "{left} {is} {right}");
    }
}

#[test]
fn patterns_made_at_run_time_are_kept_within_bounds() {
    for round in 0..200 {
        let text = format!("item-{round}");
        assert!(holds(&Val::text(&*text), Comparison::Matches, &Val::text(format!("^item-{round}$"))), "{round}");
        assert!(!holds(&Val::text(&*text), Comparison::Matches, &Val::text("^item$")), "{round}");
    }
}

/// A check as it stands in a file.
fn check(json: Value) -> Check {
    let mut at = Reading::default();
    let check = Check::read(&json, &mut at).expect("a check");
    assert!(at.problems.is_empty(), "{:?}", at.problems);
    check
}

const BODY: &str =
    "{\"total\":3,\"items\":[{\"id\":1},{\"id\":2}],\"one\":[{\"id\":9}],\"name\":\"Ann\",\n\"none\":null}";

/// The reason why `json` doesn't hold for an answer with status 503, `BODY`, 912 ms; empty where it does.
fn reason(json: Value) -> String {
    reason_for(json, BODY)
}

fn reason_for(json: Value, body: &str) -> String {
    let mut answer = Answer { status: 503, body: body.into(), body_len: body.len() as u64, ..Answer::default() };
    answer.headers.push(b"Content-Type", b"application/json");
    answer.headers.push(b"Via", b"a");
    answer.headers.push(b"via", b"b");
    let check = check(json);
    let plan = CheckPlan::compile(&check).expect("compiles");
    let right = CheckPlan::right_side(&check).map_or(Val::Missing, |side| Val::from_json(side.into_owned()));
    plan.test(&answer, &BodyView::new(&answer), 912_000, &right).err().unwrap_or_default()
}

#[test]
fn checks_say_why_they_are_not_true() {
    let rows = [
        (json!({"status": 503}), ""),
        (json!({"status": "2xx"}), "expected a status of 2xx, got 503"),
        (json!({"status": ["2xx", 301, 404]}), "expected a status of 2xx, 301 or 404, got 503"),
        (json!({"within": "912ms"}), ""),
        (json!({"within": "800ms"}), "arrived after 912 ms, 800 ms allowed"),
        (json!({"within": "911.9ms"}), "arrived after 912.000 ms, 911900us allowed"),
        (json!({"contains": "\"Ann\""}), ""),
        (
            json!({"contains": "Bob"}),
            "the answer did not contain \"Bob\"; it began with \"{\"total\":3,\"items\":[{\"id\":1},{\"id\":2}],\"one\":[{\"id\":9}],\"nam…\"",
        ),
        (json!({"lacks": "error"}), ""),
        (json!({"lacks": "total"}), "the answer contained \"total\""),
        (json!({"matches": r#""total":\d"#}), ""),
        (json!({"matches": "^x{{value}}$"}), "the answer did not match \"^x{{value}}$\"; it began with"),
        (json!({"equals": BODY}), ""),
        (json!({"equals": "x"}), "the answer was not \"x\"; it began with"),
        (json!({"json": "$.total"}), ""),
        (json!({"json": "$.none"}), ""),
        (json!({"json": "$.absent"}), "expected $.absent to be there, but it was missing"),
        (json!({"json": "$.total", "is": "missing"}), "expected $.total to be missing, found 3"),
        (json!({"json": "$.total", "to": 3}), ""),
        (json!({"json": "$.total", "to": "4"}), "expected $.total to be \"4\", found 3"),
        (json!({"json": "$.total", "is": "above", "to": 3}), "expected $.total to be above 3, found 3"),
        (
            json!({"json": "$.name", "is": "length_equal", "to": 4}),
            "expected $.name to have a length of 4, found a length of 3",
        ),
        (
            json!({"json": "$.absent", "is": "length_below", "to": 4}),
            "expected $.absent to be shorter than 4, found nothing",
        ),
        (json!({"json": "$.items[*].id", "is": "length_equal", "to": 2}), ""),
        (json!({"json": "$.one[*]", "is": "length_equal", "to": 1}), ""),
        (json!({"json": "$.items[?@.id>5]", "is": "length_equal", "to": 0}), ""),
        (json!({"json": "$.items[?@.id>5]"}), "expected $.items[?@.id>5] to be there, but it was missing"),
        (json!({"json": "$.one[*].id", "to": 9}), ""),
        (json!({"json": "$.one[*].id", "to": [9]}), ""),
        (json!({"json": "$.items[*].id", "to": [1, 2]}), ""),
        (json!({"json": "$.items[*].id", "is": "contains", "to": 2}), ""),
        (json!({"header": "content-type", "is": "starts_with", "to": "application/"}), ""),
        (json!({"header": "Via", "to": "b"}), ""),
        (json!({"header": "Via", "to": "c"}), "expected the header Via to be \"c\", found \"a\""),
        (
            json!({"header": "Via", "is": "not_equal", "to": "b"}),
            "expected the header Via not to be \"b\", found \"b\"",
        ),
        (json!({"header": "Via", "is": "not_equal", "to": "c"}), ""),
        (json!({"header": "Etag"}), "expected the header Etag to be there, but it was missing"),
        (json!({"size": {"at_most": "1kB"}}), ""),
        (json!({"size": {"at_most": "10B"}}), "expected at most 10 B, got 82 B"),
        (json!({"size": {"at_least": "1kB"}}), "expected at least 1.0 kB, got 82 B"),
    ];
    for (check, wanted) in rows {
        let found = reason(check.clone());
        let same = if wanted.ends_with("began with") { found.starts_with(wanted) } else { found == wanted };
        assert!(same, "{check}: {found}");
    }
}

#[test]
fn reasons_stay_on_one_short_line() {
    let long = "line\n".repeat(1_000);
    let rows = [
        (json!({"contains": long}), ""),
        (json!({"contains": "x"}), long.as_str()),
        (json!({"matches": format!("{long}x")}), long.as_str()),
        (json!({"equals": long}), "☺"),
        (json!({"lacks": long}), long.as_str()),
        (json!({"json": format!("$['{}']", "☺".repeat(300)), "is": "length_equal", "to": 7}), "{}"),
        (json!({"header": "h".repeat(900), "to": long}), ""),
        (json!({"status": (100..599).filter(|code| *code != 503).collect::<Vec<_>>()}), ""),
    ];
    for (check, body) in rows {
        let found = reason_for(check.clone(), body);
        let characters = found.chars().count();
        assert!((1..=200).contains(&characters) && !found.contains('\n'), "{characters}: {found}");
    }
}

#[test]
fn an_html_page_where_json_was_expected_is_missing() {
    assert_eq!(
        reason_for(json!({"json": "$..id", "is": "length_equal", "to": 0}), "<html>"),
        "expected $..id to have a length of 0, found nothing"
    );
    assert_eq!(reason_for(json!({"json": "$.id"}), "<html>"), "expected $.id to be there, but it was missing");
}

#[test]
fn values_are_checked_by_name() {
    let plan = CheckPlan::compile(&check(json!({"value": "cart", "is": "length_above", "to": 0}))).expect("compiles");
    assert_eq!(plan.value_name(), Some("cart"));
    assert_eq!(plan.test_value(&val(json!([1])), &val(json!(0))), Ok(()));
    let reason = plan.test_value(&val(json!([])), &val(json!(0))).expect_err("an empty cart");
    assert_eq!(reason, "expected cart to be longer than 0, found a length of 0");
}

#[test]
fn plans_say_what_they_need() {
    let rows = [
        (json!({"status": 200}), true, false),
        (json!({"within": "1s"}), false, false),
        (json!({"header": "Etag"}), false, false),
        (json!({"value": "x"}), false, false),
        (json!({"contains": "x"}), false, true),
        (json!({"size": {"at_least": "1B"}}), false, true),
        (json!({"json": "$.x"}), false, true),
    ];
    for (json, status, body) in rows {
        let plan = CheckPlan::compile(&check(json.clone())).expect("compiles");
        assert_eq!((plan.expects_status(), plan.needs_body()), (status, body), "{json}");
    }
    let usual = CheckPlan::usual();
    for (status, wanted) in [(199, false), (200, true), (302, true), (399, true), (400, false), (0, false)] {
        let answer = Answer { status, ..Answer::default() };
        let held = usual.test(&answer, &BodyView::new(&answer), 0, &Val::Missing).is_ok();
        assert_eq!(held, wanted, "{status}");
    }
}

#[test]
fn mistakes_are_named() {
    let rows = [
        (json!({}), "nothing says what is checked"),
        (json!({"status": []}), "no status is expected"),
        (json!({"matches": "("}), "\"(\" is no pattern: unclosed group"),
        (json!({"matches": "{{x"}), "\"{{x\" is not closed"),
        (json!({"json": "total"}), "\"total\" is no JSONPath"),
        (json!({"json": "$.a", "is": "above"}), "\"above\" has nothing to compare with"),
        (json!({"json": "$.a", "is": "matches", "to": "("}), "\"(\" is no pattern"),
        (json!({"json": "$.a", "is": "length_equal", "to": "many"}), "a length is compared with a whole number"),
        (json!({"json": "$.a", "is": "length_equal", "to": 1.5}), "a length is compared with a whole number"),
        (json!({"header": ""}), "the name of the header is empty"),
        (json!({"size": {}}), "the size has no limit"),
        (json!({"size": {"at_most": "big"}}), "\"big\" is no size"),
        (json!({"size": {"at_least": "2kB", "at_most": "1kB"}}), "no size is at least and at most so much"),
    ];
    for (json, wanted) in rows {
        let error = CheckPlan::compile(&check(json.clone())).expect_err("a mistake");
        assert!(error.message.starts_with(wanted), "{json}: {}", error.message);
    }
}
