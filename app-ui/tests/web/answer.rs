//! The viewer of answers: its tree, and what is picked from it.

use std::sync::Arc;

use leptos::prelude::*;
use tidemark_app_model::Msg;
use tidemark_app_model::doc::place;
use tidemark_app_model::model::Exchange;
use tidemark_app_ui::store::Store;
use tidemark_app_ui::view::answer::Answer;
use tidemark_core::scenario::Act;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{document, settle, show};

const TEST: &str = r#"{ "format": 1, "targets": [ { "url": "http://shop.test" } ], "users": [ { "id": "u", "name": "Member",
    "on_arrival": [ { "id": "sign-in", "request": { "method": "POST", "url": "/login" } } ],
    "tasks": [ { "id": "t", "name": "Buy", "steps": [
        { "id": "pay", "request": { "url": "/pay", "headers": { "Authorization": "Bearer tide-7" } } } ] } ] } ] }"#;

fn answer(body: String) -> Arc<Exchange> {
    Arc::new(Exchange {
        answer_head: "200\nContent-Type: application/json".to_owned(),
        answer_len: body.len() as u64,
        answer_body: body,
        ..Exchange::default()
    })
}

fn focused() -> Option<String> {
    document().active_element().and_then(|element| element.get_attribute("data-path"))
}

#[wasm_bindgen_test]
async fn a_tree_is_walked_opened_and_searched_with_the_keyboard() {
    let body = r#"{"token":"tide-7","items":[{"id":1,"name":"Tea"},{"id":2,"name":"Bread"}]}"#.to_owned();
    let stage = show(move || {
        Store::provide();
        view! { <Answer exchange=Signal::stored(Some(answer(body))) step="sign-in"/> }
    })
    .await;
    let paths = || {
        let rows = document().query_selector_all("[role=treeitem]").expect("a selector");
        (0..rows.length()).filter_map(|at| rows.item(at)).count()
    };
    assert_eq!(paths(), 8, "a small answer is open");
    let first = stage.find("[role=treeitem][tabindex='0']");
    first.focus().expect("it takes the focus");
    for (key, wanted) in [
        ("ArrowDown", "$.items"),
        ("ArrowLeft", "$.items"),
        ("ArrowDown", "$.items"),
        ("ArrowRight", "$.items"),
        ("ArrowRight", "$.items[0]"),
        ("End", "$.items[1].name"),
        ("ArrowLeft", "$.items[1]"),
        ("Home", "$.token"),
    ] {
        stage.press("[role=tree]", key, false).await;
        assert_eq!(focused().as_deref(), Some(wanted), "{key}");
    }
    stage.fill("[data-testid=answer-find]", "bread").await;
    assert_eq!(paths(), 3, "what was found, and what holds it");
}

#[wasm_bindgen_test]
async fn a_large_answer_opens_by_hand_and_a_page_at_a_time() {
    let item = |at: usize| format!(r#"{{"id":{at},"name":"Product number {at}","text":"{}"}}"#, "word ".repeat(30));
    let body = format!(r#"{{"items":[{}]}}"#, (0..10_000).map(item).collect::<Vec<_>>().join(","));
    assert!(body.len() > 2_000_000);
    let stage = show(move || {
        Store::provide();
        view! { <Answer exchange=Signal::stored(Some(answer(body))) step="sign-in"/> }
    })
    .await;
    let rows = || document().query_selector_all("[role=treeitem]").expect("a selector").length();
    assert_eq!(rows(), 500, "no more than a page is drawn");
    stage.click("[data-testid=answer-more]").await;
    assert_eq!(rows(), 1_000);
    stage.click("[data-path='$.items[0]']").await;
    assert!(stage.maybe("[data-path='$.items[0].name']").is_some());
}

#[wasm_bindgen_test]
async fn a_value_is_picked_with_enter_saved_and_used_later() {
    let held: RwSignal<Option<Store>, LocalStorage> = RwSignal::new_local(None);
    let stage = show(move || {
        let store = Store::provide();
        store.send(Msg::TestRead("t.tide".to_owned(), Ok(TEST.to_owned())));
        held.set(Some(store));
        view! { <Answer exchange=Signal::stored(Some(answer(r#"{"access_token":"tide-7"}"#.to_owned()))) step="sign-in"/> }
    })
    .await;
    let value = "[data-testid=answer-value]";
    stage.find(value).focus().expect("it takes the focus");
    stage.press(value, "Enter", false).await;
    assert!(stage.find("[data-testid=pick-popover]").has_attribute("open"));
    assert_eq!(stage.value("[data-testid=pick-name]"), "access_token");
    stage.fill("[data-testid=pick-name]", "").await;
    stage.click("[data-testid=pick-save]").await;
    assert_eq!(stage.find("[data-testid=pick-name]").get_attribute("aria-invalid").as_deref(), Some("true"));
    stage.fill("[data-testid=pick-name]", "pass").await;
    stage.click("[data-testid=pick-save]").await;
    assert!(stage.maybe("[data-testid=pick-popover]").is_none());
    settle().await;
    assert_eq!(focused().as_deref(), Some("$.access_token"), "the focus goes back");
    let store = held.get_untracked().expect("it was shown");
    let header = store.peek(|model| {
        let scenario = model.test.as_ref()?.doc.scenario().clone();
        match &place::step(&scenario, "pay")?.act {
            Act::Request(request) => request.headers.iter().next().map(|(_, value)| value.to_owned()),
            _ => None,
        }
    });
    assert_eq!(header.as_deref(), Some("Bearer {{pass}}"));
}
