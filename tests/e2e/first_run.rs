//! The first minute: one click from the first page to a verdict.

use crate::rig::journey;

#[tokio::test]
async fn the_app_opens_at_home() {
    journey("opens", &[], async |window, _app| {
        window.see("main").await;
    })
    .await;
}
