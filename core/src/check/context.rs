//! What the document alone doesn't tell. Everything may be missing: a rule that needs it then stays silent.

use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::{Deserialize, Serialize};

/// What is known beside the document.
#[derive(Default, Clone)]
pub struct Context<'a> {
    /// Name of the chosen target; the first one if not given.
    pub target: Option<&'a str>,
    /// A base address that replaces the target's.
    pub address: Option<&'a str>,
    /// What was found in data tables, by the tables' names.
    pub tables: HashMap<String, TableFacts>,
    /// Names of the secrets that have a value.
    pub secrets: Option<HashSet<String>>,
    /// Whether a file, named as in the scenario, exists.
    pub files: Option<&'a dyn Fn(&str) -> bool>,
    /// The most people at once, where it is not the document that says so.
    pub people: Option<u32>,
}

/// What was found in a data table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TableFacts {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Number of rows.
    pub rows: u64,
}

/// Without the function, which has nothing to show.
impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("target", &self.target)
            .field("address", &self.address)
            .field("tables", &self.tables)
            .field("secrets", &self.secrets)
            .field("people", &self.people)
            .finish_non_exhaustive()
    }
}
