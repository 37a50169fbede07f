//! The outline: every row of the Build tab with its sentence, depth, children and marks.
//!
//! Must not know how a row is drawn.

use std::collections::{BTreeSet, HashMap};

use tidemark_core::problem::{Problem, Severity};
use tidemark_core::scenario::{Act, Scenario, Step, UserType};

use crate::doc::place::{Item, Lane, lanes_of};
use crate::model::Trial;
use crate::select::problems::item_at;
use crate::text::steps as say;

pub use crate::text::steps::{check_sentence, save_sentence, sentence};

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKind {
    /// On arrival, with the user type's id.
    Arrival(String),
    /// Before leaving.
    Leaving(String),
    /// A task.
    Task,
    /// A step; the word of its kind for its icon: `request`, `pause`, `repeat` …
    Step(&'static str),
    /// A check of a request.
    Check,
    /// A saved value of a request.
    Save,
    /// The label of a lane: Yes, No, an option.
    Lane(Lane),
    /// Where a step can be added to a lane.
    Add(Lane),
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineRow {
    /// What it is.
    pub kind: RowKind,
    /// What is chosen by it; none for labels.
    pub item: Option<Item>,
    /// The sentence.
    pub text: String,
    /// How deep it stands, from 0 for tasks.
    pub depth: usize,
    /// Its place among its neighbours, from 1, and how many there are.
    pub position: (usize, usize),
    /// Whether it is open; none where there is nothing inside.
    pub open: Option<bool>,
    /// Switched off, or inside something that is.
    pub off: bool,
    /// The worst problem at it or inside it while it is closed.
    pub mark: Option<Severity>,
    /// Words of the kinds of steps inside, for a strip of icons while it is closed.
    pub strip: Vec<&'static str>,
    /// The last trial's outcome: worked, and the words for it.
    pub tried: Option<(bool, String)>,
}

/// What the outline is made from.
#[derive(Debug, Clone, Copy)]
pub struct Outline<'a> {
    /// The document.
    pub scenario: &'a Scenario,
    /// Tasks and steps that are open.
    pub expanded: &'a BTreeSet<String>,
    /// What is wrong.
    pub problems: &'a [Problem],
    /// The last trial.
    pub trial: Option<&'a Trial>,
}

struct Rows<'a> {
    of: Outline<'a>,
    marks: HashMap<Item, Severity>,
    rows: Vec<OutlineRow>,
}

/// The worst problem of each thing.
pub fn marks(scenario: &Scenario, problems: &[Problem]) -> HashMap<Item, Severity> {
    let mut marks: HashMap<Item, Severity> = HashMap::new();
    for problem in problems {
        let worst = marks.entry(item_at(scenario, &problem.place)).or_insert(problem.severity);
        *worst = (*worst).min(problem.severity);
    }
    marks
}

/// The rows of a user type: on arrival, its tasks, before leaving.
pub fn rows(of: Outline, user: &UserType) -> Vec<OutlineRow> {
    let mut all = Rows { of, marks: marks(of.scenario, of.problems), rows: Vec::new() };
    let count = user.tasks.len() + 2;
    let arrival = Lane::Arrival(user.id.clone());
    all.ends(RowKind::Arrival(user.id.clone()), say::ON_ARRIVAL, &arrival, &user.on_arrival, user.off, (1, count));
    for (at, task) in user.tasks.iter().enumerate() {
        let off = user.off || task.off;
        let item = Item::Task(task.id.clone());
        let lanes = [(Lane::Task(task.id.clone()), &task.steps)];
        let open = of.expanded.contains(&task.id);
        let mark = all.mark(&item, &lanes, open);
        all.rows.push(OutlineRow {
            kind: RowKind::Task,
            item: Some(item),
            text: task.name.clone(),
            depth: 0,
            position: (at + 2, count),
            open: Some(open),
            off,
            mark,
            strip: task.steps.iter().map(|step| say::kind_word(&step.act)).collect(),
            tried: None,
        });
        if open {
            all.lane(&lanes[0].0, &task.steps, 1, off);
        }
    }
    let leaving = Lane::Leaving(user.id.clone());
    all.ends(
        RowKind::Leaving(user.id.clone()),
        say::BEFORE_LEAVING,
        &leaving,
        &user.before_leaving,
        user.off,
        (count, count),
    );
    all.rows
}

/// The rows of a reusable group's steps.
pub fn group_rows(of: Outline, group: &str) -> Vec<OutlineRow> {
    let mut all = Rows { of, marks: marks(of.scenario, of.problems), rows: Vec::new() };
    if let Some(found) = of.scenario.groups.iter().find(|found| found.id == group) {
        all.lane(&Lane::Group(found.id.clone()), &found.steps, 0, false);
    }
    all.rows
}

