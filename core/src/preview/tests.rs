use serde_json::{Value, json};

use super::*;
use crate::plan::{Inputs, Left, Next, Person, Slice, Supply, World, compile, shares};
use crate::scenario::read;
use crate::traffic::{Answer, Draft, Reply, Timing};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const ANSWER_US: u64 = 100_000;

fn read_in(scenario: &Value, inputs: &Inputs) -> (Scenario, Plan) {
    let (scenario, problems) = read(&scenario.to_string()).expect("it is an object");
    assert!(problems.is_empty(), "{problems:?}");
    let plan = compile(&scenario, inputs).unwrap_or_else(|problems| panic!("{problems:?}"));
    (scenario, plan)
}

fn previewed(scenario: &Value) -> Preview {
    let (scenario, plan) = read_in(scenario, &Inputs { seed: 7, ..Inputs::default() });
    preview(&plan, &scenario, &Options::USUAL)
}

fn get(name: &str, path: &str) -> Value {
    json!({ "request": { "name": name, "url": path } })
}

/// A shop with two user types; `more` replaces fields.
fn shop(more: Value) -> Value {
    let sign_in = json!({ "request": { "name": "Sign in", "method": "POST", "url": "/login",
        "json": { "email": "{{people.email}}", "password": "{{password}}" },
        "save": [{ "name": "token", "json": "$.token" }] } });
    let search = json!({ "request": { "name": "Search", "url": "/search", "query": { "q": "{{word}}" },
        "headers": { "Authorization": "Bearer {{token}}", "X-Key": "{{password}}" },
        "save": [{ "name": "ids", "json": "$.ids[*]", "pick": "all" }] } });
    let buy = json!([
        search,
        { "pause": { "between": ["1s", "3s"] } },
        { "repeat": { "for_each": "ids", "as": "id", "steps": [get("Product", "/products/{{id}}")] } },
        { "only_if": { "value": "last.status", "is": "above", "to": 400, "then": [get("Sorry", "/sorry")] } },
        { "group": { "name": "Checkout", "steps": [get("Pay", "/pay"), get("Thanks", "/thanks")] } },
    ]);
    let mut scenario = json!({
        "format": 1, "name": "Corner shop",
        "targets": [{ "name": "t", "url": "http://shop.test" }],
        "secrets": ["password"],
        "data": [{ "name": "people", "columns": ["email"], "rows": [["a@x"], ["b@x"], ["c@x"], ["d@x"]] }],
        "users": [
            { "name": "Visitor", "share": 70, "pause": { "between": ["1s", "4s"] }, "tasks": [
                { "name": "Browse", "weight": 60, "steps": [get("Home", "/"), { "pause": { "for": "2s" } }, get("List", "/list")] },
                { "name": "Look", "weight": 40, "steps": [get("Product", "/products/1")] },
                { "name": "Sleep", "weight": 0, "steps": [get("Bed", "/bed")] } ] },
            { "name": "Member", "share": 30, "pause": { "normal": { "mean": "2s", "deviation": "500ms" } },
              "on_arrival": [sign_in], "before_leaving": [get("Sign out", "/logout")], "tasks": [
                { "name": "Buy", "weight": 40, "steps": buy },
                { "name": "Browse", "weight": 60, "steps": [get("Home", "/"), { "off": true, "request": { "name": "Banner", "url": "/ad" } }] } ] },
        ],
        "load": { "people": [{ "to": 20, "over": "10s" }, { "to": 20, "over": "50s" }] },
    });
    for (key, value) in more.as_object().expect("an object").clone() {
        scenario[&key] = value;
    }
    scenario
}

fn with_secret(scenario: &Value, seed: u64) -> (Scenario, Plan) {
    let secrets = [("password".to_owned(), "hunter2!".to_owned())].into();
    read_in(scenario, &Inputs { seed, secrets, ..Inputs::default() })
}

