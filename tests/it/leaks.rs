//! A secret never leaves: a target that gives it back in every way it can be written, and a search of every file.

mod forms;
mod target;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tidemark_core::report::html;
use tidemark_core::result::read;
use tidemark_core::result::share::{Options, share};
use tidemark_core::wire::Overrides;
use tidemark_core::wire::event::Event;
use tidemark_core::wire::table::*;
use tidemark_tests::converse::{Line, ask};
use tidemark_tests::program::tidemark;

use crate::host::Direct;
use forms::{KEY, PASSWORD, assert_clean};

/// Two people send the secrets in every place where a request has room for one.
fn scenario(target: &str) -> Value {
    let echo = |name: &str, more: Value| {
        let mut request = json!({ "name": name, "method": "POST", "url": "/echo",
            "check": [ { "status": 200 }, { "json": "$.key", "is": "equal", "to": "another" } ] });
        more.as_object().expect("an object").iter().for_each(|(key, value)| request[key] = value.clone());
        json!({ "request": request })
    };
    json!({
        "format": 1, "name": "Leaks",
        "targets": [ { "name": "Echo", "url": target,
            "sign_in": { "basic": { "user": "ada", "password": "{{password}}" } },
            "watch": [
                { "metrics": "/metrics", "sign_in": { "bearer": "{{key}}" }, "series": ["queue"] },
                { "metrics": "/basic", "sign_in": { "basic": { "user": "ada", "password": "{{password}}" } }, "series": ["queue"] },
            ] } ],
        "secrets": [ "key", "password" ],
        "values": [ { "name": "both", "value": "{{key}} and {{password}}" } ],
        "users": [ { "name": "u", "pause": { "for": "20ms" }, "tasks": [ { "name": "t", "steps": [
            echo("Header", json!({ "headers": { "X-Key": "{{key}}", "X-Token": "Bearer {{key}}" } })),
            echo("Json", json!({ "body": { "json": { "key": "{{key}}", "both": "{{both}}" } } })),
            echo("Form", json!({ "body": { "form": { "password": "{{password}}" } } })),
            echo("Text", json!({ "body": { "text": "<p>{{password}}</p>" } })),
            echo("Query", json!({ "query": { "password": "{{password}}", "key": "{{key}}" } })),
            echo("Path", json!({ "method": "GET", "url": "/echo/{{key}}" })),
            echo("Redirect", json!({ "method": "GET", "url": "/redirect?key={{key}}" })),
            echo("Loop", json!({ "method": "GET", "url": "/loop?password={{password}}" })),
        ] } ] } ],
        "load": { "people": [ { "to": 2, "over": "0s" }, { "to": 2, "over": "2s" } ] },
        "goals": [ { "failures": { "below": "1%" } } ]
    })
}

/// The program in a folder, with the secrets in its environment.
fn program(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(tidemark());
    command.args(words).current_dir(folder).env("XDG_CONFIG_HOME", folder.join("config"));
    command.env("TIDEMARK_SECRET_KEY", KEY).env("TIDEMARK_SECRET_PASSWORD", PASSWORD);
    command.output().expect("the program starts")
}

