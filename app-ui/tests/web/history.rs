//! The results of a test in their list, while it is read anew and gets shorter.

use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use tidemark_app_model::Msg;
use tidemark_app_model::model::ResultCard;
use tidemark_app_ui::store::Store;
use tidemark_app_ui::view::results::History;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, document, settle, show};

fn card(id: &str, baseline: bool) -> ResultCard {
    let started_at = "2026-01-02T03:04:05Z".to_owned();
    ResultCard { id: id.to_owned(), state: "held-up".to_owned(), started_at, baseline, ..ResultCard::default() }
}

/// The list, and a button that does what a program around it would.
async fn opened(test: &'static str, told: impl Fn() -> Msg + Send + 'static) -> Stage<impl Mountable> {
    show(move || {
        let store = Store::provide();
        store.send(Msg::TestRead(test.to_owned(), Ok(r#"{ "format": 1, "name": "A" }"#.to_owned())));
        store.send(Msg::ResultsListed(Ok(vec![card("r2", false), card("r1", false)])));
        view! {
            <main data-region="main"><History/></main>
            <button data-testid="told" on:click=move |_| store.send(told())></button>
        }
    })
    .await
}

fn ticked<M: Mountable>(stage: &Stage<M>, id: &str) -> bool {
    let tick: web_sys::HtmlInputElement = stage.find(&format!("[data-testid={id}] .check")).unchecked_into();
    tick.checked()
}

fn focused() -> Option<String> {
    document().active_element().and_then(|element| element.get_attribute("data-testid"))
}

#[wasm_bindgen_test]
async fn ticks_and_a_new_name_stay_while_the_list_is_read_anew() {
    let listed = || Msg::ResultsListed(Ok(vec![card("r3", true), card("r2", true), card("r1", false)]));
    let stage = opened("history-1", listed).await;
    stage.click("[data-testid=result-r1] .check").await;
    stage.click("[data-testid=result-more-r2]").await;
    stage.click("[data-testid=result-rename]").await;
    stage.fill("[data-testid=rename-result-name]", "before the fix").await;
    stage.click("[data-testid=told]").await;
    assert!(stage.maybe("[data-testid=result-r3]").is_some(), "the new one is there");
    assert!(ticked(&stage, "result-r1") && !ticked(&stage, "result-r3"));
    assert_eq!(stage.value("[data-testid=rename-result-name]"), "before the fix");
    assert!(stage.find("[data-testid=result-r2]").text_content().unwrap_or_default().contains("Baseline"));
    stage.click("[data-testid=rename-result] form button:first-of-type").await;
    assert!(stage.maybe("[data-testid=rename-result]").is_none(), "it can be cancelled");
}

#[wasm_bindgen_test]
async fn the_keyboard_goes_on_where_a_result_was_deleted() {
    let stage = opened("history-2", || Msg::ResultsListed(Ok(Vec::new()))).await;
    for (id, next) in [("r2", Some("result-more-r1")), ("r1", None)] {
        stage.find(&format!("[data-testid=result-more-{id}]")).focus().expect("it takes the focus");
        stage.click(&format!("[data-testid=result-more-{id}]")).await;
        stage.click("[data-testid=result-delete]").await;
        settle().await;
        settle().await;
        match next {
            Some(next) => assert_eq!(focused().as_deref(), Some(next)),
            // With none left, what is nearest on the screen has it.
            None => {
                let holder = document().active_element().and_then(|element| element.closest("main").ok().flatten());
                assert!(holder.is_some(), "{:?}", document().active_element().map(|element| element.outer_html()));
            }
        }
    }
}
