//! `check`, `schema`, and files that are no scenario.

use super::rig::{Place, people, scenario};

#[test]
fn a_good_scenario_has_no_problems_and_a_bad_one_is_told_line_by_line() {
    let place = Place::new();
    place.write("good.tide", scenario("http://127.0.0.1:1", "/", "[]", &people(5)));
    place.run(&["check", "good.tide"]).exits(0);
    place.write("bad.tide", scenario("http://127.0.0.1:1", "/{{nobody}}", "[]", &people(5)));
    place.run(&["check", "bad.tide"]).exits(2).says(&["bad.tide:6:", "error[", "nobody"]);
    let json = place.run(&["check", "bad.tide", "--json"]).exits(2).json();
    assert_eq!(json["errors"], 1, "{json}");
    assert_eq!(json["problems"][0]["line"], 6, "{json}");
}

#[test]
fn files_that_are_no_scenario_are_told_apart() {
    let place = Place::new();
    place.write("broken.tide", "{\n  \"format\": 1,\n  oops\n}");
    place.write("bytes.tide", [0xff, 0xfe, 0x00, 0x80]);
    place.write("newer.tide", "{ \"format\": 99 }");
    std::fs::create_dir(place.path("folder.tide")).unwrap();
    let rows = [
        ("broken.tide", "broken.tide:3:3: error[unreadable]"),
        ("bytes.tide", "not text in UTF-8"),
        ("newer.tide", "newer version"),
        ("folder.tide", "is a folder"),
        ("absent.tide", "There is no file absent.tide"),
    ];
    for (file, words) in rows {
        for command in ["check", "run", "try"] {
            place.run(&[command, file]).exits(2).says(&[words]);
        }
    }
}

#[test]
fn files_beside_the_scenario_are_read_and_others_are_not() {
    let place = Place::new();
    let with_table = |file: &str| {
        scenario("http://127.0.0.1:1", "/?q={{words.word}}", "[]", &people(5)).replacen(
            "\"users\"",
            &format!("\"data\": [ {{ \"name\": \"words\", \"file\": \"{file}\" }} ],\n  \"users\""),
            1,
        )
    };
    let words = "word\n".to_owned() + &"tea\n".repeat(10);
    place.write("inside/words.csv", &words);
    place.write("outside.csv", &words);
    place.write("ragged.csv", "word,more\ntea\n");
    place.write("inside/beside.tide", with_table("words.csv"));
    place.write("inside/above.tide", with_table("../outside.csv"));
    place.write("inside/absolute.tide", with_table("/etc/hostname"));
    place.write("inside/absent.tide", with_table("absent.csv"));
    place.write("ragged.tide", with_table("ragged.csv"));
    place.run(&["check", "inside/beside.tide"]).exits(0);
    place.run(&["check", "inside/above.tide"]).exits(2).says(&["file-outside"]);
    place.run(&["check", "inside/absolute.tide"]).exits(2).says(&["file-outside"]);
    place.run(&["check", "inside/absent.tide"]).exits(2).says(&["absent.csv"]);
    place.run(&["check", "ragged.tide"]).exits(2).says(&["ragged.csv", "line 2"]);
    place.run(&["check", "inside/above.tide", "--data", "words=outside.csv"]).exits(0);
    place.run(&["check", "inside/above.tide", "--data", "other=outside.csv"]).exits(2).says(&["words"]);
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_scenarios_folder() {
    let place = Place::new();
    place.write("secret.pem", "key");
    place.write(
        "inside/run.tide",
        scenario("http://127.0.0.1:1", "/", "[]", &people(5)).replacen(
            "\"name\": \"Look\", \"url\"",
            "\"method\": \"POST\", \"file\": \"link.pem\", \"url\"",
            1,
        ),
    );
    std::os::unix::fs::symlink(place.path("secret.pem"), place.path("inside/link.pem")).unwrap();
    place.run(&["check", "inside/run.tide"]).exits(2).says(&["file-outside"]);
}

#[test]
fn the_schema_and_the_example_are_sound() {
    let place = Place::new();
    assert!(place.run(&["schema"]).exits(0).json()["$defs"].is_object());
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/shop.tide");
    place.run(&["check", example]).exits(0).says(&["No problems."]);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::new();
    let mut child = place.command(&["schema"]).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(super::rig::ended(child).exits(0).err, "");
}
