#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde_json::{Value, json};

use super::*;

mod chance;
use crate::plan::dice::Dice;
use crate::result::{Ending, FORMAT, Header};
use crate::stats::snapshot::{HealthSample, People, Row, Snapshot};
use crate::stats::summary::Summary;
use crate::stats::timeline::Timeline;
use crate::stats::{Name, NameKind};
use crate::traffic::Kind;
use crate::verdict::{Ended, State, Verdict};
use crate::watch::Watched;

/// For a second how many answers there are, how long one takes in milliseconds, and how many fail.
type At = fn(u32) -> (u64, f64, u64);

/// A step: its id, its name, and what it does.
struct Step {
    id: &'static str,
    label: &'static str,
    at: At,
}

fn step(label: &'static str, at: At) -> Step {
    Step { id: "", label, at }
}

fn opened(seconds: u32, seed: u64, people: u32, steps: &[Step]) -> Opened {
    let name = |step: &Step| Name {
        id: step.id.to_owned(),
        label: step.label.to_owned(),
        of: NameKind::Request,
        user_type: None,
        task: None,
    };
    let names: Vec<Name> = steps.iter().map(name).collect();
    let mut dice = Dice::new(seed, 1);
    let mut timeline = Timeline::new(names, 0);
    for second in 0..seconds {
        let row = |step: &Step| {
            let (answers, ms, failed) = (step.at)(second);
            let mut row = Row { ok: answers - failed, ..Row::default() };
            row.failed.add(Kind::Status, failed);
            for _ in 0..answers {
                // From half to twice as long, as chance has it.
                let us = (ms * 1e3 * (0.5 + 1.5 * dice.share() * dice.share())) as u64;
                row.response.ok.record(us);
                row.service.ok.record(us);
            }
            row
        };
        timeline.push(&Snapshot {
            second,
            length_us: 1_000_000,
            people: People { planned: people, active: people, leaving: 0 },
            rows: steps.iter().map(row).collect(),
            health: HealthSample::default(),
            ..Snapshot::default()
        });
    }
    sealed(timeline, seed, people, seconds)
}

/// A result of what was measured.
fn sealed(timeline: Timeline, seed: u64, people: u32, seconds: u32) -> Opened {
    let names = timeline.names().to_vec();
    let verdict = Verdict {
        state: State::CantTell,
        sentences: Vec::new(),
        goals: Vec::new(),
        turning_point: None,
        suspects: Vec::new(),
        caveats: Vec::new(),
        limit: None,
    };
    let header = Header {
        format: FORMAT,
        sealed: true,
        made_by: "tidemark 1.0.0".to_owned(),
        started_at: "2026-01-02T03:04:05Z".to_owned(),
        title: "Corner shop".to_owned(),
        scenario: json!({ "name": "Corner shop", "load": { "people": [{ "to": people, "over": "10s" }] } }),
        target: "http://127.0.0.1:4780".to_owned(),
        environment: "Demo shop".to_owned(),
        computer: "linux, 2 cores".to_owned(),
        seed,
        slices: 1,
        names,
        searching: false,
        planned_seconds: Some(seconds),
        warm_up_seconds: 0,
        practice: false,
        goals: Vec::new(),
        watched: Vec::new(),
    };
    Opened {
        header,
        summary: Summary::of(&timeline),
        timeline,
        events: Vec::new(),
        samples: Vec::new(),
        watched: Watched::default(),
        verdict,
        ending: Some(Ending { ended: Ended::Finished, ended_at: String::new() }),
        complete: true,
        notes: Vec::new(),
    }
}

fn said(a: &Opened, b: &Opened) -> Vec<String> {
    compare(a, b).sentences
}

/// The three steps of a shop that is as it always is.
fn usual() -> Vec<Step> {
    vec![step("Browse", |_| (30, 60.0, 0)), step("Search", |_| (20, 90.0, 0)), step("Pay", |_| (10, 120.0, 0))]
}

fn shop(pay: At) -> Vec<Step> {
    usual().into_iter().map(|one| if one.label == "Pay" { step("Pay", pay) } else { one }).collect()
}

