//! Whether a second worker takes anything from the first: `cargo xtask bench cores`. Must not judge.
//!
//! Where the target needs one of two cores, two workers can't show twice the requests. So each runs at the same rate of
//! requests, on both cores, and what a request costs is compared: workers who were in each other's way would spend more.

use super::measure::{self, RESULT, Target};
use super::programs::{Place, Program};
use super::{parts, table};
use crate::run;

const TIDEMARK: Program = Program { name: "Tidemark", file: "tidemark", words: |_, _| None };

/// People who ask once every 20 ms: together 20,000 times a second, so that one core has time left.
const PEOPLE: u32 = 400;

/// What a request costs with one worker and with two, by turns.
pub fn table(target: &Target, cores: [&str; 2], place: &Place, rounds: usize) -> Result<String, String> {
    let text = format!(
        r#"{{ "format": 1, "name": "Cores", "targets": [{{ "url": "{}", "http": "1.1" }}],
        "users": [{{ "name": "Visitor", "pause": {{ "for": "20ms" }}, "tasks": [{{ "name": "Look", "steps": [
            {{ "request": {{ "name": "Item", "url": "/items/12345", "check": [{{ "status": 200 }}] }} }}] }}] }}],
        "load": {{ "start": {PEOPLE}, "people": [{{ "to": {PEOPLE}, "over": "{}s" }}] }} }}"#,
        place.origin(),
        place.seconds
    );
    let path = place.folder.join("cores.tide");
    std::fs::write(&path, text).map_err(|error| format!("could not write {}: {error}", path.display()))?;
    let mut all = [const { Vec::new() }; 2];
    for _ in 0..rounds {
        for (at, figures) in all.iter_mut().enumerate() {
            let words =
                format!("run cores.tide --fail-on never --workers {} --quiet --no-probe --out {RESULT}", at + 1);
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            figures.push(measure::run(target, &cores.join(","), place, &TIDEMARK, &words)?);
        }
    }
    let mut text = "**20,000 requests a second on two cores that the target shares**\n\n\
        | workers | µs of processor for a request | its own part | requests/s | most memory |\n| --- | --- | --- | --- | --- |\n"
        .to_owned();
    for (at, figures) in all.iter().enumerate() {
        let of = |figure: fn(&measure::Figures) -> f64| figures.iter().map(figure).collect::<Vec<_>>();
        text += &format!(
            "| {} | {} | {} | {} | {:.0} MB |\n",
            at + 1,
            table::spread(&mut of(measure::Figures::cpu_each_us), |us| format!("{us:.1}")),
            table::spread(&mut of(measure::Figures::own_each_us), |us| format!("{us:.1}")),
            table::thousands(table::middle(&mut of(measure::Figures::per_second)).round() as u64),
            table::middle(&mut of(measure::Figures::memory_mb)),
        );
    }
    text += "\n**Counted by callgrind (the weighted flow) and by strace (the requests above)**\n\n\
        | workers | instructions that people need for a request | waits for a lock for 1,000 requests |\n| --- | --- | --- |\n";
    for workers in [1, 2] {
        let instructions = parts::a_request(target, workers, place)?.round() as u64;
        text +=
            &format!("| {workers} | {} | {:.2} |\n", table::thousands(instructions), locks(target, workers, place)?);
    }
    Ok(text)
}

/// How often any thread waits for a lock or wakes one that does, for a thousand requests of the paced run; what is done once
/// at start and end is among them.
fn locks(target: &Target, workers: usize, place: &Place) -> Result<f64, String> {
    let tidemark = place.release.join("tidemark");
    let mut command = std::process::Command::new("strace");
    command.args(["-f", "-c", "-e", "trace=futex", "-o", "futex.txt"]).arg(tidemark).current_dir(&place.folder);
    let words = format!("run cores.tide --fail-on never --workers {workers} --quiet --no-probe --out {RESULT}");
    let _ = std::fs::remove_file(place.folder.join(RESULT));
    target.count()?;
    run::succeed(command.args(words.split(' ')))?;
    let requests = target.count()?.answers;
    let told = std::fs::read_to_string(place.folder.join("futex.txt")).unwrap_or_default();
    // % time, seconds, µs a call, calls.
    let line = told.lines().find(|line| line.trim_end().ends_with("futex"));
    let calls = line.and_then(|line| line.split_whitespace().nth(3)?.parse::<f64>().ok()).unwrap_or(0.0);
    Ok(1_000.0 * calls / requests)
}
