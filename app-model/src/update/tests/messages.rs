//! Every message: none is forgotten, each does what it says, and any is fine at any time.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use std::collections::BTreeSet;

use tidemark_core::result::Event;
use tidemark_core::scenario;
use tidemark_core::watch::{Noted, Track, Unit, Watched};
use tidemark_core::wire::shop::{ShopKnobs, ShopNow};

use super::{now, open, own, step, text};
use crate::doc::edit::{Edit, FlowEdit, Way};
use crate::doc::tests::random::{Dice, edit};
use crate::doc::{Item, Lane};
use crate::effect::{Clip, Effect, Order};
use crate::model::{
    Assumed, Capabilities, Column, Dialog, Facts, Failure, FailureRow, Feed, Hold, LiveRow, Model, Offer, Panel, Phase,
    ReadAs, ResultCard, RunHead, Second, Settings, ShareMode, Sharing, Taken, TestCard, Tone, TrialNow, TrialStep,
};
use crate::msg::{Knob, Msg, Setting, Wish};
use crate::route::{Route, Tab};
use crate::select::shell::Estimate;
use crate::update::update;

fn failure() -> Failure {
    Failure { code: own("io"), message: own("The disk is full."), hint: own("Make room.") }
}

fn card(id: &str) -> ResultCard {
    ResultCard { id: own(id), title: own(id), ..ResultCard::default() }
}

fn test_card(id: &str) -> TestCard {
    TestCard { id: own(id), name: own(id), ..TestCard::default() }
}

fn head(id: &str) -> Box<RunHead> {
    Box::new(RunHead { id: own(id), ..RunHead::default() })
}

fn event(text: &str) -> Event {
    Event { second: 3, what: own("goal-broken"), text: own(text) }
}

fn estimate(requests: u64) -> Estimate {
    Estimate { requests, rows: Vec::new() }
}

/// The name of a message. A new message has to be given one, and an example below.
fn name(msg: &Msg) -> String {
    let text = format!("{msg:?}");
    text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned()
}

