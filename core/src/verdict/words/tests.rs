#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::stats::snapshot::{FailureCount, Snapshot};
use crate::stats::{Name, NameId, NameKind};

#[test]
fn the_ticker_says_how_it_goes() {
    let row = |ok: u64, failed: u64| {
        let mut row = Row { ok, ..Row::default() };
        row.failed.add(Kind::Status, failed);
        row.response.ok.record_n(310_000, ok + failed);
        row
    };
    let rows = [
        (row(0, 0), 0, "So far: no answers yet."),
        (row(40, 0), 0, "So far: holding up. 40 requests; none failed."),
        (row(449, 1), 0, "So far: holding up. 95 of 100 requests within 310 ms; 1 in 450 failed."),
        (row(0, 100), 2, "So far: 2 goals are missed. 95 of 100 requests within 310 ms; all failed."),
    ];
    for (row, broken, wanted) in rows {
        assert_eq!(so_far(&row, broken, true), wanted);
    }
    assert_eq!(so_far(&row(30, 20), 0, false), "So far: too early to tell. 50 requests; 40 in 100 failed.");
}

#[test]
fn every_kind_of_failure_has_words_and_a_next_step() {
    for kind in Kind::ALL {
        assert!(!failure(kind, "").is_empty());
        assert!(failure(kind, "503 later").contains("503 later"), "{}", kind.word());
        assert!(next_for(kind, "Pay", "").starts_with("Next: "), "{}", kind.word());
    }
    for (detail, wanted) in [("401", "Next: check the sign-in."), ("404 x", "Next: check the address of “Pay”.")] {
        assert_eq!(next_for(Kind::Status, "Pay", detail), wanted);
    }
}

#[test]
fn clocks_and_round_numbers() {
    for (second, wanted) in [(0, "00:00"), (400, "06:40"), (3_599, "59:59"), (4_000, "1:06:40")] {
        assert_eq!(clock(second), wanted);
    }
    for (people, wanted) in [(0, "0"), (85, "85"), (99, "99"), (123, "120"), (9_960, "10,000")] {
        assert_eq!(about(people), wanted);
    }
}

#[test]
fn failures_of_the_warm_up_are_told_apart_from_those_that_count() {
    // Failures of each second, of ten requests; the first two seconds are the warm-up.
    for (failed, in_all, share) in [
        (vec![0, 0, 5, 5], "10, 1 kind", "50 in 100 requests to “Pay” failed: answered 503."),
        (
            vec![4, 4, 5, 5],
            "18, 1 kind; 10 of them after the warm-up",
            "45 in 100 requests to “Pay” failed, warm-up included: answered 503.",
        ),
        (
            vec![10, 0, 0, 0],
            "10, 1 kind; all in the warm-up",
            "25 in 100 requests to “Pay” failed, warm-up included: answered 503.",
        ),
    ] {
        let name =
            Name { id: String::new(), label: "Pay".to_owned(), of: NameKind::Request, user_type: None, task: None };
        let mut timeline = Timeline::new(vec![name], 2);
        for (second, count) in (0..).zip(failed) {
            let mut row = Row { ok: 10 - count, ..Row::default() };
            row.failed.add(Kind::Status, count);
            let failure = FailureCount { name: NameId(0), kind: Kind::Status, detail: "503".to_owned(), count };
            let failures = if count > 0 { vec![failure] } else { Vec::new() };
            timeline.push(&Snapshot { second, length_us: 1_000_000, rows: vec![row], failures, ..Snapshot::default() });
        }
        let summary = Summary::of(&timeline);
        assert_eq!(failures_in_all(&summary), in_all);
        assert_eq!(biggest_failure(&timeline, &summary.failures[0]).as_deref(), Some(share));
    }
}
