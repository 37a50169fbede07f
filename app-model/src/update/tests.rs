#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod hold;
mod messages;
mod results;

use tidemark_core::scenario::{self, Act, PauseTime, Step};
use tidemark_core::units::Span;

use crate::doc::edit::{Edit, FlowEdit, LoadEdit, Mix, RequestEdit, ShareEdit, StepEdit, Way};
use crate::doc::tests::shop;
use crate::doc::{Item, Lane};
use crate::effect::{Effect, Order};
use crate::model::{Capabilities, Dialog, Failure, Model, Moment, Phase, RunHead, Second, Settings, TestCard};
use crate::msg::Msg;
use crate::route::{Route, Tab};
use crate::select;
use crate::text::notices;
use crate::update::update;

fn own(text: &str) -> String {
    text.to_owned()
}

fn now(ms: u64) -> Msg {
    Msg::Now(Moment { ms, ahead_minutes: 60 })
}

/// The shop's test, open, where requests can be sent.
pub(crate) fn open() -> Model {
    let mut model = Model::default();
    let can = Capabilities { send: true, ..Capabilities::default() };
    update(&mut model, Msg::Started(Box::new(can), Settings::default(), own("#/t/shop")));
    update(&mut model, Msg::TestRead(own("shop"), Ok(scenario::write(&shop()))));
    model
}

fn text(model: &Model) -> String {
    scenario::write(model.test.as_ref().unwrap().doc.scenario())
}

fn chosen(model: &Model) -> Option<Item> {
    model.test.as_ref().unwrap().doc.selection.main().cloned()
}

fn step(id: &str) -> Item {
    Item::Step(own(id))
}

#[test]
fn keyboard_and_mouse_make_the_same_document() {
    let wait = || Step { act: Act::Pause(PauseTime::For(Span::from_secs(1))), ..Step::default() };
    let mouse = [
        Msg::Edit(Edit::Flow(FlowEdit::Insert(Lane::Task(own("search")), 2, vec![wait()]))),
        Msg::DropSteps(vec![own("s1")], Lane::Then(own("any")), 1),
        Msg::DropSteps(vec![own("read")], Lane::Task(own("look")), 0),
        Msg::Edit(Edit::Flow(FlowEdit::Copy(vec![step("home")]))),
        Msg::Edit(Edit::Flow(FlowEdit::Switch(vec![step("list")], true))),
        Msg::Edit(Edit::Flow(FlowEdit::Remove(vec![step("view")]))),
        Msg::Edit(Edit::Share(ShareEdit::Border(Mix::Tasks(own("visitor")), 0, 300))),
        Msg::Edit(Edit::Load(LoadEdit::MovePoint(2, 320_000_000, 30.0, false))),
    ];
    let choose = |id: &str| Msg::Select(vec![step(id)]);
    let keys = [
        Msg::Edit(Edit::Flow(FlowEdit::Insert(Lane::Task(own("search")), 2, vec![wait()]))),
        Msg::NudgeChosen(Way::Into),
        choose("read"),
        Msg::NudgeChosen(Way::Up),
        Msg::NudgeChosen(Way::Up),
        choose("home"),
        Msg::CopyChosen,
        choose("list"),
        Msg::SwitchChosen,
        choose("view"),
        Msg::DeleteChosen,
        Msg::Edit(Edit::Share(ShareEdit::Percent(Mix::Tasks(own("visitor")), 0, 300))),
        Msg::Edit(Edit::Load(LoadEdit::StageTo(1, 30.0))),
        Msg::Edit(Edit::Load(LoadEdit::StageOver(1, Span::from_secs(20)))),
    ];
    let built = |messages: &[Msg]| {
        let mut model = open();
        // The curve starts alike: its last point is moved as a whole by the mouse, by its two numbers with keys.
        let stages = LoadEdit::Preset(scenario::Shape::AllDay);
        update(&mut model, Msg::Edit(Edit::Load(stages)));
        for (at, message) in messages.iter().enumerate() {
            update(&mut model, now(at as u64 * 5_000));
            update(&mut model, message.clone());
        }
        text(&model)
    };
    assert_eq!(built(&mouse), built(&keys));
}

