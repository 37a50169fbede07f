//! Odd runs: no report has a number in it that makes no sense.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use regex::Regex;
use serde_json::Value;

use super::{html, json, junit, markdown, sheet, text};
use crate::logbook::{Logbook, Maker};
use crate::plan::{Inputs, compile};
use crate::result::share::Options;
use crate::result::{Header, Opened};
use crate::scenario;
use crate::stats::NameId;
use crate::stats::snapshot::{FailureCount, HealthSample, People, Row, Snapshot};
use crate::traffic::Kind;
use crate::verdict::Ended;

const TEXT: &str = r#"{ "format": 1, "name": "Odd", "targets": [{ "url": "http://127.0.0.1:1" }],
    "users": [{ "name": "V", "tasks": [{ "name": "Buy", "steps": [{ "request": { "name": "Pay", "url": "/" } }] }] }],
    "load": { "people": [{ "to": 9, "over": "1min" }], "warm_up": "2s" },
    "goals": [{ "p99": { "below": "1s" } }, { "failures": { "below": "1%" } }, { "throughput": { "above": "1/s" } }] }"#;

fn opened(seconds: &[Snapshot]) -> Opened {
    let (scenario, _) = scenario::read(TEXT).expect("reads");
    let plan = compile(&scenario, &Inputs::default()).expect("compiles");
    let by = Maker { made_by: String::new(), computer: String::new(), started_at: String::new(), practice: false };
    let (mut log, _) = Logbook::new(&plan, Header::of(&plan, Value::Null, by));
    seconds.iter().for_each(|second| drop(log.second(second)));
    log.close(Ended::Finished, String::new()).result
}

/// A second with so many good answers and failures.
fn second(at: u32, ok: u64, failed: u64) -> Snapshot {
    let mut row = Row { ok, ..Row::default() };
    row.response.ok.record_n(40_000, ok);
    row.response.failed.record_n(90_000, failed);
    row.failed.add(Kind::Status, failed);
    row.service = row.response.clone();
    let people = People { planned: 9, active: 9, leaving: 0 };
    Snapshot { second: at, length_us: 1_000_000, people, rows: vec![row], ..Snapshot::default() }
}

/// Every latency in a report says that no percentile is above the slowest.
fn check_times(value: &Value, about: &str) {
    if let (Some(most), Some(p99)) = (value["max_us"].as_u64(), value["p99_us"].as_u64()) {
        assert!(p99 <= most, "{about}: {value}");
    }
    match value {
        Value::Object(all) => all.values().for_each(|one| check_times(one, about)),
        Value::Array(all) => all.iter().for_each(|one| check_times(one, about)),
        _ => {}
    }
}

#[test]
fn odd_runs_make_no_numbers_without_sense() {
    let run = |ok, failed| (0..90).map(|at| second(at, ok, failed)).collect::<Vec<_>>();
    let suspect = HealthSample { suspect: true, ..HealthSample::default() };
    let rows: [(&str, Vec<Snapshot>); 9] = [
        ("nothing at all", Vec::new()),
        ("no requests", run(0, 0)),
        ("three seconds", run(50, 0)[..3].to_vec()),
        ("only the warm-up", run(50, 1)[..2].to_vec()),
        ("all failures", run(0, 50)),
        ("one request", vec![second(5, 1, 0)]),
        ("a clock that jumped", vec![second(0, 50, 0), second(3, 50, 0), second(80_000, 50, 2), second(3, 50, 0)]),
        ("seconds of no length", run(50, 1).into_iter().map(|one| Snapshot { length_us: 0, ..one }).collect()),
        (
            "a computer at its limit",
            run(9, 1).into_iter().map(|one| Snapshot { health: suspect.clone(), ..one }).collect(),
        ),
    ];
    let nonsense = Regex::new(r"\b(NaN|inf|-inf|infinity)\b").expect("is one");
    for (about, seconds) in rows {
        let opened = opened(&seconds);
        let json = json::report(&opened);
        check_times(&json, about);
        let all = [
            text::report(&opened),
            json.to_string(),
            html::html(&opened, &Options::WHOLE),
            markdown::report(&opened, None),
            junit::report(&opened, None),
            sheet::seconds(&opened),
            sheet::steps(&opened),
        ];
        for said in all {
            let found = nonsense.find(&said).map(|found| &said[found.start().saturating_sub(60)..found.end()]);
            assert_eq!(found, None, "{about}");
        }
        assert!(!opened.verdict.sentences.is_empty(), "{about}: something is said");
    }
}

#[test]
fn a_failure_that_only_the_warm_up_saw_keeps_its_name() {
    let failure = FailureCount { name: NameId(1), kind: Kind::Status, detail: "503".into(), count: 3 };
    let early = Snapshot { failures: vec![failure], ..second(0, 5, 3) };
    let later = (2..90).map(|at| Snapshot { rows: vec![Row::default()], ..second(at, 0, 0) });
    let opened = opened(&std::iter::once(early).chain(later).collect::<Vec<_>>());
    assert!(opened.summary.rows.is_empty());
    assert_eq!(json::report(&opened)["failures"][0]["name"], "Pay");
    let (text, markdown) = (text::report(&opened), markdown::report(&opened, None));
    assert!(text.contains("3× Pay ·") && markdown.contains("3× Pay:"), "{text}\n{markdown}");
}
