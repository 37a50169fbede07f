#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::stats::Name;
use crate::stats::snapshot::{HealthSample, People, Snapshot};

#[test]
fn percentiles_need_answers() {
    let rows = [(50.0, 6), (75.0, 12), (90.0, 30), (95.0, 60), (99.0, 300), (99.9, 3_000), (100.0, 300_000_000)];
    for (percentile, wanted) in rows {
        assert_eq!(answers_needed(percentile), wanted, "p{percentile}");
    }
    let mut hist = Hist::new();
    hist.record_n(1_000, 59);
    assert_eq!((Latencies::of(&hist).p90_us, Latencies::of(&hist).p95_us), (Some(1_000), None));
    hist.record(1_000);
    assert_eq!((Latencies::of(&hist).p95_us, Latencies::of(&hist).p99_us), (Some(1_000), None));
}

#[test]
fn rates_are_per_measured_second() {
    let name = |label: &str, of| Name { id: String::new(), label: label.to_owned(), of, user_type: None, task: None };
    let mut timeline = Timeline::new(vec![name("Pay", NameKind::Request), name("Buy", NameKind::Task)], 1);
    for second in 0..4 {
        let mut row = Row { ok: 10, ..Row::default() };
        row.response.ok.record_n(5_000, 10);
        let people = People { active: 8, ..People::default() };
        let length_us = if second == 3 { 500_000 } else { 1_000_000 };
        let mut health =
            HealthSample { cpu_share: Some(if second == 2 { 0.9 } else { 0.1 }), ..HealthSample::default() };
        health.weigh();
        let rows = vec![row.clone(), row];
        timeline.push(&Snapshot { second, length_us, people, rows, health, started: 3, ..Snapshot::default() });
    }
    let summary = Summary::of(&timeline);
    assert_eq!((summary.seconds, summary.warm_up_seconds, summary.measured_seconds), (4, 1, 2.5));
    assert_eq!((summary.all.count, summary.all.per_second), (30, Some(12.0)));
    assert_eq!((summary.healthy_seconds, summary.suspect_seconds), (2, 1));
    assert_eq!((summary.strains.as_slice(), summary.peak_people, summary.started), ([Strain::Cpu].as_slice(), 8, 9));
    assert_eq!(
        summary.rows.iter().map(|row| (row.label.as_str(), row.count)).collect::<Vec<_>>(),
        [("Pay", 30), ("Buy", 30)]
    );
}

#[test]
fn fast_failures_do_not_hide_among_slow_successes() {
    let name = Name { id: String::new(), label: "Pay".to_owned(), of: NameKind::Request, user_type: None, task: None };
    let mut row = Row { ok: 100, ..Row::default() };
    row.response.ok.record_n(900_000, 100);
    let length_us = 1_000_000;
    assert_eq!(RowSummary::of(None, "Pay", NameKind::Request, &row, length_us).apart, None);
    row.failed.add(crate::traffic::Kind::Status, 100);
    row.response.failed.record_n(2_000, 100);
    let mut timeline = Timeline::new(vec![name], 0);
    timeline.push(&Snapshot { length_us, rows: vec![row], ..Snapshot::default() });
    let summary = Summary::of(&timeline);
    for row in [&summary.all, &summary.rows[0]] {
        let Apart { ok_response: ok, failed_response: failed, .. } = row.apart.as_deref().unwrap();
        assert_eq!((row.response.count, row.response.p50_us), (200, Some(2_000)));
        assert_eq!((ok.count, ok.min_us, ok.p50_us, ok.max_us), (100, Some(900_000), Some(900_000), Some(900_000)));
        assert_eq!((failed.count, failed.min_us, failed.p95_us), (100, Some(2_000), Some(2_000)));
    }
}
