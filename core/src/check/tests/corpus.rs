//! Scenario files, good and bad: none may panic, hang or lose anything, and each gets exactly the problems written down in
//! `tests/corpus/expected.txt`. The files are part of the test program, so that the same corpus runs in a browser.

use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate as core_under_test;
use crate::check::{all_problems, problems_markdown};
use crate::plan::parts::BuiltIn;
use crate::problem::Severity;
use crate::scenario::{decode, read, schema, write};

mod outcome;

use outcome::{outcomes, schema_text};

/// Whose files are out of date, and how to make them anew.
const REFRESH: &str = "run `UPDATE=1 cargo test -p tidemark-tests corpus`, and look at the difference in";
/// Every file with its name.
const FILES: &[(&str, &[u8])] = include!("corpus/list.rs");
const EXPECTED: &str = include_str!("../../../../tests/corpus/expected.txt");
const PROBLEMS: &str = include_str!("../../../../docs/problems.md");
const FORMAT: &str = include_str!("../../../../docs/scenario-format.md");
const SCHEMA: &str = include_str!("../../../../docs/scenario-1.schema.json");

/// Where `after` lacks something that stood in `before`. Defaults may be left out, so a field that is missing altogether is
/// looked for in what is read again from both texts.
fn lost(before: &Value, after: &Value, place: &str, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                match after.get(key) {
                    Some(kept) => lost(value, kept, &format!("{place}.{key}"), found),
                    None => found.push(format!("{place}.{key} = {value}")),
                }
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (at, (before, after)) in before.iter().zip(after).enumerate() {
                lost(before, after, &format!("{place}[{at}]"), found);
            }
        }
        _ if before == after => {}
        _ => found.push(format!("{place}: {before} became {after}")),
    }
}

/// Whether a field that was left out says what is taken without it.
fn is_default(line: &str) -> bool {
    let defaults = [
        "weight = 1",
        "method = \"GET\"",
        "measured = true",
        "compressed = true",
        "off = false",
        "skip_verify = false",
        "share_connections = false",
        "unique = false",
        "start = 0",
        "choose = \"by_weight\"",
        "http = \"auto\"",
        "each_person = \"keeps_one_row\"",
        "when_rows_run_out = \"start_again\"",
        "fresh = \"each_use\"",
        "latency = \"response\"",
        "pick = \"first\"",
        "if_missing = \"fail\"",
        "if_not = \"count\"",
        "over = \"0s\"",
        "over = 0",
        "= []",
        "= {}",
        "= \"\"",
    ];
    defaults.iter().any(|default| line.ends_with(default))
}

#[test]
fn every_file_gets_the_problems_written_down() {
    let now = outcomes(FILES);
    let differs = now.lines().zip(EXPECTED.lines()).find(|(now, then)| now != then);
    assert_eq!(differs, None, "{REFRESH} tests/corpus/expected.txt");
    assert_eq!(now.len(), EXPECTED.len(), "{REFRESH} tests/corpus/expected.txt");
}

#[test]
fn good_files_stop_nothing_and_bad_ones_do_not_pass_unseen() {
    for (name, bytes) in FILES {
        let checked = decode(bytes).and_then(|text| all_problems(&text));
        if name.starts_with("good/") {
            let problems = checked.expect("a good file is readable").problems;
            let stops: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Stop).collect();
            assert!(stops.is_empty(), "{name}: {stops:?}");
        } else if let Ok(checked) = checked {
            // Odd, but fine: UTF-16 with its mark, numbers with many digits, groups in groups.
            let fine = ["bad/utf16-be.tide", "bad/utf16-le.tide", "bad/many-digits.tide", "bad/deep-steps.tide"];
            assert_eq!(checked.problems.is_empty(), fine.contains(name), "{name}");
        }
    }
    assert!(FILES.iter().filter(|(name, _)| name.starts_with("good/")).count() >= 10);
    assert!(FILES.iter().filter(|(name, _)| name.starts_with("bad/")).count() >= 60);
}

