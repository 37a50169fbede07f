//! The field with chips: typing, the list of values, chips and text there and back.

use leptos::prelude::*;
use tidemark_app_model::select::values::{Available, From};
use tidemark_app_ui::view::panel::{Heard, Known, TokenField};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlTextAreaElement};

use crate::stage::{Stage, settle, show};

const FIELD: &str = "[data-testid=address]";

/// A field with this text, in a place where a few values are known; what it holds, and what it told.
async fn field(
    text: &str,
) -> (Stage<impl leptos::tachys::view::Mountable>, RwSignal<String>, RwSignal<Vec<Heard>>, RwSignal<bool>) {
    let (held, told, as_text) =
        (RwSignal::new(text.to_owned()), RwSignal::new(Vec::<Heard>::new()), RwSignal::new(false));
    let value =
        |from, name: &str, last: Option<&str>| Available { from, name: name.to_owned(), last: last.map(str::to_owned) };
    let values = vec![
        value(From::Table, "people.email", Some("a@b.test")),
        value(From::Saved, "order id", Some("812")),
        value(From::MadeUp, "email", None),
    ];
    let stage = show(move || {
        provide_context(Known {
            values: Signal::stored(values),
            elsewhere: Signal::stored(vec!["later".to_owned()]),
            as_text,
            heard: Callback::new(move |heard| told.update(|told| told.push(heard))),
        });
        view! { <TokenField label="Address" value=held testid="address" on_input=move |text| held.set(text)/> }
    })
    .await;
    (stage, held, told, as_text)
}

fn area<M: leptos::tachys::view::Mountable>(stage: &Stage<M>) -> HtmlTextAreaElement {
    stage.find(FIELD).unchecked_into()
}

/// Puts the cursor at a place.
fn place<M: leptos::tachys::view::Mountable>(stage: &Stage<M>, from: u32, to: u32) {
    let area = area(stage);
    area.focus().expect("it takes the focus");
    area.set_selection_range(from, to).expect("it has a cursor");
}

fn cursor<M: leptos::tachys::view::Mountable>(stage: &Stage<M>) -> (u32, u32) {
    let area = area(stage);
    let end = |end: Result<Option<u32>, wasm_bindgen::JsValue>| end.ok().flatten().expect("it has a cursor");
    (end(area.selection_start()), end(area.selection_end()))
}

/// Types letters where the cursor is.
async fn type_in<M: leptos::tachys::view::Mountable>(stage: &Stage<M>, letters: &str) {
    for letter in letters.chars() {
        let (from, to) = cursor(stage);
        area(stage).set_range_text_with_start_and_end(&letter.to_string(), from, to).expect("text can be set");
        let next = from + letter.len_utf16() as u32;
        place(stage, next, next);
        let init = EventInit::new();
        init.set_bubbles(true);
        let event = Event::new_with_event_init_dict("input", &init).expect("an event");
        area(stage).dispatch_event(&event).expect("an event that can be sent");
        settle().await;
    }
}

/// What stands in the picture behind the field, chips in brackets.
fn seen<M: leptos::tachys::view::Mountable>(stage: &Stage<M>) -> Vec<String> {
    let found = stage.find(".token").query_selector_all(".chip").expect("a selector");
    // Pictures bring line ends of their own.
    (0..found.length()).filter_map(|at| Some(found.item(at)?.text_content()?.replace('\n', ""))).collect()
}

