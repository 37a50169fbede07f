#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde_json::{Value, json};
use tidemark_core::scenario::{RowsOut, Scenario};

use crate::doc::Item;
use crate::doc::edit::{DataEdit, Edit, LoadEdit, TableEdit, TargetEdit};
use crate::effect::{Beyond, Effect};
use crate::model::{Capabilities, Dialog, Failure, Model, ReadAs, TableRows, Taken, Then};
use crate::msg::Msg;
use crate::route::Tab;
use crate::select::data::{self, Sort};
use crate::select::{data::read, reach, shell};
use crate::update;
use crate::update::tests::open;

fn own(text: &str) -> String {
    text.to_owned()
}

fn scenario(model: &Model) -> &Scenario {
    model.test.as_ref().unwrap().doc.scenario()
}

fn table(model: &mut Model, edit: TableEdit) {
    update(model, Msg::Edit(Edit::Data(DataEdit::Table(0, edit))));
}

/// Works out what a run takes, as the outside does.
fn estimated(model: &mut Model, revision: u64) {
    let effects = update(model, Msg::SaveDue(revision));
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::Estimate(scenario, revision) => Some(Msg::Estimated(revision, shell::estimate(&scenario))),
        _ => None,
    });
    update(model, asked.expect("it is asked"));
}

#[test]
fn a_file_is_shown_before_it_is_added_and_every_choice_is_followed() {
    let mut model = open();
    update(&mut model, Msg::ShowTab(Tab::Data));
    let bytes = b"name;zip\nJ\xFCrgen;01234\nAnn;00007;more\n".to_vec();
    update(&mut model, Msg::FileGiven(own("C:\\lists\\our people.csv"), bytes));
    assert_eq!(model.dialog, Some(Dialog::ReadTable));
    let shown = |model: &Model| read::reading(model.incoming.as_ref().unwrap());
    let first = shown(&model);
    assert_eq!(
        (first.name.as_str(), first.columns.as_slice()),
        ("our people", &[own("name"), own("zip"), own("column 3")][..])
    );
    assert_eq!(first.encodings[0].1, "windows-1252, found out");
    assert_eq!(first.separators[0].1, "Semicolon ;, found out");
    assert!(
        first.trouble.starts_with("Row 3, column \"3\": 3 values here, but there are 2 columns."),
        "{}",
        first.trouble
    );
    assert_eq!((first.broken, first.not_now.as_str()), (Some((1, 2)), ""), "an uneven row is kept whole");
    update(&mut model, Msg::ReadAs(ReadAs::Encoding(own("UTF-8"))));
    let wrong = shown(&model);
    assert!(
        wrong.trouble.starts_with("Row 2, column \"name\": there are bytes that are no UTF-8."),
        "{}",
        wrong.trouble
    );
    assert!(!wrong.not_now.is_empty());
    update(&mut model, Msg::AddTable);
    assert_eq!(scenario(&model).data.len(), 1, "what can't be read is not added");
    update(&mut model, Msg::ReadAs(ReadAs::Encoding(String::new())));
    update(&mut model, Msg::ReadAs(ReadAs::Names(false)));
    assert_eq!(shown(&model).columns, ["column 1", "column 2", "column 3"]);
    update(&mut model, Msg::ReadAs(ReadAs::Names(true)));
    update(&mut model, Msg::AddTable);
    let added = &scenario(&model).data[1];
    assert_eq!(
        added.rows,
        [vec![json!("Jürgen"), json!("01234"), json!("")], vec![json!("Ann"), json!("00007"), json!("more")]]
    );
    assert_eq!((model.dialog.clone(), data::shown(&model)), (None, Some(Item::Table(1))));
    update(&mut model, Msg::Undo);
    assert_eq!(scenario(&model).data.len(), 1);
}

#[test]
fn a_table_without_a_test_and_a_file_that_is_none_are_said_and_nothing_happens() {
    let mut model = Model::default();
    update(&mut model, Msg::FileGiven(own("a.csv"), b"a,b".to_vec()));
    assert!(model.incoming.is_none() && model.notices.len() == 1);
    let mut model = open();
    update(&mut model, Msg::FileGiven(own("a.csv"), b"PK\x03\x04".to_vec()));
    let shown = read::reading(model.incoming.as_ref().unwrap());
    assert!(shown.trouble.contains("a spreadsheet") && !shown.not_now.is_empty(), "{shown:?}");
}

