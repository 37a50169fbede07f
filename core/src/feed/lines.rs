//! JSON lines: an object for each name that had traffic in a second, and one for all requests, which has the load, too.

use serde_json::{Map, Value, json};

use super::{Run, load};
use crate::stats::snapshot::Snapshot;

/// One second. Keys are those of the report's JSON where they mean the same; what is not known is left out.
pub fn lines(run: &Run, snapshot: &Snapshot) -> String {
    let mut out = String::new();
    for point in run.points(snapshot) {
        let failed: Map<String, Value> =
            point.failed.iter().map(|(kind, count)| ((*kind).to_owned(), json!(count))).collect();
        let mut line = json!({
            "second": snapshot.second,
            "measured_us": snapshot.length_us,
            "name": point.name,
            "of": point.of.word(),
            "count": point.ok + point.failures(),
            "failed": point.failures(),
            "failed_by_kind": failed,
            "bytes_out": point.bytes_out,
            "bytes_in": point.bytes_in,
        });
        if let Value::Object(line) = &mut line {
            line.extend(point.times().into_iter().map(|(name, us)| (name, json!(us))));
            if point.name.is_none() {
                line.extend(load(snapshot).map(|(name, value)| (name.to_owned(), json!(value))));
            }
        }
        out.push_str(&line.to_string());
        out.push('\n');
    }
    out
}
