//! Journals and facts beside scenarios.

use serde_json::json;
use tidemark_core::check::TableFacts;
use tidemark_core::wire::Code;
use tidemark_core::wire::table::*;
use tidemark_tests::converse::ask;

use super::{Direct, write};

const TEXT: &str = r#"{ "format": 1, "name": "Noted" }"#;

fn read(file: &str) -> ReadJournal {
    ReadJournal { file: file.to_owned() }
}

#[tokio::test]
async fn a_journal_follows_its_file_and_ends_with_it() {
    let mut direct = Direct::open();
    let new = WriteScenario { file: None, text: TEXT.to_owned(), revision: None };
    let file = ask(&mut direct, &new).await.unwrap().file;
    assert_eq!(ask(&mut direct, &read(&file)).await.unwrap(), Journal { text: None });
    for text in ["one", "two"] {
        let note = WriteJournal { file: file.clone(), text: text.to_owned() };
        ask(&mut direct, &note).await.unwrap();
    }
    let kept = Journal { text: Some("two".to_owned()) };
    assert_eq!(ask(&mut direct, &read(&file)).await.unwrap(), kept);
    let rename = RenameScenario { file: file.clone(), to: "Later".to_owned() };
    let later = ask(&mut direct, &rename).await.unwrap().file;
    assert_eq!(ask(&mut direct, &read(&later)).await.unwrap(), kept);
    assert_eq!(ask(&mut direct, &read(&file)).await.unwrap(), Journal { text: None });

    // Journals are no scenarios, and one of a file that is gone is not the next one's.
    let listed = ask(&mut direct, &ListScenarios {}).await.unwrap().scenarios;
    assert_eq!(listed.iter().map(|entry| entry.file.as_str()).collect::<Vec<_>>(), [later.as_str()]);
    ask(&mut direct, &RemoveScenario { file: later.clone() }).await.unwrap();
    let again = WriteScenario { text: TEXT.replace("Noted", "Later"), ..new };
    assert_eq!(ask(&mut direct, &again).await.unwrap().file, later);
    assert_eq!(ask(&mut direct, &read(&later)).await.unwrap(), Journal { text: None });
}

#[tokio::test]
async fn a_journal_has_bounds_and_stays_in_the_folder() {
    let mut direct = Direct::in_folder(tempfile::tempdir().unwrap(), false);
    for (file, text) in [("../x.tide", String::new()), ("/x.tide", String::new()), ("a.tide", "x".repeat(9 << 20))] {
        let failure = ask(&mut direct, &WriteJournal { file: file.to_owned(), text }).await.unwrap_err();
        assert!([Code::Invalid, Code::Refused].contains(&failure.code), "{file}: {failure}");
    }
    write(&direct.at("scenarios/.tidemark/bad.tide.journal"), [0xff, 0xfe]);
    assert_eq!(ask(&mut direct, &read("bad.tide")).await.unwrap(), Journal { text: None });
}

#[tokio::test]
async fn facts_are_what_only_this_computer_knows() {
    let mut direct = Direct::open();
    write(&direct.at("scenarios/people.csv"), "email,card\na,1\nb,2\n");
    let scenario = json!({
        "format": 1, "name": "x",
        "secrets": [ { "name": "told" }, { "name": "missing" } ],
        "data": [ { "name": "people", "file": "people.csv" }, { "name": "gone", "file": "gone.csv" } ],
    });
    let (file, text) = (Some("x.tide".to_owned()), scenario.to_string());
    let tell = SetSecret { file: file.clone(), name: "told".to_owned(), value: Some("psst".to_owned()) };
    ask(&mut direct, &tell).await.unwrap();
    let facts = ask(&mut direct, &ReadFacts { file, text }).await.unwrap();
    let table = TableFacts { columns: vec!["email".to_owned(), "card".to_owned()], rows: 2 };
    assert_eq!(facts.tables.into_iter().collect::<Vec<_>>(), [("people".to_owned(), table)]);
    assert_eq!((facts.files, facts.secrets), (vec!["people.csv".to_owned()], vec!["told".to_owned()]));
}
