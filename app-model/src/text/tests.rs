#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::scenario::PauseTime;
use tidemark_core::traffic::Kind;
use tidemark_core::units::Span;

use super::{free_name, glossary, problems, run, sentence, steps};

#[test]
fn lengths_of_time_are_said_plainly() {
    let ms = Span::from_ms;
    for (from, to, wanted) in [
        (2_000, 5_000, "2–5 seconds"),
        (300, 900, "300–900 ms"),
        (500, 2_000, "0.5–2 seconds"),
        (50, 2_000, "50 ms to 2 seconds"),
        (1_000, 3_000, "1–3 seconds"),
        (60_000, 120_000, "1–2 minutes"),
    ] {
        assert_eq!(steps::pause(&PauseTime::Between((ms(from), ms(to)))), wanted);
    }
}

#[test]
fn a_taken_name_gets_a_number() {
    for (name, taken, wanted) in
        [("Search", &["x"][..], "Search"), ("Search", &["Search"], "Search 2"), ("Search 2", &["Search 2"], "Search 3")]
    {
        let is_taken = |name: &str| taken.contains(&name) || (name == "Search 2" && wanted == "Search 3");
        assert_eq!(free_name(name, is_taken), wanted);
    }
    assert_eq!(sentence("no goal is set"), "No goal is set.");
}

#[test]
fn every_failure_says_what_happened_and_what_to_do() {
    for kind in Kind::ALL {
        let told = run::failure(kind, "x", 0);
        assert!(told.title.ends_with('.') && !told.action.is_empty(), "{kind:?}");
    }
    for (status, wanted) in [
        (401, "The server did not accept the sign-in (401)."),
        (404, "There is nothing at this address (404)."),
        (422, "The server refused the data (422)."),
        (429, "The server asked us to slow down (429)."),
        (503, "The server failed while answering (503)."),
        (302, "The answer was 302, which was not expected."),
    ] {
        assert_eq!(run::failure(Kind::Status, &status.to_string(), status).title, wanted);
    }
}

#[test]
fn problems_are_told_without_the_words_of_the_file() {
    for (code, told, message, hint) in [
        (
            "bad-json-path",
            "\"\" is no JSONPath: x",
            "It is not said which field of the answer is meant.",
            "Try one user",
        ),
        ("bad-json-path", "\"a b\" is no JSONPath: x", "“a b” doesn't lead to a field of the answer.", "Try one user"),
        ("value-never-set", "{{x}} is never set", "{{x}} is never set.", "Pick a value"),
        ("empty-task", "the task \"x\" has no steps", "The task \"x\" has no steps.", "As told."),
    ] {
        assert_eq!(problems::message(code, told), message);
        assert!(problems::hint(code, "as told").starts_with(hint), "{code}");
    }
    let known: Vec<&str> =
        tidemark_core::check::RULES.iter().flat_map(|(_, rules)| rules.iter().map(|rule| rule.code)).collect();
    for code in problems::HINTS.iter().flat_map(|(codes, _)| codes.iter()) {
        assert!(known.contains(code), "{code}");
    }
}

#[test]
fn the_glossary_is_found_by_engineering_words_too() {
    for (typed, word) in [("assertion", "Check"), ("think time", "Pause"), ("ramp", "Ramp-up"), ("p95", "95 of 100")] {
        assert_eq!(glossary::search(typed).next().map(|entry| entry.word), Some(word), "{typed}");
    }
    for entry in glossary::GLOSSARY {
        assert!(entry.means.ends_with('.') && !entry.means.contains('!'), "{}", entry.word);
    }
}
