//! The desk answers as a program does, keeps what nobody may lose, and makes practice runs.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tidemark_core::practice::DEMO;
use tidemark_core::result::{self, Opened};
use tidemark_core::verdict::{Ended, State};
use tidemark_core::wire::event::Event;
use tidemark_core::wire::files::Bytes;
use tidemark_core::wire::{COMMANDS, Code, Failure};

use super::shelf::{ENTRIES, GROWING, JOURNALS, REMOVED, RESULTS, SCENARIOS};
use super::{Desk, Held, Kept, Look, Seen, Who, Write};
use crate::select::results::no_rows;
use crate::text::results as words;

const NOON: u64 = 1_800_000_000_000;

/// A page: a desk and its files.
struct Page {
    desk: Desk,
    files: BTreeMap<String, Kept>,
    now_ms: u64,
    /// Nothing can be written.
    full: bool,
    held: Held,
    told: Vec<Event>,
}

fn page() -> Page {
    let who = Who { instance: "a".to_owned(), computer: "a browser".to_owned(), chance: 7 };
    let (files, held) = (BTreeMap::new(), Held::default());
    Page { desk: Desk::new(who), files, now_ms: NOON, full: false, held, told: Vec::new() }
}

impl Page {
    fn seen(&self, look: &Look) -> Seen {
        let wanted =
            |path: &str| look.files.iter().any(|file| file == path) || look.folders.iter().any(|f| path.starts_with(f));
        let own = self.files.iter().filter(|(path, _)| wanted(path));
        let mut files = own.map(|(path, kept)| (path.clone(), kept.clone())).collect();
        self.held.show(look, &mut files);
        Seen { files, ..Seen::default() }
    }

    fn write(&mut self, writes: Vec<Write>, hold: bool) -> Result<(), Failure> {
        if self.full && !writes.is_empty() {
            if hold {
                self.held.add(writes, self.now_ms);
            }
            return Err(Failure::new(Code::Io, "No room.", ""));
        }
        self.held.outdated_by(&writes);
        for write in writes {
            match write {
                Write::Put(path, bytes) => {
                    drop(self.files.insert(path, Kept { bytes, changed_ms: self.now_ms, sound: true }))
                }
                Write::Remove(path) => drop(self.files.remove(&path)),
                Write::Clear(folder) => self.files.retain(|path, _| !path.starts_with(&folder)),
            }
        }
        Ok(())
    }

    fn call(&mut self, name: &str, body: Value) -> Result<Value, Failure> {
        self.now_ms += 1;
        let asked = self.desk.ask(name, body)?;
        let seen = self.seen(&asked.look);
        let mut acted = self.desk.decide(asked, &seen, self.now_ms);
        let (writes, hold) = (std::mem::take(&mut acted.writes), acted.hold);
        let kept = self.write(writes, hold);
        let settled = self.desk.settle(acted, kept);
        self.told.extend(settled.told.into_iter().map(|told| told.event));
        settled.reply
    }

    /// The reply of a command that can be done.
    fn ask(&mut self, name: &str, body: Value) -> Value {
        self.call(name, body).unwrap_or_else(|failure| panic!("{name}: {failure}"))
    }

    fn refused(&mut self, name: &str, body: Value) -> Failure {
        self.call(name, body).expect_err("it can't be done")
    }

    /// Lets a second go by; whether the run goes on.
    fn second(&mut self, ms: u64) -> bool {
        self.now_ms += ms;
        let beat = self.desk.beat(self.now_ms);
        self.told.extend(beat.told.into_iter().map(|told| told.event));
        let kept = self.write(beat.writes, true);
        self.desk.run_kept(kept.clone());
        if let Some(end) = beat.end {
            let settled = self.desk.ended(end, kept);
            self.told.extend(settled.told.into_iter().map(|told| told.event));
        }
        beat.again_ms.is_some()
    }

    fn seconds(&mut self, count: u32) {
        for _ in 0..count {
            self.second(1_000);
        }
    }

    /// Lets the run go on to its end, which must come within an hour.
    fn run_out(&mut self) {
        assert!((0..3_600).any(|_| !self.second(1_000)), "the run has no end");
    }

    fn result(&mut self, file: &str) -> Opened {
        let read = self.ask("result.read", json!({ "file": file }));
        let bytes: Bytes = serde_json::from_value(read["bytes"].clone()).unwrap();
        result::read(&bytes.0).unwrap()
    }
}

fn demo(page: &mut Page) -> String {
    let started = page.ask("demo.start", Value::Null);
    started["started"]["result"].as_str().unwrap().to_owned()
}

