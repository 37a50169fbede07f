//! The plan against what is sent, in virtual time: exact counts, no waiting.

use std::sync::Arc;

use tidemark_core::plan::curve::Steer;
use tidemark_core::plan::dice::Dice;
use tidemark_core::plan::{Inputs, Plan, Supply, compile};
use tidemark_core::scenario;
use tidemark_core::stats::recorder::Recorder;
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::LocalSet;
use tokio::time::Instant;

use super::*;
use crate::alarm::Grain;
use crate::clock::Clock;
use crate::control::Control;
use crate::samples::Samples;
use crate::wire::{Wire, fake::Fake};

/// What came of a run in virtual time.
struct Seen {
    plan: Arc<Plan>,
    seconds: Vec<Snapshot>,
    /// When each request came, in microseconds, and its target.
    requests: Vec<(u64, String)>,
    samples: usize,
    ended_us: u64,
    reason: Option<String>,
    /// Whether answers might lie unread at the end.
    may_nap: bool,
}

fn plan(users: &str, load: &str) -> Arc<Plan> {
    let text = format!(
        r#"{{ "format": 1, "targets": [{{ "url": "http://127.0.0.1:1" }}], "users": {users}, "load": {load} }}"#
    );
    let (scenario, problems) = scenario::read(&text).expect("reads");
    assert!(problems.is_empty(), "{problems:?}");
    Arc::new(compile(&scenario, &Inputs { seed: 7, ..Inputs::default() }).expect("compiles"))
}

/// Acts a plan out on one worker against a server with this latency; `order` is given at its time.
async fn run(plan: Arc<Plan>, latency: impl Fn(u64) -> u64 + 'static, order: Option<(u64, Order)>) -> Seen {
    steered(plan, latency, order, &[]).await
}

/// The same, with changes of the load at their times.
async fn steered(
    plan: Arc<Plan>,
    latency: impl Fn(u64) -> u64 + 'static,
    order: Option<(u64, Order)>,
    steers: &[(u64, Steer)],
) -> Seen {
    let clock = Clock::start_at(Instant::now() + std::time::Duration::from_millis(1));
    let control = Arc::new(Control::new(&plan.load.curve));
    let supply = Arc::new(Supply::new(&plan, Slice::WHOLE));
    let wire = Wire::Fake(Fake { clock, latency: Box::new(latency), seen: RefCell::default() });
    let recorder = Recorder::new(plan.names.len(), 0);
    let samples = Samples::new(Dice::new(1, 1));
    let desk = Rc::new(Desk::new(plan.clone(), supply, control.clone(), clock, wire, recorder, samples, 0, u64::MAX));
    let (out, mut reports) = unbounded_channel();
    let worker = Worker::new(desk.clone(), Slice::WHOLE, 0, out, Arc::default());
    let ringing = desk.clone();
    LocalSet::new()
        .run_until(async move {
            let bell = tokio::task::spawn_local(async move { ringing.alarm.run(Grain::Runtime, |_| false).await });
            for (at_us, steer) in steers.iter().copied() {
                let desk = desk.clone();
                tokio::task::spawn_local(async move {
                    desk.alarm.until(at_us).await;
                    assert!(desk.control.steer(desk.clock.now_us(), steer), "{steer:?} at {at_us} changes the load");
                });
            }
            if let Some((at_us, order)) = order {
                let desk = desk.clone();
                tokio::task::spawn_local(async move {
                    desk.alarm.until(at_us).await;
                    desk.control.give(order);
                });
            }
            worker.work().await;
            bell.abort();
            let mut seen = Seen {
                plan,
                seconds: Vec::new(),
                requests: Vec::new(),
                samples: 0,
                ended_us: clock.now_us(),
                reason: control.reason().map(|trouble| trouble.detail),
                may_nap: desk.may_nap(clock.now_us()),
            };
            while let Ok(report) = reports.try_recv() {
                match report {
                    Report::Second(_, snapshot) => seen.seconds.push(*snapshot),
                    Report::Sample(_) => seen.samples += 1,
                    Report::Done(_) | Report::Broken(_) => {}
                }
            }
            if let Wire::Fake(fake) = &desk.wire {
                seen.requests = fake.seen.take();
            }
            seen
        })
        .await
}

impl Seen {
    fn active(&self) -> Vec<u32> {
        self.seconds.iter().map(|second| second.people.active).collect()
    }

    fn counted(&self) -> (u64, u64) {
        let rows = self.seconds.iter().map(|second| second.all(&self.plan.names));
        rows.fold((0, 0), |(ok, cut), row| (ok + row.ok, cut + row.cut))
    }
}

const ONE: &str = r#"[{ "name": "V", "pause": { "for": "100ms" },
    "tasks": [{ "name": "T", "steps": [{ "request": { "url": "/a" } }] }] }]"#;

