#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use tidemark_core::scenario::{Act, Scenario, Step};

use crate::doc::edit::{Edit, FlowEdit, Way};
use crate::doc::place::{lanes_of, roots};
use crate::doc::{Doc, Item, Lane};

/// The lists of steps as ids: `look[home list read view] any(open)`.
fn shape(scenario: &Scenario) -> String {
    fn list(steps: &[Step]) -> String {
        let step = |step: &Step| {
            let inside: String = lanes_of(step).iter().map(|(_, steps)| format!("({})", list(steps))).collect();
            format!("{}{inside}", step.id)
        };
        steps.iter().map(step).collect::<Vec<_>>().join(" ")
    }
    let name = |lane: &Lane| match lane {
        Lane::Task(id) | Lane::Group(id) => id.clone(),
        Lane::Arrival(id) => format!("+{id}"),
        Lane::Leaving(id) => format!("-{id}"),
        _ => String::new(),
    };
    let lists = roots(scenario).into_iter().filter(|(_, steps)| !steps.is_empty());
    lists.map(|(lane, steps)| format!("{}[{}]", name(&lane), list(steps))).collect::<Vec<_>>().join(" ")
}

fn small() -> Doc {
    let text = r#"{ "users": [ { "id": "u", "tasks": [
        { "id": "a", "steps": [ { "id": "1", "note": "x" }, { "id": "2", "note": "x" },
          { "id": "3", "repeat": { "times": 2, "steps": [ { "id": "4", "note": "x" } ] } } ] },
        { "id": "b", "steps": [ { "id": "5", "note": "x" },
          { "id": "6", "only_if": { "value": "v", "then": [ { "id": "7", "note": "x" } ] } } ] } ] } ] }"#;
    Doc::open(tidemark_core::scenario::read(text).unwrap().0)
}

