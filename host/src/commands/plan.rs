//! From a scenario's text to a plan, as every command needs it that sends something. Must not send anything itself but to
//! see whether the target answers.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tidemark_core::plan::Plan;
use tidemark_core::plan::table::Table;
use tidemark_core::plan::value::Val;
use tidemark_core::problem::{Severity, short};
use tidemark_core::scenario;
use tidemark_core::units::Span;
use tidemark_core::wire;
use tidemark_core::wire::table::{CheckScenario, CheckTarget, Facts, Problems, ReadFacts, ReadTable, TablePart};
use tidemark_core::wire::target::TargetFacts;
use tidemark_core::wire::{Code, Failure};

use crate::host::Inner;
use crate::inputs::{self, Opened, Overrides, Secrets};
use crate::{allow, aside, probe};

/// A scenario that is ready to be run.
pub(super) struct Ready {
    pub(super) plan: Arc<Plan>,
    /// The scenario, for the result.
    pub(super) scenario: Value,
    /// Hosts that may be loaded.
    pub(super) allowed: Vec<String>,
    /// Whether somebody said that people use its target.
    pub(super) live: bool,
}

/// A scenario's plan.
struct Planned {
    plan: Arc<Plan>,
    scenario: Value,
    /// Whether somebody said that people use its target.
    live: bool,
}

impl Inner {
    /// Opens a scenario with the files that it names and the secrets that somebody told.
    async fn opened(
        self: &Arc<Self>,
        file: Option<String>,
        text: String,
        overrides: wire::Overrides,
    ) -> Result<Opened, Failure> {
        let path = file.as_deref().map(|file| self.scenarios.place(file)).transpose()?;
        let parent = path.as_deref().and_then(|path| path.parent().map(PathBuf::from));
        let folder = parent.unwrap_or_else(|| self.scenarios.root().to_owned());
        let shown = file.clone().unwrap_or_else(|| "the scenario".to_owned());
        let host = self.clone();
        aside::on_disk(move || {
            let mut opened = inputs::open_text(&shown, text, Some(&folder), &meant(overrides))?;
            for secret in opened.scenario.secrets.clone() {
                if let Some((value, _)) = host.secrets.get(file.as_deref(), &secret.name) {
                    opened.tell_secret(&secret.name, value);
                }
            }
            Ok(opened)
        })
        .await
    }

    pub(super) async fn check_scenario(self: &Arc<Self>, asked: CheckScenario) -> Result<Problems, Failure> {
        let opened = self.opened(asked.file, asked.text, asked.overrides).await?;
        let problems = aside::on_disk(move || Ok(opened.problems(Secrets::Needed))).await?;
        Ok(Problems { problems: problems.iter().map(wire::target::Problem::from).collect() })
    }

    pub(super) async fn read_facts(self: &Arc<Self>, asked: ReadFacts) -> Result<Facts, Failure> {
        let opened = self.opened(asked.file, asked.text, wire::Overrides::default()).await?;
        let mut files: Vec<String> = opened.inputs.files.keys().cloned().collect();
        let mut secrets: Vec<String> = opened.inputs.secrets.keys().cloned().collect();
        files.sort();
        secrets.sort();
        let tables = opened.tables().iter().map(|(name, facts)| (name.clone(), facts.clone())).collect();
        Ok(Facts { tables, files, secrets })
    }

    pub(super) async fn read_table(self: &Arc<Self>, asked: ReadTable) -> Result<TablePart, Failure> {
        let ReadTable { file, text, table: name, most } = asked;
        let opened = self.opened(file, text, wire::Overrides::default()).await?;
        aside::on_disk(move || {
            let Some(rule) = opened.scenario.data.iter().find(|table| table.name == name) else {
                let message = format!("The scenario has no data table called \"{}\".", short(&name));
                return Err(Failure::new(Code::NotFound, message, ""));
            };
            let bytes = match opened.inputs.files.get(&rule.file) {
                None if rule.file.is_empty() => None,
                None => return Err(not_there(&opened, &rule.file)),
                Some(bytes) => Some(bytes),
            };
            let table = bytes.map_or_else(|| Table::inline(rule), |bytes| Table::parse(bytes, rule, &rule.file));
            table.map(|table| first_rows(&table, most)).map_err(|bad| {
                let message = format!("\"{}\", {bad}.", short(&rule.file));
                Failure::new(Code::Unreadable, message, bad.hint)
            })
        })
        .await
    }