fn shop_preview(more: Value) -> Preview {
    let (scenario, plan) = with_secret(&shop(more), 7);
    preview(&plan, &scenario, &Options::USUAL)
}

/// What a real run sends: the same machine, but every person of the whole load, with real answers.
struct Full<'p> {
    plan: &'p Plan,
    supply: Supply,
    requests: u64,
    bytes: u64,
    /// Which of several runs this is: each has chance of its own.
    run: u64,
}

impl Full<'_> {
    /// One person from `from_us` until they leave; asked to at `until_us`. Gives when and whether someone may follow.
    fn person(&mut self, kind: usize, stream: u64, from_us: u64, until_us: u64) -> (u64, bool) {
        let mut person = Person::new(self.plan, kind, self.supply.person(), stream, from_us);
        let (mut now_us, mut asked) = (from_us, false);
        for _ in 0..1_000_000 {
            if now_us >= until_us && !asked {
                asked = true;
                person.ask_to_leave();
            }
            let world = World { supply: &self.supply, now_us, started_wall_us: 0 };
            match person.next(self.plan, &world) {
                Next::Send(id, _) => {
                    let mut draft = Draft::default();
                    person.draft(self.plan, &world, id, &mut draft).expect("every value is there");
                    self.requests += 1;
                    self.bytes += draft.target.len() as u64;
                    let timing = Timing { sent_us: now_us, done_us: now_us + ANSWER_US, ..Timing::default() };
                    let body = br#"{"token":"abc","ids":[1,2,3]}"#.to_vec();
                    let answer = Answer { status: 200, body, ..Answer::default() };
                    now_us += ANSWER_US;
                    let world = World { now_us, ..world };
                    person.judge(self.plan, &world, id, &Reply { answer, timing, ..Reply::default() }, &|_| None);
                }
                Next::Wait(wait) if !asked => now_us = wait.until_us.min(until_us.max(now_us)),
                Next::Wait(wait) => now_us = wait.until_us,
                Next::Leave(left) => return (now_us, left == Left::Done && !asked),
                _ => {}
            }
        }
        panic!("no end");
    }

    fn closed(&mut self) {
        let load = &self.plan.load;
        let heads: Vec<_> = self.plan.types.iter().map(|kind| kind.heads).collect();
        let end_us = load.curve.duration().us();
        let mut there: Vec<Vec<u64>> = vec![Vec::new(); heads.len()];
        let mut stays = Vec::new();
        for at_us in (0..=end_us).step_by(1_000) {
            let people = if at_us == end_us { 0 } else { load.curve.people(at_us) };
            for (kind, wanted) in shares::apportion(people, &heads).into_iter().enumerate() {
                while there[kind].len() > wanted as usize {
                    stays.push((there[kind].pop().expect("someone"), kind, at_us));
                }
                there[kind].resize(wanted as usize, at_us);
            }
        }
        stays.sort_unstable();
        for (number, (from_us, kind, until_us)) in stays.into_iter().enumerate() {
            let (mut at_us, mut turn) = (from_us, 0);
            loop {
                let stream = (77 + self.run) << 40 | turn << 20 | number as u64;
                let (left_us, more) = self.person(kind, stream, at_us, until_us);
                if !more || left_us >= until_us {
                    break;
                }
                (at_us, turn) = (left_us, turn + 1);
            }
        }
    }

    fn open(&mut self) {
        let mut number = 0;
        while let Some(at_us) = self.plan.load.curve.arrival_us(number) {
            let kind = usize::from(number % 10 >= 7);
            self.person(kind, (77 + self.run) << 40 | number, at_us, u64::MAX);
            number += 1;
        }
    }
}

