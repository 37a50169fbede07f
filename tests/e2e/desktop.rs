//! What only a window of the desktop has: its menu, the system's dialogs, files from outside, and closing.

use std::path::PathBuf;

use tidemark_tests::program;

use crate::pages::{Frame, Load};
use crate::rig::{App, desktop_journey};

/// A test's file outside of the app's folder.
fn elsewhere(app: &App, name: &str) -> PathBuf {
    let text = std::fs::read_to_string(app.folder().join("scenarios/shop.tide")).expect("the example is there");
    let path = app.home().join(name);
    std::fs::write(&path, text).expect("the folder takes a file");
    path
}

#[tokio::test]
async fn the_menus_undo_is_for_the_document_and_in_a_field_for_its_text() {
    desktop_journey("menu", &["shop.tide"], async |window, app| {
        let (frame, load) = (Frame(window), Load(window));
        load.open("shop.tide").await;
        let before = load.stages().await;
        load.type_people(1, "77").await;
        let typed = load.changed_from(&before).await;
        window.focus("curve-point-2").await;
        window.screen().in_window("Tidemark", &["key", "ctrl+z"]).await;
        load.stages_become(&before).await;
        window.screen().in_window("Tidemark", &["key", "ctrl+shift+z"]).await;
        load.stages_become(&typed).await;
        frame.saved().await;

        // In a field it is about what was typed there.
        window.click("stage-1-people").await;
        window.screen().in_window("Tidemark", &["key", "End", "type", "5"]).await;
        window.until("it is typed", async || (window.value("stage-1-people").await == "775").then_some(())).await;
        window.screen().in_window("Tidemark", &["key", "ctrl+z"]).await;
        window.until("it is undone", async || (window.value("stage-1-people").await == "77").then_some(())).await;
        app.holds("scenarios/shop.tide", "\"to\": 77").await;
    })
    .await;
}

#[tokio::test]
async fn a_test_is_opened_where_it_is_and_a_copy_saved_where_one_wants() {
    desktop_journey("dialogs", &["shop.tide"], async |window, app| {
        let outside = elsewhere(app, "Outside.tide");
        window.click("home-open").await;
        window.screen().choose("Open a file", &outside).await;
        window.see("tab-load").await;
        let (frame, load) = (Frame(window), Load(window));
        frame.tab("load").await;
        load.type_people(1, "77").await;
        frame.saved().await;
        window
            .until("the change is in its own file", async || {
                std::fs::read_to_string(&outside).is_ok_and(|text| text.contains("\"to\": 77")).then_some(())
            })
            .await;

        window.screen().in_window("Tidemark", &["key", "ctrl+s"]).await;
        window.click_words("Save a copy").await;
        let copy = app.home().join("A copy.tide");
        window.screen().choose("Save a copy", &copy).await;
        window
            .until("the copy is there", async || {
                std::fs::read_to_string(&copy).is_ok_and(|text| text.contains("\"to\": 77")).then_some(())
            })
            .await;
    })
    .await;
}

#[tokio::test]
async fn what_is_typed_right_before_closing_is_saved() {
    desktop_journey("closing", &["shop.tide"], async |window, app| {
        let load = Load(window);
        load.open("shop.tide").await;
        load.type_people(1, "77").await;
        window.screen().in_window("Tidemark", &["key", "ctrl+q"]).await;
        window.screen().gone("Tidemark").await;
        app.holds("scenarios/shop.tide", "\"to\": 77").await;
    })
    .await;
}

#[tokio::test]
async fn closing_during_a_run_ends_it_gently_with_its_result() {
    desktop_journey("closing-run", &["shop.tide"], async |window, app| {
        window.visit("#/t/shop.tide/load").await;
        window.click("btn-run").await;
        window.until("requests arrive at the shop", async || (app.shop().counts().requests > 20).then_some(())).await;
        window.screen().in_window("Tidemark", &["key", "alt+F4"]).await;
        window.screen().gone("Tidemark").await;
        let results = std::fs::read_dir(app.folder().join("results")).expect("there is a folder for results");
        let paths: Vec<PathBuf> = results.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
        assert_eq!(paths.len(), 1, "{paths:?}");
        let bytes = std::fs::read(&paths[0]).expect("the result is there");
        let opened = tidemark_core::result::read(&bytes).expect("it can be read");
        assert!(opened.complete, "{:?}", opened.notes);
    })
    .await;
}

#[tokio::test]
async fn started_twice_it_hands_its_files_to_the_first_window() {
    desktop_journey("twice", &["shop.tide"], async |window, app| {
        let (test, result) = (elsewhere(app, "Outside.tide"), app.home().join("Outside.tiderun"));
        std::fs::copy(program::top().join("examples/shop.tiderun"), &result).expect("the example is there");
        window.see("main").await;
        window.started_again_with(&[&test]).await;
        window.see("tab-load").await;
        window.until("it is that test", async || window.route().await.contains("Outside").then_some(())).await;
        window.started_again_with(&[&result]).await;
        window.see("verdict").await;
        window.started_again_with(&[]).await;
        assert!(window.is_seen("verdict").await, "what is shown stays");
    })
    .await;
}
