//! One user is tried, and a value that the server hands out is picked in its answer and used from then on.

use crate::pages::{Frame, Trial};
use crate::rig::{CONTROL, Key, Window, journey};

/// A request as a person copies it out of a browser, with a token that somebody was given a moment ago.
async fn paste_with_token(window: &Window, app: &crate::rig::App, token: &str) {
    let url = format!("http://{}/products", app.shop().addr());
    let line = format!("curl {url} -H 'Authorization: Bearer {token}' -H 'X-Seen: {token}'");
    window.visit("#/t/shop.tide/build/browse").await;
    window.click_css("[data-testid=\"step-add-browse\"] button[data-act=\"add\"]").await;
    window.see("quick-add").await;
    window.write(&line).await;
    window.press(Key::Enter).await;
    window.gone("quick-add").await;
    app.holds("scenarios/shop.tide", token).await;
}

#[tokio::test]
async fn a_picked_token_is_saved_replaces_itself_later_and_one_undo_takes_it_back() {
    journey("pick", &["shop.tide"], async |window, app| {
        let (frame, trial) = (Frame(window), Trial(window));
        window.visit("#/t/shop.tide/build").await;
        let said = trial.run("member").await;
        assert!(said.contains("8 worked") && !said.contains("failed"), "{said}");
        trial.look_at("Sign in").await;
        let token = trial.value("$.access_token").await;
        assert!(token.starts_with("tide-"), "{token}");
        paste_with_token(window, app, &token).await;

        trial.look_at("Sign in").await;
        trial.pick("$.access_token").await;
        assert!(window.text("pick-later").await.contains("Used in 2 later places"));
        window.fill("pick-name", "pass").await;
        window.click("pick-save").await;
        window.gone("pick-popover").await;
        app.holds("scenarios/shop.tide", "\"bearer\": \"{{pass}}\"").await;
        app.holds("scenarios/shop.tide", "\"X-Seen\": \"{{pass}}\"").await;
        app.lacks("scenarios/shop.tide", &token).await;

        let said = trial.run("member").await;
        assert!(said.contains("9 worked") && !said.contains("failed"), "{said}");
        assert!(trial.steps().await.iter().any(|step| step.contains("pass = tide-")));

        frame.undo().await;
        app.holds("scenarios/shop.tide", &token).await;
        app.lacks("scenarios/shop.tide", "{{pass}}").await;
    })
    .await;
}

#[tokio::test]
async fn a_value_is_picked_with_the_keyboard_alone_and_never_without_saying_which() {
    journey("pick-keys", &["shop.tide"], async |window, app| {
        let trial = Trial(window);
        window.visit("#/t/shop.tide/build").await;
        window.see("trial").await;
        window.press_with(CONTROL, Key::Enter).await;
        trial.ended().await;
        trial.look_at("Products").await;
        trial.pick_by_keys("$.items[1].name").await;
        window.until("the name has the focus", async || (window.focused().await == "pick-which-0").then_some(())).await;
        window.focus("pick-name").await;
        window.press(Key::Enter).await;
        assert!(window.text("pick-which").await.contains("Say which one first."), "it asks");
        window.focus("pick-which-1").await;
        window.press(Key::Space).await;
        window.focus("pick-name").await;
        window.press(Key::Enter).await;
        window.gone("pick-popover").await;
        app.holds("scenarios/shop.tide", "\"name\": \"name\"").await;
    })
    .await;
}

#[tokio::test]
async fn a_step_that_fails_is_looked_at_with_what_mends_it() {
    journey("try-fails", &["shop.tide"], async |window, app| {
        let trial = Trial(window);
        let path = app.folder().join("scenarios/shop.tide");
        let text = std::fs::read_to_string(&path).expect("the example is there");
        std::fs::write(&path, text.replace("\"url\": \"/search\"", "\"url\": \"/serach\"")).expect("it can be written");
        window.visit("#/t/shop.tide/build").await;
        let said = trial.run("visitor").await;
        assert!(said.contains("1 failed"), "{said}");
        assert!(window.text("trial-title").await.contains("There is nothing at this address (404)."));
        assert_eq!(window.text("trial-way-0").await, "Expect 404 instead");
        window.click("trial-way-0").await;
        let said = trial.run("visitor").await;
        assert!(!said.contains("failed"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn each_step_waits_for_a_word_and_stop_ends_it_at_once() {
    journey("by-hand", &["shop.tide"], async |window, app| {
        let trial = Trial(window);
        window.visit("#/t/shop.tide/build").await;
        window.click("trial-toggle").await;
        window.click("trial-by-hand").await;
        window.click("trial-first").await;
        for wanted in [1, 2] {
            window
                .until("it waits", async || {
                    (window.attribute("trial-next", "aria-disabled").await.is_empty()).then_some(())
                })
                .await;
            window.click("trial-next").await;
            window
                .until("a request was answered", async || {
                    window.text("trial-counts").await.contains(&format!("{wanted} worked")).then_some(())
                })
                .await;
        }
        let seen = app.shop().counts().requests;
        window.click("trial-stop").await;
        let said = trial.ended().await;
        assert!(said.contains("2 worked"), "{said}");
        assert_eq!(app.shop().counts().requests, seen, "nothing was sent after the word to stop");
    })
    .await;
}
