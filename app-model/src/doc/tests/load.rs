#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::plan::shape_stages;
use tidemark_core::scaling::Along;
use tidemark_core::scenario::{Scenario, Shape};
use tidemark_core::units::Span;

use crate::doc::edit::load::{SearchEdit, points, search, snap_level, stages};
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

#[test]
fn how_the_limit_is_looked_for_is_written_in_as_few_words_as_say_it() {
    let mut doc = Doc::open(Scenario::default());
    let ten = Span::from_secs(10);
    let now = |doc: &Doc| {
        let found = search(&doc.scenario().load).unwrap();
        (found.most, found.start, found.step, found.confirm)
    };
    doc.apply(&Edit::Load(LoadEdit::Preset(Shape::FindTheLimit)), 0).unwrap();
    let usual = (600.0, 15.0, ten, Span::from_secs(60));
    assert_eq!(now(&doc), usual);
    for (edit, wanted) in [
        (SearchEdit::Most(Some(200.0)), (200.0, 5.0, ten, Span::from_secs(60))),
        (SearchEdit::Start(Some(8.0)), (200.0, 8.0, ten, Span::from_secs(60))),
        (SearchEdit::Step(Some(Span::from_secs(20))), (200.0, 8.0, Span::from_secs(20), Span::from_secs(60))),
        (SearchEdit::Confirm(Some(Span::from_secs(180))), (200.0, 8.0, Span::from_secs(20), Span::from_secs(180))),
    ] {
        doc.apply(&Edit::Load(LoadEdit::Search(edit)), 0).unwrap();
        assert_eq!(now(&doc), wanted, "{edit:?}");
        let peak = points(&doc.scenario().load).iter().map(|point| point.1).fold(0.0, f64::max);
        assert_eq!(peak, wanted.0, "the curve is about this search: {edit:?}");
    }
    for refused in [SearchEdit::Most(Some(5.0)), SearchEdit::Start(Some(300.0)), SearchEdit::Most(Some(0.0))] {
        doc.apply(&Edit::Load(LoadEdit::Search(refused)), 0).unwrap_err();
    }
    for back in [SearchEdit::Most(None), SearchEdit::Start(None), SearchEdit::Step(None), SearchEdit::Confirm(None)] {
        doc.apply(&Edit::Load(LoadEdit::Search(back)), 0).unwrap();
    }
    assert_eq!((now(&doc), &doc.scenario().load.limit), (usual, &None));
}

#[test]
fn a_search_counts_arrivals_or_people_and_ends_where_another_plan_is_chosen() {
    let mut doc = Doc::open(Scenario::default());
    doc.apply(&Edit::Load(LoadEdit::Preset(Shape::FindTheLimit)), 0).unwrap();
    for (arrivals, along) in [(true, Along::Arrivals), (false, Along::People)] {
        doc.apply(&Edit::Load(LoadEdit::CountArrivals(arrivals)), 0).unwrap();
        let found = search(&doc.scenario().load).unwrap();
        assert_eq!((found.along, found.most), (along, 600.0));
    }
    doc.apply(&Edit::Load(LoadEdit::CountArrivals(true)), 0).unwrap();
    doc.apply(&Edit::Load(LoadEdit::Search(SearchEdit::Most(None))), 0).unwrap();
    assert_eq!(
        search(&doc.scenario().load).map(|found| found.along),
        Some(Along::Arrivals),
        "an empty most stays that"
    );

    doc.apply(&Edit::Load(LoadEdit::Preset(Shape::NormalDay)), 0).unwrap();
    assert_eq!((search(&doc.scenario().load), &doc.scenario().load.limit), (None, &None));
    doc.apply(&Edit::Load(LoadEdit::Search(SearchEdit::Start(None))), 0).unwrap_err();
}
