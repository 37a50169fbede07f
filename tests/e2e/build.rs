//! The outline: a step is moved in three ways, with one outcome; undo leads back over tabs.

use std::path::PathBuf;

use crate::pages::{Build, Frame, Half, Load};
use crate::rig::{App, Key, Window, journey};

/// The text of the test's file once it differs from what it was.
async fn written(window: &Window, app: &App, before: &str) -> String {
    let path: PathBuf = app.folder().join("scenarios/shop.tide");
    window.until("the file changes", async || std::fs::read_to_string(&path).ok().filter(|text| text != before)).await
}

#[tokio::test]
async fn a_step_moves_alike_by_hand_by_keys_and_by_its_menu() {
    journey("move", &["shop.tide"], async |window, app| {
        let (frame, build) = (Frame(window), Build(window));
        build.open("shop.tide").await;
        build.unfold("look").await;
        let before = build.steps().await;
        assert_eq!(&before[..2], ["home", "list"]);

        let mut outcomes = Vec::new();
        for way in ["by hand", "by keys", "by its menu"] {
            build.choose("step-view").await;
            let text = std::fs::read_to_string(app.folder().join("scenarios/shop.tide")).unwrap_or_default();
            match way {
                "by hand" => build.drag("step-home", "step-list", Half::Lower).await,
                "by keys" => {
                    build.choose("step-home").await;
                    build.nudge("step-home", Key::Down).await;
                }
                _ => build.menu("step-home", "down").await,
            }
            let order = build.steps_other_than(&before).await;
            window
                .until("the keyboard is on what was moved", async || {
                    (window.focused().await == "step-home").then_some(())
                })
                .await;
            let (said, moved) = (build.said().await, written(window, app, &text).await);
            frame.undo().await;
            window.until("it is taken back", async || (build.steps().await == before).then_some(())).await;
            // The next way starts from a file that holds what the page shows.
            written(window, app, &moved).await;
            outcomes.push((order, said, moved));
        }
        let (order, said, _) = &outcomes[0];
        assert_eq!(&order[..2], ["list", "home"]);
        assert_eq!(said, "Home page moved. Now step 2 of 4 in Look around.");
        for outcome in &outcomes[1..] {
            assert_eq!(outcome, &outcomes[0]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_check_stays_on_requests_and_escape_drops_nothing() {
    journey("check", &["shop.tide"], async |window, _| {
        let build = Build(window);
        build.open("shop.tide").await;
        build.unfold("look").await;
        let before = build.steps().await;
        build.hold_over("check-home-0", "task-search", Half::Lower).await;
        assert_eq!(window.text_css(".drop-not").await, "Only a request can have checks and saved values.");
        assert_eq!(build.said().await, "Only a request can have checks and saved values.");
        window.press(Key::Escape).await;
        window.until("the reason is gone", async || (window.count(".drop-not").await == 0).then_some(())).await;
        assert_eq!(build.steps().await, before);
    })
    .await;
}

#[tokio::test]
async fn undo_leads_back_over_tabs_and_shows_the_place() {
    journey("undo", &["shop.tide"], async |window, _| {
        let (frame, build, load) = (Frame(window), Build(window), Load(window));
        build.open("shop.tide").await;
        build.unfold("look").await;
        build.rename("step-home", "Front page").await;
        build.user("member").await;
        build.type_share("member", "40").await;
        build.share_becomes("visitor", "60").await;
        frame.tab("load").await;
        let stages = load.stages().await;
        load.type_people(1, "77").await;
        load.changed_from(&stages).await;
        frame.tab("data").await;

        frame.undo().await;
        load.stages_become(&stages).await;
        frame.undo().await;
        build.share_becomes("visitor", "70").await;
        frame.undo().await;
        window
            .until("the name is as it was", async || build.words("step-home").await.contains("Home page").then_some(()))
            .await;
        assert_eq!(build.chosen().await, ["step-home"], "undo goes to what it changes");
        for _ in 0..3 {
            frame.redo().await;
        }
        window.see("curve").await;
        frame.tab("build").await;
        build.user("visitor").await;
        assert!(build.words("step-home").await.contains("Front page"));
        assert_eq!(build.share("member").await, "40");
    })
    .await;
}

#[tokio::test]
async fn shares_follow_the_number_the_border_and_the_keys_and_ribbons_follow_them() {
    journey("shares", &["shop.tide"], async |window, _| {
        let build = Build(window);
        build.open("shop.tide").await;
        assert_eq!((build.share("look").await, build.share("search").await), ("60".into(), "40".into()));
        let ratio = build.ribbon("look").await / build.ribbon("search").await;
        assert!((ratio - 1.5).abs() < 0.05, "{ratio}");
        build.type_share("look", "75").await;
        build.share_becomes("search", "25").await;
        window.focus("mix-divider-1").await;
        window.press(Key::Left).await;
        build.share_becomes("look", "74").await;
        build.drag_divider(1, -80).await;
        window.until("the drag counts", async || (build.share("look").await != "74").then_some(())).await;
        let dragged = build.share("look").await;
        build.lock("search").await;
        build.type_share("look", "90").await;
        window.see_css(".head-refused").await;
        assert_eq!(build.share("look").await, dragged);
        Frame(window).undo().await;
        build.share_becomes("look", "74").await;
    })
    .await;
}
