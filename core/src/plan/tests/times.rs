use serde_json::{Value, json};

use super::{Actor, Says, compiled, get, one_task, says};
use crate::plan::{Inputs, Next, Plan, Slice, Supply};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What happened in how many milliseconds, as `what due/started/done`. The path of a request says how long it takes.
fn timed(scenario: &Value, until_ms: u64) -> Vec<String> {
    let plan = compiled(scenario, &Inputs::default());
    let supply = Supply::new(&plan, Slice::WHOLE);
    Actor::new(&plan, &supply, 1).act(until_ms, &mut server()).timed()
}

fn server() -> impl FnMut(&crate::traffic::Draft) -> Says {
    |draft| Says { took_ms: draft.target[1..].parse().unwrap_or(100), ..says("") }
}

fn wait(ms: u64) -> Value {
    json!({ "pause": { "for": format!("{ms}ms") } })
}

#[test]
fn a_request_is_due_when_the_last_answer_or_pause_ended() {
    let steps = json!([get("/100"), get("/50"), wait(30), get("/20")]);
    assert_eq!(
        timed(&one_task(steps.clone(), json!({})), 9_000),
        [
            "GET /100 0/0/100",
            "GET /50 100/100/150",
            "pause 150/150/180",
            "GET /20 180/180/200",
            "Task ok 0/0/170",
            "left 200/200/200",
        ]
    );
    // Woken 5 ms late: due at the end of the pause, so the response time includes them.
    let plan = compiled(&one_task(steps, json!({})), &Inputs::default());
    let supply = Supply::new(&plan, Slice::WHOLE);
    let mut actor = Actor::new(&plan, &supply, 1);
    actor.late_us = 5_000;
    let timed = actor.act(9_000, &mut server()).timed();
    assert_eq!(timed[3..5], ["GET /20 180/185/205", "Task ok 0/0/175"]);
}

#[test]
fn who_arrives_late_was_due_earlier() {
    let plan =
        compiled(&one_task(json!([get("/10")]), json!({ "user": { "on_arrival": [get("/20")] } })), &Inputs::default());
    let supply = Supply::new(&plan, Slice::WHOLE);
    let mut actor = Actor::new(&plan, &supply, 1);
    actor.person = crate::plan::Person::new(&plan, 0, 1, 1, 1_000_000);
    actor.now_us = 1_300_000;
    assert_eq!(
        actor.act(9_000, &mut server()).timed(),
        ["GET /20 1000/1300/1320", "GET /10 1320/1320/1330", "Task ok 1320/1320/1330", "left 1330/1330/1330",]
    );
}

#[test]
fn groups_leave_pauses_out_and_are_measured_even_when_left() {
    let failing =
        json!({ "request": { "name": "f", "url": "/30", "check": [{ "status": 404, "if_not": "skip_task" }] } });
    let group = |name: &str, steps: Value| json!({ "group": { "name": name, "steps": steps } });
    let steps = json!([
        group("outer", json!([get("/10"), wait(500), group("inner", json!([get("/20"), wait(100)])), group("quiet", json!([]))])),
        { "group": { "name": "unmeasured", "measured": false, "steps": [get("/5")] } },
        group("left", json!([wait(1_000), failing, get("/7")])),
    ]);
    let timed = timed(&one_task(steps, json!({})), 9_000);
    let groups: Vec<&str> = timed.iter().map(String::as_str).filter(|line| !line.starts_with(['G', 'p'])).collect();
    assert_eq!(
        groups,
        [
            "inner ok 510/510/530",
            "quiet ok 630/630/630",
            "outer ok 0/0/30",
            "left failed: status 635/635/665",
            "Task failed: status 0/0/65",
            "left 1665/1665/1665",
        ]
    );
}

