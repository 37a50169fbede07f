#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;

#[test]
fn goals_read_as_people_say_them() {
    let time = |measure, ms: f64| Goal::new(measure, Side::Below, ms * 1e3);
    let rows = [
        (time(Measure::Percentile(95.0), 800.0), "95 of 100 within 800 ms"),
        (time(Measure::Percentile(99.9), 2_000.0), "999 of 1,000 within 2 s"),
        (time(Measure::Mean, 90.0).about("Pay"), "“Pay”: average within 90 ms"),
        (time(Measure::Slowest, 90_000.0), "slowest within 1 min 30 s"),
        (time(Measure::Percentile(99.0), 1.0).in_every(Span::from_secs(60)), "99 of 100 within 1 ms, in every 1min"),
        (Goal::new(Measure::FailureShare, Side::Below, 0.01), "at most 1 % fail"),
        (Goal::new(Measure::FailureShare, Side::Below, 0.0025), "at most 0.25 % fail"),
        (Goal::new(Measure::FailureShare, Side::Above, 0.5), "more than 50 % fail"),
        (Goal::new(Measure::Throughput, Side::Above, 50.0), "at least 50 per second"),
        (Goal::new(Measure::Throughput, Side::Below, 1_240.0), "at most 1,240 per second"),
    ];
    for (goal, wanted) in rows {
        assert_eq!(goal.text, wanted);
        let text = serde_json::to_string(&goal).unwrap();
        assert_eq!(serde_json::from_str::<Goal>(&text).unwrap(), goal, "{text}");
    }
}

#[test]
fn the_limit_itself_is_met_and_close() {
    let below = Goal::new(Measure::Percentile(95.0), Side::Below, 100_000.0);
    let above = Goal::new(Measure::Throughput, Side::Above, 50.0);
    let none = Goal::new(Measure::FailureShare, Side::Below, 0.0);
    let rows = [
        (&below, 89_000.0, true, false),
        (&below, 91_000.0, true, true),
        (&below, 99_000.0, true, true),
        (&below, 100_000.0, true, true),
        (&below, 101_000.0, false, true),
        (&above, 56.0, true, false),
        (&above, 54.0, true, true),
        (&above, 50.0, true, true),
        (&above, 49.5, false, true),
        (&none, 0.0, true, false),
        (&none, 0.001, false, true),
    ];
    for (goal, got, met, close) in rows {
        assert_eq!((goal.is_met_by(got), goal.is_close_with(got)), (met, close), "{} with {got}", goal.text);
    }
}

#[test]
fn what_could_not_be_sent_is_not_the_targets_failure() {
    let mut row = Row { ok: 90, ..Row::default() };
    row.failed.add(Kind::NoRoom, 50);
    row.failed.add(Kind::Status, 10);
    let share = Goal::new(Measure::FailureShare, Side::Below, 0.5);
    assert_eq!(share.measure(&row, 1_000_000, 1), Some(0.1));
    assert_eq!(share.measure(&Row::default(), 1_000_000, 1), None);
    assert_eq!(Goal::new(Measure::Throughput, Side::Above, 1.0).measure(&row, 2_000_000, 0), Some(50.0));
}

#[test]
fn latencies_are_chosen_and_missing_ones_stay_missing() {
    let mut row = Row::default();
    row.response.ok.record_n(9_000, 60);
    row.service.ok.record_n(4_000, 60);
    let mut goal = Goal::new(Measure::Percentile(95.0), Side::Below, 1.0);
    assert_eq!(goal.measure(&row, 0, 60), Some(9_000.0));
    assert_eq!(goal.measure(&row, 0, 61), None);
    goal.latency = Latency::Service;
    assert_eq!(goal.measure(&PackedRow::from(&row), 0, 60), Some(4_000.0));
}

#[test]
fn three_digits_count() {
    let rows = [
        (0.0, "0"),
        (0.000_4, "0.0004"),
        (0.012_34, "0.0123"),
        (0.25, "0.25"),
        (1.0, "1"),
        (28.44, "28.4"),
        (999.4, "999"),
        (999.6, "1,000"),
        (1_240.0, "1,240"),
    ];
    for (value, shown) in rows {
        assert_eq!(digits(value), shown);
    }
}
