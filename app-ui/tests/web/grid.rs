//! A data table under the keyboard: pasted, typed into, walked through, however long it is.

use leptos::prelude::*;
use leptos::tachys::view::Mountable;
use tidemark_app_model::Msg;
use tidemark_app_model::route::Tab;
use tidemark_app_ui::store::Store;
use tidemark_app_ui::view::data::Data;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DataTransfer, Event, EventInit, KeyboardEvent, KeyboardEventInit};

use crate::stage::{Stage, document, settle, show};

const TEST: &str = r#"{ "format": 1, "name": "A", "data": [ { "name": "people", "columns": ["name", "zip"],
    "rows": [ ["Ann", "01234"], ["Bob", "00007"], ["Cleo", "9"] ] } ] }"#;

/// The Data tab with a test, in a window of its own that scrolls.
async fn opened() -> Stage<impl Mountable> {
    show(move || {
        let store = Store::provide();
        store.send(Msg::TestRead("a.tide".to_owned(), Ok(TEST.to_owned())));
        store.send(Msg::ShowTab(Tab::Data));
        view! {
            <style>{include_str!("../../style/data.css")}</style>
            <div style="block-size: 40rem; inline-size: 70rem; display: grid"><Data/></div>
        }
    })
    .await
}

/// Presses a key in the table; `held` is `ctrl`, `shift` or nothing.
async fn press<M: Mountable>(stage: &Stage<M>, css: &str, key: &str, held: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_ctrl_key(held == "ctrl");
    init.set_shift_key(held == "shift");
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
    stage.find(css).dispatch_event(&event).expect("an event that can be sent");
    settle().await;
}

/// Copies, cuts or pastes in the table; what is on the clipboard then.
async fn clip<M: Mountable>(stage: &Stage<M>, kind: &str, text: &str) -> String {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = Event::new_with_event_init_dict(kind, &init).expect("an event");
    let clipboard = DataTransfer::new().expect("a clipboard");
    clipboard.set_data("text/plain", text).expect("it takes a text");
    js_sys::Reflect::set(&event, &"clipboardData".into(), &clipboard).expect("an event with a clipboard");
    stage.find(GRID).dispatch_event(&event).expect("an event that can be sent");
    settle().await;
    clipboard.get_data("text/plain").expect("it has a text")
}

const GRID: &str = "[data-testid=grid]";

fn cell(row: usize, column: usize) -> String {
    format!("[data-testid=cell-{row}-{column}]")
}

fn text<M: Mountable>(stage: &Stage<M>, row: usize, column: usize) -> String {
    stage.find(&cell(row, column)).text_content().unwrap_or_default()
}

/// Types over the cell at the cursor and ends with a key.
async fn type_over<M: Mountable>(stage: &Stage<M>, first: &str, typed: &str, end: &str) {
    press(stage, GRID, first, "").await;
    let field: web_sys::HtmlInputElement = stage.find("[data-testid=cell-typed]").unchecked_into();
    assert_eq!(field.value(), if first == "F2" { text_before(stage) } else { first.to_owned() });
    field.set_value(typed);
    press(stage, "[data-testid=cell-typed]", end, "").await;
}

/// What the active cell's title still says while it is typed into.
fn text_before<M: Mountable>(stage: &Stage<M>) -> String {
    stage.find(".grid-cell.active").title()
}

#[wasm_bindgen_test]
async fn cells_are_typed_into_and_left_with_enter_tab_and_escape() {
    let stage = opened().await;
    let grid = stage.find(GRID);
    grid.focus().expect("it takes the focus");
    let at = || grid.get_attribute("aria-activedescendant").unwrap_or_default();
    assert_eq!(
        (grid.get_attribute("aria-rowcount"), grid.get_attribute("aria-colcount")),
        (Some("5".into()), Some("3".into()))
    );
    type_over(&stage, "x", "Xenia", "Enter").await;
    assert_eq!((text(&stage, 0, 0).as_str(), at().as_str()), ("Xenia", "cell-1-0"));
    assert_eq!(document().active_element().as_ref(), Some(AsRef::as_ref(&grid)), "keys go on in the table");
    press(&stage, GRID, "ArrowRight", "").await;
    type_over(&stage, "F2", "00008", "Tab").await;
    assert_eq!((text(&stage, 1, 1).as_str(), at().as_str()), ("00008", "cell-2-0"), "leading zeros stay");
    type_over(&stage, "y", "never", "Escape").await;
    assert_eq!(text(&stage, 2, 0), "Cleo");
    // The empty row at the end becomes one of the table.
    press(&stage, GRID, "ArrowDown", "").await;
    type_over(&stage, "d", "Dan", "Enter").await;
    assert_eq!((text(&stage, 3, 0).as_str(), at().as_str()), ("Dan", "cell-4-0"));
    assert_eq!(grid.get_attribute("aria-rowcount").as_deref(), Some("6"));
}

