//! The mistakes that are found while a text is read, and the documentation of all codes.

use std::fmt::Write;

use crate::check::rules::RULES;
use crate::problem::Severity;

/// A mistake found while reading: like a [`Rule`](crate::check::Rule), without a function of its own.
#[derive(Debug)]
pub struct Known {
    /// Stable, readable code.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it means.
    pub about: &'static str,
    /// How to mend it.
    pub mend: &'static str,
}

const fn known(code: &'static str, severity: Severity, about: &'static str, mend: &'static str) -> Known {
    Known { code, severity, about, mend }
}

/// The mistakes found while a text is read.
pub const READING: &[Known] = &[
    known(
        "format-missing",
        Severity::Warn,
        "The file doesn't say which format it has.",
        "Add \"format\": 1 at the top.",
    ),
    known(
        "unknown-field",
        Severity::Warn,
        "A field is not known here. It is kept when the file is saved, and does nothing.",
        "Correct the name (a hint names the nearest one), or remove it.",
    ),
    known(
        "wrong-type",
        Severity::Stop,
        "A value has the wrong type, such as text instead of a number.",
        "Write what the message asks for.",
    ),
    known(
        "unknown-word",
        Severity::Stop,
        "A word is none of those that are possible here.",
        "Use one of the words in the hint.",
    ),
    known(
        "not-understood",
        Severity::Stop,
        "Something can't be understood as a whole: it is empty, or holds a field that is not known.",
        "Give it one of its fields, and remove those that are not known.",
    ),
    known(
        "only-one-of",
        Severity::Stop,
        "Two fields stand together of which only one can be meant, such as two kinds of step in one.",
        "Keep one of them.",
    ),
    known(
        "bad-duration",
        Severity::Stop,
        "A length of time can't be read, is below zero, or is longer than a year.",
        "Write it like \"800ms\", \"2s\", \"1.5min\" or \"1h\".",
    ),
    known(
        "bad-status",
        Severity::Stop,
        "A status is no code from 100 to 599 and no class.",
        "Write a code such as 200, or a class such as \"2xx\".",
    ),
    known(
        "number-out-of-range",
        Severity::Stop,
        "A number is too large, below zero, or has a fraction where a whole one is needed.",
        "Write a whole number in the range of the message.",
    ),
    known(
        "secret-in-file",
        Severity::Stop,
        "The value of a secret stands in the file, for everyone to read.",
        "Remove it, give it in an environment variable, and change the secret: it has been seen.",
    ),
    known(
        "duplicate-key",
        Severity::Stop,
        "A field stands twice in the same object, so that one of the two would be lost.",
        "Remove one of them.",
    ),
    known(
        "too-many-problems",
        Severity::Stop,
        "So many mistakes were found that the rest is not listed.",
        "Mend the first ones and check again.",
    ),
];

/// docs/problems.md: every code with what it means and how to mend it.
pub fn problems_markdown() -> String {
    let mut out = String::from(
        "# Problems\n\n\
         `tidemark check FILE` looks for these mistakes; a run looks for them before it starts. An **error** stops the run, a\n\
         **warning** is probably not what was meant, a **tip** could be better. In parts that are switched off nothing is\n\
         worse than a warning. The codes are stable; the texts may change.\n\n\
         This page is made from the rules themselves.\n",
    );
    section(&mut out, "While reading", READING.iter().map(|one| (one.code, one.severity, one.about, one.mend)));
    for (title, rules) in RULES {
        section(&mut out, title, rules.iter().map(|rule| (rule.code, rule.severity, rule.about, rule.mend)));
    }
    out
}

fn section<'r>(out: &mut String, title: &str, rows: impl Iterator<Item = (&'r str, Severity, &'r str, &'r str)>) {
    let _ = write!(out, "\n## {title}\n\n| Code | | What it means | How to mend it |\n| --- | --- | --- | --- |\n");
    for (code, severity, about, mend) in rows {
        let _ = writeln!(out, "| `{code}` | {} | {} | {} |", severity.word(), cell(about), cell(mend));
    }
}

/// Text that can stand in a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace("<", "&lt;")
}
