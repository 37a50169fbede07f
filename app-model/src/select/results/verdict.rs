//! The first thing a report says, and a row of the history.

use tidemark_core::report::text;
use tidemark_core::result::{Opened, PRACTICE};
use tidemark_core::units::{plain_date, plain_length};
use tidemark_core::verdict::words::clock;

pub use crate::text::results::state_word;

use crate::model::{Model, ResultCard};
use crate::text::results as say;

/// The head of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The result's id; empty for a file from outside.
    pub id: String,
    /// The scenario's name.
    pub title: String,
    /// Where the requests went.
    pub target: String,
    /// When it began, by the reader's clock.
    pub when: String,
    /// How long it was.
    pub length: String,
    /// The verdict's state, by its word.
    pub state: &'static str,
    /// The outcome.
    pub outcome: String,
    /// What else there is to say.
    pub sentences: Vec<String>,
    /// What limits the verdict.
    pub caveats: Vec<String>,
    /// What a reader should know about the file.
    pub notes: Vec<String>,
    /// Whether there are samples of what failed.
    pub samples: bool,
    /// Whether it is a file that is not among the results.
    pub from_file: bool,
    /// Whether the target was a pretend one.
    pub practice: bool,
}

/// The head of the report that is open.
pub fn report(model: &Model) -> Option<Report> {
    let (id, opened) = model.results.open.as_ref()?;
    let (header, verdict) = (&opened.header, &opened.verdict);
    let target = match header.environment.as_str() {
        "" => header.target.clone(),
        name => format!("{name} · {}", header.target),
    };
    let mut sentences = verdict.sentences.iter().cloned();
    let outcome = sentences.next().unwrap_or_else(|| say::state(state_word(verdict.state)).to_owned());
    let notes = match opened.complete {
        true => opened.notes.clone(),
        false => vec![say::damaged(&clock(opened.timeline.end_second()))],
    };
    Some(Report {
        id: id.clone(),
        title: header.title.clone(),
        target,
        when: when(&header.started_at, model.now.ahead_minutes),
        length: plain_length(opened.summary.seconds),
        state: state_word(verdict.state),
        outcome: outcome.trim_end_matches('.').to_owned(),
        sentences: sentences.collect(),
        caveats: verdict.caveats.iter().map(|text| say::caveat(text)).collect(),
        notes,
        samples: !opened.samples.is_empty(),
        from_file: id.is_empty() && model.results.file.is_some(),
        practice: header.practice,
    })
}

fn when(started_at: &str, ahead_minutes: i32) -> String {
    plain_date(started_at, ahead_minutes).unwrap_or_else(|| started_at.to_owned())
}

/// What goes on the clipboard as a summary.
pub fn summary_text(opened: &Opened) -> String {
    let header = &opened.header;
    let practice = if header.practice { format!("{PRACTICE}.\n") } else { String::new() };
    let head = format!("{} · {} · {}\n", header.title, header.target, header.started_at);
    head + &practice + &text::verdict(&opened.verdict)
}

/// A goal of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Whether it was met; none where there is too little to say.
    pub met: Option<bool>,
    /// The goal.
    pub text: String,
    /// "got 1.9 s".
    pub got: String,
}

/// What became of each goal.
pub fn goals(opened: &Opened) -> Vec<Goal> {
    let goal = |outcome: &tidemark_core::verdict::GoalOutcome| {
        let value = outcome.got.map(|got| outcome.goal.value(got));
        let worst = outcome.goal.over_last.is_some() && outcome.met.is_some();
        Goal { met: outcome.met, text: outcome.goal.text.clone(), got: say::got(value.as_deref(), worst) }
    };
    opened.verdict.goals.iter().map(goal).collect()
}

/// The tone of a state's word: `ok`, `warn`, `bad`, `open`.
pub fn mark_of(word: &str) -> &'static str {
    match word {
        "held-up" => "ok",
        "held-up-with-warnings" => "warn",
        "did-not-hold-up" => "bad",
        _ => "open",
    }
}

/// A row of the history: when and how long, as text.
pub fn history_row(card: &ResultCard, ahead_minutes: i32) -> (String, String) {
    (when(&card.started_at, ahead_minutes), card.seconds.map(plain_length).unwrap_or_default())
}