#[test]
fn dragging_keys_and_menus_end_the_same_in_all_that_is_seen_and_heard() {
    let told = |effects: Vec<Effect>| -> Vec<Effect> {
        let heard = |effect: &Effect| matches!(effect, Effect::Focus(_) | Effect::Announce(_));
        effects.into_iter().filter(heard).collect()
    };
    let by_drag = |msg: Msg| {
        let mut model = open();
        let effects = update(&mut model, msg);
        (text(&model), chosen(&model), told(effects))
    };
    let by_keys = |item: Item, way: Way| {
        let mut model = open();
        update(&mut model, Msg::Select(vec![item]));
        let effects = update(&mut model, Msg::NudgeChosen(way));
        (text(&model), chosen(&model), told(effects))
    };
    let task = |id: &str| Item::Task(own(id));
    let rows = [
        (Msg::DropSteps(vec![own("home")], Lane::Task(own("look")), 2), step("home"), Way::Down),
        (Msg::DropSteps(vec![own("pay")], Lane::Task(own("buy")), 3), step("pay"), Way::Out),
        (Msg::Edit(Edit::Flow(FlowEdit::MoveTask(own("look"), own("visitor"), 2))), task("look"), Way::Down),
        (Msg::Edit(Edit::Flow(FlowEdit::MoveUser(own("member"), 0))), Item::User(own("member")), Way::Up),
    ];
    for (drag, item, way) in rows {
        let (dragged, nudged) = (by_drag(drag), by_keys(item.clone(), way));
        assert_eq!(dragged, nudged, "{item:?}");
        assert_eq!(dragged.2.len(), 2, "{:?}", dragged.2);
    }
    let (.., heard) = by_keys(step("home"), Way::Down);
    assert_eq!(heard[0], Effect::Announce(own("Home page moved. Now step 2 of 4 in Look around.")));
    assert_eq!(heard[1], Effect::Focus(own("step-home")));
}

#[test]
fn steps_are_cut_and_pasted_with_all_that_is_in_them() {
    let mut model = open();
    update(&mut model, Msg::Select(vec![step("checkout"), step("pay")]));
    let effects = update(&mut model, Msg::ClipChosen(true));
    let clip = effects.iter().find_map(|effect| match effect {
        Effect::Copy(text, clip) => Some((text.clone(), clip.clone())),
        _ => None,
    });
    let (clip, what) = clip.unwrap();
    let refused = update(&mut model, Msg::Copied(what.clone(), false));
    assert!(text(&model).contains("\"pay\""), "what is not on the clipboard stays");
    assert!(refused.contains(&Effect::Announce(own(notices::NOT_COPIED))), "{refused:?}");
    update(&mut model, Msg::Copied(what, true));
    assert!(!text(&model).contains("\"pay\""));
    update(&mut model, Msg::Select(vec![step("home")]));
    update(&mut model, Msg::PasteSteps(clip));
    let steps = &model.test.as_ref().unwrap().doc.scenario().users[0].tasks[0].steps;
    assert_eq!(steps[1].id, "checkout");
    assert_eq!(steps.len(), 5);
}

#[test]
fn a_step_is_typed_or_pasted_into_its_place() {
    let mut model = open();
    let lane = || Lane::Task(own("look"));
    let effects = update(&mut model, Msg::QuickAdd(lane(), 1, own("wait 2 s")));
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Focus(row) if row.starts_with("step-"))),
        "{effects:?}"
    );
    update(&mut model, Msg::QuickAdd(lane(), 0, own("curl -X POST http://127.0.0.1:4780/login")));
    let task = model.test.as_ref().unwrap().doc.scenario().users[0].tasks[0].clone();
    assert!(matches!(&task.steps[0].act, Act::Request(request) if request.method == "POST" && request.url == "/login"));
    assert!(matches!(task.steps[2].act, Act::Pause(_)));
    let before = text(&model);
    update(&mut model, Msg::QuickAdd(lane(), 0, own("xyzzy")));
    assert_eq!(text(&model), before);
}

