//! What a file of the corpus gets, in words. Shared with the test that writes the expectations anew.

use std::fmt::Write;

use super::core_under_test::check::{Checked, all_problems};
use super::core_under_test::locate::locate;
use super::core_under_test::scenario::{Unreadable, decode, schema};

/// What a file gets: its problems with line, column and place, or why it can't be read.
fn outcome(bytes: &[u8]) -> String {
    let mut out = String::new();
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(error) => return unreadable(&error),
    };
    match all_problems(&text) {
        Err(error) => return unreadable(&error),
        Ok(Checked { problems, .. }) => {
            for problem in problems {
                let (line, column) = locate(&text, &problem.place).expect("a readable text has an object");
                let word = problem.severity.word();
                let _ = writeln!(
                    out,
                    "  {line}:{column} {word} {} at {}: {}",
                    problem.code, problem.place, problem.message
                );
            }
        }
    }
    if out.is_empty() { "  nothing\n".to_owned() } else { out }
}

fn unreadable(error: &Unreadable) -> String {
    match error {
        Unreadable::Syntax { line, column, message } => format!("  unreadable {line}:{column}: {message}\n"),
        other => format!("  unreadable: {other}\n"),
    }
}

/// The outcomes of all files, as in the file of expectations.
pub fn outcomes(files: &[(&str, &[u8])]) -> String {
    files.iter().map(|(name, bytes)| format!("{name}\n{}\n", outcome(bytes))).collect()
}

/// docs/scenario-1.schema.json.
pub fn schema_text() -> String {
    serde_json::to_string_pretty(&schema()).expect("text keys") + "\n"
}