#[test]
fn the_same_shop_is_about_the_same_and_a_slower_step_is_named_alone() {
    let runs: Vec<Opened> = (0..21).map(|seed| opened(60, seed, 20, &usual())).collect();
    let (mut same, mut different, mut not_found) = (0, 0, 0);
    for (pair, two) in runs.windows(2).enumerate() {
        let comparison = compare(&two[0], &two[1]);
        same += u32::from(comparison.sentences == ["B is about the same as A."]);
        different += u32::from(comparison.steps.iter().any(|step| step.change().is_one()));
        assert_eq!(comparison.differences, []);
        // A third slower, in one of its three steps.
        let slower = opened(60, 100 + pair as u64, 20, &shop(|_| (10, 156.0, 0)));
        let steps = compare(&two[0], &slower).steps;
        let changed = steps.iter().filter(|step| step.change().is_one());
        not_found += u32::from(changed.map(|step| step.label.as_str()).collect::<Vec<_>>() != ["Pay"]);
    }
    assert!(same >= 12 && different <= 1 && not_found <= 1, "of 20 pairs {same}, {different} and {not_found}");
}

#[test]
fn sentences_tell_the_outcome_first() {
    let a = opened(60, 1, 20, &usual());
    let rows: [(Vec<Step>, &[&str]); 6] = [
        (shop(|_| (10, 900.0, 0)), &["B is slower.", "“Pay” went from ", "“Search” and “Browse” are about the same."]),
        (shop(|_| (10, 120.0, 1)), &["B fails more often.", "“Pay” failed: 10 in 100 now, none before."]),
        (
            shop(|second| (10, 120.0, if (30..33).contains(&second) { 10 } else { 0 })),
            &[
                "Can't tell whether B fails more or less often: each run needs about ",
                "“Pay” failed: 1 in 20 now, none before. That may be chance: each run needs about ",
            ],
        ),
        (
            vec![
                step("Browse", |_| (30, 60.0, 0)),
                step("Search", |_| (20, 90.0, 0)),
                step("Refund", |_| (10, 120.0, 0)),
            ],
            &["B is about the same as A.", "“Refund” is new.", "“Pay” is gone."],
        ),
        (
            vec![step("Other", |_| (9, 60.0, 0))],
            &["These runs have no step in common.", "“Other” is new.", "“Browse”, “Search” and “Pay” are gone."],
        ),
        (vec![step("Browse", |_| (0, 60.0, 0))], &["B got no further than its start: it has no requests to compare."]),
    ];
    for (steps, wanted) in rows {
        let said = said(&a, &opened(60, 2, 20, &steps));
        assert!(
            said.len() >= wanted.len() && said.iter().zip(wanted).all(|(one, start)| one.starts_with(start)),
            "{said:?}"
        );
    }
    let (none, nothing) = (opened(60, 1, 20, &[]), opened(0, 1, 20, &[]));
    assert_eq!(said(&none, &nothing), ["Neither run got as far as a request."]);
}

#[test]
fn a_run_of_a_few_seconds_says_nothing_it_can_not_know() {
    let (a, b) = (opened(3, 1, 20, &usual()), opened(3, 2, 20, &shop(|_| (10, 900.0, 0))));
    let comparison = compare(&a, &b);
    assert_eq!(comparison.figure(Quantity::P95).map(|figure| figure.change), Some(Change::CantTell));
    assert_eq!(
        comparison.sentences[0],
        "Can't tell whether B is different: the runs are too short. Give each a few minutes."
    );
    let pay = &comparison.sentences[1];
    assert!(
        pay.starts_with("“Pay” went from ") && pay.ends_with(" That may be chance: the runs are too short."),
        "{pay}"
    );
    // All of it failed: that is no chance, however short.
    let down = opened(3, 2, 20, &shop(|_| (10, 5.0, 10)));
    assert_eq!(compare(&a, &down).steps[0].label, "Pay");
    assert_eq!(compare(&a, &down).steps[0].change(), Change::Worse);
}

#[test]
fn small_changes_are_none_however_certain() {
    // Two of ten milliseconds more, and two of a hundred: both are certain, and neither matters.
    let rows: [(At, At); 2] = [(|_| (50, 10.0, 0), |_| (50, 12.0, 0)), (|_| (50, 1_000.0, 0), |_| (50, 1_020.0, 0))];
    for (before, now) in rows {
        let (a, b) = (opened(120, 1, 20, &[step("Pay", before)]), opened(120, 2, 20, &[step("Pay", now)]));
        assert_eq!(said(&a, &b), ["B is about the same as A."]);
    }
}