#[test]
fn it_is_saved_half_a_second_after_the_last_change_and_two_after_the_first() {
    let mut model = open();
    let edit = |url: &str| Msg::Edit(Edit::Step(StepEdit::Request(own("home"), RequestEdit::Url(own(url)))));
    let saves = |effects: &[Effect]| effects.iter().filter(|effect| matches!(effect, Effect::SaveTest(..))).count();
    let mut first_save = None;
    for at in 0..20_u64 {
        update(&mut model, now(at * 200));
        let effects = update(&mut model, edit(&format!("/{at}")));
        let due = effects.iter().find_map(|effect| match effect {
            Effect::After(500, message) => Some((**message).clone()),
            _ => None,
        });
        // The message comes back half a second later, when more was typed.
        let revision = model.test.as_ref().unwrap().doc.revision();
        assert_eq!(due, Some(Msg::SaveDue(revision)));
        let effects = update(&mut model, Msg::SaveDue(revision.saturating_sub(2)));
        if saves(&effects) == 1 {
            first_save.get_or_insert(at * 200);
            update(&mut model, Msg::Saved(own("shop"), revision, Ok(())));
        }
    }
    assert!(first_save.is_some_and(|at| at <= 2_000), "{first_save:?}");
    update(&mut model, now(50_430_000));
    update(&mut model, edit("/last"));
    let revision = model.test.as_ref().unwrap().doc.revision();
    assert_eq!(saves(&update(&mut model, Msg::SaveDue(revision))), 1);
    assert_eq!(saves(&update(&mut model, Msg::SaveDue(revision))), 0, "not twice at a time");
    update(
        &mut model,
        Msg::Saved(own("shop"), revision, Err(Failure { message: own("disk full"), ..Failure::default() })),
    );
    let words = |model: &Model| crate::select::save_words(&model.test.as_ref().unwrap().save, model.now.ms);
    assert_eq!(words(&model), "Not saved: disk full");
    assert_eq!(saves(&update(&mut model, Msg::SaveAgain)), 1);
    update(&mut model, Msg::Saved(own("shop"), revision, Ok(())));
    assert_eq!(words(&model), "Saved 15:00");
    assert!(model.notices.is_empty());
}

#[test]
fn the_address_follows_what_is_chosen_and_back() {
    let mut model = open();
    let effects = update(&mut model, Msg::Select(vec![step("view")]));
    assert!(effects.contains(&Effect::SetRoute(own("#/t/shop/build/look/view"))));
    assert!(model.test.as_ref().unwrap().expanded.contains("look"));
    update(&mut model, Msg::ShowTab(Tab::Load));
    assert_eq!(model.route.text(), "#/t/shop/load");
    update(&mut model, Msg::RouteChanged(own("#/t/shop/build/search/open")));
    assert_eq!((model.tab(), chosen(&model)), (Some(Tab::Build), Some(step("open"))));
    let effects = update(&mut model, Msg::Go(Route::Tab(own("other"), Tab::Build)));
    assert!(effects.contains(&Effect::ReadTest(own("other"))));
}

#[test]
fn a_deleted_thing_comes_back_by_its_notice() {
    let mut model = open();
    let before = text(&model);
    update(&mut model, Msg::Select(vec![step("home")]));
    update(&mut model, Msg::DeleteChosen);
    assert_eq!((chosen(&model), model.notices[0].text.as_str()), (Some(step("list")), "Deleted Home page"));
    let notice = model.notices[0].id;
    update(&mut model, Msg::TakeOffer(notice));
    assert_eq!((text(&model), chosen(&model)), (before, Some(step("home"))));
}