#[test]
fn need_and_have_are_said_as_the_rows_are_handed_out() {
    let mut model = open();
    update(&mut model, Msg::Edit(Edit::Load(LoadEdit::StageTo(0, 60.0))));
    update(&mut model, Msg::Edit(Edit::Load(LoadEdit::StageTo(1, 60.0))));
    let revision = model.test.as_ref().unwrap().doc.revision();
    estimated(&mut model, revision);
    let need = |model: &Model| data::need(model, 0, &data::uses(model));
    // Members, who use the table, are a part of the 60 people.
    let members = model.test.as_ref().unwrap().needs[0].1.unwrap();
    let text = need(&model).text;
    assert!(members <= 60 && text.starts_with(&format!("{members} people, 20 rows:")), "{text}");
    let lack = members.saturating_sub(20);
    assert_eq!(need(&model).short, lack > 0);
    assert!(lack == 0 || text.contains(&format!("{lack} pe")), "{text}");
    table(&mut model, TableEdit::RunOut(RowsOut::TestStops));
    assert!(lack == 0 || need(&model).text.contains("the test ends"), "{}", need(&model).text);
}

#[test]
fn what_is_in_use_is_asked_about_and_others_take_its_place_in_one_step() {
    let mut model = open();
    let paste = Edit::Data(DataEdit::ImportTable(own("shoppers"), own("mail\tword\nx@y.test\tp\nz@y.test\tq")));
    update(&mut model, Msg::Edit(paste));
    update(&mut model, Msg::TakeOut(Taken::Item(Item::Table(1))));
    assert_eq!((scenario(&model).data.len(), model.dialog.clone()), (1, None), "nothing uses it: it is gone at once");
    update(&mut model, Msg::Undo);
    let taken = Taken::Item(Item::Table(0));
    update(&mut model, Msg::TakeOut(taken.clone()));
    assert_eq!(model.dialog, Some(Dialog::TakeOut(taken.clone())));
    let lost = data::takes(&model, &data::uses(&model), &taken);
    let email = lost.iter().find(|lost| lost.name == "people.email").unwrap();
    assert!(email.others.contains(&own("shoppers.mail")) && !email.others.contains(&own("people.card")), "{email:?}");
    let pairs = vec![(own("people.email"), own("shoppers.mail"))];
    update(&mut model, Msg::TakeOutReplaced(taken, pairs));
    assert_eq!((scenario(&model).data.len(), model.dialog.clone()), (1, None));
    let uses = data::uses(&model);
    assert!(uses.count("shoppers.mail") > 0 && uses.count("people.email") == 0 && uses.count("people.password") > 0);
    update(&mut model, Msg::Undo);
    assert_eq!((scenario(&model).data.len(), data::uses(&model).count("people.email") > 0), (2, true));
}

#[test]
fn rows_in_a_file_are_shown_and_brought_into_the_test() {
    let mut model = open();
    table(&mut model, TableEdit::RemoveRows(0, 20));
    table(&mut model, TableEdit::File(own("people.csv")));
    assert_eq!(data::in_file(&model, 0), data::InFile::Reading);
    let effects = update(&mut model, Msg::AskTable(0));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::ReadTable(_, _, name, 1_000) if name == "people")));
    let part = |count: usize, total: u64| {
        let rows = vec![vec![json!("01"), Value::Null]; count];
        Box::new(TableRows { columns: vec![own("email"), own("card")], rows, total })
    };
    let id = model.test.as_ref().unwrap().id.clone();
    let answer = |rows| Msg::TableRead(id.clone(), own("people"), rows);
    update(&mut model, answer(Ok(part(1_000, 1_500))));
    assert_eq!(data::in_file(&model, 0), data::InFile::Read(own("The first 1,000 of 1,500 rows are shown.")));
    assert_eq!(data::rows_seen(&model, 0, 999, 5), [["01", ""]]);
    update(&mut model, Msg::BringIn(0));
    update(&mut model, answer(Err(Failure { message: own("Gone."), ..Failure::default() })));
    assert_eq!(data::in_file(&model, 0), data::InFile::Trouble(own("Gone.")));
    update(&mut model, Msg::BringIn(0));
    update(&mut model, answer(Ok(part(1_500, 1_500))));
    let brought = &scenario(&model).data[0];
    assert_eq!((brought.rows.len(), brought.file.as_str()), (1_500, ""));
    update(&mut model, Msg::Undo);
    assert_eq!(scenario(&model).data[0].file, "people.csv");
}

