//! The app without its screen against a real host in a folder of its own, and a real shop.

use std::net::SocketAddr;
use std::sync::Arc;

use tidemark_app_model::doc::Lane;
use tidemark_app_model::doc::edit::{Edit, FlowEdit, LoadEdit};
use tidemark_app_model::effect::Order;
use tidemark_app_model::model::{Phase, TrialWhat};
use tidemark_app_model::{Model, Msg, Route};
use tidemark_core::scenario;
use tidemark_core::wire::shop::{ShopKnobs, ShopNow};
use tidemark_host::{Failure, Practice};
use tidemark_tests::desk::Desk;

use crate::host::{Direct, shop};

/// A practice shop that is open already.
#[derive(Debug)]
struct OpenShop(SocketAddr);

impl Practice for OpenShop {
    fn now(&self) -> ShopNow {
        ShopNow { url: Some(format!("http://{}", self.0)), knobs: ShopKnobs::default() }
    }

    fn open(&self) -> Result<ShopNow, Failure> {
        Ok(self.now())
    }

    fn turn(&self, _: &ShopKnobs) -> Result<ShopNow, Failure> {
        Ok(self.now())
    }

    fn rehearse(&self) -> Result<ShopNow, Failure> {
        Ok(self.now())
    }
}

fn seconds(model: &Model) -> usize {
    model.run.as_ref().map_or(0, |run| run.seconds.len())
}

fn phase(model: &Model) -> Option<&Phase> {
    model.run.as_ref().map(|run| &run.phase)
}

/// The text of the open test.
fn text(model: &Model) -> String {
    scenario::write(model.test.as_ref().expect("a test is open").doc.scenario())
}