#[wasm_bindgen_test]
async fn a_block_is_chosen_copied_cut_and_pasted_as_in_a_spreadsheet() {
    let stage = opened().await;
    press(&stage, GRID, "ArrowDown", "shift").await;
    press(&stage, GRID, "ArrowRight", "shift").await;
    assert_eq!(clip(&stage, "copy", "").await, "Ann\t01234\nBob\t00007");
    press(&stage, GRID, "End", "ctrl").await;
    clip(&stage, "paste", "a\tb\tc\nd\te\tf").await;
    assert_eq!((text(&stage, 3, 1), text(&stage, 4, 3)), ("a".into(), "f".into()), "the table grows both ways");
    press(&stage, GRID, "Home", "ctrl").await;
    assert_eq!(clip(&stage, "cut", "").await, "Ann");
    assert_eq!(text(&stage, 0, 0), "");
    press(&stage, GRID, "ArrowDown", "").await;
    press(&stage, GRID, "Delete", "").await;
    assert_eq!((text(&stage, 1, 0).as_str(), text(&stage, 1, 1).as_str()), ("", "00007"));
}

#[wasm_bindgen_test]
async fn ten_thousand_rows_are_there_and_only_those_that_are_seen_are_drawn() {
    let stage = opened().await;
    let rows: Vec<String> = (0..10_000).map(|row| format!("name {row}\t{row:05}")).collect();
    clip(&stage, "paste", &rows.join("\n")).await;
    assert_eq!(text(&stage, 7, 1), "00007");
    let drawn = || document().query_selector_all(".grid-body .grid-row").expect("rows").length();
    assert!((10..80).contains(&drawn()), "{} rows are drawn", drawn());
    assert_eq!(stage.find(GRID).get_attribute("aria-rowcount").as_deref(), Some("10002"));
    press(&stage, GRID, "End", "ctrl").await;
    gloo_timers::future::TimeoutFuture::new(60).await;
    settle().await;
    assert_eq!(text(&stage, 9_999, 0), "name 9999", "the cursor brings its row into view");
    assert!(drawn() < 80);
    assert!(stage.maybe(&cell(7, 1)).is_none());
}

#[wasm_bindgen_test]
async fn what_is_typed_stays_when_its_row_is_scrolled_away_or_another_cell_is_pressed() {
    let stage = opened().await;
    let rows: Vec<String> = (0..500).map(|row| format!("name {row}\t{row:05}")).collect();
    clip(&stage, "paste", &rows.join("\n")).await;
    press(&stage, GRID, "Home", "ctrl").await;
    press(&stage, GRID, "x", "").await;
    stage.fill("[data-testid=cell-typed]", "Xenia").await;
    stage.find(GRID).set_scroll_top(8_000);
    settle().await;
    settle().await;
    assert!(stage.maybe(&cell(0, 0)).is_none(), "its row is gone");
    stage.find(GRID).set_scroll_top(0);
    settle().await;
    settle().await;
    assert_eq!(text(&stage, 0, 0), "Xenia");
    press(&stage, GRID, "y", "").await;
    stage.fill("[data-testid=cell-typed]", "Yara").await;
    let init = web_sys::MouseEventInit::new();
    init.set_bubbles(true);
    let event = web_sys::MouseEvent::new_with_mouse_event_init_dict("pointerdown", &init).expect("an event");
    stage.find(&cell(2, 1)).dispatch_event(&event).expect("an event that can be sent");
    settle().await;
    assert_eq!((text(&stage, 0, 0).as_str(), text(&stage, 2, 1).as_str()), ("Yara", "00002"));
}