fn own(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

/// One edit of the small document and what it leads to, or the reason why not.
fn check(edit: FlowEdit, wanted: Result<&str, &str>) {
    let mut doc = small();
    let name = format!("{edit:?}");
    let got = doc.apply(&Edit::Flow(edit), 0);
    let shown = shape(doc.scenario());
    match (got, wanted) {
        (Ok(_), Ok(wanted)) => assert_eq!(shown, wanted, "{name}"),
        (Err(refused), Err(reason)) => assert_eq!(refused.0, reason, "{name}"),
        (got, _) => panic!("{name}: {got:?} {shown}"),
    }
}

#[test]
fn steps_move_anywhere_but_into_themselves() {
    let to = |ids: &[&str], lane, at| FlowEdit::MoveSteps(own(ids), lane, at);
    let task = |id: &str| Lane::Task(id.to_owned());
    let inside = |id: &str| Lane::Inside(id.to_owned());
    check(to(&["1"], task("a"), 2), Ok("a[2 1 3(4)] b[5 6(7)()]"));
    check(to(&["2"], task("a"), 0), Ok("a[2 1 3(4)] b[5 6(7)()]"));
    check(to(&["1", "5"], task("a"), 3), Ok("a[2 3(4) 1 5] b[6(7)()]"));
    check(to(&["1"], inside("3"), 0), Ok("a[2 3(1 4)] b[5 6(7)()]"));
    check(to(&["4"], Lane::Otherwise("6".to_owned()), 0), Ok("a[1 2 3()] b[5 6(7)(4)]"));
    check(to(&["3", "4"], task("b"), 0), Ok("a[1 2] b[3(4) 5 6(7)()]"));
    check(to(&["3"], inside("3"), 0), Err("A step can't be moved into itself."));
    check(to(&["9"], task("a"), 0), Err("That is not there any more."));
}

#[test]
fn one_place_up_down_in_and_out() {
    let nudge = |id: &str, way| FlowEdit::Nudge(Item::Step(id.to_owned()), way);
    check(nudge("2", Way::Up), Ok("a[2 1 3(4)] b[5 6(7)()]"));
    check(nudge("1", Way::Up), Err("This is the first already."));
    check(nudge("2", Way::Down), Ok("a[1 3(4) 2] b[5 6(7)()]"));
    check(nudge("3", Way::Down), Err("This is the last already."));
    check(nudge("4", Way::Out), Ok("a[1 2 3() 4] b[5 6(7)()]"));
    check(nudge("1", Way::Out), Err("This is in nothing else already."));
    check(nudge("2", Way::Into), Ok("a[1 3(2 4)] b[5 6(7)()]"));
    check(nudge("1", Way::Into), Err("No step next to this one can hold steps."));
    check(FlowEdit::Nudge(Item::Task("b".to_owned()), Way::Up), Ok("b[5 6(7)()] a[1 2 3(4)]"));
}

#[test]
fn steps_are_grouped_reused_and_taken_apart() {
    check(FlowEdit::Wrap(own(&["1", "3"]), "G".to_owned()), Ok("a[s1(1 3(4)) 2] b[5 6(7)()]"));
    check(FlowEdit::Wrap(own(&["1", "5"]), "G".to_owned()), Err("Choose steps of the same list."));
    check(FlowEdit::Extract(own(&["2", "3"]), "G".to_owned()), Ok("a[1 s1] b[5 6(7)()] g1[2 3(4)]"));
    check(FlowEdit::Unwrap("3".to_owned()), Ok("a[1 2 4] b[5 6(7)()]"));
    check(FlowEdit::Unwrap("6".to_owned()), Err("Its lists of steps can't be joined into one."));
    check(FlowEdit::Remove(vec![Item::Step("3".to_owned()), Item::Step("4".to_owned())]), Ok("a[1 2] b[5 6(7)()]"));
    check(FlowEdit::Copy(vec![Item::Step("3".to_owned())]), Ok("a[1 2 3(4) s1(s2)] b[5 6(7)()]"));
    check(FlowEdit::Copy(vec![Item::Task("b".to_owned())]), Ok("a[1 2 3(4)] b[5 6(7)()] t1[s1 s2(s3)()]"));
}

#[test]
fn a_reusable_group_that_is_removed_leaves_its_steps() {
    let mut doc = small();
    doc.apply(&Edit::Flow(FlowEdit::Extract(own(&["1", "2"]), "G".to_owned())), 0).unwrap();
    doc.apply(&Edit::Flow(FlowEdit::Remove(vec![Item::Group("g1".to_owned())])), 0).unwrap();
    assert_eq!(shape(doc.scenario()), "a[s1 s2 3(4)] b[5 6(7)()]");
}

#[test]
fn what_makes_no_sense_is_refused_with_the_reason() {
    let mut doc = small();
    let step = |act| Step { act, ..Step::default() };
    let insert = |lane: Lane, steps| Edit::Flow(FlowEdit::Insert(lane, 0, steps));
    // Five levels.
    let mut deep = step(Act::Note("x".to_owned()));
    for _ in 0..5 {
        let repeat = tidemark_core::scenario::Repeat { steps: vec![deep], ..Default::default() };
        deep = step(Act::Repeat(repeat));
    }
    let refused = doc.apply(&insert(Lane::Task("a".to_owned()), vec![deep]), 0).unwrap_err();
    assert_eq!(refused.0, "Steps can be nested 4 levels deep. Turn some into a reusable group.");
    let parallel = step(Act::Parallel(Default::default()));
    doc.apply(&insert(Lane::Task("a".to_owned()), vec![Step { id: "p".to_owned(), ..parallel }]), 0).unwrap();
    let refused = doc.apply(&insert(Lane::Inside("p".to_owned()), vec![step(Act::Note("x".to_owned()))]), 0);
    assert_eq!(refused.unwrap_err().0, "Only requests can be sent at the same time.");
    doc.apply(&Edit::Flow(FlowEdit::Extract(own(&["1"]), "G".to_owned())), 0).unwrap();
    let used = Act::Use(tidemark_core::scenario::UseGroup { group: "g1".to_owned(), ..Default::default() });
    let refused = doc.apply(&insert(Lane::Group("g1".to_owned()), vec![step(used)]), 0).unwrap_err();
    assert_eq!(refused.0, "A reusable group can't be used inside itself.");
}

#[test]
fn after_deleting_the_next_thing_is_chosen() {
    let step = |id: &str| Item::Step(id.to_owned());
    for (delete, wanted) in [
        (vec![step("1")], step("2")),
        (vec![step("3")], step("2")),
        (vec![step("4")], step("3")),
        (vec![step("1"), step("2")], step("3")),
        (vec![Item::Task("b".to_owned())], Item::Task("a".to_owned())),
    ] {
        let mut doc = small();
        doc.apply(&Edit::Flow(FlowEdit::Remove(delete.clone())), 0).unwrap();
        assert_eq!(doc.selection.main(), Some(&wanted), "{delete:?}");
    }
}
