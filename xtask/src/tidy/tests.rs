use super::tree::{File, Tree};
use super::{Finding, Rule, colours, edges, manifests, names, sentences, sizes, words};
use serde_json::{Value, json};

/// Checks that `rule`, on a tree of these files, finds exactly these `path:line`s.
#[track_caller]
fn check(rule: Rule, files: &[(&str, &str)], wanted: &[&str]) {
    check_with(rule, files, Value::Null, wanted);
}

#[track_caller]
fn check_with(rule: Rule, files: &[(&str, &str)], metadata: Value, wanted: &[&str]) {
    let files = files.iter().map(|(path, text)| File::new(path, *text)).collect();
    let found: Vec<String> = places(&rule(&Tree { files, metadata }));
    assert_eq!(found, wanted);
}

fn places(findings: &[Finding]) -> Vec<String> {
    let place = |finding: &Finding| format!("{}:{}", finding.path, finding.line);
    findings.iter().filter(|finding| !finding.note).map(place).collect()
}

fn package(name: &str, folder: &str, dependencies: &[(&str, &str)]) -> Value {
    let dependencies: Vec<Value> = dependencies
        .iter()
        .map(|(name, kind)| json!({"name": name, "kind": if kind.is_empty() { Value::Null } else { json!(kind) }}))
        .collect();
    json!({
        "name": name,
        "manifest_path": format!("/somewhere/{folder}/Cargo.toml"),
        "dependencies": dependencies,
        "targets": [{"kind": ["lib"]}],
    })
}

fn metadata(packages: &[Value]) -> Value {
    json!({"workspace_root": "/somewhere", "packages": packages})
}

#[test]
fn an_edge_that_is_not_in_the_table_is_found_at_its_line() {
    let core = package("tidemark-core", "core", &[]);
    let host = package("tidemark-host", "host", &[("tidemark-core", "")]);
    let rows: [(Value, &str, &[&str]); 8] = [
        // core knows no crate of ours, and only what is listed of others
        (
            package("tidemark-core", "core", &[("tidemark-host", "")]),
            "a\ntidemark-host.workspace = true",
            &["core/Cargo.toml:2"],
        ),
        (
            package("tidemark-core", "core", &[("tokio", "dev")]),
            "a\nb\ntokio = { workspace = true }",
            &["core/Cargo.toml:3"],
        ),
        (package("tidemark-core", "core", &[("serde", "")]), "serde.workspace = true", &[]),
        // engine never host, axum, clap, tauri, serde_json; its tests may
        (
            package("tidemark-engine", "engine", &[("tidemark-host", "dev")]),
            "tidemark-host.workspace = true",
            &["engine/Cargo.toml:1"],
        ),
        (
            package("tidemark-engine", "engine", &[("serde_json", "")]),
            "[dependencies]\nserde_json = \"1\"",
            &["engine/Cargo.toml:2"],
        ),
        (package("tidemark-engine", "engine", &[("serde_json", "dev"), ("tidemark-core", "")]), "", &[]),
        // a dependency under another name, and a crate without a row
        (
            package("tidemark-shop", "shop", &[("reqwest", "")]),
            "\nhttp = { package = \"reqwest\" }",
            &["shop/Cargo.toml:2"],
        ),
        (package("tidemark-extra", "extra", &[]), "", &["extra/Cargo.toml:1"]),
    ];
    for (member, manifest, wanted) in rows {
        let folder =
            member["manifest_path"].as_str().and_then(|path| path.split('/').nth(2)).expect("a folder").to_owned();
        let path = format!("{folder}/Cargo.toml");
        check_with(edges::allowed_edges, &[(&path, manifest)], metadata(&[core.clone(), host.clone(), member]), wanted);
    }
}

#[test]
fn a_test_folder_outside_the_tests_crate_is_found() {
    let mut core = package("tidemark-core", "core", &[]);
    core["targets"] = json!([{"kind": ["lib"]}, {"kind": ["test"]}]);
    let mut tests = package("tidemark-tests", "tests", &[]);
    tests["targets"] = json!([{"kind": ["test"]}]);
    check_with(edges::tests_in_one_place, &[], metadata(&[core, tests]), &["core/Cargo.toml:1"]);
}

#[test]
fn a_member_without_the_workspace_s_lints_is_found() {
    let rule = manifests::lints_are_the_workspace_s;
    check(rule, &[("core/Cargo.toml", "[package]\n\n[lints]\nworkspace = true\n")], &[]);
    check(rule, &[("core/Cargo.toml", "[package]\n")], &["core/Cargo.toml:1"]);
    check(rule, &[("core/Cargo.toml", "[lints]\nworkspace = false\n")], &["core/Cargo.toml:1"]);
    check(rule, &[("Cargo.toml", "[workspace.lints.rust]\nunsafe_code = \"warn\"\n")], &["Cargo.toml:1"]);
    check(rule, &[("Cargo.toml", "[workspace.lints.rust]\nunsafe_code = \"forbid\"\n")], &[]);
}

