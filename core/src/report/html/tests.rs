#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use scraper::{Html, Selector};
use serde_json::Value;

use super::html;
use super::markup::Esc;
use crate::report::{json, text};
use crate::result::share::Options;
use crate::result::{Event, Message, Opened, Sample, read};
use crate::stats::NameId;
use crate::stats::snapshot::FailureCount;
use crate::stats::timeline::FailureGroup;
use crate::traffic::Kind;
use crate::units::{grouped, plain_time};

/// A run of the practice shop.
fn shop() -> Opened {
    read(include_bytes!("../../../../examples/shop.tiderun")).unwrap()
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    let found = page.select(&selector);
    found.map(|one| one.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn count(page: &Html, selector: &str) -> usize {
    page.select(&Selector::parse(selector).unwrap()).count()
}

/// A failure whose every text tries to be markup.
fn hostile() -> Opened {
    const NASTY: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;\u{202e}";
    let mut opened = shop();
    let nasty = || NASTY.to_owned();
    let header = &mut opened.header;
    (header.title, header.target, header.environment, header.computer) = (nasty(), nasty(), nasty(), nasty());
    (header.made_by, header.started_at) = (nasty(), nasty());
    header.scenario["name"] = Value::String(nasty());
    opened.verdict.sentences = vec![nasty(), nasty(), format!("Next: {NASTY}")];
    opened.verdict.caveats = vec![nasty()];
    opened.verdict.goals.iter_mut().for_each(|outcome| outcome.goal.text = nasty());
    opened.summary.rows.iter_mut().for_each(|row| row.label = nasty());
    let mut names = opened.timeline.names().to_vec();
    names.iter_mut().for_each(|name| (name.label, name.task, name.user_type) = (nasty(), Some(nasty()), Some(nasty())));
    opened.timeline.put_texts(names, &mut |_| {});
    opened.notes = vec![nasty()];
    opened.events = vec![
        Event {
            second: 3,
            what: "first-failure".into(),
            text: format!("First failure of its kind at \"{NASTY}\": {NASTY}"),
        },
        Event { second: 9, what: nasty(), text: nasty() },
    ];
    let failure = FailureCount { name: NameId(1), kind: Kind::Status, detail: nasty(), count: 3 };
    opened.summary.failures =
        vec![FailureGroup { failure, first_second: 3, last_second: 9, people: 2, label: nasty() }];
    let message = || Message { head: nasty(), body: nasty(), body_len: 9 };
    opened.samples = vec![Sample {
        second: 3,
        name: NameId(1),
        failure: Kind::Status,
        detail: nasty(),
        people: 2,
        response_us: Some(1_000),
        request: message(),
        answer: Some(message()),
    }];
    opened
}

#[test]
fn the_page_begins_with_the_verdict_and_has_every_part() {
    let opened = shop();
    let page = Html::parse_document(&html(&opened, &Options::WHOLE));
    assert_eq!(texts(&page, "h1"), ["Corner shop"]);
    let headings = [
        "Held up with 20 people, with warnings.",
        "Goals",
        "What people felt",
        "How it went",
        "How it scales",
        "Steps",
        "About this run",
    ];
    assert_eq!(texts(&page, "h2"), headings);
    assert_eq!(texts(&page, ".verdict h2, .verdict p")[..opened.verdict.sentences.len()], opened.verdict.sentences);
    assert_eq!(texts(&page, ".goals .got"), ["got 61.4 ms", "got 0 %", "got 1.48 s"]);
    assert_eq!(texts(&page, "figure h3"), ["People", "Response time", "Requests per second", "Failures"]);
    assert_eq!(count(&page, "header, main, footer"), 3);
    assert_eq!(texts(&page, ".keys strong"), ["98", "1.6", "0"]);
}

#[test]
fn the_tables_say_what_the_json_report_says() {
    let opened = shop();
    let page = Html::parse_document(&html(&opened, &Options::WHOLE));
    let report = json::report(&opened);
    let names = report["names"].as_array().unwrap().iter();
    let (requests, others): (Vec<_>, Vec<_>) = names.partition(|row| row["of"] == "request");
    let wanted: Vec<Vec<String>> = requests.into_iter().chain([&report["all"]]).chain(others).map(cells).collect();
    let table = Selector::parse("section > table.steps").unwrap();
    let tables = page.select(&table);
    let line = Selector::parse("tbody tr").unwrap();
    let cell = Selector::parse("td").unwrap();
    let rows = tables.flat_map(|table| table.select(&line).collect::<Vec<_>>());
    let shown: Vec<Vec<String>> =
        rows.map(|row| row.select(&cell).map(|cell| cell.text().collect::<String>()).collect()).collect();
    assert_eq!(shown.len(), 14);
    assert_eq!(shown, wanted);
}

/// What the cells of a row must be, by the numbers in the JSON report.
fn cells(row: &Value) -> Vec<String> {
    let time = |key: &str, none: &str| row["response"][key].as_u64().map_or_else(|| none.to_owned(), plain_time);
    let count = |key: &str| grouped(row[key].as_u64().unwrap());
    let few = "too few to say";
    vec![
        count("count"),
        count("failed"),
        time("p50_us", few),
        time("p95_us", few),
        time("p99_us", few),
        time("max_us", "–"),
    ]
}

#[test]
fn the_charts_draw_every_series_twice_and_tell_them_as_tables() {
    let page = Html::parse_document(&html(&shop(), &Options::WHOLE));
    for (kind, series) in [("people", 3), ("time", 2), ("rate", 1), ("failures", 0)] {
        for width in ["wide", "narrow"] {
            let paths = format!("figure[data-chart={kind}] svg.{width} path[data-series]");
            assert_eq!(count(&page, &paths), series, "{paths}");
        }
        let rows = if kind == "time" { 16 } else { 31 };
        assert_eq!(count(&page, &format!("figure[data-chart={kind}] tbody tr")), rows, "{kind}");
    }
    assert_eq!(texts(&page, "figure[data-chart=time] svg.wide .goal-text"), ["goal 1.2 s"]);
    assert!(texts(&page, "figure[data-chart=time] .said")[0].ends_with("Each point stands for 2 seconds."));
}

#[test]
fn nothing_is_fetched_and_nothing_runs() {
    for opened in [shop(), hostile()] {
        let text = html(&opened, &Options::WHOLE);
        let page = Html::parse_document(&text);
        let elements = "script, img, iframe, object, embed, link, base, form, audio, video, use, image, a[href]";
        assert_eq!(count(&page, elements), 0);
        assert_eq!(count(&page, "[src], [href], [onerror], [onclick], [onload]"), 0);
        assert!(!text.contains("@import") && !text.contains("url(http") && text.matches("url(").count() == 1);
        assert!(text.contains("default-src 'none'"));
    }
}

#[test]
fn whatever_the_file_says_is_text() {
    let text = html(&hostile(), &Options::WHOLE);
    assert!(!text.contains("<script") && !text.contains("<img") && !text.contains('\u{202e}'));
    let page = Html::parse_document(&text);
    assert!(texts(&page, "h1")[0].starts_with("\"'><script>alert(1)</script><img src=x"), "shown as it was written");
    assert!(texts(&page, ".sample pre")[0].contains("<script>"));
    assert_eq!(Esc("a\u{0}b\r\n<").to_string(), "a\u{fffd}b\n&lt;");
}

#[test]
fn a_file_that_breaks_off_says_so_and_an_empty_one_has_a_page() {
    let whole = include_bytes!("../../../../examples/shop.tiderun");
    let broken = read(&whole[..whole.len() / 2]).unwrap();
    let page = Html::parse_document(&html(&broken, &Options::WHOLE));
    assert!(texts(&page, ".note")[0].starts_with("This file breaks off at"));
    assert!(texts(&page, "dd").iter().any(|text| text == "The file ends before the run did."));
}

#[test]
fn samples_stand_below_their_kind_and_bodies_may_be_left_out() {
    let mut opened = hostile();
    opened.samples[0].answer.as_mut().unwrap().body = "the whole answer".to_owned();
    let page = Html::parse_document(&html(&opened, &Options::WHOLE));
    assert_eq!(texts(&page, ".failure .sample h4"), ["Sent", "Answer"]);
    assert!(texts(&page, "pre").contains(&"the whole answer".to_owned()));
    let without = html(&opened, &Options { without_bodies: true, hide_hosts: false });
    assert!(!without.contains("the whole answer") && without.contains("(left out)"));
    let hidden = html(&shop(), &Options { without_bodies: false, hide_hosts: true });
    assert!(!hidden.contains("127.0.0.1") && hidden.contains("http://host-1:36507"));
}

#[test]
fn a_practice_run_is_labelled_at_the_top_and_in_every_chart() {
    let mut opened = shop();
    let label = |opened: &Opened| texts(&Html::parse_document(&html(opened, &Options::WHOLE)), ".practice");
    assert_eq!(label(&opened), Vec::<String>::new());
    opened.header.practice = true;
    assert_eq!(label(&opened), ["Practice: numbers are simulated."; 5]);
    assert_eq!(json::report(&opened)["practice"], true);
    assert_eq!(text::report(&opened).lines().nth(1), Some("Practice: numbers are simulated."));
}

#[test]
fn a_growing_load_has_a_scaling_curve_and_a_steady_one_says_why_not() {
    let mut opened = shop();
    let said = |opened: &Opened| {
        let page = Html::parse_document(&html(opened, &Options::WHOLE));
        let curves = count(&page, "[data-chart^=scaling] svg.wide");
        (
            texts(&page, "section[aria-labelledby=scaling] p"),
            curves,
            count(&page, "[data-chart^=scaling] .wide .moment"),
        )
    };
    let value = json::report(&opened);
    assert_eq!(
        said(&opened).1,
        if value["scaling"]["no_knee"].is_string() && said(&opened).0.len() == 1 { 0 } else { 2 }
    );
    opened.timeline = crate::scaling::tests::lawful_timeline(110.0, 0);
    let (sentences, curves, knees) = said(&opened);
    let value = json::report(&opened);
    assert_eq!((curves, knees, value["scaling"]["sentences"].as_array().unwrap().len()), (2, 2, sentences.len()));
    assert!(value["scaling"]["knee"]["load"].is_f64() && value["scaling"]["usl"]["contention"]["low"].is_f64());
    assert_eq!((&value["scaling"]["no_knee"], &value["scaling"]["along"]), (&Value::Null, &Value::from("people")));
    assert!(text::report(&opened).contains("\nScaling: what went well, by load; times in ms\n"));
}
