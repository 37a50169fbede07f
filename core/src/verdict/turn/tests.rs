#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::stats::Name;
use crate::stats::snapshot::{People, Row, Snapshot};
use crate::verdict::goal::Side;

/// Two minutes, one more person a second, 10 requests a second and person; `ms` and `rate` by people.
fn ramp(ms: impl Fn(u32) -> u64, rate: impl Fn(u32) -> u64) -> Timeline {
    let name = |label: &str| Name {
        id: String::new(),
        label: label.to_owned(),
        of: NameKind::Request,
        user_type: None,
        task: None,
    };
    let mut timeline = Timeline::new(vec![name("Browse"), name("Pay")], 0);
    for second in 0..120 {
        let people = second + 5;
        let row = |us: u64, count: u64| {
            let mut row = Row { ok: count, ..Row::default() };
            // A little spread, so that percentiles are not all the same.
            (0..count).for_each(|at| row.response.ok.record(us + us * at / count / 5));
            row
        };
        let count = rate(people);
        let rows = vec![row(50_000, count / 2), row(ms(people) * 1_000, count / 2)];
        let people = People { planned: people, active: people, leaving: 0 };
        timeline.push(&Snapshot { second, length_us: 1_000_000, people, rows, ..Snapshot::default() });
    }
    timeline
}

fn goal(ms: f64) -> Goal {
    Goal::new(Measure::Percentile(95.0), Side::Below, ms * 1e3)
}

#[test]
fn knees_are_found_where_they_are() {
    for knee in [30, 45, 60, 77, 90] {
        let timeline =
            ramp(|people| if people < knee { 100 } else { 100 + u64::from(people - knee) * 60 }, |n| u64::from(n) * 10);
        let point = turning_point(&timeline, &[]).unwrap();
        assert_eq!((point.turn, point.name.as_deref()), (Turn::Slower, Some("Pay")), "knee at {knee}");
        assert!(point.second.abs_diff(knee - 5) <= 10, "knee at {knee} s: found {} s", point.second);
        assert!(point.people.abs_diff(knee) <= knee / 10 + 5, "knee at {knee} people: found {}", point.people);
        assert!(point.from_us < point.to_us);
        let point = turning_point(&timeline, &[goal(300.0)]).unwrap();
        assert_eq!((point.goal.is_some() || point.turn == Turn::Slower, point.from_start), (true, false));
    }
}

#[test]
fn throughput_that_stops_growing_is_a_turning_point() {
    let timeline = ramp(|_| 100, |people| u64::from(people.min(70)) * 10);
    let point = turning_point(&timeline, &[]).unwrap();
    assert_eq!(point.turn, Turn::NoMoreThroughput);
    // It takes 20 % more people to see it.
    assert!((70..=95).contains(&point.people), "found at {} people", point.people);
}

#[test]
fn spikes_and_steady_runs_have_none() {
    for at in (10..120).step_by(9) {
        let timeline = ramp(|people| if people == at { 5_000 } else { 100 }, |people| u64::from(people) * 10);
        assert_eq!(turning_point(&timeline, &[goal(800.0)]), None, "a spike at {at} people");
    }
    let tiny = ramp(|people| if people < 60 { 1 } else { 4 }, |people| u64::from(people) * 10);
    assert_eq!(turning_point(&tiny, &[]), None, "a few milliseconds");
    assert_eq!(turning_point(&Timeline::new(Vec::new(), 0), &[goal(1.0)]), None, "nothing at all");
}

#[test]
fn a_goal_missed_from_the_start_says_so() {
    let point = turning_point(&ramp(|_| 900, |people| u64::from(people) * 10), &[goal(800.0)]).unwrap();
    assert_eq!((point.turn, point.goal, point.from_start, point.second), (Turn::GoalBroken, Some(0), true, 0));
}
