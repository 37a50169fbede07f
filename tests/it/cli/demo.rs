//! `demo`: what a newcomer starts first.

use tidemark_core::stats::NameKind;

use super::rig::{Place, opened};

#[test]
fn the_demo_ends_with_numbers_and_a_result_that_opens() {
    let place = Place::new();
    place.run(&["demo", "--seconds", "13"]).exits(0).says(&["with 20 people", "Goals", "Pay", "Result: "]);
    let results = place.results();
    assert_eq!(results.len(), 1);
    let result = opened(&results[0]);
    assert!(result.complete && result.summary.all.failed == 0, "{:?}", result.summary.failures);
    let seen = result.summary.rows.iter().filter(|row| row.of == NameKind::Request).count();
    assert!(seen >= 7, "{seen} kinds of requests");
    place.run(&["report", results[0].to_str().expect("a plain name")]).exits(0).says(&["Corner shop", "Sign out"]);
}

#[test]
fn a_preview_of_the_demo_sends_nothing_and_is_the_same_for_the_same_seed() {
    let place = Place::new();
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/shop.tide");
    // Nobody listens at the example's address: whatever was sent would fail.
    let words = ["preview", example, "--seed", "5"];
    let said = place.run(&words).exits(0).says(&["nothing is sent", "Visitor", "Look around"]);
    assert_eq!(place.run(&words).out, said.out);
    assert_eq!(place.run(&[&words[..], &["--json"]].concat()).exits(0).json()["seed"], 5);
}
