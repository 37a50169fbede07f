//! Seconds for charts whose percentiles look back a little: one second of a small run has too few answers for them.
//! Must not average: what lies together is merged as histograms.

use crate::chart::second::{Second, second};
use crate::stats::Name;
use crate::stats::interval::{Interval, PackedRow};
use crate::stats::summary::{answers_needed, enough};
use crate::stats::timeline::Timeline;

/// How far back a second looks at most, itself included.
pub const MOST_SECONDS: u32 = 10;

/// All seconds of a run.
pub fn seconds(timeline: &Timeline) -> Vec<Second> {
    (0..timeline.intervals().len()).filter_map(|at| trailing(timeline.intervals(), at, timeline.names())).collect()
}

/// The second number `at` of a list. Its counts are its own; its percentiles are over as many of the seconds before it as
/// it takes for 95 of 100, up to [`MOST_SECONDS`]. A second without any answer is a gap, whatever was before.
pub fn trailing(intervals: &[Interval], at: usize, names: &[Name]) -> Option<Second> {
    let here = intervals.get(at)?;
    let own = second(here, names);
    if own.finished == 0 || own.p95_us.is_some() {
        return Some(own);
    }
    let mut sum = PackedRow::default();
    let first = here.end().saturating_sub(MOST_SECONDS);
    for one in intervals[..=at].iter().rev().take_while(|one| one.from >= first) {
        sum.merge(&one.all(names));
        if sum.response.all().len() >= answers_needed(95.0) {
            break;
        }
    }
    let row = sum.to_row();
    let hist = row.response.all();
    // All three look at the same answers, so that the middle is never above the rest.
    Some(Second { p50_us: enough(&hist, 50.0), p95_us: enough(&hist, 95.0), p99_us: enough(&hist, 99.0), ..own })
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::trailing;
    use crate::stats::hist::Hist;
    use crate::stats::interval::{Interval, PackedRow};
    use crate::stats::{Name, NameId, NameKind};

    fn interval(from: u32, answers: u64, us: u64) -> Interval {
        let mut row = PackedRow { ok: answers, ..PackedRow::default() };
        let mut hist = Hist::default();
        hist.record_n(us, answers);
        row.response.ok = hist.pack();
        let rows = if answers == 0 { Vec::new() } else { vec![(NameId(0), row)] };
        Interval { from, seconds: 1, length_us: 1_000_000, rows, ..Interval::default() }
    }

    #[test]
    fn a_second_looks_back_only_as_far_as_it_has_to_and_a_silent_one_not_at_all() {
        let name =
            Name { id: String::new(), label: "a".to_owned(), of: NameKind::Request, user_type: None, task: None };
        let names = [name];
        // Answers of each second, and whether the last has p50 and p95.
        for (answers, p50, p95) in [
            (&[80][..], true, true),
            (&[20], true, false),
            (&[20, 20, 20], true, true),
            (&[3], false, false),
            (&[60, 0], false, false),
            (&[60, 1, 1, 1, 1, 1, 1, 1, 1, 1], true, true),
            (&[60, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], true, false),
        ] {
            let list: Vec<Interval> = (0..).zip(answers).map(|(at, count)| interval(at, *count, 5_000)).collect();
            let last = trailing(&list, list.len() - 1, &names).unwrap();
            assert_eq!((last.p50_us.is_some(), last.p95_us.is_some()), (p50, p95), "{answers:?}");
            assert_eq!(last.finished, *answers.last().unwrap(), "counts are the second's own");
        }
        let list = [interval(0, 100, 5_000_000), interval(1, 70, 5_000)];
        assert!(trailing(&list, 1, &names).unwrap().p95_us.unwrap() < 10_000, "no further back than needed");
    }
}
