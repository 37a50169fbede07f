use serde_json::json;

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A rule as it stands in a file.
fn rule(json: Value) -> SaveRule {
    let mut at = crate::scenario::node::Reading::default();
    let rule = <SaveRule as crate::scenario::node::Field>::read(&json, &mut at).expect("a rule");
    assert!(at.problems.is_empty(), "{:?}", at.problems);
    rule
}

/// An answer with this Content-Type and body.
fn answer(content_type: &str, body: &[u8]) -> Answer {
    let mut answer = Answer { status: 200, body: body.to_vec(), body_len: body.len() as u64, ..Answer::default() };
    answer.headers.push(b"Content-Type", content_type.as_bytes());
    answer.headers.push(b"X-Step", b"one");
    answer.headers.push(b"x-step", b"two");
    answer
}

/// What `rule` finds, as JSON; `"(missing)"` where there is nothing.
fn found(answer: &Answer, rule_json: Value) -> Value {
    let extractor = Extractor::compile(&rule(rule_json)).expect("compiles");
    let cookie = |name: &str| (name == "sid").then(|| "c00kie".to_owned());
    match extractor.apply(answer, &BodyView::new(answer), &cookie, &mut Dice::new(1, 1)) {
        Val::Missing => json!("(missing)"),
        value => value.to_json(),
    }
}

const JSON: &str = r#"{"token":"t1","id":42,"price":1.5,"ok":true,"none":null,
    "items":[{"id":1,"tag":"x"},{"id":2,"tag":"y"},{"id":3,"tag":"x"}]}"#;

#[test]
fn json_keeps_its_type() {
    let rows = [
        (json!({"json": "$.token"}), json!("t1")),
        (json!({"json": "$.id"}), json!(42)),
        (json!({"json": "$.price"}), json!(1.5)),
        (json!({"json": "$.ok"}), json!(true)),
        (json!({"json": "$.none"}), json!(null)),
        (json!({"json": "$.items[0]"}), json!({"id": 1, "tag": "x"})),
        (json!({"json": "$.items[-1].id"}), json!(3)),
        (json!({"json": "$.items[*].id"}), json!(1)),
        (json!({"json": "$.items[*].id", "pick": "last"}), json!(3)),
        (json!({"json": "$.items[*].id", "pick": "all"}), json!([1, 2, 3])),
        (json!({"json": "$.items[?@.tag=='x'].id", "pick": "all"}), json!([1, 3])),
        (json!({"json": "$.id", "pick": "all"}), json!([42])),
        (json!({"json": "$.id", "pick": "last"}), json!(42)),
        (json!({"json": "$.nothing"}), json!("(missing)")),
        (json!({"json": "$.nothing", "pick": "all"}), json!("(missing)")),
        (json!({"json": "$.items[?@.id>9]", "pick": "random"}), json!("(missing)")),
    ];
    for (rule, wanted) in rows {
        assert_eq!(found(&answer("application/json", JSON.as_bytes()), rule.clone()), wanted, "{rule}");
    }
}

#[test]
fn text_is_found_in_bodies_headers_and_cookies() {
    let html = r#"<html><form><input name=csrf value="a&amp;b"><input name=plain></form>
        <a href="/p/1"> One </a><a href="/p/2"><b>T</b>wo</a><a>none</a><svg viewBox="0 0 9 9">"#;
    let rows = [
        (json!({"pattern": r"/p/(\d+)"}), json!("1")),
        (json!({"pattern": r"/p/(\d+)", "pick": "last"}), json!("2")),
        (json!({"pattern": r"/p/\d", "pick": "all"}), json!(["/p/1", "/p/2"])),
        (json!({"pattern": r"q=(\d)|p/(\d)"}), json!("1")),
        (json!({"pattern": "nowhere"}), json!("(missing)")),
        (json!({"header": "x-STEP"}), json!("one")),
        (json!({"header": "X-Step", "pick": "last"}), json!("two")),
        (json!({"header": "X-Step", "pick": "all"}), json!(["one", "two"])),
        (json!({"header": "X-Other"}), json!("(missing)")),
        (json!({"cookie": "sid"}), json!("c00kie")),
        (json!({"cookie": "other"}), json!("(missing)")),
        (json!({"css": "input[name=csrf]", "attribute": "value"}), json!("a&b")),
        (json!({"css": "input", "attribute": "value", "pick": "all"}), json!(["a&b"])),
        (json!({"css": "a"}), json!("One")),
        (json!({"css": "a", "pick": "all"}), json!(["One", "Two", "none"])),
        (json!({"css": "a", "attribute": "HREF", "pick": "last"}), json!("/p/2")),
        (json!({"css": "table"}), json!("(missing)")),
        (json!({"between": ["href=\"", "\""], "pick": "all"}), json!(["/p/1", "/p/2"])),
        (json!({"between": ["", "<form>"]}), json!("<html>")),
        (json!({"between": ["</a><a>", ""]}), json!("none</a><svg viewBox=\"0 0 9 9\">")),
        (json!({"css": "svg", "attribute": "viewBox"}), json!("0 0 9 9")),
        (json!({"between": ["href=\"", "☺"]}), json!("(missing)")),
        (json!({"json": "$.a"}), json!("(missing)")),
    ];
    for (rule, wanted) in rows {
        assert_eq!(found(&answer("text/html", html.as_bytes()), rule.clone()), wanted, "{rule}");
    }
}

