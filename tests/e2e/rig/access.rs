//! Whether everybody can use what is on screen, as far as a program can tell: axe-core's rules for WCAG 2.2, levels A and
//! AA. Must not know a screen.

use serde_json::{Value, json};

use super::Window;

impl Window {
    /// What axe-core finds wrong now, a line each: the rule, the element, and why.
    pub async fn barriers(&self) -> Vec<String> {
        let there = self.script("return typeof axe === 'object'", vec![]).await;
        if there != Value::Bool(true) {
            self.script(&source(), vec![]).await;
        }
        const RUN: &str = "const done = arguments[arguments.length - 1];
            axe.run(document, arguments[0]).then(found => done(found.violations.flatMap(rule => rule.nodes.map(node =>
                `${rule.id}: ${node.target.join(' ')}: ${(node.failureSummary ?? '').replace(/\\s+/g, ' ')}`))),
                trouble => done([`axe-core stopped: ${trouble}`]))";
        let tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
        let options = json!({ "runOnly": { "type": "tag", "values": tags }, "resultTypes": ["violations"] });
        let found = self.script_async(RUN, vec![options]).await;
        let lines = found.as_array().expect("axe-core answers with a list");
        lines.iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// axe-core itself; `cargo xtask test e2e` fetches it and says where it is.
fn source() -> String {
    let path = std::env::var("TIDEMARK_AXE").expect("TIDEMARK_AXE names axe.min.js: start with `cargo xtask test e2e`");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
