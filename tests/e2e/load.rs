//! The curve and its table: always both, always in sync, by hand, by keys and by typing.

use crate::pages::{Frame, Load, Panel};
use crate::rig::{Key, journey};

#[tokio::test]
async fn the_curve_and_the_table_say_the_same_however_it_is_changed() {
    journey("curve", &["shop.tide"], async |window, app| {
        let (frame, load) = (Frame(window), Load(window));
        load.open("shop.tide").await;
        let before = load.stages().await;
        let points = load.points().await;
        assert!(points >= 2, "{points} points");

        load.drag_point(2, 40, -60).await;
        let dragged = load.changed_from(&before).await;
        assert_eq!(load.points().await, points, "a drag adds no point");

        window.focus("curve-point-2").await;
        window.press(Key::Up).await;
        let lifted = load.changed_from(&dragged).await;

        load.type_people(1, "77").await;
        let typed = load.changed_from(&lifted).await;
        assert!(
            window.attribute("curve-point-2", "aria-valuetext").await.contains("77"),
            "the curve follows: {typed:?}"
        );

        for wanted in [&lifted, &dragged, &before] {
            frame.undo().await;
            load.stages_become(wanted).await;
        }
        for wanted in [&dragged, &lifted, &typed] {
            frame.redo().await;
            load.stages_become(wanted).await;
        }

        app.holds("scenarios/shop.tide", "\"to\": 77").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_being_typed_is_kept_when_something_else_is_shown() {
    journey("typed", &["shop.tide"], async |window, app| {
        Load(window).open("shop.tide").await;
        Load(window).type_people(1, "77").await;
        Panel(window).open("shop.tide", "buy", "pay").await;
        Panel(window).set_name("Pay by card").await;
        window.visit("#/t/shop.tide/data").await;
        window.see("data-target-0").await;
        window.click("test-name").await;
        window.fill("test-name-field", "Spring").await;
        window.visit("#/").await;
        window.see("home-paste").await;
        app.holds("scenarios/shop.tide", "\"to\": 77").await;
        app.holds("scenarios/shop.tide", "Pay by card").await;
        app.holds("scenarios/shop.tide", "\"name\": \"Spring\"").await;
    })
    .await;
}

#[tokio::test]
async fn how_the_limit_is_looked_for_is_written_and_drawn() {
    journey("search", &["shop.tide"], async |window, app| {
        Load(window).open("shop.tide").await;
        window.click_css("label:has([data-testid=preset-find_the_limit])").await;
        window.see("search-most").await;
        assert!(Load(window).stages().await.is_empty(), "a search makes its own stages");
        for (field, text) in [("search-most", "40"), ("search-step", "20s"), ("search-confirm", "3 min")] {
            window.fill(field, text).await;
            window.press(Key::Tab).await;
        }
        app.holds("scenarios/shop.tide", "\"confirm\": \"3min\"").await;
        app.holds("scenarios/shop.tide", "\"people\": 40").await;
        assert!(window.text("load-search").await.contains("3 min"), "the words follow");

        window.fill("search-start", "50").await;
        window.press(Key::Tab).await;
        let said = window.text_css(".load-search .field-error").await;
        assert_eq!(said, "It can't begin with more than is tried at most.");
        app.holds("scenarios/shop.tide", "\"people\": 40").await;
    })
    .await;
}
