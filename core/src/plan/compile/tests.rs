use serde_json::{Value, json};

use super::*;
use crate::plan::curve::Curve;
use crate::plan::tests::{compiled, get, one_task, refused};
use crate::scaling::Along;
use crate::verdict::{Measure, Side};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The corner points of the curve, as `seconds:level`.
fn points(load: &Value, inputs: &Inputs) -> String {
    let plan = compiled(&one_task(json!([get("/a")]), json!({ "load": load })), inputs);
    let shown = plan.load.curve.points().into_iter().map(|(at, level)| format!("{}:{level}", at as f64 / 1e6));
    format!("{}{}", if plan.load.open { "arrivals " } else { "" }, shown.collect::<Vec<_>>().join(" "))
}

#[test]
fn stages_shapes_and_what_overrides_them() {
    let none = Inputs::default;
    let people = |people| Inputs { people: Some(people), ..none() };
    let arrivals = |arrivals| Inputs { arrivals: Some(arrivals), ..none() };
    let lasting = |secs| Inputs { duration: Some(Span::from_secs(secs)), ..none() };
    let stage = |to: f64, secs: u64| Stage { to: Some(to), over: Span::from_secs(secs), ..Stage::default() };
    let ramp = json!({ "people": [{ "to": 10, "over": "10s" }, { "to": 10, "over": "20s" }] });
    let jump = json!({ "start": 2, "people": [{ "to": 2, "over": "5s" }, { "to": 8 }] });
    let open = json!({ "arrivals": [{ "to": 4, "over": "10s" }] });
    let rush = json!({ "shape": "sudden_rush", "busy": 10 });
    let rows = [
        (&ramp, none(), "0:0 10:10 30:10"),
        (&ramp, people(20), "0:0 10:20 30:20"),
        (&ramp, lasting(6), "0:0 2:10 6:10"),
        (&ramp, lasting(60), "0:0 20:10 60:10"),
        (&ramp, Inputs { people: Some(5), ..lasting(60) }, "0:0 20:5 60:5"),
        (&ramp, arrivals(5.0), "arrivals 0:0 10:5 30:5"),
        (&ramp, Inputs { stages: vec![stage(3.0, 2), stage(6.0, 0), stage(6.0, 4)], ..none() }, "0:0 2:3 2:6 6:6"),
        (&ramp, Inputs { stages: vec![stage(3.0, 2)], ..people(30) }, "0:0 2:30"),
        (&jump, none(), "0:2 5:2"),
        (&jump, lasting(7), "0:2 7:2"),
        (&json!({ "people": [{ "to": 8 }] }), lasting(7), "0:8 7:8"),
        (&open, none(), "arrivals 0:0 10:4"),
        (&open, arrivals(8.0), "arrivals 0:0 10:8"),
        (&open, people(6), "0:0 10:6"),
        (&rush, none(), "0:2 60:2 70:30 130:30 140:2 230:2"),
        (&rush, people(20), "0:4 60:4 70:60 130:60 140:4 230:4"),
        (&rush, arrivals(6.0), "arrivals 0:0.4 60:0.4 70:6 130:6 140:0.4 230:0.4"),
        (&rush, lasting(23), "0:2 6:2 7:30 13:30 14:2 23:2"),
        (&json!({ "shape": "normal_day" }), none(), "0:0 120:60 600:60 660:0"),
        (&json!({}), people(3), "0:3 10:3"),
        (&json!({}), Inputs { people: Some(3), ..lasting(25) }, "0:3 25:3"),
    ];
    for (load, inputs, wanted) in rows {
        assert_eq!(points(load, &inputs), wanted, "{load} {inputs:?}");
    }
}

#[test]
fn loads_that_make_no_sense_are_refused() {
    let rows = [
        (json!({}), "no-load load"),
        (json!({ "people": [{ "to": 5 }] }), "no-load load"),
        (json!({ "limit": { "people": 5, "start": 9 } }), "limit-begins-above load"),
        (json!({ "people": [{ "to": 0, "over": "10s" }] }), "no-load load"),
        (json!({ "people": [{ "to": 2_000_000, "over": "10s" }] }), "load-absurd load"),
    ];
    for (load, wanted) in rows {
        let found = refused(&one_task(json!([get("/a")]), json!({ "load": load.clone() })), &Inputs::default());
        assert!(found.contains(&wanted.to_owned()), "{load}: {found:?}");
    }
}

