#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::*;
use crate::stats::snapshot::{FailureCount, HealthSample, People, Row, Snapshot};
use crate::stats::{Name, NameId, NameKind};
use crate::units::Span;
use crate::verdict::goal::Measure;

/// A run of one name, "Pay", with steady numbers that a row of a table changes.
struct Run {
    seconds: u32,
    planned: u32,
    people: u32,
    per_second: u64,
    ms: fn(u32) -> u64,
    failed: fn(u32) -> (u64, Kind),
    suspect: u32,
    dropped: u64,
    ended: Ended,
    goals: Vec<Goal>,
}

fn steady() -> Run {
    Run {
        seconds: 100,
        planned: 100,
        people: 60,
        per_second: 20,
        ms: |_| 100,
        failed: |_| (0, Kind::Status),
        suspect: 0,
        dropped: 0,
        ended: Ended::Finished,
        goals: vec![within(800)],
    }
}

fn within(ms: u64) -> Goal {
    Goal::new(Measure::Percentile(95.0), Side::Below, ms as f64 * 1e3)
}

fn failures(share: f64) -> Goal {
    Goal::new(Measure::FailureShare, Side::Below, share)
}

fn timeline(run: &Run) -> Timeline {
    let name = Name { id: String::new(), label: "Pay".to_owned(), of: NameKind::Request, user_type: None, task: None };
    let mut timeline = Timeline::new(vec![name], 0);
    for second in 0..run.seconds {
        let (failed, kind) = (run.failed)(second);
        let mut row = Row { ok: run.per_second - failed, ..Row::default() };
        row.failed.add(kind, failed);
        row.response.ok.record_n((run.ms)(second) * 1_000, run.per_second);
        let failure = FailureCount { name: NameId(0), kind, detail: "503 try later".to_owned(), count: failed };
        timeline.push(&Snapshot {
            second,
            length_us: 1_000_000,
            people: People { planned: run.people, active: run.people, leaving: 0 },
            started: 20,
            dropped: run.dropped,
            rows: vec![row],
            failures: if failed > 0 { vec![failure] } else { Vec::new() },
            health: HealthSample { suspect: second < run.suspect, ..HealthSample::default() },
            ..Snapshot::default()
        });
    }
    timeline
}

fn verdict(run: &Run) -> Verdict {
    judge(&Case {
        timeline: &timeline(run),
        goals: &run.goals,
        planned_seconds: Some(run.planned),
        ended: &run.ended,
        worst: None,
        watched: &Watched::default(),
    })
}

use State::{CantTell, DidNotHoldUp, HeldUp, HeldUpWithWarnings};