#[test]
fn the_estimate_is_within_a_tenth_of_a_full_run() {
    let visits = json!({ "leaves_after": 3, "on_arrival": [get("Hello", "/hello")], "before_leaving": [get("Bye", "/bye")],
        "pause": { "for": "1s" }, "name": "V", "tasks": [{ "name": "T", "steps": [get("a", "/a")] }] });
    let paced = json!({ "name": "P", "pause": { "pacing": "3s" }, "tasks": [{ "name": "T", "steps": [get("a", "/a"), get("b", "/b")] }] });
    let lazy =
        json!({ "name": "L", "pause": { "exponential": "8s" }, "tasks": [{ "name": "T", "steps": [get("a", "/a")] }] });
    let rows = [
        json!({}),
        json!({ "load": { "start": 20, "people": [{ "to": 20, "over": "60s" }] } }),
        json!({ "load": { "people": [{ "to": 60, "over": "1min" }, { "to": 5, "over": "0s" }, { "to": 30, "over": "3min" }] } }),
        json!({ "load": { "people": [{ "to": 3, "over": "1s" }, { "to": 3, "over": "30min" }] } }),
        json!({ "users": [visits] }),
        json!({ "users": [paced] }),
        json!({ "users": [lazy] }),
        json!({ "load": { "arrivals": [{ "to": 5, "over": "30s" }, { "to": 5, "over": "90s" }] } }),
    ];
    for more in rows {
        let (scenario, plan) = with_secret(&shop(more.clone()), 7);
        let preview = preview(&plan, &scenario, &Options::USUAL);
        // The mean of several runs: one run of 200 requests is off by a tenth by chance alone.
        let runs = 5;
        let (mut requests, mut bytes) = (0, 0);
        for run in 0..runs {
            let mut full = Full { plan: &plan, supply: Supply::new(&plan, Slice::WHOLE), requests: 0, bytes: 0, run };
            if plan.load.open {
                full.open();
            } else {
                full.closed();
            }
            requests += full.requests;
            bytes += full.bytes;
        }
        let off = preview.requests as f64 / (requests as f64 / runs as f64) - 1.0;
        assert!(off.abs() < 0.1, "{} of {} in {runs} runs ({off:.3}): {more}", preview.requests, requests);
        assert!(preview.bytes_out > bytes / runs);
    }
}

#[test]
fn repetitions_end_a_run_early() {
    let load = json!({ "people": [{ "to": 10, "over": "1s" }, { "to": 10, "over": "1h" }], "repetitions": 500 });
    let users = json!([{ "name": "V", "pause": { "for": "900ms" }, "tasks": [{ "name": "T", "steps": [get("a", "/a"), get("b", "/b")] }] }]);
    let preview = previewed(
        &json!({ "format": 1, "targets": [{ "name": "t", "url": "http://t.test" }], "users": users, "load": load }),
    );
    assert!((990..=1_010).contains(&preview.requests), "{}", preview.requests);
    // Ten people, one task every 1.1 s each.
    assert!((54_000_000..57_000_000).contains(&preview.duration_us), "{}", preview.duration_us);
    assert!((preview.requests_per_second - 18.2).abs() < 0.5, "{}", preview.requests_per_second);
}

#[test]
fn the_same_seed_gives_the_same_preview_and_another_does_not() {
    let of = |seed| {
        let (scenario, plan) = with_secret(&shop(json!({})), seed);
        preview(&plan, &scenario, &Options { picks: 500, ..Options::USUAL })
    };
    assert_eq!(json(&of(7)), json(&of(7)));
    assert_ne!(of(7).users[0].tasks[0].picks_here, of(8).users[0].tasks[0].picks_here);
}

