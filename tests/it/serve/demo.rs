//! The demo and the practice shop, as a page asks for them.

use serde_json::{Value, json};
use tidemark_core::wire::{Code, Event};

use super::rig::{App, READY};

#[tokio::test]
async fn the_demo_is_a_run_of_a_scenario_that_stays() {
    let app = App::open().await;
    assert_eq!(app.done("app.hello", json!({})).await["capabilities"]["shop"], json!(true));
    let mut ears = app.listen("/api/events", None).await;
    let demo = app.done("demo.start", json!({})).await;
    let (run, url) = (demo["started"]["run"].clone(), demo["url"].as_str().expect(READY));
    assert_eq!(app.ask("demo.start", json!({})).await.failure().code, Code::Busy);
    let (mut started, mut ticks) = (false, 0);
    while ticks < 2 {
        match ears.event().await.expect(READY).event {
            Event::RunStarted(told) => {
                started = true;
                assert_eq!((told.header.target.as_str(), told.header.seed.to_string().as_str()), (url, "1"));
            }
            Event::Tick(_) => ticks += 1,
            _ => {}
        }
    }
    assert!(started);
    app.done("run.stop", json!({ "run": run, "how": "now" })).await;
    while !matches!(ears.event().await.expect(READY).event, Event::RunEnded(_)) {}

    // The file is the scenario that was run; it is used again as it is, and never written over once it was changed.
    let file = demo["document"]["file"].as_str().expect(READY);
    let read = app.done("library.read", json!({ "file": file })).await;
    assert_eq!(read, demo["document"]);
    assert!(read["text"].as_str().expect(READY).contains(url));
    assert_eq!(again(&app).await, demo["document"]);
    let mine = read["text"].as_str().expect(READY).replace("Corner shop", "My shop");
    app.done("library.write", json!({ "file": file, "text": mine, "revision": read["revision"] })).await;
    let other = again(&app).await;
    assert_ne!(other["file"], read["file"]);
    assert_eq!(app.done("library.read", json!({ "file": file })).await["text"], json!(mine));
}

/// Starts the demo once more and ends it; its document.
async fn again(app: &App) -> Value {
    let mut ears = app.listen("/api/events", None).await;
    let demo = app.done("demo.start", json!({})).await;
    app.done("run.stop", json!({ "run": demo["started"]["run"], "how": "now" })).await;
    while !matches!(ears.event().await.expect(READY).event, Event::RunEnded(_)) {}
    demo["document"].clone()
}

#[tokio::test]
async fn the_three_knobs_turn_the_shop_that_is_open() {
    let app = App::open().await;
    let closed = app.done("shop.state", json!({})).await;
    assert_eq!((&closed["url"], &closed["knobs"]["drop_share"]), (&Value::Null, &json!(0.0)));
    let knobs = json!({ "slow_pay_ms": 700, "slow_pay_after_ms": 0, "errors_above_people": 5, "drop_share": 0.5 });
    let turned = app.done("shop.knobs", json!({ "knobs": knobs })).await;
    assert_eq!(turned["knobs"], knobs);
    let address = turned["url"].as_str().and_then(|url| url.strip_prefix("http://")).expect(READY).to_owned();
    let there =
        tokio::task::spawn_blocking(move || tidemark_tests::fetch::json(&address, "/knobs")).await.expect(READY);
    assert_eq!((&there["slow_pay"]["by_ms"], &there["errors_above"]["people"]), (&json!(700), &json!(5)));
    assert_eq!(there["drop_share"], json!(0.5));
    let wrong = app.ask("shop.knobs", json!({ "knobs": { "drop_share": 2 } })).await;
    assert_eq!(wrong.failure().code, Code::Invalid);
    assert_eq!(app.done("shop.open", json!({})).await, turned, "what was refused changed nothing");
}

/// The demo's file outlives the shop that it was written for.
#[tokio::test]
async fn a_scenario_that_looks_for_the_shop_finds_it_open() {
    let app = App::open().await;
    let text = std::fs::read_to_string(tidemark_tests::program::top().join("examples/shop.tide")).expect(READY);
    let elsewhere = text.replace("http://127.0.0.1:4780", "http://127.0.0.1:9");
    app.done("target.check", json!({ "text": elsewhere })).await;
    assert_eq!(app.done("shop.state", json!({})).await["url"], Value::Null);
    app.done("target.check", json!({ "text": text })).await;
    assert_ne!(app.done("shop.state", json!({})).await["url"], Value::Null);
}

#[cfg(unix)]
#[tokio::test]
async fn told_to_end_it_lets_people_finish_and_keeps_the_result() {
    let mut app = App::open().await;
    let mut ears = app.listen("/api/events", None).await;
    let demo = app.done("demo.start", json!({})).await;
    while !matches!(ears.event().await.expect(READY).event, Event::Tick(_)) {}
    let told = std::process::Command::new("kill").args(["-INT", &app.child.id().to_string()]).status();
    assert!(told.expect(READY).success());
    let mut ended = None;
    while let Some(told) = ears.event().await {
        if let Event::RunEnded(over) = told.event {
            ended = Some(over.over.ended);
        }
    }
    assert_eq!(ended, Some(tidemark_core::verdict::Ended::Stopped));
    assert_eq!(app.child.wait().expect(READY).code(), Some(130));
    let file = app.at("results").join(demo["started"]["result"].as_str().expect(READY));
    let result = tidemark_core::result::read(&std::fs::read(file).expect(READY)).expect("the result can be read");
    assert!(result.header.sealed && result.complete);
}
