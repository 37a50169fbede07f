#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::doc::edit::{Edit, FlowEdit, LoadEdit, Mix, RequestEdit, ShareEdit, StepEdit, Way};
use crate::doc::{Item, Lane};
use crate::model::Model;
use crate::msg::Msg;
use crate::select::outline::acts::{Doing, acts};
use crate::select::outline::table::{CHILD, EMPTY, GAP, HEAD, ROW, Sheet, sheet};
use crate::select::turned::turned;
use crate::update::tests::open;
use crate::update::update;

fn own(text: &str) -> String {
    text.to_owned()
}

fn step(id: &str) -> Item {
    Item::Step(own(id))
}

fn opened(ids: &[&str]) -> Model {
    let mut model = open();
    for id in ids {
        update(&mut model, Msg::Expand(own(id), true));
    }
    model
}

fn drawn(model: &Model) -> Sheet {
    sheet(None, model, None)
}

#[test]
fn each_row_begins_where_the_one_before_ends() {
    let model = opened(&["look"]);
    let rows = drawn(&model).0;
    assert_eq!(rows.place("arrival-visitor"), Some((0.0, HEAD)));
    assert_eq!(rows.place("step-add-arrival-visitor"), Some((HEAD, ROW)));
    let (top, _) = rows.place("task-look").unwrap();
    assert!(top > HEAD + ROW + GAP - 1e-9, "cards keep a distance: {top}");
    let (home, check) = (rows.place("step-home").unwrap(), rows.place("check-home-0").unwrap());
    assert_eq!((home, check), ((top + HEAD, ROW), (top + HEAD + ROW, CHILD)));
    let frames = rows.frames(0.0, rows.length());
    assert_eq!(frames.len(), 4);
    assert!((frames[3].top + frames[3].height - rows.length()).abs() < 1e-9);
    for (at, row) in rows.rows().iter().enumerate() {
        let (top, height) = rows.place(&row.id).unwrap();
        assert_eq!(
            rows.at_height(top + height * 0.25).map(|(row, lower)| (&*row.id, lower)),
            Some((&*row.id, false)),
            "{at}"
        );
        assert_eq!(
            rows.at_height(top + height * 0.75).map(|(row, lower)| (&*row.id, lower)),
            Some((&*row.id, true)),
            "{at}"
        );
    }
}

#[test]
fn only_what_is_seen_and_the_row_of_the_keyboard_is_on_the_page() {
    let model = opened(&["look", "search"]);
    let rows = drawn(&model).0;
    let (top, _) = rows.place("step-list").unwrap();
    let seen = rows.window(top, top + ROW, "");
    assert!(seen.contains(&own("step-list")) && seen.len() <= 2, "{seen:?}");
    assert_eq!(rows.window(top, top + ROW, "arrival-visitor").first(), Some(&own("arrival-visitor")));
    assert_eq!(rows.window(top, top + ROW, "leaving-visitor").last(), Some(&own("leaving-visitor")));
    assert_eq!(rows.window(0.0, rows.length(), "").len(), rows.rows().len());
    assert_eq!(rows.window(0.0, 1.0, "gone").len(), 1);
}

#[test]
fn choosing_leaves_the_rows_as_they_are_and_changing_does_not() {
    let mut model = opened(&["look"]);
    let first = drawn(&model);
    update(&mut model, Msg::Select(vec![step("list")]));
    assert_eq!(sheet(Some(&first), &model, None), first);
    let adding = (Lane::Task(own("look")), 1);
    let typing = sheet(Some(&first), &model, Some(&adding));
    assert!(typing.0.row("step-quick").is_some());
    update(&mut model, Msg::DeleteChosen);
    assert!(sheet(Some(&first), &model, None).0.row("step-list").is_none());
    update(&mut model, Msg::Select(vec![Item::User(own("member"))]));
    assert!(drawn(&model).0.row("task-buy").is_some());
}

#[test]
fn an_empty_task_asks_what_happens_in_it() {
    let mut model = open();
    update(&mut model, Msg::Edit(Edit::Flow(FlowEdit::AddTask(own("visitor"), own("Pay"), 9))));
    let task = drawn(&model).0.rows().iter().rev().find_map(|row| match &row.item {
        Some(Item::Task(id)) => Some(id.clone()),
        _ => None,
    });
    let task = task.unwrap();
    update(&mut model, Msg::Expand(task.clone(), true));
    let rows = drawn(&model).0;
    let add = rows.row(&format!("step-add-{task}")).unwrap();
    assert!(add.asks());
    assert_eq!(rows.place(&add.id).map(|place| place.1), Some(EMPTY));
}