#[test]
fn the_examples_have_nothing_wrong() {
    let examples =
        [include_str!("../../../../examples/shop.tide"), include_str!("../../../../examples/fastapi/items.tide")];
    for text in examples {
        assert_eq!(all_problems(text).expect("readable").problems, []);
    }
}

#[test]
fn nothing_is_lost_when_a_file_is_opened_and_saved() {
    for (name, bytes) in FILES {
        let Ok(text) = decode(bytes) else { continue };
        let Ok((scenario, _)) = read(&text) else { continue };
        let written = write(&scenario);
        let before: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("it was readable");
        let after: Value = serde_json::from_str(&written).expect("JSON is written");
        let mut found = Vec::new();
        lost(&before, &after, "", &mut found);
        // Durations, redirects and formats may be written another way; reading both must give the same.
        let again = read(&written).expect("what was written can be read").0;
        found.retain(|line| !is_default(line));
        let same = |line: &String| line.contains(" became ") && write(&again) == written && rewritten(line);
        found.retain(|line| !same(line));
        assert!(found.is_empty(), "{name} lost {found:#?}");
    }
}

/// Whether a value was only written another way: a duration in other units, text for a number, or the format's number.
fn rewritten(line: &str) -> bool {
    let Some((place, values)) = line.split_once(": ") else { return false };
    let Some((before, after)) = values.split_once(" became ") else { return false };
    let span = |text: &str| crate::units::Span::parse(text.trim_matches('"'));
    let same_time = span(before).is_some() && span(before) == span(after);
    let same_number = before.parse::<f64>().ok().is_some_and(|n| Some(n) == after.trim_matches('"').parse().ok());
    let same_truth = before.trim_matches('"') == after.trim_matches('"');
    place == ".format" || same_time || same_number || same_truth
}

#[test]
fn the_documentation_is_made_from_the_code() {
    assert!(PROBLEMS == problems_markdown(), "{REFRESH} docs/problems.md");
    assert!(SCHEMA == schema_text(), "{REFRESH} docs/scenario-1.schema.json");
}

#[test]
fn the_format_is_documented_field_by_field_with_examples_that_work() {
    let schema = schema();
    let defs = schema["$defs"].as_object().expect("named parts");
    let words = defs.values().flat_map(|part| part["properties"].as_object().into_iter().flatten());
    let mut missing: Vec<String> = Vec::new();
    for (key, field) in words {
        let listed = field["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for word in listed.chain([key.as_str()]) {
            let told = [format!("`{word}`"), format!("\"{word}\"")].iter().any(|form| FORMAT.contains(form));
            if !told {
                missing.push(word.to_owned());
            }
        }
    }
    assert!(missing.is_empty(), "docs/scenario-format.md doesn't tell of {missing:?}");
    for (maker, usage) in crate::plan::make::MAKERS {
        assert!(FORMAT.contains(&format!("`{maker}`")) || FORMAT.contains(&format!("`{maker}(")), "{usage}");
    }
    for (name, _) in BuiltIn::NAMES {
        assert!(FORMAT.contains(&format!("| `{name}` |")), "{name}");
    }
    let mut whole = 0;
    for block in FORMAT.split("```json\n").skip(1) {
        let block = block.split("```").next().expect("a block ends");
        let value: Value = serde_json::from_str(block).unwrap_or_else(|error| panic!("{error} in {block}"));
        if value.get("format").is_some() {
            whole += 1;
            assert_eq!(all_problems(block).expect("readable").problems, [], "{block}");
            continue;
        }
        let steps = ["request", "repeat", "only_if"].iter().any(|key| value.get(*key).is_some());
        let text = if steps { json!({ "groups": [ { "steps": [value] } ] }) } else { value };
        let (_, problems) = read(&text.to_string()).expect("readable");
        assert!(problems.iter().all(|problem| problem.code == "format-missing"), "{problems:?} in {block}");
    }
    assert_eq!(whole, 1);
}
