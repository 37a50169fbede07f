//! Stand-ins for what a document needs from the computer that makes the runs, where something is only worked out and
//! nothing is sent. Must not stand in for anything that a run sends.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;
use tidemark_core::plan::Inputs;
use tidemark_core::scenario::{Act, Body, DataTable, PartContent, Scenario};

use crate::doc::place::each_step;
use crate::model::Facts;

/// The files that requests and targets name, without those of data tables.
pub fn files(scenario: &Scenario) -> Vec<String> {
    let mut files = Vec::new();
    each_step(scenario, &mut |step| {
        let Act::Request(request) = &step.act else { return };
        match &request.body {
            Body::File(path) => files.push(path.clone()),
            Body::Multipart(parts) => files.extend(parts.iter().filter_map(|part| match &part.content {
                PartContent::File(path) => Some(path.clone()),
                _ => None,
            })),
            _ => {}
        }
    });
    for target in &scenario.targets {
        let tls = [&target.tls.ca_file, &target.tls.client_certificate, &target.tls.client_key];
        files.extend(tls.into_iter().filter(|path| !path.is_empty()).cloned());
    }
    files
}

/// What compiling takes, with a stand-in for each secret and each file.
pub(super) fn inputs(scenario: &Scenario, seed: u64) -> Inputs {
    let secrets: HashMap<String, String> =
        scenario.secrets.iter().map(|secret| (secret.name.clone(), "secret".to_owned())).collect();
    let file = |path: String| (path, Arc::from(&b"file"[..]));
    Inputs { secrets, seed, files: files(scenario).into_iter().map(file).collect(), ..Inputs::default() }
}

/// The document with pretend rows, `most` at most, in the place of tables that stand in files, as far as it is known what
/// is in those.
pub fn with_rows(scenario: &Arc<Scenario>, facts: &Facts, most: u64) -> Arc<Scenario> {
    let known = |table: &DataTable| !table.file.is_empty() && facts.tables.contains_key(&table.name);
    if !scenario.data.iter().any(known) {
        return scenario.clone();
    }
    let mut pretend = (**scenario).clone();
    for table in pretend.data.iter_mut().filter(|table| known(table)) {
        let Some(facts) = facts.tables.get(&table.name) else { continue };
        // "1" is a text and a number.
        let row = vec![Value::String("1".to_owned()); facts.columns.len()];
        let count = usize::try_from(facts.rows.min(most)).unwrap_or(1).max(1);
        table.file.clear();
        table.columns.clone_from(&facts.columns);
        table.rows = vec![row; count];
    }
    Arc::new(pretend)
}