#[test]
fn people_s_targets_start_small_until_somebody_says_otherwise() {
    let check = |url: &str, name: &str, people: f64, most: Option<u32>, can_be_raised: bool| {
        let mut model = open();
        update(&mut model, Msg::Edit(Edit::Target(TargetEdit::Url(0, own(url)))));
        update(&mut model, Msg::Edit(Edit::Rename(Item::Target(0), own(name))));
        update(&mut model, Msg::Edit(Edit::Load(LoadEdit::StageTo(0, people))));
        let cap = reach::cap(&model);
        assert_eq!(cap.as_ref().map(|cap| cap.most), most, "{url} {name} {people}");
        assert_eq!(cap.is_some_and(|cap| cap.can_be_raised), can_be_raised, "{url} {name} {people}");
    };
    check("https://shop.example", "Shop", 60.0, Some(25), true);
    check("https://shop.example", "Shop", 20.0, None, false);
    check("https://staging.shop.example", "Shop", 60.0, None, false);
    check("https://staging.shop.example", "Production", 60.0, Some(25), true);
    check("http://10.0.0.7", "Live", 60.0, Some(25), true);
    check("https://staging.shop.example", "Shop", 501.0, Some(500), false);
    check("http://127.0.0.1:9", "Live", 5_000.0, None, false);
    let mut model = open();
    update(&mut model, Msg::Edit(Edit::Target(TargetEdit::Url(0, own("https://shop.example")))));
    update(&mut model, Msg::Edit(Edit::Load(LoadEdit::StageTo(0, 60.0))));
    update(&mut model, Msg::RunTest);
    update(&mut model, Msg::HostWord(own("shop.example"), true, own("shop.example")));
    let started = |effects: Vec<Effect>| {
        effects
            .into_iter()
            .find_map(|effect| if let Effect::StartRun(_, beyond) = effect { Some(beyond) } else { None })
    };
    let mut raised = model.clone();
    assert_eq!(started(update(&mut model, Msg::ConfirmRun)), Some(Beyond { most: Some(25), raised: false }));
    update(&mut raised, Msg::RaiseLimit(true));
    assert_eq!(started(update(&mut raised, Msg::ConfirmRun)), Some(Beyond { most: None, raised: true }));
}

#[test]
fn a_trial_asks_about_hosts_too_and_goes_on_when_they_are_confirmed() {
    let mut model = open();
    update(&mut model, Msg::Edit(Edit::Target(TargetEdit::Url(0, own("http://10.0.0.7")))));
    let user = scenario(&model).users[0].id.clone();
    update(&mut model, Msg::TryOne(user, None));
    assert_eq!((model.dialog.clone(), &model.reach.then), (Some(Dialog::BeforeRun), &Then::Try));
    assert_eq!(reach::before_run(&model).unwrap().act, "Try one user at 10.0.0.7");
    update(&mut model, Msg::HostWord(own("10.0.0.7"), true, own("10.0.0.7")));
    let effects = update(&mut model, Msg::ConfirmRun);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Try(..))), "{effects:?}");
}

#[test]
fn a_run_that_the_other_side_refuses_is_asked_about_by_what_it_knows() {
    use tidemark_core::wire::target::{Distance, HostFacts, TargetFacts};
    let mut model = open();
    update(&mut model, Msg::RunTest);
    let failure = Failure { code: own("refused"), message: own("alias is elsewhere."), ..Failure::default() };
    let effects = update(&mut model, Msg::RunStarted(Err(failure)));
    assert!(model.run.is_none() && model.dialog == Some(Dialog::BeforeRun));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::CheckTarget(_))));
    let url = scenario(&model).targets[0].url.clone();
    let hosts = vec![HostFacts { host: own("alias"), port: 80, distance: Distance::PrivateNetwork, allowed: false }];
    update(&mut model, Msg::TargetKnown(Ok(Box::new(TargetFacts { url, hosts, unreachable: None }))));
    let questions = reach::questions(&model);
    assert_eq!(questions.len(), 1);
    assert_eq!((questions[0].host.as_str(), questions[0].text.as_str()), ("alias", "alias is on the private network."));
}

#[test]
fn the_lists_say_what_there_is_and_how_often_it_is_used() {
    let model = open();
    let uses = data::uses(&model);
    let tables = data::lines(&model, Sort::Tables, &uses);
    assert_eq!(
        (tables[0].name.as_str(), tables[0].sub.as_str(), tables[0].chosen),
        ("people", "20 rows, 3 columns", true)
    );
    assert!(tables[0].used.starts_with("used "), "{}", tables[0].used);
    assert_eq!(data::lines(&model, Sort::Targets, &uses)[0].used, "in use");
    assert!(data::places(&model, &uses, &Item::Table(0)).iter().all(|place| !place.text.is_empty()));
    assert_eq!(data::block_text(&model, 0, (0, 2), (0, 2)), "ada@shop.test\ttide\nben@shop.test\ttide");
}

#[test]
fn where_nothing_real_is_sent_nothing_says_that_it_is() {
    let mut model = open();
    model.can = Capabilities { practice: true, send: false, ..model.can.clone() };
    model.test.as_mut().unwrap().estimate = Some(1_193);
    let before = reach::before_run(&model).unwrap();
    assert_eq!(
        (before.act.as_str(), before.target.unwrap().class_word),
        ("Simulate about 1,190 requests", "simulated")
    );
    assert!(before.facts.contains(&("Requests", own("about 1,190"))), "{:?}", before.facts);
}
