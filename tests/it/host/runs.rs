//! Runs and trials that don't go as planned.

use std::net::SocketAddr;

use serde_json::json;
use tidemark_core::plan::curve::Steer;
use tidemark_core::result;
use tidemark_core::verdict::Ended;
use tidemark_core::wire::event::Event;
use tidemark_core::wire::files::Stage;
use tidemark_core::wire::run::{Phase, Stop};
use tidemark_core::wire::table::*;
use tidemark_core::wire::target::Distance;
use tidemark_core::wire::trial::{HowLeft, TryStep};
use tidemark_core::wire::{Code, Overrides};
use tidemark_tests::converse::{Line, ask};

use super::{Direct, shop, write};

/// Two people ask for a page that isn't there, with a secret in a header, for a minute.
fn failing(address: SocketAddr) -> String {
    json!({
        "format": 1, "name": "Failing",
        "targets": [ { "name": "Shop", "url": format!("http://{address}") } ],
        "secrets": [ { "name": "key" } ],
        "users": [ { "name": "u", "pause": { "for": "50ms" }, "tasks": [ { "name": "t", "steps": [
            { "request": { "name": "Gone", "url": "/nowhere/{{key}}", "headers": { "X-Key": "{{key}}" },
                "check": [ { "status": 200 } ] } } ] } ] } ],
        "load": { "people": [ { "to": 2, "over": "0s" }, { "to": 2, "over": "60s" } ] }
    })
    .to_string()
}

pub fn start(text: &str) -> StartRun {
    StartRun { file: None, text: text.to_owned(), overrides: Overrides::default(), raised: false }
}

/// All that is told until the end of the run, as JSON.
async fn until_the_end(direct: &mut Direct) -> (String, Ended) {
    let mut heard = String::new();
    loop {
        let told = direct.event().await.expect("the host is there");
        heard.push_str(&serde_json::to_string(&told).expect("events are plain data"));
        if let Event::RunEnded(ended) = told.event {
            return (heard, ended.over.ended);
        }
    }
}

#[tokio::test]
async fn a_run_that_fails_shows_samples_and_never_a_secret() {
    let (shop, address) = shop().await;
    let mut direct = Direct::open();
    let text = failing(address);
    let missing = ask(&mut direct, &start(&text)).await.unwrap_err();
    assert_eq!(missing.code, Code::Invalid);
    assert!(missing.message.contains("key"), "{missing}");
    let secret = SetSecret { file: None, name: "key".into(), value: Some("hunter2-secret".into()) };
    ask(&mut direct, &secret).await.unwrap();
    let run = ask(&mut direct, &start(&text)).await.unwrap().run;
    while !matches!(direct.event().await.unwrap().event, Event::Tick(_)) {}
    ask(&mut direct, &StopRun { run, how: Stop::Now }).await.unwrap();
    let (mut heard, ended) = until_the_end(&mut direct).await;
    assert_eq!(ended, Ended::Killed);
    let samples = ask(&mut direct, &RunSamples { run, kind: Some("status".into()) }).await.unwrap();
    assert!(!samples.samples.is_empty() && samples.samples[0].request.head.contains("nowhere"));
    let none = ask(&mut direct, &RunSamples { run, kind: Some("tls".into()) }).await.unwrap();
    assert!(none.samples.is_empty());
    let state = ask(&mut direct, &RunNow { run: Some(run) }).await.unwrap().state.unwrap();
    assert_eq!((state.phase, state.events.is_empty()), (Phase::Over, false));
    let whole = ask(&mut direct, &BackfillRun { run, from: 0 }).await.unwrap();
    assert!(whole.failures[0].failure.count > 0 && whole.next >= 1);
    heard.push_str(&serde_json::to_string(&(samples, state, whole)).unwrap());
    assert!(heard.contains("••••") && !heard.contains("hunter2"), "{heard}");
    // Asking for a run that never was, and stopping one that is over.
    assert_eq!(ask(&mut direct, &RunNow { run: Some(99) }).await.unwrap_err().code, Code::NotFound);
    ask(&mut direct, &StopRun { run, how: Stop::Gently }).await.unwrap();
    shop.stop().await;
}

