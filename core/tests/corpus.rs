//! Scenario files, good and bad: none may panic, hang or lose anything, and each gets exactly the problems written down in
//! `tests/corpus/expected.txt`. The files are part of the test program, so that the same corpus runs in a browser.
//! `UPDATE=1` writes the list of files, the expectations and the documentation that is made from the code.

use std::fmt::Write;

use serde_json::{Value, json};
use tidemark_core::check::{Checked, all_problems, problems_markdown};
use tidemark_core::locate::locate;
use tidemark_core::problem::Severity;
use tidemark_core::scenario::{Unreadable, decode, read, schema, write};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Every file with its name.
const FILES: &[(&str, &[u8])] = include!("corpus/list.rs");
const EXPECTED: &str = include_str!("../../tests/corpus/expected.txt");
const PROBLEMS: &str = include_str!("../../docs/problems.md");
const FORMAT: &str = include_str!("../../docs/scenario-format.md");
const SCHEMA: &str = include_str!("../../docs/scenario-1.schema.json");

/// What a file gets: its problems with line, column and place, or why it can't be read.
fn outcome(bytes: &[u8]) -> String {
    let mut out = String::new();
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(error) => return unreadable(&error),
    };
    match all_problems(&text) {
        Err(error) => return unreadable(&error),
        Ok(Checked { problems, .. }) => {
            for problem in problems {
                let (line, column) = locate(&text, &problem.place).expect("a readable text has an object");
                let word = problem.severity.word();
                let _ = writeln!(
                    out,
                    "  {line}:{column} {word} {} at {}: {}",
                    problem.code, problem.place, problem.message
                );
            }
        }
    }
    if out.is_empty() { "  nothing\n".to_owned() } else { out }
}

fn unreadable(error: &Unreadable) -> String {
    match error {
        Unreadable::Syntax { line, column, message } => format!("  unreadable {line}:{column}: {message}\n"),
        other => format!("  unreadable: {other}\n"),
    }
}

/// All outcomes, as in the file of expectations.
fn outcomes() -> String {
    FILES.iter().map(|(name, bytes)| format!("{name}\n{}\n", outcome(bytes))).collect()
}

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
    let now = outcomes();
    refresh("../tests/corpus/expected.txt", &now);
    if now != EXPECTED && !updating() {
        let wrong = now.lines().zip(EXPECTED.lines()).find(|(now, then)| now != then);
        panic!("see tests/corpus/expected.txt; refresh it with UPDATE=1. First difference: {wrong:?}");
    }
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
    let span = |text: &str| tidemark_core::units::Span::parse(text.trim_matches('"'));
    let same_time = span(before).is_some() && span(before) == span(after);
    let same_number = before.parse::<f64>().ok().is_some_and(|n| Some(n) == after.trim_matches('"').parse().ok());
    let same_truth = before.trim_matches('"') == after.trim_matches('"');
    place == ".format" || same_time || same_number || same_truth
}