#[test]
fn every_state_and_each_boundary() {
    type Change = fn(&mut Run);
    let rows: [(&str, State, Change); 29] = [
        ("all is well", HeldUp, |_| {}),
        ("no goals", CantTell, |run| run.goals.clear()),
        ("99 requests", CantTell, |run| (run.seconds, run.per_second) = (99, 1)),
        ("100 requests", HeldUp, |run| (run.seconds, run.per_second) = (100, 1)),
        ("stopped at 49 %", CantTell, |run| (run.seconds, run.ended) = (49, Ended::Stopped)),
        ("stopped at 50 %", HeldUp, |run| (run.seconds, run.ended) = (50, Ended::Stopped)),
        ("stopped at 51 %", HeldUp, |run| (run.seconds, run.ended) = (51, Ended::Stopped)),
        ("killed at 49 %", CantTell, |run| (run.seconds, run.ended) = (49, Ended::Killed)),
        ("broken off at 49 %", CantTell, |run| (run.seconds, run.ended) = (49, Ended::Broken("x".to_owned()))),
        ("a rule to stop held at 49 %", DidNotHoldUp, |run| {
            (run.seconds, run.ended) = (49, Ended::StopRule("more than 50 % fail for 30s".to_owned()));
        }),
        ("finished sooner than planned", HeldUp, |run| run.seconds = 40),
        ("1 % over the limit", DidNotHoldUp, |run| run.goals = vec![within(99)]),
        ("on the limit", HeldUpWithWarnings, |run| run.goals = vec![within(100)]),
        ("1 % under the limit", HeldUpWithWarnings, |run| run.goals = vec![within(101)]),
        ("9 % under the limit", HeldUpWithWarnings, |run| run.goals = vec![within(110)]),
        ("11 % under the limit", HeldUp, |run| run.goals = vec![within(113)]),
        ("slow, and this computer at its limit 5 % of the time", DidNotHoldUp, |run| {
            (run.goals, run.suspect) = (vec![within(50)], 5);
        }),
        ("slow, and this computer at its limit 6 % of the time", CantTell, |run| {
            (run.goals, run.suspect) = (vec![within(50)], 6);
        }),
        ("failing, whatever this computer did", DidNotHoldUp, |run| {
            (run.goals, run.suspect) = (vec![failures(0.01), within(50)], 50);
            run.failed = |second| (u64::from(second % 2 == 0), Kind::Status);
        }),
        ("good although this computer struggled", HeldUp, |run| run.suspect = 50),
        ("not sent for want of room: 10 %", CantTell, |run| {
            run.goals = vec![failures(0.01)];
            run.failed = |_| (2, Kind::NoRoom);
        }),
        ("1 % of failures where 1 % is allowed", HeldUpWithWarnings, |run| {
            run.goals = vec![failures(0.01)];
            run.failed = |second| (u64::from(second % 5 == 0), Kind::Status);
        }),
        ("few failed checks, below the goal", HeldUpWithWarnings, |run| {
            run.goals = vec![failures(0.1)];
            run.failed = |second| (u64::from(second == 50), Kind::CheckFailed);
        }),
        ("few other failures, below the goal", HeldUp, |run| {
            run.goals = vec![failures(0.1)];
            run.failed = |second| (u64::from(second == 50), Kind::Status);
        }),
        ("10 s with 5 % of failures", HeldUp, |run| {
            run.failed = |second| (u64::from((50..60).contains(&second)), Kind::Status);
        }),
        ("10 s with more than 5 % of failures", HeldUpWithWarnings, |run| {
            run.failed = |second| (u64::from((50..60).contains(&second)) * (1 + u64::from(second == 51)), Kind::Status);
        }),
        ("19 % slower in the last third", HeldUp, |run| run.ms = |second| if second < 60 { 100 } else { 119 }),
        ("25 % slower in the last third", HeldUpWithWarnings, |run| {
            run.ms = |second| if second < 60 { 100 } else { 125 }
        }),
        ("many arrivals could not start", HeldUpWithWarnings, |run| run.dropped = 1),
    ];
    for (what, wanted, change) in rows {
        let mut run = steady();
        change(&mut run);
        let verdict = verdict(&run);
        assert_eq!(verdict.state, wanted, "{what}: {:?}", verdict.sentences);
        let long = verdict.sentences.iter().find(|text| text.split_whitespace().count() > 22);
        assert_eq!(long, None, "{what}: too long");
    }
}

#[test]
fn goals_with_too_few_answers_are_neither_met_nor_missed() {
    let p99 = Goal::new(Measure::Percentile(99.0), Side::Below, 1_000.0);
    for (requests, met) in [(299, None), (300, Some(false))] {
        let run = Run { seconds: requests, per_second: 1, goals: vec![within(800), p99.clone()], ..steady() };
        let verdict = verdict(&run);
        assert_eq!(verdict.goals[1].met, met, "{requests} requests");
        assert_eq!(verdict.goals[1].enough, met.is_some());
        assert_eq!(verdict.goals[0].met, Some(true));
    }
    let only = Run { seconds: 120, per_second: 1, goals: vec![p99], ..steady() };
    assert_eq!(verdict(&only).state, CantTell);
    let unknown = Run { goals: vec![within(800).about("Nobody")], ..steady() };
    assert_eq!(verdict(&unknown).goals[0].got, None);
}