#[test]
fn many_picks_land_within_half_a_point_of_the_weights() {
    let task = |name: &str, weight: f64| json!({ "name": name, "weight": weight, "steps": [get(name, "/")] });
    let users = json!([{ "name": "V", "pause": { "for": "1s" }, "tasks": [task("a", 60.0), task("b", 25.0), task("c", 14.9), task("d", 0.1)] }]);
    let load = json!({ "people": [{ "to": 50, "over": "10min" }] });
    let scenario =
        json!({ "format": 1, "targets": [{ "name": "t", "url": "http://t.test" }], "users": users, "load": load });
    let (scenario, plan) = read_in(&scenario, &Inputs { seed: 3, ..Inputs::default() });
    let preview = preview(&plan, &scenario, &Options { picks: 100_000, ..Options::USUAL });
    let tasks = &preview.users[0].tasks;
    let picks: u64 = tasks.iter().map(|task| task.picks_here).sum();
    assert!((100_000..102_000).contains(&picks), "{picks}");
    for task in tasks {
        assert!((task.picked_here - task.picked).abs() < 0.005, "{task:?}");
        assert!(
            task.luck.0 <= task.picked && task.picked <= task.luck.1 && task.luck.1 - task.luck.0 < 0.02,
            "{task:?}"
        );
    }
    assert!((tasks[2].picked - 0.149).abs() < 1e-9);
}

#[test]
fn a_scenario_without_end_still_has_a_preview() {
    let save = json!({ "save": { "name": "x", "value": 1 } });
    let bodies = [
        json!([{ "repeat": { "during": "24h", "steps": [save] } }]),
        json!([{ "repeat": { "times": 4_000_000_000_u32, "steps": [{ "repeat": { "times": 4_000_000_000_u32, "steps": [] } }] } }]),
        json!([{ "repeat": { "times": 4_000_000_000_u32, "steps": [get("a", "/a")] } }]),
        json!([]),
        json!([{ "check": { "value": "person.number", "to": 0 } }]),
        json!([{ "request": { "name": "r", "url": "/{{x}}", "save": [{ "name": "x", "json": "$.x" }] } }]),
    ];
    for (users, load) in [
        (1, json!({ "people": [{ "to": 1_000, "over": "24h" }] })),
        (2, json!({ "arrivals": [{ "to": 1_000, "over": "24h" }] })),
    ] {
        for steps in &bodies {
            let user = json!({ "name": "V", "tasks": [{ "name": "T", "steps": steps }] });
            let preview = previewed(&json!({
                "format": 1, "targets": [{ "name": "t", "url": "http://t.test" }],
                "users": vec![user; users], "load": load,
            }));
            assert!(preview.journey.len() <= 201, "{}", preview.journey.len());
            assert!(preview.requests_per_second.is_finite());
        }
    }
}

#[test]
fn what_nobody_reaches_is_named_with_its_reason() {
    let preview = shop_preview(json!({}));
    let never: Vec<_> = preview.never.iter().map(|never| (never.name.as_str(), never.why)).collect();
    assert_eq!(never, [("Sorry", Why::DependsOnAnswers), ("Sleep", Why::WeightZero), ("Banner", Why::Off)]);
    let tasks = json!([
        { "name": "A", "steps": [
            get("a", "/a"),
            { "only_if": { "value": "person.type", "to": "Nobody", "then": [get("Gift wrap", "/gift")], "else": [get("plain", "/plain")] } },
            { "choose": { "options": [{ "weight": 0, "steps": [get("Zero", "/zero")] }, { "steps": [get("one", "/one")] }] } },
        ] },
        { "name": "B", "off": true, "steps": [get("b", "/b")] },
        { "name": "C", "tags": ["slow"], "steps": [get("c", "/c")] },
    ]);
    let users =
        json!([{ "name": "V", "tasks": tasks, "pause": { "for": "1s" } }, { "name": "W", "off": true, "tasks": [] }]);
    let (scenario, plan) = read_in(
        &shop(json!({ "users": users, "secrets": [] })),
        &Inputs { skip_tags: vec!["slow".to_owned()], ..Inputs::default() },
    );
    let preview = super::preview(&plan, &scenario, &Options { picks: 200, ..Options::USUAL });
    let never: Vec<_> = preview.never.iter().map(|never| (never.name.as_str(), never.why)).collect();
    assert_eq!(
        never,
        [
            ("Gift wrap", Why::NotReached),
            ("Zero", Why::NotReached),
            ("B", Why::Off),
            ("C", Why::LeftOutByTags),
            ("W", Why::Off),
        ]
    );
    assert_eq!(preview.findings[..2], ["\"Gift wrap\" is never reached", "\"Zero\" is never reached"]);
    assert_eq!(preview.concerns.len(), preview.findings.len());
    assert!(
        preview.concerns.iter().all(|concern| matches!(concern, Concern::NeverReached(_))),
        "{:?}",
        preview.concerns
    );
}

