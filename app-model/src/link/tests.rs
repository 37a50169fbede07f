#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use serde_json::{Value, json};
use tidemark_core::watch::Noted;
use tidemark_core::wire::event::{Changed, Event, RunNoted, RunStarted};
use tidemark_core::wire::files::Document;
use tidemark_core::wire::run::RunState;
use tidemark_core::wire::{self, Code, Failure, Told};

use super::{Asked, Call, Link, Turn};
use crate::effect::Effect;
use crate::model::Tone;
use crate::msg::Msg;

fn own(text: &str) -> String {
    text.to_owned()
}

fn calls(link: &mut Link, effect: &Effect) -> Vec<Call> {
    match link.ask(effect) {
        Asked::Calls(calls) => calls,
        Asked::Elsewhere => panic!("{effect:?} is for the wire"),
    }
}

fn names(calls: &[Call]) -> Vec<&'static str> {
    calls.iter().map(|call| call.name).collect()
}

fn one(mut calls: Vec<Call>) -> Call {
    assert_eq!(calls.len(), 1, "{calls:?}");
    calls.remove(0)
}

fn answer(link: &mut Link, call: Call, value: Value) -> Turn {
    link.answered(call.tag, Ok(value))
}

fn greeting(instance: &str) -> Value {
    json!({
        "version": "1", "scenario_format": 1, "result_format": 1, "instance": instance, "computer": "", "folder": "",
        "capabilities": { "runs": true, "tries": true, "chosen_paths": false, "secrets": "for-session", "shop": true },
    })
}

/// A link that has started, at an address.
fn started(address: &str) -> Link {
    let mut link = Link::default();
    link.opened_at(address);
    let values =
        [greeting("a"), json!({ "settings": { "theme": "dark" } }), json!({ "hosts": [] }), json!({ "state": null })];
    let (mut msgs, calls) = (Vec::new(), link.hello());
    for (call, value) in calls.into_iter().zip(values) {
        msgs.extend(answer(&mut link, call, value).0);
    }
    let [Msg::Started(can, settings, at)] = &msgs[..] else { panic!("{msgs:?}") };
    assert!(can.send && !can.practice && settings.theme == "dark" && at == address);
    link
}

/// A link with this file open.
fn with(file: &str) -> Link {
    let mut link = started("#/");
    let call = one(calls(&mut link, &Effect::ReadTest(own(file))));
    let document = Document { file: own(file), text: own("{\"name\":\"A\"}"), revision: own("r0") };
    let (_, next) = answer(&mut link, call, serde_json::to_value(document).unwrap());
    let (msgs, _) = answer(&mut link, one(next), json!({ "text": "the history" }));
    assert!(matches!(&msgs[..], [Msg::TestRead(..), Msg::HistoryRead(_, text)] if text == "the history"), "{msgs:?}");
    link
}

fn save(link: &mut Link, file: &str, revision: u64) -> Vec<Call> {
    calls(link, &Effect::SaveTest(own(file), revision, format!("text {revision}")))
}

fn written(file: &str, revision: &str) -> Value {
    json!({ "file": file, "revision": revision })
}

#[test]
fn the_start_waits_for_everything_and_goes_on_without_what_fails() {
    let mut link = Link::default();
    let failure = Failure::new(Code::Io, "No disk.", "");
    let mut msgs = Vec::new();
    for call in link.hello() {
        assert!(msgs.is_empty());
        msgs = link.answered(call.tag, Err(failure.clone())).0;
    }
    assert!(matches!(&msgs[..], [Msg::Started(can, ..), Msg::Say(Tone::Bad, _)] if !can.send), "{msgs:?}");
}

#[test]
fn who_goes_elsewhere_before_the_start_starts_there() {
    let mut link = Link::default();
    link.opened_at("");
    let calls = link.hello();
    assert!(!link.is_at("#/t/shop.tide/data"), "there is nobody to tell yet");
    let failure = Failure::new(Code::Io, "No disk.", "");
    let turns = calls.into_iter().map(|call| link.answered(call.tag, Err(failure.clone())));
    let msgs: Vec<Msg> = turns.flat_map(|turn| turn.0).collect();
    assert!(matches!(&msgs[0], Msg::Started(_, _, at) if at == "#/t/shop.tide/data"), "{msgs:?}");
    assert!(link.is_at("#/"), "from now on it is told");
}