    /// The plan of a scenario.
    async fn planned(
        self: &Arc<Self>,
        file: Option<String>,
        text: String,
        overrides: wire::Overrides,
    ) -> Result<Planned, Failure> {
        let opened = self.opened(file, text, overrides).await?;
        aside::on_disk(move || {
            let mut stops = opened.problems(Secrets::Needed);
            stops.retain(|problem| problem.severity == Severity::Stop);
            if !stops.is_empty() {
                return Err(Failure::stopped_by(&stops));
            }
            let plan = opened.plan().map_err(|problems| Failure::stopped_by(&problems))?;
            let scenario = serde_json::from_str(&scenario::write(&opened.scenario)).unwrap_or_default();
            let targets = &opened.scenario.targets;
            let target = targets.iter().find(|target| target.name == plan.target.name).or(targets.first());
            let live = target.is_some_and(|target| target.is_live("", false));
            Ok(Planned { plan: Arc::new(plan), scenario, live })
        })
        .await
    }

    /// The plan of a scenario all of whose hosts may be loaded.
    pub(super) async fn ready(
        self: &Arc<Self>,
        file: Option<String>,
        text: String,
        overrides: wire::Overrides,
    ) -> Result<Ready, Failure> {
        let Planned { plan, scenario, live } = self.planned(file, text, overrides).await?;
        self.open_shop_for(&plan).await;
        let allowed = self.allowed().await?;
        let (asked, known) = (plan.clone(), allowed.clone());
        let questions = aside::apart(move || async move { allow::questions(&asked, &known).await }).await??;
        if let Some(question) = questions.first() {
            let hint = "Test only what you own or are allowed to test. If you may, allow the host and start again.";
            return Err(Failure { hint: hint.to_owned(), ..allow::refusal(question) });
        }
        Ok(Ready { plan, scenario, allowed, live })
    }

    pub(super) async fn check_target(self: &Arc<Self>, asked: CheckTarget) -> Result<TargetFacts, Failure> {
        let Planned { plan, .. } = self.planned(asked.file, asked.text, asked.overrides).await?;
        self.open_shop_for(&plan).await;
        let allowed = self.allowed().await?;
        aside::apart(move || async move {
            let hosts = allow::facts(&plan, &allowed).await;
            let may = hosts.first().is_none_or(|host| host.allowed);
            let nowhere = hosts.first().is_some_and(|host| host.distance == wire::target::Distance::Nowhere);
            let unreachable = if may || nowhere { probe::probe(&plan, &allowed).await.err() } else { None };
            TargetFacts { url: plan.target.url.clone(), hosts, unreachable }
        })
        .await
    }
}

/// Why a file that a scenario names was not read.
fn not_there(opened: &Opened, file: &str) -> Failure {
    let about = opened.problems(Secrets::LaterOn).into_iter().find(|problem| problem.message.contains(file));
    match about {
        Some(problem) => {
            Failure::new(Code::NotFound, probe::sentence(&problem.message), probe::sentence(&problem.hint))
        }
        None => Failure::new(Code::NotFound, format!("There is no file \"{}\".", short(file)), "Correct its name."),
    }
}

fn first_rows(table: &Table, most: u32) -> TablePart {
    let value = |row, column| match table.row_value(row, column) {
        Val::Missing => Value::Null,
        value => value.to_json(),
    };
    let width = table.columns.len();
    let shown = table.rows.len().min(most as usize);
    let rows = (0..shown).map(|row| (0..width).map(|column| value(row, column)).collect()).collect();
    TablePart { columns: table.columns.clone(), rows, total: table.rows.len() as u64 }
}

/// What the wire's overrides mean.
fn meant(overrides: wire::Overrides) -> Overrides {
    Overrides {
        target: overrides.target,
        base_url: overrides.base_url,
        people: overrides.people,
        arrivals: overrides.arrivals_per_second,
        duration: overrides.duration_ms.map(Span::from_ms),
        stages: Vec::new(),
        limit: None,
        only_tags: overrides.only_tags,
        skip_tags: overrides.skip_tags,
        watch: Vec::new(),
        values: overrides.values,
        data: Vec::new(),
        seed: overrides.seed.map(|seed| seed.0),
    }
}
