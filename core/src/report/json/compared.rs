//! A comparison as JSON for scripts. Must not compute any number.

use serde_json::{Value, json};

use crate::result::compare::{Comparison, Figure, Quantity, Trend};

/// What `tidemark compare --json` prints, and what stands under `baseline` where a run was compared with one. A is what was
/// before, B is what is now; `change` is one of `better`, `worse`, `more`, `less`, `same`, `cant-tell`.
pub fn comparison(comparison: &Comparison) -> Value {
    json!({
        "outcome": comparison.outcome().word(),
        "sentences": comparison.sentences,
        "differences": comparison.differences.iter().map(|one| json!({
            "text": one.text,
            "details": one.details,
        })).collect::<Vec<_>>(),
        "figures": comparison.figures.iter().map(figure).collect::<Vec<_>>(),
        "steps": comparison.steps.iter().map(|step| json!({
            "name": step.label,
            "was": step.was,
            "count_a": step.counts.0,
            "count_b": step.counts.1,
            "change": step.change().word(),
            "telling": step.telling().map(|figure| figure.quantity.word()),
            "figures": step.figures.iter().map(figure).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "added": comparison.added,
        "removed": comparison.removed,
    })
}

/// What `tidemark compare --json` prints of more than two results: the runs, oldest first, each with what changed since the
/// first.
pub fn trend(trend: &Trend) -> Value {
    let run = |run: &crate::result::compare::Run| {
        let figure = |quantity: Quantity| json!({ "what": quantity.word(), "value": quantity.of(&run.all) });
        json!({
            "title": run.title,
            "started_at": run.started_at,
            "verdict": run.state,
            "people": run.people,
            "count": run.all.count,
            "figures": Quantity::ALL.map(figure),
            "since_first": run.since.as_ref().map(comparison),
        })
    };
    json!({
        "outcome": trend.outcome().word(),
        "since_run": trend.since().map(|at| at + 1),
        "sentences": trend.sentences,
        "runs": trend.runs.iter().map(run).collect::<Vec<_>>(),
    })
}

/// One figure: times in microseconds, the share of failures from 0 to 1.
fn figure(figure: &Figure) -> Value {
    json!({
        "what": figure.quantity.word(),
        "a": figure.a,
        "b": figure.b,
        "ratio": figure.ratio(),
        "change": figure.change.word(),
        "p": figure.p,
        "between": figure.between.map(|(low, high)| [low, high]),
        "more_seconds": figure.more_seconds,
    })
}
