//! A result as views show it: the table of steps, sorted and filtered, and its seconds for the charts.

pub use tidemark_core::chart::second::{second, seconds};
use tidemark_core::result::Opened;
use tidemark_core::stats::NameKind;
use tidemark_core::stats::summary::RowSummary;
use tidemark_core::units::{grouped, plain_time};

use crate::model::{Column, Results};
use crate::text::run as say;

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The name.
    pub label: String,
    /// The user type and task it belongs to, where that is known.
    pub group: Option<String>,
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
    let group = name.and_then(|name| {
        let parts: Vec<&str> = [&name.user_type, &name.task].into_iter().filter_map(|part| part.as_deref()).collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    });
    let goals = opened.verdict.goals.iter();
    let missed = goals
        .filter(|outcome| outcome.goal.of.as_deref() == Some(&row.label))
        .any(|outcome| outcome.met == Some(false));
    Row {
        label: row.label.clone(),
        group,
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

/// The rows in groups by user type and task, in the order of the first of each.
pub fn grouped_rows(rows: Vec<Row>) -> Vec<(Option<String>, Vec<Row>)> {
    let mut groups: Vec<(Option<String>, Vec<Row>)> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|(name, _)| *name == row.group) {
            Some((_, list)) => list.push(row),
            None => groups.push((row.group.clone(), vec![row])),
        }
    }
    groups
}
