#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::plan::shape_stages;
use tidemark_core::scenario::{Scenario, Shape};
use tidemark_core::units::Span;

use crate::doc::edit::load::{points, snap_level, stages};
use crate::doc::edit::{Edit, LoadEdit};
use crate::doc::{Doc, Item};

/// The points after edits, as seconds and level.
fn check(edits: &[LoadEdit], wanted: &[(u64, f64)]) {
    let mut doc = Doc::open(Scenario::default());
    for edit in edits {
        doc.apply(&Edit::Load(edit.clone()), 0).unwrap();
    }
    let got: Vec<(u64, f64)> =
        points(&doc.scenario().load).into_iter().map(|(us, level)| (us / 1_000_000, level)).collect();
    assert_eq!(got, wanted, "{edits:?}");
}

const fn secs(secs: u64) -> u64 {
    secs * 1_000_000
}

#[test]
fn points_and_stages_are_the_same_thing() {
    use LoadEdit::{AddPoint, AddStage, Busy, MovePoint, MoveStage, Preset, RemoveStage, StageOver, StageTo};
    let day = || Preset(Shape::NormalDay);
    check(&[day()], &[(0, 0.0), (120, 60.0), (600, 60.0), (660, 0.0)]);
    check(&[day(), Busy(90)], &[(0, 0.0), (120, 90.0), (600, 90.0), (660, 0.0)]);
    check(&[day(), StageTo(1, 80.0)], &[(0, 0.0), (120, 60.0), (600, 80.0), (660, 0.0)]);
    check(&[day(), StageOver(0, Span::from_secs(60))], &[(0, 0.0), (60, 60.0), (540, 60.0), (600, 0.0)]);
    check(&[day(), MovePoint(1, secs(121), 61.0, true)], &[(0, 0.0), (120, 62.0), (600, 60.0), (660, 0.0)]);
    check(&[day(), MovePoint(1, secs(121), 61.0, false)], &[(0, 0.0), (121, 61.0), (600, 60.0), (660, 0.0)]);
    // Pushed along, never past.
    check(&[day(), MovePoint(1, secs(700), 60.0, true)], &[(0, 0.0), (700, 60.0), (700, 60.0), (700, 0.0)]);
    check(&[day(), MovePoint(2, secs(30), 40.0, true)], &[(0, 0.0), (30, 60.0), (30, 40.0), (660, 0.0)]);
    check(&[day(), MovePoint(0, secs(30), 10.0, true)], &[(0, 10.0), (120, 60.0), (600, 60.0), (660, 0.0)]);
    check(&[day(), AddPoint(secs(300), 100.0, true)], &[(0, 0.0), (120, 60.0), (300, 100.0), (600, 60.0), (660, 0.0)]);
    check(&[day(), AddStage(1)], &[(0, 0.0), (120, 60.0), (180, 60.0), (660, 60.0), (720, 0.0)]);
    check(&[day(), RemoveStage(1)], &[(0, 0.0), (120, 60.0), (180, 0.0)]);
    check(&[day(), MoveStage(2, 0)], &[(0, 0.0), (60, 0.0), (180, 60.0), (660, 60.0)]);
    check(&[day(), StageTo(0, 50.0), Busy(120)], &[(0, 0.0), (120, 100.0), (600, 120.0), (660, 0.0)]);
}

#[test]
fn a_removed_point_joins_its_neighbours() {
    use crate::doc::edit::FlowEdit;
    let mut doc = Doc::open(Scenario::default());
    doc.apply(&Edit::Load(LoadEdit::Preset(Shape::NormalDay)), 0).unwrap();
    let remove = |at| Edit::Flow(FlowEdit::Remove(vec![Item::Point(at)]));
    doc.apply(&remove(2), 0).unwrap();
    assert_eq!(stages(&doc.scenario().load).1, vec![(60.0, Span::from_secs(120)), (0.0, Span::from_secs(540))]);
    assert!(doc.apply(&remove(0), 0).is_err(), "the start stays");
}

#[test]
fn counting_arrivals_keeps_the_curve() {
    let mut doc = Doc::open(Scenario::default());
    doc.apply(&Edit::Load(LoadEdit::Preset(Shape::SuddenRush)), 0).unwrap();
    let before = points(&doc.scenario().load);
    doc.apply(&Edit::Load(LoadEdit::CountArrivals(true)), 0).unwrap();
    assert_eq!(points(&doc.scenario().load), before);
    assert!(doc.scenario().load.people.is_empty());
}

#[test]
fn every_preset_is_the_cores() {
    for shape in crate::text::load::PRESETS {
        for busy in [1, 60, 1_000] {
            let mut doc = Doc::open(Scenario::default());
            doc.apply(&Edit::Load(LoadEdit::Preset(shape)), 0).unwrap();
            doc.apply(&Edit::Load(LoadEdit::Busy(busy)), 0).unwrap();
            assert_eq!(stages(&doc.scenario().load), shape_stages(shape, busy), "{shape:?} {busy}");
        }
    }
}

#[test]
fn time_never_runs_backwards() {
    let mut dice = super::random::Dice(3);
    let mut doc = Doc::open(super::shop());
    for _ in 0..500 {
        let edit = match super::random::edit(doc.scenario(), &mut dice) {
            Edit::Load(edit) => edit,
            _ => LoadEdit::MovePoint(
                dice.below(6) as usize,
                secs(dice.below(900)),
                dice.below(300) as f64,
                dice.below(2) == 0,
            ),
        };
        let _ = doc.apply(&Edit::Load(edit), 0);
        let points = points(&doc.scenario().load);
        assert!(points.is_sorted_by_key(|point| point.0), "{points:?}");
        assert!(points.iter().all(|point| point.1 >= 0.0));
    }
}

#[test]
fn levels_snap_to_round_steps() {
    for (level, peak, wanted) in [(61.0, 60.0, 62.0), (3.4, 10.0, 3.0), (1_234.0, 4_000.0, 1_200.0), (0.4, 1.0, 0.0)] {
        assert_eq!(snap_level(level, peak), wanted, "{level} of {peak}");
    }
}
