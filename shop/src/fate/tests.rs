use super::*;
use crate::knobs::{ErrorsAbove, Latency, SlowPay};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Rows: (arrived, wait, due), in milliseconds from the first request; no due means at once.
fn check_due(stall: Option<Stall>, rows: &[(u64, u64, Option<u64>)]) {
    let rules = Rules::new(Knobs { stall, ..Knobs::quiet() });
    rules.note_request(Route::Home);
    for &(arrived, wait, due) in rows {
        assert_eq!(rules.due(ms(arrived), ms(wait)), due.map(ms), "arrived {arrived}, wait {wait}");
    }
}

#[test]
fn a_stall_holds_everything_until_its_end() {
    check_due(None, &[(0, 0, None), (5, 7, Some(12))]);
    let once = Stall { at: ms(100), lasts: ms(50), every: ms(0) };
    check_due(
        Some(once),
        &[(99, 0, None), (100, 0, Some(150)), (149, 3, Some(153)), (150, 0, None), (90, 20, Some(150)), (200, 0, None)],
    );
    let often = Stall { at: ms(100), lasts: ms(50), every: ms(200) };
    check_due(
        Some(often),
        &[(99, 0, None), (310, 0, Some(350)), (350, 0, None), (290, 11, Some(350)), (500, 1, Some(551))],
    );
}

#[test]
fn slow_pay_slows_pay_only_and_only_when_its_time_has_come() {
    let slow = SlowPay { after: ms(1000), by: ms(600), up_to: ms(1500), above_people: 0 };
    let rules = Rules::new(Knobs { slow_pay: Some(slow), ..Knobs::quiet() });
    for number in 0..1000 {
        let wait = |route, since| match rules.fate(route, number, 0, ms(since)) {
            Fate::Answered { wait } => wait,
            other => panic!("{other:?}"),
        };
        assert_eq!(wait(Route::Pay, 999), ms(0));
        assert_eq!(wait(Route::PlaceOrder, 1000), ms(0));
        assert!((ms(600)..=ms(1500)).contains(&wait(Route::Pay, 1000)));
    }
}

#[test]
fn slow_pay_can_wait_for_a_crowd() {
    let slow = SlowPay { after: ms(0), by: ms(600), up_to: ms(0), above_people: 3 };
    let rules = Rules::new(Knobs { slow_pay: Some(slow), ..Knobs::quiet() });
    assert_eq!(rules.fate(Route::Pay, 1, 3, ms(0)), Fate::Answered { wait: ms(0) });
    assert_eq!(rules.fate(Route::Pay, 1, 4, ms(0)), Fate::Answered { wait: ms(600) });
}

#[test]
fn shares_of_drops_and_errors_are_what_was_asked() {
    let errors_above = Some(ErrorsAbove { people: 2, share: 0.25, status: 500 });
    let rules = Rules::new(Knobs { drop_share: 0.1, errors_above, ..Knobs::quiet() });
    let all: Vec<Fate> = (0..20_000).map(|number| rules.fate(Route::Home, number, 3, ms(0))).collect();
    let dropped = all.iter().filter(|&&fate| fate == Fate::Dropped).count();
    let failed = all.iter().filter(|&&fate| fate == Fate::Failed { status: 500, wait: ms(0) }).count();
    // Four standard deviations around 2,000 and 4,500.
    assert!((1830..=2170).contains(&dropped), "{dropped}");
    assert!((4265..=4735).contains(&failed), "{failed}");
    let calm = (0..20_000).filter(|&number| matches!(rules.fate(Route::Home, number, 2, ms(0)), Fate::Failed { .. }));
    assert_eq!(calm.count(), 0);
}

#[test]
fn latencies_spread_around_their_middle_and_repeat_with_the_seed() {
    let latency = Latency { spread: 0.35, ..Latency::fixed(ms(10)) };
    let waits = |seed| {
        let rules = Rules::new(Knobs { seed, latency: latency.clone(), ..Knobs::quiet() });
        let waits = (0..4001).map(|number| match rules.fate(Route::Home, number, 0, ms(0)) {
            Fate::Answered { wait } => wait,
            other => panic!("{other:?}"),
        });
        waits.collect::<Vec<_>>()
    };
    assert_eq!(waits(7), waits(7));
    assert_ne!(waits(7), waits(8));
    let mut sorted = waits(7);
    sorted.sort();
    let (p50, p95) = (sorted[2000].as_secs_f64(), sorted[3800].as_secs_f64());
    // The 95th percentile of this lognormal is 10 ms × e^(0.35 × 1.645) = 17.8 ms.
    assert!((p50 - 0.010).abs() < 0.000_5 && (p95 - 0.0178).abs() < 0.001, "{p50} {p95}");
}

#[test]
fn the_demo_slows_pay_from_second_20_on() {
    let rules = Rules::new(Knobs::demo());
    let mean = |since| {
        let waits = (0..1000).map(|number| match rules.fate(Route::Pay, number, 20, since) {
            Fate::Answered { wait } => wait,
            other => panic!("{other:?}"),
        });
        waits.sum::<Duration>() / 1000
    };
    assert!((ms(40)..ms(60)).contains(&mean(ms(19_999))), "{:?}", mean(ms(19_999)));
    assert!((ms(1050)..ms(1150)).contains(&mean(ms(20_000))), "{:?}", mean(ms(20_000)));
}

#[test]
fn as_many_requests_as_there_are_tills_are_worked_on_and_the_others_wait_in_line() {
    let rules = Rules::new(Knobs { tills: Some(2), ..Knobs::quiet() });
    let ms = Duration::from_millis;
    for (arrived, waits) in [(0, 100), (10, 100), (20, 180), (30, 180), (250, 100), (1_000, 100)] {
        assert_eq!(rules.in_line(ms(arrived), ms(100)), ms(waits), "{arrived}");
    }
    assert_eq!(Rules::new(Knobs::quiet()).in_line(ms(5), ms(100)), ms(100), "without tills nobody waits");
}
