//! Curves, knees and laws of targets whose truth is known.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Along, Lack, Scaling, scaling};
use crate::chart::Frame;
use crate::chart::scaling::{Side, curve, said};
use crate::plan::dice::Dice;
use crate::stats::snapshot::{HealthSample, People, Row, Snapshot};
use crate::stats::timeline::Timeline;
use crate::stats::{Name, NameKind};

/// A second: people planned and there, arrivals, good answers, how long each took in microseconds, failures.
#[derive(Clone, Copy, Default)]
struct Second {
    planned: u32,
    people: u32,
    due: u64,
    good: u64,
    us: u64,
    suspect: bool,
}

fn timeline(seconds: impl Iterator<Item = Second>) -> Timeline {
    let name = Name { id: String::new(), label: "Pay".to_owned(), of: NameKind::Request, user_type: None, task: None };
    let mut timeline = Timeline::new(vec![name], 0);
    for (at, one) in (0..).zip(seconds) {
        let mut row = Row { ok: one.good, ..Row::default() };
        row.response.ok.record_n(one.us.max(1), one.good);
        row.service = row.response.clone();
        timeline.push(&Snapshot {
            second: at,
            length_us: 1_000_000,
            people: People { planned: one.planned, active: one.people, leaving: 0 },
            started: one.due,
            rows: vec![row],
            health: HealthSample { suspect: one.suspect, ..HealthSample::default() },
            ..Snapshot::default()
        });
    }
    timeline
}

/// A target that follows the law with λ 4, σ 3 % and κ 0.03 %, whose seconds remember the one before: people go from 1 to
/// `most` in 600 seconds.
fn lawful(most: f64, seed: u64) -> Scaling {
    scaling(&lawful_timeline(most, seed))
}

pub(crate) fn lawful_timeline(most: f64, seed: u64) -> Timeline {
    let (alone, contention, coherency) = (4.0, 0.03, 0.000_3);
    let (mut dice, mut level) = (Dice::new(seed, 3), 0.0);
    timeline((0..600).map(move |second| {
        let people = 1.0 + (most - 1.0) * f64::from(second) / 600.0;
        level = 0.7 * level + 0.05 * dice.normal();
        let rate = alone * people / (1.0 + contention * (people - 1.0) + coherency * people * (people - 1.0));
        let good = rate * (1.0 + level) + rate.sqrt() * dice.normal();
        let people = people.round() as u32;
        let us = (f64::from(people) / rate * 1e6) as u64;
        Second { planned: people, people, good: good.max(0.0).round() as u64, us, ..Second::default() }
    }))
}

#[test]
fn a_lawful_target_is_found_out_with_its_uncertainty() {
    let mut inside = [0; 5];
    for seed in 0..20 {
        let scaling = lawful(110.0, seed);
        let law = scaling.law.unwrap();
        let peak = law.peak.unwrap();
        let truth = [(law.alone, 4.0), (law.contention, 0.03), (law.coherency, 0.000_3), (peak.people, 56.9)];
        for (at, (range, truth)) in truth.into_iter().chain([(peak.per_second, 62.7)]).enumerate() {
            inside[at] += u32::from(range.low <= truth && truth <= range.high);
            assert!(range.low <= range.value && range.value <= range.high && range.high.is_finite());
        }
        assert!((peak.people.value / 56.9 - 1.0).abs() < 0.15, "{peak:?}");
    }
    assert!(inside.iter().all(|count| *count >= 15), "{inside:?} of 20");
}

#[test]
fn a_peak_that_nobody_came_near_is_not_foretold() {
    let law = lawful(25.0, 1).law;
    assert!(law.is_err() || law.is_ok_and(|law| law.peak.is_none()));
}

