//! Every rule, by area. To add one, write a function and its row in the area's table; docs/problems.md follows.

mod answers;
mod data;
mod goals;
mod load;
mod names;
mod people;
mod requests;
mod saves;
mod secrets;
mod steps;
mod targets;
mod values;

use crate::check::Rule;
use crate::check::note::Out;
use crate::check::walk::Walk;
use crate::problem::Severity;
use crate::scenario::node::Extra;

/// The rules, by area, in the order of the documentation.
pub const RULES: &[(&str, &[Rule])] = &[
    ("Targets and hosts", targets::RULES),
    ("Names", names::RULES),
    ("Values", values::RULES),
    ("Secrets and sign-in", secrets::RULES),
    ("Data tables", data::RULES),
    ("User types and tasks", people::RULES),
    ("Steps", steps::RULES),
    ("Requests", requests::RULES),
    ("Checks and conditions", answers::RULES),
    ("Saved values", saves::RULES),
    ("Load", load::RULES),
    ("Goals", goals::RULES),
];

type Run = fn(&Walk, &mut Out);

/// A rule whose mistake stops a run.
const fn stop(code: &'static str, about: &'static str, mend: &'static str, run: Run) -> Rule {
    Rule { code, severity: Severity::Stop, about, mend, run }
}

/// A rule for what is probably not meant.
const fn warn(code: &'static str, about: &'static str, mend: &'static str, run: Run) -> Rule {
    Rule { code, severity: Severity::Warn, about, mend, run }
}

/// A rule for what could be better.
const fn tip(code: &'static str, about: &'static str, mend: &'static str, run: Run) -> Rule {
    Rule { code, severity: Severity::Tip, about, mend, run }
}

/// Whether one of these fields stands in the document but could not be read: that has been told already.
fn unreadable(extra: &Extra, keys: &[&str]) -> bool {
    extra.whole.is_some() || keys.iter().any(|key| extra.fields.contains_key(*key))
}

/// "did you mean", or else this.
fn did_you_mean(word: &str, known: &[&str], or_else: impl FnOnce() -> String) -> String {
    match crate::scenario::node::nearest(word, &known[..known.len().min(1_000)]) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => or_else(),
    }
}

/// The text with each `{{…}}` replaced; `None` where it can't be taken apart.
fn with_values_as(text: &str, stand_in: impl Fn(&crate::plan::template::ValueUse) -> String) -> Option<String> {
    use crate::plan::template::{Piece, Template};
    let template = Template::parse(text).ok()?;
    let pieces = template.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Use(used) => stand_in(used),
    });
    Some(pieces.collect())
}
