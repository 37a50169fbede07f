//! Scenario and inputs to [`Plan`]: names become numbers, texts become pieces, steps become one flat list.
//!
//! After this nobody checks again. What can't be compiled is told as problems, with the codes that `check` uses.

mod flow;
mod load;
mod requests;
mod values;
mod watch;

pub use load::{load_is_open, load_search, load_stages, shape_stages};
pub use watch::{Wrong as WatchWrong, wrong as watch_wrong};

use std::collections::HashMap;
use std::sync::Arc;

use crate::plan::parts::{NamedPlan, Plan, RequestPlan, TablePlan, TargetPlan, TaskPlan, TypePlan};
use crate::plan::shares::{Heads, Pick};
use crate::problem::{Place, Problem, Severity};
use crate::scenario::{LimitSearch, Scenario, Stage, Target, Task, UserType, Watch};
use crate::stats::{MOST_NAMES, Name, NameId, NameKind};
use crate::traffic::Network;
use crate::units::{Span, grouped};

/// What a scenario needs from outside to become a plan, and what overrides it.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The target's name; the first if none is given.
    pub target: Option<String>,
    /// A base address instead of the target's.
    pub base_url: Option<String>,
    /// Values of secrets by name.
    pub secrets: HashMap<String, String>,
    /// Bytes of files by the path that stands in the scenario.
    pub files: HashMap<String, Arc<[u8]>>,
    /// Instead of the load's level: its peak in people.
    pub people: Option<u32>,
    /// Instead of the load's level: its peak in arrivals a second.
    pub arrivals: Option<f64>,
    /// Instead of the load's length; the shape is stretched to it.
    pub duration: Option<Span>,
    /// Instead of the load's stages (people or arrivals, as the scenario has it).
    pub stages: Vec<Stage>,
    /// Looks for the limit, whatever the load says.
    pub limit: Option<LimitSearch>,
    /// Only tasks with one of these tags.
    pub only_tags: Vec<String>,
    /// No tasks with one of these tags.
    pub skip_tags: Vec<String>,
    /// What is watched beside what the target says.
    pub watch: Vec<Watch>,
    /// Fixed values by name, instead of the scenario's.
    pub values: Vec<(String, String)>,
    /// Where all chance comes from.
    pub seed: u64,
}

/// Compiles a scenario.
///
/// # Errors
/// The problems that stop it; at least one.
pub fn compile(scenario: &Scenario, inputs: &Inputs) -> Result<Plan, Vec<Problem>> {
    let mut build = Build::new(scenario, inputs);
    build.choose_target();
    build.collect_values();
    build.read_tables();
    let types = build.types();
    let load = build.load();
    let (goals, stop_rules) = build.goals();
    let network = build.network();
    let watch = build.watch();
    if build.problems.iter().any(|problem| problem.severity == Severity::Stop) {
        return Err(build.problems);
    }
    Ok(Plan {
        name: scenario.name.clone(),
        seed: inputs.seed,
        target: build.target_plan(),
        network,
        names: build.names,
        types,
        requests: build.requests,
        tables: build.tables,
        named: build.named,
        slots: build.slots,
        counters: build.counters,
        load,
        goals,
        stop_rules,
        hosts: build.hosts,
        watch,
        secrets: inputs.secrets.values().filter(|value| !value.is_empty()).cloned().collect(),
    })
}

/// A plan in the making.
struct Build<'a> {
    scenario: &'a Scenario,
    inputs: &'a Inputs,
    target: Target,
    base: Option<url::Url>,
    problems: Vec<Problem>,
    place: Place,
    names: Vec<Name>,
    name_ids: HashMap<(NameKind, String), NameId>,
    slots: Vec<String>,
    slot_ids: HashMap<String, u16>,
    named: Vec<NamedPlan>,
    /// Named values by name; `None` while one is being compiled, so that a circle is seen.
    named_ids: HashMap<String, Option<crate::plan::parts::Origin>>,
    tables: Vec<TablePlan>,
    counters: u32,
    requests: Vec<RequestPlan>,
    hosts: Vec<(String, u16)>,
    /// Reusable groups being compiled, outermost first, so that a circle is seen.
    groups: Vec<String>,
    /// The user type and task at hand, for the names in results.
    of: (Option<String>, Option<String>),
}