/// People who think for a second and then wait for one server that takes 20 ms for each, all by exponential chance: `most`
/// people, one more every `hold` seconds. What the queue really does is known (exact mean value analysis, Reiser and
/// Lavenberg 1980).
fn queue(most: u32, hold: u32, seed: u64) -> Scaling {
    let mut dice = Dice::new(seed, 5);
    let (think, serve) = (1e6, 20e3);
    let seconds = most * hold;
    let mut good = vec![(0_u64, 0_u64); seconds as usize];
    let mut arrivals = BinaryHeap::new();
    let mut free_at = 0.0_f64;
    (0..most).for_each(|one| arrivals.push(Reverse(u64::from(one * hold) * 1_000_000)));
    while let Some(Reverse(at)) = arrivals.pop() {
        free_at = free_at.max(at as f64) + serve * dice.exponential();
        let Some(second) = good.get_mut((free_at / 1e6) as usize) else { continue };
        second.0 += 1;
        second.1 += free_at as u64 - at;
        arrivals.push(Reverse((free_at + think * dice.exponential()) as u64));
    }
    let people = move |second: usize| second as u32 / hold + 1;
    scaling(&timeline(good.into_iter().enumerate().map(|(at, (good, us))| Second {
        planned: people(at),
        people: people(at),
        good,
        us: us / good.max(1),
        ..Second::default()
    })))
}

/// A search goes up, and down again after each miss. The second in which people come or go in a crowd has the answers to both.
#[test]
fn what_a_crowd_waited_for_is_not_said_of_the_few_who_stay() {
    let true_us = |people: u32| 40_000 * u64::from(people.max(8)) / 8;
    let steps =
        [(3, 8), (6, 8), (12, 8), (24, 8), (48, 8), (3, 3), (36, 21), (42, 21), (3, 3), (39, 21), (3, 2), (38, 40)];
    let mut before = 3;
    let seconds = steps.into_iter().flat_map(|(people, hold)| {
        let crowd = std::mem::replace(&mut before, people);
        (0..hold).map(move |second| {
            let (there, us) = match second {
                0 => (crowd.max(people), true_us(crowd.max(people))),
                // Ten people are still there while the others leave.
                1 if people < crowd => (10, true_us(crowd)),
                _ => (people, true_us(people)),
            };
            Second { planned: people, people: there, good: 1_000_000 * u64::from(there) / us, us, ..Second::default() }
        })
    });
    let scaling = scaling(&timeline(seconds));
    assert!(scaling.levels.len() >= 6, "{:?}", scaling.levels);
    for level in &scaling.levels {
        let truth = true_us(level.load.round() as u32) as f64;
        let said = level.p95_us.unwrap() as f64;
        assert!((said / truth - 1.0).abs() < 0.1, "{level:?}, in truth {truth}");
    }
}

/// Throughput over response time in that queue, from one person up.
fn true_power(most: u32) -> Vec<f64> {
    let (think, serve) = (1e6, 20e3);
    let mut waiting = 0.0;
    let mut power = |people: u32| {
        let time = serve * (1.0 + waiting);
        let rate = f64::from(people) / (think + time);
        waiting = rate * time;
        rate / time
    };
    (1..=most).map(&mut power).collect()
}

#[test]
fn the_knee_of_a_queue_is_where_theory_has_it() {
    let power = true_power(100);
    let most = power.iter().fold(0.0, |most: f64, one| most.max(*one));
    let (mut found, mut between) = (0, 0);
    for seed in 0..20 {
        let knee = queue(100, 10, seed).knee.unwrap();
        // The top is flat: where the true power is within 7 in 100 of its greatest, one is as good as the other.
        found += u32::from(power[knee.load.round() as usize - 1] >= most * 0.93);
        let best = power.iter().position(|one| *one == most).unwrap() as f64 + 1.0;
        between += u32::from(knee.low <= best && best <= knee.high);
    }
    assert!(found >= 19 && between >= 19, "{found} and {between} of 20");
}

