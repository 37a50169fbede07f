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
    /// What the target speaks, as it is told; empty for plain HTTP/1.1.
    pub tongue: &'static str,
}

pub const WORKS: [Work; 7] = [
    Work { name: "get", title: "The same GET again and again, 64 connections", beside: "wrk", seconds: 0, tongue: "" },
    Work {
        name: "flow",
        title: "A weighted flow, 64 people without pauses: GET, GET with a value of the first answer, and one time in \
                four a POST with it; every status checked",
        beside: "wrk",
        seconds: 0,
        tongue: "",
    },
    Work { name: "tls", title: "The same GET over TLS 1.3, 64 connections", beside: "wrk", seconds: 0, tongue: "tls" },
    Work {
        name: "http2",
        title: "The same GET over HTTP/2, 8 connections with 32 requests at once on each",
        beside: "h2load",
        seconds: 0,
        tongue: "h2",
    },
    Work {
        name: "arrivals",
        title: "20,000 new people a second, whatever the answers take",
        beside: "Tidemark",
        seconds: 0,
        tongue: "",
    },
    Work {
        name: "people",
        title: "10,000 people with a connection and cookies each, who ask once a second",
        beside: "Tidemark",
        seconds: 20,
        tongue: "",
    },
    Work {
        name: "crowd",
        title: "100,000 people who pause for a minute, on a computer that may open 20,000 files",
        beside: "Tidemark",
        seconds: 120,
        tongue: "",
    },
];

/// A program that makes load.
pub struct Program {
    pub name: &'static str,
    /// As it is found: our own where they are built, the others on PATH.
    pub file: &'static str,
    /// The words behind it for a work; `None` where it can't do it.
    pub words: fn(&str, &Place) -> Option<Vec<String>>,
}

/// The program that is made of the works with Goose, which is no program by itself (`xtask/bench/goose`).
pub const GOOSE: &str = "tidemark-bench-goose";

pub const PROGRAMS: [Program; 9] = [
    Program { name: "Tidemark", file: "tidemark", words: tidemark },
    Program { name: "wrk", file: "wrk", words: wrk },
    Program { name: "h2load", file: "h2load", words: h2load },
    Program { name: "ab -k", file: "ab", words: ab },
    Program { name: "oha", file: "oha", words: oha },
    Program { name: "hey", file: "hey", words: hey },
    Program { name: "k6", file: "k6", words: k6 },
    Program { name: "Goose", file: GOOSE, words: goose },
    Program { name: "Locust FastHttpUser", file: "locust", words: locust },
];

/// The files of a work that name the target, so that they are written anew for each.
const FILES: [(&str, &str); 11] = [
    ("flow.tide", include_str!("../../bench/loads/flow.tide")),
    ("http2.tide", include_str!("../../bench/loads/http2.tide")),
    ("arrivals.tide", include_str!("../../bench/loads/arrivals.tide")),
    ("crowd.tide", include_str!("../../bench/loads/crowd.tide")),
    ("people.tide", include_str!("../../bench/loads/people.tide")),
    ("flow.lua", include_str!("../../bench/loads/flow.lua")),
    ("flow.js", include_str!("../../bench/loads/flow.js")),
    ("plain.js", include_str!("../../bench/loads/plain.js")),
    ("flow.py", include_str!("../../bench/loads/flow.py")),
    ("known.py", include_str!("../../bench/loads/known.py")),
    ("plain.py", include_str!("../../bench/loads/plain.py")),
];

/// Where everything is, and for how long.
pub struct Place {
    /// Where our own programs are.
    pub release: PathBuf,
    /// Where the programs run and leave what they write.
    pub folder: PathBuf,
    pub port: u16,
    pub seconds: u64,
    /// As in [`Work`].
    pub tongue: &'static str,
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

    /// The target's address.
    pub fn origin(&self) -> String {
        let scheme = if self.tongue == "tls" { "https" } else { "http" };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    /// What is asked for in plain GETs.
    fn address(&self) -> String {
        format!("{}/items/12345", self.origin())
    }

    /// Whether the program can be started.
    pub fn has(&self, program: &Program) -> bool {
        self.path(program).is_absolute() || run::quietly(run::program("which").arg(program.file)).is_some()
    }

    /// How the program is named to start it.
    pub fn path(&self, program: &Program) -> PathBuf {
        if ["tidemark", GOOSE].contains(&program.file) { self.release.join(program.file) } else { program.file.into() }
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
        "get" | "tls" => words(format!("url {} -k -c 64 -z {}s {how} {out}", place.address(), place.seconds)),
        "arrivals" => words(format!("run arrivals.tide --fail-on never --json {how} {out}")),
        name => words(format!("run {name}.tide --fail-on never {how} {out}")),
    }
}

fn wrk(work: &str, place: &Place) -> Option<Vec<String>> {
    let how = format!("-t 1 -c 64 -d {}s", place.seconds);
    match work {
        "get" | "tls" => words(format!("{how} {}", place.address())),
        "flow" => words(format!("{how} -s flow.lua {}", place.origin())),
        _ => None,
    }
}

fn h2load(work: &str, place: &Place) -> Option<Vec<String>> {
    let how = match work {
        "get" | "tls" => "--h1 -c 64",
        "http2" => "-c 8 -m 32",
        _ => return None,
    };
    words(format!("{how} -t 1 -D {} {}", place.seconds, place.address()))
}

fn ab(work: &str, place: &Place) -> Option<Vec<String>> {
    let how = format!("-k -q -c 64 -n 100000000 -t {}", place.seconds);
    matches!(work, "get" | "tls").then(|| words(format!("{how} {}", place.address())))?
}

fn oha(work: &str, place: &Place) -> Option<Vec<String>> {
    let how = match work {
        "get" | "tls" => "-c 64",
        "http2" => "--http2 -c 8 -p 32",
        _ => return None,
    };
    words(format!("--no-tui --insecure {how} -z {}s {}", place.seconds, place.address()))
}

fn hey(work: &str, place: &Place) -> Option<Vec<String>> {
    let how = format!("-cpus 1 -c 64 -z {}s", place.seconds);
    // Over TLS it greets the target with its port in the name, which rustls refuses.
    (work == "get").then(|| words(format!("{how} {}", place.address())))?
}

fn k6(work: &str, place: &Place) -> Option<Vec<String>> {
    let file = match work {
        "get" | "tls" => "plain.js",
        "flow" => "flow.js",
        _ => return None,
    };
    words(format!(
        "run -q --insecure-skip-tls-verify --vus 64 -d {}s -e TARGET={} {file}",
        place.seconds,
        place.origin()
    ))
}

/// The words for [`GOOSE`], as in [`Program::words`].
pub fn goose(work: &str, place: &Place) -> Option<Vec<String>> {
    let scenario = match work {
        "get" | "tls" => "plain",
        "flow" => "flow",
        _ => return None,
    };
    words(format!(
        "--scenarios {scenario} --accept-invalid-certs --no-telnet -q -u 64 -r 64 -t {}s -H {}",
        place.seconds,
        place.origin()
    ))
}

fn locust(work: &str, place: &Place) -> Option<Vec<String>> {
    let file = match work {
        "get" | "tls" => "plain.py",
        "flow" => "flow.py",
        _ => return None,
    };
    words(format!("-f {file} --headless --only-summary -u 64 -r 64 -t {}s -H {}", place.seconds, place.origin()))
}
