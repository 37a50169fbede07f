#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde_json::json;

use super::hosts::Hosts;
use super::{Options, contents, share};
use crate::report::{json, text};
use crate::result::{Event, Header, Message, Opened, Redactor, RunRecord, Sample, read, seal};
use crate::stats::NameId;
use crate::traffic::Kind;
use crate::watch::{Source, Track, Unit, Watched};

const SHOP: &[u8] = include_bytes!("../../../../examples/shop.tiderun");
const BOTH: Options = Options { without_bodies: true, hide_hosts: true };

/// The practice shop's run as if it had been against two hosts, with a failed request kept.
fn file() -> Vec<u8> {
    let opened = read(SHOP).unwrap();
    let mut header = Header { target: "https://shop.example.com:8443/base".to_owned(), ..opened.header };
    header.scenario["targets"][0]["url"] = json!("https://shop.example.com:8443/base");
    header.scenario["allowed_hosts"] = json!(["*.cdn.example.net"]);
    header.scenario["targets"][0]["resolve"] = json!({ "shop.example.com": "10.0.0.7" });
    header.scenario["secrets"] = json!(["card"]);
    let head = "POST /pay HTTP/1.1\r\nHost: shop.example.com:8443\r\nReferer: https://www.example.com/a\r\n";
    let sample = Sample {
        second: 12,
        name: NameId(1),
        failure: Kind::HostBlocked,
        detail: "a redirect led to tracker.example.org".to_owned(),
        people: 3,
        response_us: Some(1_000),
        request: Message { head: head.to_owned(), body: "card=4111".to_owned(), body_len: 9 },
        answer: Some(Message {
            head: "HTTP/1.1 302 Found\r\nLocation: https%3A%2F%2Ftracker.example.org%2F\r\n".to_owned(),
            body: "the private answer".to_owned(),
            body_len: 18,
        }),
    };
    let watched = Watched {
        sources: vec![Source { name: "http://node.example.net:9100/metrics".to_owned(), ..Source::default() }],
        tracks: vec![Track {
            source: 0,
            name: "queue{instance=\"10.9.8.7:80\",of=\"db.example.net\"}".to_owned(),
            unit: Unit::Number,
            step: 1,
            points: vec![(3, 1.5)],
        }],
    };
    let event =
        Event { second: 12, what: "first-failure".to_owned(), text: "At img.cdn.example.net, 10.0.0.7".to_owned() };
    seal(
        &RunRecord {
            header: &header,
            timeline: &opened.timeline,
            events: &[event],
            watched: &watched,
            samples: &[sample],
            summary: &opened.summary,
            verdict: &opened.verdict,
            ending: &opened.ending.unwrap(),
        },
        &Redactor::default(),
    )
}

/// Every text of a file.
fn unzipped(bytes: &[u8]) -> String {
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(bytes), &mut text).unwrap();
    text
}

fn opened(bytes: &[u8]) -> Opened {
    read(bytes).unwrap()
}

#[test]
fn a_shared_file_opens_with_the_same_verdict_and_numbers() {
    for (bytes, options) in [(file(), BOTH), (SHOP.to_vec(), BOTH)] {
        let (before, after) = (opened(&bytes), opened(&share(&bytes, &options).unwrap()));
        assert_eq!(after.verdict, before.verdict);
        assert_eq!(text::body(&after.summary, &after.verdict), text::body(&before.summary, &before.verdict));
        assert_eq!(json::report(&after)["names"], json::report(&before)["names"]);
        assert_eq!(after.timeline, before.timeline);
        assert!(after.complete);
        assert_eq!(super::opened(before, &options), after, "a page shows what a shared file holds");
    }
    let cut = opened(&share(&SHOP[..SHOP.len() / 2], &BOTH).unwrap());
    assert_eq!(cut.verdict, opened(&SHOP[..SHOP.len() / 2]).verdict);
    assert!(!cut.complete);
    assert!(share(b"no result", &BOTH).is_err());
}

#[test]
fn no_host_and_no_body_is_left() {
    let file = file();
    let shared = share(&file, &BOTH).unwrap();
    let text = unzipped(&shared);
    for gone in ["example", "10.0.0.7", "10.9.8.7", "card=4111", "private answer"] {
        let at = text.find(gone).map(|at| text.get(at.saturating_sub(60)..at + 60));
        assert_eq!(at, None, "{gone}");
    }
    assert!(text.contains("\"target\":\"https://host-1:8443/base\""));
    let result = opened(&shared);
    let sample = &result.samples[0];
    assert!(sample.request.head.contains("Host: host-1:8443"), "{}", sample.request.head);
    assert_eq!((sample.request.body.as_str(), sample.request.body_len), ("(left out)", 9));
    let whole = unzipped(&share(&file, &Options::WHOLE).unwrap());
    assert_eq!(whole, unzipped(&file), "nothing is left out unless asked");
}

#[test]
fn the_same_host_has_the_same_name_everywhere() {
    let mut hosts = Hosts::default();
    hosts.collect(
        &json!({ "target": "https://Shop.example.com/x", "b": "http://user:pw@db:5432", "c": "http://[fd00::7]:80/" }),
    );
    for (text, hidden) in [
        ("to shop.example.com.", "to host-1."),
        ("SHOP.EXAMPLE.COM:443", "host-1:443"),
        ("https%3A%2F%2Fshop.example.com%2Fa", "https%3A%2F%2Fhost-1%2Fa"),
        ("http://db:5432/ and a db of shops", "http://host-2:5432/ and a db of shops"),
        ("http://[fd00::7]:80/", "http://host-3:80/"),
        ("Set-Cookie: a=b; Domain=.example.com", "Set-Cookie: a=b; Domain=.host-4"),
        ("api.shop.example.com", "host-5"),
        ("iss c2hvcC5leGFtcGxlLmNvbQ", "iss ••••"),
        ("example.org 1.2.3.4 HTTP/1.1 shopping", "example.org 1.2.3.4 HTTP/1.1 shopping"),
    ] {
        assert_eq!(hosts.hidden(text), hidden);
    }
}

#[test]
fn what_is_inside_is_said_before_it_is_passed_on() {
    let said = |bytes: &[u8]| contents(&opened(bytes)).into_iter().map(|part| part.text).collect::<Vec<_>>().join("\n");
    let file = file();
    let whole = said(&file);
    for part in [
        "Verdict and 3 goals.",
        "1 failed answer included, with bodies (27 B).",
        "The names of secrets, never their values: card.",
        "The target's address: https://shop.example.com:8443/base.",
    ] {
        assert!(whole.contains(part), "{part}: {whole}");
    }
    let less = said(&share(&file, &BOTH).unwrap());
    assert!(less.contains("1 failed answer included: first lines and headers, without bodies."), "{less}");
    assert!(less.contains("https://host-1:8443/base"));
    assert!(contents(&opened(&file)).iter().any(|part| part.review && part.text.contains("failed answer")));
}