/// Examples of every message.
fn examples() -> Vec<Msg> {
    let mut all = vec![
        now(1_000),
        Msg::Started(Box::new(Capabilities { send: true, ..Capabilities::default() }), Settings::default(), own("#/")),
        Msg::RouteChanged(own("#/t/shop/load")),
        Msg::Go(Route::Settings),
        Msg::TestsListed(Ok(vec![test_card("shop")])),
        Msg::TestsListed(Err(failure())),
        Msg::NewTest,
        Msg::NewFromPaste(own("curl http://127.0.0.1:1/x")),
        Msg::NewFromPaste(own("nothing")),
        Msg::HistoryRead(own("shop"), own("not a history")),
        Msg::FactsKnown(own("shop"), Box::default()),
        Msg::RenameTest(own("shop"), own("market")),
        Msg::TestRenamed(own("shop"), own("shop")),
        Msg::ChangedOutside(own("shop"), scenario::write(&crate::doc::tests::shop()), true),
        Msg::KeepMine,
        Msg::LoadTheirs,
        Msg::Held(own("shop"), Hold::Elsewhere),
        Msg::TakeOver,
        Msg::Held(own("shop"), Hold::Lost),
        Msg::Held(own("shop"), Hold::Here),
        Msg::TestRead(own("shop"), Err(failure())),
        Msg::TestRead(own("other"), Ok(own("{"))),
        Msg::RemoveTest(own("shop")),
        Msg::KeepTest(own("shop")),
        Msg::RemoveDue(own("shop")),
        Msg::CopyTest(own("shop")),
        Msg::NameTest(own("shop"), own("Market")),
        Msg::TestFetched(own("other"), Ok(own("{}"))),
        Msg::TestFetched(own("other"), Err(failure())),
        Msg::FileGiven(own("x.tide"), vec![0, 159, 146, 150]),
        Msg::FileGiven(own("x.tiderun"), vec![0x1f, 0x8b, 0]),
        Msg::FileGiven(own("requests.txt"), b"curl http://127.0.0.1:1/q".to_vec()),
        Msg::FileTooLarge(own("film.mp4"), 200_000_000),
        Msg::FileUnread(own("folder")),
        Msg::FilesHeld(true),
        Msg::FilesHeld(false),
        Msg::PickFile,
        Msg::Undo,
        Msg::Redo,
        Msg::LeaveField,
        Msg::Select(vec![step("home"), step("list")]),
        Msg::Toggle(step("view")),
        Msg::DeleteChosen,
        Msg::CopyChosen,
        Msg::GroupChosen,
        Msg::SwitchChosen,
        Msg::DropSteps(vec![own("home")], Lane::Task(own("search")), 0),
        Msg::ClipChosen(false),
        Msg::QuickAdd(Lane::Task(own("look")), 0, own("wait 2 s")),
        Msg::PasteSteps(own("curl http://127.0.0.1:1/y")),
        Msg::PasteAddress(own("home"), own("http://127.0.0.1:1/z?a=b")),
        Msg::Lock(own("look"), true),
        Msg::ShowShares(ShareMode::Parts),
        Msg::Expand(own("look"), false),
        Msg::TableGiven(own("people.csv"), b"a,b\n1,2\n".to_vec()),
        Msg::ReadAs(ReadAs::Names(false)),
        Msg::ReadAs(ReadAs::Encoding(own("latin-99"))),
        Msg::ReadAs(ReadAs::Encoding(String::new())),
        Msg::AddTable,
        Msg::AskTable(0),
        Msg::TableRead(own("shop"), own("people"), Ok(Box::default())),
        Msg::TableRead(own("shop"), own("people"), Err(failure())),
        Msg::BringIn(0),
        Msg::TakeOut(Taken::Item(Item::Table(0))),
        Msg::TakeOut(Taken::Column(0, 99)),
        Msg::TakeOutReplaced(Taken::Item(Item::Value(0)), vec![(own("page"), own("word"))]),
        Msg::Turns(false, 2),
        Msg::Turns(true, 9),
        Msg::SaveDue(1),
        Msg::Saved(own("shop"), 1, Ok(())),
        Msg::Saved(own("shop"), 1, Err(failure())),
        Msg::SaveAgain,
        Msg::SaveAsked,
        Msg::SaveCopy,
        Msg::Escape,
        Msg::WalkProblems(true),
        Msg::WalkProblems(false),
        Msg::Dismiss(1),
        Msg::TakeOffer(1),
        Msg::TakeOther(1),
        Msg::Say(Tone::Good, own("Done.")),
        Msg::LineLost,
        Msg::LineBack,
        Msg::HostsKnown(BTreeSet::from([own("a.test")])),
        Msg::Set(Setting::TextSize(125)),
        Msg::Estimated(1, Some(estimate(7))),
        Msg::AskPreview(true),
        Msg::PreviewDone(1, 0.5),
        Msg::PreviewIsSlow(1),
        Msg::Assume(Assumed::Ms(300)),
        Msg::StopPreview,
        Msg::Previewed(1, Err(Vec::new())),
        Msg::NameVersion(own("good")),
        Msg::RestoreVersion(0),
        Msg::AskTarget,
        Msg::TargetKnown(Err(failure())),
        Msg::SetSecret(own("token"), Some(own("x"))),
        Msg::SecretTaken,
        Msg::HostWord(own("a.test"), true, own("a.test")),
        Msg::RaiseLimit(true),
        Msg::TryOne(own("visitor"), None),
        Msg::Wish(Wish::User(own("visitor"))),
        Msg::Wish(Wish::Task(Some(own("look")))),
        Msg::Wish(Wish::Row(3)),
        Msg::Wish(Wish::SkipPauses(false)),
        Msg::Wish(Wish::ByHand(true)),
        Msg::TryNow,
        Msg::TrialNow(Box::new(TrialNow { at_us: 1, step: own("home"), name: own("Home"), held: true })),
        Msg::NextStep,
        Msg::TrialStep(Box::new(trial_step())),
        Msg::LookAt(0),
        Msg::TrialEnded(Ok(())),
        Msg::TrialEnded(Err(failure())),
        Msg::StopTrial,
        Msg::RunTest,
        Msg::ConfirmRun,
        Msg::RunDemo,
        Msg::RunStarted(Ok(head("r1"))),
        Msg::RunStarted(Err(failure())),
        Msg::RunSeconds(vec![Second { at: 2, ..Second::default() }]),
        Msg::RunSecondsAnew(vec![Second::default()]),
        Msg::RunIs(Phase::Holding),
        Msg::RunSays(own("So far so good.")),
        Msg::RunFailures(Vec::<FailureRow>::new()),
        Msg::AskSamples(None),
        Msg::RunSamples(None, Ok(Vec::new())),
        Msg::RunSamples(None, Err(failure())),
        Msg::RunLost(vec![own("1 of 2 seconds did not reach it.")]),
        Msg::RunNoted(Box::new(noted(0, 3.0))),
        Msg::RunWatched(Box::new(Watched::of([own("/metrics")]))),
        Msg::RunRows(vec![LiveRow::default()]),
        Msg::RunEvents(vec![event("Pay slowed.")]),
        Msg::RunGoals(vec![(Some(true), own("kept"))]),
        Msg::RunEnded(Ok(own("r1"))),
        Msg::RunEnded(Err(failure())),
        Msg::HideTips,
        Msg::ShopIs(Ok(ShopNow { url: None, knobs: ShopKnobs::default() })),
        Msg::ShopIs(Err(failure())),
        Msg::TurnShop(Knob::SlowPay(700)),
        Msg::TurnShop(Knob::ErrorsAbove(Some(3))),
        Msg::TurnShop(Knob::Drop(200)),
        Msg::SeeDemo,
        Msg::HideOwnWay,
        Msg::ResultsListed(Ok(vec![card("r1"), card("r2")])),
        Msg::ResultsListed(Err(failure())),
        Msg::RemoveResult(own("r1")),
        Msg::RenameResult(own("r2"), own("r3")),
        Msg::SetBaseline(own("r2"), true),
        Msg::KeepResult,
        Msg::OpenResult(own("r1")),
        Msg::ResultRead(own("r1"), Err(failure())),
        Msg::SortRows(Column::P95),
        Msg::FilterRows(own("pay")),
        Msg::KeepRemoved(own("r1")),
        Msg::RemovalDue(own("r1")),
        Msg::ShowTrend,
        Msg::ShareWith(Sharing { without_bodies: true, hide_hosts: true }),
        Msg::ShareFile,
        Msg::ShareMade(own("shop.tiderun"), Ok(vec![1])),
        Msg::ShareMade(own("shop.tiderun"), Err(failure())),
        Msg::Copy(own("text"), Clip::text()),
        Msg::Copied(
            Clip { said: own("1"), cut: Some(Box::new(Edit::Flow(FlowEdit::Remove(vec![step("home")])))) },
            true,
        ),
        Msg::Copied(Clip::text(), false),
    ];
    all.extend(Tab::ALL.map(Msg::ShowTab));
    all.extend([Way::Up, Way::Down, Way::Into, Way::Out].map(Msg::NudgeChosen));
    all.extend([Panel::Problems, Panel::Step, Panel::Trial].map(Msg::TogglePanel));
    all.extend([Order::Hold, Order::Resume, Order::People(5), Order::Finish, Order::StopNow].map(Msg::Order));
    all.extend([Dialog::Palette, Dialog::Import, Dialog::Share(own("r1")), Dialog::Stop].map(Msg::Open));
    all
}

