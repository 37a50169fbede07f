use super::*;

/// Each row: (ms, visitor, how many are active then).
fn check(rows: &[(u64, u64, usize)]) {
    let crowd = Crowd::default();
    for &(ms, visitor, active) in rows {
        assert_eq!(crowd.touch(visitor, Duration::from_millis(ms)), active, "visitor {visitor} at {ms} ms of {rows:?}");
    }
}

#[test]
fn distinct_visitors_of_the_last_second_are_counted() {
    check(&[(0, 1, 1), (0, 1, 1), (10, 2, 2), (500, 1, 2), (999, 3, 3), (1009, 3, 3), (1010, 3, 2), (1500, 3, 1)]);
    check(&[(0, 1, 1), (1000, 1, 1), (1000, 2, 2), (5000, 9, 1)]);
}

#[test]
fn a_visitor_who_signs_in_is_not_counted_twice() {
    let crowd = Crowd::default();
    crowd.touch(1, Duration::ZERO);
    crowd.rename(1, 2, Duration::from_millis(5));
    assert_eq!(crowd.touch(2, Duration::from_millis(6)), 1);
    assert_eq!(crowd.touch(3, Duration::from_millis(1005)), 2);
    assert_eq!(crowd.touch(3, Duration::from_millis(1006)), 1);
}
