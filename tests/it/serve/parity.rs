//! The served app is the app: one conversation, directly and over HTTP.

use super::rig::{App, Page};
use crate::host::{Direct, shop};
use tidemark_tests::converse::transcript;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_is_said_directly_and_over_http() {
    let (shop, address) = shop().await;
    let mut direct = Direct::open();
    let said = transcript(&mut direct, address).await;
    let app = App::open().await;
    let ears = app.listen("/api/events", None).await;
    assert_eq!(transcript(&mut Page { app: &app, ears }, address).await, said);
    shop.stop().await;
}