fn trial_step() -> TrialStep {
    TrialStep {
        at_us: 5,
        step: own("home"),
        name: own("Home page"),
        what: crate::model::TrialWhat::Task,
        saved: Vec::new(),
        exchange: None,
    }
}

#[test]
fn no_message_is_without_an_example() {
    let declared = include_str!("../../msg.rs").split("pub enum Msg {").nth(1).expect("the messages");
    let declared = declared.split("\n}").next().unwrap_or_default().lines();
    let declared =
        declared.filter_map(|line| line.strip_prefix("    ").filter(|line| line.starts_with(char::is_uppercase)));
    let declared: BTreeSet<&str> =
        declared.filter_map(|line| line.split(|letter: char| !letter.is_alphanumeric()).next()).collect();
    let shown: BTreeSet<String> = examples().iter().map(name).chain([own("Edit"), own("ResultRead")]).collect();
    let forgotten: Vec<&&str> = declared.iter().filter(|name| !shown.contains(**name)).collect();
    assert!(declared.len() > 90 && forgotten.is_empty(), "{forgotten:?}");
}

#[test]
fn any_message_is_fine_at_any_time() {
    let messages = examples();
    for seed in 0..24 {
        let mut dice = Dice(seed);
        let mut model = if seed % 3 == 0 { Model::default() } else { open() };
        for turn in 0..120 {
            update(&mut model, now(turn * 700));
            let msg = match &model.test {
                Some(test) if dice.below(3) == 0 => Msg::Edit(edit(test.doc.scenario(), &mut dice)),
                _ => messages[dice.below(messages.len() as u64) as usize].clone(),
            };
            update(&mut model, msg.clone());
            assert!(model.notices.len() <= 5, "{msg:?}");
            assert_eq!(Route::parse(&model.route.text()), model.route, "{msg:?}");
            if let Some(test) = &model.test {
                let written = scenario::write(test.doc.scenario());
                let (again, _) = scenario::read(&written).unwrap_or_else(|error| panic!("{msg:?}: {error}"));
                assert_eq!(scenario::write(&again), written, "{msg:?}");
            }
        }
    }
}

