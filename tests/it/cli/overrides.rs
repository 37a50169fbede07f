//! What can be said differently for one run. Seen in the preview, which compiles the same plan and sends nothing.

use serde_json::{Value, json};

use super::rig::Place;

const SCENARIO: &str = r#"{ "format": 1, "name": "o",
  "targets": [ { "name": "a", "url": "http://127.0.0.1:1" }, { "name": "b", "url": "http://127.0.0.1:2" } ],
  "values": [ { "name": "word", "value": "tea" } ],
  "data": [ { "name": "people", "file": "people.csv" } ],
  "users": [ { "name": "V", "pause": { "for": "1s" }, "tasks": [
    { "name": "Read", "tags": ["r"], "steps": [ { "request": { "name": "r", "url": "/{{word}}/{{people.name}}" } } ] },
    { "name": "Write", "tags": ["w"], "steps": [ { "request": { "name": "w", "url": "/w" } } ] } ] } ],
  "load": { "start": 10, "people": [ { "to": 10, "over": "10s" } ] } }"#;

fn preview(words: &[&str]) -> Value {
    let place = Place::new();
    place.write("o.tide", SCENARIO);
    place.write("people.csv", "name\nada\n");
    place.write("others.csv", "name\nben\n");
    place.run(&[&["preview", "o.tide", "--json"], words].concat()).exits(0).json()
}

/// The first address of the task "Read", or else of any.
fn address(preview: &Value) -> String {
    let journey = preview["journey"].as_array().expect("a journey");
    let sent: Vec<&str> = journey.iter().filter_map(|one| one["url"].as_str()).filter(|url| !url.is_empty()).collect();
    let read = sent.iter().find(|url| !url.ends_with("/w"));
    read.or(sent.first()).expect("something is sent").to_string()
}

#[test]
fn every_override_changes_what_it_says() {
    let (people, seconds) = ("/peak_people", "/duration_us");
    let rows: [(&[&str], &str, Value); 8] = [
        (&[], people, json!(10)),
        (&["--people", "40"], people, json!(40)),
        (&["--duration", "1min"], seconds, json!(60_000_000)),
        (&["--stage", "5:2s", "--stage", "30:3s"], people, json!(30)),
        (&["--stage", "5:2s", "--stage", "30:3s"], seconds, json!(5_000_000)),
        (&["--seed", "77"], "/seed", json!(77)),
        (&["--tag", "w"], "/users/0/tasks/0/name", json!("Write")),
        (&["--skip-tag", "w"], "/users/0/tasks/0/name", json!("Read")),
    ];
    for (words, place, wanted) in rows {
        let said = preview(words);
        assert_eq!(said.pointer(place), Some(&wanted), "{words:?}: {said}");
    }
    assert_eq!(preview(&["--tag", "w"])["users"][0]["tasks"].as_array().map(Vec::len), Some(1));
    let arriving = preview(&["--arrivals", "3", "--duration", "20s"]);
    assert!(!arriving["arrivals"].is_null() && arriving["requests"] == 60, "{arriving}");
    let addresses: [(&[&str], &str); 5] = [
        (&[], "http://127.0.0.1:1/tea/ada"),
        (&["--target", "b"], "http://127.0.0.1:2/tea/ada"),
        (&["--host", "http://127.0.0.1:3/base"], "http://127.0.0.1:3/base/tea/ada"),
        (&["--set", "word=a b"], "http://127.0.0.1:1/a%20b/ada"),
        (&["--data", "people=others.csv"], "http://127.0.0.1:1/tea/ben"),
    ];
    for (words, wanted) in addresses {
        // Without a seed the one journey that is shown may have no "Read" in it.
        assert_eq!(address(&preview(&[words, &["--seed", "1"]].concat())), wanted, "{words:?}");
    }
}

#[test]
fn overrides_that_name_nothing_are_refused_with_a_hint() {
    let place = Place::new();
    place.write("o.tide", SCENARIO);
    place.write("people.csv", "name\nada\n");
    let rows: [(&[&str], &str); 6] = [
        (&["--target", "c"], "\"c\""),
        (&["--set", "wrod=x"], "It has: word"),
        (&["--data", "peopel=people.csv"], "peopel"),
        (&["--tag", "nothing"], "no task has the tags"),
        (&["--stage", "many:soon"], "--stage"),
        (&["--duration", "soon"], "--duration"),
    ];
    for (words, hint) in rows {
        place.run(&[&["preview", "o.tide"], words].concat()).exits(2).says(&[hint]);
    }
}