#[test]
fn no_figure_is_ever_not_a_number() {
    let shops: [Vec<Step>; 6] = [
        vec![],
        usual(),
        vec![step("Pay", |_| (0, 1.0, 0))],
        vec![step("Pay", |_| (10, 1.0, 10))],
        vec![step("Pay", |second| (u64::from(second % 7 == 0), 0.0, 0))],
        vec![step("Pay", |_| (1, 0.0, 0)), step("Other", |_| (400, 0.001, 3))],
    ];
    for (at, a) in shops.iter().enumerate() {
        for (bt, b) in shops.iter().enumerate() {
            for seconds in [0, 3, 20] {
                let (a, b) = (opened(seconds, 1, 20, a), opened(20, 2, 0, b));
                let comparison = compare(&a, &b);
                assert!(!comparison.sentences.is_empty());
                let figures = comparison.steps.iter().flat_map(|step| &step.figures).chain(&comparison.figures);
                for figure in figures {
                    let numbers = [figure.a, figure.b, figure.p, figure.ratio(), Some(figure.distance())];
                    assert!(numbers.iter().flatten().all(|number| number.is_finite()), "{at} {bt}: {figure:?}");
                    assert!(!factor(figure).contains("NaN"));
                }
                for level in levels(&a, level_width(&a, &b)) {
                    assert!(level.people.is_finite() && level.value(Quantity::P95).is_none_or(f64::is_finite));
                }
            }
        }
    }
}

#[test]
fn what_is_not_like_for_like_is_said() {
    let usual = opened(60, 1, 20, &usual());
    let with = |edit: &dyn Fn(&mut Opened)| {
        let mut other = usual.clone();
        edit(&mut other);
        compare(&usual, &other).differences
    };
    type Edit = fn(&mut Opened);
    let rows: [(Edit, &str); 10] = [
        (|_| {}, ""),
        (|other| other.header.target = "http://127.0.0.1:4781".to_owned(), ""),
        (
            |other| other.header.target = "https://staging.shop.test".to_owned(),
            "target Demo shop (http://127.0.0.1:4780) → Demo shop (https://staging.shop.test)",
        ),
        (|other| other.header.computer = "linux, 8 cores".to_owned(), "computer linux, 2 cores → linux, 8 cores"),
        (|other| other.header.made_by = "tidemark 1.1.0".to_owned(), "made by tidemark 1.0.0 → tidemark 1.1.0"),
        (|other| other.header.planned_seconds = Some(120), "planned 1 min → 2 min"),
        (|other| other.header.practice = true, "numbers of B are simulated"),
        (|other| other.header.scenario["load"] = Value::Null, "load plan changed"),
        (|other| other.summary.suspect_seconds = 20, "in B this computer was at its limit for 25 % of the time"),
        (|other| other.header.scenario["users"] = json!([{ "id": "u" }]), "test changed"),
    ];
    for (edit, wanted) in rows {
        let texts: Vec<String> = with(&edit).into_iter().map(|one| one.text).collect();
        assert_eq!(texts.join("; "), wanted);
    }
    let twice = opened(60, 2, 40, &self::usual());
    assert_eq!(compare(&usual, &twice).differences[0].text, "peak 20 → 40 people");
}

#[test]
fn what_changed_in_a_test_is_named() {
    let scenario = |steps: Value| json!({ "users": [{ "id": "u", "name": "Visitor", "tasks": [{ "id": "t", "name": "Look", "weight": 1, "steps": steps }] }] });
    let request = |id: &str, name: &str, url: &str| json!({ "id": id, "request": { "name": name, "url": url } });
    let mut a = opened(10, 1, 5, &[]);
    let mut b = a.clone();
    a.header.scenario = scenario(json!([
        request("home", "Home page", "/"),
        request("pay", "Pay", "/pay"),
        request("gift", "", "/gift")
    ]));
    b.header.scenario = scenario(json!([
        request("home", "Home page", "/"),
        request("pay", "Pay", "/pay?fast"),
        request("new", "Refund", "/refund")
    ]));
    b.header.scenario["values"] = json!([{ "name": "x" }]);
    let differences = compare(&a, &b).differences;
    assert_eq!(differences.iter().map(|one| one.aspect).collect::<Vec<_>>(), [Aspect::Test]);
    assert_eq!(differences[0].details, ["Changed: Pay, Look", "New: Refund", "Gone: /gift", "Also changed: values"]);
}

