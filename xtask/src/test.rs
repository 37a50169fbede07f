//! `cargo xtask test`: exactly what has to pass before a change lands, part by part.
//!
//! Must not know the rules that a part checks; it starts parts, times them and stops at the first that fails.

use crate::machine::{self, Need};
use crate::{desktop, run, tidy, ui};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// One part: what it is called on the command line, what it shows, what it needs, and what it runs.
struct Part {
    name: &'static str,
    about: &'static str,
    needs: &'static [Need],
    /// The number of tests that passed; 0 for a part that checks without counting.
    run: fn() -> Result<u64, String>,
}

// One build serves `unit`, `it` and `timing`: each names the whole workspace, so cargo picks the same features for all
// of them. Building the tests crate alone would compile tokio and all above it a second time.
const PARTS: &[Part] = &[
    Part { name: "fmt", about: "the code is formatted", needs: &[Need::Rustfmt], run: fmt },
    Part { name: "tidy", about: "the house rules hold", needs: &[], run: tidy::check },
    Part {
        name: "clippy",
        about: "no warnings",
        needs: &[Need::Clippy, Need::CCompiler, Need::WasmTarget],
        run: clippy,
    },
    Part { name: "build", about: "tidemark and all tests compile", needs: &[Need::CCompiler], run: build },
    Part { name: "unit", about: "unit tests of every crate", needs: &[Need::CCompiler], run: unit },
    Part { name: "it", about: "tests against real servers and the whole program", needs: IT_NEEDS, run: it },
    Part { name: "timing", about: "tests that measure time, one after the other", needs: PROGRAM_NEEDS, run: timing },
    Part {
        name: "wasm",
        about: "core and app-model build and pass their tests on wasm32",
        needs: WASM_NEEDS,
        run: wasm,
    },
    Part {
        name: "ui",
        about: "the editor builds for handing out, and is small enough",
        needs: &[Need::CCompiler, Need::WasmTarget],
        run: ui::check,
    },
    Part { name: "web", about: "the editor's parts, inside a browser", needs: WEB_NEEDS, run: web },
    Part { name: "e2e", about: "the app in a browser, and every screen for everybody", needs: E2E_NEEDS, run: e2e },
    Part {
        name: "desktop",
        about: "the window builds, says what the server says, and is used as the browser is",
        needs: DESKTOP_NEEDS,
        run: desktop::check,
    },
];

/// Everything but the editor, which has no native build, and the window, which needs WebKit and the editor's files.
const NATIVE: [&str; 5] = ["--workspace", "--exclude", "tidemark-app-ui", "--exclude", desktop::PACKAGE];

const IT_NEEDS: &[Need] = &[Need::CCompiler, Need::Python, Need::Prometheus, Need::InfluxDb];
const PROGRAM_NEEDS: &[Need] = &[Need::CCompiler, Need::Python];
const WEB_NEEDS: &[Need] = &[Need::CCompiler, Need::WasmTarget, Need::Browser];
const E2E_NEEDS: &[Need] = &[Need::CCompiler, Need::WasmTarget, Need::Browser, Need::Axe];
const DESKTOP_NEEDS: &[Need] =
    &[Need::CCompiler, Need::Clippy, Need::WasmTarget, Need::WebKit, Need::Screen, Need::Axe];
const WASM_NEEDS: &[Need] = &[Need::WasmTarget, Need::Node];

