//! What is copied, and what is said where a browser doesn't let the page.

use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::Item;
use tidemark_app_model::effect::Clip;
use tidemark_app_model::text::notices;
use tidemark_app_ui::store::Store;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settle, show};

const TEST: &str = r#"{ "format": 1, "name": "A", "users": [ { "id": "u", "name": "U", "tasks": [ { "id": "t", "name": "T",
    "steps": [ { "id": "s", "note": "a note" } ] } ] } ] }"#;

/// A page that copies, cuts and says how many steps there are.
async fn opened(id: &'static str) -> Stage<impl Mountable> {
    show(move || {
        let store = Store::provide();
        store.send(Msg::TestRead(id.to_owned(), Ok(TEST.to_owned())));
        let said = store.memo(|model| {
            let said = model.notices.iter().any(|notice| notice.text == notices::NOT_COPIED);
            let test = model.test.as_ref().map(|test| test.doc.scenario().users[0].tasks[0].steps.len());
            format!("{} {}", test.unwrap_or_default(), if said { "refused" } else { "" })
        });
        let cut = move || {
            store.send(Msg::Select(vec![Item::Step("s".to_owned())]));
            store.send(Msg::ClipChosen(true));
        };
        view! {
            <div id="live-region"></div>
            <button data-testid="copy" on:click=move |_| store.send(Msg::Copy("a text".to_owned(), Clip::text()))></button>
            <button data-testid="cut" on:click=move |_| cut()></button>
            <p data-testid="said">{said}</p>
        }
    })
    .await
}

/// The browser's clipboard and its command to copy, as they are on some pages; taken back when this is dropped.
struct Browser;

impl Browser {
    fn with(clipboard: &str, command: &str) -> Self {
        let set = format!(
            "window.taken = null;
             Object.defineProperty(navigator, 'clipboard', {{ configurable: true, value: {clipboard} }});
             document.execCommand = () => {command};"
        );
        js_sys::eval(&set).expect("a browser that can be changed");
        Self
    }

    fn taken() -> Option<String> {
        js_sys::eval("window.taken").expect("what was taken").as_string()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = js_sys::eval("delete navigator.clipboard; delete document.execCommand;");
    }
}

const WORKS: &str = "{ writeText: text => { window.taken = text; return Promise.resolve() } }";
const REFUSES: &str = "{ writeText: () => Promise.reject(new Error('no')) }";
const THROWS: &str = "{ writeText: () => { throw new Error('no') } }";
const FROM_FIELD: &str = "(window.taken = document.activeElement.value, true)";

#[wasm_bindgen_test]
async fn what_is_copied_is_said_only_once_it_is_there() {
    // Each in a test of its own: who opens one holds it.
    for (id, clipboard, command, copied) in [
        ("copy-1", WORKS, "false", true),
        ("copy-2", REFUSES, "false", false),
        ("copy-3", REFUSES, FROM_FIELD, true),
        ("copy-4", "undefined", FROM_FIELD, true),
        ("copy-5", "undefined", "false", false),
    ] {
        let browser = Browser::with(clipboard, command);
        let stage = opened(id).await;
        stage.find("[data-testid=copy]").focus().expect("it takes the focus");
        stage.click("[data-testid=copy]").await;
        settle().await;
        let said = stage.find("#live-region").text_content().unwrap_or_default();
        let text = Browser::taken().filter(|_| copied);
        assert_eq!(text.as_deref(), copied.then_some("a text"), "{clipboard} {command}");
        assert_eq!(said, if copied { notices::COPIED } else { notices::NOT_COPIED }, "{clipboard} {command}");
        let refused = stage.find("[data-testid=said]").text_content().unwrap_or_default();
        assert_eq!(refused, if copied { "1 " } else { "1 refused" }, "{clipboard} {command}");
        let focused =
            crate::stage::document().active_element().and_then(|element| element.get_attribute("data-testid"));
        assert_eq!(focused.as_deref(), Some("copy"), "the focus is where it was");
        stage.click("[data-testid=cut]").await;
        settle().await;
        let left = stage.find("[data-testid=said]").text_content().unwrap_or_default();
        assert!(left.starts_with(if copied { '0' } else { '1' }), "cut only once it is there: {clipboard} {command}");
        drop(browser);
    }
}

#[wasm_bindgen_test]
async fn the_app_goes_on_after_an_exception_of_the_browser() {
    let browser = Browser::with(THROWS, "false");
    let stage = opened("copy-throws").await;
    stage.click("[data-testid=copy]").await;
    drop(browser);
    let browser = Browser::with(WORKS, "false");
    stage.click("[data-testid=cut]").await;
    settle().await;
    assert_eq!(stage.find("[data-testid=said]").text_content().as_deref(), Some("0 "), "messages are taken again");
    drop(browser);
}
