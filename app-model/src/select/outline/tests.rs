#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod drawn;

use std::collections::BTreeSet;

use super::drag::{Landing, over_row, over_user};
use super::walk::{Walk, Walked, range, walk};
use super::{Outline, OutlineRow, Shown, closed, destinations, rows, shown};
use crate::doc::tests::shop;
use crate::doc::{Doc, Item, Lane};
use crate::text::edits as say;

fn outline(open: &[&str]) -> Vec<OutlineRow> {
    let scenario = shop();
    let expanded: BTreeSet<String> = open.iter().map(|id| (*id).to_owned()).collect();
    let of = Outline { scenario: &scenario, expanded: &expanded, problems: &[], trial: None, adding: None };
    rows(of, &scenario.users[0])
}

fn step(id: &str) -> Item {
    Item::Step(id.to_owned())
}

#[test]
fn arrows_lead_through_what_is_seen() {
    let rows = outline(&["search"]);
    let cases = [
        ("task-look", Walk::Down, "task-search"),
        ("task-search", Walk::Right, "step-find"),
        ("step-any", Walk::Down, "step-open"),
        ("step-open", Walk::Left, "step-any"),
        ("step-open", Walk::Up, "step-any"),
        ("save-find-0", Walk::Left, "step-find"),
        ("step-find", Walk::First, "arrival-visitor"),
        ("nowhere", Walk::Down, "arrival-visitor"),
    ];
    for (from, way, to) in cases {
        assert_eq!(walk(&rows, from, way), Walked::Row(to.to_owned()), "{from} {way:?}");
    }
    assert_eq!(walk(&rows, "task-look", Walk::Right), Walked::Fold("look".to_owned(), true));
    assert_eq!(walk(&rows, "task-search", Walk::Left), Walked::Fold("search".to_owned(), false));
    assert_eq!(walk(&rows, "step-any", Walk::Left), Walked::Fold(closed("any"), true));
    assert_eq!(walk(&rows, "arrival-visitor", Walk::Up), Walked::Nowhere);
}

#[test]
fn a_range_holds_one_kind_and_ends_where_the_keyboard_is() {
    let rows = outline(&["look"]);
    assert_eq!(range(&rows, "step-home", "step-read"), [step("home"), step("list"), step("read")]);
    assert_eq!(range(&rows, "step-read", "step-list"), [step("read"), step("list")]);
    assert_eq!(range(&rows, "step-home", "gone"), []);
}

#[test]
fn what_is_dragged_lands_where_the_line_is() {
    let rows = outline(&["look", "search"]);
    let lane = |id: &str| Lane::Task(id.to_owned());
    let cases = [
        ("read", "step-home", false, lane("look"), 0),
        ("home", "step-list", true, lane("look"), 1),
        ("home", "check-list-1", false, lane("look"), 1),
        ("home", "step-add-look", true, lane("look"), 3),
        ("home", "task-search", true, lane("search"), 0),
        ("home", "step-any", true, Lane::Then("any".to_owned()), 0),
        ("home", "lane-else-any", true, Lane::Otherwise("any".to_owned()), 0),
        ("home", "arrival-visitor", false, Lane::Arrival("visitor".to_owned()), 0),
    ];
    for (id, over, lower, lane, at) in cases {
        let Landing::Here(_, edit) = over_row(&shop(), &rows, &[step(id)], over, lower) else {
            panic!("{id} on {over}")
        };
        let mut doc = Doc::open(shop());
        doc.apply(&edit, 0).unwrap();
        assert_eq!(crate::doc::place::where_is(doc.scenario(), id), Some((lane, at)), "{id} on {over}");
    }
    assert_eq!(over_row(&shop(), &rows, &[step("home")], "step-home", true), Landing::Nothing);
    let into_itself = over_row(&shop(), &rows, &[step("any")], "step-open", true);
    assert_eq!(into_itself, Landing::Not(say::STEP_INTO_ITSELF.to_owned()));
}

#[test]
fn a_check_stays_on_requests() {
    let rows = outline(&["look", "search"]);
    let check = [Item::Check("list".to_owned(), 0)];
    for over in ["step-read", "task-search", "step-add-look", "step-any"] {
        assert_eq!(
            over_row(&shop(), &rows, &check, over, true),
            Landing::Not(say::ONLY_ON_REQUESTS.to_owned()),
            "{over}"
        );
    }
    let Landing::Here(_, edit) = over_row(&shop(), &rows, &check, "step-find", true) else { panic!("no landing") };
    let mut doc = Doc::open(shop());
    doc.apply(&edit, 0).unwrap();
    assert_eq!(doc.selection.main(), Some(&Item::Check("find".to_owned(), 0)));
    let Landing::Here(_, edit) = over_row(&shop(), &rows, &check, "check-list-1", true) else { panic!("no landing") };
    doc.undo();
    doc.apply(&edit, 0).unwrap();
    assert_eq!(doc.selection.main(), Some(&Item::Check("list".to_owned(), 1)));
}

#[test]
fn tasks_and_user_types_can_be_dragged_too() {
    let rows = outline(&["look"]);
    let task = [Item::Task("search".to_owned())];
    let order = |edit| {
        let mut doc = Doc::open(shop());
        doc.apply(&edit, 0).unwrap();
        let names = doc.scenario().users.iter().map(|user| {
            let tasks: Vec<&str> = user.tasks.iter().map(|task| &*task.id).collect();
            format!("{}: {}", user.id, tasks.join(" "))
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let cases = [
        (over_row(&shop(), &rows, &task, "task-look", false), "visitor: search look, member: buy browse"),
        (over_row(&shop(), &rows, &task, "arrival-visitor", true), "visitor: search look, member: buy browse"),
        (over_user(&shop(), &task, "member", false), "visitor: look, member: buy browse search"),
        (
            over_user(&shop(), &[Item::User("visitor".to_owned())], "member", true),
            "member: buy browse, visitor: look search",
        ),
    ];
    for (landing, wanted) in cases {
        let Landing::Here(_, edit) = landing else { panic!("{wanted}: {landing:?}") };
        assert_eq!(order(*edit), wanted);
    }
}

#[test]
fn nothing_is_moved_into_itself() {
    let scenario = shop();
    let labels = |items: &[Item]| destinations(&scenario, items).into_iter().map(|to| to.label).collect::<Vec<_>>();
    let any = labels(&[step("any")]);
    assert!(any.contains(&"Visitor › Search".to_owned()), "{any:?}");
    assert!(!any.iter().any(|label| label.contains("Yes")), "{any:?}");
    assert!(labels(&[step("find")]).iter().any(|label| label.ends_with("› Yes")));
    assert_eq!(labels(&[Item::Task("look".to_owned())]), ["Member"]);
    for to in destinations(&scenario, &[step("home")]) {
        assert!(Doc::open(shop()).apply(&to.edit, 0).is_ok(), "{}", to.label);
    }
}

#[test]
fn whose_steps_are_shown_follows_the_choice() {
    let mut doc = Doc::open(shop());
    assert_eq!(shown(doc.scenario(), &doc.selection), Shown::User("visitor".to_owned()));
    doc.select(vec![step("pay")]);
    assert_eq!(shown(doc.scenario(), &doc.selection), Shown::User("member".to_owned()));
    doc.select(Vec::new());
    assert_eq!(shown(doc.scenario(), &doc.selection), Shown::User("member".to_owned()));
}