impl Rows<'_> {
    /// On arrival and before leaving: always open.
    fn ends(&mut self, kind: RowKind, text: &str, lane: &Lane, steps: &[Step], off: bool, position: (usize, usize)) {
        self.rows.push(OutlineRow {
            kind,
            item: None,
            text: text.to_owned(),
            depth: 0,
            position,
            open: Some(true),
            off,
            mark: None,
            strip: Vec::new(),
            tried: None,
        });
        self.lane(lane, steps, 1, off);
    }

    /// The worst problem of a thing, and of what is inside it while that is hidden.
    fn mark(&self, item: &Item, lanes: &[(Lane, &Vec<Step>)], open: bool) -> Option<Severity> {
        let mut worst = self.marks.get(item).copied();
        if !open {
            for step in lanes.iter().flat_map(|(_, steps)| steps.iter()) {
                let inside = self.mark_of_step(step, false);
                worst = worst.into_iter().chain(inside).min();
            }
        }
        worst
    }

    fn mark_of_step(&self, step: &Step, open: bool) -> Option<Severity> {
        let mut worst = self.mark(&Item::Step(step.id.clone()), &lanes_of(step), open);
        if let (Act::Request(request), false) = (&step.act, open) {
            let checks = (0..request.check.len()).map(|at| Item::Check(step.id.clone(), at));
            let saves = (0..request.save.len()).map(|at| Item::Save(step.id.clone(), at));
            let inside = checks.chain(saves).filter_map(|item| self.marks.get(&item).copied());
            worst = worst.into_iter().chain(inside).min();
        }
        worst
    }

    fn lane(&mut self, lane: &Lane, steps: &[Step], depth: usize, off: bool) {
        for (at, step) in steps.iter().enumerate() {
            self.step(step, depth, off || step.off, (at + 1, steps.len()));
        }
        self.rows.push(OutlineRow {
            kind: RowKind::Add(lane.clone()),
            item: None,
            text: say::ADD_STEP.to_owned(),
            depth,
            position: (steps.len() + 1, steps.len() + 1),
            open: None,
            off,
            mark: None,
            strip: Vec::new(),
            tried: None,
        });
    }

    fn step(&mut self, step: &Step, depth: usize, off: bool, position: (usize, usize)) {
        let lanes = lanes_of(step);
        let holds = !lanes.is_empty();
        // Steps that hold others are open until they are closed; ids of closed ones are noted with a mark.
        let open = !self.of.expanded.contains(&closed(&step.id));
        let tried = self.of.trial.and_then(|trial| trial.last_of(&step.id)).and_then(|tried| say::tried(&tried.what));
        self.rows.push(OutlineRow {
            kind: RowKind::Step(say::kind_word(&step.act)),
            item: Some(Item::Step(step.id.clone())),
            text: sentence(self.of.scenario, step),
            depth,
            position,
            open: holds.then_some(open),
            off,
            mark: self.mark_of_step(step, open),
            strip: Vec::new(),
            tried,
        });
        if let Act::Request(request) = &step.act {
            self.children(step, request, depth + 1, off);
        }
        if holds && open {
            let labelled = matches!(step.act, Act::OnlyIf(_) | Act::Choose(_));
            for (lane, steps) in &lanes {
                if labelled {
                    self.label(step, lane, depth + 1, off);
                }
                self.lane(lane, steps, depth + 1, off);
            }
        }
    }

    fn label(&mut self, step: &Step, lane: &Lane, depth: usize, off: bool) {
        self.rows.push(OutlineRow {
            kind: RowKind::Lane(lane.clone()),
            item: None,
            text: say::lane_label(step, lane),
            depth,
            position: (1, 1),
            open: None,
            off,
            mark: None,
            strip: Vec::new(),
            tried: None,
        });
    }

    fn children(&mut self, step: &Step, request: &tidemark_core::scenario::Request, depth: usize, off: bool) {
        let count = request.check.len() + request.save.len();
        let checks = request
            .check
            .iter()
            .enumerate()
            .map(|(at, check)| (RowKind::Check, Item::Check(step.id.clone(), at), check_sentence(check), None));
        let saves = request.save.iter().enumerate().map(|(at, rule)| {
            let last = self.of.trial.and_then(|trial| trial.value_of(&rule.name));
            (
                RowKind::Save,
                Item::Save(step.id.clone(), at),
                save_sentence(rule),
                last.map(|last| (true, last.to_owned())),
            )
        });
        let rows: Vec<_> = checks.chain(saves).collect();
        for (at, (kind, item, text, tried)) in rows.into_iter().enumerate() {
            let mark = self.marks.get(&item).copied();
            self.rows.push(OutlineRow {
                kind,
                item: Some(item),
                text,
                depth,
                position: (at + 1, count),
                open: None,
                off,
                mark,
                strip: Vec::new(),
                tried,
            });
        }
    }
}

/// How a step that holds others and is closed stands among the open ids: steps are open until they are closed.
pub fn closed(id: &str) -> String {
    format!("closed {id}")
}
