//! Every screen and state, one after the other, in every look: nobody may be locked out of any. Where `TIDEMARK_SHOTS`
//! names a folder (`cargo xtask shots`) it also gets a picture of each, light and dark, wide and narrow. In a browser: a
//! window of the desktop shows the same pages, and can't be told what a computer asks pages for.

mod places;
mod tests;
mod walk;

use crate::pages::{Run, Trial};
use crate::rig::{App, Key, Window, browser_journey};
use walk::walk;

#[tokio::test]
async fn nobody_is_locked_out_where_there_is_nothing_yet() {
    browser_journey("gallery-empty", &[], async |window, _app| walk(window, places::EMPTY).await).await;
}

#[tokio::test]
async fn nobody_is_locked_out_of_making_a_test() {
    browser_journey("gallery-making", &["shop.tide"], async |window, app| {
        tests::with_every_step(app);
        walk(window, places::MAKING).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_locked_out_of_what_lies_around_a_test() {
    browser_journey("gallery-around", &["shop.tide"], async |window, _app| walk(window, places::AROUND).await).await;
}

#[tokio::test]
async fn nobody_is_locked_out_of_a_test_with_problems() {
    browser_journey("gallery-problems", &["shop.tide"], async |window, app| {
        tests::with_problems(app);
        tests::for_elsewhere(app);
        walk(window, places::PROBLEMS).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_locked_out_of_results() {
    browser_journey("gallery-results", &["shop.tide", "shop.tiderun"], async |window, app| {
        let results = app.folder().join("results");
        for name in ["later", "last"] {
            std::fs::copy(results.join("shop.tiderun"), results.join(format!("{name}.tiderun"))).expect("it is copied");
        }
        walk(window, places::RESULTS).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_locked_out_of_what_fails() {
    browser_journey("gallery-failing", &["shop.tide"], async |window, app| {
        tests::that_fails(app);
        fail_a_trial(window).await;
        walk(window, places::TRIED).await;
        let run = Run(window);
        run.start("fails.tide").await;
        window.see_css("[data-testid=failure-group-0]").await;
        walk(window, places::RUNNING).await;
        run.stop_now().await;
        walk(window, &places::failed(&window.route().await)).await;
        lose_the_line(window, app).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_locked_out_of_what_the_target_says() {
    browser_journey("gallery-watched", &["shop.tide"], async |window, app| {
        tests::that_is_watched(app);
        walk(window, places::WATCHING).await;
        window.visit("#/settings").await;
        window.fill("feed-influx", "http://127.0.0.1:9/write?db=load").await;
        window.press(Key::Tab).await;
        app.holds("settings.json", "127.0.0.1:9").await;
        let run = Run(window);
        run.start("watched.tide").await;
        run.seconds(8).await;
        window.see("run-lost").await;
        walk(window, places::WATCHED).await;
        run.stop_now().await;
        walk(window, &places::watched(&window.route().await)).await;
    })
    .await;
}

/// Tries somebody who does not get through.
async fn fail_a_trial(window: &Window) {
    window.visit("#/t/fails.tide/build").await;
    let said = Trial(window).run("visitor").await;
    assert!(said.contains("failed"), "{said}");
}

/// A program that is gone in the middle of a run.
async fn lose_the_line(window: &Window, app: &mut App) {
    Run(window).start("fails.tide").await;
    app.kill();
    window.see_css(".run-strip[data-tone=warn]").await;
    let wrong = walk::look(window, "line-lost").await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