#[test]
fn no_file_is_read_for_ever_however_large_or_deep() {
    let target = r#""format": 1, "targets": [ { "url": "http://x" } ]"#;
    let steps =
        |steps: String| format!(r#"{{ {target}, "users": [ {{ "tasks": [ {{ "steps": [ {steps} ] }} ] }} ] }}"#);
    // Unoptimised builds take some ten times as long as released ones.
    let (size, seconds) = if cfg!(debug_assertions) { (1_000_000, 10) } else { (10_000_000, 2) };
    let large = |piece: &dyn Fn(usize) -> String| {
        let mut text = String::new();
        let mut at = 0;
        while text.len() < size {
            text.push_str(if at > 0 { "," } else { "" });
            text.push_str(&piece(at));
            at += 1;
        }
        text
    };
    let files = [
        format!(r#"{{ {target}, "note": "{}" }}"#, "x".repeat(10_000_000)),
        steps(large(&|_| r#"{ "note": "" }"#.to_owned())),
        steps(large(&|at| format!(r#"{{ "request": {{ "url": "/{{{{no_{at}}}}}" }} }}"#))),
        steps(large(&|at| format!(r#"{{ "save": {{ "name": "a{at}", "value": "{{{{b{at}}}}}" }} }}"#))),
        steps(large(&|_| r#"{ "x": 1 }"#.to_owned())),
        steps(large(&|at| format!(r#"{{ "id": "same", "use": {{ "group": "g{at}" }} }}"#))),
        format!(
            r#"{{ {target}, "data": [ {{ "name": "d", "columns": ["a"], "rows": [ {} ] }} ] }}"#,
            large(&|_| "[1]".to_owned())
        ),
        format!(
            r#"{{ {target}, "groups": [ {} ] }}"#,
            large(&|at| {
                format!(r#"{{ "name": "g{at}", "steps": [ {{ "use": {{ "group": "g{}" }} }} ] }}"#, at + 1)
            })
        ),
        format!("{{ {} }}", large(&|at| format!(r#""k{at}": 1"#))),
        format!("{{ {target}, \"note\": {}1{} }}", "[".repeat(5_000), "]".repeat(5_000)),
        "[".repeat(10_000_000),
        "{\"a\":".repeat(2_000_000),
    ];
    for (at, text) in files.iter().enumerate() {
        let started = started();
        let outcome = all_problems(text);
        let found = outcome.as_ref().map_or(0, |checked| checked.problems.len());
        assert!(found <= 20_000, "file {at}: {found} problems");
        started(&format!("file {at} of {} bytes", text.len()), seconds);
    }
}

#[test]
fn the_documentation_is_made_from_the_code() {
    let schema = serde_json::to_string_pretty(&schema()).expect("text keys") + "\n";
    refresh("../docs/problems.md", &problems_markdown());
    refresh("../docs/scenario-1.schema.json", &schema);
    assert!(updating() || PROBLEMS == problems_markdown(), "refresh docs/problems.md with UPDATE=1");
    assert!(updating() || SCHEMA == schema, "refresh docs/scenario-1.schema.json with UPDATE=1");
    assert_ne!(schema, json!({}).to_string());
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
    for (maker, usage) in tidemark_core::plan::make::MAKERS {
        assert!(FORMAT.contains(&format!("`{maker}`")) || FORMAT.contains(&format!("`{maker}(")), "{usage}");
    }
    for (name, _) in tidemark_core::plan::parts::BuiltIn::NAMES {
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

#[cfg(target_arch = "wasm32")]
fn updating() -> bool {
    false
}

#[cfg(target_arch = "wasm32")]
fn refresh(_path: &str, _text: &str) {}

#[cfg(target_arch = "wasm32")]
fn started() -> impl Fn(&str, u64) {
    |_: &str, _: u64| {}
}

#[cfg(not(target_arch = "wasm32"))]
use native::{refresh, started, updating};

/// What only a native test may do: look at files, settings and the clock.
#[cfg(not(target_arch = "wasm32"))]
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests may look at files and clocks; core may not"
)]
mod native {
    use std::path::{Path, PathBuf};
    use std::time::{Duration, Instant};

    fn here(path: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
    }

    pub fn updating() -> bool {
        std::env::var("UPDATE").is_ok_and(|value| value == "1")
    }

    /// Writes a file anew where that is asked for.
    pub fn refresh(path: &str, text: &str) {
        if updating() {
            std::fs::write(here(path), text).expect("the file can be written");
        }
    }

    /// Starts a clock; what it gives fails after so many seconds.
    pub fn started() -> impl Fn(&str, u64) {
        let start = Instant::now();
        move |what, most| assert!(start.elapsed() < Duration::from_secs(most), "{what} took {:?}", start.elapsed())
    }

    #[test]
    fn the_list_of_files_is_complete() {
        let mut names: Vec<String> = Vec::new();
        for folder in ["bad", "good"] {
            for entry in std::fs::read_dir(here("../tests/corpus").join(folder)).expect("the corpus is there") {
                let name = entry.expect("readable").file_name();
                names.push(format!("{folder}/{}", name.to_str().expect("plain names")));
            }
        }
        names.sort();
        let mut list = String::from("&[\n");
        for name in &names {
            list += &format!("    (\"{name}\", include_bytes!(\"../../../tests/corpus/{name}\")),\n");
        }
        refresh("tests/corpus/list.rs", &(list + "]\n"));
        let known: Vec<&str> = super::FILES.iter().map(|(name, _)| *name).collect();
        assert!(updating() || known == names, "refresh core/tests/corpus/list.rs with UPDATE=1");
    }
}
