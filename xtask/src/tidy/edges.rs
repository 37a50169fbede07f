//! Who may know whom: the one table of the borders between crates.
//!
//! A new edge is a decision: discuss it, write it into ARCHITECTURE.md, then into [`CRATES`].

use super::Finding;
use super::tree::Tree;
use serde_json::Value;

/// What a crate may depend on.
struct Crate {
    folder: &'static str,
    package: &'static str,
    /// Our own crates that it may name.
    ours: &'static [&'static str],
    others: Others,
}

/// Which packages of others a crate may use.
enum Others {
    /// These, also in tests, and no more.
    Only(&'static [&'static str]),
    /// Any but these; tests are free.
    Not(&'static [&'static str]),
}

const CORE: &str = "tidemark-core";
const ENGINE: &str = "tidemark-engine";
const HOST: &str = "tidemark-host";
const APP_MODEL: &str = "tidemark-app-model";
const SHOP: &str = "tidemark-shop";
const TESTS: &str = "tidemark-tests";

const CRATES: &[Crate] = &[
    Crate { folder: "core", package: CORE, ours: &[], others: Others::Only(&CORE_MAY_USE) },
    Crate {
        folder: "engine",
        package: ENGINE,
        ours: &[CORE],
        others: Others::Not(&["axum", "clap", "tauri", "serde_json", "anyhow"]),
    },
    Crate {
        folder: "host",
        package: HOST,
        ours: &[CORE, ENGINE, SHOP],
        others: Others::Not(&["axum", "clap", "tauri", "anyhow"]),
    },
    Crate { folder: "cli", package: "tidemark", ours: &[CORE, HOST, SHOP], others: Others::Not(&["reqwest", "tauri"]) },
    Crate { folder: "shop", package: SHOP, ours: &[], others: Others::Not(&["clap", "tauri", "reqwest"]) },
    Crate { folder: "app-model", package: APP_MODEL, ours: &[CORE], others: Others::Only(&CORE_MAY_USE) },
    Crate {
        folder: "app-ui",
        package: "tidemark-app-ui",
        ours: &[CORE, APP_MODEL],
        others: Others::Not(&["tokio", "reqwest", "axum", "clap", "tauri", "anyhow"]),
    },
    Crate {
        folder: "src-tauri",
        package: "tidemark-desktop",
        // The shop and the tests for its own tests only.
        ours: &[CORE, APP_MODEL, HOST, SHOP, TESTS],
        others: Others::Not(&["axum", "clap", "reqwest", "anyhow"]),
    },
    Crate { folder: "tests", package: TESTS, ours: &[CORE, ENGINE, HOST, SHOP, APP_MODEL], others: Others::Not(&[]) },
    Crate { folder: "xtask", package: "xtask", ours: &[], others: Others::Only(&["serde_json"]) },
    Crate { folder: "xtask/bench", package: "tidemark-bench-target", ours: &[], others: Others::Not(&["reqwest"]) },
    Crate { folder: "xtask/wasm", package: "xtask-wasm", ours: &[], others: Others::Not(&[]) },
];

/// All of these build for wasm32 and need no clock, file, network or thread.
const CORE_MAY_USE: [&str; 24] = [
    "serde",
    "serde_json",
    "thiserror",
    "regex",
    "serde_json_path",
    "scraper",
    "csv",
    "hdrhistogram",
    "flate2",
    "base64",
    "percent-encoding",
    "memchr",
    "itoa",
    "url",
    "encoding_rs",
    "jiff",
    "fake",
    "rand_core",
    "rand_xoshiro",
    "uuid",
    "getrandom", // only so that `fake` links for wasm32
    "web-sys",   // in `charset` only: the browser's text decoder, in the place of 200 kB of tables
    "wasm-bindgen-test",
    "roxmltree", // in tests only
];

/// The editor's run inside a browser, so they are compiled with it.
const WITH_TESTS: [&str; 2] = ["tidemark-tests", "tidemark-app-ui"];

/// Every declared dependency is in the table.
pub fn allowed_edges(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let packages = tree.metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let ours: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let Some(known) = CRATES.iter().find(|known| known.package == name) else {
            let place = manifest_of(tree, package);
            findings.push(Finding::new(
                &place,
                1,
                format!("{name} has no borders"),
                "give it a row in xtask/src/tidy/edges.rs",
            ));
            continue;
        };
        let path = format!("{}/Cargo.toml", known.folder);
        for dependency in package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default() {
            let wanted = dependency["name"].as_str().unwrap_or_default();
            let for_tests = dependency["kind"] == "dev";
            let allowed = if ours.contains(&wanted) {
                known.ours.contains(&wanted)
            } else {
                match known.others {
                    Others::Only(list) => list.contains(&wanted),
                    Others::Not(list) => for_tests || !list.contains(&wanted),
                }
            };
            if !allowed {
                let line = tree.file(&path).map_or(1, |file| line_naming(&file.text, wanted));
                let what = format!("{} may not use {wanted}", known.folder);
                findings.push(Finding::new(
                    &path,
                    line,
                    what,
                    "move the code to a crate that may (borders: xtask/src/tidy/edges.rs)",
                ));
            }
        }
    }
    findings
}

/// Integration tests of other crates than these would not be run by `cargo xtask test`.
pub fn tests_in_one_place(tree: &Tree) -> Vec<Finding> {
    let packages = tree.metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let elsewhere =
        packages.iter().filter(|package| !WITH_TESTS.iter().any(|name| package["name"] == *name)).filter(|package| {
            let targets = package["targets"].as_array().map(Vec::as_slice).unwrap_or_default();
            targets.iter().any(|target| target["kind"][0] == "test")
        });
    elsewhere
        .map(|package| {
            let place = manifest_of(tree, package);
            Finding::new(&place, 1, "has an integration test of its own, which would not be run", "move it to tests/it")
        })
        .collect()
}

/// Path of a package's manifest from the workspace root.
fn manifest_of(tree: &Tree, package: &Value) -> String {
    let path = package["manifest_path"].as_str().unwrap_or_default();
    let root = tree.metadata["workspace_root"].as_str().unwrap_or_default();
    path.strip_prefix(root).unwrap_or(path).trim_start_matches(['/', '\\']).replace('\\', "/")
}

/// The first line whose key, or whose `package = "…"`, is `name`; 1 if there is none.
fn line_naming(text: &str, name: &str) -> usize {
    let found = text.lines().position(|line| {
        let key = line.split(['=', '.']).next().unwrap_or_default().trim();
        key == name || line.contains(&format!("\"{name}\"")) || line.trim().ends_with(&format!(".{name}]"))
    });
    found.map_or(1, |at| at + 1)
}
