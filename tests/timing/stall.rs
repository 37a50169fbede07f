//! A target that stands still for a second: people felt it, however few requests saw it.

use std::time::Duration;

use tidemark_core::plan::Inputs;
use tidemark_core::stats::snapshot::Row;
use tidemark_shop::{Knobs, Latency, Stall, start};
use tidemark_tests::drive::{Driven, drive, plan};

use crate::attempts::attempts;

/// Runs this load, without pauses, against a shop that answers after `latency`, but stands still from second 2 to second 3.
async fn against_a_stall(latency: Duration, load: &str) -> Driven {
    let stall = Stall { at: Duration::from_secs(2), lasts: Duration::from_secs(1), every: Duration::ZERO };
    let knobs = Knobs { latency: Latency::fixed(latency), stall: Some(stall), ..Knobs::quiet() };
    let shop = start(([127, 0, 0, 1], 0).into(), knobs).await.expect("the shop opens");
    let text = format!(
        r#"{{ "format": 1, "targets": [{{ "url": "http://{}" }}], "load": {load},
            "users": [{{ "name": "V", "pause": {{ "for": "0s" }},
                "tasks": [{{ "name": "T", "steps": [{{ "request": {{ "url": "/products/7" }} }}] }}] }}] }}"#,
        shop.addr()
    );
    let run = drive(plan(&text, &Inputs::default()), 0).await;
    let counts = shop.stop().await;
    assert_eq!(run.all().failed.total(), 0, "{}", run.failures());
    assert_eq!(run.all().ok, counts.answered);
    run
}

/// 99 of 100 of response and of service time, in milliseconds.
fn p99_ms(all: &Row) -> (u64, u64) {
    let of = |hist: &tidemark_core::stats::hist::Hist| hist.quantile(0.99).unwrap_or(0) / 1_000;
    (of(&all.response.all()), of(&all.service.all()))
}

/// What is wrong, if anything.
fn wrong(claims: &[(bool, &str)], (felt, served): (u64, u64)) -> Vec<String> {
    let broken = claims.iter().filter(|(holds, _)| !holds);
    broken.map(|(_, claim)| format!("{claim}: p99 of response {felt} ms, of service {served} ms")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_stall_shows_in_the_response_time_of_arrivals_and_not_in_the_service_time() {
    attempts(async || {
        let load =
            r#"{ "start": 200, "arrivals": [{ "to": 200, "over": "6s" }], "at_most": 6, "share_connections": true }"#;
        let run = against_a_stall(Duration::ZERO, load).await;
        let all = run.all();
        assert_eq!(all.ok, 1_200, "nobody was dropped");
        assert!(
            all.service.all().max().is_some_and(|us| us > 900_000),
            "who was under way saw it: {:?}",
            all.service.all().max()
        );
        // 200 of 1,200 waited, up to a second; but only the 6 requests under way saw the stall.
        let (felt, served) = p99_ms(&all);
        let claims = [((500..1_500).contains(&felt), "it is felt"), (served < 100, "it is not served")];
        let wrong = wrong(&claims, (felt, served));
        (run, wrong)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn where_people_wait_for_answers_before_they_ask_again_both_are_the_same() {
    attempts(async || {
        let load = r#"{ "start": 6, "people": [{ "to": 6, "over": "6s" }] }"#;
        let run = against_a_stall(Duration::from_millis(20), load).await;
        let all = run.all();
        assert!(all.response.all().max().is_some_and(|us| us > 900_000), "{:?}", all.response.all().max());
        let (felt, served) = p99_ms(&all);
        let claims = [
            (felt.abs_diff(served) <= 5, "both are the same"),
            (felt < 100, "the stall hides behind all other requests"),
        ];
        let wrong = wrong(&claims, (felt, served));
        (run, wrong)
    })
    .await;
}