#[test]
fn a_file_is_written_after_its_history_one_write_at_a_time_and_the_newest_last() {
    let mut link = with("a.tide");
    assert!(calls(&mut link, &Effect::KeepHistory(own("a.tide"), own("h1"))).is_empty());
    let history = one(save(&mut link, "a.tide", 1));
    assert_eq!((history.name, &history.body["text"]), ("journal.write", &json!("h1")));
    assert!(save(&mut link, "a.tide", 2).is_empty(), "one at a time");
    assert!(save(&mut link, "a.tide", 3).is_empty());
    let write = one(link.answered(history.tag, Err(Failure::new(Code::Io, "No room.", ""))).1);
    assert_eq!((&write.body["text"], &write.body["revision"]), (&json!("text 1"), &json!("r0")));
    let (msgs, next) = answer(&mut link, write, written("a.tide", "r1"));
    assert_eq!(msgs, [Msg::Saved(own("a.tide"), 1, Ok(()))]);
    let write = one(next);
    assert_eq!((&write.body["text"], &write.body["revision"]), (&json!("text 3"), &json!("r1")));
    assert_eq!(answer(&mut link, write, written("a.tide", "r2")).1, []);
}

#[test]
fn a_test_is_read_again_only_after_it_was_written() {
    let mut link = with("a.tide");
    let write = one(save(&mut link, "a.tide", 1));
    assert!(calls(&mut link, &Effect::ReadTest(own("a.tide"))).is_empty());
    assert_eq!(names(&answer(&mut link, write, written("a.tide", "r1")).1), ["library.read"]);
}

#[test]
fn a_conflict_asks_where_the_test_is_open_and_keeps_both_where_it_was_left() {
    let theirs = Document { file: own("a.tide"), text: own("theirs"), revision: own("x") };
    let conflict = || Failure { found: Some(Box::new(theirs.clone())), ..Failure::new(Code::Conflict, "Changed.", "") };
    let mut link = with("a.tide");
    let write = one(save(&mut link, "a.tide", 1));
    let (msgs, next) = link.answered(write.tag, Err(conflict()));
    assert!(matches!(&msgs[..], [Msg::Saved(_, 1, Err(_)), Msg::ChangedOutside(_, text, true)] if text == "theirs"));
    assert_eq!(next, []);
    calls(&mut link, &Effect::TakeTheirs(own("a.tide")));
    let write = one(save(&mut link, "a.tide", 2));
    assert_eq!(write.body["revision"], "x", "mine goes over exactly what was seen");

    link.ask(&Effect::SetRoute(own("#/t/b.tide/build")));
    let copy = one(link.answered(write.tag, Err(conflict())).1);
    assert_eq!((copy.name, &copy.body["file"], &copy.body["text"]), ("library.write", &Value::Null, &json!("text 2")));
    let (msgs, _) = answer(&mut link, copy, written("a 2.tide", "y"));
    assert!(matches!(&msgs[..], [Msg::Say(Tone::Warn, text)] if text.contains("a 2.tide")), "{msgs:?}");
}

#[test]
fn an_open_test_is_looked_at_when_somebody_changed_it_and_our_own_writes_are_known() {
    let mut link = with("a.tide");
    link.ask(&Effect::SetRoute(own("#/t/a.tide/build")));
    let mut number = 0;
    let mut changed = || {
        number += 1;
        Told { number, event: Event::LibraryChanged(Changed::Scenarios) }
    };
    let document = |revision: &str| json!({ "file": "a.tide", "text": "theirs", "revision": revision });
    let write = one(save(&mut link, "a.tide", 1));
    assert_eq!(link.told(changed()).1, [], "one write is under way, perhaps it is that");
    let look = one(answer(&mut link, write, written("a.tide", "r1")).1);
    assert_eq!(answer(&mut link, look, document("r1")), Turn::default(), "it was us");
    let look = one(link.told(changed()).1);
    let (msgs, _) = answer(&mut link, look, document("r2"));
    assert_eq!(msgs, [Msg::ChangedOutside(own("a.tide"), own("theirs"), false)]);
}

#[test]
fn settings_are_saved_whole_and_one_after_the_other() {
    let mut link = started("#/");
    let first = one(calls(&mut link, &Effect::Remember("theme", own("light"))));
    assert!(calls(&mut link, &Effect::Remember("text-size", own("112"))).is_empty());
    assert!(calls(&mut link, &Effect::Remember("theme", own("system"))).is_empty());
    let second = one(answer(&mut link, first, json!({})).1);
    assert_eq!(second.body["settings"], json!({ "theme": "system", "text-size": "112" }));
    assert_eq!(answer(&mut link, second, json!({})).1, []);
}

#[test]
fn the_line_comes_back_to_the_same_program_or_to_another_one() {
    for (instance, mark) in [("a", 7), ("b", 0)] {
        let mut link = started("#/");
        link.told(Told { number: 7, event: Event::LibraryChanged(Changed::Results) });
        assert_eq!(link.lost(), [Msg::LineLost]);
        let hello = one(link.again());
        let (msgs, calls) = answer(&mut link, hello, greeting(instance));
        assert_eq!(msgs, [Msg::LineBack]);
        assert_eq!(names(&calls), ["run.state", "library.list"]);
        assert_eq!(link.mark().map(|mark| (mark.instance, mark.number)), Some((own(instance), mark)));
    }
}

