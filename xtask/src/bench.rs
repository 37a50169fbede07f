//! `cargo xtask bench`: how much load one core makes, Tidemark beside every other program that is found, for
//! docs/performance.md.
//!
//! Must not judge: the figures are for reading. They go by turns, so that what else the computer does meets all alike, and
//! all are counted by the target and by the kernel, none by what it says of itself. How a program is called stands in
//! `programs`, how it is measured in `measure`, how it is written in `table`.

mod accuracy;
mod cores;
mod growth;
mod measure;
mod parts;
mod programs;
mod start;
mod table;

use crate::{machine, run};
use measure::{Figures, Target};
use programs::{GOOSE, PROGRAMS, Place, Program, WORKS, Work};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The core of the target, and that of whoever asks it.
const CORES: [&str; 2] = ["0", "1"];

/// What is no comparison of programs at one work: the parts of a request by themselves, how soon a run begins, what more
/// cores bring, what is said of known times, what a request costs as work grows, and what a long run leaves.
const OTHERS: [&str; 6] = ["parts", "start", "cores", "accuracy", "growth", "length"];

/// What was asked for.
struct Wish {
    rounds: usize,
    seconds: u64,
    works: Vec<&'static Work>,
    /// Of [`OTHERS`].
    others: Vec<&'static str>,
    /// Only prints.
    dry: bool,
}

