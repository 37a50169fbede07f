//! A way through the document: every step, text and use of a value, each with its place.
//!
//! Built once, so that each rule is a short loop. Places are kept as numbers and written out only for what is told.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::check::context::Context;
use crate::check::flow::{Flow, Lack};
use crate::check::names::Names;
use crate::plan::template::{BadTemplate, Template};
use crate::problem::{Part, Place};
use crate::scenario::{
    Act, Check, CheckKind, Choose, Condition, Group, OnlyIf, Parallel, Repeat, Request, SaveRule, Scenario, Step, Task,
    UserType,
};

/// A place in a [`Walk`], and whether the part is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    pub(super) id: usize,
    pub(super) off: bool,
}

/// A place, or one below it.
#[derive(Debug, Clone)]
pub struct Spot {
    pub(super) at: At,
    tail: Vec<Part>,
}

impl At {
    /// The document itself.
    pub(super) const ROOT: Self = Self { id: 0, off: false };

    /// A field below.
    pub(super) fn key(self, key: &str) -> Spot {
        Spot::from(self).key(key)
    }
}

impl From<At> for Spot {
    fn from(at: At) -> Self {
        Self { at, tail: Vec::new() }
    }
}

impl Spot {
    /// A field below.
    pub(super) fn key(mut self, key: &str) -> Self {
        self.tail.push(Part::Key(key.to_owned()));
        self
    }

    /// A list item below.
    pub(super) fn index(mut self, index: usize) -> Self {
        self.tail.push(Part::Index(index));
        self
    }
}

/// One part of a place, borrowed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bit<'a> {
    Key(&'a str),
    Index(usize),
}

/// A list of steps: the steps, and the number of the first in [`Walk::steps`].
#[derive(Debug, Clone, Copy)]
pub(super) struct List<'a> {
    pub steps: &'a [Step],
    pub first: usize,
}

/// A user type.
#[derive(Debug)]
pub(super) struct UserAt<'a> {
    pub user: &'a UserType,
    pub at: At,
    pub arrival: List<'a>,
    pub tasks: Vec<TaskAt<'a>>,
    pub leaving: List<'a>,
}

/// A task.
#[derive(Debug)]
pub(super) struct TaskAt<'a> {
    pub task: &'a Task,
    pub at: At,
    pub list: List<'a>,
}

/// A reusable group.
#[derive(Debug)]
pub(super) struct GroupAt<'a> {
    pub group: &'a Group,
    pub at: At,
    pub list: List<'a>,
}

/// A step, in the order of the document; the steps inside it follow it.
#[derive(Debug)]
pub(super) struct StepAt<'a> {
    pub step: &'a Step,
    /// `…steps[2]`
    pub at: At,
    /// `…steps[2].request`
    pub inside: At,
    /// The number of the next step that is not inside this one.
    pub next: usize,
    /// Its own uses of values, in [`Walk::uses`].
    pub uses: Range<usize>,
    /// Whether it is one of those sent at the same time.
    pub parallel: bool,
}

/// A text with `{{`.
#[derive(Debug)]
pub(super) struct TextAt {
    pub at: At,
    pub parsed: Result<Template, BadTemplate>,
}

/// How a value is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It must be there.
    Needed,
    /// It must be there once the answer of this request has come.
    AfterAnswer,
    /// It may be missing, as in a condition.
    Asked,
    /// It is used wherever the target's requests are.
    Everywhere,
}

/// One use of a value by its name.
#[derive(Debug)]
pub(super) struct UseAt {
    pub name: String,
    pub at: At,
    pub how: How,
}

/// A condition, also one inside `all` or `any`.
#[derive(Debug)]
pub(super) struct ConditionAt<'a> {
    pub condition: &'a Condition,
    pub at: At,
}

/// The document with everything the rules look at.
#[derive(Debug)]
pub struct Walk<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) context: &'a Context<'a>,
    pub(super) users: Vec<UserAt<'a>>,
    pub(super) groups: Vec<GroupAt<'a>>,
    pub(super) steps: Vec<StepAt<'a>>,
    pub(super) texts: Vec<TextAt>,
    pub(super) uses: Vec<UseAt>,
    pub(super) conditions: Vec<ConditionAt<'a>>,
    pub(super) names: Names,
    /// Numbers of the reusable groups by name, and by id where no group has that name.
    pub(super) group_numbers: HashMap<&'a str, usize>,
    places: Vec<(usize, Bit<'a>)>,
    lacks: OnceCell<Vec<Lack>>,
}

