//! Numbers of a run as messages: seconds for the charts, rows, goals, failures, a sentence. All of it comes from the
//! timeline, so that who watched from the start and who came late see the same. Must not know where seconds come from.

use tidemark_core::chart::trailing::{seconds, trailing};
use tidemark_core::stats::NameKind;
use tidemark_core::stats::interval::PackedRow;
use tidemark_core::stats::snapshot::Row;
use tidemark_core::stats::summary::enough;
use tidemark_core::stats::timeline::Timeline;
use tidemark_core::verdict::judge::standing;
use tidemark_core::verdict::{Goal, words};

use crate::model::{FailureRow, LiveRow};
use crate::msg::Msg;
use crate::text::link as say;

/// So many seconds are looked at together for "now".
const LATELY: u32 = 10;

/// Everything anew, as for who comes late.
pub(super) fn all(timeline: &Timeline, goals: &[Goal]) -> Vec<Msg> {
    [vec![Msg::RunSecondsAnew(seconds(timeline))], sums(timeline, goals)].concat()
}

/// What the last second changed.
pub(super) fn last(timeline: &Timeline, goals: &[Goal]) -> Vec<Msg> {
    let last = timeline.intervals().len().checked_sub(1);
    let seconds = last.and_then(|last| trailing(timeline.intervals(), last, timeline.names()));
    [vec![Msg::RunSeconds(seconds.into_iter().collect())], sums(timeline, goals)].concat()
}

fn sums(timeline: &Timeline, goals: &[Goal]) -> Vec<Msg> {
    let outcomes = standing(timeline, goals);
    let broken = outcomes.iter().filter(|outcome| outcome.met == Some(false)).count();
    let goals = outcomes.iter().map(|outcome| {
        let got = outcome.got.map(|got| outcome.goal.value(got));
        (outcome.met, say::goal(&outcome.goal.text, got.as_deref()))
    });
    let mut whole = timeline.warm().all(timeline.names());
    whole.merge(&timeline.measured().all(timeline.names()));
    vec![
        Msg::RunRows(rows(timeline)),
        Msg::RunGoals(goals.collect()),
        Msg::RunFailures(failures(timeline)),
        Msg::RunSays(words::so_far(&whole, broken)),
    ]
}

/// Numbers by name: counts since the start, times over the last seconds.
fn rows(timeline: &Timeline) -> Vec<LiveRow> {
    let from = timeline.end_second().saturating_sub(LATELY);
    let lately: Vec<_> = timeline.intervals().iter().rev().take_while(|interval| interval.end() > from).collect();
    let mut rows = Vec::new();
    for (at, name) in timeline.names().iter().enumerate().filter(|(_, name)| name.of == NameKind::Request) {
        let mut sum = PackedRow::default();
        let id = tidemark_core::stats::NameId(at as u16);
        lately.iter().filter_map(|interval| interval.row(id)).for_each(|row| sum.merge(row));
        let count = |of: fn(&Row) -> u64| -> u64 {
            [timeline.warm(), timeline.measured()].iter().filter_map(|totals| totals.rows.get(at)).map(of).sum()
        };
        let finished = count(Row::finished);
        if finished > 0 {
            let failed = count(|row| row.failed.total());
            let p95_us = enough(&sum.to_row().response.all(), 95.0);
            rows.push(LiveRow { label: name.label.clone(), finished, failed, p95_us });
        }
    }
    rows
}

/// What goes wrong, in order of first appearance.
fn failures(timeline: &Timeline) -> Vec<FailureRow> {
    let row = |group: &tidemark_core::stats::timeline::FailureGroup| FailureRow {
        label: timeline.names().get(group.failure.name.at()).map(|name| name.label.clone()).unwrap_or_default(),
        kind: group.failure.kind,
        detail: group.failure.detail.clone(),
        count: group.failure.count,
        first_second: group.first_second,
        last_second: group.last_second,
        people: group.people,
    };
    timeline.failures().iter().map(row).collect()
}
