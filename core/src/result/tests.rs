#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use std::io::{Read, Write};

use serde_json::json;

use super::*;
use crate::stats::NameKind;
use crate::stats::snapshot::{FailureCount, HealthSample, People, Row, Snapshot};
use crate::units::Span;
use crate::verdict::goal::{Measure, Side};
use crate::verdict::{Case, State, judge};
use crate::watch::{Reading, Unit, Value, Watched};

const SECRET: &str = "hunter2-secret";

fn names() -> Vec<Name> {
    let name = |label: &str, of| Name { id: "a1".to_owned(), label: label.to_owned(), of, user_type: None, task: None };
    vec![name("Browse", NameKind::Request), name("Pay", NameKind::Request), name("Buy", NameKind::Task)]
}

fn head() -> Header {
    Header {
        format: FORMAT,
        sealed: false,
        practice: false,
        made_by: "tidemark 0.1.0".to_owned(),
        started_at: "2026-01-02T03:04:05Z".to_owned(),
        title: "Corner shop".to_owned(),
        scenario: json!({ "name": "Corner shop", "token": SECRET }),
        target: format!("http://127.0.0.1:4780/?key={SECRET}"),
        environment: "demo".to_owned(),
        computer: String::new(),
        seed: u64::MAX,
        slices: 2,
        names: names(),
        searching: false,
        planned_seconds: Some(20),
        warm_up_seconds: 2,
        goals: vec![Goal::new(Measure::Percentile(95.0), Side::Below, 8e5).in_every(Span::from_secs(10))],
        watched: Vec::new(),
    }
}

/// A second with some of everything.
fn second(second: u32) -> Snapshot {
    let row = |base: u64| {
        let mut row = Row { ok: 20, bytes_out: 900, bytes_in: 123_456, ..Row::default() };
        row.failed.add(Kind::Status, 2);
        (0..20).for_each(|at| {
            row.response.ok.record(base + at * 977 + u64::from(second) * 13);
            row.service.ok.record(base + at * 311);
        });
        (0..2).for_each(|at| {
            row.response.failed.record(700 + at * 977 + u64::from(second) * 13);
            row.service.failed.record(700 + at * 311);
        });
        row.phases.connect.add(250);
        row
    };
    let detail = format!("503 for {SECRET}");
    let mut health = HealthSample { lag_p99_us: Some(700), cpu_share: Some(0.25), ..HealthSample::default() };
    health.no_room = u64::from(second == 3);
    health.weigh();
    Snapshot {
        second,
        length_us: 1_000_000,
        slices: vec![0, 1],
        people: People { planned: 5, active: 4, leaving: 1 },
        started: 7,
        late: 1,
        dropped: 0,
        rows: vec![row(90_000), Row::default(), row(300_000)],
        failures: vec![FailureCount { name: NameId(0), kind: Kind::Status, detail, count: 2 }],
        health,
    }
}

fn sample() -> Sample {
    let none = Redactor::default();
    let body = format!("token={SECRET}");
    Sample {
        second: 4,
        name: NameId(0),
        failure: Kind::Status,
        detail: "503".to_owned(),
        people: 4,
        response_us: Some(1_234),
        request: Message::new(b"POST / HTTP/1.1\r\n", body.as_bytes(), body.len() as u64, &none),
        answer: Some(Message::new(b"HTTP/1.1 503\r\n", &[0, 159], 2, &none)),
    }
}

fn event() -> Event {
    Event { second: 3, what: "first-failure".to_owned(), text: format!("Browse answered 503 for {SECRET}.") }
}

fn ending() -> Ending {
    Ending { ended: Ended::Finished, ended_at: "2026-01-02T03:04:25Z".to_owned() }
}

fn timeline(seconds: u32) -> Timeline {
    let mut timeline = Timeline::new(names(), 2);
    (0..seconds).for_each(|at| timeline.push(&second(at)));
    timeline
}

