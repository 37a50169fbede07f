#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::labels::{gather, spread};
use super::path;
use super::scale::{Scale, Unit, label, nice_step, nice_top, settle_top, ticks, time_ticks};
use super::second::plan;
use super::thin::{Value, thin};
use super::{Cursor, Frame, Key, Kind, Source, chart, hover, move_cursor, nearest, table};
use crate::chart::second::Second;

fn second(at: u32, p95_ms: Option<u64>) -> Second {
    let us = |ms: Option<u64>| ms.map(|ms| ms * 1_000);
    Second {
        at,
        planned: 10,
        active: at.min(10),
        finished: if p95_ms.is_some() { 20 } else { 0 },
        p50_us: us(p95_ms.map(|ms| ms / 2)),
        p95_us: us(p95_ms),
        ..Second::default()
    }
}

fn source(seconds: &[Second]) -> Source<'_> {
    Source { seconds, plan: &[], goals: &[], markers: &[] }
}

/// A chart of 100 × 50 pixels without room around, so that paths are easy to read.
fn frame(to: f64) -> Frame {
    Frame { left: 0.0, right: 0.0, top: 0.0, bottom: 0.0, ..Frame::new(100.0, 50.0, 0.0, to) }
}

#[test]
fn rates_are_of_the_time_that_was_measured() {
    let rows = [
        (0, 1, Some(20.0)),
        (1_000_000, 1, Some(20.0)),
        (800_000, 1, Some(25.0)),
        (90_000, 1, None),
        (4_000_000, 10, Some(5.0)),
    ];
    for (measured_us, length, wanted) in rows {
        let second = Second { measured_us, length, ..second(3, Some(100)) };
        assert_eq!(second.per_second(), wanted, "{measured_us} of {length}");
    }
}

#[test]
fn steps_are_1_2_5() {
    for (rough, wanted) in [(0.3, 0.5), (1.0, 1.0), (1.1, 2.0), (3.0, 5.0), (7.0, 10.0), (120.0, 200.0), (0.0, 1.0)] {
        assert!((nice_step(rough) - wanted).abs() < 1e-9, "{rough}");
    }
}

#[test]
fn axes_end_and_tick_at_round_numbers() {
    let rows: [(f64, Unit, f64, &[&str]); 8] = [
        (60.0, Unit::Count, 60.0, &["0", "20", "40", "60"]),
        (3.0, Unit::Count, 3.0, &["0", "1", "2", "3"]),
        (0.0, Unit::Count, 1.0, &["0", "1"]),
        (2.0, Unit::PerSecond, 2.0, &["0", "1", "2"]),
        (0.0, Unit::PerSecond, 1.0, &["0", "0.5", "1"]),
        (310_000.0, Unit::Time, 400_000.0, &["0", "100 ms", "200 ms", "300 ms", "400 ms"]),
        (4_100_000.0, Unit::Time, 6_000_000.0, &["0", "2 s", "4 s", "6 s"]),
        (12.0, Unit::Percent, 15.0, &["0 %", "5 %", "10 %", "15 %"]),
    ];
    for (max, unit, top, labels) in rows {
        assert_eq!(nice_top(max, 4, unit), top, "{max}");
        let scale = Scale::linear(0.0, top, 100.0, 0.0);
        let got: Vec<String> = ticks(&scale, 4, unit).into_iter().map(|tick| tick.label).collect();
        assert_eq!(got, labels, "{max}");
    }
    let log = Scale::log(1_000.0, 1_000_000.0, 100.0, 0.0);
    let got: Vec<(String, f64)> =
        ticks(&log, 4, Unit::Time).into_iter().map(|tick| (tick.label, tick.px.round())).collect();
    assert_eq!(got.len(), 4, "{got:?}");
    assert_eq!(got[1], ("10 ms".to_owned(), 67.0));
    assert!((log.value(log.px(20_000.0)) - 20_000.0).abs() < 1.0);
    assert_eq!(label(0.5, Unit::PerSecond), "0.5");
}

#[test]
fn time_ticks_are_on_whole_times() {
    for (to, wanted) in [
        (30.0, &["00:00", "00:10", "00:20", "00:30"][..]),
        (660.0, &["00:00", "05:00", "10:00"]),
        (3_600.0, &["00:00", "15:00", "30:00", "45:00", "1:00:00"]),
    ] {
        let got: Vec<String> =
            time_ticks(&Scale::linear(0.0, to, 0.0, 100.0), 4).into_iter().map(|t| t.label).collect();
        assert_eq!(got, wanted);
    }
}

