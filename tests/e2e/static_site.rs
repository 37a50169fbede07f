//! The app as a folder of files at any server: everything but sending works, stays in the browser, and says what it is.

use crate::pages::{Frame, Load, Results, Run};
use crate::rig::{Site, browser_journey};
use tidemark_tests::program;

#[tokio::test]
async fn without_a_program_a_practice_run_is_made_kept_and_labelled() {
    browser_journey("static-run", &[], async |window, _app| {
        let (run, results) = (Run(window), Results(window));
        let site = Site::start().await;
        window.go(&site.url()).await;
        window.click("home-run-demo").await;
        window.see("chart-time").await;
        run.seconds(5).await;
        assert_eq!(window.barriers().await, Vec::<String>::new());
        assert!(window.text_css("main").await.contains("Practice"), "it says what it is");
        run.stop_now().await;
        assert_eq!(window.barriers().await, Vec::<String>::new());
        let report = window.text("main-report").await;
        assert!(report.to_lowercase().contains("practice"), "{report}");
        let steps = results.steps().await;

        window.reload().await;
        window.see("verdict").await;
        assert_eq!(results.steps().await, steps, "it is kept in the browser");

        window.visit("#/settings").await;
        let feeds = window.text("settings-feeds").await;
        assert!(feeds.contains("Not in a page alone"), "it says why no numbers are sent elsewhere: {feeds}");
    })
    .await;
}

#[tokio::test]
async fn without_a_program_tests_are_changed_previewed_and_kept_and_results_open() {
    browser_journey("static-edit", &[], async |window, _app| {
        let (load, frame, results) = (Load(window), Frame(window), Results(window));
        let site = Site::start().await;
        let examples = program::top().join("examples").canonicalize().expect("the examples are there");
        window.go(&site.url()).await;
        window.choose_file("home-open", &examples.join("shop.tide")).await;
        window.see("btn-preview").await;
        let route = window.route().await;
        let test = route.split('/').nth(2).expect("a test in the address").to_owned();
        window.click("btn-preview").await;
        let sends = window.text("preview-sends").await;
        assert!(sends.starts_with("You will send about "), "{sends}");
        assert_eq!(window.barriers().await, Vec::<String>::new());
        window.click("preview-go-on").await;
        load.type_people(1, "77").await;
        let there = async || window.attribute("curve-point-2", "aria-valuetext").await.contains("77").then_some(());
        window.until("the curve follows", there).await;
        frame.saved().await;

        window.reload().await;
        load.open(&test).await;
        window.until("what was kept in the browser is there again", there).await;

        window.go(&site.url()).await;
        window.choose_file("home-open", &examples.join("shop.tiderun")).await;
        assert!(results.state().await.starts_with("held-up"));
        let refused = window.log().await.into_iter().filter(|line| line.contains("Content Security Policy"));
        assert_eq!(refused.collect::<Vec<_>>(), Vec::<String>::new(), "the policy in docs/static-site.md is enough");
    })
    .await;
}

#[tokio::test]
async fn a_part_that_can_not_be_fetched_says_so_and_comes_when_asked_again() {
    if !Site::has_parts() {
        eprintln!("this editor is one file: built for debugging, it has no parts that could be missing");
        return;
    }
    browser_journey("static-part", &[], async |window, _app| {
        let site = Site::start().await;
        site.lose_parts(true);
        window.go(&site.url()).await;
        // The first screen needs no part, and a test can be opened.
        let shop = program::top().join("examples/shop.tide").canonicalize().expect("the example is there");
        window.choose_file("home-open", &shop).await;
        let said = window.text("part-missing").await;
        assert!(said.contains("could not be fetched") && said.contains("Your test is safe"), "{said}");
        assert_eq!(window.barriers().await, Vec::<String>::new());

        window.click("part-again").await;
        window.see("part-missing").await;
        site.lose_parts(false);
        window.click("part-again").await;
        window.see("build").await;
        window.gone("part-missing").await;
        window.click("btn-preview").await;
        let sends = window.text("preview-sends").await;
        assert!(sends.starts_with("You will send about "), "{sends}");
    })
    .await;
}
