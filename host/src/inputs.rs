//! Everything that a scenario needs from this computer: its own file, the files it names, and the values of its secrets.
//!
//! Reads files and the environment, and nothing else. Must not know what a run is, nor print or ask anything itself.

mod named;
mod read;

pub use named::{NamedFile, Role, named_files};

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};

use tidemark_core::check::{self, Context, TableFacts};
use tidemark_core::plan::{Inputs, Plan, compile};
use tidemark_core::problem::{Place, Problem, Severity};
use tidemark_core::scenario::{self, LimitSearch, Scenario, Secret, Stage, Watch};
use tidemark_core::units::Span;

use crate::failure::{Code, Failure};

/// Stands in for a secret where nothing is sent.
pub const STAND_IN: &str = "••••";

/// What is to be different from what the file says. Nothing, where a field is empty.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// The target's name; the first one's if `None`.
    pub target: Option<String>,
    /// A base address instead of the target's.
    pub base_url: Option<String>,
    /// The peak in people.
    pub people: Option<u32>,
    /// The peak in arrivals a second.
    pub arrivals: Option<f64>,
    /// The length.
    pub duration: Option<Span>,
    /// The stages.
    pub stages: Vec<Stage>,
    /// Looks for the limit, whatever the load says.
    pub limit: Option<LimitSearch>,
    /// Only tasks with one of these tags.
    pub only_tags: Vec<String>,
    /// No tasks with one of these tags.
    pub skip_tags: Vec<String>,
    /// What is watched beside what the target says.
    pub watch: Vec<Watch>,
    /// Named values.
    pub values: Vec<(String, String)>,
    /// Files of data tables by the table's name. These may be anywhere.
    pub data: Vec<(String, PathBuf)>,
    /// Where all chance comes from; made up if `None`.
    pub seed: Option<u64>,
}

/// A scenario with all it needs.
#[derive(Debug)]
pub struct Opened {
    /// How messages call the file.
    pub shown: String,
    /// The text of the file.
    pub text: String,
    /// The scenario, with the tables' files replaced as asked.
    pub scenario: Scenario,
    /// What `compile` takes beside it.
    pub inputs: Inputs,
    /// Secrets without a value.
    pub lacking: Vec<Secret>,
    tables: HashMap<String, TableFacts>,
    problems: Vec<Problem>,
}

/// Opens a scenario file with everything it names.
///
/// # Errors
/// The file can't be read, is no scenario at all, or an override names a table or value that doesn't exist.
pub fn open(path: &Path, overrides: &Overrides) -> Result<Opened, Failure> {
    let text = text_of(path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    open_text(&path.display().to_string(), text, Some(folder), overrides)
}

/// The text of a scenario file, bounded in size.
///
/// # Errors
/// The file can't be read, or is no text.
pub fn text_of(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read::scenario(path)?).map_err(|_| {
        let message = format!("{} is not text in UTF-8, so it is no scenario.", path.display());
        Failure::new(Code::Invalid, message, "Name a .tide file.")
    })
}

/// Opens a scenario from its text; files it names are looked for in `folder`, and none are read if there is none.
///
/// # Errors
/// As [`open`].
pub fn open_text(shown: &str, text: String, folder: Option<&Path>, overrides: &Overrides) -> Result<Opened, Failure> {
    let (mut scenario, _) = scenario::read(&text).map_err(|error| unreadable(shown, &error))?;
    let given = replace_tables(&mut scenario, &overrides.data)?;
    known_values(&scenario, &overrides.values)?;
    let mut opened = Opened {
        shown: shown.to_owned(),
        text,
        scenario,
        inputs: inputs_of(overrides),
        lacking: Vec::new(),
        tables: HashMap::new(),
        problems: Vec::new(),
    };
    opened.read_files(folder, &given);
    opened.look_into_tables();
    opened.find_secrets();
    Ok(opened)
}