#[tokio::test]
async fn a_run_that_cannot_start_says_why_and_leaves_nothing() {
    let (shop, address) = shop().await;
    shop.stop().await;
    let mut direct = Direct::open();
    let key = SetSecret { file: None, name: "key".into(), value: Some("hunter2-secret".into()) };
    ask(&mut direct, &key).await.unwrap();
    let with = |address: &str| {
        let url = Overrides { base_url: Some(address.to_owned()), ..Overrides::default() };
        StartRun { overrides: url, ..start(&failing(([127, 0, 0, 1], 9).into())) }
    };
    let rows = [
        (format!("http://{address}"), Code::Unreachable, "Nothing is listening at"),
        ("http://10.255.0.1".to_owned(), Code::Refused, "on a private network"),
    ];
    for (address, code, words) in rows {
        let asked = with(&address);
        let failure = ask(&mut direct, &asked).await.unwrap_err();
        assert_eq!(failure.code, code, "{failure}");
        assert!(failure.message.contains(words) && !failure.hint.contains("--"), "{failure}");
        let trial = StartTrial {
            file: None,
            text: asked.text.clone(),
            overrides: asked.overrides.clone(),
            user: None,
            task: None,
            skip_pauses: true,
            by_hand: false,
            row: None,
        };
        assert_eq!(ask(&mut direct, &trial).await.unwrap_err().code, code);
    }
    assert_eq!(ask(&mut direct, &RunNow { run: None }).await.unwrap().state, None);
    assert!(ask(&mut direct, &ListResults {}).await.unwrap().results.is_empty());
    let asked = with("http://10.255.0.1");
    let check = CheckTarget { file: None, text: asked.text, overrides: asked.overrides };
    let facts = ask(&mut direct, &check).await.unwrap();
    assert_eq!((facts.hosts[0].distance, facts.hosts[0].allowed), (Distance::PrivateNetwork, false));
    ask(&mut direct, &AllowHost { host: "10.255.0.1".into() }).await.unwrap();
    let hosts = ask(&mut direct, &ListHosts {}).await.unwrap().hosts;
    assert_eq!(hosts.len(), 1);
}

#[tokio::test]
async fn a_result_whose_program_is_gone_is_found_again() {
    let (shop, address) = shop().await;
    let mut direct = Direct::open();
    let key = SetSecret { file: None, name: "key".into(), value: Some("hunter2-secret".into()) };
    ask(&mut direct, &key).await.unwrap();
    let started = ask(&mut direct, &start(&failing(address))).await.unwrap();
    let file = started.result.unwrap();
    while !matches!(direct.event().await.unwrap().event, Event::Tick(_)) {}
    // What a crash would leave: the file as it is now.
    let bytes = std::fs::read(direct.at("results").join(&file)).unwrap();
    for command in [json!({ "file": file }), json!({ "file": file, "to": "x" })] {
        let name = if command.get("to").is_some() { "result.rename" } else { "result.remove" };
        assert_eq!(direct.call(name, command).await.unwrap_err().code, Code::Busy, "{name}");
    }
    assert!(direct.host.is_busy());
    // Closing the app ends the run at once, and keeps its result whole.
    let host = direct.host.clone();
    tokio::task::spawn_blocking(move || host.close()).await.unwrap();
    let mut again = Direct::in_folder(direct.end(), true);
    write(&again.at("results/crashed.tiderun"), &bytes);
    let mut listed = ask(&mut again, &ListResults {}).await.unwrap().results;
    listed.sort_by_key(|entry| entry.file == "crashed.tiderun");
    let seen: Vec<_> = listed.iter().map(|entry| (entry.file.as_str(), entry.stage)).collect();
    assert_eq!(seen, [(file.as_str(), Stage::Whole), ("crashed.tiderun", Stage::EndedUnexpectedly)]);
    assert_eq!((&listed[0].ended, listed[0].state.is_some()), (&Some(Ended::Killed), true));
    let bytes = ask(&mut again, &ReadResult { file: "crashed.tiderun".into() }).await.unwrap().bytes;
    assert!(!result::read(&bytes.0).unwrap().complete);
    shop.stop().await;
}

