//! A result as views show it: the table of steps, sorted and filtered, and its seconds for the charts.

mod about;
mod failures;
mod felt;
mod samples;
mod verdict;

pub use about::{About, about, snapshot, step_route};
pub use failures::{Group, groups};
pub use felt::{Felt, felt};
pub use samples::{Shown, samples_of};
pub use verdict::{Goal, Report, goals, history_row, mark_of, report, state_word, summary_text};

pub use tidemark_core::chart::second::second;
use tidemark_core::chart::{Second, Source, trailing};
use tidemark_core::limit::Limit;
use tidemark_core::result::Opened;
use tidemark_core::scaling::Scaling;
use tidemark_core::stats::NameKind;
use tidemark_core::stats::interval::PackedRow;
use tidemark_core::stats::summary::{RowSummary, enough};
use tidemark_core::units::{grouped, plain_time};

use crate::chart::path;
use crate::chart::thin::Point;
use crate::model::{Column, Results};
use crate::text::{chart as chart_words, results as words, run as say};

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The name.
    pub label: String,
    /// The name's number in the result.
    pub at: usize,
    /// The user type it belongs to, where it belongs to one only.
    pub user_type: Option<String>,
    /// The task, likewise.
    pub task: Option<String>,
    /// The cells after the name: sent, failed, typical, 95 of 100, 99 of 100, slowest.
    pub cells: [String; 6],
    /// Whether something failed.
    pub failed: bool,
    /// Whether a goal about this name was missed.
    pub missed: bool,
}

/// The columns after the name.
pub const COLUMNS: [(Column, &str); 6] = [
    (Column::Sent, say::SENT),
    (Column::Failed, say::FAILED),
    (Column::Typical, say::TYPICAL),
    (Column::P95, say::P95),
    (Column::P99, say::P99),
    (Column::Slowest, say::SLOWEST),
];

/// The rows of the open result as they are sorted and filtered now.
pub fn rows(opened: &Opened, shown: &Results) -> Vec<Row> {
    let filter = shown.filter.trim().to_lowercase();
    let summaries = opened.summary.rows.iter().filter(|row| row.of == NameKind::Request && row.count > 0);
    let mut rows: Vec<&RowSummary> = summaries.filter(|row| row.label.to_lowercase().contains(&filter)).collect();
    let (column, down) = shown.sort;
    let number = |row: &RowSummary| match column {
        Column::Order | Column::Name => None,
        Column::Sent => Some(row.count),
        Column::Failed => Some(row.failed),
        Column::Typical => row.response.p50_us,
        Column::P95 => row.response.p95_us,
        Column::P99 => row.response.p99_us,
        Column::Slowest => row.response.max_us,
    };
    match column {
        Column::Order => {}
        Column::Name => rows.sort_by_key(|row| row.label.to_lowercase()),
        // What can't be told stands at the end, whichever way it is sorted.
        _ => rows.sort_by_key(|row| {
            let value = number(row);
            (value.is_none(), if down { u64::MAX - value.unwrap_or(0) } else { value.unwrap_or(0) })
        }),
    }
    if down && matches!(column, Column::Order | Column::Name) {
        rows.reverse();
    }
    rows.into_iter().map(|row| shown_row(opened, row)).collect()
}

fn shown_row(opened: &Opened, row: &RowSummary) -> Row {
    let time = |us: Option<u64>| us.map_or_else(|| say::TOO_FEW.to_owned(), plain_time);
    let name = row.name.and_then(|name| opened.timeline.names().get(name.at()));
    let goals = opened.verdict.goals.iter();
    let missed = goals
        .filter(|outcome| outcome.goal.of.as_deref() == Some(&row.label))
        .any(|outcome| outcome.met == Some(false));
    Row {
        label: row.label.clone(),
        at: row.name.map_or(0, |name| name.at()),
        user_type: name.and_then(|name| name.user_type.clone()),
        task: name.and_then(|name| name.task.clone()),
        cells: [
            grouped(row.count),
            grouped(row.failed),
            time(row.response.p50_us),
            time(row.response.p95_us),
            time(row.response.p99_us),
            row.response.max_us.map_or_else(|| say::NOTHING.to_owned(), plain_time),
        ],
        failed: row.failed > 0,
        missed,
    }
}

/// What the rows are about, where that is not the whole run.
pub fn after_warm_up(opened: &Opened) -> String {
    words::after_warm_up(opened.summary.warm_up_seconds)
}

/// Why there is no row: the search finds none, or the run never came to what is counted.
pub fn no_rows(opened: &Opened) -> &'static str {
    let summary = &opened.summary;
    if summary.warm_up_seconds > 0 && summary.measured_seconds == 0.0 { words::ALL_WARM_UP } else { words::NO_ROWS }
}