/// The overrides in the form `compile` takes, without files and secrets.
fn inputs_of(overrides: &Overrides) -> Inputs {
    Inputs {
        target: overrides.target.clone(),
        base_url: overrides.base_url.clone(),
        secrets: HashMap::new(),
        files: HashMap::new(),
        people: overrides.people,
        limit: overrides.limit.clone(),
        arrivals: overrides.arrivals,
        duration: overrides.duration,
        stages: overrides.stages.clone(),
        only_tags: overrides.only_tags.clone(),
        skip_tags: overrides.skip_tags.clone(),
        watch: overrides.watch.clone(),
        values: overrides.values.clone(),
        seed: overrides.seed.unwrap_or_else(any_seed),
    }
}

/// A seed by chance, short enough to be typed again.
fn any_seed() -> u64 {
    std::collections::hash_map::RandomState::new().build_hasher().finish() % 1_000_000_000
}

/// A file that is no scenario, as `file:line:column: …`.
fn unreadable(shown: &str, error: &scenario::Unreadable) -> Failure {
    let (place, message) = match error {
        scenario::Unreadable::Syntax { line, column, message } => {
            (format!("{shown}:{line}:{column}"), format!("this is no JSON: {message}"))
        }
        other => (format!("{shown}:1:1"), other.to_string()),
    };
    Failure::new(
        Code::Unreadable,
        format!("{place}: error[unreadable]: {message}"),
        "Mend this first; then check again.",
    )
}

/// Puts other files in the place of tables' own. Returns the paths that were given.
fn replace_tables(scenario: &mut Scenario, data: &[(String, PathBuf)]) -> Result<HashSet<String>, Failure> {
    let mut given = HashSet::new();
    for (name, path) in data {
        let known: Vec<String> = scenario.data.iter().map(|table| table.name.clone()).collect();
        let Some(table) = scenario.data.iter_mut().find(|table| table.name == *name) else {
            return Err(unknown("data table", name, &known));
        };
        let path = path.to_str().ok_or_else(|| {
            Failure::new(Code::Invalid, format!("{} has a name that is not text.", path.display()), "Rename the file.")
        })?;
        if table.file.is_empty() {
            // Inline rows name their columns in the scenario, a file names them in its first line.
            table.columns.clear();
            table.rows.clear();
        }
        path.clone_into(&mut table.file);
        given.insert(path.to_owned());
    }
    Ok(given)
}

/// Every value that is to be replaced must exist.
fn known_values(scenario: &Scenario, values: &[(String, String)]) -> Result<(), Failure> {
    let known: Vec<String> = scenario.values.iter().map(|value| value.name.clone()).collect();
    match values.iter().find(|(name, _)| !known.contains(name)) {
        Some((name, _)) => Err(unknown("value", name, &known)),
        None => Ok(()),
    }
}

fn unknown(what: &str, name: &str, known: &[String]) -> Failure {
    let hint = match known {
        [] => format!("It has no {what}s at all."),
        _ => format!("It has: {}.", known.join(", ")),
    };
    Failure::new(Code::NotFound, format!("The scenario has no {what} called \"{name}\"."), hint)
}

impl Opened {
    /// Columns and rows of the data tables that can be read, by the tables' names.
    pub fn tables(&self) -> &HashMap<String, TableFacts> {
        &self.tables
    }

    /// Every mistake that can be known without sending anything: what stops a run first. `lacking` secrets count only
    /// where `with_secrets` is said.
    pub fn problems(&self, with_secrets: Secrets) -> Vec<Problem> {
        let exists = |path: &str| self.inputs.files.contains_key(path) || self.is_told(path) || self.is_replaced(path);
        let context = Context {
            target: self.inputs.target.as_deref(),
            address: self.inputs.base_url.as_deref(),
            tables: self.tables.clone(),
            secrets: match with_secrets {
                Secrets::Needed => Some(self.inputs.secrets.keys().cloned().collect()),
                Secrets::LaterOn => None,
            },
            files: Some(&exists),
            people: self.inputs.people,
        };
        let mut problems = match check::all_problems_in(&self.text, &context) {
            Ok(checked) => checked.problems,
            Err(_) => Vec::new(), // it was read before
        };
        problems.extend(self.problems.iter().cloned());
        if problems.iter().all(|problem| problem.severity != Severity::Stop) {
            let mut inputs = self.inputs.clone();
            for secret in self.lacking.iter().filter(|_| with_secrets == Secrets::LaterOn) {
                inputs.secrets.insert(secret.name.clone(), STAND_IN.to_owned());
            }
            problems.extend(compile(&self.scenario, &inputs).err().unwrap_or_default());
        }
        let order = |problem: &Problem| problem.severity;
        problems.sort_by_key(order);
        problems
    }

