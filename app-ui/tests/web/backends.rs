//! Choosing what the page stands on.

use tidemark_app_ui::backend::{http, tauri};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_file_server_is_not_taken_for_a_program() {
    // The tests' own server knows no commands.
    assert!(!http::is_there().await);
    assert!(!tauri::is_there());
}