/// After these messages, this one asks for this.
#[track_caller]
fn asks(before: &[Msg], msg: Msg, wanted: &Effect) -> Model {
    let mut model = open();
    for msg in before {
        update(&mut model, msg.clone());
    }
    let shown = format!("{msg:?}");
    let effects = update(&mut model, msg);
    assert!(effects.contains(wanted), "{shown} asks for {effects:?}");
    model
}

fn cards() -> Msg {
    Msg::ResultsListed(Ok(vec![card("r1"), card("r2")]))
}

#[test]
fn messages_about_results_and_settings_ask_for_what_they_say() {
    let removed = Msg::RemoveResult(own("r1"));
    let listed = asks(&[cards(), removed.clone()], Msg::RemovalDue(own("r1")), &Effect::RemoveResult(own("r1")));
    assert_eq!(listed.results.cards.map(|cards| cards.len()), Some(1));
    let mut model = open();
    // The list is read again meanwhile, and the result is still in the folder.
    for msg in [cards(), removed, cards(), Msg::KeepRemoved(own("r1"))] {
        update(&mut model, msg);
    }
    assert!(update(&mut model, Msg::RemovalDue(own("r1"))).is_empty(), "it was kept");
    assert_eq!(model.results.cards.map(|cards| cards[0].id.clone()), Some(own("r1")), "in its old place");
    asks(&[cards()], Msg::RenameResult(own("r1"), own("a")), &Effect::RenameResult(own("r1"), own("a")));
    let pinned = Effect::SetBaseline(own("shop"), Some(own("r2")));
    let model = asks(&[cards()], Msg::SetBaseline(own("r2"), true), &pinned);
    assert_eq!(model.results.cards.map(|cards| cards[1].baseline), Some(true));
    asks(&[cards()], Msg::SetBaseline(own("r2"), false), &Effect::SetBaseline(own("shop"), None));
    let reading = asks(&[], Msg::OpenResult(own("r1")), &Effect::ReadResult(own("r1")));
    assert_eq!(reading.results.reading, Some(own("r1")));
    asks(&[], Msg::Copy(own("x"), Clip::text()), &Effect::Copy(own("x"), Clip::text()));
    asks(&[], Msg::PickFile, &Effect::PickFile);
    for (setting, key, value) in [
        (Setting::Theme(own("dark")), "theme", "dark"),
        (Setting::TextSize(125), "text-size", "125"),
        (Setting::ReduceGraphics(true), "reduce-graphics", "true"),
        (Setting::MostPeople(40), "most-people", "40"),
        (Setting::MostPerSecond(2_000), "most-per-second", "2000"),
        (Setting::WhyMore(own(" The owner agreed. ")), "why-more", "The owner agreed."),
        (
            Setting::Feed(Feed::Influx, own(" http://127.0.0.1:8086/write?db=load ")),
            "feed-influx",
            "http://127.0.0.1:8086/write?db=load",
        ),
        (Setting::Feed(Feed::Otlp, own("")), "feed-otlp", ""),
        (Setting::Feed(Feed::Lines, own("true")), "feed-lines", "true"),
    ] {
        asks(&[], Msg::Set(setting), &Effect::Remember(key, own(value)));
    }
    for wrong in ["nowhere", "http://ada:tide@127.0.0.1:8086/write"] {
        let set = update(&mut open(), Msg::Set(Setting::Feed(Feed::Influx, own(wrong))));
        assert!(set.is_empty(), "the next run could not start, or a secret would be kept: {set:?}");
    }
    let hosts = Msg::HostsKnown(BTreeSet::from([own("a.test")]));
    let model = asks(&[hosts], Msg::Set(Setting::ForgetHost(own("a.test"))), &Effect::ForgetHost(own("a.test")));
    assert!(model.can.hosts.is_empty());

    let mut model = open();
    update(&mut model, Msg::SortRows(Column::P95));
    assert_eq!(model.results.sort, (Column::P95, true));
    update(&mut model, Msg::SortRows(Column::P95));
    assert_eq!(model.results.sort, (Column::P95, false));
    update(&mut model, Msg::FilterRows(own("pay")));
    assert_eq!(model.results.filter, "pay");
}

