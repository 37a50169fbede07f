//! A result file read by a stranger: a Python script that follows docs/result-format.md and decodes histograms with the
//! HdrHistogram package of PyPI must find the same counts and percentiles.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use tidemark_core::plan::Inputs;
use tidemark_core::result::{Opened, read};
use tidemark_core::stats::hist::Hist;
use tidemark_core::stats::snapshot::Row;
use tidemark_core::stats::timeline::PackedRow;
use tidemark_host::conduct::{self, News, Order, Out};
use tidemark_shop::{Knobs, Latency, Stall, start};
use tidemark_tests::drive::plan;
use tidemark_tests::{program, python};
use tokio::sync::mpsc::unbounded_channel;

const SCENARIO: &str = r#"{ "format": 1, "name": "Read elsewhere",
    "users": [{ "name": "V", "tasks": [
        { "name": "Browse", "weight": 8, "steps": [{ "group": { "name": "Look", "steps": [
            { "request": { "name": "List", "url": "/products?page=2" } },
            { "request": { "name": "Product", "url": "/products/7" } } ] } }] },
        { "name": "Lost", "weight": 1, "steps": [{ "request": { "name": "Nowhere", "url": "/nowhere" } }] },
        { "name": "Hasty", "weight": 1, "steps": [
            { "request": { "name": "Too slow", "url": "/slow?ms=400", "time_limit": "150ms" } }] } ] }],
    "load": { "start": 60, "arrivals": [{ "to": 90, "over": "5s" }], "at_most": 12, "share_connections": true, "warm_up": "1s" },
    "goals": [{ "p95": { "below": "1s" } }] }"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_result_file_says_the_same_to_python() {
    let python = python::with_packages("result", "hdrhistogram==0.10.8\n");
    let latency = Latency { spread: 0.8, ..Latency::fixed(Duration::from_millis(6)) };
    // A stall, so that response and service times differ and both histograms are in the file.
    let stall = Stall { at: Duration::from_millis(2_500), lasts: Duration::from_millis(400), every: Duration::ZERO };
    let knobs = Knobs { latency, stall: Some(stall), ..Knobs::quiet() };
    let shop = start(([127, 0, 0, 1], 0).into(), knobs).await.expect("the shop opens");
    let base_url = Some(format!("http://{}", shop.addr()));
    let folder = tempfile::tempdir().expect("a folder");
    let (whole, broken) = (folder.path().join("whole.tiderun"), folder.path().join("broken.tiderun"));
    let order = Order {
        plan: plan(SCENARIO, &Inputs { base_url, seed: 5, ..Inputs::default() }),
        scenario: serde_json::from_str(SCENARIO).expect("it is JSON"),
        out: Out::File(whole.clone()),
        workers: 0,
        allowed: Vec::new(),
        remark: None,
        feeds: None,
    };
    let (_kept, mut commands) = unbounded_channel();
    let mut growing = None;
    let mut ticks = 0;
    let done = conduct::conduct(order, &mut commands, &mut |news| match news {
        News::Begun { path, .. } => growing = path.map(Path::to_path_buf),
        News::Tick(_) => {
            ticks += 1;
            if ticks == 4 {
                let path = growing.as_ref().expect("a result grows");
                let mut begun = std::fs::read(path).expect("it can be read while it grows");
                // As after a power cut: the last piece is not whole.
                begun.truncate(begun.len() - 20);
                std::fs::write(&broken, begun).expect("the folder can be written to");
            }
        }
        News::Event(_) | News::Second(_) | News::Sample(_) | News::Noted(_) => {}
    })
    .await;
    let done = match done {
        Ok(done) => done,
        Err(failure) => panic!("{failure:?}"),
    };
    shop.stop().await;

    let opened = open(&whole);
    assert!(opened.complete && opened.header.sealed);
    assert_eq!(opened.summary, done.result.summary);
    let all = &opened.summary.all;
    assert!(all.count > 300 && all.failed > 30, "{all:?}");
    let theirs = read_by(&python, &whole);
    assert_eq!((&theirs["sealed"], &theirs["complete"]), (&json!(true), &json!(true)));
    assert_eq!(theirs["verdict"], serde_json::to_value(opened.verdict.state).expect("a word"));
    same(&totals(&opened), &theirs["totals"]);
    same(&intervals(&opened), &theirs["intervals"]);

    let opened = open(&broken);
    assert!(!opened.complete);
    let theirs = read_by(&python, &broken);
    assert_eq!((&theirs["sealed"], &theirs["complete"]), (&json!(false), &json!(false)));
    assert!(!theirs["intervals"].as_object().expect("rows").is_empty());
    same(&totals(&opened), &theirs["intervals"]);
}

fn open(path: &Path) -> Opened {
    read(&std::fs::read(path).expect("there is a result")).expect("it can be read")
}

/// What the script finds in a file.
fn read_by(python: &Path, file: &Path) -> Value {
    let script = program::top().join("tests/python/read_result.py");
    let output = Command::new(python).arg(script).arg(file).output().expect("Python starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the script prints JSON")
}

/// Compared name by name, so that a difference can be read.
fn same(ours: &BTreeMap<String, Value>, theirs: &Value) {
    let theirs = theirs.as_object().expect("rows by name");
    let names: BTreeSet<&String> = theirs.keys().collect();
    assert_eq!(ours.keys().collect::<BTreeSet<_>>(), names);
    for (name, row) in ours {
        assert_eq!(*row, theirs[name], "{name}");
    }
}

fn totals(opened: &Opened) -> BTreeMap<String, Value> {
    let rows = opened.timeline.names().iter().zip(&opened.timeline.measured().rows);
    rows.filter(|(_, row)| !row.is_empty()).map(|(name, row)| (name.label.clone(), shown(row))).collect()
}

/// The same from the intervals, whose histograms have two digits.
fn intervals(opened: &Opened) -> BTreeMap<String, Value> {
    let mut rows: BTreeMap<String, PackedRow> = BTreeMap::new();
    for interval in opened.timeline.intervals().iter().filter(|interval| !interval.warm_up) {
        for (name, row) in &interval.rows {
            rows.entry(opened.header.names[name.at()].label.clone()).or_default().merge(row);
        }
    }
    rows.into_iter().map(|(label, row)| (label, shown(&row.to_row()))).collect()
}

fn shown(row: &Row) -> Value {
    json!({ "ok": row.ok, "failed": row.failed, "bytes_in": row.bytes_in,
        "response": times(&row.response.all()), "service": times(&row.service.all()),
        "ok_response": times(&row.response.ok), "ok_service": times(&row.service.ok),
        "failed_response": times(&row.response.failed), "failed_service": times(&row.service.failed) })
}

fn times(hist: &Hist) -> Value {
    let mut figures = json!({ "count": hist.len(), "sum_us": hist.sum(), "min_us": hist.min(), "max_us": hist.max() });
    if !hist.is_empty() {
        for (name, share) in [("p50", 0.5), ("p75", 0.75), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("p99.9", 0.999)]
        {
            figures[name] = json!(hist.quantile(share));
        }
    }
    figures
}