impl<'a> Walk<'a> {
    /// Walks through a document.
    pub fn new(scenario: &'a Scenario, context: &'a Context<'a>) -> Self {
        let mut walk = Self {
            scenario,
            context,
            users: Vec::new(),
            groups: Vec::new(),
            steps: Vec::new(),
            texts: Vec::new(),
            uses: Vec::new(),
            conditions: Vec::new(),
            names: Names::new(scenario, context),
            group_numbers: group_numbers(&scenario.groups),
            places: vec![(0, Bit::Index(0))],
            lacks: OnceCell::new(),
        };
        walk.top_texts();
        for (i, user) in scenario.users.iter().enumerate() {
            let at = walk.item("users", i, user.off);
            let arrival = walk.list(at, "on_arrival", &user.on_arrival);
            let mut tasks = Vec::with_capacity(user.tasks.len());
            for (t, task) in user.tasks.iter().enumerate() {
                let at = walk.add(at, &[Bit::Key("tasks"), Bit::Index(t)], task.off);
                tasks.push(TaskAt { task, at, list: walk.list(at, "steps", &task.steps) });
            }
            let leaving = walk.list(at, "before_leaving", &user.before_leaving);
            walk.users.push(UserAt { user, at, arrival, tasks, leaving });
        }
        for (g, group) in scenario.groups.iter().enumerate() {
            let at = walk.item("groups", g, false);
            let list = walk.list(at, "steps", &group.steps);
            walk.groups.push(GroupAt { group, at, list });
        }
        walk
    }

    /// The item of a list at the top of the document.
    pub(super) fn item(&mut self, key: &'static str, index: usize, off: bool) -> At {
        self.add(At::ROOT, &[Bit::Key(key), Bit::Index(index)], off)
    }

    /// Makes a place below another.
    pub(super) fn add(&mut self, parent: At, bits: &[Bit<'a>], off: bool) -> At {
        let id = bits.iter().fold(parent.id, |parent, bit| {
            self.places.push((parent, *bit));
            self.places.len() - 1
        });
        At { id, off: parent.off || off }
    }

    /// The place in full.
    pub(super) fn place(&self, spot: &Spot) -> Place {
        let mut parts: Vec<Part> = spot.tail.iter().rev().cloned().collect();
        let mut id = spot.at.id;
        while id != 0 {
            let (parent, bit) = self.places[id];
            parts.push(match bit {
                Bit::Key(key) => Part::Key(key.to_owned()),
                Bit::Index(index) => Part::Index(index),
            });
            id = parent;
        }
        parts.reverse();
        Place(parts)
    }

    /// Goes through a list of steps.
    fn list(&mut self, parent: At, key: &'static str, steps: &'a [Step]) -> List<'a> {
        self.list_at(parent, &[Bit::Key(key)], steps, false)
    }

    fn list_at(&mut self, parent: At, bits: &[Bit<'a>], steps: &'a [Step], parallel: bool) -> List<'a> {
        let first = self.steps.len();
        if !steps.is_empty() {
            let list = self.add(parent, bits, false);
            for (i, step) in steps.iter().enumerate() {
                self.step(list, i, step, parallel);
            }
        }
        List { steps, first }
    }

    fn step(&mut self, list: At, index: usize, step: &'a Step, parallel: bool) {
        let at = self.add(list, &[Bit::Index(index)], step.off);
        let inside = match act_key(&step.act) {
            "" => at,
            key => self.add(at, &[Bit::Key(key)], false),
        };
        let uses = self.uses.len();
        self.step_texts(inside, &step.act);
        let number = self.steps.len();
        let uses = uses..self.uses.len();
        self.steps.push(StepAt { step, at, inside, next: 0, uses, parallel });
        match &step.act {
            Act::Repeat(Repeat { steps, .. }) => {
                self.list_at(inside, &[Bit::Key("steps")], steps, false);
            }
            Act::OnlyIf(OnlyIf { then, otherwise, .. }) => {
                self.list_at(inside, &[Bit::Key("then")], then, false);
                self.list_at(inside, &[Bit::Key("else")], otherwise, false);
            }
            Act::Choose(Choose { options, .. }) => {
                for (i, option) in options.iter().enumerate() {
                    let bits = [Bit::Key("options"), Bit::Index(i), Bit::Key("steps")];
                    self.list_at(inside, &bits, &option.steps, false);
                }
            }
            Act::Group(group) => {
                self.list_at(inside, &[Bit::Key("steps")], &group.steps, false);
            }
            Act::Parallel(Parallel { steps, .. }) => {
                self.list_at(inside, &[Bit::Key("steps")], steps, true);
            }
            _ => {}
        }
        self.steps[number].next = self.steps.len();
    }

