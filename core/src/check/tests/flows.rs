//! Values that may not be there: what is found on the way through a user type.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Context, found, with};

const LOGIN: &str = r#"{ "request": { "url": "/login", "save": [ { "name": "token", "json": "$.t" } ] } }"#;
const MAYBE: &str =
    r#"{ "request": { "url": "/login", "save": [ { "name": "token", "json": "$.t", "if_missing": "ignore" } ] } }"#;
const USE: &str = r#"{ "request": { "url": "/", "headers": { "T": "{{token}}" } } }"#;
const WHERE: &str = "request.headers.T";

/// A user type with its steps on arrival and its tasks.
fn user(name: &str, choose: &str, arrival: &[&str], tasks: &[&[&str]]) -> String {
    let tasks: Vec<String> = tasks.iter().map(|steps| format!(r#"{{ "steps": [ {} ] }}"#, steps.join(","))).collect();
    format!(
        r#"{{ "name": "{name}", "choose": "{choose}", "pause": {{ "for": "1s" }}, "on_arrival": [ {} ], "tasks": [ {} ] }}"#,
        arrival.join(","),
        tasks.join(",")
    )
}

/// The problems of a scenario with these user types and a group `in` that signs in, `out` that uses the token.
fn check(users: &[String]) -> Vec<String> {
    let text = with(&format!(
        r#"{{ "users": [ {} ], "groups": [ {{ "name": "in", "steps": [ {LOGIN} ] }}, {{ "name": "out", "steps": [ {USE} ] }} ] }}"#,
        users.join(",")
    ));
    found(&text, &Context::default()).into_iter().filter(|problem| !problem.contains("never-used")).collect()
}

#[test]
fn a_value_must_be_set_on_the_way_to_its_use() {
    let set = r#"{ "save": { "name": "token", "value": "" } }"#;
    let only_if = |condition: &str, then: &str, otherwise: &str| {
        format!(r#"{{ "only_if": {{ {condition}, "then": [ {then} ], "else": [ {otherwise} ] }} }}"#)
    };
    let present = r#""value": "token", "is": "present""#;
    let missing = r#""value": "token", "is": "missing""#;
    let status = r#""value": "last.status", "is": "equal", "to": 200"#;
    let each = format!(r#"{{ "repeat": {{ "for_each": "list", "as": "token", "steps": [ {USE} ] }} }}"#);
    let list = r#"{ "save": { "name": "list", "value": [] } }"#;
    let page = format!(r#"{{ "repeat": {{ "times": 3, "steps": [ {LOGIN} ] }} }}"#);
    let either =
        format!(r#"{{ "choose": {{ "options": [ {{ "steps": [ {LOGIN} ] }}, {{ "steps": [ {set} ] }} ] }} }}"#);
    let one = format!(r#"{{ "choose": {{ "options": [ {{ "steps": [ {LOGIN} ] }}, {{ "steps": [ {USE} ] }} ] }} }}"#);
    let together = format!(r#"{{ "parallel": {{ "steps": [ {LOGIN}, {USE} ] }} }}"#);
    let off = LOGIN.replacen('{', r#"{ "off": true, "#, 1);
    let rows: Vec<(Vec<&str>, &str)> = vec![
        (vec![LOGIN, USE], ""),
        (vec![USE], "error value-never-set [0]"),
        (vec![USE, LOGIN], "error value-set-later [0]"),
        (vec![&off, USE], "error value-never-set [1]"),
        (vec![MAYBE, USE], "warning value-maybe-missing [1]"),
        (vec![set, MAYBE, USE], ""),
        (vec![list, &each], ""),
        (vec![list, &each, USE], "warning value-maybe-missing [2]"),
        (vec![&page, USE], ""),
        (vec![&either, USE], ""),
        (vec![&one, USE], "error value-set-later [0].choose.options[1].steps[0], warning value-maybe-missing [1]"),
        (vec![&together, USE], "error value-set-later [0].parallel.steps[1]"),
        (vec![r#"{ "use": { "group": "in" } }"#, USE], ""),
        (vec![r#"{ "use": { "group": "in" } }"#, r#"{ "use": { "group": "out" } }"#], ""),
    ];
    let mut all: Vec<(Vec<String>, &str)> =
        rows.into_iter().map(|(steps, expected)| (steps.iter().map(|s| (*s).to_owned()).collect(), expected)).collect();
    let ways = [
        (vec![only_if(status, LOGIN, ""), USE.to_owned()], "warning value-maybe-missing [1]"),
        (vec![only_if(status, LOGIN, set), USE.to_owned()], ""),
        (vec![only_if(missing, LOGIN, ""), USE.to_owned()], ""),
        (vec![MAYBE.to_owned(), only_if(present, USE, "")], ""),
        (vec![MAYBE.to_owned(), only_if(missing, "", USE)], ""),
        (vec![MAYBE.to_owned(), only_if(present, "", USE)], "warning value-maybe-missing [1].only_if.else[0]"),
    ];
    all.extend(ways);
    for (steps, expected) in all {
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        let expected: Vec<String> = expected
            .split(", ")
            .filter(|row| !row.is_empty())
            .map(|row| {
                let (what, at) = row.rsplit_once(' ').expect("a code and a place");
                format!("{what} users[0].tasks[0].steps{at}.{WHERE}")
            })
            .collect();
        assert_eq!(check(&[user("A", "by_weight", &[], &[&steps])]), expected, "{steps:?}");
    }
}

#[test]
fn tasks_and_user_types_share_only_what_they_may() {
    let rows: Vec<(Vec<String>, &[&str])> = vec![
        (vec![user("A", "by_weight", &[LOGIN], &[&[USE]])], &[]),
        (
            vec![user("A", "by_weight", &[], &[&[LOGIN], &[USE]])],
            &["warning value-maybe-missing users[0].tasks[1].steps[0].request.headers.T"],
        ),
        (vec![user("A", "in_order", &[], &[&[LOGIN], &[USE]])], &[]),
        (
            vec![user("A", "in_order", &[], &[&[USE], &[LOGIN]])],
            &["error value-set-later users[0].tasks[0].steps[0].request.headers.T"],
        ),
        (
            vec![user("A", "by_weight", &[LOGIN], &[&[USE]]), user("B", "by_weight", &[], &[&[USE]])],
            &["error value-set-elsewhere users[1].tasks[0].steps[0].request.headers.T"],
        ),
        (
            vec![
                user("A", "by_weight", &[LOGIN], &[&[r#"{ "use": { "group": "out" } }"#]]),
                user("B", "by_weight", &[], &[&[r#"{ "use": { "group": "out" } }"#]]),
            ],
            &["error value-set-elsewhere users[1].tasks[0].steps[0].use"],
        ),
        (
            vec![user("A", "by_weight", &[], &[&[r#"{ "use": { "group": "out" } }"#]])],
            // Said where the value is used: it is missing whoever uses the group.
            &["error value-never-set groups[1].steps[0].request.headers.T"],
        ),
    ];
    for (users, expected) in rows {
        assert_eq!(check(&users), expected, "{users:?}");
    }
}

#[test]
fn groups_that_use_each_other_end_and_are_told() {
    let use_group = |name: &str| format!(r#"{{ "use": {{ "group": "{name}" }} }}"#);
    let group = |name: &str, uses: &[&str]| {
        let steps: Vec<String> = uses.iter().map(|name| use_group(name)).collect();
        format!(r#"{{ "name": "{name}", "steps": [ {} ] }}"#, steps.join(","))
    };
    let text = with(&format!(
        r#"{{ "groups": [ {}, {}, {} ], "users": [ {} ] }}"#,
        group("a", &["b", "b"]),
        group("b", &["c"]),
        group("c", &["a", "c"]),
        user("A", "in_order", &[], &[&[&use_group("a")]]),
    ));
    let checked = crate::check::all_problems(&text).expect("reads");
    let messages: Vec<&str> =
        checked.problems.iter().filter(|p| p.code == "group-cycle").map(|p| p.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "reusable groups use each other in a circle: a → b → c → a",
            "reusable groups use each other in a circle: c → c",
        ]
    );
    // Doubled at each of 33 levels: four thousand million steps if they were written out.
    let mut groups: Vec<String> =
        (0..32).map(|i| group(&format!("g{i}"), &[&format!("g{}", i + 1), &format!("g{}", i + 1)])).collect();
    groups.push(format!(r#"{{ "name": "g32", "steps": [ {USE} ] }}"#));
    let text = with(&format!(
        r#"{{ "groups": [ {} ], "users": [ {} ] }}"#,
        groups.join(","),
        user("A", "in_order", &[], &[&[&use_group("g0")]])
    ));
    assert_eq!(
        found(&text, &Context::default()),
        ["error nested-too-deep groups[0]", "error value-never-set groups[32].steps[0].request.headers.T"]
    );
}

#[test]
fn hints_name_what_was_probably_meant() {
    let rows = [
        ("{{tokn}}", "did you mean {{token}}?"),
        ("{{integer}}", "write it like {{integer(1, 100)}}"),
        ("{{uuuid}}", "did you mean {{uuid}}?"),
        ("{{token.value}}", "\"token\" has no parts: save the part under a name of its own"),
        ("{{customers.email}}", "add a data table \"customers\", or correct the name"),
        ("{{zzzzzzzzzz}}", "save it in an earlier step, or add { \"name\": \"zzzzzzzzzz\", … } to \"values\""),
    ];
    for (used, hint) in rows {
        let steps = [LOGIN.to_owned(), USE.replace("{{token}}", used)];
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        let text = with(&format!(r#"{{ "users": [ {} ] }}"#, user("A", "by_weight", &[], &[&steps])));
        let problems = crate::check::all_problems(&text).expect("reads").problems;
        assert_eq!((problems[0].code, problems[0].hint.as_str()), ("value-never-set", hint));
    }
}
