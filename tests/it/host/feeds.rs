//! Seconds told to programs elsewhere, where the app's settings say so.

use std::net::TcpListener;

use serde_json::{Map, Value, json};
use tidemark_core::result::{self, NOT_TOLD};
use tidemark_core::wire::Code;
use tidemark_core::wire::event::Event;
use tidemark_core::wire::run::Stop;
use tidemark_core::wire::table::*;
use tidemark_tests::converse::{Line, ask};

use super::runs::start;
use super::{Direct, shop};

/// One person looks at products for a minute.
fn looking(address: std::net::SocketAddr) -> String {
    json!({
        "format": 1, "name": "Looking",
        "targets": [ { "name": "Shop", "url": format!("http://{address}") } ],
        "users": [ { "name": "u", "pause": { "for": "50ms" }, "tasks": [ { "name": "t", "steps": [
            { "request": { "name": "Products", "url": "/products" } } ] } ] } ],
        "load": { "people": [ { "to": 1, "over": "0s" }, { "to": 1, "over": "60s" } ] }
    })
    .to_string()
}

async fn set(direct: &mut Direct, settings: Value) {
    let settings: Map<String, Value> = settings.as_object().cloned().expect("it is an object");
    ask(direct, &SaveSettings { settings }).await.expect("settings can be saved");
}

#[tokio::test]
async fn what_does_not_arrive_is_told_at_once_and_stands_in_the_result() {
    let (shop, address) = shop().await;
    let mut direct = Direct::open();
    // Nobody listens any more at an address that was just given back.
    let gone = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).unwrap();
    let asked = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).unwrap();
    let influx = format!("http://ada:psst1@{gone}/write?token=psst2");
    set(&mut direct, json!({ "feed-influx": influx, "feed-prometheus": asked.to_string(), "feed-lines": "true" }))
        .await;
    let run = ask(&mut direct, &start(&looking(address))).await.unwrap().run;

    let again = ask(&mut direct, &start(&looking(address))).await.unwrap_err();
    assert_eq!(again.code, Code::Busy, "the run is in the way, not its own place for Prometheus: {again}");

    let missing = format!("did not reach http://{gone}/write: nothing can be reached there.");
    let (mut heard, mut lost) = (String::new(), false);
    let over = loop {
        let told = direct.event().await.expect("the host is there");
        heard.push_str(&serde_json::to_string(&told).expect("events are plain data"));
        match told.event {
            Event::Tick(ticked) if !lost && !ticked.tick.lost.is_empty() => {
                assert!(matches!(&ticked.tick.lost[..], [one] if one.ends_with(&missing)), "{:?}", ticked.tick.lost);
                lost = true;
                ask(&mut direct, &StopRun { run, how: Stop::Now }).await.unwrap();
            }
            Event::RunEnded(ended) => break ended.over,
            _ => {}
        }
    };
    assert!(lost);
    assert!(over.result.is_some());
    let folder = direct.at("results");
    let kept: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let result = kept.iter().find(|path| path.extension().is_some_and(|end| end == "tiderun"));
    let result = result::read(&std::fs::read(result.expect("it is kept")).unwrap()).unwrap();
    let not_told: Vec<_> = result.events.iter().filter(|event| event.what == NOT_TOLD).collect();
    assert!(matches!(&not_told[..], [one] if one.text.ends_with(&missing)), "{not_told:?}");
    let lines = kept.iter().find(|path| path.to_string_lossy().ends_with(".seconds.jsonl")).expect("it is written");
    assert!(std::fs::read_to_string(lines).unwrap().lines().count() > 1);
    assert!(!heard.contains("psst"));
    for path in kept {
        assert!(!String::from_utf8_lossy(&std::fs::read(&path).unwrap()).contains("psst"), "{}", path.display());
    }
    drop(shop);
}