#[test]
fn more_requests_of_more_people_are_neither_better_nor_worse() {
    let (a, b) = (opened(60, 1, 20, &usual()), opened(60, 2, 40, &shop(|_| (60, 120.0, 0))));
    let rate = *compare(&a, &b).figure(Quantity::PerSecond).unwrap();
    assert_eq!((rate.sense, rate.change, factor(&rate).as_str()), (Sense::Neither, Change::More, "+83 %"));
    let same_people = opened(60, 2, 20, &shop(|_| (60, 120.0, 0)));
    let rate = *compare(&a, &same_people).figure(Quantity::PerSecond).unwrap();
    assert_eq!(rate.change, Change::Better);
}

#[test]
fn a_step_with_another_name_is_known_by_its_id() {
    let named = |label| vec![Step { id: "pay", label, at: |_| (20, 120.0, 0) }];
    let (a, b) = (opened(60, 1, 20, &named("Pay")), opened(60, 2, 20, &named("Pay by card")));
    let comparison = compare(&a, &b);
    assert_eq!((comparison.steps.len(), comparison.steps[0].was.as_deref()), (1, Some("Pay")));
    assert_eq!((comparison.added.len(), comparison.removed.len()), (0, 0));
}

#[test]
fn levels_are_round_numbers_of_people() {
    for (people, width) in [(1, 1), (20, 1), (21, 2), (60, 5), (120, 10), (1_000, 50), (2_500, 200)] {
        let run = opened(10, 1, people, &usual());
        assert_eq!(level_width(&run, &run), width, "{people}");
        let levels = levels(&run, width);
        assert_eq!((levels.len(), levels[0].from), (1, people / width * width));
        assert_eq!(levels[0].people, f64::from(people));
    }
}

/// A run of a day in January in which Pay takes so many milliseconds.
fn day(day: u32, ms: At) -> Opened {
    let mut run = opened(120, u64::from(day), 20, &[step("Browse", |_| (20, 40.0, 0)), step("Pay", ms)]);
    run.header.started_at = format!("2026-01-{day:02}T03:04:05Z");
    run
}

#[test]
fn a_trend_says_since_when_it_is_worse_whatever_the_order_of_files() {
    let (calm, slow): (At, At) = (|_| (20, 80.0, 0), |_| (20, 160.0, 0));
    let trend = trend(&[day(9, slow), day(2, calm), day(5, calm), day(7, slow)]);
    let days: Vec<&str> = trend.runs.iter().map(|run| &run.started_at[8..10]).collect();
    assert_eq!(days, ["02", "05", "07", "09"]);
    assert_eq!((trend.outcome(), trend.since()), (Change::Worse, Some(2)));
    assert_eq!(trend.sentences[0], "Worse since run 3 of 4, 7 Jan 2026, 03:04.");
    assert!(trend.sentences[1].contains("Pay"), "{:?}", trend.sentences);
    let text = crate::report::text::trend(&trend);
    assert!(text.starts_with("✗ Worse since run 3") && text.matches("▼ worse").count() == 2, "{text}");
    let table = crate::report::markdown::trend(&trend);
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with('|')).collect();
    assert!(rows.len() == 6 && rows.iter().all(|row| row.matches('|').count() == 10), "{table}");
}

#[test]
fn a_trend_that_came_back_is_about_the_same_and_unlike_runs_are_named() {
    let (calm, slow): (At, At) = (|_| (20, 80.0, 0), |_| (20, 160.0, 0));
    let back = trend(&[day(1, calm), day(2, slow), day(3, calm)]);
    assert_eq!((back.outcome(), back.since()), (Change::Same, None));
    assert_eq!(back.sentences[0], "About the same over 3 runs.");
    let mut other = day(4, calm);
    other.header.target = "http://elsewhere.test".to_owned();
    let unlike = trend(&[day(1, calm), day(2, calm), other]);
    assert!(unlike.sentences.iter().any(|said| said.starts_with("Note: run 3 is not like for like")), "{unlike:?}");
    assert_eq!(trend(&[]).sentences, ["There is nothing to compare with."]);
}
