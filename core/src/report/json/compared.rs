//! A comparison as JSON for scripts. Must not compute any number.

use serde_json::{Value, json};

use crate::result::compare::{Change, Comparison, Figure};

/// What `tidemark compare --json` prints, and what stands under `baseline` where a run was compared with one. A is what was
/// before, B is what is now; `change` is one of `better`, `worse`, `more`, `less`, `same`, `cant-tell`.
pub fn comparison(comparison: &Comparison) -> Value {
    let outcome = match () {
        () if comparison.steps.is_empty() => Change::CantTell,
        () if comparison.is_worse() => Change::Worse,
        () if comparison.is_better() => Change::Better,
        () if comparison.steps.iter().all(|step| step.change() == Change::Same) => Change::Same,
        () => Change::CantTell,
    };
    json!({
        "outcome": outcome.word(),
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
