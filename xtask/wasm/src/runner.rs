//! Runs a wasm32 test binary in Node.js or a browser: wasm-bindgen's own runner, built here so that it is always the
//! version of the library and Cargo.lock names all that it is made of.
//!
//! Must not add anything to it.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
