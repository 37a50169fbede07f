//! What the parts of a request cost, in instructions and nanoseconds: `cargo xtask bench parts`. The parts are in
//! tests/benches/parts.rs. Instructions hardly differ from run to run, so that a change for the worse shows on a busy
//! computer, too.

use crate::run;
use std::process::Command;
use std::time::Instant;

/// For counting: each part is done this often more, so that its start and end count for nothing.
const MORE: u64 = 10_000;
/// For timing.
const MANY: u64 = 1_000_000;

/// The table.
pub fn table() -> Result<String, String> {
    let program = build()?;
    let names = run::quietly(run::program(&program).arg("names")).ok_or("the parts could not be started")?;
    let mut text = "**What the parts of a request cost**\n\n| | instructions | ns |\n| --- | --- | --- |\n".to_owned();
    for name in names.lines() {
        let count = (instructions(&program, name, 2 * MORE)? - instructions(&program, name, MORE)?) / MORE as f64;
        let ns = (seconds(&program, name, 2 * MANY)? - seconds(&program, name, MANY)?) * 1e9 / MANY as f64;
        eprintln!("{name}: {count:.0} instructions, {ns:.0} ns");
        text += &format!("| {name} | {} | {ns:.0} |\n", super::table::thousands(count.round() as u64));
    }
    Ok(text)
}

/// Builds the parts without the last step of a release, which would take minutes; where they are then.
pub fn build() -> Result<String, String> {
    let mut command = run::cargo();
    command.args(["bench", "-p", "tidemark-tests", "--bench", "parts", "--no-run", "--profile", "quick"]);
    let told = run::quietly(command.arg("--message-format=json")).ok_or("the parts could not be built")?;
    let lines = told.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let found = lines
        .filter(|line| line["target"]["name"] == "parts")
        .find_map(|line| line["executable"].as_str().map(str::to_owned));
    found.ok_or_else(|| "cargo did not say where the parts are".into())
}

fn instructions(program: &str, name: &str, times: u64) -> Result<f64, String> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", program, "count", name, &times.to_string()]);
    let output = command.output().map_err(|error| format!("could not start valgrind: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let count = told.lines().find_map(|line| line.split("Collected :").nth(1)?.trim().parse().ok());
    count.ok_or_else(|| format!("valgrind did not count: {told}"))
}

fn seconds(program: &str, name: &str, times: u64) -> Result<f64, String> {
    let begin = Instant::now();
    run::succeed(run::program(program).args(["count", name, &times.to_string()]))?;
    Ok(begin.elapsed().as_secs_f64())
}