/// Searches everything in a folder, whatever it is.
fn search(folder: &Path) -> usize {
    let mut searched = 0;
    for entry in std::fs::read_dir(folder).expect("a folder of the test") {
        let path = entry.expect("a file of the test").path();
        if path.is_dir() {
            searched += search(&path);
        } else {
            assert_clean(&path.display().to_string(), &std::fs::read(&path).expect("a file of the test"));
            searched += 1;
        }
    }
    searched
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_and_no_output_of_the_program_holds_a_secret() {
    let target = target::open().await;
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let text = serde_json::to_vec_pretty(&scenario(&target)).expect("plain data");
    std::fs::write(folder.path().join("leaks.tide"), text).expect("a file in it");
    let commands: [&[&str]; 11] = [
        &["check", "leaks.tide"],
        &["preview", "leaks.tide"],
        &["try", "leaks.tide", "--full"],
        &["run", "leaks.tide", "--out", "leaks.tiderun"],
        &["report", "leaks.tiderun"],
        &["report", "leaks.tiderun", "--json"],
        &["report", "leaks.tiderun", "--html", "leaks.html"],
        &[
            "report",
            "leaks.tiderun",
            "--junit",
            "leaks.xml",
            "--markdown",
            "leaks.md",
            "--csv-steps",
            "leaks.csv",
            "--csv-watched",
            "watched.csv",
        ],
        &["compare", "leaks.tiderun", "leaks.tiderun", "--markdown", "compared.md"],
        &["share", "leaks.tiderun", "shared.tiderun"],
        &["share", "leaks.tiderun", "less.tiderun", "--without-bodies", "--hide-hosts"],
    ];
    for words in commands {
        let place = folder.path().to_owned();
        let said = tokio::task::spawn_blocking(move || program(&place, words)).await.expect("it ends");
        let all = [said.stdout, said.stderr].concat();
        assert!(matches!(said.status.code(), Some(0 | 1)), "{words:?}: {}", String::from_utf8_lossy(&all));
        assert_clean(&words.join(" "), &all);
    }
    let result = read(&std::fs::read(folder.path().join("leaks.tiderun")).expect("it was written")).expect("it opens");
    let kept: Vec<&str> =
        result.samples.iter().map(|sample| result.header.names[sample.name.at()].label.as_str()).collect();
    for name in ["Header", "Json", "Form", "Text", "Query", "Path", "Redirect", "Loop"] {
        assert!(kept.contains(&name), "no sample of {name}: {kept:?}");
    }
    let watched = &result.watched;
    assert!(
        watched.sources.len() == 2 && watched.sources.iter().all(|source| source.asked > 0 && source.missed == 0),
        "{watched:?}"
    );
    assert!(watched.tracks.len() == 2 && watched.tracks.iter().all(|track| track.name.contains("••••")), "{watched:?}");
    let masked =
        result.samples.iter().filter_map(|sample| sample.answer.as_ref()).filter(|answer| answer.body.contains("••••"));
    assert!(masked.count() > 0, "the target does give secrets back");
    assert!(search(folder.path()) >= 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_the_app_keeps_or_tells_holds_a_secret() {
    let target = target::open().await;
    let mut direct = Direct::open();
    let text = scenario(&target).to_string();
    for (name, value) in [("key", KEY), ("password", PASSWORD)] {
        let secret = SetSecret { file: None, name: name.into(), value: Some(value.into()) };
        ask(&mut direct, &secret).await.expect("a secret can be told");
    }
    let write = WriteScenario { file: None, text: text.clone(), revision: None };
    ask(&mut direct, &write).await.expect("it can be written");
    let trial = StartTrial {
        file: None,
        text: text.clone(),
        overrides: Overrides::default(),
        user: None,
        task: None,
        skip_pauses: true,
        by_hand: false,
        row: None,
    };
    ask(&mut direct, &trial).await.expect("a trial starts");
    let mut heard = Vec::new();
    while !tried(&hear(&mut direct, &mut heard).await) {}
    let start = StartRun { file: None, text, overrides: Overrides::default(), raised: false };
    let run = ask(&mut direct, &start).await.expect("a run starts").run;
    while !matches!(hear(&mut direct, &mut heard).await, Event::RunEnded(_)) {}
    let samples = ask(&mut direct, &RunSamples { run, kind: None }).await.expect("samples are kept");
    assert!(samples.samples.len() >= 5);
    heard.extend(serde_json::to_vec(&samples).expect("plain data"));
    assert_clean("what was told", &heard);
    assert!(search(direct.top()) >= 2);
    let results = std::fs::read_dir(direct.top().join("app/results")).expect("the app keeps results");
    let results: Vec<_> = results.map(|file| file.expect("a result").path()).collect();
    assert_eq!(results.len(), 1);
    for path in results {
        let bytes = std::fs::read(&path).expect("a result");
        for options in [Options::WHOLE, Options { without_bodies: true, hide_hosts: true }] {
            assert_clean("a shared result", &share(&bytes, &options).expect("it can be shared"));
            assert_clean("a page", html::html(&read(&bytes).expect("it opens"), &options).as_bytes());
        }
    }
}

/// The next thing that is told; all of it is kept.
async fn hear(direct: &mut Direct, heard: &mut Vec<u8>) -> Event {
    let told = direct.event().await.expect("the host is there");
    heard.extend(serde_json::to_vec(&told).expect("events are plain data"));
    heard.push(b'\n');
    told.event
}

/// Whether a trial is over.
fn tried(event: &Event) -> bool {
    use tidemark_core::wire::trial::TryStep;
    matches!(event, Event::TryEvent(told) if matches!(told.step, TryStep::Left(_)))
}
