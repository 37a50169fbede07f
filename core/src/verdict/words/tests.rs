#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

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
        assert_eq!(so_far(&row, broken), wanted);
    }
}

#[test]
fn every_kind_of_failure_has_words_and_a_next_step() {
    for kind in Kind::ALL {
        assert!(!failure(kind, "").is_empty());
        assert!(failure(kind, "503 later").contains("503 later"), "{}", kind.word());
        assert!(next_for(kind, "Pay", "").starts_with("Next: "), "{}", kind.word());
    }
    for (detail, wanted) in [("401", "Next: check the sign-in."), ("404 x", "Next: check the address of \"Pay\".")] {
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