#[tokio::test(start_paused = true)]
async fn people_come_and_go_as_planned_and_each_request_is_counted_once() {
    let load = r#"{ "people": [{ "to": 10, "over": "5s" }, { "to": 10, "over": "3s" }, { "to": 2, "over": "0s" }, { "to": 2, "over": "2s" }] }"#;
    let seen = run(plan(ONE, load), |_| 20_000, None).await;
    for (second, active) in seen.active().into_iter().enumerate().take(10) {
        let planned = seen.plan.load.curve.people((second as u64 + 1) * 1_000_000 - 1);
        assert!(active.abs_diff(planned) <= 1, "second {second}: {active} of {planned}");
    }
    let (ok, cut) = seen.counted();
    assert_eq!((ok, cut), (seen.requests.len() as u64, 0));
    // 120 ms a round: the integral of people over time, divided by it.
    let expected = seen.plan.load.curve.area(u64::MAX) / 0.12;
    assert!((ok as f64 - expected).abs() < expected * 0.02, "{ok} of {expected}");
    assert!(seen.ended_us < 10_200_000, "{}", seen.ended_us);
}

#[tokio::test(start_paused = true)]
async fn arrivals_are_due_when_the_plan_says_and_a_full_house_lets_them_wait() {
    let load = r#"{ "arrivals": [{ "to": 20, "over": "5s" }, { "to": 20, "over": "5s" }], "at_most": 2 }"#;
    let seen = run(
        plan(ONE, load),
        |at_us| if (6_000_000..7_000_000).contains(&at_us) { 7_000_000 - at_us } else { 10_000 },
        None,
    )
    .await;
    assert_eq!(seen.requests.len(), 150);
    assert_eq!(seen.counted(), (150, 0));
    for second in 0..6 {
        let sent = seen.requests.iter().filter(|(at_us, _)| *at_us < second * 1_000_000).count() as f64;
        let planned = seen.plan.load.curve.area(second * 1_000_000);
        assert!((sent - planned).abs() <= 1.0, "by second {second}: {sent} of {planned}");
    }
    // During the stall two requests are under way and the others wait: that shows from when they were due, not from
    // when they were sent.
    let mut all = seen.seconds[0].all(&seen.plan.names);
    seen.seconds[1..].iter().for_each(|second| all.merge(&second.all(&seen.plan.names)));
    assert!(all.response.all().quantile(0.95).unwrap() > 500_000, "{:?}", all.response.all().quantile(0.95));
    assert!(all.service.all().quantile(0.95).unwrap() < 15_000, "{:?}", all.service.all().quantile(0.95));
    assert_eq!(seen.seconds.iter().map(|second| second.dropped).sum::<u64>(), 0);
    assert_eq!(seen.seconds.iter().map(|second| second.started).sum::<u64>(), 150);
    assert!(seen.seconds.iter().all(|second| second.people.planned == 0), "arrivals are no people that were planned");
}

#[tokio::test(start_paused = true)]
async fn a_stop_lets_people_finish_and_a_kill_cuts_what_is_under_way() {
    let users = r#"[{ "name": "V", "tasks": [{ "name": "T", "steps": [{ "request": { "url": "/a" } }, { "request": { "url": "/b" } }] }],
        "before_leaving": [{ "request": { "url": "/bye" } }] }]"#;
    let load = r#"{ "start": 4, "people": [{ "to": 4, "over": "60s" }] }"#;
    let stopped = run(plan(users, load), |_| 400_000, Some((5_100_000, Order::Stop))).await;
    assert_eq!(stopped.requests.iter().filter(|(_, target)| target == "/bye").count(), 4);
    let count = |target: &str| stopped.requests.iter().filter(|(_, sent)| sent == target).count();
    assert_eq!(count("/a"), count("/b"), "tasks are finished");
    assert_eq!(stopped.counted().1, 0);
    assert!((5_500_000..6_500_000).contains(&stopped.ended_us), "{}", stopped.ended_us);

    let killed = run(plan(users, load), |_| 400_000, Some((5_100_000, Order::Kill))).await;
    assert_eq!(killed.counted(), (killed.requests.len() as u64 - 4, 4));
    assert!(killed.ended_us < 5_110_000, "{}", killed.ended_us);
}

#[tokio::test(start_paused = true)]
async fn who_does_not_finish_in_time_is_cut_and_counted_as_cut() {
    let load = r#"{ "start": 3, "people": [{ "to": 3, "over": "2s" }], "let_people_finish": "1s" }"#;
    let seen = run(plan(ONE, load), |_| 60_000_000, None).await;
    assert_eq!(seen.counted(), (0, 3));
    assert!((3_000_000..3_200_000).contains(&seen.ended_us), "{}", seen.ended_us);
}

