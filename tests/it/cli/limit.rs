//! `tidemark limit` against a real shop. What it finds depends on this computer, which may be busy: that its answer, its exit
//! code and its file agree does not.

use tidemark_shop::Knobs;

use super::rig::{Place, Shop, opened, people, scenario};

const QUICK: [&str; 7] = ["limit", "shop.tide", "--step", "1s", "--confirm", "2s", "--quiet"];

#[test]
fn the_answer_the_exit_code_and_the_file_agree() {
    let place = Place::new();
    let shop = Shop::open(Knobs::quiet());
    let goals = r#"[{ "failures": { "below": "50%" } }]"#;
    place.write("shop.tide", scenario(&shop.url(""), "/products", goals, &people(4)));
    let words = ["--people", "8", "--start", "2", "--json", "--out", "limit.tiderun", "--html", "limit.html"];
    let said = place.run(&[&QUICK[..], &words].concat());
    let json = said.json();
    let verdict = &json["verdict"];
    let steps = verdict["limit"]["steps"].as_array().expect("there are steps");
    assert!(!steps.is_empty() && json["peak_people"].as_u64().is_some_and(|people| people <= 8), "{json}");
    match verdict["limit"]["end"].as_str() {
        Some("most-held") => {
            assert_eq!((said.code, verdict["state"].as_str()), (Some(0), Some("held-up")), "{json}");
            assert_eq!((verdict["limit"]["holds"].as_f64(), json["peak_people"].as_u64()), (Some(8.0), Some(8)));
        }
        Some("own-limit") => assert_eq!((said.code, verdict["state"].as_str()), (Some(1), Some("cant-tell")), "{json}"),
        end => panic!("nothing else can happen here: {end:?} in {json}"),
    }
    let kept = opened(&place.path("limit.tiderun"));
    assert_eq!(kept.verdict.sentences, serde_json::from_value::<Vec<String>>(verdict["sentences"].clone()).unwrap());
    let page = std::fs::read_to_string(place.path("limit.html")).unwrap();
    assert!(page.contains("The way to the limit"));
    place.run(&["report", "limit.tiderun"]).exits(0).says(&["The way to the limit", "2 people"]);
}

#[test]
fn stages_of_ones_own_are_refused_before_anything_is_sent() {
    let place = Place::new();
    let shop = Shop::open(Knobs::quiet());
    place.write("shop.tide", scenario(&shop.url(""), "/products", "[]", &people(2)));
    place.run(&[&QUICK[..], &["--duration", "5s"]].concat()).exits(2).says(&["makes stages of its own"]);
    place.run(&[&QUICK[..], &["--people", "5", "--start", "9"]].concat()).exits(2).says(&["begins with 9"]);
    assert_eq!((shop.counts().requests, place.results().len()), (0, 0));
}
