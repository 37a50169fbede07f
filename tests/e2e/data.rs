//! Data, and the check before anything is sent.

use crate::pages::{Data, Frame, Preflight};
use crate::rig::{Key, journey};

#[tokio::test]
async fn a_table_is_pasted_and_used_a_secret_is_asked_for_and_a_host_elsewhere_needs_its_name() {
    journey("data", &["shop.tide"], async |window, app| {
        let (frame, data, check) = (Frame(window), Data(window), Preflight(window));
        data.open("shop.tide").await;
        data.add("table").await;
        data.name("clients").await;
        data.paste("name\tzip\nAnn\t01234\nBob\t00007").await;
        assert_eq!((data.cell(0, 1).await, data.cell(1, 0).await), ("01234".to_owned(), "Bob".to_owned()));
        assert!(data.need().await.contains("No step uses"), "{}", data.need().await);

        data.add("secret").await;
        data.name("api key").await;
        data.choose("target", 0).await;
        data.add_header(1, "X-Zip", "{{clients.zip}}").await;
        data.add_header(2, "X-Key", "{{api key}}").await;
        assert!(data.line("table", 1).await.contains("used once"), "{}", data.line("table", 1).await);
        data.choose("table", 1).await;
        window.until("the need is known", async || data.need().await.contains("2 rows").then_some(())).await;
        frame.saved().await;

        // No value of the secret is known here: it is asked for, and never seen again.
        check.open().await;
        assert!(check.why().await.contains("secret"), "{}", check.why().await);
        check.tell_secret("s3cr3t-value").await;
        window.gone("preflight-secrets").await;
        window.until("nothing is in the way", async || check.why().await.is_empty().then_some(())).await;
        let page = window.script("return document.documentElement.outerHTML", vec![]).await;
        assert!(!page.as_str().unwrap_or_default().contains("s3cr3t-value"), "the value stands in the page");
        app.holds("scenarios/shop.tide", "api key").await;
        assert!(
            !std::fs::read_to_string(app.folder().join("scenarios/shop.tide")).unwrap_or_default().contains("s3cr3t")
        );
        window.press(Key::Escape).await;

        // A name that looks like this computer, and leads elsewhere: what counts is where it leads.
        data.choose("target", 0).await;
        window.click_css(".data-more summary").await;
        window.click("target-resolve-add").await;
        window.fill("target-resolve-0-name", "alias.localhost").await;
        window.fill("target-resolve-0-value", "10.255.255.1").await;
        window.fill("target-url", "http://alias.localhost:9").await;
        window.press(Key::Tab).await;
        check.open().await;
        window.see("host-confirm").await;
        for typed in ["", "alias", "localhost"] {
            check.confirm(typed).await;
            assert!(check.why().await.contains("type the name"), "{typed:?}: {}", check.why().await);
            window.click("preflight-run").await;
            assert!(window.is_seen("preflight").await, "{typed:?} is not enough");
        }
        check.confirm("alias.localhost").await;
        window.until("it may go on", async || check.why().await.is_empty().then_some(())).await;
        assert!(check.act().await.contains("alias.localhost"), "{}", check.act().await);
        let results = std::fs::read_dir(app.folder().join("results")).map_or(0, Iterator::count);
        assert_eq!(results, 0, "nothing was run");
    })
    .await;
}

#[tokio::test]
async fn ten_thousand_rows_are_pasted_while_the_page_goes_on_answering() {
    journey("rows", &["shop.tide"], async |window, app| {
        let data = Data(window);
        data.open("shop.tide").await;
        data.add("table").await;
        let rows: Vec<String> = (0..10_000).map(|row| format!("{row:05}\tname {row}\tname{row}@shop.test")).collect();
        let (first, longest) = data.paste(&format!("number\tname\tmail\n{}", rows.join("\n"))).await;
        eprintln!("10,000 rows: first seen after {first:.0} ms, the page was silent for {longest:.0} ms at most");
        assert_eq!(data.cell(7, 0).await, "00007");
        assert!(window.count(".grid-body .grid-row").await < 80, "only rows that are seen are drawn");
        app.holds("scenarios/shop.tide", "name9999@shop.test").await;
    })
    .await;
}