#[test]
fn a_group_left_on_arrival_ends_there() {
    let failing =
        json!({ "request": { "name": "f", "url": "/30", "check": [{ "status": 404, "if_not": "skip_task" }] } });
    let user = json!({ "on_arrival": [{ "group": { "name": "sign in", "steps": [failing, get("/7")] } }] });
    let lines = timed(&one_task(json!([get("/10")]), json!({ "user": user })), 9_000);
    assert_eq!(lines[1..], ["sign in failed: status 0/0/30", "GET /10 30/30/40", "Task ok 30/30/40", "left 40/40/40"]);
}

#[test]
fn requests_at_the_same_time_are_all_due_at_once() {
    let parallel = |at_once: Option<u32>, steps: Value| json!([{ "parallel": { "at_once": at_once.unwrap_or(6), "steps": steps } }, get("/1")]);
    let steps = json!([get("/100"), get("/50"), get("/60"), { "note": "a picture" }]);
    assert_eq!(
        timed(&one_task(parallel(None, steps.clone()), json!({})), 9_000),
        [
            "GET /50 0/0/50",
            "GET /60 0/0/60",
            "GET /100 0/0/100",
            "GET /1 100/100/101",
            "Task ok 0/0/101",
            "left 101/101/101",
        ]
    );
    assert_eq!(
        timed(&one_task(parallel(Some(2), steps), json!({})), 9_000)[..4],
        ["GET /50 0/0/50", "GET /100 0/0/100", "GET /60 0/50/110", "GET /1 110/110/111",]
    );
    let wrong = one_task(parallel(None, json!([wait(5)])), json!({}));
    assert_eq!(
        super::refused(&wrong, &Inputs::default()),
        ["parallel-not-request users[0].tasks[0].steps[0].parallel.steps[0]"]
    );
}

/// Mean, smallest and largest of many pauses, in milliseconds.
fn pauses(pause: Value) -> (f64, u64, u64) {
    let user = json!({ "pause": pause, "leaves_after": 601 });
    let plan = compiled(&one_task(json!([get("/10")]), json!({ "user": user })), &Inputs::default());
    let supply = Supply::new(&plan, Slice::WHOLE);
    let mut actor = Actor::new(&plan, &supply, 1);
    actor.act(u64::MAX / 1_000, &mut server());
    let rests: Vec<_> = actor.events.iter().filter(|event| event.what == "rest").collect();
    let lengths: Vec<u64> = rests.iter().map(|event| event.times.2 - event.times.1).collect();
    assert_eq!(lengths.len(), 600, "none before the first task and none after the last");
    let mean = lengths.iter().sum::<u64>() as f64 / lengths.len() as f64;
    (mean, *lengths.iter().min().expect("600"), *lengths.iter().max().expect("600"))
}

#[test]
fn pauses_have_the_length_that_is_asked_for() {
    assert_eq!(pauses(json!({ "for": "2s" })), (2_000.0, 2_000, 2_000));
    let (mean, low, high) = pauses(json!({ "between": ["1s", "3s"] }));
    // The mean of 600 is within four standard errors: 2000 ± 95.
    assert!((1_905.0..=2_095.0).contains(&mean) && low >= 1_000 && high <= 3_000, "{mean} {low} {high}");
    assert!(low < 1_050 && high > 2_950, "{low} {high}");
    let (mean, low, high) = pauses(json!({ "normal": { "mean": "1s", "deviation": "300ms" } }));
    assert!((951.0..=1_049.0).contains(&mean) && low < 500 && high > 1_500, "{mean} {low} {high}");
    let (_, low, _) = pauses(json!({ "normal": { "mean": "100ms", "deviation": "1s" } }));
    assert_eq!(low, 0);
    let (mean, _, high) = pauses(json!({ "exponential": "1s" }));
    assert!((837.0..=1_163.0).contains(&mean) && high > 4_000, "{mean} {high}");
}

