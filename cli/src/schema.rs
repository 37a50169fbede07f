//! `tidemark schema`: the JSON Schema of a scenario, for editors.

use tidemark_core::scenario;
use tidemark_host::Failure;

use crate::exit::Exit;
use crate::show;

/// Prints the schema.
pub fn schema() -> Result<Exit, Failure> {
    show::print(&json(&scenario::schema()))?;
    Ok(Exit::Fine)
}

/// JSON as it is printed.
pub fn json(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
