//! A file's name says what is in it.

use super::Finding;
use super::tree::Tree;

/// Names that say nothing about what is in a file, or are not in the word list.
const EMPTY_NAMES: [&str; 10] =
    ["util", "utils", "helper", "helpers", "manager", "managers", "service", "services", "common", "misc"];

/// No file and no folder has an empty name; `foo.rs` stands beside `foo/`.
pub fn telling_names(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let path = file.path.trim_end_matches(".rs");
        if let Some(part) = path.split('/').find(|part| EMPTY_NAMES.contains(part)) {
            let what = format!("the name {part} does not say what is inside");
            findings.push(Finding::new(&file.path, 1, what, "name it after the one thing it is for"));
        }
        if path.ends_with("/mod") {
            findings.push(Finding::new(
                &file.path,
                1,
                "mod.rs hides the module's name",
                "call it foo.rs and put it beside foo/",
            ));
        }
    }
    findings
}