fn file(model: &Model) -> String {
    model.test.as_ref().expect("a test is open").id.clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_sees_the_demo_run_and_its_result() {
    let (shop, address) = shop().await;
    let line = Direct::with_practice(Arc::new(OpenShop(address)));
    let mut desk = Desk::open(line, "#/").await;
    assert!(desk.model.can.send);
    assert_eq!(desk.model.tests.as_deref(), Some(&[][..]), "nothing is there yet");
    desk.send(Msg::RunDemo).await;
    desk.until("three seconds of the demo", |model| seconds(model) >= 3).await;
    let run = desk.model.run.as_ref().unwrap();
    assert_eq!((run.head.title.as_str(), &run.phase), ("Corner shop", &Phase::Running));
    assert!(run.head.plan.len() > 1 && !run.goals.is_empty() && !run.rows.is_empty(), "{:?}", run.head);
    assert!(run.says.starts_with("So far: "), "{}", run.says);
    assert_eq!(desk.model.route.text(), "#/t/Corner%20shop.tide/run");
    desk.send(Msg::Order(Order::StopNow)).await;
    desk.until("the result", |model| model.results.open.is_some()).await;
    let (id, opened) = desk.model.results.open.as_ref().unwrap();
    assert!(opened.complete && opened.header.title == "Corner shop", "{:?}", opened.notes);
    assert_eq!(desk.model.route, Route::Result("Corner shop.tide".to_owned(), id.clone()));
    let cards = desk.model.results.cards.clone();
    desk.send(Msg::Go(Route::Home)).await;
    let card = &desk.model.tests.as_ref().unwrap()[0];
    assert!(card.last.as_ref().is_some_and(|(_, people)| *people > 0), "{card:?} {cards:?}");
    shop.stop().await;
}

/// A test against the shop, with a step that saves a value; long enough that somebody has to stop it.
async fn with_own_test(line: Direct, address: SocketAddr) -> Desk<Direct> {
    let mut desk = Desk::open(line, "#/").await;
    desk.send(Msg::NewFromPaste(format!("http://{address}/products"))).await;
    let id = file(&desk.model);
    let on_disk = std::fs::read_to_string(desk.line().at("scenarios").join(&id)).expect("the file is there");
    assert_eq!(on_disk, text(&desk.model), "a new test is a file at once");
    let task = desk.model.test.as_ref().expect("a test is open").doc.scenario().users[0].tasks[0].id.clone();
    let sign_in = serde_json::json!({ "request": {
        "name": "Sign in", "method": "POST", "url": "/login",
        "json": { "email": "ada@shop.test", "password": "tide" },
        "save": [ { "name": "token", "json": "$.access_token" } ],
    } });
    let whole = serde_json::json!({ "format": 1, "name": "x", "users": [ { "name": "v", "tasks": [
        { "name": "t", "steps": [sign_in] } ] } ] });
    let (read, problems) = scenario::read(&whole.to_string()).expect("it can be read");
    assert!(problems.is_empty(), "{problems:?}");
    let steps = read.users[0].tasks[0].steps.clone();
    desk.send(Msg::Edit(Edit::Flow(FlowEdit::Insert(Lane::Task(task), 1, steps)))).await;
    desk
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_edited_is_on_the_disk_within_two_seconds_and_undo_survives_a_restart() {
    let (shop, address) = shop().await;
    let mut desk = with_own_test(Direct::open(), address).await;
    let id = file(&desk.model);
    let path = desk.line().at("scenarios").join(&id);
    let on_disk = || std::fs::read_to_string(&path).unwrap();
    let before = on_disk();
    desk.pass(499).await;
    assert_eq!(on_disk(), before, "half a second is waited");
    desk.pass(1).await;
    assert_eq!(on_disk(), text(&desk.model));

    // Somebody who never stops typing is saved, too.
    let start = on_disk();
    let mut longest = 0;
    for at in 0..40_u32 {
        let name = "a".repeat(at as usize + 1);
        desk.send(Msg::Edit(Edit::Note(name))).await;
        desk.pass(100).await;
        if on_disk() != start && longest == 0 {
            longest = (at + 1) * 100;
        }
    }
    assert!((1..=2_000).contains(&longest), "first saved after {longest} ms");
    desk.pass(600).await;
    let last = text(&desk.model);
    assert_eq!(on_disk(), last);

    // The program is closed and opened again.
    let folder = desk.close().end();
    let mut desk = Desk::open(Direct::in_folder(folder, true), &format!("#/t/{id}/build")).await;
    assert_eq!(text(&desk.model), last);
    assert!(desk.notices().is_empty(), "{:?}", desk.notices());
    desk.send(Msg::Undo).await;
    assert_ne!(text(&desk.model), last, "the typing is undone");
    desk.send(Msg::Undo).await;
    assert!(!text(&desk.model).contains("Sign in"), "and what was before the restart, too");
    desk.send(Msg::Redo).await;
    desk.send(Msg::Redo).await;
    assert_eq!(text(&desk.model), last);
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_not_in_the_file_when_the_power_went_is_restored() {
    let (shop, address) = shop().await;
    let mut desk = with_own_test(Direct::open(), address).await;
    desk.pass(500).await;
    let id = file(&desk.model);
    let path = desk.line().at("scenarios").join(&id);
    let before = std::fs::read_to_string(&path).unwrap();
    for at in 0..3 {
        desk.send(Msg::Edit(Edit::Note(format!("note {at}")))).await;
        desk.send(Msg::LeaveField).await;
    }
    desk.pass(500).await;
    let last = text(&desk.model);
    let folder = desk.close().end();
    // As if the history had been written, and the file not any more.
    std::fs::write(&path, &before).unwrap();
    let mut desk = Desk::open(Direct::in_folder(folder, true), &format!("#/t/{id}/build")).await;
    assert_eq!(text(&desk.model), last);
    let notice = desk.model.notices.iter().find(|notice| notice.text.starts_with("Restored 3 changes made after "));
    let notice = notice.unwrap_or_else(|| panic!("{:?}", desk.notices())).id;
    desk.pass(500).await;
    assert_eq!(std::fs::read_to_string(&path).unwrap(), last, "and it is in the file now");
    desk.send(Msg::TakeOther(notice)).await;
    assert_eq!(text(&desk.model), before, "or as it was before");
    desk.send(Msg::Undo).await;
    assert_eq!(text(&desk.model), last);
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_person_is_tried_step_by_step_and_a_run_is_stopped() {
    let (shop, address) = shop().await;
    let mut desk = with_own_test(Direct::open(), address).await;
    let user = desk.model.test.as_ref().unwrap().doc.scenario().users[0].id.clone();
    desk.send(Msg::TryOne(user, None)).await;
    let trial = |model: &Model| model.test.as_ref().unwrap().trial.clone().unwrap();
    desk.until("the end of the trial", |model| !trial(model).running).await;
    let tried = trial(&desk.model);
    assert_eq!(tried.counts(), (2, 0), "{:?} {:?}", tried.steps, desk.notices());
    assert!(tried.steps.iter().any(|step| step.what == TrialWhat::Task));
    assert!(tried.value_of("token").is_some_and(|token| !token.is_empty()), "{:?}", tried.steps);
    let sign_in = tried.steps.iter().find(|step| step.name == "Sign in").unwrap();
    let exchange = sign_in.exchange.as_ref().unwrap();
    assert!(exchange.sent_head.starts_with("POST ") && exchange.answer_head.contains("200"), "{exchange:?}");
    assert!(exchange.sent_body.contains("ada@shop.test") && exchange.answer_body.contains("token"), "{exchange:?}");

    // A run that would take long is stopped, and its result is shown.
    desk.send(Msg::Edit(Edit::Load(LoadEdit::Preset(scenario::Shape::NormalDay)))).await;
    desk.send(Msg::RunTest).await;
    desk.send(Msg::ConfirmRun).await;
    desk.until("two seconds", |model| seconds(model) >= 2).await;
    desk.send(Msg::Order(Order::Finish)).await;
    assert_eq!(phase(&desk.model), Some(&Phase::Stopping));
    desk.until("the result", |model| model.results.open.is_some()).await;
    let id = file(&desk.model);
    desk.send(Msg::Go(Route::Tab(id, tidemark_app_model::route::Tab::Results))).await;
    let cards = desk.model.results.cards.clone().unwrap();
    assert_eq!(cards.len(), 1, "{cards:?}");
    assert!(!cards[0].state.is_empty() && cards[0].people > 0);
    desk.send(Msg::SetBaseline(cards[0].id.clone(), true)).await;
    assert!(desk.model.results.cards.as_ref().unwrap()[0].baseline);
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_is_loaded_again_mid_run_shows_the_same_seconds() {
    let (shop, address) = shop().await;
    let mut desk = with_own_test(Direct::open(), address).await;
    desk.send(Msg::Edit(Edit::Load(LoadEdit::Preset(scenario::Shape::NormalDay)))).await;
    desk.send(Msg::RunTest).await;
    desk.send(Msg::ConfirmRun).await;
    desk.until("two seconds", |model| seconds(model) >= 2).await;
    let (second, route) = (desk.line().another(), desk.model.route.text());
    let mut late = Desk::open(second, &route).await;
    assert_eq!(phase(&late.model), Some(&Phase::Running));
    assert_eq!(late.model.route.text(), route);
    late.until("two more seconds", |model| seconds(model) >= 4).await;
    desk.until("as many", |model| seconds(model) >= 4).await;
    // A line that was lost for a while misses nothing either.
    desk.reconnect().await;
    late.send(Msg::Order(Order::StopNow)).await;
    late.until("the end", |model| matches!(phase(model), Some(Phase::Ended(_)))).await;
    desk.until("the end", |model| matches!(phase(model), Some(Phase::Ended(_)))).await;
    let (run, other) = (desk.model.run.as_ref().unwrap(), late.model.run.as_ref().unwrap());
    assert_eq!(run.seconds, other.seconds);
    assert_eq!((&run.rows, &run.goals, &run.says), (&other.rows, &other.goals, &other.says));
    assert_eq!(run.head.plan, other.head.plan);
    shop.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_that_was_changed_outside_is_never_written_over() {
    let (shop, address) = shop().await;
    let mut desk = with_own_test(Direct::open(), address).await;
    desk.pass(500).await;
    let path = desk.line().at("scenarios").join(file(&desk.model));
    let theirs = text(&desk.model).replace("Sign in", "Log in");
    for keep in [true, false] {
        std::fs::write(&path, &theirs).unwrap();
        desk.send(Msg::Edit(Edit::Note(format!("mine {keep}")))).await;
        let mine = text(&desk.model);
        desk.pass(500).await;
        assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs, "nothing was written");
        let notice = desk.model.notices.iter().find(|notice| notice.other.is_some()).expect("it is asked").id;
        desk.send(if keep { Msg::TakeOffer(notice) } else { Msg::TakeOther(notice) }).await;
        desk.pass(500).await;
        let wanted = if keep { &mine } else { &theirs };
        assert_eq!(&std::fs::read_to_string(&path).unwrap(), wanted);
        assert_eq!(&text(&desk.model), wanted);
        if !keep {
            desk.send(Msg::Undo).await;
            assert_eq!(text(&desk.model), mine, "what was mine is in the history");
        }
    }
    shop.stop().await;
}
