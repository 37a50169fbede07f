//! What pages of metrics say, however they are written; what is kept of it; and that noise is no suspect.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::{Move, Noted, Page, Reading, Source, Suspect, Track, Unit, Value, Watched, hint, suspects};
use crate::plan::dice::Dice;
use crate::result::Redactor;

const SECOND: u64 = 1_000_000;

/// What a page says the second time, a second after the first: name, unit and value.
fn said(chosen: &[&str], first: &str, second: &str) -> Result<Vec<(String, Unit, f64)>, String> {
    let mut page = Page::new(&chosen.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
    let _ = page.read(0, first);
    let values = page.read(SECOND, second)?;
    Ok(values.into_iter().map(|Value { name, unit, value }| (name, unit, value)).collect())
}

/// One series, chosen, from two pages.
#[track_caller]
fn one(chosen: &str, first: &str, second: &str) -> Option<(String, f64)> {
    let mut all = said(&[chosen], first, second).expect("a page of metrics");
    assert!(all.len() <= 1, "{all:?}");
    all.pop().map(|(name, _, value)| (name, value))
}

#[test]
fn counters_become_rates_gauges_stay_and_histograms_have_a_mean() {
    type Row<'a> = (&'a str, &'a str, &'a str, Option<(&'a str, f64)>);
    let rows: [Row; 13] = [
        (
            "a_total",
            "# TYPE a_total counter\na_total 5\n",
            "# TYPE a_total counter\na_total 12\n",
            Some(("a_total", 7.0)),
        ),
        (
            "a_total",
            "a_total{x=\"1\"} 5\na_total{x=\"2\"} 1",
            "a_total{x=\"1\"} 6\na_total{x=\"2\"} 4",
            Some(("a_total", 4.0)),
        ),
        (
            "a_total{x=\"2\"}",
            "a_total{x=\"1\"} 5\na_total{x=\"2\"} 1",
            "a_total{x=\"1\"} 6\na_total{x=\"2\"} 4",
            Some(("a_total{x=\"2\"}", 3.0)),
        ),
        ("a", "# TYPE a gauge\na 5", "# TYPE a gauge\na -3.5e1 1700000000000", Some(("a", -35.0))),
        // Begun anew: a gap, and no fall.
        ("a_total", "a_total 100", "a_total 3", None),
        // Of two, one began anew: the other still tells.
        (
            "a_total",
            "a_total{x=\"1\"} 9\na_total{x=\"2\"} 9",
            "a_total{x=\"1\"} 0\na_total{x=\"2\"} 11",
            Some(("a_total", 2.0)),
        ),
        ("a_total", "b_total 1", "a_total 1\nb_total 1", None),
        (
            "h",
            "# TYPE h histogram\nh_sum 1\nh_count 10",
            "# TYPE h histogram\nh_bucket{le=\"1\"} 4\nh_sum 3\nh_count 14",
            Some(("h, mean", 0.5)),
        ),
        (
            "h_sum",
            "# TYPE h summary\nh_sum 1\nh_count 10",
            "# TYPE h summary\nh_sum 3\nh_count 14",
            Some(("h, mean", 0.5)),
        ),
        ("h", "# TYPE h histogram\nh_sum 1\nh_count 10", "# TYPE h histogram\nh_sum 1\nh_count 10", None),
        // The same again is left aside, and so is what is no number.
        ("a", "a 1", "a 2\na 9\n", Some(("a", 2.0))),
        ("a", "a 1", "a NaN\n", None),
        ("a_total", "a_total 1", "a_total +Inf\n", None),
    ];
    for (chosen, first, second, wanted) in rows {
        let got = one(chosen, first, second);
        assert_eq!(got, wanted.map(|(name, value)| (name.to_owned(), value)), "{chosen}: {second}");
    }
}

#[test]
fn processors_are_busy_by_the_share_of_time_that_they_do_not_rest() {
    let at = |idle: u32, wait: u32, user: u32| {
        format!(
            "node_cpu_seconds_total{{cpu=\"0\",mode=\"idle\"}} {idle}\nnode_cpu_seconds_total{{cpu=\"0\",mode=\"iowait\"}} {wait}\n\
             node_cpu_seconds_total{{cpu=\"0\",mode=\"user\"}} {user}\n"
        )
    };
    let all = said(&[], &at(10, 10, 10), &at(12, 11, 11)).unwrap();
    assert_eq!(all, [("node_cpu_seconds_total, busy".to_owned(), Unit::Share, 0.25)]);
}

#[test]
fn without_a_choice_what_tells_of_load_is_taken_and_not_too_much_of_it() {
    let parts: String = (0..50).map(|part| format!("app_queue_length{{part=\"{part}\"}} {part}\n")).collect();
    let noise: String = (0..500).map(|at| format!("some_{at}_info 1\nsome_{at}_thing 3\n")).collect();
    let page = format!("process_resident_memory_bytes 1e8\n{noise}{parts}");
    let all = said(&[], &page, &page).unwrap();
    let names: Vec<&str> = all.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names[0], "process_resident_memory_bytes");
    assert!(names[1..].iter().all(|name| name.starts_with("app_queue_length{part=")) && names.len() == 4, "{names:?}");
}

#[test]
fn garbage_is_said_to_be_garbage_and_garbage_in_between_is_left_aside() {
    for (page, wanted) in [
        ("", "it is empty"),
        ("<!DOCTYPE html><html><body>Not found</body></html>", "it is no page of metrics"),
        ("{\"a\": 1}", "it is no page of metrics"),
        ("\u{0}\u{1}\u{fffd}\u{fffd}", "it is no page of metrics"),
        ("1a 5\na{ 5\na{x=\"} 5\na{x=\"1\" 5\na infinity\na\n", "it is no page of metrics"),
        ("unheard_of 1\n", "it has none of the chosen series"),
    ] {
        assert_eq!(said(&["a"], "", page), Err(wanted.to_owned()), "{page}");
    }
    assert_eq!(one("a", "", "<html>\na 1\na{ 2\n"), Some(("a".to_owned(), 1.0)));
    assert_eq!(
        one("a", "", "a{x=\"quote \\\" and \\\\ and }\"} 4 # {trace=\"1\"} 1\n# EOF").map(|one| one.1),
        Some(4.0)
    );
    assert_eq!(said(&[], "", "unheard_of 1\n"), Err("it has no series that tells of load".to_owned()));
}

#[test]
fn a_clock_that_stands_still_makes_no_rate() {
    let mut page = Page::new(&["a_total".to_owned(), "g".to_owned()]);
    for (at, count, wanted) in [(5, 1, 1), (5, 2, 1), (4, 3, 1), (5 + SECOND, 5, 2)] {
        let values = page.read(at, &format!("a_total {count}\ng 1")).unwrap();
        assert!(values.len() == wanted && values.iter().all(|one| one.value.is_finite()), "{values:?}");
    }
}

#[test]
fn choices_are_names_starts_of_names_and_labels() {
    for good in ["a", "a_b:c", "a*", "a{x=\"1\"}", "a{x=\"1\", y=\"two words\"}"] {
        assert!(Page::is_choice(good), "{good}");
    }
    for bad in ["", "*", "{x=\"1\"}", "a b", "a{x=1}", "a{x=\"1\"", "rate(a[1m])"] {
        assert!(!Page::is_choice(bad), "{bad}");
    }
}

fn reading(second: u32, said: Result<&[(&str, f64)], &str>) -> Reading {
    let value = |(name, value): &(&str, f64)| Value { name: (*name).to_owned(), unit: Unit::Number, value: *value };
    let said = said.map(|values| values.iter().map(value).collect()).map_err(str::to_owned);
    Reading { source: 0, second, step: 1, said }
}

#[test]
fn notes_build_up_the_same_again_and_gaps_are_counted() {
    let mut watched = Watched::of(["app".to_owned()]);
    let mut again = watched.clone();
    let all = [
        reading(0, Ok(&[("a", 1.0)])),
        reading(1, Err("it answered 500")),
        reading(2, Err("no answer")),
        reading(3, Ok(&[("a", 3.0), ("b", 1.0 / 3.0)])),
        reading(3, Ok(&[("a", f64::NAN)])),
        reading(3, Ok(&[("a", 4.0)])),
    ];
    let redactor = Redactor::default();
    for one in all {
        let noted = watched.read(one, &redactor);
        let text = serde_json::to_string(&noted).unwrap();
        again.take(serde_json::from_str::<Noted>(&text.replace("null", "0")).unwrap());
    }
    assert_eq!(watched.tracks[0].points, [(0, 1.0), (3, 4.0)]);
    assert_eq!((watched.tracks[1].name.as_str(), &watched.tracks[1].points[..]), ("b", &[(3, 0.333333)][..]));
    assert_eq!(watched.tracks[1], again.tracks[1]);
    assert_eq!(watched.missing(), ["app said nothing 2 of 6 times: it answered 500."]);
}

#[test]
fn notes_from_a_file_that_make_no_sense_are_left_aside() {
    let mut watched = Watched::of(["app".to_owned()]);
    watched.take(Noted { source: 7, second: 0, missed: None, new: Vec::new(), values: vec![(0, 1.0)] });
    watched.take(Noted { source: 0, second: 0, missed: None, new: Vec::new(), values: vec![(9, 1.0)] });
    assert!(watched.tracks.is_empty());
    let points = vec![(5, 1.0), (5, 2.0), (3, 1.0), (6, f64::INFINITY), (u32::MAX, 1.0), (8, 1.0)];
    let track = Track { source: 0, name: "a".to_owned(), unit: Unit::Number, step: 0, points };
    watched.tracks = vec![track.clone(), Track { source: 3, ..track }];
    let sane = watched.sane(1_000);
    assert_eq!(sane.tracks.len(), 1);
    assert_eq!((sane.tracks[0].step, &sane.tracks[0].points[..]), (1, &[(5, 1.0), (8, 1.0)][..]));
}

#[test]
fn a_sealed_file_has_few_values_and_their_means() {
    let points = (0..7_200).map(|second| (second, f64::from(second % 2) + 1.0)).collect();
    let track = Track { source: 0, name: "a".to_owned(), unit: Unit::Number, step: 1, points };
    let sealed = Watched { sources: vec![Source::default()], tracks: vec![track] }.sealed();
    let track = &sealed.tracks[0];
    assert_eq!((track.points.len(), track.step), (600, 12));
    assert!(track.points.iter().all(|(second, value)| second % 12 == 0 && *value == 1.5));
    assert_eq!(sealed.clone().sealed(), sealed);
}

/// A run in which something is watched that behaves like this.
fn run(seconds: u32, unit: Unit, mut level: impl FnMut(u32) -> f64) -> Watched {
    let points = (0..seconds).map(|second| (second, level(second))).collect();
    let track = Track { source: 0, name: "x".to_owned(), unit, step: 1, points };
    Watched { sources: vec![Source { name: "app".to_owned(), ..Source::default() }], tracks: vec![track] }
}

/// What is suspected in a run that turns after 150 seconds.
fn found(unit: Unit, level: impl FnMut(u32) -> f64) -> Vec<Suspect> {
    suspects(&run(240, unit, level), 0, 150)
}

#[test]
fn noise_and_what_follows_the_load_are_no_suspects() {
    type Level = fn(u32, &mut Dice, &mut f64) -> f64;
    let rows: [(&str, Level); 6] = [
        ("noise", |_, dice, _| 100.0 + 30.0 * dice.normal()),
        ("noise with heavy tails", |_, dice, _| (dice.normal() * 1.5).exp() * 10.0),
        ("memory of the second before", |_, dice, state| {
            *state = 0.95 * *state + 10.0 * dice.normal();
            100.0 + *state
        }),
        ("wandering", |_, dice, state| {
            *state += 5.0 * dice.normal();
            200.0 + *state
        }),
        ("growing with the load", |second, dice, _| f64::from(second) * 3.0 + 5.0 * dice.normal()),
        ("a saw, as of collected garbage", |second, dice, _| f64::from(second % 23) * 10.0 + dice.normal()),
    ];
    for (what, level) in rows {
        let runs = 300;
        let wrong = (0..runs).filter(|seed| {
            let (mut dice, mut state) = (Dice::new(*seed, 0), 0.0);
            !found(Unit::Number, |second| level(second, &mut dice, &mut state)).is_empty()
        });
        let wrong = wrong.count();
        assert!(wrong <= 6, "{what}: {wrong} of {runs}");
    }
}

#[test]
fn what_moved_just_before_is_found_dated_and_ranked() {
    for seed in 0..20 {
        let mut dice = Dice::new(seed, 1);
        let queue = found(Unit::Number, |second| {
            let moved = if second >= 143 { 80.0 } else { 0.0 };
            20.0 + moved + 6.0 * dice.normal()
        });
        assert_eq!(queue.len(), 1, "{seed}");
        assert!(queue[0].did == Move::Moved && queue[0].second.abs_diff(143) <= 2, "{queue:?}");
        assert!((queue[0].from - 20.0).abs() < 8.0 && (queue[0].to - 100.0).abs() < 8.0, "{queue:?}");
    }
    let late = found(Unit::Number, |second| if second >= 190 { 100.0 } else { 5.0 });
    assert!(late.is_empty(), "after is not before");
    let early = found(Unit::Number, |second| if second >= 60 { 100.0 } else { 5.0 });
    assert!(early.is_empty(), "long before is not just before");
    let little = found(Unit::Bytes, |second| if second >= 145 { 1e8 + 5e5 } else { 1e8 });
    assert!(little.is_empty(), "half a megabyte is nothing");
}

#[test]
fn a_processor_that_filled_up_with_the_load_comes_first() {
    let mut watched = run(240, Unit::Share, |second| (f64::from(second) / 140.0).min(1.0));
    let jump = run(240, Unit::Number, |second| if second >= 145 { 50.0 } else { 5.0 });
    watched.tracks.splice(0..0, jump.tracks);
    let found = suspects(&watched, 0, 150);
    let did: Vec<Move> = found.iter().map(|one| one.did).collect();
    assert_eq!(did, [Move::Full, Move::Moved]);
    let text = hint(&found).unwrap();
    assert!(text.starts_with("May be worth a look: x of app filled up, from 3.21 % to 100 % at 02:0"), "{text}");
    assert!(text.ends_with("; x of app rose from 5 to 50 at 02:25."), "{text}");
    assert!(hint(&[]).is_none());
    // Full all the time, or never.
    assert!(suspects(&run(240, Unit::Share, |_| 0.99), 0, 150).is_empty());
    assert!(suspects(&run(240, Unit::Share, |second| f64::from(second) / 400.0), 0, 150).is_empty());
}

#[test]
fn too_little_is_no_suspect() {
    let jump = |second: u32| if second >= 20 { 100.0 } else { 5.0 };
    assert!(suspects(&run(60, Unit::Number, jump), 0, 22).is_empty());
    assert!(suspects(&Watched::default(), 0, 22).is_empty());
    let gaps = run(240, Unit::Number, |second| if second >= 145 { 50.0 } else { 5.0 });
    let mut half = gaps.clone();
    half.tracks[0].points.retain(|(second, _)| !(120..=200).contains(second));
    assert_eq!((suspects(&gaps, 0, 150).len(), suspects(&half, 0, 150).len()), (1, 0));
    assert!(suspects(&gaps, u32::MAX - 20, u32::MAX - 1).is_empty());
}

#[test]
fn a_day_that_is_followed_stays_short_and_keeps_its_level() {
    let mut watched = Watched::of(["app".to_owned()]);
    let track = Track { source: 0, name: "queue".to_owned(), unit: Unit::Number, step: 1, points: Vec::new() };
    for second in 0..86_400 {
        let new = if second == 0 { vec![track.clone()] } else { Vec::new() };
        let value = f64::from(second % 7);
        watched.follow(Noted { source: 0, second, missed: None, new, values: vec![(0, value)] });
    }
    let track = &watched.tracks[0];
    assert!(track.points.len() <= 1_201, "{}", track.points.len());
    assert!(track.points.windows(2).all(|two| two[0].0 < two[1].0));
    assert_eq!(track.points.last().map(|last| last.0 / 60), Some(86_399 / 60));
    assert!((track.extent().unwrap().mean - 3.0).abs() < 0.05, "{:?}", track.extent());
}
