//! Files stay short enough to be read in one go.

use super::Finding;
use super::tree::Tree;

/// Above this a file should be split soon.
const SOFT: usize = 400;
/// Above this it must be.
const HARD: usize = 700;
/// The same for tests, which are mostly tables.
const HARD_FOR_TESTS: usize = 1000;

/// No Rust file is longer than the cap; one that comes near gets a note.
pub fn short_files(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let lines = file.text.lines().count();
        let hard = if file.is_test() { HARD_FOR_TESTS } else { HARD };
        if lines > hard {
            let what = format!("{lines} lines, {hard} is the most");
            findings.push(Finding::new(&file.path, hard + 1, what, "split it by what its parts are for"));
        } else if lines > SOFT && !file.is_test() {
            let what = format!("{lines} lines, more than {SOFT}");
            findings.push(Finding { note: true, ..Finding::new(&file.path, SOFT + 1, what, "think of splitting it") });
        }
    }
    findings
}