    /// The requests, with their steps; `at` of the request is the step's `inside`.
    pub(super) fn requests(&self) -> impl Iterator<Item = (&StepAt<'a>, &'a Request)> {
        self.steps.iter().filter_map(|step| match &step.step.act {
            Act::Request(request) => Some((step, &**request)),
            _ => None,
        })
    }

    /// The checks, of requests and standing alone; `true` for those of a request.
    pub(super) fn checks(&self) -> impl Iterator<Item = (Spot, &'a Check, bool)> {
        self.steps.iter().flat_map(|step| {
            let (of_request, alone) = match &step.step.act {
                Act::Request(request) => (request.check.as_slice(), None),
                Act::Check(check) => (&[][..], Some(check)),
                _ => (&[][..], None),
            };
            let inside = step.inside;
            let many = of_request.iter().enumerate();
            let many = many.map(move |(i, check)| (inside.key("check").index(i), check, true));
            many.chain(alone.map(|check| (Spot::from(inside), check, false)))
        })
    }

    /// The rules that keep something from an answer.
    pub(super) fn saves(&self) -> impl Iterator<Item = (Spot, &'a SaveRule)> {
        self.requests().flat_map(|(step, request)| {
            let inside = step.inside;
            request.save.iter().enumerate().map(move |(i, rule)| (inside.key("save").index(i), rule))
        })
    }

    /// Every name that some step saves, also in parts that are switched off.
    pub(super) fn saved_names(&self) -> impl Iterator<Item = &'a str> {
        let names = self.steps.iter().flat_map(|step| {
            let (saves, one) = match &step.step.act {
                Act::Request(request) => (request.save.as_slice(), ""),
                Act::Save(save) => (&[][..], save.name.as_str()),
                Act::Repeat(repeat) => (&[][..], repeat.item.as_str()),
                _ => (&[][..], ""),
            };
            saves.iter().map(|save| save.name.as_str()).chain([one])
        });
        names.filter(|name| !name.is_empty())
    }

    /// Uses of values that may not be there.
    pub(super) fn lacks(&self) -> &[Lack] {
        self.lacks.get_or_init(|| Flow::run(self))
    }
}

/// Of two groups with the same name the first counts.
fn group_numbers(groups: &[Group]) -> HashMap<&str, usize> {
    let names = groups.iter().enumerate().map(|(number, group)| (group.name.as_str(), number));
    let ids = groups.iter().enumerate().map(|(number, group)| (group.id.as_str(), number));
    let mut numbers: HashMap<&str, usize> = ids.rev().collect();
    numbers.extend(names.rev());
    numbers.remove("");
    numbers
}

/// The field that tells what a step does; empty where it does nothing known.
pub(super) fn act_key(act: &Act) -> &'static str {
    match act {
        Act::Request(_) => "request",
        Act::Check(_) => "check",
        Act::Save(_) => "save",
        Act::Pause(_) => "pause",
        Act::Repeat(_) => "repeat",
        Act::OnlyIf(_) => "only_if",
        Act::Choose(_) => "choose",
        Act::Group(_) => "group",
        Act::Parallel(_) => "parallel",
        Act::Use(_) => "use",
        Act::Note(_) => "note",
        Act::Nothing => "",
    }
}

/// The field that tells what a check looks at.
pub(super) fn check_key(what: &CheckKind) -> &'static str {
    match what {
        CheckKind::Status(_) => "status",
        CheckKind::Within(_) => "within",
        CheckKind::Contains(_) => "contains",
        CheckKind::Lacks(_) => "lacks",
        CheckKind::Matches(_) => "matches",
        CheckKind::Equals(_) => "equals",
        CheckKind::Json(_) => "json",
        CheckKind::Header(_) => "header",
        CheckKind::Size(_) => "size",
        CheckKind::Value(_) => "value",
        CheckKind::Nothing => "",
    }
}