#[tokio::test]
async fn a_trial_ends_when_told_or_when_another_begins() {
    let (shop, address) = shop().await;
    let mut direct = Direct::open();
    let key = SetSecret { file: None, name: "key".into(), value: Some("hunter2-secret".into()) };
    ask(&mut direct, &key).await.unwrap();
    let text = failing(address)
        .replace("\"50ms\"", "\"30s\"")
        .replace("\"steps\":[", "\"steps\":[{\"pause\":{\"for\":\"30s\"}},");
    let trial = StartTrial {
        file: None,
        text,
        overrides: Overrides::default(),
        user: Some("u".into()),
        task: Some("t".into()),
        skip_pauses: false,
        by_hand: false,
        row: None,
    };
    let first = ask(&mut direct, &trial).await.unwrap().trial;
    let second = ask(&mut direct, &trial).await.unwrap().trial;
    ask(&mut direct, &StopTrial { trial: second }).await.unwrap();
    let mut left = Vec::new();
    while left.len() < 2 {
        if let Event::TryEvent(told) = direct.event().await.unwrap().event
            && let TryStep::Left(how) = told.step
        {
            assert_eq!(how.how, HowLeft::Stopped);
            left.push(told.trial);
        }
    }
    left.sort_unstable();
    assert_eq!(left, [first, second]);
    assert_eq!(ask(&mut direct, &StopTrial { trial: 99 }).await.unwrap_err().code, Code::NotFound);
    let nobody = StartTrial { user: Some("nobody".into()), ..trial };
    assert_eq!(ask(&mut direct, &nobody).await.unwrap_err().code, Code::NotFound);
    // A page that comes back goes on where it was.
    let mark = direct.events.mark();
    ask(&mut direct, &WriteScenario { file: None, text: "{}".into(), revision: None }).await.unwrap();
    let mut resumed = direct.host.subscribe(Some(&mark));
    assert_eq!(resumed.next().await.number, mark.number + 1);
    shop.stop().await;
}

#[tokio::test]
async fn a_load_that_was_changed_by_hand_says_so_in_its_result() {
    let (shop, address) = shop().await;
    let mut direct = Direct::open();
    let text = json!({
        "format": 1, "name": "Steered", "targets": [ { "url": format!("http://{address}") } ],
        "users": [ { "name": "u", "pause": { "for": "50ms" }, "tasks": [ { "name": "t", "steps": [
            { "request": { "url": "/" } } ] } ] } ],
        "load": { "people": [ { "to": 2, "over": "0s" }, { "to": 2, "over": "60s" } ] }
    })
    .to_string();
    let run = ask(&mut direct, &start(&text)).await.unwrap().run;
    while !matches!(direct.event().await.unwrap().event, Event::Tick(_)) {}
    ask(&mut direct, &SteerRun { run, how: Steer::People(5) }).await.unwrap();
    ask(&mut direct, &SteerRun { run, how: Steer::Hold }).await.unwrap();
    // The people come, and both changes are told.
    let mut told = Vec::new();
    loop {
        match direct.event().await.unwrap().event {
            Event::RunEvent(event) => told.push(event.event.what),
            Event::Tick(ticked) if ticked.tick.people.active == 7 => break,
            _ => {}
        }
    }
    assert_eq!(told, ["people-changed", "held"]);
    let state = ask(&mut direct, &RunNow { run: Some(run) }).await.unwrap().state.unwrap();
    assert_eq!(state.phase, Phase::Holding);
    ask(&mut direct, &SteerRun { run, how: Steer::Resume }).await.unwrap();
    ask(&mut direct, &StopRun { run, how: Stop::Gently }).await.unwrap();
    let late = ask(&mut direct, &SteerRun { run, how: Steer::Hold }).await.unwrap_err();
    assert_eq!(late.code, Code::Invalid);
    until_the_end(&mut direct).await;
    let file = ask(&mut direct, &RunNow { run: Some(run) }).await.unwrap().state.unwrap().result.unwrap();
    let bytes = ask(&mut direct, &ReadResult { file }).await.unwrap().bytes;
    let opened = result::read(&bytes.0).expect("a result");
    let marks: Vec<&str> = opened.events.iter().map(|event| event.what.as_str()).collect();
    assert_eq!(marks[..3], ["people-changed", "held", "resumed"]);
    shop.stop().await;
}
