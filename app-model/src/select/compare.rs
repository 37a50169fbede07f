//! Two results side by side as views show them. What changed is the core's to say; here it becomes rows, lines and small
//! pictures.

mod overlay;
mod trend;

pub use overlay::{Drawing, Picture, axis_note, drawing, quantity_choices};
pub use trend::{Multiple, multiples};

use tidemark_core::result::compare::{Change, Comparison, Figure, Quantity, Sense, StepChange, factor};
use tidemark_core::units::plain_date;

use crate::model::{Compared, Model, ResultCard};
use crate::route::Route;
use crate::text::{compare as say, results as say_results};

/// What there is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// There is no second result.
    Pick,
    /// Both are the same.
    Twice,
    /// They are being read.
    Reading,
    /// One of them can't be read.
    Trouble,
    /// They are compared.
    Ready,
}

/// Where the comparison is.
pub fn stage(model: &Model) -> Stage {
    let compared = &model.results.compared;
    match &compared.comparison {
        _ if compared.a.id.is_empty() || compared.b.id.is_empty() => Stage::Pick,
        _ if compared.a.id == compared.b.id => Stage::Twice,
        _ if compared.a.trouble.is_some() || compared.b.trouble.is_some() => Stage::Trouble,
        Some(_) => Stage::Ready,
        None => Stage::Reading,
    }
}

/// Why a result can't be read; empty where it can.
pub fn trouble(model: &Model) -> String {
    let compared = &model.results.compared;
    [&compared.a, &compared.b].into_iter().find_map(|side| side.trouble.clone()).unwrap_or_default()
}

/// All results that can be chosen: their ids and what they say. The chosen ones are always among them.
pub fn choices(model: &Model) -> Vec<(String, String)> {
    let ahead = model.now.ahead_minutes;
    let when = |text: &str| plain_date(text, ahead).unwrap_or_else(|| text.to_owned());
    let words = |card: &ResultCard| say::run(&when(&card.started_at), say_results::state(&card.state), card.baseline);
    let cards = model.results.cards.iter().flatten().filter(|card| card.is_whole());
    let mut all: Vec<(String, String)> = cards.map(|card| (card.id.clone(), words(card))).collect();
    let compared = &model.results.compared;
    for side in [&compared.a, &compared.b] {
        if !side.id.is_empty() && all.iter().all(|(id, _)| *id != side.id) {
            all.push((side.id.clone(), side.id.clone()));
        }
    }
    all
}

/// The two that are chosen, by id.
pub fn chosen(model: &Model) -> (String, String) {
    let compared = &model.results.compared;
    (compared.a.id.clone(), compared.b.id.clone())
}

/// The address of a comparison of these two.
pub fn route(model: &Model, a: String, b: String) -> Option<Route> {
    Some(Route::Compare(model.route.test()?.to_owned(), a, b))
}

/// What there is to say and to look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The outcome, to be read first.
    pub outcome: String,
    /// What else there is to say.
    pub sentences: Vec<String>,
    /// `worse`, `better` or `same`, for its look.
    pub tone: &'static str,
    /// Why the two are not like for like; none where they are.
    pub unlike: Option<String>,
    /// The same, a line each with what is known about it.
    pub differences: Vec<(String, Vec<String>)>,
    /// The figures of all requests.
    pub rows: Vec<Row>,
    /// Steps in both, biggest change first.
    pub steps: Vec<StepRow>,
    /// Steps only in B.
    pub added: Vec<String>,
    /// Steps only in A.
    pub removed: Vec<String>,
}

/// A figure in both.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its word in test ids.
    pub key: &'static str,
    /// What it is.
    pub name: &'static str,
    /// Which way is good.
    pub hint: &'static str,
    /// In A.
    pub a: String,
    /// In B.
    pub b: String,
    /// How large the change is.
    pub change: String,
    /// What it is worth, with a sign.
    pub worth: &'static str,
    /// The word of what it is worth, for its look.
    pub tone: &'static str,
    /// How probable that is by chance, for who wants to know.
    pub chance: String,
    /// Where A and B stand between nothing and the greater of them, from 0 to 1; none where one is not known.
    pub dumbbell: Option<(f64, f64)>,
}

/// A step in both.
#[derive(Debug, Clone, PartialEq)]
pub struct StepRow {
    /// Its name.
    pub label: String,
    /// Its name before, where it was another one.
    pub was: Option<String>,
    /// How many requests there were.
    pub counts: String,
    /// The figure that says most.
    pub row: Row,
}

/// The page; none until both results are there.
pub fn page(model: &Model) -> Option<Page> {
    let comparison = model.results.compared.comparison.as_deref()?;
    let mut sentences = comparison.sentences.iter().cloned();
    let texts: Vec<&str> = comparison.differences.iter().map(|one| one.text.as_str()).collect();
    Some(Page {
        outcome: sentences.next().unwrap_or_default(),
        sentences: sentences.collect(),
        tone: tone(comparison),
        unlike: (!texts.is_empty()).then(|| say::unlike(&texts)),
        differences: comparison.differences.iter().map(|one| (one.text.clone(), one.details.clone())).collect(),
        rows: comparison.figures.iter().map(row).collect(),
        steps: comparison.steps.iter().filter_map(step_row).collect(),
        added: comparison.added.clone(),
        removed: comparison.removed.clone(),
    })
}

/// Worse wins over better: it is what has to be looked at.
fn tone(comparison: &Comparison) -> &'static str {
    match () {
        () if comparison.is_worse() => Change::Worse.word(),
        () if comparison.is_better() => Change::Better.word(),
        () => Change::Same.word(),
    }
}

fn step_row(step: &StepChange) -> Option<StepRow> {
    Some(StepRow {
        label: step.label.clone(),
        was: step.was.as_deref().map(say::was),
        counts: say::counts(step.counts),
        row: row(step.telling()?),
    })
}

fn row(figure: &Figure) -> Row {
    let most = figure.a.into_iter().chain(figure.b).fold(0.0, f64::max);
    let share = |value: f64| if most > 0.0 { value / most } else { 0.0 };
    let quantity = figure.quantity;
    Row {
        key: quantity.word(),
        name: quantity.name(),
        hint: match (quantity, figure.sense) {
            (Quantity::PerSecond, Sense::HigherIsBetter) => say::HIGHER,
            (Quantity::PerSecond, _) => say::NEITHER,
            _ => say::LOWER,
        },
        a: quantity.shown(figure.a),
        b: quantity.shown(figure.b),
        change: factor(figure),
        worth: figure.change.marked(),
        tone: figure.change.word(),
        chance: figure.p.map(say::chance).unwrap_or_default(),
        dumbbell: figure.a.zip(figure.b).map(|(a, b)| (share(a), share(b))),
    }
}

/// Whether a trend was asked for.
pub fn trend_asked(compared: &Compared) -> bool {
    !compared.trend.is_empty()
}
