//! Seconds told to programs elsewhere while a run goes on: what arrives, and what a receiver that is gone or slow does to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};

use serde_json::Value;
use tidemark_shop::Knobs;

use super::rig::{Place, Shop, opened, people, scenario};

/// What was posted: the path, the headers in small letters, the body, in which bytes that are no text are left out.
type Posted = (String, String, String);

/// A server that takes whatever is posted.
fn receiver() -> (SocketAddr, Receiver<Posted>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let (tell, told) = channel();
    std::thread::spawn(move || {
        for connection in listener.incoming().map_while(Result::ok) {
            let tell = tell.clone();
            std::thread::spawn(move || while take(&connection, &tell).is_some() {});
        }
    });
    (address, told)
}

/// One request of a connection; none at its end.
fn take(connection: &TcpStream, tell: &Sender<Posted>) -> Option<()> {
    let mut reader = BufReader::new(connection);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_lowercase()),
        }
    }
    let length = lines.iter().find_map(|line| line.strip_prefix("content-length: "))?.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let path = lines.first()?.split(' ').nth(1)?.to_owned();
    tell.send((path, lines[1..].join("\n"), String::from_utf8_lossy(&body).into_owned())).ok()?;
    (&mut &*connection).write_all(b"HTTP/1.1 204 No Content\r\n\r\n").ok()
}

#[test]
fn every_second_arrives_and_all_of_them_are_the_whole_run() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    let ((influx, lines_of_influx), (otlp, bodies_of_otlp)) = (receiver(), receiver());
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(3)));
    let influx = format!("http://{influx}/write?db=load");
    let otlp = format!("http://{otlp}/v1/metrics");
    let words = ["run", "one.tide", "--quiet", "--out", "one.tiderun", "--feed-lines", "seconds.jsonl"];
    let mut command = place.command(&[&words[..], &["--feed-influx", &influx, "--feed-otlp", &otlp]].concat());
    command.env("TIDEMARK_FEED_TOKEN", "Token t0ken");
    super::rig::ended(command.spawn().expect("it starts")).exits(0);
    let result = opened(&place.path("one.tiderun"));
    let (count, seconds) = (result.summary.all.count, result.timeline.intervals().len());

    let text = std::fs::read_to_string(place.path("seconds.jsonl")).unwrap();
    let all: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole = || all.iter().filter(|line| line["name"].is_null());
    assert_eq!(whole().map(|line| line["count"].as_u64().unwrap()).sum::<u64>(), count);
    assert_eq!(whole().count(), seconds);

    let posted: Vec<Posted> = lines_of_influx.try_iter().collect();
    assert_eq!(posted.len(), seconds);
    assert!(
        posted.iter().all(|(path, head, _)| path == "/write?db=load" && head.contains("authorization: token t0ken"))
    );
    let lines = posted.iter().flat_map(|(.., body)| body.lines());
    let counts = lines.filter(|line| line.contains(",of=all ")).map(|line| {
        let count = line.split("count=").nth(1).and_then(|rest| rest.split('i').next());
        count.unwrap().parse::<u64>().unwrap()
    });
    assert_eq!(counts.sum::<u64>(), count);

    let posted: Vec<Posted> = bodies_of_otlp.try_iter().collect();
    assert_eq!(posted.len(), seconds);
    assert!(
        posted.iter().all(|(path, head, _)| path == "/v1/metrics" && head.contains("content-type: application/json"))
    );
    let sum: u64 = posted.iter().map(|(.., body)| requests(&serde_json::from_str(body).unwrap())).sum();
    assert_eq!(sum, count);
}

/// How many requests an OpenTelemetry body tells of; tasks are none.
fn requests(body: &Value) -> u64 {
    let metrics = body
        .pointer("/resourceMetrics/0/scopeMetrics/0/metrics")
        .expect("as OTLP has it")
        .as_array()
        .expect("as OTLP has it");
    let metric = metrics.iter().find(|metric| metric["name"] == "tidemark.requests").expect("as OTLP has it");
    let points = metric.pointer("/sum/dataPoints").expect("as OTLP has it").as_array().expect("as OTLP has it");
    let of_requests = points.iter().filter(|point| point.to_string().contains("{\"stringValue\":\"request\"}"));
    of_requests
        .map(|point| point["asInt"].as_str().expect("as OTLP has it").parse::<u64>().expect("as OTLP has it"))
        .sum()
}

#[test]
fn a_receiver_that_is_gone_or_says_nothing_holds_nothing_up_and_is_told_of() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(3)));
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    // Connections are taken by the system, and nobody answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = format!("http://{gone}/write?token=s3cret");
    let silent_url = format!("http://{}/v1/metrics", silent.local_addr().unwrap());
    let words = ["run", "one.tide", "--quiet", "--json", "--feed-influx", &gone, "--feed-otlp", &silent_url];
    let said = place.run(&words).exits(0);
    let json = said.json();
    let notes: Vec<&str> = json["notes"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let note = |what: &str| notes.iter().find(|note| note.contains(what)).unwrap_or_else(|| panic!("{notes:?}"));
    assert!(note("/write: nothing can be reached there").contains(" seconds did not reach http://127.0.0.1:"));
    assert!(note("/v1/metrics: it did not answer within 5 s").contains("did not reach"), "{notes:?}");
    assert!(!format!("{}{}", said.out, said.err).contains("s3cret"), "a token in an address is never shown");
    assert_eq!(json["all"]["count"], shop.counts().requests, "the run is whole");
}

#[test]
fn where_nothing_can_go_nothing_is_sent() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(1)));
    place.write("there.jsonl", "precious");
    place.run(&["run", "one.tide", "--feed-lines", "there.jsonl"]).exits(2).says(&["there.jsonl is there already"]);
    place.run(&["run", "one.tide", "--feed-lines", "nowhere/a.jsonl"]).exits(2).says(&["There is no folder nowhere"]);
    place.run(&["run", "one.tide", "--feed-otlp", "localhost:4318"]).exits(2).says(&["no address to post to"]);
    assert_eq!(std::fs::read(place.path("there.jsonl")).unwrap(), b"precious");
    assert_eq!(shop.counts().requests, 0);
}