#[test]
fn what_is_refused_is_said() {
    let mut model = open();
    update(&mut model, Msg::Select(vec![step("home")]));
    let effects = update(&mut model, Msg::NudgeChosen(Way::Up));
    assert!(effects.contains(&Effect::Announce(own("This is the first already."))));
    assert_eq!(model.notices.len(), 1);
}

#[test]
fn a_clean_local_run_starts_at_once_and_ends_in_its_report() {
    let mut model = open();
    let problems = model.test.as_ref().unwrap().problems.clone();
    let effects = update(&mut model, Msg::RunTest);
    let started = effects.iter().any(|effect| matches!(effect, Effect::StartRun(..)));
    assert!(started, "{:?} {problems:?}", model.dialog);
    assert_eq!(model.tab(), Some(Tab::Run));
    update(&mut model, Msg::RunStarted(Ok(Box::new(RunHead { id: own("7"), ..RunHead::default() }))));
    update(&mut model, Msg::RunSeconds(vec![Second::default()]));
    update(&mut model, Msg::Escape);
    assert!(model.running(), "Escape never stops a run");
    update(&mut model, Msg::Open(Dialog::Stop));
    let effects = update(&mut model, Msg::Order(Order::Finish));
    assert_eq!((effects, model.dialog.clone()), (vec![Effect::Order(Order::Finish)], None));
    let effects = update(&mut model, Msg::RunEnded(Ok(own("r1"))));
    assert_eq!(model.run.as_ref().map(|run| run.phase.clone()), Some(Phase::Ended(own("r1"))));
    assert!(effects.contains(&Effect::ReadResult(own("r1"))));
}

#[test]
fn a_host_elsewhere_needs_a_confirmation_once() {
    let mut model = open();
    let target = crate::doc::edit::TargetEdit::Url(0, own("https://staging.shop.test"));
    update(&mut model, Msg::Edit(Edit::Target(target)));
    let effects = update(&mut model, Msg::RunTest);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::StartRun(..))));
    assert_eq!(model.dialog, Some(Dialog::BeforeRun));
    let said = |ticked, typed: &str| Msg::HostWord(own("staging.shop.test"), ticked, own(typed));
    let starts = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::StartRun(..)));
    for word in [None, Some(said(true, "")), Some(said(false, "staging.shop.test")), Some(said(true, "shop.test"))] {
        let about = format!("{word:?}");
        word.map(|word| update(&mut model, word));
        let effects = update(&mut model, Msg::ConfirmRun);
        assert!(!starts(&effects) && model.dialog == Some(Dialog::BeforeRun), "{about}: {effects:?}");
    }
    update(&mut model, said(true, " Staging.shop.TEST "));
    let effects = update(&mut model, Msg::ConfirmRun);
    assert!(effects.contains(&Effect::AllowHost(own("staging.shop.test"))));
    assert!(starts(&effects));
    assert_eq!(model.dialog, None);
}

#[test]
fn a_pasted_command_becomes_a_step_after_the_chosen_one() {
    let mut model = open();
    update(&mut model, Msg::Select(vec![step("home")]));
    update(&mut model, Msg::PasteSteps(own("curl 'http://127.0.0.1:4780/cart?id=7' -H 'X-A: 1'")));
    let scenario = model.test.as_ref().unwrap().doc.scenario().clone();
    let Act::Request(request) = &scenario.users[0].tasks[0].steps[1].act else { panic!("no request") };
    assert_eq!((request.url.as_str(), request.query.0[0].1.as_str()), ("/cart", "7"));
    assert_eq!(model.notices[0].text, "Recognised: GET to 127.0.0.1, 1 header.");
    update(&mut model, Msg::PasteAddress(own("home"), own("https://api.pay.test/pay?x=1")));
    // Another host is asked for at the field, and allowed with one click.
    let hosts = |model: &Model| model.test.as_ref().unwrap().doc.scenario().allowed_hosts.clone();
    assert!(hosts(&model).is_empty());
    let about = select::panel::subject(&model);
    let asked = select::panel::troubles(&model, &about).into_iter().find(|one| one.code == "host-not-allowed").unwrap();
    assert_eq!((asked.field.as_str(), asked.fixes[0].label.as_str()), ("url", "Allow api.pay.test"));
    update(&mut model, Msg::Edit(asked.fixes[0].edit.clone()));
    assert_eq!(hosts(&model), ["api.pay.test"]);
}

