#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::stats::snapshot::{FailureCount, HealthSample, People, Row, Snapshot};
use crate::stats::timeline::Timeline;
use crate::stats::{Name, NameId};
use crate::traffic::Kind;
use crate::verdict::goal::{Goal, Measure, Side};
use crate::verdict::{Case, Ended, judge};

/// Forty seconds of two requests and a task; "Pay" fails now and then, and responses wait before they are sent.
fn run() -> (Summary, Verdict) {
    let name = |label: &str, of| Name { id: String::new(), label: label.to_owned(), of, user_type: None, task: None };
    let names = vec![
        name("Browse", NameKind::Request),
        name("A name that is far too long for its column", NameKind::Request),
        name("Buy something nice today", NameKind::Task),
    ];
    let mut timeline = Timeline::new(names, 5);
    for second in 0..45 {
        let row = |us: u64, count: u64, failed: u64| {
            let mut row = Row { ok: count - failed, bytes_out: count * 321, bytes_in: count * 4_321, ..Row::default() };
            row.failed.add(Kind::Status, failed);
            for at in 0..count - failed {
                row.response.ok.record(us + at * us / 20);
                row.service.ok.record(us);
                row.phases.first_byte.add(us - us / 10);
                row.phases.body.add(us / 10);
            }
            for _ in 0..failed {
                row.response.failed.record(us / 20);
                row.service.failed.record(us / 20);
            }
            row
        };
        let failed = u64::from(second % 10 == 9);
        let detail = "503 Service Unavailable".to_owned();
        let failure = FailureCount { name: NameId(1), kind: Kind::Status, detail, count: failed };
        let mut health =
            HealthSample { cpu_share: Some(if second == 20 { 0.95 } else { 0.2 }), ..HealthSample::default() };
        health.weigh();
        timeline.push(&Snapshot {
            second,
            length_us: 1_000_000,
            people: People { planned: 10, active: 10, leaving: 0 },
            started: 3,
            rows: vec![row(412, 100, 0), row(1_240_000, 5, failed), row(61_500, 1, 0)],
            failures: if failed > 0 { vec![failure] } else { Vec::new() },
            health,
            ..Snapshot::default()
        });
    }
    let goals = [
        Goal::new(Measure::Percentile(95.0), Side::Below, 800_000.0),
        Goal::new(Measure::FailureShare, Side::Below, 0.01),
        Goal::new(Measure::Percentile(99.0), Side::Below, 1e6).about("Buy something nice today"),
    ];
    let case = Case {
        timeline: &timeline,
        goals: &goals,
        planned_seconds: Some(45),
        ended: &Ended::Finished,
        worst: None,
        watched: &crate::watch::Watched::default(),
    };
    (Summary::of(&timeline), judge(&case))
}

const WANTED: &str = r#"! Held up with 10 people, with warnings.
  Too few answers to say: “Buy something nice today”: 99 of 100 within 1 s.
  1 in 50 requests to “A name that is far too long for its column” failed: answered 503 Service Unavailable.
  Next: show the failing answers of “A name that is far too long for its column” to whoever runs it.
  Note: This computer was at its limit in 1 of 40 seconds: the processor was busy. The target may be faster.

Goals
  ✓ 95 of 100 within 800 ms                             got 2.45 ms
  ✓ at most 1 % fail                                    got 0.0952 %
  ? “Buy something nice today”: 99 of 100 within 1 s    too few to say

Response times in ms, from when a request was due, after the warm-up
                           count  failed    min   mean    p50    p75    p90    p95    p99  p99.9    max  req/s  received
Browse                     4,000       0  0.412  1.431  1.421  1.936  2.245  2.349  2.431  2.451  2.451    100     17 MB
A name that …r its column    200       4  62.00  1,335  1,365  1,426  1,488  1,488      –      –  1,488      5    864 kB
Buy somet…ce today (task)     40       0  61.50  61.50  61.50  61.50  61.50      –      –      –  61.50      1
All requests               4,200       4  0.412  64.96  1.483  2.018  2.349  2.451  1,426  1,488  1,488    105     18 MB

