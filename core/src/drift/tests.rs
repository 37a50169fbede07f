//! Drift that is there is found and dated, and none is found where there is none.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Drift, Shape, What, drifts};
use crate::plan::dice::Dice;
use crate::stats::snapshot::{People, Row, Snapshot};
use crate::stats::timeline::Timeline;
use crate::stats::{Name, NameKind};
use crate::traffic::Kind;
use crate::watch::{Source, Track, Unit, Watched};

/// How much slower an answer is at a second, as a factor, and how many of 100 requests fail.
type At = fn(u32) -> (f64, u64);

/// Two steps with 20 requests each a second, whose seconds remember the one before; only the second one changes.
fn timeline(seconds: u32, seed: u64, at: At) -> Timeline {
    let name = |label: &str| Name {
        id: String::new(),
        label: label.to_owned(),
        of: NameKind::Request,
        user_type: None,
        task: None,
    };
    let mut timeline = Timeline::new(vec![name("Look"), name("Pay")], 0);
    let (mut dice, mut levels) = (Dice::new(seed, 0), [0.0; 2]);
    for second in 0..seconds {
        let (slower, failing) = at(second);
        let rows = [(1.0, 0), (slower, failing)].into_iter().enumerate().map(|(step, (slower, failing))| {
            levels[step] = 0.8 * levels[step] + 0.1 * dice.normal();
            let failed = (0..20).filter(|_| dice.below(100) < failing).count() as u64;
            let mut row = Row { ok: 20 - failed, ..Row::default() };
            row.failed.add(Kind::Status, failed);
            let us = 80_000.0 * slower * (levels[step] + 0.3 * dice.normal()).exp();
            row.response.ok.record_n(us as u64, 20 - failed);
            row.service = row.response.clone();
            row
        });
        let people = People { planned: 40, active: 40, leaving: 0 };
        let rows = rows.collect();
        timeline.push(&Snapshot { second, length_us: 1_000_000, people, rows, ..Snapshot::default() });
    }
    timeline
}

fn growing(second: u32) -> f64 {
    f64::from(second.saturating_sub(300)) / 600.0
}

#[test]
fn what_grows_is_found_in_its_step_and_dated() {
    let rows: [(At, What, Shape, f64); 3] = [
        (|second| (1.0 + 2.0 * growing(second), 0), What::Slower, Shape::Grew, 150.0),
        (|second| (if second < 300 { 1.0 } else { 2.0 }, 0), What::Slower, Shape::Jumped, 60.0),
        (|second| (1.0, (growing(second) * 20.0) as u64), What::Failing, Shape::Grew, 150.0),
    ];
    for (at, what, shape, off) in rows {
        let found = drifts(&timeline(900, 1, at));
        let pay = found.iter().find(|drift| drift.what == what && drift.name.is_some());
        let right = |pay: &Drift| {
            pay.name.as_deref() == Some("Pay") && pay.shape == shape && (f64::from(pay.since) - 300.0).abs() <= off
        };
        assert!(pay.is_some_and(right), "{what:?} {shape:?}: {found:?}");
        assert!(found.iter().all(|drift| drift.to > drift.from && drift.what == what), "{found:?}");
    }
    assert!(drifts(&timeline(600, 2, |_| (1.0, 1))).is_empty());
}

#[test]
fn a_short_run_and_a_growing_load_have_none() {
    assert!(drifts(&timeline(240, 1, |second| (1.0 + f64::from(second) / 50.0, 0))).is_empty(), "four minutes");
    let mut timeline = Timeline::new(timeline(1, 1, |_| (1.0, 0)).names().to_vec(), 0);
    for second in 0..1_200 {
        let mut row = Row { ok: 60, ..Row::default() };
        row.response.ok.record_n(u64::from(50_000 + second * 100), 60);
        let people = People { planned: 1 + second / 10, active: 1 + second / 10, leaving: 0 };
        timeline.push(&Snapshot { second, length_us: 1_000_000, people, rows: vec![row], ..Snapshot::default() });
    }
    assert!(drifts(&timeline).is_empty(), "slower with more people is no drift");
    assert!(drifts(&Timeline::new(Vec::new(), 0)).is_empty());
}

#[test]
fn sentences_say_what_and_since_when() {
    let drift = Drift {
        what: What::Slower,
        name: None,
        from: 120_000.0,
        to: 310_000.0,
        since: 860,
        from_start: false,
        shape: Shape::Grew,
    };
    let rows = [
        (
            drift.clone(),
            "While the load stayed the same, answers got slower bit by bit, from 14:20 on: 95 of 100 within 120 ms before, \
             310 ms at the end.",
        ),
        (
            Drift { name: Some("Pay".to_owned()), shape: Shape::Jumped, ..drift.clone() },
            "While the load stayed the same, “Pay” got slower at 14:20, all at once: 95 of 100 within 120 ms before, 310 ms \
             at the end.",
        ),
        (
            Drift { what: What::Failing, from: 0.0, to: 0.02, from_start: true, ..drift },
            "While the load stayed the same, failures grew bit by bit, from the start on: none before, 1 in 50 at the end.",
        ),
    ];
    for (drift, wanted) in rows {
        assert_eq!(drift.sentence(), wanted);
    }
}

/// Memory of something that is watched, second by second.
fn memory(name: &str, level: impl Fn(u32) -> f64) -> Watched {
    let mut dice = Dice::new(3, 7);
    let mut noisy = |second| (second, level(second) * (1.0 + 0.02 * dice.normal()));
    let points = (0..900).map(&mut noisy).collect();
    let track = Track { source: 0, name: name.to_owned(), unit: Unit::Bytes, step: 1, points };
    let source = Source { name: "app".to_owned(), ..Source::default() };
    Watched { sources: vec![source], tracks: vec![track] }.sealed()
}

#[test]
fn memory_that_grows_under_a_steady_load_is_dated_and_other_memory_is_not() {
    let steady = timeline(900, 1, |_| (1.0, 0));
    let leaks = |second: u32| 2e8 * (1.0 + growing(second));
    let found = super::growing(&steady, &memory("process_resident_memory_bytes", leaks));
    let [leak] = &found[..] else { panic!("{found:?}") };
    assert_eq!((leak.what, leak.shape, leak.from_start), (What::Memory, Shape::Grew, false));
    assert!(leak.since.abs_diff(300) <= 150 && leak.to > 3.4e8, "{leak:?}");
    let sentence = leak.sentence();
    assert!(
        sentence.starts_with("While the load stayed the same, “process_resident_memory_bytes of app” grew"),
        "{sentence}"
    );
    assert!(super::growing(&steady, &memory("memory", |_| 2e8)).is_empty(), "it stays");
    assert!(
        super::growing(&steady, &memory("node_memory_MemAvailable_bytes", leaks)).is_empty(),
        "more room is no leak"
    );
    assert!(super::growing(&timeline(200, 1, |_| (1.0, 0)), &memory("memory", leaks)).is_empty(), "too short to say");
    assert!(super::growing(&Timeline::new(Vec::new(), 0), &memory("memory", leaks)).is_empty());
}