/// Runs the parts named by `words`, or all of them.
pub fn test(words: &[String]) -> Result<ExitCode, String> {
    let chosen = choose(words)?;
    let mut needs: Vec<Need> = Vec::new();
    for need in chosen.iter().flat_map(|part| part.needs) {
        if !needs.contains(need) {
            needs.push(*need);
        }
    }
    machine::provide(&needs)?;

    let begin = Instant::now();
    let (mut tests, mut times) = (0, Vec::new());
    for part in &chosen {
        println!("\n== {}: {}", part.name, part.about);
        let start = Instant::now();
        let outcome = (part.run)();
        let seconds = start.elapsed().as_secs_f64();
        match outcome {
            Ok(passed) => {
                println!("== {}: ok, {seconds:.1} s", part.name);
                tests += passed;
                times.push(format!("{} {seconds:.0} s", part.name));
            }
            Err(trouble) => {
                println!("== {}: FAILED after {seconds:.1} s", part.name);
                eprintln!("{trouble}\nMend it, then run this part alone: cargo xtask test {}", part.name);
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    println!("\n{}", times.join(" · "));
    println!("passed: {tests} tests; parts: {}; seconds: {:.0}", chosen.len(), begin.elapsed().as_secs_f64());
    Ok(ExitCode::SUCCESS)
}

fn choose(words: &[String]) -> Result<Vec<&'static Part>, String> {
    if let Some(unknown) = words.iter().find(|word| PARTS.iter().all(|part| part.name != **word)) {
        let names: Vec<_> = PARTS.iter().map(|part| part.name).collect();
        return Err(format!("there is no part named {unknown}; these exist: {}", names.join(", ")));
    }
    Ok(PARTS.iter().filter(|part| words.is_empty() || words.iter().any(|word| word == part.name)).collect())
}

fn fmt() -> Result<u64, String> {
    run::succeed(run::cargo().args(["fmt", "--all", "--check"]))
        .map_err(|trouble| format!("{trouble}: run `cargo fmt`"))?;
    Ok(0)
}

fn clippy() -> Result<u64, String> {
    for targets in [["--all-targets"].as_slice(), &["--test", "e2e"]] {
        run::succeed(run::cargo().arg("clippy").args(NATIVE).args(targets).args(["--", "-D", "warnings"]))?;
    }
    let editor = ["--package", "tidemark-app-ui", "--target", machine::WASM];
    run::succeed(run::cargo().arg("clippy").args(editor).args(["--all-targets", "--", "-D", "warnings"]))?;
    Ok(0)
}

fn build() -> Result<u64, String> {
    run::succeed(run::cargo().arg("build").args(NATIVE).args(["--bins", "--tests"]))?;
    Ok(0)
}

fn unit() -> Result<u64, String> {
    at_least_one(run::count_tests(run::cargo().arg("test").args(NATIVE).args(["--lib", "--bins"]))?)
}

fn it() -> Result<u64, String> {
    let (prometheus, influxdb) = (machine::prometheus()?, machine::influxdb()?);
    let passed = |words: &[&str]| {
        let mut tests = whole_program()?;
        tests.env("TIDEMARK_PROMETHEUS", &prometheus).env("TIDEMARK_INFLUXD", &influxdb);
        at_least_one(run::count_tests(tests.args(["--test", "it", "--"]).args(words))?)
    };
    // Those that compare what they measure have the computer to themselves.
    Ok(passed(&["--skip", "::alone::"])? + passed(&["::alone::", "--test-threads=1"])?)
}

fn timing() -> Result<u64, String> {
    run::count_tests(whole_program()?.args(["--test", "timing", "--", "--test-threads=1"]))
}

/// `cargo test` with `tidemark` built and its path in `TIDEMARK_BIN`.
fn whole_program() -> Result<Command, String> {
    run::succeed(run::cargo().args(["build", "--quiet"]).args(NATIVE).args(["--bins", "--tests"]))?;
    let program = machine::target_folder()?.join("debug").join(format!("tidemark{}", std::env::consts::EXE_SUFFIX));
    let mut command = run::cargo();
    command.env("TIDEMARK_BIN", program).arg("test").args(NATIVE);
    Ok(command)
}

fn wasm() -> Result<u64, String> {
    const WHERE: [&str; 6] =
        ["--package", "tidemark-core", "--package", "tidemark-app-model", "--target", machine::WASM];
    // Unoptimised, the tests take twenty times as long, more than optimising costs. A profile of its own would have all
    // derive macros built once more; this setting leaves them alone.
    const OPTIMISE: (&str, &str) = ("CARGO_PROFILE_DEV_OPT_LEVEL", "1");
    run::succeed(run::cargo().arg("build").args(WHERE).env(OPTIMISE.0, OPTIMISE.1))?;
    let runner = machine::wasm_runner()?;
    let mut command = run::cargo();
    if let Some(folder) = machine::node_folder()? {
        run::search_first(&mut command, &folder)?;
    }
    command
        .arg("test")
        .args(WHERE)
        .env(OPTIMISE.0, OPTIMISE.1)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    at_least_one(run::count_tests(&mut command)?)
}

fn web() -> Result<u64, String> {
    let mut command = run::cargo();
    command.args(["test", "--package", "tidemark-app-ui", "--test", "web", "--target", machine::WASM]);
    command
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", machine::wasm_runner()?)
        .env("CHROMEDRIVER", "chromedriver");
    at_least_one(run::count_tests(&mut command)?)
}

fn e2e() -> Result<u64, String> {
    ui::check()?;
    at_least_one(run::count_tests(&mut journeys()?)?)
}

/// `cargo test` of the journeys through the app, with all they need named.
pub fn journeys() -> Result<Command, String> {
    let mut command = whole_program()?;
    // Two at a time: a journey mostly waits, and more would wait for the processor.
    command.env("TIDEMARK_AXE", machine::axe()?).args(["--test", "e2e", "--", "--test-threads=2"]);
    Ok(command)
}

/// A part whose tests silently stopped being found must not pass.
fn at_least_one(passed: u64) -> Result<u64, String> {
    if passed == 0 { Err("no test ran at all".into()) } else { Ok(passed) }
}