#[test]
fn files_from_outside_are_told_by_their_content() {
    let mut model = Model::default();
    let given = |model: &mut Model, bytes: &[u8]| update(model, Msg::FileGiven(own("a.tide"), bytes.to_vec()));
    // A newer one is opened to be looked at.
    for good in [&b"{ \"format\": 1 }"[..], b"{ \"format\": 99 }"] {
        assert!(given(&mut model, good).iter().any(|effect| matches!(effect, Effect::CreateTest(_))), "{good:?}");
    }
    for bad in [&b"nonsense"[..], b"\xff\xff\xff", b"\x1f\x8bnonsense"] {
        let said = given(&mut model, bad);
        assert!(matches!(said[..], [Effect::Announce(_)]), "{bad:?}: {said:?}");
    }
    assert!(!model.notices.is_empty());
}

#[test]
fn messages_that_make_no_sense_change_nothing() {
    let mut model = Model::default();
    let messages = [
        Msg::Undo,
        Msg::Redo,
        Msg::DeleteChosen,
        Msg::SaveDue(3),
        Msg::Saved(own("shop"), 3, Ok(())),
        Msg::ShowTab(Tab::Load),
        Msg::WalkProblems(true),
        Msg::TakeOffer(9),
        Msg::AskPreview(true),
        Msg::TrialEnded(Ok(())),
        Msg::StopTrial,
        Msg::ConfirmRun,
        Msg::RunSeconds(vec![Second::default()]),
        Msg::RunEnded(Ok(own("r"))),
        Msg::Order(Order::Hold),
        Msg::OpenResult(own("r")),
        Msg::PasteSteps(own("curl x")),
    ];
    for message in messages {
        assert_eq!(update(&mut model, message.clone()), [], "{message:?}");
    }
    update(&mut model, Msg::TestsListed(Ok(vec![TestCard { id: own("a"), ..TestCard::default() }])));
}

#[test]
fn a_removed_test_can_be_kept_for_some_seconds() {
    for keep in [false, true] {
        let mut model = Model::default();
        let card = |id: &str| TestCard { id: own(id), ..TestCard::default() };
        let there = |model: &Model| model.tests.iter().flatten().map(|card| card.id.clone()).collect::<Vec<_>>();
        update(&mut model, Msg::TestsListed(Ok(vec![card("a"), card("b")])));
        let effects = update(&mut model, Msg::RemoveTest(own("a")));
        assert!(effects.contains(&Effect::Focus(own("test-more-b"))), "keys go on at the next one: {effects:?}");
        assert_eq!(there(&model), ["b"]);
        // The list is read again meanwhile, and the test is still in the folder.
        update(&mut model, Msg::TestsListed(Ok(vec![card("a"), card("b")])));
        assert_eq!(there(&model), ["b"]);
        if keep {
            let offer = model.notices[0].id;
            update(&mut model, Msg::TakeOffer(offer));
        }
        let effects = update(&mut model, Msg::RemoveDue(own("a")));
        assert_eq!(effects.contains(&Effect::RemoveTest(own("a"))), !keep);
        assert_eq!(there(&model), if keep { vec!["a", "b"] } else { vec!["b"] });
    }
}

