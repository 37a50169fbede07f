//! How soon a run begins, however large it is: `cargo xtask bench start`. Must not judge.

use super::measure::{self, RESULT, Target};
use super::programs::{Place, Program};
use super::table;

const TIDEMARK: Program = Program { name: "Tidemark", file: "tidemark", words: |_, _| None };

/// How many people come at once, and how many steps their task has. Each step has a name of its own, and saves a value that
/// the next one uses.
const SIZES: [(u32, u32); 4] = [(1, 1), (10_000, 1), (1, 500), (10_000, 500)];

/// The time from the command to the first request.
pub fn table(target: &Target, core: &str, place: &Place, rounds: usize) -> Result<String, String> {
    let mut text = "**From the command to the first request**\n\n\
        | people at once | steps | ms | most memory in the 3 s that follow |\n| --- | --- | --- | --- |\n"
        .to_owned();
    for (people, steps) in SIZES {
        let path = place.folder.join("start.tide");
        std::fs::write(&path, scenario(place, people, steps))
            .map_err(|error| format!("could not write {}: {error}", path.display()))?;
        let words = format!("run start.tide --fail-on never --workers 1 --quiet --no-probe --out {RESULT}");
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let (mut first, mut memory) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            let figures = measure::run(target, core, place, &TIDEMARK, &words)?;
            first.push(figures.first_ms);
            memory.push(figures.memory_mb());
        }
        let (people, steps) = (table::thousands(people.into()), table::thousands(steps.into()));
        let first = table::spread(&mut first, |ms| format!("{ms:.0}"));
        let row = format!("| {people} | {steps} | {first} | {:.0} MB |\n", table::middle(&mut memory));
        eprint!("start: {row}");
        text += &row;
    }
    Ok(text)
}

fn scenario(place: &Place, people: u32, steps: u32) -> String {
    let steps: Vec<String> = (0..steps)
        .map(|at| {
            let url = if at == 0 { "/items/12345".to_owned() } else { format!("/items/{{{{item{}}}}}", at - 1) };
            format!(
                r#"{{ "request": {{ "name": "Item {at}", "url": "{url}", "check": [{{ "status": 200 }}],
                "save": [{{ "name": "item{at}", "json": "$.id" }}] }} }}"#
            )
        })
        .collect();
    format!(
        r#"{{ "format": 1, "name": "Start", "targets": [{{ "url": "{}", "http": "1.1" }}],
        "users": [{{ "name": "Visitor", "tasks": [{{ "name": "Look", "steps": [{}] }}] }}],
        "load": {{ "start": {people}, "people": [{{ "to": {people}, "over": "3s" }}], "let_people_finish": "0s" }} }}"#,
        place.origin(),
        steps.join(", ")
    )
}