#[test]
fn rows_that_do_not_suffice_are_told() {
    let table = |more: Value| {
        let mut table = json!({ "name": "words", "columns": ["w"], "rows": [["a"], ["b"], ["c"]] });
        table.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let users = json!([{ "name": "V", "pause": { "for": "900ms" }, "tasks": [{ "name": "T", "steps": [get("a", "/{{words.w}}")] }] }]);
        let load = json!({ "start": 5, "people": [{ "to": 5, "over": "100s" }] });
        let preview = shop_preview(json!({ "data": [table], "users": users, "load": load }));
        (preview.tables[0].needed, preview.findings)
    };
    assert_eq!(table(json!({})), (Some(5), vec!["words has 3 rows for 5 people: some will share a row".to_owned()]));
    assert_eq!(table(json!({ "each_person": "random_row" })), (None, vec![]));
    let (needed, findings) = table(json!({ "each_person": "next_row", "unique": true }));
    assert!(needed.is_some_and(|needed| (490..=510).contains(&needed)), "{needed:?}");
    assert!(findings[0].ends_with("people will leave early"), "{findings:?}");
    let (_, findings) = table(json!({ "each_person": "next_row", "when_rows_run_out": "test_stops" }));
    assert!(findings[0].ends_with("the run will end early"), "{findings:?}");
}

#[test]
fn a_value_that_is_used_before_it_is_there_is_told() {
    let save = json!({ "request": { "name": "later", "url": "/l", "save": [{ "name": "id", "json": "$.id" }] } });
    let users = json!([{ "name": "V", "leaves_after": 1, "pause": { "for": "1s" }, "tasks": [{ "name": "T", "steps": [get("early", "/{{id}}"), save] }] }]);
    let preview = shop_preview(json!({ "users": users }));
    assert_eq!(preview.findings, ["\"early\" can't be sent: there was no value for id"]);
    assert_eq!(preview.concerns, [Concern::NotSent("early".to_owned())]);
    assert_eq!(preview.never, []);
}

#[test]
fn heads_requests_and_time_are_three_different_numbers() {
    let preview = shop_preview(json!({}));
    assert_eq!((preview.users[0].heads, preview.users[1].heads, preview.peak_people), (14, 6, 20));
    let buy = &preview.users[1].tasks[0];
    assert!((buy.picked - 0.4).abs() < 1e-9 && (buy.requests_per_pick - 6.0).abs() < 0.05, "{buy:?}");
    assert!(buy.share_of_requests > 0.7 && buy.share_of_time > 0.9, "{buy:?}");
    let sum: f64 = preview.users[1].tasks.iter().map(|task| task.share_of_requests).sum();
    assert!((sum + preview.users[1].share_outside_tasks - 1.0).abs() < 1e-9);
    let too_few = shop_preview(json!({ "load": { "people": [{ "to": 1, "over": "60s" }] } }));
    assert_eq!(too_few.users[1].heads, 0);
    assert!(too_few.findings[0].contains("nobody of \"Member\" comes"), "{:?}", too_few.findings);
    assert_eq!(too_few.concerns[0], Concern::NobodyComes("Member".to_owned()));
}

