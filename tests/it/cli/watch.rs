//! A target that is watched while it is loaded, by the whole program: whatever it says, the run is whole, and what was not to be
//! read is a gap that is told of.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use serde_json::Value;
use tidemark_shop::Knobs;

use super::rig::{Place, Shop, opened, people, scenario};

/// A server that answers the n-th question, from 0, with what `say` gives; `None` says nothing until the other side leaves.
fn page(say: fn(u32) -> Option<String>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    std::thread::spawn(move || {
        let mut silent = Vec::new();
        for (at, connection) in listener.incoming().map_while(Result::ok).enumerate() {
            match say(at as u32) {
                Some(text) => drop(answer(&connection, &text)),
                None => silent.push(connection),
            }
        }
    });
    address
}

fn answer(mut connection: &TcpStream, text: &str) -> std::io::Result<()> {
    let mut line = String::new();
    let mut reader = BufReader::new(connection);
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    connection.write_all(text.as_bytes())
}

fn ok(body: &str) -> Option<String> {
    Some(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()))
}

/// Notes of a run, and what was watched.
fn run(place: &Place, shop: Shop, words: &[&str]) -> (Vec<String>, Value) {
    let all = [&["run", "one.tide", "--quiet", "--json", "--out", "one.tiderun"], words].concat();
    let json = place.run(&all).exits(0).json();
    assert_eq!(json["all"]["count"], shop.counts().requests, "the run is whole");
    let notes = json["notes"].as_array().expect("notes").iter().filter_map(Value::as_str).map(str::to_owned).collect();
    (notes, json["watched"].clone())
}

#[test]
fn gauges_rates_and_gaps_stand_in_the_result() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(6)));
    let address = page(|at| match at {
        2 => ok("<html>Gateway</html>"),
        3 => Some("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned()),
        at => ok(&format!("queue 1{at}\nqueue 99\nbroken NaN\n# TYPE done_total counter\ndone_total {}\n", at * 5)),
    });
    let address = address.to_string();
    let words =
        ["--watch", &address, "--watch-series", "queue", "--watch-series", "done_total", "--watch-series", "broken"];
    let (notes, watched) = run(&place, shop, &words);
    assert!(
        notes.iter().any(|note| note.contains("said nothing 2 of ") && note.contains("no page of metrics")),
        "{notes:?}"
    );
    let series = watched["series"].as_array().unwrap();
    let find =
        |name: &str| series.iter().find(|one| one["series"] == name).unwrap_or_else(|| panic!("no {name}: {watched}"));
    assert!(find("queue")["least"] == 11.0 && find("queue")["most"].as_f64() >= Some(14.0), "{watched}");
    // Five more each second, measured over seconds that are never quite one.
    assert!(find("done_total")["mean"].as_f64().is_some_and(|rate| (3.0..7.5).contains(&rate)), "{watched}");
    assert_eq!((series.len(), &find("done_total")["unit"]), (2, &Value::from("per-second")));
    let tracks = opened(&place.path("one.tiderun")).watched.tracks;
    assert!(tracks.iter().all(|track| track.points.windows(2).all(|two| two[0].0 < two[1].0)), "{tracks:?}");
}

#[test]
fn what_is_gone_silent_endless_or_no_process_disturbs_nothing_and_is_told() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(3)));
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let silent = page(|_| None).to_string();
    let endless = page(|_| ok(&"a 1\n".repeat(5_000_000))).to_string();
    let words = ["--watch", &gone, "--watch", &silent, "--watch", &endless, "--watch-process", "4194303"];
    let (notes, watched) = run(&place, shop, &words);
    let told = |what: &str| assert!(notes.iter().any(|note| note.contains(what)), "{what}: {notes:?}");
    told(&format!("{gone}/ said nothing "));
    told(&format!("{silent}/ did not answer before the end"));
    told("its page is larger than 8 MB, so it is not asked again");
    told(if cfg!(target_os = "linux") { "there is no process 4194303" } else { "only on Linux" });
    assert_eq!(watched["series"].as_array().map(Vec::len), Some(0));
}

#[test]
fn only_hosts_that_may_be_loaded_are_watched_and_nonsense_is_said_before() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(1)));
    let refused = |words: &[&str], said: &str| {
        place.run(&[&["run", "one.tide", "--quiet"], words].concat()).exits(2).says(&[said]);
    };
    refused(&["--watch", "http://192.0.2.1:9100/metrics"], "192.0.2.1");
    refused(&["--watch", "/metrics", "--watch-series", "rate(a[1m])"], "chooses no series");
    refused(&["--watch-process", "0"], "0 is no process");
    refused(&["--watch", "/metrics", "--watch-every", "100ms"], "whole seconds");
    assert_eq!(shop.counts().requests, 0);
}
