#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::stats::NameKind;
use crate::stats::packed::Packed;
use crate::stats::snapshot::People;
use crate::stats::split::Split;

fn names(count: usize) -> Vec<Name> {
    let name = |at: usize| Name {
        id: String::new(),
        label: format!("Page {at}"),
        of: if at == 2 { NameKind::Task } else { NameKind::Request },
        user_type: None,
        task: None,
    };
    (0..count).map(name).collect()
}

/// A second in which every name saw `count` requests of `us`.
fn second(second: u32, names: usize, count: u64, us: u64) -> Snapshot {
    let mut row = Row { ok: count, bytes_in: 5, ..Row::default() };
    row.response.ok.record_n(us, count);
    row.service.ok.record_n(us / 2, count);
    let people = People { planned: second, active: second, leaving: 0 };
    Snapshot { second, length_us: 1_000_000, slices: vec![0], people, rows: vec![row; names], ..Snapshot::default() }
}

#[test]
fn whatever_the_duration_intervals_stay_few_and_nothing_is_lost() {
    for (seconds, most_length) in [(1, 1), (600, 1), (601, 2), (1_201, 4), (2_600, 8)] {
        let mut timeline = Timeline::new(names(2), 0);
        (0..seconds).for_each(|at| timeline.push(&second(at, 2, 3, 1_000)));
        let intervals = timeline.intervals();
        assert!(intervals.len() <= MOST_INTERVALS, "{seconds} s: {} intervals", intervals.len());
        assert!(intervals.iter().all(|interval| interval.seconds <= most_length), "{seconds} s");
        assert!(intervals.windows(2).all(|pair| pair[0].from + pair[0].seconds == pair[1].from), "{seconds} s");
        let count: u64 = intervals.iter().map(|interval| interval.all(timeline.names()).response.all().len()).sum();
        assert_eq!(count, u64::from(seconds) * 6);
        assert_eq!(timeline.measured().all(timeline.names()).finished(), u64::from(seconds) * 6);
        assert_eq!(timeline.measured().length_us, u64::from(seconds) * 1_000_000);
    }
}

#[test]
fn many_names_mean_fewer_intervals() {
    let mut timeline = Timeline::new(names(400), 0);
    (0..160).for_each(|at| timeline.push(&second(at, 3, 1, 500)));
    assert!(timeline.intervals().len() <= 150);
}

#[test]
fn warm_up_is_in_the_series_but_not_in_what_is_measured() {
    let mut timeline = Timeline::new(names(1), 3);
    (0..900).for_each(|at| timeline.push(&second(at, 1, 1, if at < 3 { 90_000 } else { 1_000 })));
    assert_eq!(timeline.warm().all(timeline.names()).response.all().min(), Some(90_000));
    assert_eq!(timeline.measured().all(timeline.names()).response.all().max(), Some(1_000));
    assert_eq!((timeline.warm().seconds, timeline.measured().seconds), (3, 897));
    assert_eq!(timeline.intervals().iter().filter(|one| one.warm_up).map(|one| one.seconds).sum::<u32>(), 3);
}

#[test]
fn gaps_stay_gaps() {
    let mut timeline = Timeline::new(names(1), 0);
    [0, 1, 5, 6].iter().for_each(|at| timeline.push(&second(*at, 1, 1, 1_000)));
    let spans: Vec<_> = timeline.intervals().iter().map(|one| (one.from, one.seconds)).collect();
    assert_eq!(spans, [(0, 1), (1, 1), (5, 1), (6, 1)]);
    assert_eq!((timeline.measured().length_us, timeline.end_second()), (4_000_000, 7));
}

#[test]
fn a_late_slice_joins_its_second() {
    let mut timeline = Timeline::new(names(1), 0);
    [0, 1, 2, 1].iter().for_each(|at| timeline.push(&second(*at, 1, 1, 1_000)));
    assert_eq!(timeline.intervals().len(), 3);
    let joined = &timeline.intervals()[1];
    assert_eq!((joined.slices, joined.people.active, joined.all(timeline.names()).ok), (2, 2, 2));
    assert_eq!((timeline.measured().seconds, timeline.measured().length_us), (3, 3_000_000));
}

#[test]
fn tasks_are_not_requests() {
    let mut timeline = Timeline::new(names(3), 0);
    timeline.push(&second(0, 3, 10, 1_000));
    assert_eq!(timeline.measured().all(timeline.names()).ok, 20);
    assert_eq!(timeline.intervals()[0].all(timeline.names()).ok, 20);
    assert_eq!(timeline.measured().rows[2].ok, 10);
}

#[test]
fn failure_groups_know_when_they_began_and_stay_bounded() {
    let mut timeline = Timeline::new(names(1), 0);
    for at in 0..500 {
        let mut snapshot = second(at, 1, 0, 0);
        let failure = |detail: String| FailureCount { name: NameId(0), kind: Kind::Status, detail, count: 2 };
        snapshot.failures = vec![failure("503".to_owned()), failure(format!("code {at}"))];
        timeline.push(&snapshot);
    }
    let first = &timeline.failures()[0];
    assert_eq!((first.failure.count, first.first_second, first.last_second, first.people), (1_000, 0, 499, 0));
    assert!(timeline.failures().len() <= MOST_GROUPS + 1);
    assert_eq!(timeline.failures().iter().map(|group| group.failure.count).sum::<u64>(), 2_000);
}

#[test]
fn rows_keep_service_apart_only_where_it_differs() {
    let mut same = Row::default();
    same.response.ok.record(100);
    same.service.ok.record(100);
    let mut packed = PackedRow::from(&same);
    assert_eq!(packed.service, None);
    let mut other = Row::default();
    other.response.ok.record(900);
    other.service.ok.record(50);
    packed.merge(&PackedRow::from(&other));
    let times = |hist: &Split<Packed>| (hist.all().min(), hist.all().max());
    assert_eq!(times(packed.service()), (Some(50), Some(100)));
    assert_eq!(times(&packed.response), (Some(100), Some(900)));
}
