//! What a page hears that loses the line.

use serde_json::{Value, json};
use tidemark_core::wire::Event;

use super::rig::{App, Ears, READY};

/// Makes an event.
async fn happen(app: &App) {
    app.done("library.write", json!({ "text": "{}" })).await;
}

/// The numbers of the next `count` events.
async fn numbers(ears: &mut Ears, count: usize) -> Vec<u64> {
    let mut heard = Vec::new();
    while heard.len() < count {
        heard.push(ears.event().await.expect(READY).number);
    }
    heard
}

#[tokio::test]
async fn a_page_that_comes_back_misses_nothing_and_hears_nothing_twice() {
    let app = App::open().await;
    let quiet = app.listen("/api/events", None).await;
    let mut ears = app.listen("/api/events", None).await;
    happen(&app).await;
    assert_eq!(numbers(&mut ears, 1).await, [1]);
    let last = ears.id.clone();
    drop(ears);
    happen(&app).await;
    happen(&app).await;
    let mut back = app.listen("/api/events", Some(&last)).await;
    assert_eq!(numbers(&mut back, 2).await, [2, 3]);
    let mut asked = app.listen(&format!("/api/events?after={last}"), None).await;
    assert_eq!(numbers(&mut asked, 2).await, [2, 3]);
    // A browser that comes back sends both: the address is the old one.
    let mut both = app.listen(&format!("/api/events?after={last}"), Some(&back.id)).await;
    happen(&app).await;
    assert_eq!(numbers(&mut both, 1).await, [4]);
    // A page whose line broke before it heard anything.
    let mut late = app.listen("/api/events", Some(&quiet.id)).await;
    assert_eq!(numbers(&mut late, 4).await, [1, 2, 3, 4]);
    for unknown in ["other-3", "nonsense"] {
        let mut lost = app.listen("/api/events", Some(unknown)).await;
        assert_eq!(lost.event().await.expect(READY).event, Event::Resync, "{unknown}");
    }
}

#[tokio::test]
async fn a_page_that_is_lost_does_not_stop_the_run() {
    let app = App::open().await;
    let mut ears = app.listen("/api/events", None).await;
    let run = app.done("demo.start", json!({})).await["started"]["run"].clone();
    while !matches!(ears.event().await.expect(READY).event, Event::Tick(_)) {}
    let last = ears.id.clone();
    drop(ears);
    let mut back = app.listen("/api/events", Some(&last)).await;
    let mut next: u64 = last.rsplit('-').next().and_then(|number| number.parse().ok()).expect(READY);
    let mut ticks = 0;
    while ticks < 2 {
        let told = back.event().await.expect(READY);
        next += 1;
        assert_eq!(told.number, next);
        ticks += u32::from(matches!(told.event, Event::Tick(_)));
    }
    app.done("run.stop", json!({ "run": run, "how": "now" })).await;
    let state: Value = app.done("run.state", json!({})).await;
    assert!(state["state"]["tick"]["seconds"].as_u64() >= Some(3), "{state}");
}
