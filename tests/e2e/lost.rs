//! When something is taken away that the app stands on: the line to its program in the middle of a run, and the room to
//! keep things in.

use crate::pages::{Frame, Load, Results, Run};
use crate::rig::{App, Site, Window, browser_journey};

/// Waits until the Run tab says that nothing is heard, and what to do.
async fn is_cut_off(window: &Window) {
    window
        .until("the Run tab says that the connection is lost", async || {
            let strips = window.text_css(".run-strips").await;
            (strips.contains("connection is lost") && strips.contains("start it again")).then_some(())
        })
        .await;
}

/// The results that are there, by name.
fn results(app: &App) -> Vec<String> {
    let files = std::fs::read_dir(app.folder().join("results")).expect("there is a folder for results");
    let names = files.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".tiderun")).collect()
}

#[tokio::test]
async fn a_program_that_stands_still_is_noticed_and_what_was_missed_is_filled_in() {
    browser_journey("lost-still", &["shop.tide"], async |window, app| {
        let run = Run(window);
        run.start("shop.tide").await;
        run.seconds(3).await;
        let rows = run.rows("rate").await;
        app.stand_still(true);
        is_cut_off(window).await;
        assert!(run.rows("rate").await >= rows, "what was seen stays");
        app.stand_still(false);
        window
            .until("it is heard again", async || {
                (!window.text_css("main").await.contains("connection is lost")).then_some(())
            })
            .await;
        // The run goes on or is over by now; either way it ends as any other.
        window.see("verdict").await;
        assert_eq!(results(app).len(), 1, "one run, one result");
        assert_eq!(Results(window).history("shop.tide").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_program_that_was_killed_and_started_again_has_what_was_measured_and_what_was_typed() {
    browser_journey("lost-killed", &["shop.tide"], async |window, app| {
        let (run, load) = (Run(window), Load(window));
        run.start("shop.tide").await;
        run.seconds(5).await;
        app.kill();
        is_cut_off(window).await;
        assert!(run.rows("rate").await >= 4, "what was seen stays");
        // Meanwhile one goes on working.
        load.open("shop.tide").await;
        load.type_people(1, "77").await;
        let trouble = async || window.text("save-state").await.contains("line to Tidemark is lost").then_some(());
        window.until("it says that nothing is saved", trouble).await;

        // The address that it prints, opened beside the page, lets the page in again, too.
        app.start_again();
        window.beside(app.url()).await;
        Frame(window).saved().await;
        app.holds("scenarios/shop.tide", "\"to\": 77").await;
        window.visit("#/t/shop.tide/run").await;
        window
            .until("it says what became of the run", async || {
                window.text("main").await.contains("among the results").then_some(())
            })
            .await;
        assert_eq!(results(app).len(), 1);
        let history = Results(window).history("shop.tide").await;
        assert_eq!(history.len(), 1);
        window.visit(&format!("#/t/shop.tide/results/{}", history[0])).await;
        window.see("verdict").await;
    })
    .await;
}

/// Takes all room from now on, or gives it back: the browser refuses to write, as it does on a full disk.
async fn room(window: &Window, there: bool) {
    const REFUSE: &str = "const kind = IDBObjectStore.prototype;
        window.realPut ??= kind.put;
        kind.put = arguments[0] ? window.realPut : function () {
            throw new DOMException('The disk is full.', 'QuotaExceededError');
        };";
    window.script(REFUSE, vec![there.into()]).await;
}

#[tokio::test]
async fn without_room_the_browser_says_so_keeps_everything_and_offers_a_file() {
    browser_journey("lost-room", &[], async |window, _app| {
        let (run, load, frame) = (Run(window), Load(window), Frame(window));
        let site = Site::start().await;
        window.go(&site.url()).await;
        window.click("home-run-demo").await;
        run.seconds(3).await;
        room(window, false).await;
        run.seconds(5).await;
        run.stop_now().await;
        assert!(
            window.text("main-report").await.to_lowercase().contains("practice"),
            "the report is there all the same"
        );

        let test = window.route().await.split('/').nth(2).expect("a test in the address").to_owned();
        load.open(&test).await;
        load.type_people(1, "77").await;
        window
            .until("it says that there is no room", async || {
                window.text("save-state").await.to_lowercase().contains("not saved").then_some(())
            })
            .await;
        let told = window.text("notice").await;
        assert!(told.contains("full") || told.contains("room"), "{told}");
        window.click_words("Save a copy").await;
        let copy = window.arrived("tide").await;
        let text = std::fs::read_to_string(&copy).expect("the copy can be read");
        assert!(text.contains("\"to\": 77"), "what was typed is in the copy");

        room(window, true).await;
        window.click_words("Try again").await;
        frame.saved().await;
        window.reload().await;
        load.open(&test).await;
        let there = async || window.attribute("curve-point-2", "aria-valuetext").await.contains("77").then_some(());
        window.until("nothing is lost", there).await;
        let history = Results(window).history(&test).await;
        assert_eq!(history.len(), 1, "the result is kept, too");
    })
    .await;
}
