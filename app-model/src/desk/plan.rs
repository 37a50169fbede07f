//! From a scenario's text to a plan. A page has no files beside a scenario, and secrets without a value have a stand-in, as
//! nothing is sent. Must not make a run.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use tidemark_core::check::{self, Context, TableFacts};
use tidemark_core::plan::table::Table;
use tidemark_core::plan::{Inputs, Plan, compile};
use tidemark_core::problem::{Problem, Severity};
use tidemark_core::result::redact::MASK;
use tidemark_core::scenario::{self, Scenario};
use tidemark_core::units::Span;
use tidemark_core::wire::run::Overrides;
use tidemark_core::wire::table::{CheckScenario, Facts, Problems, ReadFacts, ReadTable, TablePart};
use tidemark_core::wire::{self, Code, Failure};

use super::Desk;
use super::answers::{Answer, Done};
use super::shelf::Seen;
use crate::text::{desk as say, notices};

/// A scenario with all it needs.
struct Opened {
    text: String,
    scenario: Scenario,
    inputs: Inputs,
    tables: HashMap<String, TableFacts>,
}

/// The scenario of a text.
///
/// # Errors
/// There is none in it.
pub(super) fn scenario_in(text: &str) -> Result<Scenario, Failure> {
    let read = scenario::read(text).map(|(scenario, _)| scenario);
    read.map_err(|error| Failure::new(Code::Unreadable, notices::could_not_read("", &error.to_string()), ""))
}

impl Opened {
    fn of(desk: &Desk, file: Option<&str>, text: String, overrides: Overrides) -> Result<Self, Failure> {
        let scenario = scenario_in(&text)?;
        let mut secrets = desk.told_secrets(file);
        for secret in &scenario.secrets {
            secrets.entry(secret.name.clone()).or_insert_with(|| MASK.to_owned());
        }
        let inline = scenario.data.iter().filter(|rule| rule.file.is_empty());
        let tables = inline.filter_map(|rule| Some((rule.name.clone(), Table::inline(rule).ok()?)));
        let facts = |table: Table| TableFacts { rows: table.rows.len() as u64, columns: table.columns };
        let tables = tables.map(|(name, table)| (name, facts(table))).collect();
        let inputs = Inputs {
            target: overrides.target,
            base_url: overrides.base_url,
            secrets,
            files: HashMap::new(),
            people: overrides.people,
            arrivals: overrides.arrivals_per_second,
            duration: overrides.duration_ms.map(Span::from_ms),
            stages: Vec::new(),
            limit: None,
            only_tags: overrides.only_tags,
            skip_tags: overrides.skip_tags,
            watch: Vec::new(),
            values: overrides.values,
            seed: overrides.seed.map_or_else(|| desk.any_seed(), |seed| seed.0),
        };
        Ok(Self { text, scenario, inputs, tables })
    }

    /// What is wrong, what stops a run first.
    fn problems(&self) -> Vec<Problem> {
        let no_files = |_: &str| false;
        let context = Context {
            target: self.inputs.target.as_deref(),
            address: self.inputs.base_url.as_deref(),
            tables: self.tables.clone(),
            secrets: None,
            files: Some(&no_files),
            people: self.inputs.people,
        };
        let checked = check::all_problems_in(&self.text, &context);
        let mut problems = checked.map(|checked| checked.problems).unwrap_or_default();
        if problems.iter().all(|problem| problem.severity != Severity::Stop) {
            problems.extend(compile(&self.scenario, &self.inputs).err().unwrap_or_default());
        }
        problems.sort_by_key(|problem| problem.severity);
        problems
    }
}

/// The plan of a scenario, and the scenario for its result.
///
/// # Errors
/// Problems stop it.
pub(super) fn planned(
    desk: &Desk,
    file: Option<&str>,
    text: String,
    overrides: Overrides,
) -> Result<(Plan, Value), Failure> {
    let opened = Opened::of(desk, file, text, overrides)?;
    let mut stops = opened.problems();
    stops.retain(|problem| problem.severity == Severity::Stop);
    if !stops.is_empty() {
        return Err(Failure::stopped_by(&stops));
    }
    let plan = compile(&opened.scenario, &opened.inputs).map_err(|problems| Failure::stopped_by(&problems))?;
    Ok((plan, serde_json::from_str(&scenario::write(&opened.scenario)).unwrap_or_default()))
}

impl Answer for CheckScenario {
    fn answer(self, desk: &mut Desk, _: &Seen, _: u64) -> Result<Done<Problems>, Failure> {
        let problems = Opened::of(desk, self.file.as_deref(), self.text, self.overrides)?.problems();
        Ok(Done::reply(Problems { problems: problems.iter().map(wire::target::Problem::from).collect() }))
    }
}

impl Answer for ReadFacts {
    fn answer(self, desk: &mut Desk, _: &Seen, _: u64) -> Result<Done<Facts>, Failure> {
        let opened = Opened::of(desk, self.file.as_deref(), self.text, Overrides::default())?;
        let told = desk.told_secrets(self.file.as_deref());
        let known = opened.scenario.secrets.iter().filter(|secret| told.contains_key(&secret.name));
        let mut secrets: Vec<String> = known.map(|secret| secret.name.clone()).collect();
        secrets.sort();
        Ok(Done::reply(Facts { tables: BTreeMap::from_iter(opened.tables), files: Vec::new(), secrets }))
    }
}

impl Answer for ReadTable {
    /// Rows that stand in the scenario need not be asked for, and files there are none.
    fn answer(self, _: &mut Desk, _: &Seen, _: u64) -> Result<Done<TablePart>, Failure> {
        Err(Failure::new(Code::NotFound, say::no_table(&self.table), say::NO_TABLE_HINT))
    }
}

impl Desk {
    /// The values of a scenario's secrets that somebody told.
    pub(super) fn told_secrets(&self, file: Option<&str>) -> HashMap<String, String> {
        let own = self.secrets.iter().filter(|((of, _), _)| of == file.unwrap_or_default());
        own.map(|((_, name), value)| (name.clone(), value.clone())).collect()
    }

    /// A test has another name now, and keeps its secrets.
    pub(super) fn secrets_follow(&mut self, from: &str, to: &str) {
        for (name, value) in self.told_secrets(Some(from)) {
            self.secrets.remove(&(from.to_owned(), name.clone()));
            self.secrets.insert((to.to_owned(), name), value);
        }
    }

    /// A seed that no run had before, short enough to be typed again.
    fn any_seed(&self) -> u64 {
        self.who.chance.wrapping_add(self.runs.wrapping_mul(0x9E37_79B9)) % 1_000_000_000
    }
}
