//! What programs say of answers whose times are known, while they use more and more of their core: `cargo xtask bench
//! accuracy`. Must not judge; the target's own clock is the truth.

use super::measure::{self, Figures, RESULT, Target};
use super::programs::{Place, Program, Work};
use super::table;
use crate::run;
use serde_json::Value;

/// How much of its core each program is to use, as far as people can be chosen for it.
const SHARES: [f64; 4] = [0.1, 0.5, 0.8, 0.95];
/// So near to that is near enough, and so often people are chosen anew.
const NEAR: f64 = 0.03;
const TRIES: usize = 3;
/// For a first look at what a request costs.
const FEW: u32 = 100;
/// What the target stalls for is known by arithmetic: this many arrivals a second, for [`SECONDS`].
const ARRIVALS: u32 = 1_000;
/// How long each run is.
const SECONDS: u64 = 6;
/// The run with a stall, of one second from the fifth on.
const STALL_SECONDS: u64 = 20;

/// Times that are known: the word in the address, what stands in the table, and the mean in microseconds.
const KINDS: [(&str, &str, f64); 3] = [
    ("steady", "20 ms, 2 % 200 ms", 23_600.0),
    ("bimodal", "60 % 5 ms, 40 % 50 ms", 23_000.0),
    ("lognormal", "log-normal, 20 ms, σ 0.5", 22_660.0),
];

/// p50, p99 and p99.9 in milliseconds, as far as known.
type Three = [Option<f64>; 3];

/// A program that says percentiles.
struct Sayer {
    program: Program,
    /// How many people, and the kind of answers, to its words.
    words: fn(&Place, u32, &str) -> Vec<String>,
    /// p50, p99 and p99.9 in milliseconds from what it printed.
    read: fn(&str) -> Three,
}

/// Measures all and gives the tables.
pub fn tables(target: &Target, core: &str, place: &Place) -> Result<String, String> {
    let mut text = "**Answers whose times are known, p50 / p99 / p99.9 in ms**\n\n\
        | answers take | of its core | people | truth | service time | its p99 off by | response time | its p99 off by | suspect seconds |\n\
        | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for (kind, shown, mean_us) in KINDS {
        let mut each_us = own(target, core, place, kind, FEW)?.cpu_each_us();
        for share in SHARES {
            let mut people = (share * mean_us / each_us).round().max(1.0) as u32;
            let mut figures = own(target, core, place, kind, people)?;
            // The busier it is, the less a request costs, so a first guess is too low.
            for _ in 0..TRIES {
                let got = figures.core_share();
                if (got - share).abs() < NEAR || got <= 0.0 {
                    break;
                }
                people = (f64::from(people) * share / got).round().max(1.0) as u32;
                figures = own(target, core, place, kind, people)?;
            }
            each_us = figures.cpu_each_us();
            text += &own_row(shown, people, &figures, place)?;
        }
    }
    text += "\n**The first of these by other programs**\n\n\
        | | of its core | people | truth | it says | p99 off by |\n| --- | --- | --- | --- | --- | --- |\n";
    for sayer in &SAYERS {
        if !place.has(&sayer.program) {
            eprintln!("{}: not on PATH, left out", sayer.program.name);
            continue;
        }
        let ask =
            |people: u32| measure::run(target, core, place, &sayer.program, &(sayer.words)(place, people, KINDS[0].0));
        let each_us = ask(FEW)?.cpu_each_us();
        for share in [SHARES[1], SHARES[3]] {
            let people = (share * KINDS[0].2 / each_us).round().max(1.0) as u32;
            text += &said_row(sayer, people, &ask(people)?);
        }
    }
    Ok(text + &stalled(target, core, place)?)
}

const TIDEMARK: Program = Program { name: "Tidemark", file: "tidemark", words: |_, _| None };

fn own(target: &Target, core: &str, place: &Place, kind: &str, people: u32) -> Result<Figures, String> {
    let load = format!(
        r#"{{ "people": [ {{ "to": {people}, "over": "1s" }}, {{ "to": {people}, "over": "{}s" }} ], "warm_up": "1s" }}"#,
        SECONDS - 1
    );
    scenario(target, core, place, kind, &load)
}

fn scenario(target: &Target, core: &str, place: &Place, kind: &str, load: &str) -> Result<Figures, String> {
    let text = include_str!("../../bench/loads/known.tide").replace("KIND", kind).replace("LOAD", load);
    let text = text.replace("http://127.0.0.1:4790", &place.origin());
    let path = place.folder.join("known.tide");
    std::fs::write(&path, text).map_err(|error| format!("could not write {}: {error}", path.display()))?;
    let words = format!("run known.tide --fail-on never --workers 1 --quiet --no-probe --json --out {RESULT}");
    let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    measure::run(target, core, place, &TIDEMARK, &words)
}