#[test]
fn a_live_axis_grows_at_once_and_shrinks_late() {
    assert_eq!(settle_top(None, 50.0, 3), (50.0, 3));
    assert_eq!(settle_top(Some((50.0, 3)), 100.0, 4), (100.0, 4));
    assert_eq!(settle_top(Some((100.0, 4)), 50.0, 9), (100.0, 4));
    assert_eq!(settle_top(Some((100.0, 4)), 50.0, 14), (50.0, 14));
}

#[test]
fn a_second_without_answers_is_a_gap() {
    let value = |at, value| Value { at, span: 1, value };
    let draw = |values: &[Value]| {
        let points = thin(values.iter().copied(), |x| x * 10.0, |y| 10.0 - y);
        (path::line(&points), path::steps(&points), path::area(&points, 10.0))
    };
    let rows: [(&[Value], &str, &str, &str); 4] = [
        (&[value(0, Some(1.0)), value(1, Some(2.5))], "M5 9L15 7.5", "M5 9H15V7.5", "M5 10L5 9L15 7.5V10Z"),
        (&[value(0, Some(1.0)), value(1, None), value(2, Some(2.0))], "M5 9h0M25 8h0", "M5 9h0M25 8h0", ""),
        (
            &[value(0, Some(1.0)), value(3, Some(2.0)), value(4, Some(0.0))],
            "M5 9h0M35 8L45 10",
            "M5 9h0M35 8H45V10",
            "M35 10L35 8L45 10V10Z",
        ),
        (&[value(0, None)], "", "", ""),
    ];
    for (values, line, steps, area) in rows {
        assert_eq!(draw(values), (line.to_owned(), steps.to_owned(), area.to_owned()));
    }
}

#[test]
fn a_spike_is_never_thinned_away() {
    let values = (0..3_600).map(|at| Value {
        at,
        span: 1,
        value: Some(if at == 1_801 { 900.0 } else { 10.0 + f64::from(at % 3) }),
    });
    let points = thin(values, |x| x / 36.0, |y| 1_000.0 - y);
    assert!(points.len() <= 202, "{}", points.len());
    assert!(points.iter().any(|point| point.y == 100.0));
    assert!(points.is_sorted_by_key(|point| point.x));
}

#[test]
fn the_chart_of_response_times() {
    let seconds = [second(0, Some(100)), second(1, Some(200)), second(2, None), second(3, Some(100))];
    let goals = [("goal 250 ms".to_owned(), 250_000), ("goal 2 s".to_owned(), 2_000_000)];
    let markers = [(2, "stopped".to_owned()), (9, "outside".to_owned())];
    let drawn = chart(Kind::Time, Source { goals: &goals, markers: &markers, ..source(&seconds) }, &frame(4.0));
    let paths: Vec<(&str, &str)> = drawn.series.iter().map(|series| (series.key, series.path.as_str())).collect();
    assert_eq!(
        paths,
        [("p50", "M12.5 41.7L37.5 33.3M87.5 41.7h0"), ("p95", "M12.5 33.3L37.5 16.7M87.5 33.3h0"), ("p99", "")]
    );
    assert_eq!(drawn.y_ticks.len(), 4);
    assert_eq!(drawn.goals.len(), 1, "a goal far above what is measured would flatten the chart");
    assert_eq!(drawn.moments.len(), 1);
    assert_eq!(
        drawn.summary,
        "Response time, 95 of 100: 100 ms at the start, 200 ms at most at 00:01, 100 ms at the end."
    );
}

#[test]
fn people_are_an_area_with_the_plan_behind() {
    let seconds: Vec<Second> = (0..4).map(|at| second(at, Some(1))).collect();
    let plan = [(0, 0.0), (4_000_000, 4.0)];
    let drawn = chart(Kind::People, Source { plan: &plan, ..source(&seconds) }, &frame(4.0));
    let paths: Vec<(&str, &str)> = drawn.series.iter().map(|series| (series.key, series.path.as_str())).collect();
    assert_eq!(
        paths,
        [
            ("planned", "M0 50L100 0"),
            ("active", "M12.5 50L12.5 50L37.5 37.5L62.5 25L87.5 12.5V50Z"),
            ("active", "M12.5 50L37.5 37.5L62.5 25L87.5 12.5"),
        ]
    );
}

#[test]
fn failures_are_bars() {
    use crate::traffic::Kind as Trouble;
    let mut seconds: Vec<Second> = (0..4).map(|at| second(at, Some(1))).collect();
    seconds[1].failed = vec![(Trouble::Status, 2), (Trouble::Refused, 2)];
    let drawn = chart(Kind::Failures, source(&seconds), &frame(4.0));
    assert_eq!(drawn.series[0].path, "M25 50V0h25V50Z");
    assert_eq!(drawn.summary, "Failures: 4.0 per second at most, at 00:01.");
}

