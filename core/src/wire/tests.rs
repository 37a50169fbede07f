#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde_json::json;

use super::table::{Hello, StartRun, WriteScenario};
use super::*;
use crate::stats::hist::Hist;
use crate::stats::snapshot::{FailureCount, People, Row, Snapshot};
use crate::stats::timeline::Timeline;
use crate::stats::{Name, NameId, NameKind};
use crate::traffic::Kind;
use crate::wire::run::Backfill;

#[test]
fn every_command_has_a_name_of_its_own_and_a_sentence() {
    let mut names: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), COMMANDS.len());
    for Declared { name, about } in COMMANDS {
        let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        assert!(name.split_once('.').is_some_and(|(area, verb)| plain(area) && plain(verb)), "{name}");
        assert!(about.trim().len() > 15 && about.trim().ends_with('.'), "{name}: {about}");
    }
}

#[test]
fn requests_take_what_is_left_out_and_refuse_what_is_unknown() {
    assert_eq!(serde_json::from_value::<Hello>(json!({})).unwrap(), Hello {});
    let start: StartRun =
        serde_json::from_value(json!({ "text": "{}", "overrides": { "seed": "18446744073709551615" } })).unwrap();
    assert_eq!(start.overrides, Overrides { seed: Some(Seed(u64::MAX)), ..Overrides::default() });
    assert_eq!(serde_json::to_value(start.overrides.seed).unwrap(), json!("18446744073709551615"));
    for wrong in [json!({ "text": "{}", "revison": "1" }), json!({ "file": "a.tide" }), json!({ "text": 1 })] {
        assert!(serde_json::from_value::<WriteScenario>(wrong.clone()).is_err(), "{wrong}");
    }
}

fn names() -> Vec<Name> {
    let name = |label: &str| Name {
        id: String::new(),
        label: label.into(),
        of: NameKind::Request,
        user_type: None,
        task: None,
    };
    vec![name("a"), name("b")]
}

fn second(second: u32) -> Snapshot {
    let mut row = Row { ok: u64::from(second) + 1, ..Row::default() };
    let mut response = Hist::default();
    (0..=second % 7).for_each(|n| response.record(1_000 + u64::from(n) * 700 + u64::from(second) * 9));
    row.response.ok = response.clone();
    row.service.ok = response;
    Snapshot {
        second,
        length_us: 1_000_000,
        slices: vec![0],
        people: People { planned: 5, active: second % 5, leaving: 0 },
        rows: vec![Row::default(), row],
        failures: vec![FailureCount { name: NameId(1), kind: Kind::Status, detail: "503".into(), count: 2 }],
        ..Snapshot::default()
    }
}

/// A page that heard every second through JSON, or came late, has the timeline that the run has, as far as charts go.
#[test]
fn seconds_add_up_to_the_same_timeline_on_the_other_side() {
    for (count, late) in [(3, 0), (610, 0), (610, 605)] {
        let mut here = Timeline::new(names(), 2);
        let mut there = Timeline::new(names(), 2);
        for number in 0..count {
            let snapshot = second(number);
            here.push(&snapshot);
            if number + 1 == late {
                let backfill = serde_json::to_string(&Backfill::of(&here, 0)).unwrap();
                there = serde_json::from_str::<Backfill>(&backfill).unwrap().timeline(names(), 2);
            }
            let told = serde_json::to_string(&Second::of(&snapshot, 2, 2)).unwrap();
            let told: Second = serde_json::from_str(&told).unwrap();
            if number >= late {
                told.add_to(&mut there);
            }
            // Hearing one twice, or late, changes nothing.
            told.add_to(&mut there);
        }
        let text = format!("{count} seconds, late from {late}");
        assert_eq!(here.intervals(), there.intervals(), "{text}");
        assert_eq!(here.failures(), there.failures(), "{text}");
        assert_eq!(here.measured().length_us, there.measured().length_us, "{text}");
        assert_eq!(here.measured().rows[1].ok, there.measured().rows[1].ok, "{text}");
        assert_eq!(here.warm().rows[1].response.all().len(), there.warm().rows[1].response.all().len(), "{text}");
    }
}

#[test]
fn events_and_failures_keep_their_words() {
    let told = Told { number: 7, event: Event::LibraryChanged(event::Changed::Scenarios) };
    let text = r#"{"number":7,"event":{"kind":"library-changed","about":"scenarios"}}"#;
    assert_eq!(serde_json::to_string(&told).unwrap(), text);
    assert_eq!(serde_json::from_str::<Told>(text).unwrap(), told);
    let resync: Told = serde_json::from_str(r#"{"number":7,"event":{"kind":"resync"}}"#).unwrap();
    assert_eq!(resync.event, Event::Resync);
    let failure = Failure::new(Code::NotFound, "There is no run 3.", "");
    assert_eq!(
        serde_json::to_value(&failure).unwrap(),
        json!({ "code": Code::NotFound.word(), "message": "There is no run 3.", "hint": "" })
    );
}

#[test]
fn a_mark_is_read_back_and_nonsense_is_not() {
    let mark = Mark { instance: "4f-a".into(), number: 12 };
    assert_eq!(mark.to_string().parse(), Ok(mark));
    for text in ["", "12", "a-", "a-b", "a--1x"] {
        assert!(text.parse::<Mark>().is_err(), "{text}");
    }
}

#[test]
fn files_are_called_after_what_is_in_them() {
    let at = "2026-11-21T06:09:46.123Z";
    let rows = [
        ("Corner shop, normal day", "corner-shop-normal-day-20261121-060946.tiderun"),
        ("", "run-20261121-060946.tiderun"),
        ("../../etc/passwd", "etc-passwd-20261121-060946.tiderun"),
        ("Früh & spät", "früh-spät-20261121-060946.tiderun"),
    ];
    for (name, wanted) in rows {
        assert_eq!(shelf::result_name(name, at), wanted);
    }
    for (title, wanted) in [("Shop", "Shop.tide"), (" a/b.tide ", "a-b.tide"), ("...", "untitled.tide")] {
        assert_eq!(shelf::file_name(title, shelf::SCENARIO), wanted);
    }
}
