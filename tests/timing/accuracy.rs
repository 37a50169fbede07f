//! The numbers against a server that knows the truth.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tidemark_core::plan::{Inputs, Plan};
use tidemark_core::stats::snapshot::Row;
use tidemark_engine::run::Ended;
use tidemark_tests::chance::binomial_999;
use tidemark_tests::drive::{Driven, drive, plan};

use crate::attempts::attempts;
use crate::known_server::{KnownServer, quantile};

/// 90 % take 30 ms, 8 % take 80 ms and 2 % take 200 ms: the tolerance is 0.3, 0.8 and 2 ms.
fn mixture() -> impl Iterator<Item = Duration> {
    (0..50).map(|turn| match turn {
        49 => Duration::from_millis(200),
        9 | 19 | 29 | 39 => Duration::from_millis(80),
        _ => Duration::from_millis(30),
    })
}

fn scenario(server: &KnownServer, users: &str, load: &str) -> Arc<Plan> {
    let text =
        format!(r#"{{ "format": 1, "targets": [{{ "url": "{}" }}], "users": {users}, "load": {load} }}"#, server.url());
    plan(&text, &Inputs { seed: 3, ..Inputs::default() })
}

fn one_request(pause: &str) -> String {
    format!(
        r#"[{{ "name": "V", "pause": {{ {pause} }}, "tasks": [{{ "name": "T", "steps": [{{ "request": {{ "url": "/a" }} }}] }}] }}]"#
    )
}

#[tokio::test]
async fn percentiles_are_within_1_percent_or_a_fifth_of_a_millisecond() {
    attempts(async || {
        let server = KnownServer::open(mixture());
        // No pauses: a plain loop, so that nothing but the server decides when the next request is due.
        let load = r#"{ "start": 8, "people": [{ "to": 8, "over": "7s" }] }"#;
        let run = drive(scenario(&server, &one_request(r#""for": "0ms""#), load), 0).await;
        let mut took = server.took();
        let all = run.all();
        assert_eq!(all.failed.total(), 0, "{}", run.failures());
        assert_eq!(all.ok, took.len() as u64, "both sides count the same");
        assert!(all.ok > 1_000, "{} requests say little about the 99th percentile", all.ok);
        let wrong = [0.5, 0.95, 0.99].into_iter().filter_map(|share| compare(&all, share, quantile(&mut took, share)));
        let wrong = wrong.collect();
        (run, wrong)
    })
    .await;
}

/// Says what is wrong with a percentile, compared with the server's own.
fn compare(all: &Row, share: f64, truth: Duration) -> Option<String> {
    let tolerance = (truth / 100).max(Duration::from_micros(200));
    let [response, service] =
        [&all.response, &all.service].map(|hist| Duration::from_micros(hist.all().quantile(share).unwrap_or(0)));
    let line = format!("p{}: response {response:?}, service {service:?}, truth {truth:?}", share * 100.0);
    // Shown with --nocapture, and where the test fails.
    eprintln!("{line}");
    (response.abs_diff(truth) > tolerance || service.abs_diff(truth) > tolerance).then_some(line)
}

#[tokio::test]
async fn counts_are_exact_and_tasks_are_picked_by_their_weights() {
    let server = KnownServer::open([Duration::ZERO]);
    let users = r#"[{ "name": "V", "pause": { "for": "1ms" }, "tasks": [
        { "name": "Often", "weight": 70, "steps": [{ "request": { "url": "/often" } }] },
        { "name": "Now and then", "weight": 25, "steps": [{ "request": { "url": "/now-and-then" } }] },
        { "name": "Seldom", "weight": 5, "steps": [{ "request": { "url": "/seldom" } }] },
        { "name": "Never", "weight": 0, "steps": [{ "request": { "url": "/never" } }] } ] }]"#;
    let load = r#"{ "start": 10, "people": [{ "to": 10, "over": "60s" }], "repetitions": 6000 }"#;
    let run = drive(scenario(&server, users, load), 0).await;
    assert_eq!(run.ended, Ended::Finished);
    assert_eq!((run.all().ok, run.all().failed.total(), run.all().cut), (6_000, 0, 0), "{}", run.failures());
    let theirs = server.by_path();
    assert_eq!(theirs.values().sum::<u64>(), 6_000);
    for (label, path, share) in
        [("GET /often", "/often", 0.7), ("GET /now-and-then", "/now-and-then", 0.25), ("GET /seldom", "/seldom", 0.05)]
    {
        assert_eq!(run.row(label).finished(), theirs[path]);
        assert!(binomial_999(6_000, share).contains(&theirs[path]), "{path}: {}", theirs[path]);
    }
    assert!(!theirs.contains_key("/never"));
}

/// How much later than planned something may be seen by the server, connecting and the threads' turns included.
const SLACK: Duration = Duration::from_millis(80);

/// Whether things that happened at `times` follow the plan to within one: at the end of each second not fewer, with some
/// slack, and not more than planned. The run's second 0 began between `before` and `after`.
fn follows(
    times: &[Instant],
    planned: impl Fn(u64) -> f64,
    seconds: u64,
    before: Instant,
    after: Instant,
) -> Vec<String> {
    let by = |end: Instant| times.iter().filter(|time| **time < end).count() as f64;
    let mut wrong = Vec::new();
    for second in 1..=seconds {
        let end = Duration::from_secs(second);
        let (early, late) = (by(before + end), by(after + end + SLACK));
        let planned = planned(second * 1_000_000);
        if early > planned + 1.0 || late < planned - 1.0 {
            wrong.push(format!("by second {second}: {early} to {late} of {planned}"));
        }
    }
    wrong
}

/// Runs a plan, and says when its second 0 began: between these two.
async fn drive_between(plan: Arc<Plan>) -> (Driven, Instant, Instant) {
    let before = Instant::now();
    let run = drive(plan, 0).await;
    // The last second's length says when the run was over, and so when it began; starting took some milliseconds.
    let lasted: u64 = run.seconds.iter().map(|second| second.length_us).sum();
    let after = Instant::now() - Duration::from_micros(lasted);
    (run, before, after.max(before))
}

#[tokio::test]
async fn people_come_and_go_as_planned() {
    attempts(async || {
        let server = KnownServer::open([Duration::from_millis(2)]);
        let load = r#"{ "people": [{ "to": 30, "over": "4s" }, { "to": 30, "over": "1s" }, { "to": 10, "over": "2s" }, { "to": 10, "over": "1s" }] }"#;
        let plan = scenario(&server, &one_request(r#""for": "50ms""#), load);
        let (run, before, after) = drive_between(plan).await;
        assert_eq!(run.all().failed.total(), 0, "{}", run.failures());
        let curve = &run.plan.load.curve;
        let mut wrong: Vec<String> = Vec::new();
        for (second, seen) in run.seconds.iter().enumerate().take(8) {
            let planned = curve.people((second as u64 + 1) * 1_000_000 - 1);
            if seen.people.active.abs_diff(planned) > 1 {
                wrong.push(format!("second {second}: {} of {planned} people", seen.people.active));
            }
        }
        // On their way up, each person who comes opens a connection.
        wrong.extend(follows(&server.opened(), |at_us| f64::from(curve.people(at_us)), 5, before, after));
        (run, wrong)
    })
    .await;
}

#[tokio::test]
async fn arrivals_come_as_planned() {
    attempts(async || {
        let server = KnownServer::open([Duration::from_millis(2)]);
        let load =
            r#"{ "arrivals": [{ "to": 100, "over": "3s" }, { "to": 100, "over": "2s" }, { "to": 20, "over": "2s" }] }"#;
        let (run, before, after) = drive_between(scenario(&server, &one_request(r#""for": "0ms""#), load)).await;
        assert_eq!(run.all().failed.total(), 0, "{}", run.failures());
        let curve = &run.plan.load.curve;
        let total = curve.area(u64::MAX);
        let asked = server.asked();
        assert!((asked.len() as f64 - total).abs() <= 1.0, "{} of {total}", asked.len());
        assert_eq!(run.all().ok, asked.len() as u64);
        let times: Vec<Instant> = asked.iter().map(|asked| asked.came).collect();
        let wrong = follows(&times, |at_us| curve.area(at_us), 7, before, after);
        (run, wrong)
    })
    .await;
}