#[tokio::test(start_paused = true)]
async fn repetitions_end_the_run_and_are_never_exceeded() {
    let load = r#"{ "start": 7, "people": [{ "to": 7, "over": "1h" }], "repetitions": 100 }"#;
    let seen = run(plan(ONE, load), |_| 10_000, None).await;
    assert_eq!(seen.requests.len(), 100);
    assert!(seen.ended_us < 3_000_000, "{}", seen.ended_us);
}

#[tokio::test(start_paused = true)]
async fn visits_of_limited_length_are_followed_by_new_people() {
    let users = ONE.replace(
        r#""name": "V","#,
        r#""name": "V", "leaves_after": 2, "on_arrival": [{ "request": { "url": "/hello" } }],"#,
    );
    let load = r#"{ "start": 3, "people": [{ "to": 3, "over": "10s" }] }"#;
    let seen = run(plan(&users, load), |_| 100_000, None).await;
    let hellos = seen.requests.iter().filter(|(_, target)| target == "/hello").count();
    // A visit takes 100 ms of hello, two tasks of 100 ms and one pause between them.
    assert!((72..=78).contains(&hellos), "{hellos}");
    assert!(seen.active().iter().take(9).all(|active| *active == 3), "{:?}", seen.active());
}

#[tokio::test(start_paused = true)]
async fn a_person_may_be_removed_or_end_the_run() {
    let users = |what: &str| {
        format!(
            r#"[{{ "name": "V", "pause": {{ "for": "1s" }}, "tasks": [{{ "name": "T", "steps": [
                {{ "request": {{ "url": "/a", "check": [{{ "contains": "gold", "if_not": "{what}" }}] }} }}] }}] }}]"#
        )
    };
    let load = r#"{ "start": 5, "people": [{ "to": 5, "over": "1h" }] }"#;
    let removed = run(plan(&users("remove_person"), load), |_| 10_000, None).await;
    assert_eq!(removed.requests.len(), 5, "nobody comes instead");
    assert!(removed.ended_us < 2_000_000, "a run with nobody left is over: {}", removed.ended_us);
    assert!(removed.samples >= 1);
    let ended = run(plan(&users("stop_test"), load), |_| 10_000, None).await;
    assert!(ended.reason.is_some_and(|reason| reason.contains("gold")));
    assert!(ended.ended_us < 2_000_000, "{}", ended.ended_us);
}

#[tokio::test(start_paused = true)]
async fn pacing_keeps_its_schedule_and_a_late_start_counts_as_waiting() {
    let users = ONE.replace(r#"{ "for": "100ms" }"#, r#"{ "pacing": "1s" }"#);
    let load = r#"{ "start": 1, "people": [{ "to": 1, "over": "9500ms" }] }"#;
    let even = run(plan(&users, load), |_| 300_000, None).await;
    let at: Vec<u64> = even.requests.iter().map(|(at_us, _)| at_us / 1_000).collect();
    assert_eq!(at.len(), 10, "{at:?}");
    assert!(at.iter().enumerate().all(|(n, at)| at.abs_diff(n as u64 * 1_000) <= 2), "{at:?}");
    // One answer of 3.5 s makes the next three starts late by 2.5 s, 1.8 s, 1.1 s and so on.
    let late = run(plan(&users, load), |at_us| if at_us < 100_000 { 3_500_000 } else { 300_000 }, None).await;
    let mut all = late.seconds[0].all(&late.plan.names);
    late.seconds[1..].iter().for_each(|second| all.merge(&second.all(&late.plan.names)));
    assert!(
        (2_700_000..2_900_000).contains(&all.response.all().quantile(0.85).unwrap()),
        "{:?}",
        all.response.all().quantile(0.85)
    );
    assert!(all.service.all().quantile(0.85).unwrap() < 310_000);
}

#[tokio::test(start_paused = true)]
async fn a_repeat_that_neither_sends_nor_waits_holds_nobody_up() {
    let users = r#"[{ "name": "V", "tasks": [{ "name": "T", "steps": [
        { "repeat": { "during": "1h", "steps": [{ "save": { "name": "x", "value": 1 } }] } }] }] }]"#;
    let load = r#"{ "start": 2, "people": [{ "to": 2, "over": "2s" }], "let_people_finish": "1s" }"#;
    let seen = run(plan(users, load), |_| 1, None).await;
    assert!(seen.ended_us < 3_200_000, "{}", seen.ended_us);
    assert!(seen.seconds.len() >= 2);
}