#[test]
fn pacing_starts_on_schedule_whatever_an_answer_took() {
    let paced = |pause: Value, path: &str| {
        let user = json!({ "pause": pause, "leaves_after": 3, "on_arrival": [get("/40")] });
        timed(&one_task(json!([get(path)]), json!({ "user": user })), 9_000)
            .into_iter()
            .filter(|line| line.starts_with("GET"))
            .collect::<Vec<_>>()
    };
    let quick = ["GET /40 0/0/40", "GET /100 40/40/140", "GET /100 1040/1040/1140", "GET /100 2040/2040/2140"];
    assert_eq!(paced(json!({ "pacing": "1s" }), "/100"), quick);
    assert_eq!(paced(json!({ "per_minute": 60 }), "/100"), quick);
    // Too slow for the schedule: each starts at once but was due earlier.
    assert_eq!(
        paced(json!({ "pacing": "1s" }), "/1500"),
        ["GET /40 0/0/40", "GET /1500 40/40/1540", "GET /1500 1040/1540/3040", "GET /1500 2040/3040/4540",]
    );
}

#[test]
fn arrival_and_leaving_are_done_exactly_once() {
    let user = json!({ "leaves_after": 3, "on_arrival": [get("/1")], "before_leaving": [get("/2")] });
    let lines = timed(&one_task(json!([get("/3")]), json!({ "user": user })), 9_000);
    let paths: String = lines.iter().filter_map(|line| line.strip_prefix("GET /")?.get(..1)).collect();
    assert_eq!(paths, "13332");
    let scenario = one_task(json!([]), json!({ "user": { "on_arrival": [get("/1")], "tasks": [] } }));
    assert_eq!(timed(&scenario, 9_000), ["GET /1 0/0/1", "left 1/1/1"]);
}

/// Lets a person act until `ask_ms`, asks them to leave, and gives what happens then.
fn asked(plan: &Plan, ask_ms: u64) -> Vec<String> {
    let supply = Supply::new(plan, Slice::WHOLE);
    let mut actor = Actor::new(plan, &supply, 1);
    actor.act(ask_ms, &mut server());
    actor.events.clear();
    actor.now_us = actor.now_us.max(ask_ms * 1_000);
    actor.person.ask_to_leave();
    actor.act(9_000_000, &mut server());
    assert!(matches!(actor.person.next(plan, &actor.world()), Next::Leave(_)), "nothing comes after leaving");
    actor.timed()
}

#[test]
fn who_is_asked_to_leave_finishes_the_task_but_no_pause_between_tasks() {
    let user = json!({
        "leaves_after": 9, "pause": { "for": "10s" },
        "on_arrival": [get("/100"), wait(500), get("/101")], "before_leaving": [get("/2")],
    });
    let plan =
        compiled(&one_task(json!([get("/300"), wait(400), get("/301")]), json!({ "user": user })), &Inputs::default());
    // In a pause on arrival: the arrival is finished, and no task begins.
    assert_eq!(
        asked(&plan, 200),
        ["pause 200/200/600", "GET /101 600/600/701", "GET /2 701/701/703", "left 703/703/703"]
    );
    // In a task: it is finished.
    assert_eq!(
        asked(&plan, 1_200),
        [
            "pause 1200/1200/1401",
            "GET /301 1401/1401/1702",
            "Task ok 701/701/1302",
            "GET /2 1702/1702/1704",
            "left 1704/1704/1704",
        ]
    );
    // In a pause between tasks: at once, and what is done before leaving is due then.
    assert_eq!(asked(&plan, 5_000), ["GET /2 5000/5000/5002", "left 5002/5002/5002"]);
    let paced = json!({ "leaves_after": 9, "pause": { "pacing": "10s" }, "before_leaving": [get("/2")] });
    let plan = compiled(&one_task(json!([get("/300")]), json!({ "user": paced })), &Inputs::default());
    assert_eq!(asked(&plan, 5_000), ["GET /2 5000/5000/5002", "left 5002/5002/5002"]);
}
