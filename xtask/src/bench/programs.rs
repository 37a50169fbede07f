//! What is measured, and how each program is told to do it. Must not know how it is measured.

use super::measure;
use crate::run;
use std::path::PathBuf;

/// One kind of load.
pub struct Work {
    pub name: &'static str,
    /// What stands above its table.
    pub title: &'static str,
    /// Whom the others are compared with; the first of these that was measured.
    pub beside: &'static str,
    /// How long it takes, where that isn't free to choose; else 0.
    pub seconds: u64,
}

pub const WORKS: [Work; 3] = [
    Work { name: "get", title: "The same GET again and again, 64 connections", beside: "wrk", seconds: 0 },
    Work {
        name: "flow",
        title: "A weighted flow, 64 people without pauses: GET, GET with a value of the first answer, and one time in \
                four a POST with it; every status checked",
        beside: "wrk",
        seconds: 0,
    },
    Work {
        name: "people",
        title: "10,000 people with a connection and cookies each, who ask once a second",
        beside: "Tidemark",
        seconds: 20,
    },
];

/// A program that makes load.
pub struct Program {
    pub name: &'static str,
    /// As it is found on PATH.
    file: &'static str,
    /// The words behind it for a work; `None` where it can't do it.
    pub words: fn(&str, &Place) -> Option<Vec<String>>,
}

pub const PROGRAMS: [Program; 8] = [
    Program { name: "Tidemark", file: "tidemark", words: tidemark },
    Program { name: "wrk", file: "wrk", words: wrk },
    Program { name: "h2load (HTTP/1.1)", file: "h2load", words: h2load },
    Program { name: "ab -k", file: "ab", words: ab },
    Program { name: "oha", file: "oha", words: oha },
    Program { name: "hey", file: "hey", words: hey },
    Program { name: "k6", file: "k6", words: k6 },
    Program { name: "Locust FastHttpUser", file: "locust", words: locust },
];

/// The files of a work that name the target, so that they are written anew for each.
const FILES: [(&str, &str); 7] = [
    ("flow.tide", include_str!("../../bench/work/flow.tide")),
    ("people.tide", include_str!("../../bench/work/people.tide")),
    ("flow.lua", include_str!("../../bench/work/flow.lua")),
    ("flow.js", include_str!("../../bench/work/flow.js")),
    ("plain.js", include_str!("../../bench/work/plain.js")),
    ("flow.py", include_str!("../../bench/work/flow.py")),
    ("plain.py", include_str!("../../bench/work/plain.py")),
];

/// Where everything is, and for how long.
pub struct Place {
    /// Where our own programs are.
    pub release: PathBuf,
    /// Where the programs run and leave what they write.
    pub folder: PathBuf,
    pub port: u16,
    pub seconds: u64,
}

impl Place {
    /// Puts the works' files into the folder, with the target's address.
    pub fn write_files(&self) -> Result<(), String> {
        for (name, text) in FILES {
            let path = self.folder.join(name);
            let text = text.replace("http://127.0.0.1:4790", &self.origin());
            let text = text.replace("\"over\": \"5s\"", &format!("\"over\": \"{}s\"", self.seconds));
            std::fs::write(&path, text).map_err(|error| format!("could not write {}: {error}", path.display()))?;
        }
        Ok(())
    }

    fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What is asked for in plain GETs.
    fn address(&self) -> String {
        format!("{}/items/12345", self.origin())
    }

    /// Whether the program can be started.
    pub fn has(&self, program: &Program) -> bool {
        program.file == "tidemark" || run::quietly(run::program("which").arg(program.file)).is_some()
    }

    /// How the program is named to start it.
    pub fn path(&self, program: &Program) -> PathBuf {
        if program.file == "tidemark" { self.release.join("tidemark") } else { program.file.into() }
    }
}

/// Words of a line that is split at spaces.
fn words(line: String) -> Option<Vec<String>> {
    Some(line.split_whitespace().map(str::to_owned).collect())
}

fn tidemark(work: &str, place: &Place) -> Option<Vec<String>> {
    let how = "--workers 1 --quiet --no-probe --out";
    let out = measure::RESULT;
    match work {
        "get" => words(format!("url {} -c 64 -z {}s {how} {out}", place.address(), place.seconds)),
        name => words(format!("run {name}.tide --fail-on never {how} {out}")),
    }
}

fn wrk(work: &str, place: &Place) -> Option<Vec<String>> {
    let how = format!("-t 1 -c 64 -d {}s", place.seconds);
    match work {
        "get" => words(format!("{how} {}", place.address())),
        "flow" => words(format!("{how} -s flow.lua {}", place.origin())),
        _ => None,
    }
}

fn h2load(work: &str, place: &Place) -> Option<Vec<String>> {
    let how = format!("--h1 -t 1 -c 64 -D {}", place.seconds);
    (work == "get").then(|| words(format!("{how} {}", place.address())))?
}

fn ab(work: &str, place: &Place) -> Option<Vec<String>> {
    let how = format!("-k -q -c 64 -n 100000000 -t {}", place.seconds);
    (work == "get").then(|| words(format!("{how} {}", place.address())))?
}

fn oha(work: &str, place: &Place) -> Option<Vec<String>> {
    let how = format!("--no-tui -c 64 -z {}s", place.seconds);
    (work == "get").then(|| words(format!("{how} {}", place.address())))?
}

fn hey(work: &str, place: &Place) -> Option<Vec<String>> {
    let how = format!("-cpus 1 -c 64 -z {}s", place.seconds);
    (work == "get").then(|| words(format!("{how} {}", place.address())))?
}

fn k6(work: &str, place: &Place) -> Option<Vec<String>> {
    let file = match work {
        "get" => "plain.js",
        "flow" => "flow.js",
        _ => return None,
    };
    words(format!("run -q --vus 64 -d {}s -e TARGET={} {file}", place.seconds, place.origin()))
}

fn locust(work: &str, place: &Place) -> Option<Vec<String>> {
    let file = match work {
        "get" => "plain.py",
        "flow" => "flow.py",
        _ => return None,
    };
    words(format!("-f {file} --headless --only-summary -u 64 -r 64 -t {}s -H {}", place.seconds, place.origin()))
}
