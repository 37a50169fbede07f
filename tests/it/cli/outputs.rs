//! What programs and build servers get of a run: comparison with a baseline, JUnit, Markdown, CSV, JSON by its schema, and the
//! examples for build servers.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use tidemark_shop::{Knobs, Latency};
use tidemark_tests::{program, python};

use super::rig::{Place, Shop, ended, people, scenario};

const PACKAGES: &str = "jsonschema==4.25.1\nPyYAML==6.0.3\n";

/// A shop that answers after so many milliseconds, each time.
fn after(ms: u64) -> Shop {
    Shop::open(Knobs { latency: Latency::fixed(Duration::from_millis(ms)), ..Knobs::quiet() })
}

/// Runs a script of `tests/python`; what it printed.
fn script(name: &str, words: &[&Path]) -> String {
    let mut command = Command::new(python::with_packages("outputs", PACKAGES));
    command.arg(program::top().join("tests/python").join(name)).args(words);
    let output = command.output().expect("Python starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

/// `cargo xtask test it` has these run one by one when all others are done: runs are compared, and a computer that is at its
/// limit for half of one can't tell them apart.
mod alone {
    use super::*;

    #[test]
    fn a_run_that_is_worse_than_its_baseline_fails_and_says_where() {
        let place = Place::new();
        let (fast, slow) = (after(10), after(80));
        let write = |name: &str, shop: &Shop| {
            let goals = r#"[{ "p95": { "below": "10s" } }]"#;
            place.write(name, scenario(&shop.url(""), "/products", goals, &people(45)));
        };
        write("fast.tide", &fast);
        write("slow.tide", &slow);
        // Shorter runs have too few windows to tell chance from change, where this computer falters for some seconds.
        place.run(&["run", "fast.tide", "--quiet", "--out", "fast.tiderun"]).exits(0);
        let words = ["run", "slow.tide", "--quiet", "--out", "slow.tiderun", "--baseline", "fast.tiderun", "--json"];
        let files = [
            "--junit",
            "slow.xml",
            "--markdown",
            "slow.md",
            "--csv-seconds",
            "seconds.csv",
            "--csv-steps",
            "steps.csv",
        ];
        let said = place.run(&[&words[..], &files[..]].concat()).exits(1);
        let json = said.json();
        assert_eq!(json["verdict"]["state"], "held-up", "its goals were met: only the comparison fails");
        assert_eq!(json["baseline"]["outcome"], "worse");
        let read = |name: &str| std::fs::read_to_string(place.path(name)).unwrap();
        assert!(read("slow.xml").contains("Look: no worse than the baseline"), "{}", read("slow.xml"));
        assert!(read("slow.xml").contains("<failure") && read("slow.md").contains("▼ worse"), "{}", read("slow.md"));
        assert!(read("seconds.csv").lines().count() > 30 && read("steps.csv").contains("Look,request,"));

        // The same again, from the files.
        place.run(&["compare", "fast.tiderun", "slow.tiderun"]).exits(1).says(&["▼ worse", "Look"]);
        let compared = place.run(&["compare", "fast.tiderun", "slow.tiderun", "--json"]).exits(1);
        assert_eq!(compared.json(), json["baseline"]);
        place.run(&["compare", "slow.tiderun", "fast.tiderun"]).exits(0).says(&["▲ better"]);
        let files = ["compare", "slow.tiderun", "fast.tiderun", "slow.tiderun"];
        place.run(&files).exits(1).says(&["Worse", "since the first", "Look"]);
        let trended = place.run(&[&files[..], &["--json"]].concat()).exits(1);
        assert_eq!((&trended.json()["outcome"], &trended.json()["since_run"]), (&"worse".into(), &2.into()));
        place.run(&["compare", "fast.tiderun", "fast.tiderun"]).exits(0).says(&["about the same"]);
        place
            .run(&["report", "slow.tiderun", "--baseline", "fast.tiderun"])
            .exits(0)
            .says(&["Compared with the baseline"]);

        // What is printed is what the published schemas say.
        place.write("run.json", &said.out);
        place.write("report.json", place.run(&["report", "fast.tiderun", "--json"]).exits(0).out);
        place.write("compared.json", &compared.out);
        place.write("trended.json", &trended.out);
        place.write("trend.schema", place.run(&["schema", "trend"]).exits(0).out);
        place.write("report.schema", place.run(&["schema", "report"]).exits(0).out);
        place.write("comparison.schema", place.run(&["schema", "comparison"]).exits(0).out);
        let both = format!("{},{}", place.path("report.schema").display(), place.path("comparison.schema").display());
        script("validate.py", &[both.as_ref(), &place.path("run.json"), &place.path("report.json")]);
        script("validate.py", &[&place.path("comparison.schema"), &place.path("compared.json")]);
        script("validate.py", &[&place.path("trend.schema"), &place.path("trended.json")]);
    }
}

#[test]
fn what_was_watched_is_printed_as_the_published_schema_says() {
    let (place, shop) = (Place::new(), after(5));
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(4)));
    // Nobody listens any more at an address that was just given back.
    let gone = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
    let (gone, process) = (format!("{gone}/metrics"), std::process::id().to_string());
    let watch = ["--watch", "/metrics", "--watch", &gone, "--watch-process", &process];
    let words = [&["run", "one.tide", "--quiet", "--json", "--out", "one.tiderun"], &watch[..]].concat();
    let said = place.run(&words).exits(0);
    let watched = said.json()["watched"].clone();
    let series = watched["series"].as_array().expect("a list");
    assert!(series.iter().any(|one| one["points"].as_array().is_some_and(|points| points.len() > 1)), "{watched}");
    assert!(watched["sources"].as_array().is_some_and(|all| all.iter().any(|one| one["why"].is_string())), "{watched}");
    let again = place.run(&["report", "one.tiderun", "--json"]).exits(0);
    assert_eq!(again.json()["watched"], watched);
    place.write("run.json", &said.out);
    place.write("report.json", &again.out);
    place.write("report.schema", place.run(&["schema", "report"]).exits(0).out);
    place.write("comparison.schema", place.run(&["schema", "comparison"]).exits(0).out);
    let both = format!("{},{}", place.path("report.schema").display(), place.path("comparison.schema").display());
    script("validate.py", &[both.as_ref(), &place.path("run.json"), &place.path("report.json")]);
}