#[test]
fn every_command_of_the_wire_is_known_and_no_other() {
    let mut page = page();
    for command in COMMANDS {
        if let Err(failure) = page.call(command.name, Value::Null) {
            assert!(!failure.message.contains("knows no"), "{}: {failure}", command.name);
        }
    }
    assert_eq!(page.refused("app.fly", Value::Null).code, Code::Unsupported);
    assert_eq!(page.refused("app.hello", json!({ "more": 1 })).code, Code::Invalid);
}

#[test]
fn a_page_says_that_it_sends_nothing() {
    let mut page = page();
    let greeting = page.ask("app.hello", Value::Null);
    for can in ["runs", "tries", "chosen_paths", "shop"] {
        assert_eq!(greeting["capabilities"][can], false, "{can}");
    }
    for (command, body) in [
        ("try.start", json!({ "text": DEMO })),
        ("target.check", json!({ "text": DEMO })),
        ("hosts.allow", json!({ "host": "shop.test" })),
        ("shop.open", Value::Null),
    ] {
        assert_eq!(page.refused(command, body).code, Code::Unsupported, "{command}");
    }
}

#[test]
fn a_test_is_written_read_renamed_and_removed_with_what_was_noted_of_it() {
    let mut page = page();
    let text = r#"{ "format": 1, "name": "A shop" }"#;
    let written = page.ask("library.write", json!({ "text": text }));
    assert_eq!(written["file"], "A shop.tide");
    assert_eq!(page.ask("library.write", json!({ "text": text }))["file"], "A shop 2.tide");
    page.ask("journal.write", json!({ "file": "A shop.tide", "text": "noted" }));
    assert_eq!(page.ask("library.rename", json!({ "file": "A shop.tide", "to": "B" })), json!({ "file": "B.tide" }));
    assert_eq!(page.ask("journal.read", json!({ "file": "B.tide" })), json!({ "text": "noted" }));
    assert_eq!(page.ask("journal.read", json!({ "file": "A shop.tide" })), json!({ "text": null }));
    assert_eq!(page.ask("library.read", json!({ "file": "B.tide" }))["revision"], written["revision"]);
    let listed = page.ask("library.list", Value::Null);
    let titles: Vec<_> = listed["scenarios"].as_array().unwrap().iter().map(|entry| &entry["title"]).collect();
    assert_eq!(titles, ["A shop", "A shop"]);
    assert_eq!(page.refused("library.rename", json!({ "file": "B.tide", "to": "A shop 2" })).code, Code::Invalid);
    for name in ["", "../x", "a/b", ".x"] {
        assert_eq!(
            page.refused("library.rename", json!({ "file": "B.tide", "to": name })).code,
            Code::Invalid,
            "{name}"
        );
    }
    page.ask("library.remove", json!({ "file": "B.tide" }));
    assert_eq!(page.refused("library.read", json!({ "file": "B.tide" })).code, Code::NotFound);
    assert!(page.files.keys().any(|path| path.starts_with(REMOVED) && path.ends_with("B.tide")));
    for file in ["../a.tide", "a.txt", "x/y.tide", ".tide"] {
        assert_eq!(page.refused("library.read", json!({ "file": file })).code, Code::Invalid, "{file}");
    }
}

#[test]
fn what_another_window_wrote_is_never_written_over() {
    let mut page = page();
    let first = page.ask("library.write", json!({ "file": "a.tide", "text": "{}" }));
    assert_eq!(page.refused("library.write", json!({ "file": "a.tide", "text": "x" })).code, Code::Conflict);
    let revision = &first["revision"];
    page.ask("library.write", json!({ "file": "a.tide", "text": "theirs", "revision": revision }));
    let refused = page.refused("library.write", json!({ "file": "a.tide", "text": "mine", "revision": revision }));
    assert_eq!((refused.code, refused.found.map(|found| found.text)), (Code::Conflict, Some("theirs".to_owned())));
    assert_eq!(page.files["scenarios/a.tide"].bytes, b"theirs");
    // The same text twice is no conflict.
    page.ask("library.write", json!({ "file": "a.tide", "text": "theirs", "revision": revision }));
    page.ask("library.remove", json!({ "file": "a.tide" }));
    let gone = page.refused("library.write", json!({ "file": "a.tide", "text": "mine", "revision": revision }));
    assert_eq!(gone.code, Code::NotFound);
}

#[test]
fn without_room_a_test_is_held_and_says_so_until_there_is() {
    let mut page = page();
    page.full = true;
    let written = page.ask("library.write", json!({ "text": "{\"name\":\"A\"}" }));
    assert_eq!(written["unkept"]["message"], "No room.");
    let again = json!({ "file": "A.tide", "text": "more", "revision": written["revision"] });
    assert_eq!(page.ask("library.write", again)["unkept"]["code"], "io");
    let read = page.ask("library.read", json!({ "file": "A.tide" }));
    assert_eq!(read["text"], "more", "it can be gone on with");
    assert_eq!(page.refused("app.save_settings", json!({ "settings": {} })).message, "No room.");
    page.full = false;
    let last = json!({ "file": "A.tide", "text": "most", "revision": read["revision"] });
    assert!(page.ask("library.write", last).get("unkept").is_none());
    assert_eq!(page.held.writes(), [Write::Remove(format!("{JOURNALS}A.tide"))]);
    assert_eq!(page.files[&format!("{SCENARIOS}A.tide")].bytes, b"most");
}

