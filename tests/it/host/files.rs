//! Scenarios, results, settings, hosts and secrets.

use std::fs;

use serde_json::{Map, Value, json};
use tidemark_core::wire::files::{Bytes, Stage};
use tidemark_core::wire::table::*;
use tidemark_core::wire::target::SecretSource;
use tidemark_core::wire::{Code, Overrides};
use tidemark_tests::converse::ask;

use super::{Direct, write};

const TEXT: &str = r#"{ "format": 1, "name": "A/B test" }"#;

fn new(file: Option<&str>) -> WriteScenario {
    WriteScenario { file: file.map(str::to_owned), text: TEXT.to_owned(), revision: None }
}

#[tokio::test]
async fn names_never_lead_out_of_the_folder() {
    let mut direct = Direct::open();
    let outside = direct.folder.path().join("other").join("mine.tide");
    write(&outside, TEXT);
    let outside = outside.display().to_string();
    let rows: [(&str, Option<Code>); 10] = [
        ("", Some(Code::Invalid)),
        ("notes.txt", Some(Code::Invalid)),
        ("../x.tide", Some(Code::Invalid)),
        ("sub/x.tide", Some(Code::Invalid)),
        ("sub\\x.tide", Some(Code::Invalid)),
        (".hidden.tide", Some(Code::Invalid)),
        ("x\0.tide", Some(Code::Invalid)),
        ("/../x.tide", Some(Code::Invalid)),
        ("missing.tide", Some(Code::NotFound)),
        (&outside, None),
    ];
    for (file, expected) in rows {
        let read = ask(&mut direct, &ReadScenario { file: file.to_owned() }).await;
        assert_eq!(read.as_ref().err().map(|failure| failure.code), expected, "{file}: {read:?}");
    }
    // Whoever comes over the network reads files of the app, and no others.
    let mut served = Direct::in_folder(tempfile::tempdir().unwrap(), false);
    for file in [outside.as_str(), "/etc/passwd.tide"] {
        let refused = ask(&mut served, &ReadScenario { file: file.to_owned() }).await.unwrap_err();
        assert_eq!(refused.code, Code::Refused, "{refused}");
    }
}

