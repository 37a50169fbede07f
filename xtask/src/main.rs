//! Tidemark's development tasks.
fn main() {}
