//! `tidemark schema`: the JSON Schema of a scenario, for editors, and of what is printed as JSON, for programs.

use tidemark_core::report::json as report;
use tidemark_core::scenario;
use tidemark_host::Failure;

use crate::args::SchemaArgs;
use crate::exit::Exit;
use crate::settings::SchemaOf;
use crate::show;

/// Prints a schema.
pub fn schema(args: &SchemaArgs) -> Result<Exit, Failure> {
    match args.of {
        SchemaOf::Scenario => show::print(&json(&scenario::schema()))?,
        SchemaOf::Report => show::print(report::REPORT_SCHEMA)?,
        SchemaOf::Trend => show::print(report::TREND_SCHEMA)?,
        SchemaOf::Comparison => show::print(report::COMPARISON_SCHEMA)?,
    }
    Ok(Exit::Fine)
}

/// JSON as it is printed.
pub fn json(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
