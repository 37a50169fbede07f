//! A run told to a real Prometheus: by its own asking, and by remote write. What it then knows is what the result file says.

use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tidemark_shop::Knobs;

use super::receivers::{self, free};
use super::rig::{Place, Shop, ended, opened, people, scenario, until};

/// An answer of Prometheus, whole: head and body.
fn ask(address: SocketAddr, path: &str) -> Option<String> {
    receivers::ask(address, "GET", path)
}

/// A Prometheus that asks `asked` every 200 ms.
struct Prometheus {
    address: SocketAddr,
    child: Child,
}

impl Prometheus {
    fn start(place: &Place, asked: SocketAddr) -> Self {
        let jobs = format!("[ {{ job_name: tidemark, static_configs: [ {{ targets: [ '{asked}' ] }} ] }} ]");
        let timing = "global: { scrape_interval: 200ms, scrape_timeout: 200ms }";
        place.write("prometheus.yml", format!("{timing}\nscrape_configs: {jobs}\n"));
        let (address, logs) = (free(), std::fs::File::create(place.path("prometheus.log")).expect("a file"));
        let mut command = Command::new(receivers::program("TIDEMARK_PROMETHEUS", "prometheus/usr/bin/prometheus"));
        command.arg(format!("--config.file={}", place.path("prometheus.yml").display()));
        command.arg(format!("--storage.tsdb.path={}", place.path("data").display()));
        command.arg(format!("--web.listen-address={address}")).arg("--web.enable-remote-write-receiver");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(logs);
        let child = command.spawn().unwrap_or_else(|error| {
            panic!("no Prometheus ({error}): `cargo xtask test it` gets one");
        });
        until("Prometheus is ready", || ask(address, "/-/ready").is_some_and(|told| told.contains(" 200 ")));
        let started = Self { address, child };
        // It begins to ask some seconds later.
        until("Prometheus asks", || !started.series("up").is_empty());
        started
    }

    /// The latest value of each series that a selector names, and the labels. Looks back five minutes.
    fn series(&self, selector: &str) -> Vec<(Value, f64)> {
        let selector: String = selector.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let answer = ask(self.address, &format!("/api/v1/query?query={selector}")).expect("it answers");
        let body = answer.split_once("\r\n\r\n").expect("an answer has a body").1;
        let body: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error} in {answer}"));
        let all = body.pointer("/data/result").and_then(Value::as_array).unwrap_or_else(|| panic!("{body}"));
        let value = |one: &Value| one.pointer("/value/1").and_then(|value| value.as_str()?.parse().ok());
        all.iter().map(|one| (one["metric"].clone(), value(one).expect("a number"))).collect()
    }
}

impl Drop for Prometheus {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn prometheus_knows_what_the_result_says() {
    let (place, shop, asked) = (Place::new(), Shop::open(Knobs::quiet()), free());
    let prometheus = Prometheus::start(&place, asked);
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(4)));
    let write = format!("http://{}/api/v1/write", prometheus.address);
    let (asked, instance) = (asked.to_string(), asked);
    let words = ["run", "one.tide", "--quiet", "--json", "--out", "one.tiderun", "--feed-prometheus", &asked];
    let child = place.command(&[&words[..], &["--feed-remote-write", &write]].concat()).spawn().expect("it starts");
    until("numbers are there", || {
        ask(instance, "/metrics").is_some_and(|told| told.contains("tidemark_requests_total{"))
    });
    assert!(ask(instance, "/else").is_none_or(|answer| answer.starts_with("HTTP/1.1 404")));
    let said = ended(child).exits(0);
    let unheard = said.out.lines().find(|line| line.contains("did not reach"));
    assert_eq!(unheard, None);

    let summary = opened(&place.path("one.tiderun")).summary;
    let written = prometheus.series("tidemark_requests_total{job=\"\",of=\"request\"}");
    let [(labels, count)] = &written[..] else { panic!("one series, not {written:?}") };
    assert_eq!((labels["name"].as_str(), labels["test"].as_str()), (Some("Look"), Some("One request")));
    assert_eq!(*count, summary.all.count as f64, "remote write has every second");
    assert_eq!(prometheus.series("tidemark_dropped_total{job=\"\"}")[0].1, 0.0);

    // Once the run is over nobody is there to be asked, and a series that ended is shown by a range only.
    let own = "max_over_time(tidemark_requests_total{job=\"tidemark\",of=\"request\"}[5m])";
    let [(labels, seen)] = &prometheus.series(own)[..] else { panic!("it asked for none") };
    assert!(labels["instance"] == asked.as_str() && *seen > 0.0 && *seen <= *count, "{labels} {seen} of {count}");
    let times = prometheus.series("max_over_time(tidemark_response_seconds{job=\"tidemark\",quantile=\"0.5\"}[5m])");
    assert!(times.iter().any(|(_, seconds)| *seconds > 0.0 && *seconds < 60.0), "{times:?}");
}

