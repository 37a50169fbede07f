//! Each rule with a scenario that breaks it, and nothing else.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

mod corpus;
mod documents;
mod flows;
mod steps;

/// A scenario with nothing wrong.
pub(super) fn clean() -> Value {
    json!({
        "format": 1,
        "name": "Clean",
        "targets": [ { "name": "Shop", "url": "http://127.0.0.1:4780" } ],
        "users": [ { "name": "Visitor", "share": 1, "pause": { "for": "1s" }, "tasks": [
            { "name": "Look", "weight": 1, "steps": [ { "request": { "name": "Home", "url": "/" } } ] } ] } ],
        "load": { "people": [ { "to": 10, "over": "1min" } ] },
        "goals": [ { "p95": { "below": "800ms" } } ],
    })
}

/// The clean scenario with some of its fields replaced.
pub(super) fn with(changes: &str) -> String {
    let mut document = clean();
    let changes: Value = serde_json::from_str(changes).unwrap_or_else(|error| panic!("{error}: {changes}"));
    let fields = document.as_object_mut().expect("an object");
    for (key, value) in changes.as_object().expect("an object") {
        fields.insert(key.clone(), value.clone());
    }
    const ORDER: [&str; 12] = [
        "format",
        "name",
        "targets",
        "allowed_hosts",
        "secrets",
        "values",
        "data",
        "users",
        "groups",
        "load",
        "goals",
        "stop_early",
    ];
    let mut ordered: Vec<(String, Value)> = std::mem::take(fields).into_iter().collect();
    ordered.sort_by_key(|(key, _)| ORDER.iter().position(|known| known == key).unwrap_or(ORDER.len()));
    fields.extend(ordered);
    document.to_string()
}

/// `error code place` of everything that is wrong, in order.
pub(super) fn found(text: &str, context: &Context) -> Vec<String> {
    let checked = all_problems_in(text, context).expect("a readable scenario");
    let line = |problem: &Problem| format!("{} {} {}", problem.severity.word(), problem.code, problem.place);
    checked.problems.iter().map(line).collect()
}

#[test]
fn a_clean_scenario_has_no_problems() {
    assert_eq!(found(&clean().to_string(), &Context::default()), [""; 0]);
}

/// Every row of every table, as (problems, scenario).
fn rows() -> impl Iterator<Item = (&'static str, String)> {
    let documents = documents::ROWS.iter().map(|(problems, changes)| (*problems, with(changes)));
    documents.chain(steps::ROWS.iter().map(|(problems, list)| (*problems, steps::task(list))))
}

#[test]
fn each_mistake_is_found_where_it_is_and_alone() {
    let mut wrong = String::new();
    for (problems, text) in rows() {
        let found = found(&text, &Context::default()).join(", ");
        if found != problems {
            wrong += &format!("wanted {problems}\n   got {found}\n    in {text}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_has_a_row_that_breaks_it() {
    let with_context = ["file-missing", "secret-missing", "unknown-column"];
    let flows = [
        "value-never-set",
        "value-set-later",
        "value-set-elsewhere",
        "value-maybe-missing",
        "group-cycle",
        "nested-too-deep",
    ];
    let editors = ["empty-pause", "too-many-stages"];
    let all: Vec<(&str, String)> = rows().collect();
    let broken: HashSet<&str> = all
        .iter()
        .flat_map(|(problems, _)| problems.split(", "))
        .filter_map(|problem| problem.split(' ').nth(1))
        .chain(with_context)
        .chain(flows)
        .chain(editors)
        .collect();
    let mut codes: Vec<&str> = RULES.iter().flat_map(|(_, rules)| *rules).map(|rule| rule.code).collect();
    let missing: Vec<&&str> = codes.iter().filter(|code| !broken.contains(**code)).collect();
    assert_eq!(missing, [&""; 0]);
    codes.extend(READING.iter().map(|known| known.code));
    assert_eq!(codes.len(), codes.iter().collect::<HashSet<_>>().len(), "a code stands twice");
    assert!(codes.len() >= 100);
}

#[test]
fn what_the_host_knows_is_used_and_what_it_does_not_know_is_not_guessed() {
    let text = with(
        r#"{ "secrets": ["key"], "data": [ { "name": "people", "file": "people.csv" } ],
             "targets": [ { "name": "Shop", "url": "http://127.0.0.1:1", "sign_in": { "bearer": "{{key}}" } },
                          { "name": "Broken", "url": "" } ],
             "users": [ { "pause": { "for": "1s" }, "tasks": [ { "steps": [
               { "request": { "url": "/", "query": { "a": "{{people.email}}", "b": "{{people.nmae}}" } } } ] } ] } ] }"#,
    );
    assert_eq!(found(&text, &Context::default()), ["warning bad-target-address targets[1].url"]);
    let facts = TableFacts { columns: vec!["email".into(), "name".into()], rows: 3 };
    let exists = |file: &str| file != "people.csv";
    let context = Context {
        target: Some("Broken"),
        tables: HashMap::from([("people".to_owned(), facts)]),
        secrets: Some(HashSet::new()),
        files: Some(&exists),
        ..Context::default()
    };
    assert_eq!(
        found(&text, &context),
        [
            "error bad-target-address targets[1].url",
            "error secret-missing secrets[0]",
            "error file-missing data[0].file",
            "error unknown-column users[0].tasks[0].steps[0].request.query.b",
            "warning fewer-rows-than-people data[0]",
        ]
    );
    let overridden = Context { address: Some("http://127.0.0.1:2"), target: Some("Nope"), ..Context::default() };
    assert_eq!(found(&text, &overridden), ["warning bad-target-address targets[1].url"]);
    let wrong = Context { address: Some("shop.test"), people: Some(1), ..Context::default() };
    assert!(found(&text, &wrong).contains(&"error bad-target-address the file".to_owned()));
    let unknown = Context { target: Some("Shpo"), ..Context::default() };
    let problems = all_problems_in(&text, &unknown).expect("reads").problems;
    assert_eq!((problems[0].code, problems[0].hint.as_str()), ("no-target", "did you mean \"Shop\"?"));
}

#[test]
fn parts_that_are_switched_off_stop_nothing() {
    let steps = r#"[ { "request": { "url": "", "method": "G T" }, "off": true },
                     { "off": true, "group": { "steps": [ { "use": { "group": "nope" } } ] } },
                     { "request": { "url": "/" } } ]"#;
    let problems = found(&steps::task(steps), &Context::default());
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems.iter().all(|problem| problem.starts_with("warning")), "{problems:?}");
}