#[tokio::test]
async fn nothing_is_written_over_what_somebody_else_wrote() {
    let mut direct = Direct::open();
    let first = ask(&mut direct, &new(None)).await.unwrap();
    let second = ask(&mut direct, &new(None)).await.unwrap();
    assert_eq!((first.file.as_str(), second.file.as_str()), ("A-B test.tide", "A-B test 2.tide"));
    let taken = ask(&mut direct, &new(Some(&first.file))).await.unwrap_err();
    assert_eq!((taken.code, taken.found.unwrap().revision), (Code::Conflict, first.revision.clone()));
    // Another program changes the file.
    let path = direct.at("scenarios/A-B test.tide");
    write(&path, "theirs");
    let mine = WriteScenario { revision: Some(first.revision.clone()), text: "mine".into(), ..new(Some(&first.file)) };
    let conflict = ask(&mut direct, &mine).await.unwrap_err();
    let found = conflict.found.unwrap();
    assert_eq!((conflict.code, found.text.as_str()), (Code::Conflict, "theirs"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
    // Having seen theirs, mine may be kept.
    let kept = ask(&mut direct, &WriteScenario { revision: Some(found.revision), ..mine.clone() }).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    // Who writes what is there already has lost nothing, even with an old revision.
    assert_eq!(ask(&mut direct, &mine).await.unwrap(), kept);
    fs::remove_file(&path).unwrap();
    assert_eq!(ask(&mut direct, &mine).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn two_writers_at_once_never_both_win() {
    let mut direct = Direct::open();
    let mut revision = ask(&mut direct, &new(None)).await.unwrap().revision;
    for round in 0..20 {
        let write = |who: &str| {
            let (host, revision) = (direct.host.clone(), revision.clone());
            let text = format!("{who} {round}");
            tokio::spawn(async move {
                host.call("library.write", json!({ "file": "A-B test.tide", "text": text, "revision": revision })).await
            })
        };
        let (ada, ben) = (write("Ada"), write("Ben"));
        let won: Vec<Value> = [ada.await.unwrap(), ben.await.unwrap()].into_iter().flatten().collect();
        assert_eq!(won.len(), 1, "{won:?}");
        revision = won[0]["revision"].as_str().unwrap().to_owned();
    }
}

#[tokio::test]
async fn lists_show_what_can_be_read_and_say_what_cannot() {
    let mut direct = Direct::open();
    write(&direct.at("scenarios/good.tide"), TEXT);
    write(&direct.at("scenarios/nameless.tide"), "{}");
    write(&direct.at("scenarios/broken.tide"), "{ oh");
    write(&direct.at("scenarios/binary.tide"), [0xff, 0xfe, 0]);
    write(&direct.at("scenarios/notes.txt"), "");
    write(&direct.at("scenarios/.hidden.tide"), TEXT);
    write(&direct.at("scenarios/folder.tide/x"), "");
    let mut listed = ask(&mut direct, &ListScenarios {}).await.unwrap().scenarios;
    listed.sort_by(|a, b| a.file.cmp(&b.file));
    let seen: Vec<_> = listed.iter().map(|e| (e.file.as_str(), e.title.as_str(), e.trouble.is_some())).collect();
    let expected = [
        ("binary.tide", "binary", true),
        ("broken.tide", "broken", true),
        ("good.tide", "A/B test", false),
        ("nameless.tide", "nameless", false),
    ];
    assert_eq!(seen, expected);
    write(&direct.at("results/broken.tiderun"), "oh");
    let results = ask(&mut direct, &ListResults {}).await.unwrap().results;
    assert_eq!((results[0].stage, results[0].trouble.is_some()), (Stage::Unreadable, true));
}

#[tokio::test]
async fn removed_files_are_kept_and_names_are_not_taken_twice() {
    let mut direct = Direct::open();
    for _ in 0..2 {
        let file = ask(&mut direct, &new(None)).await.unwrap().file;
        ask(&mut direct, &RemoveScenario { file }).await.unwrap();
    }
    for name in ["A-B test.tide", "A-B test 2.tide"] {
        assert_eq!(fs::read_to_string(direct.at("scenarios/removed").join(name)).unwrap(), TEXT);
    }
    assert!(ask(&mut direct, &ListScenarios {}).await.unwrap().scenarios.is_empty());
    write(&direct.at("scenarios/a.tide"), TEXT);
    write(&direct.at("scenarios/b.tide"), TEXT);
    let rename = |to: &str| RenameScenario { file: "a.tide".into(), to: to.into() };
    for (to, code) in [("b", Code::Invalid), ("../b", Code::Invalid), ("", Code::Invalid), (".c", Code::Invalid)] {
        assert_eq!(ask(&mut direct, &rename(to)).await.unwrap_err().code, code, "{to}");
    }
    assert_eq!(ask(&mut direct, &rename("a")).await.unwrap().file, "a.tide");
    assert_eq!(ask(&mut direct, &rename("Größer, schneller.tide")).await.unwrap().file, "Größer, schneller.tide");
    let import = ImportResult { name: "x".into(), bytes: Bytes(b"no result".to_vec()) };
    assert_eq!(ask(&mut direct, &import).await.unwrap_err().code, Code::Unreadable);
}

#[tokio::test]
async fn settings_and_hosts_outlive_the_program_and_secrets_do_not() {
    let mut direct = Direct::open();
    assert!(ask(&mut direct, &ReadSettings {}).await.unwrap().settings.is_empty());
    let settings = Map::from_iter([("theme".to_owned(), json!("dark"))]);
    ask(&mut direct, &SaveSettings { settings: settings.clone() }).await.unwrap();
    for host in ["Staging.Shop.Test.", "10.0.0.7", "other.test"] {
        ask(&mut direct, &AllowHost { host: host.into() }).await.unwrap();
    }
    for host in ["", "http://x", "a b", "a/b"] {
        assert_eq!(ask(&mut direct, &AllowHost { host: host.into() }).await.unwrap_err().code, Code::Invalid, "{host}");
    }
    ask(&mut direct, &ForgetHost { host: "OTHER.test".into() }).await.unwrap();
    let file = Some("a.tide".to_owned());
    let text = r#"{ "name": "x", "secrets": [ { "name": "key" }, { "name": "other" } ] }"#.to_owned();
    let secret = SetSecret { file: file.clone(), name: "key".into(), value: Some("hunter2-secret".into()) };
    ask(&mut direct, &secret).await.unwrap();
    let state = SecretsNow { file: file.clone(), text };
    let sources = |known: tidemark_core::wire::target::SecretsKnown| {
        known.secrets.iter().map(|secret| secret.source).collect::<Vec<_>>()
    };
    let known = ask(&mut direct, &state).await.unwrap();
    assert!(!serde_json::to_string(&known).unwrap().contains("hunter2"));
    assert_eq!(sources(known), [SecretSource::Session, SecretSource::Missing]);
    // A secret is told for one scenario, and no other gets it.
    let stranger = SecretsNow { file: Some("b.tide".into()), ..state.clone() };
    assert_eq!(sources(ask(&mut direct, &stranger).await.unwrap()), [SecretSource::Missing; 2]);
    let forget = SetSecret { value: None, ..secret.clone() };
    ask(&mut direct, &forget).await.unwrap();
    assert_eq!(sources(ask(&mut direct, &state).await.unwrap()), [SecretSource::Missing; 2]);
    ask(&mut direct, &secret).await.unwrap();

    let mut again = Direct::in_folder(direct.end(), true);
    assert_eq!(ask(&mut again, &ReadSettings {}).await.unwrap().settings, settings);
    let hosts = ask(&mut again, &ListHosts {}).await.unwrap().hosts;
    assert_eq!(hosts.iter().map(|host| host.host.as_str()).collect::<Vec<_>>(), ["10.0.0.7", "staging.shop.test"]);
    assert_eq!(sources(ask(&mut again, &state).await.unwrap()), [SecretSource::Missing; 2]);
    write(&again.at("settings.json"), "{ oh");
    assert!(ask(&mut again, &ReadSettings {}).await.unwrap().settings.is_empty());
}

#[tokio::test]
async fn problems_include_what_only_this_computer_knows() {
    let mut direct = Direct::open();
    write(&direct.at("scenarios/people.csv"), "email\nada@shop.test\n");
    let text = |file: &str| {
        json!({
            "format": 1, "name": "x",
            "targets": [ { "name": "t", "url": "http://127.0.0.1:9" } ],
            "data": [ { "name": "people", "file": file } ],
            "users": [ { "name": "u", "pause": { "for": "1s" }, "tasks": [ { "name": "t", "steps": [
                { "request": { "url": "/{{people.email}}", "headers": { "X-Key": "{{key}}" } } } ] } ] } ],
            "secrets": [ { "name": "key" } ],
            "load": { "people": [ { "to": 1, "over": "1s" } ] }
        })
        .to_string()
    };
    let check = |text| CheckScenario { file: None, text, overrides: Overrides::default() };
    let mut codes = Vec::new();
    for file in ["people.csv", "nobody.csv"] {
        let problems = ask(&mut direct, &check(text(file))).await.unwrap().problems;
        let stops = problems.into_iter().filter(|problem| problem.severity == "error");
        codes.push(stops.map(|problem| problem.code).collect::<Vec<_>>());
    }
    assert!(codes[0].iter().all(|code| code.starts_with("secret-")) && !codes[0].is_empty(), "{codes:?}");
    assert!(codes[1].iter().any(|code| code.contains("file")), "{codes:?}");
    let secret = SetSecret { file: None, name: "key".into(), value: Some("hunter2-secret".into()) };
    ask(&mut direct, &secret).await.unwrap();
    let problems = ask(&mut direct, &check(text("people.csv"))).await.unwrap().problems;
    assert!(problems.iter().all(|problem| problem.severity != "error"), "{problems:?}");
}
