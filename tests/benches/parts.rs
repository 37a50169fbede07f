//! What the parts of a request cost: `cargo bench -p tidemark-tests` times them, `cargo xtask bench parts` counts their
//! instructions, which hardly differ from run to run, so that a change for the worse shows on a busy computer too.
//!
//! Each part is a function that does its work so many times.

use std::hint::black_box;
use std::sync::Arc;

use tidemark_core::logbook::{Logbook, Maker};
use tidemark_core::plan::{Inputs, Next, Person, Plan, Slice, Supply, World};
use tidemark_core::result::Header;
use tidemark_core::stats::recorder::Recorder;
use tidemark_core::stats::snapshot::{HealthSample, People};
use tidemark_core::stats::{End, NameId, Outcome};
use tidemark_core::traffic::{Answer, Draft, Reply, Timing};
use tidemark_core::verdict::Ended;
use tidemark_engine::exchange::read_answer;
use tidemark_tests::drive::plan;

/// Its name, and what does its work so often.
type Part = (&'static str, fn(u64));

const PARTS: [Part; 6] = [
    ("fill a request", |times| fill(times)),
    ("a value of 165 B of JSON", |times| value(times, 165)),
    ("a value of 4.7 kB of JSON", |times| value(times, 4_700)),
    ("count an answer", |times| count(times)),
    ("choose a task by weight", |times| choose(times)),
    ("read an answer", |times| read(times)),
];

/// For `count PART TIMES`, which does one part so often and is watched from outside, and `last SECONDS`.
fn main() {
    let words: Vec<String> = std::env::args().collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        [_, "names"] => PARTS.iter().for_each(|(name, _)| println!("{name}")),
        [_, "count", part, times] => {
            let found = PARTS.iter().find(|(name, _)| *name == part);
            let (_, work) = found.unwrap_or_else(|| panic!("no part {part}"));
            work(times.parse().expect("a number"));
        }
        [_, "last", seconds] => last(seconds.parse().expect("a number")),
        _ => divan::main(),
    }
}

#[divan::bench(args = PARTS.map(|(name, _)| name))]
fn part(bencher: divan::Bencher<'_, '_>, name: &str) {
    let work = PARTS.iter().find(|(known, _)| *known == name).expect("it is one of them").1;
    bencher.counter(divan::counter::ItemsCount::new(1_000_u32)).bench(|| work(black_box(1_000)));
}

const SCENARIO: &str = r#"{ "format": 1, "targets": [{ "url": "http://127.0.0.1:4780", "headers": { "X-Lang": "en" } }],
    "values": [{ "name": "count", "make": "integer(1, 9)" }],
    "users": [{ "name": "V", "tasks": [
        { "name": "Buy", "weight": 60, "steps": [{ "request": { "name": "Cart", "method": "POST", "url": "/cart/{{person.number}}",
            "json": { "item": "{{person.number}}", "count": "{{count}}" }, "check": [{ "status": 200 }],
            "save": [{ "name": "id", "json": "$.id" }] } }] },
        { "name": "Look", "weight": 30, "steps": [{ "note": "" }] }, { "name": "Leave", "weight": 10, "steps": [{ "note": "" }] } ] }],
    "load": { "start": 1, "people": [{ "to": 1, "over": "1s" }] } }"#;

/// A person before the first request, with what is around.
struct Scene {
    plan: Arc<Plan>,
    supply: Supply,
    person: Person,
}

impl Scene {
    fn new() -> Self {
        let plan = plan(SCENARIO, &Inputs { seed: 7, ..Inputs::default() });
        let (supply, person) = (Supply::new(&plan, Slice::WHOLE), Person::new(&plan, 0, 1, 0, 0));
        Self { plan, supply, person }
    }

