//! The preview: it sends nothing, says the same for the same seed, and its picture says what its table says.

use std::collections::BTreeSet;

use crate::rig::{ALT, Key, Window, journey};

/// Every percentage that is seen in an element.
async fn percents(window: &Window, id: &str) -> Vec<String> {
    let words = window.text(id).await;
    let words: Vec<&str> = words.split_whitespace().collect();
    let before = words.windows(2).filter(|pair| pair[1] == "%");
    before.map(|pair| pair[0].to_owned()).collect()
}

#[tokio::test]
async fn a_preview_sends_nothing_and_says_the_same_for_the_same_seed() {
    journey("preview", &["shop.tide"], async |window, app| {
        window.visit("#/t/shop.tide/build").await;
        window.see("btn-preview").await;
        let before = app.shop().counts().requests;
        window.press_with(ALT, Key::Enter).await;
        let sends = window.text("preview-sends").await;
        assert!(sends.starts_with("You will send about "), "{sends}");
        let picture: BTreeSet<String> = percents(window, "preview-picture").await.into_iter().collect();
        window.click_css("label:has([data-testid=preview-as-table])").await;
        let table: BTreeSet<String> = percents(window, "preview-table").await.into_iter().collect();
        let missing: Vec<&String> = picture.difference(&table).collect();
        assert!(missing.is_empty() && !picture.is_empty(), "{missing:?} are not in the table: {table:?}");
        window.press(Key::Escape).await;
        window.gone("preview").await;
        window.click("btn-preview").await;
        assert_eq!(window.text("preview-sends").await, sends, "the same seed");
        let seed = window.text("preview-seed").await;
        window.click("preview-roll").await;
        window.until("another seed is there", async || (window.text("preview-seed").await != seed).then_some(())).await;
        assert_eq!(app.shop().counts().requests, before, "nothing was sent");
        window.click("preview-go-on").await;
        window.see("curve").await;
    })
    .await;
}