#[test]
fn the_demo_is_a_practice_run_to_a_sealed_result() {
    let mut page = page();
    let file = demo(&mut page);
    assert_eq!(page.refused("run.start", json!({ "text": DEMO })).code, Code::Busy);
    page.second(1_000);
    let state = page.ask("run.state", Value::Null);
    assert_eq!((&state["state"]["phase"], &state["state"]["header"]["practice"]), (&json!("running"), &json!(true)));
    assert_eq!(page.ask("result.list", Value::Null)["results"][0]["stage"], "growing");
    assert_eq!(page.refused("result.remove", json!({ "file": file })).code, Code::Busy);
    page.run_out();

    let opened = page.result(&file);
    assert!(opened.complete && opened.header.sealed && opened.header.practice, "{:?}", opened.notes);
    assert_eq!(opened.ending.as_ref().map(|ending| &ending.ended), Some(&Ended::Finished));
    assert_eq!(opened.verdict.state, State::HeldUpWithWarnings, "{:?}", opened.verdict);
    assert_eq!(no_rows(&opened), words::NO_ROWS, "it is the search that leaves none");
    let ticks = page.told.iter().filter(|event| matches!(event, Event::Tick(_))).count();
    assert_eq!(ticks as u32, opened.timeline.end_second());
    assert!(matches!(page.told.first(), Some(Event::LibraryChanged(_))), "the demo's test is new");
    let Some(Event::RunEnded(ended)) = page.told.iter().rfind(|event| matches!(event, Event::RunEnded(_))) else {
        panic!("the end is told")
    };
    assert_eq!(ended.over.verdict.as_ref(), Some(&opened.verdict));
    let entry = &page.ask("result.list", Value::Null)["results"][0];
    assert_eq!((&entry["stage"], &entry["practice"], &entry["people"]), (&json!("whole"), &json!(true), &json!(20)));
    assert!(!page.files.keys().any(|path| path.starts_with(GROWING)), "no piece is left");
    let backfill = page.ask("run.backfill", json!({ "run": 1 }));
    assert_eq!(backfill["next"], opened.timeline.end_second());

    // The next demo uses the same test, until somebody changes it.
    page.now_ms += 60_000;
    demo(&mut page);
    page.run_out();
    assert_eq!(page.files.keys().filter(|path| path.starts_with(SCENARIOS)).count(), 1);
    page.files.get_mut(&format!("{SCENARIOS}Corner shop.tide")).unwrap().bytes.push(b'\n');
    let third = page.ask("demo.start", Value::Null);
    assert_eq!(third["document"]["file"], "Corner shop 2.tide");
}

#[test]
fn a_page_that_was_closed_in_a_run_leaves_all_but_its_last_second() {
    let mut page = page();
    let file = demo(&mut page);
    page.seconds(9);
    // Another page, with what is on the disk.
    let mut next = Page { files: page.files.clone(), now_ms: page.now_ms, ..self::page() };
    let entry = &next.ask("result.list", Value::Null)["results"][0];
    assert_eq!((&entry["stage"], &entry["file"]), (&json!("ended-unexpectedly"), &json!(file)));
    let opened = next.result(&file);
    assert_eq!((opened.complete, opened.timeline.end_second(), opened.header.practice), (false, 9, true));
    assert_eq!(no_rows(&opened), words::ALL_WARM_UP, "ten seconds are not counted");
    let renamed = next.ask("result.rename", json!({ "file": file, "to": "broken off" }));
    assert_eq!(next.result(renamed["file"].as_str().unwrap()).timeline.end_second(), 9);
    next.ask("result.remove", json!({ "file": "broken off.tiderun" }));
    assert_eq!(next.ask("result.list", Value::Null), json!({ "results": [] }));
}

#[test]
fn a_page_that_slept_catches_up_a_few_seconds_at_a_time() {
    let mut page = page();
    demo(&mut page);
    page.second(25_000);
    let ticks = |page: &Page| page.told.iter().filter(|event| matches!(event, Event::Tick(_))).count();
    assert_eq!(ticks(&page), 10);
    page.second(0);
    page.second(0);
    assert_eq!(ticks(&page), 25);
    assert!(page.second(0));
    assert_eq!(ticks(&page), 25, "no second comes before its time");
}

