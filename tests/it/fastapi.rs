//! A real target: FastAPI on Uvicorn, in a process of its own. It counts for itself, and both sides must agree.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use serde_json::Value;
use tidemark_core::plan::Inputs;
use tidemark_core::scenario::Stage;
use tidemark_core::stats::NameKind;
use tidemark_core::units::Span;
use tidemark_engine::run::Ended;
use tidemark_tests::chance::binomial_999;
use tidemark_tests::drive::{Driven, drive, plan};
use tidemark_tests::{fetch, program, python};

/// The application; it ends with the test, whatever becomes of it.
struct Market {
    uvicorn: Child,
    address: String,
    _database: tempfile::TempDir,
}

impl Drop for Market {
    fn drop(&mut self) {
        let _ = self.uvicorn.kill();
        let _ = self.uvicorn.wait();
    }
}

impl Market {
    fn open() -> Self {
        let folder = program::top().join("examples/fastapi");
        let requirements = std::fs::read_to_string(folder.join("requirements.txt")).expect("requirements.txt is there");
        let python = python::with_packages("fastapi", &requirements);
        let database = tempfile::tempdir().expect("a folder for the database");
        let mut uvicorn = Command::new(python)
            .args([
                "-m",
                "uvicorn",
                "app:app",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--no-access-log",
                "--no-use-colors",
            ])
            .current_dir(folder)
            .env("MARKET_DATABASE", database.path().join("market.db"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stderr(Stdio::piped())
            .spawn()
            .expect("uvicorn starts");
        let mut lines = BufReader::new(uvicorn.stderr.take().expect("it is piped")).lines();
        let mut told = String::new();
        let address = loop {
            let Some(Ok(line)) = lines.next() else { panic!("uvicorn ended:\n{told}") };
            told += &format!("{line}\n");
            if let Some((_, rest)) = line.split_once("running on http://") {
                break rest.split_whitespace().next().expect("an address follows").to_owned();
            }
        };
        // Somebody must go on reading, or a full pipe would stop the server.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| eprintln!("uvicorn: {line}")));
        Self { uvicorn, address, _database: database }
    }
}

#[tokio::test]
async fn a_real_application_and_the_results_agree_on_every_request() {
    let market = Market::open();
    let folder = program::top().join("examples/fastapi");
    let text = std::fs::read_to_string(folder.join("items.tide")).expect("the scenario is there");
    let people: Arc<[u8]> = std::fs::read(folder.join("people.csv")).expect("the people are there").into();
    let inputs = Inputs {
        base_url: Some(format!("http://{}", market.address)),
        files: [("people.csv".to_owned(), people)].into(),
        stages: [1, 6].map(|secs| Stage { to: Some(12.0), over: Span::from_secs(secs), ..Stage::default() }).to_vec(),
        seed: 11,
        ..Inputs::default()
    };
    let run = drive(plan(&text, &inputs), 0).await;
    let stats = fetch::json(&market.address, "/stats");
    assert_eq!(run.ended, Ended::Finished);
    assert_eq!(run.all().failed.total(), 0, "{}", run.failures());
    assert_eq!(run.all().cut, 0);
    assert!(run.all().ok > 200, "a test of {} requests says little", run.all().ok);
    assert_eq!(ours(&run), theirs(&stats));

    // Nobody asked without the token, and every created item was looked at: neither 401 nor 404 in any route.
    let codes: Vec<&String> = stats["routes"]
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(_, codes)| codes.as_object())
        .flat_map(|codes| codes.keys())
        .collect();
    assert!(codes.iter().all(|code| ["200", "201"].contains(&code.as_str())), "{stats:#}");
    assert!(stats["items_created"].as_u64().is_some_and(|items| items > 5), "{stats:#}");
    assert_eq!(stats["items_created"], stats["created_items_read"]);
    assert_eq!(run.row("POST /login").ok, run.seconds.iter().map(|second| second.started).sum::<u64>());
    weights_are_kept(&run);
    from_the_command_line(&market, &theirs(&stats));
}

/// The same with the program, as the README of the example says; `before` is what the application had counted.
fn from_the_command_line(market: &Market, before: &BTreeMap<String, u64>) {
    let folder = tempfile::tempdir().expect("a folder for the result");
    let file = folder.path().join("market.tiderun");
    let output = Command::new(program::tidemark())
        .args(["run", "examples/fastapi/items.tide", "--host", &format!("http://{}", market.address)])
        .args(["--stage", "10:0s", "--stage", "10:3s", "--fail-on", "any-failure", "--quiet", "--out"])
        .arg(&file)
        .current_dir(program::top())
        .output()
        .expect("tidemark starts");
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let result = tidemark_host::results::open(&file).unwrap_or_else(|failure| panic!("{failure:?}"));
    let mut ours = before.clone();
    for row in result.summary.rows.iter().filter(|row| row.of == NameKind::Request) {
        *ours.entry(row.label.clone()).or_default() += row.count;
    }
    assert_eq!(ours, theirs(&fetch::json(&market.address, "/stats")));
    assert!(result.summary.all.count > 50, "{told}");
}

/// Requests by name, as we counted them.
fn ours(run: &Driven) -> BTreeMap<String, u64> {
    let rows = run.plan.names.iter().zip(&run.timeline.measured().rows);
    rows.filter(|(name, _)| name.of == NameKind::Request)
        .map(|(name, row)| (name.label.clone(), row.finished()))
        .collect()
}

/// Requests by route, as the application counted them: `/items/{item_id}` is called `/items/[id]` in the scenario.
fn theirs(stats: &Value) -> BTreeMap<String, u64> {
    let routes = stats["routes"].as_object().expect("routes");
    let count = |codes: &Value| codes.as_object().into_iter().flatten().filter_map(|(_, count)| count.as_u64()).sum();
    let named = |route: &str| match route.split_once('{') {
        Some((before, _)) => format!("{before}[id]"),
        None => route.to_owned(),
    };
    routes.iter().map(|(route, codes)| (named(route), count(codes))).collect()
}

fn weights_are_kept(run: &Driven) {
    for kind in &run.plan.types {
        let passes = |at: usize| run.timeline.measured().rows[kind.tasks[at].name.at()].finished();
        let all: u64 = (0..kind.tasks.len()).map(passes).sum();
        let weights: f64 = kind.tasks.iter().map(|task| task.weight).sum();
        for (at, task) in kind.tasks.iter().enumerate() {
            let expected = binomial_999(all, task.weight / weights);
            let label = &run.plan.names[task.name.at()].label;
            assert!(expected.contains(&passes(at)), "{label}: {} of {all}, expected {expected:?}", passes(at));
        }
    }
}
