//! What should be looked at before a run, with what mends it. Must not mend it.

use tidemark_core::preview::{Concern, Preview, Why};
use tidemark_core::problem::{Problem, Severity};
use tidemark_core::scenario::Scenario;

use super::ready;
use crate::doc::{Item, place};
use crate::model::Model;
use crate::msg::Msg;
use crate::select::fixes::fixes;
use crate::select::problems::item_at;
use crate::text::problems::{hint, message};
use crate::text::{preview as say, sentence};

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It stops a run.
    Bad,
    /// It is probably wrong.
    Warn,
    /// Good to know.
    Info,
    /// It is as it should be.
    Good,
}

/// A button beside a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Help {
    /// What it says.
    pub label: String,
    /// What it does.
    pub msg: Msg,
    /// Whether it leads away from the preview.
    pub leaves: bool,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// How much it matters.
    pub tone: Tone,
    /// What is the case.
    pub text: String,
    /// What can be done.
    pub helps: Vec<Help>,
}

/// What should be looked at before a run: what the preview found, what is probably wrong anyway, and what nobody reaches.
pub fn heads_up(model: &Model) -> Vec<Note> {
    let (Some(test), Some(preview)) = (&model.test, ready(model)) else { return Vec::new() };
    let scenario = test.doc.scenario();
    let warned: Vec<&Problem> = test.problems.iter().filter(|problem| problem.severity <= Severity::Warn).collect();
    let mut known = Vec::new();
    let mut notes: Vec<Note> = Vec::new();
    for (concern, text) in preview.concerns.iter().zip(&preview.findings) {
        let (code, item) = about(scenario, concern);
        let problem = item.as_ref().and_then(|item| {
            warned.iter().find(|problem| problem.code == code && item_at(scenario, &problem.place) == *item)
        });
        known.extend(problem.copied());
        let mut helps = problem.map(|problem| mend(scenario, problem)).unwrap_or_default();
        helps.extend(item.and_then(|item| show(&item)));
        notes.push(Note { tone: Tone::Warn, text: sentence(text), helps });
    }
    for problem in warned.iter().filter(|problem| !known.contains(*problem)) {
        notes.push(note(scenario, problem));
    }
    notes.extend(unreached(scenario, preview));
    if !test.problems.iter().any(|problem| problem.code.starts_with("value-")) {
        notes.push(Note { tone: Tone::Good, text: say::VALUES_SET.to_owned(), helps: Vec::new() });
    }
    notes
}

/// The code of the problem that says the same, and the thing it is about.
fn about(scenario: &Scenario, concern: &Concern) -> (&'static str, Option<Item>) {
    match concern {
        Concern::FewRows(name) => {
            let at = scenario.data.iter().position(|table| table.name == *name);
            ("fewer-rows-than-people", at.map(Item::Table))
        }
        Concern::NobodyComes(name) => {
            let user = scenario.users.iter().find(|user| user.name == *name);
            ("nobody-of-this-type", user.map(|user| Item::User(user.id.clone())))
        }
        Concern::NeverReached(id) => ("", thing(scenario, id)),
        Concern::NotSent(name) => {
            let mut found = None;
            place::each_step(scenario, &mut |step| {
                if matches!(&step.act, tidemark_core::scenario::Act::Request(request) if request.name == *name) {
                    found.get_or_insert(Item::Step(step.id.clone()));
                }
            });
            ("value-maybe-missing", found)
        }
        Concern::LeaveEarly | Concern::Crowded | Concern::Rough => ("", None),
    }
}

/// The step, task or user type with an id.
fn thing(scenario: &Scenario, id: &str) -> Option<Item> {
    if id.is_empty() {
        return None;
    }
    let step = place::step(scenario, id).map(|_| Item::Step(id.to_owned()));
    let task = || place::task(scenario, id).map(|_| Item::Task(id.to_owned()));
    let user = || place::user(scenario, id).map(|_| Item::User(id.to_owned()));
    step.or_else(task).or_else(user)
}

/// What is not reached for a reason that a person chose, or that depends on real answers.
fn unreached(scenario: &Scenario, preview: &Preview) -> Vec<Note> {
    let told = preview.never.iter().filter(|never| never.why != Why::NotReached);
    let one = |never: &tidemark_core::preview::Never| Note {
        tone: Tone::Info,
        text: say::never(&never.name, never.why),
        helps: thing(scenario, &never.id).and_then(|item| show(&item)).into_iter().collect(),
    };
    told.map(one).collect()
}

/// The problems that stop a preview, as lines.
pub fn stops(model: &Model) -> Vec<Note> {
    let Some(test) = &model.test else { return Vec::new() };
    super::stopping(model).iter().map(|problem| note(test.doc.scenario(), problem)).collect()
}

fn note(scenario: &Scenario, problem: &Problem) -> Note {
    let text = format!("{} {}", message(problem.code, &problem.message), hint(problem.code, &problem.hint));
    let mut helps = mend(scenario, problem);
    helps.extend(show(&item_at(scenario, &problem.place)));
    let tone = if problem.severity == Severity::Stop { Tone::Bad } else { Tone::Warn };
    Note { tone, text: text.trim().to_owned(), helps }
}

fn mend(scenario: &Scenario, problem: &Problem) -> Vec<Help> {
    let help = |fix: crate::select::fixes::Fix| Help { label: fix.label, msg: Msg::Edit(fix.edit), leaves: false };
    fixes(scenario, problem).into_iter().take(2).map(help).collect()
}

fn show(item: &Item) -> Option<Help> {
    let there = *item != Item::Test;
    there.then(|| Help { label: say::SHOW.to_owned(), msg: Msg::Select(vec![item.clone()]), leaves: true })
}