fn own_row(shown: &str, people: u32, figures: &Figures, place: &Place) -> Result<String, String> {
    let (service, response, suspect) = own_figures(figures)?;
    let truth = truth_ms(figures);
    let row = format!(
        "| {shown} | {:.0} % | {people} | {} | {} | {} | {} | {} | {suspect} |\n",
        100.0 * figures.core_share(),
        three(truth),
        three(service),
        off(truth[1], service[1]),
        three(response),
        off(truth[1], response[1]),
    );
    eprintln!("{row}  {}", health(place));
    Ok(row)
}

/// How late requests left where they were due at set times: what people felt has it in it. Nothing for other works.
pub fn on_time(work: &Work, rows: &[(&'static Program, Vec<Figures>)], place: &Place) -> Result<String, String> {
    let Some(figures) = rows.iter().filter(|_| work.name == "arrivals").find_map(|(_, all)| all.last()) else {
        return Ok(String::new());
    };
    let (service, response, _) = own_figures(figures)?;
    let seconds = seconds(place);
    let late = |worst: bool| {
        ["left_late_p50_us", "left_late_p99_us", "left_late_max_us"].map(|name| {
            let mut all = of_seconds(&seconds, name);
            let middle = table::middle(&mut all);
            (if worst { all.last().copied() } else { Some(middle) }).map(|us| us / 1_000.0)
        })
    };
    let (usual, worst) = (three(late(false)), three(late(true)));
    Ok(format!(
        "\n| how late requests left, second by second | p50 / p99 / the latest in ms |\n| --- | --- |\n\
         | the middle one of {} seconds | {usual} |\n| the worst | {worst} |\n\
         \n| the last of these runs | p50 / p99 / p99.9 in ms |\n| --- | --- |\n| response time, from when a request was due \
         | {} |\n| service time, from when it left | {} |\n",
        seconds.len(),
        three(response),
        three(service),
    ))
}

/// Service and response times, and how many seconds were suspect, of how many.
fn own_figures(figures: &Figures) -> Result<(Three, Three, String), String> {
    let report: Value = serde_json::from_str(&figures.said)
        .map_err(|error| format!("Tidemark's report can't be read ({error}): {}", figures.said))?;
    let all = &report["all"];
    let times =
        |which: &str| ["p50_us", "p99_us", "p99_9_us"].map(|name| all[which][name].as_f64().map(|us| us / 1_000.0));
    let (suspect, healthy) = (&report["suspect_seconds"], &report["healthy_seconds"]);
    let all_seconds = suspect.as_u64().unwrap_or(0) + healthy.as_u64().unwrap_or(0);
    Ok((times("service"), times("response"), format!("{suspect} of {all_seconds}")))
}

fn said_row(sayer: &Sayer, people: u32, figures: &Figures) -> String {
    let (truth, said) = (truth_ms(figures), (sayer.read)(&figures.said));
    let row = format!(
        "| {} | {:.0} % | {people} | {} | {} | {} |\n",
        sayer.program.name,
        100.0 * figures.core_share(),
        three(truth),
        three(said),
        off(truth[1], said[1]),
    );
    eprint!("{row}");
    row
}

/// A stall of one second, where it is known what people feel: of all due in it, evenly between nothing and a second.
fn stalled(target: &Target, core: &str, place: &Place) -> Result<String, String> {
    let load = format!(
        r#"{{ "start": {ARRIVALS}, "arrivals": [ {{ "to": {ARRIVALS}, "over": "{STALL_SECONDS}s" }} ], "at_most": 50, "share_connections": true }}"#
    );
    let figures = scenario(target, core, place, "stall", &load)?;
    let (service, response, _) = own_figures(&figures)?;
    // So many of all arrivals are due in the stall; a share of them beyond a percentile waited longest.
    let share = 1.0 / STALL_SECONDS as f64;
    let felt = |beyond: f64| Some(1_000.0 * (1.0 - beyond / share));
    let truth = [Some(0.0), felt(0.01), felt(0.001)];
    Ok(format!(
        "\n**A target that stands still for a second of {STALL_SECONDS}, {ARRIVALS} arrivals a second on 50 connections**\n\n\
        | | p50 / p99 / p99.9 in ms |\n| --- | --- |\n| what people felt, by arithmetic | {} |\n| response time | {} |\n\
        | service time: only 50 requests saw it | {} |\n",
        three(truth),
        three(response),
        three(service),
    ))
}

fn truth_ms(figures: &Figures) -> Three {
    [0, 2, 3].map(|at| figures.truth_us.get(at).map(|us| us / 1_000.0))
}

fn three(all: Three) -> String {
    all.map(|ms| ms.map_or_else(|| "–".to_owned(), |ms| format!("{ms:.2}"))).join(" / ")
}

fn off(truth: Option<f64>, said: Option<f64>) -> String {
    truth.zip(said).map_or_else(|| "–".to_owned(), |(truth, said)| format!("{:+.1} %", 100.0 * (said - truth) / truth))
}

/// The seconds of the last result.
fn seconds(place: &Place) -> Vec<Value> {
    let text = run::quietly(run::program("zcat").arg(place.folder.join(RESULT))).unwrap_or_default();
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter(|line| line["kind"] == "interval").collect()
}

/// One figure of their health.
fn of_seconds(seconds: &[Value], name: &str) -> Vec<f64> {
    seconds.iter().filter_map(|line| line["health"][name].as_f64()).collect()
}

/// How the program was doing by its own account: the middle of its seconds, in microseconds and shares.
fn health(place: &Place) -> String {
    let seconds = seconds(place);
    let of = |name: &str| format!("{name} {:.2}", table::middle(&mut of_seconds(&seconds, name)));
    ["own_delay", "lag_p99_us", "left_late_p99_us", "unread_p99_us", "cpu_share", "queued_share"].map(of).join(", ")
}

const SAYERS: [Sayer; 4] = [
    Sayer {
        program: Program { name: "wrk", file: "wrk", words: |_, _| None },
        words: |place, people, kind| {
            split(format!("-t 1 -c {people} -d {SECONDS}s --latency {}/wait/{kind}", place.origin()))
        },
        read: |said| {
            let line = |share: &str| {
                let line = said.lines().find_map(|line| line.trim().strip_prefix(share))?;
                in_ms(line.trim())
            };
            [line("50%"), line("99%"), None]
        },
    },
    Sayer {
        program: Program { name: "hey", file: "hey", words: |_, _| None },
        words: |place, people, kind| split(format!("-cpus 1 -c {people} -z {SECONDS}s {}/wait/{kind}", place.origin())),
        read: |said| {
            let line = |share: &str| {
                let line = said.lines().find(|line| line.trim().starts_with(share))?;
                let seconds: f64 = line.split(" in ").nth(1)?.split(' ').next()?.parse().ok()?;
                Some(seconds * 1_000.0)
            };
            [line("50%"), line("99%"), None]
        },
    },
    Sayer {
        program: Program { name: "oha", file: "oha", words: |_, _| None },
        words: |place, people, kind| {
            split(format!("--no-tui -c {people} -z {SECONDS}s {}/wait/{kind}", place.origin()))
        },
        read: |said| {
            let line = |share: &str| {
                let line = said.lines().find(|line| line.trim().starts_with(share))?;
                in_ms(&line.split(" in ").nth(1)?.replace(" sec", "s").replace(" ms", "ms"))
            };
            [line("50.00%"), line("99.00%"), line("99.90%")]
        },
    },
    Sayer {
        program: Program { name: "Locust FastHttpUser", file: "locust", words: |_, _| None },
        words: |place, people, kind| {
            let how = format!("--headless --only-summary -u {people} -r {people} -t {SECONDS}s");
            debug_assert_eq!(kind, KINDS[0].0, "known.py asks for nothing else");
            split(format!("-f known.py {how} -H {}", place.origin()))
        },
        read: |said| {
            // The last table's columns are 50, 66, 75, 80, 90, 95, 98, 99, 99.9 of 100.
            let line = said.lines().rev().find(|line| line.trim().starts_with("Aggregated")).unwrap_or_default();
            let numbers: Vec<f64> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
            [0, 7, 8].map(|at| numbers.get(at).copied())
        },
    },
];

fn split(line: String) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

/// A time with its unit in milliseconds, such as `20.01ms` or `1.2s`.
fn in_ms(text: &str) -> Option<f64> {
    let units = [("ms", 1.0), ("us", 1e-3), ("µs", 1e-3), ("s", 1e3)];
    units.into_iter().find_map(|(unit, ms)| Some(text.trim().strip_suffix(unit)?.trim().parse::<f64>().ok()? * ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_say_is_read() {
        let rows = [
            (0, "     50%   20.01ms\n     99%    1.20s\n", [Some(20.01), Some(1_200.0), None]),
            (1, "  50% in 0.0201 secs\n  99% in 0.2003 secs\n", [Some(20.1), Some(200.3), None]),
            (2, "  50.00% in 20.5 ms\n  99.00% in 0.2003 sec\n", [Some(20.5), Some(200.3), None]),
            (3, "Aggregated 20 20 20 21 21 22 25 200 210 220 230 1000", [Some(20.0), Some(200.0), Some(210.0)]),
        ];
        for (sayer, said, wanted) in rows {
            let close = |(found, wanted): (Option<f64>, Option<f64>)| match (found, wanted) {
                (Some(found), Some(wanted)) => (found - wanted).abs() < 1e-6,
                (found, wanted) => found == wanted,
            };
            let found = (SAYERS[sayer].read)(said);
            assert!(found.into_iter().zip(wanted).all(close), "{said}: {found:?}");
        }
    }
}