#[test]
fn notes_of_what_is_watched_come_once_whatever_was_lost_or_told_twice() {
    let mut link = started("#/");
    let header = json!({
        "format": 1, "made_by": "", "started_at": "", "title": "", "scenario": {}, "target": "", "environment": "",
        "computer": "", "seed": "1", "slices": 1, "names": [], "planned_seconds": null, "warm_up_seconds": 0, "goals": [],
        "watched": ["/metrics"],
    });
    let header: tidemark_core::result::Header = serde_json::from_value(header).unwrap();
    let begun = RunStarted { run: 4, header: header.clone(), result: None, warnings: Vec::new() };
    let told = |number, event| Told { number, event };
    let note = |number, before: u64| {
        let noted = Noted { source: 0, second: before as u32, missed: None, new: Vec::new(), values: Vec::new() };
        told(number, Event::RunNoted(Box::new(RunNoted { run: 4, before, noted })))
    };
    let ask = one(link.told(told(1, Event::RunStarted(Box::new(begun)))).1);
    assert_eq!(link.told(note(2, 0)), Turn::default(), "it waits for those before");
    let lost = own("1 of 3 seconds did not reach it.");
    let tick = json!({
        "seconds": 3, "planned_seconds": null, "people": { "planned": 1, "active": 1, "leaving": 0 }, "requests": 0, "per_second": 0,
        "p50_us": null, "p95_us": null, "p99_us": null, "finished": 0, "failed": 0, "dropped": 0, "suspect": false,
        "disk": null, "lost": [lost],
    });
    let state = RunState {
        run: 4,
        phase: wire::run::Phase::Running,
        header,
        result: None,
        warnings: Vec::new(),
        tick: serde_json::from_value(tick).unwrap(),
        events: Vec::new(),
        over: None,
    };
    let (msgs, calls) = answer(&mut link, ask, json!({ "state": state }));
    assert!(msgs.contains(&Msg::RunLost(vec![lost])), "who comes late hears it, too: {msgs:?}");
    let backfill = one(calls);
    assert_eq!(link.told(note(3, 1)), Turn::default());
    assert_eq!(link.told(note(4, 2)), Turn::default());
    let seen = |notes| json!({ "notes": notes, "watched": { "sources": [], "tracks": [] } });
    let seconds = |notes| json!({ "seconds": [], "failures": [], "next": 0, "seen": seen(notes) });
    let notes = |msgs: &[Msg]| {
        let second = |msg: &Msg| match msg {
            Msg::RunNoted(noted) => Some(noted.second),
            _ => None,
        };
        msgs.iter().filter_map(second).collect::<Vec<_>>()
    };
    let (msgs, _) = answer(&mut link, backfill, seconds(2));
    assert!(msgs.iter().any(|msg| matches!(msg, Msg::RunWatched(_))), "{msgs:?}");
    assert_eq!(notes(&msgs), [2], "two of those that waited were in it");
    assert_eq!(notes(&link.told(note(5, 3)).0), [3]);
    assert_eq!(link.told(note(6, 3)), Turn::default(), "told twice");
    let (msgs, calls) = link.told(note(7, 5));
    assert_eq!((msgs, names(&calls)), (Vec::new(), vec!["run.backfill"]), "one is missing in between");
    assert_eq!(notes(&answer(&mut link, one(calls), seconds(5)).0), [5]);
}

#[test]
fn tests_that_are_not_shown_are_read_beside_the_one_that_is() {
    let mut link = started("#/");
    let document = |file: &str| json!({ "file": file, "text": "{\"name\":\"A\"}", "revision": "r" });
    let asked: Vec<Call> = ["a", "b"].iter().map(|file| one(calls(&mut link, &Effect::FetchTest(own(file))))).collect();
    for (file, call) in ["a", "b"].into_iter().zip(asked) {
        let (msgs, _) = answer(&mut link, call, document(file));
        assert!(matches!(&msgs[..], [Msg::TestFetched(id, Ok(_))] if id == file), "{msgs:?}");
    }
    assert_eq!(link.library.open(), None, "none of them is shown");
    // What is still on its way to the disk has to be there first.
    let write = one(calls(&mut link, &Effect::SaveTest(own("a"), 1, own("{}"))));
    assert!(calls(&mut link, &Effect::FetchTest(own("a"))).is_empty());
    let (_, then) = answer(&mut link, write, json!({ "file": "a", "revision": "s" }));
    assert_eq!(names(&then), ["library.read"]);
}
