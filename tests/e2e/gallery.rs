//! Every screen and state, one after the other, in every look: nobody may be locked out of any. Where `TIDEMARK_SHOTS`
//! names a folder (`cargo xtask shots`) it also gets a picture of each, light and dark, wide and narrow. In a browser: a
//! window of the desktop shows the same pages, and can't be told what a computer asks pages for.

use std::path::PathBuf;

use crate::rig::{Key, Look, Window, browser_journey};

/// A place in the app, and how to get there from anywhere.
struct Place {
    name: &'static str,
    route: &'static str,
    /// What is there once it is ready, as a CSS selector.
    ready: &'static str,
    /// What else has to be done.
    then: Then,
}

/// What has to be done once the place is there.
enum Then {
    Nothing,
    /// A key is pressed, alone or with Alt, and something is waited for.
    Press(Key, bool, &'static str),
    /// The element with this test id is clicked, and something is waited for.
    Click(&'static str, &'static str),
    /// These words are given to the palette, and something is waited for.
    Say(&'static str, &'static str),
}

const fn place(name: &'static str, route: &'static str, ready: &'static str) -> Place {
    Place { name, route, ready, then: Then::Nothing }
}

const fn then(place: Place, then: Then) -> Place {
    Place { then, ..place }
}

const BUILD: &str = "#/t/shop.tide/build";
const OUTLINE: &str = "[data-testid=outline]";
const STEP: &str = "#/t/shop.tide/build/look/home";
const REPORT: &str = "#/t/shop.tide/results/shop.tiderun";

/// Where there is nothing yet.
const EMPTY: &[Place] = &[place("home-empty", "#/", "main")];

/// With a test and results of it.
const FULL: &[Place] = &[
    place("home", "#/", "[data-testid='test-shop.tide']"),
    then(place("import", "#/", "main"), Then::Click("home-paste", "[data-testid=import]")),
    place("build", BUILD, OUTLINE),
    place("step", STEP, "[data-testid=step-panel]"),
    then(place("move-to", STEP, OUTLINE), Then::Say("Move to", "[data-testid=move-to]")),
    then(place("problems", BUILD, OUTLINE), Then::Say("Problems", "[data-testid=problems]")),
    then(
        place("preview", BUILD, OUTLINE),
        Then::Press(Key::Enter, true, "[data-testid=preview] table, [data-testid=preview] svg"),
    ),
    then(place("trial", BUILD, OUTLINE), Then::Click("btn-try", "[data-testid=answer-viewer]")),
    place("data", "#/t/shop.tide/data", "main h1, main h2"),
    then(place("new-target", "#/t/shop.tide/data", "main"), Then::Say("Add a target", "[data-testid=new-target]")),
    place("load", "#/t/shop.tide/load", "[data-testid=curve]"),
    place("run-none", "#/t/shop.tide/run", "main"),
    place("results", "#/t/shop.tide/results", "[data-testid='result-shop.tiderun']"),
    place("report", REPORT, "[data-testid=verdict]"),
    then(place("share", REPORT, "[data-testid=verdict]"), Then::Click("btn-share", "[data-testid=share]")),
    place("compare", "#/t/shop.tide/compare/shop.tiderun/later.tiderun", "[data-testid=compare-summary]"),
    place("settings", "#/settings", "main h1"),
    then(place("palette", BUILD, OUTLINE), Then::Click("btn-palette", "[data-testid=palette]")),
    then(place("history", BUILD, OUTLINE), Then::Say("History", "[data-testid=history]")),
    then(place("glossary", BUILD, OUTLINE), Then::Press(Key::F1, false, "[data-testid=glossary]")),
    then(place("keys", BUILD, OUTLINE), Then::Say("Keys", "[data-testid=keys]")),
];

/// While a run goes on.
const RUNNING: &[Place] = &[
    place("run", "#/t/shop.tide/run", "[data-testid=metric-people]"),
    then(place("stop", "#/t/shop.tide/run", "main"), Then::Click("btn-stop", "[data-testid=stop]")),
];

#[tokio::test]
async fn nobody_is_locked_out_where_there_is_nothing_yet() {
    browser_journey("gallery-empty", &[], async |window, _app| walk(window, EMPTY).await).await;
}

#[tokio::test]
async fn nobody_is_locked_out_of_a_test_and_its_results() {
    browser_journey("gallery", &["shop.tide", "shop.tiderun"], async |window, app| {
        let results = app.folder().join("results");
        std::fs::copy(results.join("shop.tiderun"), results.join("later.tiderun")).expect("the result is copied");
        walk(window, FULL).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_locked_out_of_a_run() {
    browser_journey("gallery-run", &["shop.tide"], async |window, _app| {
        window.visit("#/t/shop.tide/run").await;
        window.see("tab-run").await;
        window.click("btn-run").await;
        window.see("metric-people").await;
        walk(window, RUNNING).await;
    })
    .await;
}

async fn walk(window: &Window, places: &[Place]) {
    let shots = std::env::var_os("TIDEMARK_SHOTS").map(PathBuf::from);
    let mut wrong = Vec::new();
    for place in places {
        window.view(1440, 900).await;
        reach(window, place).await;
        for look in Look::ALL {
            window.wear(look).await;
            let barriers = window.barriers().await;
            wrong.extend(barriers.into_iter().map(|line| format!("{} {}: {line}", place.name, look.name())));
        }
        if let Some(folder) = &shots {
            take(window, place.name, folder).await;
        }
        if !matches!(place.then, Then::Nothing) {
            window.press(Key::Escape).await;
        }
    }
    assert!(wrong.is_empty(), "{} barriers:\n{}", wrong.len(), wrong.join("\n"));
}

async fn reach(window: &Window, place: &Place) {
    window.visit(place.route).await;
    window.see_css(place.ready).await;
    match &place.then {
        Then::Nothing => {}
        Then::Press(key, alt, ready) => {
            if *alt {
                window.press_with(crate::rig::ALT, *key).await
            } else {
                window.press(*key).await
            }
            window.see_css(ready).await;
        }
        Then::Click(button, ready) => {
            window.click(button).await;
            window.see_css(ready).await;
        }
        Then::Say(words, ready) => {
            window.control('k').await;
            window.see("palette-input").await;
            window.write(words).await;
            window.press(Key::Enter).await;
            window.see_css(ready).await;
        }
    }
}

async fn take(window: &Window, name: &str, folder: &std::path::Path) {
    std::fs::create_dir_all(folder).expect("the folder for pictures can be made");
    for look in [Look::Light, Look::Dark] {
        window.wear(look).await;
        for (width, height) in [(1440, 900), (1024, 640)] {
            window.view(width, height).await;
            let path = folder.join(format!("{name}-{}-{width}.png", look.name()));
            std::fs::write(&path, window.picture().await).expect("the folder takes a picture");
        }
    }
}