Service times in ms, from when it was sent
                                            count  failed    min   mean    p50    p75    p90    p95    p99  p99.9    max
Browse                                      4,000       0  0.412  0.412  0.412  0.412  0.412  0.412  0.412  0.412  0.412
A name that is far too long for its column    200       4  62.00  1,216  1,240  1,240  1,240  1,240      –      –  1,240
Buy something nice today (task)                40       0  61.50  61.50  61.50  61.50  61.50      –      –      –  61.50
All requests                                4,200       4  0.412  58.32  0.412  0.412  0.412  0.412  1,240  1,240  1,240

Failed requests: time until they failed, in ms
                                            count    min   mean    p50    p95  p99    max
A name that is far too long for its column      4  62.00  62.00      –      –    –  62.00
  without them                                196  1,240  1,361  1,365  1,488    –  1,488

Where the time went, all requests, in ms
            count   mean    max
first byte  4,196  52.48  1,116
body        4,196  5.831  124.0

Failures (4, 1 kind)
        4× A name that is far too long for its column · answered 503 Service Unavailable · 00:09–00:39

Measured for 40 s after 5 s of warm-up: up to 10 people at once, 120 came in all.
This computer: at its limit in 1 of 40 seconds, because the processor was busy.
–  too few answers to say: p95 needs 60, p99 300, p99.9 3,000.
"#;

#[test]
fn the_report_reads_from_the_verdict_down() {
    let (summary, verdict) = run();
    let text = body(&summary, &verdict);
    assert_eq!(text, WANTED, "\n{text}");
}

#[test]
fn no_line_is_wider_than_the_page() {
    let (mut summary, verdict) = run();
    for row in summary.rows.iter_mut().chain([&mut summary.all]) {
        row.count = 123_456_789;
        row.failed = 9_999_999;
        row.response.max_us = Some(86_400_000_000);
        row.response.p999_us = Some(123_456_000);
        row.per_second = Some(123_456.7);
    }
    let text = body(&summary, &verdict);
    let widest = text.lines().max_by_key(|line| line.chars().count()).unwrap();
    assert!(widest.chars().count() <= 120, "{widest}");
}

#[test]
fn an_empty_run_has_gaps_not_zeros() {
    let timeline = Timeline::new(Vec::new(), 0);
    let case = Case {
        timeline: &timeline,
        goals: &[],
        planned_seconds: None,
        ended: &Ended::Killed,
        worst: None,
        watched: &crate::watch::Watched::default(),
    };
    let text = body(&Summary::of(&timeline), &judge(&case));
    let row = text.lines().find(|line| line.starts_with("All requests")).unwrap();
    let words: Vec<_> = row.split_whitespace().collect();
    assert_eq!(
        words,
        ["All", "requests", "0", "0", "–", "–", "–", "–", "–", "–", "–", "–", "–", "–", "0", "B", "0", "B"]
    );
}

#[test]
fn tables_that_say_nothing_new_are_left_out() {
    let (mut summary, verdict) = run();
    let shown = |summary: &Summary, text: &str| body(summary, &verdict).contains(text);
    assert!(shown(&summary, "Service times in ms"));
    assert!(shown(&summary, "without them"));
    summary.rows.iter_mut().chain([&mut summary.all]).for_each(|row| {
        row.service = row.response.clone();
        row.apart = None;
    });
    assert!(!shown(&summary, "Service times") && !shown(&summary, "without them"));
    let max_us = &mut summary.rows[0].service.max_us;
    *max_us = max_us.map(|us| us - us / 21);
    assert!(shown(
        &summary,
        "Service times, from when it was sent, are the same within 5 % or 1 ms, the slowest one aside."
    ));
    assert!(shown(&summary, "All requests  "));
    summary.rows.truncate(1);
    assert!(!shown(&summary, "All requests"));
}
