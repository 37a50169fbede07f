//! What one pretend person does, as a list to be read. Secrets are taken out here.

use serde::{Deserialize, Serialize};

use crate::plan::Plan;
use crate::plan::value::Val;
use crate::problem::short;
use crate::result::redact::Redactor;
use crate::traffic::Draft;

/// The longest list.
const MOST: usize = 200;

/// One thing that a pretend person does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, in microseconds from the arrival.
    pub at_us: u64,
    /// What.
    pub what: What,
    /// Name of the user type, task, group or request; what went wrong.
    pub name: String,
    /// Method of a request; else empty.
    pub method: String,
    /// Whole address of a request; else empty.
    pub url: String,
    /// How long a pause or a measured group took, in microseconds; else zero.
    pub length_us: u64,
    /// Names and values saved from the answer.
    pub saved: Vec<(String, String)>,
}

/// What a pretend person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Arrives.
    Arrive,
    /// Begins a task.
    Task,
    /// Sends a request.
    Send,
    /// Waits.
    Wait,
    /// Ends a measured group or a task.
    Measure,
    /// Something does not work out: a check is not true, or a value is missing.
    Fail,
    /// Leaves.
    Leave,
}

/// The list in the making.
pub(super) struct Journey {
    pub entries: Vec<Entry>,
    /// Whether the person has left, or the list is full.
    pub over: bool,
    redactor: Redactor,
    tasks: Option<u32>,
}

impl Journey {
    pub fn new(plan: &Plan) -> Self {
        Self { entries: Vec::new(), over: false, redactor: Redactor::new(&plan.secrets), tasks: None }
    }

    fn push(&mut self, at_us: u64, what: What, name: &str, length_us: u64) {
        self.over |= self.entries.len() >= MOST;
        if !self.over {
            let name = self.redactor.text(name);
            let (method, url, saved) = (String::new(), String::new(), Vec::new());
            self.entries.push(Entry { at_us, what, name, method, url, length_us, saved });
        }
    }

    pub fn arrive(&mut self, at_us: u64, name: &str) {
        self.push(at_us, What::Arrive, name, 0);
    }

    /// The task at hand; told once for each.
    pub fn task(&mut self, at_us: u64, name: &str, done: u32) {
        if self.tasks != Some(done) {
            self.tasks = Some(done);
            self.push(at_us, What::Task, name, 0);
        }
    }

    pub fn sent(&mut self, at_us: u64, name: &str, draft: &Draft, saved: &[(&str, &Val)]) {
        let before = self.entries.len();
        self.push(at_us, What::Send, name, 0);
        let redactor = &self.redactor;
        if let Some(entry) = self.entries.get_mut(before) {
            entry.method.clone_from(&draft.method);
            // Made-up values are to be recognised in an address too.
            entry.url = redactor.text(&draft.url()).replace("%E2%80%B9", "‹").replace("%E2%80%BA", "›");
            let shown = |(name, value): &(&str, &Val)| ((*name).to_owned(), redactor.text(&short(&value.as_text())));
            entry.saved = saved.iter().map(shown).collect();
        }
    }

    pub fn wait(&mut self, at_us: u64, until_us: u64) {
        if until_us > at_us {
            self.push(at_us, What::Wait, "", until_us - at_us);
        }
    }

    pub fn measured(&mut self, at_us: u64, name: &str, length_us: u64) {
        self.push(at_us, What::Measure, name, length_us);
    }

    pub fn failed(&mut self, at_us: u64, reason: &str) {
        self.push(at_us, What::Fail, reason, 0);
    }

    pub fn leave(&mut self, at_us: u64) {
        self.push(at_us, What::Leave, "", 0);
        self.over = true;
    }
}