#[test]
fn bodies_are_decoded_by_their_charset() {
    let rows: [(&str, &[u8], &str); 6] = [
        ("text/plain", "né".as_bytes(), "né"),
        ("text/plain; charset=ISO-8859-1", b"n\xE9", "né"),
        ("text/plain; x=y; Charset=\"windows-1251\"", b"n\xE9", "nй"),
        ("text/plain; charset=nonsense", "né".as_bytes(), "né"),
        ("text/plain", b"\xEF\xBB\xBFne", "ne"),
        ("text/plain", b"n\xE9!", "n\u{FFFD}!"),
    ];
    for (content_type, body, wanted) in rows {
        let answer = answer(content_type, body);
        assert_eq!(BodyView::new(&answer).text(), wanted, "{content_type}");
    }
    let answer = answer("application/json", b"\xEF\xBB\xBF{\"a\":1}");
    assert_eq!(found(&answer, json!({"json": "$.a"})), json!(1), "a mark before JSON");
}

#[test]
fn a_random_pick_takes_each_in_the_end() {
    let answer = answer("application/json", JSON.as_bytes());
    let mut dice = Dice::new(7, 7);
    for rule_json in
        [json!({"json": "$.items[*].id", "pick": "random"}), json!({"pattern": r#""id":(\d)"#, "pick": "random"})]
    {
        let extractor = Extractor::compile(&rule(rule_json)).expect("compiles");
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..100 {
            seen.insert(extractor.apply(&answer, &BodyView::new(&answer), &|_| None, &mut dice).as_text().into_owned());
        }
        assert!(["1", "2", "3"].iter().all(|id| seen.contains(*id)), "{seen:?}");
    }
}

#[test]
fn many_rules_on_one_body_agree_whichever_way_they_look() {
    let answer = answer("application/json", JSON.as_bytes());
    let body = BodyView::new(&answer);
    let extractor = Extractor::compile(&rule(json!({"json": "$.items[1].id"}))).expect("compiles");
    for time in 0..10 {
        let value = extractor.apply(&answer, &body, &|_| None, &mut Dice::new(1, 1));
        assert_eq!(value.to_json(), json!(2), "time {time}");
    }
}

#[test]
fn mistakes_are_named() {
    let rows = [
        (json!({"json": "items[0]"}), "\"items[0]\" is no JSONPath"),
        (json!({"json": "$.a["}), "\"$.a[\" is no JSONPath"),
        (json!({"pattern": "(a"}), "\"(a\" is no pattern: unclosed group"),
        (json!({"pattern": "(?=a)"}), "\"(?=a)\" is no pattern: look-around"),
        (json!({"pattern": "a{1000}{1000}"}), "\"a{1000}{1000}\" is no pattern: it is too large"),
        (json!({"css": "a["}), "\"a[\" is no CSS selector"),
        (json!({"header": " "}), "the name of the header is empty"),
        (json!({"cookie": ""}), "the name of the cookie is empty"),
        (json!({"between": ["", ""]}), "both marks are empty"),
        (json!({}), "nothing says where the value stands"),
    ];
    for (rule_json, wanted) in rows {
        let error = Extractor::compile(&rule(rule_json.clone())).expect_err("a mistake");
        assert!(error.message.starts_with(wanted), "{rule_json}: {}", error.message);
        assert!(!error.hint.is_empty() && !error.message.contains('\n'), "{rule_json}: {error:?}");
    }
}

/// A plan is shared by all threads.
#[test]
fn rules_can_be_shared() {
    fn shared<T: Send + Sync>() {}
    shared::<Extractor>();
    shared::<crate::plan::judge::CheckPlan>();
    shared::<crate::plan::table::Table>();
}
