//! The curve and its table: always both, always in sync, by hand, by keys and by typing.

use crate::pages::{Frame, Load};
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
