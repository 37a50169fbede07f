//! A result as JSON for scripts: stable keys, units in their names, `null` where there is too little to say.
//!
//! Must not compute any number.

mod compared;

pub use compared::{comparison, trend};

use serde_json::{Value, json};

use crate::drift::{Drift, drifts, growing};
use crate::result::Opened;
use crate::scaling::{Knee, Range, Scaling, scaling};
use crate::stats::snapshot::Phase;
use crate::stats::summary::{Latencies, RowSummary, Summary};
use crate::verdict::{State, Verdict};
use crate::watch::{Source, Watched};

/// The JSON Schema of [`report`].
pub const REPORT_SCHEMA: &str = include_str!("../../../docs/report-1.schema.json");

/// The JSON Schema of [`comparison`].
pub const COMPARISON_SCHEMA: &str = include_str!("../../../docs/comparison-1.schema.json");

/// The JSON Schema of [`trend`].
pub const TREND_SCHEMA: &str = include_str!("../../../docs/trend-1.schema.json");

/// What `--json` prints.
pub fn report(opened: &Opened) -> Value {
    let header = &opened.header;
    let mut value = body(&opened.summary, &opened.verdict);
    let about = json!({
        "title": header.title,
        "target": header.target,
        "environment": header.environment,
        "started_at": header.started_at,
        "ended_at": opened.ending.as_ref().map(|ending| &ending.ended_at),
        "seed": header.seed.to_string(),
        "made_by": header.made_by,
        "practice": header.practice,
        "complete": opened.complete,
        "notes": opened.notes,
        "drift": drifts(&opened.timeline).iter().chain(&growing(&opened.timeline, &opened.watched)).map(drift).collect::<Vec<_>>(),
        "watched": self::watched(&opened.watched),
        "scaling": self::curve(&scaling(&opened.timeline)),
    });
    if let (Value::Object(value), Value::Object(about)) = (&mut value, about) {
        value.extend(about);
    }
    value
}

/// Verdict and numbers of a run that need not be in a file.
pub fn body(summary: &Summary, verdict: &Verdict) -> Value {
    json!({
        "verdict": self::verdict(verdict),
        "measured_seconds": summary.measured_seconds,
        "warm_up_seconds": summary.warm_up_seconds,
        "peak_people": summary.peak_people,
        "started": summary.started,
        "late": summary.late,
        "dropped": summary.dropped,
        "healthy_seconds": summary.healthy_seconds,
        "suspect_seconds": summary.suspect_seconds,
        "suspect_because": summary.strains,
        "clock": summary.clock,
        "connections_given_back": summary.given_back,
        "all": row(&summary.all),
        "names": summary.rows.iter().map(row).collect::<Vec<_>>(),
        "failures": summary.failures.iter().map(|group| json!({
            "name": group.label,
            "kind": group.failure.kind.word(),
            "detail": group.failure.detail,
            "count": group.failure.count,
            "first_second": group.first_second,
            "last_second": group.last_second,
        })).collect::<Vec<_>>(),
    })
}

/// The verdict.
fn verdict(verdict: &Verdict) -> Value {
    let state = match verdict.state {
        State::HeldUp => "held-up",
        State::HeldUpWithWarnings => "held-up-with-warnings",
        State::DidNotHoldUp => "did-not-hold-up",
        State::CantTell => "cant-tell",
    };
    let goals = verdict.goals.iter().map(|outcome| {
        let goal = &outcome.goal;
        json!({
            "goal": goal.text,
            "measure": goal.measure.to_string(),
            "side": goal.side,
            "limit": goal.limit,
            "of": goal.of,
            "got": outcome.got,
            "met": outcome.met,
        })
    });
    json!({
        "state": state,
        "sentences": verdict.sentences,
        "caveats": verdict.caveats,
        "goals": goals.collect::<Vec<_>>(),
        "turning_point": verdict.turning_point,
        "suspects": verdict.suspects,
        "limit": verdict.limit,
    })
}

