//! `run`: exit codes, JSON, permissions, secrets, and what stands in the result.

use tidemark_core::verdict::Ended;
use tidemark_shop::{ErrorsAbove, Knobs};

use super::rig::{Place, Shop, opened, people, scenario};

#[test]
fn goals_decide_the_exit_code() {
    let place = Place::new();
    let shop = Shop::open(Knobs::quiet());
    place.write("met.tide", scenario(&shop.url(""), "/products", r#"[{ "p95": { "below": "10s" } }]"#, &people(3)));
    place
        .write("missed.tide", scenario(&shop.url(""), "/absent", r#"[{ "failures": { "below": "1%" } }]"#, &people(3)));
    place.write("none.tide", scenario(&shop.url(""), "/absent", "[]", &people(2)));
    place.run(&["run", "met.tide"]).exits(0).says(&["Held up with 10 people", "Result: "]);
    place.run(&["run", "missed.tide"]).exits(1).says(&["Did not hold up", "answered 404"]);
    place.run(&["run", "missed.tide", "--fail-on", "never", "--duration", "2s"]).exits(0);
    place.run(&["run", "none.tide"]).exits(0).says(&["no goals are set"]);
    place.run(&["run", "none.tide", "--fail-on", "any-failure"]).exits(1);
    assert_eq!(place.results().len(), 5);
}

#[test]
fn json_is_all_there_is_on_standard_output_and_counts_what_the_shop_counted() {
    let place = Place::new();
    let shop = Shop::open(Knobs::quiet());
    place.write("shop.tide", scenario("http://127.0.0.1:1", "/products", "[]", &people(2)));
    let said =
        place.run(&["run", "shop.tide", "--host", &shop.url(""), "--json", "--quiet", "--people", "3", "--seed", "7"]);
    let said = said.exits(0);
    assert_eq!(said.err, "");
    let json = said.json();
    assert_eq!(json["seed"], "7");
    let path = place.path(json["result"].as_str().unwrap());
    let result = opened(&path);
    assert!(result.complete && result.header.sealed && result.notes.is_empty(), "{:?}", result.notes);
    assert_eq!(result.summary.all.count, shop.counts().requests);
    assert_eq!(json["all"]["count"], result.summary.all.count);
    let report = place.run(&["report", path.to_str().unwrap(), "--json"]).exits(0).json();
    assert_eq!(report["all"], json["all"]);
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let place = Place::new();
    let shop = Shop::open(Knobs::quiet());
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(1)));
    place.write("mine.tiderun", "precious");
    place.run(&["run", "one.tide", "--out", "mine.tiderun"]).exits(2).says(&["a file of that name already"]);
    assert_eq!(std::fs::read(place.path("mine.tiderun")).unwrap(), b"precious");
    assert_eq!(shop.counts().requests, 0);
}

#[test]
fn a_target_that_cannot_be_reached_is_told_before_the_run() {
    let place = Place::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let rows = [
        (format!("http://127.0.0.1:{free}"), "Nothing is listening at 127.0.0.1"),
        ("http://nobody.invalid".to_owned(), "The name nobody.invalid could not be found"),
        ("http://192.0.2.1:9".to_owned(), "--allow-host 192.0.2.1"),
    ];
    for (url, words) in rows {
        place.write("away.tide", scenario(&url, "/", "[]", &people(1)));
        place.run(&["run", "away.tide"]).exits(2).says(&[words]);
        place.run(&["try", "away.tide"]).exits(2).says(&[words]);
    }
    assert!(place.results().is_empty());
}

#[test]
fn a_plain_server_behind_https_is_told_before_the_run() {
    let place = Place::new();
    let shop = Shop::open(Knobs::quiet());
    let url = shop.url("").replace("http:", "https:");
    place.write("tls.tide", scenario(&url, "/", "[]", &people(1)));
    place.run(&["run", "tls.tide"]).exits(2).says(&["secure connection", "http instead of https"]);
}

#[test]
fn a_rule_to_stop_early_ends_the_run_and_misses_its_goals() {
    let place = Place::new();
    let shop =
        Shop::open(Knobs { errors_above: Some(ErrorsAbove { people: 0, share: 1.0, status: 503 }), ..Knobs::quiet() });
    let rule = r#"[], "stop_early": [{ "failures": { "above": "50%", "for": "2s" } }]"#;
    place.write("stop.tide", scenario(&shop.url(""), "/products", rule, &people(60)));
    place.run(&["run", "stop.tide", "--out", "stop.tiderun"]).exits(1).says(&["more than 50 % fail", "503"]);
    let result = opened(&place.path("stop.tiderun"));
    assert!(matches!(result.ending.unwrap().ended, Ended::StopRule(_)));
    assert!(!result.samples.is_empty() && result.summary.seconds < 30);
}

#[test]
fn a_secret_is_taken_from_the_environment_and_stands_nowhere() {
    let place = Place::new();
    let shop = Shop::open(Knobs::quiet());
    let text = scenario(&shop.url(""), "/search?q={{key}}", "[]", &people(1))
        .replacen("\"users\"", "\"secrets\": [\"key\"],\n  \"users\"", 1)
        .replacen(
            "\"name\": \"Look\", \"url\"",
            "\"name\": \"Look\", \"check\": [{ \"contains\": \"no such words\" }], \"url\"",
            1,
        );
    place.write("secret.tide", text);
    place.run(&["check", "secret.tide"]).exits(0);
    place.run(&["run", "secret.tide"]).exits(2).says(&["TIDEMARK_SECRET_KEY"]);
    for words in [&["run", "secret.tide", "--out", "secret.tiderun"][..], &["try", "secret.tide", "--full"]] {
        let output = place.command(words).env("TIDEMARK_SECRET_KEY", "h8Gq/x+Zt 4").output().unwrap();
        let mut all = [output.stdout, output.stderr].concat();
        if let Ok(bytes) = std::fs::read(place.path("secret.tiderun")) {
            let result = tidemark_core::result::read(&bytes).unwrap();
            assert!(!result.samples.is_empty(), "{words:?}");
            all.extend(format!("{result:?}").into_bytes());
        }
        let all = String::from_utf8_lossy(&all);
        assert!(all.contains("••••"), "{words:?}: {all}");
        for form in ["h8Gq/x+Zt 4", "h8Gq%2Fx%2BZt%204", "h8Gq%2Fx%2BZt+4", "h8Gq/x%2BZt%204"] {
            assert!(!all.contains(form), "{form} after {words:?}: {all}");
        }
    }
}

#[test]
fn a_person_can_be_tried() {
    let place = Place::new();
    let shop = Shop::open(Knobs::quiet());
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/shop.tide");
    let words = ["try", example, "--host", &shop.url(""), "--user", "Member", "--task", "Buy", "--seed", "3"];
    let said = place.run(&words).exits(0);
    said.says(&["Sign in", "saved token", "POST", "Thank you", "0 failed"]);
    assert_eq!(shop.counts().requests, 6);
    place.run(&["try", example, "--user", "Ghost"]).exits(2);
}
