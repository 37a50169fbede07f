//! What the parts of a request cost, in instructions and nanoseconds: `cargo xtask bench parts`. The parts are in
//! tests/benches/parts.rs. Instructions hardly differ from run to run, so that a change for the worse shows on a busy
//! computer, too.

use super::measure::Target;
use super::programs::Place;
use super::table::thousands;
use crate::run;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// For counting: each part is done this often more, so that its start and end count for nothing.
const MORE: u64 = 10_000;
/// For timing.
const MANY: u64 = 1_000_000;
/// Where people live.
const LIVES: &str = "*tidemark_engine::worker::Worker::spawn*";
/// Tasks of a whole run whose instructions are counted.
const TASKS: u64 = 4_000;

/// The table.
pub fn table(target: &Target, place: &Place) -> Result<String, String> {
    let program = build()?;
    let names = run::quietly(run::program(&program).arg("names")).ok_or("the parts could not be started")?;
    let mut text = "**What the parts of a request cost**\n\n| | instructions | ns |\n| --- | --- | --- |\n".to_owned();
    for name in names.lines() {
        let count = |times: u64| instructions(Path::new(&program), &["count", name, &times.to_string()], None, place);
        let count = (count(2 * MORE)? - count(MORE)?) / MORE as f64;
        let ns = (seconds(&program, name, 2 * MANY)? - seconds(&program, name, MANY)?) * 1e9 / MANY as f64;
        let row = format!("| {name} | {} | {ns:.0} |\n", thousands(count.round() as u64));
        eprint!("{row}");
        text += &row;
    }
    let whole = thousands(a_request(target, 1, place)?.round() as u64);
    Ok(text + &format!("| all that a person does for a request of the weighted flow | {whole} | |\n"))
}

/// Instructions for a request of the weighted flow, all threads together: those of the people, who make requests, send, read,
/// judge and count. What is done by the clock is left out, as under callgrind a second holds a hundredth of the requests.
pub fn a_request(target: &Target, workers: usize, place: &Place) -> Result<f64, String> {
    let path = place.folder.join("flow.tide");
    let flow = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let count = |tasks: u64| {
        let mut scenario: serde_json::Value = serde_json::from_str(&flow).map_err(|error| error.to_string())?;
        scenario["load"] = serde_json::json!({
            "start": 64, "people": [{ "to": 64, "over": "10m" }], "repetitions": tasks });
        let path = place.folder.join("counted.tide");
        std::fs::write(&path, scenario.to_string()).map_err(|error| format!("{}: {error}", path.display()))?;
        let words =
            format!("run counted.tide --fail-on never --workers {workers} --quiet --no-probe --out counted.tiderun");
        let _ = std::fs::remove_file(place.folder.join("counted.tiderun"));
        target.count()?;
        let instructions =
            instructions(&place.release.join("tidemark"), &words.split(' ').collect::<Vec<_>>(), Some(LIVES), place)?;
        Ok::<_, String>((instructions, target.count()?.answers))
    };
    let (few, many) = (count(TASKS)?, count(2 * TASKS)?);
    let each = (many.0 - few.0) / (many.1 - few.1);
    eprintln!("{workers} workers: {each:.0} instructions for each of {:.0} requests", many.1 - few.1);
    Ok(each)
}

/// Builds the parts as they are handed out; where they are then.
pub fn build() -> Result<String, String> {
    let mut command = run::cargo();
    command.args(["bench", "-p", "tidemark-tests", "--bench", "parts", "--no-run"]);
    let told = run::quietly(command.arg("--message-format=json")).ok_or("the parts could not be built")?;
    let lines = told.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let found = lines
        .filter(|line| line["target"]["name"] == "parts")
        .find_map(|line| line["executable"].as_str().map(str::to_owned));
    found.ok_or_else(|| "cargo did not say where the parts are".into())
}

/// What callgrind counts of a program that is run in the folder, of all of it or within a function.
fn instructions(program: &Path, words: &[&str], within: Option<&str>, place: &Place) -> Result<f64, String> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.args(within.map(|function| format!("--toggle-collect={function}"))).arg(program).args(words);
    let output = command.current_dir(&place.folder).output();
    let output = output.map_err(|error| format!("could not start valgrind: {error}"))?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let count = told.lines().find_map(|line| line.split("Collected :").nth(1)?.trim().parse().ok());
    count.ok_or_else(|| format!("valgrind did not count: {told}"))
}

fn seconds(program: &str, name: &str, times: u64) -> Result<f64, String> {
    let begin = Instant::now();
    run::succeed(run::program(program).args(["count", name, &times.to_string()]))?;
    Ok(begin.elapsed().as_secs_f64())
}
