use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::problem::Severity;

const SKETCH: &str = include_str!("tests/shop.json");

fn codes(text: &str) -> Vec<(&'static str, String)> {
    let (_, problems) = read(text).expect("only broken JSON is unreadable");
    problems.into_iter().map(|problem| (problem.code, problem.place.to_string())).collect()
}

#[test]
fn a_full_scenario_survives_a_round_trip_unchanged() {
    let (scenario, problems) = read(SKETCH).expect("reads");
    assert_eq!(problems, []);
    let written = write(&scenario);
    let (before, after): (Value, Value) =
        (serde_json::from_str(SKETCH).expect("json"), serde_json::from_str(&written).expect("json"));
    assert_eq!(before, after);
    assert_eq!(write(&read(&written).expect("reads").0), written, "writing is stable");
}

#[test]
fn what_is_not_understood_is_reported_and_kept() {
    let text = r#"{
      "format": 1, "name": 7, "colour": "red",
      "users": [ 5, { "nmae": "Visitor", "share": "most", "tasks": [ { "weight": 1, "steps": [
        { "teleport": { "to": "mars" } },
        { "request": { "url": "/", "metod": "GET", "time_limit": "soon", "check": [ { "status": "9xx" } ] } },
        { "pause": { "for": "1s" }, "note": "both" } ] } ] } ]
    }"#;
    assert_eq!(
        codes(text),
        [
            ("wrong-type", "name".to_owned()),
            ("wrong-type", "users[0]".to_owned()),
            ("wrong-type", "users[1].share".to_owned()),
            ("unknown-field", "users[1].tasks[0].steps[0].teleport".to_owned()),
            ("bad-duration", "users[1].tasks[0].steps[1].request.time_limit".to_owned()),
            ("bad-status", "users[1].tasks[0].steps[1].request.check[0].status".to_owned()),
            ("unknown-field", "users[1].tasks[0].steps[1].request.metod".to_owned()),
            ("only-one-of", "users[1].tasks[0].steps[2]".to_owned()),
            ("unknown-field", "users[1].tasks[0].steps[2].note".to_owned()),
            ("unknown-field", "users[1].nmae".to_owned()),
            ("unknown-field", "colour".to_owned()),
        ]
    );
    let (scenario, problems) = read(text).expect("reads");
    let typo = problems.iter().find(|problem| problem.place.to_string().ends_with("metod")).expect("found above");
    assert_eq!(typo.hint, "did you mean \"method\"?");
    assert_eq!(typo.severity, Severity::Warn);
    let mut written: Value = serde_json::from_str(&write(&scenario)).expect("json");
    written.as_object_mut().expect("object").shift_remove("$schema");
    // Equal but for the order of keys, which serde_json's equality leaves aside, and for weight 1, the default.
    let mut before: Value = serde_json::from_str(text).expect("json");
    before["users"][1]["tasks"][0].as_object_mut().expect("object").shift_remove("weight");
    assert_eq!(written, before);
}

#[test]
fn texts_that_are_no_scenario_say_where_and_why() {
    assert!(matches!(read("{ \"format\": 1,\n  oops }"), Err(Unreadable::Syntax { line: 2, column: 3, .. })));
    assert_eq!(read("[]").unwrap_err(), Unreadable::NotAnObject);
    assert_eq!(read(r#"{"format": 2}"#).unwrap_err(), Unreadable::Newer { found: 2 });
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(matches!(read(&deep), Err(Unreadable::Syntax { .. })));
    assert_eq!(codes("{}"), [("format-missing", "the file".to_owned())]);
}

#[test]
fn missing_ids_are_filled_in_and_given_ones_stay() {
    let (mut scenario, _) = read(SKETCH).expect("reads");
    scenario.users[0].tasks[0].id.clear();
    scenario.users[0].on_arrival[0].id.clear();
    fill_ids(&mut scenario);
    assert_eq!(scenario.users[0].tasks[0].id, "t1");
    assert_eq!(scenario.users[0].tasks[1].id, "t2");
    let text = write(&scenario);
    let ids: Vec<&str> = text.lines().filter_map(|line| line.trim().strip_prefix("\"id\": ")).collect();
    let unique: std::collections::HashSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    let again = {
        let mut again = scenario.clone();
        fill_ids(&mut again);
        again
    };
    assert_eq!(scenario, again);
}

#[test]
fn secrets_may_not_hold_values_and_know_their_variable() {
    assert_eq!(
        codes(r#"{"format":1,"secrets":["a",{"name":"b","env":"B_KEY"},{"name":"c","value":"hunter2"}]}"#),
        [("secret-in-file", "secrets[2]".to_owned())]
    );
    let (scenario, _) = read(r#"{"format":1,"secrets":["staging key",{"name":"b","env":"B_KEY"}]}"#).expect("reads");
    let variables: Vec<_> = scenario.secrets.iter().map(Secret::variable).collect();
    assert_eq!(variables, ["TIDEMARK_SECRET_STAGING_KEY", "B_KEY"]);
}

#[test]
fn the_schema_names_every_part_that_a_file_may_hold() {
    let schema = schema();
    let request = &schema["$defs"]["Request"]["properties"];
    for key in ["method", "url", "query", "json", "multipart", "check", "save", "redirects"] {
        assert!(!request[key].is_null(), "{key}");
    }
    assert_eq!(schema["$defs"]["Step"]["properties"]["repeat"], json!({ "$ref": "#/$defs/Repeat" }));
}