#[tokio::test(start_paused = true)]
async fn who_still_waits_for_a_place_at_the_end_is_counted_as_dropped() {
    let load = r#"{ "start": 20, "arrivals": [{ "to": 20, "over": "3s" }], "at_most": 5, "let_people_finish": "2s" }"#;
    let seen = run(plan(ONE, load), |_| 1_000_000, None).await;
    let sum = |count: fn(&Snapshot) -> u64| seen.seconds.iter().map(count).sum::<u64>();
    assert_eq!(sum(|second| second.started) + sum(|second| second.dropped), 60);
    assert!(sum(|second| second.dropped) >= 30, "{}", sum(|second| second.dropped));
    assert!(seen.active().iter().take(4).all(|active| *active == 5), "{:?}", seen.active());
}

#[tokio::test(start_paused = true)]
async fn a_check_that_stands_alone_counts_among_the_failed_requests_and_has_no_time() {
    let users = r#"[{ "name": "V", "pause": { "for": "1s" }, "tasks": [{ "name": "T", "steps": [
        { "request": { "url": "/a" } }, { "check": { "value": "last.status", "is": "equal", "to": 201 } }] }] }]"#;
    let seen = run(plan(users, r#"{ "start": 1, "people": [{ "to": 1, "over": "5s" }] }"#), |_| 10_000, None).await;
    let mut all = seen.seconds[0].all(&seen.plan.names);
    seen.seconds[1..].iter().for_each(|second| all.merge(&second.all(&seen.plan.names)));
    assert_eq!((all.ok, all.failed.get(tidemark_core::traffic::Kind::CheckFailed)), (5, 5));
    assert_eq!(all.response.all().len(), 5, "nothing was sent for a check, so it has no time");
}

#[tokio::test(start_paused = true)]
async fn a_held_load_keeps_its_people_and_the_plan_goes_on_from_there() {
    let load = r#"{ "people": [{ "to": 10, "over": "10s" }, { "to": 0, "over": "0s" }, { "to": 0, "over": "1s" }] }"#;
    let steers = [(4_000_000, Steer::Hold), (9_000_000, Steer::Resume)];
    let seen = steered(plan(ONE, load), |_| 20_000, None, &steers).await;
    let active = seen.active();
    assert!(active[4..9].iter().all(|active| *active == 4), "{active:?}");
    assert!(active[14] >= 9, "{active:?}");
    assert!((16_000_000..16_300_000).contains(&seen.ended_us), "five seconds later than planned: {}", seen.ended_us);
    let planned: Vec<u32> = seen.seconds.iter().map(|second| second.people.planned).collect();
    assert_eq!(planned[4..9], [4; 5], "the plan is told as it is followed");
    assert_eq!(seen.counted().1, 0, "nothing was cut");
}

#[tokio::test(start_paused = true)]
async fn people_more_or_fewer_come_and_go_at_once() {
    let load = r#"{ "people": [{ "to": 5, "over": "0s" }, { "to": 5, "over": "9s" }] }"#;
    let steers = [(3_000_000, Steer::People(10)), (6_000_000, Steer::People(-13))];
    let seen = steered(plan(ONE, load), |_| 20_000, None, &steers).await;
    let active = seen.active();
    assert_eq!((active[1], active[4], active[7]), (5, 15, 2), "{active:?}");
    assert_eq!(seen.counted().1, 0, "who leaves finishes first");
}

#[tokio::test(start_paused = true)]
async fn a_rate_that_is_raised_loses_no_arrival() {
    let load = r#"{ "arrivals": [{ "to": 10, "over": "0s" }, { "to": 10, "over": "10s" }] }"#;
    let seen = steered(plan(ONE, load), |_| 5_000, None, &[(5_000_000, Steer::People(10))]).await;
    assert_eq!(seen.requests.len(), 150);
}

#[tokio::test(start_paused = true)]
async fn answers_may_lie_unread_only_where_nobody_goes_on_at_once() {
    let load = r#"{ "start": 3, "people": [{ "to": 3, "over": "2s" }] }"#;
    let step = |path: &str| format!(r#"{{ "request": {{ "url": "{path}" }} }}"#);
    let users = |pause: &str, steps: &[String]| {
        let steps = steps.join(", ");
        format!(r#"[{{ "name": "V", {pause} "tasks": [{{ "name": "T", "steps": [{steps}] }}] }}]"#)
    };
    let paused = r#""pause": { "for": "100ms" },"#;
    let kinds = [
        (users(paused, &[step("/a")]), cfg!(target_os = "linux")),
        (users(paused, &[step("/a"), step("/b")]), false),
        (users("", &[step("/a")]), false),
    ];
    for (users, may_nap) in kinds {
        let seen = run(plan(&users, load), |_| 20_000, None).await;
        assert_eq!(seen.may_nap, may_nap, "{users}");
    }
}
