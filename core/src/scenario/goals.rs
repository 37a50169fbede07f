//! Goals as they stand in the file: `{ "p95": { "below": "800ms", "of": "Pay", "over_last": "60s" } }`.

use serde_json::{Map, Value, json};

use crate::problem::Severity;
use crate::scenario::node::{Extra, Field, Flat, Object, Reading, node, words};
use crate::units::Span;

/// One goal, or one rule to stop early.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GoalRule {
    /// What is measured: `p50` … `p99.9`, `mean`, `slowest`, `failures`, `throughput`; empty if none of these is there.
    pub measure: String,
    /// The limit.
    pub limit: GoalLimit,
    /// What was not understood, kept for the next save.
    pub extra: Extra,
}

node! {
    /// The limit of a goal. Of `below` and `above` exactly one is given.
    pub struct GoalLimit {
        /// It must stay below this: `"800ms"`, `"1%"`, `"50/s"`.
        below: Option<String> = "below",
        /// It must stay above this.
        above: Option<String> = "above",
        /// Name in results; all requests if empty.
        of: String = "of",
        /// Judged over each such window, not over the whole run.
        over_last: Option<Span> = "over_last",
        /// For `stop_early`: how long it must last.
        hold: Option<Span> = "for",
        /// Which time is meant.
        latency: LatencyKind = "latency",
    }
}

words! {
    /// Which of the two latencies.
    pub enum LatencyKind {
        /// From when the request was due.
        #[default]
        Response = "response",
        /// From when it was sent.
        Service = "service",
    }
}

/// Whether `key` names a measure.
fn is_measure(key: &str) -> bool {
    matches!(key, "mean" | "slowest" | "failures" | "throughput") || percentile(key).is_some()
}

/// The percentile in `p95` or `p99.9`, where it is between 0 and 100.
pub fn percentile(key: &str) -> Option<f64> {
    let digits = key.strip_prefix('p').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))?;
    digits.parse::<f64>().ok().filter(|p| *p > 0.0 && *p < 100.0)
}

const KNOWN: &[&str] = &["p50", "p75", "p90", "p95", "p99", "p99.9", "mean", "slowest", "failures", "throughput"];

impl Field for GoalRule {
    fn read(value: &Value, at: &mut Reading) -> Option<Self> {
        let Value::Object(map) = value else {
            at.wrong_type("an object such as { \"p95\": { \"below\": \"800ms\" } }", value);
            return Some(Self { extra: Extra { whole: Some(value.clone()), ..Extra::default() }, ..Self::default() });
        };
        let mut measures = map.keys().filter(|key| is_measure(key));
        let measure = measures.next().cloned().unwrap_or_default();
        if let Some(second) = measures.next() {
            at.problem(
                Severity::Stop,
                "only-one-of",
                format!("\"{measure}\" and \"{second}\" can't both stand here"),
                "make two goals of it".to_owned(),
            );
        }
        let mut object = Object::new(map.clone());
        let limit = match measure.is_empty() {
            true => GoalLimit::default(),
            false => object.take::<GoalLimit>(&measure, at, GoalLimit::default),
        };
        Some(Self { measure, limit, extra: object.finish(KNOWN, at) })
    }

    fn write(&self) -> Value {
        if let Some(whole) = &self.extra.whole {
            return whole.clone();
        }
        let mut out = Map::new();
        if !self.measure.is_empty() {
            out.insert(self.measure.clone(), self.limit.write());
        }
        out.extend(self.extra.fields.iter().map(|(key, value)| (key.clone(), value.clone())));
        Value::Object(out)
    }

    fn schema(defs: &mut Map<String, Value>) -> Value {
        GoalLimit::schema(defs);
        let limit = json!({ "type": "object", "properties": GoalLimit::properties(defs) });
        json!({
            "type": "object",
            "patternProperties": { "^(p[0-9.]+|mean|slowest|failures|throughput)$": limit },
            "maxProperties": 1,
        })
    }
}