#[test]
fn where_arrivals_are_counted_people_leave_after_one_task() {
    let leaves = |load: Value, user: Value| {
        let mut scenario = one_task(json!([get("/a")]), json!({ "load": load, "user": user }));
        scenario["users"][0].as_object_mut().expect("an object").remove("leaves_after");
        compiled(&scenario, &Inputs::default()).types[0].leaves_after
    };
    let open = || json!({ "arrivals": [{ "to": 1, "over": "10s" }] });
    assert_eq!(leaves(open(), json!({})), Some(1));
    assert_eq!(leaves(open(), json!({ "exactly": 2 })), None);
    assert_eq!(leaves(json!({ "people": [{ "to": 1, "over": "10s" }] }), json!({})), None);
}

fn with_goals(goals: Value) -> Value {
    let steps = json!([{ "group": { "name": "Buy", "steps": [get("/pay")] } }]);
    one_task(steps, json!({ "goals": goals }))
}

#[test]
fn goals_become_limits_in_numbers() {
    let goals = json!([
        { "p95": { "below": "800ms" } },
        { "p99.9": { "below": "2s", "of": "/pay", "over_last": "60s", "latency": "service" } },
        { "failures": { "below": "1.5%", "of": "Buy" } },
        { "throughput": { "above": "90/min", "of": "Task" } },
    ]);
    let plan = compiled(&with_goals(goals), &Inputs::default());
    let shown: Vec<_> =
        plan.goals.iter().map(|goal| (goal.measure, goal.side, goal.limit, goal.of.as_deref())).collect();
    assert_eq!(
        shown,
        [
            (Measure::Percentile(95.0), Side::Below, 800_000.0, None),
            (Measure::Percentile(99.9), Side::Below, 2_000_000.0, Some("/pay")),
            (Measure::FailureShare, Side::Below, 0.015, Some("Buy")),
            (Measure::Throughput, Side::Above, 1.5, Some("Task")),
        ]
    );
    assert_eq!(
        (plan.goals[1].over_last, plan.goals[1].latency),
        (Some(Span::from_secs(60)), crate::verdict::Latency::Service)
    );
}

#[test]
fn goals_that_make_no_sense_are_refused() {
    let rows = [
        (json!({ "p95": { "below": "800ms", "of": "/pax" } }), "unknown-goal-name"),
        (json!({ "p95": { "below": "800ms", "above": "1s" } }), "goal-without-limit"),
        (json!({ "p95": {} }), "goal-without-limit"),
        (json!({ "p95": { "below": "800" } }), "bad-limit"),
        (json!({ "p95": { "below": "1%" } }), "bad-limit"),
        (json!({ "failures": { "below": "1" } }), "bad-limit"),
        (json!({ "failures": { "below": "101%" } }), "bad-limit"),
        (json!({ "throughput": { "above": "5" } }), "bad-limit"),
        (json!({}), "goal-without-measure"),
    ];
    for (goal, code) in rows {
        assert_eq!(refused(&with_goals(json!([goal])), &Inputs::default()), [format!("{code} goals[0]")], "{goal}");
    }
}

#[test]
fn the_search_for_the_limit_stops_where_a_goal_is_broken() {
    let rules = |load: Value| {
        let mut scenario = with_goals(json!([{ "p95": { "below": "1s" } }]));
        scenario["load"] = load;
        scenario["stop_early"] = json!([{ "failures": { "above": "50%", "for": "5s" } }]);
        let plan = compiled(&scenario, &Inputs::default());
        plan.stop_rules
            .iter()
            .map(|rule| (rule.goal.measure, rule.goal.side, rule.hold.us() / 1_000_000))
            .collect::<Vec<_>>()
    };
    let failures = (Measure::FailureShare, Side::Above, 5);
    assert_eq!(rules(json!({ "shape": "normal_day" })), [failures]);
    assert_eq!(rules(json!({ "shape": "find_the_limit" })), [failures], "the search itself looks at goals");
}

#[test]
fn a_search_for_the_limit_begins_low_and_ends_at_the_most() {
    let number = |inputs: Inputs, load: Value| {
        let mut scenario = with_goals(json!([{ "p95": { "below": "1s" } }]));
        scenario["load"] = load;
        let search = compiled(&scenario, &inputs).load.search;
        search.map(|search| (search.along, search.start, search.most, search.step.us() / 1_000_000))
    };
    let plain = Inputs::default;
    let asked = |limit: LimitSearch| Inputs { limit: Some(limit), ..plain() };
    let stages = json!({ "people": [{ "to": 40, "over": "1min" }] });
    let (people, arrivals) = (Along::People, Along::Arrivals);
    let rows = [
        (plain(), json!({ "shape": "find_the_limit", "busy": 20 }), Some((people, 5.0, 200.0, 10))),
        (plain(), json!({ "shape": "normal_day" }), None),
        (plain(), json!({ "limit": { "arrivals": 400, "start": 5, "step": "3s" } }), Some((arrivals, 5.0, 400.0, 3))),
        (Inputs { people: Some(80), ..plain() }, json!({ "limit": { "people": 400 } }), Some((people, 2.0, 80.0, 10))),
        (asked(LimitSearch::default()), json!({ "limit": { "arrivals": 400 } }), Some((arrivals, 10.0, 400.0, 10))),
        (asked(LimitSearch::default()), stages.clone(), Some((people, 10.0, 400.0, 10))),
        (asked(LimitSearch { start: Some(4.0), ..LimitSearch::default() }), stages, Some((people, 4.0, 400.0, 10))),
    ];
    for (inputs, load, wanted) in rows {
        assert_eq!(number(inputs, load.clone()), wanted, "{load}");
    }
}

