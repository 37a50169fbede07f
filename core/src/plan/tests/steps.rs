use serde_json::{Value, json};

use super::{Actor, acted, compiled, get, one_task, refused, says, status};
use crate::plan::{Inputs, Slice, Supply};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What happened where every answer is `{"l": ["x","y"], "n": 3}`; without the last two lines of a good end.
fn done(steps: Value) -> String {
    let words = acted(&one_task(steps, json!({})), &mut |_| says(r#"{"l": ["x", "y"], "n": 3}"#));
    let paths = words.iter().map(|word| word.trim_start_matches("GET /"));
    paths.collect::<Vec<_>>().join(" ").trim_end_matches(" Task ok left").to_owned()
}

fn save(name: &str, path: &str) -> Value {
    json!({ "request": { "name": "s", "url": "/s", "save": [{ "name": name, "json": path, "pick": "all" }] } })
}

#[test]
fn repeats_go_round_as_often_as_they_should() {
    let a = || json!([get("/a")]);
    let rows = [
        (json!({ "repeat": { "times": 3, "steps": a() } }), "s a a a"),
        (json!({ "repeat": { "times": 0, "steps": a() } }), "s"),
        (json!({ "repeat": { "times": 9, "at_most": 2, "steps": a() } }), "s a a"),
        (json!({ "repeat": { "times": 3, "steps": [] } }), "s"),
        (
            json!({ "repeat": { "times": 2, "steps": [{ "repeat": { "times": 2, "steps": a() } }, get("/b")] } }),
            "s a a b a a b",
        ),
        (json!({ "repeat": { "for_each": "l", "as": "i", "steps": [get("/{{i}}")] } }), "s x y"),
        (json!({ "repeat": { "for_each": "{{l}}", "as": "i", "at_most": 1, "steps": [get("/{{i}}")] } }), "s x"),
        (json!({ "repeat": { "for_each": "none", "as": "i", "steps": [get("/{{i}}")] } }), "s"),
        (json!({ "repeat": { "for_each": "fixed", "as": "i", "steps": [get("/{{i}}{{repeat.index}}")] } }), "s 71 82"),
        (
            json!({ "repeat": { "until": { "value": "repeat.index", "is": "at_least", "to": 2 }, "steps": a() } }),
            "s a a",
        ),
        (json!({ "repeat": { "until": { "value": "last.status", "to": 200 }, "steps": a() } }), "s a"),
        (
            json!({ "repeat": { "until": { "value": "last.status", "to": 500 }, "at_most": 4, "steps": a() } }),
            "s a a a a",
        ),
        (json!({ "repeat": { "during": "250ms", "steps": a() } }), "s a a a"),
        (json!({ "repeat": { "during": "0s", "steps": a() } }), "s"),
    ];
    for (step, wanted) in rows {
        let none = json!({ "only_if": { "value": "n", "is": "missing", "then": [save("none", "$.none")] } });
        let fixed = json!({ "save": { "name": "fixed", "value": [7, 8] } });
        let steps = json!([{ "request": { "name": "s", "url": "/s", "save": [
            { "name": "l", "json": "$.l", }, { "name": "n", "json": "$.n" },
        ] } }, none, fixed, step]);
        assert_eq!(done(steps), wanted, "{step}");
    }
}

#[test]
fn steps_that_take_no_time_keep_nobody_else_from_theirs() {
    let steps =
        json!([{ "repeat": { "during": "10s", "steps": [{ "save": { "name": "x", "value": 1 } }] } }, get("/a")]);
    let plan = compiled(&one_task(steps, json!({})), &Inputs::default());
    let supply = Supply::new(&plan, Slice::WHOLE);
    let mut actor = Actor::new(&plan, &supply, 1);
    actor.act(20, &mut |_| says(""));
    assert!((15..=25).contains(&actor.events.len()), "a breath about every millisecond: {:?}", actor.events.len());
    // Tasks without a step, one after the other for ever: time goes on, too.
    let idle = one_task(json!([]), json!({ "user": { "leaves_after": 15_000 } }));
    let plan = compiled(&idle, &Inputs::default());
    let mut actor = Actor::new(&plan, &supply, 1);
    for _ in 0..20 {
        actor.person.next(&plan, &actor.world());
    }
    let mut waits = 0;
    for _ in 0..15_000 {
        if let crate::plan::Next::Wait(wait) = actor.person.next(&plan, &actor.world()) {
            actor.now_us = wait.until_us;
            waits += 1;
        }
    }
    assert!((2..=6).contains(&waits), "{waits}");
}

#[test]
fn conditions_lead_to_one_of_two_lanes() {
    let rows = [
        (json!({ "value": "n" }), "yes"),
        (json!({ "value": "none" }), "no"),
        (json!({ "value": "{{n}}", "to": 3 }), "yes"),
        (json!({ "value": "n", "to": "{{last.status}}" }), "no"),
        (json!({ "value": "n", "is": "above", "to": 3 }), "no"),
        (json!({ "all": [{ "value": "n" }, { "value": "none", "is": "missing" }] }), "yes"),
        (json!({ "any": [{ "value": "none" }, { "any": [{ "value": "n", "to": 3 }] }] }), "yes"),
        (json!({ "all": [{ "value": "n" }, { "value": "none" }] }), "no"),
    ];
    for (condition, wanted) in rows {
        let saves =
            json!([{ "name": "n", "json": "$.n" }, { "name": "none", "json": "$.none", "if_missing": "ignore" }]);
        let mut only_if = json!({ "then": [get("/yes")], "else": [get("/no")] });
        super::merge(&mut only_if, condition.clone());
        let steps =
            json!([{ "request": { "name": "s", "url": "/s", "save": saves } }, { "only_if": only_if }, get("/end")]);
        assert_eq!(done(steps), format!("s {wanted} end"), "{condition}");
    }
    let lone = json!([{ "only_if": { "value": "last.failed", "to": true, "then": [get("/yes")] } }, get("/end")]);
    assert_eq!(done(lone), "end");
}

#[test]
fn one_of_several_is_chosen_by_weight() {
    let option = |weight: f64, path: &str| json!({ "weight": weight, "steps": [get(path)] });
    let choose = |options: Value| json!([{ "choose": { "options": options } }, get("/end")]);
    assert_eq!(done(choose(json!([option(0.0, "/a"), option(1.0, "/b")]))), "b end");
    assert_eq!(done(choose(json!([option(0.0, "/a"), option(0.0, "/b")]))), "end");
    assert_eq!(done(choose(json!([]))), "end");
    let inner = json!([{ "choose": { "options": [option(3.0, "/c"), option(1.0, "/d")] } }]);
    let steps = choose(json!([option(1.0, "/a"), { "weight": 1, "steps": inner }]));
    let scenario = one_task(steps, json!({ "user": { "leaves_after": 400 } }));
    let plan = compiled(&scenario, &Inputs::default());
    let supply = Supply::new(&plan, Slice::WHOLE);
    let mut actor = Actor::new(&plan, &supply, 1);
    actor.act(3_600_000, &mut |_| says(""));
    let count = |path: &str| actor.drafts.iter().filter(|draft| draft.target == path).count();
    let counts = [count("/a"), count("/c"), count("/d"), count("/end")];
    assert!((160..=240).contains(&counts[0]) && (115..=185).contains(&counts[1]), "{counts:?}");
    assert_eq!((counts[0] + counts[1] + counts[2], counts[3]), (400, 400));
}

#[test]
fn a_failed_check_marks_its_group_and_task_and_does_what_it_says() {
    let rows: [(&str, &[&str]); 4] = [
        (
            "count",
            &[
                "GET /a (status: 500)",
                "GET /b",
                "G failed: status",
                "GET /c",
                "Task failed: status",
                "GET /bye",
                "left",
            ],
        ),
        ("skip_task", &["GET /a (status: 500)", "G failed: status", "Task failed: status", "GET /bye", "left"]),
        ("remove_person", &["GET /a (status: 500)", "G failed: status", "Task failed: status", "removed: status"]),
        ("stop_test", &["GET /a (status: 500)", "G failed: status", "Task failed: status", "stop: status"]),
    ];
    for (if_not, wanted) in rows {
        let a = json!({ "request": { "name": "a", "url": "/a", "check": [{ "status": 200, "if_not": if_not }] } });
        let steps = json!([{ "group": { "name": "G", "steps": [a, get("/b")] } }, get("/c")]);
        let scenario = one_task(steps, json!({ "user": { "before_leaving": [get("/bye")] } }));
        let mut server = |draft: &crate::traffic::Draft| status(if draft.target == "/a" { 500 } else { 200 });
        let words: Vec<String> = acted(&scenario, &mut server);
        let words: Vec<String> = words.iter().map(|word| shortened(word)).collect();
        assert_eq!(words, wanted, "{if_not}");
    }
}

/// Without the words of the reason, which judge's tests look at.
fn shortened(word: &str) -> String {
    match word.split_once("(status: ") {
        Some((before, _)) => format!("{before}(status: 500)"),
        None => word.to_owned(),
    }
}

#[test]
fn statuses_are_judged_even_where_nothing_is_said() {
    let failed = |steps: Value, code: u16| {
        acted(&one_task(steps, json!({})), &mut |_| status(code)).iter().any(|word| word.starts_with("Task failed"))
    };
    let expecting = |set: Value| json!([{ "request": { "name": "a", "url": "/a", "check": [{ "status": set }, { "within": "1s" }] } }]);
    let other = || json!([{ "request": { "name": "a", "url": "/a", "check": [{ "within": "1s" }] } }]);
    for (steps, code, wanted) in [
        (json!([get("/a")]), 204, false),
        (json!([get("/a")]), 302, false),
        (json!([get("/a")]), 404, true),
        (other(), 503, true),
        (other(), 200, false),
        (expecting(json!([404, "2xx"])), 404, false),
        (expecting(json!(404)), 200, true),
    ] {
        assert_eq!(failed(steps.clone(), code), wanted, "{steps} {code}");
    }
}

#[test]
fn a_check_can_stand_alone() {
    let check = |if_not: &str| json!({ "check": { "value": "n", "is": "equal", "to": 4, "if_not": if_not } });
    let saving = json!({ "request": { "name": "s", "url": "/s", "save": [{ "name": "n", "json": "$.n" }] } });
    assert_eq!(
        done(json!([saving, check("count"), get("/a")])),
        "s n should be equal 4 check: it was 3 a Task failed: check-failed left"
    );
    assert!(done(json!([saving, check("skip_task"), get("/a")])).ends_with("was 3 Task failed: check-failed left"));
    assert!(
        done(json!([saving, check("stop_test"), get("/a")])).ends_with("Task failed: check-failed stop: check-failed")
    );
    let alone = one_task(json!([{ "check": { "contains": "x" } }]), json!({}));
    assert_eq!(refused(&alone, &Inputs::default()), ["check-without-answer users[0].tasks[0].steps[0].check"]);
}

#[test]
fn groups_are_used_again_and_nested_but_not_in_a_circle() {
    let group =
        |name: &str, measured: bool, steps: Value| json!({ "name": name, "measured": measured, "steps": steps });
    let used = |name: &str| json!({ "use": { "group": name } });
    let groups = json!([
        group("pay", true, json!([get("/pay"), used("thank")])),
        group("thank", false, json!([get("/thanks")])),
        { "id": "g9", "name": "by id", "steps": [get("/id")] },
    ]);
    let scenario = |steps: Value, groups: &Value| one_task(steps, json!({ "groups": groups }));
    let words = acted(&scenario(json!([used("pay"), used("g9"), used("pay")]), &groups), &mut |_| says(""));
    let twice = ["GET /pay", "GET /thanks", "pay ok"];
    assert_eq!(words, [&twice[..], &["GET /id"], &twice, &["Task ok", "left"]].concat());
    let circle = json!([group("a", false, json!([used("b")])), group("b", false, json!([used("a")]))]);
    let none = Inputs::default();
    assert_eq!(refused(&scenario(json!([used("a")]), &circle), &none), ["group-cycle groups[1].steps[0].use"]);
    assert_eq!(
        refused(&scenario(json!([used("pax")]), &groups), &none),
        ["unknown-group users[0].tasks[0].steps[0].use"]
    );
}

#[test]
fn switched_off_steps_tasks_and_types_do_nothing() {
    let off = |mut step: Value| {
        step["off"] = json!(true);
        step
    };
    let steps = json!([off(get("/a")), get("/b"), { "note": "later" }, off(json!({ "repeat": { "times": 2, "steps": [get("/c")] } }))]);
    assert_eq!(done(steps), "b");
    let mut scenario = one_task(json!([get("/a")]), json!({}));
    scenario["users"][0]["off"] = json!(true);
    assert_eq!(refused(&scenario, &Inputs::default()), ["no-users the file"]);
    scenario["users"] = json!([{ "name": "Anna", "tasks": [{ "name": "T", "off": true, "steps": [get("/a")] }] }]);
    assert_eq!(refused(&scenario, &Inputs::default()), ["no-tasks users[0]"]);
}

#[test]
fn tags_and_weights_decide_which_tasks_there_are() {
    let task = |name: &str, weight: f64, tags: &[&str]| json!({ "name": name, "weight": weight, "tags": tags, "steps": [get("/a")] });
    let tasks =
        json!([task("A", 1.0, &["x"]), task("B", 3.0, &["x", "slow"]), task("C", 2.0, &[]), task("D", 0.0, &["x"])]);
    let scenario = one_task(json!([]), json!({ "user": { "tasks": tasks } }));
    let text = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
    for (only, skip, wanted) in [
        (&[][..], &[][..], "A17 B50 C33"),
        (&["x"][..], &[][..], "A25 B75"),
        (&["x"][..], &["slow"][..], "A100"),
        (&[][..], &["slow", "none"][..], "A33 C67"),
    ] {
        let inputs = Inputs { only_tags: text(only), skip_tags: text(skip), ..Inputs::default() };
        let plan = compiled(&scenario, &inputs);
        let kind = &plan.types[0];
        let shown = kind
            .tasks
            .iter()
            .enumerate()
            .map(|(at, task)| format!("{}{:.0}", super::label(&plan, task.name), kind.pick.share(at) * 100.0));
        assert_eq!(shown.collect::<Vec<_>>().join(" "), wanted);
    }
    let nothing = Inputs { only_tags: text(&["nothing"]), ..Inputs::default() };
    assert_eq!(refused(&scenario, &nothing), ["no-tasks the file"]);
    // A user type without any of the tags doesn't come; the others do.
    let mut two = scenario;
    let ben = json!({ "name": "Ben", "tasks": [task("E", 1.0, &["other"])] });
    two["users"].as_array_mut().expect("a list").push(ben);
    let plan = compiled(&two, &Inputs { only_tags: text(&["other"]), ..Inputs::default() });
    assert_eq!(plan.types.iter().map(|kind| kind.name.as_str()).collect::<Vec<_>>(), ["Ben"]);
}

#[test]
fn tasks_are_chosen_in_order_shuffled_or_by_weight() {
    let task = |name: &str, weight: f64| json!({ "name": name, "weight": weight, "steps": [get(&format!("/{name}"))] });
    let picks = |choose: &str, count: u32| {
        let tasks = json!([task("a", 6.0), task("b", 3.0), task("c", 1.0)]);
        let user = json!({ "tasks": tasks, "choose": choose, "leaves_after": count });
        let plan = compiled(&one_task(json!([]), json!({ "user": user })), &Inputs::default());
        let supply = Supply::new(&plan, Slice::WHOLE);
        let mut actor = Actor::new(&plan, &supply, 1);
        actor.act(3_600_000, &mut |_| says(""));
        actor.drafts.iter().map(|draft| draft.target[1..].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(picks("in_order", 7).concat(), "abcabca");
    let shuffled = picks("shuffled", 90);
    for round in shuffled.chunks(3) {
        let mut sorted = round.to_vec();
        sorted.sort();
        assert_eq!(sorted.concat(), "abc");
    }
    let orders: std::collections::HashSet<String> = shuffled.chunks(3).map(|round| round.concat()).collect();
    assert_eq!(orders.len(), 6, "every order comes: {orders:?}");
    let weighted = picks("by_weight", 500);
    let count = |path: &str| weighted.iter().filter(|pick| *pick == path).count();
    let counts = [count("a"), count("b"), count("c")];
    // 99.9 % of all seeds: 300 ± 36, 150 ± 34, 50 ± 22.
    assert!((264..=336).contains(&counts[0]) && (116..=184).contains(&counts[1]), "{counts:?}");
    assert!((28..=72).contains(&counts[2]), "{counts:?}");
}

#[test]
fn a_check_that_stands_alone_is_a_failed_request_of_its_own_wherever_it_stands() {
    let check = json!({ "check": { "value": "last.status", "is": "equal", "to": 201 } });
    let user = json!({ "on_arrival": [get("/hi"), check] });
    let words = acted(&one_task(json!([get("/a")]), json!({ "user": user })), &mut |_| says(""));
    let line = "last.status should be equal 201";
    let counted = ["GET /hi".to_owned(), format!("{line} check: it was 200"), "GET /a".to_owned()];
    assert_eq!(words[..3], counted, "{words:?}");
}
