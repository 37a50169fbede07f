use serde_json::{Value, json};

use super::{Actor, body, compiled, get, one_task, says};
use crate::plan::{Inputs, Slice, Supply};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What happened to each of some people of one slice, one after the other: bodies sent, and how it ended.
fn acted_by(people: u64, slice: Slice, scenario: &Value) -> Vec<String> {
    let plan = compiled(scenario, &Inputs { seed: 3, ..Inputs::default() });
    let supply = Supply::new(&plan, slice);
    let act = |_| {
        let mut actor = Actor::new(&plan, &supply, supply.person());
        actor.act(3_600_000, &mut |_| says(""));
        let sent = actor.drafts.iter().map(|draft| body(draft).to_owned());
        let end = actor.words().last().copied().filter(|end| *end != "left").map(str::to_owned);
        sent.chain(end).collect::<Vec<_>>().join(" ")
    };
    (0..people).map(act).collect()
}

fn table(more: Value) -> Value {
    let mut table =
        json!({ "name": "t", "columns": ["id", "n"], "rows": [["a", 1], ["b", 2], ["c", 3]], "numbers": ["n"] });
    super::merge(&mut table, more);
    let steps = json!([{ "request": { "name": "r", "url": "/", "text": "{{t.id}}{{t.n}}" } }]);
    one_task(steps, json!({ "data": [table], "user": { "leaves_after": 2 } }))
}

#[test]
fn rows_are_handed_out_as_asked() {
    let rows: [(Value, &[&str]); 6] = [
        (json!({}), &["a1 a1", "b2 b2", "c3 c3", "a1 a1"]),
        (json!({ "each_person": "next_row" }), &["a1 b2", "c3 a1", "b2 c3", "a1 b2"]),
        (
            json!({ "each_person": "keeps_one_row", "when_rows_run_out": "person_stops" }),
            &["a1 a1", "b2 b2", "c3 c3", "removed: rows-ran-out"],
        ),
        (
            json!({ "each_person": "next_row", "when_rows_run_out": "person_stops" }),
            &["a1 b2", "c3 removed: rows-ran-out", "removed: rows-ran-out", "removed: rows-ran-out"],
        ),
        (
            json!({ "each_person": "next_row", "when_rows_run_out": "test_stops" }),
            &["a1 b2", "c3 stop: rows-ran-out", "stop: rows-ran-out", "stop: rows-ran-out"],
        ),
        // Rows that are used once only can't start again.
        (
            json!({ "each_person": "next_row", "unique": true }),
            &["a1 b2", "c3 removed: rows-ran-out", "removed: rows-ran-out", "removed: rows-ran-out"],
        ),
    ];
    for (more, wanted) in rows {
        assert_eq!(acted_by(4, Slice::WHOLE, &table(more.clone())), wanted, "{more}");
    }
}

#[test]
fn random_rows_all_come_and_stay_for_a_task() {
    let steps = json!([{ "request": { "name": "r", "url": "/", "text": "{{t.id}}{{t.n}}" } }]);
    let data = json!([{ "name": "t", "columns": ["id", "n"], "rows": [["a", 1], ["b", 2], ["c", 3]], "each_person": "random_row" }]);
    let scenario = one_task(steps, json!({ "data": data, "user": { "leaves_after": 60 } }));
    let sent = acted_by(1, Slice::WHOLE, &scenario).remove(0);
    let count = |row: &str| sent.split(' ').filter(|sent| *sent == row).count();
    let counts = [count("a1"), count("b2"), count("c3")];
    assert_eq!(counts.iter().sum::<usize>(), 60, "a row is never mixed with another: {sent}");
    assert!(counts.iter().all(|count| (8..=32).contains(count)), "{counts:?}");
}

#[test]
fn slices_share_rows_counters_and_numbers_without_asking_each_other() {
    let steps = json!([{ "request": { "name": "r", "url": "/", "text": "{{t.id}}/{{c}}/{{person.number}}" } }]);
    let rows: Vec<Value> = (0..8).map(|row| json!([format!("row{row}")])).collect();
    let more = json!({
        "data": [{ "name": "t", "columns": ["id"], "rows": rows, "each_person": "next_row", "unique": true }],
        "values": [{ "name": "c", "make": "counter" }],
        "user": { "leaves_after": 2 },
    });
    let scenario = one_task(steps, more);
    let slices = [Slice { index: 0, count: 2 }, Slice { index: 1, count: 2 }];
    let all: Vec<String> = slices.into_iter().flat_map(|slice| acted_by(2, slice, &scenario)).collect();
    assert_eq!(all, ["row0/1/1 row2/3/1", "row4/5/3 row6/7/3", "row1/2/2 row3/4/2", "row5/6/4 row7/8/4"]);
}

#[test]
fn repetitions_are_shared_by_all() {
    let load = json!({ "people": [{ "to": 2, "over": "1s" }], "repetitions": 5 });
    let scenario = one_task(
        json!([get("/a")]),
        json!({ "load": load, "user": { "leaves_after": 3, "before_leaving": [get("/bye")] } }),
    );
    let done = |people, slice| {
        let plan = compiled(&scenario, &Inputs::default());
        let supply = Supply::new(&plan, slice);
        let act = |number| {
            let mut actor = Actor::new(&plan, &supply, number);
            actor.act(3_600_000, &mut |_| says(""));
            assert_eq!(actor.words()[actor.words().len() - 2..], ["GET /bye", "left"]);
            actor.person.tasks_done()
        };
        let done: Vec<u32> = (1..=people).map(act).collect();
        (done, supply.is_done())
    };
    assert_eq!(done(3, Slice::WHOLE), (vec![3, 2, 0], true));
    assert_eq!(done(1, Slice { index: 0, count: 2 }), (vec![3], true));
    assert_eq!(done(1, Slice { index: 1, count: 2 }), (vec![2], true));
}

#[test]
fn the_same_seed_acts_alike_and_people_differ() {
    let steps = json!([{ "request": { "name": "r", "url": "/", "text": "{{x}} {{integer(1, 1000000)}}" } }]);
    let scenario = one_task(steps, json!({ "values": [{ "name": "x", "make": "email", "fresh": "each_person" }] }));
    let first = acted_by(3, Slice::WHOLE, &scenario);
    assert_eq!(first, acted_by(3, Slice::WHOLE, &scenario));
    assert!(first[0] != first[1] && first[1] != first[2], "{first:?}");
}