#[test]
fn what_the_seconds_do_not_support_is_not_given_and_why_is_said() {
    let flat = |second: u32| Second {
        planned: 20,
        people: 20,
        due: 50,
        good: 50,
        us: 9_000 + u64::from(second % 5),
        ..Second::default()
    };
    let grows = |second: u32| Second {
        planned: 1 + second,
        people: 1 + second,
        good: 10 * u64::from(1 + second),
        us: 9_000,
        ..Second::default()
    };
    let rate = |second: u32| Second {
        people: 5,
        due: 10 + u64::from(second),
        good: 10 + u64::from(second).min(80),
        us: 9_000 + 1_000 * u64::from(second.saturating_sub(70)).pow(2),
        ..Second::default()
    };
    let few = |second: u32| Second {
        planned: 10 + 10 * (second / 60),
        people: 10 + 10 * (second / 60),
        good: 50,
        us: 9_000,
        ..Second::default()
    };
    let rows: [(&str, Scaling, Option<Lack>, Lack, &str); 8] = [
        (
            "nothing",
            scaling(&timeline(std::iter::empty())),
            Some(Lack::Steady),
            Lack::Steady,
            "No scaling curve: the load stayed",
        ),
        (
            "three seconds",
            scaling(&timeline((0..3).map(grows))),
            Some(Lack::Steady),
            Lack::Steady,
            "No scaling curve: ",
        ),
        (
            "only failures",
            scaling(&timeline((0..99).map(|at| Second { good: 0, ..grows(at) }))),
            Some(Lack::Steady),
            Lack::Steady,
            "No scaling curve: ",
        ),
        (
            "steady",
            scaling(&timeline((0..120).map(flat))),
            Some(Lack::Steady),
            Lack::Steady,
            "No scaling curve: the load stayed",
        ),
        (
            "own limit",
            scaling(&timeline((0..120).map(|at| Second { suspect: at % 5 > 0, ..grows(at) }))),
            Some(Lack::OwnLimit),
            Lack::OwnLimit,
            "No scaling curve: this computer",
        ),
        ("in step", scaling(&timeline((0..120).map(grows))), Some(Lack::NoBend), Lack::NoBend, "The most were 1,1"),
        (
            "two levels",
            scaling(&timeline((0..120).map(few))),
            Some(Lack::FewLevels(2, 4)),
            Lack::FewLevels(2, 6),
            "The most were 50 ",
        ),
        ("arrivals", scaling(&timeline((0..120).map(rate))), None, Lack::NotPeople, "The most were "),
    ];
    for (about, scaling, knee, law, first) in rows {
        assert_eq!((scaling.knee.as_ref().err(), scaling.law.as_ref().err()), (knee.as_ref(), Some(&law)), "{about}");
        let said = scaling.sentences();
        assert!(said[0].starts_with(first), "{about}: {said:?}");
        assert!(said.iter().all(|one| !one.contains("NaN") && !one.contains("inf") && one.ends_with('.')), "{said:?}");
        let numbers =
            scaling.levels.iter().flat_map(|level| [level.load, level.per_second, level.mean_us, level.failed]);
        assert!(numbers.into_iter().all(f64::is_finite), "{about}");
    }
}

#[test]
fn people_who_only_leave_are_no_level() {
    let seconds = (0..200).map(|second: u32| {
        let (planned, people) = if second < 120 { (second + 1, second + 1) } else { (0, 3) };
        Second { planned, people, good: 200 + u64::from(people), us: 5_000, ..Second::default() }
    });
    let scaling = scaling(&timeline(seconds));
    assert_eq!((scaling.along, scaling.levels.iter().map(|level| level.seconds).sum::<f64>()), (Along::People, 120.0));
}

#[test]
fn sentences_say_the_most_then_the_knee_then_the_law() {
    let said = lawful(110.0, 0).sentences();
    let starts =
        ["The most were 6", "The knee is at about ", "Universal Scalability Law: contention ", "By it the peak is "];
    assert!(
        said.len() == starts.len() && said.iter().zip(starts).all(|(one, start)| one.starts_with(start)),
        "{said:#?}"
    );
}

#[test]
fn a_cursor_stops_at_each_level_with_what_was_measured_there() {
    let scaling = lawful(110.0, 1);
    for side in Side::ALL {
        let drawn = curve(&scaling, side, &Frame::new(600.0, 200.0, 0.0, 1.0));
        let told = said(&scaling, side);
        assert_eq!((drawn.stops.len(), told.len()), (scaling.levels.len(), scaling.levels.len()));
        let line = drawn.lines.iter().find(|line| !line.dots.is_empty()).unwrap();
        let dots: Vec<f64> = line.dots.iter().map(|dot| dot.0).collect();
        assert_eq!(drawn.stops, dots, "{side:?}");
        assert!(drawn.stops.is_sorted());
        for (level, said) in scaling.levels.iter().zip(&told) {
            assert_eq!(said.load, scaling.along.load(level.load));
            assert!(said.values.iter().all(|(_, value)| value.contains(|c: char| c.is_ascii_digit())), "{said:?}");
        }
    }
}
