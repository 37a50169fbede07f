//! The corpus of scenario files, as far as it needs a disk and a clock: large texts end in time, the list of files is
//! complete, and `UPDATE=1` writes anew what `core` compares with.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tidemark_core as core_under_test;
use tidemark_core::check::{all_problems, problems_markdown};

#[path = "../../core/src/check/tests/corpus/outcome.rs"]
mod outcome;

/// A file or folder of the project.
fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn updating() -> bool {
    std::env::var("UPDATE").is_ok_and(|value| value == "1")
}

/// Writes a file anew where that is asked for.
fn refresh(path: &str, text: &str) {
    if updating() {
        std::fs::write(here(path), text).expect("the file can be written");
    }
}

/// Every file of the corpus with what it holds, in order.
fn files() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for folder in ["bad", "good"] {
        for entry in std::fs::read_dir(here("tests/corpus").join(folder)).expect("the corpus is there") {
            let entry = entry.expect("readable");
            let name = format!("{folder}/{}", entry.file_name().to_str().expect("plain names"));
            files.push((name, std::fs::read(entry.path()).expect("readable")));
        }
    }
    files.sort();
    files
}

#[test]
fn the_corpus_is_complete_and_written_down() {
    let files = files();
    let path = "core/src/check/tests/corpus/list.rs";
    let mut list = String::from("&[\n");
    for (name, _) in &files {
        list += &format!("    (\"{name}\", include_bytes!(\"../../../../../tests/corpus/{name}\")),\n");
    }
    list += "]\n";
    refresh(path, &list);
    assert_eq!(std::fs::read_to_string(here(path)).expect("readable"), list, "refresh it with UPDATE=1");
    let borrowed: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    refresh("tests/corpus/expected.txt", &outcome::outcomes(&borrowed));
    refresh("docs/problems.md", &problems_markdown());
    refresh("docs/scenario-1.schema.json", &outcome::schema_text());
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
        let started = Instant::now();
        let outcome = all_problems(text);
        let found = outcome.as_ref().map_or(0, |checked| checked.problems.len());
        assert!(found <= 20_000, "file {at}: {found} problems");
        let took = started.elapsed();
        assert!(took < Duration::from_secs(seconds), "file {at} of {} bytes took {took:?}", text.len());
    }
}
