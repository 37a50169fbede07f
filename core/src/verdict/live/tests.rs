#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::stats::NameKind;
use crate::traffic::Kind;
use crate::units::Span;
use crate::verdict::goal::Side;

fn name() -> Name {
    Name { id: String::new(), label: "Pay".to_owned(), of: NameKind::Request, user_type: None, task: None }
}

/// A second with `count` requests of `ms`, `failed` of which failed.
fn second(second: u32, count: u64, ms: u64, failed: u64) -> Snapshot {
    let mut row = Row { ok: count - failed, ..Row::default() };
    row.failed.add(Kind::Status, failed);
    row.response.ok.record_n(ms * 1_000, count);
    Snapshot { second, length_us: 1_000_000, rows: vec![row], ..Snapshot::default() }
}

fn p95(ms: f64) -> Goal {
    Goal::new(Measure::Percentile(95.0), Side::Below, ms * 1e3)
}

#[test]
fn rules_to_stop_fire_once_and_only_when_they_lasted() {
    let rule =
        |hold| StopRule { goal: Goal::new(Measure::FailureShare, Side::Above, 0.5), hold: Span::from_secs(hold) };
    // (failed of 10 in each second; None: no answers), when it fires with a hold of 3 s.
    let rows: [(&[Option<u64>], Option<u32>); 6] = [
        (&[Some(6); 3], Some(2)),
        (&[Some(6); 2], None),
        (&[Some(5); 9], None),
        (&[Some(6), Some(6), Some(5), Some(6), Some(6), Some(6), Some(6)], Some(5)),
        (&[Some(6), None, Some(6)], Some(2)),
        (&[None; 9], None),
    ];
    for (seconds, wanted) in rows {
        let mut judge = Judge::new(&[name()], &[], &[rule(3)], 100);
        let mut fired = Vec::new();
        for (at, failed) in seconds.iter().enumerate() {
            let count = if failed.is_some() { 10 } else { 0 };
            fired.extend(judge.push(&second(at as u32, count, 1, failed.unwrap_or(0))));
        }
        let wanted: Vec<_> = wanted.map(|second| Event::Stop { rule: 0, second }).into_iter().collect();
        assert_eq!(fired, wanted, "{seconds:?}");
    }
    let mut at_once = Judge::new(&[name()], &[], &[rule(0)], 0);
    assert_eq!(at_once.push(&second(0, 10, 1, 6)).len(), 1);
}

#[test]
fn goals_break_and_recover_steadily_and_warm_up_does_not_count() {
    let mut judge = Judge::new(&[name()], &[p95(100.0).in_every(Span::from_secs(5))], &[], 10);
    let mut events = Vec::new();
    for at in 0..60 {
        let ms = if at < 10 || (20..30).contains(&at) { 500 } else { 50 };
        events.extend(judge.push(&second(at, 30, ms, 0)));
    }
    let kinds: Vec<_> = events
        .iter()
        .map(|event| match event {
            Event::Broken { second, .. } => ("broken", *second),
            Event::Recovered { second, .. } => ("met again", *second),
            Event::Stop { second, .. } => ("stop", *second),
        })
        .collect();
    assert_eq!(kinds, [("broken", 22), ("met again", 36)]);
    assert_eq!(judge.worst()[0].map(|worst| worst.got), Some(500_000.0));
}

#[test]
fn windows_are_whole_before_they_are_judged() {
    let mut judge = Judge::new(&[name()], &[p95(100.0).in_every(Span::from_secs(30))], &[], 0);
    (0..29).for_each(|at| drop(judge.push(&second(at, 30, 500, 0))));
    assert_eq!(judge.worst(), [None]);
    judge.push(&second(29, 30, 500, 0));
    assert!(judge.worst()[0].is_some());
}

#[test]
fn a_rule_about_a_name_that_is_not_there_never_fires() {
    let goal = Goal::new(Measure::FailureShare, Side::Above, 0.5);
    for (goal, fires) in [(goal.clone(), true), (goal.clone().about("Pay"), true), (goal.about("Pray"), false)] {
        let mut judge = Judge::new(&[name()], &[], &[StopRule { goal, hold: Span::ZERO }], 0);
        assert_eq!(!judge.push(&second(0, 10, 1, 10)).is_empty(), fires);
    }
}
