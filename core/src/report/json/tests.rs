#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::stats::snapshot::{Row, Snapshot};
use crate::stats::timeline::Timeline;
use crate::stats::{Name, NameKind};
use crate::verdict::{Case, Ended, judge};

#[test]
fn keys_are_stable_and_missing_numbers_are_null() {
    let name = Name { id: String::new(), label: "Pay".to_owned(), of: NameKind::Request, user_type: None, task: None };
    let mut timeline = Timeline::new(vec![name], 0);
    let mut row = Row { ok: 60, bytes_in: 7, ..Row::default() };
    row.response.ok.record_n(1_500, 60);
    row.phases.connect.add(200);
    timeline.push(&Snapshot { second: 0, length_us: 2_000_000, rows: vec![row], ..Snapshot::default() });
    let case = Case {
        timeline: &timeline,
        goals: &[],
        planned_seconds: None,
        ended: &Ended::Finished,
        worst: None,
        watched: &crate::watch::Watched::default(),
    };
    let value = body(&Summary::of(&timeline), &judge(&case));
    let none = Value::Null;
    let rows = [
        ("/verdict/state", json!("cant-tell")),
        ("/all/count", json!(60)),
        ("/all/per_second", json!(30.0)),
        ("/names/0/name", json!("Pay")),
        ("/names/0/response/p95_us", json!(1_500)),
        ("/names/0/response/p99_us", none.clone()),
        ("/names/0/response/p99_9_us", none.clone()),
        ("/names/0/service/mean_us", none.clone()),
        ("/names/0/ok_response/p50_us", json!(1_500)),
        ("/names/0/ok_response/count", json!(60)),
        ("/names/0/failed_response/count", json!(0)),
        ("/names/0/failed_response/max_us", none.clone()),
        ("/names/0/phases/connect/mean_us", json!(200.0)),
        ("/names/0/phases/tls/count", json!(0)),
        ("/names/0/phases/tls/max_us", none),
        ("/names/0/failed_by_kind", json!({})),
        ("/failures", json!([])),
        ("/suspect_seconds", json!(0)),
    ];
    for (key, wanted) in rows {
        assert_eq!(value.pointer(key), Some(&wanted), "{key}");
    }
}

#[test]
fn the_schema_of_a_trend_has_that_of_a_comparison_in_it() {
    let [trend, comparison]: [Value; 2] =
        [TREND_SCHEMA, COMPARISON_SCHEMA].map(|text| serde_json::from_str(text).unwrap());
    for key in ["type", "required", "properties"] {
        assert_eq!(trend["$defs"]["comparison"][key], comparison[key], "{key}");
    }
    assert_eq!(trend["$defs"]["figure"], comparison["$defs"]["figure"]);
}
