use serde_json::{Value, json};

use super::{acted, body, get, one_task, refused, says, sent, status};
use crate::plan::Inputs;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A request whose body shows values.
fn show(text: &str) -> Value {
    json!({ "request": { "name": "show", "method": "POST", "url": "/show", "text": text } })
}

/// What the requests of [`show`] carried, in order.
fn shown(steps: Value, more: Value, answer: &str) -> Vec<String> {
    let mut bodies = Vec::new();
    acted(&one_task(steps, more), &mut |draft| {
        if draft.target == "/show" {
            bodies.push(body(draft).to_owned());
        }
        says(answer)
    });
    bodies
}

#[test]
fn saved_values_keep_their_type_and_default_and_do_not_outlive_a_miss() {
    let save = |rule: Value| json!({ "request": { "name": "a", "url": "/a", "save": [rule] } });
    let rows = [
        (json!({ "name": "v", "json": "$.id" }), r#"{"id": 5}"#, "5"),
        (json!({ "name": "v", "json": "$.l[*]", "pick": "all" }), r#"{"l": [1, "b"]}"#, r#"[1,"b"]"#),
        (json!({ "name": "v", "pattern": "id=(\\d+)" }), "id=42&id=43", "42"),
        (json!({ "name": "v", "json": "$.no", "default": "d{{n}}" }), "{}", "d7"),
        (json!({ "name": "v", "json": "$.no", "default": [1] }), "no json", "[1]"),
        (json!({ "name": "v", "json": "$.no", "default": "" }), "{}", ""),
    ];
    for (rule, answer, wanted) in rows {
        let more = json!({ "values": [{ "name": "n", "value": 7 }] });
        assert_eq!(shown(json!([save(rule.clone()), show("{{v}}")]), more, answer), [wanted], "{rule}");
    }
    // The second answer has no id: the first one's must not be sent again.
    let steps = json!([
        save(json!({ "name": "v", "json": "$.id" })),
        save(json!({ "name": "v", "json": "$.id" })),
        show("{{v}}")
    ]);
    let mut first = true;
    let words =
        acted(&one_task(steps, json!({})), &mut |_| says(if std::mem::take(&mut first) { "{\"id\":1}" } else { "{}" }));
    assert_eq!(words[2], "unsent: there was no value for v");
}

#[test]
fn a_missing_value_does_what_the_rule_says() {
    let rows: [(&str, &[&str]); 5] = [
        (
            "fail",
            &["GET /a (value-missing: could not find v in the answer)", "GET /b", "Task failed: value-missing", "left"],
        ),
        ("ignore", &["GET /a", "GET /b", "Task ok", "left"]),
        (
            "skip_task",
            &["GET /a (value-missing: could not find v in the answer)", "Task failed: value-missing", "left"],
        ),
        (
            "remove_person",
            &[
                "GET /a (value-missing: could not find v in the answer)",
                "Task failed: value-missing",
                "removed: value-missing",
            ],
        ),
        (
            "stop_test",
            &[
                "GET /a (value-missing: could not find v in the answer)",
                "Task failed: value-missing",
                "stop: value-missing",
            ],
        ),
    ];
    for (if_missing, wanted) in rows {
        let save = json!([{ "name": "v", "json": "$.v", "if_missing": if_missing }]);
        let steps = json!([{ "request": { "name": "a", "url": "/a", "save": save } }, get("/b")]);
        assert_eq!(acted(&one_task(steps, json!({})), &mut |_| says("{}")), wanted, "{if_missing}");
    }
    // No answer at all: nothing is there either.
    let save = json!([{ "name": "v", "json": "$.v", "if_missing": "skip_task" }]);
    let steps = json!([{ "request": { "name": "a", "url": "/a", "save": save } }, get("/b")]);
    let words = acted(&one_task(steps, json!({})), &mut |_| {
        let trouble = crate::traffic::Trouble::new(crate::traffic::Kind::Refused, "refused");
        super::Says { trouble: Some(trouble), ..status(0) }
    });
    assert_eq!(words, ["GET /a (refused: refused)", "Task failed: refused", "left"]);
}

#[test]
fn named_values_hold_others_and_stay_as_long_as_they_should() {
    let counter = |fresh: &str| json!([{ "name": "c", "make": "counter(10, 5)", "fresh": fresh }]);
    let twice = json!([show("{{c}} {{c}}"), show("{{c}}")]);
    let user = json!({ "leaves_after": 2 });
    let rows: [(&str, [&str; 4]); 3] = [
        ("each_use", ["10 15", "20", "25 30", "35"]),
        ("each_task", ["10 10", "10", "15 15", "15"]),
        ("each_person", ["10 10", "10", "10 10", "10"]),
    ];
    for (fresh, wanted) in rows {
        let more = json!({ "values": counter(fresh), "user": user });
        assert_eq!(shown(twice.clone(), more, ""), wanted, "{fresh}");
    }
    let values = json!([
        { "name": "full", "value": "{{first}} {{last | upper}}" },
        { "name": "first", "value": "Ann" },
        { "name": "last", "value": "{{first}}son" },
        { "name": "card", "value": { "who": "{{full}}", "n": [1, "{{n}}"] } },
        { "name": "n", "value": 2.5 },
    ]);
    assert_eq!(
        shown(json!([show("{{full}} {{card}}")]), json!({ "values": values }), ""),
        [r#"Ann ANNSON {"who":"Ann ANNSON","n":[1,2.5]}"#]
    );
}

#[test]
fn values_that_can_not_be_are_refused_once_and_with_their_place() {
    let place = "users[0].tasks[0].steps[0].request.text";
    let rows = [
        (json!([{ "name": "a", "value": "{{b}}" }, { "name": "b", "value": "{{a}}" }]), "value-cycle"),
        (json!([{ "name": "a", "value": "x {{a}}" }]), "value-cycle"),
        (json!([{ "name": "a", "make": "integr(1,2)" }]), "bad-template"),
        (json!([{ "name": "a" }]), "empty-value"),
        (json!([]), "unknown-value"),
    ];
    for (values, code) in rows {
        let scenario = one_task(json!([show("{{a}}{{\"b\"}}")]), json!({ "values": values.clone() }));
        assert_eq!(refused(&scenario, &Inputs::default()), [format!("{code} {place}")], "{values}");
    }
    let twice = one_task(json!([show("{{a}}{{a}}")]), json!({ "values": [{ "name": "a" }] }));
    assert_eq!(refused(&twice, &Inputs::default()), [format!("empty-value {place}")]);
    let open = one_task(json!([show("{{a")]), json!({}));
    assert_eq!(refused(&open, &Inputs::default()), [format!("bad-template {place}")]);
}

#[test]
fn values_from_outside_win_and_keep_the_type_they_stand_for() {
    let values = json!([{ "name": "n", "value": 7 }, { "name": "t", "value": "x" }]);
    let request = json!({ "request": { "url": "/", "json": ["{{n}}", "{{t}}", "{{s}}"], "save": [{ "name": "s", "json": "$" }] } });
    let scenario = one_task(json!([request]), json!({ "values": values }));
    let set = |n: &str| Inputs {
        values: [("n", "1"), ("n", n), ("t", "8"), ("s", "given")].map(|(a, b)| (a.to_owned(), b.to_owned())).into(),
        ..Inputs::default()
    };
    assert_eq!(body(&sent(&scenario, &set("9"))), r#"[9,"8","given"]"#);
    assert_eq!(body(&sent(&scenario, &set("nine"))), r#"["nine","8","given"]"#);
}

#[test]
fn the_program_knows_the_last_answer_the_person_and_the_round() {
    let steps = json!([
        { "pause": { "for": "1900ms" } },
        get("/a"),
        show("{{last.status}} {{last.time_ms}} {{last.size}} {{last.failed}} {{person.number}} {{person.type}} {{run.seconds}}"),
        { "repeat": { "times": 2, "steps": [show("{{repeat.index}}")] } },
        show("{{repeat.index}}"),
    ]);
    let mut bodies = Vec::new();
    acted(&one_task(steps, json!({})), &mut |draft| {
        bodies.extend(draft.body.as_ref().map(|_| body(draft).to_owned()));
        super::Says { body: "hello".to_owned(), ..status(404) }
    });
    assert_eq!(bodies, ["404 100.0 5 true 1 Anna 2", "1", "2", "0"]);
}

#[test]
fn a_step_can_give_a_value_a_name() {
    let save = |name: &str, value: Value| json!({ "save": { "name": name, "value": value } });
    let steps = json!([
        save("a", json!(5)),
        save("b", json!("{{a}}")),
        save("c", json!({ "x": "{{b}}" })),
        show("{{b}} {{c}}")
    ]);
    assert_eq!(shown(steps, json!({}), ""), [r#"5 {"x":5}"#]);
}
