//! Numbers of a run as messages: seconds for the charts, rows, goals, failures, a sentence. All of it comes from the
//! timeline, so that who watched from the start and who came late see the same. Must not know where seconds come from.

use tidemark_core::chart::trailing::{seconds, trailing};
use tidemark_core::stats::hist::Hist;
use tidemark_core::stats::interval::PackedRow;
use tidemark_core::stats::snapshot::Row;
use tidemark_core::stats::summary::enough;
use tidemark_core::stats::timeline::Timeline;
use tidemark_core::stats::{NameId, NameKind};
use tidemark_core::verdict::judge::standing;
use tidemark_core::verdict::{Goal, words};

use crate::model::{FailureRow, Lately, LiveRow, Measured};
use crate::msg::Msg;
use crate::text::link as say;

/// So many seconds are looked at together for "now", if they have enough answers; a rare step needs more of them.
const WINDOWS: [u32; 3] = [10, 30, 60];

/// With so many answers the slowest of them is taken from a shorter time.
const SOME: u64 = 6;

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
    // Without goals there is nothing that more time would tell.
    let judged = outcomes.is_empty() || outcomes.iter().any(|outcome| outcome.met.is_some());
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
        Msg::RunSays(words::so_far(&whole, broken, judged)),
    ]
}

/// Numbers by name: counts since the start, times over the last seconds.
fn rows(timeline: &Timeline) -> Vec<LiveRow> {
    let mut rows = Vec::new();
    for (at, name) in timeline.names().iter().enumerate().filter(|(_, name)| name.of == NameKind::Request) {
        let count = |of: fn(&Row) -> u64| -> u64 {
            [timeline.warm(), timeline.measured()].iter().filter_map(|totals| totals.rows.get(at)).map(of).sum()
        };
        let finished = count(Row::finished);
        if finished > 0 {
            let failed = count(|row| row.failed.total());
            rows.push(LiveRow { label: name.label.clone(), finished, failed, now: now(timeline, NameId(at as u16)) });
        }
    }
    rows
}

/// How slow one name is now: 95 of 100 over as few of the last seconds as have enough answers for it. Without such a
/// time the slowest answer, so that a step that is slow and rare is not left out just because of that.
fn now(timeline: &Timeline, id: NameId) -> Option<Lately> {
    let mut longest = None;
    for window in WINDOWS {
        let (times, seconds) = over(timeline, id, window);
        let said = |measure, us| Lately { measure, us, answers: times.len(), seconds };
        if let Some(us) = enough(&times, 95.0) {
            return Some(said(Measured::P95, us));
        }
        let more = |have: Lately| have.answers < SOME && have.answers < times.len();
        if longest.is_none_or(more) {
            longest = times.max().map(|us| said(Measured::Longest, us));
        }
    }
    longest
}

/// The response times of one name over the last `window` seconds, and how many seconds these are: long runs are kept in
/// longer stretches, and one counts whole.
fn over(timeline: &Timeline, id: NameId, window: u32) -> (Hist, u32) {
    let end = timeline.end_second();
    let from = end.saturating_sub(window);
    let lately = timeline.intervals().iter().rev().take_while(|interval| interval.end() > from);
    let (mut sum, mut first) = (PackedRow::default(), from);
    for interval in lately {
        first = first.min(interval.from);
        if let Some(row) = interval.row(id) {
            sum.merge(row);
        }
    }
    (sum.to_row().response.all().into_owned(), window.max(end - first))
}

/// What goes wrong, in order of first appearance.
fn failures(timeline: &Timeline) -> Vec<FailureRow> {
    let row = |group: &tidemark_core::stats::timeline::FailureGroup| FailureRow {
        label: group.label.clone(),
        kind: group.failure.kind,
        detail: group.failure.detail.clone(),
        count: group.failure.count,
        first_second: group.first_second,
        last_second: group.last_second,
        people: group.people,
    };
    timeline.failures().iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use tidemark_core::stats::hist::Hist;
    use tidemark_core::stats::snapshot::{Row, Snapshot};
    use tidemark_core::stats::timeline::Timeline;
    use tidemark_core::stats::{Name, NameKind};

    use super::rows;
    use crate::model::Measured;

    /// A run with one step, which answers so often in each second, all within 5 ms but in the last second 4 s.
    fn run(answers: &[u64]) -> Timeline {
        let label = "Pay".to_owned();
        let name = Name { id: String::new(), label, of: NameKind::Request, user_type: None, task: None };
        let mut timeline = Timeline::new(vec![name], 0);
        for (second, count) in (0..).zip(answers) {
            let last = second as usize + 1 == answers.len();
            let mut ok = Hist::default();
            ok.record_n(if last { 4_000_000 } else { 5_000 }, *count);
            let mut row = Row { ok: *count, ..Row::default() };
            row.response.ok = ok;
            timeline.push(&Snapshot { second, length_us: 1_000_000, rows: vec![row], ..Snapshot::default() });
        }
        timeline
    }

    #[test]
    fn a_rare_step_stays_in_sight_and_says_what_it_is_based_on() {
        let often = [vec![9; 30], vec![1]].concat();
        let rare = [vec![3; 40], vec![1]].concat();
        let rarer = [vec![1; 70], vec![0; 5], vec![1]].concat();
        let seldom = [vec![0; 9], vec![1], vec![0; 40], vec![1]].concat();
        let gone = [vec![9; 20], vec![0; 61]].concat();
        for (answers, wanted) in [
            (&often, Some((Measured::P95, 82, 10))),
            (&rare, Some((Measured::P95, 88, 30))),
            (&rarer, Some((Measured::Longest, 25, 30))),
            (&seldom, Some((Measured::Longest, 2, 60))),
            (&vec![1], Some((Measured::Longest, 1, 10))),
            (&gone, None),
        ] {
            let got = rows(&run(answers))[0].now;
            assert_eq!(got.map(|now| (now.measure, now.answers, now.seconds)), wanted, "{answers:?}");
            if got.is_some_and(|now| now.measure == Measured::Longest) {
                assert!(got.unwrap().us >= 3_900_000, "the slowest is told: {got:?}");
            }
        }
    }
}