    /// Calls `with` so many times, with the request that comes first.
    fn with_request(
        &mut self,
        times: u64,
        mut with: impl FnMut(&mut Person, &Plan, &World<'_>, tidemark_core::plan::RequestId),
    ) {
        let world = World { supply: &self.supply, now_us: 1, started_wall_us: 0 };
        let request = loop {
            if let Next::Send(request, _) = self.person.next(&self.plan, &world) {
                break request;
            }
        };
        (0..times).for_each(|_| with(&mut self.person, &self.plan, &world, request));
    }
}

/// Writes down a run of so many seconds with 20 names and 1,000 requests in each, and says how long the file that grew and
/// the sealed one are, in bytes.
fn last(seconds: u32) {
    let steps: Vec<String> =
        (0..20).map(|at| format!(r#"{{ "request": {{ "name": "Step {at}", "url": "/" }} }}"#)).collect();
    let steps = format!(r#""steps": [{}]"#, steps.join(", "));
    let plan = plan(&SCENARIO.replace(r#""steps": [{ "note": "" }]"#, &steps), &Inputs::default());
    let maker = Maker { made_by: String::new(), computer: String::new(), started_at: String::new(), practice: false };
    let header = Header::of(&plan, serde_json::Value::Null, maker);
    let (mut logbook, piece) = Logbook::new(&plan, header);
    let (mut grown, mut recorder) = (piece.len(), Recorder::new(plan.names.len(), 0));
    for second in 0..seconds {
        (0..1_000).for_each(|number| recorder.record(&outcome(u64::from(second) * 7_919 + number, plan.names.len())));
        let snapshot = recorder.take(second, People::default(), HealthSample::default());
        grown += logbook.second(&snapshot).piece.len();
        recorder.recycle(snapshot);
    }
    let closed = logbook.close(Ended::Finished, String::new());
    println!("{} {}", grown + closed.piece.len(), closed.sealed().len());
}

fn fill(times: u64) {
    let mut draft = Draft::default();
    Scene::new().with_request(times, |person, plan, world, request| {
        person.draft(plan, world, request, &mut draft).expect("all its values are there");
        black_box(&draft);
    });
}

fn value(times: u64, length: usize) {
    let mut reply = Reply::default();
    let filler = "x".repeat(length - 46);
    reply.answer.body = format!(r#"{{"text":"{filler}","tags":["a","b"],"id":12345,"n":7}}"#).into_bytes();
    reply.answer.status = 200;
    Scene::new().with_request(times, |person, plan, world, request| {
        let judged = person.judge(plan, world, request, &reply, &|_| None);
        assert_eq!(black_box(judged).end, End::Ok);
    });
}

fn count(times: u64) {
    let mut recorder = Recorder::new(4, 0);
    (0..times).for_each(|number| recorder.record(black_box(&outcome(number, 4))));
}

/// Number after number, answers of different names and lengths.
fn outcome(number: u64, names: usize) -> Outcome {
    let (sent_us, took_us) = (number * 10, 200 + number * 7919 % 3_000);
    let first_byte_us = Some(sent_us + took_us - 9);
    let timing = Timing { sent_us, first_byte_us, done_us: sent_us + took_us, ..Timing::default() };
    let name = NameId((number % names as u64) as u16);
    Outcome { name, due_us: sent_us, sent_us, timing, end: End::Ok, status: 200, bytes_out: 90, bytes_in: 200 }
}

fn choose(times: u64) {
    let Scene { plan, supply, mut person } = Scene::new();
    let mut world = World { supply: &supply, now_us: 1, started_wall_us: 0 };
    let mut chosen = 0;
    while chosen < times {
        world.now_us += 1;
        // Each task ends with a line of its own, whatever stands in it.
        chosen += u64::from(matches!(black_box(person.next(&plan, &world)), Next::Measured(_)));
    }
}

fn read(times: u64) {
    let bytes = b"HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Sun, 29 Nov 2026 06:00:00 GMT\r\nContent-Type: application/json\r\n\
        Content-Length: 76\r\nConnection: keep-alive\r\nCache-Control: no-store\r\n\r\n\
        {\"id\":12345,\"name\":\"tide table\",\"price\":9.99,\"tags\":[\"sea\",\"moon\"],\"left\":7}";
    let mut answer = Answer::default();
    for _ in 0..times {
        answer.body.clear();
        assert!(read_answer(black_box(bytes), &mut answer));
    }
}
