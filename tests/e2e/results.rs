//! From a run to its verdict, and what is done with that afterwards: steered, stopped, passed on, opened again, compared.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::pages::{Compare, Data, Frame, Results, Run};
use crate::rig::{App, Key, browser_journey, journey};

#[tokio::test]
async fn a_run_is_steered_watched_again_after_a_reload_and_stopped() {
    journey("run", &["shop.tide"], async |window, _app| {
        let (run, results) = (Run(window), Results(window));
        run.start("shop.tide").await;
        run.seconds(4).await;
        run.hold().await;
        // Who was on the way still comes.
        run.seconds(7).await;
        let before = run.people_now().await;
        run.more_people().await;
        run.people(before + 10).await;
        window.press(Key::Escape).await;
        let rows = run.rows("rate").await;

        window.reload().await;
        window.see("chart-rate").await;
        run.seconds(5).await;
        assert!(run.rows("rate").await >= rows, "what was there before is there again");
        run.people(before + 10).await;

        run.stop_now().await;
        let text = window.text("main-report").await;
        assert!(text.contains("10 people more by hand"), "{text}");
        assert!(
            ["held-up", "held-up-with-warnings", "did-not-hold-up", "cant-tell"]
                .contains(&results.state().await.as_str())
        );
        assert_eq!(results.history("shop.tide").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_the_target_says_grows_with_the_run_and_stands_in_its_result() {
    journey("watched", &["shop.tide"], async |window, _app| {
        let (data, run) = (Data(window), Run(window));
        data.open("shop.tide").await;
        data.choose("target", 0).await;
        data.watch(0, "/metrics").await;
        data.watch(1, "/nowhere").await;
        Frame(window).saved().await;
        run.start("shop.tide").await;
        const RATE: &str = "http_requests_total of /metrics";
        let length = async || {
            let strips = run.strips().await;
            strips.into_iter().find(|(title, _)| title == RATE).map(|(_, length)| length).filter(|length| *length > 0.0)
        };
        let first = window.until("the shop says something", length).await;
        let quiet = async || window.text("watched-missing").await.contains("it answered 404").then_some(());
        window.until("what says nothing is told", quiet).await;
        assert!(!window.is_seen("notice").await, "quietly");
        run.seconds(6).await;
        // A longer line on the same stretch of time.
        window.until("the line grows", async || length().await.filter(|now| *now > first)).await;

        // The cursor of the charts is that of the strips, and the other way round.
        window.focus_css("[data-testid=chart-time] .chart-plot").await;
        window.press_times(Key::Left, 3).await;
        window.see_css("[data-testid=strip] .chart-end[data-look=here]").await;
        window.focus_css("[data-testid=strip] .chart-plot").await;
        window.press(Key::Left).await;
        let said = async || window.text_css("#live-region").await.contains(" of /metrics: ").then_some(());
        window.until("the value is read aloud", said).await;
        window.see_css("[data-testid=chart-time] .chart-readout").await;

        window.reload().await;
        window.see("chart-rate").await;
        window.until("all of it is there again", async || length().await.filter(|now| *now > first)).await;
        let titles = async || run.strips().await.into_iter().map(|(title, _)| title).collect::<Vec<_>>();
        let live = titles().await;
        run.stop_now().await;
        window.see_css("[data-testid=watched] [data-testid=strip]").await;
        assert_eq!(titles().await, live);
        assert!(window.text("main-report").await.contains("it answered 404"));
    })
    .await;
}

#[tokio::test]
async fn every_second_is_sent_on_where_that_is_chosen_and_what_is_lost_is_told() {
    journey("feeds", &["shop.tide"], async |window, app| {
        let run = Run(window);
        window.visit("#/settings").await;
        let (there, seconds) = receiver();
        // Nobody listens any more at an address that was just given back.
        let gone = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
        window.fill("feed-influx", &format!("http://{there}/write?db=load")).await;
        window.fill("feed-otlp", &gone.to_string()).await;
        window.press(Key::Tab).await;
        let wrong = async || window.text_css("main").await.contains("Write the whole address").then_some(());
        window.until("an address that is none is said to be none", wrong).await;
        window.fill("feed-otlp", &format!("http://{gone}/v1/metrics")).await;
        window.press(Key::Tab).await;
        app.holds("settings.json", &format!("http://{gone}/v1/metrics")).await;

        run.start("shop.tide").await;
        let lost = async || {
            let text = window.text("run-lost").await;
            (text.contains(&format!("did not reach http://{gone}/v1/metrics"))).then_some(text)
        };
        let text = window.until("what is lost is told", lost).await;
        assert!(!text.contains(&there.to_string()), "{text}");
        run.seconds(4).await;
        run.stop_now().await;
        let report = window.text("main-report").await;
        assert!(report.contains(&format!("did not reach http://{gone}/v1/metrics")), "{report}");
        assert!(seconds.load(Ordering::Relaxed) >= 4, "every second arrives where somebody is");
    })
    .await;
}

/// A server that takes whatever is posted, and counts it.
fn receiver() -> (SocketAddr, Arc<AtomicU64>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let (address, count) = (listener.local_addr().expect("it is bound"), Arc::new(AtomicU64::new(0)));
    let counted = count.clone();
    std::thread::spawn(move || {
        for connection in listener.incoming().map_while(Result::ok) {
            let counted = counted.clone();
            std::thread::spawn(move || while take(&connection, &counted).is_some() {});
        }
    });
    (address, count)
}

/// One request of a connection; none at its end.
fn take(connection: &TcpStream, counted: &AtomicU64) -> Option<()> {
    let mut reader = BufReader::new(connection);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let line = line.trim_end().to_lowercase();
        if line.is_empty() {
            break;
        }
        length = line.strip_prefix("content-length: ").and_then(|text| text.parse().ok()).unwrap_or(length);
    }
    std::io::copy(&mut reader.take(length), &mut std::io::sink()).ok()?;
    counted.fetch_add(1, Ordering::Relaxed);
    (&mut &*connection).write_all(b"HTTP/1.1 204 No Content\r\n\r\n").ok()
}

#[tokio::test]
async fn a_result_is_passed_on_and_says_the_same_in_another_app() {
    browser_journey("share", &["shop.tide", "shop.tiderun"], async |window, _app| {
        let results = Results(window);
        window.visit("#/t/shop.tide/results/shop.tiderun").await;
        let (verdict, steps) = (results.verdict().await, results.steps().await);
        let inside = results.share().await;
        assert!(inside.contains("\"people\" with 20 rows") && inside.contains("http://127.0.0.1"), "{inside}");

        let page = results.made("share-page", "html").await;
        window.click("share-hosts").await;
        window.click("share-bodies").await;
        window
            .until("the list follows", async || (!window.text("share-parts").await.contains("127.0.0.1")).then_some(()))
            .await;
        let file = results.made("share-file", "tiderun").await;
        let mut text = String::new();
        let zipped = std::fs::File::open(&file).expect("the file is there");
        flate2::read::MultiGzDecoder::new(zipped).read_to_string(&mut text).expect("it is zipped text");
        assert!(text.contains("host-1") && !text.contains("127.0.0.1"));

        let other = App::start(&[]).await;
        window.go(other.url()).await;
        window.choose_file("home-open", &file).await;
        assert_eq!(results.steps().await, steps);
        window.visit("#/").await;
        window.see("home-open").await;
        window.drop_file(&file).await;
        assert_eq!(results.steps().await, steps);
        assert_eq!(said(&results.verdict().await), said(&verdict));

        window.go(&format!("file://{}", page.display())).await;
        assert!(window.text_css("main").await.contains("Held up"));
        assert_eq!(window.barriers().await, Vec::<String>::new());
        let fetched = window.script("return performance.getEntriesByType('resource').length", vec![]).await;
        assert_eq!(fetched.as_u64(), Some(0), "a saved page needs nothing else");
    })
    .await;
}

#[tokio::test]
async fn two_runs_of_the_same_are_about_the_same() {
    browser_journey("compare", &["shop.tide", "shop.tiderun"], async |window, app| {
        let (compare, results) = (Compare(window), Results(window));
        let folder = app.folder().join("results");
        std::fs::copy(folder.join("shop.tiderun"), folder.join("again.tiderun")).expect("a copy");
        compare.open("shop.tide", "shop.tiderun", "again.tiderun").await;
        for _ in 0..2 {
            assert!(compare.summary().await.contains("B is about the same as A."));
            let steps = compare.steps().await;
            assert!(steps.len() >= 7 && steps.iter().all(|worth| worth == "same"), "{steps:?}");
            compare.swap().await;
        }
        window.focus_css(".compare-plot").await;
        window.press(Key::Right).await;
        window
            .until("the cursor is told", async || window.text_css("#live-region").await.contains(". A ").then_some(()))
            .await;
        window.write("t").await;
        window.see("chart-table-compare").await;
        window.click("show-trend").await;
        window.until("two runs are shown", async || (window.count(".multiple-picture").await == 2).then_some(())).await;
        assert_eq!(window.barriers().await, Vec::<String>::new());

        assert_eq!(results.history("shop.tide").await.len(), 2);
        window.click("result-more-again.tiderun").await;
        window.click("result-delete").await;
        window.gone("result-again.tiderun").await;
        window.click_words("Undo").await;
        window.see("result-again.tiderun").await;
    })
    .await;
}

/// A verdict without the buttons below it, of which a result from elsewhere has fewer.
fn said(verdict: &str) -> Vec<&str> {
    const BUTTONS: [&str; 3] = ["See how it was built", "Change how the shop behaves", "Copy summary"];
    verdict.lines().filter(|line| !BUTTONS.contains(line)).collect()
}
