//! Parts of the editor and the page's own doings, inside a real browser. Started by `cargo xtask test web`.
//!
//! What a person does from screen to screen is tested in `tests/e2e`; here is what can be seen of one part alone.

#![cfg(target_arch = "wasm32")]

mod answer;
mod backends;
mod grid;
mod history;
mod chips;
mod clipboard;
mod page;
mod parts;
mod stage;
mod storage;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
