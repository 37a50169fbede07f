//! Choosing what the page stands on.

use tidemark_app_ui::backend::{http, tauri};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_file_server_is_not_taken_for_a_program() {
    assert!(!http::is_there());
    assert!(!tauri::is_there());
    let head = crate::stage::document().head().expect("a head");
    head.set_inner_html("<meta name=\"tidemark-served\" content=\"\">");
    assert!(http::is_there());
    head.set_inner_html("");
}
