//! A practice run follows its plan, and says what a real one would.

use std::sync::Arc;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::Practice;
use crate::limit::End;
use crate::logbook::{Logbook, Maker};
use crate::plan::curve::Steer;
use crate::plan::parts::Plan;
use crate::plan::{Inputs, compile};
use crate::result::{self, Header};
use crate::scenario;
use crate::stats::snapshot::Snapshot;
use crate::verdict::{Ended, State};

const PEOPLE: &str = r#"[{ "name": "V", "pause": { "for": "500ms" }, "tasks": [
    { "name": "Look", "weight": 3, "steps": [{ "request": { "name": "Home", "url": "/" } }] },
    { "name": "Buy", "weight": 1, "steps": [
        { "request": { "name": "Basket", "method": "POST", "url": "/b", "save": [{ "name": "id", "json": "$.id" }] } },
        { "request": { "name": "Pay", "method": "POST", "url": "/pay/{{id}}" } }] }] }]"#;

fn plan(load: &str) -> Arc<Plan> {
    let text = format!(
        r#"{{ "format": 1, "targets": [{{ "url": "http://127.0.0.1:1" }}], "users": {PEOPLE}, "load": {load} }}"#
    );
    let (scenario, problems) = scenario::read(&text).expect("reads");
    assert!(problems.is_empty(), "{problems:?}");
    Arc::new(compile(&scenario, &Inputs { seed: 3, ..Inputs::default() }).expect("compiles"))
}

/// All seconds; more than an hour would be a run without end.
fn all(practice: &mut Practice) -> Vec<Snapshot> {
    std::iter::from_fn(|| practice.second()).take(3_600).collect()
}

fn active(seconds: &[Snapshot]) -> Vec<u32> {
    seconds.iter().map(|second| second.people.active).collect()
}

#[test]
fn people_come_and_go_as_planned_and_each_request_is_counted() {
    let plan = plan(r#"{ "people": [{ "to": 20, "over": "10s" }, { "to": 20, "over": "10s" }] }"#);
    let seconds = all(&mut Practice::new(plan.clone()));
    for (at, second) in seconds.iter().enumerate().take(20) {
        assert_eq!(second.people.planned, plan.load.curve.people((at as u64 + 1) * 1_000_000 - 1), "second {at}");
        assert!(second.people.active.abs_diff(second.people.planned) <= 1, "second {at}: {:?}", second.people);
    }
    assert!((20..23).contains(&seconds.len()), "{} seconds", seconds.len());
    let rows = seconds.iter().map(|second| second.all(&plan.names));
    let (ok, cut) = rows.fold((0, 0), |(ok, cut), row| (ok + row.ok, cut + row.cut));
    // About 0.55 s a round and 1.25 requests in it.
    let expected = plan.load.curve.area(u64::MAX) / 0.57 * 1.25;
    assert!((ok as f64 - expected).abs() < expected * 0.15, "{ok} of {expected}");
    assert_eq!(cut, 0);
}

#[test]
fn the_same_plan_is_the_same_practice() {
    let load = r#"{ "people": [{ "to": 5, "over": "0s" }, { "to": 5, "over": "8s" }] }"#;
    let sum = || {
        let plan = plan(load);
        let rows = all(&mut Practice::new(plan.clone()));
        rows.iter().map(|second| second.all(&plan.names).ok).collect::<Vec<_>>()
    };
    assert_eq!(sum(), sum());
}

#[test]
fn arrivals_come_at_their_rate_and_leave_when_done() {
    let plan = plan(r#"{ "arrivals": [{ "to": 10, "over": "0s" }, { "to": 10, "over": "10s" }] }"#);
    let seconds = all(&mut Practice::new(plan));
    assert_eq!(seconds.iter().map(|second| second.started).sum::<u64>(), 100);
    assert!(seconds.iter().all(|second| second.people.active < 30), "{:?}", active(&seconds));
    assert!(seconds.iter().all(|second| second.people.planned == 0), "arrivals are no people that were planned");
}

#[test]
fn it_can_be_held_changed_and_ended() {
    let mut practice = Practice::new(plan(r#"{ "people": [{ "to": 30, "over": "30s" }] }"#));
    let mut seconds: Vec<Snapshot> = (0..10).filter_map(|_| practice.second()).collect();
    assert!(practice.steer(Steer::Hold) && practice.steer(Steer::People(5)));
    seconds.extend((0..60).filter_map(|_| practice.second()));
    assert_eq!(active(&seconds)[60], 15, "{:?}", active(&seconds));
    practice.stop();
    assert!(!practice.steer(Steer::Resume), "it ends already");
    let rest = all(&mut practice);
    assert!(rest.len() < 5, "{} seconds to finish", rest.len());
    assert!(practice.second().is_none());
    let mut killed = Practice::new(plan(r#"{ "people": [{ "to": 30, "over": "0s" }, { "to": 30, "over": "30s" }] }"#));
    killed.second();
    killed.kill();
    assert!(killed.second().is_none());
}

#[test]
fn the_last_writing_request_gets_slow_late() {
    let plan = plan(r#"{ "people": [{ "to": 10, "over": "0s" }, { "to": 10, "over": "30s" }] }"#);
    let pay = plan.names.iter().position(|name| name.label == "Pay").expect("a line");
    let seconds = all(&mut Practice::new(plan.clone()));
    let mean = |part: &[Snapshot]| {
        let rows = part.iter().filter_map(|second| second.rows.get(pay));
        let (sum, count) = rows.fold((0.0, 0.0), |(sum, count), row| {
            (sum + row.phases.first_byte.sum_us as f64, count + row.phases.first_byte.count as f64)
        });
        sum / count
    };
    assert!(mean(&seconds[21..29]) > mean(&seconds[..19]) * 4.0);
}

#[test]
fn a_search_for_the_limit_steers_its_run_and_its_answer_is_in_the_file() {
    let plan = plan(r#"{ "limit": { "people": 40, "start": 5, "step": "4s", "confirm": "10s" } }"#);
    let by = Maker { made_by: String::new(), computer: String::new(), started_at: String::new(), practice: true };
    let (mut log, _) = Logbook::new(&plan, Header::of(&plan, serde_json::Value::Null, by));
    let mut practice = Practice::new(plan);
    let mut most = 0;
    while let Some(second) = practice.second() {
        most = most.max(second.people.active);
        let entry = log.second(&second);
        if let Some(level) = entry.level {
            assert!(practice.go_to(level));
        }
        if entry.stop {
            practice.stop();
        }
        assert!(practice.at() < 3_600, "it ends");
    }
    assert!(log.search_is_over());
    let closed = log.close(Ended::Finished, String::new());
    let opened = result::read(&closed.sealed()).expect("opens");
    let limit = opened.verdict.limit.expect("the answer is kept");
    let holds = limit.holds.unwrap_or_default();
    assert!(matches!(limit.end, End::Found | End::MostHeld) && (1.0..=40.0).contains(&holds), "{limit:?}");
    assert!(limit.breaks.is_none_or(|breaks| breaks > holds) && f64::from(most) >= holds && most <= 40, "{limit:?}");
    assert_eq!((opened.verdict.state, opened.events.len() >= 5), (State::HeldUp, true), "{:?}", opened.events);
    assert!(opened.header.searching && opened.header.planned_seconds.is_none());
}
