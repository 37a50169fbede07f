//! The app ends as in a power cut: what was done is there afterwards.

use tidemark_core::result;

use crate::pages::{Frame, Load};
use crate::rig::{App, browser_journey, desktop_journey, journey};

#[tokio::test]
async fn changes_made_while_the_program_was_gone_are_saved_when_it_is_back() {
    browser_journey("crash-editing", &["shop.tide"], async |window, app| {
        let (load, frame) = (Load(window), Frame(window));
        load.open("shop.tide").await;
        load.type_people(1, "77").await;
        frame.saved().await;
        app.holds("scenarios/shop.tide", "\"to\": 77").await;

        app.kill();
        load.type_people(1, "88").await;
        window
            .until("the page says that it can't save", async || {
                (!window.text("save-state").await.starts_with("Saved")).then_some(())
            })
            .await;
        app.start_again();
        // Who may use the app was forgotten with it: the new address lets this browser in again.
        window.beside(app.url()).await;
        app.holds("scenarios/shop.tide", "\"to\": 88").await;
        frame.saved().await;
    })
    .await;
}

/// How many seconds are in the result that grows; none before there is one.
fn seconds(app: &App) -> u32 {
    let files = std::fs::read_dir(app.folder().join("results")).into_iter().flatten().flatten();
    let read = |file: std::fs::DirEntry| std::fs::read(file.path()).ok().and_then(|bytes| result::read(&bytes).ok());
    files.filter_map(read).map(|opened| opened.summary.seconds).max().unwrap_or_default()
}

#[tokio::test]
async fn a_run_that_was_cut_off_is_found_with_its_seconds() {
    journey("crash-running", &["shop.tide"], async |window, app| {
        window.visit("#/t/shop.tide/load").await;
        window.click("btn-run").await;
        window.until("requests arrive at the shop", async || (app.shop().counts().requests > 20).then_some(())).await;
        window.until("three seconds are in the file", async || (seconds(app) >= 3).then_some(())).await;
        app.kill();
        app.start_again();
        window.go(app.url()).await;
        window.visit("#/t/shop.tide/results").await;
        let row = window.text_css("[data-testid^=result-]").await;
        assert!(row.contains("Broke off"), "{row}");
        window.click_css("[data-testid^=result-] th button").await;
        window.see("verdict").await;
        window.see("chart-time").await;
    })
    .await;
}

#[tokio::test]
async fn a_change_that_was_just_being_made_is_there_or_the_one_before_it() {
    desktop_journey("crash-mid-edit", &["shop.tide"], async |window, app| {
        let (load, frame, path) = (Load(window), Frame(window), app.folder().join("scenarios/shop.tide"));
        load.open("shop.tide").await;
        let before = load.stages().await;
        load.type_people(1, "77").await;
        let first = load.changed_from(&before).await;
        app.holds("scenarios/shop.tide", "\"to\": 77").await;
        load.type_people(1, "88").await;
        let second = load.changed_from(&first).await;
        app.kill();

        let text = std::fs::read_to_string(&path).expect("the test is there");
        tidemark_core::scenario::read(&text).expect("the test is whole");
        app.start_again();
        window.go(app.url()).await;
        load.open("shop.tide").await;
        let after = load.stages().await;
        assert!([&first, &second].contains(&&after), "{after:?}");
        // Its history is there, too: one step back is the change before, whichever was the last that was kept.
        frame.undo().await;
        load.changed_from(&after).await;
        let undone = load.stages().await;
        assert!([&before, &first].contains(&&undone), "{undone:?}");
    })
    .await;
}

#[tokio::test]
async fn what_the_history_had_before_the_file_is_brought_back() {
    journey("crash-between", &["shop.tide"], async |window, app| {
        let (load, path) = (Load(window), app.folder().join("scenarios/shop.tide"));
        load.open("shop.tide").await;
        let before = load.stages().await;
        load.type_people(1, "77").await;
        let between = load.changed_from(&before).await;
        app.holds("scenarios/shop.tide", "\"to\": 77").await;
        let first = std::fs::read(&path).expect("the test is there");
        load.type_people(1, "88").await;
        let wanted = load.changed_from(&between).await;
        app.holds("scenarios/shop.tide", "\"to\": 88").await;
        app.kill();
        // As if the end had come after the history was on the disk and before the file was.
        std::fs::write(&path, first).expect("the folder takes the test");

        app.start_again();
        window.go(app.url()).await;
        load.open("shop.tide").await;
        load.stages_become(&wanted).await;
        app.holds("scenarios/shop.tide", "\"to\": 88").await;
    })
    .await;
}
