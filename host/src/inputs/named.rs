//! Every file that a scenario names, with its place in the document. Must not know whether it exists.

use tidemark_core::problem::Place;
use tidemark_core::scenario::{Act, Body, PartContent, Scenario, Step};

/// A file that a scenario names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    /// Its path as it stands in the scenario.
    pub path: String,
    /// Where it stands.
    pub place: Place,
    /// What it is for, which decides how large it may be.
    pub role: Role,
}

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A certificate or key.
    Pem,
    /// A data table.
    Table,
    /// The body of a request, or a part of one.
    Body,
}

impl Role {
    /// The most bytes that are read.
    pub fn most_bytes(self) -> u64 {
        match self {
            Self::Pem => 4_000_000,
            Self::Table => tidemark_core::plan::table::MOST_BYTES as u64,
            Self::Body => 200_000_000,
        }
    }
}

/// The files that `scenario` names, in order of the document. Those of parts that are switched off are left out.
pub fn named_files(scenario: &Scenario) -> Vec<NamedFile> {
    let mut found = Found::default();
    let root = Place::root();
    for (at, target) in scenario.targets.iter().enumerate() {
        let place = root.key("targets").index(at).key("tls");
        let tls = &target.tls;
        let files = [
            ("ca_file", &tls.ca_file),
            ("client_certificate", &tls.client_certificate),
            ("client_key", &tls.client_key),
        ];
        files.iter().for_each(|(key, path)| found.add(path, place.key(key), Role::Pem));
    }
    for (at, table) in scenario.data.iter().enumerate() {
        found.add(&table.file, root.key("data").index(at).key("file"), Role::Table);
    }
    for (at, user) in scenario.users.iter().enumerate().filter(|(_, user)| !user.off) {
        let place = root.key("users").index(at);
        found.steps(&user.on_arrival, &place.key("on_arrival"));
        for (at, task) in user.tasks.iter().enumerate().filter(|(_, task)| !task.off) {
            found.steps(&task.steps, &place.key("tasks").index(at).key("steps"));
        }
        found.steps(&user.before_leaving, &place.key("before_leaving"));
    }
    for (at, group) in scenario.groups.iter().enumerate() {
        found.steps(&group.steps, &root.key("groups").index(at).key("steps"));
    }
    found.0
}

#[derive(Default)]
struct Found(Vec<NamedFile>);

impl Found {
    fn add(&mut self, path: &str, place: Place, role: Role) {
        if !path.is_empty() {
            self.0.push(NamedFile { path: path.to_owned(), place, role });
        }
    }

    fn steps(&mut self, steps: &[Step], place: &Place) {
        for (at, step) in steps.iter().enumerate().filter(|(_, step)| !step.off) {
            self.step(&step.act, &place.index(at));
        }
    }

    fn step(&mut self, act: &Act, place: &Place) {
        match act {
            Act::Request(request) => self.body(&request.body, &place.key("request")),
            Act::Repeat(repeat) => self.steps(&repeat.steps, &place.key("repeat").key("steps")),
            Act::OnlyIf(only) => {
                self.steps(&only.then, &place.key("only_if").key("then"));
                self.steps(&only.otherwise, &place.key("only_if").key("else"));
            }
            Act::Choose(choose) => {
                let place = place.key("choose").key("options");
                for (at, option) in choose.options.iter().enumerate() {
                    self.steps(&option.steps, &place.index(at).key("steps"));
                }
            }
            Act::Group(group) => self.steps(&group.steps, &place.key("group").key("steps")),
            Act::Parallel(parallel) => self.steps(&parallel.steps, &place.key("parallel").key("steps")),
            _ => {}
        }
    }

    fn body(&mut self, body: &Body, place: &Place) {
        match body {
            Body::File(path) => self.add(path, place.key("file"), Role::Body),
            Body::Multipart(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    if let PartContent::File(path) = &part.content {
                        self.add(path, place.key("multipart").index(at).key("file"), Role::Body);
                    }
                }
            }
            _ => {}
        }
    }
}