impl<'a> Build<'a> {
    fn new(scenario: &'a Scenario, inputs: &'a Inputs) -> Self {
        Self {
            scenario,
            inputs,
            target: Target::default(),
            base: None,
            problems: Vec::new(),
            place: Place::root(),
            names: Vec::new(),
            name_ids: HashMap::new(),
            slots: Vec::new(),
            slot_ids: HashMap::new(),
            named: Vec::new(),
            named_ids: HashMap::new(),
            tables: Vec::new(),
            counters: 0,
            requests: Vec::new(),
            hosts: Vec::new(),
            groups: Vec::new(),
            of: (None, None),
        }
    }

    /// Notes what stops the compilation, at the current place.
    fn stop(&mut self, code: &'static str, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem {
            code,
            severity: Severity::Stop,
            place: self.place.clone(),
            message: message.into(),
            hint: hint.into(),
        });
    }

    /// Does `work` at a place below the current one.
    fn at<T>(&mut self, key: &str, index: Option<usize>, work: impl FnOnce(&mut Self) -> T) -> T {
        self.place.push_key(key);
        if let Some(index) = index {
            self.place.push_index(index);
        }
        let out = work(self);
        if index.is_some() {
            self.place.pop();
        }
        self.place.pop();
        out
    }

    fn choose_target(&mut self) {
        let chosen = match &self.inputs.target {
            Some(name) => self.scenario.targets.iter().find(|target| target.name == *name),
            None => self.scenario.targets.first(),
        };
        match (chosen, &self.inputs.target) {
            (Some(target), _) => self.target = target.clone(),
            (None, Some(name)) => {
                let known: Vec<&str> = self.scenario.targets.iter().map(|target| target.name.as_str()).collect();
                self.stop(
                    "no-target",
                    format!("no target is called \"{name}\""),
                    format!("choose one of: {}", known.join(", ")),
                );
            }
            (None, None) => {}
        }
        if let Some(url) = &self.inputs.base_url {
            self.target.url.clone_from(url);
            if self.target.name.is_empty() {
                self.target.name.clone_from(url);
            }
        }
        match requests::base_url(&self.target.url) {
            Some(base) => {
                self.note_host(&base);
                self.base = Some(base);
            }
            None if self.target.url.is_empty() => {
                self.stop("no-target", "the scenario has no target", "add a target, or give an address with --host");
            }
            None => {
                let message = format!("\"{}\" is not a web address", crate::problem::short(&self.target.url));
                self.stop("bad-address", message, "write it like http://127.0.0.1:8000 or https://shop.test");
            }
        }
    }

    fn target_plan(&self) -> TargetPlan {
        TargetPlan { name: self.target.name.clone(), url: self.target.url.clone() }
    }

    fn note_host(&mut self, url: &url::Url) {
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_ascii_lowercase();
        let host = (host, url.port_or_known_default().unwrap_or(0));
        if !self.hosts.contains(&host) {
            self.hosts.push(host);
        }
    }

    fn network(&mut self) -> Network {
        let tls = self.target.tls.clone();
        let resolve: Vec<(String, String)> = self.target.resolve.0.clone();
        let resolve = resolve.into_iter().filter_map(|(host, address)| match address.parse() {
            Ok(address) => Some((host.to_ascii_lowercase(), address)),
            Err(_) => {
                let message = format!("\"{}\" is no IP address", crate::problem::short(&address));
                self.stop("bad-resolve", message, "write it like \"shop.test\": \"127.0.0.1\"");
                None
            }
        });
        let resolve = resolve.collect();
        Network {
            ca_pem: self.file(&tls.ca_file).map(|bytes| bytes.to_vec()),
            client_cert_pem: self.file(&tls.client_certificate).map(|bytes| bytes.to_vec()),
            client_key_pem: self.file(&tls.client_key).map(|bytes| bytes.to_vec()),
            skip_verify: tls.skip_verify,
            proxy: Some(self.target.proxy.clone()).filter(|proxy| !proxy.is_empty()),
            resolve,
            connect_limit: self.target.connect_limit.unwrap_or(Span::from_secs(10)),
        }
    }

    /// The bytes of a file that the scenario names.
    fn file(&mut self, path: &str) -> Option<Arc<[u8]>> {
        if path.is_empty() {
            return None;
        }
        let found = self.inputs.files.get(path).cloned();
        if found.is_none() {
            let message = format!("the file \"{}\" could not be read", crate::problem::short(path));
            self.stop("file-missing", message, "put it beside the scenario, or correct its name");
        }
        found
    }

    /// The id of a line in the results. Equal names share a line.
    fn name(&mut self, of: NameKind, label: &str, id: &str) -> NameId {
        let (user_type, task) = self.of.clone();
        if let Some(known) = self.name_ids.get(&(of, label.to_owned())).copied() {
            let name = &mut self.names[known.at()];
            if name.user_type != user_type {
                name.user_type = None;
            }
            if name.task != task {
                name.task = None;
            }
            return known;
        }
        if self.names.len() >= MOST_NAMES {
            if self.problems.iter().any(|problem| problem.code == "too-many-names") {
                return NameId(0);
            }
            self.stop(
                "too-many-names",
                format!("the scenario has more than {} names in results", grouped(MOST_NAMES as u64)),
                "give similar requests the same name",
            );
            return NameId(0);
        }
        let fresh = NameId(self.names.len() as u16);
        self.names.push(Name { id: id.to_owned(), label: label.to_owned(), of, user_type, task });
        self.name_ids.insert((of, label.to_owned()), fresh);
        fresh
    }

    fn types(&mut self) -> Vec<TypePlan> {
        let scenario = self.scenario;
        let mut types = Vec::new();
        let mut left_out = false;
        for (at, user) in scenario.users.iter().enumerate().filter(|(_, user)| !user.off) {
            // Whose tasks are all left out by tags doesn't come at all.
            let mut tasks = user.tasks.iter().filter(|task| !task.off && task.weight > 0.0).peekable();
            if tasks.peek().is_some() && !tasks.any(|task| self.has_wanted_tags(task)) {
                left_out = true;
                continue;
            }
            let plan = self.at("users", Some(at), |build| build.user_type(user));
            types.push(plan);
        }
        if types.is_empty() && left_out {
            self.stop("no-tasks", "no task has the tags that are asked for", "choose tags that some tasks have");
        } else if types.is_empty() {
            self.stop("no-users", "nobody comes: the scenario has no user type", "add a user type with a task");
        }
        let anybody = types.iter().any(|plan| match plan.heads {
            Heads::Share(share) => share > 0.0,
            Heads::Exactly(count) => count > 0,
        });
        if !types.is_empty() && !anybody {
            self.stop("shares-all-zero", "all user types have a share of zero", "give at least one a share above zero");
        }
        types
    }

    fn has_wanted_tags(&self, task: &Task) -> bool {
        let tagged = |tags: &[String]| task.tags.iter().any(|tag| tags.contains(tag));
        (self.inputs.only_tags.is_empty() || tagged(&self.inputs.only_tags)) && !tagged(&self.inputs.skip_tags)
    }

    fn user_type(&mut self, user: &UserType) -> TypePlan {
        self.of = (Some(user.name.clone()), None);
        let arrival = self.at("on_arrival", None, |build| build.steps(&user.on_arrival));
        let mut tasks: Vec<TaskPlan> = Vec::new();
        for (at, task) in user.tasks.iter().enumerate() {
            if task.off || task.weight <= 0.0 || !self.has_wanted_tags(task) {
                continue;
            }
            self.of.1 = Some(task.name.clone());
            let label = if task.name.is_empty() { format!("Task {}", at + 1) } else { task.name.clone() };
            let name = self.name(NameKind::Task, &label, &task.id);
            let place = self.place.clone();
            self.place = place.key("tasks").index(at);
            let ops = self.at("steps", None, |build| build.steps(&task.steps));
            self.place = place;
            tasks.push(TaskPlan { name, weight: task.weight, ops });
        }
        if tasks.is_empty() && arrival.is_empty() {
            self.stop(
                "no-tasks",
                format!("\"{}\" has nothing to do", user.name),
                "add a task with a weight above zero",
            );
        }
        self.of.1 = None;
        let leaving = self.at("before_leaving", None, |build| build.steps(&user.before_leaving));
        let pick = Pick::new(tasks.iter().map(|task| task.weight));
        let heads = match (user.exactly, user.share) {
            (Some(count), _) => Heads::Exactly(count),
            (None, share) => Heads::Share(share.unwrap_or(1.0)),
        };
        let open = load::is_open(&self.scenario.load, self.inputs);
        TypePlan {
            name: user.name.clone(),
            heads,
            arrival,
            tasks,
            choose: user.choose,
            pick,
            pause: flow::pause(&user.pause),
            leaves_after: user.leaves_after.or((open && user.exactly.is_none()).then_some(1)),
            leaving,
        }
    }
}

#[cfg(test)]
mod tests;