#[test]
fn a_version_in_a_member_is_found() {
    let rows: [(&str, &[&str]); 9] = [
        ("[dependencies]\nserde = \"1\"", &["core/Cargo.toml:2"]),
        ("[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }", &["core/Cargo.toml:2"]),
        ("[dependencies]\nserde.version = \"1\"", &["core/Cargo.toml:2"]),
        ("[dev-dependencies]\n\n[dependencies.serde]\nversion = \"1\"", &["core/Cargo.toml:4"]),
        ("[target.'cfg(unix)'.dependencies]\nnix = \"0.30\"", &["core/Cargo.toml:2"]),
        ("[dependencies]\ntidemark-core = { path = \"../core\" }", &["core/Cargo.toml:2"]),
        ("[dependencies]\nserde.workspace = true", &[]),
        ("[dependencies]\nserde = { workspace = true, features = [\"derive\"] }", &[]),
        ("[package]\nversion = \"1\"\n[[bin]]\npath = \"src/main.rs\"", &[]),
    ];
    for (text, wanted) in rows {
        check(manifests::versions_only_in_the_root, &[("core/Cargo.toml", text)], wanted);
    }
    check(manifests::versions_only_in_the_root, &[("Cargo.toml", "[workspace.dependencies]\nserde = \"1\"")], &[]);
}

#[test]
fn a_word_outside_its_file_is_found() {
    let rows: [(&str, &str, &[&str]); 14] = [
        ("core/src/stats.rs", "\nuse hdrhistogram::Histogram;", &["core/src/stats.rs:2"]),
        ("core/src/stats/hist.rs", "use hdrhistogram::Histogram;", &[]),
        ("engine/src/run.rs", "let a = reqwest::get(b);", &["engine/src/run.rs:1"]),
        ("engine/src/exchange/proxied.rs", "let a = reqwest::get(b);", &[]),
        ("host/src/host.rs", "a();\neprintln!();", &["host/src/host.rs:2"]),
        ("host/src/host.rs", "#[cfg(test)]\nmod t {\n  println!();\n}", &[]),
        ("cli/src/main.rs", "println!();", &[]),
        ("tests/it/main.rs", "print!();", &[]),
        ("core/src/plan.rs", "let now = std::time::Instant::now();", &["core/src/plan.rs:1"]),
        ("core/src/plan/tests.rs", "std::fs::read(path);", &["core/src/plan/tests.rs:1"]),
        ("engine/src/clock.rs", "Instant::now();", &[]),
        ("core/src/plan.rs", "// reqwest, std::fs\nlet a = \"println!\";", &[]),
        ("core/src/plan.rs", "let my_reqwest = blueprint!();", &[]),
        ("core/src/values.rs", "getrandom::fill(a); getrandom::fill(b);", &["core/src/values.rs:1"]),
    ];
    for (path, text, wanted) in rows {
        check(words::only_in_these_files, &[(path, text)], wanted);
    }
}

#[test]
fn unfinished_skipped_unchecked_and_unsafe_code_is_found() {
    let rows: [(&str, &str, &[&str]); 11] = [
        ("host/src/a.rs", "a\n  .unwrap();", &["host/src/a.rs:2"]),
        ("host/src/a.rs", "#[cfg(test)]\nmod tests {\n a.unwrap();\n}\nb.unwrap();", &["host/src/a.rs:5"]),
        ("host/src/a/tests.rs", "a.unwrap();", &[]),
        ("tests/src/lib.rs", "a.unwrap();", &[]),
        ("host/src/a.rs", "a.unwrap_or(b);", &[]),
        ("tests/it/a.rs", "todo!();\nunimplemented!();", &["tests/it/a.rs:1", "tests/it/a.rs:2"]),
        ("tests/it/a.rs", "#[test]\n#[ignore = \"slow\"]\nfn a() {}", &["tests/it/a.rs:2"]),
        ("host/src/a.rs", "unsafe { a() }", &["host/src/a.rs:1"]),
        ("host/src/a.rs", "#![deny(unsafe_code)]", &[]),
        ("host/src/a.rs", "dbg!(a);", &["host/src/a.rs:1"]),
        ("host/src/a.rs", "//! unsafe todo!\nlet a = r#\".unwrap()\"#;", &[]),
    ];
    for (path, text, wanted) in rows {
        check(words::nowhere, &[(path, text)], wanted);
    }
}

