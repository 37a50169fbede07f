//! A comparison as plain text: what there is to say, all requests, and each step by the figure that says most.

use crate::report::columns::{Line, lay_out};
use crate::result::compare::{Change, Comparison, Figure, Quantity, Run, StepChange, Trend, factor};
use crate::units::grouped;

use super::{line, wrapped};

/// What `tidemark compare` prints. A is what was before, B is what is now.
pub fn comparison(comparison: &Comparison) -> String {
    let mut out = String::new();
    let mark = match () {
        () if comparison.is_worse() => '✗',
        () if comparison.is_better() => '✓',
        () => ' ',
    };
    for (at, sentence) in comparison.sentences.iter().enumerate() {
        wrapped(&mut out, if at == 0 { mark } else { ' ' }, sentence);
    }
    if !comparison.differences.is_empty() {
        let texts: Vec<&str> = comparison.differences.iter().map(|one| one.text.as_str()).collect();
        wrapped(&mut out, ' ', &format!("Note: not a like-for-like comparison: {}.", texts.join(", ")));
    }
    if comparison.steps.is_empty() {
        return out;
    }
    line(&mut out, "");
    line(&mut out, "All requests");
    let all = comparison.figures.iter().map(|figure| Line {
        name: figure.quantity.name().to_owned(),
        suffix: "",
        figures: figures(figure).to_vec(),
    });
    lay_out(&["before", "now", "change", "worth"], all.collect(), "").iter().for_each(|text| line(&mut out, text));
    line(&mut out, "");
    line(&mut out, "Steps, biggest change first");
    let steps = comparison.steps.iter().filter_map(step).collect();
    let head = ["by", "before", "now", "change", "worth"];
    lay_out(&head, steps, "").iter().for_each(|text| line(&mut out, text));
    comparison.added.iter().for_each(|name| line(&mut out, &format!("{name}: new")));
    comparison.removed.iter().for_each(|name| line(&mut out, &format!("{name}: gone")));
    out
}

/// What `tidemark compare` prints of more than two results.
pub fn trend(trend: &Trend) -> String {
    let mut out = String::new();
    let mark = match trend.outcome() {
        Change::Worse => '✗',
        Change::Better => '✓',
        _ => ' ',
    };
    for (at, sentence) in trend.sentences.iter().enumerate() {
        wrapped(&mut out, if at == 0 { mark } else { ' ' }, sentence);
    }
    line(&mut out, "");
    let runs = trend.runs.iter().enumerate().map(|(at, run)| Line {
        name: format!("{} {} {}", at + 1, run.state.mark(), run.when()),
        suffix: "",
        figures: cells(run).to_vec(),
    });
    lay_out(&TREND, runs.collect(), "").iter().for_each(|text| line(&mut out, text));
    out
}

/// The columns of a trend beside when the run was.
pub(in crate::report) const TREND: [&str; 7] =
    ["people", "requests", "per second", "typical", "95 of 100", "failed", "since the first"];

/// A run of a trend, in the order of [`TREND`].
pub(in crate::report) fn cells(run: &Run) -> [String; 7] {
    let shown = |quantity: Quantity| quantity.shown(quantity.of(&run.all));
    [
        grouped(u64::from(run.people)),
        grouped(run.all.count),
        shown(Quantity::PerSecond),
        shown(Quantity::Typical),
        shown(Quantity::P95),
        shown(Quantity::Failed),
        run.since.as_ref().map_or("", |since| since.outcome().marked()).to_owned(),
    ]
}

fn step(step: &StepChange) -> Option<Line> {
    let figure = step.telling()?;
    let [before, now, change, worth] = figures(figure);
    let by = figure.quantity.name().to_owned();
    Some(Line { name: step.label.clone(), suffix: "", figures: vec![by, before, now, change, worth] })
}

/// Before, now, how large the change is, what it is worth.
fn figures(figure: &Figure) -> [String; 4] {
    let shown = |value| figure.quantity.shown(value);
    [shown(figure.a), shown(figure.b), factor(figure), figure.change.marked().to_owned()]
}