/// By what rows stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// Each step by itself.
    #[default]
    Step,
    /// By user type.
    UserType,
    /// By task.
    Task,
}

impl Grouping {
    /// From its word: `step`, `user`, `task`.
    pub fn from_word(word: &str) -> Self {
        match word {
            "user" => Self::UserType,
            "task" => Self::Task,
            _ => Self::Step,
        }
    }
}

/// The rows in groups, in the order of the first of each; one group without a name where each stands by itself.
pub fn grouped_rows(rows: Vec<Row>, by: Grouping) -> Vec<(Option<String>, Vec<Row>)> {
    let mut groups: Vec<(Option<String>, Vec<Row>)> = Vec::new();
    for row in rows {
        let key = match by {
            Grouping::Step => None,
            Grouping::UserType => Some(row.user_type.clone().unwrap_or_else(|| words::SEVERAL.to_owned())),
            Grouping::Task => Some(row.task.clone().unwrap_or_else(|| words::SEVERAL.to_owned())),
        };
        match groups.iter_mut().find(|(name, _)| *name == key) {
            Some((_, list)) => list.push(row),
            None => groups.push((key, vec![row])),
        }
    }
    groups
}

/// The seconds of a result, for the charts.
pub fn seconds(opened: &Opened) -> Vec<Second> {
    trailing::seconds(&opened.timeline)
}

/// What the charts of a result are drawn from, worked out once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Charted {
    /// The seconds.
    pub seconds: Vec<Second>,
    plan: Vec<(u64, f64)>,
    goals: Vec<(String, u64)>,
    markers: Vec<(u32, String)>,
}

impl Charted {
    /// Of a result.
    pub fn of(opened: &Opened) -> Self {
        let about_time = opened.header.goals.iter().filter(|goal| goal.measure.is_about_time() && goal.of.is_none());
        let seconds = seconds(opened);
        Self {
            plan: tidemark_core::chart::second::plan(&seconds),
            seconds,
            goals: about_time.map(|goal| (chart_words::goal(goal.limit as u64), goal.limit as u64)).collect(),
            markers: super::run::markers(&opened.events),
        }
    }

    /// As a source of charts.
    pub fn source(&self) -> Source<'_> {
        Source { seconds: &self.seconds, plan: &self.plan, goals: &self.goals, markers: &self.markers }
    }

    /// From the first second to the last.
    pub fn range(&self) -> (f64, f64) {
        let end = self.seconds.last().map_or(0, |second| second.at + second.span());
        (0.0, f64::from(end.max(10)))
    }
}

/// The steps of a search for the limit, as names of columns and rows; none where no limit was looked for.
pub fn way(opened: &Opened) -> Option<(Vec<&'static str>, Vec<Vec<String>>)> {
    opened.verdict.limit.as_ref().map(Limit::table)
}

/// How the target scales; none where nothing was measured.
pub fn scaling(opened: &Opened) -> Option<Scaling> {
    (opened.summary.all.count > 0).then(|| tidemark_core::scaling::scaling(&opened.timeline))
}

/// How many points a small line over time has at most.
const TREND: usize = 24;

/// The typical response time of each name over time, for small lines: by number of the name; what can't be told is none.
pub fn trends(opened: &Opened) -> Vec<Vec<Option<f64>>> {
    let intervals = opened.timeline.intervals();
    let each = intervals.len().div_ceil(TREND).max(1);
    let names = 0..opened.timeline.names().len();
    let of = |at: usize| {
        let id = tidemark_core::stats::NameId(at as u16);
        intervals.chunks(each).map(move |chunk| {
            let mut sum = PackedRow::default();
            chunk.iter().filter_map(|interval| interval.row(id)).for_each(|row| sum.merge(row));
            enough(&sum.to_row().response.all(), 50.0).map(|us| us as f64)
        })
    };
    names.map(|at| of(at).collect()).collect()
}

/// A small line, from 0 up; broken where nothing can be told.
pub fn spark(values: &[Option<f64>], width: f64, height: f64) -> String {
    let most = values.iter().flatten().fold(1.0, |most: f64, value| most.max(*value));
    let step = width / (values.len().max(2) - 1) as f64;
    let mut gap = true;
    let points: Vec<Point> = (0..)
        .zip(values)
        .filter_map(|(at, value)| {
            let Some(value) = value else {
                gap = true;
                return None;
            };
            let y = height - 1.5 - value / most * (height - 3.0);
            Some(Point { x: f64::from(at) * step, y, after_gap: std::mem::replace(&mut gap, false) })
        })
        .collect();
    path::line(&points)
}

/// The test id of the menu of a result.
pub fn menu_id(id: &str) -> String {
    format!("result-more-{id}")
}
