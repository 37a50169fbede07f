//! The outline: every row of the Build tab with its sentence, depth, children and marks.
//!
//! Must not know how a row is drawn.

use std::collections::{BTreeSet, HashMap};

use tidemark_core::problem::{Problem, Severity};
use tidemark_core::scenario::{Act, Scenario, Step, UserType};

use crate::doc::place::{Item, Lane, lanes_of};
use crate::model::{Trial, TrialWhat};
use crate::select::problems::item_at;
use crate::select::trial::is_stale;
use crate::text::steps as say;

pub use crate::text::steps::{check_sentence, save_sentence, sentence};

pub mod acts;
pub mod drag;
pub mod places;
pub mod table;
pub mod walk;

pub use places::{Destination, Shown, destinations, lane_id, name, row_id, shown};

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKind {
    /// On arrival, with the user type's id.
    Arrival(String),
    /// Before leaving.
    Leaving(String),
    /// A task.
    Task,
    /// A reusable group, above its steps.
    Group,
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
    /// Where a step is being added now, before the one with this number.
    Quick(Lane, usize),
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineRow {
    /// Its name on the page: `step-home`.
    pub id: String,
    /// What it is.
    pub kind: RowKind,
    /// What is chosen by it; none for labels.
    pub item: Option<Item>,
    /// For steps: where it stands. For heads, labels and adding: where what is dropped on it goes.
    pub place: Option<(Lane, usize)>,
    /// The sentence.
    pub text: String,
    /// The method of a request.
    pub method: String,
    /// The address of a request, where the sentence says its name.
    pub address: String,
    /// How deep it stands, from 0 for tasks.
    pub depth: usize,
    /// How many steps hold it.
    pub brackets: usize,
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
    /// How many steps are right inside.
    pub holds: usize,
    /// The last trial's outcome: worked, and the words for it.
    pub tried: Option<(bool, String)>,
    /// The outcome is from before the step was changed.
    pub stale: bool,
}

impl OutlineRow {
    fn plain(id: String, kind: RowKind, text: &str, depth: usize) -> Self {
        Self {
            id,
            kind,
            item: None,
            place: None,
            text: text.to_owned(),
            method: String::new(),
            address: String::new(),
            depth,
            brackets: depth.saturating_sub(1),
            position: (1, 1),
            open: None,
            off: false,
            mark: None,
            strip: Vec::new(),
            holds: 0,
            tried: None,
            stale: false,
        }
    }
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
    /// Where a step is being added.
    pub adding: Option<&'a (Lane, usize)>,
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
            item: Some(item.clone()),
            place: Some((lanes[0].0.clone(), if open { 0 } else { task.steps.len() })),
            position: (at + 2, count),
            open: Some(open),
            off,
            mark,
            strip: task.steps.iter().map(|step| say::kind_word(&step.act)).collect(),
            holds: task.steps.len(),
            ..OutlineRow::plain(row_id(&item), RowKind::Task, &task.name, 0)
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

/// The rows of a reusable group and its steps.
pub fn group_rows(of: Outline, group: &str) -> Vec<OutlineRow> {
    let mut all = Rows { of, marks: marks(of.scenario, of.problems), rows: Vec::new() };
    if let Some(found) = of.scenario.groups.iter().find(|found| found.id == group) {
        let (item, lane) = (Item::Group(found.id.clone()), Lane::Group(found.id.clone()));
        all.rows.push(OutlineRow {
            place: Some((lane.clone(), 0)),
            open: Some(true),
            mark: all.marks.get(&item).copied(),
            holds: found.steps.len(),
            ..OutlineRow::plain(row_id(&item), RowKind::Group, &found.name, 0)
        });
        if let Some(head) = all.rows.last_mut() {
            head.item = Some(item);
        }
        all.lane(&lane, &found.steps, 1, false);
    }
    all.rows
}

/// The rows as cards: each begins with its head, and is named by it.
pub fn cards(rows: &[OutlineRow]) -> Vec<Vec<String>> {
    let mut cards: Vec<Vec<String>> = Vec::new();
    for row in rows {
        match cards.last_mut().filter(|_| row.depth > 0) {
            Some(card) => card.push(row.id.clone()),
            None => cards.push(vec![row.id.clone()]),
        }
    }
    cards
}

impl Rows<'_> {
    /// On arrival and before leaving: always open.
    fn ends(&mut self, kind: RowKind, text: &str, lane: &Lane, steps: &[Step], off: bool, position: (usize, usize)) {
        self.rows.push(OutlineRow {
            place: Some((lane.clone(), 0)),
            position,
            open: Some(true),
            off,
            holds: steps.len(),
            ..OutlineRow::plain(lane_id(lane), kind, text, 0)
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
        let adding = self.of.adding.filter(|(there, _)| there == lane).map(|(_, at)| (*at).min(steps.len()));
        for (at, step) in steps.iter().enumerate() {
            if adding == Some(at) {
                self.quick(lane, at, depth, off);
            }
            self.step(step, (lane.clone(), at), depth, off || step.off, (at + 1, steps.len()));
        }
        if adding == Some(steps.len()) {
            return self.quick(lane, steps.len(), depth, off);
        }
        self.rows.push(OutlineRow {
            place: Some((lane.clone(), steps.len())),
            position: (steps.len() + 1, steps.len() + 1),
            off,
            holds: steps.len(),
            ..OutlineRow::plain(
                format!("step-add-{}", places::lane_word(lane)),
                RowKind::Add(lane.clone()),
                say::ADD_STEP,
                depth,
            )
        });
    }

    /// The row in which a step is being added.
    fn quick(&mut self, lane: &Lane, at: usize, depth: usize, off: bool) {
        let kind = RowKind::Quick(lane.clone(), at);
        let row = OutlineRow::plain("step-quick".to_owned(), kind, say::ADD_STEP, depth);
        self.rows.push(OutlineRow { place: Some((lane.clone(), at)), off, ..row });
    }

    fn step(&mut self, step: &Step, place: (Lane, usize), depth: usize, off: bool, position: (usize, usize)) {
        let lanes = lanes_of(step);
        let holds = !lanes.is_empty();
        // Steps that hold others are open until they are closed; ids of closed ones are noted with a mark.
        let open = !self.of.expanded.contains(&closed(&step.id));
        let tried = self.of.trial.and_then(|trial| trial.last_of(&step.id)).and_then(|tried| say::tried(&tried.what));
        let item = Item::Step(step.id.clone());
        let kind = RowKind::Step(say::kind_word(&step.act));
        let (method, address) = match &step.act {
            Act::Request(request) if request.name.is_empty() => (request.method.clone(), String::new()),
            Act::Request(request) if request.name == request.url => (request.method.clone(), String::new()),
            Act::Request(request) => (request.method.clone(), say::chips(&request.url)),
            _ => (String::new(), String::new()),
        };
        self.rows.push(OutlineRow {
            place: Some(place),
            method,
            address,
            position,
            open: holds.then_some(open),
            off,
            mark: self.mark_of_step(step, open),
            holds: lanes.iter().map(|(_, steps)| steps.len()).sum(),
            stale: tried.is_some() && self.of.trial.is_some_and(|trial| is_stale(trial, self.of.scenario, &step.id)),
            tried,
            ..OutlineRow::plain(row_id(&item), kind, &sentence(self.of.scenario, step), depth)
        });
        if let Some(row) = self.rows.last_mut() {
            row.item = Some(item);
        }
        if let Act::Request(request) = &step.act {
            self.children(step, request, depth + 1, off);
        }
        if holds && open {
            let labelled = matches!(step.act, Act::OnlyIf(_) | Act::Choose(_));
            for (lane, steps) in &lanes {
                if labelled {
                    let id = format!("lane-{}", places::lane_word(lane));
                    let label = say::lane_label(step, lane);
                    let row = OutlineRow::plain(id, RowKind::Lane(lane.clone()), &label, depth + 1);
                    let tried = self.taken(step, lane).map(|words| (true, words));
                    self.rows.push(OutlineRow { place: Some((lane.clone(), 0)), off, tried, ..row });
                }
                self.lane(lane, steps, depth + 1, off);
            }
        }
    }

    /// How often a lane of an only-if was taken in the last trial, where it was come to.
    fn taken(&self, step: &Step, lane: &Lane) -> Option<String> {
        let yes = match lane {
            Lane::Then(_) => true,
            Lane::Otherwise(_) => false,
            _ => return None,
        };
        let ways: Vec<bool> = self
            .of
            .trial?
            .steps
            .iter()
            .filter(|tried| tried.step == step.id)
            .filter_map(|tried| match tried.what {
                TrialWhat::Branch(way) => Some(way),
                _ => None,
            })
            .collect();
        let taken = ways.iter().filter(|way| **way == yes).count();
        (!ways.is_empty()).then(|| say::lane_taken(taken * 100 / ways.len()))
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
            let row = OutlineRow::plain(row_id(&item), kind, &text, depth);
            self.rows.push(OutlineRow {
                brackets: depth.saturating_sub(2),
                mark: self.marks.get(&item).copied(),
                item: Some(item),
                position: (at + 1, count),
                off,
                tried,
                ..row
            });
        }
    }
}

/// How a step that holds others and is closed stands among the open ids: steps are open until they are closed.
pub fn closed(id: &str) -> String {
    format!("closed {id}")
}

#[cfg(test)]
mod tests;