#[test]
fn a_step_is_added_behind_the_row_where_the_keyboard_is() {
    let rows = drawn(&opened(&["look", "search"])).0;
    let look = || Lane::Task(own("look"));
    for (row, wanted) in [
        ("step-home", (look(), 1)),
        ("check-list-0", (look(), 2)),
        ("task-look", (look(), 4)),
        ("step-add-look", (look(), 4)),
        ("lane-else-any", (Lane::Otherwise(own("any")), 0)),
    ] {
        assert_eq!(rows.after(row), Some(wanted), "{row}");
    }
    assert_eq!(rows.after("gone"), None);
    let all = rows.neighbours("step-list");
    assert_eq!((all.len(), all.last()), (4, Some(&step("list"))));
}

#[test]
fn a_menu_says_why_something_can_t_be_done() {
    let mut model = open();
    let why = |model: &Model, item: &Item, word: &str| {
        acts(model, item).into_iter().find(|act| act.word == word).map(|act| act.not_now)
    };
    assert_eq!(why(&model, &step("home"), "up").as_deref(), Some("This is the first already."));
    assert_eq!(why(&model, &step("home"), "down").as_deref(), Some(""));
    assert_eq!(why(&model, &step("home"), "unwrap"), None);
    assert_eq!(why(&model, &step("open"), "out").as_deref(), Some(""));
    assert_eq!(why(&model, &Item::Task(own("look")), "move-to").as_deref(), Some(""));
    assert_eq!(why(&model, &Item::User(own("visitor")), "exactly").as_deref(), Some(""));
    assert_eq!(acts(&model, &Item::Goal(0)), []);
    // Each line that sends a change of its own makes it, and one undo takes it back.
    for word in ["wrap-repeat", "wrap-only-if", "extract"] {
        let before = text(&model);
        let act = acts(&model, &step("home")).into_iter().find(|act| act.word == word).unwrap();
        let Doing::Send(msg) = act.does else { panic!("{word} sends nothing") };
        update(&mut model, *msg);
        assert_ne!(text(&model), before, "{word}");
        update(&mut model, Msg::Undo);
        assert_eq!(text(&model), before, "{word}");
    }
}

fn text(model: &Model) -> String {
    tidemark_core::scenario::write(model.test.as_ref().unwrap().doc.scenario())
}

#[test]
fn undo_goes_to_what_it_changed_and_says_what_that_is() {
    let mut model = opened(&["look"]);
    let rename = |id: &str| Msg::Edit(Edit::Step(StepEdit::Request(own(id), RequestEdit::Name(own("Other")))));
    type Row = (&'static str, Msg, &'static [&'static str], Option<&'static str>);
    let border = ShareEdit::Border(Mix::Tasks(own("visitor")), 0, 300);
    let rows: [Row; 5] = [
        ("renamed", rename("list"), &["step-list"], Some("step-list")),
        ("shares", Msg::Edit(Edit::Share(border)), &["task-look", "task-search"], Some("task-look")),
        ("elsewhere", rename("pay"), &["step-pay"], Some("step-pay")),
        ("removed", Msg::Edit(Edit::Flow(FlowEdit::Remove(vec![step("list")]))), &["step-list"], Some("step-list")),
        (
            "moved",
            Msg::Edit(Edit::Flow(FlowEdit::Nudge(step("home"), Way::Down))),
            &["step-home", "step-list"],
            Some("step-home"),
        ),
    ];
    for (name, msg, wanted, place) in rows {
        update(&mut model, Msg::Select(vec![step("view")]));
        let (before, _) = turned(&model);
        update(&mut model, msg);
        update(&mut model, Msg::Select(vec![step("view")]));
        update(&mut model, Msg::Undo);
        let (after, changed) = turned(&model);
        assert_eq!(after, before + 1, "{name}");
        assert_eq!(changed.iter().map(String::as_str).collect::<Vec<_>>(), wanted, "{name}");
        let main = crate::select::outline::table::main(&model);
        assert_eq!(Some(main.as_str()), place, "{name}");
    }
    update(&mut model, Msg::Edit(Edit::Load(LoadEdit::Busy(90))));
    update(&mut model, Msg::Undo);
    assert!(turned(&model).1.is_empty(), "the load has no rows");
}
