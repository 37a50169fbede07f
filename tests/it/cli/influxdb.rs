//! A run told to a real InfluxDB. What it then knows is what the result file says.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tidemark_core::stats::NameKind;
use tidemark_shop::Knobs;

use super::receivers::{ask, free, program};
use super::rig::{Place, Shop, opened, people, scenario, until};

/// An InfluxDB with an empty database "load".
struct InfluxDb {
    address: SocketAddr,
    child: Child,
}

impl InfluxDb {
    fn start(place: &Place) -> Self {
        let address = free();
        let folder = |name: &str| place.path(name).display().to_string();
        let storage = format!(
            "[meta]\ndir = '{}'\n[data]\ndir = '{}'\nwal-dir = '{}'\n",
            folder("meta"),
            folder("data"),
            folder("wal")
        );
        let quiet = "reporting-disabled = true\nbind-address = '127.0.0.1:0'\n";
        let rest = format!("[monitor]\nstore-enabled = false\n[http]\nbind-address = '{address}'\n");
        place.write("influxdb.conf", format!("{quiet}{storage}{rest}"));
        let logs = std::fs::File::create(place.path("influxdb.log")).expect("a file");
        let mut command = Command::new(program("TIDEMARK_INFLUXD", "influxdb/usr/bin/influxd"));
        command.arg("-config").arg(place.path("influxdb.conf"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(logs);
        let child = command.spawn().unwrap_or_else(|error| {
            panic!("no InfluxDB ({error}): `cargo xtask test it` gets one");
        });
        let started = Self { address, child };
        until("InfluxDB is ready", || ask(address, "GET", "/ping").is_some_and(|told| told.contains(" 204 ")));
        started.answer("POST", "CREATE DATABASE load");
        started
    }

    /// What it answers to a question in its own language.
    fn answer(&self, method: &str, question: &str) -> Value {
        let question: String = question.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let answer = ask(self.address, method, &format!("/query?db=load&epoch=s&q={question}")).expect("it answers");
        let body = answer.split_once("\r\n\r\n").expect("an answer has a body").1;
        let body: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error} in {answer}"));
        assert!(body.get("error").is_none() && body.pointer("/results/0/error").is_none(), "{body}");
        body
    }

    /// The one number that a question is answered with.
    fn number(&self, question: &str) -> f64 {
        let body = self.answer("GET", question);
        let number = body.pointer("/results/0/series/0/values/0/1").and_then(Value::as_f64);
        number.unwrap_or_else(|| panic!("{question}: {body}"))
    }
}

impl Drop for InfluxDb {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn influxdb_knows_what_the_result_says() {
    let (place, shop) = (Place::new(), Shop::open(Knobs::quiet()));
    let influxdb = InfluxDb::start(&place);
    // Spaces, commas, equals signs and quotes have a meaning in the line protocol; a name is kept as it is.
    let text = scenario(&shop.url(""), "/products", "[]", &people(4)).replace("\"Look\"", r#""Look, \"all\" = 1""#);
    assert!(text.contains("Look, "), "{text}");
    place.write("one.tide", text);
    let write = format!("http://{}/write?db=load", influxdb.address);
    let words = ["run", "one.tide", "--quiet", "--json", "--out", "one.tiderun", "--feed-influx", &write];
    let said = place.run(&words).exits(0);
    assert!(!said.out.contains("did not reach"), "{}", said.out);

    let summary = opened(&place.path("one.tiderun")).summary;
    let sum = |of: &str| influxdb.number(&format!("SELECT SUM(\"count\") FROM tidemark_requests WHERE \"of\"='{of}'"));
    assert_eq!(sum("all"), summary.all.count as f64, "every second arrived, and none twice");
    assert_eq!(sum("request"), summary.all.count as f64);
    let names = influxdb.answer("GET", "SHOW TAG VALUES FROM tidemark_requests WITH KEY = \"name\"").to_string();
    let own = summary.rows.iter().find(|row| row.of == NameKind::Request).expect("a request");
    assert_eq!(own.label, "Look, \"all\" = 1");
    assert!(names.contains(r#"Look, \"all\" = 1"#), "{names}");
    let most = influxdb.number("SELECT MAX(\"people\") FROM tidemark_load");
    assert_eq!(most, f64::from(summary.peak_people));
    let longest = influxdb.number("SELECT MAX(\"response_max_us\") FROM tidemark_requests WHERE \"of\"='all'");
    assert_eq!(Some(longest as u64), summary.all.response.max_us);
}
