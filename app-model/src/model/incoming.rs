//! What is on its way into a test or out of it: tables' files before they are added, rows of files, and what was said
//! before requests are sent. Must not decide what becomes of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use tidemark_core::plan::table::BadTable;
use tidemark_core::plan::table::look::Look;

/// A table's file that was given and is not added yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The file's name.
    pub file: String,
    /// All of it.
    pub bytes: Arc<[u8]>,
    /// The encoding that somebody chose; empty for what is found out.
    pub encoding: String,
    /// The separator that somebody chose; empty for what is found out.
    pub separator: String,
    /// Whether the first row holds the names.
    pub names: bool,
    /// What the table will be called.
    pub name: String,
    /// What it looks like, read so.
    pub look: Result<Arc<Look>, BadTable>,
}

/// How a table's file is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadAs {
    /// In this encoding; empty for what is found out.
    Encoding(String),
    /// With this separator; empty for what is found out.
    Separator(String),
    /// Whether the first row holds the names.
    Names(bool),
    /// What the table is called.
    Name(String),
}

/// Rows of a table that stand in a file, from its first on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableRows {
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows that were read.
    pub rows: Vec<Vec<Value>>,
    /// How many there are in the file.
    pub total: u64,
}

/// What happens once hosts elsewhere were confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Then {
    /// The run starts.
    #[default]
    Run,
    /// One person is tried, as wished.
    Try,
}

/// What was said in the check before requests are sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reach {
    /// What it is for.
    pub then: Then,
    /// For each host: whether the box is ticked, and what was typed as its name.
    pub words: BTreeMap<String, (bool, String)>,
    /// The limit for targets that people use is raised for this run.
    pub raised: bool,
}