/// What the target said of itself.
fn watched(watched: &Watched) -> Value {
    let series = watched.tracks.iter().filter_map(|track| {
        let of = track.extent()?;
        Some(json!({
            "source": watched.source(track),
            "series": track.name,
            "unit": track.unit,
            "step_seconds": track.step,
            "values": track.points.len(),
            "least": of.least,
            "mean": of.mean,
            "most": of.most,
            "last": of.last,
            "points": track.points,
        }))
    });
    let source = |source: &Source| json!({ "name": source.name, "asked": source.asked, "missed": source.missed, "why": source.why });
    json!({
        "sources": watched.sources.iter().map(source).collect::<Vec<_>>(),
        "series": series.collect::<Vec<_>>(),
    })
}

/// One name.
fn row(row: &RowSummary) -> Value {
    let nothing = Latencies::default();
    let (ok_response, failed_response, ok_service, failed_service) = match &row.apart {
        Some(apart) => (&apart.ok_response, &apart.failed_response, &apart.ok_service, &apart.failed_service),
        None => (&row.response, &nothing, &row.service, &nothing),
    };
    json!({
        "name": row.label,
        "of": row.of.word(),
        "count": row.count,
        "failed": row.failed,
        "failed_by_kind": row.kinds,
        "cut": row.cut,
        "per_second": row.per_second,
        "bytes_out": row.bytes_out,
        "bytes_in": row.bytes_in,
        "response": times(&row.response),
        "ok_response": times(ok_response),
        "failed_response": times(failed_response),
        "service": times(&row.service),
        "ok_service": times(ok_service),
        "failed_service": times(failed_service),
        "phases": {
            "connect": phase(&row.phases.connect),
            "tls": phase(&row.phases.tls),
            "first_byte": phase(&row.phases.first_byte),
            "body": phase(&row.phases.body),
        },
    })
}

/// Something that grew while the load stayed the same.
fn drift(drift: &Drift) -> Value {
    json!({
        "what": drift.what.word(),
        "name": drift.name,
        "from": drift.from,
        "to": drift.to,
        "since_second": drift.since,
        "shape": drift.shape.word(),
        "sentence": drift.sentence(),
    })
}

/// How the target scales, with the reasons why a part is not given.
fn curve(scaling: &Scaling) -> Value {
    let range = |range: &Range| json!({ "value": range.value, "low": range.low, "high": range.high });
    let levels = scaling.levels.iter().map(|level| {
        json!({
            "load": level.load,
            "seconds": level.seconds,
            "per_second": level.per_second,
            "mean_us": level.mean_us,
            "p50_us": level.p50_us,
            "p95_us": level.p95_us,
            "failed_share": level.failed,
        })
    });
    let knee = scaling.knee.as_ref().ok().map(|knee| {
        let Knee { load, low, high, per_second, mean_us } = knee;
        json!({ "load": load, "low": low, "high": high, "per_second": per_second, "mean_us": mean_us, "method": "power" })
    });
    let law = scaling.law.as_ref().ok().map(|law| {
        let peak = law.peak.as_ref();
        json!({
            "alone_per_second": range(&law.alone),
            "contention": range(&law.contention),
            "coherency": range(&law.coherency),
            "peak_people": peak.map(|peak| range(&peak.people)),
            "peak_per_second": peak.map(|peak| range(&peak.per_second)),
            "off": law.off,
        })
    });
    json!({
        "along": scaling.along.word(),
        "sentences": scaling.sentences(),
        "levels": levels.collect::<Vec<_>>(),
        "knee": knee,
        "no_knee": scaling.knee.as_ref().err().map(|lack| lack.words()),
        "usl": law,
        "no_usl": scaling.law.as_ref().err().map(|lack| lack.words()),
    })
}

/// One phase.
fn phase(phase: &Phase) -> Value {
    let max_us = (phase.count > 0).then_some(phase.max_us);
    json!({ "count": phase.count, "mean_us": phase.mean_us(), "max_us": max_us })
}

/// One latency.
fn times(times: &Latencies) -> Value {
    json!({
        "count": times.count,
        "min_us": times.min_us,
        "mean_us": times.mean_us,
        "p50_us": times.p50_us,
        "p75_us": times.p75_us,
        "p90_us": times.p90_us,
        "p95_us": times.p95_us,
        "p99_us": times.p99_us,
        "p99_9_us": times.p999_us,
        "max_us": times.max_us,
    })
}

#[cfg(test)]
mod tests;