/// Measures the works that are named, else all of them.
pub fn bench(words: &[String]) -> Result<ExitCode, String> {
    let wish = Wish::read(words)?;
    if !cfg!(target_os = "linux") {
        return Err("processor time and memory are read from /proc, which only Linux has".into());
    }
    run::succeed(run::cargo().args(["build", "--release", "-p", "tidemark", "-p", "tidemark-bench-target"]))?;
    let target_folder = machine::target_folder()?;
    let folder = target_folder.join("bench");
    std::fs::create_dir_all(&folder).map_err(|error| format!("could not make {}: {error}", folder.display()))?;
    for work in &wish.works {
        let target = Target::start(&target_folder.join("release/tidemark-bench-target"), CORES[0], work.tongue)?;
        let seconds = if work.seconds == 0 { wish.seconds } else { work.seconds };
        let place = Place {
            release: target_folder.join("release"),
            folder: folder.clone(),
            port: target.port,
            seconds,
            tongue: work.tongue,
        };
        place.write_files()?;
        if programs::goose(work.name, &place).is_some() {
            build_goose(&target_folder)?;
        }
        let rows = measure_all(work, &wish, &target, &place)?;
        publish(work.name, &(table::markdown(work, &rows) + &accuracy::on_time(work, &rows, &place)?), &wish)?;
    }
    for other in &wish.others {
        let release = target_folder.join("release");
        let tongue = if ["accuracy", "growth"].contains(other) { "known" } else { "" };
        let target = Target::start(&release.join("tidemark-bench-target"), CORES[0], tongue)?;
        let place = Place { release, folder: folder.clone(), port: target.port, seconds: wish.seconds, tongue: "" };
        place.write_files()?;
        // A dry run leaves the drawings where the other files are.
        let beside = if wish.dry { place.folder.clone() } else { run::root().join("docs") };
        let text = match *other {
            "parts" => parts::table(&target, &place)?,
            "start" => start::table(&target, CORES[1], &place, wish.rounds)?,
            "cores" => cores::table(&target, CORES, &place, wish.rounds)?,
            "length" => growth::lengths(&beside)?,
            "accuracy" => accuracy::tables(&target, CORES[1], &place)?,
            _ => growth::tables(&target, CORES[1], &place, &beside)?,
        };
        publish(other, &text, &wish)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Goose is a library, so its program is made here. It is no part of the workspace: nothing else needs what it brings.
fn build_goose(target_folder: &Path) -> Result<(), String> {
    let manifest = run::root().join("xtask/bench/goose/Cargo.toml");
    let mut build = run::cargo();
    build.args(["build", "--release", "--locked", "--bin", GOOSE, "--manifest-path"]).arg(manifest);
    run::succeed(build.arg("--target-dir").arg(target_folder))
}

/// Shows a table and puts it into its place.
fn publish(name: &str, text: &str, wish: &Wish) -> Result<(), String> {
    println!("\n{text}");
    if wish.dry { Ok(()) } else { table::write(&docs(), name, text) }
}

/// All programs that can do it and are there, by turns.
fn measure_all(
    work: &Work,
    wish: &Wish,
    target: &Target,
    place: &Place,
) -> Result<Vec<(&'static Program, Vec<Figures>)>, String> {
    let can = PROGRAMS.iter().filter(|program| (program.words)(work.name, place).is_some());
    let (found, missing): (Vec<&Program>, Vec<&Program>) = can.partition(|program| place.has(program));
    for program in missing {
        eprintln!("{}: not on PATH, left out", program.name);
    }
    let mut rows: Vec<(&Program, Vec<Figures>)> = found.into_iter().map(|program| (program, Vec::new())).collect();
    for round in 1..=wish.rounds {
        for (program, all) in &mut rows {
            let Some(words) = (program.words)(work.name, place) else { continue };
            let figures = match measure::run(target, CORES[1], place, program, &words) {
                Ok(figures) => figures,
                Err(trouble) if program.file == "tidemark" => return Err(trouble),
                // The others' figures are good without it.
                Err(trouble) => {
                    eprintln!("{}, round {round}: {trouble}", work.name);
                    continue;
                }
            };
            eprintln!(
                "{}, round {round}: {}: {:.0} requests/s, {:.1} µs each, {:.1} MB",
                work.name,
                program.name,
                figures.per_second(),
                figures.cpu_each_us(),
                figures.memory_mb()
            );
            all.push(figures);
        }
    }
    rows.retain(|(_, all)| !all.is_empty());
    Ok(rows)
}

fn docs() -> PathBuf {
    run::root().join("docs/performance.md")
}

impl Wish {
    fn read(words: &[String]) -> Result<Self, String> {
        let mut wish = Self { rounds: 3, seconds: 5, works: Vec::new(), others: Vec::new(), dry: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut number = || {
                let next = words.next().and_then(|word| word.parse::<u16>().ok()).filter(|number| *number > 0);
                next.ok_or_else(|| format!("{word} takes a whole number above 0"))
            };
            match word.as_str() {
                "--rounds" => wish.rounds = number()?.into(),
                "--seconds" => wish.seconds = number()?.into(),
                "--dry" => wish.dry = true,
                name => {
                    let work = WORKS.iter().find(|work| work.name == name);
                    let other = OTHERS.into_iter().find(|other| *other == name);
                    if work.is_none() && other.is_none() {
                        let known: Vec<_> = WORKS.iter().map(|work| work.name).chain(OTHERS).collect();
                        let known = known.join(", ");
                        return Err(format!("takes --rounds N, --seconds N, --dry and any of {known}, got {name}"));
                    }
                    wish.works.extend(work);
                    wish.others.extend(other);
                }
            }
        }
        if wish.works.is_empty() && wish.others.is_empty() {
            wish.works = WORKS.iter().collect();
            wish.others = OTHERS.to_vec();
        }
        Ok(wish)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_understood_or_refused() {
        let read = |words: &[&str]| Wish::read(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        let wish = read(&["flow", "--rounds", "7", "--dry"]).unwrap_or_else(|trouble| panic!("{trouble}"));
        assert_eq!((wish.rounds, wish.seconds, wish.dry), (7, 5, true));
        assert_eq!(wish.works.iter().map(|work| work.name).collect::<Vec<_>>(), ["flow"]);
        assert_eq!(read(&[]).map(|wish| wish.works.len()), Ok(WORKS.len()));
        for wrong in [&["flows"][..], &["--rounds"], &["--rounds", "0"], &["--seconds", "x"]] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