/// A file as it grows, piece by piece.
fn pieces(seconds: u32, ended: bool) -> Vec<Vec<u8>> {
    let mut writer = Writer::new(Redactor::new([SECRET]));
    let mut pieces = vec![writer.header(&head()), writer.event(&event()), writer.sample(&sample())];
    pieces.extend((0..seconds).map(|at| writer.second(&second(at))));
    pieces.extend(ended.then(|| writer.end(&ending())));
    pieces
}

fn sealed(seconds: u32) -> (Vec<u8>, Timeline, Summary, Verdict) {
    let (header, timeline, ending) = (head(), timeline(seconds), ending());
    let summary = Summary::of(&timeline);
    let case = Case {
        timeline: &timeline,
        goals: &header.goals,
        planned_seconds: Some(20),
        ended: &ending.ended,
        worst: None,
        watched: &Watched::default(),
    };
    let verdict = judge(&case);
    let (events, samples) = ([event()], [sample()]);
    let run = RunRecord {
        header: &header,
        timeline: &timeline,
        events: &events,
        samples: &samples,
        watched: &Watched::default(),
        summary: &summary,
        verdict: &verdict,
        ending: &ending,
    };
    (seal(&run, &Redactor::new([SECRET])), timeline, summary, verdict)
}

fn unpacked(file: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).unwrap();
    text
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    zip.write_all(text).unwrap();
    zip.finish().unwrap()
}

#[test]
fn a_sealed_file_gives_back_every_number() {
    for seconds in [0, 20, 610] {
        let (file, timeline, summary, verdict) = sealed(seconds);
        let opened = read(&file).unwrap();
        assert!(opened.complete && opened.notes.is_empty(), "{:?}", opened.notes);
        assert_eq!(opened.timeline.intervals(), timeline.intervals());
        // A part without any second has no rows in memory, and an empty row for each name once read.
        if seconds > 2 {
            assert_eq!(opened.timeline.measured(), timeline.measured());
        }
        assert_eq!(opened.summary.all, summary.all);
        assert_eq!(opened.summary.rows, summary.rows);
        assert_eq!(Summary::of(&opened.timeline).rows, summary.rows);
        assert_eq!(opened.verdict.state, verdict.state);
        assert_eq!(opened.header.seed, u64::MAX);
        assert_eq!((opened.events.len(), opened.samples.len()), (1, 1));
        assert_eq!(opened.ending, Some(ending()));
    }
}

#[test]
fn a_glance_tells_what_a_list_needs() {
    let (file, _, _, verdict) = sealed(20);
    let seen = glance(&file).unwrap();
    assert_eq!((seen.header.title.as_str(), seen.header.sealed), ("Corner shop", true));
    assert_eq!((seen.verdict.map(|verdict| verdict.state), seen.ending), (Some(verdict.state), Some(ending())));
    let growing = pieces(20, false).concat();
    let seen = glance(&growing[..growing.len() - 9]).unwrap();
    assert_eq!((seen.header.sealed, seen.verdict, seen.ending), (false, None, None));
    assert!(matches!(glance(b"nothing"), Err(Unreadable::NotAResult)));
}

#[test]
fn a_file_that_was_never_sealed_still_counts_exactly() {
    let opened = read(&pieces(20, true).concat()).unwrap();
    let exact = Summary::of(&timeline(20));
    assert!(opened.complete);
    assert_eq!(opened.notes, ["It was not sealed, so its percentiles are exact to 1 %."]);
    assert_eq!((opened.summary.all.count, opened.summary.all.failed), (exact.all.count, exact.all.failed));
    assert_eq!(opened.summary.all.response.max_us, exact.all.response.max_us);
    assert_eq!(opened.summary.all.response.mean_us, exact.all.response.mean_us);
    assert_eq!((opened.summary.started, opened.summary.seconds), (exact.started, exact.seconds));
    assert_eq!((opened.summary.suspect_seconds, opened.summary.measured_seconds), (1, 18.0));
    let (got, truth) = (opened.summary.all.response.p95_us.unwrap(), exact.all.response.p95_us.unwrap());
    assert!(got.abs_diff(truth) <= truth / 100, "p95 {got}, truth {truth}");
    assert_eq!(opened.timeline.failures()[0].failure.count, 40);
}