#[test]
fn the_cursor_finds_the_nearest_second_and_stays_inside() {
    let seconds = [second(0, Some(100)), second(1, None), second(5, Some(300))];
    let x = Scale::linear(0.0, 10.0, 0.0, 100.0);
    for (px, wanted) in [(-5.0, 0), (5.0, 0), (14.0, 1), (30.0, 1), (40.0, 2), (500.0, 2)] {
        assert_eq!(nearest(&seconds, &x, px), Some(wanted), "{px}");
    }
    assert_eq!(nearest(&[], &x, 5.0), None);
    let at = |at, series| Cursor { at, series };
    for (from, key, wanted) in [
        (at(0, 0), Key::Seconds(-1), at(0, 0)),
        (at(1, 0), Key::Seconds(10), at(2, 0)),
        (at(0, 0), Key::Last, at(2, 0)),
        (at(2, 2), Key::Series(1), at(2, 0)),
        (at(2, 0), Key::Series(-1), at(2, 2)),
    ] {
        assert_eq!(move_cursor(from, key, seconds.len(), Kind::Time), wanted, "{from:?} {key:?}");
    }
    assert_eq!(hover::spoken(Kind::Time, &seconds, at(2, 1)).as_deref(), Some("00:05, 95 of 100: 300 ms"));
    assert_eq!(hover::spoken(Kind::Time, &seconds, at(1, 1)).as_deref(), Some("00:01, 95 of 100: no answers"));
}

#[test]
fn the_table_has_the_same_numbers_in_200_rows_at_most() {
    let seconds: Vec<Second> =
        (0..3_600).map(|at| second(at, (at != 7).then_some(if at == 1_800 { 900 } else { 10 }))).collect();
    let long = table(Kind::Time, &seconds);
    assert_eq!((long.rows.len(), long.seconds), (200, 18));
    assert!(long.rows.iter().any(|row| row[2] == "900 ms"), "no spike is lost");
    let short = table(Kind::Time, &seconds[..9]);
    assert_eq!(short.columns, ["Time", "typical", "95 of 100", "99 of 100"]);
    assert_eq!(short.rows[7], ["00:07", "no answers", "no answers", "no answers"]);
    assert_eq!(short.rows[8], ["00:08", "5 ms", "10 ms", "too few to say"]);
}

#[test]
fn labels_that_are_too_near_move_apart_or_together() {
    for (wanted, places) in [
        (&[50.0, 20.0][..], &[50.0, 20.0][..]),
        (&[50.0, 48.0, 52.0], &[60.0, 48.0, 72.0]),
        (&[99.0, 98.0], &[100.0, 88.0]),
        (&[-5.0], &[0.0]),
        (&[], &[]),
    ] {
        assert_eq!(spread(wanted, 12.0, 0.0, 100.0), places, "{wanted:?}");
    }
    assert_eq!(gather(&[10.0, 14.0, 19.0, 40.0], 10.0), [(0, 2), (3, 3)]);
}

#[test]
fn the_plan_is_drawn_only_where_people_were_planned() {
    let seconds: Vec<Second> = (0..2).map(|at| second(at, Some(1))).collect();
    assert_eq!(plan(&seconds), [(500_000, 10.0), (1_500_000, 10.0)]);
    let arrivals = Second { planned: 0, ..second(0, Some(1)) };
    assert_eq!(plan(&[arrivals]), []);
}

#[test]
fn a_plan_keeps_its_slope_where_only_a_part_is_shown_and_what_is_hidden_stretches_nothing() {
    let plan = [(0, 0.0), (60_000_000, 60.0), (120_000_000, 60.0)];
    let source = Source { seconds: &[], plan: &plan, goals: &[], markers: &[] };
    let part = Frame { from: 30.0, to: 90.0, ..frame(0.0) };
    let drawn = chart(Kind::People, source, &part);
    assert_eq!((drawn.y.to, drawn.series[0].path.as_str()), (60.0, "M0 25L50 0L100 0"));
    let slow = Second { p99_us: Some(9_000_000), ..second(0, Some(2_000)) };
    let source = Source { seconds: &[slow], plan: &[], goals: &[], markers: &[] };
    let all = chart(Kind::Time, source, &frame(10.0));
    let without = chart(Kind::Time, source, &Frame { hidden: 0b100, ..frame(10.0) });
    assert_eq!((all.series.len(), without.series.len()), (3, 2));
    assert!(all.y.to >= 9e6 && without.y.to <= 2e6, "{} {}", all.y.to, without.y.to);
}