#[test]
fn secrets_stay_secret() {
    let member = shop(json!({}))["users"][1].clone();
    let preview = shop_preview(json!({ "users": [member] }));
    let product = preview.journey.iter().find(|entry| entry.name == "Product").expect("somebody buys");
    assert_eq!(product.url, "http://shop.test/products/‹ids%201›");
    let everything = format!("{}{}", json(&preview), text(&preview));
    assert!(everything.contains("/login") && !everything.contains("hunter2"), "{everything}");
    let users = json!([{ "name": "V", "tasks": [{ "name": "T", "steps": [get("a", "/?key={{password}}")] }], "pause": { "for": "1s" } }]);
    let shown = text(&shop_preview(json!({ "users": users })));
    assert!(shown.contains("/?key=••••") && !shown.contains("hunter2"), "{shown}");
}

const TEXT: &str = r#"Preview of Corner shop: nothing is sent. Seed 7.
Up to 20 people over 1 min, if answers take 100 ms.

About 673 requests, 12 per second at the busiest, 79 kB out.

Visitor: 14 people, 209 picks, 332 requests (49 % of all)
                            picked        by luck  requests   time  per pick
  Browse                    60.0 %  53.4 – 66.6 %      74 %   97 %       2.0  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
  Look                      40.0 %  33.4 – 46.6 %      26 %    3 %       1.0  ▇▇▇▇▇
  Look is picked 40 % of the time but sends 26 % of the requests: each time fewer than the others.

Member: 6 people, 109 picks, 340 requests (51 % of all)
                            picked        by luck  requests   time  per pick
  Buy                       40.0 %  30.8 – 49.2 %      78 %   95 %       6.0  ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
  Browse                    60.0 %  50.8 – 69.2 %      19 %    5 %       1.0  ▇▇▇▇
  on arrival, on leaving                                3 %                   ▇
  Browse is picked 60 % of the time but sends 19 % of the requests: each time fewer than the others.

Data
  people                    4 rows, 6 needed

Not reached
  Sorry                     depends on a real answer
  Sleep                     has weight 0
  Banner                    is switched off

Look at this before a run
  ! people has 4 rows for 6 people: some will share a row

One pretend person
     0.0 s  arrives as Visitor
     0.0 s  begins Look
     0.0 s    GET http://shop.test/products/1
     0.1 s  ends Look after 100 ms
     0.1 s    waits 4.0 s
     4.1 s  begins Browse
     4.1 s    GET http://shop.test/
     4.2 s    waits 2.0 s
     6.2 s    GET http://shop.test/list
     6.3 s  ends Browse after 2.2 s
     6.3 s    waits 2.4 s
     8.7 s  begins Browse
     8.7 s    GET http://shop.test/
     8.8 s    waits 2.0 s
    10.8 s    GET http://shop.test/list
    10.9 s  ends Browse after 2.2 s
    10.9 s    waits 2.4 s
    13.3 s  begins Browse
    13.3 s    GET http://shop.test/
    13.4 s    waits 2.0 s
    15.4 s    GET http://shop.test/list
    15.5 s  ends Browse after 2.2 s
    15.5 s    waits 1.0 s
    16.5 s  begins Browse
            …
"#;

#[test]
fn the_text_is_this() {
    let shown = text(&shop_preview(json!({})));
    assert!(shown.lines().all(|line| line.chars().count() <= 110), "{shown}");
    assert_eq!(shown, TEXT);
}

#[test]
fn a_preview_tells_how_far_it_is_and_survives_as_json() {
    let secrets = [("password".to_owned(), "x".to_owned())].into();
    let (scenario, plan) = read_in(&shop(json!({})), &Inputs { seed: 7, secrets, ..Inputs::default() });
    let mut told = Vec::new();
    let found = preview_told(&plan, &scenario, &Options::USUAL, &mut |share| told.push(share));
    assert!(told.len() > 10 && told.is_sorted() && told.iter().all(|share| (0.0..=1.0).contains(share)), "{told:?}");
    assert_eq!(found, preview(&plan, &scenario, &Options::USUAL), "being told changes nothing");
    let text = json(&found).to_string();
    let again: Preview = serde_json::from_str(&text).unwrap();
    assert_eq!((again.requests, again.journey, again.concerns), (found.requests, found.journey, found.concerns));
}