#[test]
fn a_test_that_sends_nothing_is_not_run_from_anywhere_and_says_why() {
    let mut model = open();
    let run = |model: &Model| (crate::commands::state(model, "run").is_ok(), select::shell::ladder(model).run_not_now);
    assert_eq!(run(&model), (true, String::new()));
    let users = model.test.as_ref().unwrap().doc.scenario().users.iter();
    let tasks: Vec<Item> = users.flat_map(|user| &user.tasks).map(|task| Item::Task(task.id.clone())).collect();
    update(&mut model, Msg::Edit(Edit::Flow(FlowEdit::Switch(tasks, true))));
    let users: Vec<Item> =
        model.test.as_ref().unwrap().doc.scenario().users.iter().map(|user| Item::User(user.id.clone())).collect();
    update(&mut model, Msg::Edit(Edit::Flow(FlowEdit::Switch(users, true))));
    assert_eq!(run(&model), (false, own(crate::text::shell::NOTHING_TO_SEND)));
    for msg in [Msg::RunTest, Msg::ConfirmRun] {
        let effects = update(&mut model, msg);
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::StartRun(..))), "{effects:?}");
    }
    assert!(model.run.is_none());
}

#[test]
fn where_hosts_are_is_asked_only_of_a_test_that_can_be_compiled() {
    let mut model = open();
    let asks = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::CheckTarget(_)));
    assert!(asks(&update(&mut model, Msg::AskTarget)));
    let mut empty = (**model.test.as_ref().unwrap().doc.scenario()).clone();
    empty.users.clear();
    update(&mut model, Msg::Edit(Edit::Whole(own("Empty it"), Box::new(empty))));
    assert!(!asks(&update(&mut model, Msg::AskTarget)));
    let known = model.test.as_ref().unwrap().target.clone();
    assert!(known.is_some_and(|known| known.is_err()), "what is missing is said");
    update(&mut model, Msg::Open(Dialog::BeforeRun));
    assert!(asks(&update(&mut model, Msg::Undo)), "mended in the check itself, it is looked up");
}

#[test]
fn the_way_to_a_test_of_ones_own_is_shown_beside_the_demo_only() {
    let mut model = open();
    update(&mut model, Msg::SeeDemo);
    assert!(select::shell::own_way(&model));
    model.test.as_mut().unwrap().id = own("mine.tide");
    assert!(!select::shell::own_way(&model));
}

#[test]
fn what_is_asked_of_several_tests_of_the_list_is_done_with_each() {
    let mut model = Model::default();
    let card = |id: &str| TestCard { id: own(id), name: own(id), ..TestCard::default() };
    let text = || scenario::write(&scenario::Scenario { name: own("Old"), ..shop() });
    update(&mut model, Msg::TestsListed(Ok(vec![card("a"), card("b")])));
    for msg in [
        Msg::NameTest(own("a"), own("One")),
        Msg::NameTest(own("b"), own("Two")),
        Msg::CopyTest(own("a")),
        // Another one is opened meanwhile.
        Msg::TestRead(own("c"), Ok(text())),
    ] {
        update(&mut model, msg);
    }
    let named = |effects: &[Effect], id: &str, name: &str| {
        let is = |effect: &Effect| matches!(effect, Effect::SaveTest(of, 0, text) if of == id && text.contains(name));
        effects.iter().any(is)
    };
    let effects = update(&mut model, Msg::TestFetched(own("b"), Ok(text())));
    assert!(named(&effects, "b", "Two"), "{effects:?}");
    let effects = update(&mut model, Msg::TestFetched(own("a"), Ok(text())));
    assert!(named(&effects, "a", "One"), "{effects:?}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::CreateTest(text) if text.contains("Old"))));
    assert_eq!(model.test.as_ref().map(|test| test.id.clone()), Some(own("c")), "none of them is shown");
    update(&mut model, Msg::NameTest(own("b"), own("Three")));
    let gone = update(
        &mut model,
        Msg::TestFetched(own("b"), Err(Failure { message: own("It is gone."), ..Failure::default() })),
    );
    assert!(gone.contains(&Effect::ListTests), "the name is taken back: {gone:?}");
    assert!(model.notices.iter().any(|notice| notice.text.contains("It is gone.")));
}
