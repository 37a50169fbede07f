//! From a run to its verdict, and what is done with that afterwards: steered, stopped, passed on, opened again, compared.

use std::io::Read;

use crate::pages::{Compare, Results, Run};
use crate::rig::{App, Key, browser_journey, journey};

#[tokio::test]
async fn a_run_is_steered_watched_again_after_a_reload_and_stopped() {
    journey("run", &["shop.tide"], async |window, _app| {
        let (run, results) = (Run(window), Results(window));
        run.start("shop.tide").await;
        run.seconds(4).await;
        run.hold().await;
        // Who was on the way still comes.
        run.seconds(7).await;
        let before = run.people_now().await;
        run.more_people().await;
        run.people(before + 10).await;
        window.press(Key::Escape).await;
        let rows = run.rows("rate").await;

        window.reload().await;
        window.see("chart-rate").await;
        run.seconds(5).await;
        assert!(run.rows("rate").await >= rows, "what was there before is there again");
        run.people(before + 10).await;

        run.stop_now().await;
        let text = window.text("main-report").await;
        assert!(text.contains("10 people more by hand"), "{text}");
        assert!(
            ["held-up", "held-up-with-warnings", "did-not-hold-up", "cant-tell"]
                .contains(&results.state().await.as_str())
        );
        assert_eq!(results.history("shop.tide").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_result_is_passed_on_and_says_the_same_in_another_app() {
    browser_journey("share", &["shop.tide", "shop.tiderun"], async |window, _app| {
        let results = Results(window);
        window.visit("#/t/shop.tide/results/shop.tiderun").await;
        let (verdict, steps) = (results.verdict().await, results.steps().await);
        let inside = results.share().await;
        assert!(inside.contains("\"people\" with 20 rows") && inside.contains("http://127.0.0.1"), "{inside}");

        let page = results.made("share-page", "html").await;
        window.click("share-hosts").await;
        window.click("share-bodies").await;
        window
            .until("the list follows", async || (!window.text("share-parts").await.contains("127.0.0.1")).then_some(()))
            .await;
        let file = results.made("share-file", "tiderun").await;
        let mut text = String::new();
        let zipped = std::fs::File::open(&file).expect("the file is there");
        flate2::read::MultiGzDecoder::new(zipped).read_to_string(&mut text).expect("it is zipped text");
        assert!(text.contains("host-1") && !text.contains("127.0.0.1"));

        let other = App::start(&[]).await;
        window.go(other.url()).await;
        window.choose_file("home-open", &file).await;
        assert_eq!(results.steps().await, steps);
        assert_eq!(said(&results.verdict().await), said(&verdict));

        window.go(&format!("file://{}", page.display())).await;
        assert!(window.text_css("main").await.contains("Held up"));
        assert_eq!(window.barriers().await, Vec::<String>::new());
        let fetched = window.script("return performance.getEntriesByType('resource').length", vec![]).await;
        assert_eq!(fetched.as_u64(), Some(0), "a saved page needs nothing else");
    })
    .await;
}

#[tokio::test]
async fn two_runs_of_the_same_are_about_the_same() {
    browser_journey("compare", &["shop.tide", "shop.tiderun"], async |window, app| {
        let (compare, results) = (Compare(window), Results(window));
        let folder = app.folder().join("results");
        std::fs::copy(folder.join("shop.tiderun"), folder.join("again.tiderun")).expect("a copy");
        compare.open("shop.tide", "shop.tiderun", "again.tiderun").await;
        for _ in 0..2 {
            assert!(compare.summary().await.contains("B is about the same as A."));
            let steps = compare.steps().await;
            assert!(steps.len() >= 7 && steps.iter().all(|worth| worth == "same"), "{steps:?}");
            compare.swap().await;
        }
        window.focus_css(".compare-plot").await;
        window.press(Key::Right).await;
        window
            .until("the cursor is told", async || window.text_css("#live-region").await.contains(". A ").then_some(()))
            .await;
        window.write("t").await;
        window.see("chart-table-compare").await;
        window.click("show-trend").await;
        window.until("two runs are shown", async || (window.count(".multiple-picture").await == 2).then_some(())).await;
        assert_eq!(window.barriers().await, Vec::<String>::new());

        assert_eq!(results.history("shop.tide").await.len(), 2);
        window.click("result-more-again.tiderun").await;
        window.click("result-delete").await;
        window.gone("result-again.tiderun").await;
        window.click_words("Undo").await;
        window.see("result-again.tiderun").await;
    })
    .await;
}

/// A verdict without the buttons below it, of which a result from elsewhere has fewer.
fn said(verdict: &str) -> Vec<&str> {
    const BUTTONS: [&str; 3] = ["See how it was built", "Change how the shop behaves", "Copy summary"];
    verdict.lines().filter(|line| !BUTTONS.contains(line)).collect()
}