#[wasm_bindgen_test]
async fn a_brace_opens_the_values_letters_find_one_and_enter_takes_it() {
    let (stage, held, ..) = field("/orders/").await;
    place(&stage, 8, 8);
    type_in(&stage, "{").await;
    assert!(stage.maybe("[data-testid=value-picker]").is_some(), "the list is open");
    type_in(&stage, "ord").await;
    let active = area(&stage).get_attribute("aria-activedescendant").expect("one is offered");
    assert_eq!(stage.find(&format!("#{active}")).get_attribute("data-testid").as_deref(), Some("value-order id"));
    stage.press(FIELD, "Enter", false).await;
    assert_eq!(held.get_untracked(), "/orders/{{order id}}");
    assert_eq!(seen(&stage), ["{{order id}}"]);
    assert_eq!(cursor(&stage), (20, 20));
    assert!(stage.maybe("[data-testid=value-picker]").is_none());
    type_in(&stage, "/pay").await;
    assert_eq!(held.get_untracked(), "/orders/{{order id}}/pay");
}

#[wasm_bindgen_test]
async fn the_list_is_walked_by_keys_and_escape_leaves_what_was_typed() {
    let (stage, held, ..) = field("").await;
    place(&stage, 0, 0);
    type_in(&stage, "{").await;
    for (key, wanted) in [
        ("ArrowDown", "value-order id"),
        ("ArrowDown", "value-email"),
        ("ArrowDown", "value-people.email"),
        ("ArrowUp", "value-email"),
    ] {
        stage.press(FIELD, key, false).await;
        let chosen = stage.find("[role=option][aria-selected=true]");
        assert_eq!(chosen.get_attribute("data-testid").as_deref(), Some(wanted), "{key}");
    }
    stage.press(FIELD, "Escape", false).await;
    assert!(stage.maybe("[data-testid=value-picker]").is_none());
    assert_eq!(held.get_untracked(), "{");
    // The button opens it too, and a click takes one.
    place(&stage, 0, 1);
    stage.click("[data-testid=insert-value]").await;
    stage.click("[data-testid='value-people.email']").await;
    assert_eq!(held.get_untracked(), "{{people.email}}");
}

#[wasm_bindgen_test]
async fn a_chip_is_one_letter_to_keys() {
    let (stage, held, told, _) = field("/a/{{order id}}/b").await;
    place(&stage, 3, 3);
    for (key, wanted) in [("ArrowRight", (15, 15)), ("ArrowLeft", (3, 3))] {
        stage.press(FIELD, key, false).await;
        assert_eq!(cursor(&stage), wanted, "{key}");
    }
    place(&stage, 7, 7);
    stage.click(FIELD).await;
    assert_eq!(cursor(&stage), (3, 15), "a click into a chip selects it");
    place(&stage, 15, 15);
    stage.press(FIELD, "Backspace", false).await;
    assert_eq!(held.get_untracked(), "/a//b");
    assert!(seen(&stage).is_empty());
    assert!(told.get_untracked().contains(&Heard::Typing));
}

#[wasm_bindgen_test]
async fn chips_and_text_are_the_same_thing() {
    let (stage, held, _, as_text) = field("/{{order id}}/{{nowhere}}/{{later}}").await;
    assert_eq!(stage.value_of_area(FIELD), held.get_untracked());
    assert_eq!(seen(&stage).len(), 3);
    let wrong = stage.find(".token").query_selector_all(".chip.wrong").expect("a selector");
    assert_eq!(wrong.length(), 2, "those that are not set here are marked");
    let described = stage.find(FIELD).get_attribute("aria-describedby").expect("it is described");
    let told: String = described.split(' ').filter_map(|id| stage.maybe(&format!("#{id}"))?.text_content()).collect();
    assert!(told.contains("order id, saved earlier, in the last try 812.") && told.contains("never set"), "{told}");
    as_text.set(true);
    settle().await;
    assert!(stage.find(".token").class_list().contains("plain"));
    // As text, a brace can be typed and taken away like any letter.
    place(&stage, 13, 13);
    stage.press(FIELD, "Backspace", false).await;
    assert_eq!(held.get_untracked(), "/{{order id}}/{{nowhere}}/{{later}}", "left to the browser");
    held.set("/{{email}}".to_owned());
    settle().await;
    assert_eq!(stage.value_of_area(FIELD), "/{{email}}", "a change from outside, such as undo, is shown");
}
