//! Rules for the members' Cargo.toml files.

use super::Finding;
use super::tree::Tree;

/// Every crate takes its lints, `unsafe_code = "forbid"` among them, from the workspace.
pub fn lints_are_the_workspace_s(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.member_manifests() {
        let mut lines = file.text.lines().skip_while(|line| line.trim() != "[lints]").skip(1);
        if lines.next().is_none_or(|line| line.replace(' ', "") != "workspace=true") {
            let mend = "add `[lints]` and, under it, `workspace = true`";
            findings.push(Finding::new(&file.path, 1, "does not take the workspace's lints", mend));
        }
    }
    if let Some(root) = tree.file("Cargo.toml")
        && !root.text.lines().any(|line| line.replace(' ', "") == "unsafe_code=\"forbid\"")
    {
        findings.push(Finding::new(
            "Cargo.toml",
            1,
            "unsafe code is not forbidden",
            "put `unsafe_code = \"forbid\"` under [workspace.lints.rust]",
        ));
    }
    findings
}

/// A version, a path or a repository stands once, in the root's `[workspace.dependencies]`.
pub fn versions_only_in_the_root(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.member_manifests() {
        let mut section = "";
        for (at, line) in file.text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.starts_with('[') {
                section = line.trim_matches(['[', ']']);
            } else if let Some((key, value)) = line.split_once('=')
                && names_a_source(section, key.trim(), value.trim())
            {
                let what = "a dependency is pinned here";
                let mend = "put it in the root's [workspace.dependencies] and write `name.workspace = true`";
                findings.push(Finding::new(&file.path, at + 1, what, mend));
            }
        }
    }
    findings
}

fn names_a_source(section: &str, key: &str, value: &str) -> bool {
    const SOURCES: [&str; 3] = ["version", "path", "git"];
    if section.ends_with("dependencies") {
        let inside = value.trim_matches(['{', '}']).split(',').filter_map(|pair| pair.split_once('='));
        let inline = value.starts_with('{') && inside.map(|(key, _)| key.trim()).any(|key| SOURCES.contains(&key));
        let last = key.rsplit('.').next().unwrap_or_default();
        inline || (value.starts_with('"') && (!key.contains('.') || SOURCES.contains(&last)))
    } else {
        // `[dependencies.name]`
        section.contains("dependencies.") && SOURCES.contains(&key)
    }
}