#[test]
fn of_one_kind_only_so_many_are_told_and_the_rest_is_counted() {
    let many = vec![json!({ "request": { "url": "" } }); 350];
    let problems = all_problems(&steps::task(&json!(many).to_string())).expect("reads").problems;
    assert_eq!(problems.len(), 100);
    assert!(problems[99].message.ends_with("(and 250 more like this)"), "{}", problems[99].message);
    let unknown: Vec<Value> = (0..5_000).map(|_| json!({ "note": "", "x": 1 })).collect();
    let problems = all_problems(&steps::task(&json!(unknown).to_string())).expect("reads").problems;
    assert!(problems.len() <= 1_001, "{}", problems.len());
    assert!(problems.iter().any(|problem| problem.code == "too-many-problems"));
}

#[test]
fn problems_say_what_to_do_in_plain_words() {
    for (_, text) in rows() {
        for problem in all_problems(&text).expect("reads").problems {
            let shown = problem.to_string();
            assert!(!problem.message.is_empty() && !problem.hint.is_empty(), "{shown}");
            assert!(!shown.contains(['!', '\n']), "{shown}");
            assert!(!problem.message.starts_with(char::is_uppercase) || problem.message.starts_with("GET"), "{shown}");
            assert!(!problem.message.ends_with('.') && !problem.hint.ends_with('.'), "{shown}");
        }
    }
}

#[test]
fn no_message_shows_a_secret() {
    let text = with(
        r#"{ "values": [ { "name": "password", "value": "hunter2" } ],
             "targets": [ { "name": "Shop", "url": "http://a:hunter2@127.0.0.1/", "headers": { "X-Api-Key": "hunter2" },
                            "sign_in": { "basic": { "user": "a", "password": "hunter2" } } } ],
             "secrets": [ { "name": "x", "value": "hunter2" } ],
             "users": [ { "pause": { "for": "1s" }, "tasks": [ { "steps": [ { "request": { "method": "POST",
               "url": "/login", "headers": { "Authorization": "Bearer hunter2" },
               "json": { "user": { "password": "hunter2" }, "lang": "{{password}}" } } } ] } ] } ] }"#,
    );
    let problems = all_problems(&text).expect("reads").problems;
    let plain: Vec<String> =
        problems.iter().filter(|p| p.code == "secret-in-plain-sight").map(|p| p.place.to_string()).collect();
    assert_eq!(
        plain,
        [
            "targets[0].headers.X-Api-Key",
            "targets[0].sign_in.basic.password",
            "values[0].value",
            "users[0].tasks[0].steps[0].request.headers.Authorization",
            "users[0].tasks[0].steps[0].request.json.user.password",
        ]
    );
    assert!(problems.iter().any(|problem| problem.code == "secret-in-file"));
    for problem in problems {
        assert!(!problem.to_string().contains("hunter2"), "{problem}");
    }
}

#[test]
fn what_only_an_editor_can_make_is_checked_too() {
    let (mut scenario, _) = read(&clean().to_string()).expect("reads");
    scenario.users[0].tasks[0].steps[0].act = crate::scenario::Act::Pause(crate::scenario::PauseTime::Nothing);
    let stage = scenario.load.people[0].clone();
    scenario.load.people = vec![stage; 10_001];
    let codes: Vec<&str> = check(&scenario, &Context::default()).iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["too-many-stages", "empty-pause"]);
}