#[test]
fn messages_about_the_test_ask_for_what_they_say() {
    asks(&[], Msg::RenameTest(own("shop"), own("b")), &Effect::RenameTest(own("shop"), own("b")));
    let renamed = asks(&[], Msg::TestRenamed(own("shop"), own("b")), &Effect::SetRoute(own("#/t/b/build")));
    assert_eq!(renamed.test.map(|test| test.id), Some(own("b")));
    asks(&[], Msg::CopyTest(own("other")), &Effect::FetchTest(own("other")));
    let list = Msg::TestsListed(Ok(vec![test_card("a"), test_card("b")]));
    let mut model =
        asks(&[list.clone(), Msg::RemoveTest(own("a"))], Msg::RemoveDue(own("a")), &Effect::RemoveTest(own("a")));
    assert!(!update(&mut model, Msg::RemoveDue(own("a"))).contains(&Effect::RemoveTest(own("a"))), "once only");
    let mut model = open();
    for msg in [list, Msg::RemoveTest(own("a")), Msg::KeepTest(own("a"))] {
        update(&mut model, msg);
    }
    assert!(update(&mut model, Msg::RemoveDue(own("a"))).is_empty(), "it was kept");
    assert_eq!(model.tests.map(|tests| tests[0].id.clone()), Some(own("a")), "in its old place");

    let mut model = open();
    let created = update(&mut model, Msg::NewTest);
    let Some(Effect::CreateTest(new)) = created.first() else { panic!("{created:?}") };
    assert!(scenario::read(new).is_ok_and(|(_, problems)| problems.is_empty()));
    let before = text(&model);
    update(&mut model, Msg::Select(vec![step("home"), step("list")]));
    update(&mut model, Msg::GroupChosen);
    assert_ne!(text(&model), before);
    update(&mut model, Msg::Undo);
    assert_eq!(text(&model), before);
    update(&mut model, Msg::Lock(own("look"), true));
    update(&mut model, Msg::ShowShares(ShareMode::Parts));
    update(&mut model, Msg::Expand(own("look"), true));
    let test = model.test.as_ref().expect("the test");
    assert!(test.doc.locks.contains("look") && test.shares == ShareMode::Parts && test.expanded.contains("look"));
    asks(&[], Msg::SaveCopy, &Effect::SaveFile(crate::text::notices::file_name("Corner shop"), before.into_bytes()));
    let secret = Effect::SetSecret(own("shop"), own("pin"), Some(own("1")));
    asks(&[], Msg::SetSecret(own("pin"), Some(own("1"))), &secret);
    let facts = Facts { secrets: Some(BTreeSet::from([own("pin")])), ..Facts::default() };
    update(&mut model, Msg::FactsKnown(own("shop"), Box::new(facts.clone())));
    assert_eq!(model.test.as_ref().map(|test| &test.facts), Some(&facts));
    update(&mut model, Msg::Estimated(0, Some(estimate(41))));
    assert_eq!(model.test.as_ref().and_then(|test| test.estimate), Some(41));
    update(&mut model, Msg::TargetKnown(Err(failure())));
    let target = model.test.as_ref().and_then(|test| test.target.clone());
    assert_eq!(target.map(|target| target.is_err()), Some(true));
    let asked = update(&mut model, Msg::AskTarget);
    assert!(matches!(asked[..], [Effect::CheckTarget(_)]) && model.test.is_some_and(|test| test.target.is_none()));
}

