#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde_json::{Value, json};

use super::*;
use crate::result::read;
use crate::stats::snapshot::People;
use crate::traffic::Kind;

fn run(title: &str, label: &str) -> Run {
    let mut header = read(include_bytes!("../../../examples/shop.tiderun")).unwrap().header;
    (header.title, header.target) = (title.to_owned(), "http://127.0.0.1:4780".to_owned());
    header.started_at = "2026-01-02T03:04:05Z".to_owned();
    let name = |label: &str, of| Name { id: String::new(), label: label.to_owned(), of, user_type: None, task: None };
    header.names = vec![name(label, NameKind::Request), name("Buy", NameKind::Task), name("Idle", NameKind::Request)];
    Run::of(&header)
}

/// The fourth second: 100 good answers of 20 ms and 3 failures, as part of one task.
fn second() -> Snapshot {
    let mut row = Row { ok: 100, bytes_out: 7, bytes_in: 9, ..Row::default() };
    row.failed.add(Kind::Status, 3);
    row.response.ok.record_n(20_000, 100);
    row.service.ok.record_n(10_000, 100);
    let mut task = Row { ok: 1, ..Row::default() };
    task.response.ok.record(2_000_000);
    Snapshot {
        second: 3,
        length_us: 1_000_000,
        people: People { planned: 10, active: 9, leaving: 0 },
        started: 4,
        dropped: 2,
        rows: vec![row, task, Row::default()],
        ..Snapshot::default()
    }
}

#[test]
fn a_second_as_json_lines() {
    let text = lines(&run("Shop", "Pay"), &second());
    let all: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<&Value> = all.iter().map(|line| &line["name"]).collect();
    assert_eq!(names, [&json!("Pay"), &json!("Buy"), &Value::Null], "who had no traffic has no line");
    assert_eq!((&all[0]["count"], &all[0]["failed"]), (&json!(103), &json!(3)));
    assert_eq!(all[0]["failed_by_kind"], json!({ "status": 3 }));
    assert!(all[0].get("response_p99_us").is_none(), "99 of 100 needs more answers: {}", all[0]);
    assert!(all[0]["response_p95_us"].as_u64().unwrap().abs_diff(20_000) < 200);
    assert!(all[0].get("people").is_none() && all[2]["people"] == 9 && all[2]["dropped"] == 2);
    assert_eq!(all[2]["count"], 103, "tasks are no requests");
}

#[test]
fn a_second_as_line_protocol() {
    let text = influx(&run("My shop, a=b", "Pay \\"), &second());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4);
    let begin = "tidemark_requests,test=My\\ shop\\,\\ a\\=b,target=http://127.0.0.1:4780,name=Pay\\ ,of=request ";
    assert!(lines[0].starts_with(begin), "{}", lines[0]);
    assert!(lines[0].contains("count=103i,failed=3i,bytes_out=7i,bytes_in=9i,failed_status=3i,response_p50_us="));
    assert!(!lines[0].contains("p99"));
    // 03:04:05 and four seconds.
    assert!(lines.iter().all(|line| line.ends_with(" 1767323049000000000")), "{text}");
    assert!(lines[3].starts_with("tidemark_load,") && lines[3].contains(" people_planned=10i,people=9i,started=4i"));
    let nasty = influx(&run("a\nb", "c\r\nd"), &second());
    assert_eq!(nasty.lines().count(), 4, "no name breaks a line");
}

#[test]
fn a_second_as_opentelemetry() {
    let body: Value = serde_json::from_str(&otlp(&run("Shop", "Pay"), &second())).unwrap();
    let metrics = body.pointer("/resourceMetrics/0/scopeMetrics/0/metrics").unwrap().as_array().unwrap();
    let metric = |name: &str| metrics.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name}"));
    let requests = metric("tidemark.requests")["sum"]["dataPoints"].as_array().unwrap();
    let sum: u64 = requests.iter().map(|point| point["asInt"].as_str().unwrap().parse::<u64>().unwrap()).sum();
    assert_eq!((requests.len(), sum), (3, 104), "good and failed ones of Pay, and a task");
    let times = &metric("tidemark.response_time")["histogram"]["dataPoints"][0];
    let counts: Vec<u64> =
        times["bucketCounts"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().parse().unwrap()).collect();
    assert_eq!(
        (counts.len(), counts.iter().sum::<u64>(), counts[2]),
        (BOUNDS_AND_ONE, 100, 100),
        "20 ms is up to 25 ms"
    );
    assert_eq!(times["count"], "100");
    assert_eq!(
        (&times["startTimeUnixNano"], &times["timeUnixNano"]),
        (&json!("1767323048000000000"), &json!("1767323049000000000"))
    );
    assert_eq!(metric("tidemark.load.people")["gauge"]["dataPoints"][0]["asInt"], "9");
}

