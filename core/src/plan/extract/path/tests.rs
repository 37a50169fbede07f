use serde_json::json;

use super::*;
use crate::plan::dice::Dice;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What the tree gives for a path to one place.
fn by_tree(text: &str, path: &str) -> Option<Value> {
    let tree: Value = serde_json::from_str(text).ok()?;
    let query = JsonPath::parse(path).expect("a path");
    query.query(&tree).first().cloned()
}

/// What the short cut gives.
fn by_scan(text: &str, path: &str) -> Option<Value> {
    scan(text, &single(path).expect("a path to one place"))
}

#[test]
fn the_short_cut_finds_what_the_tree_has() {
    let rows = [
        (r#"{"a":{"b":[1,2,3]}}"#, "$.a.b[1]", Some(json!(2))),
        (r#"{"a":{"b":[1,2,3]}}"#, "$", Some(json!({"a":{"b":[1,2,3]}}))),
        (r#"{"a":1,"a":2}"#, "$.a", Some(json!(2))),
        (r#"{"a":{"b":1},"a":{"c":2}}"#, "$.a.b", None),
        (r#"{"a":{"b":1},"a":7}"#, "$.a.b", None),
        (r#"{"\u0061":1}"#, "$.a", Some(json!(1))),
        (r#"{"a\nb":1,"":2}"#, r"$['a\nb']", Some(json!(1))),
        (r#"{"a\nb":1,"":2}"#, "$['']", Some(json!(2))),
        (r#"{"it's":1}"#, r"$['it\'s']", Some(json!(1))),
        (r#"{"say \"x\"":1}"#, r#"$['say "x"']"#, Some(json!(1))),
        (r#"{"say \"x\"":1}"#, r#"$["say \"x\""]"#, Some(json!(1))),
        (r#"{"☺":{"é":null}}"#, "$.☺.é", Some(json!(null))),
        (r#"{"😀":true}"#, r#"$["\uD83D\uDE00"]"#, Some(json!(true))),
        (r#"[18446744073709551615, 12345678901234567890123, -9223372036854775808]"#, "$[0]", Some(json!(u64::MAX))),
        (r#"[18446744073709551615, 12345678901234567890123]"#, "$[1]", Some(json!(12345678901234567890123_f64))),
        (r#"[1]"#, "$[1]", None),
        (r#"[1]"#, "$.a", None),
        (r#"{"0":1}"#, "$[0]", None),
        (r#"7"#, "$.a", None),
        (r#""text""#, "$", Some(json!("text"))),
        (" \n{ \"a\" : [ [ ] , { \"b\" : 5 } ] } \t", "$ .a [ 1 ]\n['b']", Some(json!(5))),
        (r#"{"a":1"#, "$.a", None),
        (r#"{"a":1} x"#, "$.a", None),
        (r#"{"a":1,}"#, "$.a", None),
        ("", "$.a", None),
        ("<html>", "$", None),
    ];
    for (text, path, wanted) in rows {
        assert_eq!(by_scan(text, path), wanted, "{path} in {text}");
        assert_eq!(by_tree(text, path), wanted, "{path} in the tree of {text}");
    }
}

#[test]
fn only_plain_paths_take_the_short_cut() {
    for path in ["$..a", "$[*]", "$.a[0,1]", "$['a','b']", "$[0:2]", "$[?@.a]", "$.a..b", "$.*"] {
        assert_eq!(single(path), None, "{path}");
    }
    assert_eq!(single("$.a[-1]"), Some(vec![Hop::Field("a".to_owned()), Hop::FromEnd]));
}

/// Names that are hard to read, and few enough to meet often.
const NAMES: [&str; 8] = ["a", "b", "it's", "q\"q", "back\\slash", "", "é☺", "tab\t"];

/// A random document as text: with repeated names, escapes and white space, which a writer would never make.
fn document(dice: &mut Dice, depth: u32, out: &mut String) {
    let space = ["", "", " ", "\n\t"][dice.below(4) as usize];
    out.push_str(space);
    let kinds = if depth == 0 { 6 } else { 10 };
    match dice.below(kinds) {
        0 => out.push_str(["0", "-1", "1.5e3", "18446744073709551616", "-0.0", "1e-400"][dice.below(6) as usize]),
        1 => out.push_str("null"),
        2 => out.push_str("true"),
        3 => quoted_name(dice, out),
        4 => out.push_str(r#""\ud83d\ude00 \/ ]}""#),
        5 => out.push_str("12345678901234567"),
        6 | 7 => {
            out.push('[');
            for at in 0..dice.below(4) {
                if at > 0 {
                    out.push(',');
                }
                document(dice, depth - 1, out);
            }
            out.push(']');
        }
        _ => {
            out.push('{');
            for at in 0..dice.below(6) {
                if at > 0 {
                    out.push(',');
                }
                quoted_name(dice, out);
                out.push(':');
                document(dice, depth - 1, out);
            }
            out.push('}');
        }
    }
    out.push_str(space);
}

/// A name as JSON, at times with every character escaped.
fn quoted_name(dice: &mut Dice, out: &mut String) {
    let name = NAMES[dice.below(NAMES.len() as u64) as usize];
    if dice.below(3) == 0 {
        out.push('"');
        name.encode_utf16().for_each(|unit| out.push_str(&format!("\\u{unit:04X}")));
        out.push('"');
    } else {
        out.push_str(&Value::from(name).to_string());
    }
}

/// A random path to one place.
fn path(dice: &mut Dice) -> String {
    let mut path = "$".to_owned();
    for _ in 0..dice.below(4) {
        let name = NAMES[dice.below(NAMES.len() as u64) as usize];
        match dice.below(4) {
            0 => path.push_str(&format!("[{}]", dice.below(3))),
            1 => path.push_str(".a"),
            2 => path.push_str(&format!("[{}]", Value::from(name))),
            _ => {
                let inner = name.replace('\\', "\\\\").replace('\'', "\\'").replace('\t', "\\t");
                path.push_str(&format!("['{inner}']"));
            }
        }
    }
    path
}

#[test]
fn the_short_cut_agrees_with_the_tree_on_random_documents() {
    let mut dice = Dice::new(9535, 0);
    let (mut found, mut broken) = (0, 0);
    for _ in 0..4_000 {
        let mut text = String::new();
        document(&mut dice, 4, &mut text);
        if dice.below(8) == 0 {
            let cut = dice.below(text.len() as u64 + 1) as usize;
            text.truncate((0..=cut).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0));
            broken += 1;
        }
        for _ in 0..4 {
            let path = path(&mut dice);
            let wanted = by_tree(&text, &path);
            assert_eq!(by_scan(&text, &path), wanted, "{path} in {text}");
            found += usize::from(wanted.is_some());
        }
    }
    assert!(found > 1_000 && broken > 100, "{found} found, {broken} broken: the documents test nothing");
}
