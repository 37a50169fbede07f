#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde_json::json;
use tidemark_core::scenario::{self, Body, SaveFrom, SaveRule};

use super::text;
use crate::doc::Doc;
use crate::doc::edit::Edit;
use crate::doc::edit::reuse::{Reuse, later_uses};
use crate::doc::place;

const FLOW: &str = r#"{ "format": 1, "name": "Reuse", "targets": [{ "name": "t", "url": "http://127.0.0.1:1" }],
  "users": [{ "id": "u", "name": "U", "share": 1,
    "on_arrival": [{ "id": "in", "request": { "name": "In", "method": "POST", "url": "/login" } }],
    "tasks": [{ "id": "t", "name": "T", "steps": [
      { "id": "a", "request": { "name": "A", "url": "/users/a+b=/x", "query": { "t": "a+b=" }, "headers": { "X": "Bearer a+b=", "Y": "a+b=c" } } },
      { "id": "b", "group": { "name": "G", "steps": [
        { "id": "c", "request": { "name": "C", "method": "POST", "url": "/c?next=a%2Bb%3D", "json": { "deep": [{ "v": "a+b=" }, 7] } } } ] } },
      { "id": "d", "request": { "name": "D", "url": "/d", "headers": { "Authorization": "Basic YStiPQ==" }, "text": "q=a%2Bb%3D&r={{a+b=}}" } }
    ] }] },
   { "id": "v", "name": "V", "share": 1, "tasks": [{ "id": "w", "name": "W", "steps": [
      { "id": "e", "request": { "name": "E", "url": "/a+b=" } } ] }] }] }"#;

#[test]
fn a_value_is_found_in_every_form_later_on_and_replaced_in_one_step() {
    let mut doc = Doc::open(scenario::read(FLOW).unwrap().0);
    let before = text(&doc);
    let found = later_uses(doc.scenario(), "in", "a+b=");
    let said: Vec<(&str, &str)> = found.iter().map(|found| (found.place.step.as_str(), found.field.as_str())).collect();
    assert_eq!(
        said,
        [
            ("a", "address"),
            ("a", "query t"),
            ("a", "header X"),
            ("c", "address"),
            ("c", "body"),
            ("d", "header Authorization"),
            ("d", "body")
        ]
    );
    let rule = SaveRule { name: "token".to_owned(), from: SaveFrom::Json("$.t".to_owned()), ..SaveRule::default() };
    let places = found.into_iter().map(|found| found.place).collect();
    let reuse = Reuse { step: "in".to_owned(), rule, value: "a+b=".to_owned(), places };
    doc.apply(&Edit::Reuse(Box::new(reuse)), 0).unwrap();
    let request = |id: &str| match &place::step(doc.scenario(), id).unwrap().act {
        scenario::Act::Request(request) => (**request).clone(),
        _ => panic!("{id} is no request"),
    };
    assert_eq!(request("a").url, "/users/{{token}}/x");
    assert_eq!(request("a").headers.0[0].1, "Bearer {{token}}");
    assert_eq!(request("c").url, "/c?next={{token}}");
    assert_eq!(request("c").body, Body::Json(json!({ "deep": [{ "v": "{{token}}" }, 7] })));
    assert_eq!(request("d").headers.0[0].1, "Basic {{token | base64}}");
    assert_eq!(request("d").body, Body::Text("q={{token | url}}&r={{a+b=}}".to_owned()));
    assert_eq!(request("e").url, "/a+b=", "another user type's steps have no such value");
    assert_eq!(request("in").save.len(), 1);
    assert_eq!(doc.undo().as_deref(), Some("Save token and use it in 7 places"));
    assert_eq!(text(&doc), before, "one step back is all the way back");
}

#[test]
fn numbers_in_json_count_and_parts_of_words_do_not() {
    let doc = Doc::open(scenario::read(FLOW).unwrap().0);
    let places = |value: &str| later_uses(doc.scenario(), "in", value).len();
    assert_eq!((places("7"), places("a+b=c"), places("user"), places("d"), places("")), (1, 1, 0, 1, 0));
}
