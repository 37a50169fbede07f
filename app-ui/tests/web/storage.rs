//! What a page without any program keeps: in the browser's own database, or in memory where nothing can be kept.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use tidemark_app_model::desk::{Kept, Look, Write};
use tidemark_app_ui::backend::Backend;
use tidemark_app_ui::backend::browser::{Browser, Database, Decide, Storage};
use tidemark_core::wire::table::{ReadScenario, RemoveScenario, WriteScenario};
use tidemark_core::wire::{Code, Command, Failure};
use wasm_bindgen_test::wasm_bindgen_test;

const TEXT: &str = "{\n  \"format\": 1,\n  \"name\": \"Looking around\"\n}\n";

/// A database that no other test has.
fn fresh(what: &str) -> String {
    format!("tidemark test {what} {}", js_sys::Math::random())
}

/// All files of a folder, after a change.
async fn turn(storage: &dyn Storage, folder: &str, writes: Vec<Write>) -> BTreeMap<String, Kept> {
    storage.turn(Look::default(), Box::new(move |_| writes)).await.expect("it is written");
    let seen = Rc::new(Cell::new(BTreeMap::new()));
    let look = Look { files: Vec::new(), folders: vec![folder.to_owned()] };
    let told = seen.clone();
    let decide: Decide = Box::new(move |files| {
        told.set(files);
        Vec::new()
    });
    storage.turn(look, decide).await.expect("it can be looked at");
    seen.take()
}

fn put(path: &str, bytes: &[u8]) -> Write {
    Write::Put(path.to_owned(), bytes.to_vec())
}

async fn ask<C: Command>(page: &Browser, command: &C) -> Result<C::Reply, Failure> {
    let body = serde_json::to_value(command).expect("a command is plain data");
    let reply = page.call(C::NAME, body).await?;
    Ok(serde_json::from_value(reply).expect("a reply of the command"))
}

#[wasm_bindgen_test]
async fn files_are_there_for_the_next_page_and_for_no_other_database() {
    let name = fresh("files");
    let first = Database::named(&name);
    turn(&first, "a/", vec![put("a/one", &[0, 255, 7]), put("a/two", b""), put("b/three", b"3")]).await;

    let next = Database::named(&name);
    let seen = turn(&next, "a/", Vec::new()).await;
    let bytes: Vec<(&str, &[u8])> = seen.iter().map(|(path, kept)| (path.as_str(), kept.bytes.as_slice())).collect();
    assert_eq!(bytes, [("a/one", &[0, 255, 7][..]), ("a/two", b"")]);
    assert!(seen.values().all(|kept| kept.sound && kept.changed_ms > 0));

    assert_eq!(turn(&next, "a/", vec![Write::Remove("a/one".to_owned()), put("a/two", b"2")]).await.len(), 1);
    assert_eq!(turn(&next, "a/", vec![Write::Clear("a/".to_owned())]).await.len(), 0);
    assert_eq!(turn(&first, "b/", Vec::new()).await.len(), 1, "only what was asked for is gone");
    assert_eq!(turn(&Database::named(&fresh("other")), "b/", Vec::new()).await.len(), 0);
}

#[wasm_bindgen_test]
async fn a_test_is_there_in_the_next_page_and_who_is_late_writes_over_nothing() {
    let name = fresh("tests");
    let page = |name: &str| Browser::with(Rc::new(Database::named(name)));
    let first = page(&name);
    let new = WriteScenario { file: None, text: TEXT.to_owned(), revision: None };
    let written = ask(&first, &new).await.expect("it is written");
    assert!(written.unkept.is_none(), "{:?}", written.unkept);

    let next = page(&name);
    let read = ask(&next, &ReadScenario { file: written.file.clone() }).await.expect("it is there");
    assert_eq!((read.text.as_str(), &read.revision), (TEXT, &written.revision));
    let change = |text: &str| WriteScenario {
        file: Some(written.file.clone()),
        text: text.to_owned(),
        revision: Some(written.revision.clone()),
    };
    let newer = TEXT.replace("around", "further");
    ask(&next, &change(&newer)).await.expect("nobody else changed it");
    let late = ask(&first, &change(TEXT)).await.expect_err("the next page changed it");
    let found = late.found.expect("it says what is there");
    assert_eq!((late.code, found.text), (Code::Conflict, newer));

    ask(&first, &RemoveScenario { file: written.file.clone() }).await.expect("it can be removed");
    let gone = ask(&next, &ReadScenario { file: written.file.clone() }).await.expect_err("it is gone");
    assert_eq!(gone.code, Code::NotFound);
}

/// A database that can be looked at, and takes nothing while it is full.
struct Full {
    kept: Database,
    full: Rc<Cell<bool>>,
}

impl Storage for Full {
    fn turn(&self, look: Look, decide: Decide) -> LocalBoxFuture<'static, Result<(), Failure>> {
        if !self.full.get() {
            return self.kept.turn(look, decide);
        }
        let refused = Rc::new(Cell::new(false));
        let heard = refused.clone();
        let turned = self.kept.turn(
            look,
            Box::new(move |files| {
                heard.set(!decide(files).is_empty());
                Vec::new()
            }),
        );
        Box::pin(async move {
            turned.await?;
            if refused.get() { Err(Failure::new(Code::Io, "The browser has no room.", "Free some.")) } else { Ok(()) }
        })
    }
}

#[wasm_bindgen_test]
async fn what_there_is_no_room_for_is_held_said_and_kept_once_there_is() {
    let (name, full) = (fresh("full"), Rc::new(Cell::new(true)));
    let page = Browser::with(Rc::new(Full { kept: Database::named(&name), full: full.clone() }));
    let new = WriteScenario { file: None, text: TEXT.to_owned(), revision: None };
    let written = ask(&page, &new).await.expect("it is held");
    assert!(written.unkept.is_some(), "it says that it is not kept");
    let read = ask(&page, &ReadScenario { file: written.file.clone() }).await.expect("it is still here");
    assert_eq!(read.text, TEXT);
    let elsewhere = Browser::with(Rc::new(Database::named(&name)));
    ask(&elsewhere, &ReadScenario { file: written.file.clone() }).await.expect_err("nothing was kept");

    full.set(false);
    let other = WriteScenario { file: None, text: TEXT.replace("around", "elsewhere"), revision: None };
    assert!(ask(&page, &other).await.expect("there is room").unkept.is_none());
    let kept = ask(&elsewhere, &ReadScenario { file: written.file.clone() }).await.expect("now it is kept, too");
    assert_eq!(kept.text, TEXT);
}