#[test]
fn versions_are_named_and_gone_back_to() {
    let mut model = open();
    let before = text(&model);
    update(&mut model, Msg::NameVersion(own("first")));
    update(&mut model, Msg::Select(vec![step("home")]));
    update(&mut model, Msg::DeleteChosen);
    let versions = crate::select::history::versions(model.test.as_ref().expect("the test"), model.now);
    let at = versions.iter().position(|version| version.named).expect("the named version");
    update(&mut model, Msg::RestoreVersion(at));
    assert_eq!(text(&model), before);
    update(&mut model, Msg::Undo);
    assert_ne!(text(&model), before, "going back can be undone");
}

#[test]
fn what_somebody_else_saved_is_kept_or_taken() {
    let mut theirs = crate::doc::tests::shop();
    theirs.name = own("Theirs");
    let changed = Msg::ChangedOutside(own("shop"), scenario::write(&theirs), false);
    let model = asks(std::slice::from_ref(&changed), Msg::KeepMine, &Effect::TakeTheirs(own("shop")));
    assert!(!text(&model).contains("Theirs"));
    let mut model = asks(&[changed], Msg::LoadTheirs, &Effect::TakeTheirs(own("shop")));
    assert!(text(&model).contains("Theirs"));
    update(&mut model, Msg::Undo);
    assert!(!text(&model).contains("Theirs"), "mine is one step back");
}

/// A note of the first thing that is watched; with a value, the first one names its series.
fn noted(second: u32, value: f64) -> Noted {
    let track = Track { source: 0, name: own("queue"), unit: Unit::Number, step: 1, points: Vec::new() };
    let new = if second == 0 { vec![track] } else { Vec::new() };
    Noted { source: 0, second, missed: None, new, values: vec![(0, value)] }
}

