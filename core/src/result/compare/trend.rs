//! Several runs of the same, oldest first, each compared with the first: since when is it worse, or better?
//!
//! Must not decide what a change is: that is the comparison's.

use super::{Change, Comparison, compare};
use crate::result::Opened;
use crate::stats::summary::RowSummary;
use crate::units::plain_date;
use crate::verdict::State;

/// A run of a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its title.
    pub title: String,
    /// When it began, as it stands in the result.
    pub started_at: String,
    /// Its verdict.
    pub state: State,
    /// The most people who were there at once.
    pub people: u32,
    /// All its requests.
    pub all: RowSummary,
    /// What became of it since the first run; `None` for the first.
    pub since: Option<Comparison>,
}

impl Run {
    /// When it was, for people, in UTC.
    pub fn when(&self) -> String {
        plain_date(&self.started_at, 0).unwrap_or_else(|| self.started_at.clone())
    }

    /// What it is worth, compared with the first; the first is the same as itself.
    pub fn outcome(&self) -> Change {
        self.since.as_ref().map_or(Change::Same, Comparison::outcome)
    }
}

/// Runs over weeks, compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// Each run, oldest first.
    pub runs: Vec<Run>,
    /// What there is to say, the outcome first.
    pub sentences: Vec<String>,
}

/// Looks at runs in the order in which they were made, whatever the order in which they are given. One alone, or none, has
/// nothing to be compared with.
pub fn trend(results: &[Opened]) -> Trend {
    let mut order: Vec<&Opened> = results.iter().collect();
    order.sort_by(|a, b| a.header.started_at.cmp(&b.header.started_at));
    let first = order.first().copied();
    let run = |(at, result): (usize, &&Opened)| Run {
        title: result.header.title.clone(),
        started_at: result.header.started_at.clone(),
        state: result.verdict.state,
        people: result.summary.peak_people,
        all: result.summary.all.clone(),
        since: first.filter(|_| at > 0).map(|first| compare(first, result)),
    };
    let runs: Vec<Run> = order.iter().enumerate().map(run).collect();
    let sentences = sentences(&runs);
    Trend { runs, sentences }
}

impl Trend {
    /// What the latest run is worth, compared with the first.
    pub fn outcome(&self) -> Change {
        self.runs.last().map_or(Change::Same, Run::outcome)
    }

    /// The first run from which on all are worth the same as the latest: its number from 0. None where that is the first run,
    /// or where the latest is neither better nor worse.
    pub fn since(&self) -> Option<usize> {
        since(&self.runs)
    }
}

fn since(runs: &[Run]) -> Option<usize> {
    let latest = runs.last()?.outcome();
    let alike = runs.iter().rev().take_while(|run| run.outcome() == latest).count();
    let decided = matches!(latest, Change::Better | Change::Worse);
    Some(runs.len() - alike).filter(|at| decided && *at > 0)
}

fn sentences(runs: &[Run]) -> Vec<String> {
    let (Some(latest), true) = (runs.last(), runs.len() > 1) else {
        return vec!["There is nothing to compare with.".to_owned()];
    };
    let word = if latest.outcome() == Change::Better { "Better" } else { "Worse" };
    let mut sentences = match since(runs) {
        Some(at) if at + 1 == runs.len() => vec![format!("{word} in the latest of {} runs.", runs.len())],
        Some(at) => vec![format!("{word} since run {} of {}, {}.", at + 1, runs.len(), runs[at].when())],
        None if latest.outcome() == Change::Same => vec![format!("About the same over {} runs.", runs.len())],
        None => vec![format!("Whether it changed over {} runs can't be told.", runs.len())],
    };
    // The comparison's outcome was said; what changed most comes next.
    let most = latest.since.as_ref().and_then(|since| since.sentences.get(1).or(since.sentences.first()));
    sentences.extend(most.map(|told| format!("First to latest: {told}")));
    for (at, run) in runs.iter().enumerate() {
        let differs = run.since.as_ref().map(|since| since.differences.as_slice()).unwrap_or_default();
        if !differs.is_empty() {
            let texts: Vec<&str> = differs.iter().map(|one| one.text.as_str()).collect();
            sentences.push(format!("Note: run {} is not like for like with the first: {}.", at + 1, texts.join(", ")));
        }
    }
    sentences
}
