//! The first minute: one click from the first page to a verdict, with nothing to fill in on the way.

use crate::pages::{Results, Run};
use crate::rig::journey;

#[tokio::test]
async fn one_click_leads_to_a_live_chart_and_then_to_a_verdict() {
    journey("first-run", &[], async |window, _app| {
        let (run, results) = (Run(window), Results(window));
        window.see("home-paste").await;
        window.click("home-run-demo").await;
        window.see("chart-time").await;
        run.seconds(6).await;
        assert!(run.rows("rate").await >= 5, "the chart has begun");
        // It lasts half a minute.
        run.seconds(20).await;
        let state = results.state().await;
        let verdict = results.verdict().await;
        // A computer that is busy with other things must say so in the place of a judgement.
        match state.as_str() {
            "cant-tell" => assert!(verdict.contains("this computer was at its limit"), "{verdict}"),
            _ => {
                assert!(state.starts_with("held-up") || state == "did-not-hold-up", "{state}");
                assert!(verdict.contains("people"), "{verdict}");
            }
        }
        let test = window.route().await.split('/').nth(2).expect("a test in the address").to_owned();
        assert_eq!(results.history(&test).await.len(), 1);
    })
    .await;
}
