#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

const TEXT: &str = r#"{
  "format": 1, "naïve": "…", "users": [
    { "tasks": [ { "steps": [
      { "note": "a \" } ] , {" }, { "request": { "url": "/",
        "headers": { "a\"b": "1" } } } ] } ] },
    {}
  ]
}"#;

/// Reads `users[0].tasks` as a place.
fn place(path: &str) -> Place {
    let mut place = Place::root();
    for part in path.split('.').filter(|part| !part.is_empty()) {
        let mut pieces = part.split('[');
        place.push_key(pieces.next().unwrap_or_default());
        for index in pieces {
            place.push_index(index.trim_end_matches(']').parse().expect("an index"));
        }
    }
    place
}

#[test]
fn every_part_is_found_by_line_and_column() {
    let rows = [
        ("", (1, 1)),
        ("format", (2, 3)),
        ("users", (2, 30)),
        ("users[0]", (3, 5)),
        ("users[1]", (6, 5)),
        ("users[0].tasks[0].steps[0].note", (4, 9)),
        ("users[0].tasks[0].steps[1].request.url", (4, 50)),
        ("users[0].tasks[0].steps[1].request.headers.a\"b", (5, 22)),
        // Not there: the nearest part around it.
        ("users[0].tasks[0].steps[1].request.method", (4, 37)),
        ("users[1].tasks[4]", (6, 5)),
        ("load.people", (1, 1)),
    ];
    for (path, expected) in rows {
        assert_eq!(locate(TEXT, &place(path)), Some(expected), "{path}");
    }
    let places: Vec<Place> = rows.iter().map(|(path, _)| place(path)).collect();
    let all = locate_all(TEXT, &places.iter().collect::<Vec<_>>());
    assert_eq!(all, rows.map(|(_, expected)| Some(expected)));
}

#[test]
fn broken_texts_are_forgiven() {
    let rows = [
        ("", "a", None),
        ("   ", "a", None),
        ("\u{feff}{\"a\": 1}", "a", Some((1, 2))),
        ("{\"a\": [1, 2", "a[1]", Some((1, 11))),
        ("{\"a", "a", Some((1, 2))),
        ("]]}}{\"a\":1}", "a", Some((1, 6))),
        ("{\"a\":\"\\", "a", Some((1, 2))),
        ("{\n\r\n\"a\": {\"b\"}}", "a.b", Some((3, 7))),
    ];
    for (text, path, expected) in rows {
        assert_eq!(locate(text, &place(path)), expected, "{text}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(locate(&deep, &Place::root()), Some((1, 1)));
    assert!(duplicate_keys(&deep).is_empty());
}

#[test]
fn names_that_stand_twice_in_an_object_are_found() {
    let text = r#"{ "a": 1, "b": [ { "x": 1, "\u0078": 2, "y": { "x": 1 } } ], "a": 2 }"#;
    let found: Vec<(String, String)> =
        duplicate_keys(text).into_iter().map(|(place, key)| (place.to_string(), key)).collect();
    assert_eq!(found, [("b[0].x".to_owned(), "x".to_owned()), ("a".to_owned(), "a".to_owned())]);
    assert_eq!(locate(text, &place("a")), Some((1, 62)), "the last one counts");
}