#[test]
fn what_can_not_be_compared_or_written_is_said_before_anything_is_sent() {
    let place = Place::new();
    let shop = after(1);
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(1)));
    place.write("there.xml", "precious");
    place.write("no.tiderun", "no result");
    let rows: [(&[&str], &str); 4] = [
        (&["--baseline", "absent.tiderun"], "absent.tiderun"),
        (&["--baseline", "no.tiderun"], "no.tiderun could not be opened"),
        (&["--junit", "there.xml"], "there.xml is there already"),
        (&["--markdown", "nowhere/load.md"], "There is no folder nowhere"),
    ];
    for (words, said) in rows {
        place.run(&[&["run", "one.tide"][..], words].concat()).exits(2).says(&[said]);
    }
    assert_eq!(std::fs::read(place.path("there.xml")).unwrap(), b"precious");
    assert_eq!(place.results().len(), 1, "only the one that is none");
    assert_eq!(shop.counts().requests, 0);
}

#[test]
fn runs_without_a_common_step_are_not_compared() {
    let place = Place::new();
    let shop = after(1);
    let text = scenario(&shop.url(""), "/products", r#"[{ "p95": { "below": "10s" } }]"#, &people(2));
    place.write("one.tide", &text);
    place.write("other.tide", text.replace("\"Look\"", "\"See\"").replace("\"s\"", "\"z\""));
    place.run(&["run", "one.tide", "--quiet", "--out", "one.tiderun"]).exits(0);
    let words = ["run", "other.tide", "--quiet", "--out", "other.tiderun", "--baseline", "one.tiderun"];
    place.run(&words).exits(1).says(&["no step in common"]);
    place.run(&["compare", "one.tiderun", "other.tiderun"]).exits(2).says(&["no step in common"]);
}

#[test]
fn the_examples_for_build_servers_work_in_a_shell() {
    for file in ["github-actions.yml", "gitlab-ci.yml"] {
        let example = program::top().join("examples/ci").join(file);
        let place = Place::new();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        let steps = script("ci_steps.py", &[&example]).replace("4780", &port);
        // The shop is the shell's child, and ends with it.
        let steps = format!("trap 'kill $(jobs -p)' EXIT\n{steps}");
        let goals = r#"[{ "p95": { "below": "10s" } }]"#;
        place.write("load/shop.tide", scenario(&format!("http://127.0.0.1:{port}"), "/products", goals, &people(2)));
        for round in ["first", "second"] {
            for made in ["load.tiderun", "load.html", "load.xml", "load.md"] {
                let _ = std::fs::remove_file(place.path(made));
            }
            let mut shell = place.prepared(Command::new("bash"), &["-e", "-c", &steps]);
            let programs = std::env::var("PATH").unwrap_or_default();
            let ours = program::tidemark().parent().expect("it is in a folder").display().to_string();
            shell.env("PATH", format!("{ours}:{programs}")).env("GITHUB_STEP_SUMMARY", place.path("summary.md"));
            shell.env("CI_COMMIT_BRANCH", "main").env("CI_DEFAULT_BRANCH", "main");
            let said = ended(shell.spawn().expect("bash starts")).exits(0);
            let shown = std::fs::read_to_string(place.path("load.md")).unwrap_or_else(|_| panic!("{}", said.err));
            assert_eq!(shown.contains("Compared with the baseline"), round == "second", "{file}: {shown}");
            assert!(place.path("baseline.tiderun").is_file() && place.path("load.xml").is_file());
        }
    }
}
