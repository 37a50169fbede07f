//! `cargo xtask tidy`: the house rules that a compiler doesn't know.
//!
//! A rule is a function from the [`Tree`] to findings, listed in [`RULES`]; it must not print, start programs or touch
//! files, so that its tests need nothing but text.

mod colours;
mod edges;
mod manifests;
mod names;
mod sentences;
mod sizes;
mod tree;
mod words;

#[cfg(test)]
mod tests;

use std::process::ExitCode;
use tree::Tree;

/// One violation: where it is, what it is, and how to mend it.
#[derive(Debug)]
struct Finding {
    path: String,
    /// Counted from 1.
    line: usize,
    what: String,
    mend: String,
    /// A note is shown and does not fail.
    note: bool,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>, mend: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, what: what.into(), mend: mend.into(), note: false }
    }
}

type Rule = fn(&Tree) -> Vec<Finding>;

/// Every rule, in the order of its findings on screen.
const RULES: [Rule; 13] = [
    edges::allowed_edges,
    edges::tests_in_one_place,
    manifests::lints_are_the_workspace_s,
    manifests::versions_only_in_the_root,
    words::only_in_these_files,
    words::nowhere,
    words::no_machine_paths,
    sizes::short_files,
    names::telling_names,
    colours::only_in_sheets,
    colours::readable_and_apart,
    sentences::plain,
    sentences::in_one_place,
];

/// The command: checks all rules and exits with 1 if one is broken.
pub fn tidy(words: &[String]) -> Result<ExitCode, String> {
    if let Some(word) = words.first() {
        return Err(format!("takes no words, got {word}"));
    }
    match check() {
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(trouble) => {
            eprintln!("{trouble}");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Prints every finding; `Err` when a rule is broken.
pub fn check() -> Result<u64, String> {
    let tree = Tree::read()?;
    let findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    for Finding { path, line, what, mend, note } in &findings {
        let kind = if *note { "note: " } else { "" };
        println!("{path}:{line}: {kind}{what}; {mend}");
    }
    let broken = findings.iter().filter(|finding| !finding.note).count();
    if broken > 0 {
        return Err(format!("{broken} {} of the house rules", if broken == 1 { "violation" } else { "violations" }));
    }
    println!("{} files follow the house rules", tree.files.len());
    Ok(0)
}
