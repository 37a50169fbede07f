use super::*;
use crate::plan::dice::Dice;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const S: u64 = 1_000_000;

fn curve(start: f64, stages: &[(f64, u64)]) -> Curve {
    Curve::new(start, &stages.iter().map(|(to, secs)| (*to, Span::from_secs(*secs))).collect::<Vec<_>>())
}

#[test]
fn levels_follow_ramps_holds_and_jumps() {
    let curve = curve(0.0, &[(60.0, 120), (60.0, 60), (120.0, 0), (120.0, 30), (0.0, 30)]);
    let rows =
        [(0, 0), (60, 30), (120, 60), (179, 60), (180, 120), (210, 120), (225, 60), (239, 4), (240, 0), (999, 0)];
    for (at, people) in rows {
        assert_eq!(curve.people(at * S), people, "at {at} s");
    }
    assert_eq!(curve.duration(), Span::from_secs(240));
    assert_eq!(curve.peak(), 120.0);
    assert_eq!(curve.area(240 * S), 3_600.0 + 3_600.0 + 3_600.0 + 1_800.0);
    assert_eq!(curve.points().len(), 6);
}

#[test]
fn arrivals_keep_to_the_integral_within_one() {
    let curves = [
        curve(0.0, &[(10.0, 10), (10.0, 10), (0.0, 5)]),
        curve(50.0, &[(50.0, 3)]),
        curve(0.0, &[(0.3, 60)]),
        curve(5.0, &[(0.0, 10), (0.0, 10), (100.0, 0), (100.0, 1)]),
    ];
    for curve in curves {
        let mut due = Vec::new();
        while let Some(at) = curve.arrival_us(due.len() as u64) {
            due.push(at);
        }
        assert!(due.is_sorted());
        for at in (0..=curve.duration().us()).step_by(10_007) {
            let so_far = due.partition_point(|due| *due <= at) as f64;
            assert!((so_far - curve.area(at)).abs() <= 1.0, "{so_far} at {at}, planned {}", curve.area(at));
        }
    }
}

#[test]
fn the_next_change_is_when_the_number_of_people_changes() {
    let mut dice = Dice::new(1, 1);
    for round in 0..300 {
        let stages: Vec<(f64, u64)> = (0..1 + dice.below(5)).map(|_| (dice.below(40) as f64, dice.below(4))).collect();
        let curve = curve(dice.below(20) as f64, &stages);
        let mut at = 0;
        let mut steps = 0;
        while let Some(next) = curve.next_change_us(at) {
            assert!(next > at || steps == 0, "moves on");
            assert_ne!(curve.people(next), curve.people(at), "round {round} {stages:?} at {at} → {next}");
            for probe in [at + (next - at) / 3, at + (next - at) / 2, next - 1] {
                assert_eq!(
                    curve.people(probe.max(at)),
                    curve.people(at),
                    "round {round} {stages:?} at {at} probe {probe} → {next}"
                );
            }
            at = next;
            steps += 1;
            assert!(steps < 1_000);
        }
        let end = curve.duration().us();
        assert!(at >= end || curve.people(at) == 0 || curve.people(at) == curve.people(end.saturating_sub(1)));
    }
}

#[test]
fn a_curve_can_be_scaled_and_an_empty_one_has_nobody() {
    let curve = curve(0.0, &[(10.0, 10)]);
    assert_eq!(curve.scaled_to(100.0).people(5 * S), 50);
    assert_eq!(Curve::default().arrival_us(0), None);
    assert_eq!(Curve::default().next_change_us(0), None);
}
