#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Edited, asks, erase, length, looked_for, offers, paste, put_value, settle, spans, step_over, told};
use crate::select::values::{Available, From};

fn edited(text: &str, caret: usize) -> Edited {
    Edited { text: text.to_owned(), caret }
}

fn known() -> Vec<Available> {
    [
        (From::Table, "people.email", Some("a@b.test")),
        (From::Saved, "token", Some("eyJ")),
        (From::MadeUp, "email", None),
    ]
    .map(|(from, name, last)| Available { from, name: name.to_owned(), last: last.map(str::to_owned) })
    .to_vec()
}

#[test]
fn the_cursor_goes_over_chips_and_never_into_one() {
    // Letters beyond the first plane count twice, as in browsers.
    for (text, wanted) in [("/a/{{id}}/b", vec![(3, 9)]), ("😀{{a}}{{b}}", vec![(2, 7), (7, 12)]), ("{{ x", vec![])] {
        assert_eq!(spans(text), wanted, "{text}");
    }
    let text = "/a/{{id}}/b";
    for (caret, forward, wanted) in [
        (3, true, Some(9)),
        (5, true, Some(9)),
        (2, true, None),
        (9, true, None),
        (9, false, Some(3)),
        (3, false, None),
    ] {
        assert_eq!(step_over(text, caret, forward), wanted, "{caret} {forward}");
    }
    for (from, to, wanted) in [(5, 5, (3, 9)), (0, 4, (0, 9)), (4, 11, (3, 11)), (3, 3, (3, 3)), (9, 9, (9, 9))] {
        assert_eq!(settle(text, from, to), wanted, "{from} {to}");
    }
}

#[test]
fn a_chip_is_taken_away_whole() {
    for (text, caret, forward, wanted) in [
        ("/a/{{id}}/b", 9, false, Some(edited("/a//b", 3))),
        ("/a/{{id}}/b", 3, true, Some(edited("/a//b", 3))),
        ("/a/{{id}}/b", 3, false, None),
        ("{{a}}{{b}}", 5, false, Some(edited("{{b}}", 0))),
        ("{{a}}{{b}}", 5, true, Some(edited("{{a}}", 5))),
    ] {
        assert_eq!(erase(text, caret, forward), wanted, "{text} {caret}");
    }
}

#[test]
fn a_value_goes_in_where_the_brace_was_typed() {
    for (text, caret, code, wanted) in
        [("/a/{", 4, false, Some(3)), ("{", 1, true, None), ("{\"a\": {{", 8, true, Some(6)), ("/a", 2, false, None)]
    {
        assert_eq!(asks(text, caret, code), wanted, "{text}");
    }
    for (text, from, caret, wanted) in [
        ("/a/{to", 3, 6, Some("to")),
        ("/a/{{to", 3, 7, Some("to")),
        ("/a/", 3, 3, Some("")),
        ("/a/{to/", 3, 7, None),
        ("/a/{to", 3, 2, None),
    ] {
        assert_eq!(looked_for(text, from, caret).as_deref(), wanted, "{text} {caret}");
    }
    assert_eq!(put_value("/a/{to/b", 3, 6, "token"), edited("/a/{{token}}/b", 12));
    assert_eq!(put_value("ä😀", 3, 3, "a b"), edited("ä😀{{a b}}", 10));
}

#[test]
fn what_is_pasted_keeps_its_values() {
    for (text, from, to, pasted, one_line, wanted) in [
        ("/a/", 3, 3, "${id}/x", true, edited("/a/{{id}}/x", 11)),
        ("/a/", 3, 3, "{{id}}", true, edited("/a/{{id}}", 9)),
        ("a{{b}}c", 2, 4, "x", true, edited("axc", 2)),
        ("", 0, 0, "one\r\ntwo\n", true, edited("one two", 7)),
        ("", 0, 0, "one\r\ntwo", false, edited("one\ntwo", 7)),
    ] {
        assert_eq!(paste(text, from, to, pasted, one_line), wanted, "{pasted}");
    }
    assert_eq!(length("ä😀"), 3);
}

#[test]
fn values_are_offered_in_groups_and_numbered_through() {
    let found = offers(&known(), "EM");
    let rows: Vec<(From, usize, &str)> = found
        .iter()
        .flat_map(|group| group.values.iter().map(|(number, value)| (group.from, *number, value.name.as_str())))
        .collect();
    assert_eq!(rows, [(From::Table, 0, "people.email"), (From::MadeUp, 1, "email")]);
    assert_eq!(offers(&known(), "").len(), 3);
    assert!(offers(&known(), "zebra").is_empty());
}

#[test]
fn chips_are_told_in_words() {
    let said = told(&known(), &["later".to_owned()], "/{{token}}/{{later}}/{{nowhere}}");
    let wanted = "token, saved earlier, in the last try eyJ. \
        later: This value is set by a later step or another user type. nowhere: This value is never set.";
    assert_eq!(said, wanted);
}
