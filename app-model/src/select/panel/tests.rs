#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde_json::{Value, json};
use tidemark_core::scenario::{Body, Pairs};

use super::{body_of_kind, body_word, read_json, read_statuses, scalar, scalar_text, statuses};
use crate::select::values::{Piece, pieces};

#[test]
fn json_is_read_with_chips_wherever_they_stand() {
    let rows: [(&str, Result<Value, ()>); 6] = [
        (r#"{"a": 1}"#, Ok(json!({"a": 1}))),
        (r#"{"a": {{page}}, "b": [{{x.y}}]}"#, Ok(json!({"a": "{{page}}", "b": ["{{x.y}}"]}))),
        (r#"{"a": "{{page}} and \" {{b}}"}"#, Ok(json!({"a": "{{page}} and \" {{b}}"}))),
        (r#"{"a":{"b":{}}}"#, Ok(json!({"a": {"b": {}}}))),
        ("{\n\"a\": }", Err(())),
        ("", Err(())),
    ];
    for (text, wanted) in rows {
        assert_eq!(read_json(text).map_err(|_| ()), wanted, "{text}");
    }
    assert!(read_json("{\n\"a\": }").unwrap_err().starts_with("Line 2: "));
}

#[test]
fn plain_values_keep_their_type_through_a_field() {
    let rows = [
        json!(3),
        json!(-1.5),
        json!(true),
        json!("tea"),
        json!("3"),
        json!("true"),
        json!([1, 2]),
        json!("{{a}}"),
        json!(""),
    ];
    for value in rows {
        assert_eq!(scalar(&scalar_text(Some(&value))), value, "{value}");
    }
    assert_eq!(scalar("2 apples"), json!("2 apples"));
}

#[test]
fn statuses_are_written_as_people_do() {
    for (text, wanted) in [
        ("200", Some("200")),
        ("2xx or 404", Some("2xx, 404")),
        ("201,204", Some("201, 204")),
        ("7xx", None),
        ("", None),
    ] {
        assert_eq!(read_statuses(text).map(|set| statuses(&set)).as_deref(), wanted, "{text}");
    }
}

#[test]
fn a_body_keeps_what_it_can_when_its_kind_changes() {
    let form = Body::Form(Pairs(vec![("card".to_owned(), "{{people.card}}".to_owned())]));
    for kinds in [["json", "form"], ["multipart", "form"]] {
        let there = body_of_kind(&form, kinds[0]);
        assert_eq!(body_word(&there), kinds[0]);
        assert_eq!(body_of_kind(&there, kinds[1]), form, "{kinds:?}");
    }
    let json = Body::Json(json!({"a": [1, "{{b}}"]}));
    assert_eq!(body_of_kind(&body_of_kind(&json, "text"), "json"), json);
    assert_eq!(body_of_kind(&json, "none"), Body::Nothing);
}

#[test]
fn chips_part_a_text() {
    let text = |text: &str| Piece::Text(text.to_owned());
    let chip = |text: &str| Piece::Chip(text.to_owned());
    let rows = [
        ("/a/{{id}}/b", vec![text("/a/"), chip("id"), text("/b")]),
        ("{{a}}{{b | url}}", vec![chip("a"), chip("b | url")]),
        ("{{}} {{", vec![text("{{}} {{")]),
        ("", vec![]),
    ];
    for (written, wanted) in rows {
        assert_eq!(pieces(written), wanted, "{written}");
    }
}