const BOUNDS_AND_ONE: usize = 18;

/// The value of a measure with this label.
fn value(text: &str, measure: &str, label: &str) -> Option<f64> {
    let line = text.lines().find(|line| line.starts_with(&format!("{measure}{{")) && line.contains(label))?;
    line.rsplit(' ').next()?.parse().ok()
}

#[test]
fn prometheus_gets_sums_since_the_start_and_the_latest_times() {
    let (run, mut sums) = (run("Shop", "Pay \"now\" \\"), Sums::default());
    sums.push(&run, &second());
    let said = text(&sums.push(&run, &second()));
    let pay = r#"name="Pay \"now\" \\",of="request""#;
    let rows = [
        ("tidemark_requests_total", pay, 200.0),
        ("tidemark_failures_total", "kind=\"status\"", 6.0),
        ("tidemark_failed_total", pay, 6.0),
        ("tidemark_failed_total", "name=\"Idle\"", 0.0),
        ("tidemark_requests_total", "name=\"Idle\"", 0.0),
        ("tidemark_dropped_total", "test=\"Shop\"", 4.0),
        ("tidemark_people", "test=\"Shop\"", 9.0),
    ];
    for (measure, label, wanted) in rows {
        assert_eq!(value(&said, measure, label), Some(wanted), "{measure} {label} in {said}");
    }
    assert!(value(&said, "tidemark_response_seconds", "0.95").is_some_and(|one| (one - 0.02).abs() < 0.001));
    assert_eq!(value(&said, "tidemark_response_seconds", "0.99"), None, "too few answers are no zero");
    assert_eq!(said.matches("# TYPE tidemark_requests_total counter\n").count(), 1, "{said}");
    let quiet = text(&sums.push(&run, &Snapshot { second: 4, length_us: 1_000_000, ..Snapshot::default() }));
    assert_eq!(value(&quiet, "tidemark_requests_total", pay), Some(200.0), "a quiet second takes nothing away");
}

/// A message without its literals' tags.
fn unpacked(body: &[u8]) -> Vec<u8> {
    let (mut at, mut message) = (1 + usize::from(body[0] & 0x80 != 0), Vec::new());
    while at < body.len() {
        assert_eq!(body[at] & 3, 0, "a literal");
        let length = usize::from(body[at] >> 2) + 1;
        message.extend_from_slice(&body[at + 1..at + 1 + length]);
        at += 1 + length;
    }
    message
}

#[test]
fn a_remote_write_is_a_message_within_literals() {
    let (run, mut sums) = (run("Shop", "Pay"), Sums::default());
    let samples = sums.push(&run, &second());
    let message = unpacked(&message(&run, &second(), &samples[..1]));
    // The first is `tidemark_dropped_total`, 2 so far; labels are sorted, and `__name__` comes first.
    let first = b"\x0a\x22\x0a\x08__name__\x12\x16tidemark_dropped_total";
    assert!(message.windows(first.len()).any(|part| part == first), "{message:?}");
    let value = [&b"\x09"[..], &2.0_f64.to_le_bytes(), b"\x10"].concat();
    assert!(message.windows(value.len()).any(|part| part == value), "{message:?}");
}

#[test]
fn seconds_cut_short_have_times_of_their_own_in_remote_writes() {
    let mut run = run("Shop", "Pay");
    for past_ns in [0, 400_000, 999_999] {
        run.started_ns = 1_767_323_045_000_000_000 + past_ns;
        let lasts = [(3, 1_000_000), (4, 1_000_000), (5, 576)].map(|(at, length_us)| {
            let cut = Snapshot { second: at, length_us, ..second() };
            let mut samples = Sums::default().push(&run, &cut);
            samples.truncate(1);
            let told = unpacked(&message(&run, &cut, &samples));
            // The time comes last, in groups of seven bits, the lowest first.
            let from = told.iter().rposition(|byte| *byte == 0x10).unwrap() + 1;
            told[from..].iter().rev().fold(0, |time, byte| time << 7 | u64::from(byte & 0x7f))
        });
        assert_eq!(lasts, [1_767_323_049_000, 1_767_323_050_000, 1_767_323_050_001], "{past_ns} ns past a millisecond");
    }
}