#[test]
fn a_file_cut_anywhere_opens_with_all_that_is_whole() {
    let pieces = pieces(6, true);
    let file = pieces.concat();
    let ends: Vec<usize> = pieces
        .iter()
        .scan(0, |sum, piece| {
            Some({
                *sum += piece.len();
                *sum
            })
        })
        .collect();
    for cut in (0..file.len()).step_by(53) {
        match read(&file[..cut]) {
            Ok(opened) => {
                assert!(!opened.complete);
                assert!(opened.notes[0].starts_with("This file breaks off at "), "{:?}", opened.notes);
                // A piece whose last bytes (the check sum) are missing may be there or not.
                let whole = ends.iter().filter(|end| **end <= cut).count().saturating_sub(3);
                let seconds = opened.timeline.intervals().len();
                assert!((whole..=whole + 1).contains(&seconds), "cut at {cut}: {seconds} of {whole}");
            }
            Err(error) => assert!(cut < ends[0] && error == Unreadable::NotAResult, "cut at {cut}: {error}"),
        }
    }
    let (file, ..) = sealed(20);
    for cut in (0..file.len()).step_by(701) {
        assert!(read(&file[..cut]).is_err() || !read(&file[..cut]).unwrap().complete);
    }
}

#[test]
fn what_is_no_result_says_so_and_hostile_files_are_bounded() {
    let header = unpacked(&Writer::new(Redactor::default()).header(&head()));
    let changed = |from: &str, to: &str| packed(header.replace(from, to).as_bytes());
    let rows: [(&str, Vec<u8>, &str); 8] = [
        ("nothing", Vec::new(), "this is not a Tidemark result file"),
        ("text", b"hello".to_vec(), "this is not a Tidemark result file"),
        ("packed text", packed(b"hello\nworld\n"), "this is not a Tidemark result file"),
        ("other JSON", packed(b"{\"kind\":\"log\"}\n"), "this is not a Tidemark result file"),
        (
            "a later format",
            changed("\"format\":1", "\"format\":2"),
            "it was made by a newer version of Tidemark (format 2, this one reads up to 1)",
        ),
        ("no names", changed("\"names\":", "\"nomen\":"), "its first line makes no sense: missing field `names`"),
        (
            "far too many names",
            changed("\"names\":[", &format!("\"names\":[{}", "{\"label\":\"\",\"of\":\"task\"},".repeat(5_000))),
            "its first line makes no sense: more than 4096 names",
        ),
        ("an endless line", packed(&vec![b' '; 65 << 20]), "it is larger than any result can be"),
    ];
    for (what, file, wanted) in rows {
        assert_eq!(read(&file).unwrap_err().to_string(), wanted, "{what}");
    }
}

