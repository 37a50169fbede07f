//! 10,000 people on one computer: `tidemark` and a shop, each in a process of its own, as there are not file handles enough
//! for both in one.

#![cfg(target_os = "linux")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tidemark_core::result::{Opened, read};
use tidemark_tests::fetch;
use tidemark_tests::program::tidemark;

/// The most memory that `tidemark` may take with 10,000 people, in kB; docs/performance.md says what it takes.
const MOST_KB: u64 = 120_000;

/// Half of the work of a second for 10,000 people must be done by a program that was built without optimising, beside the
/// shop: hence the long pauses.
const SCENARIO: &str = r#"{ "format": 1, "name": "Many people",
    "targets": [{ "url": "http://ADDRESS" }],
    "users": [{ "name": "Visitor", "pause": { "between": ["4s", "8s"] }, "tasks": [{ "name": "Look", "steps": [
        { "request": { "name": "Product", "url": "/products/{{number}}", "check": [{ "json": "$.id", "is": "present" }] } } ] }] }],
    "values": [{ "name": "number", "make": "integer(1, 240)" }],
    "load": { "people": [{ "to": 10000, "over": "6s" }, { "to": 10000, "over": "4s" }], "let_people_finish": "30s" },
    "goals": [{ "failures": { "below": "1%" } }] }"#;

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    /// The most memory it has had so far, in kB; `None` once it has ended.
    fn most_kb(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    }
}

/// Opens the shop on a free port.
fn shop() -> (Running, String) {
    let mut command = Command::new(tidemark());
    let mut shop = command.args(["shop", "--port", "0"]).stdout(Stdio::piped()).spawn().expect("the shop opens");
    let mut line = String::new();
    let told = shop.stdout.take().expect("it is piped");
    BufReader::new(told).read_line(&mut line).expect("it says where it is");
    let address = line.trim().strip_prefix("http://").unwrap_or_else(|| panic!("no address in {line:?}")).to_owned();
    (Running(shop), address)
}

/// Runs the scenario in `folder`; the result, and the most memory that it took in kB.
fn run(folder: &Path, address: &str) -> (Opened, u64) {
    std::fs::write(folder.join("many.tide"), SCENARIO.replace("ADDRESS", address)).expect("a scenario can be written");
    let mut command = Command::new(tidemark());
    command.args(["run", "many.tide", "--quiet", "--out", "many.tiderun"]).current_dir(folder);
    let mut tidemark = Running(command.stdout(Stdio::null()).spawn().expect("tidemark starts"));
    let mut most_kb = 0;
    while tidemark.0.try_wait().expect("it is ours").is_none() {
        most_kb = most_kb.max(tidemark.most_kb().unwrap_or(0));
        std::thread::sleep(Duration::from_millis(100));
    }
    let file = std::fs::read(folder.join("many.tiderun")).expect("there is a result");
    (read(&file).expect("the result can be read"), most_kb)
}

#[test]
fn ten_thousand_people_fit_on_one_computer() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_shop, address) = shop();
    let (result, most_kb) = run(folder.path(), &address);
    let summary = &result.summary;
    eprintln!("{} requests, {most_kb} kB at most", summary.all.count);
    assert_eq!(summary.peak_people, 10_000);
    assert_eq!(summary.all.failed, 0, "{:?}", summary.failures);
    assert!(summary.all.count >= 10_000, "everybody asked: {}", summary.all.count);
    let theirs = &fetch::json(&address, "/stats")["routes"]["GET /products/{id}"];
    assert_eq!(theirs["requests"], summary.all.count, "both sides count the same: {theirs}");
    assert!((1..=MOST_KB).contains(&most_kb), "{most_kb} kB");
}
