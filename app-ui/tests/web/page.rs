//! What the page itself does.

use tidemark_app_ui::page;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{settle, show};

#[wasm_bindgen_test]
async fn an_element_is_found_whatever_its_test_id_holds() {
    use leptos::prelude::*;
    for id in ["task-look", "field-\"quoted\"", "back\\slash"] {
        let stage = show(move || view! { <button data-testid=id>{id}</button> }).await;
        let found = page::by_test_id(id).and_then(|element| element.text_content());
        assert_eq!(found.as_deref(), Some(id));
        page::focus(id.to_owned());
        settle().await;
        let focused = document().active_element().and_then(|element| element.text_content());
        assert_eq!(focused.as_deref(), Some(id));
        drop(stage);
    }
}

#[wasm_bindgen_test]
async fn an_address_is_a_place_to_go_back_to() {
    page::set_route("#/t/a%20b/load");
    assert_eq!(page::route(), "#/t/a%20b/load");
    page::set_route("#/");
    assert_eq!(page::route(), "#/");
}