#[test]
fn lines_that_make_no_sense_are_left_out_and_unknown_ones_are_skipped() {
    let mut text = unpacked(&Writer::new(Redactor::default()).header(&head()));
    let good = r#"{"kind":"interval","from":3,"seconds":1,"length_us":1000000,"rows":[{"name":0,"ok":5,"new":1}]}"#;
    let bad = [
        "nonsense".to_owned(),
        good.replace("\"from\":3", "\"from\":4294967295"),
        good.replace("\"seconds\":1", "\"seconds\":0"),
        good.replace("\"ok\":5", r#""ok":5,"response":{"count":1,"min_us":1,"max_us":1,"sum_us":1,"hist":"AAAA"}"#),
    ];
    let odd = [
        r#"{"kind":"from the future","x":[1]}"#.to_owned(),
        good.replace("\"name\":0", "\"name\":77"),
        good.replace("\"length_us\":1000000", "\"length_us\":18446744073709551615"),
    ];
    for line in bad.iter().chain(&odd).chain([&good.to_owned()]) {
        text.push_str(line);
        text.push('\n');
    }
    let opened = read(&packed(text.as_bytes())).unwrap();
    assert!(
        opened.notes.contains(&"4 of its lines could not be read and were left out.".to_owned()),
        "{:?}",
        opened.notes
    );
    assert_eq!(opened.summary.all.count, 10);
    assert_eq!(opened.verdict.state, State::CantTell);
}

#[test]
fn intervals_far_apart_and_out_of_order_end() {
    let mut text = unpacked(&Writer::new(Redactor::default()).header(&head()));
    for at in 0..3_000_u32 {
        let from = at.wrapping_mul(2_654_435_761) % 300_000_000;
        text.push_str(&format!(
            "{{\"kind\":\"interval\",\"from\":{from},\"seconds\":{},\"length_us\":9}}\n",
            1 + from % 900_000
        ));
    }
    let opened = read(&packed(text.as_bytes())).unwrap();
    assert!(opened.timeline.intervals().len() <= 600);
}

#[test]
fn no_piece_of_a_file_holds_a_secret() {
    let (file, ..) = sealed(20);
    for file in [pieces(6, true).concat(), file] {
        let text = unpacked(&file);
        assert!(!text.contains(SECRET));
        assert!(text.matches(redact::MASK).count() >= 5);
    }
}

#[test]
fn long_and_binary_bodies_are_kept_short() {
    let redactor = Redactor::new([SECRET]);
    let long = format!("{}{SECRET}", "x".repeat(message::LONGEST - 5));
    let cut = Message::new(b"", long.as_bytes(), 1_000_000, &redactor);
    assert!(cut.body.ends_with("\n… (cut; 1,000,000 bytes in all)"), "{}", &cut.body[cut.body.len() - 60..]);
    assert!(!cut.body.contains("hunter") && cut.body.len() < message::LONGEST + 50);
    let half = Message::new(b"", "body hunter2-s".as_bytes(), 99, &redactor);
    assert_eq!(half.body, "body ••••\n… (cut; 99 bytes in all)");
    let rows: [(&[u8], &str); 4] =
        [(b"", ""), (b"plain", "plain"), (b"\0\xff", "(2 bytes that are not text)"), (b"caf\xe9!", "caf\u{fffd}!")];
    for (body, wanted) in rows {
        assert_eq!(Message::new(b"", body, 0, &redactor).body, wanted);
    }
}

#[test]
fn the_lines_are_as_documented() {
    let mut row = Row { ok: 3, bytes_out: 30, bytes_in: 60, ..Row::default() };
    row.failed.add(Kind::AnswerTimeout, 1);
    [1_000, 2_000, 3_000].into_iter().for_each(|us| row.response.ok.record(us));
    row.response.failed.record(250_000);
    row.service.merge(&row.response);
    let snapshot =
        Snapshot { second: 2, length_us: 1_000_000, slices: vec![0], rows: vec![row], ..Snapshot::default() };
    let mut writer = Writer::new(Redactor::default());
    writer.header(&head());
    let wanted = concat!(
        r#"{"kind":"interval","from":2,"seconds":1,"length_us":1000000,"warm_up":false,"slices":1,"#,
        r#""people":{"planned":0,"active":0,"leaving":0},"started":0,"late":0,"dropped":0,"suspect_seconds":0,"#,
        r#""health":{"lag_p99_us":null,"cpu_share":null,"open_files":null,"file_limit":null,"no_room":0,"#,
        r#""suspect":false,"why":[]},"rows":[{"name":0,"ok":3,"failed":{"answer-timeout":1},"bytes_out":30,"#,
        r#""bytes_in":60,"response":{"count":3,"min_us":1000,"max_us":3000,"sum_us":6000,"hist":"HISTOGRAM"},"#,
        r#""failed_response":{"count":1,"min_us":250000,"max_us":250000,"sum_us":250000,"hist":"HISTOGRAM"}}]}"#,
        "\n"
    );
    let line = unpacked(&writer.second(&snapshot));
    let hists = line.split("\"hist\":\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let plain = hists.clone().fold(line.clone(), |line, hist| line.replace(hist, "HISTOGRAM"));
    assert_eq!(plain, wanted);
    assert!(hists.clone().all(|hist| hist.starts_with("HISTFAAAA")));
}

/// The size of a sealed run of ten minutes with three names, of whose requests `failing` in a hundred fail.
fn size(failing: u64) -> usize {
    let (header, mut timeline, ending) = (head(), Timeline::new(names(), 0), ending());
    let mut dice = 7_u64;
    for second in 0..600 {
        let mut rows = vec![Row::default(); 3];
        for at in 0..120 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let us = 2_000 + (dice >> 40) % 20_000 + (dice >> 45) % 300_000 / (1 + at % 97);
            let Row { ok, failed, response, service, .. } = &mut rows[at as usize % 3];
            if (dice >> 33) % 100 < failing {
                failed.add(Kind::Status, 1);
                [response, service].into_iter().for_each(|times| times.failed.record(us / 3));
            } else {
                *ok += 1;
                [response, service].into_iter().for_each(|times| times.ok.record(us));
            }
        }
        timeline.push(&Snapshot { second, length_us: 1_000_000, rows, ..Snapshot::default() });
    }
    let (summary, goals) = (Summary::of(&timeline), &header.goals);
    let case = Case {
        timeline: &timeline,
        goals,
        planned_seconds: None,
        ended: &ending.ended,
        worst: None,
        watched: &Watched::default(),
    };
    let verdict = judge(&case);
    let (header, timeline, summary, verdict, ending) = (&header, &timeline, &summary, &verdict, &ending);
    seal(
        &RunRecord {
            header,
            timeline,
            events: &[],
            samples: &[],
            watched: &Watched::default(),
            summary,
            verdict,
            ending,
        },
        &Redactor::default(),
    )
    .len()
}

#[test]
fn failures_cost_little_room() {
    let (none, some) = (size(0), size(5));
    assert!(none < 300_000, "{none} bytes");
    assert!(some < none * 8 / 5, "{some} bytes with failures, {none} without");
}

#[test]
fn what_was_watched_is_kept_by_growing_and_sealed_files_alike() {
    let (redactor, header) = (Redactor::new([SECRET]), Header { watched: vec![format!("app?key={SECRET}")], ..head() });
    let mut writer = Writer::new(redactor.clone());
    let (mut grown, mut at) = (writer.header(&header), Vec::new());
    let mut watched = Watched::of(header.scrubbed(&redactor).watched);
    for second in 0..8 {
        let value = Value { name: format!("queue{{of=\"{SECRET}\"}}"), unit: Unit::Number, value: f64::from(second) };
        let said = if second == 3 { Err(format!("no {SECRET}")) } else { Ok(vec![value]) };
        at.push(grown.len());
        grown.extend(writer.noted(watched.read(Reading { source: 0, second, step: 1, said }, &redactor)));
    }
    let cut = read(&grown[..at[6]]).unwrap();
    assert_eq!(cut.watched.tracks[0].points, [(0, 0.0), (1, 1.0), (2, 2.0), (4, 4.0), (5, 5.0)]);
    grown.extend(writer.end(&ending()));
    let (grown_text, grown) = (unpacked(&grown), read(&grown).unwrap());
    let watched = watched.sealed();
    let Opened { timeline, summary, verdict, .. } = &grown;
    let (header, ending) = (&header, &ending());
    let run = RunRecord { header, timeline, events: &[], samples: &[], watched: &watched, summary, verdict, ending };
    let file = seal(&run, &redactor);
    let sealed = read(&file).unwrap();
    assert_eq!(grown.watched, sealed.watched);
    assert_eq!(sealed.watched.tracks[0].points.len(), 7);
    assert!(!unpacked(&file).contains(SECRET) && !grown_text.contains(SECRET));
    for opened in [&grown, &sealed] {
        assert!(opened.notes.iter().any(|note| note.contains("said nothing 1 of 8 times")), "{:?}", opened.notes);
    }
}
