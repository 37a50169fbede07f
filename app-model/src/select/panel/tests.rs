#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde_json::{Value, json};
use tidemark_core::scenario::{Body, Check, CheckKind, Comparison, Condition, Pairs, PauseTime, Repeat, RepeatKind};
use tidemark_core::units::Span;

use super::forms::{
    CHECKS, check_of_kind, check_word, compared_by, path_of, path_text, pause_of_kind, pause_word, repeat_of_kind,
    repeat_word,
};
use super::{
    body_of_kind, body_word, conditions, is_whole_address, json as panel_json, json_text, read_count, read_json,
    read_statuses, read_tags, read_time, scalar, scalar_text, statuses,
};
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

#[test]
fn paths_into_an_answer_are_written_without_their_mark() {
    for (path, text) in [
        ("$.receipt_no", "receipt_no"),
        ("$.items[0].id", "items[0].id"),
        ("$[0].id", "[0].id"),
        ("$", "$"),
        ("", ""),
        ("$..id", ".id"),
        ("id", "id"),
    ] {
        assert_eq!(path_text(path), text, "{path}");
        if path != "id" {
            assert_eq!(path_of(text), path, "{text}");
        }
    }
}

#[test]
fn a_check_made_another_kind_keeps_what_it_can() {
    let check = |what: CheckKind| Check { what, ..Check::default() };
    for (word, _) in CHECKS {
        let made = check_of_kind(&check(CheckKind::Contains("Thanks".to_owned())), word);
        assert_eq!(check_word(&made.what), *word);
        assert_eq!(made.is.is_some(), matches!(*word, "json" | "header" | "value"), "{word}");
    }
    let kept = check_of_kind(&check(CheckKind::Contains("Thanks".to_owned())), "lacks");
    assert_eq!(kept.what, CheckKind::Lacks("Thanks".to_owned()));
    let above = Check { is: Some(Comparison::Above), to: Some(json!(3)), ..check(CheckKind::Json("$.a".to_owned())) };
    let moved = check_of_kind(&above, "header");
    assert_eq!((moved.is, moved.to), (Some(Comparison::Above), Some(json!(3))));
    assert_eq!(compared_by(Some(&json!(3)), "present"), (Some(Comparison::Present), None));
    assert_eq!(compared_by(None, "equal"), (Some(Comparison::Equal), Some(json!(""))));
}

#[test]
fn a_pause_of_another_kind_is_about_as_long() {
    let seconds = Span::from_secs;
    let range = PauseTime::Between((seconds(1), seconds(3)));
    for (word, wanted) in [
        ("for", PauseTime::For(seconds(2))),
        ("between", range.clone()),
        ("exponential", PauseTime::Exponential(seconds(2))),
        ("per_minute", PauseTime::PerMinute(30.0)),
        ("none", PauseTime::Nothing),
    ] {
        let made = pause_of_kind(&range, word);
        assert_eq!(made, wanted, "{word}");
        assert_eq!(pause_word(&made), word);
    }
    assert_eq!(pause_of_kind(&PauseTime::Nothing, "for"), PauseTime::For(seconds(2)));
}

#[test]
fn a_condition_is_built_row_by_row() {
    let named = |name: &str| Condition { value: name.to_owned(), ..conditions::fresh() };
    let one = named("a");
    assert_eq!(conditions::rows(&one), std::slice::from_ref(&one));
    let two = conditions::with_one_more(&one);
    assert_eq!((conditions::join(&two), two.all.len()), (conditions::Join::All, 2));
    let any = conditions::joined(&two, "any");
    assert_eq!((conditions::join(&any), any.any.len()), (conditions::Join::Any, 2));
    assert_eq!(conditions::with_rows(&any, vec![named("b"), named("c")]).any.len(), 2);
    assert_eq!(conditions::with_rows(&any, vec![named("b")]), named("b"));
}

#[test]
fn json_stays_as_it_is_typed_and_is_kept_as_text_until_it_is_json() {
    let typed = "{\"a\":1,\n\"b\": {{page}} }";
    let (body, wrong) = panel_json::typed(typed);
    assert_eq!((&body, wrong), (&Body::Json(json!({"a": 1, "b": "{{page}}"})), None));
    assert_eq!(panel_json::shown(typed, &body), typed);
    assert_eq!(panel_json::shown("", &body), json_text(&json!({"a": 1, "b": "{{page}}"})));
    let (half, wrong) = panel_json::typed("{\"a\":");
    assert_eq!(half, Body::Text("{\"a\":".to_owned()));
    assert!(wrong.unwrap().starts_with("Line 1"));
}

#[test]
fn repeats_that_wait_get_an_end() {
    let three = Repeat { how: RepeatKind::Times(3), ..Repeat::default() };
    let until = repeat_of_kind(&three, "until");
    assert_eq!((repeat_word(&until.how), until.at_most), ("until", Some(20)));
    let each = repeat_of_kind(&until, "for_each");
    assert_eq!((each.item.as_str(), each.at_most), ("item", Some(20)));
    let times = repeat_of_kind(&each, "times");
    assert_eq!((times.item.as_str(), times.at_most), ("", None));
}

#[test]
fn what_is_no_address_is_only_text() {
    for (text, wanted) in [
        ("http://shop.test/a?b=c", true),
        ("curl 'https://shop.test/x' -d a=b", true),
        ("/products", false),
        ("shop", false),
        ("curly", false),
    ] {
        assert_eq!(is_whole_address(text), wanted, "{text}");
    }
}

#[test]
fn amounts_are_read_or_complained_of() {
    assert_eq!(read_time(" "), Ok(None));
    assert_eq!(read_time("1:30"), Ok(Some(Span::from_secs(90))));
    assert!(read_time("soon").is_err());
    assert_eq!((read_count(""), read_count("1,000")), (Ok(None), Ok(Some(1_000))));
    assert!(read_count("0").is_err());
    assert_eq!(read_tags("a, b,,"), ["a", "b"]);
}

#[test]
fn where_a_key_is_sent_is_chosen_before_it_has_a_name() {
    use super::fields::{key_place, key_sent_in};
    let key = tidemark_core::scenario::ApiKey::default();
    assert_eq!((key_place(&key, "header"), key_place(&key, "query")), ("header", "query"));
    let named = key_sent_in(&key, "query", "key");
    assert_eq!((named.query.as_str(), key_place(&named, "header")), ("key", "query"));
    let header = key_sent_in(&named, "header", "key");
    assert_eq!((header.header.as_str(), header.query.as_str(), key_place(&header, "query")), ("key", "", "header"));
}