#[test]
fn a_place_on_somebody_s_machine_is_found_in_any_file() {
    // Put together here, so that this file holds none.
    let rows: [(&str, String, &[&str]); 8] = [
        ("docs/a.md", format!("see\n`/{}/ada/notes`", "home"), &["docs/a.md:2"]),
        ("cli/src/a.rs", format!("let a = \"/{}/main\";", "work"), &["cli/src/a.rs:1"]),
        ("cli/src/a.rs", format!("// in /{}/.cargo", "root"), &["cli/src/a.rs:1"]),
        ("docs/a.md", format!("cd /{}/ada", "Users"), &["docs/a.md:1"]),
        ("docs/a.md", format!("https://shop.test/{}/garden", "home"), &[]),
        ("docs/a.md", format!("{{{{base}}}}/{}/garden", "home"), &[]),
        ("docs/a.md", format!("my/{}/notes", "work"), &[]),
        ("docs/a.md", format!("the path /{}/", "home"), &[]),
    ];
    for (path, text, wanted) in rows {
        check(words::no_machine_paths, &[(path, &text)], wanted);
    }
}

#[test]
fn a_file_above_its_cap_is_found_and_a_long_one_noted() {
    let lines = |count: usize| "a();\n".repeat(count);
    check(sizes::short_files, &[("core/src/a.rs", &lines(700)), ("core/src/a/tests.rs", &lines(1000))], &[]);
    check(sizes::short_files, &[("core/src/a.rs", &lines(701))], &["core/src/a.rs:701"]);
    check(sizes::short_files, &[("core/src/a/tests.rs", &lines(1001))], &["core/src/a/tests.rs:1001"]);
    let long = Tree { files: vec![File::new("core/src/a.rs", lines(401))], metadata: Value::Null };
    let notes = sizes::short_files(&long);
    assert!(notes.len() == 1 && notes[0].note && notes[0].line == 401, "{notes:?}");
}

#[test]
fn a_name_that_says_nothing_is_found() {
    let wanted = ["core/src/utils.rs:1", "host/src/service/a.rs:1", "cli/src/live/mod.rs:1"];
    check(
        names::telling_names,
        &[
            ("core/src/utils.rs", ""),
            ("host/src/service/a.rs", ""),
            ("cli/src/live/mod.rs", ""),
            ("core/src/utility_bill.rs", ""),
            ("docs/common.md", ""),
        ],
        &wanted,
    );
}

#[test]
fn colours_stand_in_one_sheet_and_can_be_read() {
    let other = "a { color: var(--text); }\n#main { color: #FFF; }\nb { background: rgb(0 0 0 / 4%) }";
    check(colours::only_in_sheets, &[("app-ui/style/x.css", other)], &["app-ui/style/x.css:2", "app-ui/style/x.css:3"]);

    let sheet = "app-ui/style/tokens.css";
    let page = "core/src/report/html/page.css";
    let good = ":root { --bg-0: #FFFFFF; --text: #171A1F; --s-p50: #3F8AD8; --s-p95: #0A2A66; }";
    check(colours::readable_and_apart, &[(sheet, good)], &[]);
    let faint = "\n:root { --bg-0: #FFFFFF; --text: #999999; }";
    check(colours::readable_and_apart, &[(sheet, faint)], &["app-ui/style/tokens.css:2"]);
    let alike = ":root { --bg-0: #FFFFFF; --text: #171A1F; --s-p50: #C05000; --s-errors: #7A7A00; }";
    check(colours::readable_and_apart, &[(sheet, alike)], &["app-ui/style/tokens.css:1"]);
    let another = ":root { --bg-0: #FFFFFF; --text: #000000; }";
    check(colours::readable_and_apart, &[(sheet, good), (page, another)], &["core/src/report/html/page.css:1"]);
}

#[test]
fn sentences_are_calm_plain_and_in_one_place() {
    let text = "app-model/src/text/run.rs";
    check(
        sentences::plain,
        &[(text, "const A: &str = \"It works.\";\n// \"No VU!\"\nconst B: &str = \"A VU waits.\";")],
        &["app-model/src/text/run.rs:3"],
    );
    check(
        sentences::plain,
        &[(text, "const A: &str = \"Well done!\";\nconst B: &str = \"regexes \\\"a\\\"\";")],
        &["app-model/src/text/run.rs:1", "app-model/src/text/run.rs:2"],
    );
    check(sentences::plain, &[("app-model/src/text/glossary.rs", "const A: &str = \"sampler\";")], &[]);
    let hard = "const A: &str = \"Organisational instrumentation necessitates comprehensive parameterisation.\";";
    check(sentences::plain, &[(text, hard)], &["app-model/src/text/:1"]);

    let view = "view! { <p class=\"Big one[x]\">\"Nothing here\"</p> }\nkey(\"Enter\"); css(\"a b\")";
    check(sentences::in_one_place, &[("app-ui/src/view/home.rs", view)], &["app-ui/src/view/home.rs:1"]);
}
