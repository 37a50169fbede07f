//! The parts that screens are made of.

use leptos::prelude::*;
use tidemark_app_ui::view::parts::{Button, Dialog, Measure, Menu, MenuItem, NumberField, WrittenField};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{document, settle, show};

#[wasm_bindgen_test]
async fn a_number_can_be_typed_stepped_and_never_leaves_its_bounds() {
    let number = RwSignal::new(10.0);
    let stage = show(move || {
        view! { <NumberField label="People" value=number measure=Measure::whole(1.0, 20.0) testid="people"
        on_change=move |new| number.set(new)/> }
    })
    .await;
    let field = "[data-testid=people]";
    for (typed, wanted) in [("12", 12.0), ("999", 20.0), ("-3", 1.0), ("7,0", 7.0), ("many", 7.0)] {
        stage.fill(field, typed).await;
        assert_eq!(number.get_untracked(), wanted, "{typed}");
    }
    for (key, shift, wanted) in [("ArrowUp", false, 8.0), ("ArrowUp", true, 13.0), ("ArrowDown", false, 12.0)] {
        stage.press(field, key, shift).await;
        assert_eq!(number.get_untracked(), wanted, "{key}");
    }
    stage.click("button:last-of-type").await;
    assert_eq!(stage.value(field), "13");
}

#[wasm_bindgen_test]
async fn what_was_not_understood_stays_and_says_why() {
    let heard = RwSignal::new(String::new());
    let stage = show(move || {
        view! { <WrittenField label="Time" value="1m" testid="time" on_leave=move |text: String| {
            heard.set(text.clone());
            (text == "soon").then(|| "That is no time.".to_owned())
        }/> }
    })
    .await;
    stage.fill("[data-testid=time]", "soon").await;
    assert_eq!(stage.value("[data-testid=time]"), "soon");
    assert_eq!(stage.find(".field-error").text_content().as_deref(), Some("That is no time."));
    assert_eq!(stage.find("input").get_attribute("aria-invalid").as_deref(), Some("true"));
    stage.fill("[data-testid=time]", "2m").await;
    assert!(stage.maybe(".field-error").is_none());
    assert_eq!(heard.get_untracked(), "2m");
}

#[wasm_bindgen_test]
async fn a_button_that_can_t_be_used_keeps_its_place_and_says_why() {
    let (presses, why) = (RwSignal::new(0), RwSignal::new("There is no task yet.".to_owned()));
    let stage = show(move || {
        view! { <Button label="Run test" testid="run" not_now=why on_click=move || presses.update(|count| *count += 1)/> }
    })
    .await;
    stage.click("button").await;
    let button = stage.find("button");
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert_eq!(button.title(), "There is no task yet.");
    button.focus().expect("it takes the focus");
    assert_eq!(document().active_element().as_ref(), Some(AsRef::as_ref(&button)));
    assert_eq!(presses.get_untracked(), 0);
    why.set(String::new());
    settle().await;
    stage.click("button").await;
    assert_eq!(presses.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_menu_walks_by_keys_and_gives_the_focus_back() {
    let done = RwSignal::new("");
    let stage = show(move || {
        view! {
            <Menu label="More" testid="more">
                <MenuItem label="Copy" testid="copy" on_click=move || done.set("copy")/>
                <MenuItem label="Delete" testid="delete" on_click=move || done.set("delete")/>
            </Menu>
        }
    })
    .await;
    let focused = || document().active_element().and_then(|element| element.get_attribute("data-testid"));
    stage.click("[data-testid=more]").await;
    assert_eq!(focused().as_deref(), Some("copy"));
    for (key, wanted) in [("ArrowDown", "delete"), ("ArrowDown", "copy"), ("End", "delete"), ("Home", "copy")] {
        stage.press("[role=menu]", key, false).await;
        assert_eq!(focused().as_deref(), Some(wanted), "{key}");
    }
    stage.press("[role=menu]", "Escape", false).await;
    assert_eq!(focused().as_deref(), Some("more"));
    assert!(stage.maybe("[role=menu]").is_none());
    stage.click("[data-testid=more]").await;
    stage.click("[data-testid=delete]").await;
    assert_eq!((done.get_untracked(), focused().as_deref()), ("delete", Some("more")));
}

#[wasm_bindgen_test]
async fn a_dialog_has_a_name_holds_the_focus_and_closes_with_escape() {
    let open = RwSignal::new(true);
    let stage = show(move || {
        view! {
            <Show when=move || open.get()>
                <Dialog title="Share" testid="share" on_close=move || open.set(false)><p>"Words"</p></Dialog>
            </Show>
        }
    })
    .await;
    let dialog = stage.find("dialog");
    assert!(dialog.has_attribute("open"));
    assert!(dialog.contains(document().active_element().as_deref()));
    let title = dialog.get_attribute("aria-labelledby").and_then(|id| document().get_element_by_id(&id));
    assert_eq!(title.and_then(|title| title.text_content()).as_deref(), Some("Share"));
    stage.press("dialog", "Escape", false).await;
    assert!(stage.maybe("dialog").is_none());
}

#[wasm_bindgen_test]
async fn a_dialog_that_a_menu_opened_gives_the_focus_back_to_the_menu_s_button() {
    let open = RwSignal::new(false);
    let stage = show(move || {
        view! {
            <Menu label="More" testid="more"><MenuItem label="Share" on_click=move || {}/></Menu>
            <Show when=move || open.get()>
                <Dialog title="Share" testid="share" on_close=move || open.set(false)><p>"Words"</p></Dialog>
            </Show>
        }
    })
    .await;
    stage.click("[data-testid=more]").await;
    stage.find("[role=menuitem]").focus().expect("it takes the focus");
    // As it is with a real click: the dialog is there before the menu has closed.
    open.set(true);
    settle().await;
    assert!(stage.find("dialog").has_attribute("open"));
    stage.press("dialog", "Escape", false).await;
    gloo_timers::future::TimeoutFuture::new(20).await;
    assert!(stage.maybe("dialog").is_none());
    let focused = document().active_element().and_then(|element| element.get_attribute("data-testid"));
    assert_eq!(focused.as_deref(), Some("more"));
}