#[test]
fn what_the_target_says_is_kept_through_a_reload_and_begins_anew_with_another_run() {
    let mut model = open();
    let head = |id: &str| {
        let mut head = head(id);
        head.watched = vec![own("/metrics")];
        head
    };
    update(&mut model, Msg::RunStarted(Ok(head("r1"))));
    update(&mut model, Msg::RunNoted(Box::new(noted(0, 3.0))));
    let silent = Noted { missed: Some(own("it answered 503")), values: Vec::new(), ..noted(1, 0.0) };
    update(&mut model, Msg::RunNoted(Box::new(silent)));
    update(&mut model, Msg::RunStarted(Ok(head("r1"))));
    update(&mut model, Msg::RunNoted(Box::new(noted(2, 5.0))));
    let watched = |model: &Model| model.run.as_ref().unwrap().watched.clone();
    assert_eq!(watched(&model).tracks[0].points, [(0, 3.0), (2, 5.0)]);
    assert_eq!(watched(&model).missing_so_far(), ["/metrics said nothing 1 of 3 times: it answered 503."]);
    update(&mut model, Msg::RunWatched(Box::new(Watched::of([own("/metrics")]))));
    assert_eq!(watched(&model).tracks, [], "all of it came anew");
    update(&mut model, Msg::RunNoted(Box::new(noted(0, 1.0))));
    update(&mut model, Msg::RunEnded(Ok(own("r1"))));
    update(&mut model, Msg::RunStarted(Ok(head("r2"))));
    assert_eq!(watched(&model), Watched::of([own("/metrics")]));
}

#[test]
fn what_a_run_says_is_kept_and_said_once() {
    let mut model = open();
    update(&mut model, Msg::RunStarted(Ok(head("r1"))));
    let again = vec![Second { at: 4, ..Second::default() }];
    for msg in [
        Msg::RunSeconds(vec![Second { at: 3, ..Second::default() }]),
        Msg::RunSecondsAnew(again.clone()),
        Msg::RunSays(own("Holding up.")),
        Msg::RunRows(vec![LiveRow { label: own("Pay"), ..LiveRow::default() }]),
        Msg::RunGoals(vec![(Some(false), own("1.9 s"))]),
        Msg::RunIs(Phase::Holding),
    ] {
        update(&mut model, msg);
    }
    let told = Effect::Announce(own("Pay slowed."));
    assert!(update(&mut model, Msg::RunEvents(vec![event("Pay slowed.")])).contains(&told));
    assert!(!update(&mut model, Msg::RunEvents(vec![event("Pay slowed.")])).contains(&told), "heard once");
    assert!(
        update(&mut model, Msg::AskSamples(Some(own("status")))).contains(&Effect::ReadSamples(Some(own("status"))))
    );
    update(&mut model, Msg::RunSamples(None, Err(failure())));
    assert!(model.notices.iter().any(|notice| notice.text.contains("The disk is full.")));
    let run = model.run.expect("the run");
    assert_eq!((run.seconds, run.says.as_str(), run.phase), (again, "Holding up.", Phase::Holding));
    assert_eq!((run.rows[0].label.as_str(), run.goals[0].0, run.events.len()), ("Pay", Some(false), 1));
}

#[test]
fn notices_panels_and_the_line_come_and_go() {
    let mut model = open();
    update(&mut model, Msg::Say(Tone::Bad, own("It broke.")));
    let id = model.notices[0].id;
    update(&mut model, Msg::Dismiss(id));
    assert!(model.notices.is_empty());
    update(&mut model, Msg::SaveAsked);
    assert_eq!(model.notices[0].offer, Some(Offer::SaveCopy));
    let id = model.notices[0].id;
    assert!(matches!(update(&mut model, Msg::TakeOffer(id))[..], [Effect::SaveFile(..)]));
    let was = model.panels.contains(&Panel::Trial);
    update(&mut model, Msg::TogglePanel(Panel::Trial));
    assert_ne!(model.panels.contains(&Panel::Trial), was);
    update(&mut model, Msg::LineLost);
    assert!(model.cut_off);
    update(&mut model, Msg::LineBack);
    assert!(!model.cut_off);
}
