#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::scenario::{Scenario, Task, UserType};

use crate::doc::Doc;
use crate::doc::edit::share::{parts, tenths};
use crate::doc::edit::{Edit, Mix, ShareEdit};

fn mix() -> Mix {
    Mix::Tasks("u1".to_owned())
}

fn doc(weights: &[f64]) -> Doc {
    let task = |(at, weight): (usize, &f64)| Task { name: format!("T{at}"), weight: *weight, ..Task::default() };
    let tasks = weights.iter().enumerate().map(task).collect();
    Doc::open(Scenario { users: vec![UserType { tasks, ..UserType::default() }], ..Scenario::default() })
}

fn weights(doc: &Doc) -> Vec<f64> {
    doc.scenario().users[0].tasks.iter().map(|task| task.weight).collect()
}

/// Weights, locked ones, the edit, and the weights after it or the reason why not.
fn check(before: &[f64], locked: &[usize], edit: ShareEdit, wanted: Result<&[f64], &str>) {
    let mut doc = doc(before);
    doc.locks = locked.iter().map(|at| format!("t{}", at + 1)).collect();
    let name = format!("{before:?} {edit:?}");
    match (doc.apply(&Edit::Share(edit), 0), wanted) {
        (Ok(_), Ok(wanted)) => assert_eq!(weights(&doc), wanted, "{name}"),
        (Err(refused), Err(reason)) => assert_eq!(refused.0, reason, "{name}"),
        (got, _) => panic!("{name}: {got:?}"),
    }
}

#[test]
fn one_share_changes_and_the_others_keep_their_proportions() {
    let percent = |at, tenths| ShareEdit::Percent(mix(), at, tenths);
    check(&[60.0, 25.0, 15.0], &[], percent(0, 200), Ok(&[200.0, 500.0, 300.0]));
    check(&[3.0, 1.0], &[], percent(1, 500), Ok(&[500.0, 500.0]));
    check(&[1.0, 1.0, 1.0], &[], percent(0, 333), Ok(&[333.0, 334.0, 333.0]));
    check(&[60.0, 25.0, 15.0], &[2], percent(0, 700), Ok(&[700.0, 150.0, 150.0]));
    check(&[60.0, 25.0, 15.0], &[], percent(0, 1_000), Ok(&[1_000.0, 0.0, 0.0]));
    check(&[1_000.0, 0.0, 0.0], &[], percent(0, 500), Ok(&[500.0, 250.0, 250.0]));
    check(&[60.0, 25.0, 15.0], &[1, 2], percent(0, 600), Ok(&[600.0, 250.0, 150.0]));
    check(&[60.0, 25.0, 15.0], &[2], percent(0, 900), Err("Only 85 % is left, because T2 is locked."));
    check(&[60.0, 25.0, 15.0], &[1, 2], percent(0, 500), Err("T0 stays at 60 %: nothing else can give or take."));
    check(&[5.0], &[], percent(0, 500), Err("T0 stays at 100 %: nothing else can give or take."));
}

#[test]
fn a_border_moves_between_two_neighbours_only() {
    let border = |at, tenths| ShareEdit::Border(mix(), at, tenths);
    check(&[60.0, 25.0, 15.0], &[], border(0, 700), Ok(&[700.0, 150.0, 150.0]));
    check(&[60.0, 25.0, 15.0], &[], border(1, 900), Ok(&[600.0, 400.0, 0.0]));
    check(&[60.0, 25.0, 15.0], &[1], border(0, 700), Err("T1 is locked."));
}

#[test]
fn parts_change_alone_and_all_can_be_made_equal() {
    check(&[3.0, 1.0], &[], ShareEdit::Parts(mix(), 1, 4.0), Ok(&[3.0, 4.0]));
    check(&[3.0, 1.0], &[], ShareEdit::Parts(mix(), 1, -1.0), Err("A share can't be below zero."));
    check(&[3.0, 1.0, 0.0], &[], ShareEdit::Equal(mix()), Ok(&[334.0, 333.0, 333.0]));
    check(&[3.0, 1.0], &[], ShareEdit::Match(mix(), vec![1, 3]), Ok(&[250.0, 750.0]));
    check(&[3.0, 1.0], &[], ShareEdit::Match(mix(), vec![0, 0]), Err("The last run picked none of these."));
}

#[test]
fn shares_always_add_up() {
    let mut dice = super::random::Dice(7);
    for _ in 0..200 {
        let count = dice.below(9) + 1;
        let before: Vec<f64> = (0..count).map(|_| dice.below(1_000) as f64 + 0.1).collect();
        let mut doc = doc(&before);
        let edit = ShareEdit::Percent(mix(), dice.below(count) as usize, dice.below(1_001) as u32);
        if doc.apply(&Edit::Share(edit), 0).is_ok() {
            assert_eq!(weights(&doc).iter().sum::<f64>(), 1_000.0, "{before:?}");
        }
        assert_eq!(tenths(&parts(doc.scenario(), &mix())).iter().sum::<u32>(), 1_000, "{before:?}");
    }
}