#[test]
fn a_load_is_shown_as_it_will_be_run() {
    let loads = [
        json!({ "shape": "normal_day", "busy": 20 }),
        json!({ "shape": "find_the_limit", "busy": 7 }),
        json!({ "limit": { "people": 90, "start": 4, "step": "20s", "confirm": "3min" } }),
        json!({ "limit": { "arrivals": 50 } }),
        json!({ "start": 2, "people": [{ "to": 40, "over": "1min" }, { "to": 40, "over": "2min" }] }),
        json!({ "arrivals": [{ "to": 5, "over": "30s" }] }),
    ];
    for load in loads {
        let mut scenario = with_goals(json!([{ "p95": { "below": "1s" } }]));
        scenario["load"] = load.clone();
        let plan = compiled(&scenario, &Inputs::default()).load;
        let asked = crate::scenario::read(&scenario.to_string()).unwrap().0.load;
        let (start, stages) = load_stages(&asked);
        assert_eq!(Curve::new(start, &stages), plan.curve, "{load}");
        assert_eq!((load_search(&asked), load_is_open(&asked)), (plan.search, plan.open), "{load}");
    }
}

#[test]
fn lines_with_the_same_name_are_one_and_know_whose_they_are() {
    let task = |name: &str| json!({ "name": name, "steps": [get("/home"), get(&format!("/{name}"))] });
    let users = json!([
        { "name": "Anna", "on_arrival": [get("/in")], "tasks": [task("A"), task("B")] },
        { "name": "Ben", "tasks": [task("B")] },
    ]);
    let plan = compiled(&one_task(json!([]), json!({ "users": users })), &Inputs::default());
    let of = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let shown = plan.names.iter().map(|name| format!("{} {} {}", name.label, of(&name.user_type), of(&name.task)));
    assert_eq!(shown.collect::<Vec<_>>(), ["/in Anna -", "A Anna A", "/home - -", "/A Anna A", "B - B", "/B - B",]);
}

#[test]
fn targets_are_chosen_by_name_or_given() {
    let targets = json!([{ "name": "Here", "url": "http://a.test" }, { "name": "There", "url": "http://b.test" }]);
    let scenario = one_task(json!([get("/a")]), json!({ "targets": targets }));
    let chosen = |inputs: Inputs| compiled(&scenario, &inputs).target;
    assert_eq!(chosen(Inputs::default()).name, "Here");
    assert_eq!(chosen(Inputs { target: Some("There".to_owned()), ..Inputs::default() }).url, "http://b.test");
    let given = Inputs { base_url: Some("http://c.test".to_owned()), ..Inputs::default() };
    assert_eq!(chosen(given.clone()), TargetPlan { name: "Here".to_owned(), url: "http://c.test".to_owned() });
    let no_target = one_task(json!([get("/a")]), json!({ "targets": [] }));
    assert_eq!(compiled(&no_target, &given).target.name, "http://c.test");
    assert_eq!(refused(&no_target, &Inputs::default()), ["no-target the file"]);
    let wrong = Inputs { target: Some("Nowhere".to_owned()), ..Inputs::default() };
    assert!(refused(&scenario, &wrong).contains(&"no-target the file".to_owned()));
    let odd = Inputs { base_url: Some("shop.test".to_owned()), ..Inputs::default() };
    assert_eq!(refused(&scenario, &odd), ["bad-address the file"]);
}

#[test]
fn a_goal_about_a_task_that_tags_leave_out_is_not_judged() {
    let mut scenario =
        with_goals(json!([{ "p95": { "below": "1s", "of": "Other" } }, { "failures": { "below": "1%" } }]));
    let other = json!({ "name": "Other", "tags": ["other"], "steps": [get("/o")] });
    scenario["users"][0]["tasks"].as_array_mut().expect("tasks").push(other);
    assert_eq!(compiled(&scenario, &Inputs::default()).goals.len(), 2);
    let without = Inputs { skip_tags: vec!["other".to_owned()], ..Inputs::default() };
    assert_eq!(compiled(&scenario, &without).goals.len(), 1);
}