#[test]
fn a_run_is_held_changed_and_stopped_as_any_other() {
    for (how, wanted) in [("gently", Ended::Stopped), ("now", Ended::Killed)] {
        let mut page = page();
        let file = demo(&mut page);
        page.seconds(12);
        page.ask("run.steer", json!({ "run": 1, "how": "hold" }));
        page.ask("run.steer", json!({ "run": 1, "how": { "people": 5 } }));
        page.seconds(3);
        page.ask("run.stop", json!({ "run": 1, "how": how }));
        assert_eq!(page.refused("run.steer", json!({ "run": 1, "how": "resume" })).code, Code::Invalid);
        page.run_out();
        let opened = page.result(&file);
        let events: Vec<&str> = opened.events.iter().map(|event| event.what.as_str()).collect();
        assert!(events.contains(&"held") && events.contains(&"people-changed"), "{events:?}");
        assert_eq!(opened.ending.map(|ending| ending.ended), Some(wanted));
    }
}

#[test]
fn a_run_without_room_goes_on_and_its_result_can_be_read_until_the_page_is_closed() {
    let mut page = page();
    let file = demo(&mut page);
    page.second(1_000);
    page.full = true;
    page.seconds(2);
    let state = page.ask("run.state", Value::Null);
    assert_eq!(state["state"]["tick"]["disk"], "No room.");
    page.run_out();
    assert!(page.result(&file).complete);
    let Some(Event::RunEnded(ended)) = page.told.iter().rfind(|event| matches!(event, Event::RunEnded(_))) else {
        panic!("the end is told")
    };
    assert!(ended.over.notes[0].contains("until you close this page"), "{:?}", ended.over.notes);
    assert!(page.told.iter().any(|event| matches!(event, Event::Notice(_))));
}

#[test]
fn a_result_from_elsewhere_is_taken_in_and_other_files_are_refused() {
    let mut page = page();
    let shop = Bytes(include_bytes!("../../../examples/shop.tiderun").to_vec());
    let import = |bytes: &Bytes| json!({ "name": "shop", "bytes": bytes });
    assert_eq!(page.ask("result.import", import(&shop)), json!({ "file": "shop.tiderun" }));
    assert_eq!(page.ask("result.import", import(&shop)), json!({ "file": "shop 2.tiderun" }));
    assert_eq!(page.result("shop 2.tiderun").header.title, "Corner shop");
    assert!(page.files.contains_key(&format!("{RESULTS}shop.tiderun")));
    assert!(page.files.contains_key(&format!("{ENTRIES}shop.tiderun")));
    assert_eq!(page.refused("result.import", import(&Bytes(b"no".to_vec()))).code, Code::Unreadable);
}

#[test]
fn secrets_are_in_memory_only_and_a_practice_run_needs_none() {
    let mut page = page();
    let text = DEMO.replacen("\"targets\"", "\"secrets\": [{ \"name\": \"key\" }], \"targets\"", 1);
    let known =
        |page: &mut Page| page.ask("library.facts", json!({ "file": "a.tide", "text": text }))["secrets"].clone();
    assert_eq!(known(&mut page), json!([]));
    page.ask("secrets.set", json!({ "file": "a.tide", "name": "key", "value": "hunter2" }));
    assert_eq!(known(&mut page), json!(["key"]));
    let started = page.ask("run.start", json!({ "text": text }));
    page.run_out();
    assert!(page.result(started["result"].as_str().unwrap()).complete);
    assert!(page.files.values().all(|kept| !String::from_utf8_lossy(&kept.bytes).contains("hunter2")));
}

#[test]
fn a_test_that_can_t_run_says_why() {
    let mut page = page();
    let text = DEMO.replace("\"url\": \"/", "\"url\": \"/{{nothing}}/");
    let failure = page.refused("run.start", json!({ "text": text }));
    assert_eq!(failure.code, Code::Invalid);
    assert!(failure.message.starts_with("It can't run yet. In "), "{failure}");
    assert_eq!(page.refused("run.start", json!({ "text": "{" })).code, Code::Unreadable);
    let problems = page.ask("library.check", json!({ "text": text }));
    assert!(problems["problems"].as_array().is_some_and(|problems| !problems.is_empty()));
}

#[test]
fn removed_files_are_kept_for_thirty_days() {
    let mut page = page();
    page.ask("library.write", json!({ "file": "a.tide", "text": "{}" }));
    page.ask("library.remove", json!({ "file": "a.tide" }));
    let seen = page.seen(&Desk::removed());
    assert_eq!(Desk::sweep(&seen, page.now_ms + 29 * 86_400_000), []);
    assert_eq!(Desk::sweep(&seen, page.now_ms + 31 * 86_400_000).len(), 1);
}