#[test]
fn who_asks_slowly_or_nonsense_keeps_nobody_waiting() {
    let (place, shop, asked) = (Place::new(), Shop::open(Knobs::quiet()), free());
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(3)));
    let words = ["run", "one.tide", "--quiet", "--json", "--feed-prometheus", &asked.to_string()];
    let child = place.command(&words).spawn().expect("it starts");
    let mut silent = Vec::new();
    until("it listens", || TcpStream::connect(asked).map(|stream| silent.push(stream)).is_ok());
    // Fewer than are answered at the same time: they say nothing, and their connections stay.
    silent.extend((0..8).filter_map(|_| TcpStream::connect(asked).ok()));
    if let Ok(mut garbage) = TcpStream::connect(asked) {
        let _ = garbage.write_all(&[0xff; 20_000]);
    }
    until("others are answered", || ask(asked, "/metrics").is_some_and(|told| told.contains("tidemark_people{")));
    let said = ended(child).exits(0);
    assert_eq!(said.json()["all"]["count"], shop.counts().requests, "the run is whole");
    assert!(!said.out.contains("did not reach"), "{}", said.out);
}

#[test]
fn a_place_that_is_taken_is_said_before_anything_is_sent() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(1)));
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let asked = taken.local_addr().unwrap().to_string();
    place.run(&["run", "one.tide", "--feed-prometheus", &asked]).exits(2).says(&["Nobody can be answered at"]);
    place.run(&["run", "one.tide", "--feed-remote-write", "9090"]).exits(2).says(&["no address to post to"]);
    assert_eq!(shop.counts().requests, 0);
}

#[test]
fn a_real_page_of_metrics_and_a_real_process_are_watched() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    let prometheus = Prometheus::start(&place, free());
    place.write("one.tide", scenario(&shop.url(""), "/products", "[]", &people(4)));
    let page = format!("{}/metrics", prometheus.address);
    let process = prometheus.child.id().to_string();
    let words = ["run", "one.tide", "--quiet", "--json", "--out", "one.tiderun", "--watch", &page];
    let watched = if cfg!(target_os = "linux") { &["--watch-process", process.as_str()][..] } else { &[] };
    let said = place.run(&[&words[..], watched].concat()).exits(0);
    let json = said.json();
    let series = json["watched"]["series"].as_array().expect("series");
    let find =
        |name: &str| series.iter().find(|one| one["series"] == name).unwrap_or_else(|| panic!("no {name} in {json}"));
    assert!(find("process_resident_memory_bytes")["most"].as_f64() > Some(1e7));
    assert!(find("go_goroutines")["values"].as_u64() >= Some(3), "{json}");
    assert_eq!(find("process_cpu_seconds_total")["unit"], "share");
    if cfg!(target_os = "linux") {
        assert!(find("memory")["most"].as_f64() > Some(1e7) && find("CPU")["least"].as_f64() >= Some(0.0));
    }
    assert!(json["watched"]["sources"].as_array().unwrap().iter().all(|one| one["missed"] == 0), "{json}");
    place
        .run(&["report", "one.tiderun"])
        .exits(0)
        .says(&["What the target said of itself", "go_goroutines of http://"]);
    place.run(&["report", "one.tiderun", "--html", "one.html"]).exits(0);
    let html = std::fs::read_to_string(place.path("one.html")).unwrap();
    assert!(html.contains("id=\"watched\"") && html.contains("go_goroutines"));
}