#[test]
fn a_goal_over_windows_is_as_good_as_its_worst_window() {
    let slow_minute = |second: u32| if (40..70).contains(&second) { 900 } else { 100 };
    let windows = |span: u64| within(800).in_every(Span::from_secs(span));
    for (goal, met) in [(windows(20), false), (windows(30), false), (windows(60), false), (windows(101), true)] {
        let run = Run { ms: slow_minute, goals: vec![goal.clone()], ..steady() };
        let met = if goal.over_last == Some(Span::from_secs(101)) { None } else { Some(met) };
        assert_eq!(verdict(&run).goals[0].met, met, "{}", goal.text);
    }
    let brief = Run { ms: |second| if second == 40 { 900 } else { 100 }, goals: vec![windows(60)], ..steady() };
    assert_eq!(verdict(&brief).goals[0].met, Some(true));
}

#[test]
fn sentences_say_what_happened_in_order() {
    let slow_and_failing = Run {
        people: 120,
        goals: vec![within(800), failures(0.01)],
        ms: |second| if second < 50 { 600 } else { 4_100 },
        failed: |second| (u64::from(second >= 60 && second % 2 == 0), Kind::Status),
        ..steady()
    };
    let slow = Run { ms: |second| if second < 50 { 600 } else { 4_100 }, ..steady() };
    let refused = Run { per_second: 20, failed: |_| (20, Kind::Refused), goals: vec![failures(0.01)], ..steady() };
    let rows = [
        (steady(), vec!["Held up with 60 people.", "Next: try more people."]),
        (
            slow_and_failing,
            vec![
                "Did not hold up with 120 people.",
                "Up to about 120 people everything met your goals.",
                "From 00:50 on, “Pay” slowed from 600 ms to 4.1 s (95 of 100).",
                "1 in 100 requests to “Pay” failed: answered 503 try later.",
                "Next: show this to whoever runs “Pay”.",
            ],
        ),
        (
            slow,
            vec![
                "Did not hold up with 60 people.",
                "Up to about 60 people everything met your goals.",
                "From 00:50 on, “Pay” slowed from 600 ms to 4.1 s (95 of 100).",
                "Next: show this to whoever runs “Pay”.",
            ],
        ),
        (
            refused,
            vec![
                "Did not hold up with 60 people.",
                "Missed from the start: at most 1 % fail.",
                "All requests to “Pay” failed: nothing is listening (503 try later).",
                "Next: check that the target is running, and its address.",
            ],
        ),
        (
            Run { goals: Vec::new(), ..steady() },
            vec!["Can't tell: no goals are set.", "Next: set a goal, such as 95 of 100 within 800 ms."],
        ),
        (
            Run { people: 0, goals: vec![within(105)], ..steady() },
            vec![
                "Held up with 20 arrivals per second, with warnings.",
                "Close to the limit: 95 of 100 within 105 ms (got 100 ms).",
                "Next: run it once more, for longer.",
            ],
        ),
    ];
    for (run, wanted) in rows {
        assert_eq!(verdict(&run).sentences, wanted);
    }
}

#[test]
fn a_verdict_survives_being_written() {
    let run = Run { ms: |second| if second < 50 { 600 } else { 4_100 }, suspect: 3, ..steady() };
    let verdict = verdict(&run);
    let text = serde_json::to_string(&verdict).unwrap();
    assert_eq!(serde_json::from_str::<Verdict>(&text).unwrap(), verdict);
    assert_eq!(verdict.caveats.len(), 1);
}

#[test]
fn a_step_that_slows_is_named_with_its_typical_times_and_whom_to_show_it_to() {
    let verdict = verdict(&Run { ms: |second| if second < 60 { 60 } else { 700 }, ..steady() });
    assert_eq!(verdict.state, State::HeldUpWithWarnings);
    let words = verdict.sentences.join(" ");
    let slowed =
        "It got slower over time: from 60 ms to 700 ms (95 of 100), most of all “Pay”: typically from 60 ms to 700 ms.";
    assert!(words.contains(slowed), "{words}");
    assert!(words.contains("Next: show this to whoever runs “Pay”."), "{words}");
}

#[test]
fn failures_in_a_run_shorter_than_ten_seconds_are_not_passed_over() {
    let failing = Run { seconds: 7, planned: 7, failed: |_| (6, Kind::Status), ..steady() };
    let verdict = verdict(&failing);
    assert_eq!(verdict.state, State::HeldUpWithWarnings, "{verdict:?}");
    assert!(verdict.sentences.contains(&"30 in 100 requests failed.".to_owned()), "{verdict:?}");
}
