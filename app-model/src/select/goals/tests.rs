//! Goals as lines: what is written is what is shown, and what makes no sense says so.

use tidemark_core::scenario::GoalRule;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Of, row, with_lasting, with_limit, with_measure};
use crate::doc::edit::goal::{below, usual_stop};

/// The limit as it stands in the file.
fn limit(rule: &GoalRule) -> String {
    rule.limit.below.clone().or(rule.limit.above.clone()).unwrap_or_default()
}

#[test]
fn limits_are_understood_as_people_write_them() {
    let rate = with_measure(&below("p95", "1s"), Of::Goals, "throughput");
    for (rule, written, file, shown) in [
        (below("p95", "1s"), "800 ms", "800ms", "800 ms"),
        (below("p95", "1s"), "800", "800ms", "800 ms"),
        (below("p95", "1s"), "2", "2s", "2 s"),
        (below("p95", "1s"), "1.5 s", "1500ms", "1.5 s"),
        (below("failures", "5%"), "1", "1%", "1"),
        (below("failures", "5%"), "0.5 %", "0.5%", "0.5"),
        (below("failures", "5%"), "1 in 1,000", "0.1%", "0.1"),
        (below("failures", "5%"), "0,5 %", "0.5%", "0.5"),
        (rate.clone(), "50", "50/s", "50"),
        (rate.clone(), "1,500", "1500/s", "1500"),
        (rate.clone(), "1,5", "1.5/s", "1.5"),
    ] {
        let rule = with_limit(&rule, written).expect(written);
        assert_eq!(limit(&rule), file, "{written}");
        assert_eq!(row(&rule).limit, shown, "{written}");
    }
}

#[test]
fn nonsense_is_refused_with_an_example() {
    let rate = with_measure(&below("p95", "1s"), Of::Goals, "throughput");
    for (rule, written) in [
        (below("p95", "1s"), "soon"),
        (below("p95", "1s"), "0"),
        (below("p95", "1s"), "-5"),
        (below("failures", "1%"), "120"),
        (below("failures", "1%"), "1 in 0"),
        (rate, "none"),
    ] {
        let wrong = with_limit(&rule, written).expect_err(written);
        assert!(wrong.contains("such as"), "{wrong}");
    }
}

#[test]
fn another_measure_gets_a_limit_that_fits() {
    let failures = with_measure(&below("p95", "800ms"), Of::Goals, "failures");
    assert_eq!((limit(&failures).as_str(), row(&failures).after), ("1%", "in 100 requests"));
    let slower = with_measure(&below("p95", "1200ms"), Of::Goals, "p99");
    assert_eq!(limit(&slower), "1200ms", "a time stays a time");
}

#[test]
fn how_long_it_must_last_can_be_taken_away() {
    let rule = with_lasting(&below("failures", "50%"), "30").expect("30 seconds");
    assert_eq!(row(&rule).lasting, "30 s");
    assert_eq!(row(&with_lasting(&rule, " ").expect("empty")).lasting, "");
    assert!(with_lasting(&rule, "long").is_err());
}

#[test]
fn a_rule_to_stop_says_when_it_is_over_and_a_goal_what_is_kept() {
    let stop = usual_stop();
    assert_eq!(stop.limit.above.as_deref(), Some("50%"), "a run that goes well must not be stopped");
    for (of, measure, below, above) in [
        (Of::Goals, "p95", true, false),
        (Of::Goals, "throughput", false, true),
        (Of::Stops, "failures", false, true),
        (Of::Stops, "p99", false, true),
        (Of::Stops, "throughput", true, false),
    ] {
        let rule = with_measure(&stop, of, measure);
        assert_eq!((rule.limit.below.is_some(), rule.limit.above.is_some()), (below, above), "{of:?} {measure}");
    }
}