    /// Compiles the scenario.
    ///
    /// # Errors
    /// The problems that stop it.
    pub fn plan(&self) -> Result<Plan, Vec<Problem>> {
        let told = self.problems.iter().filter(|problem| problem.severity == Severity::Stop).cloned();
        let told: Vec<Problem> = told.collect();
        if !told.is_empty() {
            return Err(told);
        }
        compile(&self.scenario, &self.inputs)
    }

    /// Gives a secret its value.
    pub fn tell_secret(&mut self, name: &str, value: String) {
        self.inputs.secrets.insert(name.to_owned(), value);
        self.lacking.retain(|secret| secret.name != name);
    }

    /// Whether a problem about this file is known already.
    fn is_told(&self, path: &str) -> bool {
        let quoted = format!("\"{}\"", tidemark_core::problem::short(path));
        self.problems.iter().any(|problem| problem.message.contains(&quoted))
    }

    /// Whether the document names this file, but the scenario that runs doesn't any more.
    fn is_replaced(&self, path: &str) -> bool {
        named_files(&self.scenario).iter().all(|file| file.path != path)
    }

    fn read_files(&mut self, folder: Option<&Path>, given: &HashSet<String>) {
        for file in named_files(&self.scenario) {
            if self.inputs.files.contains_key(&file.path) {
                continue;
            }
            let read = match (given.contains(&file.path), folder) {
                (true, _) => read::anywhere(Path::new(&file.path), file.role),
                (false, Some(folder)) => read::within(folder, &file.path, file.role),
                (false, None) => Err(read::NotRead::Missing),
            };
            match read {
                Ok(bytes) => {
                    self.inputs.files.insert(file.path, bytes.into());
                }
                Err(read::NotRead::Missing) if !given.contains(&file.path) => {} // `check` tells, with hints
                Err(error) => self.problems.push(error.problem(&file)),
            }
        }
    }

    /// Columns and rows of the tables, for `check`. Tables that can't be read are told by `compile`.
    fn look_into_tables(&mut self) {
        use tidemark_core::plan::table::Table;
        for (at, rule) in self.scenario.data.iter().enumerate() {
            let table = match self.inputs.files.get(&rule.file) {
                _ if rule.file.is_empty() => Table::inline(rule),
                Some(bytes) => Table::parse(bytes, rule, &rule.file),
                None => continue,
            };
            match table {
                Ok(table) => {
                    let facts = TableFacts { rows: table.rows.len() as u64, columns: table.columns };
                    self.tables.insert(rule.name.clone(), facts);
                }
                Err(bad) if !rule.file.is_empty() => self.problems.push(Problem {
                    code: "table-unreadable",
                    severity: Severity::Stop,
                    place: Place::root().key("data").index(at).key("file"),
                    message: format!("\"{}\", {bad}", tidemark_core::problem::short(&rule.file)),
                    hint: bad.hint,
                }),
                Err(_) => {}
            }
        }
    }

    fn find_secrets(&mut self) {
        for secret in &self.scenario.secrets {
            match std::env::var(secret.variable()) {
                Ok(value) if !value.is_empty() => {
                    self.inputs.secrets.insert(secret.name.clone(), value);
                }
                _ => self.lacking.push(secret.clone()),
            }
        }
    }
}

/// Whether secrets must have a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// Now: something is about to be sent.
    Needed,
    /// Not yet.
    LaterOn,
}

#[cfg(test)]
mod tests;
