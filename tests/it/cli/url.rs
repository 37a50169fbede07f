//! `url`: exactly so many requests, with what was asked for.

use tidemark_shop::Knobs;

use super::rig::{Place, Shop};

#[test]
fn exactly_as_many_requests_are_sent_as_asked_for() {
    let rows: &[(&[&str], u64)] = &[
        (&["-n", "1000", "-c", "20"], 1_000),
        (&["-n", "7", "-c", "50"], 7),
        (&[], 200),
        (&["-n", "60", "-q", "60", "-c", "10"], 60),
        (&["-q", "40", "-z", "2s"], 80),
    ];
    for (words, count) in rows {
        let place = Place::new();
        let shop = Shop::open(Knobs::quiet());
        let url = shop.url("/products");
        let json = place.run(&[&["url", &url, "--json"], *words].concat()).exits(0).json();
        assert_eq!(json["all"]["count"], *count, "{words:?}");
        assert_eq!(shop.counts().requests, *count, "{words:?}");
        assert!(place.results().is_empty());
    }
}

#[test]
fn method_headers_and_body_arrive() {
    let place = Place::new();
    let shop = Shop::open(Knobs::quiet());
    place.write("body.json", r#"{"email": "ada@shop.test", "password": "tide"}"#);
    let login = shop.url("/login");
    let words = ["url", &login, "-n", "5", "-c", "1", "-H", "Content-Type: application/json", "-d", "@body.json"];
    place.run(&words).exits(0).says(&["POST /login"]);
    place.run(&["url", &shop.url("/basket"), "-n", "3", "-m", "DELETE"]).exits(0).says(&["answered 401"]);
    let counts = shop.counts();
    assert_eq!(counts.routes["POST /login"].statuses, [(200, 5)].into());
    assert_eq!(counts.routes["DELETE /basket"].statuses, [(401, 3)].into());
}

#[test]
fn nonsense_is_told() {
    let place = Place::new();
    for words in [&["url", "http://"][..], &["url", "ftp://127.0.0.1/"], &["url", "http://127.0.0.1/", "-q", "0"]] {
        place.run(words).exits(2);
    }
    place.run(&["url", "http://127.0.0.1/", "-H", "nonsense"]).exits(2).says(&["is no header line"]);
}
