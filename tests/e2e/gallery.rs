//! Every screen and state, one after the other, in every look: nobody may be locked out of any. Where `TIDEMARK_SHOTS`
//! names a folder (`cargo xtask shots`) it also gets a picture of each, light and dark, wide and narrow.

use std::path::PathBuf;

use crate::rig::{Key, Look, Window, journey};

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
    /// A key is pressed, with Ctrl, Alt or nothing held, and something is waited for.
    Press(Held, Key, &'static str),
    /// The element with this test id is clicked, and something is waited for.
    Click(&'static str, &'static str),
}

enum Held {
    No,
    Control,
    Alt,
}

const fn place(name: &'static str, route: &'static str, ready: &'static str) -> Place {
    Place { name, route, ready, then: Then::Nothing }
}

const fn pressed(name: &'static str, route: &'static str, held: Held, key: Key, ready: &'static str) -> Place {
    Place { name, route, ready: "main", then: Then::Press(held, key, ready) }
}

const fn clicked(name: &'static str, route: &'static str, button: &'static str, ready: &'static str) -> Place {
    Place { name, route, ready: "main", then: Then::Click(button, ready) }
}

/// Where there is nothing yet.
const EMPTY: &[Place] = &[place("home-empty", "#/", "main")];

/// With a test and a result of it.
const FULL: &[Place] = &[
    place("home", "#/", "main"),
    place("build", "#/t/shop.tide/build", "main"),
    place("data", "#/t/shop.tide/data", "main"),
    place("load", "#/t/shop.tide/load", "[data-testid=curve]"),
    place("run-none", "#/t/shop.tide/run", "main"),
    place("results", "#/t/shop.tide/results", "main"),
    place("report", "#/t/shop.tide/results/shop.tiderun", "main"),
    place("settings", "#/settings", "main"),
    pressed("preview", "#/t/shop.tide/build", Held::Alt, Key::Enter, "[data-testid=preview-sends]"),
    clicked("try", "#/t/shop.tide/build", "btn-try", "[data-testid=trial-title]"),
];

#[tokio::test]
async fn nobody_is_locked_out_where_there_is_nothing_yet() {
    journey("gallery-empty", &[], async |window, _app| walk(window, EMPTY).await).await;
}

#[tokio::test]
async fn nobody_is_locked_out_of_a_test_and_its_results() {
    journey("gallery", &["shop.tide", "shop.tiderun"], async |window, _app| walk(window, FULL).await).await;
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
        Then::Press(held, key, ready) => {
            match held {
                Held::No => window.press(*key).await,
                Held::Control => window.press_with(crate::rig::CONTROL, *key).await,
                Held::Alt => window.press_with(crate::rig::ALT, *key).await,
            }
            window.see_css(ready).await;
        }
        Then::Click(button, ready) => {
            window.click(button).await;
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
